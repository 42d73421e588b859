/** A plot of lines over virtual time. D3 is a classic script, which has set globalThis.d3 before modules run. */
const { d3 } = globalThis;

const MARGIN = { top: 6, right: 12, bottom: 22, left: 46 };

export class Plot {
  #host;
  #svg;
  #height;

  /** @param id of the drawing, and of its parts by class @param height in pixels, kept from the beginning */
  constructor(host, id, height) {
    this.#height = height;
    this.#host = d3.select(host).append("figure").attr("class", "plot").attr("id", id);
    this.#host.append("figcaption");
    this.#svg = this.#host.append("svg").attr("height", height).attr("width", "100%").attr("role", "img");
    for (const part of ["grid", "x", "y", "lines", "now"]) {
      this.#svg.append("g").attr("class", part);
    }
    this.#svg.select(".now").append("line").attr("class", "now-line");
    this.#host.append("ul").attr("class", "names");
  }

  /** @param what {title, lines: [{name, colour, dashed, points}], horizon: ms, most, now: ms} */
  draw({ title, lines, horizon, most, now }) {
    const width = this.#svg.node().clientWidth || 320;
    const x = d3.scaleLinear([0, horizon / 1000], [MARGIN.left, width - MARGIN.right]);
    const y = d3.scaleLinear([0, most], [this.#height - MARGIN.bottom, MARGIN.top]).nice(4);
    this.#host.select("figcaption").text(title);
    this.#svg.attr("aria-label", `${title}: ${lines.map(lastOf).join(", ")}`);
    this.#axes(x, y, width);
    const line = d3.line((point) => x(point[0] / 1000), (point) => y(point[1]));
    this.#svg.select(".lines").selectAll("path").data(lines).join("path")
      .attr("class", (one) => `line ${one.colour}${one.dashed ? " dashed" : ""}`)
      .attr("d", (one) => line(one.points));
    this.#svg.select(".now-line").attr("x1", x(now / 1000)).attr("x2", x(now / 1000))
      .attr("y1", MARGIN.top).attr("y2", this.#height - MARGIN.bottom);
    this.#names(lines);
  }

  #axes(x, y, width) {
    this.#svg.select(".x").attr("transform", `translate(0,${this.#height - MARGIN.bottom})`)
      .call(d3.axisBottom(x).ticks(Math.max(3, width / 80)).tickSizeOuter(0).tickFormat((value) => `${value} s`));
    this.#svg.select(".y").attr("transform", `translate(${MARGIN.left},0)`)
      .call(d3.axisLeft(y).ticks(4, "~s").tickSize(-(width - MARGIN.left - MARGIN.right)));
  }

  #names(lines) {
    const items = this.#host.select(".names").selectAll("li").data(lines).join(
      (enter) => {
        const item = enter.append("li");
        item.append("svg").attr("width", 26).attr("height", 10).attr("aria-hidden", "true")
          .append("line").attr("x1", 1).attr("x2", 25).attr("y1", 5).attr("y2", 5);
        item.append("span");
        return item;
      });
    items.select("line").attr("class", (one) => `line ${one.colour}${one.dashed ? " dashed" : ""}`);
    items.select("span").text((one) => one.name);
  }
}

function lastOf({ name, points }) {
  return points.length === 0 ? name : `${name} ${Math.round(points[points.length - 1][1])}`;
}
