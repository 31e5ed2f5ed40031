// Somebody's name, e-mail address and preferences, as they and an administrator change them.
import assert from "node:assert/strict";
import { act } from "./support/act.ts";
import { looksRight } from "./support/looks.ts";
import type { Person } from "./support/person.ts";

act("name, address and preferences", (witan) => {
  const linkMailedTo = async (email: string): Promise<string> => {
    const administrator = await witan.signedIn(witan.system.holder("administrator"));
    await administrator.follow("/mail");
    const mail = administrator.page.locator(".app-session").filter({ hasText: `To ${email}` }).first();
    await mail.locator("summary").click();
    const link = /\/link\/[a-z2-7]{52}/.exec(await mail.locator("pre").innerText());
    assert.ok(link, `a link in the mail to ${email}`);
    return link[0];
  };
  const confirmsAt = async (reader: Person, email: string, heading: string): Promise<void> => {
    await reader.page.goto(await linkMailedTo(email));
    await reader.page.getByRole("button", { name: "Confirm" }).click();
    await reader.page.getByRole("heading", { name: heading }).waitFor();
  };

  for (const [script, role, width] of [[true, "member, Clean growth advisory group", 320], [false, "member, Council of LEP Chairs", 1280]] as const) {
    const how = `${script ? "with" : "without"}-script`;
    witan.scene(`an address changes once both were confirmed, ${script ? "with" : "without"} script`, async () => {
      const account = witan.system.holder(role);
      const email = `new.${script ? "one" : "two"}@example.org`;
      const person = await witan.signedIn(account, { script, width });
      const { page } = person;
      person.expects(/status of 422/);
      await page.goto("/account");
      await page.getByRole("link", { name: "Change your e-mail address" }).click();
      const asks = async (password: string): Promise<void> => {
        await page.getByLabel("New e-mail address").fill(email);
        await page.getByLabel("Your password").fill(password);
        await page.getByRole("button", { name: "Send the links" }).click();
      };
      await asks("not the password");
      await page.locator("#error-summary").getByText("This is not your password as it is now.").waitFor();
      await asks(account.password);
      await person.isTold("The links are sent. Open the one in each mail within 24 hours.");
      await page.getByText(`The link in the mail to ${email}.`).waitFor();
      await looksRight(person, `account-email-${how}`);

      const reader = await witan.visitor({ script, width });
      await reader.page.goto(await linkMailedTo(email));
      await looksRight(reader, `link-address-${how}`);
      await confirmsAt(reader, email, "Confirmed here");
      await looksRight(reader, `link-address-confirmed-${how}`);
      await confirmsAt(reader, account.email, "Your e-mail address is changed");
      await page.goto("/account");
      await page.getByText(email).first().waitFor();
      await reader.signIn({ ...account, email });
    });
  }

  witan.scene("a change that nobody wants any more is withdrawn, and the link says so", async () => {
    const account = witan.system.holder("champion, Future of mobility advisory group");
    const person = await witan.signedIn(account);
    await person.follow("/account/email");
    await person.page.getByLabel("New e-mail address").fill("never@example.org");
    await person.page.getByLabel("Your password").fill(account.password);
    await person.page.getByRole("button", { name: "Send the links" }).click();
    await person.page.getByRole("button", { name: "Keep the address as it is" }).click();
    await person.page.getByRole("button", { name: "Keep the address as it is" }).waitFor({ state: "detached" });
    await person.isTold("The e-mail address stays as it is.");
    const reader = await witan.visitor();
    await reader.page.goto(await linkMailedTo("never@example.org"));
    await reader.page.getByRole("heading", { name: "This link cannot be used any more" }).waitFor();
  });

  witan.scene("another name reaches whoever looks at the seats, and preferences are kept", async () => {
    const account = witan.system.holder("champion, Future of mobility advisory group");
    const watcher = await witan.visitor();
    await watcher.follow(await witan.system.path("bodies", "Future of mobility advisory group"));
    await watcher.page.getByText(account.name).first().waitFor();
    const person = await witan.signedIn(account);
    await person.follow("/account");
    await person.page.getByRole("link", { name: "Change your name" }).click();
    await person.page.getByLabel("Name").fill("Somebody Renamed");
    await looksRight(person, "account-name");
    await person.page.getByRole("button", { name: "Change the name" }).click();
    await watcher.page.getByText("Somebody Renamed").first().waitFor();
    await person.page.waitForURL(/\/account$/);
    await person.isTold("Your name is changed.");
    await person.page.locator("main dl").getByText("Somebody Renamed").waitFor();
    await looksRight(person, "account-name-changed");
    await person.page.reload();
    assert.equal(await person.page.locator("#done").count(), 0, "it is said once");
    await person.follow("/account");
    await person.page.getByText("Signed in as Somebody Renamed").waitFor();
    await person.page.getByLabel("Send me a mail when somebody signs in").check();
    await looksRight(person, "account-preferences");
    await person.page.getByRole("button", { name: "Save preferences" }).click();
    await person.page.locator("#done").waitFor();
    await person.isTold("Your preferences are saved.");
    await looksRight(person, "account-preferences-saved");
    await person.page.reload();
    assert.ok(await person.page.getByLabel("Send me a mail when somebody signs in").isChecked());
    const elsewhere = await witan.visitor();
    await elsewhere.signIn({ ...account, name: "Somebody Renamed" });
    const administrator = await witan.signedIn(witan.system.holder("administrator"));
    await administrator.follow("/mail");
    await administrator.page.locator(".app-session").filter({ hasText: `To ${account.email}` }).filter({ hasText: "Your account was signed in to on another device" }).first().waitFor();
  });

  witan.scene("an administrator suspends an account, which ends what is open, and reinstates it", async () => {
    const account = witan.system.holder("secretary, Council of LEP Chairs");
    const person = await witan.signedIn(account);
    person.expects(/WebSocket|4401|status of 401/);
    await person.follow("/groups");
    const administrator = await witan.signedIn(witan.system.holder("administrator"));
    const { page } = administrator;
    await page.goto("/people");
    await page.getByRole("link", { name: account.name }).click();
    await administrator.live();
    await page.getByText("Suspend this account").click();
    await page.getByLabel("Why (optional)").fill("On leave");
    await looksRight(administrator, "person-suspend");
    await page.getByRole("button", { name: "Suspend the account" }).click();
    await administrator.isTold("The account is suspended, and they are signed out everywhere.");
    await page.getByText("nobody can sign in to this account. Reason: On leave").waitFor();
    await person.page.goto("/account");
    await person.page.getByLabel("E-mail address").fill(account.email);
    await person.page.getByLabel("Password").fill(account.password);
    person.expects(/status of 403/);
    await person.page.getByRole("button", { name: "Sign in", exact: true }).click();
    await person.page.getByText("This account is suspended").first().waitFor();
    await person.page.getByText("You are not signed in.").waitFor();
    assert.equal(await person.page.getByText("Enter your password again").count(), 0);
    await page.getByRole("button", { name: "Reinstate the account" }).click();
    await administrator.isTold("The account is reinstated. They can sign in again.");
    await page.getByText("Suspend this account").waitFor();
    await person.signIn(account);
  });

  witan.scene("an administrator moves the account of somebody who has lost the mailbox", async () => {
    const account = witan.system.holder("secretary, Council of LEP Chairs");
    const ruler = witan.system.holder("administrator");
    const administrator = await witan.signedIn(ruler, { script: false });
    const { page } = administrator;
    await page.goto("/people");
    await page.getByRole("link", { name: account.name }).click();
    await page.getByRole("link", { name: "Change their name, organisation or e-mail address" }).click();
    await page.getByLabel("New e-mail address").fill("found.again@example.org");
    await page.getByLabel("Your password").fill(ruler.password);
    await page.getByRole("button", { name: "Send the link" }).click();
    await page.getByText("The link in the mail to found.again@example.org.").waitFor();
    await looksRight(administrator, "person-change");
    const reader = await witan.visitor();
    await confirmsAt(reader, "found.again@example.org", "Your e-mail address is changed");
  });
});
