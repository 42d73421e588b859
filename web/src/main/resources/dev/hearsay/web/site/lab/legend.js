/** What shapes and colours mean, drawn by the functions that draw the stage. */
import { byId, el } from "../common/dom.js";
import { addMark, colours, drawGround, drawNode, FILLED, MARKS } from "../common/glyphs.js";
import { PACKETS } from "../common/playback.js";
import { onThemeChange } from "../common/theme.js";

const SIZE = 18;
const NONE = { suspect: 0, failed: 0 };
const RUMOR_NODES = [
  ["blank", NONE, "has not heard it"], ["tells", NONE, "tells it"], ["quiet", NONE, "has it, tells no more"],
  ["paused", NONE, "paused"], ["down", NONE, "crashed"],
];
const CLUSTER_NODES = [
  ["member", NONE, "alive to all"], ["member", { suspect: 0.4, failed: 0 }, "runs, suspected by some"],
  ["member", { suspect: 0, failed: 0.6 }, "runs, held failed by some"], ["paused", NONE, "paused"], ["down", NONE, "crashed"],
  ["down", { suspect: 0.3, failed: 0.4 }, "ring: share that suspects it, that holds it failed"],
];
const WORDS = {
  payload: "rumor", digest: "announcement, digest or request", ping: "ping", ack: "ack", indirect: "ping by way of a third",
  news: "news of members", stream: "stream, exchange", server: "from the server",
};
const OF_CLUSTER = ["ping", "ack", "indirect", "news"];
const OF_GOSSIP = ["payload", "digest"];
const OF_BROADCAST = ["server", "ack"];

export class Legend {
  #session;

  constructor(session) {
    this.#session = session;
    session.addEventListener("loaded", () => this.#show());
    onThemeChange(() => this.#show());
  }

  #show() {
    const { settings, members } = this.#session;
    const palette = colours();
    const nodes = members ? CLUSTER_NODES : RUMOR_NODES;
    const server = settings.some((one) => one.protocol === "broadcast") ? [["server", NONE, "the server"]] : [];
    const packets = members ? OF_CLUSTER : [...new Set(settings.flatMap((one) => (one.protocol === "broadcast" ? OF_BROADCAST : OF_GOSSIP)))];
    byId("legend").replaceChildren(
      el("ul", { "aria-label": "Nodes" }, ...[...server, ...nodes].map(([shape, opinion, text]) => entry(text, (context, at, size) =>
        drawNode(context, at, at, size * 0.42, shape, opinion, palette))), entry("cut off", (context, at, size) => {
        drawGround(context, size, palette);
        drawNode(context, at, at, size * 0.36, members ? "member" : "blank", NONE, palette);
      })),
      el("ul", { "aria-label": "Packets" }, ...packets.map((name) => entry(WORDS[name], (context, at, size) =>
        drawPacket(context, at, size, PACKETS.indexOf(name), palette))), entry("lost", (context, at, size) => {
        context.strokeStyle = palette.failed;
        context.lineWidth = size / 9;
        context.beginPath();
        addMark(context, "cross", at, at, size * 0.22, 0, 0);
        context.stroke();
      })),
    );
  }
}

function entry(text, draw) {
  const ratio = Math.min(2, devicePixelRatio || 1);
  const canvas = el("canvas", { "aria-hidden": "true" });
  canvas.width = canvas.height = SIZE * ratio;
  draw(canvas.getContext("2d"), (SIZE * ratio) / 2, SIZE * ratio);
  return el("li", {}, canvas, text);
}

function drawPacket(context, at, size, kind, palette) {
  const { mark } = MARKS[kind];
  context.beginPath();
  addMark(context, mark, at, at, size * 0.2, 1, 0);
  if (FILLED.has(mark)) {
    context.fillStyle = palette.packets[kind];
    context.fill();
  } else {
    context.strokeStyle = palette.packets[kind];
    context.lineWidth = size / 9;
    context.stroke();
  }
}
