// One form, sent to the gateway; and what came of it.
import { isObject, textAt, type JsonObject } from "../view_model.ts";

export interface FieldFault {
  field: string;
  detail: string;
}

export type Outcome =
  | { kind: "done"; topic: string; epoch: string; version: number; result: JsonObject; othersLater: boolean }
  | { kind: "refused"; code: string; detail: string; faults: FieldFault[]; changes?: string; seen?: Record<string, string> }
  /** `detail`: nothing was done, for this reason, and the same may succeed later. Without it nobody knows. */
  | { kind: "unsent"; detail?: string };

const TIME_OUT_MS = 15_000;
/** Nobody knows whether it was carried out; sending it again with the same id is safe. */
const UNCERTAIN = new Set(["unavailable", "deadline_exceeded", "internal"]);

function faultsOf(problem: JsonObject): FieldFault[] {
  const errors = Array.isArray(problem["errors"]) ? problem["errors"] : [];
  return errors.filter(isObject).map((error) => ({
    field: textAt(error, "pointer").replace(/^\//, "").split("/")[0] ?? "",
    detail: textAt(error, "detail"),
  }));
}

export function outcomeOf(status: number, body: unknown): Outcome {
  if (!isObject(body)) return { kind: "unsent" };
  if (status >= 200 && status < 300) {
    const { version, result } = body;
    return {
      kind: "done",
      topic: textAt(body, "topic"),
      epoch: textAt(body, "epoch"),
      version: typeof version === "number" ? version : 0,
      result: isObject(result) ? result : {},
      othersLater: body["others_later"] === true,
    };
  }
  const code = textAt(body, "code");
  if (UNCERTAIN.has(code)) return { kind: "unsent", ...(textAt(body, "fault") !== "" ? { detail: textAt(body, "detail") } : {}) };
  const { changes, seen } = body;
  return {
    kind: "refused",
    code,
    detail: textAt(body, "detail") || textAt(body, "title"),
    faults: faultsOf(body),
    ...(typeof changes === "number" ? { changes: String(changes) } : {}),
    ...(isObject(seen) ? { seen: Object.fromEntries(Object.keys(seen).map((name) => [name, textAt(seen, name)])) } : {}),
  };
}

export async function send(action: string, body: URLSearchParams, fetcher: typeof fetch = fetch): Promise<Outcome> {
  try {
    const answer = await fetcher(action, {
      method: "POST",
      headers: { Accept: "application/json" },
      body,
      credentials: "same-origin",
      signal: AbortSignal.timeout(TIME_OUT_MS),
    });
    return outcomeOf(answer.status, await answer.json());
  } catch {
    return { kind: "unsent" };  // No network, no answer in time, or something between that speaks no JSON.
  }
}

function withQuery(path: string, query: string): string {
  const [before = "", ...fragment] = path.split("#");
  return [`${before}${before.includes("?") ? "&" : "?"}${query}`, ...fragment].join("#");
}

/** The same path, for a page that says so (gateway/pages/form_post.cpp does it for forms without script). */
export function sayingOthersLater(path: string): string {
  return withQuery(path, "saved=others-later");
}

/** The same path, for a page that says what was done, by the name of the message. */
export function sayingDone(path: string, name: string): string {
  return `${withQuery(path.replace(/#.*/s, ""), `done=${encodeURIComponent(name)}`)}#done`;
}

/** `/meetings/{meeting}/agenda` with the fields of the result, or of what was sent, in their places. */
export function whereTo(returnTo: string, result: JsonObject, sent: URLSearchParams): string | undefined {
  let isWhole = true;
  const path = returnTo.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = result[name] ?? sent.get(name);
    if (typeof value !== "string" && typeof value !== "number") isWhole = false;
    return encodeURIComponent(String(value));
  });
  return isWhole && /^\/(?![/\\])/.test(path) ? path : undefined;
}
