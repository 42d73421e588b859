/** Plots over time, drawn with D3 as SVG. A legend beside each says in words what is drawn, now or where the reader points. */
import { el } from "./common/dom.js";
import { clock } from "./format.js";
import { setText } from "./views/table.js";

const HEIGHT = 132;
const LEFT = 58;
const RIGHT = 18;
const TOP = 6;
const BOTTOM = 20;
/** Between samples that are farther apart, no line is drawn: nothing is known of that time. */
const GAP_MILLIS = 4000;

/** What plots have in common: a card, an SVG that is as wide as the card, and a place at which the reader points. */
class Plot {
  constructor({ id, title, help }) {
    const d3 = globalThis.d3;
    this.svg = d3.create("svg").attr("class", "plot").attr("role", "img").attr("height", HEIGHT);
    this.when = el("span", { class: "quiet when" });
    this.legend = el("ul", { class: "plot-legend" });
    this.element = el(
      "section",
      { class: "card plot-card", id, "aria-labelledby": `${id}-title` },
      el("div", { class: "row" }, el("h2", { id: `${id}-title`, title: help }, title), this.when),
      this.svg.node(),
      this.legend,
    );
    this.svg.attr("aria-label", `${title} over time; the figures are in the list below`);
    this.xAxis = this.svg.append("g").attr("class", "axis");
    this.yAxis = this.svg.append("g").attr("class", "axis");
    this.marks = this.svg.append("g");
    this.pointer = this.svg
      .append("line")
      .attr("class", "pointer")
      .attr("y1", TOP)
      .attr("y2", HEIGHT - BOTTOM)
      .attr("hidden", "");
    this.at = null;
    this.svg.on("pointermove", (event) => this.point(d3.pointer(event)[0])).on("pointerleave", () => this.point(null));
  }

  /** Scales for the time between two moments (ms). */
  scales(from, to) {
    const d3 = globalThis.d3;
    this.width = this.element.clientWidth > 0 ? this.svg.node().getBoundingClientRect().width : 400;
    this.x = d3.scaleTime([from, to], [LEFT, Math.max(LEFT + 1, this.width - RIGHT)]);
    const ticks = Math.max(2, Math.floor(this.width / 90));
    this.xAxis.attr("transform", `translate(0,${HEIGHT - BOTTOM})`).call(
      d3
        .axisBottom(this.x)
        .ticks(ticks, to - from > 300_000 ? "%H:%M" : "%H:%M:%S")
        .tickSizeOuter(0),
    );
  }

  /* Where a moment is; the edge of the plot, if it is outside. */
  within(time) {
    return Math.max(LEFT, Math.min(this.width - RIGHT, this.x(time)));
  }

  point(x) {
    this.at = x === null || this.x === undefined || x < LEFT ? null : this.x.invert(x).getTime();
    this.tell();
  }

  /* Shows the line at which the reader points, and gives the sample there; the newest if they do not. */
  pointed(samples) {
    const d3 = globalThis.d3;
    if (this.at === null || samples.length === 0) {
      this.pointer.attr("hidden", "");
      setText(this.when, "");
      return samples.at(-1);
    }
    const found = samples[d3.bisector((sample) => sample.time).center(samples, this.at)];
    const x = this.x(found.time);
    this.pointer.attr("hidden", null).attr("x1", x).attr("x2", x);
    setText(this.when, clock(found.time));
    return found;
  }
}

/** Lines of some figures. */
export class LinePlot extends Plot {
  /**
   * @param plot {id, title, help, series: [{label, value: (sample) => number, step: whether it is constant between samples}], four at
   *     most; format: of values, in the axis and the legend; least: what the axis reaches at least}
   */
  constructor(plot) {
    super(plot);
    const { series, format, least } = plot;
    this.series = series;
    this.format = format;
    this.least = least;
    this.samples = [];
    this.paths = series.map((_, i) => this.marks.append("path").attr("class", `series s${i}`));
    this.values = series.map((each, i) => {
      const value = el("strong", {});
      this.legend.append(
        el("li", { "data-series": each.label }, el("span", { class: `swatch s${i}`, "aria-hidden": "true" }), `${each.label} `, value),
      );
      return value;
    });
  }

