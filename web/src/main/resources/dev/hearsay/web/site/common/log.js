/**
 * A table of numbers that grows at its end and forgets at its beginning: columns of typed arrays, so that millions of rows cost
 * bytes, not objects. When it is full, the older half is forgotten.
 */
export class Log {
  #most;
  #capacity = 1024;

  /** @param most rows that are kept @param columns name: typed array class */
  constructor(most, columns) {
    this.#most = most;
    this.#capacity = Math.min(this.#capacity, most);
    this.names = Object.keys(columns);
    this.count = 0;
    this.forgotten = 0;
    for (const name of this.names) {
      this[name] = new columns[name](this.#capacity);
    }
  }

  /** Whether the next row makes it forget: whoever holds indices has to subtract what `makeRoom` returns. */
  get full() {
    return this.count === this.#most;
  }

  /** Forgets the older half. How many rows that were. */
  makeRoom() {
    const gone = this.count >> 1;
    for (const name of this.names) {
      this[name].copyWithin(0, gone, this.count);
    }
    this.count -= gone;
    this.forgotten += gone;
    return gone;
  }

  /** The index of a new row, which the caller fills. The table must not be full. */
  add() {
    if (this.count === this.#capacity) {
      this.#capacity = Math.min(this.#capacity * 2, this.#most);
      for (const name of this.names) {
        const larger = new this[name].constructor(this.#capacity);
        larger.set(this[name]);
        this[name] = larger;
      }
    }
    this.count += 1;
    return this.count - 1;
  }

  /** The index of the first row whose `at` is later than that moment; rows are in the order of `at`. */
  firstAfter(moment) {
    return this.#first((at) => at > moment);
  }

  /** The index of the first row that is not before that moment. */
  firstFrom(moment) {
    return this.#first((at) => at >= moment);
  }

  /** The first row that is so: rows before it are not, those after it are. */
  #first(isSo) {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isSo(this.at[middle])) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
