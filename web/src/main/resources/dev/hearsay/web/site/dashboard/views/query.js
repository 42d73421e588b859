/** A question to the members, and the answers as they arrive. */
import { el } from "../common/dom.js";
import { count, counted, duration } from "../format.js";
import { readEvents } from "../sse.js";
import { payloadText, shown } from "../text.js";
import { formProblem } from "./form.js";
import { memberLink } from "./lines.js";
import { card, page } from "./parts.js";
import { setText } from "./table.js";

/** Most answers, acks and silent members that are listed; of more, the number is told. */
const MOST_LISTED = 500;

/** Makes the page; {element, title(), show(), hide()}. */
export function queryView(app) {
  const run = { asked: 0, acks: 0, answers: 0, rows: [], done: null, over: "", abort: null };
  const results = resultsCard();
  const form = queryForm();
  const draw = () => results.draw(run);
  form.element.addEventListener("submit", async (event) => {
    event.preventDefault();
    let body;
    try {
      body = form.body();
    } catch (e) {
      formProblem(form.element, form.result, e, form.fields);
      return;
    }
    formProblem(form.element, form.result, null);
    form.running(true);
    results.clear();
    try {
      await ask(app, run, body);
    } catch (e) {
      run.over = e.name === "AbortError" ? "Stopped" : "Refused";
      if (e.name !== "AbortError") {
        formProblem(form.element, form.result, e, form.fields);
      }
    }
    form.running(false);
    app.frames.mark("query");
  });
  form.stop.addEventListener("click", () => run.abort?.abort());
  let end = null;
  return {
    element: page("query", "Query", null, el("div", { class: "two wide-right" }, form.card, results.element)),
    title: () => "Query",
    show: () => {
      end = app.frames.watch(["query"], draw);
      app.frames.mark("query");
    },
    hide: () => end?.(),
  };
}

async function ask(app, run, body) {
  Object.assign(run, { asked: performance.now(), acks: 0, answers: 0, rows: [], done: null, over: "", abort: new AbortController() });
  const response = await app.api.open("/v1/queries", { method: "POST", body, signal: run.abort.signal });
  let refused = null;
  await readEvents(response, "", (events) => {
    for (const each of events) {
      const data = JSON.parse(each.data);
      if (each.event === "ack" || each.event === "answer") {
        take(run, each.event, data);
      } else if (each.event === "done") {
        run.done = data;
      } else if (each.event === "error") {
        refused = Object.assign(new Error(data.error.message), { field: data.error.field });
      }
    }
    app.frames.mark("query");
  });
  if (refused !== null) {
    throw refused;
  }
}

function take(run, kind, data) {
  run[kind === "ack" ? "acks" : "answers"]++;
  if (run.rows.length < MOST_LISTED) {
    run.rows.push({ kind, data, after: (performance.now() - run.asked) / 1000 });
  }
}

function queryForm() {
  const input = (id, more) => el("input", { id, autocomplete: "off", spellcheck: false, ...more });
  const fields = {
    name: input("query-name", {}),
    payload: el("textarea", { id: "query-payload", rows: 2, spellcheck: false }),
    nodes: input("query-nodes", { placeholder: "all; or names with commas between" }),
    tags: input("query-tags", { placeholder: "all; or zone=a role=^web" }),
    timeout: input("query-timeout", { placeholder: "by the size of the cluster; or 5s", class: "short" }),
  };
  const ack = el("input", { type: "checkbox", id: "query-ack", checked: true });
  const result = el("p", { id: "query-problem", role: "status" });
  const submit = el("button", { class: "primary", id: "query-submit" }, "Ask");
  const stop = el("button", { type: "button", id: "query-stop", disabled: true }, "Stop");
  const label = (name, text) => el("label", { for: `query-${name}` }, text);
  const element = el(
    "form",
    { id: "query-form", class: "stack", noValidate: true },
    label("name", "Name"),
    fields.name,
    label("payload", "Payload (text)"),
    fields.payload,
    label("nodes", "Members"),
    fields.nodes,
    label("tags", "Tags, with expressions (RE2) found in their values"),
    fields.tags,
    label("timeout", "Timeout"),
    fields.timeout,
    el("label", { class: "check" }, ack, "whoever hears it says so at once (ack)"),
    el("div", { class: "row" }, submit, stop),
    result,
  );
  return {
    element,
    fields,
    result,
    stop,
    card: card("ask-title", "Ask the members", null, el("p", { class: "quiet" }, "Those answer that have a handler for it."), element),
    running: (on) => {
      submit.disabled = on;
      stop.disabled = !on;
    },
    body: () => queryBody(fields, ack.checked),
  };
}

