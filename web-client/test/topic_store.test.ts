import assert from "node:assert/strict";
import { test } from "node:test";
import type { ChangeOf } from "../src/live/frames.ts";
import { TopicStore, type Difference } from "../src/store/topic_store.ts";
import type { JsonObject } from "../src/view_model.ts";

const TOPIC = "meetings/m";

function storeAt(version: number, rows: Record<string, JsonObject> = {}): { store: TopicStore; seen: Difference[] } {
  const entities = new Map(Object.entries(rows));
  const store = new TopicStore([{ alias: "meeting", each: false, topic: TOPIC, audience: "public", epoch: "e1", version, entities }]);
  const seen: Difference[] = [];
  store.onDifference((difference) => seen.push(difference));
  return { store, seen };
}

function change(prev: number, version: number, put: Record<string, JsonObject>, drop: string[] = [], epoch = "e1"): ChangeOf {
  return { type: "change", topic: TOPIC, epoch, prev, version, put: new Map(Object.entries(put)), drop };
}

test("applies a change that follows on what is held and tells what differs", () => {
  const { store, seen } = storeAt(4, { a: { n: 1 }, b: { n: 1 } });
  assert.equal(store.apply(change(4, 6, { a: { n: 2 }, c: { n: 3 } }, ["b"])), "applied");
  assert.deepEqual(Object.fromEntries(store.get(TOPIC)?.entities ?? []), { a: { n: 2 }, c: { n: 3 } });
  assert.deepEqual(store.position(TOPIC), { epoch: "e1", version: 6 });
  assert.deepEqual(seen[0]?.rows, [
    { key: "b", before: { n: 1 } },
    { key: "a", before: { n: 1 }, after: { n: 2 } },
    { key: "c", after: { n: 3 } },
  ]);
});

test("ignores what is not above the version held", () => {
  const { store, seen } = storeAt(6, { a: { n: 2 } });
  assert.equal(store.apply(change(4, 6, { a: { n: 1 } })), "old");
  assert.equal(store.apply(change(4, 5, { a: { n: 1 } })), "old");
  assert.deepEqual(store.get(TOPIC)?.entities.get("a"), { n: 2 });
  assert.equal(seen.length, 0);
});

test("applies nothing when something between is missing or the epoch is another", () => {
  const { store, seen } = storeAt(6, { a: { n: 2 } });
  assert.equal(store.apply(change(8, 9, { a: { n: 9 } })), "gap");
  assert.equal(store.apply(change(6, 7, { a: { n: 9 } }, [], "e2")), "gap");
  assert.deepEqual(store.get(TOPIC)?.entities.get("a"), { n: 2 });
  assert.equal(seen.length, 0);
});

test("a snapshot replaces everything and tells only what differs", () => {
  const { store, seen } = storeAt(6, { a: { n: 1 }, b: { n: 1 }, c: { n: 1 } });
  store.replace({
    type: "snapshot", topic: TOPIC, audience: "staff", epoch: "e2", version: 2, reason: "other_audience",
    entities: new Map([["a", { n: 1 }], ["b", { n: 2 }], ["d", { n: 4 }]]),
  });
  assert.deepEqual(seen[0]?.rows, [
    { key: "c", before: { n: 1 } },
    { key: "b", before: { n: 1 }, after: { n: 2 } },
    { key: "d", after: { n: 4 } },
  ]);
  assert.equal(seen[0]?.isOtherAudience, true);
  assert.deepEqual(store.position(TOPIC), { epoch: "e2", version: 2 });
});

test("does not keep what it does not watch", () => {
  const { store } = storeAt(1);
  assert.equal(store.apply({ ...change(1, 2, {}), topic: "meetings/other" }), "unknown");
  assert.deepEqual(store.names(), [TOPIC]);
});
