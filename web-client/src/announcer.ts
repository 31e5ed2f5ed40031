// The page's one polite live region. It speaks at most once in five seconds; what gathers meanwhile is put together.

const PAUSE_MS = 5000;
const LISTED_MAX = 2;

export interface AnnouncerTools {
  say(text: string): void;
  now(): number;
  after(milliseconds: number, then: () => void): () => void;
}

export class Announcer {
  readonly #tools: AnnouncerTools;
  #waiting: string[] = [];
  #own: string | undefined;
  #lastAt = -Infinity;
  #isTimed = false;

  constructor(tools: AnnouncerTools) {
    this.#tools = tools;
  }

  /** Something that others did. */
  tell(text: string): void {
    if (!this.#waiting.includes(text)) this.#waiting.push(text);
    this.#soon();
  }

  /** What came of something that this person did: goes before all else, and only the newest counts. */
  tellOwn(text: string): void {
    this.#own = text;
    this.#soon();
  }

  #soon(): void {
    if (this.#isTimed) return;
    this.#isTimed = true;
    const wait = Math.max(0, this.#lastAt + PAUSE_MS - this.#tools.now());
    this.#tools.after(wait, () => this.#speak());
  }

  #speak(): void {
    this.#isTimed = false;
    const others =
      this.#waiting.length > LISTED_MAX ? [`${this.#waiting.length} changes on this page`] : this.#waiting;
    const text = [...(this.#own === undefined ? [] : [this.#own]), ...others].join(". ");
    this.#own = undefined;
    this.#waiting = [];
    this.#lastAt = this.#tools.now();
    if (text !== "") this.#tools.say(text);
  }
}
