/** English or Russian: as the address says, else as chosen before, else as the browser asks. */
import english from "./text.en.js";
import russian from "./text.ru.js";

const KEY = "hearsay.language";
const TEXTS = { en: english, ru: russian };

/** "en" or "ru". */
export const language = choose();

const numbers = new Map();

/** The text of that key, with {name} filled in from the values; numbers are written as the language does. */
export function text(key, values = {}) {
  const found = TEXTS[language][key];
  if (found === undefined) {
    throw new Error(`no text '${key}' in '${language}'`);
  }
  return found.replace(/\{(\w+)\}/g, (place, name) => {
    if (!(name in values)) {
      throw new Error(`text '${key}' wants a value for ${place}`);
    }
    return typeof values[name] === "number" ? number(values[name]) : String(values[name]);
  });
}

/** A number as the language writes it, with that many digits after the point. */
export function number(value, digits = 0) {
  if (!numbers.has(digits)) {
    // Russian groups digits from five on, English from four: as their readers expect.
    const useGrouping = language === "ru" ? "min2" : "always";
    const form = { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping };
    numbers.set(digits, new Intl.NumberFormat(language, form));
  }
  return numbers.get(digits).format(value);
}

/** A span of time: milliseconds below one second, else seconds with a digit after the point. */
export function span(ms) {
  return ms < 1000 ? text("unit.ms", { value: number(Math.round(ms)) }) : text("unit.s", { value: number(ms / 1000, 1) });
}

/** Fills in what has data-text (a text) or data-label (a name for assistive technology), and tells the page its language. */
export function fill(root) {
  document.documentElement.lang = language;
  for (const element of root.querySelectorAll("[data-text]")) {
    element.textContent = text(element.dataset.text);
  }
  for (const element of root.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", text(element.dataset.label));
  }
}

/** The address of this page in that language, at that place (an id, or ""). */
export function address(lang, place) {
  return `?lang=${lang}${place ? `#${place}` : ""}`;
}

function choose() {
  const asked = new URLSearchParams(location.search).get("lang");
  if (asked in TEXTS) {
    remember(asked);
    return asked;
  }
  const kept = remembered();
  if (kept in TEXTS) {
    return kept;
  }
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase());
  return wanted.find((tag) => tag in TEXTS) ?? "en";
}

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    // Some browsers refuse storage to pages from files, or to all.
    return null;
  }
}

function remember(lang) {
  try {
    localStorage.setItem(KEY, lang);
  } catch {
    // As above: then the address alone says it.
  }
}
