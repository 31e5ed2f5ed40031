// What people type in confidence stays in confidence: not in a log, an argument, an environment, nor in a file in clear; and
// what they send forges no line of a log.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { newId, Person } from "./support/http.ts";
import { Socket } from "./support/socket.ts";
import { eventually } from "./support/wait.ts";
import { Witan, type Account } from "./support/witan.ts";

const limit = { timeout: 120_000 };
/// Letters and digits only, so that no way of writing it in JSON, a URL or a form changes it.
const canary = (what: string): string => `canary${what}${randomBytes(6).toString("hex")}`;

let witan: Witan;
let administrator: Person;
before(async () => {
  const settings = ["log_level=debug", "gateway.command_timeout_ms=8000", "gateway.sign_ins_per_minute=100000"];
  witan = await Witan.start({ steps: "demo", settings, fresh: true });
  administrator = await new Person(witan).signIn("administrator");
});
after(async () => {
  administrator.leave();
  await witan.stop();
});

/// Every file of the data folder by its path within. Sockets and what went away meanwhile are left out.
function files(): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (const entry of readdirSync(witan.data, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    try {
      found.set(path.slice(witan.data.length + 1), readFileSync(path));
    } catch (fault) {
      assert.equal((fault as NodeJS.ErrnoException).code, "ENOENT");
    }
  }
  return found;
}

/// Arguments and environment of each process that runs, and what it has said.
function processes(): Map<string, Buffer> {
  const shown = new Map([["what the supervisor says", Buffer.from(witan.said)]]);
  for (const pid of witan.everyPid()) {
    for (const part of ["cmdline", "environ"]) shown.set(`${part} of ${pid}`, readFileSync(`/proc/${pid}/${part}`));
  }
  return shown;
}

/// As it was typed, and as it would stand in Base64 or in hexadecimal digits.
function ways(secret: string): Buffer[] {
  const inBase64 = [0, 1, 2].map((offset) => Buffer.from("x".repeat(offset) + secret).toString("base64").slice(offset === 0 ? 0 : 4, -4));
  return [secret, ...inBase64, Buffer.from(secret).toString("hex")].map((text) => Buffer.from(text));
}

const holding = (places: Map<string, Buffer>, secret: string): string[] =>
  [...places].filter(([, bytes]) => ways(secret).some((way) => bytes.includes(way))).map(([name]) => name);

const form = (person: Person, path: string, fields: { [name: string]: string }): ReturnType<Person["send"]> =>
  person.send("POST", path, new URLSearchParams(fields).toString(), { "content-type": "application/x-www-form-urlencoded", accept: "text/html" });

/// The token in somebody's cookie, and the one in their forms.
async function tokensOf(person: Person): Promise<{ token: string; csrf: string }> {
  const page = await person.send("GET", "/account");
  return { token: person.cookie.split("=")[1] ?? "", csrf: /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? "" };
}

