/** Figures of the runs, and the line that says in words what is to be seen. */
import { byId, el } from "../common/dom.js";
import { bytes, nodes, number, time } from "./words.js";

/** Wall-clock time between two changes of the line, ms: a screen reader reads each. */
const SAY_EACH = 1000;

export class Figures {
  #session;
  #said = 0;

  constructor(session) {
    this.#session = session;
  }

  /** @param wall ms @param settled whether nothing moves: then the last word is said at once */
  draw(wall, settled) {
    if (this.#session.player.tracks.length === 0) {
      return;
    }
    this.#table();
    if (settled || wall - this.#said > SAY_EACH) {
      this.#said = wall;
      const text = this.#inWords();
      const status = byId("status");
      if (status.textContent !== text) {
        status.textContent = text;
      }
    }
  }

  #table() {
    const { settings, player, members } = this.#session;
    const two = settings.length === 2;
    const rows = player.tracks.map((track, i) => this.#rows(track, settings[i], track.sampleAt(player.now), members));
    byId("figures").classList.toggle("two", two);
    byId("figures").replaceChildren(
      el("thead", { class: two ? "" : "unseen" }, el("tr", {}, el("th", { scope: "col" }, "Figure"),
        ...rows.map((_, i) => el("th", { scope: "col", class: "number" }, two ? "AB"[i] : "Value")))),
      el("tbody", {}, ...rows[0].map(([name, , id], r) => el("tr", { "data-figure": id }, el("th", { scope: "row" }, name),
        ...rows.map((one) => el("td", { class: "number" }, one[r][1]))))));
  }

  #rows(track, settings, sample, members) {
    const { playback } = track;
    const { packets, lost, copies } = playback.sent();
    const rounds = Math.floor(playback.now / settings.interval);
    const common = [
      ["Packets", number(packets), "packets"], ["of these, lost", number(lost), "lost"],
      ["Trace hash", sample ? el("code", {}, sample.hash) : "…", "hash"],
      ["… of the run up to", sample ? time(sample.at) : "…", "computed"],
      ["Bytes up to there", sample ? bytes(sample.totals.bytes) : "…", "bytes"], ["Seed", String(settings.seed), "seed"],
    ];
    if (members) {
      return [["Members up", `${number(playback.up)} of ${number(settings.n)}`, "up"], ["Protocol periods", number(rounds), "rounds"],
        ["Packets per member and second", playback.now > 0 ? number((1000 * packets) / settings.n / playback.now) : "–", "rate"], ...common];
    }
    return [["Heard", `${number(playback.informed)} of ${number(settings.n)}`, "informed"],
      ["Half heard after", reached(playback, settings.n / 2), "half"],
      ["All heard after", reached(playback, settings.n), "all"],
      ["Rounds", settings.protocol === "broadcast" ? "–" : number(rounds), "rounds"],
      ["Copies of the rumor per node", number(copies / settings.n), "copies"], ...common];
  }

  #inWords() {
    const { player, settings, members } = this.#session;
    if (player.forking) {
      return `The run is made again from its seed: ${time(player.forking.done)} of ${time(player.forking.of)}.`;
    }
    const texts = player.tracks.map((track, i) => {
      const { playback } = track;
      const of = settings.length === 2 ? `${"AB"[i]}: ` : "";
      if (members) {
        return `${of}${membersInWords(playback)}`;
      }
      return `${of}informed ${number(playback.informed)} of ${number(settings[i].n)}`;
    });
    const after = `${texts.join("; ")} after ${time(player.now)}`;
    const over = player.settled && !members ? ", and that is the end: nobody tells it any more" : "";
    const slow = player.playing && player.lag > 0.7 ? "; the engine cannot go faster" : "";
    return `${after}${over}${slow}${player.goal === null ? "" : "; running on to the moment you chose"}.`;
  }
}

function membersInWords(playback) {
  let suspected = 0;
  let failed = 0;
  for (let member = 0; member < playback.n; member++) {
    suspected += playback.suspecting[member] > 0 ? 1 : 0;
    failed += playback.failing[member] > 0 ? 1 : 0;
  }
  return `${nodes(playback.up)} up of ${number(playback.n)}, ${number(suspected)} suspected and ${number(failed)} held failed by somebody`;
}

/** When so many had heard it, as far as was shown. */
function reached(playback, count) {
  const series = playback.curves.informed;
  let low = 0;
  let high = series.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (series.valueAt(middle * series.step) >= count) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low < series.length ? time(low * series.step) : "not yet";
}
