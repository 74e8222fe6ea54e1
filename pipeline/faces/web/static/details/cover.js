// The cover: sent as it is, checked and made square by the server.
import { fetchProved } from "../asking.js";
import { _ } from "../words.js";
import { showNewCover } from "./preview.js";

export function prepareCover(slug) {
  const address = `/api/episodes/${encodeURIComponent(slug)}/cover`;
  const file = document.getElementById("cover-file");
  const remove = document.getElementById("cover-remove");
  file?.addEventListener("change", async () => {
    const [picture] = file.files;
    file.value = "";
    if (!picture) return;
    const said = await send(address, { method: "PUT", body: picture });
    if (!said) return;
    tell(`${_("The cover is changed.")} ${said.is_cut ? _("The edges were cut off to make it square.") : ""}`, true);
    remove.hidden = false;
  });
  remove?.addEventListener("click", async () => {
    if (await send(address, { method: "DELETE" })) {
      tell(_("The show's artwork is used."), true);
      remove.hidden = true;
    }
  });
}

async function send(address, options) {
  try {
    const answer = await fetchProved(address, options);
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
    const said = isJson ? await answer.json() : { problem: await answer.text(), remedy: "" };
    if (answer.ok) return said;
    tell(`${said.problem} ${said.remedy}`, false);
  } catch {
    tell(_("The connection to the server is lost."), false);
  }
  return null;
}

function tell(text, isGood) {
  const at = document.getElementById("cover-said");
  at.textContent = text;
  at.className = isGood ? "good" : "problem";
  if (isGood) showNewCover();
}
