// What was written and is not on the server yet, kept in this browser until it is.
const key = (slug) => `etam article ${slug}`;

export function keep(slug, kept) {
  try {
    localStorage.setItem(key(slug), JSON.stringify(kept));
  } catch {
    // a full or forbidden storage is no reason not to write
  }
}

export function kept(slug) {
  try {
    return JSON.parse(localStorage.getItem(key(slug)));
  } catch {
    return null;
  }
}

export function drop(slug) {
  try {
    localStorage.removeItem(key(slug));
  } catch {
    // nothing was kept then
  }
}
