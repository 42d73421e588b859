/**
 * What an engine's run has told, as a log that can be gone through in both directions: the state of all nodes, and the packets in
 * flight, at any virtual time. Each change remembers what was before, so that going back is undoing. Pure logic: no page, no
 * clock, no worker.
 */
import { Log } from "./log.js";
import { Series } from "./series.js";

/** Doubles per record of the engine: kind, at (ms), a, b, c, d. */
export const STRIDE = 6;
export const KIND = Object.freeze({ process: 0, rumor: 1, belief: 2, packet: 3 });
export const PROCESS = Object.freeze({ up: 0, paused: 1, down: 2, left: 3 });
export const RUMOR = Object.freeze({ none: 0, tells: 1, quiet: 2 });
export const BELIEF = Object.freeze({ alive: 0, suspect: 1, failed: 2, left: 3, unknown: 4 });
/** Classes of packets, in the order of their numbers. */
export const PACKETS = Object.freeze(["payload", "digest", "ping", "ack", "indirect", "news", "stream", "server"]);

/** Changes of state that can be gone back over. Beyond, the older half is forgotten, and `from` says since when one can go back. */
export const CHANGES_KEPT = 1 << 22;
/** Packets that can be shown again. Beyond, the older half is forgotten: the past is then shown without them. */
export const PACKETS_KEPT = 1 << 21;
/** Packets in flight that are given at once. If there are more, every second, fourth and so on is left out. */
export const FLIGHTS_MOST = 3000;
/** Packets that are looked through for those in flight, backwards from the moment shown. */
export const FLIGHTS_SOUGHT = 1 << 16;
/** Classes of packets that carry the rumor. */
const COPIES = new Set([PACKETS.indexOf("payload"), PACKETS.indexOf("server")]);

/** Members among which beliefs are kept: a table of a byte for each pair. */
export const BELIEVERS_MOST = 4096;

