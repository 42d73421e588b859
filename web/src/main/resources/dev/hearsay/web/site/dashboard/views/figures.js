/** How the agent fares: local health, traffic, queues and delays over a quarter of an hour, and everything it counts. */
import { HistogramPlot, LinePlot } from "../charts.js";
import { el } from "../common/dom.js";
import { bytes, count, counted, duration, rate } from "../format.js";
import { KEPT_MILLIS, columnsOf, emptyHistory, quantile, takeFigures, takeSample } from "../history.js";
import { BOUNDS } from "../store.js";
import { visible } from "../text.js";
import { setText } from "./table.js";

const whole = (value) => count(Math.round(value * 100) / 100);
const perSecond = (name) => (sample) => sample.rates[name] ?? 0;
const sumOf = (...names) => (sample) => names.reduce((sum, name) => sum + (sample.rates[name] ?? 0), 0);

/** Makes the page; {element, title(), show(), hide()}. */
export function figuresView(app) {
  const { state, frames } = app;
  const history = emptyHistory();
  const plots = makePlots();
  const note = el("p", { class: "quiet", id: "figures-note", role: "status" });
  const about = aboutCards(app);
  const element = el(
    "section",
    { class: "page", id: "page-figures", "aria-labelledby": "figures-title" },
    el("div", { class: "row heading" }, el("h1", { id: "figures-title" }, "Figures"), note),
    el("div", { class: "plots" }, plots.all.map((plot) => plot.element)),
    el("div", { class: "two" }, el("div", { class: "column" }, about.agent, about.page), about.stats),
  );
  const draw = (changed) => {
    if (changed.has("figures") || changed.has("shown")) {
      drawPlots(plots, history, note);
    }
    about.draw(changed);
  };
  const load = async () => {
    try {
      takeFigures(history, await app.api.get("/v1/figures"));
    } catch (e) {
      setText(note, visible(e.message));
    }
    frames.mark("figures");
  };
  let ends = [];
  new ResizeObserver(() => frames.mark("figures")).observe(element);
  return {
    element,
    title: () => "Figures",
    show: () => {
      ends = [
        frames.watch(["figures", "agent", "delays", "shown"], draw),
        app.figures.listen((news) => {
          if (news.kind === "opened" || news.kind === "gap") {
            load();
          } else if (news.kind === "figures") {
            takeSample(history, news.data);
            frames.mark("figures");
          }
        }),
      ];
      frames.mark("shown");
    },
    hide: () => ends.splice(0).forEach((end) => end()),
  };
}

function makePlots() {
  const health = new LinePlot("plot-health", "Local health", "Lifeguard's score: 0 is well, 7 is worst", [{ label: "score", value: (s) => s.local.health_score, step: true }], whole, 7);
  const members = new LinePlot(
    "plot-members",
    "Members that are not well",
    "As this agent believes",
    [
      { label: "suspect", value: (s) => s.members.suspect, step: true },
      { label: "failed", value: (s) => s.members.failed, step: true },
    ],
    whole,
    4,
  );
  const traffic = new LinePlot(
    "plot-traffic",
    "Bandwidth",
    "Packets and streams together",
    [
      { label: "in", value: sumOf("bytes_in", "stream_bytes_in") },
      { label: "out", value: sumOf("bytes_out", "stream_bytes_out") },
    ],
    rate,
    100,
  );
  const queues = new LinePlot(
    "plot-queues",
    "Queues",
    "What waits to be told to others",
    [
      { label: "updates", value: (s) => s.queues.updates },
      { label: "intents", value: (s) => s.queues.intents },
      { label: "events", value: (s) => s.queues.events },
      { label: "queries", value: (s) => s.queues.queries },
    ],
    whole,
    4,
  );
  const probes = new LinePlot(
    "plot-probes",
    "Probes each second",
    "Failed ones were answered neither directly nor by way of others",
    [
      { label: "sent", value: perSecond("probes") },
      { label: "failed", value: perSecond("probes_failed") },
      { label: "packets dropped", value: perSecond("packets_dropped") },
    ],
    whole,
    2,
  );
  const lag = new LinePlot("plot-lag", "Lateness", "Longest time that the node's loop was late, within a minute", [{ label: "worst in a minute", value: (s) => s.local.lag_worst_minute_seconds, step: true }], duration, 0.01);
  const changes = new LinePlot(
    "plot-changes",
    "Changes of members each second",
    "What this agent heard of members",
    ["joined", "suspected", "refuted", "failed"].map((kind) => ({ label: kind, value: (s) => (s.heard[kind] ?? 0) / s.seconds })),
    whole,
    4,
  );
  const delays = new HistogramPlot("plot-propagation", "Propagation delay", "How long writes of others to the shared state took until they could be read here, by the clock of whoever wrote", duration);
  return { lines: [health, traffic, queues, members, changes, probes, lag], delays, all: [health, traffic, queues, delays, members, changes, probes, lag] };
}

