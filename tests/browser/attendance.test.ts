import assert from "node:assert/strict";
import { before } from "node:test";
import { act } from "./support/act.ts";
import { looksRight, looksRightUnfolded } from "./support/looks.ts";
import type { Account } from "./support/system.ts";

act("who attends the council's meeting", (council) => {
  let secretary: Account;
  let chair: Account;
  let meeting: string;

  before(async () => {
    secretary = council.system.holder("secretary, Council of LEP Chairs");
    chair = await council.system.sitter("Council of LEP Chairs", "Chair, Cumbria LEP");
    meeting = await council.system.path("meetings", "Council of LEP Chairs");
  });

  council.scene("by keyboard alone on a small screen a member says that they come, and the secretary sees it and the quorum", async () => {
    const writer = await council.signedIn(secretary);
    const member = await council.signedIn(chair, { width: 320 });
    await writer.follow(`${meeting}/attendance`);
    await writer.page.getByText(/No quorum is set for this meeting/).waitFor();
    await writer.page.locator("#quorum-quorum").fill("1");
    await writer.page.getByRole("button", { name: "Save the quorum" }).click();
    await writer.page.getByText(/0 of \d+ members present; quorum is 1: not quorate/).waitFor();
    await member.follow(`${meeting}/live`);
    await member.tabTo("[data-focus=sorry]");
    await member.page.keyboard.press("Enter");
    const row = writer.page.locator("[data-list=attendee] > li").filter({ hasText: "Chair, Cumbria LEP" });
    await row.locator(".govuk-tag", { hasText: "Apologies" }).waitFor();
    await member.tabTo("[data-focus=remote]");
    await member.page.keyboard.press("Enter");
    await row.locator(".govuk-tag", { hasText: "Remote" }).waitFor();
    for (const { page } of [writer, member]) await page.getByText(/1 of \d+ members present; quorum is 1: quorate/).waitFor();
    await member.staysOnThePage();
    await writer.staysOnThePage();
    await looksRight(member, "meeting-room-own-attendance");
    await looksRight(writer, "attendance-secretary");
    await looksRightUnfolded(writer, "attendance-secretary");
    await member.follow(`${meeting}/attendance`);
    assert.equal(await member.page.locator("[data-focus=record]").count(), 0, "a member records nobody else");
    await looksRight(member, "attendance-member");
  });

  council.scene("by keyboard alone the secretary records a substitute, whom members read of and the public does not", async () => {
    const writer = await council.signedIn(secretary, { width: 320 });
    const member = await council.signedIn(chair);
    await writer.follow(`${meeting}/attendance`);
    await member.follow(`${meeting}/attendance`);
    const of = (page: typeof writer.page) => page.locator("[data-list=attendee] > li").filter({ hasText: "Chair, Cumbria LEP" });
    const id = String(await of(writer.page).getAttribute("id"));
    await writer.tabTo(`#${id} summary`);
    await writer.page.keyboard.press("Enter");
    await writer.tabTo(`#${id} select`);
    await writer.page.keyboard.type("Subst");
    await writer.tabTo(`#${id} [data-focus=record]`);
    writer.expects(/status of 422/);
    await writer.page.keyboard.press("Enter");
    await of(writer.page).getByText("Say who sits for them.").waitFor();
    await writer.page.locator(`#${id} input[name=substitute]`).focus();
    await writer.page.keyboard.type("Edwin Northumbria");
    await writer.page.keyboard.press("Enter");
    await of(member.page).getByText(/Edwin Northumbria sits for them/).waitFor();
    const visitor = await council.visitor();
    visitor.expects(/status of 404/);
    assert.equal((await visitor.page.goto(`${meeting}/attendance`))?.status(), 404, "before the meeting begins it is nobody else's business");
    await writer.page.goto(`${meeting}/live`);
    await writer.page.locator("#send-start button").click();
    await writer.page.getByText("Now at item 1:").first().waitFor();
    await visitor.page.goto(`${meeting}/attendance`);
    assert.match(await of(visitor.page).innerText(), /Substitute/);
    assert.doesNotMatch(await visitor.page.locator("main").innerText(), /Edwin/);
    await looksRight(visitor, "attendance-public");
  });

  council.scene("without script the secretary records somebody, and corrects it once the meeting is closed, with a reason", async () => {
    const writer = await council.signedIn(secretary, { script: false });
    const { page } = writer;
    await page.goto(`${meeting}/attendance`);
    const row = page.locator("[data-list=attendee] > li").filter({ hasText: "Chair, Cumbria LEP" });
    await row.locator("[data-focus=here]").click();
    await row.locator(".govuk-tag", { hasText: "In the room" }).waitFor();
    await page.goto(`${meeting}/live`);
    await page.locator("summary", { hasText: "Close the meeting" }).click();
    await page.getByRole("button", { name: "Close the meeting now" }).click();
    await page.goto(`${meeting}/attendance`);
    assert.equal(await page.locator("[data-focus=here]").count(), 0);
    await row.locator("summary").click();
    await row.locator("select").selectOption("remote");
    writer.expects(/status of 422/);
    await row.locator("[data-focus=record]").click();
    await page.getByRole("heading", { name: "There is a problem" }).waitFor();
    assert.match(await page.locator("#error-summary").innerText(), /Say why the list is corrected/);
    await looksRight(writer, "attendance-correction-refused");
    await row.locator("input[name=reason]").fill("She joined by telephone");
    await row.locator("[data-focus=record]").click();
    await row.getByText(/Corrected after the meeting: She joined by telephone/).waitFor();
    assert.match(await row.innerText(), /Remote/);
  });
});
