/** The log of a run, gone through in both directions. Run by PagesTest. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Log } from "../../site/common/log.js";
import { BELIEF, FLIGHTS_MOST, KIND, Playback, PROCESS, RUMOR } from "../../site/common/playback.js";
import { POINTS_MOST, Series } from "../../site/common/series.js";
import { random, SEED } from "./random.js";

const N = 12;

/** Some thousand changes in the order of their moments, several at the same one. */
function someChanges(draw) {
  const records = [];
  let at = 0;
  for (let i = 0; i < 3000; i++) {
    at += draw(3);
    const kind = draw(3);
    const a = draw(N);
    if (kind === KIND.process) {
      records.push(kind, at, a, draw(4), 0, 0);
    } else if (kind === KIND.rumor) {
      records.push(kind, at, a, draw(3), draw(N + 1) - 1, 0);
    } else {
      records.push(kind, at, a, draw(N), draw(5), -1);
    }
  }
  return { records, end: at };
}

function pictureOf(playback) {
  const beliefs = [];
  for (let i = 0; i < N * N; i++) {
    beliefs.push(playback.belief(Math.floor(i / N), i % N));
  }
  return {
    process: [...playback.process], rumor: [...playback.rumor], source: [...playback.source], suspecting: [...playback.suspecting],
    failing: [...playback.failing], beliefs, informed: playback.informed, up: playback.up, suspicions: playback.suspicions,
    convictions: playback.convictions,
  };
}

test("a moment looks the same whether one comes to it from before, from after or for the first time", () => {
  const draw = random(SEED);
  const { records, end } = someChanges(draw);
  const wandering = new Playback(N);
  wandering.push(Float64Array.from(records));
  for (let i = 0; i < 60; i++) {
    const moment = draw(end + 2);
    wandering.seek(moment);
    const fresh = new Playback(N);
    fresh.push(Float64Array.from(records));
    fresh.seek(moment);
    assert.deepEqual(pictureOf(wandering), pictureOf(fresh), `at ${moment} ms, seed ${SEED}`);
  }
});

test("counts are those of the states, and only those that run have opinions", () => {
  const draw = random(SEED + 1);
  const { records, end } = someChanges(draw);
  const playback = new Playback(N);
  playback.push(Float64Array.from(records));
  for (let moment = 0; moment < end; moment += 37) {
    playback.seek(moment);
    assert.equal(playback.informed, playback.rumor.filter((one) => one !== RUMOR.none).length);
    assert.equal(playback.up, playback.process.filter((one) => one === PROCESS.up).length);
    for (let member = 0; member < N; member++) {
      let suspecting = 0;
      for (let observer = 0; observer < N; observer++) {
        const runs = playback.process[observer] === PROCESS.up || playback.process[observer] === PROCESS.paused;
        suspecting += runs && playback.belief(observer, member) === BELIEF.suspect ? 1 : 0;
      }
      assert.equal(playback.suspecting[member], suspecting, `member ${member} at ${moment} ms, seed ${SEED + 1}`);
    }
  }
});

test("in flight is what was sent and has not arrived; lost packets are shown as long as others fly", () => {
  const playback = new Playback(4);
  playback.push(Float64Array.from([
    KIND.packet, 10, 0, 1, 30, 0,
    KIND.packet, 12, 0, 2, -1, 2,
    KIND.packet, 20, 1, 3, 60, 5,
  ]));
  const shownAt = (ms) => {
    playback.seek(ms);
    return [...playback.flights.to.subarray(0, playback.flights.count)];
  };
  assert.deepEqual(shownAt(9), []);
  assert.deepEqual(shownAt(15), [1, 2]);
  assert.deepEqual(shownAt(29), [1, 2, 3]);
  assert.deepEqual(shownAt(59), [3]);
  assert.deepEqual(shownAt(60), []);
  assert.deepEqual(playback.sent(), { packets: 3, lost: 1, copies: 1 });
  shownAt(11);
  assert.deepEqual(playback.sent(), { packets: 1, lost: 0, copies: 1 });
});

test("of more packets than are drawn, some are left out and all are counted", () => {
  const playback = new Playback(2);
  const records = [];
  for (let i = 0; i < 10_000; i++) {
    records.push(KIND.packet, 1 + i / 10_000, 0, 1, 50, 0);
  }
  playback.push(Float64Array.from(records));
  playback.seek(10);
  assert.equal(playback.flights.inFlight, 10_000);
  assert.ok(playback.flights.count <= FLIGHTS_MOST && playback.flights.count > FLIGHTS_MOST / 4, `${playback.flights.count} drawn`);
});

test("the next event and the last one are found among changes and packets", () => {
  const playback = new Playback(2);
  playback.push(Float64Array.from([KIND.rumor, 0, 0, 1, -1, 0, KIND.packet, 5, 0, 1, 9, 0, KIND.rumor, 9, 1, 1, 0, 0]));
  playback.seek(5);
  assert.equal(playback.neighbour(true), 9);
  assert.equal(playback.neighbour(false), 0);
  playback.seek(9);
  assert.equal(playback.neighbour(true), null);
  assert.equal(playback.end, 9);
});

test("a full log forgets its older half, and finds moments in what is left", () => {
  const log = new Log(8, { at: Float64Array });
  for (let i = 0; i < 20; i++) {
    if (log.full) {
      log.makeRoom();
    }
    log.at[log.add()] = i;
  }
  assert.equal(log.count + log.forgotten, 20);
  assert.ok(log.count <= 8);
  assert.equal(log.at[log.firstAfter(17)], 18);
  assert.equal(log.at[log.firstFrom(17)], 17);
});

test("a series that is full becomes coarser and loses neither sum nor last value", () => {
  const sums = new Series(1, true);
  const last = new Series(1);
  for (let ms = 0; ms < 3 * POINTS_MOST; ms++) {
    sums.note(ms, 2);
    last.note(ms, ms);
  }
  let sum = 0;
  for (let i = 0; i < sums.length; i++) {
    sum += sums.valueAt(i * sums.step);
  }
  assert.equal(sum, 6 * POINTS_MOST);
  assert.equal(last.valueAt(3 * POINTS_MOST), 3 * POINTS_MOST - 1);
  assert.equal(last.valueAt(400), 400 - (400 % last.step) + last.step - 1);
  assert.ok(last.length <= POINTS_MOST);
});
