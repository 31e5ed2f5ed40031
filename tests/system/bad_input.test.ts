// What is wrong is refused with a stable code and a pointer, changes nothing, and is nobody's error but the sender's.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { heads } from "./support/database.ts";
import { newId, Person, type Answer, type JsonObject } from "./support/http.ts";
import { leave, makeScene, type Scene } from "./support/scene.ts";
import { Socket, type Frame } from "./support/socket.ts";
import { eventually } from "./support/wait.ts";
import { Witan } from "./support/witan.ts";

const commands = "/api/v1/commands";
const views = "/api/v1/views";
let witan: Witan;
let scene: Scene;
let headsBefore: { [service: string]: number };

before(async () => {
  witan = await Witan.start({ settings: ["gateway.http_requests_per_minute_signed_in=100000", "gateway.command_timeout_ms=20000"] });
  scene = await makeScene(witan);
  headsBefore = heads(witan);
});
after(async () => {
  leave(scene);
  await witan.stop();
});

/// `status code pointer`, as short as it can be compared.
function inShort(answer: Answer): string {
  const errors = (answer.body["errors"] ?? []) as JsonObject[];
  return [answer.status, answer.body["code"], ...errors.map((error) => `${String(error["pointer"])} ${String(error["code"])}`)].join(" ");
}

interface Case {
  what: string;
  expect: string;
  send: () => Promise<Answer>;
}

const body = (text: string | Buffer, headers: { [name: string]: string } = {}) => (): Promise<Answer> =>
  scene.secretary.send("POST", commands, text, headers);
const envelope = (value: unknown) => (): Promise<Answer> => scene.secretary.send("POST", commands, JSON.stringify(value));
const item = (): JsonObject => ({ meeting: scene.meeting, title: "An item", kind: "discussion", minutes: 10 });
const adding = (change: JsonObject, more: JsonObject = {}) => (): Promise<Answer> =>
  scene.secretary.try("meetings.add_agenda_item", { ...item(), ...change }, newId(), more);
const getting = (path: string, by: () => Person = () => scene.visitor) => (): Promise<Answer> => by().send("GET", path);

