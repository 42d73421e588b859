/**
 * How nodes and packets look: each state and each class has a shape and a colour, so that nothing is told by colour alone. The
 * stage and the legends draw with the same functions.
 */
import { cssValue } from "./theme.js";

/** Draws the ground, a square, on which a node stands that is cut off. */
export function drawGround(context, size, palette) {
  context.fillStyle = palette.suspect;
  context.globalAlpha = 0.35;
  context.fillRect(0, 0, size, size);
  context.globalAlpha = 1;
}

/** Shapes of nodes, in the order of their numbers. */
export const SHAPES = Object.freeze(["blank", "tells", "quiet", "member", "paused", "down", "left", "server"]);

/** How packets of a class are drawn, by its number in PACKETS: a mark, and the custom property of its colour. */
export const MARKS = Object.freeze([
  { mark: "dot", colour: "--c1" },
  { mark: "ring", colour: "--c3" },
  { mark: "dash", colour: "--c5" },
  { mark: "bar", colour: "--c2" },
  { mark: "cross", colour: "--c4" },
  { mark: "triangle", colour: "--c3" },
  { mark: "line", colour: "--quiet" },
  { mark: "square", colour: "--c1" },
]);

const NAMES = ["alive", "blank", "suspect", "failed", "left", "paused", "line", "text", "quiet", "card", "accent"];

/** The colours of the theme that holds now. Read once for each theme: asking the style for each frame would be slow. */
export function colours() {
  const found = Object.fromEntries(NAMES.map((name) => [name, cssValue(`--${name}`)]));
  found.packets = MARKS.map(({ colour }) => cssValue(colour));
  return found;
}

/**
 * Draws a node.
 *
 * @param radius in pixels of the canvas @param shape a name of SHAPES
 * @param opinion {suspect, failed}: shares of observers, 0 to 1, drawn as arcs around it, and as a diamond or a cross in it
 */
export function drawNode(context, x, y, radius, shape, opinion, palette) {
  const doubted = opinion && (opinion.suspect > 0 || opinion.failed > 0);
  const inner = doubted && radius >= 5 ? radius * 0.68 : radius;
  context.lineWidth = Math.max(1, radius / 4);
  if (doubted && radius >= 5) {
    arcs(context, x, y, radius - context.lineWidth / 2, opinion, palette);
  }
  context.strokeStyle = context.fillStyle = palette[colourOf(shape, opinion)];
  if (radius < 2.5) {
    tiny(context, x, y, radius, shape);
    return;
  }
  context.beginPath();
  PATHS[shapeOf(shape, opinion)](context, x, y, inner);
}

function colourOf(shape, opinion) {
  if (shape === "member" && opinion) {
    return opinion.failed > 0 ? "failed" : opinion.suspect > 0 ? "suspect" : "alive";
  }
  return { blank: "blank", tells: "alive", quiet: "alive", member: "alive", paused: "paused", down: "failed", left: "left",
    server: "text" }[shape];
}

function shapeOf(shape, opinion) {
  if (shape === "member" && opinion) {
    return opinion.failed > 0 ? "doomed" : opinion.suspect > 0 ? "diamond" : "tells";
  }
  return shape === "member" ? "tells" : shape;
}

/** Below 5 pixels only rectangles are sharp: a dot, a square, a plus, two bars, a diagonal cross. */
function tiny(context, x, y, radius, shape) {
  const size = Math.max(2, Math.round(2 * radius));
  const left = Math.round(x - size / 2);
  const top = Math.round(y - size / 2);
  if (shape === "blank" || shape === "left") {
    context.fillRect(left + (size >> 1) - 1, top + (size >> 1) - 1, 2, 2);
  } else if (shape === "paused") {
    context.fillRect(left, top, 1, size);
    context.fillRect(left + size - 1, top, 1, size);
  } else if (shape === "down") {
    for (let i = 0; i < size; i++) {
      context.fillRect(left + i, top + i, 1, 1);
      context.fillRect(left + size - 1 - i, top + i, 1, 1);
    }
  } else if (shape === "quiet") {
    const thick = size > 3 ? 2 : 1;
    const middle = (size - thick) >> 1;
    context.fillRect(left, top + middle, size, thick);
    context.fillRect(left + middle, top, thick, size);
  } else {
    context.fillRect(left, top, size, size);
  }
}

