import assert from "node:assert/strict";
import { test } from "node:test";
import { clockWords } from "../src/connection.ts";
import { describe } from "../src/describe.ts";
import { Drafts, type TextStore } from "../src/drafts.ts";
import { outcomeOf, sayingDone, sayingOthersLater, send, whereTo } from "../src/forms/send.ts";
import { holdText } from "../src/hold.ts";
import { staying } from "../src/render/lists.ts";
import type { Difference } from "../src/store/topic_store.ts";
import type { JsonObject } from "../src/view_model.ts";

function difference(rows: Difference["rows"]): Difference {
  return { topic: "t", version: 1, rows, isWhole: false, isOtherAudience: false };
}

const item = (number: string, title: string): JsonObject => ({ number, title });

test("names the item that moved, not those that made room", () => {
  const rows = [
    { key: "agenda/a", before: item("1", "Apologies"), after: item("2", "Apologies") },
    { key: "agenda/b", before: item("2", "Minutes"), after: item("3", "Minutes") },
    { key: "agenda/c", before: item("3", "Skills"), after: item("1", "Skills") },
  ];
  assert.equal(describe(difference(rows), () => undefined), "Skills is now item 1");
});

test("does not read out who is there now", () => {
  const rows = [{ key: "agenda/c", before: item("3", "Skills"), after: item("1", "Skills") }];
  assert.equal(describe({ ...difference(rows), topic: "now/meetings/m" }, () => undefined), undefined);
});

test("of two that changed places, names the one that went up", () => {
  const rows = [
    { key: "agenda/a", before: item("2", "Apologies"), after: item("3", "Apologies") },
    { key: "agenda/b", before: item("3", "Minutes"), after: item("2", "Minutes") },
  ];
  assert.equal(describe(difference(rows), () => undefined), "Minutes is now item 2");
});

test("says once that a paper has come, whether it was to follow or not, and that it has a new version", () => {
  const said = (before: JsonObject[], after: JsonObject[]): string | undefined =>
    describe(difference([{ key: "agenda/a", before: { ...item("1", "Skills"), papers: before }, after: { ...item("1", "Skills"), papers: after } }]), () => undefined);
  const awaited = { paper: "p", title: "Evidence", version: 0, is_to_follow: true };
  const come = { paper: "p", title: "Evidence", version: 1 };
  assert.equal(said([], [awaited]), undefined);
  assert.equal(said([awaited], [come]), "Paper added: Evidence");
  assert.equal(said([], [come]), "Paper added: Evidence");
  assert.equal(said([come], [{ ...come, version: 2 }]), "New version of the paper Evidence");
  assert.equal(said([come], [{ ...come, is_withdrawn: true }]), undefined);
});

test("says that a meeting is paused and that it goes on, and nothing of a pause that ends with it", () => {
  const said = (before: JsonObject, after: JsonObject): string | undefined =>
    describe(difference([{ key: "meeting", before: { state: "started", is_started: true, ...before }, after: { state: "started", is_started: true, ...after } }]), () => undefined);
  assert.equal(said({}, { is_paused: true }), "The meeting is paused");
  assert.equal(said({ is_paused: true }, {}), "The meeting goes on");
  assert.equal(said({ is_paused: true }, { state: "closed", is_started: false, state_label: "Closed" }), "The meeting is now: Closed");
});

test("says that a meeting is cancelled, and when and where it has moved to", () => {
  const held = { state: "published", state_label: "Agenda published", when: "2pm to 4pm, Tuesday 19 June 2018", place: "Leeds" };
  const said = (before: JsonObject, after: JsonObject): string | undefined =>
    describe(difference([{ key: "meeting", before: { ...held, ...before }, after: { ...held, ...after } }]), () => undefined);
  const cancelled = { state: "cancelled", state_label: "Cancelled", cancellation: { at: "2:15pm on 13 June 2018", reason: "The lead is ill" } };
  assert.equal(said({}, cancelled), "The meeting is cancelled");
  assert.equal(said(cancelled, { ...cancelled, title: "Another" }), undefined);
  assert.equal(said({}, { when: "3pm to 4pm, Tuesday 19 June 2018" }), "The meeting has moved: 3pm to 4pm, Tuesday 19 June 2018, Leeds");
  assert.equal(said({}, { place: "York" }), "The meeting has moved: 2pm to 4pm, Tuesday 19 June 2018, York");
  assert.equal(said({}, { title: "Another" }), undefined);
});

test("says when a meeting becomes quorate or no longer is, and nothing of who comes and goes", () => {
  const words = "12 of 38 members present; quorum is 12: quorate.";
  const said = (before: JsonObject, after: JsonObject): string | undefined => describe(difference([{ key: "attendance", before, after }]), () => undefined);
  assert.equal(said({ is_quorate: false }, { is_quorate: true, words }), words);
  assert.equal(said({ is_quorate: true, present: 12 }, { is_quorate: true, present: 13, words }), undefined);
});

