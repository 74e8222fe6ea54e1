// Finds while somebody types; the address always says what is shown. Without this the form does it.
const CALM_MS = 180;

const input = document.getElementById("q");
const found = document.getElementById("found");
let timer = 0;
let asking = null;

async function look() {
  const query = input.value.trim();
  const address = query ? `/search?q=${encodeURIComponent(query)}` : "/search";
  history.replaceState(null, "", address);
  asking?.abort();
  asking = new AbortController();
  found.classList.add("stale");
  try {
    const answer = await fetch(address, { signal: asking.signal });
    if (answer.redirected) return location.reload();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    found.replaceChildren(...(page.getElementById("found")?.childNodes ?? []));
    found.classList.remove("stale");
  } catch (error) {
    if (error.name !== "AbortError") found.classList.remove("stale");
  }
}

input.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(look, CALM_MS);
});
