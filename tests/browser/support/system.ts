// The whole of Witan with its demo data, in a folder of its own, started and stopped as a person would.
import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { noBrowser } from "../../../web-client/test/support/browser.ts";
import { fill } from "../../support/demo_data.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const programs = process.env["WITAN_PROGRAMS"] ?? join(root, `build/${process.env["WITAN_PRESET"] ?? "dev"}/bin`);
const webRoot = process.env["WITAN_WEB_ROOT"] ?? join(root, "web-client/dist");
const supervisor = join(programs, "witan-supervisor");
const steps = join(root, "infra/demo");

const READY_WITHIN_MS = 120_000;
const STOPPED_WITHIN_MS = 30_000;

/** Why these tests cannot run here, or false. A build without them is no reason: then they fail. */
export const cannotRun: string | false = noBrowser;

export interface Account {
  email: string;
  password: string;
  name: string;
  roles: string[];
}

/** How a Witan is set up that is not as it comes. */
export interface Setup {
  /** `gateway.log_level=debug` */
  settings?: string[];
  /** Files in the folder of secrets, by name. */
  secrets?: Record<string, string>;
}

export interface Rows {
  topic: string;
  audience: string;
  version: number;
  entities: Record<string, Record<string, unknown>>;
}

export class System {
  readonly url: string;
  readonly folder: string;
  readonly #process: ChildProcess;
  readonly #accounts: Account[];

  private constructor(url: string, folder: string, started: ChildProcess) {
    this.url = url;
    this.folder = folder;
    this.#process = started;
    this.#accounts = JSON.parse(readFileSync(join(folder, "data/demo-accounts.json"), "utf8")) as Account[];
  }

  static async start({ settings = [], secrets = {} }: Setup = {}): Promise<System> {
    assert.ok(existsSync(supervisor), `there is no ${supervisor}; build it, or name its folder in WITAN_PROGRAMS`);
    const folder = mkdtempSync(join(tmpdir(), "witan-browser-"));
    await fill(join(folder, "data"), { programs, steps });
    for (const [name, secret] of Object.entries(secrets)) writeFileSync(join(folder, "data/secrets", name), secret, { mode: 0o600 });
    const started = spawn(
      supervisor,
      ["--web-root", webRoot, "--demo-steps", steps, "--data", join(folder, "data"), "--port", "0", "--admin-port", "0",
        ...["consultations.comments_per_minute=0", ...settings].flatMap((setting) => ["--set", setting])],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    try {
      return new System(await readyAddress(started), folder, started);
    } catch (fault) {
      started.kill("SIGKILL");
      throw fault;
    }
  }

  /** Stops in order, and sees that nothing of it goes on. */
  async stop(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const ended = once(this.#process, "exit", { signal: AbortSignal.timeout(STOPPED_WITHIN_MS) });
      this.#process.kill("SIGTERM");
      await ended;
    }
    assert.equal(this.#process.exitCode, 0, "the supervisor did not end by itself");
    assert.deepEqual(processesOf(this.folder), [], "processes were left behind");
    rmSync(this.folder, { recursive: true, force: true });
  }

  account(name: string): Account {
    const found = this.#accounts.find((account) => account.name === name);
    assert.ok(found, `the demo data has no account for ${name}`);
    return found;
  }

  /** Who holds a role, such as "secretary, Council of LEP Chairs". */
  holder(role: string): Account {
    const found = this.#accounts.find(({ roles }) => roles.includes(role));
    assert.ok(found, `the demo data has no ${role}`);
    return found;
  }

  /** Who sits in a seat, such as "Chair, Cumbria LEP". */
  async sitter(body: string, title: string): Promise<Account> {
    const bodies = await this.rows("bodies");
    const of = Object.values(bodies.entities).find(({ name }) => name === body);
    const seats = await this.rows(`bodies/${String(of?.["body"])}`);
    const seat = Object.values(seats.entities).find((row) => row["title"] === title);
    return this.account(String(seat?.["person_name"]));
  }

  /** A public topic, read through the interface for programs. */
  async rows(topic: string): Promise<Rows> {
    const answer = await fetch(`${this.url}/api/v1/views/${topic}`);
    assert.equal(answer.status, 200, `${topic}: ${await answer.clone().text()}`);
    return (await answer.json()) as Rows;
  }

  /** The path of the page of the one that is called so: `href` of the first row of a public list with these words. */
  async path(list: string, words: string): Promise<string> {
    const { entities } = await this.rows(list);
    const row = Object.values(entities).find((each) => [each["name"], each["title"]].some((text) => String(text).includes(words)));
    assert.ok(row, `${list} has nothing called ${words}`);
    return String(row["href"]);
  }

  /** As a crash would: without a word. The supervisor starts it again. */
  kill(program: string): void {
    process.kill(this.pid(program), "SIGKILL");
  }

  pid(program: string): number {
    return Number(readFileSync(join(this.folder, `data/run/${program}.pid`), "utf8"));
  }
}

async function readyAddress(started: ChildProcess): Promise<string> {
  assert.ok(started.stdout);
  const tooLate = setTimeout(() => started.kill("SIGKILL"), READY_WITHIN_MS);
  const said: string[] = [];
  try {
    for await (const line of createInterface({ input: started.stdout })) {
      said.push(line);
      if (line.startsWith("ready ")) return line.slice("ready ".length);
    }
  } finally {
    clearTimeout(tooLate);
  }
  throw new Error(`Witan did not get ready; it said: ${said.join("; ")}`);
}

/** The processes whose command line names the folder. */
function processesOf(folder: string): string[] {
  return readdirSync("/proc").filter((pid) => /^\d+$/.test(pid)).flatMap((pid) => {
    try {
      const line = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
      return line.includes(folder) ? [`${pid} ${line}`] : [];
    } catch {
      return []; // It has ended meanwhile.
    }
  });
}
