/** Points that a series keeps. When they are full, each two become one and the step doubles: the whole stays, a little coarser. */
export const POINTS_MOST = 4096;

/** A figure over virtual time, for a curve: of each step the last value, or the sum. */
export class Series {
  #values = new Float64Array(POINTS_MOST);
  #sums;

  /** @param step ms; doubled as often as needed @param sums whether what falls into one step is added up */
  constructor(step, sums = false) {
    this.step = step;
    this.length = 0;
    this.#sums = sums;
  }

  /** Notes a value at that moment (ms). Moments never go back by more than a step. */
  note(at, value) {
    let index = Math.floor(at / this.step);
    while (index >= POINTS_MOST) {
      this.#halve();
      index = Math.floor(at / this.step);
    }
    const before = this.#sums || this.length === 0 ? 0 : this.#values[this.length - 1];
    while (this.length <= index) {
      this.#values[this.length] = before;
      this.length += 1;
    }
    this.#values[index] = this.#sums ? this.#values[index] + value : value;
  }

  /** The value of the step in which that moment is; before the first 0, after the last the last, or 0 of a sum. */
  valueAt(at) {
    const index = Math.floor(at / this.step);
    if (index >= this.length) {
      return this.#sums || this.length === 0 ? 0 : this.#values[this.length - 1];
    }
    return this.#values[Math.max(0, index)];
  }

  /** The most that there was up to `until` (ms), for the height of a plot. */
  highest(until) {
    let most = 0;
    const end = Math.min(this.length, Math.floor(until / this.step) + 1);
    for (let i = 0; i < end; i++) {
      most = Math.max(most, this.#values[i]);
    }
    return most;
  }

  #halve() {
    const values = this.#values;
    const half = Math.ceil(this.length / 2);
    for (let i = 0; i < half; i++) {
      const second = 2 * i + 1 < this.length ? values[2 * i + 1] : 0;
      const lone = 2 * i + 1 >= this.length;
      values[i] = this.#sums ? values[2 * i] + second : values[lone ? 2 * i : 2 * i + 1];
    }
    values.fill(0, half, this.length);
    this.length = half;
    this.step *= 2;
  }
}
