/** Runs to begin with. Each is a link, read as any other: so an example cannot say what a link cannot. */
import { byId, el } from "../common/dom.js";

/** The first is what the lab opens with if no link says otherwise. */
export const EXAMPLES = [
  { id: "push", name: "Push to 1,000", link: "protocol=push&n=1000&fanout=3&interval=200&latency=50" },
  { id: "lossy", name: "Push, one packet in five lost", link: "protocol=push&n=1000&fanout=3&interval=200&latency=50&loss=20" },
  { id: "push-then-pull", name: "Push, then pull", link: "protocol=push-then-pull&n=1000&fanout=3&interval=200&latency=50&loss=10" },
  { id: "crash", name: "SWIM: a member crashes", link: "protocol=swim&n=40&interval=1000&latency=20&do=3000:crash:17" },
  { id: "partition", name: "SWIM: a partition that heals",
    link: `protocol=swim&n=30&interval=1000&latency=20&do=3000:partition:${Array.from({ length: 10 }, (_, i) => 20 + i).join(".")},25000:heal` },
  { id: "server", name: "Gossip beside a central server",
    link: "protocol=push&n=1000&fanout=3&interval=200&latency=50&versus&protocol=broadcast&n=1000&latency=50" },
];

/** A button for each. */
export function offerExamples(session) {
  byId("examples").replaceChildren(...EXAMPLES.map(({ id, name, link }) => el("button", {
    type: "button", id: `example-${id}`, "data-example": id,
    onclick: async () => {
      await session.loadLink(link);
      if (!matchMedia("(prefers-reduced-motion: reduce)").matches) {
        session.player.play();
      }
      session.dispatchEvent(new Event("changed"));
    },
  }, name)));
}
