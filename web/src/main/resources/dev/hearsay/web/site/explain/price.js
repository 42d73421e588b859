/** Step 6: what gossip costs: copies, a moment of disagreement, memory. */
import { slider } from "./controls.js";
import { number, span, text } from "./language.js";

const N = 1000;
/** Bytes of heap that a JVM keeps for each known member: 302 for the record, 17 in the table (docs/performance.md, `bench/run table`). */
const MEMBER_BYTES = 319;

const chosen = { fanout: 3, seed: 1 };

export const price = {
  id: "price",
  figures: ["copies", "window", "memory"],
  legend: [["tells", "legend.heard"], ["quiet", "legend.quiet"], ["blank", "legend.unheard"], ["payload", "legend.news"],
    ["digest", "legend.compare"]],
  stage: () => ({ layout: "disc" }),
  notes: () => [text("price.note", { bytes: MEMBER_BYTES, n: N })],
  settings: () => ({
    protocol: "push", n: N, fanout: chosen.fanout, rounds: 4, exchange: 2000, interval: 200, latency: 20, loss: 0, seed: chosen.seed,
  }),
  pace: () => 0.35,
  controls: (step) => [slider({
    key: "price.fanout", min: 1, max: 8, value: chosen.fanout, shown: (fanout) => number(fanout),
    changed(fanout) {
      chosen.fanout = fanout;
      chosen.seed += 1;
      step.restart();
    },
  })],
  touched() {},
  tell(show) {
    const { playback } = show;
    const copies = number((show.tally.sent.payload - show.tally.lost.payload) / N, 1);
    const window = span(disagreement(show));
    const memory = text("unit.kib", { value: (N * MEMBER_BYTES) / 1024 });
    return {
      figures: { copies, window, memory },
      status: text(show.ended ? "price.done" : "price.status",
        { informed: playback.informed, n: N, copies, window, fanout: show.settings.fanout }),
      over: show.ended,
    };
  },
};

/** How long some have had it and others not, ms. */
function disagreement(show) {
  if (show.playback.informed < N) {
    return show.now;
  }
  let last = 0;
  show.playback.eachArrival((ms) => {
    last = Math.max(last, ms);
  });
  return last;
}
