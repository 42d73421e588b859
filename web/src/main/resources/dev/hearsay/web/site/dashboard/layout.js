/**
 * Where members stand in the picture: in groups, or as their coordinates have it. Pure; the same members stand in the same places.
 */
import { byName } from "./order.js";

/** Most groups that are drawn apart; members of the others, the smallest, share one. */
export const MOST_GROUPS = 24;
/** Most tags to choose from for groups: those that most members have. */
export const MOST_TAGS = 40;
/** Members up to this number stand in a ring, more fill a disc. */
const RING = 40;
const GOLDEN = Math.PI * (3 - Math.sqrt(5));

/** The tags by which members can be grouped, those that most have first. */
export function tagsOf(members) {
  const having = new Map();
  for (const member of members.values()) {
    for (const tag of Object.keys(member.tags)) {
      having.set(tag, (having.get(tag) ?? 0) + 1);
    }
  }
  return [...having.entries()]
    .sort((a, b) => b[1] - a[1] || byName(a[0], b[0]))
    .slice(0, MOST_TAGS)
    .map(([tag]) => tag);
}

/**
 * Members by the value of a tag, by name within.
 *
 * @param tag "" for all in one group
 * @returns [{label: a value, or words of ours for those that have none; null for all in one; names}]
 */
export function groupsOf(members, tag) {
  const names = [...members.keys()].sort(byName);
  if (tag === "") {
    return [{ label: null, names }];
  }
  const byValue = new Map();
  const lacking = [];
  for (const name of names) {
    const tags = members.get(name).tags;
    const group = Object.hasOwn(tags, tag) ? (byValue.get(tags[tag]) ?? []) : lacking;
    group.push(name);
    if (group !== lacking) {
      byValue.set(tags[tag], group);
    }
  }
  let groups = [...byValue.entries()].map(([label, names]) => ({ label, names }));
  if (groups.length > MOST_GROUPS) {
    groups.sort((a, b) => b.names.length - a.names.length || byName(a.label, b.label));
    const rest = groups.splice(MOST_GROUPS - 1);
    groups.push({ label: `${rest.length} other values`, names: rest.flatMap((group) => group.names).sort(byName) });
  } else {
    groups.sort((a, b) => byName(a.label, b.label));
  }
  if (lacking.length > 0) {
    groups.push({ label: `without ${tag}`, names: lacking });
  }
  return groups;
}

/**
 * Circles of groups beside each other, with members inside.
 *
 * @param pack d3.packSiblings: moves circles {r} together, and gives them x and y
 * @returns {places: Map of name to {x, y}, circles: [{x, y, r, label, names}], hulls: [], unit: the distance of neighbours}
 */
export function inGroups(groups, pack) {
  const circles = groups
    .filter((group) => group.names.length > 0)
    .map((group) => ({ ...group, r: radiusOf(group.names.length) + (groups.length > 1 ? 1.3 : 0.6), x: 0, y: 0 }));
  if (circles.length > 1) {
    pack(circles);
  }
  const places = new Map();
  for (const circle of circles) {
    circle.names.forEach((name, i) => {
      const [x, y] = spot(i, circle.names.length);
      places.set(name, { x: circle.x + x, y: circle.y + y });
    });
  }
  return { places, circles, hulls: [], unit: 1 };
}

/**
 * Coordinates as points of a plane: their two main axes (principal components), turned and mirrored so that they lie as near as
 * they can to where they were.
 *
 * @param coordinates by name: {vector}
 * @param before by name: {x, y}, of the call before; an empty map at first
 * @returns by name: {x, y}, in the unit of the vectors; the mean is 0, 0
 */
export function project(coordinates, before) {
  const list = [...coordinates.values()].filter((each) => each.vector.every(Number.isFinite));
  if (list.length === 0) {
    return new Map();
  }
  const dimensions = Math.min(...list.map((each) => each.vector.length));
  const mean = Array.from({ length: dimensions }, (_, d) => list.reduce((sum, each) => sum + each.vector[d], 0) / list.length);
  const rows = list.map((each) => mean.map((middle, d) => each.vector[d] - middle));
  const spread = mean.map((_, i) => mean.map((_, j) => rows.reduce((sum, row) => sum + row[i] * row[j], 0)));
  const first = mainAxis(spread);
  const second = mainAxis(deflated(spread, first));
  const points = new Map();
  list.forEach((each, i) => points.set(each.name, { x: dot(rows[i], first), y: dot(rows[i], second) }));
  return aligned(points, before);
}

/** Turns and mirrors points about 0, 0 so that the squares of the distances from where they were are least (Procrustes). */
export function aligned(points, before) {
  const turns = [1, -1].map((mirror) => {
    let along = 0;
    let across = 0;
    for (const [name, point] of points) {
      const old = before.get(name);
      if (old !== undefined) {
        along += point.x * old.x + mirror * point.y * old.y;
        across += point.x * old.y - mirror * point.y * old.x;
      }
    }
    return { mirror, along, across, fit: Math.hypot(along, across) };
  });
  const best = turns[1].fit > turns[0].fit ? turns[1] : turns[0];
  if (!(best.fit > 0)) {
    return points;
  }
  const cos = best.along / best.fit;
  const sin = best.across / best.fit;
  return new Map([...points].map(([name, { x, y }]) => [name, { x: x * cos - best.mirror * y * sin, y: x * sin + best.mirror * y * cos }]));
}

/** How far from the middle n members in one group reach, when neighbours are 1 apart. */
function radiusOf(n) {
  return n === 1 ? 0 : n <= RING ? Math.max(0.75, n / (2 * Math.PI)) : 0.62 * Math.sqrt(n);
}

function spot(i, n) {
  if (n === 1) {
    return [0, 0];
  }
  if (n <= RING) {
    const angle = (2 * Math.PI * i) / n - Math.PI / 2;
    return [radiusOf(n) * Math.cos(angle), radiusOf(n) * Math.sin(angle)];
  }
  const radius = 0.62 * Math.sqrt(i + 0.5);
  return [radius * Math.cos(i * GOLDEN), radius * Math.sin(i * GOLDEN)];
}

/* The eigenvector of the greatest eigenvalue, by power iteration: the matrix has 8 rows, so its cost is nothing. */
function mainAxis(matrix) {
  let axis = matrix.map((_, i) => 1 / (i + 1));
  for (let round = 0; round < 100; round++) {
    const next = matrix.map((row) => dot(row, axis));
    const length = Math.hypot(...next);
    if (!(length > 0)) {
      return axis.map((_, i) => (i === 0 ? 1 : 0));
    }
    axis = next.map((value) => value / length);
  }
  return axis;
}

function deflated(matrix, axis) {
  const strength = dot(
    matrix.map((row) => dot(row, axis)),
    axis,
  );
  return matrix.map((row, i) => row.map((value, j) => value - strength * axis[i] * axis[j]));
}

function dot(a, b) {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}
