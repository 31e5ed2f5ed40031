import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before } from "node:test";
import { pdf, pdfOfPages } from "../system/support/papers.ts";
import { act } from "./support/act.ts";
import { looksRight, looksRightUnfolded } from "./support/looks.ts";
import type { Person } from "./support/person.ts";
import type { Account } from "./support/system.ts";

const MEGABYTE = 1024 * 1024;

act("papers for the council's meeting", (council) => {
  let secretary: Account;
  let chair: Account;
  let meeting: string;

  before(async () => {
    secretary = council.system.holder("secretary, Council of LEP Chairs");
    chair = await council.system.sitter("Council of LEP Chairs", "Chair, Cumbria LEP");
    meeting = await council.system.path("meetings", "Council of LEP Chairs");
  });

  const file = (words: string, bytes = 0, name = "paper.pdf") => ({ name, mimeType: "application/pdf", buffer: pdf(words, bytes) });

  /** The first item's form for a paper, opened and filled in. */
  async function fillIn({ page }: Person, title: string, chosen: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
    const form = page.locator("[data-list=agenda] > li").first().locator("details", { hasText: "Add a paper" });
    if (await form.getAttribute("open") === null) await form.locator("summary").click();
    await form.getByLabel("Title of the paper").fill(title);
    await form.getByLabel("why it is late").fill("The figures came on Monday");   // the meeting is long over
    await form.getByLabel("File", { exact: true }).setInputFiles(chosen);
  }
  const send = ({ page }: Person): Promise<void> => page.getByRole("button", { name: "Add the paper to item 1", exact: true }).click();

  async function downloaded({ page }: Person, name: RegExp): Promise<Buffer> {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name }).first().click()]);
    return readFileSync(await download.path());
  }

  council.scene("one that the secretary sends piece by piece, over a connection that breaks, is on the chair's screen when it is whole", async () => {
    const [writer, reader] = [await council.signedIn(secretary), await council.signedIn(chair, { width: 320 })];
    writer.expects(/Failed to load resource/);
    await reader.follow(meeting);
    await writer.follow(`${meeting}/agenda`);
    const offsets: number[] = [];
    let broken = 0;
    await writer.page.route("**/uploads/**", async (route) => {
      const offset = Number(new URL(route.request().url()).searchParams.get("offset"));
      if (offset >= MEGABYTE && broken < 2) {
        broken += 1;
        return route.abort("connectionreset");
      }
      offsets.push(offset);
      return route.continue();
    });
    const content = file("Piece by piece", 3 * MEGABYTE);
    await fillIn(writer, "Regional productivity", content);
    await send(writer);
    await writer.page.getByText("The connection is lost; it goes on by itself.").waitFor();
    await reader.page.getByText(/Regional productivity \(PDF, 3\.1 MB/).waitFor();
    assert.deepEqual(offsets, [0, 1, 2, 3, 4, 5].map((n) => n * MEGABYTE / 2), "each piece once");
    await writer.page.getByText("Late: The figures came on Monday").waitFor();
    await reader.staysOnThePage();
    await writer.staysOnThePage();
    await looksRight(reader, "meeting-with-paper");
    await looksRightUnfolded(writer, "agenda-builder-with-paper");
    assert.deepEqual(await downloaded(reader, /Regional productivity/), content.buffer);
  });

  council.scene("sending one can be stopped, and nothing of it is kept", async () => {
    const writer = await council.signedIn(secretary);
    writer.expects(/Failed to load resource/);
    await writer.follow(`${meeting}/agenda`);
    const offsets: number[] = [];
    await writer.page.route("**/uploads/**", (route) => {
      const { searchParams } = new URL(route.request().url());
      if (searchParams.has("offset")) offsets.push(Number(searchParams.get("offset")));
      return Number(searchParams.get("offset")) >= MEGABYTE ? new Promise(() => {}) : route.continue();
    });
    const content = file("Stopped", 2 * MEGABYTE);
    await fillIn(writer, "Stopped", content);
    await send(writer);
    await writer.page.getByText(/^50% sent/).waitFor();
    await writer.page.getByRole("button", { name: "Cancel sending the file" }).click();
    await writer.page.getByText("Cancelled. Nothing of the file was kept.").waitFor();
    await send(writer);
    await writer.page.getByText(/^50% sent/).waitFor();
    assert.deepEqual(offsets, [0, 1, 2, 0, 1, 2].map((n) => n * MEGABYTE / 2), "from the beginning after it was cancelled");
    await writer.page.unrouteAll({ behavior: "ignoreErrors" });
  });

  council.scene("one that is not taken says why at the field, with script and without", async () => {
    for (const script of [true, false]) {
      const writer = await council.signedIn(secretary, { script });
      writer.expects(/status of 4/);
      await writer.page.goto(`${meeting}/agenda`);
      if (script) await writer.live();
      await fillIn(writer, "With a script", { ...file("x"), buffer: pdf("x", 0, "/OpenAction<</S/JavaScript/JS(1)>>") });
      await send(writer);
      await writer.page.getByRole("heading", { name: "There is a problem" }).waitFor();
      assert.equal(await writer.page.getByText("The PDF contains a script").count(), 2, "at the top and at the field");
      assert.equal(await writer.page.getByLabel("Title of the paper").first().inputValue(), "With a script");
      await looksRight(writer, `agenda-builder-paper-refused${script ? "" : "-without-script"}`);
    }
  });

  council.scene("without script one is added, replaced and withdrawn", async () => {
    const [writer, reader] = [await council.signedIn(secretary, { script: false, width: 320 }), await council.signedIn(chair, { script: false })];
    await writer.page.goto(`${meeting}/agenda`);
    await fillIn(writer, "Skills", file("First version", MEGABYTE));
    await send(writer);
    await writer.page.getByText(/Skills \(PDF, 1\.0 MB/).waitFor();
    await writer.page.goto(meeting);
    await writer.page.getByRole("link", { name: "Versions, replace or withdraw of Skills" }).click();
    await writer.page.getByLabel("What changed").fill("Figures for Cumbria");
    await writer.page.getByLabel("The new version").setInputFiles(file("Second version"));
    await writer.page.getByRole("button", { name: "Replace the paper" }).click();
    await writer.page.getByText("What changed: Figures for Cumbria").waitFor();
    await looksRight(writer, "paper-staff");
    await reader.page.goto(meeting);
    await reader.page.getByText("Version 2, added at").waitFor();
    assert.match(await reader.page.locator(".app-paper", { hasText: "Skills" }).innerText(), /Replaces version 1: Figures for Cumbria/);
    assert.ok((await downloaded(reader, /^Skills \(PDF/)).includes("Second version"));
    await reader.page.getByRole("link", { name: "All versions of Skills" }).or(reader.page.getByRole("link", { name: "Versions, replace or withdraw of Skills" })).click();
    assert.ok((await downloaded(reader, /^Version 1 \(PDF/)).includes("First version"));
    await looksRight(reader, "paper-member");
    await writer.page.getByLabel("Why it is withdrawn").fill("Sent in error");
    await writer.page.getByRole("button", { name: "Withdraw the paper" }).click();
    await writer.page.getByText("Withdrawn", { exact: true }).waitFor();
    await reader.page.goto(meeting);
    assert.match(await reader.page.locator(".app-paper", { hasText: "Skills" }).innerText(), /Withdrawn: Sent in error/);
    assert.equal(await reader.page.getByRole("link", { name: /^Skills \(PDF/ }).count(), 0);
  });

  council.scene("one is written in the form by keyboard on a small screen, read there by another, and changed where it is read", async () => {
    const [writer, reader] = [await council.signedIn(secretary, { width: 320 }), await council.signedIn(chair, { width: 320 })];
    await reader.follow(meeting);
    await writer.follow(`${meeting}/agenda`);
    const form = writer.page.locator("[data-list=agenda] > li").first().locator("details", { hasText: "Add a paper" });
    await writer.tabTo(`#${String(await form.getAttribute("id"))} summary`);
    await writer.page.keyboard.press("Enter");
    await form.getByLabel("Title of the paper").fill("What we ask");
    await form.getByLabel("why it is late").fill("It was agreed on Monday");
    writer.expects(/status of 4/);
    await send(writer);
    await form.getByText("Choose a file, or write the text.").waitFor();
    await form.getByLabel("Text, if you write it here").fill("# What we ask\n\nThe council is *asked* to agree.\n\n- money\n- people");
    await writer.tabTo("[data-focus=paper]");
    await writer.page.keyboard.press("Enter");
    await reader.page.getByText("What we ask (Text, 1 KB)").waitFor();
    await writer.staysOnThePage();
    assert.equal(await form.getByLabel("Text, if you write it here").inputValue(), "", "nothing is left half typed");
    await reader.page.getByRole("link", { name: "Read What we ask on this site" }).click();
    await reader.page.getByRole("heading", { name: "What we ask", level: 2 }).waitFor();
    await looksRight(reader, "paper-read-written");
    assert.equal(await reader.page.getByText("Change the text").count(), 0);
    await writer.page.goto(reader.page.url());
    await writer.page.getByText("Change the text").click();
    const text = writer.page.getByLabel("The text", { exact: true });
    assert.match(await text.inputValue(), /^# What we ask/);
    await text.fill("# What we ask\n\nMuch more.");
    await writer.page.getByLabel("What changed").fill("More");
    await looksRight(writer, "paper-read-change");
    await writer.page.getByRole("button", { name: "Put it in place of this one" }).click();
    await writer.page.getByText("Much more.", { exact: true }).waitFor();
    await reader.page.reload();
    await reader.page.getByRole("link", { name: "Read the newest version" }).click();
    await reader.page.getByText("Much more.", { exact: true }).waitFor();
  });

  council.scene("the text of a file is read on a phone, page by page, without script", async () => {
    const [writer, reader] = [await council.signedIn(secretary), await council.signedIn(chair, { script: false, width: 320 })];
    await writer.follow(`${meeting}/agenda`);
    const words = "The regions make more than they made before the\nreport, and the rest is to follow in the autumn\nof this year.";
    await fillIn(writer, "Autumn", { ...file("x"), buffer: pdfOfPages([words, "Growth hubs\n\nOne for each area."]) });
    await send(writer);
    await writer.page.getByText(/Autumn \(PDF, \d KB, 2 pages\)/).waitFor();
    await reader.page.goto(meeting);
    await reader.page.getByRole("link", { name: "Read Autumn on this site" }).click();
    await reader.page.getByRole("heading", { name: "Page 2" }).waitFor();
    await reader.page.getByText("One for each area.").waitFor();
    await looksRight(reader, "paper-read-pdf");
  });
});
