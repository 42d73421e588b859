/**
 * Keeps the page's state as the agent's: loads everything when the stream stands, applies what the stream tells, and loads again
 * after a gap and from time to time.
 */
import { Feed } from "./feed.js";
import { takeAgain, takeCoordinates, takeDelay, takeEvent, takeMembers, takeSuspicions } from "./store.js";

/** How often members are read anew although the stream tells what happens: a page should not depend on never missing anything. */
export const REFRESH_MILLIS = 60_000;
/** How often coordinates are read: they drift slowly, and a thousand of them are 300 kB. */
export const COORDINATES_MILLIS = 15_000;
/** How often suspicions are read while there are some: the stream tells who raised one, and not who confirmed it. */
export const SUSPICIONS_MILLIS = 1000;
/** How often the agent itself, its figures and its health are read. */
export const AGENT_MILLIS = 5000;
/** After how long what could not be loaded is tried again. */
const AGAIN_MILLIS = 2000;
/** Whoever has heard the agent within so long is as good as present. */
const HEARD_MILLIS = 20_000;
/** Most events that wait until everything is loaded: then loading begins anew. */
const MOST_QUEUED = 5000;

/** One agent, as long as the page is there. */
export class Session {
  #api;
  #state;
  #frames;
  #announcer;
  #feed;
  #queue = null;
  #loading = 0;
  #timers = [];
  #listeners = new Set();