const cases: Case[] = [
  { what: "no JSON at all", expect: "400 malformed_json", send: body("hello") },
  { what: "JSON cut short", expect: "400 malformed_json", send: body('{"id": "a", "name":') },
  { what: "JSON with more behind it", expect: "400 malformed_json", send: body("{} {}") },
  { what: "nothing", expect: "400 malformed_json", send: body("") },
  { what: "JSON a thousand levels deep", expect: "400 malformed_json", send: body("[".repeat(1000) + "]".repeat(1000)) },
  { what: "bytes that are not UTF-8", expect: "400 not_utf8", send: body(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])) },
  { what: "a surrogate in UTF-8", expect: "400 not_utf8", send: body(Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])) },
  { what: "a form where JSON belongs", expect: "415 unsupported_media_type", send: body("id=a", { "content-type": "application/x-www-form-urlencoded" }) },
  { what: "a list where an object belongs", expect: "400 invalid_request  wrong_type", send: envelope([]) },
  { what: "no id", expect: "400 invalid_request /id missing_field", send: envelope({ name: "meetings.publish_agenda", args: {} }) },
  { what: "an id with a space", expect: "400 invalid_request /id invalid_value", send: envelope({ id: "a b", name: "meetings.publish_agenda", args: {} }) },
  { what: "an id that is too long", expect: "400 invalid_request /id invalid_value", send: envelope({ id: "a".repeat(65), name: "meetings.publish_agenda", args: {} }) },
  { what: "arguments that are a text", expect: "400 invalid_request /args wrong_type", send: envelope({ id: newId(), name: "meetings.publish_agenda", args: "x" }) },
  { what: "an unknown member of the envelope", expect: "400 invalid_request /colour unknown_field", send: envelope({ id: newId(), name: "meetings.publish_agenda", args: {}, colour: 1 }) },
  { what: "an unknown command", expect: "404 unknown_command", send: envelope({ id: newId(), name: "meetings.burn_agenda", args: {} }) },
  { what: "an unknown service", expect: "404 unknown_command", send: envelope({ id: newId(), name: "weather.change", args: {} }) },
  { what: "a command that only the gateway may send", expect: "404 unknown_command", send: envelope({ id: newId(), name: "directory.start_session", args: {} }) },
  { what: "an unknown field", expect: "422 invalid_arguments /colour unknown_field", send: adding({ colour: "red" }) },
  { what: "a wrong type", expect: "422 invalid_arguments /minutes wrong_type", send: adding({ minutes: "ten" }) },
  { what: "a number out of range", expect: "422 invalid_arguments /minutes out_of_range", send: adding({ minutes: 601 }) },
  { what: "a number that is not whole", expect: "422 invalid_arguments /minutes wrong_type", send: adding({ minutes: 1.5 }) },
  { what: "a text that is too long", expect: "422 invalid_arguments /title too_long", send: adding({ title: "x".repeat(201) }) },
  { what: "a text that is too short", expect: "422 invalid_arguments /title too_short", send: adding({ title: "x" }) },
  { what: "a word that is none of the possible ones", expect: "422 invalid_arguments /kind invalid_value", send: adding({ kind: "quarrel" }) },
  { what: "an id that is none", expect: "422 invalid_arguments /meeting invalid_value", send: adding({ meeting: "x'; DROP TABLE events; --" }) },
  { what: "two faults at once", expect: "422 invalid_arguments /title missing_field /minutes wrong_type", send: adding({ title: "", minutes: null }) },
  { what: "a meeting that does not exist", expect: "404 not_found", send: adding({ meeting: "aaaaaaaaaaaaaaaaaaaaaaaaaa" }) },
  { what: "a version that is stale", expect: "409 stale_version", send: adding({}, { if_version: 1 }) },
  { what: "a date that does not exist", expect: "422 invalid_arguments /date invalid_value", send: () =>
      scene.secretary.try("meetings.schedule_meeting", { body: scene.council, title: "On no day", date: "2030-02-30", starts: "10:00", ends: "12:00", place: "Nowhere" }) },
  { what: "nobody signed in", expect: "401 not_signed_in", send: () => scene.visitor.try("meetings.publish_agenda", { meeting: scene.meeting }) },
  { what: "a made-up session", expect: "401 not_signed_in", send: async () => {
      const stranger = new Person(witan);
      stranger.cookie = `witan=${"a".repeat(52)}`;
      const answer = await stranger.try("meetings.publish_agenda", { meeting: scene.meeting });
      stranger.leave();
      return answer;
    } },
  { what: "the wrong role", expect: "403 forbidden", send: () => scene.member.try("meetings.add_agenda_item", item()) },
  { what: "the wrong body", expect: "403 forbidden", send: () => scene.champion.try("meetings.add_agenda_item", item()) },
  { what: "an administrator's command", expect: "403 forbidden", send: () => scene.secretary.try("directory.establish_body", { name: "My own body", kind: "council" }) },
  { what: "a wrong password", expect: "401 sign_in_failed", send: () => scene.visitor.send("POST", "/api/v1/sessions", JSON.stringify({ email: "secretary@example.org", password: "wrong but long enough" })) },
  { what: "an unknown account", expect: "401 sign_in_failed", send: () => scene.visitor.send("POST", "/api/v1/sessions", JSON.stringify({ email: "nobody@example.org", password: "wrong but long enough" })) },
  { what: "another site", expect: "403 cross_site", send: () => scene.secretary.send("POST", commands, JSON.stringify({ id: newId(), name: "meetings.publish_agenda", args: { meeting: scene.meeting } }), { origin: "https://elsewhere.example" }) },
  { what: "no site", expect: "403 cross_site", send: () => scene.secretary.send("POST", commands, "{}", { origin: "null" }) },
  { what: "a browser that says so", expect: "403 cross_site", send: () => scene.secretary.send("POST", commands, "{}", { "sec-fetch-site": "cross-site" }) },
  { what: "a body over the limit", expect: "413 too_large", send: body("x".repeat(1_048_577)) },
  { what: "headers over the limit", expect: "431 header_too_large", send: body("{}", { "x-long": "x".repeat(17_000) }) },
  { what: "a method that does not belong", expect: "405 method_not_allowed", send: () => scene.secretary.send("PUT", commands, "{}") },
  { what: "an unknown topic", expect: "404 unknown_topic", send: getting(`${views}/weather/today`) },
  { what: "a topic that is not there", expect: "404 not_found", send: getting(`${views}/meetings/aaaaaaaaaaaaaaaaaaaaaaaaaa`) },
  { what: "a hidden topic", expect: "404 not_found", send: () => scene.champion.send("GET", `${views}/body-meetings/${scene.council}`) },
  { what: "a hidden topic, not signed in", expect: "404 not_found", send: () => scene.visitor.send("GET", `${views}/body-meetings/${scene.council}`) },
  { what: "the gateway's own topics", expect: "404 not_found", send: getting(`${views}/sessions/aaaaaaaaaaaaaaaaaaaaaaaaaa`) },
  { what: "a service's own index", expect: "404 unknown_topic", send: getting(`${views}/index/people`) },
  { what: "a path out of the folder", expect: "404 not_found", send: getting("/assets/..%2f..%2fpages.json") },
];

