import assert from "node:assert/strict";
import test from "node:test";
import { ApiError, path, query } from "../../site/dashboard/api.js";
import { columnsOf, emptyHistory, quantile, takeFigures, takeSample, KEPT_MILLIS, MOST_SAMPLES } from "../../site/dashboard/history.js";
import { MOST_GROUPS, aligned, groupsOf, inGroups, project, tagsOf } from "../../site/dashboard/layout.js";
import { byName, matcher, sorted } from "../../site/dashboard/order.js";
import { hashOf, parseHash } from "../../site/dashboard/router.js";
import { deleteOf, writeOf } from "../../site/dashboard/shapes.js";
import { emptyState } from "../../site/dashboard/store.js";
import { pauseMillis, LONGEST_PAUSE_MILLIS } from "../../site/dashboard/feed.js";

const member = (name, tags = {}, more = {}) => ({ name, tags, status: "alive", address: "10.0.0.1", port: 7946, incarnation: 1, ...more });
const table = (...members) => new Map(members.map((each) => [each.name, each]));

test("a place that a hash names is found again, whatever the name holds", () => {
  for (const name of ["orders-1", "a/b", "..", "%", "#", "<img>", "имя", "a b\n", "😀"]) {
    assert.deepEqual(parseHash(hashOf("members", name)), { page: "members", parts: [name] });
  }
});

test("a hash that is no place leads to the first page", () => {
  assert.equal(parseHash("#/nowhere").page, "members");
  assert.equal(parseHash("#/members/%zz").unknown, "#/members/%zz");
  assert.deepEqual(parseHash(""), { page: "members", parts: [] });
});

test("a part of a path keeps its slashes, and dots alone are refused, as a browser would take them out", () => {
  assert.equal(path("v1", "members", "a/b?#%é"), "/v1/members/a%2Fb%3F%23%25%C3%A9");
  assert.equal(path("v1", new Uint8Array([0xff, 0x41])), "/v1/%FFA");
  assert.throws(() => path("v1", "members", ".."), ApiError);
  assert.equal(
    query([
      ["prefix", ""],
      ["limit", "5"],
      ["kind", "a&b"],
    ]),
    "?limit=5&kind=a%26b",
  );
});

test("writes go where each type is", () => {
  assert.deepEqual(writeOf("map", "m/1", { key: "k", value: "v", ttl: " 10m " }), [
    "PUT",
    "/v1/state/maps/m%2F1/k",
    { value: "v", ttl: "10m" },
  ]);
  assert.deepEqual(writeOf("counter", "c", { amount: "-5", ttl: "" }), ["POST", "/v1/state/counters/c/add", { amount: -5 }]);
  assert.throws(() => writeOf("counter", "c", { amount: "1e3" }), /amount/);
  assert.throws(() => writeOf("counter", "c", { amount: "9007199254740993" }), /amount/);
  assert.deepEqual(deleteOf("set", "s", { keyBase64: "/w==" }), ["POST", "/v1/state/sets/s/remove", { element_base64: "/w==" }]);
  assert.deepEqual(deleteOf("map", "m", { keyBase64: "/w==" }), ["DELETE", "/v1/state/maps/m/%FF"]);
});

test("numbers in names are compared by their value", () => {
  assert.deepEqual(["n-10", "n-9", "N-1", "a"].sort(byName), ["a", "N-1", "n-9", "n-10"]);
});

test("a filter finds name, address and tags, and with '=' the beginning of one tag's value", () => {
  const one = member("Web-1", { zone: "eu-1a", role: "web" });
  for (const text of ["", "web", "WEB-1", "10.0.0.1:7946", "zone=eu", "eu-1a", "web zone=EU-1a"]) {
    assert.ok(matcher(text)(one), text);
  }
  for (const text of ["db", "zone=1a", "role=zone", "web db"]) {
    assert.ok(!matcher(text)(one), text);
  }
});

test("members are sorted by any column, and those without a round trip come last both ways", () => {
  const state = emptyState();
  const at = (x) => ({ vector: [x], height: 0, adjustment: 0 });
  state.coordinates = new Map([
    ["a", at(0)],
    ["b", at(2)],
    ["c", at(1)],
  ]);
  const names = (column, down) =>
    sorted(
      state,
      ["a", "b", "c", "d"].map((name) => member(name)),
      column,
      down,
      "a",
    )
      .map((each) => each.name)
      .join("");
  assert.equal(names("rtt", false), "acbd");
  assert.equal(names("rtt", true), "bcad");
  assert.equal(names("name", true), "dcba");
  assert.equal(names("status", true), "abcd");
});

