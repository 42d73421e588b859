/**
 * What the page knows: one state, and functions that change it by what the agent says. They touch nothing but the state they are
 * given, no clock and no element, so they can be tested without a browser. Each gives the topics that have changed, for Frames.
 */

/** Most of what the page keeps. What is older, or too much, goes; the agent has more, or nobody. */
export const BOUNDS = Object.freeze({
  /** Events in the stream's list: the oldest go. */
  events: 1000,
  /** Changes of members by name whose glow may still be drawn: the oldest go. */
  glows: 2000,
  /** Accusers that are remembered for one suspect: the others are not shown. */
  accusers: 64,
  /** Delays from event to screen that are remembered: the oldest go. */
  delays: 500,
});

/** Statuses in the order in which they matter to an operator. */
export const STATUSES = ["failed", "suspect", "leaving", "alive", "left"];

/** A state that knows nothing yet. */
export function emptyState() {
  return {
    connection: { phase: "connecting", since: 0, heardAt: 0, retryAt: 0, reason: "" },
    agent: null,
    health: null,
    members: new Map(),
    /** Goes up when members come, go, or change their tags: what depends on who is there has to be laid out anew. */
    layout: 0,
    /** By suspect: by accuser, since when (ms). */
    suspicions: new Map(),
    coordinates: new Map(),
    coordinatesVersion: 0,
    glows: new Map(),
    events: [],
    eventsTotal: 0,
    delays: [],
  };
}

/** The name of the agent's own member; "" while it is not known. */
export function ownName(state) {
  return state.agent?.self.name ?? "";
}

/** All members anew, as GET /v1/members has them. */
export function takeMembers(state, list) {
  const before = state.members;
  let same = before.size === list.length;
  state.members = new Map();
  for (const member of list) {
    const known = before.get(member.name);
    same &&= known !== undefined && sameTags(known.tags, member.tags);
    state.members.set(member.name, member);
  }
  if (!same) {
    state.layout++;
  }
  for (const name of [...state.suspicions.keys()]) {
    if (state.members.get(name)?.status !== "suspect") {
      state.suspicions.delete(name);
    }
  }
  return ["members", "suspicions"];
}

/**
 * Suspicions as GET /v1/suspicions has them: [{suspect, accusers: [{name, since (ms)}]}]. Those that an event has told of meanwhile
 * stay: the answer may be older than the event.
 */
export function takeSuspicions(state, list) {
  const before = state.suspicions;
  state.suspicions = new Map();
  for (const { suspect, accusers } of list) {
    state.suspicions.set(suspect, new Map(accusers.slice(0, BOUNDS.accusers).map(({ name, since }) => [name, since])));
  }
  for (const [suspect, accusers] of before) {
    if (!state.suspicions.has(suspect) && state.members.get(suspect)?.status === "suspect") {
      state.suspicions.set(suspect, accusers);
    }
  }
  return ["suspicions"];
}

/** All coordinates anew, as GET /v1/coordinates has them. */
export function takeCoordinates(state, list) {
  state.coordinates = new Map(list.map((each) => [each.name, each]));
  state.coordinatesVersion++;
  return ["coordinates"];
}

/**
 * An event of the stream.
 *
 * @param event {id, event, data} of the parser, with data read from JSON
 * @param arrived when it came, ms since 1970
 */
export function takeEvent(state, event, arrived) {
  const topics = ["events"];
  remember(state, event, arrived);
  if (event.event === "member") {
    const news = event.data;
    takeMember(state, news, arrived);
    topics.push("members");
    if (takeAccusation(state, news, arrived)) {
      topics.push("suspicions");
    }
  }
  return topics;
}

/**
 * Applies an event once more that was applied already: after members were read anew, by an answer that may be older than the event.
 */
export function takeAgain(state, event) {
  if (event.event === "member") {
    const arrived = state.glows.get(event.data.member.name) ?? 0;
    takeMember(state, event.data, arrived);
    takeAccusation(state, event.data, arrived);
  }
  return ["members", "suspicions"];
}

/** How many members have each status, by status; all statuses are there. */
export function countStatuses(members) {
  const counts = new Map(STATUSES.map((status) => [status, 0]));
  for (const member of members.values()) {
    counts.set(member.status, (counts.get(member.status) ?? 0) + 1);
  }
  return counts;
}

/** The round trip between two as their coordinates have it, in seconds (Serf's formula); NaN if one has none. */
export function roundTrip(state, from, to) {
  const a = state.coordinates.get(from);
  const b = state.coordinates.get(to);
  if (a === undefined || b === undefined || a.vector.length !== b.vector.length) {
    return NaN;
  }
  const square = a.vector.reduce((sum, value, i) => sum + (value - b.vector[i]) ** 2, 0);
  const distance = Math.sqrt(square) + a.height + b.height;
  const adjusted = distance + a.adjustment + b.adjustment;
  return adjusted > 0 ? adjusted : distance;
}

/** Whether two objects of texts have the same keys with the same values. */
export function sameTags(a, b) {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && a[key] === b[key]);
}

/** Keeps how long an event took from the agent, and from its arrival, to the screen; in ms. */
export function takeDelay(state, fromAgent, fromArrival) {
  state.delays.push({ fromAgent, fromArrival });
  trim(state.delays, BOUNDS.delays);
  return ["delays"];
}

function remember(state, event, arrived) {
  state.events.push({ number: state.eventsTotal++, id: event.id, kind: event.event, data: event.data, arrived });
  trim(state.events, BOUNDS.events);
}

function takeMember(state, news, arrived) {
  const member = news.member;
  const known = state.members.get(member.name);
  if (news.kind === "reaped") {
    state.members.delete(member.name);
    state.layout++;
  } else {
    if (known === undefined || !sameTags(known.tags, member.tags)) {
      state.layout++;
    }
    state.members.set(member.name, member);
  }
  // Deleted first, so that the map stays in the order of time and the oldest is its first.
  state.glows.delete(member.name);
  state.glows.set(member.name, arrived);
  if (state.glows.size > BOUNDS.glows) {
    state.glows.delete(state.glows.keys().next().value);
  }
}

function takeAccusation(state, news, arrived) {
  const name = news.member.name;
  if (news.member.status !== "suspect" || news.kind === "reaped") {
    return state.suspicions.delete(name);
  }
  if (news.kind !== "suspected" || news.by === "") {
    return false;
  }
  const accusers = state.suspicions.get(name) ?? new Map();
  if (accusers.size < BOUNDS.accusers && !accusers.has(news.by)) {
    accusers.set(news.by, arrived);
  }
  state.suspicions.set(name, accusers);
  return true;
}

/* Cuts a tenth too much at once: so that the array is not moved for every event. */
function trim(list, most) {
  if (list.length > most) {
    list.splice(0, list.length - Math.floor(most * 0.9));
  }
}
