/** The chosen node: its state, what it thinks, who thinks what of it, and what can be done to it. */
import { byId, el } from "../common/dom.js";
import { BELIEF, PROCESS, RUMOR } from "../common/playback.js";
import { number } from "./words.js";

/** Members that are named; of more, how many. */
const NAMED_MOST = 12;

/** What is done to a node, in which states of its process. */
const DEEDS = [
  ["crash", "Crash", [PROCESS.up, PROCESS.paused]], ["restart", "Restart", [PROCESS.down, PROCESS.left]],
  ["pause", "Pause", [PROCESS.up]], ["resume", "Resume", [PROCESS.paused]],
];
const PROCESSES = ["up", "paused", "crashed", "left"];
const RUMORS = ["has not heard the rumor", "has heard it and tells it", "has heard it and tells it no more"];

export class NodePanel {
  #session;
  #words;
  #buttons;
  #seen;

  constructor(session) {
    this.#session = session;
    this.#words = el("div", { id: "node-words", class: "node-words" });
    this.#buttons = DEEDS.map(([what, label]) => el("button", { type: "button", id: `node-${what}`, disabled: true,
      onclick: () => this.act(what) }, label));
    this.#seen = el("button", { type: "button", id: "node-view", "aria-pressed": "false", disabled: true, onclick: () => this.#toggleView() },
      "Show the cluster as it sees it");
    const field = el("input", { id: "node-number", type: "text", inputMode: "numeric", autocomplete: "off", "aria-describedby": "node-problem",
      onchange: () => this.#choose(field.value) });
    byId("node").replaceChildren(
      el("div", { class: "fault" }, el("label", { for: "node-number" }, "Number, or click on the stage"), field,
        el("p", { class: "problem", id: "node-problem", role: "alert" }),
        el("div", { class: "buttons" }, ...this.#buttons, this.#seen)),
      this.#words);
    session.addEventListener("selected", () => {
      field.value = session.selected < 0 ? "" : String(session.selected);
      field.setAttribute("aria-invalid", "false");
      byId("node-problem").textContent = "";
      this.draw();
    });
    session.addEventListener("changed", () => this.draw());
  }

  /** Crash, restart, pause or resume the chosen node, if its state lets that happen; otherwise says why not. */
  act(what) {
    const { selected, player } = this.#session;
    if (selected < 0) {
      this.#session.say("warn", ["No node is chosen: click one on the stage, or write its number."]);
      return;
    }
    const process = player.tracks[0].playback.process[selected];
    const [, label, allowed] = DEEDS.find(([name]) => name === what);
    if (!allowed.includes(process)) {
      this.#session.say("warn", [`${label}: node ${selected} is ${PROCESSES[process]} at this moment.`]);
      return;
    }
    this.#session.act({ do: what, nodes: [selected] });
  }

  /** The state at the moment that is shown. */
  draw() {
    const { selected, player, members } = this.#session;
    const track = player.tracks[0];
    const known = selected >= 0 && track && selected < track.playback.n;
    const process = known ? track.playback.process[selected] : -1;
    this.#buttons.forEach((button, i) => {
      button.disabled = !DEEDS[i][2].includes(process);
    });
    this.#seen.disabled = !known || !members;
    this.#seen.hidden = !members;
    this.#seen.setAttribute("aria-pressed", String(this.#session.asSeen));
    const texts = known ? player.tracks.map((one, i) => this.#inWords(one.playback, selected, i)) : ["None is chosen."];
    if (this.#words.textContent !== texts.join("")) {
      this.#words.replaceChildren(...texts.map((text) => el("p", {}, text)));
    }
  }

  #choose(text) {
    const most = this.#session.settings[0].n - 1;
    const value = text.trim() === "" ? -1 : Number(text);
    const bad = !Number.isInteger(value) || value < -1 || value > most;
    if (bad) {
      byId("node-number").setAttribute("aria-invalid", "true");
      byId("node-problem").textContent = `'${text}': must be a whole number from 0 to ${number(most)}`;
    } else {
      this.#session.select(value);
    }
  }

  #toggleView() {
    this.#session.asSeen = !this.#session.asSeen;
    this.#session.dispatchEvent(new Event("selected"));
  }

  #inWords(playback, node, i) {
    const of = this.#session.settings.length === 2 ? `${"AB"[i]}: ` : "";
    if (node >= playback.n) {
      return `${of}there is no node ${node}.`;
    }
    const process = `${of}Node ${node} is ${PROCESSES[playback.process[node]]}`;
    if (this.#session.members) {
      return `${process}. ${beliefs(playback, node, playback.process[node] !== PROCESS.down)}`;
    }
    const source = playback.source[node];
    const from = playback.rumor[node] === RUMOR.none ? "" : source < 0 ? "; the rumor began here" : `; it heard from node ${source}`;
    return `${process}, ${RUMORS[playback.rumor[node]]}${from}.`;
  }
}

function beliefs(playback, node, runs) {
  const lists = { suspects: [], fails: [], suspectedBy: [], failedBy: [] };
  for (let other = 0; other < playback.n; other++) {
    const of = playback.belief(node, other);
    const by = playback.process[other] === PROCESS.up ? playback.belief(other, node) : BELIEF.alive;
    if (other !== node) {
      (of === BELIEF.suspect ? lists.suspects : of === BELIEF.failed ? lists.fails : []).push(other);
      (by === BELIEF.suspect ? lists.suspectedBy : by === BELIEF.failed ? lists.failedBy : []).push(other);
    }
  }
  const own = runs ? `It suspects ${named(lists.suspects)} and holds ${named(lists.fails)} failed. ` : "";
  return `${own}It is suspected by ${named(lists.suspectedBy)} and held failed by ${named(lists.failedBy)}.`;
}

function named(list) {
  if (list.length === 0) {
    return "nobody";
  }
  return list.length <= NAMED_MOST ? list.join(", ") : `${list.slice(0, NAMED_MOST).join(", ")} and ${number(list.length - NAMED_MOST)} more`;
}
