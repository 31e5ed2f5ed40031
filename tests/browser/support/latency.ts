// How long a change takes from one person's key or button to another person's screen. Both browsers read one clock.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Person } from "./person.ts";

const report = fileURLToPath(new URL("../../../build/test-logs/browser-latency.json", import.meta.url));

interface Watched {
  sentAt: number;
  seenAt: number;
}

export class Latency {
  readonly #writer: Person;
  readonly #reader: Person;
  readonly #taken: number[] = [];

  private constructor(writer: Person, reader: Person) {
    this.#writer = writer;
    this.#reader = reader;
  }

  /** From a form being sent on the one page to the first picture with a change below `selector` on the other. */
  static async between(writer: Person, reader: Person, selector: string): Promise<Latency> {
    await writer.page.evaluate(() => {
      const watched = window as unknown as Watched;
      document.addEventListener("submit", () => (watched.sentAt = performance.timeOrigin + performance.now()), true);
    });
    await reader.page.evaluate((where) => {
      const watched = window as unknown as Watched;
      watched.seenAt = 0;
      new MutationObserver(() =>
        requestAnimationFrame(() => {
          if (watched.seenAt === 0) watched.seenAt = performance.timeOrigin + performance.now();
        }),
      ).observe(document.querySelector(where)!, { childList: true, subtree: true });
    }, selector);
    return new Latency(writer, reader);
  }

  /** After the change is on both screens. */
  async take(): Promise<void> {
    const sentAt = await this.#writer.page.evaluate(() => (window as unknown as Watched).sentAt);
    const seen = await this.#reader.page.waitForFunction(() => (window as unknown as Watched).seenAt || false);
    this.#taken.push((await seen.jsonValue()) as number - sentAt);
    await this.#reader.page.evaluate(() => ((window as unknown as Watched).seenAt = 0));
  }

  at(share: number): number {
    const sorted = this.#taken.toSorted((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
  }

  /** Prints the figures and keeps them beside the logs of the tests. */
  tell(name: string): void {
    const figures = { count: this.#taken.length, p50_ms: round(this.at(0.5)), p95_ms: round(this.at(0.95)), max_ms: round(this.at(1)) };
    console.log(`${name}: p50 ${figures.p50_ms} ms, p95 ${figures.p95_ms} ms, longest ${figures.max_ms} ms of ${figures.count}`);
    mkdirSync(dirname(report), { recursive: true });
    writeFileSync(report, `${JSON.stringify({ ...earlier(), [name]: figures }, undefined, 2)}\n`);
  }
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}

function earlier(): object {
  try {
    return JSON.parse(readFileSync(report, "utf8")) as object;
  } catch {
    return {};
  }
}
