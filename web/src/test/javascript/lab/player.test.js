/** The clock of runs: playing, going back, acting now and in the past. Run by PagesTest. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readLink, writeLink } from "../../site/lab/link.js";
import { valueOf } from "../../site/lab/settings.js";
import { KIND, PROCESS } from "../../site/common/playback.js";
import { Player } from "../../site/common/player.js";

/** An engine whose nodes hear the rumor one after the other, every 100 ms, until the last has; actions crash and refuse. */
class CountingEngine {
  created = 0;

  async create({ n }) {
    this.created += 1;
    return new CountingRun(n);
  }

  async theory() {
    return new Float64Array(0);
  }
}

class CountingRun {
  constructor(n) {
    this.n = n;
    this.time = 0;
    this.next = 0;
    this.records = [];
    this.crashed = 0;
  }

  async advance(until) {
    for (; this.next < this.n && this.next * 100 <= until; this.next++) {
      this.records.push(KIND.rumor, this.next * 100, this.next, 1, this.next - 1, 0);
    }
    this.time = Math.max(this.time, until);
    const records = Float64Array.from(this.records);
    this.records = [];
    return { records, now: this.time, done: this.next === this.n };
  }

  async act({ do: what, nodes = [] }) {
    if (what === "refused") {
      throw new Error("that cannot be done");
    }
    this.crashed += nodes.length;
    nodes.forEach((node) => this.records.push(KIND.process, this.time, node, PROCESS.down, 0, 0));
  }

  async theory() {
    return new Float64Array(0);
  }

  async hash() {
    return `${this.time}:${this.next}:${this.crashed}`;
  }

  async totals() {
    return { packets: this.next };
  }

  async close() {
    this.closed = true;
  }
}

