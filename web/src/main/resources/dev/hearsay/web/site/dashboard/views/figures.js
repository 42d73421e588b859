/** How the agent fares: local health, traffic, queues and delays over a quarter of an hour, and everything it counts. */
import { HistogramPlot, LinePlot } from "../charts.js";
import { el } from "../common/dom.js";
import { bytes, count, counted, duration, rate } from "../format.js";
import { KEPT_MILLIS, columnsOf, emptyHistory, quantile, takeFigures, takeSample } from "../history.js";
import { BOUNDS } from "../store.js";
import { visible } from "../text.js";
import { card, page, searchField } from "./parts.js";
import { setText } from "./table.js";

/** What plots show at least, in ms. */
const LEAST_MILLIS = 120_000;

const whole = (value) => count(Math.round(value * 100) / 100);
const perSecond = (name) => (sample) => sample.rates[name] ?? 0;
const sumOf =
  (...names) =>
  (sample) =>
    names.reduce((sum, name) => sum + (sample.rates[name] ?? 0), 0);

/* What is drawn as lines, in the order of the page; see LinePlot. */
const LINES = [
  {
    id: "plot-health",
    title: "Local health",
    help: "Lifeguard's score: 0 is well, 7 is worst",
    series: [{ label: "score", value: (s) => s.local.health_score, step: true }],
    format: whole,
    least: 7,
  },
  {
    id: "plot-traffic",
    title: "Bandwidth",
    help: "Packets and streams together",
    series: [
      { label: "in", value: sumOf("bytes_in", "stream_bytes_in") },
      { label: "out", value: sumOf("bytes_out", "stream_bytes_out") },
    ],
    format: rate,
    least: 100,
  },
  {
    id: "plot-queues",
    title: "Queues",
    help: "What waits to be told to others: updates are all of it, the others are among them",
    series: ["updates", "intents", "events", "queries"].map((name) => ({ label: name, value: (s) => s.queues[name] })),
    format: whole,
    least: 4,
  },
  {
    id: "plot-members",
    title: "Members that are not well",
    help: "As this agent believes",
    series: ["suspect", "failed"].map((name) => ({ label: name, value: (s) => s.members[name], step: true })),
    format: whole,
    least: 4,
  },
  {
    id: "plot-changes",
    title: "Changes of members each second",
    help: "What this agent heard of members",
    series: ["joined", "suspected", "refuted", "failed"].map((kind) => ({ label: kind, value: (s) => (s.heard[kind] ?? 0) / s.seconds })),
    format: whole,
    least: 4,
  },
  {
    id: "plot-probes",
    title: "Probes each second",
    help: "Failed ones had no ack; packets are dropped that could not be read or were not to be",
    series: [
      { label: "sent", value: perSecond("probes") },
      { label: "failed", value: perSecond("probes_failed") },
      { label: "packets dropped", value: perSecond("packets_dropped") },
    ],
    format: whole,
    least: 2,
  },
  {
    id: "plot-lag",
    title: "Lateness",
    help: "Longest time that the node's loop was late, within a minute",
    series: [{ label: "worst in a minute", value: (s) => s.local.lag_worst_minute_seconds, step: true }],
    format: duration,
    least: 0.01,
  },
];
const DELAYS = {
  id: "plot-propagation",
  title: "Propagation delay",
  help: "How long writes of others to the shared state took until they could be read here, by the clock of whoever wrote",
  format: duration,
};

/** Makes the page; {element, title(), show(), hide()}. */
export function figuresView(app) {
  const { state, frames } = app;
  const history = emptyHistory();
  const plots = makePlots();
  const note = el("p", { class: "quiet", id: "figures-note", role: "status" });
  const about = aboutCards(app);
  const element = page(
    "figures",
    "Figures",
    note,
    el(
      "div",
      { class: "plots" },
      plots.all.map((plot) => plot.element),
    ),
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
  const lines = LINES.map((each) => new LinePlot(each));
  const delays = new HistogramPlot(DELAYS);
  // Beside the queues: both say how news gets on.
  return { lines, delays, all: [...lines.slice(0, 3), delays, ...lines.slice(3)] };
}

function drawPlots(plots, history, note) {
  const last = history.samples.at(-1);
  if (last === undefined) {
    return;
  }
  // Of an agent that has just started, a quarter of an hour would be an empty plot with a spike at its end.
  const from = Math.max(last.time - KEPT_MILLIS, Math.min(history.samples[0].time, last.time - LEAST_MILLIS));
  plots.lines.forEach((plot) => plot.draw(history.samples, from, last.time));
  plots.delays.draw(columnsOf(history), history.bounds, from, last.time);
  const reason = last.local.health_reason;
  setText(
    note,
    `At most the last 15 minutes. Local health is ${last.local.health_score}${reason === "" ? "" : ` (${visible(reason)})`}; ${bytes(last.local.heap_bytes)} on the heap.`,
  );
}

/* What the agent is, what it counts, and how fast this page is. */
function aboutCards(app) {
  const { state } = app;
  const agent = el("dl", { class: "facts", id: "agent-facts" });
  const delays = el("dl", { class: "facts", id: "page-delays" });
  const filter = searchField("stats-filter", "part of a name");
  const body = el("tbody", {});
  const heads = ["Figure", "Value"].map((title) => el("th", { scope: "col" }, title));
  const table = el("table", {}, el("thead", { class: "unseen" }, el("tr", {}, heads)), body);
  const drawStats = () => showStats(body, state.agent?.stats ?? {}, filter.value.trim().toLowerCase());
  filter.addEventListener("input", drawStats);
  return {
    agent: card("agent-title", "The agent", null, agent),
    page: card("page-title", "This page", null, delays),
    stats: card(
      "stats-title",
      "Everything it counts",
      null,
      el("div", { class: "row" }, el("label", { for: "stats-filter" }, "Filter"), filter),
      el("div", { class: "scroll stats", tabIndex: 0, role: "region", "aria-label": "All figures" }, table),
    ),
    draw: (changed) => {
      if (changed.has("agent") || changed.has("shown")) {
        drawStats();
        showFacts(agent, agentFacts(state));
      }
      showFacts(delays, pageFacts(state));
    },
  };
}

/* Rows stay where they are; only values that differ are written. */
function showStats(body, stats, part) {
  const names = Object.keys(stats)
    .filter((name) => name.toLowerCase().includes(part))
    .sort();
  const rows = new Map([...body.children].map((row) => [row.dataset.figure, row]));
  if (names.length !== rows.size || names.some((name) => !rows.has(name))) {
    body.replaceChildren(
      ...names.map((name) =>
        el(
          "tr",
          { "data-figure": name },
          el("th", { scope: "row" }, el("code", {}, visible(name))),
          el("td", { class: "number" }, visible(stats[name])),
        ),
      ),
    );
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
    return values.length === 0
      ? "no events yet"
      : `half within ${duration(quantile(values, 0.5) / 1000)}, 99 % within ${duration(quantile(values, 0.99) / 1000)}, worst ${duration(Math.max(...values) / 1000)}`;
  };
  return [
    ["From the event's arrival to the screen", told((each) => each.fromArrival)],
    ["From the agent's clock to the screen", `${told((each) => each.fromAgent)}; right only as far as both clocks agree`],
    ["Measured", `${counted(delays.length, "batch", "batches")} of events, at most ${count(BOUNDS.delays)}`],
    ["Events kept", `${count(events.length)} of ${count(eventsTotal)} heard, at most ${count(BOUNDS.events)}`],
  ];
}
