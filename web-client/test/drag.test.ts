import assert from "node:assert/strict";
import { test } from "node:test";
import { isBeside, isUnder, placeAt } from "../src/drag.ts";

test("an item is dragged among those beside it, with what is under it", () => {
  assert.deepEqual(["1", "7", "12", "6.1", "6.2.1"].map((other) => isBeside("6", other)), [true, true, true, false, false]);
  assert.deepEqual(["6.2", "6.10", "5.1", "6", "6.1.1"].map((other) => isBeside("6.1", other)), [true, true, false, false, false]);
  assert.deepEqual(["6.1", "6.1.2", "6", "60.1", "7"].map((other) => isUnder(other, "6")), [true, true, false, false, false]);
});

test("it lands before the first whose middle is below the pointer", () => {
  assert.deepEqual([0, 49, 51, 149, 151, 900].map((y) => placeAt(y, [50, 150, 250])), [1, 1, 2, 2, 3, 4]);
  assert.equal(placeAt(10, []), 1, "the only one");
});
