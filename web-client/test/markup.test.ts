import assert from "node:assert/strict";
import { test } from "node:test";
import { readFileSync, readdirSync } from "node:fs";
import { HtmlValidate } from "html-validate";
import { allPartials, pageTemplates, renderPage } from "./support/render.ts";
import { samplePages } from "./support/samples.ts";

const validator = new HtmlValidate({
  extends: ["html-validate:standard", "html-validate:a11y"],
  rules: {
    "long-title": "off",           // "Page – Section – Service" is longer than a search engine shows.
    "no-implicit-button-type": "error",
    "no-inline-style": "error",
    "prefer-native-element": ["error", { exclude: ["list"] }],
    "no-redundant-role": "off",    // role="list" gives lists without bullets back to VoiceOver.
    "valid-id": ["error", { relaxed: true }],
    "void-style": "off",
    "no-trailing-whitespace": "off",
    "require-sri": "off",
    "tel-non-breaking": "off",
    "attribute-boolean-style": "off",
    "doctype-style": "off",
    "form-dup-name": "off",
  },
});

for (const { name, template, context } of samplePages()) {
  const html = renderPage(template, context);

  test(`${name} is valid, accessible markup without inline script or style`, () => {
    const report = validator.validateStringSync(html);
    const messages = report.results.flatMap((result) => result.messages.map((m) => `${m.line}: ${m.ruleId}: ${m.message}`));
    assert.deepEqual(messages, []);
    assert.doesNotMatch(html, /\sstyle=|<style|\son\w+=|javascript:/i);
    for (const [script] of html.matchAll(/<script[^>]*>/g)) assert.match(script, /src=|type="application\/json"/);
  });

  test(`${name} has one h1, a skip link, a place for the connection state and one live region`, () => {
    assert.equal(html.match(/<h1[\s>]/g)?.length, 1);
    assert.match(html, /class="govuk-skip-link"/);
    assert.match(html, /id="connection"/);
    assert.equal(html.match(/aria-live=/g)?.length, 1);
    if (template !== "error") assert.match(html, /id="done-place"/, "a place for what was done");
  });

  test(`${name} gives each command an id of its own that the gateway accepts`, () => {
    const ids = [...html.matchAll(/name="command_id" value="([^"]*)"/g)].map((match) => match[1] ?? "");
    assert.equal(new Set(ids).size, ids.length);
    for (const id of ids) assert.match(id, /^[A-Za-z0-9._-]{1,64}$/);
  });
}

test("every partial is used, and every one that is used is there", () => {
  const used = new Set<string>();
  for (const text of [...Object.values(pageTemplates), ...Object.values(allPartials)]) {
    for (const [, name] of text.matchAll(/\{\{>\s*([\w-]+)\s*\}\}/g)) used.add(name ?? "");
    for (const [, name] of text.matchAll(/data-partial="([\w-]+)"/g)) used.add(name ?? "");
  }
  assert.deepEqual([...used].sort(), Object.keys(allPartials).sort());
});

test("what a form says it has done is known, and every message that is known is some form's", () => {
  const words = JSON.parse(readFileSync(new URL("../done.json", import.meta.url), "utf8")) as Record<string, string>;
  const said = new Set(["openid_linked", "signed_out"]); // by the gateway itself
  for (const text of [...Object.values(pageTemplates), ...Object.values(allPartials)]) {
    for (const [form] of text.matchAll(/<form[^>]*action="\/do\/[\s\S]*?<\/form>/g)) {
      const name = /name="done" value="([^"]*)"/.exec(form)?.[1];
      if (name !== undefined) said.add(name);
    }
  }
  assert.deepEqual([...said].sort(), Object.keys(words));
});

test("a ticket that came back in a form is no proof that the password was right", () => {
  const page = { title: "Enter your code", path: "/sign-in/code" };
  const claim = /password are right/;
  assert.match(renderPage("sign-in-code", { page, ticket: "t" }), claim);
  const refused = renderPage("sign-in-code", { page, posted: { "sign-in-code": { ticket: "forged" } } });
  assert.match(refused, /name="code"/);
  assert.doesNotMatch(refused, claim);
});

test("every page in pages.json has its template", () => {
  const pages = JSON.parse(readFileSync(new URL("../pages.json", import.meta.url), "utf8")) as { template: string }[];
  for (const { template } of pages) assert.ok(template in pageTemplates, template);
});

test("form fields of failed posts have the ids that the error summary links to", () => {
  for (const text of [...Object.values(pageTemplates), ...Object.values(allPartials)]) {
    for (const [form] of text.matchAll(/<form[^>]*action="\/do\/[\s\S]*?<\/form>/g)) {
      const name = /name="form" value="([^"]*)"/.exec(form)?.[1];
      const choices = new Set<string | undefined>(); // of several radios with one name, the link leads to the first
      for (const [field] of form.matchAll(/<(?:input|select|textarea)(?![^>]*type="hidden")[^>]*>/g)) {
        const fieldName = /\sname="([^"]*)"/.exec(field)?.[1];
        if (field.includes('type="radio"') && choices.has(fieldName)) continue;
        choices.add(fieldName);
        assert.ok(field.includes(`id="${name}-${fieldName}"`), field);
      }
    }
  }
});

test("script makes HTML in one place", () => {
  const source = new URL("../src/", import.meta.url);
  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  const makers = files.filter((name) =>
    /innerHTML|outerHTML|insertAdjacentHTML|HTMLUnsafe|createContextualFragment|DOMParser|document\.write|\beval\(|new Function/.test(
      readFileSync(new URL(name, source), "utf8").replace(/\/\*[^]*?\*\/|\/\/.*/g, ""),
    ),
  );
  assert.deepEqual(makers, ["render/html.ts"]);
});
