import assert from "node:assert/strict";
import test from "node:test";
import { MOST_CHARACTERS, begin, parse } from "../../site/dashboard/sse.js";

/** The events of a stream that comes in those pieces. */
function events(...pieces) {
  let state = begin();
  const all = [];
  for (const piece of pieces) {
    const parsed = parse(state, piece);
    state = parsed.state;
    all.push(...parsed.events);
  }
  return { all, state };
}

test("an event has its id, its kind and its data", () => {
  assert.deepEqual(events('id: a-1\nevent: member\ndata: {"x":1}\n\n').all, [{ id: "a-1", event: "member", data: '{"x":1}' }]);
});

test("an event is the same however the stream is split", () => {
  const stream = "retry: 2000\r\n\r\nid: a-1\r\nevent: user\r\ndata: one\r\ndata: two\r\n\r\n: still here\rid: a-2\r\rdata:three\n\n";
  const whole = events(stream).all;
  assert.deepEqual(whole, [
    { id: "a-1", event: "user", data: "one\ntwo" },
    { id: "a-2", event: "message", data: "three" },
  ]);
  for (let i = 0; i <= stream.length; i++) {
    for (let j = i; j <= stream.length; j++) {
      assert.deepEqual(events(stream.slice(0, i), stream.slice(i, j), stream.slice(j)).all, whole, `split at ${i} and ${j}`);
    }
  }
});

test("an id without data moves the place, and is no event", () => {
  const { all, state } = events(": still here\nid: a-7\n\n");
  assert.deepEqual(all, []);
  assert.equal(state.told, "a-7");
});

test("an event that is not complete has not moved the place", () => {
  const { all, state } = events("id: a-1\ndata: x\n\n", "id: a-2\ndata: y\n");
  assert.equal(all.length, 1);
  assert.equal(state.told, "a-1");
});

test("a place is kept over events without an id, and an id with a zero is none", () => {
  const { all, state } = events("id: a-1\ndata: x\n\nid: a\0b\ndata: y\n\n");
  assert.deepEqual(
    all.map((each) => each.id),
    ["a-1", "a-1"],
  );
  assert.equal(state.told, "a-1");
});

test("one space after the colon is not part of the value, a second is; fields without a colon are empty", () => {
  assert.deepEqual(events("data:  x\ndata\nevent\n\n").all, [{ id: "", event: "message", data: " x\n" }]);
});

test("a byte order mark at the beginning is left out", () => {
  assert.deepEqual(
    events("", "\ufeffdata: x\n\n", "data: \ufeffy\n\n").all.map((each) => each.data),
    ["x", "\ufeffy"],
  );
});

test("parsing changes neither of its arguments", () => {
  const before = parse(begin(), "id: a-1\ndata: x\n").state;
  const copy = structuredClone(before);
  parse(before, "data: y\n\n");
  assert.deepEqual(before, copy);
});

test("an event that has no end is refused instead of filling the memory", () => {
  const piece = "x".repeat(1 << 20);
  const pieces = (before, after) => Array.from({ length: MOST_CHARACTERS / piece.length + 1 }, () => before + piece + after);
  assert.throws(() => events("data: ", ...pieces("", "")), /more than 8388608 characters/);
  assert.throws(() => events(...pieces("data: ", "\n")), /more than 8388608 characters/);
});
