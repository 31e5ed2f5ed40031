import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser } from "playwright-core";
import { axeViolations, openBrowser, sidewaysScroll } from "./support/browser.ts";
import { agendaRows, commentRow, consultationRow, draftRows, meetingRow, samplePages } from "./support/samples.ts";
import { cannotRun, Stage } from "./support/stage.ts";
import type { JsonObject } from "../src/view_model.ts";

const id = (name: string): string => name.padEnd(26, "a");
const MEETING = `meetings/${id("meeting")}`;
const DRAFT = `drafts/${id("cumbrialis")}/1`;

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

  test("a comment by someone else waits behind a button and is counted at once", () =>
    on("draft-visitor", async (stage) => {
      const block = { ...draftRows()["block/b3"], comment_count: 3 };
      stage.say(change(DRAFT, 10, 11, { "block/b3": block, [`block/b3/comment/${id("c9")}`]: commentRow("c9", { text: "A new thought" }) }));
      const button = stage.page.getByRole("button", { name: "Show 1 new comment in paragraph 1.1" });
      await button.waitFor();
      await stage.page.getByText("3 comments on paragraph 1.1").waitFor();
      assert.equal(await stage.page.getByText("A new thought").count(), 0);
      assert.match(await stage.page.title(), /^\(1\) /);
      await button.click();
      await stage.page.getByText("A new thought").waitFor();
      assert.equal(await button.count(), 0);
      assert.match(await stage.page.evaluate(() => document.activeElement?.id ?? ""), /c9/);
    }));

  test("one's own comment shows at once, the form is empty and folded, and one announcement says so", () =>
    on("draft", async (stage) => {
      stage.answer = () => {
        stage.say(change(DRAFT, 10, 12, { [`block/b3/comment/${id("c9")}`]: commentRow("c9", { by: id("secretary"), text: "My thought" }) }));
        return { status: 200, body: { topic: DRAFT, epoch: "e1", version: 12, result: {}, others_later: false } };
      };
      await stage.page.locator("#block-b3-form > summary").click();
      await stage.page.locator("#comment-b3-text").fill("My thought");
      await stage.page.locator("#block-b3-form button").click();
      await stage.page.locator(".app-comment--mine", { hasText: "My thought" }).waitFor();
      await stage.page.waitForFunction(() => document.getElementById("announcer")?.textContent === "Your comment on paragraph 1.1 is saved");
      assert.equal(await stage.page.locator("#comment-b3-text").inputValue(), "");
      assert.equal(await stage.page.locator("#block-b3-form").getAttribute("open"), null);
      assert.equal(stage.posted[0]?.get("text"), "My thought");
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
      assert.match(await stage.page.title(), /^Error: /);
      assert.equal(await stage.page.locator("#add-title").getAttribute("aria-describedby"), "add-title-error");
      await stage.page.getByRole("link", { name: "The title must have 2 characters or more." }).click();
      assert.equal(await stage.page.evaluate(() => document.activeElement?.id), "add-title");
    }));

  test("what was not sent is kept, goes again under the same id, and survives a reload", () =>
    on("draft", async (stage) => {
      await stage.page.locator("#block-b3-form > summary").click();
      await stage.page.locator("#comment-b3-text").fill("Do not lose this");
      await stage.page.locator("#block-b3-form button").click();
      await stage.page.getByText("Not sent. Your text is kept on this device.").waitFor();
      await stage.page.locator("#block-b3-form button").click();
      await stage.page.waitForFunction(() => document.querySelector("[data-form-state]")?.textContent?.startsWith("Not sent"));
      assert.equal(stage.posted.length, 2);
      assert.equal(stage.posted[0]?.get("command_id"), stage.posted[1]?.get("command_id"));
      await stage.page.waitForFunction(() => Object.keys(localStorage).length === 1);
      await stage.page.reload();
      await stage.live();
      assert.equal(await stage.page.locator("#comment-b3-text").inputValue(), "Do not lose this");
      assert.equal(await stage.page.locator("#block-b3-form").getAttribute("open"), "");
    }));

  test("a form in use stays when what it belongs to is no longer possible", () =>
    on("draft", async (stage) => {
      await stage.page.locator("#block-b3-form > summary").click();
      await stage.page.locator("#comment-b3-text").fill("Too late?");
      stage.say(change(DRAFT, 10, 11, { consultation: { ...consultationRow, is_open: false, is_closed: true, state: "closed", state_label: "Closed" } }));
      await stage.page.waitForFunction(() => document.getElementById("block-b4-form") === null);
      assert.equal(await stage.page.locator("#comment-b3-text").inputValue(), "Too late?");
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
