/**
 * A clock for one track or several: plays, pauses, goes back, and acts. What has been played is in the log, so going back is
 * instant; to act in the past, runs are made again from the seed up to there, with the new action: a fork.
 */
import { Track } from "./track.js";

/** Wall-clock time by which runs are ahead of what is shown, ms; so much later an action of now takes place. */
const AHEAD = 100;
/** Wall-clock time of one frame that counts, ms: after a stall the clock goes on from where it was. */
const FRAME_MOST = 100;
/** Virtual time at which a run that does not end by itself is stopped: an hour, as in the engine. */
export const LONGEST = 3_600_000;
/** Frames over which it is averaged whether the engine keeps up. */
const LAG_FRAMES = 60;
/** Virtual ms for which a fork asks at once, so that its progress can be shown. */
const FORK_STEP = 250;

export class Player {
  #engine;
  #last = null;
  #fork = 0;
  #acting = false;
  #changes = Promise.resolve();
  #loaded = 0;

  constructor(engine) {
    this.#engine = engine;
    this.tracks = [];
    this.actions = [];
    this.now = 0;
    /** Virtual time for one of the wall clock. */
    this.speed = 1;
    this.playing = false;
    /** A moment that runs have yet to come to before it can be shown, or null. */
    this.goal = null;
    /** Of the last frames, the share for which the engine was too slow: near 1, the speed is the engine's, not the chosen one. */
    this.lag = 0;
    /** {done, of} in virtual ms while a fork is made, or null. */
    this.forking = null;
    /** Called when playing has ended by itself; when something went wrong; when an action of the list could not be done. */
    this.onended = () => {};
    this.onerror = () => {};
    this.onrefused = () => {};
  }

