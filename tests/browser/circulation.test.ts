// Papers that go to named seats: the secretary names them, who holds one reads, another member sees the title alone.
import assert from "node:assert/strict";
import { before } from "node:test";
import { pdfOfPages } from "../system/support/papers.ts";
import { act } from "./support/act.ts";
import { looksRight } from "./support/looks.ts";
import type { Account } from "./support/system.ts";

act("the papers of an item go to named seats", (council) => {
  let secretary: Account;
  let [named, other] = [{} as Account, {} as Account];
  let meeting: string;

  before(async () => {
    secretary = council.system.holder("secretary, Council of LEP Chairs");
    named = await council.system.sitter("Council of LEP Chairs", "Chair, Cumbria LEP");
    other = await council.system.sitter("Council of LEP Chairs", "Chair, Dorset LEP");
    const { entities } = await council.system.rows("meetings");
    meeting = String(Object.values(entities).find((one) => one["body_name"] === "Council of LEP Chairs")?.["href"]);
  });

  council.scene("which one of two members then reads, at 320 px and by keyboard, while both watch", async () => {
    const [writer, reader, member] = [await council.signedIn(secretary), await council.signedIn(named, { width: 320 }), await council.signedIn(other)];
    await writer.follow(`${meeting}/agenda`);
    const form = writer.page.locator("[data-list=agenda] > li").first().locator("details", { hasText: "Add a paper" });
    await form.locator("summary").click();
    await form.getByLabel("Title of the paper").fill("What others pay");
    await form.getByLabel("why it is late").fill("It came on Monday");
    await form.getByLabel("File", { exact: true }).setInputFiles({ name: "a.pdf", mimeType: "application/pdf", buffer: pdfOfPages(["What others pay"]) });
    await writer.page.getByRole("button", { name: "Add the paper to item 1", exact: true }).click();
    await writer.page.getByText(/What others pay \(PDF/).first().waitFor();

    await reader.follow(meeting);
    await member.follow(meeting);
    await member.page.getByText(/What others pay \(PDF/).waitFor();

    await writer.follow(`${meeting}/circulation`);
    await writer.page.getByLabel("Item", { exact: true }).selectOption({ index: 1 });
    const seat = writer.page.locator("#send-name").getByLabel(/^Chair, Cumbria LEP/);
    await seat.focus();
    await writer.page.keyboard.press("Space");
    await writer.page.locator("#send-name").getByRole("button", { name: "Name these seats" }).focus();
    await writer.page.keyboard.press("Enter");
    await writer.page.getByText(/^Its papers go to Chair, Cumbria LEP/).waitFor();
    await looksRight(writer, "circulation");

    await member.page.getByText("Papers for named seats").first().waitFor();
    await member.page.getByText(/What others pay/).waitFor({ state: "detached" });
    await reader.page.getByText("Named seats only").first().waitFor();
    assert.equal(await reader.page.getByText("Papers for named seats").count(), 1, "that stands at this item alone");
    await looksRight(reader, "circulation-named");
    await looksRight(member, "circulation-unnamed");
    await reader.page.getByRole("link", { name: "All versions of What others pay" }).click();
    await reader.page.getByRole("heading", { name: "What others pay" }).waitFor();
    const page = reader.page.url();
    member.expects(/status of 404/);
    const answer = await member.page.goto(page);
    assert.equal(answer?.status(), 404);
  });

  council.scene("which the secretary changes and takes back without script", async () => {
    const writer = await council.signedIn(secretary, { script: false, width: 320 });
    writer.expects(/status of 4/);
    await writer.page.goto(`${meeting}/circulation`);
    const entry = writer.page.locator("[data-list=named] > li").first();
    await entry.locator("summary").click();
    assert.equal(await entry.getByLabel(/^Chair, Cumbria LEP/).isChecked(), true, "those that are named are ticked");
    await entry.getByLabel(/^Chair, Cumbria LEP/).uncheck();
    await entry.getByRole("button", { name: /^Save the seats/ }).click();
    await writer.page.getByText("Enter at least one seat, or open the papers to all members.").first().waitFor();
    await looksRight(writer, "circulation-refused");
    await writer.page.locator("[data-list=named] > li").first().getByLabel(/^Chair, Dorset LEP/).check();
    await writer.page.getByRole("button", { name: /^Save the seats/ }).click();
    await writer.page.getByText("The papers of the item go to these seats.").waitFor();
    await writer.page.getByText(/Chair, Dorset LEP/).first().waitFor();
    await writer.page.getByRole("button", { name: /^Open its papers to all members/ }).click();
    await writer.page.getByText("The papers of the item go to all members.").waitFor();
    await writer.page.getByText("No seats are named yet", { exact: false }).waitFor();
  });

  council.scene("and whoever replaces a paper that somebody else has replaced meanwhile keeps what they wrote", async () => {
    const [first, second] = [await council.signedIn(secretary), await council.signedIn(secretary, { script: false })];
    second.expects(/status of 4/);
    await first.follow(meeting);
    await first.page.getByRole("link", { name: "Versions, replace or withdraw of What others pay" }).click();
    await first.live();
    await second.page.goto(first.page.url());
    const replace = async (page: typeof first.page, words: string): Promise<void> => {
      await page.getByLabel("What changed").fill(words);
      await page.getByLabel("The new version").setInputFiles({ name: "b.pdf", mimeType: "application/pdf", buffer: pdfOfPages([words]) });
      await page.getByRole("button", { name: "Replace the paper" }).click();
    };
    await replace(first.page, "New figures");
    await first.page.getByText(/Version 2, added/).first().waitFor();
    await replace(second.page, "Other figures");
    await second.page.getByText(/Somebody else has put version 2 in its place meanwhile/).first().waitFor();
    assert.equal(await second.page.getByLabel("What changed").inputValue(), "Other figures");
  });
});
