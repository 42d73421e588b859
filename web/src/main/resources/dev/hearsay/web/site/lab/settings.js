/** The form of the settings, made from what the engine says about them. One column for A, and one for B if two are compared. */
import { byId, el } from "../common/dom.js";
import { isCluster } from "./session.js";
import { number } from "./words.js";

const SIDES = ["a", "b"];
/** Steps of a slider; those of wide ranges are even in the logarithm. */
const SLIDER_STEPS = 200;
/** Actions that are done to nodes. */
const NODES = new Set(["crash", "restart", "pause", "resume", "partition"]);

export class SettingsForm {
  #session;
  #fields = new Map();

  constructor(session) {
    this.#session = session;
    const compare = el("button", { type: "button", id: "compare", "aria-pressed": "false", onclick: () => this.#toggleCompare() },
      "Compare A and B");
    byId("settings").replaceChildren(
      el("div", { class: "settings-head" }, compare, el("span", { class: "side-name", id: "side-a" }, "A"),
        el("span", { class: "side-name", id: "side-b" }, "B")),
      ...session.schema.map((spec) => this.#field(spec)),
    );
    session.addEventListener("loaded", () => this.#show());
    session.addEventListener("changed", () => this.#show());
  }

  #field(spec) {
    const inputs = SIDES.map((side) => this.#input(spec, side));
    const slider = spec.type === "choice" || spec.name === "seed" ? null : this.#slider(spec, inputs[0]);
    const problem = el("p", { class: "problem", id: `set-${spec.name}-problem`, role: "alert" });
    const row = el("div", { class: "field", "data-setting": spec.name, hidden: true },
      el("label", { for: inputs[0].id }, spec.label, spec.unit ? el("span", { class: "unit" }, ` (${spec.unit})`) : null),
      el("div", { class: "inputs" }, ...inputs, spec.name === "seed" ? this.#dice() : slider),
      this.#help(spec),
      problem);
    this.#fields.set(spec.name, { spec, inputs, slider, problem, row });
    return row;
  }

  #input(spec, side) {
    const properties = {
      id: `set-${spec.name}-${side}`, "data-side": side, "aria-describedby": `set-${spec.name}-help set-${spec.name}-problem`,
      onchange: () => this.#apply(spec, side), "aria-label": side === "b" ? `${spec.label}, B` : null,
    };
    if (spec.type === "choice") {
      return el("select", properties, ...spec.choices.map((choice) => el("option", { value: choice }, nameOf(choice))));
    }
    return el("input", { ...properties, type: "text", inputMode: spec.type === "int" ? "numeric" : "decimal", autocomplete: "off" });
  }

  /** For fingers and mice; the field beside it is what keyboards and screen readers use. */
  #slider(spec, input) {
    const slider = el("input", {
      type: "range", min: 0, max: SLIDER_STEPS, step: 1, tabIndex: -1, "aria-hidden": "true",
      oninput: () => {
        input.value = String(fromSlider(spec, this.#session.settings[0].protocol, Number(slider.value)));
      },
      onchange: () => this.#apply(spec, "a"),
    });
    return slider;
  }

  /** The first sentence is always seen, the rest by who wants it. */
  #help(spec) {
    const end = spec.help.indexOf(". ") + 1;
    const first = end > 0 ? spec.help.slice(0, end) : spec.help;
    const range = el("span", { class: "range" });
    return el("div", { class: "help" }, el("span", { id: `set-${spec.name}-help` }, `${first} `, range),
      end > 0 ? el("details", {}, el("summary", { "aria-label": `More about ${spec.label}` }, "More"), spec.help.slice(end)) : null);
  }

  #dice() {
    return el("button", {
      type: "button", id: "new-seed",
      onclick: () => {
        const [seed] = crypto.getRandomValues(new Uint32Array(1));
        const settings = this.#session.settings.map((one) => ({ ...one, seed: 1 + (seed % 999_999) }));
        this.#load(settings);
      },
    }, "Another");
  }

  /** Takes one value over, if it keeps the rule; otherwise says the rule and leaves everything as it was. */
  #apply(spec, side) {
    const index = SIDES.indexOf(side);
    const { inputs, problem } = this.#fields.get(spec.name);
    const text = inputs[index].value.trim();
    const { value, rule } = valueOf(spec, text, this.#session.settings[index].protocol);
    mark(inputs[index], problem, rule ? `${spec.label}: '${text}' ${rule}` : "");
    if (rule) {
      return;
    }
    const settings = this.#session.settings.map((one, i) => (i === index ? this.#changed(one, spec, value) : one));
    if (settings.length === 2 && isCluster(settings[0]) !== isCluster(settings[1])) {
      mark(inputs[index], problem, "SWIM and a rumor have no curve in common: both of A and B must be SWIM, or neither");
      return;
    }
    this.#load(settings);
  }

  /** From a rumor to a cluster or back, what is usual for the one makes no sense for the other. */
  #changed(settings, spec, value) {
    const changed = { ...settings, [spec.name]: value };
    if (isCluster(changed) !== isCluster(settings)) {
      for (const other of this.#session.schema.filter((one) => one.defaultFor)) {
        changed[other.name] = other.defaultFor[value] ?? other.default;
      }
    }
    return changed;
  }

  #toggleCompare() {
    const { settings } = this.#session;
    this.#load(settings.length === 2 ? [settings[0]] : [settings[0], { ...settings[0] }]);
  }

  #load(settings) {
    const { player } = this.#session;
    const playing = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (isCluster(settings[0]) !== this.#session.members) {
      this.#startOver(settings, playing);
      return;
    }
    const most = Math.max(...settings.map((one) => one.n));
    const actions = player.actions
      .map((action) => (action.nodes?.length ? { ...action, nodes: action.nodes.filter((node) => node < most) } : action))
      .filter((action) => !NODES.has(action.do) || action.nodes.length > 0);
    this.#session.load(settings, actions, { playing });
  }

