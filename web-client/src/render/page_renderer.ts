// Shows each difference in the store on the page: the elements whose rows changed, and nothing else.
import type { Hold } from "../hold.ts";
import type { Difference, TopicStore } from "../store/topic_store.ts";
import { listOf, type JsonObject } from "../view_model.ts";
import type { ContextMaker } from "./context.ts";
import { focusOn, headingBefore } from "./focus.ts";
import { rendered, type Partials } from "./html.ts";
import { elementsOf, insertSorted, reorder } from "./lists.ts";
import { morph } from "./morph.ts";

type Row = Difference["rows"][number];

function flagsOf(row: JsonObject | undefined): string {
  return JSON.stringify(Object.entries(row ?? {}).filter(([, value]) => typeof value === "boolean"));
}

/** Other elements, also of other topics, look at the flags of single objects: is the consultation open, has the meeting
 * started. */
function changesFlags(row: Row): boolean {
  return listOf(row.key) === "" && flagsOf(row.before) !== flagsOf(row.after);
}

export class PageRenderer {
  readonly #store: TopicStore;
  readonly #contexts: ContextMaker;
  readonly #partials: Partials;
  readonly #hold: Hold;

  constructor(store: TopicStore, contexts: ContextMaker, partials: Partials, hold: Hold) {
    this.#store = store;
    this.#contexts = contexts;
    this.#partials = partials;
    this.#hold = hold;
  }

  show(difference: Difference): void {
    const { topic, rows } = difference;
    for (const { key, after } of rows) {
      if (after) this.#update(topic, key);
      else this.#remove(topic, key);
    }
    for (const { key, after } of rows) if (after) this.#arrive(topic, key);
    for (const list of new Set(rows.map(({ key }) => listOf(key)).filter((name) => name !== ""))) {
      for (const container of this.#containers(topic, list)) this.#settle(container);
    }
    if (difference.isOtherAudience || rows.some(changesFlags)) this.refreshAll();
  }

  refreshAll(): void {
    for (const element of document.querySelectorAll<HTMLElement>("[data-topic][data-key]")) {
      if (element.isConnected) this.refresh(element);
    }
  }

  /** Shows a topic as a whole in a place of its own. */
  draw(place: Element, topic: string, partial: string): void {
    const context = this.#contexts.forTopic(topic);
    const source = this.#partials[partial];
    if (!context || source === undefined) return;
    place.replaceChildren(rendered(source, context, this.#partials));
  }

  /** Renders one element again from what is known. */
  refresh(element: HTMLElement): void {
    const { topic, key, partial } = element.dataset;
    if (!topic || !key || !partial) return;
    const fresh = this.#render(topic, key, partial);
    if (fresh) morph(element, fresh);
  }

  elements(topic: string, key: string): HTMLElement[] {
    const selector = `[data-topic="${CSS.escape(topic)}"][data-key="${CSS.escape(key)}"]`;
    return [...document.querySelectorAll<HTMLElement>(selector)];
  }

  #containers(topic: string, list: string): HTMLElement[] {
    const selector = `[data-topic="${CSS.escape(topic)}"][data-list="${CSS.escape(list)}"]`;
    return [...document.querySelectorAll<HTMLElement>(selector)];
  }

  #render(topic: string, key: string, partial: string): HTMLElement | undefined {
    const context = this.#contexts.forElement(topic, key);
    const source = this.#partials[partial];
    if (!context || source === undefined) return undefined;
    const element = rendered(source, context, this.#partials).firstElementChild;
    return element instanceof HTMLElement ? element : undefined;
  }

  #update(topic: string, key: string): void {
    for (const element of this.elements(topic, key)) this.refresh(element);
  }

  #remove(topic: string, key: string): void {
    this.#hold.drop(topic, key);
    for (const element of this.elements(topic, key)) {
      if (element.contains(document.activeElement)) focusOn(headingBefore(element));
      element.remove();
    }
  }

  #arrive(topic: string, key: string): void {
    for (const container of this.#containers(topic, listOf(key))) {
      if (elementsOf(container).some((element) => element.dataset["key"] === key)) continue;
      const insert = (): HTMLElement | undefined => this.#insert(container, topic, key);
      const isOwn = this.#store.get(topic)?.entities.get(key)?.["by"] === this.#contexts.person;
      if (container.dataset["hold"] !== undefined && !isOwn) this.#hold.keep(container, topic, key, insert);
      else insert()?.classList.add("app-new");
    }
  }

  #insert(container: HTMLElement, topic: string, key: string): HTMLElement | undefined {
    const element = this.#render(topic, key, container.dataset["partial"] ?? "");
    if (!element) return undefined;
    insertSorted(container, element);
    return element;
  }

  #settle(container: HTMLElement): void {
    for (const element of reorder(container)) element.classList.add("app-moved");
  }
}
