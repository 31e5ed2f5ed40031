// Tells the gateway that somebody is at this page, so that a session does not end under their hands; and warns them before
// it ends (infra/decisions/0015).

export interface SessionUseTools {
  /** Tells the gateway. */
  say(): void;
  /** The page is followed without being touched: a meeting in progress. */
  isFollowed(): boolean;
  /** The session ends in so many seconds; nothing: it goes on. */
  warn(seconds: number | undefined): void;
  after(milliseconds: number, then: () => void): () => void;
}

const TELL_EVERY_MS = 60_000;
const ACTS = ["keydown", "input", "pointerdown", "pointermove", "scroll", "touchstart"];

export class SessionUse {
  readonly #tools: SessionUseTools;
  #hasActed = false;
  #isWarned = false;

  constructor(tools: SessionUseTools) {
    this.#tools = tools;
  }

  start(page: EventTarget): void {
    for (const act of ACTS) page.addEventListener(act, () => this.act(), { capture: true, passive: true });
    this.#tellNowAndThen();
  }

  act(): void {
    this.#hasActed = true;
    if (this.#isWarned) this.#tell();
  }

  /** What the gateway says about the session's end. */
  ending(seconds: number | undefined): void {
    if (seconds !== undefined && (this.#hasActed || this.#tools.isFollowed())) return this.#tell();
    this.#isWarned = seconds !== undefined;
    this.#tools.warn(seconds);
  }

  #tell(): void {
    this.#hasActed = false;
    this.#tools.say();
  }

  #tellNowAndThen(): void {
    if (this.#hasActed || this.#tools.isFollowed()) this.#tell();
    this.#tools.after(TELL_EVERY_MS, () => this.#tellNowAndThen());
  }
}
