/**
 * The members as a picture, on two canvases: below, all that changes when the agent tells something; above, what moves in every frame
 * after that. So an animation does not have a thousand members drawn again and again.
 */
import { cssValue } from "./common/theme.js";
import { drawCircles, drawHulls, groupLabels } from "./ground.js";
import { cut, visible } from "./text.js";
import { Stamps } from "./stamps.js";
import { LOOKS, lookOf } from "./status.js";

/** Most arcs from accusers to suspects: beyond them nobody could follow one. */
export const MOST_ARCS = 400;
/** How long a member glows after a change, in ms. */
export const GLOW_MILLIS = 1600;
/** How long members take to their new places. */
const MOVE_MILLIS = 500;
/** Up to this number of members each has its name beside it. */
const MOST_NAMES = 40;
const MARGIN = 26;
/** Among a thousand small discs, what needs a look is larger than they are: its radius in pixels at least. */
const LEAST_TO_SEE = 4.5;
const ORDER = ["left", "leaving", "alive", "failed", "suspect"];
const NEEDS_A_LOOK = new Set(["suspect", "failed"]);
const PLAIN_COLOURS = ["--text", "--quiet", "--line", "--card", "--grid", "--accent", "--c0", "--c1", "--c2", "--c3", "--c4", "--c5"];
const CALM = matchMedia("(prefers-reduced-motion: reduce)");

/** Draws on two canvases of one size, one above the other. Positions are in CSS pixels. */
export class Picture {
  #canvases;
  #pens;
  #width = 0;
  #height = 0;
  #ratio = 1;
  #colours = {};
  #stamps = new Stamps();
  #spots = new Map();
  #moved = 0;
  #wasMoving = false;
  #circles = [];
  #hulls = [];
  #radius = 4;
  #scale = 1;

  constructor(below, above) {
    this.#canvases = [below, above];
    this.#pens = this.#canvases.map((canvas) => canvas.getContext("2d"));
    this.readColours();
  }