export class Playback {
  #changes = new Log(CHANGES_KEPT, {
    kind: Uint8Array, at: Float64Array, a: Int32Array, b: Int32Array, c: Int32Array, after: Int8Array, before: Int8Array,
  });
  #packets = new Log(PACKETS_KEPT, {
    at: Float64Array, from: Int32Array, to: Int32Array, arrives: Float64Array, kind: Uint8Array,
    // Of all packets up to this one: how many are lost, how many carry the rumor.
    lost: Uint32Array, copies: Uint32Array,
  });
  #cursor = 0;
  #shown = 0;
  #beliefs = null;
  #longestFlight = 0;
  #lost = 0;
  #copies = 0;

  /** @param n nodes, which are up, alive to all, and know no rumor until records say otherwise */
  constructor(n) {
    this.n = n;
    this.now = 0;
    /** The earliest moment one can go back to, ms. */
    this.from = 0;
    /** By node: PROCESS, RUMOR, and from whom it has the rumor (-1: nobody). */
    this.process = new Uint8Array(n);
    this.rumor = new Uint8Array(n);
    this.source = new Int32Array(n).fill(-1);
    /** By member: how many running observers suspect it, and how many hold it failed. */
    this.suspecting = new Uint16Array(n);
    this.failing = new Uint16Array(n);
    /** Nodes that have the rumor; that run; pairs of an observer and a member whom it suspects; whom it holds failed. */
    this.informed = 0;
    this.up = n;
    this.suspicions = 0;
    this.convictions = 0;
    this.flights = {
      count: 0, inFlight: 0, lostFor: 0,
      from: new Int32Array(FLIGHTS_MOST), to: new Int32Array(FLIGHTS_MOST), kind: new Uint8Array(FLIGHTS_MOST),
      at: new Float64Array(FLIGHTS_MOST), arrives: new Float64Array(FLIGHTS_MOST),
    };
    this.curves = {
      informed: new Series(1), suspicions: new Series(10), convictions: new Series(10), packets: new Series(50, true),
      lost: new Series(50, true),
    };
    /** Up to where curves have been filled by what was shown, ms. */
    this.seen = 0;
    /** When the last that is known will have happened, ms. */
    this.end = 0;
  }

  /** Appends what the engine has told since the last call. Nothing is shown before `seek`. */
  push(records) {
    for (let i = 0; i + STRIDE <= records.length; i += STRIDE) {
      if (records[i] === KIND.packet) {
        this.#pushPacket(records, i);
      } else {
        this.#pushChange(records, i);
      }
    }
  }

  /** Goes to that moment (ms), forwards or backwards; not before `from`. */
  seek(ms) {
    const to = Math.max(ms, this.from);
    const { at } = this.#changes;
    while (this.#cursor < this.#changes.count && at[this.#cursor] <= to) {
      this.#apply(this.#cursor, true);
      this.#cursor += 1;
    }
    while (this.#cursor > 0 && at[this.#cursor - 1] > to) {
      this.#cursor -= 1;
      this.#apply(this.#cursor, false);
    }
    this.now = to;
    this.seen = Math.max(this.seen, to);
    this.#collectFlights(to);
  }

  /** The next moment after this one at which something is known to happen, or the last before it; null if there is none. */
  neighbour(forwards) {
    const found = [this.#changes, this.#packets].map((log) => {
      const after = log.firstAfter(this.now);
      if (forwards) {
        return after < log.count ? log.at[after] : null;
      }
      const before = log.firstFrom(this.now) - 1;
      return before >= 0 ? Math.max(log.at[before], this.from) : null;
    });
    const known = found.filter((at) => at !== null);
    return known.length === 0 ? null : forwards ? Math.min(...known) : Math.max(...known);
  }

  /** What a node believes of a member now. */
  belief(observer, member) {
    return this.#beliefs ? this.#beliefs[observer * this.n + member] : BELIEF.alive;
  }

  /** Whether there is a rumor that everybody who runs has heard and nobody tells any more. Nodes may go on to compare what they have. */
  get settled() {
    for (let node = 0; node < this.n; node++) {
      if (runs(this.process[node]) && this.rumor[node] !== RUMOR.quiet) {
        return false;
      }
    }
    return this.informed > 0;
  }

  /** When the last change of state happened of those shown, ms. */
  get changedAt() {
    return this.#cursor > 0 ? this.#changes.at[this.#cursor - 1] : this.from;
  }

  /** Packets sent up to now; of these, how many never arrive, and how many carry the rumor itself. */
  sent() {
    const packets = this.#packets;
    const end = packets.firstAfter(this.now);
    return {
      packets: end + packets.forgotten,
      lost: end > 0 ? packets.lost[end - 1] : 0,
      copies: end > 0 ? packets.copies[end - 1] : 0,
    };
  }

  /** Who has told whom, and when, up to now: calls back with (ms, from, to) for each that has heard the rumor, in order. */
  eachArrival(callback) {
    const changes = this.#changes;
    for (let i = 0; i < this.#cursor; i++) {
      if (changes.kind[i] === KIND.rumor && changes.before[i] === RUMOR.none && changes.after[i] !== RUMOR.none) {
        callback(changes.at[i], changes.c[i], changes.a[i]);
      }
    }
  }

  #pushPacket(records, i) {
    const packets = this.#packets;
    if (packets.full) {
      packets.makeRoom();
    }
    const row = packets.add();
    const at = records[i + 1];
    this.end = Math.max(this.end, at, records[i + 4]);
    packets.at[row] = at;
    packets.from[row] = records[i + 2];
    packets.to[row] = records[i + 3];
    packets.arrives[row] = records[i + 4];
    packets.kind[row] = records[i + 5];
    this.#lost += records[i + 4] < 0 ? 1 : 0;
    this.#copies += COPIES.has(records[i + 5]) ? 1 : 0;
    packets.lost[row] = this.#lost;
    packets.copies[row] = this.#copies;
    this.curves.packets.note(at, 1);
    if (records[i + 4] < 0) {
      this.curves.lost.note(at, 1);
    } else {
      this.#longestFlight = Math.max(this.#longestFlight, records[i + 4] - at);
      // A packet that is lost is shown on its way for about as long as others take.
      const { lostFor } = this.flights;
      this.flights.lostFor = lostFor === 0 ? records[i + 4] - at : lostFor + (records[i + 4] - at - lostFor) / 64;
    }
  }

  #pushChange(records, i) {
    const changes = this.#changes;
    if (changes.full) {
      this.#forgetChanges();
    }
    const row = changes.add();
    const kind = records[i];
    changes.kind[row] = kind;
    changes.at[row] = records[i + 1];
    this.end = Math.max(this.end, records[i + 1]);
    changes.a[row] = records[i + 2];
    changes.b[row] = kind === KIND.belief ? records[i + 3] : 0;
    changes.c[row] = kind === KIND.belief ? records[i + 5] : records[i + 4];
    changes.after[row] = kind === KIND.belief ? records[i + 4] : records[i + 3];
    if (kind === KIND.belief && !this.#beliefs) {
      if (this.n > BELIEVERS_MOST) {
        throw new RangeError(`${this.n} members: beliefs are kept of at most ${BELIEVERS_MOST}`);
      }
      this.#beliefs = new Uint8Array(this.n * this.n);
    }
  }

  #forgetChanges() {
    const { at, count } = this.#changes;
    const last = at[(count >> 1) - 1];
    if (this.now < last) {
      this.seek(last);
    }
    const gone = this.#changes.makeRoom();
    this.#cursor -= gone;
    this.#shown -= gone;
    this.from = last;
  }

  /** Makes a change, or undoes it. What was before is known once it has been made. */
  #apply(row, forwards) {
    const changes = this.#changes;
    const a = changes.a[row];
    const first = forwards && row >= this.#shown;
    if (first) {
      this.#shown = row + 1;
      changes.before[row] = this.#valueOf(changes.kind[row], a, changes.b[row]);
      if (changes.kind[row] === KIND.rumor) {
        // What has no second node keeps the source before it there.
        changes.b[row] = this.source[a];
      }
    }
    const b = changes.b[row];
    const value = forwards ? changes.after[row] : changes.before[row];
    if (changes.kind[row] === KIND.rumor) {
      this.#setRumor(a, value, forwards ? changes.c[row] : b);
    } else if (changes.kind[row] === KIND.process) {
      this.#setProcess(a, value);
    } else {
      this.#setBelief(a, b, value);
    }
    if (first) {
      this.#note(changes.at[row]);
    }
  }

  #valueOf(kind, a, b) {
    if (kind === KIND.rumor) {
      return this.rumor[a];
    }
    return kind === KIND.process ? this.process[a] : this.#beliefs[a * this.n + b];
  }

  #note(at) {
    this.curves.informed.note(at, this.informed);
    this.curves.suspicions.note(at, this.suspicions);
    this.curves.convictions.note(at, this.convictions);
  }

  #setRumor(node, value, source) {
    this.informed += (value === RUMOR.none ? 0 : 1) - (this.rumor[node] === RUMOR.none ? 0 : 1);
    this.rumor[node] = value;
    this.source[node] = source;
  }

  /** Only the opinions of those that run are counted: a crashed node suspects nobody. */
  #setProcess(node, value) {
    const ran = runs(this.process[node]);
    const willRun = runs(value);
    this.up += (value === PROCESS.up ? 1 : 0) - (this.process[node] === PROCESS.up ? 1 : 0);
    this.process[node] = value;
    if (this.#beliefs && ran !== willRun) {
      for (let member = 0; member < this.n; member++) {
        this.#count(member, this.#beliefs[node * this.n + member], willRun ? 1 : -1);
      }
    }
  }

  #setBelief(observer, member, value) {
    const index = observer * this.n + member;
    if (runs(this.process[observer])) {
      this.#count(member, this.#beliefs[index], -1);
      this.#count(member, value, 1);
    }
    this.#beliefs[index] = value;
  }

  #count(member, belief, by) {
    if (belief === BELIEF.suspect) {
      this.suspecting[member] += by;
      this.suspicions += by;
    } else if (belief === BELIEF.failed) {
      this.failing[member] += by;
      this.convictions += by;
    }
  }

  #collectFlights(now) {
    const packets = this.#packets;
    const flights = this.flights;
    const end = packets.firstAfter(now);
    const begin = Math.max(0, packets.firstAfter(now - Math.max(this.#longestFlight, flights.lostFor)), end - FLIGHTS_SOUGHT);
    let inFlight = 0;
    for (let i = begin; i < end; i++) {
      inFlight += until(packets, flights, i) > now ? 1 : 0;
    }
    // Rows are left out by their number, so that the same packet is shown from frame to frame.
    let each = 1;
    while (inFlight / each > FLIGHTS_MOST * 0.9) {
      each *= 2;
    }
    let count = 0;
    for (let i = begin; i < end && count < FLIGHTS_MOST; i++) {
      if ((i + packets.forgotten) % each === 0 && until(packets, flights, i) > now) {
        flights.from[count] = packets.from[i];
        flights.to[count] = packets.to[i];
        flights.kind[count] = packets.kind[i];
        flights.at[count] = packets.at[i];
        flights.arrives[count] = packets.arrives[i];
        count += 1;
      }
    }
    flights.count = count;
    flights.inFlight = inFlight;
  }
}

/** Until when a packet is shown. */
function until(packets, flights, row) {
  return packets.arrives[row] < 0 ? packets.at[row] + flights.lostFor : packets.arrives[row];
}

function runs(process) {
  return process === PROCESS.up || process === PROCESS.paused;
}
