import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { SessionUse } from "../src/session_use.ts";

function scene(isFollowed = false) {
  const told: string[] = [];
  const waiting: (() => void)[] = [];
  const state = { isFollowed };
  const use = new SessionUse({
    say: () => told.push("here"),
    isFollowed: () => state.isFollowed,
    warn: (seconds) => told.push(seconds === undefined ? "goes on" : `ends in ${seconds}`),
    after: (_, then) => {
      waiting.push(then);
      return () => {};
    },
  });
  const page = new EventTarget();
  use.start(page);
  const act = (kind = "keydown"): void => void page.dispatchEvent(new Event(kind));
  const minute = (): void => waiting.shift()?.();
  return { told, use, act, minute, state };
}

describe("whoever is at the page", () => {
  test("is told of once a minute, however much they do", () => {
    const { told, act, minute } = scene();
    for (const kind of ["keydown", "pointermove", "scroll", "touchstart", "input"]) act(kind);
    assert.deepEqual(told, []);
    minute();
    assert.deepEqual(told, ["here"]);
    minute();
    assert.deepEqual(told, ["here"], "nothing was done in this minute");
  });

  test("need not touch a page that is followed, until there is nothing more to follow", () => {
    const { told, minute, state } = scene(true);
    minute();
    minute();
    assert.deepEqual(told, ["here", "here", "here"]);
    state.isFollowed = false;
    minute();
    assert.equal(told.length, 3);
  });

  test("is warned before the session ends, and whatever they do keeps it", () => {
    const { told, use, act } = scene();
    use.ending(170);
    assert.deepEqual(told, ["ends in 170"]);
    act("pointermove");
    assert.deepEqual(told, ["ends in 170", "here"]);
    use.ending(undefined);
    assert.deepEqual(told, ["ends in 170", "here", "goes on"]);
    act();
    assert.equal(told.length, 3, "and is counted by the minute again");
  });

  test("is not warned when they have just done something", () => {
    const { told, use, act } = scene();
    act();
    use.ending(170);
    assert.deepEqual(told, ["here"]);
  });
});
