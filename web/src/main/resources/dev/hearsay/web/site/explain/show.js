/**
 * A run of the engine on a stage, in real time: virtual time goes on while it plays, the engine is asked for a little more than is
 * shown, and what readers do reaches it at the moment they see.
 */
import { Playback } from "../common/playback.js";
import { Stage } from "../common/stage.js";
import { Tally } from "./tally.js";

/** How far the engine is ahead of the picture, in ms of the reader's time: enough to hide the worker, too little to be noticed. */
const AHEAD = 150;

/** Virtual time between two moments of which the trace hash is noted, ms: the same moments in each run, so that runs can be compared. */
const TRACE_EACH = 250;

/** The most that one frame may be late for, ms: after a hidden tab the picture goes on, it does not jump. */
const LONGEST_FRAME = 100;

export class Show {
  #engine;
  #canvas;
  #options = null;
  #paint;
  #onFrame;
  #onError;
  #run = null;
  #stage = null;
  #asking = false;
  #frame = 0;
  #last = 0;
  #generation = 0;

  /**
   * @param engine a promise of the engine
   * @param canvas where to draw
   * @param paint draws under the nodes of each picture, with (context, stage, playback); may be left out
   * @param onFrame called after each picture
   * @param onError called with a message when the engine refuses or fails; the show has stopped then
   */
  constructor({ engine, canvas, paint, onFrame, onError }) {
    this.#engine = engine;
    this.#canvas = canvas;
    this.#paint = paint;
    this.#onFrame = onFrame;
    this.#onError = onError;
    this.playback = null;
    this.tally = null;
    /** The trace hash at the last of the moments at which it is noted: {hash, at}; null before the first. */
    this.trace = null;
    this.settings = null;
    this.actions = [];
    /** Virtual time of the picture and of the engine, ms. */
    this.now = 0;
    this.reached = 0;
    /** Whether nothing will happen any more, and the picture has come there. */
    this.ended = false;
    this.pace = 1;
  }

  /**
   * Virtual time begins at 0, and stands still. Whether it has: not if another beginning came between.
   *
   * @param pace how many virtual ms pass in one of the reader's
   * @param options how the stage shows it: layout, members, server
   */
  async begin(settings, pace, options) {
    this.halt();
    this.#generation += 1;
    const generation = this.#generation;
    const engine = await this.#engine;
    if (generation !== this.#generation) {
      return false;
    }
    this.#run?.close();
    this.#run = null;
    const run = await engine.create(settings);
    if (generation !== this.#generation) {
      run.close();
      return false;
    }
    this.#run = run;
    this.#asking = false;
    this.playback = new Playback(settings.n);
    this.tally = new Tally();
    this.trace = null;
    this.settings = settings;
    this.actions = [];
    this.now = 0;
    this.reached = 0;
    this.ended = false;
    this.done = false;
    this.pace = pace;
    this.#setStage({ n: settings.n, ...options });
    this.draw();
    return true;
  }

  /** Lets time pass. */
  play() {
    if (this.#run && this.#frame === 0) {
      this.#last = performance.now();
      this.#frame = requestAnimationFrame((at) => this.#tick(at));
    }
  }

  /** Stops time; the picture stays. */
  halt() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  /**
   * Does something to the run, as {do: "crash", nodes: [3]}; it is remembered for the link to the lab. Rejected if the engine
   * refuses, after which the run goes on as if nothing had been asked.
   */
  async act(action) {
    const generation = this.#generation;
    await this.#run.act({ at: this.reached, ...action });
    if (generation === this.#generation) {
      this.actions.push({ at: this.reached, ...action });
      this.ended = false;
      this.done = false;
    }
  }

  /** What follows '#' in a link to the lab that shows the same. */
  async link() {
    const engine = await this.#engine;
    return engine.link(this.settings, this.actions);
  }

  /** The node at that place of the canvas, in CSS pixels from its corner; -1 where there is none. */
  nodeAt(x, y) {
    return this.#stage?.nodeAt(x, y) ?? -1;
  }

  /** Marks these nodes on the stage. */
  select(nodes) {
    this.#stage.select(nodes);
  }

  /** Paints the present moment once more. */
  draw() {
    this.playback.seek(this.now);
    this.tally.advance(this.now);
    this.#stage.draw(this.playback, this.now);
    this.#under();
    this.#onFrame();
  }

  #setStage(options) {
    const wanted = JSON.stringify(options);
    if (this.#options !== wanted) {
      this.#stage?.close();
      this.#stage = new Stage(this.#canvas, { ...options, onstale: () => this.#stale() });
      this.#options = wanted;
    }
    this.#stage.select([]);
  }

  /** Size or colours have changed: a picture that stands still is painted once more. */
  #stale() {
    if (this.#frame === 0 && this.playback && this.#stage?.n === this.playback.n) {
      this.draw();
    }
  }

  #under() {
    if (this.#paint) {
      const context = this.#canvas.getContext("2d");
      context.save();
      context.globalCompositeOperation = "destination-over";
      this.#paint(context, this.#stage, this.playback);
      context.restore();
    }
  }

  #tick(at) {
    const passed = Math.min(LONGEST_FRAME, Math.max(0, at - this.#last));
    this.#last = at;
    const wanted = this.now + passed * this.pace;
    this.#more(wanted);
    this.now = Math.min(wanted, this.reached);
    this.ended = this.done && this.now >= this.reached;
    this.#frame = requestAnimationFrame((next) => this.#tick(next));
    this.draw();
  }

  /** Asks the engine for what comes next, one question at a time. Whole milliseconds, so that a link can name the moment. */
  async #more(wanted) {
    const noted = (Math.floor(this.reached / TRACE_EACH) + 1) * TRACE_EACH;
    const until = Math.min(noted, Math.ceil(wanted + AHEAD * this.pace));
    if (this.#asking || this.done || until <= this.reached) {
      return;
    }
    const generation = this.#generation;
    const run = this.#run;
    this.#asking = true;
    try {
      const { records, now, done } = await run.advance(until);
      const hash = now === noted ? await run.hash() : null;
      if (generation === this.#generation) {
        this.playback.push(records);
        this.tally.push(records);
        this.reached = now;
        this.done = done;
        this.trace = hash === null ? this.trace : { hash, at: now };
        this.#asking = false;
      }
    } catch (e) {
      this.#fail(generation, e);
    }
  }

  #fail(generation, error) {
    if (generation === this.#generation) {
      this.halt();
      this.#onError(error.message);
    }
  }
}
