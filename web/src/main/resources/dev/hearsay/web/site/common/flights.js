/** Draws the packets in flight: those of one class as one path, so that thousands cost a few calls. */
import { addMark, FILLED, MARKS } from "./glyphs.js";

/** Nodes up to which packets leave a trail. */
const TRAILS_MOST = 150;
/** Packets up to which each has its shape; beyond, they are squares and strokes, which are drawn faster. */
const SHAPES_MOST = 600;
/** How far on its way a packet is when it is lost. */
const LOST_AT = 0.6;

/** @param flights of a playback @param ms the moment @param stage gives places, sizes and colours */
export function drawFlights(context, flights, ms, stage) {
  const size = Math.max(1, Math.min(4 * stage.ratio, stage.n <= TRAILS_MOST ? 3.4 * stage.ratio : stage.radius * 0.5));
  const detailed = flights.count <= SHAPES_MOST;
  if (stage.n <= TRAILS_MOST) {
    drawTrails(context, flights, ms, stage);
  }
  for (let kind = 0; kind < MARKS.length; kind++) {
    const { mark } = MARKS[kind];
    context.beginPath();
    if (!addFlights(context, flights, ms, stage, kind, detailed ? mark : "square", size)) {
      continue;
    }
    if (detailed && !FILLED.has(mark)) {
      context.strokeStyle = stage.palette.packets[kind];
      context.lineWidth = Math.max(1, size * 0.55);
      context.stroke();
    } else {
      context.fillStyle = stage.palette.packets[kind];
      context.fill();
    }
  }
  drawLost(context, flights, ms, stage, size);
}

/** Whether there are any of that class. */
function addFlights(context, flights, ms, stage, kind, mark, size) {
  const { x, y } = stage;
  let any = false;
  for (let i = 0; i < flights.count; i++) {
    if (flights.kind[i] === kind) {
      const part = progress(flights, i, ms);
      if (flights.arrives[i] >= 0 || part < LOST_AT) {
        const from = flights.from[i];
        const to = flights.to[i];
        const dx = x[to] - x[from];
        const dy = y[to] - y[from];
        const length = Math.hypot(dx, dy) || 1;
        addMark(context, mark, x[from] + dx * part, y[from] + dy * part, size, dx / length, dy / length);
        any = true;
      }
    }
  }
  return any;
}

/** From 0, sent, to 1, there. */
function progress(flights, i, ms) {
  const takes = flights.arrives[i] < 0 ? flights.lostFor : flights.arrives[i] - flights.at[i];
  return takes > 0 ? Math.min(1, (ms - flights.at[i]) / takes) : 1;
}

/** Lost packets end on their way, as a cross. */
function drawLost(context, flights, ms, stage, size) {
  const { x, y } = stage;
  context.beginPath();
  for (let i = 0; i < flights.count; i++) {
    if (flights.arrives[i] < 0 && progress(flights, i, ms) >= LOST_AT) {
      const from = flights.from[i];
      const to = flights.to[i];
      addMark(context, "cross", x[from] + (x[to] - x[from]) * LOST_AT, y[from] + (y[to] - y[from]) * LOST_AT, size, 0, 0);
    }
  }
  context.strokeStyle = stage.palette.failed;
  context.lineWidth = Math.max(1, size * 0.5);
  context.stroke();
}

function drawTrails(context, flights, ms, stage) {
  const { x, y } = stage;
  context.globalAlpha = 0.28;
  context.lineWidth = stage.ratio;
  for (let kind = 0; kind < MARKS.length; kind++) {
    context.strokeStyle = stage.palette.packets[kind];
    context.beginPath();
    for (let i = 0; i < flights.count; i++) {
      if (flights.kind[i] === kind) {
        const lost = flights.arrives[i] < 0;
        const part = lost ? Math.min(LOST_AT, progress(flights, i, ms)) : progress(flights, i, ms);
        const from = flights.from[i];
        const to = flights.to[i];
        context.moveTo(x[from], y[from]);
        context.lineTo(x[from] + (x[to] - x[from]) * part, y[from] + (y[to] - y[from]) * part);
      }
    }
    context.stroke();
  }
  context.globalAlpha = 1;
}
