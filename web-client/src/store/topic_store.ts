// The topics of this page as the gateway sees them: rows by key, kept current by changes in order. It knows no DOM.
import type { Position, ResumeFrom } from "../contract/types.ts";
import type { ChangeOf, SnapshotOf } from "../live/frames.ts";
import type { PageTopic } from "../page_state.ts";
import type { JsonObject } from "../view_model.ts";

export interface HeldTopic {
  alias: string;             // Empty for a topic that the page did not come with.
  each: boolean;
  topic: string;
  audience: string;
  epoch: string;
  version: number;
  entities: Map<string, JsonObject>;
}

/** What became different: keys with the value before (absent: new) and after (absent: gone). */
export interface Difference {
  topic: string;
  version: number;
  rows: { key: string; before?: JsonObject; after?: JsonObject }[];
  isWhole: boolean;          // The whole topic was replaced.
  isOtherAudience: boolean;  // This reader may now see more, or less.
}

export type Applied = "applied" | "old" | "gap" | "unknown";

export class TopicStore {
  readonly #topics = new Map<string, HeldTopic>();
  readonly #listeners: ((difference: Difference) => void)[] = [];

  constructor(topics: readonly PageTopic[]) {
    for (const topic of topics) this.#topics.set(topic.topic, { ...topic, entities: new Map(topic.entities) });
  }

  onDifference(listener: (difference: Difference) => void): void {
    this.#listeners.push(listener);
  }

  names(): string[] {
    return [...this.#topics.keys()];
  }

  topics(): Iterable<Readonly<HeldTopic>> {
    return this.#topics.values();
  }

  get(topic: string): Readonly<HeldTopic> | undefined {
    return this.#topics.get(topic);
  }

  position(topic: string): Position | undefined {
    const held = this.#topics.get(topic);
    return held && { epoch: held.epoch, version: held.version };
  }

  /** One more topic, which nobody is told of: whoever asked for it draws it. */
  add(snapshot: SnapshotOf): void {
    const { topic, audience, epoch, version, entities } = snapshot;
    this.#topics.set(topic, { alias: "", each: false, topic, audience, epoch, version, entities: new Map(entities) });
  }

  /** Where to go on from, and as which audience it was seen. */
  resumePoint(topic: string): ResumeFrom | undefined {
    const held = this.#topics.get(topic);
    return held && { epoch: held.epoch, version: held.version, audience: held.audience };
  }

  /** `gap` when something between is missing: the caller asks for it, nothing was applied. */
  apply(change: ChangeOf): Applied {
    const held = this.#topics.get(change.topic);
    if (!held) return "unknown";
    if (change.epoch !== held.epoch) return "gap";
    if (change.version <= held.version) return "old";
    if (change.prev > held.version) return "gap";
    const rows: Difference["rows"] = [];
    for (const key of change.drop) {
      const before = held.entities.get(key);
      if (before && held.entities.delete(key)) rows.push({ key, before });
    }
    for (const [key, after] of change.put) {
      const before = held.entities.get(key);
      held.entities.set(key, after);
      rows.push(before ? { key, before, after } : { key, after });
    }
    held.version = change.version;
    this.#tell({ topic: change.topic, version: held.version, rows, isWhole: false, isOtherAudience: false });
    return "applied";
  }

  /** The topic anew, for example after a long absence. Only what differs is told. */
  replace(snapshot: SnapshotOf): void {
    const held = this.#topics.get(snapshot.topic);
    if (!held) return;
    const rows: Difference["rows"] = [];
    for (const [key, before] of held.entities) if (!snapshot.entities.has(key)) rows.push({ key, before });
    for (const [key, after] of snapshot.entities) {
      const before = held.entities.get(key);
      if (!before) rows.push({ key, after });
      else if (JSON.stringify(before) !== JSON.stringify(after)) rows.push({ key, before, after });
    }
    const isOtherAudience = held.audience !== snapshot.audience;
    held.entities = new Map(snapshot.entities);
    held.audience = snapshot.audience;
    held.epoch = snapshot.epoch;
    held.version = snapshot.version;
    this.#tell({ topic: held.topic, version: held.version, rows, isWhole: true, isOtherAudience });
  }

  /** The same rows, seen up to a later version. */
  advance(topic: string, position: Position): void {
    const held = this.#topics.get(topic);
    if (held && held.epoch === position.epoch && position.version > held.version) held.version = position.version;
  }

  forget(topic: string): void {
    this.#topics.delete(topic);
  }

  #tell(difference: Difference): void {
    for (const listener of this.#listeners) listener(difference);
  }
}
