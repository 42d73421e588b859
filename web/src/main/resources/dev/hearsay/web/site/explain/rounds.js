/** Step 3: rounds grow with the logarithm of the number of nodes. */
import { choice, slider } from "./controls.js";
import { number, text } from "./language.js";
import { RoundsChart } from "./rounds-chart.js";

const INTERVAL = 200;
const LATENCY = 1;
/** How often each tells: as often as production permits, as theory has nobody stop before all have heard. */
const MOST_ROUNDS = 16;
const SMALLEST = 10;
/** Positions of the slider for each power of ten. */
const STEPS = 10;
/** Two significant digits are enough for a size, and read well. */
const DIGITS = 2;

const chosen = { n: 1000, fanout: 1, seed: 1 };
let chart = null;

export const rounds = {
  id: "rounds",
  figures: ["informed", "measured", "theory"],
  legend: [["tells", "legend.heard"], ["quiet", "legend.quiet"], ["blank", "legend.unheard"]],
  stage: () => ({ layout: "disc" }),
  notes: () => [text("rounds.note")],
  settings: () => ({
    protocol: "push", n: chosen.n, fanout: chosen.fanout, rounds: MOST_ROUNDS, exchange: 0, interval: INTERVAL, latency: LATENCY,
    loss: 0, seed: chosen.seed,
  }),
  pace: () => INTERVAL / 450,
  controls(step) {
    chart = new RoundsChart(expected);
    chart.show(chosen.fanout);
    return [
      slider({
        key: "rounds.size", min: 0, max: 3 * STEPS, value: positionOf(chosen.n),
        shown: (position) => number(sizeAt(position)),
        changed: (position) => again(step, { n: sizeAt(position) }),
      }),
      choice({
        key: "rounds.fanout", options: [[1, "rounds.one"], [2, "rounds.two"]], value: chosen.fanout,
        changed: (fanout) => again(step, { fanout }),
      }),
      chart.element,
    ];
  },
  touched() {},
  tell(show) {
    const { informed, n } = show.playback;
    const over = informed === n;
    const passed = over ? measured(show) : show.now / INTERVAL;
    const theory = number(expected(n, show.settings.fanout), 1);
    const key = over ? "rounds.done" : "rounds.status";
    return {
      figures: { informed, measured: number(passed, 1), theory },
      status: text(key, { informed, n, round: Math.floor(passed), measured: number(passed, 1), theory }),
      over,
    };
  },
  ended(step) {
    const { n, fanout } = step.show.settings;
    if (step.show.playback.informed === n) {
      chart.mark(n, fanout, measured(step.show));
    }
  },
};

/** Rounds until push has told the last of n, but for O(1): Frieze and Grimmett 1985, Pittel 1987. */
function expected(n, fanout) {
  return Math.log(n) / Math.log(1 + fanout) + Math.log(n) / fanout;
}

/** Rounds until the last one has heard. */
function measured(show) {
  let last = 0;
  show.playback.eachArrival((ms) => {
    last = Math.max(last, ms);
  });
  return last / INTERVAL;
}

function again(step, changes) {
  Object.assign(chosen, changes);
  chosen.seed += 1;
  chart.show(chosen.fanout);
  step.restart();
}

function sizeAt(position) {
  return Number((SMALLEST * 10 ** (position / STEPS)).toPrecision(DIGITS));
}

function positionOf(n) {
  return Math.round(STEPS * Math.log10(n / SMALLEST));
}
