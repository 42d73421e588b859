/** The page of one member: what it says of itself, what others say of it, and what can be done about it. */
import { path } from "../api.js";
import { el } from "../common/dom.js";
import { clock, count, counted, duration } from "../format.js";
import { address } from "../order.js";
import { hashOf } from "../router.js";
import { statusIcon } from "../status.js";
import { ownName, roundTrip, sameTags } from "../store.js";
import { cut, payloadText, shown, visible } from "../text.js";
import { actionsCard } from "./actions.js";
import { eventLine, memberLink } from "./lines.js";
import { card } from "./parts.js";
import { setText } from "./table.js";

/** How many of the nearest and of the farthest members are listed. */
const NEAREST = 5;
/** Most of its facts that are listed. */
const FACTS = 100;
/** Most changes of its history that are listed. */
const HISTORY = 100;
const NO_HISTORY = { entries: [], forgotten: 0, problem: "" };

/** Makes the page; {element, title(), show(parts), hide()}. */
export function memberView(app) {
  const { state, frames } = app;
  const view = { name: "", ends: [], told: null, history: NO_HISTORY };
  const parts = skeleton();
  const actions = actionsCard(app, () => view.name);
  parts.side.append(actions.element);
  const draw = (topics) => {
    const member = state.members.get(view.name);
    drawHead(app, parts, view.name, member);
    if (member !== undefined) {
      drawSelf(app, parts, member, view);
      if (topics.has("coordinates") || topics.has("shown") || topics.has("agent")) {
        drawRoundTrips(state, parts, view.name);
      }
    }
    if (topics.has("events") || topics.has("history") || topics.has("shown")) {
      drawHistory(parts, state, view);
    }
    actions.draw(member);
  };
  const facts = () => showFacts(app, parts, view.name);
  return {
    element: parts.element,
    title: () => visible(cut(view.name, 60)),
    show: ([name]) => {
      Object.assign(view, { name, told: null, history: NO_HISTORY });
      actions.reset();
      view.ends = [
        frames.watch(["members", "suspicions", "coordinates", "agent", "events", "history", "shown"], draw),
        app.session.listen((event) => event.event === "loaded" && loadHistory(app, view)),
        app.shared.listen((news) => {
          if (
            news.kind === "opened" ||
            news.kind === "gap" ||
            (news.kind === "state" && news.data.type === "fact" && news.data.collection === view.name)
          ) {
            facts();
          }
        }),
      ];
      facts();
      loadHistory(app, view);
      frames.mark("shown");
    },
    hide: () => view.ends.splice(0).forEach((end) => end()),
  };
}

function skeleton() {
  const parts = {
    title: el("h1", { id: "member-title" }),
    status: el("p", { class: "status-word", id: "member-status" }),
    self: el("dl", { class: "facts", id: "member-self" }),
    accusers: el("p", { id: "member-accusers" }),
    near: el("ul", { class: "names", id: "member-near" }),
    far: el("ul", { class: "names", id: "member-far" }),
    rttNote: el("p", { class: "quiet" }),
    shared: el("div", { id: "member-facts" }),
    history: el("ol", { class: "events", id: "member-history" }),
    side: el("div", { class: "column" }),
  };
  parts.side.append(
    card(
      "round-title",
      "Round trips",
      null,
      parts.rttNote,
      el(
        "div",
        { class: "halves" },
        el("div", {}, el("h3", {}, "Nearest"), parts.near),
        el("div", {}, el("h3", {}, "Farthest"), parts.far),
      ),
    ),
  );
  parts.element = el(
    "section",
    { class: "page", id: "page-member", "aria-labelledby": "member-title" },
    el("p", { class: "back" }, el("a", { href: "#/members" }, "← All members")),
    el("div", { class: "row heading" }, parts.title, parts.status),
    parts.accusers,
    el(
      "div",
      { class: "two" },
      el(
        "div",
        { class: "column" },
        card("self-title", "What it says of itself", null, parts.self),
        card("history-title", "History", null, parts.history),
        card("facts-title", "Facts in shared state", null, parts.shared),
      ),
      parts.side,
    ),
  );
  return parts;
}

function drawHead(app, parts, name, member) {
  if (parts.told !== name) {
    parts.told = name;
    parts.title.replaceChildren(shown(name, 200));
  }
  const status = member?.status ?? "unknown";
  if (parts.status.dataset.status !== status) {
    parts.status.dataset.status = status;
    parts.status.replaceChildren(
      ...(member === undefined ? ["This agent knows no member of that name."] : [statusIcon(status), ` ${status}`]),
    );
  }
  const accusers = app.state.suspicions.get(name);
  const told = accusers === undefined ? "" : JSON.stringify([...accusers]);
  if (parts.accusers.dataset.told !== told) {
    parts.accusers.dataset.told = told;
    parts.accusers.hidden = accusers === undefined;
    parts.accusers.replaceChildren(
      ...(accusers === undefined
        ? []
        : [
            "Accused by ",
            ...[...accusers].flatMap(([accuser, since], i) => [i > 0 ? ", " : "", memberLink(accuser), ` since ${clock(since)}`]),
            ". It fails unless it refutes in time.",
          ]),
    );
  }
}

