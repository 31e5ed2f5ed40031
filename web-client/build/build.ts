// Builds dist/, which is the gateway's web_root: static/ (hashed assets, also as .br and .gz), manifest.json,
// templates/, pages.json and done.json.
import { cp, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "vite";

interface Chunk {
  file: string;
  css?: string[];
  isEntry?: boolean;
}

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const dist = join(root, "dist");
const fresh = join(root, "dist.new");

async function compress(file: string): Promise<void> {
  const bytes = await readFile(file);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  await writeFile(`${file}.br`, brotliCompressSync(bytes, { params }));
  await writeFile(`${file}.gz`, gzipSync(bytes, { level: 9 }));
}

/** Vite names files as they lie in static/; a page asks for them under /assets/. */
function asServed(manifest: Record<string, Chunk>): Record<string, Chunk> {
  const served = (file: string): string => `assets/${file}`;
  return Object.fromEntries(
    Object.entries(manifest).map(([name, chunk]) => [
      name,
      { ...chunk, file: served(chunk.file), ...(chunk.css ? { css: chunk.css.map(served) } : {}) },
    ]),
  );
}

await build({ root, configFile: join(root, "vite.config.ts"), build: { outDir: join(fresh, "static") } });

const manifestFile = join(fresh, "static", "manifest.json");
const manifest = JSON.parse(await readFile(manifestFile, "utf8")) as Record<string, Chunk>;
await rm(manifestFile);
await writeFile(join(fresh, "manifest.json"), `${JSON.stringify(asServed(manifest), null, 2)}\n`);
for (const name of await readdir(join(fresh, "static"))) await compress(join(fresh, "static", name));
await cp(join(root, "templates"), join(fresh, "templates"), { recursive: true });
await cp(join(root, "pages.json"), join(fresh, "pages.json"));
await cp(join(root, "done.json"), join(fresh, "done.json"));
await cp(join(root, "..", "shared", "contract", "generated"), join(fresh, "contract"), { recursive: true });

// A half-made dist is never seen: a gateway that runs keeps the old one until the new one is whole.
await rm(dist, { recursive: true, force: true });
await rename(fresh, dist);
