import assert from "node:assert/strict";
import { before } from "node:test";
import { act } from "./support/act.ts";
import { looksRight } from "./support/looks.ts";
import type { Person } from "./support/person.ts";
import type { Account } from "./support/system.ts";

const NEW_PASSWORD = "kettle orbit velvet harbour";

act("one's own account", (witan) => {
  let account: Account;

  before(() => {
    account = witan.system.holder("member, Clean growth advisory group");
  });

  const others = ({ page }: Person) => page.getByRole("button", { name: /^Sign out there/ });

  async function signsOutElsewhere({ page }: Person): Promise<void> {
    await page.getByRole("button", { name: "Sign out everywhere else" }).click();
  }

  witan.scene("shows where one is signed in, live, and a session ended there is over here at once", async () => {
    const phone = await witan.signedIn(account, { width: 320 });
    await phone.follow("/groups");
    const desk = await witan.signedIn(account);
    await desk.follow("/account");
    await desk.page.getByText("This device").waitFor();
    assert.equal(await others(desk).count(), 1);
    const tablet = await witan.signedIn(account);
    await desk.page.waitForFunction(() => document.querySelectorAll(".app-session").length === 3);
    await looksRight(desk, "account-sessions");

    await others(desk).first().click();   // the newest of the others
    await desk.page.waitForFunction(() => document.querySelectorAll(".app-session").length === 2);
    await tablet.page.goto("/");
    await tablet.page.getByRole("link", { name: "Sign in" }).waitFor();
    await desk.staysOnThePage();

    phone.expects(/WebSocket|4401|status of 401/);
    await signsOutElsewhere(desk);
    await desk.isTold("You are signed out everywhere else.");
    await phone.page.getByText("You have been signed out.").first().waitFor();
    await desk.page.waitForFunction(() => document.querySelectorAll(".app-session").length === 1);
    await desk.staysOnThePage();
  });

  witan.scene("is nobody else's to see", async () => {
    const visitor = await witan.visitor();
    await visitor.page.goto("/account");
    assert.equal(new URL(visitor.page.url()).pathname, "/sign-in");
    const me = await witan.signedIn(account);
    const other = await witan.signedIn(witan.system.holder("secretary, Council of LEP Chairs"));
    await me.page.goto("/account");
    const topic = await me.page.locator("[data-partial=account-facts]").getAttribute("data-topic");
    assert.equal((await me.context.request.get(`/api/v1/views/${topic}`)).status(), 200);
    for (const stranger of [visitor, other]) {
      assert.equal((await stranger.context.request.get(`/api/v1/views/${topic}`)).status(), 404);
    }
  });

  witan.scene("is in the list of people for an administrator, who signs somebody out everywhere", async () => {
    const administrator = await witan.signedIn(witan.system.holder("administrator"));
    const somebody = await witan.signedIn(account);
    await administrator.page.goto("/account");
    await administrator.page.getByRole("link", { name: "People, and where they are signed in" }).click();
    await administrator.live();
    await looksRight(administrator, "people");
    await administrator.page.getByRole("link", { name: account.name }).click();
    await administrator.live();
    await looksRight(administrator, "person");
    await somebody.follow("/groups");
    somebody.expects(/WebSocket|4401|status of 401/);
    await administrator.page.getByText("Sign them out everywhere").click();
    await administrator.page.getByRole("button", { name: "Sign them out" }).click();
    await administrator.isTold("They are signed out everywhere.");
    await somebody.page.getByText("You have been signed out.").first().waitFor();
    await administrator.page.getByText("They are signed in nowhere.").waitFor();

    const secretary = await witan.signedIn(witan.system.holder("secretary, Council of LEP Chairs"));
    const path = new URL(administrator.page.url()).pathname;
    for (const hidden of ["/people", path]) assert.equal((await secretary.context.request.get(hidden)).status(), 404, hidden);
    for (const topic of ["people", "people/page/1"]) assert.equal((await secretary.context.request.get(`/api/v1/views/${topic}`)).status(), 404, topic);
  });

  for (const script of [true, false]) {
    witan.scene(`takes a new password ${script ? "with" : "without"} script, and says what is wrong with one`, async () => {
      const person = await witan.signedIn(account, { script });
      const other = await witan.signedIn(account, { script });
      const { page } = person;
      const changes = async (from: string, to: string): Promise<void> => {
        await page.getByLabel("Your password now").fill(from);
        await page.getByLabel("New password").fill(to);
        await page.getByRole("button", { name: "Change password" }).click();
      };
      if (script) person.expects(/status of 422/);
      else person.expects(/status of 422/);
      await page.goto("/account");
      await changes("not the password", NEW_PASSWORD);
      await page.locator("#error-summary").getByText("This is not your password as it is now.").waitFor();
      await changes(account.password, "too short");
      await page.locator("#error-summary").getByText(/at least 12 characters/).waitFor();
      await looksRight(person, `account-refused-${script ? "with" : "without"}-script`);
      assert.equal(await page.getByLabel("New password").inputValue(), script ? "too short" : "", "a password is never written into a page");
      await changes(account.password, NEW_PASSWORD);
      await page.waitForFunction(() => document.querySelectorAll("#error-summary").length === 0 && document.querySelectorAll(".app-session").length === 1);
      await person.isTold("Your password is changed. You are signed out everywhere else.");
      await looksRight(person, `account-password-changed-${script ? "with" : "without"}-script`);
      await other.page.goto("/account");
      assert.equal(new URL(other.page.url()).pathname, "/sign-in");
      const again = await witan.signedIn({ ...account, password: NEW_PASSWORD });
      await again.page.goto("/account");
      await again.page.getByLabel("Your password now").fill(NEW_PASSWORD);
      await again.page.getByLabel("New password").fill(account.password.padEnd(12, "."));
      await again.page.getByRole("button", { name: "Change password" }).click();
      await again.page.waitForFunction(() => document.querySelectorAll(".app-session").length === 1);
      account = { ...account, password: account.password.padEnd(12, ".") };
    });
  }
});
