// The forward plan of a body: what the secretary plans, what a member proposes and what becomes of it, and onto which agenda it goes.
import assert from "node:assert/strict";
import { before } from "node:test";
import { act } from "./support/act.ts";
import { command } from "./support/command.ts";
import { looksRight, looksRightUnfolded } from "./support/looks.ts";
import type { Account } from "./support/system.ts";

act("the forward plan of the council", (council) => {
  let secretary: Account;
  let member: Account;
  let plan: string;

  before(async () => {
    secretary = council.system.holder("secretary, Council of LEP Chairs");
    member = await council.system.sitter("Council of LEP Chairs", "Chair, Cumbria LEP");
    const { entities } = await council.system.rows("meetings");
    plan = `/bodies/${String(Object.values(entities).find((row) => row["body_name"] === "Council of LEP Chairs")?.["body"])}/plan`;
  });

  council.scene("takes in what a member proposes by keyboard at 320 pixels, and shows it to both at once", async () => {
    const writer = await council.signedIn(secretary);
    const chair = await council.signedIn(member, { width: 320 });
    await writer.follow(plan);
    await chair.follow(plan);
    await looksRight(chair, "plan-empty-member");
    assert.equal(await chair.page.locator("#adding").count(), 0, "planning is the secretary's");

    await chair.tabTo("#proposing summary");
    await chair.page.keyboard.press("Enter");
    await chair.tabTo("#propose-title");
    await chair.page.keyboard.type("Rail in the North");
    await chair.tabTo("#propose-why");
    await chair.page.keyboard.type("The trains are late");
    await chair.page.keyboard.press("Tab");
    await chair.tabTo("#send-propose button");
    await chair.page.keyboard.press("Enter");
    const proposed = writer.page.locator("[data-list=proposal] li", { hasText: "Rail in the North" });
    await proposed.getByText("The trains are late").waitFor();
    await chair.page.getByRole("button", { name: "Withdraw it" }).waitFor();
    await looksRight(chair, "plan-proposed-member");
    await looksRightUnfolded(writer, "plan-proposed");

    await proposed.getByRole("button", { name: /Accept it/ }).click();
    await chair.page.locator("[data-list=entry] h3", { hasText: "Rail in the North" }).waitFor();
    await chair.page.locator("[data-list=answered]").getByText("Accepted").waitFor();
    assert.equal(await chair.page.getByRole("button", { name: "Withdraw it" }).count(), 0, "it is answered");
    await writer.page.locator("[data-list=entry] h3", { hasText: "Rail in the North" }).waitFor();
  });

  council.scene("is planned without script, refuses a month that is none, and declines with a reason", async () => {
    const writer = await council.signedIn(secretary, { script: false, width: 320 });
    const chair = await council.signedIn(member, { script: false });
    await writer.page.goto(plan);
    await writer.page.locator("#adding summary").click();
    await writer.page.locator("#plan-title").fill("Skills Advisory Panels");
    await writer.page.locator("#plan-purpose").fill("To agree their terms");
    await writer.page.locator("#plan-month").evaluate((field) => field.setAttribute("type", "text"));
    await writer.page.locator("#plan-month").fill("June");
    writer.expects(/status of 422|does not conform to the required format/);
    await writer.page.getByRole("button", { name: "Add to the plan" }).click();
    await writer.page.getByText("Enter the year and the month, for example 2019-06.").first().waitFor();
    assert.equal(await writer.page.locator("#plan-purpose").inputValue(), "To agree their terms", "what was typed stays");
    await looksRight(writer, "plan-refused");
    await writer.page.locator("#plan-month").fill("2031-06");
    await writer.page.locator("#plan-circulation").selectOption("everyone");
    await writer.page.getByRole("button", { name: "Add to the plan" }).click();
    await writer.page.getByText("The item is in the plan.").waitFor();
    await writer.page.getByText("June 2031").waitFor();

    await chair.page.goto(plan);
    await chair.page.locator("#proposing summary").click();
    await chair.page.locator("#propose-title").fill("Fireworks");
    await chair.page.locator("#propose-why").fill("They are pretty");
    await chair.page.getByRole("button", { name: "Propose it" }).click();
    await chair.page.getByText("Your proposal is sent.").waitFor();
    await writer.page.goto(plan);
    const proposed = writer.page.locator("li", { hasText: "Fireworks" });
    await proposed.locator("summary").click();
    await proposed.getByLabel("Why it is declined").fill("Not ours to decide");
    await proposed.getByRole("button", { name: "Decline it" }).click();
    await writer.page.getByText("The proposal is declined.").waitFor();
    await chair.page.goto(plan);
    await chair.page.getByText("Why: Not ours to decide").waitFor();
    await looksRight(chair, "plan-declined-member");
  });

  council.scene("goes onto an agenda, where the public reads it once that is published", async () => {
    const writer = await council.signedIn(secretary);
    const visitor = await council.visitor();
    const body = plan.split("/")[2] ?? "";
    await writer.follow(plan);
    const { meeting = "" } = await command(writer.page, "schedule_meeting", { body, title: "Summer council", date: "2031-06-17", starts: "10:00", ends: "12:00", place: "Here" });
    await visitor.follow(plan);
    await visitor.page.getByText("Skills Advisory Panels").waitFor();
    assert.doesNotMatch(await visitor.page.locator("main").innerText(), /Rail|Fireworks|Proposed/, "what is for members is theirs");
    await looksRight(visitor, "plan-visitor");

    await writer.page.goto(plan);
    await writer.follow(plan);
    const planned = writer.page.locator("[data-list=entry] li", { hasText: "Skills Advisory Panels" });
    await planned.getByText(/Put onto an agenda/).click();
    await planned.getByLabel("Meeting").selectOption(meeting);
    await planned.getByLabel("Minutes").fill("20");
    await planned.getByRole("button", { name: "Put it onto the agenda" }).click();
    const taken = writer.page.locator("[data-list=taken] li", { hasText: "Skills Advisory Panels" });
    await taken.getByRole("link", { name: "Summer council" }).waitFor();
    await visitor.page.getByText("Nothing is planned that everyone may read yet.").waitFor();
    await command(writer.page, "publish_agenda", { meeting });
    await looksRight(writer, "plan-taken");
    await visitor.page.goto(`/meetings/${meeting}`);
    await visitor.page.getByText("Skills Advisory Panels").waitFor();
    await writer.page.getByRole("link", { name: "Summer council" }).click();
    await writer.page.getByRole("link", { name: "Put an item of the forward plan onto this agenda" }).click();
    await writer.page.getByRole("heading", { name: "Forward plan" }).waitFor();
  });

  council.scene("is changed by one at a time: the second sees what the first wrote and keeps their own words", async () => {
    const one = await council.signedIn(secretary);
    const two = await council.signedIn(secretary, { script: false });
    await one.follow(plan);
    await two.page.goto(plan);
    const editing = (page: typeof one.page) => page.locator("[data-list=entry] li", { hasText: "Rail in the North" });
    await editing(two.page).getByText(/Edit or remove/).click();
    await editing(one.page).getByText(/Edit or remove/).click();
    await editing(one.page).getByLabel("Title").fill("Rail in the North and the Midlands");
    await editing(one.page).getByRole("button", { name: /Save/ }).click();
    await one.page.locator("[data-list=entry] h3", { hasText: "Rail in the North and the Midlands" }).waitFor();
    await editing(two.page).getByLabel("Title").fill("Rail in the North of England");
    two.expects(/status of 409/);
    await editing(two.page).getByRole("button", { name: /Save/ }).click();
    await two.page.getByText("Somebody else changed this item meanwhile.").first().waitFor();
    assert.equal(await editing(two.page).getByLabel("Title").inputValue(), "Rail in the North of England", "what was typed stays");
    await two.page.locator("[data-list=entry] h3", { hasText: "Rail in the North and the Midlands" }).waitFor();
    await looksRight(two, "plan-stale");
    await editing(two.page).getByRole("button", { name: /Save/ }).click();
    await one.page.locator("[data-list=entry] h3", { hasText: "Rail in the North of England" }).waitFor();
    const last = one.page.locator("[data-list=entry] li", { hasText: "Rail in the North of England" });
    await last.getByText(/Edit or remove/).click();
    await last.getByRole("button", { name: /Remove from the plan/ }).click();
    await one.page.getByText("Nothing is planned yet.").waitFor();
  });
});
