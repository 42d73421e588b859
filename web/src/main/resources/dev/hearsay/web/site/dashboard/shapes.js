/** The five types of shared state as the HTTP interface has them: where they are, what an entry is, and how it is written. Pure. */
import { path, query } from "./api.js";
import { fromBase64 } from "./text.js";

/** Entries of a page. */
export const ENTRIES = 50;

/** What there is, in the order in which the page lists it. */
export const TYPES = ["map", "set", "counter", "register", "fact"];

/** By type: what a collection and its parts are called. */
export const WORDS = {
  map: { many: "Maps", key: "Key", value: "Value" },
  set: { many: "Sets", key: "Element", value: "" },
  counter: { many: "Counters", key: "", value: "Value" },
  register: { many: "Registers", key: "", value: "Value" },
  fact: { many: "Facts of members", key: "Key", value: "Value" },
};

const FOLDERS = { map: "maps", set: "sets", counter: "counters", register: "registers", fact: "facts" };

/** Where a collection is. */
export function collectionPath(type, name) {
  return path("v1", "state", FOLDERS[type], name);
}

/** Where a page of a collection is; counters and registers have one. */
export function entriesPath(type, name, prefix, cursor) {
  const paged =
    type === "counter" || type === "register"
      ? ""
      : query([
          ["prefix", prefix],
          ["limit", String(ENTRIES)],
          ["cursor", cursor],
        ]);
  return collectionPath(type, name) + paged;
}

/** An answer as entries: {size, next, entries: [{id, key, keyBase64, value, valueBase64, count}]}; id tells entries apart. */
export function entriesOf(type, answer) {
  switch (type) {
    case "map":
      return { size: answer.size, next: answer.next ?? null, entries: answer.entries.map(keyed) };
    case "fact":
      return { size: null, next: answer.next ?? null, entries: answer.facts.map(keyed) };
    case "set":
      return {
        size: answer.size,
        next: answer.next ?? null,
        entries: answer.elements.map((each) => ({ id: each.element_base64, key: each.element, keyBase64: each.element_base64 })),
      };
    case "counter":
      return { size: 1, next: null, entries: [{ id: "", count: answer.value }] };
    default:
      return {
        size: answer.values.length,
        next: null,
        entries: answer.values.map((each) => ({ id: each.value_base64, value: each.value, valueBase64: each.value_base64 })),
      };
  }
}

/**
 * The request that writes: [method, path, body].
 *
 * @param given {key, value, ttl, amount}: texts; ttl "" for none
 */
export function writeOf(type, name, given) {
  const ttl = given.ttl === undefined || given.ttl.trim() === "" ? {} : { ttl: given.ttl.trim() };
  switch (type) {
    case "map":
      return ["PUT", collectionPath(type, name) + path(given.key), { value: given.value, ...ttl }];
    case "fact":
      return ["PUT", path("v1", "state", "facts", given.key), { value: given.value }];
    case "set":
      return ["POST", `${collectionPath(type, name)}/add`, { element: given.key, ...ttl }];
    case "counter":
      return ["POST", `${collectionPath(type, name)}/add`, { amount: amountOf(given.amount), ...ttl }];
    default:
      return ["PUT", collectionPath(type, name), { value: given.value, ...ttl }];
  }
}

/** The request that takes an entry out; of a register, all of its values. Counters have none. */
export function deleteOf(type, name, entry) {
  switch (type) {
    case "map":
      return ["DELETE", collectionPath(type, name) + path(fromBase64(entry.keyBase64))];
    case "fact":
      return ["DELETE", path("v1", "state", "facts", fromBase64(entry.keyBase64))];
    case "set":
      return ["POST", `${collectionPath(type, name)}/remove`, { element_base64: entry.keyBase64 }];
    default:
      return ["DELETE", collectionPath(type, name)];
  }
}

function keyed(each) {
  return { id: each.key_base64, key: each.key, keyBase64: each.key_base64, value: each.value, valueBase64: each.value_base64 };
}

/* A number too great for JavaScript would arrive as another. */
function amountOf(text) {
  const amount = Number(text);
  if (!/^\s*[-+]?\d+\s*$/.test(text) || !Number.isSafeInteger(amount)) {
    throw Object.assign(new Error(`amount: must be a whole number, at most ${Number.MAX_SAFE_INTEGER} from here`), { field: "amount" });
  }
  return amount;
}
