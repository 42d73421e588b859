/** What all six steps look like: a heading, the stage with its figures and its status line, the text, the controls. */
import { el } from "../common/dom.js";
import { address, language, text } from "./language.js";
import { legend } from "./legend.js";

/**
 * The elements of a step, in the order in which they are read: {section, canvas, start, status, seed, hash, lab, say, figures}.
 *
 * @param id of the section, and first part of its texts' keys
 * @param step 1 to steps
 * @param following id of what comes next
 * @param marks for each legend its entries; one is shown at a time
 */
export function frame({ id, step, steps, figures, following, notes, marks }) {
  const title = text(`${id}.title`);
  const parts = {
    canvas: el("canvas", {
      class: "stage", role: "img", "aria-label": text("step.stage", { step, title }), "aria-describedby": `${id}-status`, "data-role": "stage",
    }),
    start: el("button", { class: "primary", type: "button", "data-role": "start" }, text("step.start")),
    status: el("p", { class: "status", id: `${id}-status`, role: "status", "data-role": "status" }),
    seed: el("output", { class: "mono", "data-role": "seed" }, "–"),
    hash: el("output", { class: "mono", "data-role": "hash" }, "–"),
    lab: el("a", { class: "button", href: "lab.html", "data-role": "lab" }, text("step.lab")),
    controls: el("div", { class: "controls", role: "group", "aria-labelledby": `${id}-title` }),
    legends: marks.map(legend),
    figures: new Map(figures.map((name) => [name, el("dd", { "data-figure": name }, "–")])),
  };
  const cells = [...parts.figures].map(([name, value]) =>
    el("div", {}, el("dt", {}, text(`${id}.${name}`)), value));
  parts.section = el("section", { class: "step", id, "data-step": step, "data-state": "waiting", "aria-labelledby": `${id}-title` },
    el("div", { class: "head" },
      el("p", { class: "kicker" }, text("step.of", { step, steps })),
      el("h2", { id: `${id}-title`, tabIndex: -1 }, title)),
    el("div", { class: "scene card" },
      el("div", { class: "legends" }, parts.legends),
      el("div", { class: "sky" }, parts.canvas),
      el("dl", { class: "figures" }, cells),
      parts.status,
      el("div", { class: "run" }, parts.start, parts.lab,
        el("p", { class: "trace quiet" }, el("span", {}, text("step.seed"), " ", parts.seed), " ",
          el("span", {}, text("step.hash"), " ", parts.hash)))),
    parts.controls,
    el("div", { class: "words" },
      el("p", {}, text(`${id}.text`)),
      el("p", {}, text(`${id}.text2`))),
    el("div", { class: "more" },
      notes.map((note) => el("p", { class: "quiet note" }, note)),
      el("p", {}, el("a", { class: "next", href: `#${following.id}` },
        step === steps ? text("step.last") : text("step.next", { title: following.title })))));
  return parts;
}

/** The dots: one link to each step. */
export function progress(steps) {
  return el("ol", {}, steps.map(({ id }, i) =>
    el("li", {}, el("a", { href: `#${id}`, "data-dot": id, title: text(`${id}.title`) },
      el("span", { class: "unseen" }, `${text("step.of", { step: i + 1, steps: steps.length })}: ${text(`${id}.title`)}`)))));
}

/** Points the links of the language switch to where the reader is. */
export function pointLanguages(links, place) {
  for (const link of links) {
    link.setAttribute("href", address(link.dataset.language, place));
    if (link.dataset.language === language) {
      link.setAttribute("aria-current", "true");
    }
  }
}
