/**
 * One run of the engine, with its log and its actions. Virtual time advances only where it is asked to; actions happen when it
 * comes to their moments. The past is never changed: who wants another one opens a new track with other actions.
 */
import { Playback, STRIDE } from "./playback.js";

/** Records of one answer of the engine: few enough that the page draws in between. */
const RECORDS_MOST = 60_000;
/** Virtual time of one question to the engine, ms: as much as it does in about this much time of the wall clock. */
const SLICE_FIRST = 16;
const SLICE_MOST = 250;
const ANSWER_LEAST = 10;
const ANSWER_MOST = 40;

export class Track {
  #run;
  #filling = null;
  #goal = 0;
  #next = 0;
  #closed = false;
  #slice = SLICE_FIRST;

  /** A track that stands at 0 ms. Rejected, with the engine's message, if a setting is out of its range. */
  static async open(engine, settings, actions = []) {
    const run = await engine.create(settings);
    const track = new Track(settings, actions, run);
    track.theory = await run.theory();
    await track.#take(0);
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
      this.#filling.catch((e) => this.onerror(e));
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

  /** {at, hash, totals} of the run as far as it has come. */
  async sample() {
    const [hash, totals] = await Promise.all([this.#run.hash(), this.#run.totals()]);
    return { at: this.head, hash, totals };
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

  #hasToGo() {
    return this.head < this.#goal || (this.#next < this.actions.length && this.actions[this.#next].at <= this.#goal);
  }

  async #fillUp() {
    while (!this.#closed && this.#hasToGo()) {
      const action = this.actions[this.#next];
      // Whole milliseconds, but for actions: so the questions are the same whoever asks, and so are moments in between.
      const goal = Math.ceil(Math.min(this.#goal, this.head + this.#slice));
      const until = action ? Math.min(goal, action.at) : goal;
      this.head = await this.#take(until);
      if (action && this.head >= action.at) {
        this.#next += 1;
        await this.#perform(action);
      }
    }
  }

  async #perform(action) {
    try {
      await this.#run.act(action);
    } catch (e) {
      this.refused.push({ action, reason: e.message });
      this.onrefused(action, e.message);
    }
    await this.#take(this.head);
  }

  /** Takes what the engine tells up to that moment, or a part of it. The moment to which that goes, ms. */
  async #take(until) {
    const asked = performance.now();
    const { records, now, done } = await this.#run.advance(until, RECORDS_MOST);
    const took = performance.now() - asked;
    this.#slice = took < ANSWER_LEAST ? Math.min(SLICE_MOST, this.#slice * 2) : took > ANSWER_MOST ? Math.max(1, this.#slice / 2) : this.#slice;
    this.playback.push(records);
    this.done = done;
    // The engine's clock has whole nanoseconds: what was asked for need not be one of them.
    return records.length < RECORDS_MOST * STRIDE ? until : now;
  }
}
