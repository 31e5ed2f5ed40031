// How long somebody has had the floor, ticking between two changes. The moment is the service's, and so is the clock: a browser's own may be
// wrong, and stands while the machine sleeps, so the server's time is asked for anew with each connection.

/** The server's clock against this browser's; the middle of the second that its answer names. */
export async function serverAhead(now: () => number, ask: () => Promise<{ headers: { get(name: string): string | null } }>): Promise<number | undefined> {
  try {
    const before = now();
    const answer = await ask();
    const told = Date.parse(answer.headers.get("date") ?? "");
    return Number.isNaN(told) ? undefined : told + 500 - (before + now()) / 2;
  } catch {
    return undefined;
  }
}

/** "1 min 5 s", as the service says it. */
export function lengthWords(milliseconds: number): string {
  const all = Math.max(0, Math.floor(milliseconds / 1000));
  const minutes = Math.floor(all / 60);
  const seconds = all % 60;
  if (minutes === 0) return `${seconds} s`;
  return seconds === 0 ? `${minutes} min` : `${minutes} min ${seconds} s`;
}

export class Timers {
  #ahead: number | undefined;

  /** With each connection. */
  async setClock(): Promise<void> {
    const ahead = await serverAhead(Date.now, () => fetch("/healthz", { cache: "no-store" }));
    if (ahead !== undefined) this.#ahead = ahead;
    this.show();
  }

  start(): void {
    setInterval(() => this.show(), 1000);
  }

  /** Nothing before the server's time is known: better no time than a wrong one. */
  show(): void {
    if (this.#ahead === undefined) return;
    for (const place of document.querySelectorAll<HTMLElement>("[data-counted-from]")) {
      const from = Date.parse(place.dataset["countedFrom"] ?? "");
      if (!Number.isNaN(from)) place.textContent = lengthWords(Date.now() + this.#ahead - from);
    }
  }
}
