/** Tells screen readers what is important, politely, and never more often than they can say it. */

/** The shortest time between two announcements; what comes meanwhile is told together. */
export const ANNOUNCE_MILLIS = 5000;
/** Most things in one announcement; of the others it tells how many. */
const MOST = 3;

/** Announcements in one live region. */
export class Announcer {
  #region;
  #waiting = [];
  #timer = null;

  /** @param region an element with role="status" */
  constructor(region) {
    this.#region = region;
  }

  /** Tells that, now or in some seconds. */
  say(text) {
    this.#waiting.push(text);
    if (this.#waiting.length > 1000) {
      // Nobody hears the list; its length alone is told.
      this.#waiting.length = 1000;
    }
    if (this.#timer === null) {
      this.#tell();
    }
  }

  #tell() {
    const told = this.#waiting.slice(0, MOST);
    const rest = this.#waiting.length - told.length;
    this.#waiting = [];
    this.#region.textContent = told.join("; ") + (rest > 0 ? `; and ${rest} changes more` : "");
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (this.#waiting.length > 0) {
        this.#tell();
      }
    }, ANNOUNCE_MILLIS);
  }
}