test("everything that is wrong has its code and pointer, and changes nothing", { timeout: 60_000 }, async (t) => {
  for (const { what, expect, send } of cases) {
    await t.test(what, async () => {
      const answer = await send();
      assert.equal(inShort(answer), expect, answer.text.slice(0, 500));
      if (answer.headers["content-type"] === "application/problem+json") {
        assert.equal(answer.body["type"], `/problems/${expect.split(" ")[1]}`);
        assert.equal(answer.body["status"], answer.status);
      }
    });
  }
  assert.deepEqual(heads(witan), headsBefore);
});

test("somebody at a browser is told on a page, also where the request was not taken at all", async () => {
  const atBrowser = { accept: "text/html,application/xhtml+xml" };
  const form = { ...atBrowser, "content-type": "application/x-www-form-urlencoded" };
  const answers: [Answer, number][] = [
    [await scene.visitor.send("GET", "/bodies/%FF", undefined, atBrowser), 400],
    [await scene.secretary.send("POST", "/do/meetings.add_agenda_item", `title=${"x".repeat(1_048_577)}`, form), 413],
  ];
  for (const [answer, status] of answers) {
    assert.equal(answer.status, status);
    assert.match(String(answer.headers["content-type"]), /^text\/html/);
    assert.match(answer.text, /<h1[^>]*>[^<]+<\/h1>/);
    assert.match(answer.text, /reference: [a-z0-9]{8}/);
  }
  assert.match(answers[1]?.[0].text ?? "", /more than can be sent at once\. Nothing was changed\.[^]*what you typed should still be there/);
  for (const path of ["/bodies/%FF", "/api/v1/views/%FF"]) {
    const { headers } = await scene.visitor.send("GET", path);
    assert.equal(headers["content-type"], "application/problem+json", "programs get what they can read");
  }
});

test("what is absent and what is hidden look the same", async () => {
  const [absent, hidden] = await Promise.all(
    [`body-meetings/${"a".repeat(26)}`, `body-meetings/${scene.council}`].map((topic) => scene.visitor.send("GET", `${views}/${topic}`)),
  );
  const without = (answer: Answer | undefined): unknown => ({ ...answer?.body, instance: "" });
  assert.deepEqual(without(absent), without(hidden));
});