/* What the form asks for; throws an Error with the field if tags have no "=". */
function queryBody(fields, ack) {
  const body = { name: fields.name.value, ack };
  const nodes = fields.nodes.value
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  const tags = fields.tags.value.split(/\s+/).filter((word) => word !== "");
  if (fields.payload.value !== "") {
    body.payload = fields.payload.value;
  }
  if (nodes.length > 0) {
    body.nodes = nodes;
  }
  if (tags.length > 0) {
    const wrong = tags.find((word) => word.indexOf("=") < 1);
    if (wrong !== undefined) {
      throw Object.assign(new Error(`tags: '${wrong}' must be KEY=EXPRESSION`), { field: "tags" });
    }
    body.tags = Object.fromEntries(tags.map((word) => [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)]));
  }
  if (fields.timeout.value.trim() !== "") {
    body.timeout = fields.timeout.value.trim();
  }
  return body;
}

function resultsCard() {
  const status = el("p", { id: "query-status", role: "status" });
  const rows = el("tbody", { id: "query-answers" });
  const silent = el("ul", { class: "names", id: "query-silent" });
  const silentTitle = el("h3", {}, "Silent");
  const table = el(
    "table",
    { class: "answers" },
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        ["After", "Member", "Says"].map((title) => el("th", { scope: "col" }, title)),
      ),
    ),
    rows,
  );
  let drawn = 0;
  return {
    element: card(
      "answers-title",
      "Answers",
      null,
      status,
      el("div", { class: "scroll", tabIndex: 0, role: "region", "aria-label": "Table of answers" }, table),
      silentTitle,
      silent,
    ),
    clear: () => {
      rows.replaceChildren();
      drawn = 0;
    },
    draw: (run) => {
      for (; drawn < run.rows.length; drawn++) {
        rows.append(answerRow(run.rows[drawn]));
      }
      setText(status, statusOf(run));
      const quiet = run.done?.silent ?? [];
      silentTitle.hidden = run.done === null;
      setText(silentTitle, quiet.length === 0 ? "Nobody was silent" : `Silent: ${counted(quiet.length, "member")}`);
      silent.replaceChildren(
        ...quiet.slice(0, MOST_LISTED).map((name) => el("li", {}, memberLink(name))),
        ...(quiet.length > MOST_LISTED ? [el("li", {}, `and ${count(quiet.length - MOST_LISTED)} more`)] : []),
      );
    },
  };
}

function answerRow({ kind, data, after }) {
  const says =
    kind === "ack" ? el("span", { class: "quiet" }, "has heard it (ack)") : shown(payloadText(data.payload, data.payload_base64), 300);
  return el(
    "tr",
    { "data-kind": kind, "data-name": data.from },
    el("td", {}, duration(after)),
    el("td", {}, memberLink(data.from)),
    el("td", { class: "value" }, says),
  );
}

function statusOf(run) {
  if (run.asked === 0) {
    return "Ask something, and answers appear here one by one.";
  }
  const heard = `${counted(run.answers, "answer")}${run.acks > 0 ? `, ${counted(run.acks, "ack")}` : ""}`;
  const more = run.answers + run.acks > run.rows.length ? ` (the first ${count(run.rows.length)} are listed)` : "";
  if (run.done !== null) {
    return `${run.done.complete ? "Everybody answered" : "Over"}: ${heard} in ${duration(run.done.took_seconds)}${more}.`;
  }
  return run.over === "" ? `Waiting: ${heard} so far${more}.` : `${run.over}: ${heard}${more}.`;
}
