/// One running copy of Witan: the programs as they are shipped, on a folder and ports of its own.
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { fill } from "../../support/demo_data.ts";
import { eventually } from "./wait.ts";

process.setMaxListeners(100);   // one for each copy and folder, to be cleared at the end

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");

export const services = ["directory", "meetings", "advisory", "consultations"] as const;
export type Service = (typeof services)[number];
/// What the supervisor keeps running.
export const parts = ["bus", "provisioner", ...services, "gateway"] as const;
export type Part = (typeof parts)[number];

export interface Options {
  data?: string;
  port?: number;
  /// Folder of the steps that fill it: the small scene of these tests, or the demo data.
  steps?: "scene" | "demo" | "none";
  settings?: string[];
  /// Carries out the steps itself, and does not begin with what they left at another time.
  fresh?: boolean;
  /// Another folder of programs than the one that was built.
  programs?: string;
}

export interface Account {
  email: string;
  password: string;
  name: string;
  roles: string[];
}

/// A new folder; away when the process ends.
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "witan-system-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/// The folder of those that were built.
export function programs(): string {
  const built = ["dev", "release"].map((preset) => join(root, "build", preset, "bin"));
  const found = [process.env["WITAN_PROGRAMS"] ?? "", ...built].find((folder) => existsSync(join(folder, "witan-supervisor")));
  if (found === undefined) throw new Error("build the programs first, or name their folder in WITAN_PROGRAMS");
  return found;
}

const folderOf = (steps: Options["steps"]): string => (steps === "demo" ? join(root, "infra", "demo") : join(root, "tests", "system", "steps"));

function argumentsFor(data: string, options: Options): string[] {
  const web = process.env["WITAN_WEB_ROOT"] ?? join(root, "web-client", "dist");
  return [
    ...["--port", String(options.port ?? 0), "--admin-port", "0", "--data", data, "--web-root", web, "--demo-steps", folderOf(options.steps)],
    ...(options.steps === "none" ? ["--no-demo"] : []),
    ...(options.programs === undefined ? [] : ["--programs", options.programs]),
    ...(options.settings ?? []).flatMap((setting) => ["--set", setting]),
  ];
}

export class Witan {
  said = "";
  /// The exit code, or the signal's name.
  ended: number | string | undefined;
  private readonly process: ChildProcess;

  private constructor(
    readonly data: string,
    options: Options,
  ) {
    this.process = spawn(join(programs(), "witan-supervisor"), argumentsFor(data, options), { stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [this.process.stdout, this.process.stderr]) stream?.on("data", (text) => (this.said += String(text)));
    this.process.on("close", (code, signal) => (this.ended = code ?? signal ?? -1));
    process.on("exit", () => this.process.kill("SIGKILL"));
  }

  /// Starts without waiting.
  static launch(options: Options = {}): Witan {
    return new Witan(options.data ?? temporaryFolder(), options);
  }

  /// Starts and waits until people can come.
  static async start(options: Options = {}): Promise<Witan> {
    const data = options.data ?? temporaryFolder();
    const isFilled = options.data === undefined && !options.fresh && options.steps !== "none";
    if (isFilled) await fill(data, { programs: programs(), steps: folderOf(options.steps) });
    const witan = Witan.launch({ ...options, data });
    await eventually("ready", 90_000, () => witan.ended !== undefined || /^ready /m.test(witan.said)).catch(async (fault: unknown) => {
      await witan.stop();   // or it would keep the test's process alive
      throw fault;
    });
    if (witan.ended !== undefined) throw new Error(`Witan did not start: ${witan.said}`);
    return witan;
  }

  get origin(): string {
    return /^ready (\S+)$/m.exec(this.said)?.[1] ?? "";
  }
  get port(): number {
    return Number(new URL(this.origin).port);
  }
  get adminPort(): number {
    return Number(this.file("run/gateway.admin-port"));
  }

  /// Process ids of everything that runs, the supervisor's too.
  everyPid(): number[] {
    return [this.process.pid ?? 0, ...this.pids()];
  }

  signal(name: NodeJS.Signals): void {
    this.process.kill(name);
  }

  async exitCode(limit_ms = 30_000): Promise<number | string | undefined> {
    await eventually("the supervisor ends", limit_ms, () => this.ended !== undefined);
    return this.ended;
  }

  async stop(): Promise<void> {
    if (this.ended !== undefined) return;
    this.signal("SIGTERM");
    await this.exitCode();
  }

  /// What is in a file of the data folder; empty where there is none. It may go at any moment, so it is not asked for first.
  file(name: string): string {
    try {
      return readFileSync(join(this.data, name), "utf8");
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code === "ENOENT") return "";
      throw fault;
    }
  }

  /// The process id of a part; 0 while it does not run.
  pid(part: Part): number {
    return Number(this.file(`run/${part}.pid`));
  }
  pids(): number[] {
    return parts.map((part) => this.pid(part)).filter((pid) => pid > 0);
  }

  accounts(): Account[] {
    return JSON.parse(this.file("demo-accounts.json")) as Account[];
  }

  /// Lines of any log at this level.
  logged(level: "error" | "warning"): string[] {
    return readdirSync(join(this.data, "log"))
      .flatMap((name) => this.file(`log/${name}`).split("\n"))
      .filter((line) => line.includes(`"level":"${level}"`));
  }
}

/// False once there is no such process; a zombie is none.
export function isAlive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.charAt(stat.lastIndexOf(")") + 2) !== "Z";
  } catch {
    return false;
  }
}
