// What comes and opens nothing (a cookie, a link, a form of one's own making, a wrong password) leaves a trace in the audit, and floods no log.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { head } from "./support/database.ts";
import { mailedToken } from "./rights/things.ts";
import { Person } from "./support/http.ts";
import { eventually, pause } from "./support/wait.ts";
import { Witan } from "./support/witan.ts";

const limit = { timeout: 60_000 };
let witan: Witan;
before(async () => {
  witan = await Witan.start({ steps: "demo", settings: ["gateway.session_use_report_ms=1000"] });
});
after(() => witan.stop());

const linesOf = async (administrator: Person): Promise<string> => (await administrator.send("GET", "/audit.csv?kind=strangers_came")).text;

test("cookies, links, forms and passwords that are forged or over are counted in the audit", limit, async () => {
  const administrator = await new Person(witan).signIn("administrator");
  const forged = "a".repeat(52);
  for (let n = 0; n < 3; n++) {
    const answer = await new Person(witan).send("GET", "/account", undefined, { cookie: `witan=${forged}` });
    assert.equal(answer.status, 303, "asked to sign in");
  }
  const left = await new Person(witan).signIn("member, Council of LEP Chairs");
  const cookie = left.cookie;
  await left.send("DELETE", "/api/v1/sessions");
  await new Person(witan).send("GET", "/account", undefined, { cookie });
  assert.equal((await new Person(witan).send("GET", `/link/${forged}`)).status, 200, "it says that the link is not known");
  assert.equal((await administrator.post("directory.rename_person", { name: "Eve" }, "forged-1", "forged")).body["code"], "form_expired");
  for (const email of ["nobody@example.org", "hilda@example.org"]) {
    const answer = await new Person(witan).send("POST", "/api/v1/sessions", JSON.stringify({ email, password: "a wrong password for all" }));
    assert.equal(answer.body["code"], "sign_in_failed");
  }
  let found = "";
  // Together, however many reports they came in: a password's hash takes its time.
  const counted = (words: RegExp): number => [...found.matchAll(words)].reduce((sum, [, count]) => sum + Number(count), 0);
  const counts = (): number[] => [/(\d+) cookies? of a session that has ended/g, /(\d+) links? that (?:is|are) unknown/g, /(\d+) forms? that (?:was|were) not given/g, /(\d+) tr(?:y|ies) to sign in with a wrong/g].map(counted);
  await eventually("lines in the audit", 10_000, async () => {
    found = await linesOf(administrator);
    return found.includes(" that is unknown") && counts().join() === "1,1,1,2";
  }).catch((late: unknown) => assert.fail(`${String(late)}: ${counts().join()}: ${found}`));
  assert.ok(!found.includes(forged), "the audit does not repeat it");
  assert.ok(!found.includes("nobody@example.org"), "nor whose address it was");
});

test("a link that is over and is opened is counted; whoever has just used one is not", limit, async () => {
  const administrator = await new Person(witan).signIn("administrator");
  const bodies = await administrator.list("bodies");
  const body = String(Object.values(bodies).find((row) => row["name"] === "Council of LEP Chairs")?.["body"]);
  const invited = async (email: string): Promise<{ link: string; token: string }> => {
    const { result } = await administrator.command("directory.create_seat", { body, role: "observer", title: `Observer, ${email}` });
    await administrator.command("directory.invite", { body, seat: result["seat"] ?? "", name: "Somebody", email });
    const { entities } = await administrator.view(`bodies/${body}`);
    const link = String(Object.values(entities).find((row) => row["link"] !== undefined && row["email"] === email)?.["link"]);
    return { link, token: await mailedToken({ cast: { administrator } }, email) };
  };
  const withdrawn = await invited("withdrawn@strangers.example");
  await administrator.command("directory.withdraw_invitation", { link: withdrawn.link });
  const used = await invited("used@strangers.example");
  const counted = async (): Promise<number> =>
    [...(await linesOf(administrator)).matchAll(/(\d+) links? that (?:is|are) unknown or over/g)].reduce((sum, found) => sum + Number(found[1]), 0);
  const before = await counted();
  const accept = { token: used.token, name: "Somebody", password: "a long enough password for this" };
  await new Person(witan).command("directory.accept_invitation", accept);
  assert.match((await new Person(witan).send("GET", `/link/${used.token}`)).text, /used/, "shown to whoever used it just now");
  assert.match((await new Person(witan).send("GET", `/link/${withdrawn.token}`)).text, /withdrawn/);
  await eventually("the withdrawn link in the audit", 10_000, async () => (await counted()) === before + 1);
  await pause(2500);
  assert.equal(await counted(), before + 1, "and only that one");
  await new Person(witan).send("GET", `/link/${used.token}`);
  await eventually("the used link in the audit, opened again later", 10_000, async () => (await counted()) === before + 2);
});

test("whoever tries three times to open papers that are not for them is named in the audit, and operators are told at once", limit, async () => {
  const administrator = await new Person(witan).signIn("administrator");
  const member = await new Person(witan).signIn("member, Council of LEP Chairs");
  const tries = (): number => witan.logged("warning").filter((line) => line.includes("refused_for_the_third_time")).length;
  // By the file, by its page, by the interface for programs: whichever way somebody tries.
  assert.equal((await member.send("GET", `/papers/${"a".repeat(26)}/file/1`)).status, 404);
  assert.equal((await member.send("GET", `/papers/${"b".repeat(26)}`)).status, 404);
  assert.equal(tries(), 0);
  assert.equal((await member.send("GET", `/api/v1/views/papers/${"c".repeat(26)}`)).status, 404);
  await eventually("a warning in the log", 5_000, () => tries() === 1);
  const [, name] = /Signed in as <\/span>([^<]+)</.exec((await member.send("GET", "/help")).text) ?? [];
  assert.ok(name);
  await eventually("a line in the audit", 10_000, async () => (await linesOf(administrator)).includes(`three times or more within an hour: ${name}`));
  // How long it takes tells nothing: no refusal goes out before its time.
  for (const address of ["papers/%/file/1", "papers/%", "api/v1/views/papers/%", "oparl/v1/papers/%"]) {
    const visitor = new Person(witan);
    const asked = performance.now();
    assert.equal((await visitor.send("GET", `/${address.replace("%", "d".repeat(26))}`)).status, 404);
    assert.ok(performance.now() - asked >= 9.5, address);
  }
});

test("however many come, the log grows by one event a report", limit, async () => {
  const before = head(witan, "directory");
  const begun = Date.now();
  for (let n = 0; n < 200; n++) await new Person(witan).send("GET", `/link/${String(n).padEnd(52, "a").replaceAll(/[0189]/g, "b")}`);
  await pause(1500);
  const seconds = (Date.now() - begun) / 1000;
  assert.ok(head(witan, "directory") - before <= seconds + 1, `${head(witan, "directory") - before} events in ${seconds} seconds`);
});
