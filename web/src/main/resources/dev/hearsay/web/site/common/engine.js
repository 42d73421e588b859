/**
 * The simulator as a page sees it: Hearsay's core and simulator, compiled from Java, in a worker. Everything is asked and answered
 * in order; every method gives a promise, which is rejected with a readable message where the engine refuses.
 */

/** Records of one answer unless said otherwise: 100,000 are 4.8 MB. */
const RECORDS_MOST = 100_000;

/** The engine. Start one for a page; runs of it share its worker. */
export class Engine {
  #worker;
  #waiting = new Map();
  #lastId = 0;
  #failure = null;

  /** A promise of the engine, once it is loaded. */
  static async start() {
    const engine = new Engine(new Worker(new URL("./worker.js", import.meta.url), { type: "module" }));
    engine.settings = await engine.#ask("schema");
    return engine;
  }

  constructor(worker) {
    this.#worker = worker;
    worker.addEventListener("message", ({ data }) => this.#answered(data));
    worker.addEventListener("error", (event) => this.#failed(event.message || "engine/engine.js could not be loaded"));
  }

  /** The settings there are: [{name, label, type, min, max, default, unit, choices, protocols, help}]. */
  async schema() {
    return this.settings;
  }

  /** What a link says, with or without '#': {settings, actions, problems}. */
  parse(link) {
    return this.#ask("parse", [link]);
  }

  /** The part of a link after '#'. */
  link(settings, actions = []) {
    return this.#ask("link", [settings, actions]);
  }

  /** The run as a scenario file for `hearsay sim run`. */
  scenario(settings, actions = []) {
    return this.#ask("scenario", [settings, actions]);
  }

  /** A run that stands at 0 ms. Rejected if a setting is out of its range. */
  async create(settings) {
    return new Run(await this.#ask("create", [settings]), (op, args, run) => this.#ask(op, args, run));
  }

  /** Ends the worker, and with it all runs. */
  close() {
    this.#failed("the engine is closed");
    this.#worker.terminate();
  }

  #ask(op, args = [], run = undefined) {
    if (this.#failure) {
      return Promise.reject(new Error(this.#failure));
    }
    return new Promise((resolve, reject) => {
      this.#lastId += 1;
      this.#waiting.set(this.#lastId, { resolve, reject });
      this.#worker.postMessage({ id: this.#lastId, op, run, args });
    });
  }

  #answered({ id, value, error }) {
    const { resolve, reject } = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) {
      resolve(value);
    } else {
      reject(new Error(error));
    }
  }

  #failed(message) {
    this.#failure = message;
    for (const { reject } of this.#waiting.values()) {
      reject(new Error(message));
    }
    this.#waiting.clear();
  }
}

/** A run in the engine. Its records go to a Playback. */
class Run {
  #id;
  #ask;

  constructor(id, ask) {
    this.#id = id;
    this.#ask = ask;
  }

  /**
   * Lets virtual time pass up to that moment (ms), or until so many records have come: {records, now, done}. `now` says how far it
   * came; `done`, that nothing will happen any more.
   */
  advance(until, most = RECORDS_MOST) {
    return this.#ask("advance", [until, most], this.#id);
  }

  /** Does something now: {do: "crash", nodes: [17]} and so on. */
  act(action) {
    return this.#ask("act", [action], this.#id);
  }

  /** The hash of all that has happened, in hexadecimal digits. */
  hash() {
    return this.#ask("hash", [], this.#id);
  }

  /** {inputs, packets, bytes, lost, informed, …} up to now. */
  totals() {
    return this.#ask("totals", [], this.#id);
  }

  /** What is expected: ms, members informed, ms, … Empty if no theory is known. */
  theory() {
    return this.#ask("theory", [], this.#id);
  }

  /** Gives its memory back. */
  close() {
    return this.#ask("close", [], this.#id);
  }
}
