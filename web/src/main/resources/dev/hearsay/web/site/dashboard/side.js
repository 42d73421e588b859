/**
 * A stream beside the main one: changes of shared state, or figures. It is open only while somebody wants it: a browser has six
 * connections for all pages of one agent.
 */
import { Feed } from "./feed.js";

/** Hears one kind of events for as many listeners as there are. */
export class SideStream {
  #feed;
  #listeners = new Set();

  /** @param took called with each event {id, event, data}, before the listeners */
  constructor(api, kind, took) {
    this.#feed = new Feed(api, [kind], {
      opened: () => this.#tell({ kind: "opened" }),
      took: (events) => {
        for (const each of events) {
          const event = { id: each.id, event: each.event, data: JSON.parse(each.data) };
          took(event);
          this.#tell({ kind: event.event, data: event.data });
        }
      },
      lost: (error) => this.#tell({ kind: "lost", error }),
    });
  }

  /**
   * Calls the listener with {kind: "opened"}, {kind: of the event, "gap" among them, data} and {kind: "lost", error} until the
   * function is called that it gives back. Who comes later hears "opened" at once, if the stream stands.
   */
  listen(listener) {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) {
      this.#feed.start();
    } else {
      listener({ kind: "opened" });
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) {
        this.#feed.stop();
      }
    };
  }

  /** Tries at once, if it waits: the agent is back. */
  retryNow() {
    this.#feed.retryNow();
  }

  #tell(news) {
    [...this.#listeners].forEach((listener) => listener(news));
  }
}