test("says where minutes stand, what was decided and that a correction is proposed, and nothing of a text", () => {
  const said = (key: string, before: JsonObject | undefined, after: JsonObject): string | undefined =>
    describe(difference([{ key, ...(before === undefined ? {} : { before }), after }]), () => undefined);
  assert.equal(said("minutes", { state: "writing" }, { state: "circulated", state_label: "Circulated" }), "The minutes are now: Circulated");
  assert.equal(said("item/a/decision/b", undefined, { decision_number: "2018/14" }), "Decision 2018/14 recorded");
  assert.equal(said("item/a/decision/b", { decision_number: "2018/14" }, { decision_number: "2018/14", decided: "Otherwise" }), undefined);
  assert.equal(said("item/a/correction/b", undefined, {}), "A correction is proposed");
  assert.equal(said("item/a", { text: "" }, { text: "Ada spoke." }), undefined);
});

test("says what has become of an action, and nothing of a note or of one that comes", () => {
  const said = (key: string, before: JsonObject | undefined, after: JsonObject): string | undefined =>
    describe(difference([{ key, ...(before === undefined ? {} : { before }), after }]), () => undefined);
  const open = { status_label: "Open", todo: "Book a room" };
  assert.equal(said("action/a", open, { ...open, status_label: "Done" }), "Action done: Book a room");
  assert.equal(said("action", open, { ...open, status_label: "Overdue" }), "Action overdue: Book a room");
  assert.equal(said("action/a", open, { ...open, latest: "They are away" }), undefined);
  assert.equal(said("action/a", undefined, open), undefined);
});

test("says who has the floor, and nothing of the queue", () => {
  const said = (before: JsonObject, after: JsonObject): string | undefined => describe(difference([{ key: "room", before, after }]), () => undefined);
  assert.equal(said({ has_speaker: false }, { has_speaker: true, seat: "s", name: "Ada York" }), "Ada York has the floor");
  assert.equal(said({ has_speaker: true, seat: "s" }, { has_speaker: true, seat: "s", name: "Ada York", waiting: 3 }), undefined);
  assert.equal(said({ has_speaker: true, seat: "s" }, { has_speaker: false }), undefined);
});

test("says that a vote is open and what came of it, and nothing of how many have voted", () => {
  const said = (before: JsonObject | undefined, after: JsonObject): string | undefined =>
    describe(difference([{ key: "vote/v", ...(before === undefined ? {} : { before }), after }]), () => undefined);
  const open = { state_label: "Open", is_open: true, question: "Shall we meet in July?", words: "0 of 12 who are here have voted." };
  assert.equal(said(undefined, open), "A vote is open: Shall we meet in July?");
  assert.equal(said(open, { ...open, words: "1 of 12 who are here have voted." }), undefined);
  assert.equal(said(open, { ...open, is_open: false, state_label: "Tied", words: "Tied: 1 for, 1 against, 0 abstained." }), "Tied: 1 for, 1 against, 0 abstained.");
});

test("says where the meeting is before anything else", () => {
  const rows = [
    { key: "agenda/a", before: item("1", "Apologies"), after: { ...item("1", "Apologies"), is_done: true } },
    {
      key: "meeting",
      before: { has_now: true, now_item: "a" },
      after: { has_now: true, now_item: "b", now_number: "3", now_title: "Skills" },
    },
  ];
  assert.equal(describe(difference(rows), () => undefined), "Now at item 3: Skills");
});

test("names the paragraph of a new comment, where it is shown and where it is only counted", () => {
  const shown = [{ key: "comment/c1", after: { block: "b1" } }];
  const counted = [{ key: "block/b1", before: { comment_count: 0 }, after: { comment_count: 1, number: "2.3" } }];
  const rowAt = (key: string): JsonObject | undefined => (key === "paragraph/b1" ? { number: "2.3" } : undefined);
  assert.equal(describe(difference(shown), rowAt), "New comment on paragraph 2.3");
  assert.equal(describe(difference(counted), rowAt), "New comment on paragraph 2.3");
});

test("has no words for a comment that is withdrawn", () => {
  const rows = [{ key: "block/b1", before: { comment_count: 2 }, after: { comment_count: 1, number: "2.3" } }];
  assert.equal(describe(difference(rows), () => undefined), undefined);
});

test("has no words for what is only shown", () => {
  assert.equal(describe(difference([{ key: "seat/s", before: {}, after: {} }]), () => undefined), undefined);
});

test("counts new elements in words", () => {
  assert.equal(holdText("comment", 1), "Show 1 new comment");
  assert.equal(holdText("comment", 3), "Show 3 new comments");
  assert.equal(holdText("entry", 2), "Show 2 new entries");
});

