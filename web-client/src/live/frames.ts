// What comes over the socket, looked at once at the edge; behind it everything is typed.
import type { ChangeFrame, Ending, Problem, Reply, Resumed, Revoked, Snapshot } from "../contract/types.ts";
import { isObject, type JsonObject } from "../view_model.ts";

export type Frame =
  | ({ type: "snapshot" } & Omit<Snapshot, "entities"> & { entities: ReadonlyMap<string, JsonObject> })
  | ({ type: "change" } & Omit<ChangeFrame, "put"> & { put: ReadonlyMap<string, JsonObject> })
  | ({ type: "resumed" } & Resumed)
  | ({ type: "reply" } & Reply)
  | ({ type: "revoked" } & Revoked)
  | ({ type: "ending" } & Ending)
  | ({ type: "problem" } & Problem);

export type ChangeOf = Extract<Frame, { type: "change" }>;
export type SnapshotOf = Extract<Frame, { type: "snapshot" }>;

class NotAFrame extends Error {}

function text(object: JsonObject, name: string): string {
  const value = object[name];
  if (typeof value !== "string") throw new NotAFrame(`${name} is not text`);
  return value;
}

function whole(object: JsonObject, name: string): number {
  const value = object[name];
  if (typeof value !== "number" || !Number.isSafeInteger(value)) throw new NotAFrame(`${name} is not a whole number`);
  return value;
}

function object(from: JsonObject, name: string): JsonObject {
  const value = from[name];
  if (!isObject(value)) throw new NotAFrame(`${name} is not an object`);
  return value;
}

function texts(from: JsonObject, name: string): string[] {
  const value = from[name];
  if (!Array.isArray(value)) throw new NotAFrame(`${name} is not a list`);
  return value.filter((entry): entry is string => typeof entry === "string");
}

/** Rows are objects; anything else in their place is left out, as the gateway does. */
export function rowsOf(from: JsonObject): ReadonlyMap<string, JsonObject> {
  const rows = new Map<string, JsonObject>();
  for (const [key, value] of Object.entries(from)) if (isObject(value)) rows.set(key, value);
  return rows;
}

function frameFrom(from: JsonObject): Frame | undefined {
  const type = text(from, "type");
  switch (type) {
    case "snapshot":
      return {
        type, topic: text(from, "topic"), audience: text(from, "audience"), epoch: text(from, "epoch"),
        version: whole(from, "version"), reason: text(from, "reason"), entities: rowsOf(object(from, "entities")),
      };
    case "change":
      return {
        type, topic: text(from, "topic"), epoch: text(from, "epoch"), prev: whole(from, "prev"),
        version: whole(from, "version"), put: rowsOf(object(from, "put")), drop: texts(from, "drop"),
      };
    case "resumed":
      return {
        type, topic: text(from, "topic"), epoch: text(from, "epoch"), version: whole(from, "version"),
        missed: whole(from, "missed"),
      };
    case "reply":
      return { type, id: text(from, "id") };
    case "revoked":
      return { type, topic: text(from, "topic") };
    case "ending":
      return from["seconds"] === undefined ? { type } : { type, seconds: whole(from, "seconds") };
    case "problem":
      return {
        type, problem: object(from, "problem"),
        ...(typeof from["topic"] === "string" ? { topic: from["topic"] } : {}),
      };
    default:
      return undefined;
  }
}

/** The frame, or nothing for what is not one (a newer gateway may send kinds that this page does not know). */
export function parseFrame(data: unknown): Frame | undefined {
  if (typeof data !== "string") return undefined;
  try {
    const parsed: unknown = JSON.parse(data);
    return isObject(parsed) ? frameFrom(parsed) : undefined;
  } catch (fault) {
    if (fault instanceof SyntaxError || fault instanceof NotAFrame) return undefined;
    throw fault;
  }
}