const PATHS = {
  blank(context, x, y, r) {
    context.arc(x, y, r * 0.55, 0, 7);
    context.stroke();
  },
  tells(context, x, y, r) {
    context.arc(x, y, r, 0, 7);
    context.fill();
  },
  quiet(context, x, y, r) {
    context.arc(x, y, r * 0.8, 0, 7);
    context.stroke();
    context.beginPath();
    context.arc(x, y, r * 0.42, 0, 7);
    context.fill();
  },
  diamond(context, x, y, r) {
    polygon(context, x, y, r * 1.1);
    context.fill();
  },
  /** Runs, but is held failed: a ring with a cross. */
  doomed(context, x, y, r) {
    context.arc(x, y, r * 0.9, 0, 7);
    crossing(context, x, y, r * 0.45);
    context.stroke();
  },
  paused(context, x, y, r) {
    context.rect(x - r * 0.8, y - r * 0.9, r * 0.55, r * 1.8);
    context.rect(x + r * 0.25, y - r * 0.9, r * 0.55, r * 1.8);
    context.fill();
  },
  down(context, x, y, r) {
    crossing(context, x, y, r * 0.75);
    context.lineWidth = Math.max(1.5, r / 2.5);
    context.stroke();
  },
  left(context, x, y, r) {
    context.setLineDash([r / 2, r / 3]);
    context.arc(x, y, r * 0.8, 0, 7);
    context.stroke();
    context.setLineDash([]);
  },
  server(context, x, y, r) {
    context.rect(x - r, y - r, 2 * r, 2 * r);
    context.fill();
  },
};

function crossing(context, x, y, r) {
  context.moveTo(x - r, y - r);
  context.lineTo(x + r, y + r);
  context.moveTo(x + r, y - r);
  context.lineTo(x - r, y + r);
}

function polygon(context, x, y, r) {
  context.moveTo(x, y - r);
  context.lineTo(x + r, y);
  context.lineTo(x, y + r);
  context.lineTo(x - r, y);
  context.closePath();
}

function arcs(context, x, y, r, opinion, palette) {
  const begin = -Math.PI / 2;
  const middle = begin + 2 * Math.PI * Math.min(1, opinion.failed);
  const end = begin + 2 * Math.PI * Math.min(1, opinion.failed + opinion.suspect);
  for (const [from, to, colour] of [[begin, middle, palette.failed], [middle, end, palette.suspect]]) {
    if (to > from) {
      context.strokeStyle = colour;
      context.beginPath();
      context.arc(x, y, r, from, to);
      context.stroke();
    }
  }
}

/**
 * Adds a packet to the path of its class; FILLED says whether that is filled or stroked in the end.
 *
 * @param dx where it flies to, as a vector of length 1
 */
export function addMark(context, mark, x, y, size, dx, dy) {
  switch (mark) {
    case "dot":
      context.moveTo(x + size, y);
      context.arc(x, y, size, 0, 7);
      break;
    case "ring":
      context.moveTo(x + size, y);
      context.arc(x, y, size, 0, 7);
      break;
    case "square":
      context.rect(x - size, y - size, 2 * size, 2 * size);
      break;
    case "triangle":
      context.moveTo(x, y - size * 1.3);
      context.lineTo(x + size * 1.2, y + size * 0.8);
      context.lineTo(x - size * 1.2, y + size * 0.8);
      context.closePath();
      break;
    case "dash":
      context.moveTo(x - dx * size * 2, y - dy * size * 2);
      context.lineTo(x + dx * size * 2, y + dy * size * 2);
      break;
    case "bar":
      context.moveTo(x - dy * size * 1.6, y + dx * size * 1.6);
      context.lineTo(x + dy * size * 1.6, y - dx * size * 1.6);
      break;
    case "cross":
      crossing(context, x, y, size);
      break;
    default:
      context.moveTo(x - dx * size * 5, y - dy * size * 5);
      context.lineTo(x + dx * size * 5, y + dy * size * 5);
  }
}

/** Marks whose path is filled; the others' is stroked. */
export const FILLED = new Set(["dot", "square", "triangle"]);