test("writes the time of day as people in the UK do, in UK time", () => {
  assert.equal(clockWords(new Date("2018-06-19T13:03:00Z")), "2:03pm");
  assert.equal(clockWords(new Date("2018-12-19T00:00:00Z")), "12:00am");
});

test("moves as few elements as can be", () => {
  assert.deepEqual([...staying([4, 0, 1, 2, 3], -1)].sort(), [1, 2, 3, 4]);
  assert.deepEqual([...staying([0, 1, 2], -1)].sort(), [0, 1, 2]);
});

test("never moves the one that has the focus", () => {
  assert.deepEqual([...staying([4, 0, 1, 2, 3], 0)], [0]);
  assert.ok(staying([1, 0], 0).has(0));
  assert.ok(staying([1, 0], 1).has(1));
});

test("an answer that says yes, no, or nobody knows", () => {
  const done = outcomeOf(200, { topic: "t", epoch: "e", version: 7, result: { item: "i" }, others_later: false });
  assert.equal(done.kind, "done");
  const refused = outcomeOf(422, { code: "invalid_arguments", detail: "No.", errors: [{ pointer: "/title", code: "too_short", detail: "Short." }] });
  assert.deepEqual(refused, { kind: "refused", code: "invalid_arguments", detail: "No.", faults: [{ field: "title", detail: "Short." }] });
  assert.equal(outcomeOf(503, { code: "unavailable" }).kind, "unsent");
  assert.deepEqual(outcomeOf(503, { code: "unavailable", fault: "not_scanned", detail: "Later." }), { kind: "unsent", detail: "Later." });
  assert.equal(outcomeOf(502, "<html>").kind, "unsent");
});

test("no network is not an answer", async () => {
  const failing = (() => Promise.reject(new TypeError("no network"))) as typeof fetch;
  assert.deepEqual(await send("/do/x", new URLSearchParams(), failing), { kind: "unsent" });
});

test("goes where the result says, and never to another site", () => {
  const sent = new URLSearchParams({ body: "b1" });
  assert.equal(whereTo("/meetings/{meeting}/agenda", { meeting: "m1" }, sent), "/meetings/m1/agenda");
  assert.equal(whereTo("/bodies/{body}", {}, sent), "/bodies/b1");
  assert.equal(whereTo("/meetings/{meeting}", {}, sent), undefined);
  assert.equal(whereTo("//elsewhere.example/", {}, sent), undefined);
  assert.equal(whereTo("https://elsewhere.example/", {}, sent), undefined);
});

class MapStore implements TextStore {
  readonly map = new Map<string, string>();
  getItem = (key: string): string | null => this.map.get(key) ?? null;
  setItem = (key: string, value: string): void => void this.map.set(key, value);
  removeItem = (key: string): void => void this.map.delete(key);
  key = (index: number): string | null => [...this.map.keys()][index] ?? null;
  get length(): number {
    return this.map.size;
  }
}

test("keeps what someone began to write apart for each person, and clears all of it at sign-out", () => {
  const store = new MapStore();
  const mine = new Drafts(store, "p1");
  const theirs = new Drafts(store, "p2");
  mine.save("comment-b1", { text: "half a tho" });
  mine.save("comment-b2", { text: "more" });
  theirs.save("comment-b1", { text: "theirs" });
  assert.deepEqual(mine.read("comment-b1"), { text: "half a tho" });
  mine.clearAll();
  assert.equal(mine.read("comment-b1"), undefined);
  assert.equal(mine.read("comment-b2"), undefined);
  assert.deepEqual(theirs.read("comment-b1"), { text: "theirs" });
});

test("a device that refuses to keep anything is no trouble", () => {
  const store = new MapStore();
  store.setItem = () => {
    throw new Error("full");
  };
  assert.equal(new Drafts(store, "p1").save("x", { text: "y" }), false);
});

test("a page that is gone to says what was done, at the place where it is said", () => {
  assert.equal(sayingDone("/account", "name_changed"), "/account?done=name_changed#done");
  assert.equal(sayingDone("/account#sessions", "name_changed"), "/account?done=name_changed#done");
  assert.equal(sayingDone("/account?a=b", "name_changed"), "/account?a=b&done=name_changed#done");
});

test("a page that is gone to says that others will see the change later", () => {
  assert.equal(sayingOthersLater("/meetings"), "/meetings?saved=others-later");
  assert.equal(sayingOthersLater("/meetings?a=b"), "/meetings?a=b&saved=others-later");
  assert.equal(sayingOthersLater("/meetings#item-3"), "/meetings?saved=others-later#item-3");
  assert.equal(sayingOthersLater("/meetings#what?"), "/meetings?saved=others-later#what?");
});
