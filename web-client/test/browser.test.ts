import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser, Locator } from "playwright-core";
import { axeViolations, openBrowser, sidewaysScroll } from "./support/browser.ts";
import {
  agendaRows, commentRow, consultationRow, datesRows, draftRows, linkRow, meetingRow, pageReadBy, pagesRow, samplePages, sampleThreads, secretary,
} from "./support/samples.ts";
import { renderPage } from "./support/render.ts";
import { cannotRun, Stage } from "./support/stage.ts";
import type { JsonObject } from "../src/view_model.ts";

const id = (name: string): string => name.padEnd(26, "a");
const MEETING = `meetings/${id("meeting")}`;
const DATES = `dates/${id("council")}`;
const LOG = `engagements/${id("mobility")}`;
const DRAFT = `drafts/${id("cumbrialis")}/1`;
const CONSULTATION = `consultations/${id("cumbrialis")}`;
const THREAD = `threads/${id("cumbrialis")}/1/b3`;
const closed: JsonObject = { ...consultationRow, is_open: false, is_closed: true, state: "closed", state_label: "Closed" };

function change(topic: string, prev: number, version: number, put: Record<string, JsonObject>, drop: string[] = []): object {
  return { type: "change", topic, epoch: "e1", prev, version, put, drop };
}

/** The agenda in another order, as the service would number it. */
function ordered(names: string[]): Record<string, JsonObject> {
  const rows = agendaRows();
  return Object.fromEntries(names.map((name, i) => {
    const key = `agenda/${id(name)}`;
    const place = { number: String(i + 1), sort: String(i + 1).padStart(6, "0"), is_first: i === 0, is_last: i === names.length - 1 };
    return [key, { ...rows[key], ...place }];
  }));
}

