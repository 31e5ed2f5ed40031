// Signing in with an account elsewhere: at a real OpenID provider, which is another site to the browser.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before } from "node:test";
import { CLIENT, OpenidProvider } from "../../web-client/test/support/openid_provider.ts";
import { act } from "./support/act.ts";
import { looksRight } from "./support/looks.ts";
import type { Person } from "./support/person.ts";
import type { Account } from "./support/system.ts";

const NAME = "Example login";
let provider: OpenidProvider;

async function setup(): Promise<{ settings: string[]; secrets: Record<string, string> }> {
  provider = await OpenidProvider.listen();
  return {
    settings: [`directory.openid_issuer=${provider.issuer}`, `directory.openid_client_id=${CLIENT.id}`, `gateway.openid_name=${NAME}`],
    secrets: { "openid-client-secret": CLIENT.secret },
  };
}

/** A sign-in that a script, and not a browser, is sent on: the cookie that binds it, and what the provider is asked. */
interface Begun {
  cookie: string;
  asked: URLSearchParams;
}

act("an account elsewhere", (witan) => {
  let account: Account;
  let another: Account;

  before(() => {
    provider.knows(`${witan.system.url}/sign-in/openid`);
    account = witan.system.holder("member, Clean growth advisory group");
    another = witan.system.holder("secretary, Council of LEP Chairs");
  });
  after(() => provider.stop());

  async function comes(script = true): Promise<Person> {
    const person = await witan.visitor({ script });
    // The provider's form would have a font from far away.
    await person.context.route("https://fonts.googleapis.com/**", (route) => route.fulfill({ contentType: "text/css", body: "" }));
    return person;
  }

  async function signsInThere({ page }: Person, login: string): Promise<void> {
    await page.getByPlaceholder("Enter any login").fill(login);
    await page.getByPlaceholder("and password").fill("whatever it is");
    await page.getByRole("button", { name: "Sign-in" }).click();
    await page.getByRole("button", { name: "Continue" }).click();
  }

  async function links(person: Person, login: string, password = account.password): Promise<void> {
    await person.page.goto("/account");
    await person.page.getByLabel("Your Witan password").fill(password);
    await person.page.getByRole("button", { name: `Link your ${NAME} account` }).click();
    await signsInThere(person, login);
  }

  const signsOut = async ({ page }: Person): Promise<void> => {
    await page.getByRole("button", { name: "Sign out", exact: true }).click();
    await page.getByRole("link", { name: "Sign in" }).waitFor();
  };

  const signsIn = async ({ page }: Person, from = "/sign-in"): Promise<void> => {
    await page.goto(from);
    await page.getByRole("button", { name: `Sign in with ${NAME}` }).click();
  };

  for (const script of [true, false]) {
    witan.scene(`opens one's own once it is linked, and not after it is unlinked, ${script ? "with" : "without"} script`, async () => {
      const person = await comes(script);
      const { page } = person;
      person.expects(/status of (401|422)/);
      await signsIn(person);
      await signsInThere(person, `hilda ${script}`);
      await page.locator("#error-summary").getByText("Witan does not know whose account this is.").waitFor();
      await looksRight(person, `openid-not-linked-${script}`);

      await person.signIn(account);
      await page.goto("/account");
      await page.getByLabel("Your Witan password").fill("not the password");
      await page.getByRole("button", { name: `Link your ${NAME} account` }).click();
      await page.locator("#error-summary").getByText("This is not your password as it is now.").waitFor();
      await looksRight(person, `openid-link-refused-${script}`);
      await page.getByLabel("Your Witan password").fill(account.password);
      await page.getByRole("button", { name: `Link your ${NAME} account` }).click();
      await page.getByText(`Your ${NAME} account has been linked since`).waitFor();   // signed in there already
      assert.equal(new URL(page.url()).pathname, "/account");
      await looksRight(person, `openid-linked-${script}`);

      await signsOut(person);
      await signsIn(person, "/sign-in?return_to=/groups");
      await page.getByText(`Signed in as ${account.name}`).waitFor();
      assert.equal(new URL(page.url()).pathname, "/groups");
      const kept = await person.context.cookies(witan.system.url);
      assert.deepEqual(kept.map(({ name }) => name).filter((name) => name !== "witan-device"), ["witan"], "what bound the way there is gone");

      await page.goto("/account");
      await page.getByRole("button", { name: `Unlink your ${NAME} account` }).click();
      await page.getByRole("button", { name: `Link your ${NAME} account` }).waitFor();
      await signsOut(person);
      await signsIn(person);
      await page.locator("#error-summary").getByText("Witan does not know whose account this is.").waitFor();
      assert.ok(await page.getByLabel("E-mail address").isVisible(), "the other way to sign in is at hand");
    });
  }

  witan.scene("is on the way for a page of our own, because a browser holds a form to the places that it may be sent to", async () => {
    const person = await comes();
    const policies: string[] = [];
    const isTheProvider = (url: URL): boolean => url.origin === provider.issuer;
    person.page.on("response", async (response) => {
      if (new URL(response.url()).pathname === "/sign-in/openid" && response.request().method() === "POST") {
        policies.push((await response.headerValue("content-security-policy")) ?? "");
      }
    });
    await person.context.route(isTheProvider, (route) => route.fulfill({ status: 204 }));   // which leaves the browser where it is
    await signsIn(person);
    await person.page.getByRole("heading", { name: `Go on to ${NAME}` }).waitFor();
    await looksRight(person, "openid-go");
    await person.context.unroute(isTheProvider);
    await person.page.getByRole("link", { name: `Go on to ${NAME}` }).click();
    await person.page.getByPlaceholder("Enter any login").waitFor();
    assert.match(policies[0] ?? "", /form-action 'self'/);
  });

  witan.scene("of one person's is nobody else's, and a cancelled sign-in changes nothing", async () => {
    const hilda = await comes();
    await hilda.signIn(account);
    await links(hilda, "shared");
    await hilda.page.getByText(`Your ${NAME} account has been linked since`).waitFor();
    const other = await comes();
    other.expects(/status of (401|409)/);
    await other.signIn(another);
    await links(other, "shared", another.password);
    await other.page.locator("#error-summary").getByText("linked to somebody else's account").waitFor();
    const administrator = await witan.signedIn(witan.system.holder("administrator"));
    await administrator.page.goto("/people");
    await administrator.page.getByRole("link", { name: account.name }).click();
    await administrator.page.getByRole("button", { name: "Unlink their other account" }).click();
    await administrator.page.getByRole("button", { name: "Unlink their other account" }).waitFor({ state: "detached" });
    await hilda.page.getByRole("button", { name: `Link your ${NAME} account` }).waitFor();   // live
    await signsOut(other);
    await other.context.clearCookies({ domain: "localhost" });
    await signsIn(other);
    await other.page.getByRole("link", { name: "[ Cancel ]" }).click();
    await other.page.locator("#error-summary").getByText("did not confirm who you are").waitFor();
    await looksRight(other, "openid-cancelled");
  });

  async function begins(): Promise<Begun> {
    const answer = await fetch(`${witan.system.url}/sign-in/openid`, {
      method: "POST", headers: { "content-type": "application/x-www-form-urlencoded", origin: witan.system.url }, body: "return_to=/groups",
    });
    assert.equal(answer.status, 200, await answer.clone().text());
    assert.equal(answer.headers.get("cache-control"), "no-store");
    const cookie = answer.headers.get("set-cookie") ?? "";
    assert.match(cookie, /^witan-openid=[a-z2-7]{52}\.sign-in\.%2Fgroups; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax$/);
    const location = new URL((answer.headers.get("refresh") ?? "").replace(/^0; url=/, ""));
    assert.equal(location.origin, provider.issuer);
    return { cookie: cookie.split(";")[0] ?? "", asked: location.searchParams };
  }

  /** The status, and the words of the error summary. */
  async function comesBack({ cookie }: Begun, query: Record<string, string>): Promise<[number, string]> {
    const answer = await fetch(`${witan.system.url}/sign-in/openid?${new URLSearchParams(query)}`, { headers: { cookie }, redirect: "manual" });
    assert.match(answer.headers.get("set-cookie") ?? "", /witan-openid=; Path=\/; Max-Age=0/, "the way there is over");
    assert.doesNotMatch(answer.headers.get("set-cookie") ?? "", /witan=[a-z2-7]/, "nobody is signed in");
    return [answer.status, /<li>(.*)<\/li>/.exec(await answer.text())?.[1] ?? ""];
  }

  witan.scene("opens nothing for a state that is forged, used or another browser's, nor for another issuer's code", async () => {
    const begun = await begins();
    const state = begun.asked.get("state") ?? "";
    assert.equal(begun.asked.get("code_challenge_method"), "S256");
    const forged = "a".repeat(52);
    const [status, words] = await comesBack(begun, { code: "a code", state: forged });
    assert.equal(status, 410);
    assert.match(words, /another browser, or more than 10 minutes ago/);
    assert.equal((await comesBack({ ...begun, cookie: "" }, { code: "a code", state }))[0], 410);
    assert.equal((await comesBack({ ...begun, cookie: `witan-openid=${forged}.sign-in.%2F` }, { code: "a code", state: forged }))[0], 410, "never drawn");
    assert.equal((await comesBack(begun, { error: "access_denied", state }))[0], 401);
    assert.equal((await comesBack(begun, { code: "a code", state, iss: provider.issuer }))[0], 401, "the provider never gave this code");
    assert.equal((await comesBack(begun, { code: "a code", state, iss: provider.issuer }))[0], 410, "a state is good once");
    const mixed = await begins();
    assert.equal((await comesBack(mixed, { code: "a code", state: mixed.asked.get("state") ?? "", iss: "https://evil.example" }))[0], 502);
    const silent = await begins();
    assert.equal((await comesBack(silent, { code: "a code", state: silent.asked.get("state") ?? "" }))[0], 502, "the provider promised to say who it is");
    const crossSite = await fetch(`${witan.system.url}/sign-in/openid`, {
      method: "POST", headers: { "content-type": "application/x-www-form-urlencoded", origin: "https://evil.example" }, body: "",
    });
    assert.equal(crossSite.status, 403);
  });

  witan.scene("that does not answer is said so within seconds, while passwords go on working", async () => {
    const begun = await Promise.all(Array.from({ length: 4 }, begins));
    provider.falls(true);
    try {
      const asked = Date.now();
      const answers = begun.map((each) => comesBack(each, { code: "a code", state: each.asked.get("state") ?? "", iss: provider.issuer }));
      const person = await comes();
      await person.signIn(account);
      const [status, words] = await answers[0]!;
      assert.equal(status, 503);
      assert.match(words, /does not answer/);
      assert.ok(Date.now() - asked < 10_000);
      assert.deepEqual((await Promise.all(answers)).map(([each]) => each), [503, 503, 503, 503]);
    } finally {
      provider.falls(false);
    }
  });

  witan.scene("is tried no more often than passwords are, and what goes wrong is in the log", async () => {
    let status = 0;
    for (let tries = 0; tries < 100 && status !== 429; ++tries) status = (await fetch(`${witan.system.url}/sign-in/openid?code=x&state=y`)).status;
    assert.equal(status, 429);
    const logs = join(witan.system.folder, "data/log");
    const said = readdirSync(logs).map((name) => readFileSync(join(logs, name), "utf8")).join("");
    assert.ok(said.includes("the token endpoint answered"));
  });
}, setup);
