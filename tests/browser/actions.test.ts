import assert from "node:assert/strict";
import { before } from "node:test";
import { act } from "./support/act.ts";
import { command } from "./support/command.ts";
import { looksRight, looksRightUnfolded } from "./support/looks.ts";
import type { Account } from "./support/system.ts";
import type { Person } from "./support/person.ts";

/** One more meeting of the council with an item, its agenda published; it starts after the one that is there. */
async function laterMeeting(page: Person["page"], body: string, title: string): Promise<{ meeting: string; item: string }> {
  const { meeting = "" } = await command(page, "schedule_meeting", { body, title, date: "2029-10-15", starts: "10:00", ends: "12:00", place: "Here" });
  const { item = "" } = await command(page, "add_agenda_item", { meeting, title: "Skills", kind: "decision", minutes: 5 });
  await command(page, "publish_agenda", { meeting });
  return { meeting, item };
}

act("the actions of the council", (council) => {
  let secretary: Account;
  let chair: Account;
  let body: string;
  let action: string;
  let next: string;

  before(async () => {
    secretary = council.system.holder("secretary, Council of LEP Chairs");
    chair = await council.system.sitter("Council of LEP Chairs", "Chair, Cumbria LEP");
    const { entities } = await council.system.rows("meetings");
    next = await council.system.path("meetings", "Council of LEP Chairs");
    body = String(Object.values(entities).find((row) => row["body_name"] === "Council of LEP Chairs")?.["body"]);
  });

  council.scene("are in the owner's hands once the minutes are circulated, and ticked on everybody's agenda", async () => {
    const writer = await council.signedIn(secretary);
    const owner = await council.signedIn(chair, { width: 320 });
    const visitor = await council.visitor();
    await owner.page.goto("/account/actions");
    await owner.page.getByText("You have no open action.").waitFor();
    await looksRight(owner, "own-actions-empty");
    await owner.follow("/account/actions");

    const { meeting, item } = await laterMeeting(writer.page, body, "Summer meeting");
    await command(writer.page, "start_meeting", { meeting });
    await command(writer.page, "write_action", { meeting, item, text: "Write to the Treasury", owner: chair.name, due: "2030-02-15" });
    await command(writer.page, "close_meeting", { meeting });
    await command(writer.page, "circulate_minutes", { meeting });
    await owner.page.getByRole("link", { name: "Write to the Treasury", exact: true }).waitFor();
    await looksRight(owner, "own-actions");

    await writer.follow(next);
    const row = writer.page.locator("li", { hasText: "Write to the Treasury" });
    await row.getByText("Open", { exact: true }).waitFor();
    await looksRight(writer, "agenda-open-actions");
    await visitor.page.goto(next);
    assert.doesNotMatch(await visitor.page.locator("main").innerText(), /Treasury/, "what the body does is its members'");

    await owner.page.goto("/");
    await owner.page.getByText("1 open action").waitFor();
    await owner.page.getByRole("link", { name: "Your actions" }).click();
    await owner.page.getByRole("link", { name: "Write to the Treasury", exact: true }).click();
    action = new URL(owner.page.url()).pathname;
    await owner.follow(action);
    assert.equal(await owner.page.locator("#send-drop").count(), 0, "dropping it is staff's");
    await owner.tabTo("#noting summary");
    await owner.page.keyboard.press("Enter");
    await owner.tabTo("#note-text");
    await owner.page.keyboard.type("The letter is on its way");
    await owner.tabTo("[data-focus=note]");
    await owner.page.keyboard.press("Enter");
    await owner.page.locator("[data-list=entry]").getByText("The letter is on its way").waitFor();
    await row.getByText("The letter is on its way").waitFor();
    await looksRightUnfolded(owner, "action-owner");
    await owner.page.locator("#finish-note").fill("They have answered");
    await owner.page.getByRole("button", { name: "It is done" }).click();
    await row.getByText("Done", { exact: true }).waitFor();
    await writer.page.getByText("No open actions").waitFor();
    await looksRight(writer, "agenda-actions-ticked");
    await owner.page.getByText("The action is marked as done.").waitFor();
    assert.equal(await owner.page.locator("#finishing").isVisible(), false);
    visitor.expects(/status of 404/);
    assert.equal((await visitor.page.goto(action))?.status(), 404);
    assert.equal((await visitor.page.goto(`/bodies/${body}/actions`))?.status(), 404);
  });

  council.scene("are followed up without script: opened again, put off with a reason, handed over and dropped", async () => {
    const writer = await council.signedIn(secretary, { script: false });
    const owner = await council.signedIn(chair, { script: false, width: 320 });
    await owner.page.goto(action);
    await owner.page.locator("#reopening summary").click();
    await owner.page.getByRole("button", { name: "Open it again" }).click();
    await owner.page.getByText("The action is open again.").waitFor();
    await owner.page.getByRole("button", { name: /^Remove your note/ }).click();
    await owner.page.getByText("Your note is removed.").waitFor();
    await owner.page.getByText("Note, removed by whoever wrote it").waitFor();
    assert.doesNotMatch(await owner.page.locator("main").innerText(), /on its way/);
    await looksRight(owner, "action-reopened");

    await writer.page.goto(`/bodies/${body}/actions`);
    await looksRight(writer, "actions");
    await writer.page.getByRole("link", { name: "Write to the Treasury", exact: true }).click();
    await writer.page.locator("#dating summary").click();
    await writer.page.locator("#date-due").fill("2030-03-15");
    writer.expects(/status of 422/);
    await writer.page.getByRole("button", { name: "Change the day" }).click();
    await writer.page.getByText("Say why the day is another.").first().waitFor();
    assert.equal(await writer.page.locator("#date-due").inputValue(), "2030-03-15", "what was typed stays");
    await looksRight(writer, "action-refused");
    await writer.page.locator("#date-reason").fill("The Treasury is away");
    await writer.page.getByRole("button", { name: "Change the day" }).click();
    await writer.page.getByText("Due day changed from 15 February 2030 to 15 March 2030").waitFor();
    await writer.page.locator("#handing summary").click();
    await writer.page.locator("#hand-owner").fill("The clerk");
    await writer.page.getByRole("button", { name: "Hand it over" }).click();
    await writer.page.getByText("The action is handed over.").waitFor();
    await owner.page.goto(action);
    assert.equal(await owner.page.locator("main form").count(), 0, "it is somebody else's now");
    await writer.page.locator("#dropping summary").click();
    await writer.page.locator("#drop-reason").fill("Overtaken by events");
    await writer.page.getByRole("button", { name: "Drop the action" }).click();
    await writer.page.getByText("The action is dropped.").waitFor();
    await looksRightUnfolded(writer, "action-dropped");
    await owner.page.goto(`/bodies/${body}/actions/all`);
    await owner.page.getByText("Overtaken by events").waitFor();
    await looksRight(owner, "actions-all");
    await owner.page.getByRole("link", { name: /Summer meeting/ }).click();
    await owner.page.getByText("Dropped").waitFor();
    await looksRight(owner, "minutes-action-dropped");
  });
});
