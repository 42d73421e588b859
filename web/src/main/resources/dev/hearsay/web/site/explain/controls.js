/** The one thing to touch of each step. */
import { el } from "../common/dom.js";
import { text } from "./language.js";

/** A button with the text of that key. */
export function button(key, onclick) {
  return el("button", { type: "button", "data-control": key.split(".")[1], onclick }, text(key));
}

/**
 * A slider with its value beside it. `shown` makes a position readable; `changed` hears of it at once, with the position.
 *
 * @param key of its label
 */
export function slider({ key, min, max, step = 1, value, shown, changed }) {
  const name = key.split(".")[1];
  const id = key.replace(".", "-");
  const output = el("output", { for: id, class: "mono" }, shown(value));
  const input = el("input", { id, type: "range", "data-control": name, "aria-valuetext": shown(value) });
  // In this order: a range's value is clamped by its ends.
  Object.assign(input, { min, max, step });
  input.value = value;
  input.addEventListener("input", () => {
    const position = Number(input.value);
    output.textContent = shown(position);
    input.setAttribute("aria-valuetext", shown(position));
    changed(position);
  });
  return el("div", { class: "slider" }, el("label", { for: id }, text(key)), output, input);
}

/** Buttons of which one is pressed. `options` are [value, key of its text]. */
export function choice({ key, options, value, changed }) {
  const id = key.replace(".", "-");
  const buttons = options.map(([option, label]) => el("button", {
    type: "button", "data-control": `${key.split(".")[1]}-${option}`, "aria-pressed": String(option === value),
    onclick: (event) => {
      for (const other of buttons) {
        other.setAttribute("aria-pressed", String(other === event.currentTarget));
      }
      changed(option);
    },
  }, text(label)));
  return el("div", { class: "choice", role: "group", "aria-labelledby": id },
    el("span", { class: "label", id }, text(key)), buttons);
}
