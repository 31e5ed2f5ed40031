// Somebody has left a trace wherever one can, and deletes the account: no file of the data folder has the name any more.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { rows } from "./support/database.ts";
import { Person } from "./support/http.ts";
import { Socket } from "./support/socket.ts";
import { eventually } from "./support/wait.ts";
import { Witan } from "./support/witan.ts";
import { engagement, makeThings, type Things } from "./rights/things.ts";

const limit = { timeout: 180_000 };
const name = "Canarina Vanishing";
const email = "canarina.vanishing@rights.example";
const password = "four words that fit";
const words = "canarywords";
const traces = ["Canarina", "canarina.vanishing", words];

let witan: Witan;
let things: Things;
let canary: Person;
let id: string;

/// Every file of the data folder that has one of the traces in it. The accounts of the demo are a list for people who try
/// Witan out, and nobody of this test is in it.
function holding(): string[] {
  const found: string[] = [];
  for (const entry of readdirSync(witan.data, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    let bytes: Buffer;
    try {
      bytes = readFileSync(path);
    } catch {
      continue;   // it went away meanwhile
    }
    const kept = traces.filter((trace) => bytes.includes(trace));
    if (kept.length > 0) found.push(`${path.slice(witan.data.length + 1)}: ${kept.join(", ")}`);
  }
  return found;
}

async function leaveTraces(): Promise<void> {
  const { secretary, administrator, chair } = things.cast;
  const { ids, meetings, consultations, block } = things;
  id = (await administrator.command("directory.register_person", { name, email, password })).result["person"] ?? "";
  canary = await new Person(witan).signInWith(email, password);
  // A seat of before with a reason, and one of now.
  const made = await secretary.command("directory.create_seat", { body: ids.body, title: "A seat for a while", role: "member" });
  const seat = { body: ids.body, seat: made.result["seat"] ?? "" };
  await secretary.command("directory.fill_seat", { ...seat, person: id });
  await secretary.command("directory.vacate_seat", { ...seat, reason: `${name} was away`, how_ended: "resigned" });
  await secretary.command("directory.fill_seat", { ...seat, person: id });
  // Mail both ways.
  await new Person(witan).command("directory.request_password_reset", { email });
  await secretary.command("directory.invite", { body: ids.body, seat: ids.vacant, name, email });
  // On agendas: as lead, in a longer text, and once and no more.
  for (const meeting of [meetings.draft, meetings.published]) {
    const lead = { meeting, title: "An item", kind: "decision", minutes: 5 };
    await secretary.command("meetings.add_agenda_item", { ...lead, lead: `Dr ${name} and Ben` });
    const { result } = await secretary.command("meetings.add_agenda_item", { ...lead, lead: name });
    await secretary.command("meetings.remove_agenda_item", { meeting, item: result["item"] ?? "" });
  }
  await chair.command("meetings.schedule_meeting", { body: ids.body, title: "Another", date: "2030-02-15", starts: "10:00", ends: "12:00", place: "Here", chair: name });
  // Comments, one of them withdrawn, and an entry in the log of the group.
  await eventually("consultations has heard of them", 20_000, async () => {
    const answer = await canary.try("consultations.add_comment", { consultation: consultations.open, draft: 1, block, text: `${words} one` });
    return answer.status === 200;
  });
  const { result } = await canary.command("consultations.add_comment", { consultation: consultations.open, draft: 1, block, text: `${words} two` });
  await canary.command("consultations.withdraw_comment", { comment: result["comment"] ?? "" });
  await eventually("the group knows the member", 20_000, async () => JSON.stringify((await canary.view(`groups/${ids.body}`)).entities).includes(name));
  await canary.command("advisory.log_engagement", engagement(ids.body));
}

const comments = async (): Promise<number> => Number((await canary.view(`consultations/${things.consultations.open}`)).entities["consultation"]?.["comment_count"]);

before(async () => {
  const settings = ["gateway.http_requests_per_minute_signed_in=1000000", "gateway.http_requests_per_minute_anonymous=1000000", "gateway.sign_ins_per_minute=1000000"];
  witan = await Witan.start({ steps: "demo", settings });
  things = await makeThings(witan);
  await leaveTraces();
}, limit);
after(async () => {
  canary.leave();
  for (const person of Object.values(things.cast)) person.leave();
  await witan.stop();
});

test("no file has the name, the address or the words once the account is deleted, and what was counted is", limit, async () => {
  const kept = ["directory.sqlite", "meetings.sqlite", "advisory.sqlite", "consultations.sqlite", "mail/", "bus/"];
  await eventually("there are traces to be found, or the test would not notice", 20_000, () => {
    const holders = holding();
    return kept.every((file) => holders.some((holder) => holder.startsWith(file)));
  });
  const before = await comments();
  const socket = await Socket.open(witan.port, { Origin: witan.origin, Cookie: canary.cookie });
  assert.notEqual(typeof socket, "number");

  assert.equal((await canary.try("directory.erase_person", { person: id, current_password: "not my password" })).status, 422);
  await canary.command("directory.erase_person", { person: id, current_password: password });

  if (typeof socket !== "number") assert.equal((await socket.closed).code, 4401);
  await eventually("nothing holds a trace", 30_000, () => holding().length === 0).catch(() => assert.deepEqual(holding(), []));
  assert.equal(await comments(), before, "every comment counts as before");
  assert.equal((await canary.send("GET", "/account")).status, 303);
});

test("pages and the audit say that a name was removed", limit, async () => {
  const { administrator } = things.cast;
  const history = (await administrator.send("GET", `/bodies/${things.ids.body}/history`)).text;
  assert.equal(history.match(/>Name removed</g)?.length, 2);
  const { consultations, block } = things;
  assert.match((await administrator.send("GET", `/consultations/${consultations.open}/draft/1/${block}`)).text, /Name removed[\s\S]*This text has been removed/);
  assert.match((await administrator.send("GET", `/meetings/${things.meetings.published}/agenda`)).text, /Dr Name removed and Ben/);
  const audit = (await administrator.send("GET", `/audit?person=${id}`)).text;
  assert.match(audit, /Deleted an account \(the person asked for it\)/);
  for (const trace of traces) assert.ok(!audit.includes(trace), trace);
  assert.equal(Object.keys(rows(witan, "directory", "index/personal", "_private")).filter((key) => key.startsWith(id)).length, 0);
});

test("the address is free again", limit, async () => {
  const again = await things.cast.administrator.command("directory.register_person", { name: "Somebody else", email, password });
  assert.notEqual(again.result["person"], id);
});
