/** The stream of what happens, and a form to tell all members something. */
import { el } from "../common/dom.js";
import { count, counted } from "../format.js";
import { BOUNDS } from "../store.js";
import { formProblem } from "./form.js";
import { eventLine, searchText } from "./lines.js";
import { card, page, searchField } from "./parts.js";
import { setText } from "./table.js";

/** Most lines in the list; the page keeps BOUNDS.events, of which these are the newest that match. */
const LINES = 200;
const KINDS = ["member", "user", "query", "state"];

/** Makes the page; {element, title(), show(), hide()}. */
export function eventsView(app) {
  const { state, frames } = app;
  const view = { kinds: new Set(KINDS.slice(0, 3)), text: "", pausedAt: null, end: null, endShared: null };
  const list = el("ol", { class: "events", id: "events" });
  const note = el("p", { class: "quiet", id: "events-note", role: "status" });
  const hearShared = () => {
    const wanted = view.end !== null && view.kinds.has("state");
    if (wanted && view.endShared === null) {
      view.endShared = app.shared.listen(() => {});
    } else if (!wanted) {
      view.endShared?.();
      view.endShared = null;
    }
  };
  const stream = card("stream-title", "As they happen", buttons(app, view), tools(app, view, hearShared), note, list);
  return {
    element: page("events", "Events", null, el("div", { class: "two wide-left" }, stream, publishCard(app))),
    title: () => "Events",
    show: () => {
      view.end = frames.watch(["events", "shown"], () => draw(list, note, state, view));
      hearShared();
      frames.mark("shown");
    },
    hide: () => {
      view.end?.();
      view.end = null;
      hearShared();
    },
  };
}

function buttons({ state, frames }, view) {
  const pause = el("button", { type: "button", id: "events-pause", "aria-pressed": "false" }, "Pause");
  const clear = el("button", { type: "button", id: "events-clear" }, "Clear");
  pause.addEventListener("click", () => {
    view.pausedAt = view.pausedAt === null ? state.eventsTotal : null;
    pause.setAttribute("aria-pressed", String(view.pausedAt !== null));
    setText(pause, view.pausedAt === null ? "Pause" : "Go on");
    frames.mark("events");
  });
  clear.addEventListener("click", () => {
    state.events.length = 0;
    frames.mark("events");
  });
  return el("span", { class: "row end" }, pause, clear);
}

function tools({ frames }, view, hearShared) {
  const input = searchField("events-filter", "name, kind, payload");
  input.addEventListener("input", () => {
    view.text = input.value.trim().toLowerCase();
    frames.mark("events");
  });
  const kinds = KINDS.map((kind) => {
    const box = el("input", { type: "checkbox", id: `events-kind-${kind}`, checked: view.kinds.has(kind) });
    box.addEventListener("change", () => {
      if (box.checked) {
        view.kinds.add(kind);
      } else {
        view.kinds.delete(kind);
      }
      hearShared();
      frames.mark("events");
    });
    return el("label", { class: "check" }, box, kind);
  });
  return el(
    "div",
    { class: "row tools" },
    el("fieldset", { class: "checks" }, el("legend", { class: "unseen" }, "Kinds"), kinds),
    el("span", { class: "row grow" }, el("label", { for: "events-filter" }, "Filter"), input),
  );
}

function draw(list, note, state, view) {
  const matching = [];
  let newer = 0;
  for (let i = state.events.length - 1; i >= 0 && matching.length < LINES; i--) {
    const event = state.events[i];
    if ((event.kind === "gap" || view.kinds.has(event.kind)) && (view.text === "" || searchText(event).includes(view.text))) {
      if (view.pausedAt !== null && event.number >= view.pausedAt) {
        newer++;
      } else {
        matching.push(event);
      }
    }
  }
  if (matching.length === 0) {
    list.replaceChildren(
      el(
        "li",
        { class: "empty" },
        el(
          "p",
          {},
          view.text === ""
            ? "Nothing of these kinds has happened since this page was opened. Publish an event to see one."
            : "Nothing matches.",
        ),
      ),
    );
  } else {
    merge(list, matching);
  }
  const kept = `Listed: ${count(matching.length)}, of ${counted(state.events.length, "event")} kept. At most ${LINES} are listed and ${count(BOUNDS.events)} kept: the oldest go.`;
  setText(note, view.pausedAt === null ? kept : `Paused; ${counted(newer, "newer event waits", "newer events wait")}.`);
}

/* New lines are put in front, and old ones taken off: those between stay as they are. */
function merge(list, events) {
  const lines = new Map([...list.children].filter((line) => line.dataset.number !== undefined).map((line) => [line.dataset.number, line]));
  const wanted = new Set(events.map((event) => String(event.number)));
  for (const line of [...list.children]) {
    if (!wanted.has(line.dataset.number)) {
      line.remove();
    }
  }
  let place = list.firstChild;
  for (const event of events) {
    const line = lines.get(String(event.number));
    if (line !== undefined && line === place) {
      place = place.nextSibling;
    } else {
      list.insertBefore(line ?? eventLine(event, Date.now()), place);
    }
  }
}

function publishCard(app) {
  const name = el("input", { id: "event-name", autocomplete: "off", spellcheck: false });
  const payload = el("textarea", { id: "event-payload", rows: 3, spellcheck: false });
  const coalesce = el("input", { type: "checkbox", id: "event-coalesce" });
  const result = el("p", { id: "event-result", role: "status" });
  const submit = el("button", { class: "primary", id: "event-submit" }, "Publish");
  const form = el(
    "form",
    { id: "event-form", class: "stack", noValidate: true },
    el("label", { for: "event-name" }, "Name"),
    name,
    el("label", { for: "event-payload" }, "Payload (text)"),
    payload,
    el("label", { class: "check" }, coalesce, "of several in quick succession only the last matters"),
    el("div", { class: "row" }, submit, result),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    submit.disabled = true;
    try {
      const taken = await app.api.send("POST", "/v1/events", { name: name.value, payload: payload.value, coalesce: coalesce.checked });
      formProblem(form, result, null);
      result.textContent = `Taken, with ${counted(taken.payload_bytes, "byte")}; it spreads now.`;
    } catch (e) {
      formProblem(form, result, e, { name, payload, payload_base64: payload });
    }
    submit.disabled = false;
  });
  const explained = el("p", { class: "quiet" }, "All members hear it, and run what they have for it.");
  return card("publish-title", "Publish an event", null, explained, form);
}
