// A consultation that opens by itself, is given more time while a visitor reads it, and closes.
import assert from "node:assert/strict";
import { before } from "node:test";
import { act } from "./support/act.ts";
import { looksRight, looksRightUnfolded } from "./support/looks.ts";
import type { Person } from "./support/person.ts";
import type { Account } from "./support/system.ts";

const TITLE = "Furness skills plan";
const REASON = "Schools asked for two weeks more, because of the half-term holiday.";

act("the times of a consultation", (cumbria) => {
  let officer: Account;
  let page: string;

  before(() => {
    officer = cumbria.system.holder("officer, Cumbria LEP board");
  });

  const fill = (person: Person, label: string, value: string) => person.page.getByLabel(label, { exact: true }).fill(value);
  const fact = (person: Person, name: string) => person.page.locator(".app-facts .govuk-summary-list__row", { hasText: name });

  cumbria.scene("it is set to open by itself, set anew and called off, at 320 px; nobody else sees it", async () => {
    const writer = await cumbria.signedIn(officer, { width: 320 });
    await writer.page.goto("/consultations");
    await writer.page.getByText(/^Start a consultation for Cumbria/).click();
    await fill(writer, "Title", TITLE);
    await fill(writer, "Area", "Furness");
    await fill(writer, "Summary", "What people should learn, and where.");
    await writer.page.getByRole("button", { name: "Start consultation" }).click();
    await writer.page.getByRole("heading", { level: 1, name: TITLE }).waitFor();
    page = new URL(writer.page.url()).pathname;
    await writer.live();
    await writer.page.getByText("Publish a draft", { exact: true }).click();
    await fill(writer, "The draft, as Markdown", "# Skills\n\n## Colleges\n\nA college in each town, and a bus to it.\n");
    await writer.page.getByRole("button", { name: "Publish draft" }).click();

    await writer.page.getByText("Let it open by itself").click();
    await fill(writer, "Opens on", "2019-01-05");
    await writer.page.locator("#schedule-closes_on").fill("2031-03-01");
    writer.expects(/status of 422/);
    await writer.page.getByRole("button", { name: "Set the times" }).click();
    await writer.page.getByText("This has passed.").first().waitFor();
    await fill(writer, "Opens on", "2031-01-05");
    await fill(writer, "At (optional)", "09:00");
    await writer.page.getByRole("button", { name: "Set the times" }).click();
    await fact(writer, "Opens").getByText("9am on 5 January 2031").waitFor();
    await fact(writer, "Closes").getByText("11:59pm on 1 March 2031").waitFor();
    await looksRightUnfolded(writer, "opening-scheduled");

    const visitor = await cumbria.visitor();
    visitor.expects(/status of 404/);
    assert.equal((await visitor.page.goto(page))?.status(), 404);
    await visitor.page.goto("/consultations");
    assert.equal(await visitor.page.getByText(TITLE).count(), 0);

    await writer.page.getByRole("button", { name: "Do not open it by itself" }).click();
    await fact(writer, "Opens").waitFor({ state: "detached" });
  });

  cumbria.scene("a visitor who reads it sees it get more time, with the reason; by keyboard and without script", async () => {
    const [writer, visitor] = [await cumbria.signedIn(officer), await cumbria.visitor({ width: 320 })];
    await writer.follow(page);
    await writer.page.locator("#open-closes_on").fill("2031-03-01");
    await writer.tabTo("#send-open button");
    await writer.page.keyboard.press("Enter");
    await writer.page.getByText("Give people more time").waitFor();
    await visitor.follow(page);
    await fact(visitor, "Closes").getByText("11:59pm on 1 March 2031").waitFor();

    await writer.tabTo("#extend summary");
    await writer.page.keyboard.press("Enter");
    await writer.page.locator("#extend-closes_on").fill("2031-03-15");
    await writer.tabTo("#extend-reason");
    await writer.page.keyboard.type(REASON);
    await writer.tabTo("#send-extend button");
    await writer.page.keyboard.press("Enter");
    for (const person of [writer, visitor]) {
      await person.page.getByText("The closing date was moved to 11:59pm on 15 March 2031.").waitFor();
      await person.page.getByText("Before, it was 11:59pm on 1 March 2031.").waitFor();
      await person.page.getByText(REASON).waitFor();
      await fact(person, "Closes").getByText("11:59pm on 15 March 2031").waitFor();
    }
    await visitor.staysOnThePage();
    await looksRight(visitor, "opening-extended");

    const plain = await cumbria.signedIn(officer, { script: false, width: 320 });
    await plain.page.goto(page);
    await plain.page.getByText("Give people more time").click();
    await plain.page.locator("#extend-closes_on").fill("2031-03-14");
    await plain.page.locator("#extend-reason").fill("A day less would do as well.");
    plain.expects(/status of 422/);
    await plain.page.getByRole("button", { name: "Move the closing date" }).click();
    await plain.page.getByText("The new date must be later than the present one, 11:59pm on 15 March 2031.").first().waitFor();
    assert.equal(await plain.page.locator("#extend-reason").inputValue(), "A day less would do as well.", "what was typed stays");
    await looksRight(plain, "opening-refused");
    assert.ok(await plain.page.locator("#extend-closes_on").isVisible(), "the form that was refused stands open");
    await plain.page.locator("#extend-closes_on").fill("2031-03-16");
    await plain.page.getByRole("button", { name: "Move the closing date" }).click();
    await plain.page.getByText("The closing date has been moved. The reason stands on this page").waitFor();
    await visitor.page.getByText("The closing date was moved to 11:59pm on 16 March 2031.").waitFor();
    const said = await visitor.page.locator("[data-list=extension] > li").allInnerTexts();
    assert.deepEqual(said.map((text) => /moved to (.+?)\. Before/s.exec(text)?.[1]), ["11:59pm on 16 March 2031", "11:59pm on 15 March 2031"], "the latest first");
  });
});
