/** A dialog that asks before something is done that cannot be taken back. */
import { el } from "./common/dom.js";

/**
 * Asks, and says what will happen.
 *
 * @param title what is to be done, as a question
 * @param lines what it does, as elements or texts
 * @param action what the button that does it is called
 * @returns a promise of whether the reader wants it
 */
export function confirm(title, lines, action) {
  return new Promise((resolve) => {
    const no = el("button", { type: "button", "data-action": "dialog-cancel" }, "Cancel");
    const yes = el("button", { type: "button", class: "danger", "data-action": "dialog-confirm" }, action);
    const dialog = el(
      "dialog",
      { class: "dialog", "aria-labelledby": "dialog-title" },
      el("h2", { id: "dialog-title" }, title),
      lines.map((line) => el("p", {}, line)),
      el("div", { class: "row end" }, no, yes),
    );
    let answer = false;
    no.addEventListener("click", () => dialog.close());
    yes.addEventListener("click", () => {
      answer = true;
      dialog.close();
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
    no.focus();
  });
}
