/** The picture of the members with what chooses it: layout, groups, pointing, selecting, and its summary in words. */
import { el } from "../common/dom.js";
import { onThemeChange } from "../common/theme.js";
import { counted, duration } from "../format.js";
import { hullsOf } from "../ground.js";
import { groupsOf, inGroups, project, tagsOf } from "../layout.js";
import { address, tagsText } from "../order.js";
import { Picture } from "../picture.js";
import { memberHash } from "../router.js";
import { statusIcon } from "../status.js";
import { STATUSES, countStatuses, ownName, roundTrip } from "../store.js";
import { cut, shown, visible } from "../text.js";
import { setText } from "./table.js";

/** How often the summary for screen readers is written anew, in ms. */
const SUMMARY_MILLIS = 1000;
/** Tags by which members are grouped unless the reader chooses: the first of them that they have. */
const USUAL_TAGS = ["zone", "az", "dc", "datacenter", "region", "rack", "role"];
/* Topics that change nothing in the picture but what moves. */
const UNSEEN = new Set(["moving", "summary", "paint", "delays", "events", "table", "coordinates"]);
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** The card. `marked` is the member that is pointed at, in picture or table. */
export class MemberMap {
  #app;
  #matches = () => null;
  #layout = "groups";
  #group = null;
  #laidOut = "";
  #points = new Map();
  #summaryAt = 0;
  #summaryTimer = null;
  #sized = false;
  #drawn = false;
  marked = null;

  /** @param matches gives the present filter: a test for members, or null for all */
  constructor(app, matches) {
    this.#app = app;
    this.#matches = matches;
    this.canvas = el("canvas", { class: "members-canvas", "aria-hidden": "true" });
    const above = el("canvas", { class: "members-canvas", "aria-hidden": "true" });
    this.stage = el(
      "div",
      {
        class: "stage",
        id: "picture",
        tabIndex: 0,
        role: "application",
        "aria-label": "Picture of the members: arrows go from one to the next, Enter opens its page",
        "aria-describedby": "picture-summary",
      },
      this.canvas,
      above,
    );
    this.layoutChoice = el(
      "select",
      { id: "picture-layout" },
      el("option", { value: "groups" }, "groups"),
      el("option", { value: "map" }, "round trips"),
    );
    this.groupChoice = el("select", { id: "picture-group" });
    this.note = el("p", { class: "quiet note", id: "picture-note" });
    this.detail = el("p", { class: "detail", id: "picture-detail" });
    this.spoken = el("p", { class: "unseen", role: "status" });
    this.summary = el("p", { class: "unseen", id: "picture-summary" });
    this.element = el(
      "section",
      { class: "card map", "aria-labelledby": "picture-title" },
      el(
        "div",
        { class: "row" },
        el("h2", { id: "picture-title" }, "Picture"),
        el(
          "span",
          { class: "row end" },
          el("label", { for: "picture-layout" }, "by"),
          this.layoutChoice,
          el("label", { for: "picture-group" }, "of"),
          this.groupChoice,
        ),
      ),
      this.stage,
      legend(),
      this.note,
      this.detail,
      this.spoken,
      this.summary,
    );
    this.picture = new Picture(this.canvas, above);
    this.#listen();
  }

  /** Draws what has changed. */
  draw(changed) {
    if (!this.#sized) {
      this.#resize();
    }
    const now = performance.now();
    this.#arrange(now);
    const state = this.#app.state;
    if (this.marked !== null && !state.members.has(this.marked)) {
      this.marked = null;
    }
    const scene = {
      members: state.members,
      suspicions: state.suspicions,
      glows: state.glows,
      own: ownName(state),
      marked: this.marked,
      matches: this.#matches(),
      stale: !this.#app.session.live,
    };
    const still = this.#drawn && [...changed].every((topic) => UNSEEN.has(topic));
    this.#drawn = true;
    if (this.picture.draw(scene, now, still)) {
      this.#app.frames.mark("moving");
    }
    this.#tell(now, changed);
  }

  /** Points at a member; null at none. */
  mark(name) {
    if (this.marked !== name) {
      this.marked = name;
      this.#app.frames.mark("picture");
    }
  }

