// A paper that two people release, what a member is told of papers they have not opened, an agenda that begins as the last one, and the next item.
import assert from "node:assert/strict";
import { before } from "node:test";
import { pdfOfPages } from "../system/support/papers.ts";
import { act } from "./support/act.ts";
import { command } from "./support/command.ts";
import { looksRight } from "./support/looks.ts";
import type { Person } from "./support/person.ts";
import type { Account } from "./support/system.ts";

const BODY = "Council of LEP Chairs";
const TITLE = "Growth in the North";

act("before and after a paper goes out", (council) => {
  let [secretary, coChair, member] = [{} as Account, {} as Account, {} as Account];
  let meeting: string;

  before(async () => {
    secretary = council.system.holder(`secretary, ${BODY}`);
    coChair = await council.system.sitter(BODY, "Chair, Greater Manchester LEP");
    member = await council.system.sitter(BODY, "Chair, Dorset LEP");
    const { entities } = await council.system.rows("meetings");
    meeting = String(Object.values(entities).find((one) => one["body_name"] === BODY)?.["href"]);
  });

  const file = (words: string) => ({ name: "a.pdf", mimeType: "application/pdf", buffer: pdfOfPages([words]) });
  const paperOf = (person: Person) => person.page.locator(".app-paper", { hasText: TITLE }).first();

  council.scene("one adds it, at 320 px, a second releases it by keyboard, and a member sees it come and marks itself as opened", async () => {
    const [writer, second, reader] = [await council.signedIn(secretary, { width: 320 }), await council.signedIn(coChair), await council.signedIn(member)];
    await reader.follow(meeting);
    await writer.follow(`${meeting}/agenda`);
    const form = writer.page.locator("[data-list=agenda] > li").first().locator("details", { hasText: "Add a paper" });
    await form.locator("summary").click();
    await form.getByLabel("Title of the paper").fill(TITLE);
    await form.getByLabel("why it is late").fill("It came on Monday");
    await form.getByLabel("From whom it is (optional)").fill("Cumbria LEP");
    await form.getByLabel(/^Two people release it/).check();
    await form.getByLabel("File", { exact: true }).setInputFiles(file(TITLE));
    await writer.page.getByRole("button", { name: "Add the paper to item 1", exact: true }).click();
    await writer.page.getByText("Version 1 not released").waitFor();
    await looksRight(writer, "two-keys-builder");
    assert.equal(await reader.page.getByText(TITLE).count(), 0);

    await writer.page.getByRole("link", { name: `Versions, release, replace or withdraw of ${TITLE}` }).click();
    await writer.live();
    await writer.page.getByRole("button", { name: "Release version 1" }).click();
    await writer.page.getByText(/You added this version. Somebody else/).first().waitFor();
    writer.expects(/status of 403/);

    await second.follow(new URL(writer.page.url()).pathname);
    await looksRight(second, "two-keys-paper");
    await second.page.getByRole("button", { name: "Release version 1" }).focus();
    await second.page.keyboard.press("Enter");
    await second.page.getByRole("button", { name: "Release version 1" }).waitFor({ state: "detached" });

    await paperOf(reader).getByText("Not opened yet").waitFor();
    await paperOf(reader).getByText(/^From: Cumbria LEP\. Version 1/).waitFor();
    await looksRight(reader, "two-keys-unread");
    const download = reader.page.waitForEvent("download");
    await paperOf(reader).getByRole("link", { name: new RegExp(`^${TITLE} \\(PDF`) }).click();
    await (await download).path();
    await paperOf(reader).getByText("You have opened it.").waitFor();
    assert.equal(await paperOf(reader).getByText("Not opened yet").count(), 0);
    await reader.page.reload();
    await paperOf(reader).getByText("You have opened it.").waitFor();
  });

  council.scene("a new version waits as well, the one before stays, and without script the second person is told what to do", async () => {
    const [writer, reader] = [await council.signedIn(coChair), await council.signedIn(member)];
    const second = await council.signedIn(secretary, { script: false, width: 320 });
    await reader.follow(meeting);
    await writer.follow(meeting);
    await writer.page.getByRole("link", { name: new RegExp(`of ${TITLE}$`) }).first().click();
    await writer.live();
    await writer.page.getByLabel("What changed").fill("New figures");
    await writer.page.getByLabel("The new version").setInputFiles(file("New figures"));
    await writer.page.getByRole("button", { name: "Replace the paper" }).click();
    await writer.page.getByText("Version 2 waits for a second person", { exact: false }).waitFor();
    assert.equal(await paperOf(reader).getByText("Version 1, added", { exact: false }).count(), 1);

    const reading = await council.visitor();
    await reading.follow(`${new URL(writer.page.url()).pathname}/read/1`);
    assert.equal(await reading.page.getByText("The newest version", { exact: false }).count(), 0, "they are reading it");
    const looking = await council.signedIn(secretary);
    await looking.follow(new URL(writer.page.url()).pathname);
    await looking.page.getByRole("button", { name: "Release version 2" }).focus();
    await second.page.goto(new URL(writer.page.url()).pathname);
    await second.page.getByRole("button", { name: "Release version 2" }).click();
    await second.page.getByText("The version is released.", { exact: false }).waitFor();
    await looksRight(second, "two-keys-released");
    await reading.page.getByText("The newest version is 2", { exact: false }).waitFor();
    await reading.page.getByText("What changed from version 1: New figures", { exact: false }).waitFor();
    await paperOf(reader).getByText("New version, not opened").waitFor();
    await paperOf(reader).getByText("Replaces version 1: New figures", { exact: false }).waitFor();

    // Whoever is about to press the button does not release another version than the one that it named.
    await looking.page.getByRole("button", { name: "Release version 2" }).waitFor({ state: "detached" });
    await writer.page.getByLabel("What changed").fill("Once more");
    await writer.page.getByLabel("The new version").setInputFiles(file("Once more"));
    await writer.page.getByRole("button", { name: "Replace the paper" }).click();
    await looking.page.getByRole("button", { name: "Release version 3" }).focus();
    await writer.page.getByText("Version 3 waits for a second person", { exact: false }).waitFor();
    await writer.page.getByLabel("What changed").fill("And again");
    await writer.page.getByLabel("The new version").setInputFiles(file("And again"));
    await writer.page.getByRole("button", { name: "Replace the paper" }).click();
    await looking.page.getByRole("button", { name: "Release version 4" }).waitFor();
    assert.equal(await looking.page.evaluate("document.activeElement?.closest('#send-release') === null"), true, "Enter would press nothing");
    assert.equal(await paperOf(reader).getByText("Version 2, added", { exact: false }).count(), 1);
  });

  council.scene("two who change the chairs at once are told of each other, with and without script", async () => {
    const [first, second, third] = [await council.signedIn(secretary), await council.signedIn(coChair), await council.signedIn(coChair, { script: false })];
    third.expects(/status of 4/);
    second.expects(/status of 4/);
    const change = async (person: Person, chair: string): Promise<void> => {
      await person.page.getByText("Change who chairs, or who is the secretary").click();
      await person.page.locator("#chairs").getByLabel("In the chair (optional)").fill(chair);
    };
    for (const person of [first, second]) await person.follow(meeting);
    await third.page.goto(meeting);
    for (const [person, chair] of [[first, "Ada Lovelace"], [second, "Grace Hopper"], [third, "Mary Somerville"]] as const) await change(person, chair);
    const save = async (person: Person): Promise<void> => person.page.locator("#chairs").getByRole("button", { name: "Save" }).click();
    await save(first);
    await first.page.getByText("Ada Lovelace", { exact: false }).first().waitFor();
    await save(second);
    await second.page.getByText("It is now: Ada Lovelace", { exact: false }).first().waitFor();
    assert.equal(await second.page.locator("#chairs").getByLabel("In the chair (optional)").inputValue(), "Grace Hopper");
    await looksRight(second, "chairs-stale");
    await save(second);
    await second.page.getByText("Grace Hopper", { exact: false }).first().waitFor();
    await save(third);
    await third.page.getByText("It is now: Grace Hopper", { exact: false }).first().waitFor();
    assert.equal(await third.page.locator("#chairs").getByLabel("In the chair (optional)").inputValue(), "Mary Somerville");
    await save(third);
    await third.page.getByText("Mary Somerville", { exact: false }).first().waitFor();
  });

  council.scene("the next meeting begins with the agenda of this one, and its room goes on by one button", async () => {
    const [writer, watcher] = [await council.signedIn(secretary, { width: 320 }), await council.visitor()];
    await writer.follow("/meetings");
    const { entities } = await council.system.rows("bodies");
    const body = Object.values(entities).find((one) => one["name"] === BODY)?.["body"];
    const made = await command(writer.page, "schedule_meeting", { body, title: "The one after", date: "2099-06-19", starts: "14:00", ends: "16:00", place: "Manchester" });
    const next = `/meetings/${made["meeting"]}`;
    await writer.follow(`${next}/agenda`);
    await writer.page.getByRole("button", { name: /^Copy the agenda of / }).waitFor();
    await looksRight(writer, "agenda-to-copy");
    await writer.page.getByRole("button", { name: /^Copy the agenda of / }).click();
    await writer.page.locator("[data-list=agenda] > li").nth(2).waitFor();
    assert.equal(await writer.page.getByRole("button", { name: /^Copy the agenda of / }).count(), 0);
    await command(writer.page, "publish_agenda", { meeting: made["meeting"] });
    await command(writer.page, "start_meeting", { meeting: made["meeting"] });
    await writer.follow(`${next}/live`);
    await watcher.follow(`${next}/live`);
    await writer.page.locator(".app-now__item", { hasText: "Now at item 1:" }).waitFor();
    await watcher.page.locator(".app-now .app-timer").filter({ hasText: /\d+ s$/ }).waitFor();
    await looksRight(writer, "room-next");
    await writer.page.getByRole("button", { name: "Go to the next item" }).focus();
    await writer.page.keyboard.press("Enter");
    await watcher.page.locator(".app-now__item", { hasText: "Now at item 2:" }).waitFor();
    await writer.page.locator(".app-now__item", { hasText: "Now at item 2:" }).waitFor();
    assert.equal(await writer.page.evaluate("document.activeElement?.textContent"), "Go to the next item", "where it was pressed");
    assert.equal(await watcher.page.getByRole("button", { name: "Go to the next item" }).count(), 0);
  });
});
