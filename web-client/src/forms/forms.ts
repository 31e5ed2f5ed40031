// Every write is a form that works without script. With script it is sent without leaving the page: focus stays where
// it was, one announcement says what came of it, and nothing typed is ever lost.
import type { Announcer } from "../announcer.ts";
import type { Drafts } from "../drafts.ts";
import type { ContextMaker } from "../render/context.ts";
import type { PageRenderer } from "../render/page_renderer.ts";
import { focusOn, headingBefore } from "../render/focus.ts";
import { clearDone, doneWords, showDone } from "../done.ts";
import { sayingDone, sayingOthersLater, send, whereTo, type Outcome } from "./send.ts";
import { askWhoIsSignedIn, renewBody, renewFields } from "./signed_in.ts";
import { forgetUpload, handedIn, isWritten, sendFile, UPLOAD, WRITTEN } from "./file_field.ts";
import { clearTroubles, NOTHING_LOST, showNotSent, showState, showTroubles, visibleFields } from "./troubles.ts";

export interface FormsTools {
  announcer: Announcer;
  drafts: Drafts;
  renderer: PageRenderer;
  /** Until the store shows `version`, or it takes too long, or there is no connection. */
  shown(topic: string, epoch: string, version: number): Promise<boolean>;
  go(path: string): void;
  contexts: ContextMaker;
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
  list: HTMLElement | undefined;
}

