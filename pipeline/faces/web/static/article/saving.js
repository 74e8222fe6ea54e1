// Saves while somebody writes. What a colleague saved meanwhile is met, never written over.
import { ask, Refusal } from "../asking.js";
import { drop, keep, kept } from "./keeping.js";

const PAUSE_MS = 700;
const AGAIN_MS = 3000;

export class Saving {
  // `told(state)` shows how it stands; `meet(base, mine)` is called when somebody else saved.
  constructor({ slug, article, text, told, meet, saved }) {
    Object.assign(this, { slug, text, told, meet, saved });
    this.address = `/api/episodes/${encodeURIComponent(slug)}/article`;
    this.mark = article.mark;
    this.base = article.text;
    this.isBusy = false;
    this.isHeld = false;
    this.timer = 0;
  }

  get isClean() {
    return this.text() === this.base;
  }

  // Words of an earlier visit that never arrived.
  left() {
    const found = kept(this.slug);
    if (!found || found.text === this.base) {
      drop(this.slug);
      return null;
    }
    return found;
  }

  changed() {
    if (this.isClean && !this.isBusy) drop(this.slug);
    else keep(this.slug, { text: this.text(), base: this.base, mark: this.mark });
    if (!this.isBusy) this.told(this.isClean ? "saved" : "waiting");
    this.soon(PAUSE_MS);
  }

  soon(ms) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), ms);
  }

  rest() {
    drop(this.slug);
    this.told("saved");
  }

  standsOn({ mark, text }) {
    this.mark = mark;
    this.base = text;
  }

  async save() {
    clearTimeout(this.timer);
    if (this.isBusy || this.isHeld || this.isClean) return;
    this.isBusy = true;
    const text = this.text();
    this.told("saving");
    let next = 0;
    try {
      const { mark } = await ask(this.address, { method: "PUT", body: { seen: this.mark, text } });
      this.standsOn({ mark, text });
      if (!this.isClean) {
        next = PAUSE_MS;
        this.told("waiting");
      }
      this.saved();
    } catch (error) {
      next = await this.refused(error);
    } finally {
      this.isBusy = false;
    }
    if (next) this.soon(next);
    else if (this.isClean) this.rest(); // what a colleague saved may be all that was wanted
  }

  async refused(error) {
    if (error instanceof Refusal && error.status === 409 && error.rest.there) {
      await this.meet(this.base, this.text());
      return 0;
    }
    const isLost = !(error instanceof Refusal) || error.status >= 500;
    const isSignedOut = !isLost && error.status === 401;
    this.told(isLost ? "lost" : "refused", error);
    return isLost || isSignedOut ? AGAIN_MS : 0;
  }
}
