/** The entries of one collection of shared state: in pages, live, with a form that writes. */
import { el } from "../common/dom.js";
import { count, counted } from "../format.js";
import { WORDS, deleteOf, entriesOf, entriesPath, writeOf } from "../shapes.js";
import { confirm } from "../dialog.js";
import { ownName } from "../store.js";
import { cut, payloadText, shown, visible, visibleBlock, LONG } from "../text.js";
import { formProblem } from "./form.js";
import { seldom } from "./parts.js";
import { setText } from "./table.js";
import { writeForm } from "./write.js";

/** The shortest time between two readings of the entries while changes come. */
const READ_MILLIS = 300;
/** How long an entry that has changed is marked. */
const FRESH_MILLIS = 1500;

/** The card. open({type, name}) shows a collection, open(null) none. */
export class EntriesCard {
  #app;
  #at = null;
  #cursors = [""];
  #prefix = "";
  #rows = new Map();
  #next = null;
  #reads = 0;

  constructor(app) {
    this.#app = app;
    this.title = el("h2", { id: "entries-title" }, "Entries");
    this.note = el("p", { class: "quiet", id: "entries-note", role: "status" });
    this.problem = el("p", { id: "entries-problem", role: "status" });
    this.prefix = el("input", {
      type: "search",
      id: "entries-prefix",
      placeholder: "keys that begin so",
      autocomplete: "off",
      spellcheck: false,
    });
    this.prefixRow = el("div", { class: "row" }, el("label", { for: "entries-prefix" }, "Prefix"), this.prefix);
    this.head = el("tr", {});
    this.body = el("tbody", { id: "entries" });
    this.empty = el("p", { class: "empty", id: "entries-empty" });
    this.before = el("button", { type: "button", id: "entries-before", onclick: () => this.#turn(-1) }, "Before");
    this.after = el("button", { type: "button", id: "entries-after", onclick: () => this.#turn(1) }, "Next");
    this.writing = el("div", { id: "entries-form" });
    this.element = el(
      "section",
      { class: "card", id: "entries-card", "aria-labelledby": "entries-title" },
      this.title,
      this.prefixRow,
      this.note,
      el(
        "div",
        { class: "scroll", tabIndex: 0, role: "region", "aria-label": "Table of entries" },
        el("table", { class: "entries" }, el("thead", {}, this.head), this.body),
      ),
      this.empty,
      el("div", { class: "row pager" }, this.before, this.after),
      this.problem,
      this.writing,
    );
    this.prefix.addEventListener("input", () => {
      this.#prefix = this.prefix.value;
      this.#cursors = [""];
      this.reload();
    });
    this.#blank();
  }

  /** Shows a collection; null: none. */
  open(at) {
    this.#reads++;
    this.#at = at;
    this.#cursors = [""];
    this.#prefix = "";
    this.prefix.value = "";
    this.#rows = new Map();
    this.body.replaceChildren();
    this.#blank();
    if (at !== null) {
      this.#shape();
      this.#read();
    }
  }

  /** A change of shared state, as the stream tells it. */
  changed(news) {
    if (this.#at !== null && news.type === this.#at.type && news.collection === this.#at.name) {
      this.reload();
    }
  }

  /** How far the agent is in fetching everything from another. */
  progress(news) {
    setText(this.note, news.complete ? "" : `The agent is fetching: ${count(news.entries)} of ${count(news.total)} entries.`);
  }

  /** Reads the page anew, soon. */
  reload() {
    this.#ask();
  }

  #ask = seldom(READ_MILLIS, () => this.#at !== null && this.#read());

  async #read() {
    const mine = ++this.#reads;
    const { type, name } = this.#at;
    try {
      const answer = await this.#app.api.get(entriesPath(type, name, this.#prefix, this.#cursors.at(-1)));
      if (mine === this.#reads) {
        this.#show(type, entriesOf(type, answer));
      }
    } catch (e) {
      if (mine === this.#reads) {
        // A register without a value, or facts of nobody: there is nothing, which is no fault.
        this.#show(type, { size: 0, next: null, entries: [] });
        setText(this.note, e.status === 404 ? "" : visible(e.message));
      }
    }
  }

  #blank() {
    setText(this.title, "Entries");
    for (const part of [this.prefixRow, this.before, this.after, this.writing]) {
      part.hidden = true;
    }
    this.head.replaceChildren();
    setText(this.note, "");
    setText(this.problem, "");
    this.empty.hidden = false;
    setText(this.empty, "Choose a collection, or open one by its name: it is there as soon as something is in it.");
  }

  #shape() {
    const { type, name } = this.#at;
    const words = WORDS[type];
    this.title.replaceChildren(`${type} `, shown(name, 60));
    this.prefixRow.hidden = words.key === "" || type === "counter";
    for (const part of [this.before, this.after, this.writing]) {
      part.hidden = false;
    }
    this.head.replaceChildren(
      ...[words.key, words.value].filter((word) => word !== "").map((word) => el("th", { scope: "col" }, word)),
      el("th", { scope: "col", class: "actions" }, el("span", { class: "unseen" }, "Actions")),
    );
    const writable = type !== "fact" || name === ownName(this.#app.state);
    this.form = writable ? writeForm(type, (given) => this.#write(given)) : null;
    this.writing.replaceChildren(
      this.form === null ? el("p", { class: "quiet" }, "Only that member itself can change what it tells.") : this.form.element,
    );
    setText(this.empty, writable ? "Nothing here. Write something below." : "Nothing here.");
  }

  #show(type, page) {
    this.#next = page.next;
    const number = this.#cursors.length;
    const shownNow = `${counted(page.entries.length, "entry", "entries")}`;
    setText(
      this.note,
      page.size === null || page.size === page.entries.length
        ? shownNow
        : `Page ${number}: ${shownNow} of ${count(page.size)}${this.#prefix === "" ? "" : " in all"}`,
    );
    this.empty.hidden = page.entries.length > 0;
    this.before.disabled = number === 1;
    this.after.disabled = page.next === null;
    const rows = new Map();
    for (const entry of page.entries) {
      const known = this.#rows.get(entry.id);
      rows.set(entry.id, known ?? this.#row(type, entry));
      this.#fill(rows.get(entry.id), type, entry, known === undefined && this.#rows.size > 0);
    }
    for (const [id, row] of this.#rows) {
      if (!rows.has(id)) {
        row.element.remove();
      }
    }
    let place = this.body.firstChild;
    for (const row of rows.values()) {
      if (row.element === place) {
        place = place.nextSibling;
      } else {
        this.body.insertBefore(row.element, place);
      }
    }
    this.#rows = rows;
  }

  #row(type, entry) {
    const value = el("td", { class: "value" });
    const row = { element: null, value, entry: null };
    const key =
      WORDS[type].key === "" ? null : el("th", { scope: "row", class: "key" }, shown(payloadText(entry.key, entry.keyBase64), 80));
    const edit =
      WORDS[type].value === "" || this.form === null || type === "counter"
        ? null
        : el("button", { type: "button", class: "plain", "data-action": "edit", onclick: () => this.form.edit(row.entry) }, "Edit");
    const remove =
      this.form === null || type === "counter"
        ? null
        : el(
            "button",
            { type: "button", class: "plain danger", "data-action": "delete", onclick: () => this.#delete(row.entry) },
            "Delete",
          );
    const whole = el(
      "button",
      { type: "button", class: "plain", "data-action": "whole", hidden: true, onclick: () => this.#whole(row) },
      "Whole",
    );
    row.whole = whole;
    row.element = el(
      "tr",
      { "data-key": entry.key ?? entry.keyBase64 ?? "" },
      key,
      WORDS[type].value === "" ? null : value,
      el("td", { class: "actions" }, whole, edit, remove),
    );
    return row;
  }

  #fill(row, type, entry, fresh) {
    const before = row.entry;
    row.entry = entry;
    if (type === "counter") {
      setText(row.value, count(entry.count));
    } else if (type !== "set" && (before === null || before.valueBase64 !== entry.valueBase64)) {
      const text = payloadText(entry.value, entry.valueBase64);
      row.value.replaceChildren(shown(text, 160));
      row.whole.hidden = visible(text).length <= 160;
    }
    const changed = before !== null && (before.valueBase64 !== entry.valueBase64 || before.count !== entry.count);
    if (fresh || changed) {
      row.element.classList.add("fresh");
      setTimeout(() => row.element.classList.remove("fresh"), FRESH_MILLIS);
    }
  }

  /* The whole value below the row's short one, as long as the reader wants it. */
  #whole(row) {
    const text = payloadText(row.entry.value, row.entry.valueBase64);
    row.value.replaceChildren(el("pre", { class: "whole", tabIndex: 0 }, cut(visibleBlock(text), 16 * LONG)));
    row.whole.hidden = true;
  }

  async #write(given) {
    const { type, name } = this.#at;
    const [method, path, body] = writeOf(type, name, given);
    const answer = await this.#app.api.send(method, path, body);
    this.reload();
    return answer;
  }

  async #delete(entry) {
    const { type, name } = this.#at;
    const what = type === "register" ? "all values of the register" : visible(cut(payloadText(entry.key, entry.keyBase64), 80));
    const sure = await confirm(
      `Delete ${what}?`,
      [`It goes from the ${type} '${visible(cut(name, 80))}' for all members. It can be written again, but not brought back.`],
      "Delete",
    );
    if (!sure) {
      return;
    }
    try {
      await this.#app.api.send(...deleteOf(type, name, entry));
      formProblem(this.element, this.problem, null);
    } catch (e) {
      formProblem(this.element, this.problem, e);
    }
    this.reload();
  }

  #turn(pages) {
    if (pages > 0 && this.#next !== null) {
      this.#cursors.push(this.#next);
    } else if (pages < 0 && this.#cursors.length > 1) {
      this.#cursors.pop();
    }
    this.reload();
  }
}
