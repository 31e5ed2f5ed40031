// What someone has begun to write, kept on this device until it is sent or they sign out.

export interface TextStore {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
  key(index: number): string | null;
  readonly length: number;
}

export type Texts = Record<string, string>;

const PREFIX = "witan-draft";

export class Drafts {
  readonly #store: TextStore;
  readonly #person: string;

  constructor(store: TextStore, person: string) {
    this.#store = store;
    this.#person = person;
  }

  /** Empty texts are nothing to keep. False when this device does not let us. */
  save(name: string, texts: Texts): boolean {
    const kept = Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ""));
    try {
      if (Object.keys(kept).length === 0) this.#store.removeItem(this.#key(name));
      else this.#store.setItem(this.#key(name), JSON.stringify(kept));
      return true;
    } catch {
      return false;  // Full, or switched off in this browser.
    }
  }

  read(name: string): Texts | undefined {
    try {
      const parsed: unknown = JSON.parse(this.#store.getItem(this.#key(name)) ?? "null");
      if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return undefined;
      const texts = Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === "string");
      return Object.fromEntries(texts);
    } catch {
      return undefined;
    }
  }

  /** What is kept of this person here. */
  names(): string[] {
    const mine = this.#key("");
    const keys = Array.from({ length: this.#store.length }, (_, i) => this.#store.key(i));
    return keys.filter((key) => key !== null).filter((key) => key.startsWith(mine)).map((key) => key.slice(mine.length));
  }

  clear(name: string): void {
    this.save(name, {});
  }

  /** At sign-out: nothing of this person stays on the device. */
  clearAll(): void {
    for (const name of this.names()) this.#store.removeItem(this.#key(name));
  }

  #key(name: string): string {
    return `${PREFIX}/${this.#person}/${name}`;
  }
}