describe("in a browser", { skip: cannotRun }, () => {
  let browser: Browser;
  before(async () => {
    browser = await openBrowser();
  });
  after(async () => browser.close());

  async function on(sample: string, play: (stage: Stage) => Promise<void>): Promise<void> {
    const stage = await Stage.open(browser, sample);
    try {
      await stage.live();
      await play(stage);
      assert.deepEqual(stage.troubles, []);
    } finally {
      await stage.close();
    }
  }

  const titles = (stage: Stage): Promise<string[]> => stage.page.locator("[data-list=agenda] > li").evaluateAll((items) => items.map((item) => item.id.slice(7, 12)));

  test("a page loads the shared templates and those of its own group of pages, and no others", async () => {
    const loaded = ({ page }: Stage): Promise<(string | undefined)[]> =>
      page.evaluate(() => performance.getEntriesByType("resource").flatMap(({ name }) => /\/assets\/([a-z]+)-[\w-]+\.js$/.exec(name)?.slice(1) ?? []).filter((name) => name !== "main").sort());
    await on("meeting-live", async (stage) => assert.deepEqual(await loaded(stage), ["room", "shared"]));
    await on("home", async (stage) => assert.deepEqual(await loaded(stage), ["shared"]));
  });

  test("what somebody answers to a poll for a date is said in its place, keeps the focus, and is counted with what others answer", () =>
    on("dates-member", async (stage) => {
      const time = `poll/${id("poll")}/time/${id("time2")}`;
      const row = { ...datesRows()[time], no: 2 };
      const voice = (by: string, name: string): Record<string, JsonObject> => ({ [`${time}/voice/${id(by)}`]: { by: id(by), name, answer: "yes", answer_label: "Can come", sort: `0${name}` } });
      stage.answer = () => {
        stage.say(change(DATES, 10, 11, { [time]: { ...row, yes: 1 }, ...voice("secretary", "Harriet Ashworth") }));
        return { status: 200, body: { topic: DATES, epoch: "e1", version: 11, result: {}, others_later: false } };
      };
      const shown = stage.page.locator(`#${time.replaceAll("/", "-")}`);
      await shown.getByText(/^Who said what/).click();
      await shown.getByRole("button", { name: /^I can come/ }).click();
      await shown.getByText("Your answer: Can come").waitFor();
      await shown.getByText("1 can come, 0 only if needed, 2 cannot.").waitFor();
      await stage.page.waitForFunction(() => document.getElementById("announcer")?.textContent?.startsWith("Saved: you can come"));
      assert.equal(await shown.locator("[data-focus=yes]").evaluate((button) => button === document.activeElement), true);
      assert.deepEqual(stage.posted.map((fields) => [fields.get("poll"), fields.get("time"), fields.get("answer")]), [[id("poll"), id("time2"), "yes"]]);
      stage.say(change(DATES, 11, 12, { [time]: { ...row, yes: 2 }, ...voice("another", "Ada York") }));
      await shown.getByText("2 can come, 0 only if needed, 2 cannot.").waitFor();
      assert.deepEqual(await shown.locator("[data-list$='/voice'] > li").allInnerTexts(), ["Ada York: Can come", "Harriet Ashworth: Can come"], "it stays open, in order");
      assert.equal(await shown.locator("[data-focus=yes]").evaluate((button) => button === document.activeElement), true);
    }));

  test("an item that someone else moves moves here, and takes neither focus nor half-typed text", () =>
    on("meeting-agenda", async (stage) => {
      const field = stage.page.locator(`#edit-${id("item2")}-title`);
      await stage.page.locator(`#edit-${id("item2")} > summary`).click();
      await field.fill("Half a tit");
      const names = ["item5", "item1", "item2", "item3", "item4", "item6"];
      stage.say(change(MEETING, 10, 11, ordered(names)));
      await stage.page.waitForFunction(() => document.querySelector("[data-list=agenda] > li")?.id.startsWith("agenda-item5"));
      assert.deepEqual(await titles(stage), names);
      assert.equal(await field.inputValue(), "Half a tit");
      assert.equal(await stage.page.evaluate(() => document.activeElement?.id), `edit-${id("item2")}-title`);
      assert.equal(await stage.page.locator(`#agenda-${id("item2")} .app-agenda-item__number`).innerText(), "3.");
      await stage.page.waitForFunction(() => document.getElementById("announcer")?.textContent?.includes("is now item 1"));
    }));

  /** Takes an item at its handle to a height of another, and says where it would land. */
  async function dragged(stage: Stage, name: string, over: string, share: number): Promise<string> {
    const handle = await stage.page.locator(`#agenda-${id(name)} [data-drag]`).boundingBox();
    const there = await stage.page.locator(`#agenda-${id(over)}`).boundingBox();
    assert.ok(handle && there);
    assert.ok(handle.width >= 24 && handle.height >= 24);
    await stage.page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2);
    await stage.page.mouse.down();
    await stage.page.mouse.move(there.x + 60, there.y + there.height * share, { steps: 4 });
    return stage.page.evaluate(() => document.querySelector(".app-drop-before, .app-drop-after")?.id ?? "");
  }
  const isDragging = (stage: Stage): Promise<number> => stage.page.locator(".app-dragged").count();

  test("an item that is dragged lands where it is shown, by the form that the button sends", () =>
    on("meeting-agenda", async (stage) => {
      await stage.page.setViewportSize({ width: 1280, height: 3000 });
      stage.answer = () => ({ status: 422, body: { code: "invalid_value", detail: "Not there.", errors: [{ pointer: "/to", detail: "Not there." }] } });
      assert.equal(await dragged(stage, "item1", "item3", 0.9), `agenda-${id("item4")}`);
      assert.deepEqual(await axeViolations(stage.page), []);
      await stage.page.mouse.up();
      await stage.page.getByRole("heading", { name: "There is a problem" }).waitFor();
      assert.deepEqual(stage.posted.map((fields) => [fields.get("item"), fields.get("to")]), [[id("item1"), "3"]]);
      assert.equal(await stage.page.evaluate(() => document.activeElement?.id), "error-summary", "as with the button");
      assert.equal(await isDragging(stage), 0);
    }));

  test("a finger drags by the handle, and scrolls everywhere else", () =>
    on("meeting-agenda", async (stage) => {
      await stage.page.setViewportSize({ width: 320, height: 3000 });
      const session = await stage.page.context().newCDPSession(stage.page);
      await session.send("Emulation.setTouchEmulationEnabled", { enabled: true });
      stage.answer = () => ({ status: 422, body: { code: "invalid_value", detail: "Not there.", errors: [{ pointer: "/to", detail: "Not there." }] } });
      const handle = await stage.page.locator(`#agenda-${id("item1")} [data-drag]`).boundingBox();
      const there = await stage.page.locator(`#agenda-${id("item2")}`).boundingBox();
      assert.ok(handle && there);
      const touch = (type: "touchStart" | "touchMove" | "touchEnd", ...touchPoints: { x: number; y: number }[]) => session.send("Input.dispatchTouchEvent", { type, touchPoints });
      const x = handle.x + handle.width / 2;
      await touch("touchStart", { x, y: handle.y + handle.height / 2 });
      for (const share of [0.3, 0.6, 0.9]) await touch("touchMove", { x, y: there.y + there.height * share });
      await stage.page.locator(".app-drop-before").waitFor();
      await touch("touchEnd");
      await stage.page.getByRole("heading", { name: "There is a problem" }).waitFor();
      assert.deepEqual(stage.posted.map((fields) => [fields.get("item"), fields.get("to")]), [[id("item1"), "2"]]);
      const actions = await stage.page.locator(`#agenda-${id("item1")}`).evaluate((item) => [item, item.querySelector("[data-drag]")!].map((each) => getComputedStyle(each).touchAction));
      assert.deepEqual(actions, ["auto", "none"]);
    }));

  test("a drag ends without a trace by Escape, outside the agenda, in its own place, and when the agenda changes meanwhile", () =>
    on("meeting-agenda", async (stage) => {
      await stage.page.setViewportSize({ width: 1280, height: 3000 });
      assert.notEqual(await dragged(stage, "item1", "item3", 0.9), "");
      await stage.page.keyboard.press("Escape");
      assert.equal(await isDragging(stage), 0);
      await stage.page.mouse.up();
      await dragged(stage, "item1", "item3", 0.9);
      await stage.page.mouse.move(5, 5);
      await stage.page.mouse.up();
      assert.equal(await dragged(stage, "item2", "item2", 0.9), "", "it is there already");
      await stage.page.mouse.up();
      assert.notEqual(await dragged(stage, "item1", "item3", 0.9), "");
      stage.say(change(MEETING, 10, 11, ordered(["item5", "item1", "item2", "item3", "item4", "item6"])));
      await stage.page.waitForFunction(() => document.querySelector(".app-dragged") === null);
      await stage.page.mouse.up();
      assert.deepEqual(stage.posted.map(String), []);
    }));

  test("text becomes elements through a template or not at all", () =>
    on("meeting-agenda", async (stage) => {
      const refused = await stage.page.evaluate(() => {
        const place = document.createElement("div");
        const ways = [
          () => (place.innerHTML = "<b>text</b>"),
          () => place.insertAdjacentHTML("beforeend", "<b>text</b>"),
          () => new DOMParser().parseFromString("<b>text</b>", "text/html"),
          () => (window as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } }).trustedTypes.createPolicy("witan", {}),
          () => (window as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } }).trustedTypes.createPolicy("other", {}),
        ];
        return ways.map((way) => {
          try {
            way();
            return "allowed";
          } catch (fault) {
            return (fault as Error).name;
          }
        });
      });
      assert.deepEqual(refused, ["TypeError", "TypeError", "TypeError", "TypeError", "TypeError"]);
      while (stage.troubles.length < refused.length) await stage.page.evaluate(() => undefined);
      stage.troubles.splice(0);
    }));

  test("whoever does nothing is warned before being signed out, and any key keeps them", () =>
    on("meeting-agenda", async (stage) => {
      await stage.page.setViewportSize({ width: 320, height: 800 });
      stage.say({ type: "ending", seconds: 170 });
      const warning = stage.page.locator("#session-ending");
      await warning.getByText("You will be signed out in 3 minutes").waitFor();
      await stage.page.waitForFunction(() => document.getElementById("announcer")?.textContent?.includes("Press any key to stay signed in"));
      assert.equal(await sidewaysScroll(stage.page), 0);
      assert.deepEqual(await axeViolations(stage.page), []);
      const heres = stage.heres;
      await stage.page.keyboard.press("Shift");
      while (stage.heres === heres) await stage.page.evaluate(() => undefined);
      stage.say({ type: "ending" });
      await warning.waitFor({ state: "detached" });
    }));

  test("“now at item” follows the chair", () =>
    on("meeting", async (stage) => {
      stage.say(change(MEETING, 10, 11, { meeting: meetingRow({ now_item: id("item4"), now_number: "4", now_title: "Skills" }) }));
      await stage.page.getByText("Now at item 4: Skills").first().waitFor();
    }));

  test("controls come with the state they need", () =>
    on("meeting-live", async (stage) => {
      assert.equal(await stage.page.getByRole("button", { name: /^Go to item/ }).count(), 5);
      stage.say(change(MEETING, 10, 11, { meeting: meetingRow({ is_started: false, is_closed: true, has_now: false, state: "closed", state_label: "Closed" }) }));
      await stage.page.getByText("The meeting is closed").waitFor();
      assert.equal(await stage.page.getByRole("button", { name: /^Go to item/ }).count(), 0);
    }));

  const opener = (stage: Stage): Locator => stage.page.locator("#block-b3 a[data-opens]");
  const place = (stage: Stage): Locator => stage.page.locator("#block-b3-thread");
  const focusedId = (stage: Stage): Promise<string> => stage.page.evaluate(() => document.activeElement?.id ?? "");

  test("a comment by someone else is counted at once under its paragraph, and announced", () =>
    on("draft-visitor", async (stage) => {
      stage.say(change(DRAFT, 10, 11, { "block/b3": { ...draftRows()["block/b3"], comment_count: 3 } }));
      await stage.page.getByRole("button", { name: "3 comments on paragraph 1.1" }).waitFor();
      await stage.page.waitForFunction(() => document.getElementById("announcer")?.textContent === "New comment on paragraph 1.1");
      assert.equal(await opener(stage).getAttribute("aria-expanded"), "false");
    }));

  test("a thread opens in its place, and a comment by someone else waits there behind a button", () =>
    on("draft-visitor", async (stage) => {
      await opener(stage).click();
      await place(stage).getByText("This leaves out the villages").waitFor();
      assert.equal(await opener(stage).getAttribute("aria-expanded"), "true");
      assert.equal(await place(stage).getByText("Comment withdrawn by its author.").count(), 1);
      assert.equal(new URL(stage.page.url()).pathname, "/draft-visitor");
      stage.say(change(DRAFT, 10, 11, { "block/b3": { ...draftRows()["block/b3"], comment_count: 3 } }));
      stage.say(change(THREAD, 10, 11, { [`comment/${id("c9")}`]: commentRow("c9", { text: "A new thought" }) }));
      const button = stage.page.getByRole("button", { name: "Show 1 new comment in paragraph 1.1" });
      await button.waitFor();
      assert.equal(await stage.page.getByText("A new thought").count(), 0);
      assert.match(await stage.page.title(), /^\(1\) /);
      await button.click();
      await stage.page.getByText("A new thought").waitFor();
      assert.equal(await button.count(), 0);
      assert.match(await focusedId(stage), /c9/);
      assert.equal(await opener(stage).getAttribute("aria-expanded"), "true", "the count came, and the thread is open still");
    }));

  test("whoever opened an empty thread sees the first comment come", () =>
    on("draft-visitor", async (stage) => {
      await stage.page.getByRole("button", { name: "No comments on paragraph 2.2" }).click();
      await stage.page.getByText("Nobody has commented on this paragraph yet.").waitFor();
      stage.say(change(THREAD.replace("b3", "b8"), 10, 11, { [`comment/${id("c9")}`]: commentRow("c9", { block: "b8", text: "The first" }) }));
      await stage.page.getByRole("button", { name: "Show 1 new comment in paragraph 2.2" }).click();
      await stage.page.getByText("The first").waitFor();
    }));

  test("a thread opens and closes by keyboard, is no longer watched, and keeps what was half typed", () =>
    on("draft", async (stage) => {
      await opener(stage).focus();
      await stage.page.keyboard.press("Space");
      await stage.page.locator("#comment-b3-text").fill("Half a thought");
      stage.say(change(THREAD, 10, 11, { [`comment/${id("c9")}`]: commentRow("c9") }));
      await stage.page.getByRole("button", { name: "Show 1 new comment in paragraph 1.1" }).waitFor();
      await opener(stage).focus();
      await stage.page.keyboard.press("Enter");
      await place(stage).locator(".app-thread").waitFor({ state: "detached" });
      assert.equal(await opener(stage).getAttribute("aria-expanded"), "false");
      assert.doesNotMatch(await stage.page.title(), /^\(1\) /);
      assert.deepEqual(stage.unsubscribed, [THREAD]);
      await stage.page.keyboard.press("Space");
      await stage.page.getByText("This is what you had begun to write.").waitFor();
      assert.equal(await stage.page.locator("#comment-b3-text").inputValue(), "Half a thought");
    }));

  test("“Comment on paragraph 1.1” opens the thread, and the focus goes to its field", () =>
    on("draft", async (stage) => {
      await stage.page.getByRole("link", { name: "Comment on paragraph 1.1" }).click();
      await stage.page.waitForFunction(() => document.activeElement?.id === "comment-b3-text");
      await opener(stage).focus();
      await stage.page.getByRole("link", { name: "Comment on paragraph 1.1" }).click();
      assert.equal(await focusedId(stage), "comment-b3-text");
      assert.equal(await opener(stage).getAttribute("aria-expanded"), "true");
    }));

  test("a thread that cannot be loaded says so, and leads to its own page", () =>
    on("draft-visitor", async (stage) => {
      stage.subscribed = (topic, say) => say({ type: "problem", topic, problem: { code: "not_found" } });
      await opener(stage).click();
      await place(stage).getByText("The comments could not be loaded").waitFor();
      const link = place(stage).getByRole("link", { name: "open them on their own page" });
      assert.equal(await link.getAttribute("href"), `/consultations/${id("cumbrialis")}/draft/1/b3`);
      await opener(stage).click();
      assert.equal(await place(stage).innerText(), "");
    }));

  /** Selects from one character to another of what stands in an element. */
  const select = (stage: Stage, first: [string, string], last: [string, string]): Promise<void> =>
    stage.page.evaluate((ends) => {
      const [start, end] = ends.map(([id, words]) => {
        const walker = document.createTreeWalker(document.querySelector(`#${id} .app-block__text`)!, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const at = (walker.currentNode as Text).data.indexOf(words);
          if (at >= 0) return { node: walker.currentNode, at };
        }
        throw new Error(`${id} has no ${words}`);
      });
      document.getSelection()?.setBaseAndExtent(start!.node, start!.at, end!.node, end!.at + ends[1]![1].length);
    }, [first, last]);
  const words = (stage: Stage): Locator => stage.page.getByRole("button", { name: "Comment on the selected words" });

  test("words that are selected in a list come into the form whole, with how much stands before them", () =>
    on("draft", async (stage) => {
      const inList = { ...draftRows()["block/b4"], block: "b8", number: "2.2" };
      stage.say(change(DRAFT, 10, 11, { "block/b8": inList }));
      stage.answer = () => ({ status: 422, body: { code: "invalid_arguments", detail: "No.", errors: [] } });
      await select(stage, ["block-b8", "tance and"], ["block-b8", "an age"]);
      await words(stage).click();
      const field = stage.page.locator("#comment-b8-words");
      await field.waitFor();
      assert.equal(await field.inputValue(), "distance and connection an ageing");
      assert.equal(await stage.page.evaluate(() => document.activeElement?.id), "comment-b8-text");
      assert.equal(await words(stage).count(), 0);
      assert.deepEqual(await axeViolations(stage.page), []);
      await stage.page.keyboard.type("All of these.");
      const thread = `threads/${id("cumbrialis")}/1/b8`;
      stage.say(change(thread, 10, 11, { "paragraph/b8": { ...sampleThreads()[thread]?.["paragraph/b8"], has_next: true, next_href: "/elsewhere" } }));
      await stage.page.getByRole("link", { name: "Later comments on paragraph 2.2" }).waitFor();
      await stage.page.getByRole("button", { name: "Send comment" }).click();
      await stage.page.getByRole("heading", { name: "There is a problem" }).waitFor();
      const before = "Productivityisbelowthenationalaverage,forreasonsthatliein:".length;
      assert.deepEqual(stage.posted.map((fields) => [fields.get("words"), fields.get("place")]), [["distance and connection an ageing", String(before)]]);
      assert.equal(await field.inputValue(), "distance and connection an ageing", "what was refused stays");
    }));

  test("all the words of a paragraph are the paragraph", () =>
    on("draft", async (stage) => {
      await select(stage, ["block-b8", "A second"], ["block-b8", "Workington."]);
      await words(stage).click();
      const field = stage.page.locator("#comment-b8-words");
      await field.waitFor({ state: "attached" });
      await stage.page.waitForFunction(() => document.activeElement?.id === "comment-b8-text");
      assert.equal(await field.inputValue(), "");
      assert.equal(await field.isVisible(), false);
    }));

  test("what is carried over is not announced as a new comment", () =>
    on("paragraph-unplaced", async (stage) => {
      const topic = `threads/${id("cumbrialis")}/2/unplaced`;
      const announced: string[] = [];
      await stage.page.clock.install();
      await stage.page.exposeFunction("tellOfAnnouncement", (text: string) => void announced.push(text));
      await stage.page.evaluate(() => new MutationObserver(() => (window as unknown as { tellOfAnnouncement(text: string): void }).tellOfAnnouncement(document.getElementById("announcer")?.textContent ?? "")).observe(document.getElementById("announcer")!, { childList: true }));
      stage.say(change(topic, 10, 11, { [`comment/${id("c7")}`]: commentRow("c7", { draft: 2, block: "unplaced", carried: { draft: 1, number: "1.1", href: "/x", words: "Old", is_moved: false, is_uncertain: false, is_orphaned: true, settled: "", guess_number: "", guess_href: "" } }) }));
      await stage.page.getByRole("button", { name: /^Show 1 new comment/ }).waitFor();
      await stage.page.clock.runFor(10_000);
      assert.deepEqual(announced, []);
    }));

  test("the offer stays while others comment, and is none across paragraphs, in other text and for visitors", async () => {
    await on("draft", async (stage) => {
      await select(stage, ["block-b3", "half"], ["block-b3", "million"]);
      await words(stage).waitFor();
      stage.say(change(DRAFT, 10, 11, { "block/b3": { ...draftRows()["block/b3"], comment_count: 3 } }));
      await stage.page.getByText("3 comments on paragraph 1.1").waitFor();
      await words(stage).waitFor();
      await select(stage, ["block-b3", "half"], ["block-b4", "ageing"]);
      await words(stage).waitFor({ state: "detached" });
      await select(stage, ["block-b3", "coast"], ["block-b3", "coast"]);
      await words(stage).waitFor();
      await stage.page.evaluate(() => document.getSelection()?.selectAllChildren(document.querySelector("h1")!));
      await words(stage).waitFor({ state: "detached" });
    });
    await on("draft-visitor", async (stage) => {
      await stage.page.clock.install();
      await select(stage, ["block-b3", "half"], ["block-b3", "million"]);
      await stage.page.clock.runFor(1000);
      assert.equal(await words(stage).count(), 0);
    });
  });

  test("the words of comments are marked where they stand, also where they cross elements and others' words", () =>
    on("draft", async (stage) => {
      const about = (name: string, from: number, to: number): [string, JsonObject] => [`comment/${id(name)}`, commentRow(name, { words: "…", words_from: from, words_to: to })];
      stage.subscribed = (topic, say) => {
        if (topic === THREAD) say({ type: "snapshot", topic, audience: "public", epoch: "e1", version: 10, reason: "first", entities: { "paragraph/b3": sampleThreads()[THREAD]!["paragraph/b3"]!, ...Object.fromEntries([about("c1", 15, 27), about("c2", 20, 36), about("c9", 13, 4000)]) } });
        else say({ type: "resumed", topic, epoch: "e1", version: 10, missed: 0 });
      };
      await opener(stage).click();
      await place(stage).locator(".app-comment").nth(2).waitFor();
      const marked = (name: string): Promise<string[]> => stage.page.evaluate((of) => [...(CSS.highlights.get(of) ?? [])].map((range) => (range as Range).toString()), name);
      await stage.page.waitForFunction(() => (CSS.highlights.get("comment-words")?.size ?? 0) > 0);
      assert.deepEqual(await marked("comment-words"), ["half a million", "million people and"], "what reaches beyond the paragraph is not marked");
      await place(stage).locator(".app-comment").nth(1).hover();
      await stage.page.waitForFunction(() => CSS.highlights.get("comment-words-current")?.size === 1);
      assert.equal((await marked("comment-words")).length, 1);
    }));

  test("a thread that may no longer be seen says so in its place", () =>
    on("draft-visitor", async (stage) => {
      await opener(stage).click();
      await place(stage).getByText("This leaves out the villages").waitFor();
      stage.say({ type: "revoked", topic: THREAD });
      await place(stage).getByText("The comments could not be loaded").waitFor();
      assert.equal(await stage.page.getByText("This leaves out the villages").count(), 0);
    }));

  test("comments that come late are shown in place of the words that gave them up", () =>
    on("draft-visitor", async (stage) => {
      let answer = (): void => {};
      stage.subscribed = (topic, say) => {
        answer = () => say({ type: "snapshot", topic, audience: "public", epoch: "e1", version: 10, reason: "first", entities: sampleThreads()[topic] ?? {} });
      };
      await stage.page.clock.install();
      await opener(stage).click();
      await place(stage).getByText("Loading comments…").waitFor();
      await stage.page.clock.runFor(9000);
      await place(stage).getByText("The comments could not be loaded").waitFor();
      answer();
      await place(stage).getByText("This leaves out the villages").waitFor();
    }));

  test("at most twenty threads are open; the one that was opened first closes with its text kept", () =>
    on("draft-long", async (stage) => {
      const rows = (topic: string): Record<string, JsonObject> => {
        const block = topic.split("/").at(-1) ?? "";
        return { [`paragraph/${block}`]: { ...sampleThreads()[THREAD]?.["paragraph/b3"], block, thread: block, number: `0.${block.slice(1)}` } };
      };
      stage.subscribed = (topic, say) => say({ type: "snapshot", topic, audience: "public", epoch: "e1", version: 10, reason: "first", entities: rows(topic) });
      const openers = await stage.page.locator("a[data-opens]").all();
      for (const [n, link] of openers.slice(0, 21).entries()) {
        await link.click();
        await stage.page.locator(`#comment-b${n + 1}-text`).fill(`About ${n + 1}`);
      }
      assert.equal(await stage.page.locator("a[aria-expanded=true]").count(), 20);
      assert.equal(await openers[0]?.getAttribute("aria-expanded"), "false");
      assert.deepEqual(stage.unsubscribed, [THREAD.replace("b3", "b1")]);
      await openers[0]?.click();
      await stage.page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>("#comment-b1-text")?.value === "About 1");
    }));

  test("when a list turns its first page, the link to it appears", () =>
    on("consultations", async (stage) => {
      const link = stage.page.getByRole("link", { name: "Earlier consultations" });
      assert.equal(await link.count(), 0);
      stage.say(change("consultations", 10, 11, { pages: pagesRow(0, 1, "/consultations/page/", "consultations") }));
      await link.waitFor();
      assert.equal(await link.getAttribute("href"), "/consultations/page/1");
    }));

  test("when a page turns, its rows leave the list and the link leads to it; who was in one of them is close by", () =>
    on("group", async (stage) => {
      const link = stage.page.getByRole("link", { name: "Earlier entries" });
      assert.match((await link.getAttribute("href")) ?? "", /\/engagements\/1$/);
      await stage.page.locator(`#engagement-${id("e2")} summary`).focus();
      stage.say(change(LOG, 10, 11, { pages: pagesRow(0, 2, `/groups/${id("mobility")}/engagements/`, "entries") }, [`engagement/${id("e2")}`]));
      await stage.page.locator(`#engagement-${id("e2")}`).waitFor({ state: "detached" });
      assert.match((await link.getAttribute("href")) ?? "", /\/engagements\/2$/);
      assert.equal(await stage.page.locator(`#engagement-${id("e1")}`).count(), 1);
      assert.equal(await stage.page.evaluate(() => document.activeElement?.tagName), "H2");
    }));

  test("one's own comment shows at once, the form is empty, and one announcement says so", () =>
    on("draft", async (stage) => {
      stage.answer = () => {
        stage.say(change(THREAD, 10, 12, { [`comment/${id("c9")}`]: commentRow("c9", { by: id("secretary"), text: "My thought" }) }));
        return { status: 200, body: { topic: THREAD, epoch: "e1", version: 12, result: { comment: id("c9"), thread: "b3" }, others_later: false } };
      };
      await stage.page.getByRole("link", { name: "Comment on paragraph 1.1" }).click();
      await stage.page.locator("#comment-b3-text").fill("My thought");
      await place(stage).getByRole("button", { name: "Send comment" }).click();
      await stage.page.locator(".app-comment--mine", { hasText: "My thought" }).waitFor();
      await stage.page.waitForFunction(() => document.getElementById("announcer")?.textContent === "Your comment on paragraph 1.1 is saved");
      assert.equal(await stage.page.locator("#comment-b3-text").inputValue(), "");
      assert.equal(await opener(stage).getAttribute("aria-expanded"), "true");
      assert.equal(stage.posted[0]?.get("text"), "My thought");
    }));

  test("one's own comment that begins another page is shown on that page", () =>
    on("draft", async (stage) => {
      stage.answer = () => ({ status: 200, body: { topic: `${THREAD}-2`, epoch: "e1", version: 12, result: { comment: id("c9"), thread: "b3-2" }, others_later: false } });
      await stage.page.getByRole("link", { name: "Comment on paragraph 1.1" }).click();
      await stage.page.locator("#comment-b3-text").fill("My thought");
      await place(stage).getByRole("button", { name: "Send comment" }).click();
      await stage.page.waitForURL(`**/consultations/${id("cumbrialis")}/draft/1/b3-2#comment-${id("c9")}`);
    }));

  test("an empty comment is refused at its field, by the gateway and not by the browser", () =>
    on("draft", async (stage) => {
      stage.answer = () => ({ status: 422, body: { code: "invalid_arguments", detail: "Too short", errors: [{ pointer: "/text", code: "too_short", detail: "Enter your comment." }] } });
      await stage.page.getByRole("link", { name: "Comment on paragraph 1.1" }).click();
      await place(stage).getByRole("button", { name: "Send comment" }).click();
      await stage.page.getByRole("link", { name: "Enter your comment." }).waitFor();
    }));

  test("on its own page a comment by someone else waits behind the button as well", () =>
    on("paragraph", async (stage) => {
      stage.say(change(THREAD, 10, 11, { [`comment/${id("c9")}`]: commentRow("c9", { text: "A new thought" }) }));
      await stage.page.getByRole("button", { name: "Show 1 new comment in paragraph 1.1" }).click();
      await stage.page.getByText("A new thought").waitFor();
      await stage.page.waitForFunction(() => document.getElementById("announcer")?.textContent === "New comment on paragraph 1.1");
    }));

  test("a thread that has outgrown its page comes to lead to the next one", () =>
    on("paragraph", async (stage) => {
      const row = { ...sampleThreads()[THREAD]?.["paragraph/b3"], has_next: true, next_href: "/consultations/x/draft/1/b3-2" };
      stage.say(change(THREAD, 10, 11, { "paragraph/b3": row }));
      assert.equal(await stage.page.getByRole("link", { name: "Later comments on paragraph 1.1" }).getAttribute("href"), "/consultations/x/draft/1/b3-2");
    }));

  test("after moving an item the focus is on the same button of the same item", () =>
    on("meeting-agenda", async (stage) => {
      stage.answer = () => {
        stage.say(change(MEETING, 10, 11, ordered(["item1", "item2", "item4", "item3", "item5", "item6"])));
        return { status: 200, body: { topic: MEETING, epoch: "e1", version: 11, result: {}, others_later: false } };
      };
      await stage.page.locator(`#agenda-${id("item4")} [data-focus=up]`).click();
      await stage.page.waitForFunction(() => document.getElementById("announcer")?.textContent === "Item moved up");
      assert.deepEqual((await titles(stage)).slice(0, 4), ["item1", "item2", "item4", "item3"]);
      const focused = await stage.page.evaluate(() => [document.activeElement?.closest("li")?.id, document.activeElement?.getAttribute("data-focus")]);
      assert.deepEqual(focused, [`agenda-${id("item4")}`, "up"]);
    }));

  test("an item that reaches the top keeps the focus on its next button", () =>
    on("meeting-agenda", async (stage) => {
      stage.answer = () => {
        stage.say(change(MEETING, 10, 11, ordered(["item2", "item1", "item3", "item4", "item5", "item6"])));
        return { status: 200, body: { topic: MEETING, epoch: "e1", version: 11, result: {}, others_later: false } };
      };
      await stage.page.locator(`#agenda-${id("item2")} [data-focus=up]`).click();
      await stage.page.waitForFunction(() => document.getElementById("announcer")?.textContent === "Item moved up");
      const focused = await stage.page.evaluate(() => [document.activeElement?.closest("li")?.id, document.activeElement?.getAttribute("data-focus")]);
      assert.deepEqual(focused, [`agenda-${id("item2")}`, "down"]);
    }));

  test("a refusal is said at the field and in the summary, which gets the focus", () =>
    on("meeting-agenda", async (stage) => {
      stage.answer = () => ({ status: 422, body: { code: "invalid_arguments", detail: "This is too short", errors: [{ pointer: "/title", code: "too_short", detail: "The title must have 2 characters or more." }] } });
      await stage.page.locator("#add-title").fill("x");
      await stage.page.locator("#add button").click();
      await stage.page.getByRole("link", { name: "The title must have 2 characters or more." }).waitFor();
      assert.equal(await stage.page.evaluate(() => document.activeElement?.id), "error-summary");
      await stage.page.locator("#error-summary").getByText("Nothing was changed. What you typed is still in the form.").waitFor();
      assert.match(await stage.page.title(), /^Error: /);
      assert.equal(await stage.page.locator("#add-title").getAttribute("aria-describedby"), "add-title-error");
      await stage.page.getByRole("link", { name: "The title must have 2 characters or more." }).click();
      assert.equal(await stage.page.evaluate(() => document.activeElement?.id), "add-title");
    }));

  const ACCOUNT = `account/${id("secretary")}`;
  const LINK = `links/${"l".repeat(52)}`;
  const saved = (topic: string, version: number, othersLater = false): object => ({ topic, epoch: "e1", version, result: {}, others_later: othersLater });

  test("what a form has done is said at the top of the page, once, and has the focus", () =>
    on("account", async (stage) => {
      stage.answer = () => ({ status: 200, body: saved(ACCOUNT, 10) });
      const banner = stage.page.locator("#done-place > [role=alert]");
      for (const button of ["Save preferences", "Sign out everywhere else"]) {
        await stage.page.getByRole("button", { name: button }).click();
        await banner.getByText(button === "Save preferences" ? "Your preferences are saved." : "You are signed out everywhere else.").waitFor();
        assert.equal(await banner.count(), 1);
        assert.equal(await focusedId(stage), "done");
        assert.ok(await stage.page.evaluate(() => (document.getElementById("done")?.getBoundingClientRect().top ?? -1) >= 0), "in sight");
      }
      assert.equal(await stage.page.locator("#announcer").innerText(), "", "not a second time");
      assert.deepEqual(await axeViolations(stage.page), []);
      stage.answer = () => ({ status: 200, body: saved(ACCOUNT, 10, true) });
      await stage.page.getByRole("button", { name: "Save preferences" }).click();
      await banner.getByText("Your preferences are saved. Others will see it shortly.").waitFor();
      stage.answer = () => "no network";
      await stage.page.getByRole("button", { name: "Save preferences" }).click();
      await stage.page.getByText("Not sent.").waitFor();
      assert.equal(await banner.count(), 0, "what was said before is not said of this");
    }));

  test("a page that comes after a form says it once", () =>
    on("account-done?done=name_changed#done", async (stage) => {
      await stage.page.locator("#done").getByText("Your name is changed.").waitFor();
      assert.equal(await focusedId(stage), "done");
      assert.equal(stage.page.url().replace(/.*\//, ""), "account-done");
    }));

  test("whoever changed their name is back at the account, which says so", () =>
    on("account-name", async (stage) => {
      stage.answer = () => ({ status: 200, body: saved(ACCOUNT, 10) });
      await stage.page.locator("#name-name").fill("Harriet Thorne");
      await stage.page.getByRole("button", { name: "Change the name" }).click();
      await stage.page.waitForURL("**/account?done=name_changed#done");
    }));

  test("the form of a link goes with what it offered, also when that comes before the answer", () =>
    on("link", async (stage) => {
      let answer = (): void => {};
      stage.answer = () => {
        stage.say(change(LINK, 10, 11, { link: linkRow({ is_open: false, was_used: true, name: "", email: "" }) }));
        return new Promise((resolve) => (answer = () => resolve({ status: 200, body: { ...saved("", 0), epoch: "" } })));
      };
      await stage.page.locator("#accept-password").fill("kettle orbit velvet harbour");
      await stage.page.getByRole("button", { name: "Accept and make my account" }).click();
      await stage.page.getByRole("heading", { name: "The invitation was accepted" }).waitFor();
      await stage.page.evaluate(() => {
        new MutationObserver(() => Object.assign(window, { announcedAfter: document.querySelectorAll("main form").length })).observe(document.getElementById("announcer")!, { childList: true });
      });
      answer();
      await stage.page.waitForFunction(() => document.getElementById("announcer")?.textContent === "Your account is ready", undefined, { timeout: 1500 });
      assert.equal(await stage.page.locator("main form").count(), 0);
      assert.equal(await focusedId(stage), "main-content");
    }));

  test("who accepted while signed in is led on", () =>
    on("link-signed-in", async (stage) => {
      stage.answer = () => {
        stage.say(change(LINK, 10, 11, { link: linkRow({ is_open: false, was_used: true, name: "", email: "" }) }));
        return new Promise((resolve) => setTimeout(() => resolve({ status: 200, body: { ...saved(`bodies/${id("council")}`, 5), epoch: "e2" } }), 300));
      };
      const main = stage.page.getByRole("main");
      await main.getByRole("button", { name: "Accept and take the seat" }).click();
      await main.getByRole("heading", { name: "The invitation was accepted" }).waitFor();
      await stage.page.waitForFunction(() => document.querySelectorAll("main form").length === 0, undefined, { timeout: 1200 });
      const links = await main.getByRole("link").evaluateAll((found) => found.map((link) => link.getAttribute("href")));
      for (const href of [`/bodies/${id("council")}`, `/interests/${id("secretary")}`, "/account/second-factor", "/account"]) assert.ok(links.includes(href), href);
      assert.equal(await main.getByText("is taken").count(), 0);
    }));

  test("to a visitor the gateway says in its own words why they must sign in", () =>
    on("link", async (stage) => {
      const detail = "There is an account with this e-mail address already. Sign in, then open the link again.";
      stage.answer = () => ({ status: 401, body: { code: "not_signed_in", detail } });
      await stage.page.locator("#accept-password").fill("kettle orbit velvet harbour");
      await stage.page.getByRole("button", { name: "Accept and make my account" }).click();
      await stage.page.locator("#error-summary").getByText(detail).waitFor();
      assert.equal(await stage.page.getByText("you have been signed out").count(), 0);
    }));

  test("whoever was signed in and is no longer is told so, and keeps the text", () =>
    on("draft", async (stage) => {
      stage.answer = () => ({ status: 401, body: { code: "not_signed_in", detail: "Sign in first." } });
      await stage.page.getByRole("link", { name: "Comment on paragraph 1.1" }).click();
      await stage.page.locator("#comment-b3-text").fill("Do not lose this");
      await place(stage).getByRole("button", { name: "Send comment" }).click();
      await place(stage).getByText("Not sent: you have been signed out. Nothing was changed. What you typed is still in the form.").waitFor();
      const link = place(stage).getByRole("link", { name: "Sign in (opens in a new tab)" });
      assert.equal(await link.getAttribute("href"), "/sign-in?return_to=%2Fdraft");
      assert.equal(await stage.page.locator("#comment-b3-text").inputValue(), "Do not lose this");
    }));

  const tooOld = { status: 403, body: { code: "form_expired", detail: "This form was too old to be sent. Send it again." } };

  /** Another tab has signed out and in again: a page of that browser is now read by this person. */
  function readBy(stage: Stage, actor: JsonObject): void {
    stage.elsewhere = (path) => {
      if (path !== "/cookies") return undefined;
      const { template, context } = pageReadBy(actor, "fresh");
      return renderPage(template, context);
    };
    stage.answer = (fields) => (fields.get("csrf") === "fresh" ? { status: 200, body: saved(ACCOUNT, 10) } : tooOld);
  }

  test("whoever signed in again in another tab sends without noticing, once, in the session of now", () =>
    on("account", async (stage) => {
      readBy(stage, { ...secretary, session: "n".repeat(52) });
      await stage.page.getByRole("button", { name: "Sign out everywhere else" }).click();
      await stage.page.locator("#done").getByText("You are signed out everywhere else.").waitFor();
      assert.deepEqual(stage.posted.map((fields) => fields.get("csrf")), ["token", "fresh"]);
      assert.deepEqual(stage.posted.map((fields) => fields.get("keep")), ["s".repeat(52), "n".repeat(52)], "not the session that is over");
      assert.equal(stage.posted[0]?.get("command_id"), stage.posted[1]?.get("command_id"));
      await stage.page.getByRole("button", { name: "Save preferences" }).click();
      await stage.page.locator("#done").getByText("Your preferences are saved.").waitFor();
      assert.equal(stage.posted.length, 3, "the next form has the new token at once");
      assert.equal(await stage.page.locator("form[data-sign-out] [name=csrf]").inputValue(), "fresh");
    }));

  test("nothing is sent in the name of somebody else who has signed in since", () =>
    on("draft", async (stage) => {
      readBy(stage, { ...secretary, person: id("other"), name: "Tomasz Birkett" });
      await stage.page.getByRole("link", { name: "Comment on paragraph 1.1" }).click();
      await stage.page.locator("#comment-b3-text").fill("Do not lose this");
      await place(stage).getByRole("button", { name: "Send comment" }).click();
      await place(stage).getByText("Not sent: Tomasz Birkett is signed in in this browser now, and this page is Harriet Ashworth’s. Nothing was changed.").waitFor();
      assert.equal(stage.posted.length, 1);
      assert.equal(await stage.page.locator("#comment-b3-text").inputValue(), "Do not lose this");
    }));

  test("a token that is refused twice, and a page that cannot be asked, are not tried for ever", () =>
    on("account", async (stage) => {
      readBy(stage, secretary);
      stage.answer = () => tooOld;
      const form = stage.page.locator("form", { has: stage.page.getByRole("button", { name: "Sign out everywhere else" }) });
      await form.getByRole("button").click();
      await form.getByText("Not sent: who is signed in changed at that moment.").waitFor();
      assert.equal(stage.posted.length, 2);
      stage.elsewhere = (path) => (path === "/cookies" ? "<h1>A page of the network in the hotel</h1>" : undefined);
      await form.getByRole("button").click();
      await form.getByText("Not sent. Your text is kept on this device.").waitFor();
      assert.equal(stage.posted.length, 3);
    }));

  test("a page whose session has ended offers to sign in, also where it said who is signed in", () =>
    on("meeting-agenda", async (stage) => {
      stage.hasSession = false;
      await stage.cut(4401);
      const main = stage.page.getByRole("main");
      await main.getByText("You have been signed out.").waitFor();
      for (const place of [main, stage.page.locator(".app-account")]) {
        assert.equal(await place.getByRole("link", { name: "Sign in" }).getAttribute("href"), "/sign-in?return_to=%2Fmeeting-agenda");
      }
      assert.equal(await stage.page.getByRole("button", { name: "Sign out" }).count(), 0);
      assert.deepEqual(await axeViolations(stage.page), []);
    }));

  const BODY = `bodies/${id("council")}`;
  const seatRow = (name: string, extra: JsonObject): JsonObject => ({ seat: id(name), title: "Chair, Cumbria LEP", role: "member", role_label: "Member", organisation: "Cumbria LEP", sort: "1", ...extra });
  const focusedText = (stage: Stage): Promise<string> => stage.page.evaluate(() => document.activeElement?.textContent ?? "");

  test("after the end of an appointment the focus is on the heading of that seat, and stays there", () =>
    on("seats", async (stage) => {
      const row = stage.page.locator(`#seat-${id("s1")}`);
      stage.answer = () => {
        stage.say(change(BODY, 10, 11, { [`seat/${id("s1")}`]: seatRow("s1", { is_vacant: true, person_name: "", since: "" }) }));
        return { status: 200, body: saved(BODY, 11) };
      };
      await row.getByText("End the appointment").first().click();
      await row.getByRole("button", { name: "End the appointment" }).press("Enter");
      await stage.page.waitForFunction(() => document.getElementById("announcer")?.textContent === "Appointment ended");
      assert.match(await focusedText(stage), /^Chair, Cumbria LEP Vacant/);
      stage.say(change(BODY, 11, 12, { [`seat/${id("s1")}`]: seatRow("s1", { is_vacant: true, person_name: "", since: "", organisation: "Kendal" }) }));
      await row.getByText("Member, for Kendal").waitFor();
      assert.match(await focusedText(stage), /^Chair, Cumbria LEP Vacant/);
      await stage.page.keyboard.press("Enter");
      assert.equal(stage.posted.length, 1);
    }));

  test("after a row has gone the focus is on the heading of the list, and not on somebody else's button", () =>
    on("account", async (stage) => {
      const next = { session: "u".repeat(52), device: "Chrome on Android", started: "1pm on 19 June 2018", expires: "1am on 20 June 2018", sort: "3" };
      stage.say(change(ACCOUNT, 10, 11, { [`session/${"u".repeat(52)}`]: next }));
      await stage.page.getByRole("button", { name: /Chrome on Android/ }).waitFor();
      stage.answer = () => {
        stage.say(change(ACCOUNT, 11, 12, {}, [`session/${"t".repeat(52)}`]));
        return { status: 200, body: saved(ACCOUNT, 12) };
      };
      await stage.page.getByRole("button", { name: /Safari on iPhone/ }).press("Enter");
      await stage.page.waitForFunction(() => document.getElementById("announcer")?.textContent === "Signed out there");
      assert.equal(await focusedId(stage), "sessions");
    }));

  test("what was made out of sight is said at the top of the page", () =>
    on("seats", async (stage) => {
      stage.answer = () => {
        stage.say(change(BODY, 10, 11, { [`seat/${id("s3")}`]: seatRow("s3", { title: "Observer", is_vacant: true, sort: "3" }) }));
        return { status: 200, body: saved(BODY, 11) };
      };
      await stage.page.locator("#seat-title").fill("Observer");
      await stage.page.getByRole("button", { name: "Make the seat" }).click();
      await stage.page.locator("#done").getByText("The seat is made.").waitFor();
      assert.equal(await focusedId(stage), "done");
      await stage.page.getByRole("heading", { name: "Observer" }).waitFor();
    }));

  test("an auditor, who may change nothing, is offered no form on the page of a body's seats", () =>
    on("seats-auditor", async (stage) => {
      const main = stage.page.getByRole("main");
      assert.equal(await main.locator("form, button, summary").count(), 0);
      await main.getByText("Elspeth Garth").waitFor();
      await main.getByRole("heading", { name: "Hilda Brown" }).waitFor();
      stage.say(change(BODY, 10, 11, { [`seat/${id("s3")}`]: seatRow("s3", { title: "Observer", is_vacant: true, sort: "3" }) }));
      await main.getByRole("heading", { name: "Observer" }).waitFor();
      assert.equal(await main.locator("form, button, summary").count(), 0);
    }));

  test("a form without fields says as well that nothing was changed", () =>
    on("account", async (stage) => {
      stage.answer = () => ({ status: 403, body: { code: "forbidden", detail: "You may not do this." } });
      await stage.page.getByRole("button", { name: "Sign out everywhere else" }).click();
      await stage.page.getByText("You may not do this. Nothing was changed.").waitFor();
    }));

  test("what changes much about somebody's account takes more than one click", () =>
    on("person", async (stage) => {
      const buttons = stage.page.locator("main form button");
      assert.ok((await buttons.count()) >= 5);
      for (const button of await buttons.all()) assert.equal(await button.isVisible(), false, (await button.textContent()) ?? "");
    }));

  test("nobody is offered to suspend themselves", () =>
    on("person-own", async (stage) => {
      assert.equal(await stage.page.locator("#suspension, [data-partial=person-suspension]").count(), 0);
    }));

  test("an unbroken name breaks rather than making the page wider", () =>
    on("seats-long", async (stage) => {
      assert.equal(await sidewaysScroll(stage.page), 0);
    }));

  test("what was not sent is kept, goes again under the same id, and survives a reload", () =>
    on("draft", async (stage) => {
      const send = place(stage).getByRole("button", { name: "Send comment" });
      await stage.page.getByRole("link", { name: "Comment on paragraph 1.1" }).click();
      await stage.page.locator("#comment-b3-text").fill("Do not lose this");
      await send.click();
      await stage.page.getByText("Not sent. Your text is kept on this device.").waitFor();
      await send.click();
      await stage.page.waitForFunction(() => document.querySelector("[data-form-state]")?.textContent?.startsWith("Not sent"));
      assert.equal(stage.posted.length, 2);
      assert.equal(stage.posted[0]?.get("command_id"), stage.posted[1]?.get("command_id"));
      await stage.page.waitForFunction(() => Object.keys(localStorage).length === 1);
      await stage.page.reload();
      await stage.live();
      await stage.page.getByText("This is what you had begun to write.").waitFor();
      assert.equal(await stage.page.locator("#comment-b3-text").inputValue(), "Do not lose this");
    }));

  test("a form in use stays when what it belongs to is no longer possible", () =>
    on("draft", async (stage) => {
      await opener(stage).click();
      await stage.page.getByRole("button", { name: "No comments on paragraph 2.2" }).click();
      await stage.page.locator("#comment-b8-text").waitFor();
      await stage.page.locator("#comment-b3-text").fill("Too late?");
      stage.say(change(CONSULTATION, 10, 11, { consultation: closed }));
      await stage.page.locator("#comment-b8-text").waitFor({ state: "detached" });
      await stage.page.getByRole("link", { name: "Comment on paragraph 1.2" }).waitFor({ state: "detached" });
      assert.equal(await stage.page.locator("#comment-b3-text").inputValue(), "Too late?");
      assert.equal(await place(stage).getByRole("button", { name: "Withdraw this comment" }).count(), 0);
    }));

  test("says that it reconnects, and afterwards how much it missed", () =>
    on("meeting", async (stage) => {
      stage.subscribed = (topic, say) => {
        say(change(topic, 10, 11, { meeting: meetingRow({ now_item: id("item4"), now_number: "4", now_title: "Skills" }) }));
        say({ type: "resumed", topic, epoch: "e1", version: 11, missed: 1 });
      };
      await stage.cut();
      await stage.page.waitForSelector('#connection[data-state="reconnecting"]');
      await stage.live();
      await stage.page.waitForFunction(() => document.getElementById("announcer")?.textContent === "1 change while you were away");
    }));

  test("what may no longer be seen goes away", () =>
    on("meeting", async (stage) => {
      stage.say({ type: "revoked", topic: MEETING });
      await stage.page.getByText("You may no longer see what was here.").waitFor();
      assert.equal(await stage.page.locator("[data-topic]").count(), 0);
    }));

  for (const { name } of samplePages()) {
    test(`${name} passes axe and fits 320 pixels`, async () => {
      const stage = await Stage.open(browser, name, 320);
      try {
        for (const details of await stage.page.locator("details").all()) await details.evaluate((element) => element.setAttribute("open", ""));
        assert.equal(await sidewaysScroll(stage.page), 0);
        assert.deepEqual(await axeViolations(stage.page), []);
        assert.deepEqual(stage.troubles, []);
      } finally {
        await stage.close();
      }
    });
  }
});
