// How a session is named and carried: a cookie that no other site's link brings along for staff, another name once its person may do
// more, and a ticket for each socket.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Person, type Answer } from "./support/http.ts";
import { Socket, ticketFor } from "./support/socket.ts";
import { Witan } from "./support/witan.ts";

const limit = { timeout: 60_000 };
let witan: Witan;
before(async () => {
  witan = await Witan.start({ steps: "demo" });
});
after(() => witan.stop());

const cookiesOf = (answer: Answer): string[] => answer.headers["set-cookie"] ?? [];
const named = (answer: Answer, name: string): string | undefined => cookiesOf(answer).find((cookie) => cookie.startsWith(`${name}=`));
const signIn = (role: string): Promise<Answer> => {
  const account = witan.accounts().find((one) => one.roles.includes(role)) ?? assert.fail(role);
  return new Person(witan).send("POST", "/sign-in", new URLSearchParams({ email: account.email, password: account.password, return_to: "/" }).toString(), { "content-type": "application/x-www-form-urlencoded" });
};
const fromElsewhere = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };

test("the cookie of staff is Strict, that of others Lax, and each is for the page alone", limit, async () => {
  const ways = { "SameSite=Strict": await signIn("secretary, Council of LEP Chairs"), "SameSite=Lax": await signIn("member, Council of LEP Chairs") };
  for (const [sameSite, answer] of Object.entries(ways)) {
    assert.equal(answer.status, 303);
    assert.ok(named(answer, "witan")?.endsWith(sameSite), named(answer, "witan"));
    for (const cookie of cookiesOf(answer)) assert.match(cookie, /^[a-z-]+=[^;]+; Path=\/; Max-Age=\d+; HttpOnly; SameSite=(Lax|Strict)$/);
  }
  assert.ok(named(ways["SameSite=Strict"], "witan-staff")?.startsWith("witan-staff=1;"), "the browser is known as one of staff");
  assert.equal(named(ways["SameSite=Lax"], "witan-staff"), undefined);
});

test("a link from another site is opened once more in a browser of staff, and only there", limit, async () => {
  const browser = new Person(witan);
  const first = await browser.send("GET", "/meetings?saved=later", undefined, { ...fromElsewhere, cookie: "witan-staff=1" });
  assert.equal(first.status, 200);
  assert.equal(first.headers["refresh"], "0; url=/meetings?saved=later");
  assert.match(first.text, /<a class="govuk-button" href="\/meetings\?saved&#x3D;later">|<a class="govuk-button" href="\/meetings\?saved=later">/);
  assert.match(named(first, "witan-staff") ?? "", /^witan-staff=; Path=\/; Max-Age=0/, "it would go round and round where nobody is signed in");
  const usual = async (what: string, headers: { [name: string]: string }, path = "/meetings"): Promise<void> => {
    assert.equal((await browser.send("GET", path, undefined, headers)).headers["refresh"], undefined, what);
  };
  await usual("without the mark", fromElsewhere);
  await usual("from a page of our own", { ...fromElsewhere, "sec-fetch-site": "same-origin", cookie: "witan-staff=1" });
  await usual("typed", { ...fromElsewhere, "sec-fetch-site": "none", cookie: "witan-staff=1" });
  await usual("by script", { ...fromElsewhere, "sec-fetch-mode": "no-cors", cookie: "witan-staff=1" });
  await usual("with the session", { ...fromElsewhere, cookie: `witan-staff=1; ${(await new Person(witan).signIn("secretary, Council of LEP Chairs")).cookie}` });
  for (const path of ["//elsewhere.example/x", "/%2Felsewhere.example/x", "/%5Celsewhere.example/x"]) await usual(`to another site by ${path}`, { ...fromElsewhere, cookie: "witan-staff=1" }, path);
  await usual("of the interface", { ...fromElsewhere, cookie: "witan-staff=1" }, "/api/v1/views/meetings");
  browser.leave();
});

test("a page of staff marks a browser that has lost its mark", limit, async () => {
  const secretary = await new Person(witan).signIn("secretary, Council of LEP Chairs");
  assert.ok(named(await secretary.send("GET", "/meetings"), "witan-staff"));
  assert.equal(named(await secretary.send("GET", "/meetings", undefined, { cookie: `${secretary.cookie}; witan-staff=1` }), "witan-staff"), undefined);
  const member = await new Person(witan).signIn("member, Council of LEP Chairs");
  assert.deepEqual(cookiesOf(await member.send("GET", "/meetings")), []);
});

