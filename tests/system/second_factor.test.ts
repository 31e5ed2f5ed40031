/// Whoever can do much signs in with two factors: nothing that their role lets them do is theirs before.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { totp } from "../support/totp.ts";
import { newId, Person, type Answer, type JsonObject } from "./support/http.ts";
import { Witan } from "./support/witan.ts";

const limit = { timeout: 120_000 };
const email = "alban@second-factor.example", password = "kettle orbit velvet harbour";
const secret_key = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const secret_codes = Array.from({ length: 10 }, (_, n) => `7kd2m-x9q4${n}`);
let witan: Witan;
let me: Person;
let id = "";

before(async () => {
  witan = await Witan.start({ steps: "none" });
  const token = /\/link\/(\S+)$/m.exec(witan.said)?.[1] ?? "";
  const accepted = await new Person(witan).command("directory.accept_invitation", { token, name: "Alban", email, password });
  id = accepted.result["person"] ?? "";
  me = await new Person(witan).signInWith(email, password);
}, limit);
after(() => witan.stop());

const establish = (who: Person): Promise<Answer> => who.try("directory.establish_body", { name: "Council", kind: "council" });
const signIn = (body: JsonObject): Promise<Answer> => new Person(witan).send("POST", "/api/v1/sessions", JSON.stringify(body));
const step = async (): Promise<string> => String((await signIn({ email, password })).body["ticket"]);

test("without one an administrator is like anybody, and the pages say what to do", limit, async () => {
  assert.equal((await establish(me)).status, 403);
  assert.equal((await me.send("GET", "/people")).status, 404);
  assert.equal((await me.send("GET", "/audit")).status, 404);
  assert.match((await me.send("GET", "/")).text, /Your role needs an authenticator app/);
});

test("with one the office is theirs, in the same session", limit, async () => {
  const set = await me.try("directory.set_second_factor", { current_password: password, secret_key, secret_codes: secret_codes.join(" "), code: totp(secret_key, -1) });
  assert.equal(set.status, 200, set.text);
  assert.equal((await establish(me)).status, 200);
  assert.doesNotMatch((await me.send("GET", "/")).text, /Your role needs/);
});

test("signing in takes both, and each code once", limit, async () => {
  const first = await signIn({ email, password });
  assert.equal(first.status, 401);
  assert.equal(first.body["code"], "second_factor_needed");
  assert.equal(first.headers["set-cookie"], undefined);
  const ticket = String(first.body["ticket"]);
  assert.equal((await signIn({ ticket, code: "000000" })).body["code"], "code_wrong");
  assert.equal((await signIn({ ticket: "A".repeat(200), code: totp(secret_key) })).body["code"], "form_expired");
  const code = totp(secret_key);
  const done = await signIn({ ticket, code });
  assert.equal(done.status, 200, done.text);
  assert.equal((await signIn({ ticket: await step(), code })).body["code"], "code_wrong");
  assert.equal((await signIn({ ticket: await step(), code: secret_codes[0] ?? "" })).status, 200);
  assert.equal((await signIn({ ticket: await step(), code: secret_codes[0] ?? "" })).body["code"], "code_wrong");
});

test("only the gateway names a session", limit, async () => {
  const args = { ticket: await step(), code: secret_codes[1] ?? "", session: "s".repeat(52) };
  for (const who of [me, new Person(witan)]) assert.equal((await who.try("directory.finish_sign_in", args)).body["code"], "unknown_command");
  assert.equal((await me.send("POST", "/do/directory.finish_sign_in", new URLSearchParams({ ...args, command_id: newId() }).toString(), { "content-type": "application/x-www-form-urlencoded" })).status, 403);
});

test("guessing is slowed down, whoever guesses", limit, async () => {
  const ticket = await step();
  const answers: Answer[] = [];
  for (let i = 0; i < 6; ++i) answers.push(await signIn({ ticket, code: "111111" }));
  const last = answers.at(-1);
  assert.equal(last?.status, 429);
  assert.ok(Number(last?.body["retry_after_s"]) >= 1);
});

test("without it the office is theirs no more, at once", limit, async () => {
  const removed = await me.try("directory.remove_second_factor", { person: id, current_password: password, present_code: secret_codes[2] ?? "" });
  assert.equal(removed.status, 200, removed.text);
  assert.equal((await establish(me)).status, 403);
  assert.equal((await signIn({ email, password })).status, 200);
});

test("neither the key nor a recovery code is in any file", limit, () => {
  const files = readdirSync(witan.data, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const { parentPath, name } of files) {
    const bytes = readFileSync(join(parentPath, name));
    for (const word of [secret_key, ...secret_codes]) assert.ok(!bytes.includes(word), `${word} in ${name}`);
  }
  assert.ok(files.some(({ name }) => name === "directory.sqlite"));
});
