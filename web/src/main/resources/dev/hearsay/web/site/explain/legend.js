/** What the marks on a stage mean: drawn by the functions that draw the stage, so that they are the same. */
import { el } from "../common/dom.js";
import { addMark, colours, drawNode, FILLED, MARKS, SHAPES } from "../common/glyphs.js";
import { PACKETS } from "../common/playback.js";
import { onThemeChange } from "../common/theme.js";
import { text } from "./language.js";

/** Pixels of the page that a mark has. */
const SIZE = 18;
const RATIO = 2;

/**
 * A list of marks with their meaning.
 *
 * @param entries [what, key of its text]: a shape of the stage's nodes, "suspect" or "failed" for members, or a class of packets; "copy"
 *     is what a server sends, "lost" a packet that does not arrive
 */
export function legend(entries) {
  const size = SIZE * RATIO;
  const marks = entries.map(([what]) => ({ what, canvas: el("canvas", { width: size, height: size, "aria-hidden": "true" }) }));
  const draw = () => marks.forEach(({ what, canvas }) => drawMark(canvas.getContext("2d"), what));
  draw();
  onThemeChange(draw);
  return el("ul", { class: "legend" }, entries.map(([, key], i) => el("li", {}, marks[i].canvas, text(key))));
}

function drawMark(context, what) {
  const middle = (SIZE * RATIO) / 2;
  const palette = colours();
  context.clearRect(0, 0, 2 * middle, 2 * middle);
  context.beginPath();
  if (SHAPES.includes(what)) {
    drawNode(context, middle, middle, middle * 0.62, what, null, palette);
  } else if (what === "copy" || PACKETS.includes(what)) {
    drawPacket(context, middle, PACKETS.indexOf(what === "copy" ? "server" : what), palette);
  } else if (what === "lost") {
    addMark(context, "cross", middle, middle, middle * 0.36, 0, 0);
    context.strokeStyle = palette.failed;
    context.lineWidth = RATIO * 1.4;
    context.stroke();
  } else {
    drawNode(context, middle, middle, middle * 0.9, "member", { suspect: 0, failed: 0, [what]: 1 }, palette);
  }
}

function drawPacket(context, middle, kind, palette) {
  const { mark } = MARKS[kind];
  context.beginPath();
  addMark(context, mark, middle, middle, middle * 0.34, 1, 0);
  context.fillStyle = context.strokeStyle = palette.packets[kind];
  context.lineWidth = RATIO * 1.8;
  if (FILLED.has(mark)) {
    context.fill();
  } else {
    context.stroke();
  }
}
