/** What the explainer counts of packets. Run by PagesTest. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { KIND, PACKETS } from "../../site/common/playback.js";
import { Tally } from "../../site/explain/tally.js";

const PAYLOAD = PACKETS.indexOf("payload");
const SERVER = PACKETS.indexOf("server");
const LOST = -1;

const packet = (at, arrives, kind) => [KIND.packet, at, 1, 2, arrives, kind];
const rumor = (at) => [KIND.rumor, at, 3, 1, 0, 0];

function tallyOf(...answers) {
  const tally = new Tally();
  answers.forEach((records) => tally.push(new Float64Array(records.flat())));
  return tally;
}

test("a packet counts from the moment at which it was sent", () => {
  const tally = tallyOf([packet(10, 15, PAYLOAD), packet(20, 25, PAYLOAD)]);
  tally.advance(9.9);
  assert.equal(tally.sent.payload, 0);
  tally.advance(10);
  assert.equal(tally.sent.payload, 1);
  tally.advance(100);
  assert.equal(tally.sent.payload, 2);
});

test("each class is counted for itself, and what is no packet not at all", () => {
  const tally = tallyOf([rumor(1), packet(1, 2, PAYLOAD), rumor(2), packet(2, 3, SERVER), packet(3, 4, SERVER)]);
  tally.advance(3);
  assert.equal(tally.sent.payload, 1);
  assert.equal(tally.sent.server, 2);
  assert.equal(tally.sent.ping, 0);
});

test("a lost packet is sent, and lost", () => {
  const tally = tallyOf([packet(1, LOST, PAYLOAD), packet(2, 3, PAYLOAD), packet(4, LOST, SERVER)]);
  tally.advance(2);
  assert.deepEqual([tally.sent.payload, tally.lost.payload, tally.allLost], [2, 1, 1]);
  tally.advance(4);
  assert.equal(tally.allLost, 2);
});

test("answers of the engine follow each other without anything being counted twice", () => {
  const tally = tallyOf([packet(1, 2, PAYLOAD), packet(5, 6, PAYLOAD)], [], [packet(7, 8, PAYLOAD)]);
  tally.advance(5);
  tally.advance(5);
  assert.equal(tally.sent.payload, 2);
  tally.push(new Float64Array(packet(9, 10, PAYLOAD)));
  tally.advance(9);
  assert.equal(tally.sent.payload, 4);
});
