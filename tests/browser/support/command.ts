import type { Person } from "./person.ts";

/** Sends a command of meetings as whoever is signed in on the page; its result. */
export async function command(page: Person["page"], name: string, args: object): Promise<Record<string, string>> {
  return page.evaluate(async (sent) => {
    const id = `c-${Date.now()}-${Math.random().toString(36).slice(2)}`;
    const answer = await fetch("/api/v1/commands", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ id, ...sent }) });
    if (!answer.ok) throw new Error(await answer.text());
    return ((await answer.json()) as { result: Record<string, string> }).result;
  }, { name: `meetings.${name}`, args });
}
