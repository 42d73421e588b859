/**
 * The picture of a run: nodes, and packets in flight. Nodes are drawn into a layer of their own when they change, and only those
 * that changed, so that 10,000 of them cost little more than the packets do. Draws only when told to; the owner has the clock.
 */
import { colours, drawGround, drawNode, SHAPES } from "./glyphs.js";
import { drawFlights } from "./flights.js";
import { layOut } from "./layout.js";
import { BELIEF, PROCESS, RUMOR } from "./playback.js";
import { onThemeChange } from "./theme.js";

/** Pixels of the canvas for one of the page: more than two are not seen, and cost. */
const RATIO_MOST = 2;
/** Steps in which shares of observers are told apart. */
const SHARES = 8;
/** Nodes up to which each has its number beside it. */
const NUMBERS_MOST = 60;
/** Pixels of the page around the outermost nodes, with numbers and without; the most that a node's radius is. */
const MARGIN = 30;
const MARGIN_BARE = 14;
const RADIUS_MOST = 11;
/** Pixels of the page that the ground of a node which is cut off is wider than the node, at most. */
const GROUND = 10;

const SHAPE = Object.fromEntries(SHAPES.map((name, i) => [name, i]));
const OF_PROCESS = { [PROCESS.paused]: SHAPE.paused, [PROCESS.down]: SHAPE.down, [PROCESS.left]: SHAPE.left };
const OF_RUMOR = { [RUMOR.none]: SHAPE.blank, [RUMOR.tells]: SHAPE.tells, [RUMOR.quiet]: SHAPE.quiet };
const OF_BELIEF = { [BELIEF.left]: SHAPE.left, [BELIEF.unknown]: SHAPE.blank };

const open = new Set();
onThemeChange(() => open.forEach((stage) => stage.recolour()));

export class Stage {
  #canvas;
  #context;
  #layer = document.createElement("canvas");
  #nodes = this.#layer.getContext("2d");
  #sprites = new Map();
  #drawn;
  #palette = colours();
  #selected = new Set();
  #observer;
  #options;

