/** The line under the bar: whether what the page shows is of now, and if not, of when. Its room is always there. */
import { byId, el } from "./common/dom.js";
import { clock } from "./format.js";
import { memberHash } from "./router.js";
import { shown, visible } from "./text.js";
import { ownName } from "./store.js";
import { setText } from "./views/table.js";

/** Keeps the line, the title and the look of the whole page; title gives what the present page is called. */
export function connectionStrip(app, title) {
  const strip = byId("connection");
  const text = byId("connection-text");
  const countdown = byId("connection-countdown");
  const retry = byId("connection-retry");
  retry.addEventListener("click", () => app.session.retryNow());
  let told = "";
  app.frames.watch(["connection", "agent", "place"], () => {
    const { connection } = app.state;
    strip.dataset.phase = connection.phase;
    document.body.classList.toggle("stale", connection.phase === "away");
    setText(text, sentence(connection));
    retry.hidden = connection.phase !== "away";
    count(countdown, connection);
    const own = ownName(app.state);
    document.title = `${connection.phase === "away" ? "(away) " : ""}${title()} · ${own === "" ? "Hearsay" : visible(own)}`;
    const { health } = app.state;
    const score =
      health === null ? "" : `, local health ${health.health_score}${health.health_score > 0 ? ` (${visible(health.health_reason)})` : ""}`;
    if (told !== own + score) {
      told = own + score;
      byId("own").replaceChildren("seen from ", el("a", { href: memberHash(own) }, shown(own, 40)), score);
    }
  });
  // Seconds that go down are for the eye: a screen reader would say nothing else any more.
  setInterval(() => count(countdown, app.state.connection), 250);
}

function sentence(connection) {
  switch (connection.phase) {
    case "live":
      return `Live since ${clock(connection.since)}.`;
    case "away":
      return connection.since === 0
        ? `No answer from the agent: ${connection.reason}.`
        : `No answer from the agent since ${clock(connection.since)}; what you see is of then.`;
    case "denied":
      return "The agent wants a token.";
    default:
      return connection.reason === "" ? "Asking the agent …" : `Asking the agent … (${connection.reason})`;
  }
}

function count(element, connection) {
  const seconds = Math.ceil((connection.retryAt - Date.now()) / 1000);
  setText(element, connection.phase !== "away" ? "" : seconds > 0 ? `Trying again in ${seconds} s.` : "Trying now …");
}
