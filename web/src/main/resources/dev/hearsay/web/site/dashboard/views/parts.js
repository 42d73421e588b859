/** Pieces of which the pages are made. */
import { el } from "../common/dom.js";

/** A page: a section with a heading, of which `beside` stands in the same line. */
export function page(name, title, beside, ...children) {
  const id = `${name}-title`;
  const heading = el("div", { class: "row heading" }, el("h1", { id }, title), beside);
  return el("section", { class: "page", id: `page-${name}`, "aria-labelledby": id }, heading, children);
}

/** A card with a heading, of which `beside` stands at the end of the same line; id is the heading's. */
export function card(id, title, beside, ...children) {
  const heading = el("h2", { id }, title);
  return el(
    "section",
    { class: "card", "aria-labelledby": id },
    beside === null ? heading : el("div", { class: "row" }, heading, beside),
    children,
  );
}

/** A field to search with. */
export function searchField(id, placeholder) {
  return el("input", { type: "search", id, placeholder, autocomplete: "off", spellcheck: false, maxLength: 200 });
}

/**
 * Has something read soon, but not more often than that: asks that come while it waits are one.
 *
 * @returns a function that asks
 */
export function seldom(millis, read) {
  let timer = null;
  let asked = false;
  const ask = () => {
    asked = true;
    if (timer === null) {
      asked = false;
      timer = setTimeout(() => {
        timer = null;
        if (asked) {
          ask();
        }
      }, millis);
      read();
    }
  };
  return ask;
}