test("whoever may do more gets another name for the session with the next page, and the earlier one opens nothing", limit, async () => {
  const administrator = await new Person(witan).signIn("administrator");
  const member = await new Person(witan).signIn("member, Clean growth advisory group");
  const { cookie } = member;
  const id = String((await member.send("GET", "/account")).text.match(/"person":"([^"]+)"/)?.[1]);
  assert.equal(member.cookie, cookie, "as long as nothing has changed it stays");
  const socket = await Socket.open(witan.port, { Origin: witan.origin, Cookie: cookie });
  assert.ok(socket instanceof Socket);
  await administrator.command("directory.grant_office", { person: id, office: "auditor" });

  assert.equal((await member.try("directory.end_session", { session: "a".repeat(52) })).status, 404, "a command goes on under the name that it came with");
  assert.equal(member.cookie, cookie);
  const renewed = await member.send("GET", "/account");
  assert.equal(renewed.status, 200);
  assert.notEqual(member.cookie, cookie);
  assert.match(named(renewed, "witan") ?? "", /SameSite=Strict$/);
  assert.equal((await socket.closed).code, 4401, "a socket that was opened under the earlier name");
  const stranger = new Person(witan);
  stranger.cookie = cookie;
  assert.equal((await stranger.send("GET", "/account")).status, 303, "whoever knew the earlier name is signed out");
  assert.equal((await member.send("GET", "/audit")).status, 200, "and the person may do what they may");
  const now = member.cookie;
  await member.send("GET", "/account");
  assert.equal(member.cookie, now, "once is enough");
  await administrator.command("directory.withdraw_office", { person: id, office: "auditor" });
  await member.send("GET", "/account");
  assert.equal(member.cookie, now, "and whoever may do less keeps it");
  for (const person of [administrator, member, stranger]) person.leave();
});

test("a program that names its session by a token keeps it", limit, async () => {
  const administrator = await new Person(witan).signIn("administrator");
  const member = await new Person(witan).signIn("member, Ageing society advisory group");
  const id = String((await member.send("GET", "/account")).text.match(/"person":"([^"]+)"/)?.[1]);
  await administrator.command("directory.grant_office", { person: id, office: "auditor" });
  const program = new Person(witan);
  const bearer = { authorization: `Bearer ${member.cookie.split("=")[1]}` };
  for (let i = 0; i < 2; ++i) assert.equal((await program.send("GET", "/audit", undefined, bearer)).status, 200);
  await administrator.command("directory.withdraw_office", { person: id, office: "auditor" });
});

test("a socket in somebody's name takes a ticket of theirs that was not used", limit, async () => {
  const member = await new Person(witan).signIn("member, Council of LEP Chairs");
  const other = await new Person(witan).signIn("secretary, Council of LEP Chairs");
  const headers = { Origin: witan.origin, Cookie: member.cookie };
  const open = (protocols: string): Promise<Socket | number> => Socket.open(witan.port, { ...headers, "Sec-WebSocket-Protocol": protocols });
  const ticket = await ticketFor(witan.port, headers);
  assert.match(ticket ?? "", /^[a-z2-7]{52}$/);
  assert.equal(await open("witan.live.1"), 403, "without one");
  assert.equal(await open(`witan.live.1, ticket.${"a".repeat(52)}`), 403, "with one that nobody was given");
  assert.equal(await open(`witan.live.1, ticket.${await ticketFor(witan.port, { Cookie: other.cookie })}`), 403, "with somebody else's");
  const socket = await open(`witan.live.1, ticket.${ticket}`);
  assert.ok(socket instanceof Socket);
  assert.equal(await open(`witan.live.1, ticket.${ticket}`), 403, "a second time");
  assert.equal(await ticketFor(witan.port, { Cookie: "" }), undefined, "a visitor is given none");
  assert.ok((await Socket.open(witan.port, { Origin: witan.origin })) instanceof Socket, "and needs none");
  for (const origin of ["https://elsewhere.example", "null", ""]) {
    assert.equal((await member.send("POST", "/live/ticket", undefined, origin === "" ? {} : { origin })).status, 403, `asked for from ${origin || "nowhere"}`);
  }
  socket.cut();
  for (const person of [member, other]) person.leave();
});

test("no more comments than somebody can read are taken from one person", limit, async () => {
  const member = await new Person(witan).signIn("member, Council of LEP Chairs");
  const consultations = (await member.list("consultations"));
  const open = Object.values(consultations).find((row) => row["state_label"] === "Open") ?? assert.fail("none is open");
  const consultation = String(open["consultation"]);
  const draft = Number(open["draft"] ?? open["drafts"] ?? 1);
  const blocks = Object.values((await member.view(`drafts/${consultation}/${draft}`)).entities);
  const block = String(blocks.find((row) => row["takes_comments"] !== false && row["block"] !== undefined && row["has_comments"] === true)?.["block"]);
  const write = (): Promise<Answer> => member.try("consultations.add_comment", { consultation, draft, block, text: "Again." });
  const statuses: number[] = [];
  for (let i = 0; i < 6; ++i) statuses.push((await write()).status);
  assert.deepEqual(statuses, [200, 200, 200, 200, 200, 429]);
  const refused = await write();
  assert.equal(refused.body["code"], "rate_limited");
  assert.ok(Number(refused.headers["retry-after"]) > 30, "it says when to come back");
  member.leave();
});
