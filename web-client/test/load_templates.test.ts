import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { filesFor, filesOf, namedOn, namesThatTell, PAGE_GROUPS, readTemplates, SHARED } from "../build/template_groups.ts";
import { filesNeeded, loadTemplates } from "../src/load_templates.ts";

test("asks once more for templates that did not come, and then says that they have not", async () => {
  for (const [failures, asked, haveCome] of [[0, 1, true], [1, 2, true], [2, 2, false]] as const) {
    let count = 0;
    const templates: Record<string, string> = {};
    const load = async (): Promise<Record<string, string>[]> => {
      count += 1;
      if (count <= failures) throw new TypeError("Failed to fetch dynamically imported module");
      return [{ vote: "<li></li>" }, { hand: "<li></li>" }];
    };
    assert.equal(await loadTemplates(templates, (_, then) => then(), load), haveCome);
    assert.equal(count, asked);
    assert.deepEqual(Object.keys(templates), haveCome ? ["vote", "hand"] : []);
  }
});

const templates = readTemplates(fileURLToPath(new URL("../templates", import.meta.url)));
const files = filesOf(templates);
const tell = namesThatTell(templates, files);

test("a page that shows any of its elements has all templates with which they, and what comes into them, are drawn", () => {
  for (const page of Object.keys(templates.pages)) {
    const names = namedOn(page, templates);
    for (const shown of [names, ...names.map((name) => [name])]) {
      const has = new Set(filesNeeded(shown, tell).flatMap((file) => files.get(file) ?? []));
      const missing = new Set<string>();
      const draw = (name: string): void => {
        const text = templates.partials[name] ?? assert.fail(name);
        if (!has.has(name)) missing.add(name);
        for (const [, next = ""] of text.matchAll(/data-partial="([\w-]+)"/g)) if (next !== name) draw(next);
        for (const [, next = ""] of text.replace(/<(\w+)[^>]*data-filled[^>]*>.*?<\/\1>/gs, "").matchAll(/\{\{>\s*([\w-]+)\s*\}\}/g)) draw(next);
        if (text.includes("data-opens=")) draw("thread");
      };
      for (const name of shown) draw(name);
      assert.deepEqual([...missing], [], `${page} with ${shown.join()}`);
    }
  }
});

test("a page loads the shared file and at most one more, and each template is in one file", () => {
  for (const page of Object.keys(templates.pages)) assert.ok(filesFor(page, templates, files).length <= 1, page);
  const all = [...files.values()].flat();
  assert.equal(new Set(all).size, all.length);
  assert.deepEqual(filesFor("meeting-live", templates, files), ["room"]);
  assert.deepEqual(filesFor("home", templates, files), []);
  assert.deepEqual(filesNeeded(["meeting-card", "consultation-card"], tell), [SHARED]);
  assert.deepEqual(filesNeeded(["meeting-card", "vote"], tell), [SHARED, "room"]);
});

test("what the script never draws is in none of them", () => {
  const all = new Set([...files.values()].flat());
  for (const name of ["page-top", "page-bottom", "schedule-form", "votes-lists", "action-note-form"]) assert.ok(!all.has(name), name);
});

test("the groups name pages that there are, each once", () => {
  const named = Object.values(PAGE_GROUPS).flat();
  assert.equal(new Set(named).size, named.length);
  assert.deepEqual(named.filter((page) => !(page in templates.pages)), []);
});

test("a page that changes live and is in no group is told of", () => {
  const one = { pages: { new: '<ol data-partial="row"></ol>' }, partials: { row: '<li data-partial="row"></li>' } };
  assert.throws(() => filesOf(one), /new\.mustache changes live/);
  assert.deepEqual([...filesOf(one, { a: ["new"] })], [[SHARED, []], ["a", ["row"]]]);
});
