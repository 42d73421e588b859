/** What all members share: collections on one side, the entries of one on the other, live. */
import { el } from "../common/dom.js";
import { bytes, count, counted } from "../format.js";
import { hashOf } from "../router.js";
import { TYPES, WORDS } from "../shapes.js";
import { shown, visible } from "../text.js";
import { EntriesCard } from "./entries.js";
import { card, page, seldom } from "./parts.js";
import { setText } from "./table.js";

/** Most collections of each type that are listed. */
const MOST_COLLECTIONS = 500;
/** The shortest time between two readings of the list while changes come. */
const LIST_MILLIS = 1500;

/** Makes the page; {element, title(), show(parts), hide()}. */
export function stateView(app) {
  const view = { open: null, end: null };
  const list = el("div", { id: "collections" });
  const figures = el("p", { class: "quiet", id: "state-figures" });
  const entries = new EntriesCard(app);
  const load = async () => {
    try {
      const answer = await app.api.get(`/v1/state?limit=${MOST_COLLECTIONS}`);
      showFigures(figures, answer);
      showCollections(list, answer, view.open);
    } catch (e) {
      list.replaceChildren(el("p", { class: "empty", id: "state-problem" }, visible(e.message)));
      setText(figures, "");
    }
  };
  const read = seldom(LIST_MILLIS, () => view.end !== null && load());
  const hear = (news) => {
    if (news.kind === "state") {
      entries.changed(news.data);
    } else if (news.kind === "opened" || news.kind === "gap") {
      entries.reload();
    } else if (news.kind === "progress") {
      entries.progress(news.data);
    }
    read();
  };
  const collections = card("collections-title", "Collections", null, openForm(), list);
  return {
    element: page("state", "Shared state", figures, el("div", { class: "two wide-right" }, collections, entries.element)),
    title: () => "State",
    show: ([type, name]) => {
      view.open = TYPES.includes(type) && name !== undefined ? { type, name } : null;
      entries.open(view.open);
      view.end = app.shared.listen(hear);
      load();
    },
    hide: () => {
      entries.open(null);
      view.end?.();
      view.end = null;
    },
  };
}

/* A collection is there as soon as something is in it: so any may be opened. */
function openForm() {
  const type = el(
    "select",
    { id: "open-type", "aria-label": "Type" },
    TYPES.filter((each) => each !== "fact").map((each) => el("option", { value: each }, each)),
  );
  const name = el("input", {
    id: "open-name",
    placeholder: "name",
    required: true,
    autocomplete: "off",
    spellcheck: false,
    "aria-label": "Name of a collection",
  });
  const form = el("form", { class: "row", id: "open-form" }, type, name, el("button", {}, "Open"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    location.hash = hashOf("state", type.value, name.value);
    name.value = "";
  });
  return form;
}

function showFigures(element, answer) {
  const { stats, limits } = answer;
  const refused = Number(stats.quarantined ?? 0);
  setText(
    element,
    `${count(Number(stats.entries))} of at most ${count(limits.entries)} entries, ${bytes(Number(stats.bytes))} of ${bytes(limits.bytes)}` +
      (refused > 0 ? `; ${counted(refused, "entry", "entries")} could not be right (hearsay state)` : ""),
  );
}

function showCollections(list, answer, open) {
  const types = TYPES.map((type) => answer.types.find((each) => each.type === type)).filter((each) => each !== undefined);
  const focused = document.activeElement?.closest?.("#collections a")?.getAttribute("href");
  list.replaceChildren(
    ...types.map(({ type, total, collections }) =>
      el(
        "section",
        { "data-type": type },
        el("h3", {}, `${WORDS[type].many} `, el("span", { class: "quiet" }, count(total))),
        total === 0
          ? el("p", { class: "quiet small" }, EMPTY[type])
          : el(
              "ul",
              { class: "collections" },
              collections.map((each) => collectionLine(type, each, open)),
              total > collections.length ? el("li", { class: "quiet" }, `and ${count(total - collections.length)} more`) : null,
            ),
      ),
    ),
  );
  if (focused !== undefined && focused !== null) {
    [...list.querySelectorAll("a")].find((link) => link.getAttribute("href") === focused)?.focus();
  }
}

function collectionLine(type, { name, size }, open) {
  const current = open !== null && open.type === type && open.name === name;
  return el(
    "li",
    { "data-collection": name },
    el("a", { href: hashOf("state", type, name), "aria-current": current ? "true" : null }, shown(name, 40)),
    type === "counter" ? null : el("span", { class: "quiet" }, ` ${count(size)}`),
  );
}

const EMPTY = {
  map: "None. Open one by name above and put a key, or: ./hearsay map put NAME KEY VALUE",
  set: "None.",
  counter: "None.",
  register: "None.",
  fact: "No member tells anything of itself.",
};
