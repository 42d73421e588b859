/** What can be done about a member: have it regarded as left; and of the agent's own, change its tags, or leave. */
import { path } from "../api.js";
import { el } from "../common/dom.js";
import { confirm } from "../dialog.js";
import { ownName } from "../store.js";
import { cut, visible } from "../text.js";
import { formProblem } from "./form.js";

/** Most tags of the form: a member's all have to fit into 512 bytes. */
const MOST_TAGS = 100;

/** Makes the card; {element, draw(member), reset()}. */
export function actionsCard(app, name) {
  const result = el("p", { id: "action-result", role: "status" });
  const force = el("button", { type: "button", class: "danger", id: "force-leave" }, "Force leave …");
  const prune = el("input", { type: "checkbox", id: "force-leave-prune" });
  const forceNote = el("p", { class: "quiet", id: "force-leave-note" });
  const forcePart = el(
    "div",
    {},
    forceNote,
    el("div", { class: "row" }, force, el("label", { class: "check" }, prune, "forget it at once (prune)")),
  );
  const tags = tagsForm(app, result);
  const leave = el("button", { type: "button", class: "danger", id: "leave" }, "Leave …");
  const ownPart = el(
    "div",
    {},
    tags.element,
    el("h3", { class: "apart" }, "Leave"),
    el("p", { class: "quiet" }, "Says goodbye to the cluster, and ends the agent that serves this page."),
    leave,
  );
  force.addEventListener("click", () => forceLeave(app, name(), prune.checked, result));
  leave.addEventListener("click", () => leaveCluster(app, result));
  return {
    element: el(
      "section",
      { class: "card", id: "actions", "aria-labelledby": "actions-title" },
      el("h2", { id: "actions-title" }, "Actions"),
      forcePart,
      ownPart,
      result,
    ),
    draw: (member) => {
      const own = member !== undefined && member.name === ownName(app.state);
      forcePart.hidden = own || member === undefined;
      ownPart.hidden = !own;
      force.disabled = member?.status !== "failed";
      forceNote.textContent = force.disabled
        ? "Only a member that has failed can be made to leave."
        : "It has failed. If it will not come back, have all members regard it as left.";
      if (own) {
        tags.fill(member.tags);
      }
    },
    reset: () => {
      result.textContent = "";
      prune.checked = false;
      tags.reset();
    },
  };
}

async function forceLeave(app, name, prune, result) {
  const sure = await confirm(
    `Have '${cut(visible(name), 60)}' regarded as left?`,
    [
      "All members are told that it has left for good: they stop trying to reach it.",
      prune ? "They forget it at once, its tags and its history, too." : "They remember it as left for a day or so, then forget it.",
      "If it still runs, it hears of it and refutes: nothing is shut down there.",
    ],
    "Force leave",
  );
  if (sure) {
    await tell(result, () => app.api.send("POST", path("v1", "members", name, "force-leave"), { prune }), "Told to all members.");
  }
}

async function leaveCluster(app, result) {
  const own = ownName(app.state);
  const sure = await confirm(
    `Have this agent, '${cut(visible(own), 60)}', leave?`,
    [
      "It says goodbye to the cluster, so nobody takes it for failed, and its process ends.",
      "This page then gets no answers any more: starting the agent again is done at its machine.",
    ],
    "Leave and end",
  );
  if (sure) {
    await tell(result, () => app.api.send("POST", "/v1/leave"), "It has left; its process ends.");
  }
}

async function tell(result, act, done) {
  try {
    await act();
    formProblem(result.parentElement, result, null);
    result.textContent = done;
  } catch (e) {
    formProblem(result.parentElement, result, e);
  }
}

/* A key and its value; changed() is called when it is taken away. */
function tagRow(key, value, changed) {
  const field = (name, text, label, placeholder) =>
    el("input", { class: name, value: text, "aria-label": label, autocomplete: "off", spellcheck: false, placeholder });
  const away = el("button", { type: "button", class: "plain danger", "aria-label": "Take this tag away" }, "✕");
  const fields = [field("tag-key", key, "Tag", "tag"), field("tag-value", value, "Value of the tag", "value")];
  const line = el("div", { class: "row tag-row" }, fields, away);
  away.addEventListener("click", () => {
    line.remove();
    changed();
  });
  return line;
}

/* Rows of key and value. What the reader has begun to write is not overwritten by what the agent says meanwhile. */
function tagsForm(app, result) {
  const rows = el("div", { class: "tag-rows", id: "tag-rows" });
  let touched = false;
  let told = "";
  const touch = () => {
    touched = true;
  };
  const add = el("button", { type: "button", id: "tag-add" }, "Add a tag");
  add.addEventListener("click", () => {
    if (rows.childElementCount < MOST_TAGS) {
      rows.append(tagRow("", "", touch));
      rows.lastChild.firstChild.focus();
      touch();
    }
  });
  const form = el(
    "form",
    { id: "tags-form", class: "stack", noValidate: true },
    el("h3", {}, "Tags"),
    rows,
    el("div", { class: "row" }, add, el("button", { class: "primary", id: "tags-submit" }, "Save tags")),
  );
  form.addEventListener("input", touch);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const pairs = [...rows.children]
      .map((line) => [...line.querySelectorAll("input")].map((input) => input.value))
      .filter(([key]) => key !== "");
    await tell(result, () => app.api.send("PUT", "/v1/agent/tags", { tags: Object.fromEntries(pairs) }), "Saved; all members hear of it.");
    touched = result.classList.contains("problem");
  });
  return {
    element: form,
    fill: (tags) => {
      const text = JSON.stringify(tags);
      if (!touched && text !== told) {
        told = text;
        rows.replaceChildren(
          ...Object.keys(tags)
            .sort()
            .map((key) => tagRow(key, tags[key], touch)),
        );
      }
    },
    reset: () => {
      touched = false;
      told = "";
    },
  };
}
