/** Step 2: whoever hears it tells two others. */
import { cssValue } from "../common/theme.js";
import { button } from "./controls.js";
import { text } from "./language.js";

const N = 64;
const INTERVAL = 1000;

/** The place at which the news begins. It always begins at node 0, so node 0 is put there. */
let origin = 0;
let seed = 1;

export const few = {
  id: "few",
  figures: ["round", "informed"],
  legend: [["tells", "legend.heard"], ["quiet", "legend.quiet"], ["blank", "legend.unheard"], ["payload", "legend.news"]],
  stage: () => ({ layout: "disc", zero: origin }),
  notes: () => [],
  settings: () => ({ protocol: "push", n: N, fanout: 2, rounds: 6, exchange: 0, interval: INTERVAL, latency: 300, loss: 0, seed }),
  pace: () => 1,
  controls: (step) => [button("few.elsewhere", () => beginAt(step, (origin + 23) % N))],
  touched: (step, node) => beginAt(step, placeOf(node)),
  begun: (step) => step.show.select([0]),
  /** Who told whom, as lines: the branches of the rumor. */
  paint(context, stage, playback) {
    context.strokeStyle = cssValue("--alive");
    context.globalAlpha = 0.45;
    context.lineWidth = 1.5 * stage.ratio;
    context.beginPath();
    playback.eachArrival((ms, from, to) => {
      context.moveTo(stage.x[from], stage.y[from]);
      context.lineTo(stage.x[to], stage.y[to]);
    });
    context.stroke();
  },
  tell(show) {
    const { informed } = show.playback;
    const over = informed === N;
    // Whoever has heard tells for the first time after one interval.
    const round = Math.floor(show.now / INTERVAL);
    return {
      figures: { round, informed },
      status: text(over ? "few.done" : "few.status", { round, informed, n: N }),
      over,
    };
  },
};

/** Node 0 and the one in whose place it stands have changed places. */
function placeOf(node) {
  return node === 0 ? origin : node === origin ? 0 : node;
}

function beginAt(step, place) {
  origin = place;
  seed += 1;
  step.restart();
}
