// What two people change at one time, what somebody keeps for themselves, and what their calendar shows.
import assert from "node:assert/strict";
import { before } from "node:test";
import { pdf } from "../system/support/papers.ts";
import { act } from "./support/act.ts";
import { command } from "./support/command.ts";
import { looksRight, looksRightUnfolded } from "./support/looks.ts";
import type { Account } from "./support/system.ts";
import type { Person } from "./support/person.ts";

act("a meeting in preparation", (council) => {
  let secretary: Account;
  let chair: Account;
  let body: string;
  let agenda: string;
  let paper: string;

  before(async () => {
    secretary = council.system.holder("secretary, Council of LEP Chairs");
    chair = await council.system.sitter("Council of LEP Chairs", "Chair, Cumbria LEP");
    const { entities } = await council.system.rows("meetings");
    body = String(Object.values(entities).find((row) => row["body_name"] === "Council of LEP Chairs")?.["body"]);
  });

  /** Opens the form of the first item and fills in what is not undefined. */
  async function fillIn({ page }: Person, title: string | undefined, lead: string | undefined): Promise<void> {
    const item = page.locator("[data-list=agenda] > li").first();
    const form = item.locator("details", { hasText: "Save item 1" });
    if (await form.getAttribute("open") === null) await form.locator("summary").click();
    if (title !== undefined) await item.getByLabel("Title", { exact: true }).fill(title);
    if (lead !== undefined) await item.getByLabel("Who leads it").fill(lead);
  }
  const save = ({ page }: Person): Promise<void> => page.getByRole("button", { name: "Save item 1" }).click();
  const shows = ({ page }: Person, words: string): Promise<void> => page.locator("[data-list=agenda] > li").first().getByText(words).first().waitFor();

  council.scene("has what each of two people changed of one item, and both texts where they changed the same", async () => {
    const [first, second] = [await council.signedIn(secretary), await council.signedIn(secretary, { width: 320 })];
    const slow = await council.signedIn(secretary, { script: false });
    second.expects(/status of 409/);
    slow.expects(/status of 409/);
    await first.page.goto("/meetings");
    const { meeting } = await command(first.page, "schedule_meeting", { body, title: "Prepared by two", date: "2030-03-15", starts: "10:00", ends: "12:00", place: "Here" });
    await command(first.page, "add_agenda_item", { meeting, title: "Land", lead: "Ada", kind: "decision", minutes: 5 });
    agenda = `/meetings/${meeting}/agenda`;
    for (const person of [first, second]) await person.follow(agenda);
    await slow.page.goto(agenda);

    await fillIn(first, "Land use", undefined);
    await fillIn(second, undefined, "Grace");
    await save(first);
    await shows(second, "Land use");
    await save(second);                 // whose form still had the old title
    await shows(first, "Lead: Grace");
    await shows(first, "Land use");

    await fillIn(second, "Land and homes", undefined);
    await fillIn(first, "Land and towns", undefined);
    await save(first);
    await shows(second, "Land and towns");
    await save(second);
    await second.page.getByText("Somebody else changed this meanwhile. It is now: Land and towns").first().waitFor();
    assert.equal(await second.page.getByLabel("Title", { exact: true }).first().inputValue(), "Land and homes", "what was typed stays");
    await looksRight(second, "agenda-two-at-once");
    await save(second);
    await shows(first, "Land and homes");

    // A page of before the changes, without script.
    await fillIn(slow, "Land, as it was to be", undefined);
    await save(slow);
    await slow.page.getByText("It is now: Land and homes").first().waitFor();
    await looksRight(slow, "agenda-two-at-once-without-script");
    await save(slow);
    await slow.page.getByText("Land, as it was to be").first().waitFor();
  });

  for (const script of [true, false]) {
    council.scene(`keeps what somebody was changing of an item when another has closed the meeting, ${script ? "with" : "without"} script`, async () => {
      const [writer, other] = [await council.signedIn(secretary, { script, width: 320 }), await council.signedIn(secretary)];
      writer.expects(/status of 409/);
      await other.page.goto("/meetings");
      const { meeting } = await command(other.page, "schedule_meeting", { body, title: "Closed meanwhile", date: "2030-04-15", starts: "10:00", ends: "12:00", place: "Here" });
      await command(other.page, "add_agenda_item", { meeting, title: "Land", kind: "decision", minutes: 5 });
      await command(other.page, "publish_agenda", { meeting });
      await command(other.page, "start_meeting", { meeting });
      await (script ? writer.follow(`/meetings/${meeting}/agenda`) : writer.page.goto(`/meetings/${meeting}/agenda`));
      await fillIn(writer, "Land and homes", undefined);
      await command(other.page, "close_meeting", { meeting });
      if (script) await writer.page.getByText("The meeting is closed.", { exact: true }).waitFor();
      await save(writer);
      await writer.page.locator("#error-summary").getByText("The meeting is closed; its agenda stays as it is.").waitFor();
      assert.equal(await writer.page.getByLabel("Title", { exact: true }).first().inputValue(), "Land and homes", "what was typed stays");
      await writer.page.getByText("The meeting is closed.", { exact: true }).waitFor();
      assert.match(await writer.page.locator("[data-list=agenda] h3").first().innerText(), /Land$/, "and so does the item");
      await looksRight(writer, `agenda-closed-meanwhile-${script}`);
    });
  }

  council.scene("is due by the days that are set for it", async () => {
    const writer = await council.signedIn(secretary, { script: false, width: 320 });
    await writer.page.goto(agenda);
    await writer.page.getByText("Thursday 7 March 2030").waitFor();
    await writer.page.getByText("Change how many days").click();
    await writer.page.getByLabel("Clear working days before the meeting").fill("3");
    await writer.page.locator("#clock").getByRole("button", { name: "Save" }).click();
    await writer.isTold("The day by which the agenda is due is saved.");
    await writer.page.getByText("Monday 11 March 2030").waitFor();
    await looksRightUnfolded(writer, "agenda-clock");
  });

  council.scene("has papers beside which each writes for themselves", async () => {
    const writer = await council.signedIn(secretary);
    await writer.follow(agenda);
    const form = writer.page.locator("[data-list=agenda] > li").first().locator("details", { hasText: "Add a paper" });
    await form.locator("summary").click();
    await form.getByLabel("Title of the paper").fill("Land survey");
    await form.getByLabel("File", { exact: true }).setInputFiles({ name: "survey.pdf", mimeType: "application/pdf", buffer: pdf("Survey") });
    await form.getByRole("button", { name: "Add the paper to item 1" }).click();
    await writer.page.getByRole("link", { name: /Land survey/ }).first().waitFor();
    await writer.page.getByRole("button", { name: "Publish agenda" }).click();
    await writer.page.getByText("The agenda is published").first().waitFor();
    await writer.page.goto(agenda.replace(/agenda$/, ""));
    paper = String(await writer.page.locator("a[href^='/papers/']").first().getAttribute("href")).split("/").slice(0, 3).join("/");

    const reader = await council.signedIn(chair, { width: 320 });
    await reader.follow(paper);
    await reader.tabTo("#note-text");
    await reader.page.keyboard.type("Ask about page 4");
    await reader.page.keyboard.press("Tab");
    await reader.page.keyboard.press("Enter");
    await reader.isTold("Your note is saved. Only you can read it.");
    assert.equal(await reader.page.getByLabel("Your note", { exact: true }).inputValue(), "Ask about page 4");
    await reader.page.getByText(/beside version 1/).waitFor();
    await looksRight(reader, "paper-note");
    const plain = await council.signedIn(chair, { script: false });
    await plain.page.goto(paper);
    assert.equal(await plain.page.getByLabel("Your note", { exact: true }).inputValue(), "Ask about page 4");
    await plain.page.getByLabel("Your note", { exact: true }).fill("");
    await plain.page.getByRole("button", { name: "Save your note" }).click();
    await plain.isTold("Your note is saved. Only you can read it.");
    assert.equal(await plain.page.getByText(/beside version/).count(), 0);
    await writer.page.goto(paper);
    assert.equal(await writer.page.getByLabel("Your note", { exact: true }).inputValue(), "", "the chair's note is the chair's");
    const visitor = await council.visitor();
    await visitor.page.goto(paper);
    assert.equal(await visitor.page.getByRole("heading", { name: "Your own note" }).count(), 0);
  });

  for (const script of [true, false]) {
    council.scene(`is in the calendar of whoever follows it by an address of their own, ${script ? "with" : "without"} script`, async () => {
      const member = await council.signedIn(chair, { script, width: script ? 320 : 1280 });
      await member.page.goto("/account");
      await member.page.getByRole("link", { name: "Your meetings in your calendar" }).click();
      const before = await member.page.getByRole("textbox", { name: "The address of your calendar" }).count();
      assert.equal(before, 0);
      await looksRight(member, `account-calendar-none-${script}`);
      await member.page.getByRole("button", { name: "Make the address" }).click();
      await member.isTold("Your calendar has a new address.");
      const address = await member.page.getByLabel("The address of your calendar").inputValue();
      await looksRight(member, `account-calendar-${script}`);
      const calendar = await (await member.page.request.fetch(address, { headers: { cookie: "" } })).text();
      assert.match(calendar, /SUMMARY:Prepared by two/);
      await member.page.getByRole("button", { name: "End the address" }).click();
      await member.isTold("The address of your calendar has ended. Calendars that follow it show nothing new.");
      assert.equal((await member.page.request.fetch(address)).status(), 404);
    });
  }
});
