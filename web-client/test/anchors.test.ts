import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Carrier, quoteAt, utf16Range, type Block, type Placement } from "../src/anchors/place.ts";

interface FixtureBlock {
  id: string;
  takes_comments: boolean;
  text: string;
}

interface Fixture {
  name: string;
  old: FixtureBlock[];
  new: FixtureBlock[];
  anchors: { block: string; start: number; length: number; expected: Placement }[];
}

const { cases } = JSON.parse(readFileSync(new URL("../../tests/anchors/fixtures.json", import.meta.url), "utf8")) as { cases: Fixture[] };
const blocks = (list: FixtureBlock[]): Block[] => list.map(({ id, takes_comments, text }) => ({ id, takesComments: takes_comments, text }));

// tests/unit/anchors/fixtures_test.cpp reads the same file: what both say is the same to the thousandth.
for (const fixture of cases) {
  test(`anchors are carried as in C++: ${fixture.name}`, () => {
    const carrier = new Carrier(blocks(fixture.old), blocks(fixture.new));
    for (const { expected, ...anchor } of fixture.anchors) assert.deepEqual(carrier.carry(anchor), expected, JSON.stringify(anchor));
  });
}

test("a quote has thirty-two code points to each side, and ends with the text", () => {
  const [before, after] = ["x".repeat(40), "y".repeat(40)];
  assert.deepEqual(quoteAt(`${before}Ŵyl 😀${after}`, 40, 5), { exact: "Ŵyl 😀", prefix: before.slice(8), suffix: after.slice(8) });
  assert.deepEqual(quoteAt("né", 1, 9), { exact: "é", prefix: "n", suffix: "" });
});

test("code points are counted in UTF-16 units where the DOM needs them", () => {
  assert.deepEqual(utf16Range("a😀b😀c", 1, 3), { start: 1, end: 6 });
  assert.deepEqual(utf16Range("abc", 1, 9), { start: 1, end: 3 });
});
