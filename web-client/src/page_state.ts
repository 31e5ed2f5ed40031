// What the gateway knew when it made the page, from <script type="application/json" id="live-state">.
import { rowsOf } from "./live/frames.ts";
import { isObject, textAt, type JsonObject } from "./view_model.ts";

export interface PageTopic {
  alias: string;
  each: boolean;
  topic: string;
  audience: string;
  epoch: string;
  version: number;
  entities: ReadonlyMap<string, JsonObject>;
}

export interface PageState {
  topics: PageTopic[];
  /** Whether it is known which papers the reader has opened, if any. */
  knowsOpened: boolean;
  page: JsonObject;
  actor: JsonObject;
  params: JsonObject;
}

function topicFrom(value: unknown): PageTopic | undefined {
  if (!isObject(value)) return undefined;
  const { version, entities } = value;
  if (typeof version !== "number" || !isObject(entities)) return undefined;
  const [alias, topic, audience, epoch] = ["alias", "topic", "audience", "epoch"].map((name) => textAt(value, name));
  if (!alias || !topic || !audience || !epoch) return undefined;
  return { alias, each: value["each"] === true, topic, audience, epoch, version, entities: rowsOf(entities) };
}

function objectAt(from: JsonObject, name: string): JsonObject {
  const value = from[name];
  return isObject(value) ? value : {};
}

export function parsePageState(text: string): PageState {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    parsed = {};
  }
  const state = isObject(parsed) ? parsed : {};
  const list = Array.isArray(state["topics"]) ? state["topics"] : [];
  return {
    topics: list.map(topicFrom).filter((topic) => topic !== undefined),
    knowsOpened: list.some((topic) => isObject(topic) && topic["alias"] === "reading"),
    page: objectAt(state, "page"),
    actor: objectAt(state, "actor"),
    params: objectAt(state, "params"),
  };
}