test("a repeated id with another body is refused, with the same body it is answered as before", async () => {
  const id = newId();
  const first = await scene.secretary.command("meetings.add_agenda_item", item(), id);
  const after = heads(witan);
  const other = await scene.secretary.try("meetings.add_agenda_item", { ...item(), title: "Another item" }, id);
  assert.equal(inShort(other), "409 idempotency_mismatch");
  const otherCommand = await scene.secretary.try("meetings.publish_agenda", { meeting: scene.meeting }, id);
  assert.equal(inShort(otherCommand), "409 idempotency_mismatch");
  assert.deepEqual(await scene.secretary.command("meetings.add_agenda_item", item(), id), first);
  assert.deepEqual(heads(witan), after);
});

test("a change of password that is sent twice is done once, and the second answer is the first", async () => {
  const role = "secretary, Council of LEP Chairs";
  const person = scene.secretary;   // the session that the change is made from goes on
  const password = witan.accounts().find(({ roles }) => roles.includes(role))?.password ?? "";
  const id = newId();
  const change = { current_password: password, new_password: `${password} and more` };
  const first = await person.try("directory.change_password", change, id);
  assert.equal(first.status, 200, first.text);
  const after = heads(witan);
  assert.deepEqual((await person.try("directory.change_password", change, id)).body, first.body);
  assert.deepEqual(heads(witan), after);
  assert.equal(inShort(await person.try("directory.change_password", change)), "422 invalid_arguments /current_password invalid_value", "a new id is a new command");
  await person.command("directory.change_password", { current_password: change.new_password, new_password: password.padEnd(12, ".") });
});

test("a socket from another site or from none is refused before it opens", async () => {
  for (const headers of [{ Origin: "https://elsewhere.example" }, { Origin: "null" }, { Origin: `${witan.origin}.elsewhere.example` }, {}]) {
    assert.equal(await Socket.open(witan.port, headers), 403, JSON.stringify(headers));
  }
});

async function open(person: Person): Promise<Socket> {
  const socket = await Socket.open(witan.port, { Origin: witan.origin, ...(person.cookie ? { Cookie: person.cookie } : {}) });
  assert.ok(typeof socket !== "number", `handshake ${String(socket)}`);
  return socket;
}

async function next(socket: Socket): Promise<JsonObject> {
  await eventually("a frame", 5_000, () => socket.texts.length > 0 || !socket.isOpen);
  return JSON.parse(socket.texts.shift() ?? "{}") as JsonObject;
}

test("a socket with a made-up session sees what a visitor sees", async () => {
  const stranger = new Person(witan);
  stranger.cookie = `witan=${"a".repeat(52)}`;
  const socket = await open(stranger);
  socket.text({ type: "subscribe", topic: `body-meetings/${scene.council}` });
  const frame = await next(socket);
  assert.equal((frame["problem"] as JsonObject)["code"], "not_found");
  socket.text({ type: "subscribe", topic: `meetings/${scene.meeting}` });
  assert.equal((await next(socket))["audience"], "public");
  socket.cut();
});

test("frames that cannot be followed are answered, and the socket stays", async () => {
  const socket = await open(scene.secretary);
  const after = heads(witan);
  const problemOf = async (text: string): Promise<string> => {
    socket.frame({ opcode: 1, payload: text });
    const frame = await next(socket);
    const problem = (frame["problem"] ?? {}) as JsonObject;
    return `${String(frame["type"])} ${String(problem["status"])} ${String(problem["code"])}`;
  };
  assert.equal(await problemOf("hello"), "problem 400 malformed_json");
  assert.equal(await problemOf("[]"), "problem 400 invalid_request");
  assert.equal(await problemOf('{"type":"dance"}'), "problem 400 invalid_request");
  assert.equal(await problemOf('{"type":"subscribe"}'), "problem 400 invalid_request");
  assert.equal(await problemOf('{"type":"subscribe","topic":"weather/today"}'), "problem 404 unknown_topic");
  assert.equal(await problemOf(`{"type":"subscribe","topic":"groups/${"a".repeat(26)}"}`), "problem 404 not_found");
  assert.equal(await problemOf('{"type":"command","id":"a b","name":"meetings.publish_agenda","args":{}}'), "reply 400 invalid_request");
  assert.equal(await problemOf('{"type":"command","id":"a","name":"meetings.burn","args":{}}'), "reply 404 unknown_command");
  assert.equal(await problemOf('{"type":"command","id":"a","name":"meetings.publish_agenda","args":{}}'), "reply 422 invalid_arguments");
  assert.deepEqual(heads(witan), after);
  socket.cut();
});

