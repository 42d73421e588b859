/** Play, pause, steps, speed and the timeline. */
import { byId, el } from "../common/dom.js";
import { LONGEST } from "../common/player.js";
import { time } from "./words.js";

const SLOWEST = 0.05;
const FASTEST = 10;
/** What a timeline begins with: a rumor is through by then, a failure found. */
const RUMOR_MS = 3000;
const CLUSTER_MS = 30_000;
/** A timeline grows by this when the moment shown comes near to its end. */
const GROWTH = 1.5;

export class Transport {
  #session;
  #player;
  #dragging = false;

  /** @param wake called when something has to be drawn */
  constructor(session, wake) {
    this.#session = session;
    this.#player = session.player;
    this.wake = wake;
    /** Where the timeline, and with it each plot, ends: ms. */
    this.horizon = RUMOR_MS;
    this.#listen();
    session.addEventListener("loaded", () => this.#loaded());
    session.addEventListener("changed", () => this.#markers());
    this.#player.onended = () => this.show();
  }

  toggle() {
    if (this.#player.playing || this.#player.goal !== null) {
      this.#player.pause();
    } else {
      this.#player.play();
    }
    this.wake();
  }

  /** One interval on or back. */
  step(direction) {
    this.#player.pause();
    this.#player.seek(this.#player.now + direction * this.#interval());
    this.wake();
  }

  /** To the next moment at which something happens, or the one before. What is not known yet is waited for, an interval at a time. */
  async event(forwards) {
    this.#player.pause();
    let at = this.#player.neighbour(forwards);
    if (at === null && forwards && this.#player.end === Infinity) {
      const until = Math.min(LONGEST, this.#player.now + this.#interval());
      await Promise.all(this.#player.tracks.map((track) => track.reach(until)));
      at = this.#player.neighbour(true) ?? until;
    }
    if (at !== null) {
      this.#player.seek(at);
    }
    this.wake();
  }

  rewind() {
    this.#player.pause();
    this.#player.seek(0);
    this.wake();
  }

  /** By a factor on the slider. */
  faster(steps) {
    const slider = byId("speed");
    slider.value = String(Number(slider.value) + steps);
    this.#setSpeed();
  }

  /** Called for each frame that is drawn. */
  show() {
    const { now, playing, goal } = this.#player;
    while (now > this.horizon * 0.97 && this.#player.end > this.horizon) {
      this.horizon = Math.min(LONGEST, this.horizon * GROWTH);
      this.#markers();
      if (this.horizon === LONGEST) {
        break;
      }
    }
    const timeline = byId("timeline");
    if (!this.#dragging) {
      timeline.max = String(this.horizon);
      timeline.value = String(now);
    }
    const label = playing || goal !== null ? "Pause" : "Play";
    const play = byId("play");
    if (play.textContent !== label) {
      play.textContent = label;
    }
    byId("clock").textContent = time(now);
    timeline.setAttribute("aria-valuetext", time(now));
  }

  #interval() {
    return Math.max(1, this.#session.settings[0]?.interval ?? 200);
  }

  #loaded() {
    const { settings, members } = this.#session;
    const theory = Math.max(0, ...this.#player.tracks.map((track) => lastMoment(track.theory)));
    this.horizon = members ? Math.max(CLUSTER_MS, 30 * settings[0].interval) : Math.max(RUMOR_MS, Math.min(theory, LONGEST));
    for (const id of ["rewind", "step-back", "play", "step", "next-event", "speed", "timeline"]) {
      byId(id).disabled = false;
    }
    byId("speed").value = String(toSlider(members ? 1 : 0.25));
    this.#setSpeed();
    this.#markers();
    this.show();
  }

  #listen() {
    byId("play").addEventListener("click", () => this.toggle());
    byId("rewind").addEventListener("click", () => this.rewind());
    byId("step").addEventListener("click", () => this.step(1));
    byId("step-back").addEventListener("click", () => this.step(-1));
    byId("next-event").addEventListener("click", () => this.event(true));
    byId("speed").addEventListener("input", () => this.#setSpeed());
    const timeline = byId("timeline");
    timeline.addEventListener("input", () => {
      this.#dragging = true;
      this.#player.pause();
      this.#player.seek(Number(timeline.value));
      this.wake();
    });
    timeline.addEventListener("change", () => {
      this.#dragging = false;
      this.wake();
    });
  }

  #setSpeed() {
    const speed = SLOWEST * (FASTEST / SLOWEST) ** (Number(byId("speed").value) / 100);
    this.#player.speed = Number(speed.toPrecision(2));
    const text = `${this.#player.speed}×`;
    byId("speed-value").textContent = text;
    byId("speed").setAttribute("aria-valuetext", `${this.#player.speed} of real time`);
  }

  #markers() {
    byId("markers").replaceChildren(...this.#player.actions.filter((action) => action.at <= this.horizon).map((action) => {
      const marker = el("span", { class: "marker", title: `${action.do} at ${time(action.at)}` });
      marker.style.left = `${(100 * action.at) / this.horizon}%`;
      return marker;
    }));
  }
}

function lastMoment(theory) {
  return theory.length >= 2 ? theory[theory.length - 2] : 0;
}

function toSlider(speed) {
  return Math.round((100 * Math.log(speed / SLOWEST)) / Math.log(FASTEST / SLOWEST));
}
