// What happens on the server, for as long as a page is open; the browser connects again by itself.
export function listen(handlers, { onBack = () => {} } = {}) {
  const source = new EventSource("/api/events");
  let wasLost = false;
  source.addEventListener("error", () => (wasLost = true));
  source.addEventListener("open", () => {
    if (wasLost) onBack();
    wasLost = false;
  });
  for (const [kind, handle] of Object.entries(handlers)) {
    source.addEventListener(kind, (event) => handle(JSON.parse(event.data)));
  }
  return source;
}
