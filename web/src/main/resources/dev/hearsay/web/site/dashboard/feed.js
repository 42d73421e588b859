/**
 * One stream of the agent that is always there: read with fetch, so that it can carry the token; taken up again by itself, with
 * Last-Event-ID and with pauses that grow.
 */
import { ApiError, query } from "./api.js";
import { readEvents } from "./sse.js";

/** The agent says something at least each 15 s; after so long without a word it is gone, even if the connection stands. */
export const SILENCE_MILLIS = 40_000;
/** The pause before the first new attempt, and the longest. */
export const FIRST_PAUSE_MILLIS = 1000;
export const LONGEST_PAUSE_MILLIS = 15_000;
/** A page that nobody sees lets go of its streams after so long: a browser has six connections for all pages of one agent. */
export const HIDDEN_MILLIS = 60_000;

/** How long to wait before the attempt of that number (0: the first); chance (0 to 1) spreads many pages by up to a fifth. */
export function pauseMillis(attempt, chance) {
  return Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS * 2 ** Math.min(attempt, 10)) * (0.9 + 0.2 * chance);
}

/** A stream. After start() it calls its listener until stop(). */
export class Feed {
  #api;
  #kinds;
  #listener;
  #running = null;
  #lastId = "";
  #attempt = 0;
  #stood = false;
  #wanted = false;
  #hidden = null;
  #seen = () => {
    clearTimeout(this.#hidden);
    if (document.hidden) {
      this.#hidden = setTimeout(() => this.#end(), HIDDEN_MILLIS);
    } else {
      this.#begin();
    }
  };
  /* A page that is left may be kept for the way back, with its connections: then there would be none for the next one. */
  #left = () => this.#end();
  #back = ({ persisted }) => persisted && this.#begin();
  #wake = () => {};

  /**
   * @param kinds which events, as in docs/http-api.md
   * @param listener {opened(), took(events, id), lost(error, retryAt)}: the stream stands; events came (perhaps none: a sign
   *     of life); it broke, or could not be had, and is tried again at that time (ms since 1970)
   */
  constructor(api, kinds, listener) {
    this.#api = api;
    this.#kinds = kinds;
    this.#listener = listener;
  }

  /** Begins, or goes on where it was stopped; no effect if it is running. */
  start() {
    if (!this.#wanted) {
      this.#wanted = true;
      document.addEventListener("visibilitychange", this.#seen);
      addEventListener("pagehide", this.#left);
      addEventListener("pageshow", this.#back);
      this.#begin();
    }
  }

  /** Ends; nothing is called any more. */
  stop() {
    this.#wanted = false;
    document.removeEventListener("visibilitychange", this.#seen);
    removeEventListener("pagehide", this.#left);
    removeEventListener("pageshow", this.#back);
    clearTimeout(this.#hidden);
    this.#end();
  }

  /** Tries at once, if it is waiting. */
  retryNow() {
    this.#wake();
  }

  #begin() {
    if (this.#running === null) {
      this.#running = new AbortController();
      this.#attempt = 0;
      this.#run(this.#running.signal);
    }
  }

  #end() {
    this.#running?.abort();
    this.#running = null;
    this.#wake();
  }

  async #run(stopped) {
    while (!stopped.aborted) {
      let problem = new ApiError(0, "ended", "the agent has ended the stream");
      try {
        await this.#read(stopped);
      } catch (e) {
        problem = e instanceof ApiError ? e : new ApiError(0, "broken", `the stream broke: ${e.message}`);
      }
      if (stopped.aborted) {
        return;
      }
      const pause = Math.max(pauseMillis(this.#attempt++, Math.random()), problem.retryAfter * 1000);
      this.#listener.lost(problem, Date.now() + pause);
      await this.#sleep(pause);
    }
  }

  async #read(stopped) {
    const silent = new AbortController();
    const watch = () => setTimeout(() => silent.abort(), SILENCE_MILLIS);
    let timer = watch();
    const abort = () => silent.abort();
    stopped.addEventListener("abort", abort);
    try {
      const path = "/v1/stream" + query(this.#kinds.map((kind) => ["kind", kind]));
      const response = await this.#api.open(path, { lastEventId: this.#lastId, signal: silent.signal });
      this.#listener.opened();
      if (this.#stood && this.#lastId === "" && !stopped.aborted) {
        // The agent had told no place before the stream broke, so it cannot say what has happened since.
        this.#listener.took([{ id: "", event: "gap", data: JSON.stringify({ reason: "away" }) }], "");
      }
      this.#stood = true;
      await readEvents(response, this.#lastId, (events, id) => {
        clearTimeout(timer);
        timer = watch();
        this.#attempt = 0;
        this.#lastId = id;
        if (!stopped.aborted) {
          this.#listener.took(events, id);
        }
      });
    } catch (e) {
      throw silent.signal.aborted && !stopped.aborted
        ? new ApiError(0, "silent", `nothing heard from the agent for ${SILENCE_MILLIS / 1000} s`)
        : e;
    } finally {
      clearTimeout(timer);
      stopped.removeEventListener("abort", abort);
    }
  }

  #sleep(millis) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, millis);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
