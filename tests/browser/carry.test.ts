// A second draft is published: what becomes of the comments on the first, for whoever wrote them, for staff and for everybody.
import assert from "node:assert/strict";
import { before } from "node:test";
import { act } from "./support/act.ts";
import { looksRight, looksRightUnfolded } from "./support/looks.ts";
import type { Person } from "./support/person.ts";
import type { Account } from "./support/system.ts";

const COLLEGE = "A new college of nuclear skills will open in Workington beside the existing campus.";
const FERRY = "The ferry across Windermere will run every twenty minutes from Easter to October.";
const FERRY_AS_WELL = "The ferry across Coniston will run every twenty minutes from Easter to October.";
const RAILWAY = "The coastal railway between Carlisle and Barrow will be doubled where trains wait for each other today.";
const FIRST = `# Furness ports\n\n## People\n\n${COLLEGE}\n\n${FERRY}\n\n## Places\n\n${RAILWAY}\n`;
// The ferry's paragraph has become two that are as near, and nothing of the railway is left.
const SECOND = `# Furness ports\n\n## People\n\n${COLLEGE}\n\n## Harbours\n\nAll quays are lit.\n\nEvery pier is open to the public.\n\n## Water\n\n${FERRY.replace("Windermere", "Ullswater")}\n\n${FERRY_AS_WELL}\n`;

