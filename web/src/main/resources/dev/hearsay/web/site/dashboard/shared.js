/**
 * Changes of shared state, a stream of their own. It is open only while somebody wants it: a browser has six connections for all
 * pages of one agent.
 */
import { Feed } from "./feed.js";
import { takeEvent } from "./store.js";

/** Hears changes for as many listeners as there are. */
export class SharedFeed {
  #feed;
  #listeners = new Set();

  constructor(api, state, frames) {
    this.#feed = new Feed(api, ["state"], {
      opened: () => this.#tell({ kind: "opened" }),
      took: (events) => {
        const arrived = Date.now();
        for (const each of events) {
          const event = { id: each.id, event: each.event, data: JSON.parse(each.data) };
          if (event.event === "state" || event.event === "gap") {
            frames.mark(...takeEvent(state, event, arrived));
          }
          this.#tell({ kind: event.event, data: event.data });
        }
      },
      lost: (error) => this.#tell({ kind: "lost", error }),
    });
  }

  /**
   * Calls the listener with {kind: "opened"}, {kind: "state" | "progress" | "gap", data} and {kind: "lost", error} until the
   * function is called that it gives back.
   */
  listen(listener) {
    this.#listeners.add(listener);
    this.#feed.start();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) {
        this.#feed.stop();
      }
    };
  }

  #tell(news) {
    [...this.#listeners].forEach((listener) => listener(news));
  }
}
