// An item that was not finished goes on to another meeting, with its paper, and with what a member wrote beside it.
import assert from "node:assert/strict";
import { before } from "node:test";
import { pdfOfPages } from "../system/support/papers.ts";
import { act } from "./support/act.ts";
import { command } from "./support/command.ts";
import { looksRight } from "./support/looks.ts";
import type { Account } from "./support/system.ts";

act("an item goes on to the council's next meeting", (council) => {
  let secretary: Account;
  let chair: Account;
  let meeting: string;
  let body: string;

  before(async () => {
    secretary = council.system.holder("secretary, Council of LEP Chairs");
    chair = await council.system.sitter("Council of LEP Chairs", "Chair, Cumbria LEP");
    const { entities } = await council.system.rows("meetings");
    const row = Object.values(entities).find((one) => one["body_name"] === "Council of LEP Chairs");
    meeting = String(row?.["href"]);
    body = String(row?.["body"]);
  });

  council.scene("with its paper and a member's own note, and both agendas say so", async () => {
    const [writer, member] = [await council.signedIn(secretary), await council.signedIn(chair, { width: 320 })];
    await writer.follow(`${meeting}/agenda`);
    const form = writer.page.locator("[data-list=agenda] > li").first().locator("details", { hasText: "Add a paper" });
    await form.locator("summary").click();
    await form.getByLabel("Title of the paper").fill("Left over");
    await form.getByLabel("why it is late").fill("It came on Monday");
    await form.getByLabel("File", { exact: true }).setInputFiles({ name: "a.pdf", mimeType: "application/pdf", buffer: pdfOfPages(["What is left over"]) });
    await writer.page.getByRole("button", { name: "Add the paper to item 1", exact: true }).click();
    await writer.page.getByText(/Left over \(PDF/).first().waitFor();

    await member.follow(meeting);
    await member.page.getByRole("link", { name: "All versions of Left over" }).click();
    await member.live();
    await member.page.getByLabel("Your note").fill("Ask about Cumbria");
    await member.page.getByRole("button", { name: "Save your note" }).click();
    await member.page.getByText(/^Written at/).waitFor();

    const made = await command(writer.page, "schedule_meeting", { body, title: "Council, December", date: "2030-12-10", starts: "14:00", ends: "16:00", place: "Leeds" });
    await writer.follow(meeting);
    await writer.page.getByRole("link", { name: "Forward an item to another meeting" }).click();
    await writer.page.getByLabel("Item", { exact: true }).selectOption({ index: 1 });
    await writer.page.getByLabel("To which meeting").selectOption({ label: await optionWith(writer.page.getByLabel("To which meeting"), "Council, December") });
    await looksRight(writer, "forward");
    await writer.page.getByRole("button", { name: "Forward the item" }).click();
    await writer.page.waitForURL(`**/meetings/${made["meeting"]}/agenda**`);
    await writer.page.getByText(/Left over \(PDF/).waitFor();
    await writer.page.getByText("The item is on this agenda now, with its papers.").waitFor();
    await looksRight(writer, "forward-there");

    await member.follow(meeting);
    assert.equal(await member.page.getByText("Goes on at").count(), 0, "a draft is the secretary's");
    await command(writer.page, "publish_agenda", { meeting: made["meeting"] });
    await member.page.getByRole("link", { name: "Council, December" }).waitFor();
    await looksRight(member, "forward-from");
    await member.page.getByRole("link", { name: "Council, December" }).click();
    await member.live();
    await member.page.getByText(/^From/).first().waitFor();
    await member.page.getByRole("link", { name: "All versions of Left over" }).click();
    assert.equal(await member.page.getByLabel("Your note").inputValue(), "Ask about Cumbria");
  });

  council.scene("without script it says what stands in the way", async () => {
    const writer = await council.signedIn(secretary, { script: false, width: 320 });
    writer.expects(/status of 4/);
    await writer.page.goto(`${meeting}/forward`);
    await writer.page.getByLabel("Item", { exact: true }).selectOption({ index: 1 });
    await writer.page.getByLabel("To which meeting").selectOption({ label: await optionWith(writer.page.getByLabel("To which meeting"), "Council, December") });
    await writer.page.getByRole("button", { name: "Forward the item" }).click();
    await writer.page.getByText("This item was forwarded to that meeting already.").first().waitFor();
    await looksRight(writer, "forward-refused");
  });
});

/** The whole label of the option that has the words. */
async function optionWith(select: { locator(selector: string): { allInnerTexts(): Promise<string[]> } }, words: string): Promise<string> {
  return (await select.locator("option").allInnerTexts()).find((label) => label.includes(words)) ?? assert.fail(`no option with ${words}`);
}
