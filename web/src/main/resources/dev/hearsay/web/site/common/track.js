/**
 * One run of the engine, with its log and its actions. Virtual time advances only where it is asked to; actions happen when it
 * comes to their moments. The past is never changed: who wants another one opens a new track with other actions.
 */
import { Playback, STRIDE } from "./playback.js";

/** Records of one answer of the engine: few enough that the page draws in between. */
const RECORDS_MOST = 60_000;
/** Virtual time of one question to the engine, ms: so much that about so many records come, which takes it some tens of ms. */
const SLICE_FIRST = 16;
const SLICE_MOST = 250;
const RECORDS_FEW = 1000;
const RECORDS_MANY = 3000;
/** Virtual time between two moments of which hash and totals are noted, ms; doubled when there are so many of them. */
const SAMPLE_EACH = 250;
const SAMPLES_MOST = 2048;

export class Track {
  #run;
  #filling = null;
  #goal = 0;
  #next = 0;
  #closed = false;
  #slice = SLICE_FIRST;
  #samples = [];
  #sampleEach = SAMPLE_EACH;

  /** A track that stands at 0 ms. Rejected, with the engine's message, if a setting is out of its range. */
  static async open(engine, settings, actions = []) {
    const run = await engine.create(settings);
    const track = new Track(settings, actions, run);
    track.theory = await run.theory();
    await track.#take(0);
    await track.#sample(0);
    await track.reach(0);
    return track;
  }

  constructor(settings, actions, run) {
    this.settings = settings;
    /** In the order of their moments; those up to `head` have happened. */
    this.actions = [...actions].sort((one, other) => one.at - other.at);
    /** Actions that the engine refused, with its reason: [{action, reason}]. */
    this.refused = [];
    this.playback = new Playback(settings.n);
    this.theory = [];
    /** Up to where the run is known, ms; whether nothing will happen any more. */
    this.head = 0;
    this.done = false;
    this.onerror = () => {};
    /** Called when the engine refuses an action whose moment has come. */
    this.onrefused = () => {};
    this.#run = run;
  }

  /** Lets the run come at least to that moment, soon. Returns at once. */
  fill(until) {
    this.#goal = Math.max(this.#goal, until);
    if (!this.#filling && this.#hasToGo()) {
      this.#filling = this.#fillUp().finally(() => {
        this.#filling = null;
      });
      this.#filling.catch((e) => {
        // Who closes a track while it is being filled has no use for the answer.
        if (!this.#closed) {
          this.onerror(e);
        }
      });
    }
  }

  /** A promise that the run has come to that moment. */
  async reach(until) {
    do {
      this.fill(until);
      await this.#filling;
    } while (this.#hasToGo() && !this.#closed);
  }

  /** Does something at a moment that is not before `head`. Rejected, with the engine's reason, if it cannot be done. */
  async act(action) {
    await this.idle();
    if (action.at < this.head) {
      throw new Error(`${action.at} ms is past: the run has come to ${this.head} ms`);
    }
    const later = this.actions.findIndex((other) => other.at > action.at);
    this.actions.splice(later < 0 ? this.actions.length : later, 0, action);
    await this.reach(action.at);
    const refused = this.refused.find((one) => one.action === action);
    if (refused) {
      throw new Error(refused.reason);
    }
  }

  /** A promise that nothing is being asked for. What is filled up to an earlier goal is waited for. */
  async idle() {
    while (this.#filling) {
      await this.#filling;
    }
  }

  /** {at, hash, totals} of the last moment not after that one of which they were noted; null if there is none. */
  sampleAt(ms) {
    return this.#samples.findLast((sample) => sample.at <= ms) ?? null;
  }

  /** Gives the memory back. */
  close() {
    this.#closed = true;
    this.#run.close().catch(() => {
      // The engine is gone, and with it the run.
    });
  }

  /** Whether all that has been told has also happened: nothing is in flight, and no action waits. */
  get over() {
    return this.done && this.#next === this.actions.length;
  }

  /** Whether no action is to come after that moment. */
  isLast(ms) {
    return this.actions.every((action) => action.at <= ms);
  }

  #hasToGo() {
    return this.head < this.#goal || (this.#next < this.actions.length && this.actions[this.#next].at <= this.#goal);
  }

  async #fillUp() {
    while (!this.#closed && this.#hasToGo()) {
      const action = this.actions[this.#next];
      // Whole milliseconds, but for actions: so the questions are the same whoever asks, and so are moments in between.
      const goal = Math.ceil(Math.min(this.#goal, this.head + this.#slice));
      const next = (Math.floor(this.head / this.#sampleEach) + 1) * this.#sampleEach;
      const head = await this.#take(Math.min(goal, next, action ? action.at : Infinity));
      const due = action && head >= action.at;
      if (due) {
        await this.#perform(action, head);
        this.#next += 1;
      }
      if (head === next || (due && this.#samples.at(-1).at === head)) {
        await this.#sample(head);
      }
      this.head = head;
    }
  }

  /** Hash and totals, at moments that are the same in each run: so two runs can be compared. */
  async #sample(at) {
    const [hash, totals] = await Promise.all([this.#run.hash(), this.#run.totals()]);
    if (this.#samples.at(-1)?.at === at) {
      this.#samples.pop();
    }
    this.#samples.push({ at, hash, totals });
    if (this.#samples.length === SAMPLES_MOST) {
      this.#sampleEach *= 2;
      this.#samples = this.#samples.filter((sample) => sample.at % this.#sampleEach === 0);
    }
  }

  async #perform(action, now) {
    try {
      await this.#run.act(action);
    } catch (e) {
      this.refused.push({ action, reason: e.message });
      this.onrefused(action, e.message);
    }
    await this.#take(now);
  }

  /** Takes what the engine tells up to that moment, or a part of it. The moment to which that goes, ms. */
  async #take(until) {
    const { records, now, done } = await this.#run.advance(until, RECORDS_MOST);
    const count = records.length / STRIDE;
    if (count < RECORDS_FEW) {
      this.#slice = Math.min(SLICE_MOST, this.#slice * 2);
    } else if (count > RECORDS_MANY) {
      this.#slice = Math.max(1, this.#slice / 2);
    }
    this.playback.push(records);
    this.done = done;
    // The engine's clock has whole nanoseconds: what was asked for need not be one of them.
    return count < RECORDS_MOST ? until : now;
  }
}
