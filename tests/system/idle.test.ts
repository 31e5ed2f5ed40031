// A session that nobody uses ends by itself, and one that is used does not (decision 0015). Minutes are seconds here.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { heads } from "./support/database.ts";
import { Person } from "./support/http.ts";
import { Socket } from "./support/socket.ts";
import { eventually, pause } from "./support/wait.ts";
import { Witan } from "./support/witan.ts";

const limit = { timeout: 60_000 };
const STAFF_IDLE_S = 5;
let witan: Witan;
before(async () => {
  witan = await Witan.start({ settings: [`directory.staff_idle_s=${STAFF_IDLE_S}`, "gateway.session_use_report_ms=200"] });
});
after(() => witan.stop());

const staff = (): Promise<Person> => new Person(witan).signIn("secretary, Council of LEP Chairs");
const member = (): Promise<Person> => new Person(witan).signIn("member, Council of LEP Chairs");
/// Asking would be using it; a socket that only listens is told of the end.
async function listening(person: Person): Promise<Socket> {
  const socket = await Socket.open(witan.port, { Origin: witan.origin, Cookie: person.cookie });
  assert.ok(socket instanceof Socket, `the socket was refused: ${String(socket)}`);
  return socket;
}
const since = (begun: number): number => (Date.now() - begun) / 1000;

test("whoever leaves an open page is told that the session ends, and then it ends", limit, async () => {
  const secretary = await staff();
  const socket = await listening(secretary);
  const begun = Date.now();
  await eventually("a warning", 4000, () => socket.texts.some((text) => /^{"type":"ending","seconds":[1-5]}$/.test(text)));
  const { code } = await socket.closed;
  assert.equal(code, 4401);
  assert.ok(since(begun) > STAFF_IDLE_S - 1.5 && since(begun) < STAFF_IDLE_S + 10, `after ${since(begun)} seconds`);
  assert.equal((await secretary.send("GET", "/account")).status, 303, "asked to sign in again");
  secretary.leave();
});

test("whoever is at the page stays signed in, and says so in a frame", limit, async () => {
  const secretary = await staff();
  const socket = await listening(secretary);
  const before = heads(witan).directory;
  const begun = Date.now();
  while (since(begun) < 2 * STAFF_IDLE_S) {
    socket.text({ type: "here" });
    await pause(500);
  }
  assert.ok(socket.isOpen, "signed out while being there");
  assert.ok(socket.texts.includes('{"type":"ending"}'), "the warning was not taken back");
  assert.equal(heads(witan).directory, before, "using a session is no event");
  assert.equal((await secretary.send("GET", "/account")).status, 200);
  assert.equal((await socket.closed).code, 4401, "and once nobody is there it ends");
  secretary.leave();
});

test("requests are use, over a restart of the gateway and of directory too", limit, async () => {
  const secretary = await staff();
  for (const part of ["gateway", "directory", "gateway"] as const) {
    const pid = witan.pid(part);
    process.kill(pid, "SIGTERM");
    await eventually(`${part} runs again`, 20_000, () => ![0, pid].includes(witan.pid(part)));
    await eventually("an answer", 20_000, async () => (await secretary.send("GET", "/account")).status === 200);
  }
  secretary.leave();
});

test("a member of the public side is not signed out, and sees when other devices were last used", limit, async () => {
  const desk = await member();
  const phone = await member();
  await phone.send("GET", "/");
  await pause(STAFF_IDLE_S * 1000 + 2000);
  const { status, text } = await desk.send("GET", "/account");
  assert.equal(status, 200);
  assert.equal(text.match(/Last used at /g)?.length, 1, "the other device's, not this one's");
  assert.equal((await phone.send("GET", "/account")).status, 200);
  desk.leave();
  phone.leave();
});
