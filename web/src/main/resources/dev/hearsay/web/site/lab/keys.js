/** Keys: those of time everywhere but in fields, letters only while no other part of the page has the focus. */
import { byId } from "../common/dom.js";

/** Steps of the speed's slider for + and −. */
const SPEED_STEP = 6;

export function listenToKeys({ transport, node, faults }) {
  const letters = {
    c: () => node.act("crash"), r: () => node.act("restart"), p: () => node.act("pause"), u: () => node.act("resume"),
    h: () => faults.heal(), n: () => byId("node-number").focus(), "?": () => byId("help").showModal(),
    "+": () => transport.faster(SPEED_STEP), "=": () => transport.faster(SPEED_STEP), "-": () => transport.faster(-SPEED_STEP),
    "−": () => transport.faster(-SPEED_STEP), ".": () => transport.event(true), ",": () => transport.event(false),
  };
  const times = {
    " ": () => transport.toggle(), ArrowRight: () => transport.step(1), ArrowLeft: () => transport.step(-1), Home: () => transport.rewind(),
  };
  document.addEventListener("keydown", (event) => {
    const { target } = event;
    if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) {
      return;
    }
    const free = target === document.body || byId("stages").contains(target);
    const deed = letters[event.key] ? free && letters[event.key] : times[event.key];
    if (deed && !takes(target, event.key)) {
      event.preventDefault();
      deed();
    }
  });
  byId("open-help").addEventListener("click", () => byId("help").showModal());
}

/** Whether the element that has the focus does something with that key by itself. */
function takes(target, key) {
  if (target.matches("input[type=range]")) {
    return key.startsWith("Arrow") || key === "Home";
  }
  return target.matches("input, select, textarea") || (key === " " && target.matches("button, a, summary"));
}
