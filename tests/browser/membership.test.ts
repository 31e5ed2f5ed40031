import assert from "node:assert/strict";
import { act } from "./support/act.ts";
import { looksRight, looksRightUnfolded } from "./support/looks.ts";
import type { Person } from "./support/person.ts";

const PASSWORD = "kettle orbit velvet harbour";
const COUNCIL = "Council of LEP Chairs";

act("getting in, and getting out", (witan) => {
  const councilPath = (): Promise<string> => witan.system.path("bodies", COUNCIL);

  /** An administrator reads the last mail to an address on the page, as long as no mail server takes it away. */
  async function linkMailedTo(email: string): Promise<string> {
    const administrator = await witan.signedIn(witan.system.holder("administrator"));
    await administrator.follow("/mail");
    const mail = administrator.page.locator(".app-session").filter({ hasText: `To ${email}` }).first();
    await mail.locator("summary").click();
    const text = await mail.locator("pre").innerText();
    const found = /http\S+\/link\/[a-z2-7]{52}/.exec(text);
    assert.ok(found, text);
    await administrator.context.close();
    return new URL(found[0]).pathname;
  }

  /** The secretary's page with one more seat, which is vacant. */
  async function newSeat(title: string, circumstances = {}): Promise<Person> {
    const secretary = await witan.signedIn(witan.system.holder(`secretary, ${COUNCIL}`), circumstances);
    await secretary.page.goto(await councilPath());
    await secretary.page.getByRole("link", { name: "Appoint, invite and change seats" }).click();
    if (secretary.hasScript) await secretary.live();
    await secretary.page.locator("#seat-title").fill(title);
    await secretary.page.getByRole("button", { name: "Make the seat" }).click();
    await secretary.page.getByRole("heading", { name: title }).waitFor();
    return secretary;
  }

  const seatCalled = ({ page }: Person, title: string) => page.locator(".app-builder-item").filter({ has: page.getByRole("heading", { name: title }) });

  async function invite(secretary: Person, seat: string, fullName: string, email: string): Promise<void> {
    const entry = seatCalled(secretary, seat);
    const name = entry.getByLabel("Name", { exact: true });
    if (!(await name.isVisible())) await entry.getByText("Invite somebody").click();
    await name.fill(fullName);
    await entry.locator("input[id^=invite-][name=email]").fill(email);
    await entry.getByRole("button", { name: "Send the invitation" }).click();
    await secretary.page.getByText(`Sent to ${email}`).waitFor();
  }

  witan.scene("the secretary invites somebody, who makes an account and sits in the seat at once, on every screen", async () => {
    const seat = "Observer for the universities", email = "edwin.thorne@example.org";
    const watcher = await witan.visitor({ width: 320 });
    await watcher.follow(await councilPath());
    const secretary = await newSeat(seat);
    await secretary.page.evaluate(() => Object.assign(window, { isSamePage: true }));
    await looksRightUnfolded(secretary, "seats");
    await invite(secretary, seat, "Edwin Thorne", email);
    await secretary.staysOnThePage();
    await seatCalled(secretary, seat).getByText("Somebody is invited already").waitFor();
    await looksRight(secretary, "seats-invited");

    const edwin = await witan.visitor({ width: 320 });
    await edwin.follow(await linkMailedTo(email));
    await edwin.page.getByText(`you are invited to take the seat “${seat}”`).waitFor();
    await looksRight(edwin, "invitation");
    edwin.expects(/status of 422/);
    await edwin.page.getByLabel("Choose a password").fill("too short");
    await edwin.page.getByRole("button", { name: "Accept and make my account" }).click();
    await edwin.page.locator("#error-summary").getByText(/at least 12 characters/).waitFor();
    await looksRight(edwin, "invitation-refused");
    await edwin.page.getByLabel("Choose a password").fill(PASSWORD);
    await edwin.page.getByRole("button", { name: "Accept and make my account" }).click();
    await edwin.page.getByRole("heading", { name: "The invitation was accepted" }).waitFor();
    await edwin.staysOnThePage();
    await edwin.page.waitForFunction(() => document.querySelectorAll("main form").length === 0, undefined, { timeout: 1500 });
    await looksRight(edwin, "invitation-accepted");

    await seatCalled(secretary, seat).getByText(/^Edwin Thorne: register of interests, Member, since/).waitFor();
    await secretary.page.getByText("Nobody is invited at the moment.").waitFor();
    await secretary.staysOnThePage();
    await watcher.page.getByText("Edwin Thorne", { exact: true }).waitFor();
    await watcher.staysOnThePage();
    await edwin.signIn({ email, password: PASSWORD, name: "Edwin Thorne", roles: [] });
    await edwin.page.goto("/account");
    await edwin.page.getByText(seat).waitFor();

    const entry = seatCalled(secretary, seat);
    await entry.getByText("End the appointment").first().click();
    await entry.getByLabel("How it ended").selectOption({ label: "Resigned" });
    await entry.getByRole("button", { name: "End the appointment" }).click();
    await seatCalled(secretary, seat).getByText("Vacant").waitFor();
    await watcher.page.getByRole("link", { name: "Past appointments" }).click();
    await watcher.page.getByText(/Edwin Thorne/).waitFor();
    await watcher.page.getByText(/Resigned/).waitFor();
    await looksRight(watcher, "history");
  });

  witan.scene("all of it without script, and a link that was used or is not known says what to do", async () => {
    const seat = "Observer for the colleges", email = "maud.ellery@example.org";
    const secretary = await newSeat(seat, { script: false });
    await invite(secretary, seat, "Maud Ellery", email);
    const path = await linkMailedTo(email);
    const maud = await witan.visitor({ script: false, width: 320 });
    await maud.page.goto(path);
    await maud.page.getByLabel("Choose a password").fill(PASSWORD);
    await maud.page.getByRole("button", { name: "Accept and make my account" }).click();
    await maud.page.getByRole("heading", { name: "The invitation was accepted" }).waitFor();
    await secretary.page.reload();
    await seatCalled(secretary, seat).getByText(/^Maud Ellery: register of interests, Member, since/).waitFor();

    await maud.page.goto(path.slice(0, -52) + "a".repeat(52));
    await maud.page.getByRole("heading", { name: "This link is not known" }).waitFor();
    await looksRight(maud, "link-unknown");
    await maud.page.goto(path);
    assert.equal(await maud.page.getByRole("button", { name: /Accept/ }).count(), 0);
    assert.equal((await maud.page.content()).includes(email), false, "what the mail said of a person is gone from the page");
  });

  witan.scene("somebody who has an account is asked to sign in, in those words, and is led on from the seat", async () => {
    const seat = "Observer for the ports", account = witan.system.holder("member, Clean growth advisory group");
    const secretary = await newSeat(seat);
    await invite(secretary, seat, account.name, account.email);
    const path = await linkMailedTo(account.email);
    const person = await witan.visitor({ width: 320 });
    await person.follow(path);
    person.expects(/status of 401/);
    await person.page.getByLabel("Choose a password").fill(PASSWORD);
    await person.page.getByRole("button", { name: "Accept and make my account" }).click();
    await person.page.locator("#error-summary").getByText(/There is an account with this e-mail address already/).waitFor();
    assert.equal(await person.page.getByText("you have been signed out").count(), 0);
    await looksRight(person, "invitation-has-account");
    await person.signIn(account);
    await person.follow(path);
    await person.page.getByRole("button", { name: "Accept and take the seat" }).click();
    await person.page.getByRole("heading", { name: "The invitation was accepted" }).waitFor();
    await person.page.waitForFunction(() => document.querySelectorAll("main form").length === 0);
    await looksRight(person, "invitation-accepted-signed-in");
    await person.page.getByRole("link", { name: "Fill in your register of interests" }).click();
    await person.page.getByRole("heading", { name: "Register of interests" }).waitFor();
  });

  witan.scene("a withdrawn invitation closes the page that its reader has open", async () => {
    const seat = "Observer for the banks", email = "jude.farthing@example.org";
    const secretary = await newSeat(seat);
    await invite(secretary, seat, "Jude Farthing", email);
    const jude = await witan.visitor();
    await jude.follow(await linkMailedTo(email));
    await secretary.page.getByRole("button", { name: /^Withdraw.*Jude Farthing/ }).click();
    await jude.page.getByRole("heading", { name: "This link cannot be used any more" }).waitFor();
    await jude.page.getByText(/^It was withdrawn at [^,]*\. Nothing was changed by opening it\.$/).waitFor();
    await jude.staysOnThePage();
    await looksRight(jude, "link-withdrawn");
  });

  for (const script of [true, false]) {
    witan.scene(`a seat made by mistake is abolished ${script ? "with" : "without"} script, and only the history keeps it`, async () => {
      const seat = `Observer made by mistake ${script ? "live" : "once"}`, email = `eadgyth.${script}@example.org`;
      const watcher = await witan.visitor({ width: 320 });
      await watcher.follow(await councilPath());
      const secretary = await newSeat(seat, { script, width: 320 });
      if (script) await secretary.follow(new URL(secretary.page.url()).pathname);
      await invite(secretary, seat, "Eadgyth Moor", email);
      await watcher.page.getByText(seat).waitFor();
      const entry = seatCalled(secretary, seat);
      await entry.getByText("Abolish the seat").first().click();
      await entry.getByText("This cannot be undone").waitFor();
      await looksRight(secretary, `seat-abolish-${script ? "with" : "without"}-script`);
      await entry.getByRole("button", { name: "Abolish the seat" }).click();
      await entry.waitFor({ state: "detached" });
      if (script) await secretary.staysOnThePage();
      else await secretary.page.getByText("The seat is abolished.").waitFor();
      await secretary.page.getByText("Nobody is invited at the moment.").waitFor();
      await watcher.page.getByText(seat).waitFor({ state: "detached" });
      await watcher.page.getByRole("link", { name: "Past appointments" }).click();
      await watcher.page.getByText("Seat abolished").first().waitFor();
      await watcher.page.getByText(seat).waitFor();
      await looksRight(watcher, "history-abolished");
    });
  }

  for (const script of [true, false]) {
    witan.scene(`a forgotten password is set anew ${script ? "with" : "without"} script, and ends every session`, async () => {
      const account = witan.system.holder(script ? "member, Clean growth advisory group" : "member, Future of mobility advisory group");
      const elsewhere = await witan.signedIn(account, { script: false });
      const person = await witan.visitor({ script });
      await person.page.goto("/sign-in");
      await person.page.getByRole("link", { name: "I have forgotten my password" }).click();
      await looksRight(person, `forgotten-password-${script ? "with" : "without"}-script`);
      await person.page.getByLabel("E-mail address").fill(account.email);
      await person.page.getByRole("button", { name: "Send me a link" }).click();
      await person.page.getByRole("heading", { name: "Look in your mail" }).waitFor();
      await looksRight(person, `forgotten-password-sent-${script ? "with" : "without"}-script`);
      await person.page.goto(await linkMailedTo(account.email));
      await looksRight(person, `new-password-${script ? "with" : "without"}-script`);
      await person.page.getByLabel("New password").fill(PASSWORD);
      await person.page.getByRole("button", { name: "Set the new password" }).click();
      await person.page.getByRole("heading", { name: "Your new password is set" }).waitFor();
      await elsewhere.page.goto("/account");
      assert.equal(new URL(elsewhere.page.url()).pathname, "/sign-in");
      await person.signIn({ ...account, password: PASSWORD });
    });
  }

  witan.scene("the administrator establishes a body under another, and an organisation", async () => {
    const administrator = await witan.signedIn(witan.system.holder("administrator"));
    await administrator.follow("/bodies");
    await looksRight(administrator, "bodies-administrator");
    const name = "Working group on freight";
    await administrator.page.locator("[data-draft=establish]").getByLabel("Name", { exact: true }).fill(name);
    await administrator.page.getByLabel("What kind of body it is").selectOption({ label: "Working group" });
    await administrator.page.getByLabel("Under which body (optional)").selectOption({ label: COUNCIL });
    await administrator.page.getByRole("button", { name: "Establish and make its seats" }).click();
    await administrator.page.getByRole("heading", { name: "Seats and appointments" }).waitFor();
    await administrator.page.getByText("No seats yet.").waitFor();
    const visitor = await witan.visitor();
    await visitor.page.goto(await councilPath());
    await visitor.page.getByRole("link", { name }).click();
    await visitor.page.getByRole("link", { name: COUNCIL }).waitFor();
    await looksRight(visitor, "body-under-another");
    await visitor.page.goto(`${new URL(visitor.page.url()).pathname}/seats`);
    await visitor.page.getByText("Seats are filled by the secretary of this body.").waitFor();
    assert.equal(await visitor.page.getByRole("button", { name: "Make the seat" }).count(), 0);

    await administrator.follow("/organisations");
    await administrator.page.locator("[data-draft=organisation]").getByLabel("Name", { exact: true }).fill("Ormskirk Foundry");
    await administrator.page.getByRole("button", { name: "Register" }).click();
    await administrator.page.getByText("Ormskirk Foundry").first().waitFor();
    await administrator.staysOnThePage();
    await looksRight(administrator, "organisations");
    const secretary = await witan.signedIn(witan.system.holder(`secretary, ${COUNCIL}`));
    for (const hidden of ["/mail", "/mail/page/1"]) assert.equal((await secretary.context.request.get(hidden)).status(), 404, hidden);
    assert.equal((await secretary.context.request.get("/api/v1/views/mail")).status(), 404);
  });
});
