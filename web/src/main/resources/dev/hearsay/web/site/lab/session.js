/**
 * What the lab is about at a time: one setting or two, the player, the node that is chosen. Everything that changes it goes through
 * here; parts of the page listen for "loaded" (new runs), "changed" (actions or forks), "busy", "selected" and "message".
 */
import { Player } from "../common/player.js";
import { readLink, writeLink } from "./link.js";
import { time } from "./words.js";

export class Session extends EventTarget {
  #loading = 0;

  /** @param engine an Engine @param schema what it says about settings */
  constructor(engine, schema) {
    super();
    this.engine = engine;
    this.schema = schema;
    this.player = new Player(engine);
    /** Of A, and of B if two are compared. */
    this.settings = [];
    this.selected = -1;
    /** Whether members are drawn as the chosen node believes them to be. */
    this.asSeen = false;
    /** Whether the link carries the actions, too. */
    this.linkIsComplete = true;
    this.player.onerror = (e) => this.say("bad", [e.message]);
    this.player.onrefused = (action, reason) => this.say("warn", [`${action.do} at ${time(action.at)} could not be done: ${reason}`]);
  }

  /** Whether A is a cluster of members, not a rumor. */
  get members() {
    return isCluster(this.settings[0]);
  }

  /** Begins with what a link says; problems in it are told, each by itself. */
  async loadLink(link, { playing = false } = {}) {
    const { settings, actions, problems } = await readLink(this.engine, link);
    await this.load(settings, actions, { playing });
    if (problems.length > 0) {
      this.say("warn", problems, "In this link, some things could not be read, and are left at their defaults or left out:");
    }
  }

  /** Begins anew with these settings. If the engine refuses, all stays as it was and the reason is told. */
  async load(settings, actions = [], { playing = false } = {}) {
    this.#loading += 1;
    const mine = this.#loading;
    try {
      await this.player.load(settings, actions);
    } catch (e) {
      this.say("bad", [e.message]);
      return;
    }
    if (mine !== this.#loading) {
      return;
    }
    this.settings = settings;
    this.selected = -1;
    this.say(null);
    this.player.playing = playing;
    this.dispatchEvent(new Event("loaded"));
    this.dispatchEvent(new Event("selected"));
    await this.#changed();
  }

  /** Does {do, nodes, value} now, or, in the past, on a fork. */
  async act(action) {
    try {
      const later = this.player.actions.filter((other) => other.at > this.player.now).length;
      const { at, forked } = await this.#busy(this.player.act(action));
      if (forked) {
        this.say("good", [forkText(at, later)]);
      }
    } catch (e) {
      this.say("bad", [e.message]);
    }
    await this.#changed();
  }

  /** Makes the run again without one of its actions. */
  async remove(action) {
    try {
      await this.#busy(this.player.remove(action));
      this.say("good", [`Without that, the run was made again from its seed up to ${time(this.player.now)}.`]);
    } catch (e) {
      this.say("bad", [e.message]);
    }
    await this.#changed();
  }

  select(node) {
    this.selected = node;
    this.asSeen = this.asSeen && node >= 0;
    this.dispatchEvent(new Event("selected"));
  }

  /** Tells something above the stage; null takes away what was told. @param kind good, warn or bad */
  say(kind, texts = [], title = null) {
    this.dispatchEvent(new CustomEvent("message", { detail: { kind, texts, title } }));
  }

  /** Says that something is under way, so that its progress is drawn. */
  #busy(promise) {
    this.dispatchEvent(new Event("busy"));
    return promise;
  }

  async #changed() {
    this.dispatchEvent(new Event("changed"));
    const { link, complete } = await writeLink(this.engine, this.settings, this.player.actions);
    this.linkIsComplete = complete;
    history.replaceState(null, "", `#${link}`);
  }
}

/** Whether these settings are those of a cluster with failure detection. */
export function isCluster(settings) {
  return settings?.protocol === "swim";
}

function forkText(at, later) {
  const kept = later === 0 ? "" : later === 1 ? " The later action is kept." : ` The ${later} later actions are kept.`;
  return `A fork: the run was made again from its seed up to ${time(at)} and goes on with what you did there.${kept}`;
}
