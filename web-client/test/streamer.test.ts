import assert from "node:assert/strict";
import { test } from "node:test";
import { Streamer, type LiveState } from "../src/live/streamer.ts";
import { TopicStore } from "../src/store/topic_store.ts";
import { FakeNetwork, FakeTime } from "./support/fakes.ts";

const TOPIC = "meetings/m";

function scene() {
  const time = new FakeTime();
  const network = new FakeNetwork(time);
  const store = new TopicStore([
    { alias: "meeting", each: false, topic: TOPIC, audience: "public", epoch: "e1", version: 4, entities: new Map([["a", { n: 1 }]]) },
  ]);
  const states: LiveState[] = [];
  const caughtUp: number[] = [];
  const revoked: string[] = [];
  const endings: (number | undefined)[] = [];
  const streamer = new Streamer(store, network, {
    state: (state) => states.push(state),
    caughtUp: (changes) => caughtUp.push(changes),
    revoked: (topic) => revoked.push(topic),
    ending: (seconds) => endings.push(seconds),
  });
  const change = (prev: number, version: number, n: number): object => ({
    type: "change", topic: TOPIC, epoch: "e1", prev, version, put: { a: { n } }, drop: [],
  });
  const resumed = (version: number): object => ({ type: "resumed", topic: TOPIC, epoch: "e1", version, missed: 0 });
  const goLive = (version: number): void => {
    network.last.onopen?.();
    network.last.receive(resumed(version));
  };
  streamer.start();
  return { time, network, store, states, caughtUp, revoked, endings, streamer, change, resumed, goLive };
}

test("subscribes each topic with the position that the page came with", () => {
  const { network, states, goLive } = scene();
  assert.deepEqual(network.last.sent, []);
  goLive(4);
  assert.deepEqual(network.last.sent, [{ type: "subscribe", topic: TOPIC, after: { epoch: "e1", version: 4, audience: "public" } }]);
  assert.deepEqual(states, ["live"]);
});

test("is not live before every subscription is answered", () => {
  const { network, states } = scene();
  network.last.onopen?.();
  assert.deepEqual(states, []);
});

test("asks for what is missing, once, and applies nothing until it has come", () => {
  const { network, store, change, goLive, resumed } = scene();
  goLive(4);
  network.last.receive(change(6, 7, 7));
  network.last.receive(change(7, 8, 8));
  assert.deepEqual(store.get(TOPIC)?.entities.get("a"), { n: 1 });
  assert.deepEqual(network.last.sent.slice(1), [{ type: "subscribe", topic: TOPIC, after: { epoch: "e1", version: 4, audience: "public" } }]);
  for (const [prev, version] of [[4, 6], [6, 7], [7, 8]] as const) network.last.receive(change(prev, version, version));
  network.last.receive(resumed(8));
  assert.deepEqual(store.get(TOPIC)?.entities.get("a"), { n: 8 });
});

test("comes back with its position, and says how much it missed", () => {
  const { time, network, states, caughtUp, change, goLive, resumed } = scene();
  goLive(4);
  network.last.receive(change(4, 5, 5));
  network.last.onclose?.({ code: 1006 });
  assert.deepEqual(states, ["live", "reconnecting"]);
  time.pass(500);
  network.last.onopen?.();
  assert.deepEqual(network.last.sent, [{ type: "subscribe", topic: TOPIC, after: { epoch: "e1", version: 5, audience: "public" } }]);
  network.last.receive(change(5, 6, 6));
  network.last.receive(change(6, 9, 9));
  assert.deepEqual(caughtUp, []);
  network.last.receive(resumed(9));
  assert.deepEqual(caughtUp, [2]);
  assert.deepEqual(states, ["live", "reconnecting", "live"]);
});

test("says nothing after an absence in which nothing happened", () => {
  const { time, network, caughtUp, goLive } = scene();
  goLive(4);
  network.last.onclose?.({ code: 1006 });
  time.pass(500);
  goLive(4);
  assert.deepEqual(caughtUp, []);
});

test("does not count who has come and gone meanwhile", () => {
  const { time, network, store, caughtUp, goLive } = scene();
  const now = (version: number, words: string): object => ({
    type: "snapshot", topic: "now/meetings/m", audience: "public", epoch: "run", version, reason: "now", entities: { here: { words } },
  });
  store.add({ type: "snapshot", topic: "now/meetings/m", audience: "public", epoch: "run", version: 1, reason: "now", entities: new Map() });
  goLive(4);
  network.last.receive(now(2, "1 person"));
  network.last.onclose?.({ code: 1006 });
  time.pass(500);
  goLive(4);
  network.last.receive(now(9, "7 people"));
  assert.deepEqual(caughtUp, []);
  assert.deepEqual(store.get("now/meetings/m")?.entities.get("here"), { words: "7 people" });
});

test("says what somebody is doing", () => {
  const { network, streamer, goLive } = scene();
  goLive(4);
  streamer.doing("now/meetings/m", "agenda/a");
  streamer.doing("now/meetings/m", undefined);
  assert.deepEqual(network.last.sent.slice(1), [{ type: "doing", topic: "now/meetings/m", editing: "agenda/a" }, { type: "doing", topic: "now/meetings/m" }]);
});

