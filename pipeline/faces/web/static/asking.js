// Asks the server: JSON in, JSON out, with the page's proof. What fails is a Refusal with sentences.
const proof = document.querySelector('meta[name="csrf-token"]')?.content ?? "";

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
  const headers = { "X-CSRF-Token": proof };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const answer = await fetch(address, {
    method,
    headers,
    signal,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const said = answer.headers.get("Content-Type")?.startsWith("application/json")
    ? await answer.json()
    : { problem: await answer.text(), remedy: "" };
  if (!answer.ok) throw new Refusal(answer.status, said);
  return said;
}

export const proofHeaders = () => ({ "X-CSRF-Token": proof });
