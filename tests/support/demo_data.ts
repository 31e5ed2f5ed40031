// Data folders that were filled once and are copied: to fill one takes longer than most tests.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const kept = fileURLToPath(new URL("../../build/test-data/", import.meta.url));
const pages = process.env["WITAN_WEB_ROOT"] ?? fileURLToPath(new URL("../../web-client/dist", import.meta.url));
const FILLED_WITHIN_MS = 600_000;

export interface Filling {
  /** Folder of the programs that fill it. */
  programs: string;
  /** Folder of the commands that they carry out, as in infra/demo. */
  steps: string;
}

/** Makes `data` a folder that these programs have filled, today, with these steps, and that nobody has run on since. */
export async function fill(data: string, filling: Filling): Promise<void> {
  const [name, key] = [`${basename(dirname(filling.programs))}-${basename(filling.steps)}-`, keyOf(filling)];
  const folder = join(kept, name + key);
  if (!existsSync(folder)) {
    mkdirSync(kept, { recursive: true });
    const made = await filled(filling);
    for (const earlier of readdirSync(kept)) if (earlier.startsWith(name) && earlier !== name + key) rmSync(join(kept, earlier), { recursive: true, force: true });
    take(made, folder);
  }
  cpSync(folder, data, { recursive: true });
}

/** What a filled folder depends on: the programs, the steps, and the day, from which the steps count. */
function keyOf({ programs, steps }: Filling): string {
  const hash = createHash("sha256").update(new Date().toDateString());
  for (const name of readdirSync(programs).sort()) {
    const { size, mtimeMs } = statSync(join(programs, name));
    hash.update(`${name} ${size} ${mtimeMs}\n`);
  }
  for (const name of readdirSync(steps, { recursive: true }).map(String).sort()) {
    if (statSync(join(steps, name)).isFile()) hash.update(name).update(readFileSync(join(steps, name)));
  }
  return hash.digest("hex").slice(0, 16);
}

/** Another process may have been quicker: then that one's stays. */
function take(made: string, folder: string): void {
  try {
    renameSync(made, folder);
  } catch (fault) {
    rmSync(made, { recursive: true, force: true });
    if (!existsSync(folder)) throw fault;
  }
}

async function filled({ programs, steps }: Filling): Promise<string> {
  const data = mkdtempSync(join(kept, "being-made-"));
  const filler = spawn(
    join(programs, "witan-supervisor"),
    ["--port", "0", "--admin-port", "0", "--data", data, "--web-root", pages, "--demo-steps", steps, "--set", "consultations.comments_per_minute=0"],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const tooLate = setTimeout(() => filler.kill("SIGKILL"), FILLED_WITHIN_MS);
  const ended = once(filler, "exit");
  const said: string[] = [];
  for await (const line of createInterface({ input: filler.stdout })) {
    said.push(line);
    if (line.startsWith("ready ")) filler.kill("SIGTERM");
  }
  await ended;
  clearTimeout(tooLate);
  if (filler.exitCode !== 0) {
    rmSync(data, { recursive: true, force: true });
    throw new Error(`the data could not be made: ${said.join("; ")}`);
  }
  for (const name of ["run", "log"]) rmSync(join(data, name), { recursive: true, force: true });
  return data;
}