  /** Takes the canvases' new size. */
  resize() {
    const box = this.#canvases[0].getBoundingClientRect();
    const ratio = Math.min(devicePixelRatio || 1, 3);
    this.#ratio = ratio;
    this.#stamps.clear();
    this.#width = box.width;
    this.#height = box.height;
    this.#canvases.forEach((canvas, i) => {
      canvas.width = Math.round(box.width * ratio);
      canvas.height = Math.round(box.height * ratio);
      this.#pens[i].setTransform(ratio, 0, 0, ratio, 0, 0);
    });
  }

  /** Reads colours anew: after the theme has changed. */
  readColours() {
    this.#stamps.clear();
    for (const name of [...PLAIN_COLOURS, ...Object.values(LOOKS).map((look) => look.colour)]) {
      this.#colours[name] = cssValue(name);
    }
    this.#colours.font = getComputedStyle(document.body).fontFamily;
  }

  /**
   * Has members go to their places.
   *
   * @param layout {places: by name {x, y}; circles: of groups {x, y, r, label}; hulls: of groups {label, points}; unit: the
   *     distance of neighbours, 0 if there is none such}; all in one unit, whatever it is
   * @param now of performance.now
   */
  place({ places, circles, hulls, unit }, now) {
    const fit = this.#fit(places, circles);
    const moved = (point) => ({ ...point, x: fit.x + point.x * fit.scale, y: fit.y + point.y * fit.scale });
    const still = this.#spots.size === 0 || CALM.matches;
    const spots = new Map();
    for (const [name, place] of places) {
      const to = moved(place);
      const from = still ? null : this.#at(this.#spots.get(name), now);
      spots.set(name, { x: to.x, y: to.y, fromX: (from ?? to).x, fromY: (from ?? to).y });
    }
    this.#spots = spots;
    this.#moved = still ? -Infinity : now;
    this.#circles = circles.map((circle) => ({ ...moved(circle), r: circle.r * fit.scale }));
    this.#hulls = hulls.map((hull) => ({ label: hull.label, points: hull.points.map(moved) }));
    const crowd = Math.sqrt((this.#width * this.#height) / Math.max(1, places.size));
    this.#radius = Math.max(1.8, Math.min(9, unit > 0 ? fit.scale * unit * 0.34 : crowd * 0.13));
    this.#scale = fit.scale;
  }

  /** Pixels for one unit of the places. */
  get scale() {
    return this.#scale;
  }

  /** The name of the member at that point, or the nearest within reach; null if there is none. */
  nameAt(x, y) {
    const now = performance.now();
    let best = null;
    let least = Math.max(12, this.#radius + 4) ** 2;
    for (const [name, spot] of this.#spots) {
      const at = this.#at(spot, now);
      const distance = (at.x - x) ** 2 + (at.y - y) ** 2;
      if (distance < least) {
        least = distance;
        best = name;
      }
    }
    return best;
  }

  /** The name of the nearest member in a direction (dx, dy of -1, 0, 1); null if there is none. */
  neighbour(name, dx, dy) {
    const from = this.#spots.get(name);
    let best = null;
    let least = Infinity;
    for (const [other, spot] of this.#spots) {
      const along = from ? (spot.x - from.x) * dx + (spot.y - from.y) * dy : 1;
      const across = from ? Math.abs((spot.x - from.x) * dy) + Math.abs((spot.y - from.y) * dx) : 0;
      // Twice as dear aside: so the arrow leads where it points.
      if (other !== name && along > 0.5 && along + 2 * across < least) {
        least = along + 2 * across;
        best = other;
      }
    }
    return best;
  }

  /**
   * Draws.
   *
   * @param scene {members: by name, suspicions: by suspect, glows: by name (ms since 1970), own: name, marked: name or null,
   *     matches: (member) => boolean, or null if all do, stale: boolean}
   * @param now of performance.now
   * @param still whether nothing but the time has changed since the call before
   * @returns whether it moves, and wants to be drawn again with the next frame
   */
  draw(scene, now, still) {
    const [below, above] = this.#pens;
    const moving = now - this.#moved < MOVE_MILLIS;
    if (!still || moving || this.#wasMoving) {
      below.clearRect(0, 0, this.#width, this.#height);
      drawCircles(below, this.#circles, this.#colours);
      drawHulls(below, this.#hulls, this.#colours);
      this.#drawArcs(below, scene, now);
      this.#drawMembers(below, scene, now);
      this.#drawMark(below, scene.own, now, "--text", 1.5, 4);
      this.#drawMark(below, scene.marked, now, "--accent", 2.5, 7);
      this.#drawNames(below, scene, now);
    }
    this.#wasMoving = moving;
    above.clearRect(0, 0, this.#width, this.#height);
    return this.#drawGlows(above, scene, now) || moving;
  }

  #fit(places, circles) {
    const points = [...places.values()].map((each) => ({ ...each, r: 0 })).concat(circles);
    if (points.length === 0) {
      return { x: this.#width / 2, y: this.#height / 2, scale: 1 };
    }
    const left = Math.min(...points.map((p) => p.x - p.r));
    const right = Math.max(...points.map((p) => p.x + p.r));
    const top = Math.min(...points.map((p) => p.y - p.r));
    const bottom = Math.max(...points.map((p) => p.y + p.r));
    const scale = Math.max(
      1e-6,
      Math.min((this.#width - 2 * MARGIN) / (right - left || 1e-9), (this.#height - 2 * MARGIN) / (bottom - top || 1e-9), 1e6),
    );
    return { x: this.#width / 2 - ((left + right) / 2) * scale, y: this.#height / 2 - ((top + bottom) / 2) * scale, scale };
  }

  /* Where it is just now, on its way. */
  #at(spot, now) {
    if (spot === undefined) {
      return null;
    }
    const part = Math.min(1, Math.max(0, (now - this.#moved) / MOVE_MILLIS));
    const eased = 1 - (1 - part) ** 3;
    return { x: spot.fromX + (spot.x - spot.fromX) * eased, y: spot.fromY + (spot.y - spot.fromY) * eased };
  }

  #drawArcs(pen, scene, now) {
    const marked = scene.marked;
    let drawn = 0;
    const all = [...scene.suspicions.values()].reduce((sum, accusers) => sum + accusers.size, 0);
    // Where all accuse all, arcs are a veil that lets the members through.
    const strength = 0.65 * Math.sqrt(Math.min(1, 50 / Math.max(1, all)));
    pen.strokeStyle = this.#colours["--suspect"];
    pen.fillStyle = this.#colours["--suspect"];
    for (const [suspect, accusers] of scene.suspicions) {
      for (const accuser of accusers.keys()) {
        const from = this.#at(this.#spots.get(accuser), now);
        const to = this.#at(this.#spots.get(suspect), now);
        if (from === null || to === null || drawn++ >= MOST_ARCS) {
          continue;
        }
        pen.globalAlpha = marked === null ? strength : marked === suspect || marked === accuser ? 1 : 0.15;
        pen.lineWidth = marked === suspect || marked === accuser ? 2 : 1.2;
        this.#drawArc(pen, from, to);
      }
    }
    pen.globalAlpha = 1;
  }

  #drawArc(pen, from, to) {
    const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
    const bend = Math.min(40, length * 0.18);
    const midX = (from.x + to.x) / 2 - ((to.y - from.y) / length) * bend;
    const midY = (from.y + to.y) / 2 + ((to.x - from.x) / length) * bend;
    const angle = Math.atan2(to.y - midY, to.x - midX);
    const endX = to.x - Math.cos(angle) * (this.#radius + 4);
    const endY = to.y - Math.sin(angle) * (this.#radius + 4);
    pen.beginPath();
    pen.moveTo(from.x, from.y);
    pen.quadraticCurveTo(midX, midY, endX, endY);
    pen.stroke();
    pen.beginPath();
    pen.moveTo(endX, endY);
    pen.lineTo(endX - 7 * Math.cos(angle - 0.4), endY - 7 * Math.sin(angle - 0.4));
    pen.lineTo(endX - 7 * Math.cos(angle + 0.4), endY - 7 * Math.sin(angle + 0.4));
    pen.fill();
  }

  #drawMembers(pen, scene, now) {
    const kinds = new Map();
    for (const [name, member] of scene.members) {
      const at = this.#at(this.#spots.get(name), now);
      if (at !== null) {
        const matches = scene.matches === null || scene.matches(member);
        const key = `${member.status} ${matches}`;
        const kind = kinds.get(key) ?? { status: member.status, matches, points: [] };
        kinds.set(key, kind);
        kind.points.push(at);
      }
    }
    // Those that need a look are drawn last, above the others.
    const rank = ({ status, matches }) => ORDER.indexOf(status) + (matches ? ORDER.length : 0);
    for (const { status, matches, points } of [...kinds.values()].sort((a, b) => rank(a) - rank(b))) {
      const radius = NEEDS_A_LOOK.has(status) ? Math.max(this.#radius, LEAST_TO_SEE) : this.#radius;
      const { image, half } = this.#stamps.of(status, radius, this.#colours, this.#ratio);
      pen.globalAlpha = matches ? (scene.stale ? 0.55 : 1) : 0.13;
      for (const { x, y } of points) {
        pen.drawImage(image, this.#whole(x - half), this.#whole(y - half), image.width / this.#ratio, image.height / this.#ratio);
      }
    }
    pen.globalAlpha = 1;
  }

  /* On a pixel of the screen: a copy between two of them would be blurred. */
  #whole(place) {
    return Math.round(place * this.#ratio) / this.#ratio;
  }

  #drawGlows(pen, scene, now) {
    const wall = Date.now();
    let glowing = false;
    for (const [name, since] of scene.glows) {
      const part = (wall - since) / GLOW_MILLIS;
      const at = this.#at(this.#spots.get(name), now);
      if (part >= 1 || at === null) {
        // The bound of the map holds in any case; this keeps it small.
        scene.glows.delete(name);
        continue;
      }
      glowing = true;
      pen.globalAlpha = CALM.matches ? 0.8 : Math.max(0, 1 - part);
      pen.strokeStyle = this.#colours[lookOf(scene.members.get(name)?.status ?? "left").colour];
      pen.lineWidth = 2;
      pen.beginPath();
      pen.arc(at.x, at.y, this.#radius + 4 + (CALM.matches ? 4 : 16 * part), 0, 2 * Math.PI);
      pen.stroke();
    }
    pen.globalAlpha = 1;
    return glowing;
  }

  #drawMark(pen, name, now, colour, width, away) {
    const at = name === null ? null : this.#at(this.#spots.get(name), now);
    if (at !== null) {
      pen.strokeStyle = this.#colours[colour];
      pen.lineWidth = width;
      pen.beginPath();
      pen.arc(at.x, at.y, this.#radius + away, 0, 2 * Math.PI);
      pen.stroke();
    }
  }

  /* The groups' names first, then the members', as far as they have room: a name across another could be read of neither. */
  #drawNames(pen, scene, now) {
    pen.textAlign = "center";
    pen.lineJoin = "round";
    const taken = [];
    pen.font = `600 12px ${this.#colours.font}`;
    for (const label of groupLabels(this.#circles, this.#hulls)) {
      taken.push(this.#drawText(pen, label.text, label.x, label.y, "--text"));
    }
    if (this.#spots.size <= MOST_NAMES) {
      this.#drawAllNames(pen, scene, now, taken);
    } else if (scene.marked !== null && this.#spots.has(scene.marked)) {
      const at = this.#at(this.#spots.get(scene.marked), now);
      this.#drawText(pen, cut(visible(scene.marked), 30), at.x, at.y - this.#radius - 12, "--text");
    }
  }

  #drawAllNames(pen, scene, now, taken) {
    const reach = this.#radius + 1;
    const spots = [...this.#spots].map(([name, spot]) => ({ name, ...this.#at(spot, now) }));
    taken.push(...spots.map(({ x, y }) => ({ left: x - reach, right: x + reach, top: y - reach, bottom: y + reach })));
    pen.font = `12px ${this.#colours.font}`;
    // Whoever is pointed at has its name in any case.
    spots.sort((a, b) => (b.name === scene.marked) - (a.name === scene.marked));
    for (const { name, x, y } of spots) {
      const text = cut(visible(name), 18);
      const box = this.#boxOf(pen, text, x, y + this.#radius + 17);
      if (name === scene.marked || !taken.some((other) => overlap(box, other))) {
        taken.push(this.#drawText(pen, text, x, y + this.#radius + 17, name === scene.marked ? "--text" : "--quiet"));
      }
    }
  }

  /* Where a text stands: always within the picture. */
  #boxOf(pen, text, x, y) {
    const half = pen.measureText(text).width / 2 + 3;
    const middle = Math.max(half, Math.min(this.#width - half, x));
    const below = Math.max(12, Math.min(this.#height - 4, y));
    return { left: middle - half, right: middle + half, top: below - 11, bottom: below + 3, middle, below };
  }

  /* With the card's colour around it, so that it can be read above whatever is there. */
  #drawText(pen, text, x, y, colour) {
    const box = this.#boxOf(pen, text, x, y);
    pen.strokeStyle = this.#colours["--card"];
    pen.lineWidth = 4;
    pen.strokeText(text, box.middle, box.below);
    pen.fillStyle = this.#colours[colour];
    pen.fillText(text, box.middle, box.below);
    return box;
  }
}

function overlap(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