test("waits longer after each failure, up to half a minute, and at random below that", () => {
  const { time, network } = scene();
  const waits: (number | undefined)[] = [];
  for (let i = 0; i < 9; i += 1) {
    network.last.onclose?.({ code: 1006 });
    waits.push(time.nextIn);
    time.pass(30_000);
  }
  assert.deepEqual(waits, [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  network.chance = 0.25;
  network.last.onclose?.({ code: 1006 });
  assert.equal(time.nextIn, 7500);
});

test("begins with the short wait again once it was live", () => {
  const { time, network, goLive } = scene();
  for (let i = 0; i < 4; i += 1) {
    network.last.onclose?.({ code: 1006 });
    time.pass(30_000);
  }
  goLive(4);
  network.last.onclose?.({ code: 1006 });
  assert.equal(time.nextIn, 500);
});

test("does not come back once the session has ended", () => {
  const { time, network, states, goLive } = scene();
  goLive(4);
  network.last.onclose?.({ code: 4401 });
  assert.deepEqual(states, ["live", "ended"]);
  time.pass(60_000);
  assert.equal(network.sockets.length, 1);
});

test("forgets a topic that may no longer be seen", () => {
  const { network, store, revoked, goLive } = scene();
  goLive(4);
  network.last.receive({ type: "revoked", topic: TOPIC });
  assert.deepEqual(revoked, [TOPIC]);
  assert.deepEqual(store.names(), []);
});

test("tries a subscription again that could not be answered, and is not live meanwhile", () => {
  const { time, network, states } = scene();
  network.last.onopen?.();
  network.last.receive({ type: "problem", topic: TOPIC, problem: { code: "unavailable" } });
  assert.deepEqual(states, []);
  time.pass(3000);
  assert.equal(network.last.sent.length, 2);
});

test("passes over what is not a frame", () => {
  const { network, states, goLive } = scene();
  goLive(4);
  for (const data of ["", "{", "[]", '{"type":"change"}', '{"type":"news"}', 7]) network.last.onmessage?.({ data });
  assert.deepEqual(states, ["live"]);
});

const THREAD = "threads/c/1/b3";

function watching() {
  const now = scene();
  const told: string[] = [];
  const watch = (): void => now.streamer.watch(THREAD, { arrived: () => told.push("arrived"), gone: () => told.push("gone") });
  const snapshot = { type: "snapshot", topic: THREAD, audience: "public", epoch: "e1", version: 7, reason: "first", entities: { "comment/c": { n: 1 } } };
  return { ...now, told, watch, snapshot };
}

test("follows one more topic from its snapshot on, without telling of what was there before", () => {
  const { network, store, streamer, goLive, told, watch, snapshot, states } = watching();
  goLive(4);
  let differences = 0;
  store.onDifference(() => (differences += 1));
  watch();
  assert.deepEqual(network.last.sent.at(-1), { type: "subscribe", topic: THREAD });
  network.last.receive(snapshot);
  assert.deepEqual(told, ["arrived"]);
  assert.equal(differences, 0);
  assert.deepEqual(store.get(THREAD)?.entities.get("comment/c"), { n: 1 });
  network.last.receive({ type: "change", topic: THREAD, epoch: "e1", prev: 7, version: 8, put: { "comment/d": { n: 2 } }, drop: [] });
  assert.equal(differences, 1);
  streamer.leave(THREAD);
  assert.deepEqual(network.last.sent.at(-1), { type: "unsubscribe", topic: THREAD });
  assert.equal(store.get(THREAD), undefined);
  assert.deepEqual(states, ["live"]);
});

test("asks for a watched topic again after an absence, from where it was", () => {
  const { network, time, goLive, watch, snapshot, told } = watching();
  goLive(4);
  watch();
  network.last.receive(snapshot);
  network.last.onclose?.({ code: 1006 });
  time.pass(60_000);
  network.last.onopen?.();
  assert.deepEqual(network.last.sent.at(-1), { type: "subscribe", topic: THREAD, after: { epoch: "e1", version: 7, audience: "public" } });
  assert.deepEqual(told, ["arrived"]);
});

test("subscribes a topic that was wanted before there was a connection", () => {
  const { network, watch, goLive } = watching();
  watch();
  goLive(4);
  assert.deepEqual(network.last.sent.map((message) => message["topic"]), [TOPIC, THREAD]);
});

test("says when a watched topic is not there, and when it may no longer be seen", () => {
  const { network, goLive, watch, snapshot, told } = watching();
  goLive(4);
  watch();
  network.last.receive({ type: "problem", topic: THREAD, problem: { code: "not_found" } });
  watch();
  network.last.receive(snapshot);
  network.last.receive({ type: "revoked", topic: THREAD });
  assert.deepEqual(told, ["gone", "arrived", "gone"]);
});

test("tells when the session will end, and says that somebody is here", () => {
  const { network, endings, streamer, goLive } = scene();
  goLive(4);
  network.last.receive({ type: "ending", seconds: 170 });
  network.last.receive({ type: "ending", seconds: "soon" });
  network.last.receive({ type: "ending" });
  assert.deepEqual(endings, [170, undefined]);
  streamer.here();
  assert.deepEqual(network.last.sent.at(-1), { type: "here" });
});
