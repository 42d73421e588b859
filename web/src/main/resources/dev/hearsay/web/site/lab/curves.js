/** The plots: how many have heard, or what members believe of each other, and what is sent. Drawn by D3, at most so often a second. */
import { byId } from "../common/dom.js";
import { Plot } from "./plot.js";

/** Points of a curve: more than the plot has pixels are not seen. */
const POINTS = 240;
const COLOURS = ["c0", "c1"];

export class Curves {
  #session;
  #transport;
  #main;
  #traffic;

  constructor(session, transport) {
    this.#session = session;
    this.#transport = transport;
    this.#main = new Plot(byId("curves"), "curve-main", 210);
    this.#traffic = new Plot(byId("curves"), "curve-packets", 130);
  }

  draw() {
    const { player, settings, members } = this.#session;
    if (player.tracks.length === 0) {
      return;
    }
    const { horizon } = this.#transport;
    const two = settings.length === 2;
    const lines = player.tracks.flatMap((track, i) => members ? opinions(track, i, two, horizon) : informed(track, i, two, horizon));
    const most = members ? Math.max(4, ...lines.map((line) => line.most)) : 1;
    this.#main.draw({
      title: members ? "Members suspected, and held failed, summed over observers" : "Share of nodes that have heard, %",
      lines, horizon, most: members ? most : 100, now: player.now,
    });
    const sent = player.tracks.map((track, i) => packets(track, i, two, horizon));
    this.#traffic.draw({
      title: "Packets sent per second", lines: sent, horizon, most: Math.max(10, ...sent.map((line) => line.most)), now: player.now,
    });
  }
}

function informed(track, i, two, horizon) {
  const { n } = track.settings;
  const of = two ? `${"AB"[i]} ` : "";
  const heard = sampled(track.playback.curves.informed, track.playback.seen, horizon, (value) => (100 * value) / n);
  const lines = [{ name: `${of}heard`, colour: COLOURS[i], points: heard }];
  if (track.theory.length > 0) {
    const points = [];
    for (let k = 0; k + 1 < track.theory.length; k += 2) {
      points.push([track.theory[k], (100 * track.theory[k + 1]) / n]);
    }
    lines.push({ name: `${of}theory`, colour: two ? COLOURS[i] : "theory", dashed: true, points: points.filter(([ms]) => ms <= horizon) });
  }
  return lines;
}

function opinions(track, i, two, horizon) {
  const { curves, seen } = track.playback;
  const of = two ? `${"AB"[i]} ` : "";
  return [
    { name: `${of}suspected`, colour: two ? COLOURS[i] : "suspect", dashed: true, most: curves.suspicions.highest(horizon),
      points: sampled(curves.suspicions, seen, horizon) },
    { name: `${of}held failed`, colour: two ? COLOURS[i] : "failed", most: curves.convictions.highest(horizon),
      points: sampled(curves.convictions, seen, horizon) },
  ];
}

/** Averaged over what one point of the plot stands for. */
function packets(track, i, two, horizon) {
  const series = track.playback.curves.packets;
  const width = Math.max(series.step, Math.ceil(horizon / 120 / series.step) * series.step);
  const points = [];
  let most = 0;
  for (let ms = 0; ms + width <= track.playback.seen; ms += width) {
    let sum = 0;
    for (let k = 0; k < width; k += series.step) {
      sum += series.valueAt(ms + k + series.step / 2);
    }
    const rate = (sum * 1000) / width;
    most = Math.max(most, rate);
    points.push([ms + width / 2, rate]);
  }
  return { name: two ? "AB"[i] : "packets", colour: two ? COLOURS[i] : "c2", points, most };
}

function sampled(series, seen, horizon, scale = (value) => value) {
  const end = Math.min(seen, horizon);
  const step = horizon / POINTS;
  const points = [];
  for (let ms = 0; ms < end; ms += step) {
    points.push([ms, scale(series.valueAt(ms))]);
  }
  points.push([end, scale(series.valueAt(end))]);
  return points;
}
