/**
 * Text of strangers. Names, tags, keys and payloads may hold anything: what has no picture of its own, or changes that of its
 * neighbours, is made visible, so that two names that differ also look different; what is long is cut, with the whole at hand.
 */
import { el } from "./common/dom.js";

/** Most characters of a text in a list. */
export const SHORT = 60;
/** Most characters in a tooltip, and of a value that is shown in full. */
export const LONG = 4000;

/* Controls, formats (among them the bidirectional ones), surrogates that stand alone, separators of lines and paragraphs, and all
   that a font may draw as nothing. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
const UNSEEN_ONCE = new RegExp(UNSEEN.source, "u");
const BETWEEN = new RegExp(`(${UNSEEN.source}+)`, "u");

/**
 * The text with everything that could not be seen written out: a line feed as "\n", an override as "\u202E". Not as pictures like
 * "␤", for which many fonts have none.
 */
export function visible(text) {
  return String(text).replace(UNSEEN, picture);
}

/** The same for a block of text: line feeds are shown, and break the line, too. */
export function visibleBlock(text) {
  return String(text).replace(UNSEEN, (character) => (character === "\n" ? "\\n\n" : picture(character)));
}

/** At most so many characters (code points) of it, with "…" where the rest is missing. */
export function cut(text, most) {
  if (text.length <= most) {
    return text;
  }
  const points = Array.from(text.slice(0, 2 * most + 2));
  return points.length <= most && text.length <= 2 * most + 2 ? text : points.slice(0, most - 1).join("") + "…";
}

/**
 * An element with the text, apart from the direction of what surrounds it; if it had to be cut, the whole is its title. What is
 * written out stands out, too: so that nobody can pretend an override by writing "\u202E".
 */
export function shown(text, most = SHORT) {
  const whole = visible(text);
  if (whole === "") {
    return el("bdi", { class: "quiet" }, "(empty)");
  }
  const short = cut(whole, most);
  const cutOff = cut(String(text), most);
  return el("bdi", { title: short === whole ? null : cut(whole, LONG) }, UNSEEN_ONCE.test(cutOff) ? parts(cutOff) : short);
}

/** What a payload or value says: its text if it is UTF-8, else how long it is and its bytes in hexadecimal digits. */
export function payloadText(text, base64) {
  if (typeof text === "string") {
    return text;
  }
  const bytes = fromBase64(base64 ?? "");
  const digits = Array.from(bytes.slice(0, 64), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
  return `${bytes.length} bytes: ${digits}${bytes.length > 64 ? " …" : ""}`;
}

/** The bytes that Base64 stands for. Throws an Error if it stands for none. */
export function fromBase64(base64) {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

function parts(text) {
  return text.split(BETWEEN).map((part) => (UNSEEN_ONCE.test(part) ? el("span", { class: "escape" }, visible(part)) : part));
}

function picture(character) {
  const code = character.codePointAt(0);
  if (code === 0x0a || code === 0x09) {
    return code === 0x0a ? "\\n" : "\\t";
  }
  const digits = code.toString(16).toUpperCase();
  return code > 0xffff ? `\\u{${digits}}` : `\\u${digits.padStart(4, "0")}`;
}
