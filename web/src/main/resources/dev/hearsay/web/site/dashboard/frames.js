/**
 * Draws at most once in a frame: whatever has changed since the frame before is told to those who show it, together.
 */
export class Frames {
  #changed = new Set();
  #watchers = new Set();
  #asked = false;
  #after = [];

  /** Says that something has changed; it is drawn with the next frame. */
  mark(...topics) {
    topics.forEach((topic) => this.#changed.add(topic));
    if (!this.#asked && this.#changed.size > 0) {
      this.#asked = true;
      requestAnimationFrame(() => this.#draw());
    }
  }

  /**
   * Calls draw(changed) in each frame before which one of the topics has changed; changed is the set of all that have.
   * Gives back a function that ends it.
   */
  watch(topics, draw) {
    const watcher = { topics: new Set(topics), draw };
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Calls the listener with the time (of performance.now) once the next frame has been painted. */
  afterPaint(listener) {
    this.#after.push(listener);
    this.mark("paint");
  }

  #draw() {
    this.#asked = false;
    const changed = this.#changed;
    this.#changed = new Set();
    for (const watcher of [...this.#watchers]) {
      if (this.#watchers.has(watcher) && [...watcher.topics].some((topic) => changed.has(topic))) {
        watcher.draw(changed);
      }
    }
    const after = this.#after.splice(0);
    if (after.length > 0) {
      // A task that is queued in a frame runs once that frame is painted.
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        channel.port1.close();
        after.forEach((listener) => listener(performance.now()));
      };
      channel.port2.postMessage(null);
    }
  }
}
