// What a partial sees when the browser renders it: the same names, from the inside out, as in the gateway.
import Mustache from "mustache";
import type { SignedIn } from "../forms/signed_in.ts";
import type { PageState } from "../page_state.ts";
import type { HeldTopic, TopicStore } from "../store/topic_store.ts";
import { hasMarks, isObject, markPapers, openedIn, textAt, viewModel, type Entities, type Json, type JsonObject, type Opened } from "../view_model.ts";

export class ContextMaker {
  readonly #store: TopicStore;
  readonly #state: PageState;
  readonly #models = new Map<string, { held: Readonly<HeldTopic>; mark: string; model: JsonObject }>();

  /** Papers opened from this page, before the service has said so. */
  readonly #openedHere = new Map<string, number>();

  constructor(store: TopicStore, state: PageState) {
    this.#store = store;
    this.#state = state;
  }

  /** Somebody opens a version of a paper. */
  opened(paper: string, version: number): void {
    this.#openedHere.set(paper, Math.max(version, this.#openedHere.get(paper) ?? 0));
    this.#models.clear();
  }

  get person(): string {
    return textAt(this.#state.actor, "person");
  }

  /** Who this page was made for, with the session that it is read and written in. */
  get signedIn(): SignedIn {
    const { actor, page } = this.#state;
    return { person: this.person, name: textAt(actor, "name"), session: textAt(actor, "session"), csrf: textAt(page, "csrf") };
  }

  /** The same person has another session now. */
  renew({ session, csrf }: SignedIn): void {
    this.#state.actor["session"] = session;
    this.#state.page["csrf"] = csrf;
    this.#models.clear();
  }

  model(topic: string): JsonObject | undefined {
    const held = this.#store.get(topic);
    if (!held) return undefined;
    const reading = [...this.#store.topics()].find(({ alias }) => alias === "reading");
    const mark = `${held.epoch} ${held.version} ${held.audience} ${reading?.version ?? ""}`;
    const known = this.#models.get(topic);
    if (known?.mark === mark) return known.model;
    const model = viewModel(topic, held.audience, held.entities, this.person, textAt(this.#state.actor, "session"));
    if (this.#state.knowsOpened && hasMarks(topic, this.#state.actor)) markPapers(model, this.#opened(reading && this.#store.get(reading.topic)?.entities));
    this.#models.set(topic, { held, mark, model });
    return model;
  }

  /** Page, then the topic: for what shows a topic as a whole. */
  forTopic(topic: string): Mustache.Context | undefined {
    const model = this.model(topic);
    return model && new Mustache.Context(this.#page()).push(model);
  }

  /** Page, then the topic, then each element around this one, then itself; nothing when it is not there. */
  forElement(topic: string, key: string): Mustache.Context | undefined {
    const model = this.model(topic);
    let context = this.forTopic(topic);
    if (!model || !context) return undefined;
    let around: JsonObject = model;
    const parts = key.split("/");
    for (let i = 0; i < parts.length; i += 2) {
      const inside = around[parts[i] ?? ""];
      const wanted = parts.slice(0, i + 2).join("/");
      const element = i + 1 === parts.length ? inside : elementIn(inside, wanted);
      if (!isObject(element)) return undefined;
      context = context.push(element);
      around = element;
    }
    return context;
  }

  #opened(told: Entities | undefined): Opened {
    const opened = openedIn(told);
    for (const [paper, version] of this.#openedHere) opened.set(paper, Math.max(version, opened.get(paper) ?? 0));
    return opened;
  }

  #page(): JsonObject {
    const topics: JsonObject = {};
    for (const { alias, each, topic } of this.#store.topics()) {
      if (alias === "") continue;
      const model = this.model(topic) ?? {};
      const list = topics[alias];
      topics[alias] = each ? [...(Array.isArray(list) ? list : []), model] : model;
    }
    const { page, actor, params } = this.#state;
    return { page, actor, params, topics };
  }
}

function elementIn(list: Json | undefined, key: string): JsonObject | undefined {
  if (!Array.isArray(list)) return undefined;
  return list.filter(isObject).find((element) => element["key"] === key);
}
