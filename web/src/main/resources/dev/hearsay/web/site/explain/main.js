/** The explainer: six steps on one page, of which the one in view runs. */
import { byId, el } from "../common/dom.js";
import { Engine } from "../common/engine.js";
import { chooseTheme, chosenTheme } from "../common/theme.js";
import { center } from "./center.js";
import { few } from "./few.js";
import { pointLanguages, progress } from "./frame.js";
import { fill, text } from "./language.js";
import { losses } from "./losses.js";
import { membership } from "./membership.js";
import { price } from "./price.js";
import { rounds } from "./rounds.js";
import { Step } from "./step.js";

const SCENES = [center, few, rounds, losses, membership, price];
const DOORS = "doors";

const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
const languages = [...document.querySelectorAll("[data-language]")];

let current = null;

fill(document);
document.title = text("page.document");
const engine = startEngine();
// Said on the page; steps that are asked to begin say it, too.
engine.catch(() => {});
const steps = SCENES.map((scene, i) => new Step(scene, {
  step: i + 1, steps: SCENES.length, engine, still, claim,
  following: i + 1 < SCENES.length ? { id: SCENES[i + 1].id, title: text(`${SCENES[i + 1].id}.title`) } : { id: DOORS, title: "" },
}));
byId("steps").append(...steps.map((step) => step.section));
byId("progress").append(progress(SCENES));
prepareTheme();
pointLanguages(languages, location.hash.slice(1));
for (const id of ["places", "choices", "progress", "story"]) {
  byId(id).hidden = false;
}
// What the address names was not there yet when the browser looked for it.
if (location.hash) {
  document.getElementById(location.hash.slice(1))?.scrollIntoView();
}
watch();
addEventListener("keydown", turn);

/** The engine, once the texts have been painted: they come first. */
async function startEngine() {
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  try {
    return await Engine.start();
  } catch (e) {
    byId("steps").before(el("p", { class: "notice bad plainly", role: "alert" }, text("page.noengine", { problem: e.message })));
    throw e;
  }
}

/** The step that crosses the middle of the window is the one that runs. */
function watch() {
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const step = steps.find(({ section }) => section === target);
      if (isIntersecting) {
        arrive(step);
      } else if (step === current) {
        step.leave();
        current = null;
      }
    }
  }, { rootMargin: "-50% 0px -50% 0px" });
  steps.forEach(({ section }) => observer.observe(section));
}

function arrive(step) {
  if (current !== step) {
    claim(step);
    step.enter();
  }
}

/** Makes that step the one that may run. */
function claim(step) {
  if (current !== step) {
    current?.leave();
    current = step;
    step.take();
    for (const dot of document.querySelectorAll("[data-dot]")) {
      if (dot.dataset.dot === step.id) {
        dot.setAttribute("aria-current", "step");
      } else {
        dot.removeAttribute("aria-current");
      }
    }
    pointLanguages(languages, step === steps[0] ? "" : step.id);
  }
}

/** The arrows to the left and to the right go from step to step; all other keys scroll as everywhere. */
function turn(event) {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const modified = event.altKey || event.ctrlKey || event.metaKey || event.shiftKey;
  if (by === undefined || modified || event.target.closest("input, select, textarea")) {
    return;
  }
  const to = steps[steps.indexOf(current) + by];
  if (to) {
    event.preventDefault();
    to.section.scrollIntoView({ behavior: still ? "auto" : "smooth" });
    byId(`${to.id}-title`).focus({ preventScroll: true });
  }
}

function prepareTheme() {
  const select = byId("theme");
  select.value = chosenTheme();
  select.addEventListener("change", () => chooseTheme(select.value));
}
