/** The agent's figures over the last minutes, as the page keeps them. Pure functions of samples. */

/** For how long the page keeps figures, and how many samples at most; older ones go. */
export const KEPT_MILLIS = 15 * 60 * 1000;
export const MOST_SAMPLES = 1000;
/** How many milliseconds a column of the histogram has. */
export const COLUMN_MILLIS = 15_000;

/** No samples yet. */
export function emptyHistory() {
  return { bounds: [], samples: [] };
}

/** Everything anew, as GET /v1/figures has it. */
export function takeFigures(history, answer) {
  history.bounds = answer.propagation_bounds_seconds;
  history.samples = answer.samples.map(timed).slice(-MOST_SAMPLES);
}

/** The next sample of the stream. One that is not newer than the last is left out: it was in the answer already. */
export function takeSample(history, sample) {
  const next = timed(sample);
  const last = history.samples.at(-1);
  if (last !== undefined && next.time <= last.time) {
    return;
  }
  history.samples.push(next);
  const old = history.samples.findIndex((each) => each.time >= next.time - KEPT_MILLIS);
  const excess = Math.max(old, history.samples.length - MOST_SAMPLES);
  if (excess > 0) {
    history.samples.splice(0, excess);
  }
}

/** Propagation delays of the samples, added up in columns of COLUMN_MILLIS that begin at its multiples. */
export function columnsOf(history) {
  const columns = [];
  for (const sample of history.samples) {
    const time = Math.floor(sample.time / COLUMN_MILLIS) * COLUMN_MILLIS;
    const last = columns.at(-1);
    if (last !== undefined && last.time === time) {
      sample.propagation.forEach((count, i) => (last.counts[i] = (last.counts[i] ?? 0) + count));
    } else if (sample.propagation.length > 0) {
      columns.push({ time, millis: COLUMN_MILLIS, counts: [...sample.propagation] });
    }
  }
  return columns;
}

/** What share of values is not above the result; NaN for none. Share is 0 to 1. */
export function quantile(values, share) {
  const ordered = [...values].sort((a, b) => a - b);
  return ordered.length === 0 ? NaN : ordered[Math.min(ordered.length - 1, Math.floor(share * ordered.length))];
}

function timed(sample) {
  return { ...sample, time: Date.parse(sample.at) };
}
