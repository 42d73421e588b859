// Begins here: reads what the page carries, and draws each plot into the figure that waits for it.

const data = JSON.parse(document.getElementById("data").textContent);
for (const spec of data.plots) {
  const figure = document.getElementById(spec.id);
  try {
    plot(figure, spec, data.faults);
    figure.dataset.drawn = spec.lines.length;
  } catch (e) {
    d3.select(figure).select(".canvas").append("p").attr("class", "failed").text("This plot could not be drawn: " + e.message);
    console.error(e);
  }
}
document.body.dataset.ready = "true";
