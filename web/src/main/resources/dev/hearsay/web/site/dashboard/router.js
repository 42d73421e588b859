/** The page's places, behind the '#': what is in the address can be kept, sent and gone back to. */
const PAGES = new Set(["members", "events", "query", "state", "figures"]);

/**
 * What a hash asks for: {page, parts}. Pages are members (the first), events, query, state and figures; parts are decoded, as
 * a member's name. What is no place leads to the first page, with the hash as `unknown`.
 */
export function parseHash(hash) {
  const [page, ...rest] = hash.replace(/^#\/?/, "").split("/");
  if (page === "" && rest.length === 0) {
    return { page: "members", parts: [] };
  }
  try {
    if (PAGES.has(page)) {
      return { page, parts: rest.filter((part) => part !== "").map(decodeURIComponent) };
    }
  } catch {
    // A percent sign that stands for nothing.
  }
  return { page: "members", parts: [], unknown: hash };
}

/** The hash of a place. */
export function hashOf(page, ...parts) {
  return "#/" + [page, ...parts.map((part) => encodeURIComponent(wellFormed(part)))].join("/");
}

/** Where a member's page is. */
export function memberHash(name) {
  return hashOf("members", name);
}

/** Calls go(place) now and whenever the hash changes. */
export function follow(go) {
  addEventListener("hashchange", () => go(parseHash(location.hash)));
  go(parseHash(location.hash));
}

/* A lone surrogate has no UTF-8, and encodeURIComponent throws. */
function wellFormed(text) {
  return text.replace(/\p{Cs}/gu, "\ufffd");
}
