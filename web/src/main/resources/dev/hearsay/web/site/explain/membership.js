/** Step 5: who is alive? One crashes, or stands still for a moment; and a value that all members get. */
import { PROCESS } from "../common/playback.js";
import { button } from "./controls.js";
import { number, text } from "./language.js";

const N = 30;
/** How long a paused member stays away after the first has suspected it, virtual ms: others hear of it, none gives up. */
const LINGERS = 700;
/** Virtual ms in one of the reader's. A crash is over within two seconds, so it is shown more slowly. */
const PACE = 1;
const PACE_OF_CRASH = 0.4;
/** Victims are taken around the ring in strides, so that each is another one. */
const STRIDE = 7;

/** What is told of: {doing: "calm" | "crash" | "pause" | "write", victim}. */
let scene = { doing: "calm" };
/** Members that were paused and have to go on: {victim, suspectedAt}. */
let sleepers = [];
let seed = 1;
let victims = 0;

export const membership = {
  id: "membership",
  figures: ["alive", "suspecting", "failing"],
  legend: [["member", "legend.alive"], ["suspect", "legend.suspected"], ["failed", "legend.failed"], ["down", "legend.crashed"],
    ["paused", "legend.paused"], ["ping", "legend.ping"], ["ack", "legend.ack"], ["news", "legend.membernews"]],
  legendOfValue: [["quiet", "legend.value"], ["blank", "legend.novalue"], ["payload", "legend.copied"], ["digest", "legend.compare"]],
  showsValue: () => scene.doing === "write",
  stage: () => ({ layout: "ring", members: scene.doing !== "write" }),
  notes: () => [],
  settings: () => (scene.doing === "write"
    ? { protocol: "push-pull", n: N, fanout: 1, interval: 600, latency: 150, loss: 0, seed }
    : { protocol: "swim", n: N, fanout: 3, interval: 1000, latency: 60, loss: 0, seed }),
  pace: () => PACE,
  controls: (step) => [
    button("membership.crash", () => begin(step, "crash")),
    button("membership.pause", () => begin(step, "pause")),
    button("membership.write", () => begin(step, "write")),
  ],
  touched(step, node) {
    if (scene.doing === "write") {
      begin(step, "write");
    } else {
      begin(step, "crash", node);
    }
  },
  begun() {
    sleepers = [];
    if (scene.doing !== "write") {
      scene = { doing: "calm" };
    }
  },
  tell(show) {
    return scene.doing === "write" ? tellOfValue(show.playback) : tellOfMembers(show);
  },
};

async function begin(step, doing, chosen) {
  const other = (doing === "write") !== (scene.doing === "write");
  if (doing === "write" || other) {
    seed += 1;
    scene = { doing: doing === "write" ? "write" : "calm" };
    await step.restart();
  }
  if (doing === "write") {
    return;
  }
  const { playback } = step.show;
  const victim = chosen ?? nextVictim(playback);
  if (victim < 0 || (playback && playback.process[victim] !== PROCESS.up)) {
    return;
  }
  if (await step.act({ do: doing, nodes: [victim] })) {
    scene = { doing, victim };
    step.show.pace = doing === "crash" ? PACE_OF_CRASH : PACE;
    step.show.select([victim]);
    if (doing === "pause") {
      sleepers.push({ victim, suspectedAt: null });
    }
  }
}

function nextVictim(playback) {
  for (let tried = 0; tried < N; tried++) {
    victims += 1;
    const victim = (victims * STRIDE) % N;
    if (!playback || playback.process[victim] === PROCESS.up) {
      return victim;
    }
  }
  return -1;
}

function tellOfMembers(show) {
  const { playback } = show;
  let alive = 0;
  for (let i = 0; i < N; i++) {
    alive += playback.process[i] === PROCESS.up && playback.suspecting[i] + playback.failing[i] === 0 ? 1 : 0;
  }
  wakeInTime(show);
  const { key, over } = progressOf(playback);
  const { victim } = scene;
  const others = playback.up - (playback.process[victim] === PROCESS.up ? 1 : 0);
  const suspecting = playback.suspecting[victim] ?? 0;
  const failing = playback.failing[victim] ?? 0;
  return {
    figures: { alive, suspecting, failing },
    status: text(key, { n: N, member: number(victim ?? 0), others, suspecting, failing }),
    over: over && sleepers.length === 0,
  };
}

/** How far the incident has come: the key of its sentence, and whether that was all. */
function progressOf(playback) {
  const { doing, victim } = scene;
  if (doing === "calm") {
    return { key: "membership.calm", over: false };
  }
  const suspecting = playback.suspecting[victim];
  const failing = playback.failing[victim];
  const called = sleepers.every((sleeper) => sleeper.victim !== victim);
  if (doing === "pause" && called && playback.process[victim] === PROCESS.up) {
    const refuted = suspecting + failing === 0;
    return { key: refuted ? "membership.refuted" : "membership.back", over: refuted };
  }
  if (failing > 0) {
    const all = failing >= playback.up;
    return { key: all ? "membership.failed" : "membership.spreading", over: all };
  }
  if (suspecting > 0) {
    return { key: "membership.suspected", over: false };
  }
  return { key: doing === "pause" ? "membership.paused" : "membership.still", over: false };
}

/** A paused member comes back when others have heard of the suspicion, and before they give it up. */
function wakeInTime(show) {
  for (const sleeper of sleepers) {
    if (sleeper.suspectedAt === null && show.playback.suspecting[sleeper.victim] > 0) {
      sleeper.suspectedAt = show.now;
    }
  }
  const due = ({ suspectedAt }) => suspectedAt !== null && show.now >= suspectedAt + LINGERS;
  const nodes = sleepers.filter(due).map(({ victim }) => victim);
  if (nodes.length > 0) {
    sleepers = sleepers.filter((sleeper) => !due(sleeper));
    show.act({ do: "resume", nodes });
  }
}

function tellOfValue(playback) {
  const { informed } = playback;
  const over = informed === N;
  return {
    figures: { alive: N, suspecting: 0, failing: 0 },
    status: text(over ? "membership.replicated" : "membership.replicating", { informed, n: N }),
    over,
  };
}
