// Draws one plot into its figure, and again when the figure's width changes.

const SPACE = { top: 22, right: 14, bottom: 30, left: 62 };
const HEIGHTS = { time: 250, ecdf: 250, infection: 340 };
/** Guides of plots over virtual time move together. */
const overTime = [];

function colour(view, line) {
  return line.theory ? "var(--theory)" : "var(--c" + (view.order.get(line) % DASHES.length) + ")";
}

function dash(view, line) {
  return line.theory ? "2 4" : DASHES[view.order.get(line) % DASHES.length];
}

/** One plot: its figure, what is drawn, what happened meanwhile. */
export function plot(figure, spec, faults) {
  const canvas = d3.select(figure).select(".canvas");
  const hidden = new Set();
  const order = new Map(spec.lines.filter((line) => !line.theory).map((line, i) => [line, i]));
  const view = { height: HEIGHTS[spec.kind], figure, spec, faults: spec.kind === "time" ? faults : [], canvas, hidden, order };
  legend(view);
  view.tip = canvas.append("div").attr("class", "tip").attr("hidden", "");
  if (spec.kind === "time") overTime.push(view);
  let width = 0;
  const again = () => {
    const now = canvas.node().clientWidth;
    if (now > 0 && now !== width) draw(view, (width = now));
  };
  view.redraw = () => draw(view, width);
  again();
  new ResizeObserver(again).observe(canvas.node());
  values(view);
}

function legend(view) {
  const { spec, hidden } = view;
  if (spec.lines.length < 2) return;
  const items = d3.select(view.figure).select("figcaption").append("ul").attr("class", "legend").selectAll("li").data(spec.lines).join("li");
  const button = items.append("button").attr("type", "button").attr("aria-pressed", "true")
    .attr("title", (line) => line.meaning || null)
    .on("click", function (event, line) {
      hidden.has(line) ? hidden.delete(line) : hidden.add(line);
      d3.select(this).attr("aria-pressed", String(!hidden.has(line)));
      view.redraw();
    });
  button.append("svg").attr("width", 30).attr("height", 10).attr("aria-hidden", "true").append("line")
    .attr("x1", 1).attr("x2", 29).attr("y1", 5).attr("y2", 5).attr("stroke-width", 2.5)
    .attr("stroke", (line) => colour(view, line)).attr("stroke-dasharray", (line) => dash(view, line));
  button.append("span").text((line) => line.name);
}

function draw(view, width) {
  const { spec, canvas } = view;
  const lines = spec.lines.filter((line) => !view.hidden.has(line));
  const last = spec.to || d3.max(spec.lines, (line) => line.x[line.x.length - 1]);
  const x = spec.logarithmic
    ? d3.scaleLog([d3.min(spec.lines, (line) => line.x[0]) * 0.8, last * 1.1], [SPACE.left, width - SPACE.right])
    : d3.scaleLinear([0, last > 0 ? last : 1], [SPACE.left, width - SPACE.right]);
  const y = d3.scaleLinear(spec.kind === "ecdf" ? [0, 1.02] : extent(spec, lines), [view.height - SPACE.bottom, SPACE.top]);
  if (spec.kind === "time") y.nice(5);
  canvas.select("svg").remove();
  const svg = canvas.insert("svg", ".tip").attr("viewBox", [0, 0, width, view.height]).attr("height", view.height)
    .attr("role", "img").attr("aria-labelledby", spec.id + "-title " + spec.id + "-about");
  svg.append("title").attr("id", spec.id + "-title").text(spec.title);
  svg.append("desc").attr("id", spec.id + "-about").text(about(spec));
  axes(svg, view, x, y, width);
  faultMarks(svg, view, x);
  const path = d3.line((point) => x(point[0]), (point) => y(point[1])).defined((point) => point[1] !== null);
  for (const line of lines) {
    svg.append("path").attr("class", line.theory ? "series theory" : "series").attr("stroke", colour(view, line))
      .attr("stroke-dasharray", dash(view, line))
      .attr("d", path.curve(line.step ? d3.curveStepAfter : d3.curveLinear)(line.x.map((at, i) => [at, line.y[i]])));
    if (line.x.length === 1) {
      svg.append("circle").attr("r", 3.5).attr("cx", x(line.x[0])).attr("cy", y(line.y[0])).attr("fill", colour(view, line));
    }
  }
  Object.assign(view, { x, y, width, lines, svg });
  hover(view);
}

function about(spec) {
  return spec.lines.map((line) => {
    const i = d3.maxIndex(line.y);
    return i < 0 ? line.name + ": nothing measured" : line.name + ": at most " + show(spec.unit, line.y[i]) + ", at " + clock(line.x[i]);
  }).join("; ");
}

function axes(svg, view, x, y, width) {
  const { spec } = view;
  const few = Math.max(2, Math.floor((width - SPACE.left - SPACE.right) / (spec.kind === "time" ? 65 : 85)));
  const ticks = timeTicks(x.domain()[0], x.domain()[1], few);
  const below = d3.axisBottom(x).tickSizeOuter(0);
  spec.logarithmic ? below.ticks(few, clock) : below.ticks(few).tickFormat(clock);
  if (ticks && !spec.logarithmic) below.tickValues(ticks);
  const heights = spec.kind === "ecdf" ? [0, 0.25, 0.5, 0.75, 1] : y.ticks(5).filter((v) => spec.unit !== "COUNT" || Number.isInteger(v));
  svg.append("g").attr("class", "grid").attr("transform", `translate(${SPACE.left},0)`)
    .call(d3.axisLeft(y).tickValues(heights).tickSize(-(width - SPACE.left - SPACE.right)).tickFormat(""));
  svg.append("g").attr("class", "axis").attr("transform", `translate(0,${view.height - SPACE.bottom})`).call(below);
  svg.append("g").attr("class", "axis").attr("transform", `translate(${SPACE.left},0)`)
    .call(d3.axisLeft(y).tickValues(heights).tickSize(0).tickPadding(8).tickFormat((v) => tick(spec.unit, v)))
    .call((g) => g.select(".domain").remove());
  if (spec.kind === "ecdf") {
    svg.append("line").attr("class", "mark-line").attr("x1", SPACE.left).attr("x2", width - SPACE.right).attr("y1", y(0.5)).attr("y2", y(0.5));
    svg.append("text").attr("class", "mark-text").attr("x", width - SPACE.right).attr("y", y(0.5) + 12).attr("text-anchor", "end").text("median");
  }
}

