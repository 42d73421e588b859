/**
 * The worker in which the engine runs, so that pages stay at the speed of the screen. It answers {id, op, run, args} with
 * {id, value} or {id, error}; engine.js of this folder is its only client. Records are transferred, not copied.
 */
import * as engine from "../engine/engine.js";

/** Runs that may be open at once; who wants more has to close one. */
const RUNS_MOST = 16;

const runs = new Map();
let lastRun = 0;

const ofEngine = {
  schema: () => JSON.parse(engine.schema()),
  parse: (link) => JSON.parse(engine.parse(link)),
  link: (settings, actions) => engine.link(JSON.stringify(settings), JSON.stringify(actions)),
  scenario: (settings, actions) => engine.scenario(JSON.stringify(settings), JSON.stringify(actions)),
  create: (settings) => {
    if (runs.size >= RUNS_MOST) {
      throw new Error(`${RUNS_MOST} runs are open, which is the most: close one first`);
    }
    const run = engine.create(JSON.stringify(settings));
    lastRun += 1;
    runs.set(lastRun, run);
    return lastRun;
  },
};

const ofRun = {
  advance: (run, until, most) => {
    const records = own(run.advance(until, most));
    return { records, now: run.now(), done: Boolean(run.done()) };
  },
  act: (run, action) => run.act(JSON.stringify(action)),
  hash: (run) => run.hash(),
  totals: (run) => JSON.parse(run.totals()),
  theory: (run) => own(run.theory()),
};

/** An array that may be given away: one that shares its buffer is copied. */
function own(array) {
  return array.byteLength === array.buffer.byteLength ? array : array.slice();
}

function answer({ op, run, args }) {
  if (op === "close") {
    runs.delete(run);
    return undefined;
  }
  if (run === undefined) {
    return ofEngine[op](...args);
  }
  if (!runs.has(run)) {
    throw new Error("this run is closed");
  }
  return ofRun[op](runs.get(run), ...args);
}

addEventListener("message", ({ data }) => {
  try {
    const value = answer(data);
    const buffers = [value, value?.records].filter(ArrayBuffer.isView).map((view) => view.buffer);
    postMessage({ id: data.id, value }, buffers);
  } catch (e) {
    postMessage({ id: data.id, error: e?.message || String(e) });
  }
});