  /**
   * @param canvas keeps the size that the page's style gives it, which is followed
   * @param options n: nodes; layout: "ring" or "disc", otherwise by n; members: whether nodes are members of a cluster (SWIM), not
   *     hearers of a rumor; server: the node that is drawn as a server; zero: in whose place node 0 stands; onstale: called when
   *     size or theme have changed and the picture must be drawn again
   */
  constructor(canvas, options) {
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d");
    this.#options = { members: false, server: -1, onstale: () => {}, ...options };
    this.n = options.n;
    this.layout = layOut(options.n, options.layout, options.zero);
    this.#drawn = new Int32Array(this.n);
    this.#observer = new ResizeObserver(() => {
      this.#fit();
      this.#options.onstale();
    });
    this.#observer.observe(canvas);
    open.add(this);
    this.#fit();
  }

  /** Stops following size and theme. The canvas may be given to another stage. */
  close() {
    this.#observer.disconnect();
    open.delete(this);
  }

  /** Draws these nodes as chosen, from the next `draw` on. */
  select(nodes) {
    this.#selected = new Set(nodes);
  }

  /** Reads the colours again: called when the theme has changed. */
  recolour() {
    this.#palette = colours();
    this.#forget();
    this.#options.onstale();
  }

  /**
   * Draws what a playback shows at that moment.
   *
   * @param extra sides: by node 0 or 1, who is cut off, or nothing; viewer: draw members as this node believes them to be
   */
  draw(playback, ms, extra = {}) {
    this.#update(playback, extra.sides, extra.viewer ?? -1);
    const context = this.#context;
    context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    context.drawImage(this.#layer, 0, 0);
    this.#drawNumbers(context);
    drawFlights(context, playback.flights, ms, this);
    this.#drawSelected(context);
  }

  /** The node at that place of the canvas, in pixels of the page from its corner; -1 if there is none near. */
  nodeAt(x, y) {
    const reach = Math.max(this.spacing * 0.9, 12 * this.ratio) ** 2;
    let nearest = -1;
    let least = reach;
    for (let i = 0; i < this.n; i++) {
      const distance = (this.x[i] - x * this.ratio) ** 2 + (this.y[i] - y * this.ratio) ** 2;
      if (distance < least) {
        least = distance;
        nearest = i;
      }
    }
    return nearest;
  }

  /** By node, 1 if it is to the left of the line from one place of the canvas to another, 0 if to its right. */
  sidesOf(fromX, fromY, toX, toY) {
    const sides = new Uint8Array(this.n);
    const dx = (toX - fromX) * this.ratio;
    const dy = (toY - fromY) * this.ratio;
    for (let i = 0; i < this.n; i++) {
      const cross = dx * (this.y[i] - fromY * this.ratio) - dy * (this.x[i] - fromX * this.ratio);
      sides[i] = cross < 0 ? 1 : 0;
    }
    return sides;
  }

  get palette() {
    return this.#palette;
  }

  /** Places in pixels of the canvas, for the size that it has now. */
  #fit() {
    const { clientWidth, clientHeight } = this.#canvas;
    const ratio = Math.min(RATIO_MOST, devicePixelRatio || 1);
    const width = Math.max(1, Math.round(clientWidth * ratio));
    const height = Math.max(1, Math.round(clientHeight * ratio));
    if (this.x && ratio === this.ratio && width === this.#canvas.width && height === this.#canvas.height) {
      return;
    }
    this.ratio = ratio;
    for (const canvas of [this.#canvas, this.#layer]) {
      canvas.width = width;
      canvas.height = height;
    }
    const room = Math.max(10, Math.min(width, height) / 2 - (this.n > NUMBERS_MOST ? MARGIN_BARE : MARGIN) * this.ratio);
    this.x = this.layout.x.map((x) => width / 2 + x * room);
    this.y = this.layout.y.map((y) => height / 2 + y * room);
    this.spacing = this.layout.spacing * room;
    this.radius = Math.min(RADIUS_MOST * this.ratio, Math.max(1.5, this.spacing * 0.46));
    this.#forget();
  }

  #forget() {
    this.#sprites.clear();
    this.#drawn.fill(0);
    this.#nodes.clearRect(0, 0, this.#layer.width, this.#layer.height);
  }

  #drawNumbers(context) {
    if (this.n > NUMBERS_MOST) {
      return;
    }
    context.fillStyle = this.#palette.quiet;
    context.font = `${11 * this.ratio}px system-ui, sans-serif`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (let i = 0; i < this.n; i++) {
      const out = this.radius + 12 * this.ratio;
      const { x, y } = this.layout;
      const length = Math.hypot(x[i], y[i]) || 1;
      context.fillText(String(i), this.x[i] + (x[i] / length) * out, this.y[i] + (y[i] / length) * out);
    }
  }

  #update(playback, sides, viewer) {
    const size = Math.min(Math.max(2 * Math.ceil(this.radius) + 2, Math.floor(this.spacing)), 2 * Math.ceil(this.radius) + GROUND * this.ratio);
    for (let i = 0; i < this.n; i++) {
      const code = 1 + this.#shapeOf(playback, i, viewer) + 8 * (sides?.[i] ? 1 : 0) + 16 * this.#opinionOf(playback, i, viewer);
      if (code !== this.#drawn[i]) {
        this.#drawn[i] = code;
        const left = Math.round(this.x[i] - size / 2);
        const top = Math.round(this.y[i] - size / 2);
        this.#nodes.clearRect(left, top, size, size);
        this.#nodes.drawImage(this.#sprite(code, size), left, top);
      }
    }
  }

  #shapeOf(playback, i, viewer) {
    if (viewer >= 0) {
      return OF_BELIEF[playback.belief(viewer, i)] ?? SHAPE.member;
    }
    const process = OF_PROCESS[playback.process[i]];
    if (process !== undefined) {
      return process;
    }
    if (i === this.#options.server) {
      return SHAPE.server;
    }
    return this.#options.members ? SHAPE.member : OF_RUMOR[playback.rumor[i]];
  }

  /** Shares of observers in steps, as one number. */
  #opinionOf(playback, i, viewer) {
    if (!this.#options.members) {
      return 0;
    }
    if (viewer >= 0) {
      const belief = playback.belief(viewer, i);
      return belief === BELIEF.suspect ? SHARES : belief === BELIEF.failed ? SHARES * (SHARES + 1) : 0;
    }
    const observers = Math.max(1, playback.up - 1);
    const suspect = Math.min(SHARES, Math.ceil((SHARES * playback.suspecting[i]) / observers));
    const failed = Math.min(SHARES, Math.ceil((SHARES * playback.failing[i]) / observers));
    return suspect + (SHARES + 1) * failed;
  }

  #sprite(code, size) {
    let sprite = this.#sprites.get(code);
    if (!sprite) {
      sprite = document.createElement("canvas");
      sprite.width = sprite.height = size;
      const number = code - 1;
      const opinion = number >> 4;
      const shares = { suspect: (opinion % (SHARES + 1)) / SHARES, failed: Math.floor(opinion / (SHARES + 1)) / SHARES };
      const context = sprite.getContext("2d");
      if (number & 8) {
        // Who is cut off stands on another ground.
        drawGround(context, size, this.#palette);
      }
      drawNode(context, size / 2, size / 2, this.radius, SHAPES[number & 7], shares, this.#palette);
      this.#sprites.set(code, sprite);
    }
    return sprite;
  }

  #drawSelected(context) {
    context.strokeStyle = this.#palette.text;
    context.lineWidth = 2 * this.ratio;
    for (const node of this.#selected) {
      if (node < this.n) {
        context.beginPath();
        context.arc(this.x[node], this.y[node], Math.max(this.radius + 4 * this.ratio, 7 * this.ratio), 0, 7);
        context.stroke();
      }
    }
  }
}
