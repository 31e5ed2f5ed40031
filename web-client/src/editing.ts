// Tells the gateway in the form of which row somebody writes, so that others see it while they do ("Jane Doe is editing item 3").

export interface EditingTools {
  /** Tells the gateway; nothing: in no form any more. */
  tell(row: string | undefined): void;
  /** What has the focus. */
  inHand(): Element | null;
  after(milliseconds: number, then: () => void): () => void;
}

const FORMS = "[data-key] form[data-draft^='edit-']";
/** The focus may only be on its way from one field to the next, or from one window to the next. */
const SETTLED_MS = 500;
/** Nothing typed for so long: they have gone away from it. */
const IDLE_MS = 120_000;

function rowOf(element: EventTarget | null): string | undefined {
  if (!(element instanceof Element)) return undefined;
  return element.closest(FORMS)?.closest<HTMLElement>("[data-key]")?.dataset["key"];
}

export class Editing {
  readonly #tools: EditingTools;
  #told: string | undefined;
  #cancelLook: (() => void) | undefined;
  #cancelIdle: (() => void) | undefined;

  constructor(tools: EditingTools) {
    this.#tools = tools;
  }

  start(page: EventTarget): void {
    for (const kind of ["focusin", "focusout"]) page.addEventListener(kind, () => this.#look());
    page.addEventListener("input", ({ target }) => {
      if (rowOf(target) !== undefined) this.#at(rowOf(target));
    });
  }

  /** The gateway has forgotten it with the last socket. */
  again(): void {
    if (this.#told !== undefined) this.#tools.tell(this.#told);
  }

  #look(): void {
    this.#cancelLook?.();
    this.#cancelLook = this.#tools.after(SETTLED_MS, () => this.#at(rowOf(this.#tools.inHand())));
  }

  #at(row: string | undefined): void {
    this.#cancelIdle?.();
    this.#cancelIdle = row === undefined ? undefined : this.#tools.after(IDLE_MS, () => this.#tell(undefined));
    this.#tell(row);
  }

  #tell(row: string | undefined): void {
    if (row === this.#told) return;
    this.#told = row;
    this.#tools.tell(row);
  }
}
