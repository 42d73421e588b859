/** Members as a table: sorted, filtered, in pages of rows that are filled anew rather than made anew. */
import { el } from "../common/dom.js";
import { count, duration } from "../format.js";
import { COLUMNS, address, sorted, tagsText } from "../order.js";
import { memberHash } from "../router.js";
import { statusIcon } from "../status.js";
import { ownName, roundTrip } from "../store.js";
import { shown } from "../text.js";

/** Rows of a page. */
export const ROWS = 25;

const TITLES = { status: "Status", name: "Name", address: "Address", rtt: "Round trip", tags: "Tags", incarnation: "Incarnation" };
const HELP = {
  rtt: "From this agent, estimated from coordinates",
  incarnation: "Rises when a member refutes a suspicion or changes its tags",
};

/** The table. show(members) fills it; onHover(name or null) is called when a row is pointed at. */
export class MemberTable {
  #app;
  #sort = { column: "name", down: false };
  #page = 0;
  #rows = [];
  #members = [];
  #onHover;

  constructor(app, onHover) {
    this.#app = app;
    this.#onHover = onHover;
    this.heads = new Map(COLUMNS.map((column) => [column, this.#head(column)]));
    this.body = el("tbody", {});
    this.range = el("p", { class: "quiet", id: "members-range", role: "status" });
    this.before = el("button", { type: "button", id: "members-before", onclick: () => this.#turn(-1) }, "Before");
    this.after = el("button", { type: "button", id: "members-after", onclick: () => this.#turn(1) }, "Next");
    this.empty = el("div", { class: "empty", hidden: true });
    this.element = el(
      "div",
      { class: "member-table" },
      el(
        "div",
        { class: "scroll", tabIndex: 0, role: "region", "aria-label": "Table of members" },
        el("table", { id: "members-table" }, el("thead", {}, el("tr", {}, [...this.heads.values()])), this.body),
        this.empty,
      ),
      el("div", { class: "row pager" }, this.range, this.before, this.after),
    );
    this.#showSort();
  }

  /** Fills the table with those members, of so many in all; hint is what to say if there are none. */
  show(members, total, hint) {
    const own = ownName(this.#app.state);
    this.#members = sorted(this.#app.state, members, this.#sort.column, this.#sort.down, own);
    this.#page = Math.max(0, Math.min(this.#page, Math.ceil(members.length / ROWS) - 1));
    this.#fill(own);
    const first = this.#page * ROWS;
    const last = Math.min(members.length, first + ROWS);
    const of = members.length === total ? count(total) : `${count(members.length)} that match, of ${count(total)}`;
    setText(this.range, members.length === 0 ? `None of ${count(total)}` : `${count(first + 1)} to ${count(last)} of ${of}`);
    this.before.disabled = first === 0;
    this.after.disabled = last >= members.length;
    this.empty.hidden = members.length > 0;
    if (members.length === 0) {
      this.empty.replaceChildren(hint);
    }
  }

  #fill(own) {
    const shownNow = this.#members.slice(this.#page * ROWS, this.#page * ROWS + ROWS);
    while (this.#rows.length < shownNow.length) {
      this.#rows.push(this.#row());
    }
    this.#rows.forEach((row, i) => {
      if (i < shownNow.length) {
        this.#update(row, shownNow[i], own);
        if (row.element.parentNode === null) {
          this.body.append(row.element);
        }
      } else {
        row.element.remove();
      }
    });
  }

  #row() {
    const cells = Object.fromEntries(COLUMNS.map((column) => [column, el(column === "name" ? "th" : "td", { class: `of-${column}` })]));
    cells.name.setAttribute("scope", "row");
    const link = el("a", {});
    const here = el("span", { class: "here", hidden: true }, "this agent");
    cells.name.append(link, here);
    const row = {
      element: el(
        "tr",
        {},
        COLUMNS.map((column) => cells[column]),
      ),
      cells,
      link,
      here,
      member: null,
      rtt: null,
      own: null,
    };
    row.element.addEventListener("pointerenter", () => this.#onHover(row.member.name));
    row.element.addEventListener("pointerleave", () => this.#onHover(null));
    return row;
  }

  /* Writes only what differs from what is there: a thousand events a second touch few cells. */
  #update(row, member, own) {
    const before = row.member;
    const rtt = member.name === own ? "" : roundTrip(this.#app.state, own, member.name);
    const rttText = rtt === "" ? "" : duration(rtt);
    if (before?.name !== member.name) {
      row.element.dataset.name = member.name;
      row.link.href = memberHash(member.name);
      row.link.replaceChildren(shown(member.name, 48));
    }
    if (before?.name !== member.name || row.own !== own) {
      row.here.hidden = member.name !== own;
      row.own = own;
    }
    if (before?.status !== member.status) {
      row.element.dataset.status = member.status;
      row.cells.status.replaceChildren(statusIcon(member.status), ` ${member.status}`);
    }
    if (before !== member) {
      setText(row.cells.address, address(member));
      setText(row.cells.incarnation, String(member.incarnation));
      if (before === null || tagsText(before) !== tagsText(member)) {
        row.cells.tags.replaceChildren(tagsText(member) === "" ? "" : shown(tagsText(member), 90));
      }
    }
    setText(row.cells.rtt, rttText);
    row.member = member;
  }

  #head(column) {
    const button = el(
      "button",
      { type: "button", class: "plain sort", title: HELP[column], "data-sort": column, onclick: () => this.#sortBy(column) },
      TITLES[column],
    );
    return el("th", { scope: "col", class: `of-${column}`, "aria-sort": "none" }, button);
  }

  #sortBy(column) {
    this.#sort = { column, down: this.#sort.column === column && !this.#sort.down };
    this.#page = 0;
    this.#showSort();
    this.#app.frames.mark("table");
  }

  #showSort() {
    for (const [column, head] of this.heads) {
      head.setAttribute("aria-sort", column !== this.#sort.column ? "none" : this.#sort.down ? "descending" : "ascending");
    }
  }

  #turn(pages) {
    this.#page += pages;
    this.#app.frames.mark("table");
  }
}

/** Sets the text of an element if it differs: an assignment, even of the same text, costs a new layout. */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}
