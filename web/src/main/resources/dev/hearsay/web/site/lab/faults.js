/** What one can do to the run: shares of nodes, partitions, loss; and the list of what was done. */
import { byId, el } from "../common/dom.js";
import { PROCESS } from "../common/playback.js";
import { sidesAt } from "./stages.js";
import { nodes, number, time } from "./words.js";

/** Nodes that are named in the list of actions; of more, their number. */
const NAMED_MOST = 6;
/** Nodes of a share that are chosen one by one. */
const SCATTERED_MOST = 400;

const WORDS = { partition: "cut off" };

export class Faults {
  #session;
  #stages;

  constructor(session, stages) {
    this.#session = session;
    this.#stages = stages;
    const problem = el("p", { class: "problem", id: "fault-problem", role: "alert" });
    byId("faults").replaceChildren(this.#shares(), this.#partitions(), this.#loss(), problem);
    session.addEventListener("changed", () => this.#list());
    session.addEventListener("loaded", () => {
      byId("loss-now").value = String(session.settings[0].loss);
      byId("fault-problem").textContent = "";
    });
  }

  heal() {
    const { player } = this.#session;
    if (sidesAt(player.actions, player.now, 1) === null) {
      this.#session.say("warn", ["Nothing is cut off at this moment: there is nothing to heal."]);
    } else {
      this.#session.act({ do: "heal" });
    }
  }

  #shares() {
    return el("div", { class: "fault" },
      el("label", { for: "share" }, "Share of the nodes, %"), el("input", { id: "share", type: "text", inputMode: "decimal", value: "10",
        autocomplete: "off", "aria-describedby": "fault-problem" }),
      el("div", { class: "buttons" },
        this.#button("crash-share", "Crash", () => this.#actOnShare("crash", PROCESS.up)),
        this.#button("pause-share", "Pause", () => this.#actOnShare("pause", PROCESS.up)),
        this.#button("cut-share", "Cut off", () => this.#cutShare()),
        this.#button("restart-all", "Restart all", () => this.#actOnAll("restart", PROCESS.down)),
        this.#button("resume-all", "Resume all", () => this.#actOnAll("resume", PROCESS.paused))));
  }

  #partitions() {
    const draw = this.#button("draw-cut", "Draw a cut by finger", () => {
      this.#stages.setCutting(!this.#stages.cutting);
      draw.setAttribute("aria-pressed", String(this.#stages.cutting));
    });
    draw.setAttribute("aria-pressed", "false");
    return el("div", { class: "fault" }, el("p", { class: "help" }, "Drag a line across the stage: the smaller side is cut off."),
      el("div", { class: "buttons" }, draw, this.#button("heal", "Heal", () => this.heal())));
  }

  #loss() {
    return el("div", { class: "fault" }, el("label", { for: "loss-now" }, "Loss from now on, %"),
      el("input", { id: "loss-now", type: "text", inputMode: "decimal", value: "0", autocomplete: "off", "aria-describedby": "fault-problem" }),
      el("div", { class: "buttons" }, this.#button("set-loss", "Set", () => this.#setLoss())));
  }

  #button(id, text, onclick) {
    return el("button", { type: "button", id, onclick }, text);
  }

  /** Chosen evenly from those that are in that state, beginning at random: which they were is in the link. */
  #actOnShare(what, process) {
    const share = this.#number("share", "Share", 0, 100);
    if (share === null) {
      return;
    }
    const able = this.#nodesIn(process);
    const count = Math.round((share / 100) * this.#smallest());
    const chosen = sample(able, Math.min(count, able.length));
    if (chosen.length === 0) {
      this.#session.say("warn", [`${share} % of ${nodes(this.#smallest())} is nobody: nothing happens.`]);
      return;
    }
    this.#session.act({ do: what, nodes: chosen });
  }

  #actOnAll(what, process) {
    const able = this.#nodesIn(process);
    if (able.length === 0) {
      this.#session.say("warn", [what === "restart" ? "No node is down." : "No node is paused."]);
      return;
    }
    this.#session.act({ do: what, nodes: able });
  }

  /** The nodes of the highest numbers: those on the stage's edge, or side by side in the ring. */
  #cutShare() {
    const share = this.#number("share", "Share", 0, 100);
    if (share === null) {
      return;
    }
    const n = this.#smallest();
    const count = Math.min(n - 1, Math.round((share / 100) * n));
    if (count === 0) {
      this.#session.say("warn", [`${share} % of ${nodes(n)} is nobody: nothing is cut off.`]);
      return;
    }
    this.#session.act({ do: "partition", nodes: Array.from({ length: count }, (_, i) => n - count + i) });
  }

  #setLoss() {
    const { min, max } = this.#session.schema.find((spec) => spec.name === "loss");
    const value = this.#number("loss-now", "Loss", min, max);
    if (value !== null) {
      this.#session.act({ do: "loss", value });
    }
  }

  /** The number in a field, or null, with the rule that it breaks beside it. */
  #number(id, label, min, max) {
    const field = byId(id);
    const text = field.value.trim();
    const value = text === "" ? NaN : Number(text);
    const bad = !(value >= min && value <= max);
    field.setAttribute("aria-invalid", String(bad));
    byId("fault-problem").textContent = bad ? `${label}: '${text}' must be a number from ${min} to ${max}` : "";
    return bad ? null : value;
  }

  #nodesIn(process) {
    const { playback } = this.#session.player.tracks[0];
    const found = [];
    playback.process.forEach((one, node) => {
      if (one === process) {
        found.push(node);
      }
    });
    return found;
  }

  #smallest() {
    return this.#session.settings[0].n;
  }

  #list() {
    const { actions } = this.#session.player;
    byId("actions").replaceChildren(...(actions.length === 0 ? [el("li", { class: "quiet" }, "none")] : actions.map((action) => el("li", {},
      el("span", {}, `${time(action.at)}: ${inWords(action)} `),
      el("button", { type: "button", class: "plain", "aria-label": `Without: ${time(action.at)}, ${inWords(action)}`,
        title: "Make the run again without this", onclick: () => this.#session.remove(action) }, "×")))));
  }
}

function inWords(action) {
  const what = WORDS[action.do] ?? action.do;
  if (action.do === "loss") {
    return `loss of ${action.value} %`;
  }
  if (!action.nodes?.length) {
    return what;
  }
  return action.nodes.length <= NAMED_MOST ? `${what} ${action.nodes.join(", ")}` : `${what} ${number(action.nodes.length)} nodes`;
}

/**
 * So many of them, at random, in order. If they are many, they follow each other: for the protocol that is as good, and a link says it
 * in a few characters.
 */
function sample(from, count) {
  if (count > SCATTERED_MOST) {
    const begin = Math.floor(Math.random() * (from.length - count + 1));
    return from.slice(begin, begin + count);
  }
  const rest = [...from];
  for (let i = 0; i < count; i++) {
    const other = i + Math.floor(Math.random() * (rest.length - i));
    [rest[i], rest[other]] = [rest[other], rest[i]];
  }
  return rest.slice(0, count).sort((one, other) => one - other);
}
