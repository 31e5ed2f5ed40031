// Fails when what a first visit loads, or what comes after it on the page that needs most, has grown past the budgets.
import { readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { filesFor, filesOf, readTemplates, SHARED } from "./template_groups.ts";
import { MODULE } from "./templates_plugin.ts";

interface Chunk {
  file: string;
  css?: string[];
  isEntry?: boolean;
  imports?: string[];
}

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "..", "dist");
const manifest = JSON.parse(await readFile(join(dist, "manifest.json"), "utf8")) as Record<string, Chunk>;

async function brotliBytes(file: string): Promise<number> {
  return (await stat(join(dist, file.replace(/^assets\//, "static/") + ".br"))).size;
}

const first = new Set<string>();
function reach(name: string): void {
  const chunk = manifest[name];
  if (!chunk || first.has(name)) return;
  first.add(name);
  for (const one of chunk.imports ?? []) reach(one);
}
for (const [name, chunk] of Object.entries(manifest)) if (chunk.isEntry) reach(name);

let script = 0;
let styles = 0;
for (const name of first) {
  script += await brotliBytes(manifest[name]?.file ?? "");
  for (const css of manifest[name]?.css ?? []) styles += await brotliBytes(css);
}

const later = new Map<string, number>();
for (const [name, chunk] of Object.entries(manifest)) if (!first.has(name)) later.set(name, await brotliBytes(chunk.file));

/** Files that come for one kind of page alone, by what that page has in it. Whatever else there is counts on every page. */
const forSome: Readonly<Record<string, string>> = { "src/replay.ts": 'id="replay-player"' };

const templates = readTemplates(join(here, "..", "templates"));
const files = filesOf(templates);
function laterOn(page: string): string[] {
  const text = templates.pages[page] ?? "";
  const ofTemplates = [SHARED, ...filesFor(page, templates, files)].map((file) => `${MODULE}/${file}`);
  const others = [...later.keys()].filter((name) => !name.startsWith(`${MODULE}/`) && text.includes(forSome[name] ?? ""));
  return [...ofTemplates, ...others];
}
const bytesOf = (names: readonly string[]): number => names.reduce((sum, name) => sum + (later.get(name) ?? Number.NaN), 0);
const heaviest = Object.keys(templates.pages).map((page) => ({ page, bytes: bytesOf(laterOn(page)) })).sort((a, b) => b.bytes - a.bytes)[0] ?? { page: "", bytes: 0 };

for (const [name, bytes] of [...later].sort((a, b) => b[1] - a[1])) console.log(`  ${name}: ${bytes} bytes (brotli)`);
console.log(`  all that can come after: ${bytesOf([...later.keys()])} bytes (brotli)`);
let isOver = false;
for (const [name, bytes, limit] of [
  ["script", script, 40_000],
  ["styles", styles, 15_000],
  [`what comes after, on the page that needs most (${heaviest.page})`, heaviest.bytes, 30_000],
] as const) {
  console.log(`${name}: ${bytes} bytes (brotli) of ${limit}`);
  isOver ||= !(bytes > 0 && bytes <= limit);
}
if (isOver) {
  console.error("A first visit loads more than its budget.");
  process.exitCode = 1;
}