const text = (payload: string | Buffer, more: Partial<Frame> = {}): Frame => ({ opcode: 1, payload, ...more });
/// What the RFC says about each, and Witan about too much.
const broken: { what: string; code: number; frames: Frame[] }[] = [
  { what: "a message over the limit", code: 1009, frames: [text("x".repeat(65_537))] },
  { what: "a frame that claims gigabytes", code: 1009, frames: [text("x", { claims: 0x7fffffff })] },
  { what: "a message over the limit in pieces", code: 1009, frames: [text("x".repeat(40_000), { fin: false }), { opcode: 0, payload: "x".repeat(40_000) }] },
  { what: "text that is not UTF-8", code: 1007, frames: [text(Buffer.from([0xff, 0xfe, 0xfd]))] },
  { what: "bytes instead of text", code: 1003, frames: [{ opcode: 2, payload: "bytes" }] },
  { what: "a frame without a mask", code: 1002, frames: [text("{}", { masked: false })] },
  { what: "a reserved bit", code: 1002, frames: [text("{}", { rsv: 4 })] },
  { what: "a reserved opcode", code: 1002, frames: [{ opcode: 3, payload: "" }] },
  { what: "a reserved control opcode", code: 1002, frames: [{ opcode: 11, payload: "" }] },
  { what: "a ping over 125 bytes", code: 1002, frames: [{ opcode: 9, payload: "x".repeat(126) }] },
  { what: "a ping in pieces", code: 1002, frames: [{ opcode: 9, payload: "x", fin: false }] },
  { what: "a continuation of nothing", code: 1002, frames: [{ opcode: 0, payload: "x" }] },
  { what: "a new message inside another", code: 1002, frames: [text("{", { fin: false }), text("}")] },
  { what: "a close with half a code", code: 1002, frames: [{ opcode: 8, payload: Buffer.from([3]) }] },
  { what: "a close with a code that may not be sent", code: 1002, frames: [{ opcode: 8, payload: Buffer.from([0x03, 0xed]) }] },
  { what: "more messages than a person can mean", code: 4429, frames: Array.from({ length: 60 }, () => text('{"type":"unsubscribe","topic":"meetings"}')) },
];

test("broken frames end their own socket with the right code, and the neighbour stays", { timeout: 60_000 }, async (t) => {
  const neighbour = await open(scene.secretary);
  neighbour.text({ type: "subscribe", topic: `meetings/${scene.meeting}` });
  assert.equal((await next(neighbour))["type"], "snapshot");
  const after = heads(witan);
  for (const { what, code, frames } of broken) {
    await t.test(what, { timeout: 10_000 }, async () => {
      const socket = await open(scene.visitor);
      for (const frame of frames) socket.frame(frame);
      assert.equal((await socket.closed).code, code);
      socket.cut();
    });
  }
  assert.deepEqual(heads(witan), after);
  const pid = witan.pid("gateway");
  const reply = await scene.secretary.command("meetings.add_agenda_item", { ...item(), title: "After all that" });
  const change = await next(neighbour);
  assert.equal(change["type"], "change");
  assert.equal(change["version"], reply.version);
  assert.ok(neighbour.isOpen);
  assert.equal(witan.pid("gateway"), pid);
  neighbour.cut();
});

test("none of it is an error of Witan's", () => {
  assert.deepEqual(witan.logged("error"), []);
  assert.deepEqual(witan.logged("warning"), []);
});