function drawPlots(plots, history, note) {
  const last = history.samples.at(-1);
  if (last === undefined) {
    return;
  }
  const from = last.time - KEPT_MILLIS;
  plots.lines.forEach((plot) => plot.draw(history.samples, from, last.time));
  plots.delays.draw(columnsOf(history), history.bounds, from, last.time);
  const reason = last.local.health_reason;
  setText(note, `The last 15 minutes. Local health is ${last.local.health_score}${reason === "" ? "" : ` (${visible(reason)})`}; ${bytes(last.local.heap_bytes)} on the heap.`);
}

/* What the agent is, what it counts, and how fast this page is. */
function aboutCards(app) {
  const { state } = app;
  const agent = el("dl", { class: "facts", id: "agent-facts" });
  const page = el("dl", { class: "facts", id: "page-delays" });
  const filter = el("input", { type: "search", id: "stats-filter", placeholder: "part of a name", autocomplete: "off", spellcheck: false });
  const body = el("tbody", {});
  const card = (id, title, ...children) => el("section", { class: "card", "aria-labelledby": id }, el("h2", { id }, title), children);
  const drawStats = () => showStats(body, state.agent?.stats ?? {}, filter.value.trim().toLowerCase());
  filter.addEventListener("input", drawStats);
  return {
    agent: card("agent-title", "The agent", agent),
    page: card("page-title", "This page", page),
    stats: card(
      "stats-title",
      "Everything it counts",
      el("div", { class: "row" }, el("label", { for: "stats-filter" }, "Filter"), filter),
      el("div", { class: "scroll stats", tabIndex: 0, role: "region", "aria-label": "All figures" }, el("table", {}, el("thead", { class: "unseen" }, el("tr", {}, el("th", { scope: "col" }, "Figure"), el("th", { scope: "col" }, "Value"))), body)),
    ),
    draw: (changed) => {
      if (changed.has("agent") || changed.has("shown")) {
        drawStats();
        showFacts(agent, agentFacts(state));
      }
      showFacts(page, pageFacts(state));
    },
  };
}

/* Rows stay where they are; only values that differ are written. */
function showStats(body, stats, part) {
  const names = Object.keys(stats).filter((name) => name.toLowerCase().includes(part)).sort();
  const rows = new Map([...body.children].map((row) => [row.dataset.figure, row]));
  if (names.length !== rows.size || names.some((name) => !rows.has(name))) {
    body.replaceChildren(...names.map((name) => el("tr", { "data-figure": name }, el("th", { scope: "row" }, el("code", {}, visible(name))), el("td", { class: "number" }, visible(stats[name])))));
    return;
  }
  names.forEach((name) => setText(rows.get(name).lastChild, visible(stats[name])));
}

function showFacts(list, facts) {
  if (list.childElementCount !== 2 * facts.length) {
    list.replaceChildren(...facts.flatMap(([term]) => [el("dt", {}, term), el("dd", {})]));
  }
  facts.forEach(([, text], i) => setText(list.children[2 * i + 1], text));
}

function agentFacts({ agent, health }) {
  if (agent === null) {
    return [];
  }
  const { config } = agent;
  return [
    ["Hearsay", visible(agent.version)],
    ["Java", visible(agent.java)],
    ["Runs for", duration(agent.uptime_seconds)],
    ["Takes part", health.ready ? "yes" : "not yet: it has reached nobody, or is about to leave"],
    ["Bound to", visible(config.bind ?? "")],
    ["Advertises", visible(config.advertise === "" ? "what it is bound to" : (config.advertise ?? ""))],
    ["RPC", visible(config.rpc_addr ?? "")],
    ["Profile", visible(config.profile ?? "")],
    ["Encrypted", config.encrypted ? "yes" : "no"],
    ["Handlers", (config.event_handlers ?? []).length === 0 ? "none" : config.event_handlers.map(visible).join(", ")],
  ];
}

function pageFacts({ delays, events, eventsTotal }) {
  const told = (pick) => {
    const values = delays.map(pick);
    return values.length === 0 ? "no events yet" : `half within ${duration(quantile(values, 0.5) / 1000)}, 99 % within ${duration(quantile(values, 0.99) / 1000)}, worst ${duration(Math.max(...values) / 1000)}`;
  };
  return [
    ["From the event's arrival to the screen", told((each) => each.fromArrival)],
    ["From the agent's clock to the screen", `${told((each) => each.fromAgent)}; right only as far as both clocks agree`],
    ["Measured", `${counted(delays.length, "batch", "batches")} of events, at most ${count(BOUNDS.delays)}`],
    ["Events kept", `${count(events.length)} of ${count(eventsTotal)} heard, at most ${count(BOUNDS.events)}`],
  ];
}
