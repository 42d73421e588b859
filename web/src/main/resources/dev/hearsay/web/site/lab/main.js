/** The lab: makes its parts and draws them, a frame at a time while something moves, and not at all while nothing does. */
import { byId, el } from "../common/dom.js";
import { Engine } from "../common/engine.js";
import { chooseTheme, chosenTheme, onThemeChange } from "../common/theme.js";
import { Curves } from "./curves.js";
import { firstExample, offerExamples } from "./examples.js";
import { Faults } from "./faults.js";
import { Figures } from "./figures.js";
import { listenToKeys } from "./keys.js";
import { Legend } from "./legend.js";
import { NodePanel } from "./node.js";
import { Session } from "./session.js";
import { SettingsForm } from "./settings.js";
import { shareWith } from "./share.js";
import { Stages } from "./stages.js";
import { NodeTable } from "./table.js";
import { Transport } from "./transport.js";

/** Wall-clock time between two drawings of curves and figures while something moves, ms. */
const CURVES_EACH = 150;
/** How long it is said that something went well, ms. */
const GOOD_FOR = 7000;

/** Draws on demand: `wake` asks for a frame; frames go on while the player moves. */
class Loop {
  #player;
  #parts;
  #asked = false;
  #curvesAt = 0;
  #wanted = true;

  constructor(player) {
    this.#player = player;
    this.wake = () => {
      this.#wanted = true;
      this.#ask();
    };
  }

  start(parts) {
    this.#parts = parts;
    this.wake();
  }

  #ask() {
    if (!this.#asked && this.#parts) {
      this.#asked = true;
      requestAnimationFrame((wall) => this.#frame(wall));
    }
  }

  #frame(wall) {
    this.#asked = false;
    const moved = this.#player.frame(wall);
    const { playing, goal, forking } = this.#player;
    const settled = !playing && goal === null && !forking;
    if (moved || this.#wanted || forking) {
      this.#draw(wall, settled);
    }
    this.#wanted = false;
    if (settled) {
      this.#player.rest();
    } else {
      this.#ask();
    }
  }

  #draw(wall, settled) {
    const { stages, transport, curves, figures, node, table } = this.#parts;
    stages.draw();
    transport.show();
    if (settled || wall - this.#curvesAt > CURVES_EACH) {
      this.#curvesAt = wall;
      curves.draw();
      figures.draw(wall, settled);
      node.draw();
    }
    table.draw(wall, settled);
  }
}

async function start() {
  // On a phone, the stage comes first and settings are unfolded by who wants them.
  byId("settings-fold").open = matchMedia("(min-width: 861px)").matches;
  const theme = byId("theme");
  theme.value = chosenTheme();
  theme.addEventListener("change", () => chooseTheme(theme.value));
  let engine;
  try {
    engine = await Engine.start();
  } catch (e) {
    tell({ kind: "bad", texts: [`The engine cannot be started: ${e.message}`] });
    byId("status").textContent = "Nothing can be run.";
    return;
  }
  const session = new Session(engine, await engine.schema());
  session.addEventListener("message", ({ detail }) => tell(detail));
  const loop = new Loop(session.player);
  const parts = build(session, loop.wake);
  offerExamples(session);
  shareWith(session);
  listenToKeys(parts);
  onThemeChange(loop.wake);
  addEventListener("resize", loop.wake);
  addEventListener("hashchange", () => session.loadLink(location.hash));
  await session.loadLink(location.hash.length > 1 ? location.hash : firstExample());
  loop.start(parts);
  document.documentElement.dataset.ready = "true";
}

function build(session, wake) {
  const settings = new SettingsForm(session);
  const stages = new Stages(session, wake);
  const transport = new Transport(session, wake);
  const legend = new Legend(session);
  const node = new NodePanel(session);
  const faults = new Faults(session, stages);
  const curves = new Curves(session, transport);
  const figures = new Figures(session);
  const table = new NodeTable(session, wake);
  return { settings, stages, transport, legend, node, faults, curves, figures, table };
}

/** Shows a message until another takes its place; what went well goes by itself. */
function tell({ kind, texts, title = null }) {
  clearTimeout(tell.timer);
  if (kind === "good") {
    tell.timer = setTimeout(() => tell({ kind: null }), GOOD_FOR);
  }
  byId("messages").replaceChildren(...(kind === null ? [] : [el("div", { class: `notice ${kind}`, "data-kind": kind },
    el("button", { type: "button", class: "plain dismiss", "aria-label": "Dismiss", onclick: () => tell({ kind: null }) }, "×"),
    title ? el("p", {}, title) : null,
    texts.length === 1 && !title ? el("p", {}, texts[0]) : el("ul", {}, ...texts.map((text) => el("li", {}, text))))]));
}

start();
