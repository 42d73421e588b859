/** What forms have in common: a refusal is shown beside the field that it is about, in the agent's words. */
import { visible } from "../text.js";

/**
 * Shows what went wrong, or that nothing did.
 *
 * @param form whose marks are taken away first
 * @param result an element with role="status"
 * @param problem an Error, an ApiError best; null for none
 * @param fields inputs by the name of the API's field
 */
export function formProblem(form, result, problem, fields = {}) {
  for (const input of form.querySelectorAll("[aria-invalid]")) {
    input.removeAttribute("aria-invalid");
  }
  result.classList.toggle("problem", problem !== null);
  if (problem === null) {
    result.textContent = "";
    return;
  }
  const again = problem.retryAfter > 0 ? ` Come back in ${problem.retryAfter} s.` : "";
  result.textContent = visible(problem.message) + (problem.message.endsWith(".") ? "" : ".") + again;
  // "nodes.0" is a part of the field "nodes".
  const field = problem.field === null || problem.field === undefined ? "" : problem.field.split(/[./[]/)[0];
  if (Object.hasOwn(fields, field)) {
    fields[field].setAttribute("aria-invalid", "true");
    fields[field].focus();
  }
}
