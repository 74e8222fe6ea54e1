// Operations as values: what an editor does, with an id that is never given twice.

export class Operations {
  #author;
  constructor(author) {
    this.#author = author;
  }
  make(kind, what) {
    return { id: uuid(), author: this.#author, at: new Date().toISOString(), kind, ...what };
  }
}

export const seen = ({ id, version }) => ({ line: id, version });

// crypto.randomUUID is there on secure pages only, and a newsroom's network may have none.
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
