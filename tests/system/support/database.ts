/// Looking into the services' files, which are the truth, without changing them.
import { execFileSync } from "node:child_process";
import { join } from "node:path";

import { services, type Service, type Witan } from "./witan.ts";

/// Where the files are: a running copy, or a folder that it works on.
export type Files = Pick<Witan, "data">;
export type Row = { [column: string]: string | number | null };

export function query(witan: Files, service: Service, sql: string): Row[] {
  const file = join(witan.data, `${service}.sqlite`);
  const text = execFileSync("sqlite3", ["-readonly", "-json", "-cmd", ".timeout 5000", file, sql], { encoding: "utf8", maxBuffer: 1 << 28 });
  return text.trim() === "" ? [] : (JSON.parse(text) as Row[]);
}

export function number(witan: Files, service: Service, sql: string): number {
  return Number(Object.values(query(witan, service, sql)[0] ?? {})[0] ?? 0);
}

export const head = (witan: Files, service: Service): number => number(witan, service, "SELECT coalesce(max(seq), 0) FROM events");

/// The last thing that somebody did; that strangers came, which is noted now and then, is nobody's doing.
const lastDone = (witan: Files, service: Service): number =>
  number(witan, service, "SELECT coalesce(max(seq), 0) FROM events WHERE type <> 'strangers_came'");

export const heads = (witan: Files): { [service: string]: number } =>
  Object.fromEntries(services.map((service) => [service, lastDone(witan, service)]));

/// The rows of a topic as the service keeps them for an audience.
export function rows(witan: Files, service: Service, topic: string, audience: string): { [key: string]: unknown } {
  const found = query(
    witan,
    service,
    `SELECT key, value FROM views JOIN topic_heads h ON h.id = views.head WHERE h.topic = '${topic}' AND h.audience = '${audience}'`,
  );
  return Object.fromEntries(found.map((row) => [String(row["key"]), JSON.parse(String(row["value"])) as unknown]));
}
