/** How a step behaves: it begins when it comes into view, stands still when it goes, and says at most once a second what is so. */
import { frame } from "./frame.js";
import { number, text } from "./language.js";
import { Show } from "./show.js";

/** Between two status lines, ms: a screen reader has to get a word in. */
const STATUS_EVERY = 1000;

export class Step {
  #scene;
  #still;
  #claim;
  #visible = false;
  #said = -STATUS_EVERY;
  #toSay = null;
  #timer = 0;

  /**
   * @param scene what this step shows: one of center.js, few.js, ...
   * @param engine a promise of the engine
   * @param still whether nothing may move before the reader has asked for it
   * @param claim called with this step when the reader has touched it: no other may run then
   */
  constructor(scene, { step, steps, following, engine, still, claim }) {
    this.#scene = scene;
    this.#still = still;
    this.#claim = claim;
    this.id = scene.id;
    this.parts = frame({
      id: scene.id, step, steps, following, figures: scene.figures, notes: scene.notes(),
      marks: [scene.legend, scene.legendOfValue].filter(Boolean),
    });
    this.section = this.parts.section;
    this.show = new Show({
      engine, canvas: this.parts.canvas, paint: scene.paint,
      onFrame: () => this.#pictured(), onError: (problem) => this.#failed(problem),
    });
    this.#showLegend();
    this.parts.controls.append(...[scene.controls(this)].flat());
    this.parts.start.addEventListener("click", () => this.restart());
    this.parts.canvas.addEventListener("click", (event) => this.#clicked(event));
    this.say(text(still ? "step.waiting" : "step.soon"));
  }

  /** "waiting", "loading", "running", "halted", "done" or "failed". */
  get state() {
    return this.section.dataset.state;
  }

  /** This step is the one that may run. */
  take() {
    this.#visible = true;
  }

  /** The step has come into view. */
  enter() {
    if (this.state === "waiting" && !this.#still) {
      this.restart();
    } else if (this.state === "halted") {
      this.#go();
    }
  }

  /** Another step is in view now. */
  leave() {
    this.#visible = false;
    if (this.state === "running") {
      this.show.halt();
      this.#become("halted");
    }
  }

  /** From the beginning, with the settings as they are now. */
  async restart() {
    this.#claim(this);
    this.#become("loading");
    this.say(text("step.loading"));
    try {
      const settings = this.#scene.settings();
      if (await this.show.begin(settings, this.#scene.pace(), this.#scene.stage())) {
        this.parts.start.textContent = text("step.again");
        this.parts.seed.textContent = String(settings.seed);
        this.#showLegend();
        this.#scene.begun?.(this);
        this.#go();
      }
    } catch (e) {
      this.#failed(e.message);
    }
  }

  /** Does something to the run; begins one if there is none. Whether it was done. */
  async act(action) {
    this.#claim(this);
    if (["waiting", "loading", "failed"].includes(this.state)) {
      await this.restart();
    }
    if (!this.show.playback || this.state === "failed") {
      return false;
    }
    let done = true;
    try {
      await this.show.act(action);
    } catch (e) {
      // Whoever clicks twice on the same node asks for what cannot be: the run goes on.
      this.say(e.message);
      done = false;
    }
    this.#go();
    return done;
  }

  /** Puts a sentence into the status line, now or as soon as it may change. */
  say(sentence) {
    this.#toSay = sentence;
    if (this.#timer === 0) {
      const wait = Math.max(0, this.#said + STATUS_EVERY - performance.now());
      this.#timer = setTimeout(() => this.#speak(), wait);
    }
  }

  #speak() {
    this.#timer = 0;
    this.#said = performance.now();
    if (this.parts.status.textContent !== this.#toSay) {
      this.parts.status.textContent = this.#toSay;
    }
    if (this.show.playback && this.state !== "failed") {
      this.#showTrace();
    }
  }

  #go() {
    if (this.#visible) {
      this.#become("running");
      this.show.play();
    } else {
      this.#become("halted");
    }
  }

  #become(state) {
    this.section.dataset.state = state;
  }

  /** After each picture: figures, status, and whether it is over. */
  #pictured() {
    const { figures, status, over } = this.#scene.tell(this.show);
    for (const [name, value] of Object.entries(figures)) {
      const shown = typeof value === "number" ? number(value) : value;
      const cell = this.parts.figures.get(name);
      if (cell.textContent !== shown) {
        cell.textContent = shown;
      }
    }
    if (status !== this.#toSay) {
      this.say(status);
    }
    if ((over || this.show.ended) && this.state === "running") {
      this.show.halt();
      this.#become("done");
      this.#scene.ended?.(this);
      this.say(status);
    }
  }

  /** Where a step shows now members, now a value, each has its legend; both keep their room. */
  #showLegend() {
    const shown = this.#scene.showsValue?.() ? 1 : 0;
    this.parts.legends.forEach((list, i) => list.classList.toggle("away", i !== shown));
  }

  async #showTrace() {
    const { trace } = this.show;
    this.parts.hash.textContent = trace ? text("step.traceat", { hash: trace.hash, at: trace.at }) : "–";
    try {
      this.parts.lab.setAttribute("href", `lab.html#${await this.show.link()}`);
    } catch (e) {
      this.#failed(e.message);
    }
  }

  #clicked(event) {
    const box = this.parts.canvas.getBoundingClientRect();
    const node = this.show.nodeAt(event.clientX - box.left, event.clientY - box.top);
    if (node >= 0) {
      this.#scene.touched(this, node);
    }
  }

  #failed(problem) {
    this.#become("failed");
    this.say(text("step.failed", { problem }));
  }
}