/** A turn of the event loop, so that promises are through. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

async function playUntil(player, ms, wall) {
  for (let frames = 0; player.now < ms && frames < 1000; frames++) {
    player.frame((wall.ms += 16));
    await turn();
  }
}

async function aPlayer(n = 30, settings = [{ n }]) {
  const engine = new CountingEngine();
  const player = new Player(engine);
  await player.load(settings);
  return { player, engine, playback: player.tracks[0].playback };
}

test("a player shows what the clock says, and stops at the end by itself", async () => {
  const { player, playback } = await aPlayer();
  let ended = 0;
  player.onended = () => {
    ended += 1;
  };
  player.play();
  await playUntil(player, 1000, { ms: 0 });
  assert.equal(playback.informed, 1 + Math.floor(player.now / 100));
  await playUntil(player, 2900, { ms: 1e6 });
  player.frame(2e6);
  assert.deepEqual([player.playing, ended, player.now, playback.informed], [false, 1, 2900, 30]);
});

test("a player stops when everybody has the rumor and is quiet, though packets go on", async () => {
  const { player, playback } = await aPlayer();
  player.tracks[0].playback.push(Float64Array.from(Array.from({ length: 30 }, (_, node) => [KIND.rumor, 0, node, 2, -1, 0]).flat()));
  player.play();
  await playUntil(player, 50, { ms: 0 });
  assert.deepEqual([player.playing, player.now, playback.informed], [false, 0, 30]);
});

test("to go back needs nothing of the engine, and what was is seen again", async () => {
  const { player, engine, playback } = await aPlayer();
  player.play();
  await playUntil(player, 2000, { ms: 0 });
  player.pause();
  player.seek(450);
  assert.deepEqual([player.now, playback.informed, engine.created], [450, 5, 1]);
});

test("an action of now happens where the run has come to; the run is not made again", async () => {
  const { player, engine, playback } = await aPlayer();
  player.play();
  await playUntil(player, 500, { ms: 0 });
  const { at, forked } = await player.act({ do: "crash", nodes: [3] });
  assert.equal(forked, false);
  assert.ok(at >= 500 && at < 800, `${at} ms`);
  assert.equal(playback.process[3], PROCESS.down);
  assert.equal(engine.created, 1);
});

test("an action in the past makes the run again up to there, and keeps the later ones", async () => {
  const { player, engine } = await aPlayer();
  player.play();
  await playUntil(player, 1000, { ms: 0 });
  const later = await player.act({ do: "crash", nodes: [7] });
  player.pause();
  player.seek(300);
  assert.deepEqual(await player.act({ do: "crash", nodes: [4] }), { at: 300, forked: true });
  assert.equal(engine.created, 2);
  assert.equal(player.now, 300);
  const { process } = player.tracks[0].playback;
  assert.deepEqual([process[4], process[7]], [PROCESS.down, PROCESS.up]);
  player.play();
  await playUntil(player, later.at + 1, { ms: 0 });
  assert.equal(process[7], PROCESS.down);
});

test("hashes are those of certain moments, the same in each run, with the actions of their moment", async () => {
  const { player } = await aPlayer();
  player.play();
  await playUntil(player, 700, { ms: 0 });
  await player.act({ do: "crash", nodes: [7] });
  await playUntil(player, 1300, { ms: 1e6 });
  const [track] = player.tracks;
  const seen = [0, 249, 250, 1100, 1250].map((ms) => track.sampleAt(ms).hash);
  await player.replay(player.actions, 1300);
  assert.deepEqual([0, 249, 250, 1100, 1250].map((ms) => player.tracks[0].sampleAt(ms).hash), seen);
  assert.deepEqual(seen.slice(0, 3), ["0:1:0", "0:1:0", "250:3:0"]);
  assert.match(seen[3], /^1000:11:1$/);
});

test("what is not known yet is waited for", async () => {
  const { player, playback } = await aPlayer();
  player.seek(1500);
  assert.equal(player.goal, 1500);
  await playUntil(player, 1500, { ms: 0 });
  assert.deepEqual([player.now, player.goal, playback.informed], [1500, null, 16]);
});

test("two actions in the past, one right after the other, are both done", async () => {
  const { player } = await aPlayer();
  player.play();
  await playUntil(player, 1000, { ms: 0 });
  player.pause();
  player.seek(300);
  await Promise.all([player.act({ do: "crash", nodes: [4] }), player.act({ do: "crash", nodes: [5] })]);
  const { process } = player.tracks[0].playback;
  assert.deepEqual([process[4], process[5], player.actions.length], [PROCESS.down, PROCESS.down, 2]);
});

test("an action for a run that is gone is not done to the next one", async () => {
  const { player } = await aPlayer();
  player.play();
  await playUntil(player, 1000, { ms: 0 });
  player.seek(300);
  const late = player.act({ do: "crash", nodes: [4] });
  const told = assert.rejects(late, /another run has begun/);
  await player.load([{ n: 12 }]);
  await told;
  assert.deepEqual([player.tracks[0].playback.n, player.actions], [12, []]);
});

test("two settings have one clock, and an action happens to both at the same moment, as far as they have such nodes", async () => {
  const { player } = await aPlayer(0, [{ n: 30 }, { n: 10 }]);
  player.play();
  await playUntil(player, 400, { ms: 0 });
  await player.act({ do: "crash", nodes: [5, 20] });
  const [a, b] = player.tracks.map((track) => track);
  assert.deepEqual([a.playback.process[5], a.playback.process[20], b.playback.process[5]], [PROCESS.down, PROCESS.down, PROCESS.down]);
  assert.deepEqual(a.actions[0].at, b.actions[0].at);
  assert.deepEqual(b.actions[0].nodes, [5]);
});

test("what the engine refuses is told, with its reason", async () => {
  const { player } = await aPlayer();
  player.play();
  await playUntil(player, 300, { ms: 0 });
  await assert.rejects(player.act({ do: "refused" }), /that cannot be done/);
});

test("a link carries a second setting, and says what it cannot carry", async () => {
  const engine = {
    parse: async (text) => ({ settings: { protocol: text.split("=")[1] ?? "push", text }, actions: [], problems: text.includes("?") ? ["bad"] : [] }),
    link: async (settings, actions) => `${settings.text}${actions.map(({ text = "&do" }) => text).join("")}`,
  };
  const two = await readLink(engine, "#protocol=push&versus&protocol=pull");
  assert.deepEqual(two.settings.map((one) => one.protocol), ["push", "pull"]);
  assert.deepEqual(two.problems, []);
  assert.deepEqual(await writeLink(engine, two.settings, [{}]), { link: "protocol=push&do&versus&protocol=pull", complete: true });
  assert.deepEqual((await readLink(engine, "#protocol=push&versus&protocol=pull?")).problems, ["B: bad"]);
  const long = await writeLink(engine, two.settings, [{ text: "&do".repeat(3000) }]);
  assert.deepEqual(long, { link: "protocol=push&versus&protocol=pull", complete: false });
  const odd = await readLink(engine, "#protocol=push&versus&protocol=swim");
  assert.equal(odd.settings.length, 1);
  assert.match(odd.problems[0], /'protocol'/);
});

test("a value that breaks its rule is named with the rule, and never bent", () => {
  const spec = { type: "int", min: 1, max: 20 };
  assert.deepEqual(valueOf(spec, "20"), { value: 20 });
  for (const text of ["0", "21", "2.5", "", "abc", "1e99", "NaN"]) {
    assert.deepEqual(valueOf(spec, text), { rule: "must be a whole number from 1 to 20" }, text);
  }
  assert.deepEqual(valueOf({ type: "number", min: 0, max: 90 }, "2.5"), { value: 2.5 });
  assert.match(valueOf({ type: "choice", choices: ["a", "b"] }, "c").rule, /a, b/);
});