test("no password, token or unknown address is anywhere; a known address is in directory's own file", limit, async () => {
  const secrets: { [what: string]: string } = {};
  const plant = (what: string): string => (secrets[what] = canary(what.replaceAll(/[^a-z]/g, "")));
  const somebody: Account = { email: `${canary("known")}@example.org`, password: plant("the password of an account"), name: "Canary Bird", roles: [] };
  await administrator.command("directory.register_person", { name: somebody.name, email: somebody.email, password: somebody.password });

  // Signing in: right, wrong and malformed, by program and by form, and while directory does not answer.
  const person = new Person(witan);
  const credentials = (what: string): { email: string; password: string } => ({ email: `${plant(`address ${what}`)}@example.org`, password: plant(`password ${what}`) });
  const send = (value: object): ReturnType<Person["send"]> => person.send("POST", "/api/v1/sessions", JSON.stringify(value));
  const signedIn = await send({ email: somebody.email, password: somebody.password });
  assert.equal(signedIn.status, 200, signedIn.text);
  person.cookie = (signedIn.headers["set-cookie"]?.[0] ?? "").split(";")[0] ?? "";
  assert.equal((await send(credentials("of nobody"))).status, 401);
  assert.equal((await send({ email: somebody.email, password: plant("a wrong password") })).status, 401);
  assert.equal((await send({ ...credentials("with more"), [plant("an unknown member")]: plant("its value") })).status, 400);
  assert.equal((await person.send("POST", "/api/v1/sessions", `{"email": "${plant("malformed address")}", "password": ${plant("malformed password")}`)).status, 400);
  assert.equal((await form(person, "/sign-in", credentials("in a form"))).status, 401);
  assert.equal((await person.send("GET", `/sign-in?${new URLSearchParams(credentials("in a link"))}`)).status, 200);
  process.kill(witan.pid("directory"), "SIGSTOP");
  try {
    assert.ok((await send(credentials("into silence"))).status >= 503);
  } finally {
    process.kill(witan.pid("directory"), "SIGCONT");
  }
  await eventually("directory answers", 15_000, async () => (await person.send("GET", "/account")).status === 200);

  // Tokens: of the cookie, of the forms, as a bearer's; made up, and where they do not belong.
  const { token, csrf } = await tokensOf(person);
  assert.ok(token.length > 40 && csrf.length > 40);
  Object.assign(secrets, { "the token of a session": token, "the token of its forms": csrf });
  const program = new Person(witan);
  assert.equal((await program.send("GET", "/account", undefined, { authorization: `Bearer ${token}` })).status, 200);
  await program.send("GET", "/account", undefined, { authorization: `Bearer ${plant("a made up token")}` });
  await program.send("GET", "/account", undefined, { authorization: `Basic ${Buffer.from(plant("basic credentials")).toString("base64")}` });
  await program.send("GET", "/account", undefined, { cookie: `witan=${plant("a made up cookie")}; other=${plant("another cookie")}` });
  await program.send("GET", `/api/v1/views/sessions/${plant("a token in a path")}`);
  await program.send("GET", "/help", undefined, { referer: `${witan.origin}/sign-in?token=${plant("a token in a referrer")}` });
  const socket = await Socket.open(witan.port, { Origin: witan.origin, Cookie: person.cookie });
  assert.ok(typeof socket !== "number");
  const change = (current_password: string, new_password: string) => ({ current_password, new_password });
  socket.text({ type: "command", id: newId(), name: "directory.change_password", args: change(plant("wrong present password on a socket"), plant("new password on a socket")) });
  socket.text({ type: "subscribe", topic: plant("a topic") });
  await eventually("the socket has answered", 5_000, () => socket.texts.length === 2);
  socket.cut();

  // Changing a password: refused and carried out, twice the same, by program and by form.
  assert.equal((await person.try("directory.change_password", change(plant("wrong present password"), plant("new password not taken")))).status, 422);
  const next = plant("the new password");
  const id = newId();
  for (const _ of [1, 2]) assert.equal((await person.try("directory.change_password", change(somebody.password, next), id)).status, 200);
  assert.equal((await form(person, "/do/directory.change_password", { ...change(plant("wrong in a form"), plant("new in a form")), csrf, command_id: newId(), on_page: "/account" })).status, 422);
  assert.equal((await form(person, "/do/directory.change_password", { ...change(next, plant("the newest password")), csrf, command_id: newId(), on_page: "/account" })).status, 303);
  await form(administrator, "/do/directory.register_person", {
    ...{ name: "Another Bird", email: somebody.email, password: plant("password of a refused account"), csrf: (await tokensOf(administrator)).csrf, command_id: newId(), on_page: "/people" },
  });
  person.leave();
  program.leave();

  const everywhere = new Map([...files(), ...processes()]);
  assert.ok(everywhere.size > 30, "there is something to look through");
  for (const [what, secret] of Object.entries(secrets)) assert.deepEqual(holding(everywhere, secret), [], what);
  const known = holding(everywhere, somebody.email.split("@")[0] ?? "");
  assert.ok(known.length > 0, "looking finds what is there");
  assert.deepEqual(known.filter((place) => !/^directory\.sqlite(-wal)?$/.test(place)), [], "a known address");
});

test("the passwords of the demo data are in the list that is handed out, and nowhere else", () => {
  const { email, password } = witan.accounts()[0] as Account;
  const everywhere = new Map([...files(), ...processes()]);
  assert.deepEqual(holding(everywhere, password), ["demo-accounts.json"]);
  assert.deepEqual(holding(everywhere, email).filter((place) => !/^(directory\.sqlite(-wal)?|demo-accounts\.json)$/.test(place)), []);
});

