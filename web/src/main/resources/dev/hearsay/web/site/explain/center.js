/** Step 1: a server sends to everybody, one after the other; and what if it dies? */
import { PROCESS } from "../common/playback.js";
import { button } from "./controls.js";
import { text } from "./language.js";

const SERVER = 0;
const N = 1000;
/** Nodes up to this number stand so near to the server that a finger means it. */
const NEAR = 12;

export const center = {
  id: "center",
  figures: ["informed", "sent", "others"],
  legend: [["server", "legend.server"], ["quiet", "legend.has"], ["blank", "legend.hasnot"], ["copy", "legend.copy"]],
  stage: () => ({ layout: "disc", server: SERVER }),
  notes: () => [text("center.note")],
  settings: () => ({ protocol: "broadcast", n: N, uplink: 10, latency: 40, loss: 0, seed: 1 }),
  pace: () => 1,
  controls: (step) => [button("center.crash", () => crash(step))],
  begun: (step) => step.show.select([SERVER]),
  touched(step, node) {
    if (node <= NEAR) {
      crash(step);
    }
  },
  tell(show) {
    const { playback } = show;
    const informed = playback.informed;
    const { server: sent, payload: others } = show.tally.sent;
    const dead = playback.process[SERVER] === PROCESS.down;
    const over = informed === N || (dead && playback.flights.inFlight === 0 && show.now > 0);
    const key = informed === N ? "center.done" : dead ? "center.dead" : "center.status";
    return {
      figures: { informed, sent, others },
      status: text(key, { informed, n: N, sent, missing: N - informed }),
      over,
    };
  },
};

function crash(step) {
  if (step.show.playback?.process[SERVER] !== PROCESS.down) {
    step.act({ do: "crash", nodes: [SERVER] });
  }
}
