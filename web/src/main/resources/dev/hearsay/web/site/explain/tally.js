/** How many packets of each class have been sent up to the moment that is shown, and how many of them got lost. Time only goes on. */
import { KIND, PACKETS, STRIDE } from "../common/playback.js";

/** What a packet takes in the queue: when it was sent, its class, whether it is lost. */
const ROW = 3;

export class Tally {
  #queues = [];
  #read = 0;

  constructor() {
    this.sent = Object.fromEntries(PACKETS.map((name) => [name, 0]));
    this.lost = { ...this.sent };
  }

  /** Takes what the engine has told. */
  push(records) {
    const packets = [];
    for (let i = 0; i + STRIDE <= records.length; i += STRIDE) {
      if (records[i] === KIND.packet) {
        packets.push(records[i + 1], records[i + 5], records[i + 4] < 0 ? 1 : 0);
      }
    }
    if (packets.length > 0) {
      this.#queues.push(packets);
    }
  }

  /** Counts what was sent up to that moment, ms. */
  advance(ms) {
    while (this.#queues.length > 0) {
      const packets = this.#queues[0];
      while (this.#read < packets.length && packets[this.#read] <= ms) {
        const name = PACKETS[packets[this.#read + 1]];
        this.sent[name] += 1;
        this.lost[name] += packets[this.#read + 2];
        this.#read += ROW;
      }
      if (this.#read < packets.length) {
        return;
      }
      this.#queues.shift();
      this.#read = 0;
    }
  }

  /** All that were lost. */
  get allLost() {
    return Object.values(this.lost).reduce((sum, count) => sum + count, 0);
  }
}
