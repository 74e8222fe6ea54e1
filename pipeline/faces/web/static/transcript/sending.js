// Sends operations at once, one request after another, for as long as it takes; an operation has an
// id, so sending it again does no harm.
import { Refusal, ask } from "../asking.js";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;
const MOST_AT_ONCE = 200;

export class Sending extends EventTarget {
  #address;
  #standing;
  #keeping;
  #isBusy = false;
  #wantsNews = false;
  #waitMs = FIRST_WAIT_MS;
  #timer;
  state = "kept"; // kept, sending, offline, signed-out
  #idle = [];

  constructor(address, standing, keeping) {
    super();
    this.#address = address;
    this.#standing = standing;
    this.#keeping = keeping;
  }

  // Shown at once, kept in the browser (when the promise is fulfilled), and on its way.
  add(operation) {
    this.#standing.add(operation);
    const kept = this.#keeping.keep(operation).catch((error) => this.#tell("unkept", error));
    this.now();
    return kept;
  }

  // Ask what others did since.
  news() {
    this.#wantsNews = true;
    this.now();
  }

  now() {
    clearTimeout(this.#timer);
    if (!this.#isBusy) this.#go();
  }

  // When everything that was added before has arrived.
  arrived() {
    if (!this.#standing.pending.length && !this.#isBusy) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  async #go() {
    this.#isBusy = true;
    try {
      while (this.#standing.pending.length || this.#wantsNews) await this.#round();
      this.#waitMs = FIRST_WAIT_MS;
      this.#say("kept");
      for (const resolve of this.#idle.splice(0)) resolve();
    } catch (error) {
      this.#failed(error);
    } finally {
      this.#isBusy = false;
    }
  }

  async #round() {
    const { epoch, count } = this.#standing.kept;
    const operations = this.#standing.pending.slice(0, MOST_AT_ONCE);
    this.#wantsNews = false;
    if (!operations.length) {
      const known = new URLSearchParams({ epoch, count });
      this.#standing.take(await ask(`${this.#address}?${known}`));
      return;
    }
    this.#say("sending");
    const ids = operations.map(({ id }) => id);
    const answer = await this.#offered(operations, { epoch, count });
    if (!answer) return;
    this.#standing.take(answer, ids);
    await this.#keeping.forget(ids);
  }

  // What the server will never take is found one by one and handed back to its author.
  async #offered(operations, known) {
    try {
      return await this.#post(operations, known);
    } catch (error) {
      if (!(error instanceof Refusal) || ![409, 422].includes(error.status)) throw error;
      if (operations.length === 1) {
        await this.#keeping.forget([operations[0].id]);
        this.#standing.drop(operations[0].id);
        this.#tell("refused", { operation: operations[0], error });
        return null;
      }
    }
    return this.#offered(operations.slice(0, 1), known).then((answer) => {
      if (answer) {
        this.#standing.take(answer, [operations[0].id]);
        return this.#keeping.forget([operations[0].id]).then(() => null);
      }
      return null;
    });
  }

  #post(operations, known) {
    return ask(`${this.#address}/operations`, { method: "POST", body: { ...known, operations } });
  }

  #failed(error) {
    const isSignedOut = error instanceof Refusal && [401, 403].includes(error.status);
    this.#say(isSignedOut ? "signed-out" : "offline");
    this.#timer = setTimeout(() => this.now(), this.#waitMs);
    this.#waitMs = Math.min(2 * this.#waitMs, LONGEST_WAIT_MS);
    if (!(error instanceof Refusal) && !(error instanceof TypeError)) throw error;
  }

  #say(state) {
    this.state = state;
    this.#tell("state", { state, unsent: this.#standing.pending.length });
  }

  #tell(kind, detail) {
    this.dispatchEvent(new CustomEvent(kind, { detail }));
  }
}
