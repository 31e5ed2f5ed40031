// Who asks whether somebody has an account learns nothing: not from an answer's status, its headers, its words or its length.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Person, type Answer } from "./support/http.ts";
import { Witan } from "./support/witan.ts";

const wrong = "wrong, but long enough";
let witan: Witan;
let visitor: Person;

before(async () => {
  witan = await Witan.start({ steps: "demo", settings: ["gateway.sign_ins_per_minute=100000", "gateway.http_requests_per_minute_anonymous=100000"] });
  visitor = new Person(witan);
});
after(async () => {
  visitor.leave();
  await witan.stop();
});

/// An answer without what is drawn anew for each: its trace, its date, the nonces of a page's forms; without the address that
/// was typed, which a page shows again; and without how many seconds are left to wait.
function comparable(answer: Answer, email: string): unknown {
  const { date: _, "content-length": length, ...headers } = answer.headers;
  assert.equal(Number(length), Buffer.byteLength(answer.text));
  const text = answer.text
    .replaceAll(email, "EMAIL")
    .replaceAll(/\b[a-z2-7]{26}\b/g, "DRAWN")
    .replaceAll(/Wait \d+ seconds?|"retry_after_s":\d+/g, "WAIT");
  if (headers["retry-after"] !== undefined) headers["retry-after"] = "WAIT";
  return { status: answer.status, headers, text };
}

interface Way {
  name: string;
  send: (email: string, password: string) => Promise<Answer>;
}
const form = (accept: string) => (email: string, password: string): Promise<Answer> =>
  visitor.send("POST", "/sign-in", new URLSearchParams({ email, password, return_to: "/meetings" }).toString(), {
    ...{ accept, "content-type": "application/x-www-form-urlencoded" },
  });
const ways: Way[] = [
  { name: "by program", send: (email, password) => visitor.send("POST", "/api/v1/sessions", JSON.stringify({ email, password })) },
  { name: "by a form without script", send: form("text/html") },
  { name: "by a form with script", send: form("application/json") },
];

/// Somebody known, who has signed in just now and so has no wrong tries behind them.
async function somebodyKnown(index: number): Promise<string> {
  const account = witan.accounts()[index];
  assert.ok(account);
  assert.equal((await ways[0]?.send(account.email, account.password))?.status, 200);
  return account.email;
}

/// The next try is slowed down, or on a slow machine one that follows: the wait doubles.
async function untilSlowedDown(send: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 0; tries < 6; ++tries) {
    const answer = await send();
    if (answer.status !== 401) return answer;
  }
  return assert.fail("guessing was never slowed down");
}

ways.forEach(({ name, send }, index) => {
  test(`an unknown address, a wrong password and too many of them are answered alike (${name})`, { timeout: 120_000 }, async () => {
    const known = await somebodyKnown(index);
    const unknown = `${"x".repeat(known.indexOf("@") - 1)}${index}${known.slice(known.indexOf("@"))}`;
    assert.equal(unknown.length, known.length);
    const answers: { [email: string]: Answer[] } = { [known]: [], [unknown]: [] };
    for (let tries = 0; tries < 3; ++tries) {
      for (const email of tries % 2 === 0 ? [known, unknown] : [unknown, known]) answers[email]?.push(await send(email, wrong));
    }
    for (const email of [known, unknown]) answers[email]?.push(await untilSlowedDown(() => send(email, wrong)));
    const of = (email: string): unknown[] => (answers[email] ?? []).map((answer) => comparable(answer, email));
    assert.deepEqual((answers[known] ?? []).map(({ status }) => status), [401, 401, 401, 429]);
    assert.deepEqual(of(known), of(unknown));
  });
});

test("somebody without a password yet is answered like somebody unknown", async () => {
  const administrator = await new Person(witan).signIn("administrator");
  const email = "without.password@example.org";
  await administrator.command("directory.register_person", { name: "Nobody Yet", email });
  for (const { send } of ways) {
    const unknown = email.replace("without", "unknown");
    assert.deepEqual(comparable(await send(email, wrong), email), comparable(await send(unknown, wrong), unknown));
  }
  administrator.leave();
});

test("asking for a new password is answered alike for an address with an account and one without, and nothing can be looked up", { timeout: 60_000 }, async () => {
  const known = await somebodyKnown(5);
  const unknown = `${"y".repeat(known.indexOf("@"))}${known.slice(known.indexOf("@"))}`;
  const asks: ((email: string) => Promise<Answer>)[] = [
    (email) => visitor.send("POST", "/api/v1/commands", JSON.stringify({ id: `reset-${email.replace(/[^a-z]/g, "")}`, name: "directory.request_password_reset", args: { email } })),
    ...["text/html", "application/json"].map((accept) => (email: string) =>
      visitor.send("POST", "/do/directory.request_password_reset", new URLSearchParams({ email, command_id: `form-${accept === "text/html" ? "html" : "json"}-${email.startsWith("y") ? 1 : 0}`, form: "ask", on_page: "/forgotten-password", return_to: "/forgotten-password/sent" }).toString(), {
        ...{ accept, "content-type": "application/x-www-form-urlencoded" },
      })),
  ];
  for (const ask of asks) {
    const [one, other] = [await ask(known), await ask(unknown)];
    assert.ok(one.status === 200 || one.status === 303, one.text);
    assert.deepEqual(comparable(one, known), comparable(other, unknown));
  }
});