/** What is wrong with a text is said at the text. */
function atTheText(outcome: Outcome, wasWritten: boolean): Outcome {
  if (outcome.kind !== "refused" || !wasWritten) return outcome;
  return { ...outcome, faults: outcome.faults.map((fault) => (fault.field === UPLOAD ? { ...fault, field: WRITTEN } : fault)) };
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
    clearDone();
    try {
      let outcome = await this.#send(form, body);
      if (outcome?.kind === "refused" && outcome.code === "form_expired") outcome = await this.#sendAgain(form, body);
      if (!outcome) return;
      if (outcome.kind === "done") await this.#done(form, body, place, outcome, saved);
      else if (outcome.kind === "refused") this.#refused(form, outcome);
      else this.#unsent(form, body, outcome.detail);
    } finally {
      this.#sending.delete(form);
    }
  }

  /** Nothing when it has been said already why it was not sent. */
  async #send(form: HTMLFormElement, body: URLSearchParams): Promise<Outcome | undefined> {
    const file = handedIn(form);
    if (file) {
      const trouble = await this.#sendFile(form, file, body);
      if (trouble !== "sent") return trouble;
    }
    showState(form, "Sending…", false);
    const outcome = await send(form.getAttribute("action") ?? "", body); // a field called "action" hides the property
    if (!(file instanceof File)) return outcome;
    await this.#afterFile(file, body, outcome, isWritten(form));
    return atTheText(outcome, isWritten(form));
  }

  /**
   * The form was made in a session that is over: the person signed in again in another tab. Their form goes once more in the
   * session of now, and never in anybody else's: the token that it is sent with holds for that session alone.
   */
  async #sendAgain(form: HTMLFormElement, body: URLSearchParams): Promise<Outcome | undefined> {
    const { contexts } = this.#tools;
    const before = contexts.signedIn;
    const now = await askWhoIsSignedIn();
    if (!now) return { kind: "unsent" };
    if (now.person !== before.person) {
      showNotSent(form, now, before);
      return undefined;
    }
    contexts.renew(now);
    renewFields(before, now);
    renewBody(body, before, now);
    return this.#send(form, body);
  }

  /** "sent", or what came instead; nothing when that has been said already. */
  async #sendFile(form: HTMLFormElement, file: File | { trouble: string }, body: URLSearchParams): Promise<"sent" | Outcome | undefined> {
    if (!(file instanceof File)) {
      showTroubles(form, [{ field: form.querySelector("input[type=file]") ? UPLOAD : WRITTEN, detail: file.trouble }], file.trouble);
      return undefined;
    }
    const text = (name: string): string => body.get(name) ?? "";
    const needs = { csrf: text("csrf"), meeting: text("meeting"), onPage: text("on_page"), newId: this.#tools.newId };
    const outcome = await sendFile(form, file, needs);
    if (outcome.kind === "refused") return atTheText(outcome, isWritten(form));
    if (outcome.kind === "cancelled") showState(form, "Cancelled. Nothing of the file was kept.", false);
    if (outcome.kind === "unsent") showState(form, "Not sent. What has arrived of the file is kept for a day: send the form again to go on.", true);
    if (outcome.kind !== "uploaded") return undefined;
    body.set(UPLOAD, outcome.upload);
    body.delete(WRITTEN); // it is what was handed in
    this.#idFor(form, body);
    return "sent";
  }

  /** What was sent is used, or can never be. Otherwise it is still there for the next try. */
  async #afterFile(file: File, body: URLSearchParams, outcome: Outcome, wasWritten: boolean): Promise<void> {
    // A text is short: it is handed in anew with the next try, and what was handed in now must not stand in its way.
    const isRefused = outcome.kind === "refused" || (outcome.kind === "unsent" && outcome.detail !== undefined);
    const isUseless = isRefused && (wasWritten || (outcome.kind === "refused" && outcome.code === "file_refused"));
    if (outcome.kind !== "done" && !isUseless) return;
    forgetUpload(file, body.get("meeting") ?? "");
    if (!isUseless) return;
    const cancelling = { csrf: body.get("csrf") ?? "", command_id: this.#tools.newId(), form: "upload", on_page: body.get("on_page") ?? "", upload: body.get(UPLOAD) ?? "" };
    await send("/do/meetings.cancel_upload", new URLSearchParams(cancelling));
  }

  #bodyOf(form: HTMLFormElement): URLSearchParams {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
    this.#idFor(form, body);
    return body;
  }

  /** The same as before, for the same text that nobody answered. */
  #idFor(form: HTMLFormElement, body: URLSearchParams): void {
    body.delete("command_id");
    const before = this.#unanswered.get(form);
    const id = before?.body === body.toString() ? before.id : this.#tools.newId();
    body.append("command_id", id);
  }

  async #done(form: HTMLFormElement, body: URLSearchParams, place: Place | undefined, outcome: Done, saved: string): Promise<void> {
    this.#unanswered.delete(form);
    const draft = form.dataset["draft"];
    if (draft !== undefined) this.#tools.drafts.clear(draft);
    const path = whereTo(body.get("return_to") ?? "", outcome.result, body);
    const isElsewhere = form.dataset["here"] !== undefined && form.dataset["here"] !== outcome.topic;
    form.reset(); // also where the page is left, or what was sent would be kept as half typed
    const name = body.get("done") ?? "";
    const done = doneWords(name);
    const leave = (path: string): void => {
      const to = done === undefined ? path : sayingDone(path, name);
      this.#tools.go(outcome.othersLater ? sayingOthersLater(to) : to);
    };
    if ((form.dataset["go"] !== undefined || isElsewhere) && path !== undefined) return leave(path);
    showState(form, "", false);
    // What changed may have been here before the answer, and the form, as it was being sent, was kept then.
    this.#refresh(place);
    const isShown = await this.#tools.shown(outcome.topic, outcome.epoch, outcome.version);
    if (!isShown && path !== undefined) return leave(path);
    this.#afterwards(form, place);
    // Where the change is seen in its place the form says so itself, and the banner is for whoever has no script.
    if (done !== undefined && form.dataset["done"] === undefined) return showDone(done, outcome.othersLater);
    const later = outcome.othersLater ? ". Others will see it shortly" : "";
    this.#tools.announcer.tellOwn(saved + later);
  }

  #afterwards(form: HTMLFormElement, place: Place | undefined): void {
    const folded = form.dataset["close"] === undefined ? null : form.closest("details");
    const hadFocus = document.activeElement === document.body || form.contains(document.activeElement);
    folded?.removeAttribute("open");
    // First, since a field that has the focus is left as it is.
    if (hadFocus) folded?.querySelector<HTMLElement>("summary")?.focus({ preventScroll: true });
    this.#refresh(place);
    if (!hadFocus) return;
    if (!form.isConnected && form.dataset["row"] === undefined) return document.getElementById("main-content")?.focus({ preventScroll: true });
    if (folded?.isConnected) folded.querySelector<HTMLElement>("summary")?.focus({ preventScroll: true });
    else this.#focusAgain(form, place);
  }

  #refresh(place: Place | undefined): void {
    if (place) for (const element of this.#tools.renderer.elements(place.topic, place.key)) this.#tools.renderer.refresh(element);
  }

  /**
   * On the same button of the same element, wherever it is now; or on another of its buttons. Otherwise on a heading: on another
   * element's button a second Enter would do to that what was meant for this one.
   */
  #focusAgain(form: HTMLFormElement, place: Place | undefined): void {
    if (!place || form.dataset["row"] === undefined) return;
    const element = this.#tools.renderer.elements(place.topic, place.key).find((e) => e.querySelector("[data-focus]"));
    const again = element?.querySelector<HTMLElement>(`[data-focus="${place.name}"]`) ?? element?.querySelector<HTMLElement>("[data-focus]");
    if (again) again.focus({ preventScroll: false });
    else if (place.around?.isConnected) focusOn(place.around.querySelector<HTMLElement>("h2, h3, h4") ?? headingBefore(place.around));
    else if (place.list?.isConnected) focusOn(headingBefore(place.list));
  }

  #refused(form: HTMLFormElement, outcome: Refused): void {
    this.#unanswered.delete(form);
    if (outcome.code === "stale_version") seeAsItStands(form, outcome);
    const { signedIn } = this.#tools.contexts;
    if (outcome.code === "not_signed_in" && signedIn.person !== "") return showNotSent(form, undefined, signedIn);
    // A new token was refused as well, so the session has changed once more: nothing but another try can tell.
    if (outcome.code === "form_expired") return showState(form, `Not sent: who is signed in changed at that moment. ${NOTHING_LOST} Send it again.`, true);
    if (visibleFields(form).length === 0) {
      showState(form, `${outcome.detail} Nothing was changed.`, true);
    } else {
      showState(form, "", false);
      showTroubles(form, outcome.faults, outcome.detail);
    }
  }

  /** `why`: nothing was done, which somebody could say. */
  #unsent(form: HTMLFormElement, body: URLSearchParams, why?: string): void {
    const id = body.get("command_id") ?? "";
    body.delete("command_id");
    this.#unanswered.set(form, { id, body: body.toString() });
    if (why === undefined) return showState(form, "Not sent. Your text is kept on this device. Send it again in a moment: it is counted once.", true);
    const kept = isWritten(form) ? "Your text is kept on this device." : "The file is kept for a day: it need not be sent once more.";
    showState(form, `Not added. ${why} ${kept}`, true);
  }
}

/** Whoever sends it once more has been told, and sees the other text beside theirs. */
function seeAsItStands(form: HTMLFormElement, told: Refused): void {
  const changes = told.changes ?? form.closest<HTMLElement>("[data-changes]")?.dataset["changes"];
  for (const seen of form.elements) {
    if (!(seen instanceof HTMLInputElement) || !seen.matches("[data-seen]")) continue;
    seen.value = told.seen?.[seen.name] ?? changes ?? seen.value;
  }
}

function placeOf(form: HTMLFormElement): Place | undefined {
  const around = form.closest<HTMLElement>("[data-key]");
  const { topic, key } = around?.dataset ?? {};
  if (!around || topic === undefined || key === undefined) return undefined;
  const button = form.querySelector<HTMLElement>("[data-focus]");
  return { topic, key, name: button?.dataset["focus"] ?? "", around, list: around.closest<HTMLElement>("[data-list]") ?? undefined };
}
