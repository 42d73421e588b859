/** Events in one line each, as lists show them. */
import { el } from "../common/dom.js";
import { count, moment } from "../format.js";
import { memberHash } from "../router.js";
import { statusIcon } from "../status.js";
import { payloadText, shown } from "../text.js";

/** What happened to a member, in words. */
const KINDS = {
  joined: "joined",
  updated: "changed its tags",
  suspected: "is suspected",
  refuted: "refuted the suspicion",
  failed: "failed",
  damped: "is held as failed until it holds still",
  leaving: "is leaving",
  left: "left",
  reaped: "was forgotten",
  name_conflict: "shares its name with another",
  name_lost: "lost the vote about its name",
};

const GAPS = {
  slow: "this page did not read fast enough",
  resumed: "the connection was away for too long",
  busy: "the agent itself could not keep up",
  away: "the connection was away",
  unknown: "the agent has started anew, and does not know what was before",
};

/** An event of the store as a list item. */
export function eventLine(event, now) {
  const at = event.data.at ?? new Date(event.arrived).toISOString();
  return el(
    "li",
    { class: `line ${event.kind}`, "data-kind": event.kind, "data-number": String(event.number) },
    el("time", { dateTime: at }, moment(at, now)),
    el("span", { class: "what" }, [sentence(event)].flat(Infinity)),
  );
}

/** A link to a member's page, with its name. */
export function memberLink(name, most) {
  return el("a", { href: memberHash(name) }, shown(name, most));
}

/** What a text filter of events looks at. */
export function searchText(event) {
  const news = event.data;
  const parts = {
    member: () => [news.member.name, news.kind, news.by, KINDS[news.kind] ?? ""],
    user: () => [news.name, news.payload ?? ""],
    query: () => [news.name, news.payload ?? "", news.from],
    state: () => [news.type, news.collection, news.key ?? "", news.value ?? ""],
  }[event.kind];
  return (parts === undefined ? "" : parts().join("\n")).toLowerCase();
}

function sentence(event) {
  const news = event.data;
  switch (event.kind) {
    case "member":
      return [
        statusIcon(news.member.status),
        " ",
        memberLink(news.member.name),
        ` ${KINDS[news.kind] ?? news.kind}`,
        news.by === "" ? null : news.kind === "suspected" ? " by " : " (",
        news.by === "" ? null : news.kind === "suspected" ? memberLink(news.by) : shown(news.by),
        news.by === "" || news.kind === "suspected" ? null : ")",
      ];
    case "user":
      return [badge("event"), shown(news.name), payload(news)];
    case "query":
      return [
        badge("query"),
        shown(news.name),
        payload(news),
        news.from === "" ? null : " from ",
        news.from === "" ? null : memberLink(news.from),
      ];
    case "state":
      return [badge(news.type), shown(news.collection), change(news)];
    case "gap": {
      const lost = news.lost === undefined ? "Events are missing" : `${count(news.lost)} events are missing`;
      return el("strong", {}, `${lost}: ${GAPS[news.reason] ?? news.reason}.`);
    }
    default:
      return [badge(event.kind)];
  }
}

function badge(text) {
  return [el("span", { class: "badge" }, text), " "];
}

function payload(news) {
  return news.payload_base64 === "" ? null : [": ", shown(payloadText(news.payload, news.payload_base64), 160)];
}

function change(news) {
  const key = news.key_base64 === "" ? null : [" ", shown(payloadText(news.key, news.key_base64), 60)];
  if (news.deleted) {
    return [key, " deleted"];
  }
  if (news.type === "counter") {
    return ` = ${count(news.count ?? 0)}`;
  }
  if (news.type === "set") {
    return [key, " added"];
  }
  const value = news.value_base64 === undefined ? `${count(news.bytes)} bytes` : shown(payloadText(news.value, news.value_base64), 160);
  return [key, " = ", value];
}
