import assert from "node:assert/strict";
import { before } from "node:test";
import { totp } from "../support/totp.ts";
import { act } from "./support/act.ts";
import { looksRight, looksRightUnfolded } from "./support/looks.ts";
import type { Person } from "./support/person.ts";
import type { Account } from "./support/system.ts";

act("an authenticator app", (witan) => {
  let accounts: Account[];

  before(() => {
    accounts = [witan.system.holder("member, Clean growth advisory group"), witan.system.holder("secretary, Council of LEP Chairs")];
  });

  async function signsOut(person: Person): Promise<void> {
    const { page } = person;
    await page.getByRole("button", { name: "Sign out", exact: true }).click();
    await person.isTold("You are signed out.");
    await page.getByRole("link", { name: "Sign in" }).waitFor();
  }

  /** The first step; the second one is asked for. */
  async function startsToSignIn({ page }: Person, { email, password }: Account): Promise<void> {
    await page.goto("/sign-in?return_to=/groups");
    await page.getByLabel("E-mail address").fill(email);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: "Enter your code" }).waitFor();
  }

  async function entersCode({ page }: Person, code: string): Promise<void> {
    await page.getByLabel("Code", { exact: true }).fill(code);
    await page.getByRole("button", { name: "Sign in" }).click();
  }

  for (const [n, script] of [true, false].entries()) {
    witan.scene(`is set up, asked for and removed ${script ? "with" : "without"} script`, async () => {
      const account = accounts[n]!;
      const called = script ? "with" : "without";
      const person = await witan.signedIn(account, { script, width: script ? 1280 : 320 });
      const { page } = person;
      person.expects(/status of 401|status of 422/);
      await page.goto("/account");
      await page.getByRole("link", { name: "Set up an authenticator app" }).click();
      const key = await page.locator(".app-key").innerText();
      const codes = await page.locator(".app-codes li").allInnerTexts();
      assert.equal(codes.length, 10);
      await looksRight(person, `second-factor-${called}-script`);

      const confirms = async (code: string): Promise<void> => {
        await page.getByLabel("The six digits that the app shows").fill(code);
        await page.getByLabel("Your password").fill(account.password);
        await page.getByRole("button", { name: "Use this app from now on" }).click();
      };
      await confirms("000000");
      await page.locator("#error-summary").getByText(/not the code that the app shows/).waitFor();
      assert.equal(await page.locator(".app-key").innerText(), key, "the key that the person has scanned stays");
      assert.deepEqual(await page.locator(".app-codes li").allInnerTexts(), codes);
      await looksRight(person, `second-factor-refused-${called}-script`);
      await confirms(totp(key, -1));
      await person.isTold("Your authenticator app is set up. You are signed out everywhere else.");
      await page.getByText(/Recovery codes that you have not used: 10/).waitFor();
      await looksRightUnfolded(person, `account-second-factor-${called}-script`);

      await signsOut(person);
      await startsToSignIn(person, account);
      await looksRight(person, `sign-in-code-${called}-script`);
      await entersCode(person, "123456");
      await page.locator("#error-summary").getByText(/This code is not right/).waitFor();
      await looksRight(person, `sign-in-code-refused-${called}-script`);
      await entersCode(person, totp(key));
      await page.getByText(`Signed in as ${account.name}`).waitFor();
      assert.equal(new URL(page.url()).pathname, "/groups", "back where they were");

      await signsOut(person);
      await startsToSignIn(person, account);
      await entersCode(person, codes[0] ?? "");
      await page.getByText(`Signed in as ${account.name}`).waitFor();
      await page.goto("/account");
      await page.getByText(/Recovery codes that you have not used: 9/).waitFor();
      await page.getByRole("link", { name: "Get new recovery codes" }).click();
      assert.notDeepEqual(await page.locator(".app-codes li").allInnerTexts(), codes);
      await looksRight(person, `recovery-codes-${called}-script`);
      await page.getByLabel("A code from the app").fill(totp(key, 1));
      await page.getByLabel("Your password").fill(account.password);
      const fresh = await page.locator(".app-codes li").allInnerTexts();
      await page.getByRole("button", { name: "I have saved them" }).click();
      await page.getByText(/Recovery codes that you have not used: 10/).waitFor();

      await page.getByText("Stop using an authenticator app").click();
      await page.getByLabel("A code from the app").fill(fresh[0] ?? "");
      await page.getByLabel("Your password", { exact: true }).fill(account.password);
      await page.getByRole("button", { name: "Remove the app" }).click();
      await person.isTold("The authenticator app is removed from your account.");
      await page.getByRole("link", { name: "Set up an authenticator app" }).waitFor();
      await signsOut(person);
      await person.signIn(account);
    });
  }
});
