/** Rounds over the number of nodes, on a logarithmic scale: theory as a line, each run of the reader's as a mark. */
import { number, text } from "./language.js";

const NAMESPACE = "http://www.w3.org/2000/svg";
const WIDTH = 340;
const HEIGHT = 150;
const LEFT = 30;
const RIGHT = 12;
const TOP = 10;
const BOTTOM = 24;
const MOST_ROUNDS = 28;
const SIZES = [10, 100, 1000, 10_000];
/** Marks that are kept; then the oldest goes. */
const MARKS_MOST = 60;

export class RoundsChart {
  #expected;
  #fanout = 1;
  #marks = [];

  /** @param expected rounds by number of nodes and fan-out */
  constructor(expected) {
    this.#expected = expected;
    this.element = shape("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "chart", role: "img", "data-role": "chart" });
  }

  /** Shows theory and runs of that fan-out. */
  show(fanout) {
    this.#fanout = fanout;
    this.#draw();
  }

  /** Adds a run. */
  mark(n, fanout, rounds) {
    this.#marks.push({ n, fanout, rounds });
    if (this.#marks.length > MARKS_MOST) {
      this.#marks.shift();
    }
    this.#draw();
  }

  #draw() {
    const line = SIZES.map((n) => `${x(n)},${y(this.#expected(n, this.#fanout))}`).join(" ");
    const marks = this.#marks.filter(({ fanout }) => fanout === this.#fanout);
    this.element.setAttribute("aria-label", text("rounds.chart", { formula: text(`rounds.formula${this.#fanout}`) }));
    this.element.replaceChildren(
      ...[0, 10, 20].flatMap((rounds) => [
        shape("line", { class: "grid", x1: LEFT, x2: WIDTH - RIGHT, y1: y(rounds), y2: y(rounds) }),
        shape("text", { x: LEFT - 6, y: y(rounds) + 4, "text-anchor": "end" }, number(rounds)),
      ]),
      ...SIZES.map((n) => shape("text", { x: x(n), y: HEIGHT - 6, "text-anchor": n === 10_000 ? "end" : "middle" }, number(n))),
      shape("polyline", { class: "theory", points: line }),
      shape("text", { class: "formula", x: x(14), y: y(23) }, text(`rounds.formula${this.#fanout}`)),
      ...marks.map(({ n, rounds }, i) =>
        shape("circle", { class: i === marks.length - 1 ? "mark latest" : "mark", cx: x(n), cy: y(rounds), r: 4.5 })),
    );
  }
}

function x(n) {
  return LEFT + ((WIDTH - LEFT - RIGHT) * Math.log10(n / SIZES[0])) / 3;
}

function y(rounds) {
  return HEIGHT - BOTTOM - ((HEIGHT - TOP - BOTTOM) * Math.min(rounds, MOST_ROUNDS)) / MOST_ROUNDS;
}

function shape(name, attributes, content) {
  const element = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }
  if (content !== undefined) {
    element.textContent = content;
  }
  return element;
}
