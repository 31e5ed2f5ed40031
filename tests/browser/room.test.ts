import assert from "node:assert/strict";
import { before } from "node:test";
import { pdf } from "../system/support/papers.ts";
import { act } from "./support/act.ts";
import { looksRight, looksRightUnfolded } from "./support/looks.ts";
import type { Account } from "./support/system.ts";

act("the council speaks, and a member withdraws", (council) => {
  let secretary: Account;
  let chair: Account;
  let meeting: string;

  before(async () => {
    secretary = council.system.holder("secretary, Council of LEP Chairs");
    chair = await council.system.sitter("Council of LEP Chairs", "Chair, Cumbria LEP");
    meeting = await council.system.path("meetings", "Council of LEP Chairs");
  });

  council.scene("by keyboard alone on a small screen a member asks to speak, gets the floor, and everybody sees for how long", async () => {
    const [writer, member] = [await council.signedIn(secretary), await council.signedIn(chair, { width: 320 })];
    await writer.follow(`${meeting}/live`);
    await writer.page.locator("#send-start button").click();
    await writer.page.getByText("Now at item 1:").first().waitFor();
    await member.follow(`${meeting}/live`);
    await member.tabTo("[data-focus=point]");
    await member.page.keyboard.press("Enter");
    const request = writer.page.locator("[data-list=request] > li").filter({ hasText: "Chair, Cumbria LEP" });
    await request.getByText("Point of order").waitFor();
    await looksRight(member, "room-waiting");
    await request.locator("[data-focus=floor]").click();
    const timer = member.page.locator("#room [data-counted-from]");
    await timer.filter({ hasText: /^[2-9] s$/ }).waitFor();
    await writer.page.locator("#room [data-counted-from]").filter({ hasText: /^[2-9] s$/ }).waitFor();
    await looksRightUnfolded(writer, "room-speaker-secretary");
    await writer.page.locator("#send-pause button").click();
    await member.page.getByText(/so far; the clock is stopped/).waitFor();
    await writer.page.locator("#send-resume button").click();
    await timer.filter({ hasText: /^\d+ s$/ }).waitFor();
    await writer.page.locator("[data-focus=end]").click();
    await member.page.getByText(/Chair, Cumbria LEP, spoke for \d+ s\./).waitFor();
    for (const person of [writer, member]) await person.staysOnThePage();
  });

  council.scene("the papers of an item close to the member who withdraws when the meeting comes to it, and open again behind it", async () => {
    const [writer, member] = [await council.signedIn(secretary), await council.signedIn(chair, { width: 320 })];
    await writer.follow(`${meeting}/agenda`);
    const form = writer.page.locator("[data-list=agenda] > li").nth(1).locator("details", { hasText: "Add a paper" });
    await form.locator("summary").click();
    await form.getByLabel("Title of the paper").fill("Valuation of the land");
    await form.getByLabel("why it is late").fill("It came on Monday");
    await form.getByLabel("Who may read it").selectOption("members");
    await form.getByLabel("File", { exact: true }).setInputFiles({ name: "paper.pdf", mimeType: "application/pdf", buffer: pdf("Valuation") });
    await form.getByRole("button", { name: /Add the paper/ }).click();
    await writer.page.getByText(/Valuation of the land/).first().waitFor();
    await member.follow(meeting);
    const paper = String(await member.page.getByRole("link", { name: /Valuation of the land/ }).first().getAttribute("href"));
    assert.equal((await member.page.request.get(paper)).status(), 200);
    await member.tabTo("[data-focus=declare]");
    await member.page.keyboard.press("Enter");
    await member.page.locator("#declare-item").selectOption({ index: 2 });
    await member.page.locator("#declare-words").fill("My firm owns the land");
    await member.page.locator("#declare-effect").selectOption("withdraw");
    await member.page.locator("[data-focus=send-declare]").click();
    await writer.page.goto(`${meeting}/live`);
    await writer.page.getByText("My firm owns the land").waitFor();
    await member.page.getByText("My firm owns the land").waitFor();
    await looksRightUnfolded(member, "meeting-declared");
    await writer.page.getByRole("button", { name: "Go to item 2", exact: true }).click();
    await member.page.getByText(/You have withdrawn from this item/).waitFor();
    await member.page.getByText(/Valuation of the land/).waitFor({ state: "detached" });
    assert.equal((await member.page.request.get(paper)).status(), 404);
    await looksRight(member, "meeting-withdrawn");
    await member.page.goto(`${meeting}/live`);
    assert.equal(await member.page.locator("[data-focus=ask]").count(), 0, "nor do they ask to speak");
    await writer.page.getByText("Withdrawn now").waitFor();
    await looksRightUnfolded(writer, "room-declaration-secretary");
    await writer.page.getByRole("button", { name: "Go to item 3", exact: true }).click();
    await member.page.locator("[data-focus=ask]").waitFor();
    assert.equal((await member.page.request.get(paper)).status(), 200);
  });

  council.scene("without script a member declares, is asked for a reason only when it is too late, and asks to speak", async () => {
    const member = await council.signedIn(chair, { script: false });
    const { page } = member;
    await page.goto(`${meeting}/live`);
    await page.locator("[data-focus=ask]").click();
    const own = page.locator("[data-list=request] > li").filter({ hasText: "Chair, Cumbria LEP" });
    await own.waitFor();
    await own.locator("[data-focus=off]").click();
    await page.getByText("Nobody has asked to speak.").waitFor();
    const declared = page.locator("[data-list=declaration] > li").filter({ hasText: "My firm owns the land" });
    assert.equal(await declared.locator("form").count(), 0, "the meeting has been at this item");
    await page.locator("[data-focus=declare]").click();
    await page.locator("#declare-item").selectOption({ index: 5 });
    await page.locator("#declare-words").fill("I advise the bidder");
    await page.locator("#declare-effect").selectOption("stay");
    await page.locator("[data-focus=send-declare]").click();
    const other = page.locator("[data-list=declaration] > li").filter({ hasText: "I advise the bidder" });
    await other.waitFor();
    await other.locator("summary").click();
    await other.locator("[data-focus=undeclare]").click();
    await page.locator("[data-list=declaration] > li").filter({ hasText: "I advise the bidder" }).waitFor({ state: "detached" });
  });
});
