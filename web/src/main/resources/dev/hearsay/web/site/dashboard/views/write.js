/** The form that writes to a collection of shared state, by its type. */
import { el } from "../common/dom.js";
import { count } from "../format.js";
import { payloadText } from "../text.js";
import { formProblem } from "./form.js";

const TITLES = {
  map: "Put a key",
  set: "Add an element",
  counter: "Count",
  register: "Set the value",
  fact: "Tell something of this agent",
};
const BUTTONS = { map: "Put", set: "Add", counter: "Add", register: "Set", fact: "Tell" };

/**
 * Makes the form.
 *
 * @param type of the collection
 * @param write writes {key, value, ttl, amount}; throws what formProblem takes
 * @returns {element, edit(entry)}: edit fills the form with an entry
 */
export function writeForm(type, write) {
  const fields = fieldsOf(type);
  const result = el("p", { id: "write-result", role: "status" });
  const submit = el("button", { class: "primary", id: "write-submit" }, BUTTONS[type]);
  const element = el(
    "form",
    { id: "write-form", class: "stack", noValidate: true },
    el("h3", {}, TITLES[type]),
    [...fields.values()].flatMap(({ label, input, name }) => [el("label", { for: `write-${name}` }, label), input]),
    el("div", { class: "row" }, submit, result),
  );
  element.addEventListener("submit", async (event) => {
    event.preventDefault();
    submit.disabled = true;
    try {
      const answer = await write(Object.fromEntries([...fields].map(([name, { input }]) => [name, input.value])));
      formProblem(element, result, null);
      result.textContent =
        answer.value === undefined ? "Written here; it spreads now." : `Now ${count(answer.value)} here; it spreads now.`;
    } catch (e) {
      formProblem(element, result, e, inputsByApiName(type, fields));
    }
    submit.disabled = false;
  });
  return {
    element,
    edit: (entry) => {
      if (fields.has("key")) {
        fields.get("key").input.value = entry.key ?? "";
      }
      fields.get("value").input.value = typeof entry.value === "string" ? entry.value : "";
      result.textContent =
        typeof entry.value === "string"
          ? ""
          : `The value is no text (${payloadText(undefined, entry.valueBase64)}): what you write replaces it.`;
      fields.get("value").input.focus();
    },
  };
}

function fieldsOf(type) {
  const fields = new Map();
  const add = (name, label, input) => fields.set(name, { name, label, input });
  const line = (name, more) => el("input", { id: `write-${name}`, autocomplete: "off", spellcheck: false, ...more });
  if (type !== "counter" && type !== "register") {
    add("key", type === "set" ? "Element" : "Key", line("key"));
  }
  if (type === "counter") {
    add("amount", "Amount; a negative one takes off", line("amount", { inputMode: "numeric", value: "1", class: "short" }));
  } else if (type !== "set") {
    add("value", "Value (text)", el("textarea", { id: "write-value", rows: 2, spellcheck: false }));
  }
  if (type !== "fact") {
    add("ttl", "Time to live, as 10m or 1h30m; empty for good", line("ttl", { class: "short" }));
  }
  return fields;
}

/* The agent names a part of the path as its route does, and an element as its body does. */
function inputsByApiName(type, fields) {
  const key = fields.get("key")?.input;
  const all = {
    value: fields.get("value")?.input,
    ttl: fields.get("ttl")?.input,
    amount: fields.get("amount")?.input,
    key,
    element: key,
    name: type === "fact" ? key : undefined,
  };
  return Object.fromEntries(Object.entries(all).filter(([, input]) => input !== undefined));
}
