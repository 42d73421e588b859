/** Asks for the token, when the agent wants one. It is kept for this tab, and is never part of an address. */
import { el } from "../common/dom.js";

/** Makes the form: a dialog that is open while the agent refuses. */
export function tokenForm(app) {
  const input = el("input", {
    type: "password",
    id: "token-input",
    autocomplete: "off",
    required: true,
    maxLength: 1024,
    "aria-describedby": "token-problem",
  });
  const problem = el("p", { id: "token-problem", role: "alert" });
  const form = el(
    "form",
    { id: "token-form" },
    el("h2", { id: "token-title" }, "The agent wants a token"),
    el(
      "p",
      {},
      "It was started with ",
      el("code", {}, "-http-token"),
      " or ",
      el("code", {}, "-http-token-file"),
      ". The token stays in this tab until you close it.",
    ),
    el("label", { for: "token-input" }, "Token"),
    el("div", { class: "row" }, input, el("button", { class: "primary", id: "token-submit" }, "Use it")),
    problem,
  );
  const dialog = el("dialog", { class: "dialog", id: "token-dialog", "aria-labelledby": "token-title" }, form);
  // Without a token there is nothing to go back to.
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    app.session.useToken(input.value.trim());
    input.value = "";
  });
  app.frames.watch(["connection"], () => {
    const { phase, reason } = app.state.connection;
    if (phase === "denied") {
      problem.textContent = reason === "wrong" ? "That is not the agent's token: it refuses it." : "";
      if (!dialog.open) {
        dialog.showModal();
      }
      input.focus();
    } else if (phase !== "connecting" && dialog.open) {
      dialog.close();
    }
  });
  return dialog;
}
