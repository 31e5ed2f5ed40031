// Renders pages in node as the gateway does.
import { readdirSync, readFileSync } from "node:fs";
import Mustache from "mustache";
import type { JsonObject } from "../../src/view_model.ts";

const folder = new URL("../../templates/", import.meta.url);

function readFolder(url: URL): Record<string, string> {
  const names = readdirSync(url).filter((name) => name.endsWith(".mustache"));
  return Object.fromEntries(names.map((name) => [name.replace(".mustache", ""), readFileSync(new URL(name, url), "utf8")]));
}

export const pageTemplates = readFolder(folder);
export const allPartials = readFolder(new URL("partials/", folder));

export function renderPage(template: string, context: JsonObject): string {
  const source = pageTemplates[template];
  if (source === undefined) throw new Error(`there is no template ${template}`);
  return Mustache.render(source, context, allPartials);
}
