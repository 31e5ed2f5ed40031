import assert from "node:assert/strict";
import { before } from "node:test";
import { act } from "./support/act.ts";
import { Latency } from "./support/latency.ts";
import { looksRight } from "./support/looks.ts";
import type { Person } from "./support/person.ts";
import type { Account } from "./support/system.ts";

act("the draft Local Industrial Strategy for Cumbria", (consultation) => {
  let stakeholder: Account;
  let draft: string;
  let paragraph: { id: string; number: string; page: string; field: string };

  before(async () => {
    const { system } = consultation;
    stakeholder = await system.sitter("Council of LEP Chairs", "Chair, Cumbria LEP");
    const { entities } = await system.rows("consultations");
    const row = Object.values(entities).find(({ area, is_open }) => is_open === true && String(area).includes("Cumbria"));
    assert.ok(row, "there is no open consultation for Cumbria");
    draft = String(row["draft_href"]);
    const blocks = Object.values((await system.rows(draft.replace("/consultations/", "drafts/").replace("/draft/", "/"))).entities);
    const said = blocks.filter(({ is_paragraph, has_comments }) => is_paragraph === true && has_comments === true).at(-1);
    assert.ok(said, "nobody has commented on the draft");
    const block = String(said["block"]);
    paragraph = { id: `block-${block}`, number: String(said["number"]), page: `${draft}/${block}`, field: `comment-${block}-text` };
  });

  const opener = ({ page }: Person): ReturnType<typeof page.locator> => page.locator(`#${paragraph.id} a[data-opens]`);
  const count = async (person: Person): Promise<number> => Number.parseInt(await opener(person).innerText(), 10) || 0;

  /** From the draft: in its place with script, on the paragraph's own page without. */
  async function comments({ page }: Person, text: string): Promise<void> {
    await page.getByRole("link", { name: `Comment on paragraph ${paragraph.number}`, exact: true }).click();
    await page.getByLabel(`Your comment on paragraph ${paragraph.number}`).fill(text);
    await page.getByRole("button", { name: "Send comment" }).click();
  }

  consultation.scene("a visitor who has opened a paragraph's comments sees one announced, and then the comment", async () => {
    const text = "Our apprentices leave at five; the last bus to Millom is at ten to.";
    const reader = await consultation.visitor();
    const passer = await consultation.visitor();
    const writer = await consultation.signedIn(stakeholder);
    await reader.follow(draft);
    await passer.follow(draft);
    await writer.follow(draft);
    await looksRight(reader, "draft-visitor");
    await opener(reader).click();
    const place = reader.page.locator(`#${paragraph.id}`);
    await place.locator(".app-comment").first().waitFor();
    const before = await count(passer);
    await place.scrollIntoViewIfNeeded();
    const top = (await place.boundingBox())?.y;
    const latency = await Latency.between(writer, reader, `#${paragraph.id}-thread`);
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
    await passer.page.getByRole("button", { name: `${before + 1} comments on paragraph ${paragraph.number}` }).waitFor();
    assert.equal(await passer.page.locator(".app-comment").count(), 0, "who has opened nothing is sent no comments");
    await looksRight(reader, "draft-visitor-thread");
    await looksRight(writer, "draft-stakeholder-thread");
  });

  consultation.scene("the page of a paragraph shows a comment as it comes", async () => {
    const text = "A ferry to Barrow would do more than a wider road.";
    const reader = await consultation.visitor();
    const writer = await consultation.signedIn(stakeholder);
    await reader.follow(paragraph.page);
    await writer.follow(paragraph.page);
    await looksRight(reader, "paragraph-visitor");
    await writer.page.getByLabel(`Your comment on paragraph ${paragraph.number}`).fill(text);
    await writer.page.getByRole("button", { name: "Send comment" }).click();
    await reader.page.getByRole("button", { name: `Show 1 new comment in paragraph ${paragraph.number}` }).click();
    await reader.page.getByText(text).waitFor();
    const mine = writer.page.locator(".app-comment--mine", { hasText: text });
    await mine.waitFor();
    await looksRight(writer, "paragraph-stakeholder");
    await mine.getByRole("button", { name: "Withdraw this comment" }).click();
    await reader.page.getByText(text).waitFor({ state: "detached" });
    await writer.staysOnThePage();
    await reader.page.getByRole("link", { name: `Read paragraph ${paragraph.number} in the draft` }).click();
    await reader.page.locator(`#${paragraph.id}:target`).waitFor();
  });

  consultation.scene("by keyboard alone a comment is written, sent and read, and the thread closed", async () => {
    const text = "Who keeps the count of the houses that stand empty?";
    const writer = await consultation.signedIn(stakeholder);
    await writer.follow(`${draft}#${paragraph.id}`);
    await writer.tabTo(`#${paragraph.id} a[data-opens]`);
    await writer.page.keyboard.press("Space");
    await writer.tabTo(`#${paragraph.field}`);
    await writer.page.keyboard.type(text);
    await writer.page.keyboard.press("Tab");
    await writer.page.keyboard.press("Enter");
    await writer.page.locator(`#${paragraph.id} .app-comment--mine`, { hasText: text }).waitFor();
    assert.equal(await writer.page.evaluate(() => document.activeElement?.textContent), "Send comment");
    await opener(writer).focus();
    await writer.page.keyboard.press("Enter");
    await writer.page.getByText(text).waitFor({ state: "detached" });
    assert.equal(await opener(writer).getAttribute("aria-expanded"), "false");
    await writer.staysOnThePage();
  });

  const words = (person: Person) => person.page.locator(`#${paragraph.id} .app-block__row .app-block__text`);
  /** What the browser marks in the text because somebody has commented on it. */
  const marked = (person: Person): Promise<string[]> =>
    person.page.evaluate(() => [...CSS.highlights.values()].flatMap((highlight) => [...highlight]).map((range) => (range as Range).toString().replace(/\s+/g, " ")));

  consultation.scene("words are selected with the mouse and commented on; who reads it sees which, on a page of 320 px too", async () => {
    const text = "Which of them, and since when?";
    const [writer, reader, passer] = [await consultation.signedIn(stakeholder), await consultation.visitor({ width: 320 }), await consultation.visitor()];
    await writer.follow(draft);
    await reader.follow(paragraph.page);
    await words(writer).scrollIntoViewIfNeeded();
    const box = await words(writer).boundingBox();
    assert.ok(box);
    await writer.page.mouse.move(box.x + 40, box.y + 12);
    await writer.page.mouse.down();
    await writer.page.mouse.move(box.x + 260, box.y + 12, { steps: 5 });
    await writer.page.mouse.up();
    const selected = await writer.page.evaluate(() => document.getSelection()?.toString().trim() ?? "");
    assert.ok(selected.length > 10, selected);
    const whole = (await words(writer).innerText()).replaceAll(/\s+/g, " ");
    const [, chosen = ""] = new RegExp(`([\\p{L}\\p{N}]*${selected.replaceAll(/[^\p{L}\p{N} ]/gu, ".")}[\\p{L}\\p{N}]*)`, "u").exec(whole) ?? [];
    await writer.page.getByRole("button", { name: "Comment on the selected words" }).waitFor();
    await looksRight(writer, "words-selected");
    await writer.page.getByRole("button", { name: "Comment on the selected words" }).click();
    const field = writer.page.getByLabel(`Words of paragraph ${paragraph.number}`);
    await field.waitFor();
    assert.equal(await field.inputValue(), chosen, "a word that was begun is taken whole");
    await writer.page.keyboard.type(text);
    await looksRight(writer, "words-writing");
    await writer.page.getByRole("button", { name: "Send comment" }).click();
    const mine = writer.page.locator(`#${paragraph.id} .app-comment--mine`, { hasText: text });
    await mine.locator("q", { hasText: chosen }).waitFor();
    assert.equal(await field.inputValue(), "", "the next comment is about the whole again");
    await writer.page.waitForFunction((now) => [...CSS.highlights.values()].some((highlight) => [...highlight].some((range) => (range as Range).toString().includes(now))), selected.slice(2, -2));
    await reader.page.getByRole("button", { name: /^Show \d+ new comment/ }).click();
    await reader.page.locator(".app-comment", { hasText: text }).locator("q", { hasText: chosen }).waitFor();
    await reader.page.waitForFunction(() => CSS.highlights.size > 0 && [...CSS.highlights.values()].some(({ size }) => size > 0));
    assert.ok((await marked(reader)).some((each) => each.includes(selected.slice(2, -2))), String(await marked(reader)));
    await looksRight(reader, "words-reader");
    await passer.follow(draft);
    assert.deepEqual(await marked(passer), [], "what is not open is not marked");
  });

  consultation.scene("without script, and by keyboard, the words are copied into their field; those that cannot be told apart come back", async () => {
    const text = "Say this more plainly.";
    const plain = await consultation.signedIn(stakeholder, { script: false, width: 320 });
    await plain.page.goto(paragraph.page);
    const all = (await plain.page.locator(".app-about .app-block__text").innerText()).trim();
    await plain.page.getByText("Comment on certain words only").click();
    const field = plain.page.getByLabel(`Words of paragraph ${paragraph.number}`);
    await field.fill("e");
    await plain.page.getByLabel(`Your comment on paragraph ${paragraph.number}`).fill(text);
    plain.expects(/status of 422/);
    await plain.page.getByRole("button", { name: "Send comment" }).click();
    await plain.page.getByText(/^These words stand \d+ times in paragraph /).first().waitFor();
    assert.equal(await plain.page.getByLabel(`Your comment on paragraph ${paragraph.number}`).inputValue(), text, "what was written stays");
    await looksRight(plain, "words-refused");
    await field.fill(all.slice(0, 30).toUpperCase());
    await plain.page.getByRole("button", { name: "Send comment" }).click();
    await plain.page.locator(".app-comment--mine:target", { hasText: text }).locator("q").getByText(all.slice(0, 28)).waitFor();
  });

  consultation.scene("a reply comes to whoever reads the thread, under what it answers; by keyboard, and without script", async () => {
    const [writer, reader, plain] = [await consultation.signedIn(stakeholder), await consultation.visitor({ width: 320 }), await consultation.signedIn(stakeholder, { script: false, width: 320 })];
    await reader.follow(paragraph.page);
    await writer.follow(paragraph.page);
    const first = writer.page.locator(".app-comment:not(.app-comment--reply)").first();
    const answered = String(await first.getAttribute("id"));
    const id = answered.slice("comment-".length);
    await writer.tabTo(`#reply-${id} > summary`);
    await writer.page.keyboard.press("Enter");
    await writer.tabTo(`#reply-${id}-text`);
    await writer.page.keyboard.type("Only at the weekend.");
    await writer.page.keyboard.press("Tab");
    await writer.page.keyboard.press("Enter");
    await writer.page.locator(`#${answered} + .app-comment--reply.app-comment--mine`, { hasText: "Only at the weekend." }).waitFor();
    assert.equal(await writer.page.locator(`#reply-${id}`).getAttribute("open"), null, "its form is folded up");
    await reader.page.getByRole("button", { name: /^Show \d+ new comment/ }).click();
    await reader.page.locator(`#${answered} + .app-comment--reply`, { hasText: "Only at the weekend." }).waitFor();
    assert.equal(await reader.page.locator("[id^='reply-']").count(), 0, "a visitor has to sign in first");
    await looksRight(reader, "reply-visitor");

    await plain.page.goto(paragraph.page);
    await plain.page.locator(`#reply-${id} > summary`).click();
    plain.expects(/status of 422/);
    await plain.page.locator(`#send-r-${id}`).evaluate((form: HTMLFormElement) => (form.noValidate = true));
    await plain.page.locator(`#send-r-${id} button`).click();
    await plain.page.getByRole("heading", { name: "There is a problem" }).waitFor();
    assert.ok(await plain.page.locator(`#reply-${id}-text`).isVisible(), "the form that was refused stands open");
    await looksRight(plain, "reply-refused");
    await plain.page.locator(`#reply-${id}-text`).fill("And in the holidays.");
    await plain.page.locator(`#send-r-${id} button`).click();
    await plain.page.locator(".app-comment--reply:target", { hasText: "And in the holidays." }).waitFor();
    assert.deepEqual((await plain.page.locator(`#${answered} ~ .app-comment--reply .app-comment__text`).allInnerTexts()).slice(0, 2), ["Only at the weekend.", "And in the holidays."]);
    await reader.page.getByRole("button", { name: /^Show \d+ new comment/ }).waitFor();
  });

  consultation.scene("an empty comment is refused at its field", async () => {
    const writer = await consultation.signedIn(stakeholder);
    writer.expects(/status of 422/);
    await writer.follow(draft);
    await comments(writer, "");
    await writer.page.getByRole("heading", { name: "There is a problem" }).waitFor();
    await looksRight(writer, "draft-error");
  });

  consultation.scene("without script the visitor sees it after loading the paragraph's page again", async () => {
    const text = "Say who pays for the broadband in the valleys, and by when.";
    const reader = await consultation.visitor({ script: false });
    const writer = await consultation.signedIn(stakeholder, { script: false });
    await reader.page.goto(draft);
    const before = await count(reader);
    await reader.page.getByRole("link", { name: `comments on paragraph ${paragraph.number}` }).click();
    await reader.page.waitForURL(`**${paragraph.page}`);
    await writer.page.goto(draft);
    await comments(writer, text);
    await writer.page.waitForURL(/#comment-[a-z2-7]{26}$/);
    await writer.page.locator(".app-comment--mine:target", { hasText: text }).waitFor();
    assert.equal(await reader.page.getByText(text).count(), 0);
    await reader.page.reload();
    assert.ok(await reader.page.getByText(text).isVisible());
    await looksRight(reader, "paragraph-no-script");
    await reader.page.goto(draft);
    assert.equal(await count(reader), before + 1);
  });

  consultation.scene("without script an empty comment comes back with what is wrong", async () => {
    const writer = await consultation.signedIn(stakeholder, { script: false });
    writer.expects(/status of 422/);
    await writer.page.goto(paragraph.page);
    await writer.page.locator(".app-comment-form form").evaluate((form: HTMLFormElement) => (form.noValidate = true));
    await writer.page.getByRole("button", { name: "Send comment" }).click();
    await writer.page.getByRole("heading", { name: "There is a problem" }).waitFor();
    assert.ok(await writer.page.getByLabel(`Your comment on paragraph ${paragraph.number}`).isVisible());
    await looksRight(writer, "paragraph-error-no-script");
  });
});