function drawSelf(app, parts, member, view) {
  if (view.told !== null && view.told.member === member && view.told.own === ownName(app.state)) {
    return;
  }
  const same = view.told !== null && sameTags(view.told.member.tags, member.tags) && view.told.member.incarnation === member.incarnation;
  view.told = { member, own: ownName(app.state) };
  if (same && parts.self.childElementCount > 0 && parts.self.dataset.address === address(member)) {
    return;
  }
  parts.self.dataset.address = address(member);
  const v = member.versions;
  const rows = [
    ["Address", el("code", {}, address(member))],
    ["Tags", tagList(member)],
    ["Incarnation", count(member.incarnation)],
    [
      "Protocol",
      `${v.protocol} (understands ${v.protocol_min} to ${v.protocol_max}); Serf's ${v.delegate} (${v.delegate_min} to ${v.delegate_max})`,
    ],
    [
      "Beyond Serf",
      member.capabilities.length === 0 ? "nothing: not an agent of Hearsay" : member.capabilities.map((each) => visible(each)).join(", "),
    ],
  ];
  parts.self.replaceChildren(...rows.flatMap(([term, text]) => [el("dt", {}, term), el("dd", {}, text)]));
}

function tagList(member) {
  const keys = Object.keys(member.tags).sort();
  return keys.length === 0
    ? "none"
    : el(
        "ul",
        { class: "tags" },
        keys.map((key) => el("li", { class: "tag", "data-tag": key }, shown(key, 80), " = ", shown(member.tags[key], 300))),
      );
}

function drawRoundTrips(state, parts, name) {
  const own = ownName(state);
  const all = [...state.coordinates.keys()]
    .filter((other) => other !== name && state.members.has(other))
    .map((other) => ({ other, rtt: roundTrip(state, name, other) }))
    .filter((each) => !Number.isNaN(each.rtt))
    .sort((a, b) => a.rtt - b.rtt);
  const line = ({ other, rtt }) => el("li", {}, memberLink(other, 30), el("span", { class: "number" }, duration(rtt)));
  parts.near.replaceChildren(...all.slice(0, NEAREST).map(line));
  parts.far.replaceChildren(...all.slice(NEAREST).slice(-NEAREST).reverse().map(line));
  const error = state.coordinates.get(name)?.error;
  const fromHere = name === own ? "" : `${duration(roundTrip(state, own, name))} from this agent. `;
  setText(
    parts.rttNote,
    error === undefined
      ? "No coordinate of it is known yet."
      : `${fromHere}Estimated from coordinates; its own may be wrong by ${Math.round(error * 100)} %, as it thinks itself.`,
  );
}

/* What the agent remembers; what comes afterwards is in the page's own list of events. */
async function loadHistory(app, view) {
  const name = view.name;
  let answer;
  try {
    answer = await app.api.get(path("v1", "members", name, "history"));
  } catch (e) {
    answer = { forgotten: 0, entries: [], problem: e.status === 404 ? "" : visible(e.message) };
  }
  if (view.name === name) {
    view.history = answer;
    app.frames.mark("history");
  }
}

function drawHistory(parts, state, view) {
  const { entries, forgotten, problem } = view.history;
  const newest = entries.length === 0 ? "" : entries.at(-1).at;
  const heard = state.events.filter((event) => event.kind === "member" && event.data.member.name === view.name && event.data.at > newest);
  const remembered = entries.map((entry, i) => ({
    kind: "member",
    number: `h${i}`,
    data: { at: entry.at, kind: entry.kind, by: entry.by, member: { name: view.name, status: entry.status } },
  }));
  const lines = [...remembered, ...heard].slice(-HISTORY).reverse();
  parts.history.replaceChildren(
    ...lines.map((event) => eventLine(event, Date.now())),
    ...(forgotten > 0 ? [el("li", { class: "empty" }, `${counted(forgotten, "event")} before are forgotten.`)] : []),
    ...(lines.length === 0 ? [el("li", { class: "empty" }, problem || "Nothing has happened to it since this agent started.")] : []),
  );
}

async function showFacts(app, parts, name) {
  let shownNow;
  try {
    const answer = await app.api.get(path("v1", "state", "facts", name) + `?limit=${FACTS}`);
    const text = (plain, base64, most) => shown(payloadText(plain, base64), most);
    shownNow = [
      answer.facts.length === 0
        ? el("p", { class: "empty" }, "It tells nothing of itself there.")
        : el(
            "dl",
            { class: "facts" },
            answer.facts.flatMap((fact) => [
              el("dt", {}, text(fact.key, fact.key_base64, 60)),
              el("dd", {}, text(fact.value, fact.value_base64, 300)),
            ]),
          ),
      answer.next === undefined
        ? null
        : el("p", {}, "There are more: see ", el("a", { href: hashOf("state", "fact", name) }, "State"), "."),
    ];
  } catch (e) {
    shownNow = [el("p", { class: "empty" }, visible(e.message))];
  }
  if (parts.told === name) {
    parts.shared.replaceChildren(...shownNow.filter((each) => each !== null));
  }
}
