import assert from "node:assert/strict";
import { test } from "node:test";
import { Editing } from "../src/editing.ts";
import { FakeTime } from "./support/fakes.ts";

/** A field in the form of a row; without one, somewhere else on the page. */
class Field extends EventTarget {
  readonly dataset: { key?: string } = {};
  constructor(row?: string) {
    super();
    if (row !== undefined) this.dataset.key = row;
  }
  closest(): Field | null {
    return this.dataset.key === undefined ? null : this;
  }
}

function scene() {
  Object.assign(globalThis, { Element: Field });
  const time = new FakeTime();
  const told: string[] = [];
  let inHand: Field | null = null;
  const editing = new Editing({ tell: (row) => told.push(row ?? "nothing"), inHand: () => inHand as unknown as Element, after: time.after });
  const page = new EventTarget();
  editing.start(page);
  const event = (kind: string, target: Field): void => {
    page.dispatchEvent(Object.defineProperty(new Event(kind), "target", { value: target }));
  };
  const focus = (field: Field): void => {
    event("focusout", inHand ?? new Field());
    inHand = field;
    event("focusin", field);
  };
  return { time, told, editing, focus, type: () => event("input", inHand ?? new Field()) };
}

test("tells in which row's form somebody is once the focus has settled there, and when it has left", () => {
  const { time, told, focus } = scene();
  focus(new Field("agenda/a"));
  assert.deepEqual(told, []);
  time.pass(500);
  focus(new Field());
  focus(new Field("agenda/a"));
  time.pass(500);
  assert.deepEqual(told, ["agenda/a"], "from one field to the next is no leaving");
  focus(new Field("agenda/b"));
  time.pass(500);
  focus(new Field());
  time.pass(500);
  assert.deepEqual(told, ["agenda/a", "agenda/b", "nothing"]);
});

test("takes it back after two minutes without a word, and says it again with the next", () => {
  const { time, told, focus, type } = scene();
  focus(new Field("agenda/a"));
  time.pass(100_000);
  type();
  time.pass(119_000);
  assert.deepEqual(told, ["agenda/a"]);
  time.pass(1_000);
  assert.deepEqual(told, ["agenda/a", "nothing"]);
  type();
  assert.deepEqual(told, ["agenda/a", "nothing", "agenda/a"]);
});

test("says it again on another socket, and nothing where there is nothing to say", () => {
  const { time, told, editing, focus, type } = scene();
  type();
  editing.again();
  assert.deepEqual(told, []);
  focus(new Field("agenda/a"));
  time.pass(500);
  editing.again();
  assert.deepEqual(told, ["agenda/a", "agenda/a"]);
});
