// What templates see of a topic: its rows, put in their places. The gateway has the same in C++; both are held to
// the fixtures in tests/contract/view-model.

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };
export type Entities = ReadonlyMap<string, JsonObject>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function textAt(object: JsonObject, name: string): string {
  const value = object[name];
  return typeof value === "string" ? value : "";
}

/** Plain order of bytes: what C++ does with UTF-8. */
export function compareBytes(a: string, b: string): number {
  if (a === b) return 0;
  const left = [...a];
  const right = [...b];
  for (let i = 0; i < left.length && i < right.length; i += 1) {
    const difference = (left[i]?.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Of a topic `now/…`: it says who is there, and is neither announced nor counted among what was missed. */
export function isPresence(topic: string): boolean {
  return topic.startsWith("now/");
}

/** By `sort`, then by key. */
export function compareElements(a: JsonObject, b: JsonObject): number {
  return compareBytes(textAt(a, "sort"), textAt(b, "sort")) || compareBytes(textAt(a, "key"), textAt(b, "key"));
}

function withoutNumbers(value: Json): Json {
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return value.map(withoutNumbers);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([name, v]) => [name, withoutNumbers(v)]));
  return value;
}

export function domId(key: string): string {
  return key.replaceAll("/", "-");
}

/** One row as its template sees it, without what stands inside it. */
export function elementOf(topic: string, key: string, value: JsonObject, person: string, session = ""): JsonObject {
  const fields = withoutNumbers(value) as JsonObject;
  const isCurrent = "session" in value ? { is_current: session !== "" && value["session"] === session } : {};
  return { ...fields, key, dom_id: domId(key), topic, by_me: person !== "" && value["by"] === person, ...isCurrent };
}

/** The list that an element stands in (`block/b1/comment` of `block/b1/comment/c1`); empty for a single object. */
export function listOf(key: string): string {
  const parts = key.split("/");
  return parts.length % 2 === 0 ? parts.slice(0, -1).join("/") : "";
}

/** The key of the element around this one, or empty. */
export function parentOf(key: string): string {
  const parts = key.split("/");
  return parts.slice(0, parts.length % 2 === 0 ? -2 : -1).join("/");
}

export function viewModel(topic: string, audience: string, entities: Entities, person: string, session = ""): JsonObject {
  const root: JsonObject = {};
  const placed = new Map<string, JsonObject>();
  const lists: JsonObject[][] = [];
  const keys = [...entities.keys()].filter((key) => isObject(entities.get(key))).sort(compareBytes);
  for (const key of keys) {
    const around = parentOf(key);
    const parent = around === "" ? root : placed.get(around);
    if (!parent) continue;
    const element = elementOf(topic, key, entities.get(key) ?? {}, person, session);
    placed.set(key, element);
    place(parent, key, element, lists);
  }
  for (const list of lists) list.sort(compareElements);
  return { ...root, topic, audience, [`is_${audience.split("/", 1)[0]}`]: true };
}

/** The newest version of each paper that the reader has opened, by the rows of their topic `reading/…`. */
export type Opened = ReadonlyMap<string, number>;

export function openedIn(entities: Entities | undefined): Map<string, number> {
  const opened = new Map<string, number>();
  for (const row of entities?.values() ?? []) if (typeof row["version"] === "number") opened.set(textAt(row, "paper"), row["version"]);
  return opened;
}

/** Whether a topic is an agenda whose papers bear marks for this reader. Of auditors nothing is kept, so they would be told for ever that they have opened nothing. */
export function hasMarks(topic: string, actor: JsonObject): boolean {
  return topic.startsWith("meetings/") && textAt(actor, "person") !== "" && actor["is_auditor"] !== true;
}

/** Says at the papers of an agenda, to who has a part in the meeting, which of them they have not opened as they are now. */
export function markPapers(agenda: JsonObject, opened: Opened): void {
  if (agenda["is_public"] === true) return;
  for (const item of Array.isArray(agenda["agenda"]) ? agenda["agenda"].filter(isObject) : []) {
    for (const paper of Array.isArray(item["papers"]) ? item["papers"].filter(isObject) : []) {
      const newest = opened.get(textAt(paper, "paper"));
      const isRead = newest !== undefined && newest >= Number(paper["version"]);
      paper[isRead ? "is_read" : "is_unread"] = true;
      if (newest !== undefined) paper["was_read"] = true;
    }
  }
}

function place(parent: JsonObject, key: string, element: JsonObject, lists: JsonObject[][]): void {
  const parts = key.split("/");
  const isInList = parts.length % 2 === 0;
  const name = parts[parts.length - (isInList ? 2 : 1)] ?? "";
  if (!isInList) {
    parent[name] = element;
    return;
  }
  const list = parent[name];
  if (Array.isArray(list)) {
    list.push(element);
  } else {
    const started: JsonObject[] = [element];
    parent[name] = started;
    lists.push(started);
  }
}
