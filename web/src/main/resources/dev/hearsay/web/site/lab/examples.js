/** The runs to begin with, which are links in the page. */
import { byId } from "../common/dom.js";

/** What the lab opens with if no link says otherwise. */
export function firstExample() {
  return byId("examples").querySelector("a").hash;
}

/** A click on an example loads it and plays it, also if it is the one that is loaded. */
export function offerExamples(session) {
  for (const link of byId("examples").querySelectorAll("a")) {
    link.addEventListener("click", async (event) => {
      event.preventDefault();
      await session.loadLink(link.hash, { playing: !matchMedia("(prefers-reduced-motion: reduce)").matches });
    });
  }
}
