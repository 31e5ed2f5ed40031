// How fresh the page is, in words, always in the same place.
import type { LiveState } from "./live/streamer.ts";

const clock = new Intl.DateTimeFormat("en-GB", {
  hour: "numeric", minute: "2-digit", hour12: true, timeZone: "Europe/London",
});

/** "2:03pm" */
export function clockWords(at: Date): string {
  const part = (type: string): string => clock.formatToParts(at).find((p) => p.type === type)?.value ?? "";
  return `${Number(part("hour")) % 12 || 12}:${part("minute")}${part("dayPeriod").toLowerCase().replaceAll(/[^apm]/g, "")}`;
}

const OFFLINE_AFTER_MS = 5000;

export interface ConnectionTools {
  show(state: string, words: string): void;
  tell(text: string): void;
  now(): Date;
  after(milliseconds: number, then: () => void): () => void;
}

export class Connection {
  readonly #tools: ConnectionTools;
  #lostAt: Date | undefined;
  #cancel: (() => void) | undefined;

  constructor(tools: ConnectionTools) {
    this.#tools = tools;
    tools.show("connecting", "Connecting");
  }

  set(state: LiveState): void {
    switch (state) {
      case "live": return this.#live();
      case "ended": return this.#ended();
      case "connecting": return this.#tools.show("connecting", "Connecting");
      case "reconnecting": return this.#lost();
    }
  }

  #live(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#lostAt = undefined;
    this.#tools.show("live", "Live");
  }

  #ended(): void {
    this.#cancel?.();
    this.#tools.show("offline", "Signed out");
    this.#tools.tell("You have been signed out. Sign in again to go on");
  }

  #lost(): void {
    if (this.#lostAt) return;
    this.#lostAt = this.#tools.now();
    this.#tools.show("reconnecting", "Reconnecting");
    this.#cancel = this.#tools.after(OFFLINE_AFTER_MS, () => {
      this.#tools.show("offline", `Offline since ${clockWords(this.#lostAt ?? this.#tools.now())}`);
      this.#tools.tell("The connection is lost. You can go on reading, and what you write is kept on this device");
    });
  }
}
