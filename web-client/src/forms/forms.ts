// Every write is a form that works without script. With script it is sent without leaving the page: focus stays where
// it was, one announcement says what came of it, and nothing typed is ever lost.
import type { Announcer } from "../announcer.ts";
import type { Drafts } from "../drafts.ts";
import type { PageRenderer } from "../render/page_renderer.ts";
import { focusNear } from "../render/page_renderer.ts";
import { send, whereTo, type Outcome } from "./send.ts";
import { clearTroubles, showState, showTroubles, visibleFields } from "./troubles.ts";

export interface FormsTools {
  announcer: Announcer;
  drafts: Drafts;
  renderer: PageRenderer;
  /** Until the store shows `version`, or it takes too long, or there is no connection. */
  shown(topic: string, epoch: string, version: number): Promise<boolean>;
  go(path: string): void;
  newId(): string;
}

type Done = Extract<Outcome, { kind: "done" }>;
type Refused = Extract<Outcome, { kind: "refused" }>;

/** Where the focus is to be found again after the page has changed. */
interface Place {
  topic: string;
  key: string;
  name: string;
  around: HTMLElement | undefined;
}

export class Forms {
  readonly #tools: FormsTools;
  readonly #sending = new Set<HTMLFormElement>();
  /** Forms whose last sending nobody answered: the same text goes again under the same id, and counts once. */
  readonly #unanswered = new WeakMap<HTMLFormElement, { id: string; body: string }>();

  constructor(tools: FormsTools) {
    this.#tools = tools;
  }

  /** What comes now may be this person's own doing, which is announced when it has settled. */
  get isBusy(): boolean {
    return this.#sending.size > 0;
  }

  start(): void {
    document.addEventListener("submit", (event) => {
      const form = event.target;
      if (!(form instanceof HTMLFormElement)) return;
      if (form.matches("[data-sign-out]")) this.#tools.drafts.clearAll();
      if (!(form.getAttribute("action") ?? "").startsWith("/do/")) return;
      event.preventDefault();
      void this.#submit(form);
    });
    // The gateway says what is wrong, in one place and in the same words with and without script. Sending a form begins
    // with a click on its button, also for who presses Enter.
    document.addEventListener("click", ({ target }) => {
      const form = target instanceof Element ? target.closest<HTMLFormElement>("form[action^='/do/']") : null;
      if (form) form.noValidate = true;
    }, { capture: true });
  }

  async #submit(form: HTMLFormElement): Promise<void> {
    if (this.#sending.has(form)) return;
    this.#sending.add(form);
    const place = placeOf(form);
    const saved = form.dataset["done"] ?? "Saved";
    const body = this.#bodyOf(form);
    clearTroubles(form);
    showState(form, "Sending…", false);
    try {
      const outcome = await send(form.action, body);
      if (outcome.kind === "done") await this.#done(form, body, place, outcome, saved);
      else if (outcome.kind === "refused") this.#refused(form, outcome);
      else this.#unsent(form, body);
    } finally {
      this.#sending.delete(form);
    }
  }

  #bodyOf(form: HTMLFormElement): URLSearchParams {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
    body.delete("command_id");
    const before = this.#unanswered.get(form);
    const id = before?.body === body.toString() ? before.id : this.#tools.newId();
    body.append("command_id", id);
    return body;
  }

  async #done(form: HTMLFormElement, body: URLSearchParams, place: Place | undefined, outcome: Done, saved: string): Promise<void> {
    this.#unanswered.delete(form);
    const draft = form.dataset["draft"];
    if (draft !== undefined) this.#tools.drafts.clear(draft);
    const path = whereTo(body.get("return_to") ?? "", outcome.result, body);
    const isElsewhere = form.dataset["here"] !== undefined && form.dataset["here"] !== outcome.topic;
    if ((form.dataset["go"] !== undefined || isElsewhere) && path !== undefined) return this.#tools.go(path);
    showState(form, "", false);
    form.reset();
    const isShown = await this.#tools.shown(outcome.topic, outcome.epoch, outcome.version);
    if (!isShown && path !== undefined) return this.#tools.go(path);
    this.#afterwards(form, place);
    const later = outcome.othersLater ? ". Others will see it shortly" : "";
    this.#tools.announcer.tellOwn(saved + later);
  }

  #afterwards(form: HTMLFormElement, place: Place | undefined): void {
    const folded = form.dataset["close"] === undefined ? null : form.closest("details");
    const hadFocus = document.activeElement === document.body || form.contains(document.activeElement);
    folded?.removeAttribute("open");
    if (place) for (const element of this.#tools.renderer.elements(place.topic, place.key)) this.#tools.renderer.refresh(element);
    if (!hadFocus) return;
    if (folded?.isConnected) folded.querySelector<HTMLElement>("summary")?.focus({ preventScroll: true });
    else this.#focusAgain(form, place);
  }

  /** On the same button of the same element, wherever it is now; or on another of its buttons; or close by. */
  #focusAgain(form: HTMLFormElement, place: Place | undefined): void {
    if (!place || form.dataset["row"] === undefined) return;
    const element = this.#tools.renderer.elements(place.topic, place.key).find((e) => e.querySelector("[data-focus]"));
    const again = element?.querySelector<HTMLElement>(`[data-focus="${place.name}"]`) ?? element?.querySelector<HTMLElement>("[data-focus]");
    if (again) again.focus({ preventScroll: false });
    else if (place.around?.isConnected) focusNear(place.around);
  }

  #refused(form: HTMLFormElement, outcome: Refused): void {
    this.#unanswered.delete(form);
    if (outcome.code === "not_signed_in") {
      return showState(form, "Not sent: you have been signed out. Your text is kept on this device. Sign in again, then send it.", true);
    }
    if (visibleFields(form).length === 0) {
      showState(form, outcome.detail, true);
    } else {
      showState(form, "", false);
      showTroubles(form, outcome.faults, outcome.detail);
    }
  }

  #unsent(form: HTMLFormElement, body: URLSearchParams): void {
    const id = body.get("command_id") ?? "";
    body.delete("command_id");
    this.#unanswered.set(form, { id, body: body.toString() });
    showState(form, "Not sent. Your text is kept on this device. Send it again in a moment: it is counted once.", true);
  }
}

function placeOf(form: HTMLFormElement): Place | undefined {
  const around = form.closest<HTMLElement>("[data-key]");
  const { topic, key } = around?.dataset ?? {};
  if (!around || topic === undefined || key === undefined) return undefined;
  const button = form.querySelector<HTMLElement>("[data-focus]");
  return { topic, key, name: button?.dataset["focus"] ?? "", around };
}
