/**
 * Server-sent events (HTML standard, section 9.2), read by hand: EventSource cannot send the header Authorization.
 */

/** Most characters of one event, and of one line: an agent sends far less, and a stream must not fill the page's memory. */
export const MOST_CHARACTERS = 8 * 1024 * 1024;

/**
 * Where a parser begins.
 *
 * @param id the last event's id of the connection before; "" for none
 */
export function begin(id = "") {
  return { line: "", skipFeed: false, first: true, data: null, event: "", id, told: id };
}

/**
 * Parses the next characters of a stream. Pure: the same arguments give the same result, and none is changed.
 *
 * @param state of begin() or of the result before
 * @param text any number of characters, however the stream was split
 * @returns {state, events: [{id, event, data}]}; state.told is the id with which to come back
 * @throws Error if an event is longer than MOST_CHARACTERS
 */
export function parse(state, text) {
  const next = { ...state, data: state.data === null ? null : [...state.data] };
  const events = [];
  let from = 0;
  if (next.first && text.length > 0) {
    from = text.charCodeAt(0) === 0xfeff ? 1 : 0;
    next.first = false;
  }
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (next.skipFeed) {
      next.skipFeed = false;
      if (code === 10) {
        from = i + 1;
        continue;
      }
    }
    if (code === 10 || code === 13) {
      takeLine(next, next.line + text.slice(from, i), events);
      next.line = "";
      next.skipFeed = code === 13;
      from = i + 1;
    }
  }
  next.line += text.slice(from);
  check(next.line.length);
  return { state: next, events };
}

/**
 * Reads a response to its end.
 *
 * @param response of fetch, with a body
 * @param id the last event's id of the connection before; "" for none
 * @param take called with the events of each piece (often none: a sign of life) and the id with which to come back
 */
export async function readEvents(response, id, take) {
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  let state = begin(id);
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      const parsed = parse(state, decoder.decode(piece.value, { stream: true }));
      state = parsed.state;
      take(parsed.events, state.told);
    }
  } finally {
    // Whoever stops in between must not leave the connection open: a browser has six of them for all its pages.
    reader.cancel().catch(() => {});
  }
}

function takeLine(next, line, events) {
  if (line === "") {
    next.told = next.id;
    if (next.data !== null) {
      events.push({ id: next.id, event: next.event === "" ? "message" : next.event, data: next.data.join("\n") });
    }
    next.data = null;
    next.event = "";
    return;
  }
  const colon = line.indexOf(":");
  const field = colon < 0 ? line : line.slice(0, colon);
  const value = colon < 0 ? "" : line.slice(line.charAt(colon + 1) === " " ? colon + 2 : colon + 1);
  if (field === "data") {
    next.data = next.data ?? [];
    next.data.push(value);
    check(next.data.reduce((sum, each) => sum + each.length, 0));
  } else if (field === "event") {
    next.event = value;
  } else if (field === "id" && !value.includes("\0")) {
    next.id = value;
  }
}

function check(characters) {
  if (characters > MOST_CHARACTERS) {
    throw new Error(`the stream has an event of more than ${MOST_CHARACTERS} characters`);
  }
}
