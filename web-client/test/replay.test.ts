import assert from "node:assert/strict";
import { test } from "node:test";
import { momentAt } from "../src/replay.ts";

test("a replay is at the last moment that has come, and at the first before any has", () => {
  const seconds = [0, 5, 5, 60];
  assert.deepEqual([-1, 0, 4, 5, 59, 60, 9999].map((time) => momentAt(seconds, time)), [0, 0, 0, 2, 2, 3, 3]);
});
