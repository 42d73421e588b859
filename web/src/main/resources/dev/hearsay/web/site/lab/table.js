/** All nodes as a table, a page at a time: for who cannot see the stage, or wants to know exactly. */
import { byId, el } from "../common/dom.js";
import { number } from "./words.js";

const ROWS = 50;
/** Wall-clock time between two changes, ms. */
const EACH = 1000;
const PROCESSES = ["up", "paused", "crashed", "left"];
const RUMORS = ["no", "tells it", "has it, quiet"];

export class NodeTable {
  #session;
  #page = 0;
  #drawn = 0;
  #body;
  #said;

  /** @param wake called when the table has to be drawn */
  constructor(session, wake) {
    this.#session = session;
    this.#body = el("table", { id: "nodes-table" });
    this.#said = el("span", { class: "quiet", id: "table-page" });
    const turn = (by) => () => {
      this.#page = Math.max(0, Math.min(this.#pages() - 1, this.#page + by));
      this.draw(0, true);
    };
    byId("table").replaceChildren(
      el("div", { class: "buttons" }, el("button", { type: "button", id: "table-back", onclick: turn(-1) }, "Back"), this.#said,
        el("button", { type: "button", id: "table-on", onclick: turn(1) }, "On")),
      el("div", { class: "scroll", role: "region", "aria-label": "Nodes", tabIndex: 0 }, this.#body));
    byId("table-fold").addEventListener("toggle", wake);
    session.addEventListener("loaded", () => {
      this.#page = 0;
    });
  }

  /** Draws if the table is open, at most once a second unless forced. */
  draw(wall, force) {
    if (!byId("table-fold").open || this.#session.player.tracks.length === 0 || (!force && wall - this.#drawn < EACH)) {
      return;
    }
    this.#drawn = wall;
    const { members } = this.#session;
    const { playback } = this.#session.player.tracks[0];
    const begin = this.#page * ROWS;
    const end = Math.min(playback.n, begin + ROWS);
    const which = this.#session.settings.length === 2 ? ", of A" : "";
    this.#said.textContent = ` ${number(begin)} to ${number(end - 1)} of ${number(playback.n)}${which} `;
    const heads = members ? ["Node", "Process", "Suspected by", "Held failed by"] : ["Node", "Process", "Rumor", "Heard from"];
    this.#body.replaceChildren(
      el("thead", {}, el("tr", {}, ...heads.map((head) => el("th", { scope: "col" }, head)))),
      el("tbody", {}, ...Array.from({ length: end - begin }, (_, i) => this.#row(playback, begin + i, members))));
  }

  #pages() {
    return Math.ceil(this.#session.settings[0].n / ROWS);
  }

  #row(playback, node, members) {
    const cells = members
      ? [playback.suspecting[node], playback.failing[node]]
      : [RUMORS[playback.rumor[node]], playback.source[node] < 0 ? "–" : playback.source[node]];
    return el("tr", {}, el("th", { scope: "row" }, String(node)), el("td", {}, PROCESSES[playback.process[node]]),
      ...cells.map((cell) => el("td", {}, String(cell))));
  }
}
