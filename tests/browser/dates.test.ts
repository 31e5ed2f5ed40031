// Finding a date for a meeting: the secretary asks which times suit, members answer and see each other's answers, and one time becomes the meeting.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before } from "node:test";
import { act } from "./support/act.ts";
import { command } from "./support/command.ts";
import { looksRight, looksRightUnfolded } from "./support/looks.ts";
import type { Person } from "./support/person.ts";
import type { Account } from "./support/system.ts";

const BODY = "Council of LEP Chairs";
const SETTLED = "The meeting is scheduled for this time, and the poll is over. Nobody is told by e-mail.";

act("a date for a meeting of the council", (council) => {
  let [secretary, member, other] = [{} as Account, {} as Account, {} as Account];
  let body: string;
  let dates: string;

  before(async () => {
    secretary = council.system.holder(`secretary, ${BODY}`);
    member = await council.system.sitter(BODY, "Chair, Cumbria LEP");
    other = await council.system.sitter(BODY, "Chair, Dorset LEP");
    const { entities } = await council.system.rows("meetings");
    body = String(Object.values(entities).find((row) => row["body_name"] === BODY)?.["body"]);
    dates = `/bodies/${body}/dates`;
  });

  const poll = ({ page }: Person, title: string) => page.locator("[data-list=poll] > li", { hasText: title });
  const time = ({ page }: Person, day: string) => page.locator("[data-list$='/time'] > li", { hasText: day });
  const past = ({ page }: Person, title: string) => page.locator("[data-list=past] > li", { hasText: title });
  const answer = ({ page }: Person, words: string, day: string) => page.getByRole("button", { name: new RegExp(`^${words}\\b.*${day}`) });

  /** The day and the month are the same number, so that a browser may have them in either order. */
  async function type(person: Person, fields: readonly (readonly [selector: string, keys: string])[]): Promise<void> {
    for (const [selector, keys] of fields) {
      await person.tabTo(selector);
      await person.page.keyboard.type(keys);
    }
  }

  council.scene("is asked for by keyboard, with a further time; two who answer at once see each other's answers, one of them at 320 pixels", async () => {
    const [writer, one, two] = [await council.signedIn(secretary), await council.signedIn(member, { width: 320 }), await council.signedIn(other)];
    await one.page.goto(`/bodies/${body}`);
    await one.page.getByRole("link", { name: "Find a date for a meeting" }).click();
    await one.page.getByText("No date is being looked for.").waitFor();
    assert.equal(await one.page.title(), `Find a date – ${BODY} – Witan`);
    for (const person of [writer, one, two]) await person.follow(dates);
    assert.equal(await one.page.locator("#opening").count(), 0, "asking is the secretary's");
    await looksRight(one, "dates-empty-member");
    await looksRight(writer, "dates-empty");

    await writer.tabTo("#opening summary");
    await writer.page.keyboard.press("Enter");
    await type(writer, [["#open-title", "Autumn council"], ["#open-place", "Leeds"], ["#open-date", "10102031"], ["#open-starts", "1000am"], ["#open-ends", "1130am"]]);
    await writer.tabTo("#send-open button");
    await writer.page.keyboard.press("Enter");
    for (const person of [writer, one, two]) await poll(person, "Autumn council").getByText("10 October 2031").first().waitFor();

    await writer.tabTo("[id^=adding-] summary");
    await writer.page.keyboard.press("Enter");
    await type(writer, [["[id^=send-add-] [name=date]", "11112031"], ["[id^=send-add-] [name=starts]", "1000am"], ["[id^=send-add-] [name=ends]", "1130am"]]);
    await writer.tabTo("[id^=send-add-] button");
    await writer.page.keyboard.press("Enter");
    for (const person of [writer, one, two]) await time(person, "11 November 2031").waitFor();

    await Promise.all([answer(one, "I can come", "10 October 2031").click(), answer(two, "I cannot come", "10 October 2031").click()]);
    for (const person of [writer, one, two]) await time(person, "10 October 2031").getByText("1 can come, 0 only if needed, 1 cannot.").waitFor();
    await time(one, "10 October 2031").getByText("Your answer: Can come").waitFor();
    await time(two, "10 October 2031").getByText("Your answer: Cannot come").waitFor();
    assert.equal(await time(writer, "10 October 2031").getByText("Your answer").count(), 0, "the secretary has not answered");

    const id = String(await time(one, "10 October 2031").getAttribute("id"));
    await one.tabTo(`#${id} [data-focus=needed]`);
    await one.page.keyboard.press("Enter");
    await time(one, "10 October 2031").getByText("Your answer: Only if needed").waitFor();
    await one.page.waitForFunction((there) => document.activeElement?.matches(`#${there} [data-focus=needed]`), id);
    await time(two, "10 October 2031").getByText("0 can come, 1 only if needed, 1 cannot.").waitFor();
    await time(two, "10 October 2031").getByText(/^Who said what/).click();
    await time(two, "10 October 2031").getByText(`${member.name}: Only if needed`).waitFor();
    await time(writer, "10 October 2031").getByText("Suits most").waitFor();
    await poll(writer, "Autumn council").getByText(/^2 of \d+ have answered\./).waitFor();
    for (const person of [writer, one, two]) await person.staysOnThePage();
    await looksRightUnfolded(one, "dates-member");
    await looksRightUnfolded(writer, "dates");

    const visitor = await council.visitor();
    visitor.expects(/status of 404/);
    assert.equal((await visitor.page.goto(dates))?.status(), 404, "it is for members");
  });

  council.scene("is answered and settled without script; the meeting is in the list, and its file for a calendar is there for members", async () => {
    const writer = await council.signedIn(secretary, { script: false, width: 320 });
    const one = await council.signedIn(member, { script: false });
    await one.page.goto(dates);
    const id = await time(one, "11 November 2031").getAttribute("id");
    await answer(one, "I can come", "11 November 2031").click();
    await time(one, "11 November 2031").getByText("Your answer: Can come").waitFor();
    assert.equal(new URL(one.page.url()).hash, `#${id}`, "the answer is said where it was given");
    await looksRight(one, "dates-answered-member");

    await writer.page.goto(dates);
    await writer.page.getByText(/^Add a time/).click();
    await writer.page.getByLabel("Date", { exact: true }).first().fill("2031-11-11");
    await writer.page.getByLabel("Starts", { exact: true }).first().fill("10:00");
    await writer.page.getByLabel("Ends", { exact: true }).first().fill("11:30");
    writer.expects(/status of 4\d\d/);
    await writer.page.getByRole("button", { name: "Add the time" }).click();
    await writer.page.getByText("This time is proposed already.").first().waitFor();
    assert.equal(await writer.page.getByLabel("Starts", { exact: true }).first().inputValue(), "10:00", "what was typed stays");
    await looksRight(writer, "dates-refused");

    await time(writer, "11 November 2031").getByText(/^Choose or remove this time/).click();
    await time(writer, "11 November 2031").getByText("You can still change the day of the meeting later.").waitFor();
    await time(writer, "11 November 2031").getByRole("button", { name: /^Choose this time/ }).click();
    await writer.isTold(SETTLED);
    await writer.page.getByText("No date is being looked for.").waitFor();
    await past(writer, "Autumn council").getByText("Date found").waitFor();
    await looksRight(writer, "dates-settled");
    await past(writer, "Autumn council").getByRole("link", { name: /^Go to the meeting/ }).click();
    await writer.page.getByRole("heading", { name: "Autumn council" }).first().waitFor();

    await one.page.goto("/meetings");
    await one.page.locator("[data-list=meeting] > li", { hasText: "Autumn council" }).getByText(/11 November 2031/).first().waitFor();
    await one.page.getByRole("link", { name: `Find a date for a meeting of ${BODY}` }).first().click();
    assert.equal(await past(one, "Autumn council").getByRole("link", { name: /^Go to the meeting/ }).count(), 0, "the meeting is in preparation");
    const [download] = await Promise.all([one.page.waitForEvent("download"), past(one, "Autumn council").getByRole("link", { name: /^Add to your calendar/ }).click()]);
    const file = readFileSync(await download.path(), "utf8");
    assert.match(file, /DTSTART[^\r\n]*:20311111T100000/);
    assert.match(file, /SUMMARY:[^\r\n]*Autumn council/);
  });

  council.scene("loses a time, is found, or is given up with a reason, while a member looks on", async () => {
    const [writer, one] = [await council.signedIn(secretary), await council.signedIn(member, { width: 320 })];
    const clock = { starts: "10:00", ends: "12:00" };
    await writer.page.goto(dates);
    const { poll: winter = "" } = await command(writer.page, "open_date_poll", { body, title: "Winter council", place: "York", date: "2031-12-12", ...clock });
    await command(writer.page, "add_time", { body, poll: winter, date: "2031-12-16", ...clock });
    await command(writer.page, "open_date_poll", { body, title: "Spring council", place: "Hull", answer_by: "2032-01-15", date: "2032-03-03", ...clock });
    await writer.follow(dates);
    await one.follow(dates);
    await poll(one, "Spring council").getByText("Answer by Thursday 15 January 2032.").waitFor();
    await poll(one, "Winter council").getByText("Answers are taken until a time is chosen.").waitFor();

    await time(writer, "12 December 2031").getByText(/^Choose or remove this time/).click();
    await time(writer, "12 December 2031").getByRole("button", { name: /^Remove this time/ }).click();
    for (const person of [writer, one]) await time(person, "12 December 2031").waitFor({ state: "detached" });
    await writer.page.waitForFunction(() => document.activeElement?.id === "polls", undefined, { timeout: 10_000 });

    await time(writer, "16 December 2031").getByText(/^Choose or remove this time/).click();
    writer.expects(/status of 4\d\d/);
    await time(writer, "16 December 2031").getByRole("button", { name: /^Remove this time/ }).click();
    await time(writer, "16 December 2031").getByText(/This is the only time that is proposed\./).waitFor();
    await looksRight(writer, "dates-last-time");
    await time(writer, "16 December 2031").getByRole("button", { name: /^Choose this time/ }).click();
    await writer.isTold(SETTLED);
    await past(one, "Winter council").getByText("Date found").waitFor();
    assert.equal(await poll(one, "Winter council").count(), 0);

    await poll(writer, "Spring council").getByText(/^End the poll without a meeting/).click();
    await poll(writer, "Spring council").getByLabel("Why it ends").fill("Too many are away");
    await poll(writer, "Spring council").getByRole("button", { name: "End the poll" }).click();
    await writer.isTold("The poll is over, without a meeting. The members read why.");
    await past(one, "Spring council").getByText(/Why it ended: Too many are away/).waitFor();
    for (const person of [writer, one]) await person.staysOnThePage();
    await looksRight(one, "dates-over-member");
    await looksRight(writer, "dates-over");
  });
});
