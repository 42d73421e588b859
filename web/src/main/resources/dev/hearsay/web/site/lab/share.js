/** The link of a run, and the run as a scenario file. */
import { byId } from "../common/dom.js";

/** Copies text. Whether that was allowed; where it is not, the reader can still select it. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Connects the buttons with the session. */
export function shareWith(session) {
  const button = byId("copy-link");
  button.addEventListener("click", async () => {
    if (!session.linkIsComplete) {
      session.say("warn", ["The actions name too many nodes for a link: it carries settings and seed only. The scenario file has all."]);
      await copy(location.href);
      return;
    }
    const copied = await copy(location.href);
    session.say(copied ? "good" : "warn", [copied ? "The link is copied: settings, seed and actions are in it."
      : "The browser does not let the page copy. The link is in the address bar: settings, seed and actions are in it."]);
  });
  byId("open-scenario").addEventListener("click", () => openScenario(session));
  byId("scenario-of").addEventListener("change", () => showScenario(session));
  byId("scenario-copy").addEventListener("click", async () => {
    const copied = await copy(byId("scenario-text").value);
    byId("scenario-said").textContent = copied ? "Copied." : "The browser does not let the page copy: select the text.";
  });
}

async function openScenario(session) {
  const two = session.settings.length === 2;
  byId("scenario-of").hidden = !two;
  byId("scenario-of-label").hidden = !two;
  byId("scenario-of").value = "0";
  byId("scenario-said").textContent = "";
  await showScenario(session);
  byId("scenario").showModal();
  byId("scenario-text").setSelectionRange(0, 0);
  byId("scenario-text").scrollTop = 0;
}

async function showScenario(session) {
  const link = byId("scenario-download");
  URL.revokeObjectURL(link.href);
  try {
    const text = await session.engine.scenario(session.settings[Number(byId("scenario-of").value)], session.player.actions);
    byId("scenario-text").value = text;
    link.href = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
    link.hidden = false;
  } catch (e) {
    byId("scenario-text").value = "";
    byId("scenario-said").textContent = e.message;
    link.hidden = true;
  }
}
