import assert from "node:assert/strict";
import { test } from "node:test";
import { loadTemplates } from "../src/load_templates.ts";

test("asks once more for templates that did not come, and then says that they have not", async () => {
  for (const [failures, asked, haveCome] of [[0, 1, true], [1, 2, true], [2, 2, false]] as const) {
    let count = 0;
    const templates: Record<string, string> = {};
    const load = async (): Promise<{ partials: Record<string, string> }> => {
      count += 1;
      if (count <= failures) throw new TypeError("Failed to fetch dynamically imported module");
      return { partials: { vote: "<li></li>" } };
    };
    assert.equal(await loadTemplates(templates, (_, then) => then(), load), haveCome);
    assert.equal(count, asked);
    assert.deepEqual(Object.keys(templates), haveCome ? ["vote"] : []);
  }
});
