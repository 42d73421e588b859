/**
 * Makes and finds elements. Text always becomes a text node: whatever members call themselves is shown, never run. Nothing in
 * these pages sets innerHTML.
 */

/** The element with that id, which must exist. */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) {
    throw new Error(`no element with the id '${id}'`);
  }
  return found;
}

/**
 * An element. Of the properties, those that begin with "on" are listeners, "class" and names with a dash are attributes, as are
 * role, for, type and list; others are set as properties. Children are elements or text; null and undefined are left out.
 */
export function el(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (key.startsWith("on")) {
      element.addEventListener(key.slice(2), value);
    } else if (key in element && !ATTRIBUTES.has(key)) {
      element[key] = value;
    } else {
      element.setAttribute(key, value === true ? "" : value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

const ATTRIBUTES = new Set(["class", "role", "for", "type", "list", "form", "width", "height"]);
