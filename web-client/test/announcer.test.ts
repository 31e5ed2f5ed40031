import assert from "node:assert/strict";
import { test } from "node:test";
import { Announcer } from "../src/announcer.ts";
import { FakeTime } from "./support/fakes.ts";

function scene() {
  const time = new FakeTime();
  const said: { at: number; text: string }[] = [];
  const announcer = new Announcer({
    say: (text) => said.push({ at: time.now, text }),
    now: () => time.now,
    after: time.after,
  });
  return { time, said, announcer };
}

test("says the first thing at once and the next after five seconds", () => {
  const { time, said, announcer } = scene();
  announcer.tell("one");
  time.pass(0);
  announcer.tell("two");
  time.pass(4999);
  assert.deepEqual(said, [{ at: 0, text: "one" }]);
  time.pass(1);
  assert.deepEqual(said.at(-1), { at: 5000, text: "two" });
});

test("puts many together instead of queueing them", () => {
  const { time, said, announcer } = scene();
  announcer.tell("first");
  time.pass(0);
  for (const text of ["a", "b", "c", "c"]) announcer.tell(text);
  time.pass(60_000);
  assert.deepEqual(said.map(({ text }) => text), ["first", "3 changes on this page"]);
});

test("what the person did goes before what others did", () => {
  const { time, said, announcer } = scene();
  announcer.tell("first");
  time.pass(0);
  announcer.tell("someone else");
  announcer.tellOwn("Item moved up");
  time.pass(5000);
  assert.deepEqual(said.map(({ text }) => text), ["first", "Item moved up. someone else"]);
});
