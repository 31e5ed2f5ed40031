/// What a row is about can be in more than one state; then the row tells of each of them.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/// By the name of the argument, or of the part of an address, that names the thing. Where there are several, the first of
/// these counts.
export const states: { [thing: string]: readonly string[] } = {
  engagement: ["logged", "withdrawn"],
  comment: ["shown", "withdrawn"],
  meeting: ["draft", "published", "started", "closed"],
  minutes: ["writing", "circulated", "approved"],
  proposal: ["proposed", "accepted", "declined", "withdrawn"],
  poll: ["open", "settled", "ended"],
  seat: ["vacant", "invited", "held"],
  interest: ["declared", "withdrawn"],
  link: ["open", "used", "withdrawn"],
  session: ["live", "ended"],
  token: ["open", "used", "unknown"],
  consultation: ["preparing", "open", "closed"],
  group: ["unopened", "open"],
};

/// What is named like one of them and has no states to tell of, and why.
export const stateless: { [row: string]: string } = {
  "directory.issue_administrator_link": "the link that it names is the one that it makes",
  "directory.start_session": "nobody may send it",
  "directory.finish_sign_in": "nobody may send it",
  "directory.renew_session": "nobody may send it",
  "directory.finish_openid_sign_in": "nobody may send it",
};

/// What a row says of each state; one text says the same of all, or is about something that has no states.
export type Told = string | { [state: string]: string };
export function told(row: Told): [state: string, row: string][] {
  const rows: [string, string][] = typeof row === "string" ? [["", row]] : Object.entries(row);
  if (rows.length === 0) throw new Error("a row tells nothing");
  return rows;
}

/// The states of what a row is about, as its parts are called, that it does not tell of. It may tell of more.
export function untold(row: string, names: string[], says: Told): string[] {
  const thing = row in stateless ? undefined : Object.keys(states).find((one) => names.includes(one));
  const wanted = thing === undefined ? [] : (states[thing] ?? []);
  const has = told(says).map(([state]) => state);
  return wanted.filter((state) => !has.includes(state)).map((state) => `${row}: nothing about a ${thing} that is “${state}”`);
}

const schema = fileURLToPath(new URL("../../../shared/contract/generated/schema.json", import.meta.url));
export interface Shape {
  enum?: string[];
  properties?: { [name: string]: { type?: string; pattern?: string; format?: string; $ref?: string } };
  required?: string[];
}
/// The shapes of everything on the wire.
export const contract = (JSON.parse(readFileSync(schema, "utf8")) as { $defs: { [name: string]: Shape } }).$defs;

/// What a thing is called in the contract where its commands call it otherwise.
const inFull: { [name: string]: string } = { DatePoll: "poll" };

/// Enumerations of states in the contract that are not told of here: `MeetingState` is what a meeting's are called there.
export function statesThatDiffer(): string[] {
  const inContract = Object.entries(contract).filter(([name, shape]) => name.endsWith("State") && shape.enum !== undefined);
  const thing = (name: string): string => inFull[name.replace(/State$/, "")] ?? name.replace(/State$/, "").toLowerCase();
  return inContract.filter(([name, shape]) => String(shape.enum) !== String(states[thing(name)])).map(([name]) => name);
}