  /** Draws samples [{time (ms), ...}] between two moments. */
  draw(samples, from, to) {
    const d3 = globalThis.d3;
    this.samples = samples;
    this.scales(from, to);
    const most = d3.max(this.series, (each) => d3.max(samples, each.value)) ?? 0;
    const y = d3.scaleLinear([0, Math.max(this.least, most)], [HEIGHT - BOTTOM, TOP]).nice(4);
    this.yAxis.attr("transform", `translate(${LEFT},0)`).call(
      d3
        .axisLeft(y)
        .ticks(4)
        .tickFormat(this.format)
        .tickSize(-(this.width - LEFT - RIGHT)),
    );
    this.series.forEach((each, i) => {
      const line = d3
        .line(
          (sample) => this.x(sample.time),
          (sample) => y(each.value(sample)),
        )
        .defined((sample, at) => at === 0 || sample.time - samples[at - 1].time <= GAP_MILLIS)
        .curve(each.step ? d3.curveStepAfter : d3.curveLinear);
      this.paths[i].attr("d", line(samples));
    });
    this.tell();
  }

  tell() {
    const sample = this.pointed(this.samples);
    this.series.forEach((each, i) => setText(this.values[i], sample === undefined ? "–" : this.format(each.value(sample))));
  }
}

/** Delays as a histogram over time: columns are some seconds, rows are buckets of delays, the darker the more. */
export class HistogramPlot extends Plot {
  /** @param plot {id, title, help, format: of delays} */
  constructor(plot) {
    super(plot);
    this.format = plot.format;
    this.columns = [];
    this.cells = this.marks.append("g");
    this.median = el("strong", {});
    this.most = el("strong", {});
    this.number = el("strong", {});
    this.legend.append(
      el("li", {}, "half within ", this.median),
      el("li", {}, "99 % within ", this.most),
      el("li", {}, "writes ", this.number),
    );
    this.empty = this.svg
      .append("text")
      .attr("class", "plot-empty")
      .attr("y", HEIGHT / 2)
      .attr("text-anchor", "middle");
  }

  /**
   * @param columns [{time (ms), millis: how long, counts}]
   * @param bounds upper bounds of the buckets, in seconds; counts has one more, for what took longer
   */
  draw(columns, bounds, from, to) {
    const d3 = globalThis.d3;
    this.columns = columns;
    this.bounds = bounds;
    this.scales(from, to);
    const rows = bounds.length + 1;
    const y = (row) => HEIGHT - BOTTOM - ((HEIGHT - BOTTOM - TOP) * row) / rows;
    const marked = bounds.map((bound, i) => i).filter((i) => i % Math.max(1, Math.ceil(bounds.length / 5)) === 0);
    const scale = d3.scaleLinear([0, rows], [HEIGHT - BOTTOM, TOP]);
    this.yAxis.attr("transform", `translate(${LEFT},0)`).call(
      d3
        .axisLeft(scale)
        .tickValues(marked.map((i) => i + 1))
        .tickFormat((row) => this.format(bounds[row - 1]))
        .tickSizeOuter(0),
    );
    const most = d3.max(columns, (column) => d3.max(column.counts)) ?? 0;
    const cells = columns.flatMap((column) => column.counts.map((count, row) => ({ column, row, count })).filter((cell) => cell.count > 0));
    this.cells
      .selectAll("rect")
      .data(cells)
      .join("rect")
      .attr("class", "cell")
      .attr("x", (cell) => this.within(cell.column.time))
      .attr("width", (cell) => Math.max(1, this.within(cell.column.time + cell.column.millis) - this.within(cell.column.time) - 0.5))
      .attr("y", (cell) => y(cell.row + 1))
      .attr("height", y(0) - y(1) - 0.5)
      .attr("opacity", (cell) => 0.25 + 0.75 * Math.sqrt(cell.count / most));
    this.empty.attr("x", (LEFT + this.width) / 2).text(cells.length === 0 ? "No writes of others in this time." : "");
    this.tell();
  }

  tell() {
    const column = this.at === null ? undefined : this.pointed(this.columns);
    if (column === undefined) {
      this.pointed([]);
    }
    const counts = (column === undefined ? this.columns : [column]).reduce(
      (sum, each) => each.counts.map((count, i) => count + (sum[i] ?? 0)),
      [],
    );
    const total = counts.reduce((sum, count) => sum + count, 0);
    setText(this.number, String(total));
    setText(this.median, this.quantile(counts, total, 0.5));
    setText(this.most, this.quantile(counts, total, 0.99));
  }

  /* The bucket's upper bound: how exact it is, is for the buckets to say. */
  quantile(counts, total, share) {
    if (total === 0) {
      return "–";
    }
    let seen = 0;
    const row = counts.findIndex((count) => (seen += count) >= share * total);
    return row < this.bounds.length ? this.format(this.bounds[row]) : `more than ${this.format(this.bounds.at(-1))}`;
  }
}
