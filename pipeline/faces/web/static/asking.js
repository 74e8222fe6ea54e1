// Asks the server: JSON in, JSON out, with the page's proof. What fails is a Refusal with sentences.
const written = (name) => document.querySelector(`meta[name="${name}"]`)?.content ?? "";
const person = written("signed-in");
let proof = written("csrf-token");

export class Refusal extends Error {
  constructor(status, { problem, remedy, ...rest }) {
    super(problem);
    this.status = status;
    this.problem = problem;
    this.remedy = remedy ?? "";
    this.rest = rest;
  }
}

export async function ask(address, { method = "GET", body, signal } = {}) {
  const answer = await fetchProved(address, {
    method,
    headers: body === undefined ? {} : { "Content-Type": "application/json" },
    signal,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const said = answer.headers.get("Content-Type")?.startsWith("application/json")
    ? await answer.json()
    : { problem: await answer.text(), remedy: "" };
  if (!answer.ok) throw new Refusal(answer.status, said);
  return said;
}

// Goes on, too, when the same person has signed in again in another window since this page was opened.
export async function fetchProved(address, options) {
  const send = () => fetch(address, { ...options, headers: { ...options.headers, ...proofHeaders() } });
  const answer = await send();
  return answer.status === 403 && (await hasNewProof()) ? send() : answer;
}

async function hasNewProof() {
  const answer = await fetch("/api/proof").catch(() => null);
  if (!answer?.ok) return false;
  const now = await answer.json();
  if (now.login !== person || now.proof === proof) return false;
  proof = now.proof;
  return true;
}

export const proofHeaders = () => ({ "X-CSRF-Token": proof });