/** Numbered flags above, with a line down; those in the list of faults have the same numbers. */
function faultMarks(svg, view, x) {
  view.marks = marks(view.faults, x, 24);
  const flags = svg.append("g").selectAll("g").data(view.marks).join("g").attr("class", "fault").attr("transform", (mark) => `translate(${mark.at},0)`);
  flags.append("line").attr("y1", 17).attr("y2", view.height - SPACE.bottom);
  flags.append("rect").attr("y", 2).attr("height", 15).attr("rx", 7.5).attr("x", (mark) => -flagWidth(mark) / 2).attr("width", flagWidth);
  flags.append("text").attr("y", 10).text((mark) => mark.label);
  flags.append("title").text((mark) => mark.faults.map((fault) => clock(fault.at) + " " + fault.text).join("\n"));
}

function flagWidth(mark) {
  return Math.max(15, mark.label.length * 6.2 + 8);
}

function hover(view) {
  const { svg, x, width } = view;
  svg.append("rect").attr("x", SPACE.left).attr("y", SPACE.top).attr("width", Math.max(0, width - SPACE.left - SPACE.right))
    .attr("height", view.height - SPACE.top - SPACE.bottom).attr("fill", "transparent")
    .on("pointermove pointerdown", (event) => {
      const at = Math.min(Math.max(x.invert(d3.pointer(event, svg.node())[0]), x.domain()[0]), x.domain()[1]);
      for (const other of view.spec.kind === "time" ? overTime : [view]) point(other, at, other === view);
    })
    .on("pointerleave", () => {
      for (const other of view.spec.kind === "time" ? overTime : [view]) unpoint(other);
    });
}

/** A guide and dots at that place, and beside them the values; other plots over the same time show no values. */
function point(view, at, values) {
  const { svg, x, y, lines, spec } = view;
  if (!svg) return;
  unpoint(view);
  const guide = svg.append("g").attr("class", "pointed");
  guide.append("line").attr("class", "guide").attr("x1", x(at)).attr("x2", x(at)).attr("y1", SPACE.top).attr("y2", view.height - SPACE.bottom);
  const seen = lines.map((line) => ({ line, value: valueAt(line, at) }));
  guide.selectAll("circle").data(seen.filter((each) => each.value !== null)).join("circle").attr("class", "dot").attr("r", 4)
    .attr("cx", x(at)).attr("cy", (each) => y(each.value)).attr("fill", (each) => colour(view, each.line));
  if (!values) return;
  view.tip.attr("hidden", null).text("");
  view.tip.append("div").attr("class", "when").text(spec.xName + " " + show("SECONDS", +at.toPrecision(4)));
  const row = view.tip.append("table").selectAll("tr").data(seen).join("tr");
  row.append("td").append("svg").attr("width", 18).attr("height", 8).append("line").attr("x2", 18).attr("y1", 4).attr("y2", 4).attr("stroke-width", 2.5)
    .attr("stroke", (each) => colour(view, each.line)).attr("stroke-dasharray", (each) => dash(view, each.line));
  row.append("td").text((each) => each.line.name);
  row.append("td").attr("class", "number").text((each) => show(spec.unit, each.value));
  const near = view.marks.filter((mark) => Math.abs(mark.at - x(at)) < 8).flatMap((mark) => mark.faults);
  for (const fault of near.slice(0, 4)) view.tip.append("p").attr("class", "happened").text(clock(fault.at) + " " + fault.text);
  if (near.length > 4) view.tip.append("p").attr("class", "happened").text("and " + (near.length - 4) + " more");
  const box = view.tip.node();
  const left = x(at) + 14 + box.offsetWidth > view.width ? x(at) - 14 - box.offsetWidth : x(at) + 14;
  view.tip.style("left", Math.max(0, left) + "px").style("top", SPACE.top + 4 + "px");
}

function unpoint(view) {
  if (view.svg) view.svg.select(".pointed").remove();
  view.tip.attr("hidden", "");
}

/** The same as numbers, made when somebody opens it. */
function values(view) {
  const { spec } = view;
  const details = d3.select(view.figure).append("details");
  details.append("summary").text("Values as a table");
  details.on("toggle", () => {
    if (!details.select("table").empty()) return;
    const table = details.append("div").attr("class", "scroll tall").append("table");
    const unit = spec.kind === "ecdf" ? "SHARE" : spec.unit;
    table.append("thead").append("tr").selectAll("th").data([spec.xName, ...spec.lines.map((line) => line.name)]).join("th")
      .attr("scope", "col").attr("class", "number").text((name) => name);
    table.append("tbody").selectAll("tr").data(rows(spec.lines, 60)).join("tr").selectAll("td").data((row) => row).join("td")
      .attr("class", "number").text((value, i) => (i === 0 ? show("SECONDS", value) : show(unit, value)));
  });
}