test("Witan's own secrets are in no log, argument or environment, and others may not read their files", () => {
  const all = files();
  const places = new Map([...[...all].filter(([name]) => name.startsWith("log/")), ...processes()]);
  const secrets = [...all].filter(([name]) => name.startsWith("secrets/"));
  assert.ok(secrets.length >= 3);
  for (const [name, bytes] of secrets) {
    assert.deepEqual(holding(places, bytes.toString("utf8").trim()), [], name);
    assert.equal(statSync(join(witan.data, name)).mode & 0o077, 0, name);
  }
});

test("a crash leaves no picture of a process's memory on the disk", () => {
  for (const pid of witan.everyPid()) {
    assert.match(readFileSync(`/proc/${pid}/limits`, "utf8"), /^Max core file size +0 +0 /m, readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0")[0]);
  }
});

/// Bytes on a connection of their own; returns once the gateway has answered and closed.
function raw(bytes: string): Promise<void> {
  return new Promise((done) => {
    const tcp = connect(witan.port, "127.0.0.1", () => tcp.write(bytes));
    tcp.setTimeout(5_000, () => tcp.destroy());
    tcp.on("data", () => tcp.end()).on("error", () => undefined).on("close", () => done());
  });
}

test("whatever is sent, each line of a log is one that Witan wrote", limit, async () => {
  const forged = `{"time":"2018-11-01T00:00:00Z","level":"error","program":"witan-gateway","room":"forged","event":"forged"}`;
  for (const end of ["\n", "\r\n", "\r", "\u2028", "\u0085", "\u001b[2K"]) {
    const text = `a${end}${forged}${end}b`;
    const inUrl = encodeURIComponent(text);
    const visitor = new Person(witan);
    for (const path of [`/${inUrl}`, `/meetings/${inUrl}`, `/assets/${inUrl}`, `/api/v1/views/${inUrl}`, `/api/v1/views/meetings/${inUrl}`, `/help?${inUrl}=${inUrl}`]) {
      assert.ok((await visitor.send("GET", path)).status < 500, path);
    }
    for (const path of [`/do/${inUrl}`, `/do/directory.${inUrl}`]) await form(administrator, path, { [text]: text, command_id: text, csrf: text, on_page: text, return_to: text });
    await form(visitor, "/sign-in", { email: text, password: text, return_to: text });
    await visitor.send("POST", "/api/v1/sessions", JSON.stringify({ email: text, password: text }));
    for (const [name, id] of [[text, newId()], [`directory.${text}`, newId()], ["directory.end_session", text]] as const) {
      await administrator.try(name, { [text]: text, session: text }, id);
    }
    for (const header of ["User-Agent", "Referer", "Cookie", "Authorization", "Accept", "X-Forwarded-For", "X-Request-Id", "Host"]) {
      await raw(`GET /help HTTP/1.1\r\n${header === "Host" ? "" : "Host: x\r\n"}${header}: ${text}\r\nConnection: close\r\n\r\n`);
    }
    await raw(`GET /${text} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    await raw(`${text} / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    const socket = await Socket.open(witan.port, { Origin: witan.origin, Cookie: administrator.cookie });
    assert.ok(typeof socket !== "number");
    socket.text({ type: "subscribe", topic: text });
    socket.text({ type: text, topic: text });
    socket.text({ type: "command", id: text, name: text, args: { [text]: text } });
    await eventually("the socket has answered", 5_000, () => socket.texts.length === 3);
    socket.frame({ opcode: 8, payload: Buffer.concat([Buffer.from([0x03, 0xe8]), Buffer.from(text).subarray(0, 100)]) });
    socket.cut();
    visitor.leave();
  }
  const logs = [...files()].filter(([name]) => name.startsWith("log/"));
  assert.ok(logs.length >= 6);
  for (const [name, bytes] of logs) {
    const lines = bytes.toString("utf8").split(/[\n\r\u2028\u0085]/).filter((line) => line !== "");
    for (const line of lines) {
      assert.ok(!line.includes('"room":"forged"'), `${name}: ${line}`);
      if (name !== "log/bus.log") assert.ok(JSON.parse(line), `${name}: ${line}`);   // the bus has its own way to write
    }
  }
});