  constructor(api, state, frames, announcer) {
    this.#api = api;
    this.#state = state;
    this.#frames = frames;
    this.#announcer = announcer;
    this.#feed = new Feed(api, ["member", "user", "query"], {
      opened: () => this.#load(),
      took: (events) => this.#took(events),
      lost: (error, retryAt) => this.#lost(error, retryAt),
    });
    api.onDenied = () => this.#denied();
    addEventListener("online", () => this.retryNow());
  }

  /** Begins. */
  start() {
    this.#feed.start();
  }

  /** Tries to reach the agent at once. */
  retryNow() {
    this.#feed.retryNow();
  }

  /** Goes on with that token. */
  useToken(token) {
    if (!/^[\x21-\x7e]+$/.test(token)) {
      // A header could not carry it, so it is nobody's token.
      this.#phase({ phase: "denied", reason: "wrong" });
      return;
    }
    this.#api.token = token;
    this.#phase({ phase: "connecting", reason: "" });
    this.#feed.start();
  }

  /** Calls the listener with every event of the stream, and with {event: "loaded"} after everything was read anew. */
  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Whether the agent answers. */
  get live() {
    return this.#state.connection.phase === "live";
  }

  #took(events) {
    this.#state.connection.heardAt = Date.now();
    if (events.length === 0) {
      return;
    }
    const arrived = { wall: Date.now(), steady: performance.now() };
    const read = events.map((each) => ({ id: each.id, event: each.event, data: JSON.parse(each.data) }));
    if (this.#queue !== null) {
      this.#queue.push(...read);
      const lost = this.#queue.length > MOST_QUEUED ? this.#queue.length : 0;
      if (lost > 0) {
        this.#load();
      }
      if (!this.live) {
        if (lost > 0) {
          this.#frames.mark(...takeEvent(this.#state, { id: "", event: "gap", data: { lost, reason: "slow" } }, arrived.wall));
        }
        return;
      }
    }
    this.#apply(read, arrived);
  }

  #apply(events, arrived) {
    let gap = false;
    for (const event of events) {
      this.#frames.mark(...takeEvent(this.#state, event, arrived.wall));
      gap ||= event.event === "gap";
      this.#tell(event);
    }
    const at = Math.max(...events.map((event) => Date.parse(event.data.at) || 0));
    if (at > 0) {
      this.#frames.afterPaint((painted) => {
        const took = painted - arrived.steady;
        this.#frames.mark(...takeDelay(this.#state, arrived.wall - at + took, took));
      });
    }
    if (gap) {
      this.#load();
    }
  }

  #tell(event) {
    this.#listeners.forEach((listener) => listener(event));
    const news = event.data;
    if (event.event === "member" && ["joined", "failed", "left"].includes(news.kind)) {
      this.#announcer.say(`${news.member.name} ${news.kind}`);
    }
  }

  /*
   * What happens while everything is read is applied after it, since it may be newer. If the page is live it is applied at once, too: nobody
   * waits for a reading that only makes sure.
   */
  async #load() {
    const mine = ++this.#loading;
    this.#queue = [];
    try {
      const [agent, health, members, suspicions] = await Promise.all([
        this.#api.get("/v1/agent"),
        this.#health(),
        this.#api.get("/v1/members"),
        this.#suspicions(),
      ]);
      if (mine !== this.#loading) {
        return;
      }
      this.#state.agent = agent;
      this.#state.health = health;
      this.#frames.mark("agent", ...takeMembers(this.#state, members.members));
      this.#frames.mark(...takeSuspicions(this.#state, suspicions));
    } catch (e) {
      // A new load, a lost stream or a refused token make this one pointless.
      if (mine === this.#loading) {
        this.#phase({ reason: e.message });
        setTimeout(() => mine === this.#loading && this.#load(), AGAIN_MILLIS);
      }
      return;
    }
    const queued = this.#queue;
    this.#queue = null;
    const wasLive = this.live;
    const since = wasLive ? this.#state.connection.since : Date.now();
    this.#phase({ phase: "live", since, heardAt: Date.now(), reason: "" });
    if (wasLive) {
      queued.forEach((event) => this.#frames.mark(...takeAgain(this.#state, event)));
    } else if (queued.length > 0) {
      this.#apply(queued, { wall: Date.now(), steady: performance.now() });
    }
    this.#listeners.forEach((listener) => listener({ event: "loaded" }));
    this.#keepFresh();
  }

  /* The route answers 503 while the agent is not ready, which is no reason to show nothing. */
  #health() {
    return this.#api.get("/v1/health?check=live");
  }

  async #suspicions() {
    const answer = await this.#api.get("/v1/suspicions");
    const now = Date.now();
    return answer.suspicions.map((each) => ({
      suspect: each.name,
      accusers: each.accusers.map((name) => ({ name, since: now - each.age_seconds * 1000 })),
    }));
  }

  async #confirmations() {
    const suspicions = await this.#suspicions();
    this.#frames.mark(...takeSuspicions(this.#state, suspicions));
  }

  async #coordinates() {
    const answer = await this.#api.get("/v1/coordinates");
    this.#frames.mark(...takeCoordinates(this.#state, answer.coordinates));
  }

  async #agent() {
    const [agent, health] = await Promise.all([this.#api.get("/v1/agent"), this.#health()]);
    this.#state.agent = agent;
    this.#state.health = health;
    this.#frames.mark("agent");
  }

  #keepFresh() {
    if (this.#timers.length > 0) {
      this.#whenLive(() => this.#coordinates());
      return;
    }
    const every = (millis, read) => this.#timers.push(setInterval(() => this.#whenLive(read), millis));
    every(AGENT_MILLIS, () => this.#agent());
    every(SUSPICIONS_MILLIS, () => this.#state.suspicions.size > 0 && this.#confirmations());
    every(COORDINATES_MILLIS, () => this.#coordinates());
    every(REFRESH_MILLIS, () => this.#load());
    this.#whenLive(() => this.#coordinates());
  }

  /* What fails here is tried again with the next round; whether the agent is there is for the stream to say. */
  #whenLive(read) {
    if (this.live && !document.hidden) {
      Promise.resolve(read()).catch(() => {});
    }
  }

  #lost(error, retryAt) {
    this.#loading++;
    this.#queue = null;
    if (error.status === 401) {
      this.#denied();
      return;
    }
    const before = this.#state.connection;
    // The agent says something each 15 s. Who has heard nothing for longer, silent or hidden as it was, knows nothing newer.
    const known = Date.now() - before.heardAt > HEARD_MILLIS ? before.heardAt : Date.now();
    const since = before.phase === "live" ? known : before.since;
    if (before.phase === "live") {
      this.#announcer.say("no answer from the agent");
    }
    this.#phase({ phase: "away", since, retryAt, reason: error.message });
  }

  #denied() {
    this.#loading++;
    this.#queue = null;
    this.#feed.stop();
    this.#phase({ phase: "denied", reason: this.#api.token === "" ? "" : "wrong" });
  }

  #phase(change) {
    const before = this.#state.connection.phase;
    Object.assign(this.#state.connection, change);
    if (before === "away" && change.phase === "live") {
      this.#announcer.say("the agent answers again");
    }
    this.#frames.mark("connection");
  }
}
