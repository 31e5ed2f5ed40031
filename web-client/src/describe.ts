// A change in words, for those who do not see it happen. What has no words here is shown and not announced.
import type { Difference } from "./store/topic_store.ts";
import { isObject, isPresence, textAt, type JsonObject } from "./view_model.ts";

type Row = Difference["rows"][number];

function place(row: JsonObject | undefined): number {
  return Number(row?.["number"] ?? Number.NaN);
}

/** Of the items that changed places, the one that went furthest; the one that went up when two swapped. */
function movedItem(rows: readonly Row[]): Row | undefined {
  const distance = (row: Row): number => Math.abs(place(row.after) - place(row.before));
  const isUp = (row: Row): boolean => place(row.after) < place(row.before);
  const moved = rows.filter((row) => row.before && row.after && distance(row) > 0);
  return moved.sort((a, b) => distance(b) - distance(a) || Number(isUp(b)) - Number(isUp(a)))[0];
}

function agenda(rows: readonly Row[]): string | undefined {
  const items = rows.filter((row) => row.key.startsWith("agenda/"));
  const added = items.find((row) => !row.before);
  if (added?.after) return `Item ${textAt(added.after, "number")} added: ${textAt(added.after, "title")}`;
  const removed = items.find((row) => !row.after);
  if (removed?.before) return `Item removed: ${textAt(removed.before, "title")}`;
  const moved = movedItem(items);
  if (moved?.after) return `${textAt(moved.after, "title")} is now item ${textAt(moved.after, "number")}`;
  return undefined;
}

function papersOf(row: JsonObject | undefined): JsonObject[] {
  return Array.isArray(row?.["papers"]) ? (row["papers"] as JsonObject[]) : [];
}

/** A paper that has come, or its new version; said once, to everyone who may read it. */
function paper(rows: readonly Row[]): string | undefined {
  const page = rows.find(({ key, before, after }) => key === "paper" && Number(after?.["version"]) > Number(before?.["version"] ?? 0) && Number(before?.["version"]) > 0)?.after;
  if (page) return `New version of the paper ${textAt(page, "title")}`;
  for (const { key, before, after } of rows) {
    if (!key.startsWith("agenda/") || !before) continue;
    const known = new Map(papersOf(before).map((one) => [one["paper"], one]));
    const come = papersOf(after).find((one) => Number(one["version"]) > Number(known.get(one["paper"])?.["version"] ?? 0) && one["is_withdrawn"] !== true);
    if (come) return Number(come["version"]) > 1 ? `New version of the paper ${textAt(come, "title")}` : `Paper added: ${textAt(come, "title")}`;
  }
  return undefined;
}

function meeting(rows: readonly Row[]): string | undefined {
  const row = rows.find(({ key }) => key === "meeting");
  if (!row?.before || !row.after) return undefined;
  const { before, after } = row;
  if (isObject(after["cancellation"])) return isObject(before["cancellation"]) ? undefined : "The meeting is cancelled";
  if (before["when"] !== after["when"] || before["place"] !== after["place"]) {
    return `The meeting has moved: ${[textAt(after, "when"), textAt(after, "place")].filter((part) => part !== "").join(", ")}`;
  }
  if (after["has_now"] === true && before["now_item"] !== after["now_item"]) {
    return `Now at item ${textAt(after, "now_number")}: ${textAt(after, "now_title")}`;
  }
  if (after["is_started"] === true && Boolean(before["is_paused"]) !== Boolean(after["is_paused"])) {
    return after["is_paused"] === true ? "The meeting is paused" : "The meeting goes on";
  }
  if (before["state"] !== after["state"]) return `The meeting is now: ${textAt(after, "state_label")}`;
  return undefined;
}

/** Who comes and goes is shown; only whether they are enough is said. */
function quorum(rows: readonly Row[]): string | undefined {
  const row = rows.find(({ key }) => key === "attendance");
  if (!row?.before || !row.after || row.before["is_quorate"] === row.after["is_quorate"]) return undefined;
  return textAt(row.after, "words");
}

/** Where minutes stand, what was decided and what a member would put right; texts change too often to be said. */
function minutes(rows: readonly Row[]): string | undefined {
  const whole = rows.find(({ key }) => key === "minutes");
  if (whole?.before && whole.after && whole.before["state"] !== whole.after["state"]) return `The minutes are now: ${textAt(whole.after, "state_label")}`;
  const entry = rows.find(({ key, before, after }) => !before && after && /^item\/\w+\/(?:decision|correction)\//.test(key));
  if (!entry?.after) return undefined;
  return entry.key.includes("/decision/") ? `Decision ${textAt(entry.after, "decision_number")} recorded` : "A correction is proposed";
}

/** Who has the floor now. Who asks, and in which order, is shown and not said. */
function floor(rows: readonly Row[]): string | undefined {
  const row = rows.find(({ key }) => key === "room");
  if (!row?.before || !row.after || row.after["has_speaker"] !== true || row.before["seat"] === row.after["seat"]) return undefined;
  return `${textAt(row.after, "name")} has the floor`;
}

/** That a vote is open, and what came of it. How many have voted is shown and not said. */
function vote(rows: readonly Row[]): string | undefined {
  const row = rows.find(({ key, before, after }) => key.startsWith("vote/") && after && before?.["state_label"] !== after["state_label"])?.after;
  return row && (row["is_open"] === true ? `A vote is open: ${textAt(row, "question")}` : textAt(row, "words"));
}

/** As a thread tells of it, and as the count in the draft does: in the same words, so that it is said once. One that was carried over is not new; the
 *  ledger changes with it. */
function comment(rows: readonly Row[], rowAt: (key: string) => JsonObject | undefined): string | undefined {
  if (rows.some(({ key }) => key === "ledger")) return undefined;
  const added = rows.find(({ key, before, after }) => !before && key.startsWith("comment/") && !isObject(after?.["carried"]))?.after;
  const counted = rows.find(({ key, before, after }) => key.startsWith("block/") && Number(after?.["comment_count"]) > Number(before?.["comment_count"]))?.after;
  const paragraph = added ? rowAt(`paragraph/${textAt(added, "block")}`) : counted;
  return (added ?? counted) && `New comment on paragraph ${paragraph ? textAt(paragraph, "number") : ""}`.trimEnd();
}

function engagement(rows: readonly Row[]): string | undefined {
  const row = rows.find(({ key, before }) => !before && key.startsWith("engagement/"));
  return row?.after && `New entry in the log: ${textAt(row.after, "organisation")}`;
}

/** An action that is done, dropped, overdue or open again, wherever it is shown. */
function action(rows: readonly Row[]): string | undefined {
  const row = rows.find(({ key, before, after }) => key.startsWith("action") && before && after && before["status_label"] !== after["status_label"]);
  return row?.after && `Action ${textAt(row.after, "status_label").toLowerCase()}: ${textAt(row.after, "todo")}`;
}

function consultation(rows: readonly Row[]): string | undefined {
  const row = rows.find(({ key }) => key === "consultation");
  if (!row?.before || !row.after || row.before["state"] === row.after["state"]) return undefined;
  return `The consultation is now: ${textAt(row.after, "state_label")}`;
}

export function describe(
  difference: Difference,
  rowAt: (key: string) => JsonObject | undefined,
): string | undefined {
  if (isPresence(difference.topic)) return undefined;
  const { rows } = difference;
  return meeting(rows) ?? quorum(rows) ?? vote(rows) ?? floor(rows) ?? minutes(rows) ?? agenda(rows) ?? paper(rows) ?? comment(rows, rowAt) ??
    action(rows) ?? engagement(rows) ?? consultation(rows);
}
