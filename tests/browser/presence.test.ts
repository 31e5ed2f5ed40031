// Who is at the page of a meeting, and who is editing what on its agenda.
import assert from "node:assert/strict";
import { before } from "node:test";
import { act } from "./support/act.ts";
import { command } from "./support/command.ts";
import { looksRight } from "./support/looks.ts";
import type { Person } from "./support/person.ts";
import type { Account } from "./support/system.ts";

act("who is here now", (council) => {
  let secretary: Account;
  let chair: Account;
  let meeting: string;

  before(async () => {
    secretary = council.system.holder("secretary, Council of LEP Chairs");
    chair = await council.system.sitter("Council of LEP Chairs", "Chair, Cumbria LEP");
    meeting = await council.system.path("meetings", "Council of LEP Chairs");
  });

  const here = ({ page }: Person) => page.locator(".app-here");
  const reads = (person: Person, words: RegExp): Promise<void> => here(person).filter({ hasText: words }).waitFor();

  council.scene("a member's page names the others, a visitor's only says how many; and who hides is not counted either", async () => {
    const writer = await council.signedIn(secretary);
    const member = await council.signedIn(chair, { width: 320 });
    const visitor = await council.visitor();
    await writer.follow(meeting);
    await reads(writer, new RegExp(`^Here now: ${secretary.name}\\.`));
    await member.follow(`${meeting}/live`);
    await reads(writer, new RegExp(chair.name));
    await reads(member, new RegExp(secretary.name));
    await visitor.follow(meeting);
    await reads(visitor, /^Here now: 3 people\.$/);
    assert.equal(await visitor.page.locator("#live-state").textContent().then((text) => /"people":\["/.test(text ?? "")), false, "no name is in the page");
    await looksRight(writer, "meeting-here-now");
    await looksRight(member, "meeting-room-here-now");
    await looksRight(visitor, "meeting-here-now-visitor");
    assert.equal(await writer.page.locator("#announcer").innerText(), "", "nothing of it is read out");

    const plain = await council.signedIn(secretary, { script: false });
    await plain.page.goto(meeting);
    await reads(plain, new RegExp(`Here now: .*${chair.name}`));
    await plain.page.getByRole("link", { name: "Who sees that you are here" }).click();
    await plain.page.getByLabel("Everyone who reads the page").check();
    await plain.page.getByRole("button", { name: "Save preferences" }).click();
    await plain.isTold("Your preferences are saved.");
    assert.ok(await plain.page.getByLabel("Everyone who reads the page").isChecked());
    await reads(visitor, new RegExp(`^Here now: ${secretary.name} and 2 others\\.$`));

    await member.page.goto("/account");
    await member.live();
    await member.page.getByLabel("Nobody: you are not counted either").check();
    await member.page.getByRole("button", { name: "Save preferences" }).click();
    await member.isTold("Your preferences are saved.");
    await looksRight(member, "account-presence");
    await member.follow(`${meeting}/live`);
    await reads(member, new RegExp(secretary.name));
    await reads(visitor, new RegExp(`^Here now: ${secretary.name} and 1 other\\.$`));
    assert.doesNotMatch(await here(writer).innerText(), new RegExp(chair.name));
    await writer.staysOnThePage();
    await visitor.staysOnThePage();
  });

  council.scene("the builder says who is editing an item, to the others, for as long as they do", async () => {
    const [first, second] = [await council.signedIn(secretary), await council.signedIn(council.system.holder("administrator"))];
    await first.page.goto("/meetings");
    const { entities } = await council.system.rows("meetings");
    const body = String(Object.values(entities).find((row) => row["body_name"] === "Council of LEP Chairs")?.["body"]);
    const { meeting: drafted } = await command(first.page, "schedule_meeting", { body, title: "Prepared by two", date: "2030-03-15", starts: "10:00", ends: "12:00", place: "Here" });
    await command(first.page, "add_agenda_item", { meeting: drafted, title: "Welcome", kind: "note", minutes: 5 });
    await command(first.page, "add_agenda_item", { meeting: drafted, title: "Land", kind: "decision", minutes: 5 });
    for (const person of [first, second]) await person.follow(`/meetings/${drafted}/agenda`);
    const form = first.page.locator("[data-list=agenda] > li").nth(1).locator("details", { hasText: "Save item 2" });
    await form.locator("summary").click();
    await form.getByLabel("Title", { exact: true }).fill("Land use");
    const note = second.page.getByText(`${secretary.name} is editing item 2: Land`);
    await note.waitFor();
    await looksRight(second, "agenda-somebody-edits");
    assert.equal(await first.page.locator(".app-editors > li:not([hidden])").count(), 0, "one knows that oneself");
    assert.equal(await first.page.evaluate(() => document.activeElement?.getAttribute("name")), "title", "the form stays as it is");
    await first.page.getByRole("button", { name: "Save item 2" }).click();
    await second.page.locator("[data-list=agenda]").getByRole("heading", { name: "Land use" }).waitFor();
    await note.waitFor({ state: "detached" });
    assert.equal(await second.page.locator("#announcer").innerText().then((text) => text.includes("editing")), false);
    await form.locator("summary").click();
    await form.getByLabel("Title", { exact: true }).focus();
    await second.page.getByText(`${secretary.name} is editing item 2: Land use`).waitFor();
    await first.context.close();
    await second.page.locator(".app-editors > li").waitFor({ state: "detached" });
  });
});
