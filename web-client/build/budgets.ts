// Fails when what a first visit loads has grown past the budgets.
import { readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

interface Chunk {
  file: string;
  css?: string[];
  isEntry?: boolean;
  imports?: string[];
}

const dist = join(dirname(fileURLToPath(import.meta.url)), "..", "dist");
const manifest = JSON.parse(await readFile(join(dist, "manifest.json"), "utf8")) as Record<string, Chunk>;

async function brotliBytes(file: string): Promise<number> {
  return (await stat(join(dist, file.replace(/^assets\//, "static/") + ".br"))).size;
}

const first = new Set<Chunk>();
function reach(chunk: Chunk | undefined): void {
  if (!chunk || first.has(chunk)) return;
  first.add(chunk);
  for (const name of chunk.imports ?? []) reach(manifest[name]);
}
for (const chunk of Object.values(manifest)) if (chunk.isEntry) reach(chunk);

let script = 0;
let styles = 0;
for (const chunk of first) {
  script += await brotliBytes(chunk.file);
  for (const css of chunk.css ?? []) styles += await brotliBytes(css);
}
let templates = 0;
for (const chunk of Object.values(manifest)) if (!first.has(chunk)) templates += await brotliBytes(chunk.file);

let isOver = false;
for (const [name, bytes, limit] of [["script", script, 40_000], ["styles", styles, 15_000], ["what comes after", templates, 30_000]] as const) {
  console.log(`${name}: ${bytes} bytes (brotli) of ${limit}`);
  isOver ||= bytes > limit || bytes === 0;
}
if (isOver) {
  console.error("A first visit loads more than its budget.");
  process.exitCode = 1;
}
