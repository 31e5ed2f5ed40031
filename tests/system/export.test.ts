// What Witan holds about somebody, as they get it themselves: all of it, from every service, and nothing of anybody else.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Person, type JsonObject } from "./support/http.ts";
import { eventually } from "./support/wait.ts";
import { Witan } from "./support/witan.ts";
import { engagement, makeThings, type Things } from "./rights/things.ts";

const limit = { timeout: 180_000 };
let witan: Witan;
let things: Things;

before(async () => {
  const settings = ["gateway.http_requests_per_minute_signed_in=1000000", "gateway.http_requests_per_minute_anonymous=1000000", "gateway.sign_ins_per_minute=1000000"];
  witan = await Witan.start({ steps: "demo", settings });
  things = await makeThings(witan);
}, limit);
after(async () => {
  for (const person of Object.values(things.cast)) person.leave();
  await witan.stop();
});

interface Entry { service: string; kind: string; who: string; what: string; words: { field: string; text: string }[] }

test("holds what somebody did in every service with their own words, and nobody else's", limit, async () => {
  const { member, secretary } = things.cast;
  const comment = (text: string): JsonObject => ({ consultation: things.consultations.open, draft: 1, block: things.block, text });
  await eventually("consultations has heard of both", 20_000, async () => {
    const answers = await Promise.all([member.try("consultations.add_comment", comment("My own words.")), secretary.try("consultations.add_comment", comment("Words of another."))]);
    return answers.every(({ status }) => status === 200);
  });
  await new Person(witan).command("directory.request_password_reset", { email: "member@rights.example" });
  const before = (await member.send("GET", "/account/export.json")).body["history"] as unknown as Entry[];
  await member.command("advisory.log_engagement", engagement(things.ids.body));
  await member.command("directory.declare_interest", { person: things.ids.people["member"] ?? "", kind: "land", description: "A field that is mine" });
  const answer = await member.send("GET", "/account/export.json");
  assert.equal(answer.status, 200);
  assert.match(String(answer.headers["content-disposition"]), /^attachment; filename="witan-my-data\.json"$/);
  assert.equal(answer.headers["cache-control"], "no-store");
  const all = answer.body as unknown as { is_complete: boolean; history: Entry[]; account: { account: JsonObject[]; session: JsonObject[] }; seats: JsonObject[]; interests: { interest: JsonObject[] } };
  assert.equal(all.is_complete, true);
  assert.equal(all.account.account[0]?.["email"], "member@rights.example");
  assert.ok(all.account.session.length >= 1);
  assert.equal(all.seats.length, 1);
  const of = (kind: string): Entry[] => all.history.filter((entry) => entry.kind === kind);
  assert.ok(of("comment_added").some(({ who, words }) => who === "You" && words.some(({ text }) => text === "My own words.")));
  assert.ok(of("seat_filled").some(({ who }) => who === "Somebody else"));
  assert.equal(of("engagement_logged").length, before.filter(({ kind }) => kind === "engagement_logged").length + 1);
  assert.ok(of("mail_queued").some(({ what }) => what === "Wrote a mail: Set a new password"));
  assert.deepEqual(all.interests.interest.map(({ description }) => description), ["A field that is mine"]);
  assert.ok(of("person_registered").some(({ words }) => words.some(({ field, text }) => field === "email" && text === "member@rights.example")));
  assert.doesNotMatch(answer.text, /Words of another|argon2/);
  assert.doesNotMatch(answer.text, /"field":"(password|address_key)"/);

  const page = await member.send("GET", "/account/export.html");
  assert.equal(page.status, 200);
  assert.match(page.text, /My own words\./);
  assert.match(page.text, /A field that is mine/);
  assert.doesNotMatch(page.text, /Words of another|argon2/);
});

test("says that it is not all while a service does not answer", limit, async () => {
  process.kill(witan.pid("advisory"), "SIGSTOP");
  try {
    const answer = await things.cast.member.send("GET", "/account/export.json");
    assert.equal(answer.body["is_complete"], false);
    assert.deepEqual(answer.body["missing"], [{ name: "Advisory" }]);
  } finally {
    process.kill(witan.pid("advisory"), "SIGCONT");
  }
});

test("is for the person who is signed in only", limit, async () => {
  const visitor = new Person(witan);
  for (const path of ["/account/export.json", "/account/export.html"]) assert.equal((await visitor.send("GET", path)).status, 401);
  visitor.leave();
});