test("groups hold every member once, and are not more than are drawn", () => {
  const members = table(...Array.from({ length: 500 }, (_, i) => member(`n${i}`, i % 5 === 0 ? {} : { zone: `z${i % 97}` })));
  const groups = groupsOf(members, "zone");
  assert.ok(groups.length <= MOST_GROUPS + 1);
  assert.equal(new Set(groups.flatMap((group) => group.names)).size, 500);
  assert.equal(
    groups.reduce((sum, group) => sum + group.names.length, 0),
    500,
  );
  assert.deepEqual(tagsOf(members), ["zone"]);
});

test("members of a group stand apart from each other and inside its circle", () => {
  for (const n of [1, 2, 5, 40, 41, 1000]) {
    const members = table(...Array.from({ length: n }, (_, i) => member(`n${i}`)));
    const { places, circles } = inGroups(groupsOf(members, ""), () => {});
    const all = [...places.values()];
    assert.equal(all.length, n);
    assert.ok(
      all.every((p) => Math.hypot(p.x, p.y) <= circles[0].r),
      `${n} within the circle`,
    );
    let least = Infinity;
    all.forEach((a, i) => all.slice(0, i).forEach((b) => (least = Math.min(least, Math.hypot(a.x - b.x, a.y - b.y)))));
    assert.ok(least > 0.6, `${n} at least ${least} apart`);
  }
});

test("coordinates in a plane of eight dimensions keep their distances in the picture", () => {
  const points = Array.from({ length: 60 }, (_, i) => [Math.cos(i) * 0.03, Math.sin(i * 1.7) * 0.01]);
  const coordinates = new Map(points.map(([u, v], i) => [`n${i}`, { name: `n${i}`, vector: [u, v, u + v, u - v, 0, 2 * u, -v, 0.5] }]));
  const placed = project(coordinates, new Map());
  const between = (a, b) => Math.hypot(...coordinates.get(a).vector.map((x, d) => x - coordinates.get(b).vector[d]));
  for (let i = 1; i < 60; i++) {
    const [a, b] = [placed.get("n0"), placed.get(`n${i}`)];
    assert.ok(Math.abs(Math.hypot(a.x - b.x, a.y - b.y) - between("n0", `n${i}`)) < 1e-9);
  }
});

test("a picture that is turned and mirrored is turned back to where it was", () => {
  const before = new Map([
    ["a", { x: 1, y: 0 }],
    ["b", { x: 0, y: 2 }],
    ["c", { x: -1, y: -2 }],
  ]);
  const turned = new Map([...before].map(([name, { x, y }]) => [name, { x: -y * 0.6 - x * 0.8, y: x * 0.6 - y * 0.8 }]));
  const mirrored = new Map([...turned].map(([name, { x, y }]) => [name, { x: -x, y }]));
  for (const points of [turned, mirrored]) {
    for (const [name, point] of aligned(points, before)) {
      assert.ok(Math.hypot(point.x - before.get(name).x, point.y - before.get(name).y) < 1e-9, name);
    }
  }
});

test("figures older than a quarter of an hour go, and none counts twice", () => {
  const history = emptyHistory();
  const sample = (second) => ({ at: new Date(second * 1000).toISOString(), propagation: [1, 2] });
  takeFigures(history, { propagation_bounds_seconds: [0.1], samples: [sample(0), sample(1)] });
  takeSample(history, sample(1));
  assert.equal(history.samples.length, 2);
  for (let second = 2; second < 3000; second++) {
    takeSample(history, sample(second));
  }
  assert.ok(history.samples.length <= MOST_SAMPLES);
  assert.equal(history.samples.at(-1).time - history.samples[0].time, KEPT_MILLIS);
  const columns = columnsOf(history);
  assert.equal(
    columns.reduce((sum, column) => sum + column.counts[1], 0),
    2 * history.samples.length,
  );
  assert.equal(quantile([3, 1, 2], 0.5), 2);
});

test("pauses between attempts grow to their bound", () => {
  assert.deepEqual(
    [0, 1, 2, 3, 4, 50].map((attempt) => pauseMillis(attempt, 0.5)),
    [1000, 2000, 4000, 8000, 15000, 15000],
  );
  assert.ok(pauseMillis(60, 1) <= LONGEST_PAUSE_MILLIS * 1.1);
});
