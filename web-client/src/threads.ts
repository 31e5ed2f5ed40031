// The comments on a paragraph, opened under it in the draft. Without script, in another tab and on paper they are a page
// of their own, to which the same link leads.
import type { Announcer } from "./announcer.ts";
import type { DraftKeeper } from "./forms/keep.ts";
import type { Hold } from "./hold.ts";
import type { Streamer } from "./live/streamer.ts";
import type { PageRenderer } from "./render/page_renderer.ts";

/** A socket may watch 50 topics, and nobody reads more threads than this at once. */
const OPEN_MAX = 20;
const LOADED_WITHIN_MS = 8000;

export interface ThreadsTools {
  streamer: Streamer;
  renderer: PageRenderer;
  hold: Hold;
  keeper: DraftKeeper;
  announcer: Announcer;
  after(milliseconds: number, then: () => void): () => void;
}

interface OpenThread {
  link: HTMLAnchorElement;
  place: HTMLElement;
  isToWrite: boolean;  // The field gets the focus once it is there.
  fill?: (place: HTMLElement) => void;
  cancel: () => void;
}

export class Threads {
  readonly #tools: ThreadsTools;
  readonly #open = new Map<string, OpenThread>();  // By topic; the one that has been open longest comes first.

  constructor(tools: ThreadsTools) {
    this.#tools = tools;
  }

  /** `kept`: the names of the drafts on this device. The threads that they were begun in open again. */
  start(kept: readonly string[]): void {
    const drafts = new Set(kept);
    for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-opens]")) {
      link.setAttribute("role", "button");
      link.setAttribute("aria-expanded", "false");
      link.setAttribute("aria-controls", link.dataset["opens"] ?? "");
      if (drafts.has(draftName(link)) && this.#open.size < OPEN_MAX) this.#begin(link, false);
    }
    document.addEventListener("click", (event) => this.#pressed(event));
    document.addEventListener("keydown", (event) => {
      const link = event.key === " " && event.target instanceof Element ? event.target.closest<HTMLElement>("a[data-opens]") : null;
      if (!link) return;
      event.preventDefault();
      link.click();
    });
  }

  /** Opens what a link writes to, and fills its form once it is there. */
  write(link: HTMLAnchorElement, fill: (place: HTMLElement) => void): void {
    const opener = openerOf(link);
    if (!opener) return;
    if (!this.#open.has(topicOf(opener))) this.#begin(opener, true);
    const open = this.#open.get(topicOf(opener));
    if (open?.place.querySelector("form")) fill(open.place);
    else if (open) open.fill = fill;
  }

  #pressed(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-opens], a[data-writes]") : null;
    const opener = link && openerOf(link);
    if (!opener) return;
    event.preventDefault();
    const isToWrite = opener !== link;
    const open = this.#open.get(topicOf(opener));
    if (!open) this.#begin(opener, isToWrite);
    else if (isToWrite) focusField(open.place);
    else this.#end(topicOf(opener));
  }

  #begin(link: HTMLAnchorElement, isToWrite: boolean): void {
    const place = document.getElementById(link.dataset["opens"] ?? "");
    const topic = topicOf(link);
    if (!place || topic === "") return;
    const oldest = this.#open.keys().next().value;
    if (oldest !== undefined && this.#open.size >= OPEN_MAX) this.#end(oldest);
    place.replaceChildren(paragraph("Loading comments…"));
    link.setAttribute("aria-expanded", "true");
    const cancel = this.#tools.after(LOADED_WITHIN_MS, () => this.#failed(topic));
    this.#open.set(topic, { link, place, isToWrite, cancel });
    this.#tools.streamer.watch(topic, { arrived: () => this.#arrived(topic), gone: () => this.#failed(topic) });
  }

  /** Also when it came so late that the page had given it up. */
  #arrived(topic: string): void {
    const open = this.#open.get(topic);
    if (!open) return;
    open.cancel();
    this.#tools.renderer.draw(open.place, topic, "thread");
    this.#tools.keeper.restore(open.place);
    if (open.isToWrite) focusField(open.place);
    open.fill?.(open.place);
    delete open.fill;
  }

  #failed(topic: string): void {
    const open = this.#open.get(topic);
    if (!open) return;
    open.cancel();
    this.#tools.hold.forget(topic);
    const text = "The comments could not be loaded";
    const link = document.createElement("a");
    link.className = "govuk-link";
    link.href = open.link.getAttribute("href") ?? "";
    link.textContent = "open them on their own page";
    open.place.replaceChildren(paragraph(`${text}; `, link, "."));
    this.#tools.announcer.tellOwn(text);
  }

  #end(topic: string): void {
    const open = this.#open.get(topic);
    if (!open) return;
    open.cancel();
    this.#open.delete(topic);
    this.#tools.keeper.saveNow(open.place);
    this.#tools.streamer.leave(topic);
    this.#tools.hold.forget(topic);
    if (open.place.contains(document.activeElement)) open.link.focus({ preventScroll: true });
    open.place.replaceChildren();
    open.link.setAttribute("aria-expanded", "false");
  }
}

function topicOf(link: HTMLElement): string {
  return link.dataset["thread"] ?? "";
}

/** As the form in the thread is called: `comment-<consultation>-<draft>-<block>`. */
function draftName(link: HTMLElement): string {
  return topicOf(link).replace(/^threads/, "comment").replaceAll("/", "-");
}

/** The link that says whether the thread is open: this one, or the one that opens the same place. */
function openerOf(link: HTMLAnchorElement): HTMLAnchorElement | null {
  if (link.dataset["opens"] !== undefined) return link;
  return document.querySelector(`a[data-opens="${CSS.escape(link.dataset["writes"] ?? "")}"]`);
}

function focusField(place: HTMLElement): void {
  place.querySelector<HTMLTextAreaElement>(".app-comment-form textarea[name=text]")?.focus();
}

function paragraph(...words: (string | Node)[]): HTMLElement {
  const element = document.createElement("p");
  element.className = "app-thread__state";
  element.append(...words);
  return element;
}