act("comments are carried over to a new draft", (cumbria) => {
  let officer: Account;
  let stakeholder: Account;
  let page: string;

  before(async () => {
    officer = cumbria.system.holder("officer, Cumbria LEP board");
    stakeholder = await cumbria.system.sitter("Council of LEP Chairs", "Chair, Cumbria LEP");
  });

  async function publishes(writer: Person, markdown: string): Promise<void> {
    if ((await writer.page.locator("#publish").getAttribute("open")) === null) await writer.page.getByText("Publish a draft", { exact: true }).click();
    await writer.page.getByLabel("The draft, as Markdown", { exact: true }).fill(markdown);
    await writer.page.getByRole("button", { name: "Publish draft" }).click();
  }
  async function comments(person: Person, block: string, number: string, text: string): Promise<void> {
    await person.page.goto(`${page}/draft/1/${block}`);
    await person.page.getByLabel(`Your comment on paragraph ${number}`).fill(text);
    await person.page.getByRole("button", { name: "Send comment" }).click();
    await person.page.locator(".app-comment", { hasText: text }).waitFor();
  }
  const said = (person: Person, text: string) => person.page.locator(".app-comment", { hasText: text });

  cumbria.scene("whoever reads the first draft is led to the second, and sees what became of every comment", async () => {
    const [writer, author, reader] = [await cumbria.signedIn(officer), await cumbria.signedIn(stakeholder, { width: 320 }), await cumbria.visitor()];
    await writer.page.goto("/consultations");
    await writer.page.getByText(/^Start a consultation for Cumbria/).click();
    for (const [label, value] of [["Title", "Furness ports plan"], ["Area", "Furness"], ["Summary", "What the ports need, and when."]] as const) {
      await writer.page.getByLabel(label, { exact: true }).fill(value);
    }
    await writer.page.getByRole("button", { name: "Start consultation" }).click();
    await writer.page.getByRole("heading", { level: 1, name: "Furness ports plan" }).waitFor();
    page = new URL(writer.page.url()).pathname;
    await writer.live();
    await publishes(writer, FIRST);
    await writer.page.locator("#open-closes_on").fill("2031-03-01");
    await writer.page.locator("#send-open button").click();
    await writer.page.getByText("Give people more time").waitFor();
    await comments(author, "b3", "1.1", "Who teaches there?");
    await comments(author, "b4", "1.2", "Every ten minutes in August.");
    await comments(author, "b6", "2.1", "Doubled also at Millom.");

    await reader.follow(`${page}/draft/1`);
    await publishes(writer, SECOND);
    await reader.page.getByText("Draft 2 has been published since this one.").waitFor();
    await reader.staysOnThePage();
    await reader.page.getByRole("link", { name: "Read draft 2" }).click();
    await reader.page.getByText("3 comments on earlier drafts: 1 placed, 0 moved, 1 uncertain, 1 without a place.").waitFor();
    await reader.live();
    await looksRight(reader, "carry-draft");
    await reader.page.getByRole("link", { name: "See those that have no place in this draft" }).click();
    await said(reader, "Every ten minutes in August.").getByText("Uncertain").waitFor();
    await said(reader, "Doubled also at Millom.").getByText("Without a place").waitFor();
    assert.match(await said(reader, "Doubled also at Millom.").innerText(), /will be doubled where trains wait/, "what it was about stands with it");
    assert.equal(await reader.page.locator(".app-comment__place").count(), 0, "that is not for everybody");
    await looksRight(reader, "carry-unplaced");
    await reader.page.goto(`${page}/draft/2/b3`);
    await said(reader, "Who teaches there?").getByRole("link", { name: "paragraph 1.1 of draft 1" }).waitFor();
    assert.deepEqual(await reader.page.locator(".app-comment__words").count(), 0, "the words are the same");
  });

  cumbria.scene("its author confirms one by keyboard at 320 px while a visitor looks on; staff place the other without script", async () => {
    const [author, reader, plain] = [await cumbria.signedIn(stakeholder, { width: 320 }), await cumbria.visitor(), await cumbria.signedIn(officer, { script: false, width: 320 })];
    await reader.follow(`${page}/draft/2/unplaced`);
    await author.follow(`${page}/draft/2/unplaced`);
    await looksRightUnfolded(author, "carry-author");
    const ferry = said(author, "Every ten minutes in August.");
    const guess = /Yes, it belongs to paragraph (\S+)/.exec(await ferry.getByRole("button", { name: /^Yes, it belongs/ }).innerText())?.[1];
    assert.ok(guess === "3.1" || guess === "3.2", guess);
    const id = String(await ferry.getAttribute("id")).slice("comment-".length);
    await author.tabTo(`#send-g-${id} button`);
    await author.page.keyboard.press("Enter");
    for (const person of [author, reader]) {
      await said(person, "Every ten minutes in August.").waitFor({ state: "detached" });
      await person.page.locator(".app-ledger__table tr", { hasText: "Placed by a person" }).getByText("1", { exact: true }).waitFor();
    }
    await reader.staysOnThePage();
    await reader.page.goto(`${page}/draft/2/${guess === "3.1" ? "b8" : "b9"}`);
    await said(reader, "Every ten minutes in August.").getByText(/Placed here by its author at/).waitFor();

    await plain.page.goto(`${page}/draft/2/unplaced`);
    const railway = said(plain, "Doubled also at Millom.");
    await railway.getByText("Say where it belongs").click();
    await railway.getByLabel(/^Number of the paragraph in draft 2/).fill("9.9");
    plain.expects(/status of 422/);
    await railway.getByRole("button", { name: "Place it there" }).click();
    await plain.page.getByText("Draft 2 has no paragraph with this number.").first().waitFor();
    assert.equal(await railway.getByLabel(/^Number of the paragraph in draft 2/).inputValue(), "9.9", "what was typed stays");
    await looksRight(plain, "carry-refused");
    await railway.getByLabel(/^Number of the paragraph in draft 2/).fill("1.1");
    await railway.getByRole("button", { name: "Place it there" }).click();
    await plain.page.getByText("The comment stands under that paragraph now.").waitFor();
    await plain.page.getByText("There is no such comment here.").waitFor();
    await looksRight(plain, "carry-none-left");
    await plain.page.goto(`${page}/draft/2/b3`);
    await said(plain, "Doubled also at Millom.").getByText(/Placed here by staff at/).waitFor();
    await looksRight(plain, "carry-thread");
  });

  cumbria.scene("it is withdrawn from every draft at once", async () => {
    const [author, reader] = [await cumbria.signedIn(stakeholder), await cumbria.visitor({ width: 320 })];
    await reader.follow(`${page}/draft/1/b3`);
    await author.follow(`${page}/draft/2/b3`);
    await said(author, "Who teaches there?").getByRole("button", { name: "Withdraw this comment" }).click();
    await said(author, "Who teaches there?").waitFor({ state: "detached" });
    await said(reader, "Who teaches there?").waitFor({ state: "detached" });
    await reader.page.goto(`${page}/draft/2`);
    await reader.page.getByText("2 comments on earlier drafts: 0 placed, 0 moved, 2 placed by a person, 0 uncertain, 0 without a place.").waitFor();
  });
});
