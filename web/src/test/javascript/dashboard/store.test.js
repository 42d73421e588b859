import assert from "node:assert/strict";
import test from "node:test";
import {
  BOUNDS,
  countStatuses,
  emptyState,
  roundTrip,
  takeAgain,
  takeCoordinates,
  takeDelay,
  takeEvent,
  takeMembers,
  takeSuspicions,
} from "../../site/dashboard/store.js";

const member = (name, status = "alive", tags = {}) => ({ name, status, tags, address: "10.0.0.1", port: 7946, incarnation: 1 });
const news = (kind, about, by = "") => ({ id: "a-1", event: "member", data: { at: "2026-01-01T00:00:00Z", kind, by, member: about } });

test("an event of a member replaces what was known of it", () => {
  const state = emptyState();
  takeMembers(state, [member("a"), member("b")]);
  takeEvent(state, news("failed", member("b", "failed")), 1000);
  assert.equal(state.members.get("b").status, "failed");
  assert.equal(countStatuses(state.members).get("failed"), 1);
  assert.equal(countStatuses(state.members).get("alive"), 1);
});

test("places are laid out anew when members come, go or change tags, and not when their status changes", () => {
  const state = emptyState();
  takeMembers(state, [member("a"), member("b")]);
  const layouts = [state.layout];
  const after = (change) => {
    change();
    layouts.push(state.layout);
  };
  after(() => takeEvent(state, news("failed", member("b", "failed")), 0));
  after(() => takeMembers(state, [member("b"), member("a")]));
  after(() => takeEvent(state, news("joined", member("c")), 0));
  after(() => takeEvent(state, news("updated", member("c", "alive", { zone: "x" })), 0));
  after(() => takeEvent(state, news("reaped", member("c", "left")), 0));
  after(() => takeMembers(state, [member("a")]));
  assert.deepEqual(
    layouts.map((each) => each - layouts[0]),
    [0, 0, 0, 1, 2, 3, 4],
  );
  assert.deepEqual([...state.members.keys()], ["a"]);
});

test("accusers add up while a member is suspect, and are gone when it is not", () => {
  const state = emptyState();
  takeMembers(state, [member("a"), member("b")]);
  takeEvent(state, news("suspected", member("b", "suspect"), "a"), 10);
  takeEvent(state, news("suspected", member("b", "suspect"), "c"), 20);
  takeEvent(state, news("suspected", member("b", "suspect"), "a"), 30);
  assert.deepEqual(
    [...state.suspicions.get("b")],
    [
      ["a", 10],
      ["c", 20],
    ],
  );
  takeEvent(state, news("refuted", member("b")), 40);
  assert.equal(state.suspicions.size, 0);
});

test("what is read anew takes away suspicions of members that are suspect no more", () => {
  const state = emptyState();
  takeMembers(state, [member("a", "suspect"), member("b", "suspect")]);
  takeSuspicions(state, [
    { suspect: "a", accusers: [{ name: "b", since: 1 }] },
    { suspect: "b", accusers: [{ name: "a", since: 2 }] },
  ]);
  takeMembers(state, [member("a"), member("b", "suspect")]);
  assert.deepEqual([...state.suspicions.keys()], ["b"]);
});

test("everything that grows stays within its bound, and the newest stay", () => {
  const state = emptyState();
  for (let i = 0; i < 20_000; i++) {
    takeEvent(state, news("suspected", member(`m${i}`, "suspect"), "a"), i);
    takeDelay(state, i, i);
  }
  assert.ok(state.events.length <= BOUNDS.events, `${state.events.length} events`);
  assert.ok(state.glows.size <= BOUNDS.glows, `${state.glows.size} glows`);
  assert.ok(state.delays.length <= BOUNDS.delays, `${state.delays.length} delays`);
  assert.equal(state.eventsTotal, 20_000);
  assert.equal(state.events.at(-1).data.member.name, "m19999");
  assert.equal(state.delays.at(-1).fromAgent, 19_999);
  for (let i = 0; i < 1000; i++) {
    takeEvent(state, news("suspected", member("x", "suspect"), `accuser${i}`), i);
  }
  assert.equal(state.suspicions.get("x").size, BOUNDS.accusers);
});

test("a tag called __proto__ is a tag", () => {
  const state = emptyState();
  const tags = JSON.parse('{"__proto__":"x"}');
  takeMembers(state, [member("a", "alive", tags)]);
  takeMembers(state, [member("a", "alive", {})]);
  assert.equal(state.layout, 2);
});

test("a round trip is Serf's formula, and unknown without two coordinates", () => {
  const state = emptyState();
  const at = (name, vector, adjustment) => ({ name, vector, height: 0.001, adjustment, error: 0.1 });
  takeCoordinates(state, [at("a", [0, 0], 0.002), at("b", [0.03, 0.04], 0.001), at("c", [0, 0], -0.5)]);
  assert.ok(Math.abs(roundTrip(state, "a", "b") - 0.055) < 1e-12);
  assert.ok(Math.abs(roundTrip(state, "a", "c") - 0.002) < 1e-12, "adjustments that would make it negative do not count");
  assert.ok(Number.isNaN(roundTrip(state, "a", "nobody")));
});

test("an answer about suspicions that is older than an event does not take the event back", () => {
  const state = emptyState();
  takeMembers(state, [member("a"), member("b"), member("c", "suspect")]);
  takeEvent(state, news("suspected", member("b", "suspect"), "a"), 10);
  takeSuspicions(state, [{ suspect: "c", accusers: [{ name: "a", since: 5 }] }]);
  assert.deepEqual([...state.suspicions.keys()], ["c", "b"]);
  takeEvent(state, news("refuted", member("b")), 20);
  takeSuspicions(state, []);
  assert.deepEqual([...state.suspicions.keys()], ["c"], "c is suspect until an event says otherwise");
});

test("an event that is newer than an answer holds when it is applied once more, and is not counted twice", () => {
  const state = emptyState();
  const failed = news("failed", member("b", "failed"));
  takeMembers(state, [member("a"), member("b")]);
  takeEvent(state, failed, 10);
  takeMembers(state, [member("a"), member("b")]);
  takeAgain(state, failed);
  assert.equal(state.members.get("b").status, "failed");
  assert.equal(state.eventsTotal, 1);
});
