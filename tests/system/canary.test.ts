// Words planted in everything that is not for everybody are found in no page, answer or frame of somebody for whom they are not,
// and in no log.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { Socket } from "./support/socket.ts";
import { eventually } from "./support/wait.ts";
import { Witan } from "./support/witan.ts";
import { pages } from "./rights/pages.ts";
import { readers, type Reader } from "./rights/readers.ts";
import { engagement, makeThings, type Things } from "./rights/things.ts";
import { topics } from "./rights/topics.ts";

const limit = { timeout: 180_000 };
type Who = readonly Reader[];
const body: Who = ["member", "secretary", "chair", "auditor"];
const staff: Who = ["secretary", "chair", "administrator", "auditor"];
const members: Who = [...body, "administrator"];

/// What is planted, and who may find it.
const canaries: { [word: string]: Who } = {
  canarymeetingtitle: members, canarydraftitem: staff, canarydraftlead: staff,
  canaryrestricted: members, canaryrestrictedlead: members,
  canaryfirm: body, canarysector: body, canarysaid: body, canaryfollowup: body,
  canarystrategy: members, canarysummary: members, canaryparagraphlater: staff,
  canaryinvited: ["secretary", "administrator", "auditor"], "canary.invited": ["secretary", "administrator", "auditor"],
  canaryreason: ["administrator", "auditor"],  // in the audit
};

/// Those that a socket which follows every topic of the matrix hears by itself.
const inFrames = Object.keys(canaries).filter((word) => !["canaryparagraphlater", "canaryreason"].includes(word));

describe("planted words", () => {
  let witan: Witan;
  let things: Things;
  const heard: { [reader: string]: string[] } = {};
  const sockets: Socket[] = [];

  async function follow(reader: Reader): Promise<void> {
    const { cookie } = things.cast[reader];
    const socket = await Socket.open(witan.port, { Origin: witan.origin, ...(cookie === "" ? {} : { Cookie: cookie }) });
    if (typeof socket === "number") return void (heard[reader] = [`handshake ${socket}`]);
    const texts: string[] = (heard[reader] = []);
    socket.onText = (text) => texts.push(text);
    sockets.push(socket);
    const wanted = [...new Set(Object.values(topics).map(({ topic }) => topic(things)))];
    for (const topic of wanted) socket.text({ type: "subscribe", topic });
    await eventually(`${reader} has an answer for each topic`, 20_000, () => wanted.every((topic) => texts.some((text) => text.includes(`"${topic}"`))));
  }

  /// While everybody looks.
  async function plant(): Promise<void> {
    const { secretary, member, chair, administrator } = things.cast;
    const { meetings, ids } = things;
    await secretary.command("meetings.schedule_meeting", { body: ids.body, title: "canarymeetingtitle", date: "2030-02-15", starts: "10:00", ends: "12:00", place: "Here" });
    await secretary.command("meetings.add_agenda_item", { meeting: meetings.draft, title: "canarydraftitem", kind: "decision", minutes: 5, lead: "canarydraftlead" });
    for (const meeting of [meetings.published, meetings.started]) {
      await secretary.command("meetings.add_agenda_item", { meeting, title: "canaryrestricted", kind: "decision", minutes: 5, lead: "canaryrestrictedlead", circulation: "members" });
    }
    await member.command("advisory.log_engagement", { ...engagement(ids.body), organisation: "canaryfirm", sector: "canarysector", said: "canarysaid", follow_up: "canaryfollowup" });
    await chair.command("consultations.create_consultation", { body: ids.body, title: "canarystrategy", area: "Here", summary: "canarysummary of it" });
    await chair.command("consultations.publish_draft", { consultation: things.consultations.preparing, markdown: "# A strategy\n\n## Places\n\ncanaryparagraphlater and more words.\n" });
    await secretary.command("directory.invite", { body: ids.body, seat: ids.vacant, name: "canaryinvited", email: "canary.invited@rights.example" });
    const { result } = await administrator.command("directory.create_seat", { body: ids.body, title: "A seat for a while", role: "observer" });
    const seat = { body: ids.body, seat: result["seat"] ?? "" };
    await administrator.command("directory.fill_seat", { ...seat, person: ids.people["appointee"] ?? "" });
    await administrator.command("directory.vacate_seat", { ...seat, reason: "canaryreason" });
  }

  before(async () => {
    const settings = ["signed_in", "anonymous"].map((who) => `gateway.http_requests_per_minute_${who}=1000000`);
    witan = await Witan.start({ steps: "demo", settings: [...settings, "gateway.sign_ins_per_minute=1000000", "gateway.websocket_messages_burst=1000", "gateway.websocket_subscriptions_max=1000"] });
    things = await makeThings(witan);
    for (const reader of readers) await follow(reader);
    await plant();
  }, limit);
  after(async () => {
    for (const socket of sockets) socket.cut();
    for (const person of Object.values(things.cast)) person.leave();
    await witan.stop();
  });

  /// Everything that a reader can get: pages, topics, and what their socket said.
  async function allOf(reader: Reader): Promise<string> {
    const person = things.cast[reader];
    const { published, started, closed } = things.meetings;
    const more = [published, started, closed].flatMap((meeting) => ["", "/agenda", "/live"].map((part) => `/meetings/${meeting}${part}`));
    more.push(`/consultations/${things.consultations.preparing}/draft/2`);
    const paths = [...Object.entries(pages).map(([route, { path }]) => (path ? path(things) : route)), ...more, ...Object.values(topics).map(({ topic }) => `/api/v1/views/${topic(things)}`)];
    const answers: string[] = [];
    for (const path of paths) answers.push((await person.send("GET", path)).text);
    return [...answers, ...(heard[reader] ?? [])].join("\n");
  }

  for (const reader of readers) {
    test(`${reader} finds what is for them and nothing else`, limit, async () => {
      const may = Object.entries(canaries).filter(([word, who]) => who.includes(reader)).map(([word]) => word);
      const framed = inFrames.filter((word) => may.includes(word));
      await eventually(`the socket of ${reader} has heard`, 10_000, () => framed.every((word) => (heard[reader] ?? []).some((text) => text.includes(word))));
      const all = await allOf(reader);
      const found = Object.keys(canaries).filter((word) => new RegExp(`${word.replace(".", "\\.")}(?![a-z])`).test(all));
      assert.deepEqual(found.filter((word) => !(canaries[word] ?? []).includes(reader)), [], "found, and not for them");
      assert.deepEqual(may.filter((word) => !found.includes(word)), [], "for them, and not found: the test would not notice");
    });
  }

  test("no log has any of them", limit, () => {
    const folder = join(witan.data, "log");
    const logs = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
    assert.ok(logs.length >= 6);
    for (const log of logs) assert.ok(!log.includes("canary"), log.split("\n").find((line) => line.includes("canary")));
  });
});
