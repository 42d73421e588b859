/** How a status looks: a shape and a colour, the same on canvas and in the text, so that neither has to be told from the other alone. */
const SVG = "http://www.w3.org/2000/svg";

/** By status: the custom property of its colour, and whether its shape is filled. */
export const LOOKS = {
  alive: { colour: "--alive", filled: true },
  suspect: { colour: "--suspect", filled: true },
  failed: { colour: "--failed", filled: false },
  leaving: { colour: "--left", filled: false },
  left: { colour: "--left", filled: false },
};

/** The look of a status; one that this page does not know looks as left. */
export function lookOf(status) {
  return Object.hasOwn(LOOKS, status) ? LOOKS[status] : LOOKS.left;
}

/**
 * Adds the outline of a status to a path of a canvas: a disc, a diamond, a cross, a ring with a dot, a broken ring.
 *
 * @param radius about half the height, in the units of the path
 */
export function outline(path, status, x, y, radius) {
  switch (status) {
    case "alive":
      path.moveTo(x + radius, y);
      path.arc(x, y, radius, 0, 2 * Math.PI);
      break;
    case "suspect":
      diamond(path, x, y, radius * 1.35);
      break;
    case "failed":
      cross(path, x, y, radius * 0.95);
      break;
    case "leaving":
      path.moveTo(x + radius, y);
      path.arc(x, y, radius, 0, 2 * Math.PI);
      path.moveTo(x + radius * 0.3, y);
      path.arc(x, y, radius * 0.3, 0, 2 * Math.PI);
      break;
    default:
      for (let part = 0; part < 4; part++) {
        const begin = (part * Math.PI) / 2 + 0.3;
        path.moveTo(x + radius * Math.cos(begin), y + radius * Math.sin(begin));
        path.arc(x, y, radius, begin, begin + Math.PI / 2 - 0.6);
      }
  }
}

/** A small picture of a status for beside its name; screen readers have the name. */
export function statusIcon(status) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "-8 -8 16 16");
  svg.setAttribute("class", "status-icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", SHAPES[status] ?? SHAPES.left);
  path.setAttribute("class", lookOf(status).filled ? `filled ${status}` : `drawn ${Object.hasOwn(LOOKS, status) ? status : "left"}`);
  svg.append(path);
  return svg;
}

/* The same outlines at radius 5.5, as SVG writes them. */
const RING = "M5.5 0A5.5 5.5 0 1 1 -5.5 0A5.5 5.5 0 1 1 5.5 0";
const SHAPES = {
  alive: RING,
  suspect: "M0 -7.4L7.4 0L0 7.4L-7.4 0Z",
  failed: "M-5.2 -5.2L5.2 5.2M5.2 -5.2L-5.2 5.2",
  leaving: `${RING}M1.6 0A1.6 1.6 0 1 1 -1.6 0A1.6 1.6 0 1 1 1.6 0`,
  left: "M5.25 1.63A5.5 5.5 0 0 1 1.63 5.25M-1.63 5.25A5.5 5.5 0 0 1 -5.25 1.63M-5.25 -1.63A5.5 5.5 0 0 1 -1.63 -5.25M1.63 -5.25A5.5 5.5 0 0 1 5.25 -1.63",
};

function diamond(path, x, y, radius) {
  path.moveTo(x, y - radius);
  path.lineTo(x + radius, y);
  path.lineTo(x, y + radius);
  path.lineTo(x - radius, y);
  path.closePath();
}

function cross(path, x, y, radius) {
  path.moveTo(x - radius, y - radius);
  path.lineTo(x + radius, y + radius);
  path.moveTo(x + radius, y - radius);
  path.lineTo(x - radius, y + radius);
}
