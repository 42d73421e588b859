/**
 * The agent's HTTP interface (docs/http-api.md). Every refusal becomes an ApiError with what the agent says; the token, once the
 * reader has given it, is kept for this tab alone, and never in an address.
 */
const TOKEN = "hearsay.token";
/** How long an answer may take: the agent itself gives up after 2 minutes. */
const PATIENCE_MILLIS = 125_000;

/** Why a request failed: status (0 if there was no answer), code, message for a person, and the field that was wrong. */
export class ApiError extends Error {
  constructor(status, code, message, field = null, retryAfter = 0) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.field = field;
    this.retryAfter = retryAfter;
  }
}

/** Asks one agent. */
export class Api {
  #base;
  #kept = "";

  /** Called whenever a request is refused for want of the right token. */
  onDenied = () => {};

  /** @param base what comes before "/v1/..."; the page's own origin by default */
  constructor(base = "") {
    this.#base = base;
  }

  /** The answer's JSON. Throws ApiError. */
  get(path) {
    return this.send("GET", path);
  }

  /** Sends JSON, or nothing if body is undefined, and gives the answer's JSON. Throws ApiError. */
  async send(method, path, body) {
    const headers = { Accept: "application/json" };
    if (body !== undefined) {
      headers["Content-Type"] = "application/json";
    }
    // Not AbortSignal.timeout: that would keep each answer in memory until the time is over.
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE_MILLIS);
    try {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const response = await this.#fetch(path, { method, headers, signal: patience.signal, body: text });
      return await response.json();
    } catch (e) {
      if (e instanceof ApiError) {
        throw e;
      }
      throw patience.signal.aborted
        ? new ApiError(0, "no_answer", `no answer from the agent within ${PATIENCE_MILLIS / 1000} s`)
        : new ApiError(0, "no_json", `the answer to ${method} ${path} is no JSON: ${e.message}`);
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * Opens a stream of server-sent events and gives the response, whose body is not read yet. Throws ApiError.
   *
   * @param options method and body (JSON) if it is not a GET; lastEventId; signal
   */
  open(path, { method = "GET", body, lastEventId = "", signal } = {}) {
    const headers = { Accept: "text/event-stream" };
    if (lastEventId !== "") {
      headers["Last-Event-ID"] = lastEventId;
    }
    if (body !== undefined) {
      headers["Content-Type"] = "application/json";
    }
    return this.#fetch(path, { method, headers, signal, body: body === undefined ? undefined : JSON.stringify(body) });
  }

  /** Keeps the token for this tab; "" forgets it. */
  set token(token) {
    try {
      if (token === "") {
        sessionStorage.removeItem(TOKEN);
      } else {
        sessionStorage.setItem(TOKEN, token);
      }
    } catch {
      // Without storage it holds until the page is loaded again.
    }
    this.#kept = token;
  }

  /** The token; "" if there is none. */
  get token() {
    try {
      return sessionStorage.getItem(TOKEN) ?? this.#kept;
    } catch {
      return this.#kept;
    }
  }

  async #fetch(path, options) {
    const headers = { ...options.headers };
    if (this.token !== "") {
      headers.Authorization = `Bearer ${this.token}`;
    }
    let response;
    try {
      response = await fetch(this.#base + path, { ...options, headers, cache: "no-store", credentials: "omit", redirect: "error" });
    } catch (e) {
      if (options.signal?.aborted && e.name === "AbortError") {
        throw e;
      }
      throw new ApiError(0, "no_answer", "no answer from the agent");
    }
    if (!response.ok) {
      if (response.status === 401) {
        this.onDenied();
      }
      throw await refusal(response);
    }
    return response;
  }
}

/**
 * A path of parts, each as one: whatever is in them, slashes too, is written with percent signs. A part is text, or bytes.
 * Throws ApiError for "." and "..", which a browser takes out of every path, however they are written.
 */
export function path(...parts) {
  return "/" + parts.map((part) => (typeof part === "string" ? encode(part) : encodeBytes(part))).join("/");
}

/** Behind the question mark: names and values in turn; those that are undefined or "" are left out. */
export function query(values) {
  const pairs = new URLSearchParams();
  for (const [name, value] of values) {
    if (value !== undefined && value !== null && value !== "") {
      pairs.append(name, value);
    }
  }
  const text = pairs.toString();
  return text === "" ? "" : `?${text}`;
}

function encode(part) {
  return encodeBytes(new TextEncoder().encode(part));
}

function encodeBytes(bytes) {
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte));
  if (letters.join("") === "." || letters.join("") === "..") {
    throw new ApiError(0, "no_path", `a browser cannot ask for something that is called '${letters.join("")}': use the command line`);
  }
  return letters
    .map((letter) => (UNRESERVED.test(letter) ? letter : "%" + letter.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase()))
    .join("");
}

const UNRESERVED = /^[A-Za-z0-9._~-]$/;

async function refusal(response) {
  let error = {};
  try {
    error = (await response.json()).error ?? {};
  } catch {
    // A proxy in between may answer with a page of its own: the status has to do.
  }
  const message = error.message ?? `the agent answers ${response.status} ${response.statusText}`.trim();
  return new ApiError(response.status, error.code ?? "", message, error.field ?? null, Number(response.headers.get("Retry-After")) || 0);
}
