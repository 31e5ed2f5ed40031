import assert from "node:assert/strict";
import { before } from "node:test";
import { act } from "./support/act.ts";
import { Latency } from "./support/latency.ts";
import { looksRight, looksRightUnfolded } from "./support/looks.ts";
import type { Person } from "./support/person.ts";
import type { Account } from "./support/system.ts";

act("the draft Local Industrial Strategy for Cumbria", (consultation) => {
  let stakeholder: Account;
  let draft: string;
  let paragraph: { id: string; number: string };

  before(async () => {
    const { system } = consultation;
    stakeholder = await system.sitter("Council of LEP Chairs", "Chair, Cumbria LEP");
    const { entities } = await system.rows("consultations");
    const row = Object.values(entities).find(({ area, is_open }) => is_open === true && String(area).includes("Cumbria"));
    assert.ok(row, "there is no open consultation for Cumbria");
    draft = String(row["draft_href"]);
    const blocks = Object.values((await system.rows(draft.replace("/consultations/", "drafts/").replace("/draft/", "/"))).entities);
    const block = blocks.filter(({ is_paragraph }) => is_paragraph === true).at(-1);
    assert.ok(block);
    paragraph = { id: `block-${String(block["block"])}`, number: String(block["number"]) };
  });

  async function comments({ page }: Person, text: string): Promise<void> {
    await page.locator(`#${paragraph.id}-form > summary`).click();
    await page.getByLabel(`Your comment on paragraph ${paragraph.number}`).fill(text);
    await page.locator(`#${paragraph.id}-form`).getByRole("button", { name: "Send comment" }).click();
  }

  consultation.scene("a visitor who reads sees a comment announced under the paragraph, and then the comment", async () => {
    const text = "Our apprentices leave at five; the last bus to Millom is at ten to.";
    const reader = await consultation.visitor();
    const writer = await consultation.signedIn(stakeholder);
    await reader.follow(draft);
    await writer.follow(draft);
    await looksRight(reader, "draft-visitor");
    await looksRightUnfolded(reader, "draft-visitor");
    await reader.follow(draft);
    const place = reader.page.locator(`#${paragraph.id}`);
    await place.scrollIntoViewIfNeeded();
    const top = (await place.boundingBox())?.y;
    const latency = await Latency.between(writer, reader, `#${paragraph.id}`);
    await comments(writer, text);
    const button = place.getByRole("button", { name: `Show 1 new comment in paragraph ${paragraph.number}` });
    await button.waitFor();
    await latency.take();
    latency.tell("comment sent → other screen");
    assert.equal(await reader.page.getByText(text).count(), 0);
    assert.equal((await place.boundingBox())?.y, top, "what the visitor reads stays where it is");
    await button.click();
    await place.locator(".app-comment", { hasText: text }).getByText(stakeholder.name).waitFor();
    assert.ok(await place.getByText(text).isVisible());
    await reader.staysOnThePage();
    await writer.page.locator(`#${paragraph.id} .app-comment--mine`, { hasText: text }).waitFor();
    await writer.staysOnThePage();
    await looksRight(writer, "draft-stakeholder");
  });

  consultation.scene("an empty comment is refused at its field", async () => {
    const writer = await consultation.signedIn(stakeholder);
    writer.expects(/status of 422/);
    await writer.follow(draft);
    await comments(writer, "");
    await writer.page.getByRole("heading", { name: "There is a problem" }).waitFor();
    await looksRight(writer, "draft-error");
  });

  consultation.scene("without script the visitor sees it after loading the page again", async () => {
    const text = "Say who pays for the broadband in the valleys, and by when.";
    const reader = await consultation.visitor({ script: false });
    const writer = await consultation.signedIn(stakeholder, { script: false });
    await reader.page.goto(draft);
    await writer.page.goto(draft);
    await comments(writer, text);
    await writer.page.locator(`#${paragraph.id} .app-comment--mine`, { hasText: text }).waitFor({ state: "attached" });
    assert.equal(await reader.page.getByText(text).count(), 0);
    await reader.page.reload();
    await reader.page.locator(`#${paragraph.id}-comments > summary`).click();
    assert.ok(await reader.page.locator(`#${paragraph.id}`).getByText(text).isVisible());
  });

  consultation.scene("without script an empty comment comes back with what is wrong", async () => {
    const writer = await consultation.signedIn(stakeholder, { script: false });
    writer.expects(/status of 422/);
    await writer.page.goto(draft);
    await writer.page.locator(`#${paragraph.id}-form form`).evaluate((form: HTMLFormElement) => (form.noValidate = true));
    await comments(writer, "");
    await writer.page.getByRole("heading", { name: "There is a problem" }).waitFor();
    assert.ok(await writer.page.getByLabel(`Your comment on paragraph ${paragraph.number}`).isVisible());
    await looksRight(writer, "draft-error-no-script");
  });
});