  #listen() {
    const app = this.#app;
    this.layoutChoice.addEventListener("change", () => {
      this.#layout = this.layoutChoice.value;
      app.frames.mark("picture");
    });
    this.groupChoice.addEventListener("change", () => {
      this.#group = this.groupChoice.value;
      app.frames.mark("picture");
    });
    const at = (event) => {
      const box = this.canvas.getBoundingClientRect();
      return this.picture.nameAt(event.clientX - box.left, event.clientY - box.top);
    };
    this.stage.addEventListener("pointermove", (event) => event.pointerType === "mouse" && this.mark(at(event)));
    this.stage.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && this.mark(null));
    this.stage.addEventListener("click", (event) => {
      const name = at(event);
      // A finger cannot point without touching: the first touch points, the second opens.
      const open = name !== null && (event.pointerType === "mouse" || name === this.marked);
      this.mark(name);
      if (open) {
        location.hash = memberHash(name);
      }
    });
    this.stage.addEventListener("keydown", (event) => this.#key(event));
    new ResizeObserver(() => {
      this.#sized = false;
      app.frames.mark("picture");
    }).observe(this.stage);
    onThemeChange(() => {
      this.picture.readColours();
      app.frames.mark("picture");
    });
  }

  #key(event) {
    if (event.key === "Enter" && this.marked !== null) {
      location.hash = memberHash(this.marked);
    } else if (Object.hasOwn(ARROWS, event.key)) {
      const next = this.picture.neighbour(this.marked, ...ARROWS[event.key]);
      if (next !== null) {
        this.mark(next);
        const member = this.#app.state.members.get(next);
        this.spoken.textContent = member ? `${cut(visible(next), 60)}, ${member.status}${this.#accused(next)}` : "";
      }
      event.preventDefault();
    }
  }

  #resize() {
    this.picture.resize();
    this.#drawn = false;
    this.#sized = true;
    this.#laidOut = "";
  }

  /* Lays out anew only if who is there, or where, has changed. */
  #arrange(now) {
    const state = this.#app.state;
    const key = JSON.stringify([this.#layout, this.#group, state.layout, this.#layout === "map" ? state.coordinatesVersion : 0]);
    if (key === this.#laidOut) {
      return;
    }
    this.#drawn = false;
    this.#laidOut = key;
    const tag = this.#offerTags(state);
    const groups = groupsOf(state.members, tag);
    if (this.#layout === "map") {
      this.#points = project(state.coordinates, this.#points);
      const places = new Map([...this.#points].filter(([name]) => state.members.has(name)));
      const missing = state.members.size - places.size;
      this.picture.place({ places, circles: [], hulls: hullsOf(groups, places, globalThis.d3.polygonHull), unit: 0 }, now);
      const width = this.canvas.clientWidth / this.picture.scale;
      setText(
        this.note,
        places.size === 0
          ? "No coordinates are known yet: members measure round trips while they probe each other."
          : `Far apart is a long round trip; across the whole picture about ${duration(width)}.${missing > 0 ? ` Not shown: ${counted(missing, "member")} without coordinates.` : ""}`,
      );
    } else {
      this.picture.place(inGroups(groups, globalThis.d3.packSiblings), now);
      setText(this.note, tag === "" ? "In the order of their names." : "Each circle is one value of the tag.");
    }
    if (state.members.size === 1) {
      this.note.replaceChildren(
        el("span", { id: "alone" }, "This agent is alone. To have it join others: ", el("code", {}, "./hearsay join ADDRESS")),
      );
    }
  }

  /* The tags that there are, with the reader's choice kept even while nobody has it. Gives the choice. */
  #offerTags(state) {
    const tags = tagsOf(state.members);
    if (this.#group === null && tags.length > 0) {
      this.#group = USUAL_TAGS.find((tag) => tags.includes(tag)) ?? "";
    }
    const chosen = this.#group ?? "";
    const offered = chosen === "" || tags.includes(chosen) ? tags : [...tags, chosen];
    this.groupChoice.replaceChildren(
      el("option", { value: "" }, "all members"),
      ...offered.map((tag) => el("option", { value: tag }, cut(visible(tag), 24))),
    );
    this.groupChoice.value = chosen;
    return chosen;
  }

  #tell(now, changed) {
    const state = this.#app.state;
    const member = this.marked === null ? undefined : state.members.get(this.marked);
    if (member === undefined) {
      setText(this.detail, state.members.size > 0 ? "Point at a member to see who it is; open it to see everything." : "");
    } else {
      const rtt = roundTrip(state, ownName(state), member.name);
      const words = [
        ` ${member.status}${this.#accused(member.name)}`,
        address(member),
        Number.isNaN(rtt) ? "" : duration(rtt),
        cut(visible(tagsText(member)), 50),
      ];
      this.detail.replaceChildren(statusIcon(member.status), " ", shown(member.name, 40), words.filter((word) => word !== "").join(" · "));
    }
    if (now - this.#summaryAt > SUMMARY_MILLIS) {
      this.#summaryAt = now;
      setText(this.summary, summary(state));
    } else if (changed.has("members")) {
      // Once more when the second is over, so that the last change is told, too.
      clearTimeout(this.#summaryTimer);
      this.#summaryTimer = setTimeout(() => this.#app.frames.mark("summary"), SUMMARY_MILLIS);
    }
  }

  #accused(name) {
    const accusers = [...(this.#app.state.suspicions.get(name)?.keys() ?? [])];
    if (accusers.length === 0) {
      return "";
    }
    const told = accusers.slice(0, 4).map((accuser) => cut(visible(accuser), 30));
    return `, accused by ${told.join(", ")}${accusers.length > 4 ? ` and ${accusers.length - 4} more` : ""}`;
  }
}

function legend() {
  return el(
    "ul",
    { class: "legend", "aria-label": "What the shapes mean" },
    ["alive", "suspect", "failed", "leaving", "left"].map((status) => el("li", {}, statusIcon(status), ` ${status}`)),
    el("li", {}, el("span", { class: "arc", "aria-hidden": "true" }), " accuses"),
  );
}

function summary(state) {
  const counts = countStatuses(state.members);
  const told = STATUSES.filter((status) => counts.get(status) > 0).map((status) => `${counts.get(status)} ${status}`);
  const suspects = [...state.suspicions]
    .slice(0, 10)
    .map(([name, accusers]) => `${cut(visible(name), 40)} by ${counted(accusers.size, "member")}`);
  return `${counted(state.members.size, "member")}: ${told.join(", ")}.${suspects.length > 0 ? ` Accused: ${suspects.join(", ")}.` : ""}`;
}
