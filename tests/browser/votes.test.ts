import assert from "node:assert/strict";
import { before } from "node:test";
import { act } from "./support/act.ts";
import { looksRight, looksRightUnfolded } from "./support/looks.ts";
import type { Account } from "./support/system.ts";

act("the council moves, seconds and votes", (council) => {
  let secretary: Account;
  let chair: Account;
  let meeting: string;

  before(async () => {
    secretary = council.system.holder("secretary, Council of LEP Chairs");
    chair = await council.system.sitter("Council of LEP Chairs", "Chair, Cumbria LEP");
    meeting = await council.system.path("meetings", "Council of LEP Chairs");
  });

  council.scene("by keyboard alone on a small screen a member moves a motion and votes on it, and everybody sees the result and who voted what", async () => {
    const [writer, member] = [await council.signedIn(secretary), await council.signedIn(chair, { width: 320 })];
    await writer.follow(`${meeting}/live`);
    await member.follow(`${meeting}/live`);   // before it begins, when there are no ballots yet
    await writer.page.locator("#send-start button").click();
    for (const { page } of [writer, member]) await page.getByText("Now at item 1:").first().waitFor();
    await member.tabTo("[data-focus=here]");
    await member.page.keyboard.press("Enter");
    await member.page.getByText("In the room", { exact: true }).first().waitFor();
    // Somebody else is there, and seconds through the secretary.
    await writer.follow(`${meeting}/attendance`);
    const other = writer.page.locator("[data-list=attendee] > li").filter({ hasText: /Chair, .* LEP/ }).filter({ hasNotText: "Cumbria" }).first();
    const seat = String(await other.getAttribute("id")).replace("attendee-", "");
    await other.locator("[data-focus=here]").click();
    await other.locator(".govuk-tag", { hasText: "In the room" }).waitFor();
    await writer.follow(`${meeting}/live`);

    await member.tabTo("[data-focus=move]");
    await member.page.keyboard.press("Enter");
    await member.page.locator("#move-words").fill("That the report be published");
    await looksRight(member, "votes-move");
    await member.tabTo("[data-focus=send-move]");
    await member.page.keyboard.press("Enter");
    const motion = writer.page.locator("[data-list=motion] > li").filter({ hasText: "That the report be published" });
    await motion.getByText("Waits for a seconder").waitFor();
    await motion.locator("select[name=seat]").selectOption(seat);
    await motion.locator("[data-focus=second]").click();
    await motion.getByText("Seconded", { exact: true }).waitFor();
    await looksRightUnfolded(writer, "votes-motion-secretary");
    await motion.locator("[data-focus=put]").click();

    await member.page.getByRole("heading", { name: "Your vote" }).waitFor();
    await looksRight(member, "votes-ballot");
    await member.tabTo("#vote-choice");
    await member.page.keyboard.press("ArrowDown");
    await member.tabTo("[data-focus=vote]");
    await member.page.keyboard.press("Enter");
    await member.isTold("Your vote is cast. It is final.");
    await member.page.getByText("You have voted.").waitFor();
    await looksRight(member, "votes-cast");
    await writer.page.getByText("1 of 2 who are here have voted.").waitFor();
    const hand = writer.page.locator("[data-list=hand] > li");
    assert.equal(await hand.count(), 1, "the other one has not voted");
    await looksRightUnfolded(writer, "votes-open-secretary");
    assert.ok(!writer.frames.some((frame) => frame.includes("Against")), "while it is open nobody is told what anybody voted");
    await hand.locator("select").selectOption("against");
    await hand.locator("[data-focus=hand]").click();
    for (const { page } of [writer, member]) await page.getByText("2 of 2 who are here have voted.").waitFor();
    // It was another hand: taken back, and recorded again on the same page.
    await looksRightUnfolded(writer, "votes-recorded-secretary");
    await writer.page.locator("[data-list=recorded] [data-focus=back]").click();
    for (const { page } of [writer, member]) await page.getByText("1 of 2 who are here have voted.").waitFor();
    await hand.locator("select").selectOption("approve");
    await hand.locator("[data-focus=hand]").click();
    for (const { page } of [writer, member]) await page.getByText("2 of 2 who are here have voted.").waitFor();
    await writer.page.getByRole("button", { name: "Close the vote and count" }).click();
    for (const { page } of [writer, member]) await page.getByText("Tied: 1 for, 1 against, 0 abstained.").waitFor();
    await looksRight(member, "votes-closed-member");
    for (const person of [writer, member]) await person.staysOnThePage();
    await member.page.getByRole("link", { name: /Who voted what/ }).click();
    await member.page.getByRole("row", { name: /Chair, Cumbria LEP Against/ }).waitFor();
    await member.page.getByRole("row", { name: /For \(recorded for them\)/ }).waitFor();
    await looksRight(member, "votes-voices");
  });

  council.scene("without script they hold a secret ballot, of which nobody reads but the numbers, and both stand in the minutes", async () => {
    const [writer, member] = [await council.signedIn(secretary, { script: false }), await council.signedIn(chair, { width: 320, script: false })];
    await writer.page.goto(`${meeting}/live`);
    await writer.page.locator("[data-focus=ask-vote]").click();
    await writer.page.locator("#question-question").fill("Shall we meet in July?");
    await writer.page.locator("#question-kind").selectOption("secret");
    await looksRight(writer, "votes-question-secretary");
    await writer.page.locator("[data-focus=question]").click();
    await writer.page.getByText("0 of 2 who are here have voted.").waitFor();
    await member.page.goto(`${meeting}/live`);
    await member.page.getByText("nobody is ever shown how you vote").waitFor();
    await member.page.getByLabel("Against", { exact: true }).check();
    await member.page.locator("[data-focus=vote]").click();
    await member.isTold("Your vote is cast. It is final.");
    await member.page.getByText("You have voted.").waitFor();
    assert.equal(await member.page.locator("#send-vote").count(), 0);
    // Going on does not count it, nor take it away.
    await writer.page.goto(`${meeting}/live`);
    writer.expects(/status of 409/);
    await writer.page.getByRole("button", { name: "Go to item 2", exact: true }).click();
    await writer.page.getByText("A vote is open. Close it, or cancel it, before the meeting goes on.").first().waitFor();
    await writer.page.goto(`${meeting}/live`);
    await writer.page.getByText("1 of 2 who are here have voted.").waitFor();
    assert.equal(await writer.page.locator("[data-list=hand] > li").count(), 1);
    assert.equal(await writer.page.locator("[data-list=hand] form").count(), 0, "nobody votes for others in a secret ballot");
    await writer.page.getByRole("button", { name: "Close the vote and count" }).click();
    const counted = "Not carried: 0 for, 1 against, 0 abstained.";
    const row = writer.page.locator("[data-list=vote] > li").filter({ hasText: "Shall we meet in July?" });
    await row.getByText(counted).waitFor();
    assert.equal(await row.getByRole("link").count(), 0);
    await looksRight(writer, "votes-closed-secretary");
    await writer.page.goto(`${meeting}/minutes`);
    for (const words of ["Shall we meet in July?", counted, "That the report be published", "Tied: 1 for, 1 against, 0 abstained."]) await writer.page.getByText(words).first().waitFor();
    await looksRight(writer, "votes-minutes");
  });
});