  /** Begins anew, at 0 ms, with a track for each of the settings. Rejected if one of them is out of its range. */
  async load(settings, actions = []) {
    this.#loaded += 1;
    this.#fork += 1;
    const mine = this.#fork;
    this.forking = null;
    const tracks = await Promise.all(settings.map((one) => this.#open(one, actions)));
    if (mine !== this.#fork) {
      tracks.forEach((track) => track.close());
      return;
    }
    this.#replace(tracks, actions);
    this.seek(0);
  }

  /** Where all runs have come to, ms. */
  get head() {
    return Math.min(...this.tracks.map((track) => (track.over ? Infinity : track.head)), LONGEST);
  }

  /** When the last of them ended, ms; Infinity while one runs. */
  get end() {
    return this.tracks.every((track) => track.over) ? Math.max(...this.tracks.map((track) => track.playback.end)) : Infinity;
  }

  /** Whether what is shown is as far as the runs have come, but for what they are ahead. */
  get live() {
    return this.tracks.every((track) => track.head <= this.now + AHEAD * this.speed * 2 + 1);
  }

  /** Whether nothing is to be seen any more after what is shown: all runs are at their end, or everybody has the rumor and is quiet. */
  get settled() {
    return this.now >= Math.min(this.end, LONGEST)
      || this.tracks.every((track) => (track.over || track.isLast(this.now)) && track.playback.settled);
  }

  play() {
    if (this.settled) {
      this.seek(0);
    }
    this.lag = 0;
    this.playing = true;
  }

  pause() {
    this.playing = false;
    this.goal = null;
  }

  /** Goes to that moment: at once if it is known, otherwise as soon as the runs have come there. */
  seek(ms) {
    const to = Math.max(0, Math.min(ms, LONGEST, this.end));
    this.goal = to > this.head ? to : null;
    this.now = Math.min(to, this.head);
    this.#show();
  }

  /** The next moment at which something happens, if it is known, or the one before. */
  neighbour(forwards) {
    const found = this.tracks.map((track) => track.playback.neighbour(forwards)).filter((at) => at !== null);
    return found.length === 0 ? null : forwards ? Math.min(...found) : Math.max(...found);
  }

  /** Tells that frames are not asked for now: what passes until the next one does not count. */
  rest() {
    this.#last = null;
  }

  /** One frame, at a moment of the wall clock (ms). Whether anything has to be drawn. */
  frame(wall) {
    const passed = this.#last === null ? 0 : Math.min(FRAME_MOST, wall - this.#last);
    this.#last = wall;
    const before = this.now;
    if (this.goal !== null) {
      this.tracks.forEach((track) => track.fill(this.goal));
      this.now = Math.max(this.now, Math.min(this.goal, this.head, this.end));
      this.goal = this.now < Math.min(this.goal, this.end) ? this.goal : null;
    } else if (this.playing && this.tracks.length > 0 && !this.forking && !this.#acting) {
      const most = Math.min(LONGEST, this.end);
      const wanted = this.now + passed * this.speed;
      this.lag += ((this.head < wanted ? 1 : 0) - this.lag) / LAG_FRAMES;
      this.now = Math.max(this.now, Math.min(wanted, this.head, most));
      this.tracks.forEach((track) => track.fill(Math.min(LONGEST, this.now + AHEAD * this.speed)));
    }
    if (this.now !== before) {
      this.#show();
    }
    if (this.playing && this.goal === null && !this.forking && this.tracks.length > 0 && this.settled) {
      this.#stop();
      return true;
    }
    return this.now !== before;
  }

  /** At the very moment at which the last thing happened, so that a run ends at the same one whenever it is played. */
  #stop() {
    this.playing = false;
    if (this.tracks.every((track) => track.playback.settled)) {
      const last = this.tracks.flatMap((track) => [track.playback.changedAt, ...track.actions.map((action) => action.at)]);
      this.now = Math.min(this.now, Math.max(...last));
      this.#show();
    }
    this.onended();
  }

  /**
   * Does something now; {do, nodes, value}. In the past, that makes a fork. Resolves to {at, forked}; rejected, with the reason,
   * if the engine refuses. What is asked for meanwhile is done afterwards.
   */
  act(action) {
    return this.#inTurn(() => this.#act(action));
  }

  /** Makes the runs again without one of the actions. */
  remove(action) {
    return this.#inTurn(() => this.replay(this.actions.filter((other) => other !== action)));
  }

  /** One change after the other: each begins with the actions that the one before has left. Those of a run that is gone are dropped. */
  #inTurn(change) {
    const loaded = this.#loaded;
    const result = this.#changes.then(() => {
      if (loaded !== this.#loaded) {
        throw new Error("another run has begun: this was not done");
      }
      return change();
    });
    this.#changes = result.catch(() => {
      // Whoever asked is told; the next change is not concerned.
    });
    return result;
  }

  async #act(action) {
    if (this.live) {
      return { at: await this.#actNow(action), forked: false };
    }
    const at = Math.round(this.now);
    await this.replay([...this.actions, { at, ...action }], at);
    return { at, forked: true };
  }

  /** Makes the runs again from the seed, with these actions, up to a moment; the old ones are shown meanwhile. */
  async replay(actions, until = this.now) {
    this.#fork += 1;
    const mine = this.#fork;
    this.forking = { done: 0, of: until };
    let tracks = [];
    try {
      tracks = await Promise.all(this.tracks.map((track) => this.#open(track.settings, actions)));
      for (let ms = FORK_STEP; mine === this.#fork && ms < until + FORK_STEP; ms += FORK_STEP) {
        await Promise.all(tracks.map((track) => track.reach(Math.min(ms, until))));
        if (mine === this.#fork) {
          this.forking = { done: Math.min(ms, until), of: until };
        }
      }
    } catch (e) {
      this.forking = mine === this.#fork ? null : this.forking;
      tracks.forEach((track) => track.close());
      throw e;
    }
    if (mine !== this.#fork) {
      tracks.forEach((track) => track.close());
      return;
    }
    this.#replace(tracks, actions);
    this.seek(until);
  }

  /** At the moment to which runs have come, which they do not leave meanwhile. */
  async #actNow(action) {
    this.#acting = true;
    try {
      await Promise.all(this.tracks.map((track) => track.idle()));
      const at = Math.ceil(Math.max(...this.tracks.map((track) => track.head)));
      const mine = this.tracks.map((track) => ({ track, action: fitting({ at, ...action }, track.settings.n) }));
      await Promise.all(mine.map((one) => one.action && one.track.act(one.action)));
      this.actions = ordered([...this.actions, { at, ...action }]);
      this.now = Math.max(this.now, at);
      this.#show();
      return at;
    } finally {
      this.#acting = false;
    }
  }

  async #open(settings, actions) {
    const fit = actions.map((action) => fitting(action, settings.n)).filter((action) => action !== null);
    const track = await Track.open(this.#engine, settings, fit);
    track.onerror = (e) => this.onerror(e);
    track.onrefused = (action, reason) => this.onrefused(action, reason);
    track.refused.forEach(({ action, reason }) => this.onrefused(action, reason));
    return track;
  }

  #replace(tracks, actions) {
    this.tracks.forEach((track) => track.close());
    this.tracks = tracks;
    this.actions = ordered(actions);
    this.forking = null;
    this.goal = null;
    this.now = 0;
  }

  #show() {
    this.tracks.forEach((track) => track.playback.seek(this.now));
  }
}

/** The action as far as it concerns nodes that there are, or null if it concerns none. Of two settings, one may be smaller. */
function fitting(action, n) {
  if (!action.nodes?.length) {
    return action;
  }
  const nodes = action.nodes.filter((node) => node < n);
  return nodes.length === 0 ? null : { ...action, nodes };
}

function ordered(actions) {
  return [...actions].sort((one, other) => one.at - other.at);
}
