// Sends the files of a drop, piece by piece, from where each one has got; three at once in all.
import { proofHeaders } from "../asking.js";

const PIECE_BYTES = 8 * 1024 * 1024;
const AT_ONCE = 3;
const AGAIN_AFTER_MS = [0, 1000, 2000, 4000, 8000, 15000, 15000, 15000, 15000];
const WAIT_MS = 5000;
const FOR_GOOD = new Set([401, 403, 404, 410, 412, 413, 415]);

const waiting = [];
let sending = 0;

function next() {
  while (sending < AT_ONCE && waiting.length) {
    sending += 1;
    waiting.shift()();
  }
}

export class Sending {
  // told: { moved(), accepted(), lost(), failed(problem), done() }
  constructor(said, file, told) {
    this.said = said;
    this.file = file;
    this.told = told;
    this.arrived = said.arrived;
    this.isStopped = false;
    this.upload = null;
    this.timer = 0;
  }

  get isDone() {
    return this.arrived >= this.said.size;
  }

  start() {
    this.isStopped = false;
    if (this.isDone) return this.told.done();
    waiting.push(() => this.#send());
    next();
  }

  async stop() {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.upload?.abort();
    this.#leave();
  }

  #send() {
    this.isIn = true;
    if (this.isStopped) return this.#leave();
    this.upload = new window.tus.Upload(this.file, {
      uploadUrl: `/api/uploads/${this.said.id}`,
      chunkSize: PIECE_BYTES,
      retryDelays: AGAIN_AFTER_MS,
      headers: proofHeaders(),
      storeFingerprintForResuming: false,
      onProgress: (sent) => {
        this.arrived = sent;
        this.told.moved();
      },
      onChunkComplete: (_size, accepted) => {
        this.arrived = accepted;
        this.told.accepted();
      },
      onShouldRetry: (error) => {
        this.told.lost();
        return !FOR_GOOD.has(error.originalResponse?.getStatus() ?? 0);
      },
      onError: (error) => this.#failed(error),
      onSuccess: () => {
        this.arrived = this.said.size;
        this.#leave();
        this.told.done();
      },
    });
    this.upload.start();
  }

  #failed(error) {
    this.#leave();
    if (this.isStopped) return;
    const status = error.originalResponse?.getStatus() ?? 0;
    if (FOR_GOOD.has(status) || status === 507) {
      let problem = error.originalResponse.getBody();
      try {
        problem = JSON.parse(problem).problem;
      } catch {
        // it is plain text
      }
      return this.told.failed(problem);
    }
    this.told.lost();
    const again = () => {
      clearTimeout(this.timer);
      removeEventListener("online", again);
      if (!this.isStopped) this.start();
    };
    this.timer = setTimeout(again, WAIT_MS);
    addEventListener("online", again);
  }

  #leave() {
    if (!this.isIn) return;
    this.isIn = false;
    sending -= 1;
    next();
  }
}
