/** The pictures of A and B: made anew for new runs, drawn for each frame, touched by pointers. */
import { byId, el } from "../common/dom.js";
import { Stage } from "../common/stage.js";
import { nameOf } from "./settings.js";
import { number } from "./words.js";

/** Pixels that a pointer moves before it draws a line rather than chooses a node. */
const DRAG_LEAST = 12;

const SVG = "http://www.w3.org/2000/svg";

export class Stages {
  #session;
  #views = [];

  /** @param wake called when something has to be drawn */
  constructor(session, wake) {
    this.#session = session;
    this.wake = wake;
    /** Whether fingers draw a line instead of scrolling the page. */
    this.cutting = false;
    session.addEventListener("loaded", () => this.#build());
    session.addEventListener("selected", () => {
      this.#views.forEach(({ stage }) => stage.select(session.selected < 0 ? [] : [session.selected]));
      wake();
    });
    session.addEventListener("changed", wake);
    session.addEventListener("busy", wake);
  }

  draw() {
    const { player, selected, asSeen } = this.#session;
    this.#views.forEach(({ stage }, i) => {
      const track = player.tracks[i];
      if (track && track.playback.n === stage.n) {
        stage.draw(track.playback, player.now, {
          sides: sidesAt(player.actions, player.now, stage.n),
          viewer: asSeen ? selected : -1,
        });
      }
    });
  }

  /** By a drag, or by fingers that scroll. */
  setCutting(cutting) {
    this.cutting = cutting;
    byId("pictures").classList.toggle("cutting", cutting);
  }

  #build() {
    this.#views.forEach(({ stage }) => stage.close());
    const { settings } = this.#session;
    this.#views = settings.map((one, i) => this.#view(one, i));
    byId("pictures").replaceChildren(...this.#views.map(({ figure }) => figure));
    byId("pictures").classList.toggle("two", settings.length === 2);
    // Only now do the canvases have a size.
    this.#views.forEach((view, i) => {
      const one = settings[i];
      view.stage = new Stage(view.canvas, {
        n: one.n, members: one.protocol === "swim", server: one.protocol === "broadcast" ? 0 : -1, onstale: this.wake,
      });
    });
    this.wake();
  }

  #view(settings, i) {
    const side = "ab"[i];
    const canvas = el("canvas", { id: `stage-${side}`, role: "img", "aria-label": "Nodes and packets; the line below says what is to be seen",
      "aria-describedby": "status" });
    const line = document.createElementNS(SVG, "line");
    const overlay = document.createElementNS(SVG, "svg");
    overlay.setAttribute("class", "cut-line");
    overlay.setAttribute("aria-hidden", "true");
    overlay.append(line);
    const which = this.#session.settings.length === 2 ? `${side.toUpperCase()}: ` : "";
    const caption = `${which}${nameOf(settings.protocol)}, ${number(settings.n)} nodes`;
    const figure = el("figure", { "data-side": side }, el("div", { class: "picture" }, canvas, overlay), el("figcaption", {}, caption));
    const view = { figure, canvas, line, stage: null };
    this.#listen(view);
    return view;
  }

  #listen(view) {
    const { canvas, line } = view;
    let begin = null;
    const place = (event) => ({ x: event.offsetX, y: event.offsetY });
    canvas.addEventListener("pointerdown", (event) => {
      begin = place(event);
      if (event.pointerType !== "touch" || this.cutting) {
        canvas.setPointerCapture(event.pointerId);
      }
    });
    canvas.addEventListener("pointermove", (event) => {
      if (begin && (event.pointerType !== "touch" || this.cutting)) {
        drawLine(line, begin, place(event));
      }
    });
    canvas.addEventListener("pointercancel", () => {
      begin = null;
      line.removeAttribute("class");
    });
    canvas.addEventListener("pointerup", (event) => {
      line.removeAttribute("class");
      if (begin) {
        this.#released(view.stage, begin, place(event));
      }
      begin = null;
    });
  }

  #released(stage, begin, end) {
    if (Math.hypot(end.x - begin.x, end.y - begin.y) < DRAG_LEAST) {
      this.#session.select(stage.nodeAt(end.x, end.y));
      return;
    }
    const sides = stage.sidesOf(begin.x, begin.y, end.x, end.y);
    const left = sides.reduce((sum, side) => sum + side, 0);
    const smaller = left * 2 <= stage.n ? 1 : 0;
    const cut = nodesWhere(sides, smaller);
    if (cut.length > 0) {
      this.#session.act({ do: "partition", nodes: cut });
    } else {
      this.#session.say("warn", ["All nodes are on one side of this line: nothing is cut off."]);
    }
  }
}

/** Who is cut off from the rest at a moment: by node 1 or 0; null if nobody is. */
export function sidesAt(actions, now, n) {
  let last = null;
  for (const action of actions) {
    if (action.at <= now && (action.do === "partition" || action.do === "heal")) {
      last = action;
    }
  }
  if (last === null || last.do === "heal") {
    return null;
  }
  const sides = new Uint8Array(n);
  last.nodes.filter((node) => node < n).forEach((node) => {
    sides[node] = 1;
  });
  return sides;
}

function nodesWhere(sides, value) {
  const found = [];
  sides.forEach((side, node) => {
    if (side === value) {
      found.push(node);
    }
  });
  return found;
}

function drawLine(line, from, to) {
  line.setAttribute("class", "drawn");
  line.setAttribute("x1", from.x);
  line.setAttribute("y1", from.y);
  line.setAttribute("x2", to.x);
  line.setAttribute("y2", to.y);
}
