/** What lies beneath the members of the picture: their groups, as circles or as hulls, and the names of these. */
import { cut, visible } from "./text.js";

/** Room around the members of a hull, in pixels. */
const AROUND = 14;

/** Draws circles of groups: {x, y, r, label}, in pixels; one without a label is not seen. */
export function drawCircles(pen, circles, colours) {
  pen.lineWidth = 1;
  for (const circle of circles.filter((each) => each.label !== null)) {
    pen.beginPath();
    pen.arc(circle.x, circle.y, circle.r, 0, 2 * Math.PI);
    pen.globalAlpha = 0.55;
    pen.fillStyle = colours["--grid"];
    pen.fill();
    pen.globalAlpha = 1;
    pen.strokeStyle = colours["--line"];
    pen.stroke();
  }
}

/** Draws hulls of groups: {label, points: [{x, y}]}, in pixels. Their colours only keep apart what overlaps: names tell. */
export function drawHulls(pen, hulls, colours) {
  pen.lineJoin = "round";
  pen.lineCap = "round";
  hulls.forEach((hull, i) => {
    pen.beginPath();
    hull.points.forEach((point, j) => (j === 0 ? pen.moveTo(point.x, point.y) : pen.lineTo(point.x, point.y)));
    pen.closePath();
    // Mixed, not transparent: where the broad line lies on what it encloses, there would be a darker band.
    const colour = `color-mix(in srgb, ${colours[`--c${i % 6}`]} 15%, ${colours["--card"]})`;
    pen.strokeStyle = colour;
    pen.fillStyle = colour;
    pen.lineWidth = 2 * AROUND;
    pen.stroke();
    pen.fill();
  });
  pen.lineCap = "butt";
}

/** Where the names of groups stand, and how much of each has room: [{text, x, y}]. */
export function groupLabels(circles, hulls) {
  const named = (label, room) => (label === "" ? "(empty)" : cut(visible(label), Math.max(6, Math.floor(room / 3.5))));
  return [
    ...circles
      .filter((circle) => circle.label !== null)
      .map((circle) => ({ text: named(circle.label, circle.r), x: circle.x, y: circle.y - circle.r + 4 })),
    ...hulls.map((hull) => {
      const top = hull.points.reduce((a, b) => (b.y < a.y ? b : a));
      return { text: named(hull.label, 70), x: top.x, y: top.y - AROUND - 3 };
    }),
  ];
}

/**
 * A hull around the members of each group that is where all can see it.
 *
 * @param groups of groupsOf
 * @param places by name: {x, y}
 * @param polygonHull D3's: of points as [x, y]; null for fewer than three
 * @returns [{label, points: [{x, y}]}]
 */
export function hullsOf(groups, places, polygonHull) {
  return groups
    .map((group) => ({ label: group.label, points: group.names.filter((name) => places.has(name)).map((name) => places.get(name)) }))
    .filter((group) => group.label !== null && group.points.length > 0)
    .map((group) => {
      const hull = polygonHull(group.points.map((point) => [point.x, point.y]));
      return hull === null ? group : { label: group.label, points: hull.map(([x, y]) => ({ x, y })) };
    });
}
