/** Step 4: messages get lost and nodes die, and it still arrives. */
import { PROCESS } from "../common/playback.js";
import { button, slider } from "./controls.js";
import { number, text } from "./language.js";

const N = 400;
const TENTH = 10;

const chosen = { loss: 20, seed: 1 };

export const losses = {
  id: "losses",
  figures: ["informed", "lost", "down"],
  legend: [["tells", "legend.heard"], ["quiet", "legend.quiet"], ["blank", "legend.unheard"], ["down", "legend.killed"],
    ["payload", "legend.news"], ["lost", "legend.lost"], ["digest", "legend.compare"]],
  stage: () => ({ layout: "disc" }),
  notes: () => [],
  settings: () => ({
    protocol: "push", n: N, fanout: 2, rounds: 10, exchange: 1000, interval: 200, latency: 60, loss: chosen.loss, seed: chosen.seed,
  }),
  pace: () => 0.3,
  controls: (step) => [
    slider({
      key: "losses.loss", min: 0, max: 50, step: 5, value: chosen.loss, shown: (loss) => `${number(loss)} %`,
      changed(loss) {
        chosen.loss = loss;
        chosen.seed += 1;
        step.restart();
      },
    }),
    button("losses.crash", () => crash(step, everyTenth(step.show.playback))),
  ],
  touched: (step, node) => crash(step, [node]),
  tell(show) {
    const { playback } = show;
    const alive = playback.up;
    const informed = informedAndUp(playback);
    const lost = show.tally.allLost;
    const missing = alive - informed;
    const key = missing === 0 ? "losses.done" : show.ended ? "losses.missed" : "losses.status";
    return {
      figures: { informed: `${number(informed)} / ${number(alive)}`, lost, down: N - alive },
      status: text(key, { informed, alive, lost, missing, down: N - alive }),
      over: missing === 0,
    };
  },
};

function informedAndUp(playback) {
  let count = 0;
  for (let i = 0; i < playback.n; i++) {
    count += playback.process[i] === PROCESS.up && playback.rumor[i] !== 0 ? 1 : 0;
  }
  return count;
}

/** A tenth of those that run, spread evenly over the picture. */
function everyTenth(playback) {
  const running = [...(playback?.process ?? new Uint8Array(N)).keys()].filter((i) => !playback || playback.process[i] === PROCESS.up);
  return running.filter((node, i) => i % TENTH === TENTH / 2);
}

function crash(step, nodes) {
  const running = nodes.filter((node) => (step.show.playback?.process[node] ?? PROCESS.up) === PROCESS.up);
  if (running.length > 0) {
    step.act({ do: "crash", nodes: running });
  }
}
