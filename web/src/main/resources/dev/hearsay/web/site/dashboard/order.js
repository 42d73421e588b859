/** How members are found and sorted. Pure. */
import { hostPort } from "./format.js";
import { STATUSES, roundTrip } from "./store.js";

/** Most texts whose keys are remembered; then all are forgotten. */
const MOST_KEYS = 20_000;
const KEYS = new Map();

/** Compares texts as people do: numbers in them by their value, so "node-9" before "node-10"; capitals beside small letters. */
export function byName(a, b) {
  const keyA = sortKey(a);
  const keyB = sortKey(b);
  return keyA < keyB ? -1 : keyA > keyB ? 1 : a < b ? -1 : a > b ? 1 : 0;
}

/** The columns by which members can be sorted. */
export const COLUMNS = ["status", "name", "address", "rtt", "tags", "incarnation"];

/**
 * A test for members by what the reader has typed: words, all of which must be found in name, address, or a tag as key=value;
 * a word with "=" is looked for in tags alone: its key must be the tag's, and its value begin so. Case does not matter.
 */
export function matcher(text) {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  return (member) => words.every((word) => has(member, word));
}

/** Members in the order of a column; equal ones by name. */
export function sorted(state, members, column, down, own) {
  const rtt = column === "rtt" ? new Map(members.map((member) => [member, roundTrip(state, own, member.name)])) : null;
  const compare = {
    status: (a, b) => rank(a.status) - rank(b.status),
    name: () => 0,
    address: (a, b) => byName(address(a), address(b)),
    // Who has none comes last, whichever way.
    rtt: (a, b) => known(rtt.get(a), down) - known(rtt.get(b), down),
    tags: (a, b) => byName(tagsText(a), tagsText(b)),
    incarnation: (a, b) => a.incarnation - b.incarnation,
  }[column];
  const sign = down ? -1 : 1;
  return members.sort((a, b) => sign * compare(a, b) || (column === "name" ? sign : 1) * byName(a.name, b.name));
}

/** Its address and port. */
export function address(member) {
  return hostPort(member.address, member.port);
}

/** All tags as key=value, by key. */
export function tagsText(member) {
  return Object.keys(member.tags)
    .sort(byName)
    .map((key) => `${key}=${member.tags[key]}`)
    .join(" ");
}

function has(member, word) {
  const at = word.indexOf("=");
  if (at > 0) {
    const key = word.slice(0, at);
    const value = word.slice(at + 1);
    return Object.entries(member.tags).some(([tag, text]) => tag.toLowerCase() === key && text.toLowerCase().startsWith(value));
  }
  return (
    member.name.toLowerCase().includes(word) ||
    address(member).includes(word) ||
    Object.entries(member.tags).some(([tag, text]) => `${tag}=${text}`.toLowerCase().includes(word))
  );
}

/* Collators are dear where ten thousand comparisons are made for each sorting: keys are made once, and compared plainly. */
function sortKey(text) {
  let key = KEYS.get(text);
  if (key === undefined) {
    key = text.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(16, "0"));
    if (KEYS.size >= MOST_KEYS) {
      KEYS.clear();
    }
    KEYS.set(text, key);
  }
  return key;
}

function rank(status) {
  const at = STATUSES.indexOf(status);
  return at < 0 ? STATUSES.length : at;
}

function known(value, down) {
  return Number.isNaN(value) ? (down ? -1 : 1e9) : value;
}
