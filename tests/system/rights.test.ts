// The rights matrix: every topic, command and page, for every reader, in the states that matter, against tables written by
// hand. A row that is missing fails as one that is wrong does.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import type { Answer } from "./support/http.ts";
import { Witan } from "./support/witan.ts";
import { commands } from "./rights/commands.ts";
import { pages } from "./rights/pages.ts";
import { readers, type Reader } from "./rights/readers.ts";
import { kindsOfTopics, makeThings, type Things } from "./rights/things.ts";
import { topics } from "./rights/topics.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const read = (path: string): unknown => JSON.parse(readFileSync(root + path, "utf8"));
const limit = { timeout: 180_000 };

describe("the rights matrix", () => {
  let witan: Witan;
  let things: Things;

  before(async () => {
    witan = await Witan.start({
      steps: "demo",
      settings: ["signed_in", "anonymous"].map((who) => `gateway.http_requests_per_minute_${who}=1000000`).concat("gateway.sign_ins_per_minute=1000000"),
    });
    things = await makeThings(witan);
  }, limit);
  after(async () => {
    for (const person of Object.values(things.cast)) person.leave();
    await witan.stop();
  });

  /// Every reader asks; what they got is held against the row, and all that differs is told together.
  async function walk(row: string, ask: (reader: Reader) => Promise<string>): Promise<string[]> {
    const expected = row.split(" ");
    assert.equal(expected.length, readers.length, row);
    const wrong: string[] = [];
    // Who may not comes first: what they try must not find the work done already.
    const order = readers.map((reader, at) => ({ reader, expected: expected[at] ?? "" })).sort((a, b) => Number(a.expected === "ok") - Number(b.expected === "ok"));
    for (const { reader, expected: should } of order) {
      const is = await ask(reader);
      if (is !== should) wrong.push(`${reader}: ${is}, not ${should}`);
    }
    return wrong;
  }

  test("every topic is seen by whom it is for, as what it is for them", limit, async () => {
    const letters: { [audience: string]: string } = { public: "P", member: "M", staff: "S", self: "I" };
    const wrong: string[] = [];
    for (const [what, { topic, seen }] of Object.entries(topics)) {
      const found = await walk(seen, async (reader) => {
        const answer = await things.cast[reader].send("GET", `/api/v1/views/${topic(things)}`);
        return answer.status === 404 ? "-" : answer.status === 200 ? (letters[String(answer.body["audience"])] ?? "?") : String(answer.status);
      });
      wrong.push(...found.map((line) => `${what}: ${line}`));
    }
    assert.deepEqual(wrong, []);
    const known = new Set(Object.values(topics).map(({ topic }) => topic(things).split("/")[0] ?? ""));
    assert.deepEqual([...kindsOfTopics(witan)].filter((kind) => !known.has(kind)), [], "kinds of topics that have no row");
  });

  function rightOf({ status, body, text }: Answer): string {
    if ([401, 403, 404].includes(status)) return String(status);
    return [200, 409, 410].includes(status) || body["code"] === "not_now" || isAboutPassword(body) ? "ok" : `${status} ${text.slice(0, 200)}`;
  }
  const isAboutPassword = (body: Answer["body"]): boolean => JSON.stringify(body["errors"] ?? "").includes("/current_password");

  test("every command does what it does for those who may, and nothing for others", limit, async () => {
    const { $defs } = read("shared/contract/generated/schema.json") as { $defs: object };
    assert.ok($defs);
    const { paths } = read("shared/contract/generated/openapi.json") as { paths: { [path: string]: { post: { requestBody: { content: { "application/json": { schema: { oneOf: { properties: { name: { const: string } } }[] } } } } } } } };
    const promised = paths["/api/v1/commands"]?.post.requestBody.content["application/json"].schema.oneOf.map((one) => one.properties.name.const) ?? [];
    assert.ok(promised.length > 20);
    assert.deepEqual(promised.filter((name) => commands[name] === undefined), [], "commands that have no row");
    assert.deepEqual(Object.keys(commands).filter((name) => !promised.includes(name)), [], "rows for commands that are no more");
    const wrong: string[] = [];
    for (const [name, { args, may }] of Object.entries(commands)) {
      const found = await walk(may, async (reader) => rightOf(await things.cast[reader].try(name, await args(things, reader))));
      wrong.push(...found.map((line) => `${name}: ${line}`));
    }
    assert.deepEqual(wrong, []);
  });

  test("every page is there for whom it is for", limit, async () => {
    const manifest = (read("web-client/pages.json") as { path: string }[]).map(({ path }) => path);
    assert.deepEqual(manifest.filter((route) => pages[route] === undefined), [], "pages that have no row");
    const others = ["/audit", "/audit.csv", "/healthz", "/readyz", "/api/v1/openapi.json", "/api/v1/asyncapi.json", "/nothing-here"];
    assert.deepEqual(Object.keys(pages).filter((route) => ![...manifest, ...others].includes(route)), [], "rows for pages that are no more");
    const wrong: string[] = [];
    for (const [route, { path, get }] of Object.entries(pages)) {
      const found = await walk(get, async (reader) => {
        const answer = await things.cast[reader].send("GET", path ? path(things) : route);
        if (answer.status === 303 && String(answer.headers.location).startsWith("/sign-in")) return "in";
        return answer.status === 200 ? "ok" : String(answer.status);
      });
      wrong.push(...found.map((line) => `${route}: ${line}`));
    }
    assert.deepEqual(wrong, []);
  });
});
