/** The first page: who is there, as a picture and as a table, and what happened last. */
import { el } from "../common/dom.js";
import { count } from "../format.js";
import { matcher } from "../order.js";
import { statusIcon } from "../status.js";
import { STATUSES, countStatuses } from "../store.js";
import { eventLine } from "./lines.js";
import { MemberMap } from "./map.js";
import { card, page, searchField } from "./parts.js";
import { MemberTable, setText } from "./table.js";

/** Most changes beside the picture. */
const LATEST = 6;

/** Makes the page; {element, show(), hide()}. */
export function membersView(app) {
  const { state, frames } = app;
  const filter = { text: "", statuses: new Set(), test: () => true };
  const changed = () => frames.mark("filter");
  const map = new MemberMap(app, () => (filtered(filter) ? (member) => passes(filter, member) : null));
  const table = new MemberTable(app, (name) => map.mark(name));
  const counts = statusCounts(filter, changed);
  const input = searchField("members-filter", "name, address, or tag=value");
  input.addEventListener("input", () => {
    filter.test = matcher(input.value);
    filter.text = input.value.trim();
    changed();
  });
  const latest = el("ol", { class: "latest", id: "latest" });
  const all = el("a", { class: "end", href: "#/events" }, "all events");
  const search = el("span", { class: "row end grow" }, el("label", { for: "members-filter" }, "Filter"), input);
  const element = page(
    "members",
    "Members",
    counts.element,
    el(
      "div",
      { class: "two" },
      el("div", { class: "column" }, map.element, card("latest-title", "Latest changes", all, latest)),
      card("table-title", "Table", search, table.element),
    ),
  );
  const draw = (topics) => {
    if (TABLE_TOPICS.some((topic) => topics.has(topic))) {
      const members = [...state.members.values()].filter((member) => passes(filter, member));
      table.show(members, state.members.size, emptyHint(app, filter));
      counts.show(countStatuses(state.members));
    }
    if (topics.has("events") || topics.has("shown")) {
      showLatest(latest, state);
    }
    map.draw(topics);
  };
  let end = null;
  return {
    element,
    title: () => "Members",
    show: () => {
      end = frames.watch(TOPICS, draw);
      frames.mark("shown");
    },
    hide: () => end?.(),
  };
}

const TOPICS = [
  "members",
  "suspicions",
  "coordinates",
  "agent",
  "events",
  "filter",
  "table",
  "picture",
  "moving",
  "summary",
  "connection",
  "shown",
];
const TABLE_TOPICS = ["members", "coordinates", "agent", "filter", "table", "shown"];

function filtered(filter) {
  return filter.text !== "" || filter.statuses.size > 0;
}

function passes(filter, member) {
  return (filter.statuses.size === 0 || filter.statuses.has(member.status)) && filter.test(member);
}

/* How many have each status; each a switch that shows only those. */
function statusCounts(filter, changed) {
  const parts = new Map();
  for (const status of ["alive", "suspect", "failed", "leaving", "left"]) {
    const number = el("strong", {}, "0");
    const button = el(
      "button",
      { type: "button", class: "count", "aria-pressed": "false", "data-status-filter": status },
      statusIcon(status),
      number,
      status,
    );
    button.addEventListener("click", () => {
      const on = !filter.statuses.delete(status);
      if (on) {
        filter.statuses.add(status);
      }
      button.setAttribute("aria-pressed", String(on));
      changed();
    });
    parts.set(status, { button, number });
  }
  return {
    element: el(
      "div",
      { class: "counts", id: "counts", role: "group", "aria-label": "Show only members that are" },
      [...parts.values()].map((part) => part.button),
    ),
    show: (counts) => {
      for (const status of STATUSES) {
        setText(parts.get(status).number, count(counts.get(status)));
        parts.get(status).button.dataset.count = counts.get(status);
      }
    },
  };
}

function emptyHint(app, filter) {
  if (filtered(filter)) {
    return el("p", {}, "No member matches. A word is looked for in names, addresses and tags; zone=a in the tag zone alone.");
  }
  return el("p", {}, app.session.live ? "This agent knows nobody." : "Nothing is known yet.");
}

function showLatest(list, state) {
  const news = [];
  for (let i = state.events.length - 1; i >= 0 && news.length < LATEST; i--) {
    if (state.events[i].kind === "member" || state.events[i].kind === "gap") {
      news.push(state.events[i]);
    }
  }
  const lines = news.map((event) => eventLine(event, Date.now()));
  list.replaceChildren(
    ...(lines.length > 0 ? lines : [el("li", { class: "empty" }, el("p", {}, "Nothing has happened since this page was opened."))]),
  );
}
