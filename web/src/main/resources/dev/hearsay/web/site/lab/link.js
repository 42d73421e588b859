/** Links of the lab: what the engine writes for A with its actions, and, if two are compared, for B behind a word of its own. */
const BESIDE = "&versus&";
/** Characters of the part of a setting: the engine reads no more. */
const CHARACTERS_MOST = 8000;

/** {settings: [A] or [A, B], actions, problems}. Never fails: what cannot be read has its default and a problem in words. */
export async function readLink(engine, link) {
  const [first, second, ...rest] = link.replace(/^#/, "").split(BESIDE);
  const a = await engine.parse(first);
  if (second === undefined) {
    return { settings: [a.settings], actions: a.actions, problems: a.problems };
  }
  const b = await engine.parse(second);
  const problems = [...a.problems, ...b.problems.map((problem) => `B: ${problem}`)];
  if (rest.length > 0) {
    problems.push("'versus' stands there more than once: two settings can be compared, the others are left out");
  }
  if (b.actions.length > 0) {
    problems.push("B: 'do' belongs to the part before 'versus'; its actions happen to both");
  }
  if ((a.settings.protocol === "swim") !== (b.settings.protocol === "swim")) {
    problems.push("B: 'protocol': SWIM and a rumor have no curve in common and cannot be compared: B is left out");
    return { settings: [a.settings], actions: a.actions, problems };
  }
  return { settings: [a.settings, b.settings], actions: a.actions, problems };
}

/** What stands behind '#': {link, complete}. If the actions name so many nodes that nobody could read the link, it is without them. */
export async function writeLink(engine, settings, actions) {
  const [first, ...rest] = await Promise.all(settings.map((one, i) => engine.link(one, i === 0 ? actions : [])));
  const complete = first.length <= CHARACTERS_MOST;
  const readable = complete ? first : await engine.link(settings[0], []);
  return { link: [readable, ...rest].join(BESIDE), complete };
}
