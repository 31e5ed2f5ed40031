import assert from "node:assert/strict";
import { before } from "node:test";
import { act } from "./support/act.ts";
import { command } from "./support/command.ts";
import { looksRight, looksRightUnfolded } from "./support/looks.ts";
import type { Account, System } from "./support/system.ts";
import type { Person } from "./support/person.ts";

/** One more meeting of the council, which has begun; scheduled by whoever is signed in on the page. */
async function begunMeeting(page: Person["page"], system: System, title = "Autumn meeting"): Promise<string> {
  const { entities } = await system.rows("meetings");
  const body = String(Object.values(entities).find((row) => row["body_name"] === "Council of LEP Chairs")?.["body"]);
  const { meeting = "" } = await command(page, "schedule_meeting", { body, title, date: "2031-10-15", starts: "10:00", ends: "12:00", place: "Here" });
  await command(page, "add_agenda_item", { meeting, title: "Minutes of the last meeting", kind: "approval", minutes: 5 });
  await command(page, "publish_agenda", { meeting });
  await command(page, "start_meeting", { meeting });
  return meeting;
}

act("the minutes of the council's meeting", (council) => {
  let secretary: Account;
  let chair: Account;
  let meeting: string;

  before(async () => {
    secretary = council.system.holder("secretary, Council of LEP Chairs");
    chair = await council.system.sitter("Council of LEP Chairs", "Chair, Cumbria LEP");
    meeting = await council.system.path("meetings", "Council of LEP Chairs");
  });

  council.scene("the secretary writes while the meeting runs, by keyboard on a small screen, and a stale write keeps its text", async () => {
    const writer = await council.signedIn(secretary, { width: 320 });
    const second = await council.signedIn(secretary, { script: false });
    await writer.page.goto(`${meeting}/live`);
    await writer.page.locator("#send-start button").click();
    await writer.page.getByText("Now at item 1:").first().waitFor();
    await writer.follow(`${meeting}/minutes`);
    await second.page.goto(`${meeting}/minutes`);
    const row = writer.page.locator("[data-list=item] > li").first();
    const id = String(await row.getAttribute("id"));
    await writer.tabTo(`#${id} details:nth-of-type(1) summary`);
    await writer.page.keyboard.press("Enter");
    await writer.tabTo(`#${id} textarea[name=text]`);
    await writer.page.keyboard.type("The chair opened the meeting.");
    await writer.tabTo(`#${id} [data-focus=write]`);
    await writer.page.keyboard.press("Enter");
    await row.locator("p.app-prose-text", { hasText: "The chair opened the meeting." }).waitFor();
    const stale = second.page.locator(`#${id}`);
    await stale.locator("summary").first().click();
    await stale.locator("textarea[name=text]").first().fill("Somebody else opened it.");
    second.expects(/status of 409/);
    await stale.locator("[data-focus=write]").click();
    await second.page.getByRole("heading", { name: "There is a problem" }).waitFor();
    assert.match(await stale.innerText(), /The chair opened the meeting\./, "what stands there");
    assert.equal(await stale.locator("textarea[name=text]").first().inputValue(), "Somebody else opened it.", "what was typed");
    await looksRight(second, "minutes-stale");
    await row.locator("summary", { hasText: "Record a decision" }).click();
    await row.locator("[id^=decide-] textarea").fill("To meet again in the autumn");
    await row.locator("[data-focus=decide]").click();
    await row.getByText(/Decision \d+\/1:/).waitFor();
    await row.locator("summary", { hasText: "Record an action" }).click();
    await row.locator("[id^=act-] textarea").fill("Book a room");
    await row.locator("input[name=owner]").first().fill("The clerk");
    await row.locator("input[name=due]").first().fill("2030-02-15");
    await row.locator("[data-focus=act]").click();
    await row.getByText(/Book a room/).first().waitFor();
    await looksRight(writer, "minutes-secretary");
    await looksRightUnfolded(writer, "minutes-secretary");
  });

  council.scene("a member proposes a correction, the secretary accepts it, a later meeting approves, and nothing changes after", async () => {
    const writer = await council.signedIn(secretary);
    const member = await council.signedIn(chair, { script: false });
    const visitor = await council.visitor();
    await writer.page.goto(`${meeting}/live`);
    await writer.page.locator("summary", { hasText: "Close the meeting" }).click();
    await writer.page.getByRole("button", { name: "Close the meeting now" }).click();
    await writer.page.getByText("Closed").first().waitFor();
    member.expects(/status of 404/);
    assert.equal((await member.page.goto(`${meeting}/minutes`))?.status(), 404, "they are still being written");
    await writer.follow(`${meeting}/minutes`);
    await writer.page.getByRole("button", { name: "Circulate the minutes" }).click();
    await writer.page.getByText(/Circulated to members/).waitFor();
    await member.page.goto(`${meeting}/minutes`);
    const theirs = member.page.locator("[data-list=item] > li").first();
    await theirs.locator("summary", { hasText: "Propose a correction" }).click();
    await theirs.locator("textarea").fill("The co-chair opened it");
    await theirs.locator("[data-focus=propose]").click();
    await theirs.getByText("Proposed correction").waitFor();
    await looksRight(member, "minutes-member");
    const row = writer.page.locator("[data-list=item] > li").first();
    await row.getByText("The co-chair opened it").waitFor();
    await row.locator("summary", { hasText: "Accept or decline" }).click();
    await row.locator("textarea[name=wording]").fill("The co-chair opened the meeting.");
    await row.locator("[data-focus=accept]").click();
    await row.getByText("Correction: The co-chair opened the meeting.").waitFor();
    visitor.expects(/status of 404/);
    assert.equal((await visitor.page.goto(`${meeting}/minutes`))?.status(), 404, "a draft is the body's");

    const later = await begunMeeting(writer.page, council.system);
    await writer.page.reload();
    await writer.page.locator("#approve-at").selectOption(later);
    await writer.page.getByRole("button", { name: "Record the approval" }).click();
    await writer.page.getByText(/They are locked(?! then)/).waitFor();
    assert.equal(await writer.page.locator("main form[action^='/do/meetings']").count(), 0, "nothing can be changed");
    await looksRight(writer, "minutes-approved");
    await visitor.page.goto(`${meeting}/minutes`);
    await visitor.page.getByText("Correction: The co-chair opened the meeting.").waitFor();
    assert.doesNotMatch(await visitor.page.locator(".app-minutes").innerText(), /Chair, Cumbria LEP/, "who proposed it is the body's");
    await visitor.page.getByRole("link", { name: /^All decisions of/ }).click();
    await visitor.page.getByText("To meet again in the autumn").waitFor();
    await looksRight(visitor, "decisions");
  });

  council.scene("what is still being written when somebody else has the minutes approved is refused, and stays, with script and without", async () => {
    const other = await council.signedIn(secretary);
    await other.page.goto("/meetings");
    for (const script of [true, false]) {
      const late = await begunMeeting(other.page, council.system, "Written too late");
      const { entities } = await council.system.rows(`meetings/${late}`);
      const item = Object.values(entities).find((row) => "item" in row)?.["item"];
      await command(other.page, "write_decision", { meeting: late, item, text: "To go on" });
      await command(other.page, "close_meeting", { meeting: late });
      const writers = [await council.signedIn(secretary, { script, width: 320 }), await council.signedIn(secretary, { script })];
      for (const [n, writer] of writers.entries()) {
        await (script ? writer.follow(`/meetings/${late}/minutes`) : writer.page.goto(`/meetings/${late}/minutes`));
        await writer.page.locator("summary", { hasText: n === 0 ? "Write the minutes" : "Record a decision" }).click();
        await writer.page.locator(n === 0 ? "[id^=write-] textarea" : "[id^=decide-] textarea").fill("Half of what was said");
        writer.expects(/status of 409/);
      }
      const [writer, decider] = writers as [Person, Person];

      await command(other.page, "circulate_minutes", { meeting: late });
      if (script) await writer.page.getByText(/Circulated to members at/).waitFor();
      await writer.page.locator("[data-focus=write]").click();
      await writer.page.locator("#error-summary").getByText("The minutes have been circulated and are not rewritten. Propose a correction instead.").waitFor();
      await writer.page.getByText(/Circulated to members at/).first().waitFor();
      assert.ok((await textsIn(writer)).includes("Half of what was said"));
      await looksRight(writer, `minutes-late-circulated-${script}`);

      const at = await begunMeeting(other.page, council.system, "The next one");
      await command(other.page, "approve_minutes", { meeting: late, at });
      await decider.page.locator("[data-focus=decide]").click();
      await decider.page.locator("#error-summary").getByText("The minutes are approved and locked. They stay as they are.").waitFor();
      await decider.page.getByText(/They are locked: nothing in them changes any more/).waitFor();
      assert.ok((await textsIn(decider)).includes("Half of what was said"));
      await looksRight(decider, `minutes-late-approved-${script}`);
    }
  });
});

/** What stands in the fields that can be seen. */
async function textsIn({ page }: Person): Promise<string[]> {
  return Promise.all((await page.locator("main textarea:visible").all()).map((field) => field.inputValue()));
}
