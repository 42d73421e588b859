// Draws the small multiples of a sweep: a metric over the values of one parameter, with the interval of each mean.

const EDGE = { top: 16, right: 14, bottom: 30, left: 66 };
const TALL = 230;

function multiple(figure, spec) {
  const canvas = d3.select(figure).select(".canvas");
  const colour = (i) => "var(--c" + (i % DASHES.length) + ")";
  if (spec.lines.length > 1) {
    const items = d3.select(figure).select("figcaption").append("ul").attr("class", "legend").selectAll("li").data(spec.lines).join("li");
    const key = items.append("svg").attr("width", 30).attr("height", 10).attr("aria-hidden", "true");
    key.append("line").attr("x1", 1).attr("x2", 29).attr("y1", 5).attr("y2", 5).attr("stroke-width", 2.5)
      .attr("stroke", (line, i) => colour(i)).attr("stroke-dasharray", (line, i) => DASHES[i % DASHES.length]);
    items.append("span").text((line) => line.name);
  }
  let drawn = 0;
  const draw = () => {
    const width = canvas.node().clientWidth;
    if (width === 0 || width === drawn) return;
    drawn = width;
    const ends = spec.lines.flatMap((line) => line.low.concat(line.high)).filter((value) => value !== null);
    const y = d3.scaleLinear([Math.min(0, d3.min(ends)), d3.max(ends) || 1], [TALL - EDGE.bottom, EDGE.top]).nice(4);
    const x = d3.scalePoint(spec.values, [EDGE.left, width - EDGE.right]).padding(0.5);
    canvas.select("svg").remove();
    const svg = canvas.append("svg").attr("viewBox", [0, 0, width, TALL]).attr("height", TALL).attr("role", "img");
    svg.append("title").text(spec.title);
    const ticks = y.ticks(4);
    svg.append("g").attr("class", "grid").attr("transform", "translate(" + EDGE.left + ",0)")
      .call(d3.axisLeft(y).tickValues(ticks).tickSize(EDGE.left + EDGE.right - width).tickFormat(""));
    svg.append("g").attr("class", "axis").attr("transform", "translate(" + EDGE.left + ",0)")
      .call(d3.axisLeft(y).tickValues(ticks).tickFormat((value) => show(spec.unit, value)));
    svg.append("g").attr("class", "axis").attr("transform", "translate(0," + (TALL - EDGE.bottom) + ")").call(d3.axisBottom(x));
    spec.lines.forEach((line, i) => {
      // Beside each other, so that intervals do not hide each other.
      const shift = (i - (spec.lines.length - 1) / 2) * 5;
      const at = spec.values.map((value, k) => ({ x: x(value) + shift, mean: line.mean[k], low: line.low[k], high: line.high[k] }));
      const there = at.filter((point) => point.mean !== null);
      const path = d3.line((point) => point.x, (point) => y(point.mean)).defined((point) => point.mean !== null);
      svg.append("path").attr("class", "series").attr("stroke", colour(i)).attr("stroke-dasharray", DASHES[i % DASHES.length]).attr("d", path(at));
      svg.append("g").selectAll("line").data(there).join("line").attr("stroke", colour(i)).attr("stroke-width", 1.5)
        .attr("x1", (point) => point.x).attr("x2", (point) => point.x).attr("y1", (point) => y(point.low)).attr("y2", (point) => y(point.high));
      svg.append("g").selectAll("circle").data(there).join("circle").attr("r", 3.5).attr("fill", colour(i))
        .attr("cx", (point) => point.x).attr("cy", (point) => y(point.mean))
        .append("title").text((point) => show(spec.unit, point.mean) + " (" + show(spec.unit, point.low) + " to " + show(spec.unit, point.high) + ")");
    });
  };
  draw();
  new ResizeObserver(draw).observe(canvas.node());
}

for (const spec of JSON.parse(document.getElementById("data").textContent).plots) {
  const figure = document.getElementById(spec.id);
  multiple(figure, spec);
  figure.dataset.drawn = spec.lines.length;
}
document.body.dataset.ready = "true";