  /** What was done to a cluster makes no sense for a rumor, which is through within seconds, nor the other way round. */
  async #startOver(settings, playing) {
    const { length } = this.#session.player.actions;
    await this.#session.load(settings, [], { playing });
    if (length > 0) {
      this.#session.say("warn", [`${length === 1 ? "The action" : `The ${length} actions`} of the run before did not fit this protocol, and `
        + `${length === 1 ? "is" : "are"} left out.`]);
    }
  }

  #show() {
    const { settings } = this.#session;
    const two = settings.length === 2;
    byId("settings").classList.toggle("two", two);
    byId("compare").setAttribute("aria-pressed", String(two));
    for (const { spec, inputs, slider, problem, row } of this.#fields.values()) {
      const applies = settings.map((one) => !spec.protocols?.length || spec.protocols.includes(one.protocol));
      row.hidden = !applies.includes(true);
      row.querySelector(".range").textContent = rangeOf(spec, settings[0].protocol);
      inputs.forEach((input, i) => {
        input.hidden = i >= settings.length;
        input.disabled = !applies[i];
        if (i < settings.length) {
          input.value = String(settings[i][spec.name]);
          mark(input, problem, "");
        }
      });
      if (slider) {
        slider.hidden = two;
        slider.value = toSlider(spec, settings[0].protocol, settings[0][spec.name]);
      }
    }
  }
}

/** {value} of a text, or {rule} that it breaks. */
export function valueOf(spec, text, protocol) {
  if (spec.type === "choice") {
    return spec.choices.includes(text) ? { value: text } : { rule: `must be one of ${spec.choices.join(", ")}` };
  }
  const value = text === "" ? NaN : Number(text);
  const whole = spec.type !== "int" || Number.isInteger(value);
  if (!Number.isFinite(value) || !whole || value < spec.min || value > mostOf(spec, protocol)) {
    const kind = spec.type === "int" ? "a whole number" : "a number";
    return { rule: `must be ${kind} from ${number(spec.min)} to ${number(mostOf(spec, protocol))}` };
  }
  return { value };
}

/** What a protocol is called. */
export function nameOf(protocol) {
  return { push: "Push", pull: "Pull", "push-pull": "Push-pull", "push-then-pull": "Push, then pull", swim: "SWIM",
    broadcast: "Central server" }[protocol] ?? protocol;
}

function rangeOf(spec, protocol) {
  return spec.type === "choice" ? "" : `${number(spec.min)} to ${number(mostOf(spec, protocol))}.`;
}

function mostOf(spec, protocol) {
  return spec.maxFor?.[protocol] ?? spec.max;
}

function mark(input, problem, text) {
  input.setAttribute("aria-invalid", String(text !== ""));
  problem.textContent = text;
}

/** Ranges over more than two powers of ten are even in the logarithm, beginning at 1 if they begin at 0. */
function fromSlider(spec, protocol, position) {
  const part = position / SLIDER_STEPS;
  const most = mostOf(spec, protocol);
  if (most / Math.max(1, spec.min) < 200) {
    return round(spec, most, spec.min + part * (most - spec.min));
  }
  const low = Math.max(1, spec.min);
  return position === 0 ? spec.min : round(spec, most, low * (most / low) ** part);
}

function toSlider(spec, protocol, value) {
  const most = mostOf(spec, protocol);
  if (most / Math.max(1, spec.min) < 200) {
    return Math.round((SLIDER_STEPS * (value - spec.min)) / (most - spec.min));
  }
  const low = Math.max(1, spec.min);
  return value <= low ? 0 : Math.round((SLIDER_STEPS * Math.log(value / low)) / Math.log(most / low));
}

/** Two digits that count, so that a slider gives values that one can say. */
function round(spec, most, value) {
  const digits = value >= 100 ? Number(value.toPrecision(2)) : Math.round(value);
  return Math.min(most, Math.max(spec.min, digits));
}
