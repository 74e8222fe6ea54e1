// What guests agreed to: a form of its own, saved by itself.
import { ask, Refusal } from "../asking.js";
import { _ } from "../words.js";
import { readForm, writeForm } from "./form.js";
import { prepareLists } from "./rows.js";

export function prepareConsents(slug) {
  const form = document.getElementById("consents");
  if (!form) return;
  let { mark, consents } = JSON.parse(document.getElementById("consent-state-json").textContent);
  prepareLists(form);
  writeForm(form, { consents });
  const state = document.getElementById("consent-state");
  const problem = document.getElementById("consent-problem");
  form.addEventListener("input", () => (state.textContent = _("Not saved yet")));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.hidden = true;
    try {
      const body = { seen: mark, consents: readForm(form).consents ?? [] };
      ({ mark } = await ask(`/api/episodes/${encodeURIComponent(slug)}/consents`, { method: "PUT", body }));
      state.textContent = _("Saved.");
    } catch (error) {
      problem.textContent = error instanceof Refusal ? `${error.problem} ${error.remedy}` : _("The connection to the server is lost.");
      problem.hidden = false;
    }
  });
}
