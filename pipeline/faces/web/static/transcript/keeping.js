// Operations and half-typed lines in the browser, so that neither a lost network nor a closed
// window loses them: operations in IndexedDB until the server has them, the line that is being
// typed in localStorage, which is written before the next key.

const FRESH_MS = 8000;
const TAB = "etam-tab";

const tab = (sessionStorage[TAB] ??= crypto.getRandomValues(new Uint32Array(2)).join("-"));

export class Keeping {
  #slug;
  #author;
  #database;

  constructor(slug, author) {
    this.#slug = slug;
    this.#author = author;
    this.#database = opened();
  }

  async operations() {
    const all = await this.#do("operations", "readonly", (store) => store.getAll());
    return all
      .filter(({ slug, author }) => slug === this.#slug && author === this.#author)
      .map(({ operation }) => operation);
  }

  keep(operation) {
    const record = { id: operation.id, slug: this.#slug, author: this.#author, operation };
    return this.#do("operations", "readwrite", (store) => store.add(record));
  }

  forget(ids) {
    const gone = new Set(ids);
    return this.#do("operations", "readwrite", (store) => {
      const walk = store.openCursor();
      walk.onsuccess = () => {
        const cursor = walk.result;
        if (!cursor) return;
        if (gone.has(cursor.value.id)) cursor.delete();
        cursor.continue();
      };
    });
  }

  keepDraft(line, draft) {
    localStorage[this.#draftKey(line)] = JSON.stringify({ ...draft, tab, at: Date.now() });
  }

  // With an operation's id only the draft that became this operation is forgotten.
  forgetDraft(line, operation) {
    const key = this.#draftKey(line);
    if (operation && JSON.parse(localStorage[key] ?? "{}").operation?.id !== operation) return;
    localStorage.removeItem(key);
  }

  // What was being typed when a window closed, as `on` and `text`, or as the operation that it had
  // just become. Fresh ones of other windows are still being typed.
  drafts() {
    const prefix = this.#draftKey("");
    const found = [];
    for (const key of Object.keys(localStorage).filter((each) => each.startsWith(prefix))) {
      const draft = { line: key.slice(prefix.length), ...JSON.parse(localStorage[key]) };
      if (draft.tab === tab || Date.now() - draft.at > FRESH_MS) found.push(draft);
    }
    return found;
  }

  #draftKey(line) {
    return `etam-draft ${this.#slug} ${this.#author} ${line}`;
  }

  async #do(name, mode, what) {
    const transaction = (await this.#database).transaction(name, mode);
    const asked = what(transaction.objectStore(name));
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(asked?.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  }
}

function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("etam-review", 1);
    asked.onupgradeneeded = () =>
      asked.result.createObjectStore("operations", { autoIncrement: true });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}
