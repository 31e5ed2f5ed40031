import assert from "node:assert/strict";
import { act } from "./support/act.ts";
import { looksRight } from "./support/looks.ts";

act("deleting an account", (witan) => {
  for (const [script, role] of [[true, "member, Council of LEP Chairs"], [false, "secretary, Council of LEP Chairs"]] as const) {
    witan.scene(`is everybody's own, ${script ? "with" : "without"} script, and says first what goes and what stays`, async () => {
      const account = witan.system.holder(role);
      const watcher = await witan.visitor();
      await watcher.page.goto(await witan.system.path("bodies", "Council of LEP Chairs"));
      await watcher.page.getByText(account.name).first().waitFor();
      const person = await witan.signedIn(account, { script });
      const { page } = person;
      person.expects(/status of 422|WebSocket|4401|status of 401/);
      await page.goto("/account");
      await page.getByRole("link", { name: "What is erased, what stays, and how to do it" }).click();
      await page.getByRole("heading", { name: "What stays" }).waitFor();
      await looksRight(person, `account-delete-${script ? "with" : "without"}-script`);
      const deletes = async (password: string): Promise<void> => {
        await page.getByLabel("Your password").fill(password);
        await page.getByRole("button", { name: "Delete my account" }).click();
      };
      await deletes("not the password");
      await page.locator("#error-summary").getByText("This is not your password as it is now.").waitFor();
      await deletes(account.password);
      await page.getByRole("heading", { name: "Deleted accounts" }).waitFor();
      assert.equal(new URL(page.url()).pathname, "/account/deleted");
      await looksRight(person, `account-deleted-${script ? "with" : "without"}-script`);
      await watcher.page.waitForFunction((name) => !document.body.innerText.includes(name), account.name);

      await page.goto("/sign-in");
      await page.getByLabel("E-mail address").fill(account.email);
      await page.getByLabel("Password").fill(account.password);
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.locator("#error-summary").waitFor();
    });
  }

  witan.scene("of somebody else is for administrators, who say why", async () => {
    const administrator = await witan.signedIn(witan.system.holder("administrator"));
    const { page } = administrator;
    const account = witan.system.holder("member, Clean growth advisory group");
    administrator.expects(/status of 422/);
    await page.goto("/people");
    await page.getByRole("link", { name: account.name }).click();
    await page.getByRole("link", { name: "Delete this account" }).click();
    await page.getByRole("heading", { name: `Delete the account of ${account.name}` }).waitFor();
    await looksRight(administrator, "person-delete");
    await page.getByLabel("Your own password").fill(witan.system.holder("administrator").password);
    await page.getByRole("button", { name: "Delete this account" }).click();
    await page.locator("#error-summary").getByText("Say why this account is to be deleted.").waitFor();
    await page.getByLabel("Why it is to be deleted").selectOption("They asked for it");
    await page.getByLabel("Your own password").fill(witan.system.holder("administrator").password);
    await page.getByRole("button", { name: "Delete this account" }).click();
    await page.waitForURL(/\/people$/);
    assert.equal(await page.getByRole("link", { name: account.name }).count(), 0);
  });
});
