// Renders every page template with every fixture in both engines and compares the HTML: the gateway's (witan-render,
// which also builds the context) and the browser's. Run in web-client: node --import tsx --test ../tests/contract/render.test.ts
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { hasMarks, markPapers, openedIn, viewModel, type Entities, type JsonObject } from "../../web-client/src/view_model.ts";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const templates = join(root, "web-client", "templates");
const engine = createRequire(join(root, "web-client", "package.json"))("mustache") as {
  render(template: string, view: unknown, partials: Record<string, string>): string;
};

interface Fixture {
  template: string;
}
interface LiveState {
  topics: { alias: string; each: boolean; topic: string; audience: string; entities: Record<string, JsonObject> }[];
  actor: JsonObject & { person: string; session: string };
}
interface Rendered {
  context: JsonObject & { live_state: string; topics: JsonObject };
  html: string;
}

function renderProgram(): string {
  const built = ["dev", "release", "asan"].map((preset) => join(root, "build", preset, "bin", "witan-render"));
  const found = [process.env["WITAN_RENDER"] ?? "", ...built].find((path) => path !== "" && existsSync(path));
  assert.ok(found, "build witan-render first, or name it in WITAN_RENDER");
  return found;
}

function sources(folder: string): Record<string, string> {
  const files = readdirSync(folder).filter((name) => name.endsWith(".mustache"));
  return Object.fromEntries(files.map((name) => [name.slice(0, -".mustache".length), readFileSync(join(folder, name), "utf8")]));
}

/** The engines write the same characters differently, and only one drops the line of a tag that stands alone. */
function normalised(html: string): string {
  return withoutEntityChoices(html)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join("\n");
}

function withoutEntityChoices(html: string): string {
  return html
    .replace(/&(?:quot|#34|#x22);/gi, "&quot;")
    .replace(/&(?:apos|#39|#x27);/gi, "'")
    .replace(/&#x2F;/gi, "/")
    .replace(/&#x60;/gi, "`")
    .replace(/&#x3D;/gi, "=");
}

/** Where white space counts. */
function preformatted(html: string): string[] {
  return [...withoutEntityChoices(html).matchAll(/<(textarea|pre)\b[^>]*>(.*?)<\/\1>/gs)].map((match) => match[2] ?? "");
}

const pages = sources(templates);
const partials = sources(join(templates, "partials"));
const fixtures = readdirSync(join(here, "render")).filter((name) => name.endsWith(".json"));

function fixture(name: string): Fixture {
  return JSON.parse(readFileSync(join(here, "render", name), "utf8")) as Fixture;
}

/** All at once: to begin takes the program longer than a page does. */
const rendered = execFileSync(renderProgram(), [templates, ...fixtures.map((name) => join(here, "render", name))], { encoding: "utf8", maxBuffer: 2 ** 28 }).split("\n");

/** Anew each time, since who asks may change it. */
function gatewayRenders(name: string): Rendered {
  return JSON.parse(rendered[fixtures.indexOf(name)] ?? "") as Rendered;
}

for (const name of fixtures) {
  test(`both engines make the same page of ${name}`, () => {
    const { context, html } = gatewayRenders(name);
    const inBrowser = engine.render(pages[fixture(name).template] ?? "", context, partials);
    assert.equal(normalised(html), normalised(inBrowser));
    assert.deepEqual(preformatted(html), preformatted(inBrowser));
  });

  test(`the live state of ${name} leads the browser to the model that the gateway rendered`, () => {
    const { context } = gatewayRenders(name);
    const state = JSON.parse(context.live_state) as LiveState;
    const models: JsonObject = {};
    for (const shown of state.topics) {
      const entities: Entities = new Map(Object.entries(shown.entities));
      const model = viewModel(shown.topic, shown.audience, entities, state.actor.person, state.actor.session);
      const reading = state.topics.find(({ alias }) => alias === "reading");
      if (reading && hasMarks(shown.topic, state.actor)) markPapers(model, openedIn(new Map(Object.entries(reading.entities))));
      if (!shown.each) models[shown.alias] = model;
      else models[shown.alias] = [...((models[shown.alias] as JsonObject[] | undefined) ?? []), model];
    }
    assert.deepEqual(models, withoutRefusal(context.topics));
  });
}

/** What a refused form adds to an element is only in the page, not in the rows. */
function withoutRefusal(value: JsonObject): JsonObject {
  const isAdded = (name: string): boolean => name === "posted" || name === "field_errors" || name.startsWith("failed_");
  return JSON.parse(JSON.stringify(value, (name, member: unknown) => (isAdded(name) ? undefined : member))) as JsonObject;
}

test("an auditor gets the page of a body's seats with nothing on it that could be sent", () => {
  const main = (name: string): string => gatewayRenders(name).html.replace(/.*<main/s, "").replace(/<\/main>.*/s, "");
  assert.match(main("body-seats.json"), /<form/);
  assert.doesNotMatch(main("body-seats-auditor.json"), /<form|<button|<summary/);
});

test("what another site sent is refused in those words, and with no word about seats", () => {
  const { html } = gatewayRenders("error-cross-site.json");
  assert.match(html, /<h1[^>]*>This came from another site<\/h1>/);
  assert.doesNotMatch(html, /Your seats do not allow it/);
  assert.match(gatewayRenders("error-403.json").html, /Your seats do not allow it/);
});

test("every page template has a fixture", () => {
  const covered = new Set(fixtures.map((name) => fixture(name).template));
  assert.deepEqual(Object.keys(pages).filter((name) => !covered.has(name)), []);
});
