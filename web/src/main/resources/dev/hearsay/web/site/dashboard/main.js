/** Puts the page together: one state, one session with the agent, and a view for each place. */
import { Announcer } from "./announce.js";
import { Api } from "./api.js";
import { byId } from "./common/dom.js";
import { chooseTheme, chosenTheme } from "./common/theme.js";
import { Frames } from "./frames.js";
import { follow } from "./router.js";
import { Session } from "./session.js";
import { SideStream } from "./side.js";
import { emptyState, takeEvent } from "./store.js";
import { connectionStrip } from "./strip.js";
import { eventsView } from "./views/events.js";
import { figuresView } from "./views/figures.js";
import { memberView } from "./views/member.js";
import { membersView } from "./views/members.js";
import { queryView } from "./views/query.js";
import { stateView } from "./views/state.js";
import { tokenForm } from "./views/token.js";

const api = new Api();
const state = emptyState();
const frames = new Frames();
const announcer = new Announcer(byId("announcer"));
const session = new Session(api, state, frames, announcer);
const app = {
  api,
  state,
  frames,
  announcer,
  session,
  shared: new SideStream(api, "state", (event) => event.event !== "progress" && frames.mark(...takeEvent(state, event, Date.now()))),
  figures: new SideStream(api, "figures", () => {}),
};
session.listen((event) => {
  if (event.event === "loaded") {
    app.shared.retryNow();
    app.figures.retryNow();
  }
});

const views = {
  members: membersView(app),
  member: memberView(app),
  events: eventsView(app),
  query: queryView(app),
  state: stateView(app),
  figures: figuresView(app),
};
const main = byId("main");
for (const view of Object.values(views)) {
  view.element.hidden = true;
  main.append(view.element);
}
main.append(tokenForm(app));

let shownNow = null;
follow((place) => {
  const name = place.page === "members" && place.parts.length > 0 ? "member" : place.page;
  if (shownNow !== views[name]) {
    shownNow?.hide();
    for (const view of Object.values(views)) {
      view.element.hidden = view !== views[name];
    }
    if (shownNow !== null) {
      scrollTo(0, 0);
      main.focus({ preventScroll: true });
    }
    shownNow = views[name];
  } else {
    shownNow.hide();
  }
  shownNow.show(place.parts);
  for (const link of byId("nav").querySelectorAll("a")) {
    if (link.dataset.page === place.page) {
      link.setAttribute("aria-current", "page");
    } else {
      link.removeAttribute("aria-current");
    }
  }
  frames.mark("place");
});
connectionStrip(app, () => shownNow.title());

const theme = byId("theme");
theme.value = chosenTheme();
theme.addEventListener("change", () => chooseTheme(theme.value));
// The link to the content must not change the place, which is behind the '#', too.
byId("skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});
// The browser would note each of our requests, for nobody.
performance.setResourceTimingBufferSize(0);
session.start();
