import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { compareBytes, listOf, parentOf, viewModel, type JsonObject } from "../src/view_model.ts";

interface Fixture {
  name: string;
  topic: string;
  audience: string;
  entities: Record<string, JsonObject>;
  actor: { person: string | null };
  expect: JsonObject;
}

const folder = new URL("../../tests/contract/view-model/", import.meta.url);

for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
  const fixture = JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Fixture;
  test(`builds what the gateway builds: ${fixture.name}`, () => {
    const entities = new Map(Object.entries(fixture.entities));
    assert.deepEqual(
      viewModel(fixture.topic, fixture.audience, entities, fixture.actor.person ?? ""),
      fixture.expect,
    );
  });
}

test("compares as bytes do, also beyond the basic plane", () => {
  assert.ok(compareBytes("a", "b") < 0);
  assert.ok(compareBytes("Z", "a") < 0);
  assert.ok(compareBytes("ab", "a") > 0);
  assert.ok(compareBytes("\uffee", "\u{1f600}") < 0);
  assert.equal(compareBytes("same", "same"), 0);
});

test("knows the list and the surroundings of a key", () => {
  assert.equal(listOf("agenda/a1"), "agenda");
  assert.equal(listOf("block/b1/comment/c1"), "block/b1/comment");
  assert.equal(listOf("meeting"), "");
  assert.equal(parentOf("block/b1/comment/c1"), "block/b1");
  assert.equal(parentOf("agenda/a1"), "");
});
