/** How the lab writes numbers and times. */

const GROUPED = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });

/** 12,345.6 */
export function number(value) {
  return GROUPED.format(value);
}

/** 850 ms, 1.40 s, 2 min 5 s: virtual time. */
export function time(ms) {
  if (ms < 1000) {
    return `${Math.round(ms)} ms`;
  }
  if (ms < 60_000) {
    return `${(ms / 1000).toFixed(2)} s`;
  }
  return `${Math.floor(ms / 60_000)} min ${((ms % 60_000) / 1000).toFixed(1)} s`;
}

/** 1.2 kB, 3.4 MB. */
export function bytes(count) {
  if (count < 1000) {
    return `${count} B`;
  }
  return count < 1e6 ? `${(count / 1e3).toFixed(1)} kB` : `${(count / 1e6).toFixed(1)} MB`;
}

/** "1 node", "3 nodes". */
export function nodes(count) {
  return `${number(count)} ${count === 1 ? "node" : "nodes"}`;
}
