/** Light, dark, or as the system says: remembered in this browser, and told to canvases, which read colours once. */
const KEY = "hearsay.theme";
const CHOICES = ["system", "light", "dark"];

/** What the reader has chosen: system, light or dark. */
export function chosenTheme() {
  try {
    const kept = localStorage.getItem(KEY);
    return CHOICES.includes(kept) ? kept : "system";
  } catch {
    // Some browsers refuse storage to pages from files, or to all.
    return "system";
  }
}

/** Chooses, remembers it where the browser lets us, and dispatches "themechange" on the document. */
export function chooseTheme(choice) {
  apply(choice);
  try {
    localStorage.setItem(KEY, choice);
  } catch {
    // As above: then it holds for this page.
  }
}

/** Calls the listener whenever colours change, whoever changed them. */
export function onThemeChange(listener) {
  document.addEventListener("themechange", listener);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", listener);
}

/** The value of a colour or another custom property, "--alive" for one. */
export function cssValue(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function apply(choice) {
  if (choice === "system") {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = choice;
  }
  document.dispatchEvent(new Event("themechange"));
}

apply(chosenTheme());
