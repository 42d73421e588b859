// What is drawn, as numbers and texts: nothing here touches the page.

/** How lines are told apart without colours; as many as there are colours. */
export const DASHES = ["", "7 4", "2 4", "10 4 2 4", "5 2", "1 3 5 3"];

/** A number with as many digits as tell something. */
export function digits(value) {
  if (Number.isInteger(value)) return value.toLocaleString("en-US");
  const size = Math.abs(value);
  const decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  return value.toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/** A value of that unit for a person, as the terminal shows it. */
export function show(unit, value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  switch (unit) {
    case "SHARE": return digits(value * 100) + " %";
    case "SECONDS": return value > 0 && value < 1 ? digits(value * 1000) + " ms" : digits(value) + " s";
    case "BYTES_PER_SECOND": return digits(value) + " B/s";
    case "PER_SECOND": return digits(value) + " /s";
    default: return digits(value);
  }
}

/** A value on an axis: short, and with a unit only where the axis has none. */
export function tick(unit, value) {
  switch (unit) {
    case "SHARE": return +(value * 100).toPrecision(6) + " %";
    case "SECONDS": return clock(value);
    case "BYTES_PER_SECOND": return short(value, 1e3) + "B/s";
    case "PER_SECOND": return short(value, 1e4).trim() + "/s";
    default: return short(value, 1e4).trim();
  }
}

function short(value, thousands) {
  const size = Math.abs(value);
  if (size >= 1e6) return +(value / 1e6).toPrecision(6) + " M";
  if (size >= thousands) return +(value / 1e3).toPrecision(6) + " k";
  return +value.toPrecision(6) + " ";
}

/** Virtual time on an axis: seconds, or minutes and hours where they are long. */
export function clock(seconds) {
  if (seconds === 0) return "0";
  if (seconds < 1) return +(seconds * 1000).toPrecision(6) + " ms";
  if (seconds < 60) return +seconds.toPrecision(6) + " s";
  const whole = Math.round(seconds);
  const pad = (n) => String(n).padStart(2, "0");
  const minutes = Math.floor((whole % 3600) / 60);
  const hours = Math.floor(whole / 3600);
  return (hours > 0 ? hours + ":" + pad(minutes) : minutes) + ":" + pad(whole % 60);
}

/** Distances between ticks of virtual time at which people read clocks. */
const STEPS = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 14400, 21600, 43200, 86400];

/** Where the ticks of an axis of time stand, at most about that many; null leaves it to D3. */
export function timeTicks(from, to, most) {
  const wanted = (to - from) / Math.max(1, most);
  if (wanted < 1) return null;
  const step = STEPS.find((s) => s >= wanted) ?? Math.ceil(wanted / 86400) * 86400;
  const ticks = [];
  for (let at = Math.ceil(from / step) * step; at <= to + 1e-9; at += step) ticks.push(at);
  return ticks;
}

/** Index of the last of ascending numbers that is not above x; -1 if all are. */
export function lastUpTo(ascending, x) {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] <= x) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** What a line has at x: the value of the last point up to there; null before its first. */
export function valueAt(line, x) {
  const at = lastUpTo(line.x, x);
  return at < 0 ? null : line.y[at];
}

/** From and to on the vertical axis: from 0, but for plots that would waste more than half of their height. */
export function extent(plot, lines) {
  let least = Infinity;
  let most = -Infinity;
  for (const line of lines) {
    for (const y of line.y) {
      if (y !== null && y < least) least = y;
      if (y !== null && y > most) most = y;
    }
  }
  if (most === -Infinity) return [0, 1];
  // Where nothing is lost, a hundredth of all is much.
  if (most === 0 && plot.unit === "SHARE") return [0, 0.01];
  if (plot.top) most = Math.max(most, plot.top);
  if (plot.kind === "time" && least > 0.55 * most && most > least) {
    const room = (most - least) * 0.15;
    return [least - room, most + room];
  }
  return [Math.min(0, least), most > 0 ? most * 1.04 : 1];
}

/** Faults that would stand on each other become one mark: where it stands, its label, and those in it. */
export function marks(faults, place, apart) {
  const marks = [];
  faults.forEach((fault, i) => {
    const at = place(fault.at);
    const last = marks[marks.length - 1];
    if (last && at - last.at < apart) {
      last.faults.push(fault);
      last.label = last.first + "–" + (i + 1);
    } else {
      marks.push({ at, first: i + 1, label: String(i + 1), faults: [fault] });
    }
  });
  return marks;
}

/** At most that many rows of a table that has a column for each line: evenly chosen points of time, first and last included. */
export function rows(lines, most) {
  const all = [...new Set(lines.flatMap((line) => line.x))].sort((a, b) => a - b);
  const chosen = all.length <= most ? all : Array.from({ length: most }, (_, i) => all[Math.round((i * (all.length - 1)) / (most - 1))]);
  return chosen.map((x) => [x, ...lines.map((line) => valueAt(line, x))]);
}
