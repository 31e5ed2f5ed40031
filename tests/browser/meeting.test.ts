import assert from "node:assert/strict";
import { before } from "node:test";
import { act } from "./support/act.ts";
import { Latency } from "./support/latency.ts";
import { looksRight, looksRightUnfolded } from "./support/looks.ts";
import type { Person } from "./support/person.ts";
import type { Account } from "./support/system.ts";

const MOVES = 20;

act("the council's meeting of 19 June 2018", (council) => {
  let secretary: Account;
  let chair: Account;
  let meeting: string;

  before(async () => {
    secretary = council.system.holder("secretary, Council of LEP Chairs");
    chair = await council.system.sitter("Council of LEP Chairs", "Chair, Cumbria LEP");
    meeting = await council.system.path("meetings", "Council of LEP Chairs");
  });

  /** The secretary and the chair of Cumbria LEP, each in a browser of their own. */
  const together = async (script: boolean, play: (writer: Person, reader: Person) => Promise<void>): Promise<void> =>
    play(await council.signedIn(secretary, { script }), await council.signedIn(chair, { script }));

  const order = ({ page }: Person): Promise<string[]> => page.locator("[data-list=agenda] > li").evaluateAll((items) => items.map(({ id }) => id));

  async function sees({ page }: Person, expected: string[]): Promise<void> {
    await page.waitForFunction(
      (ids) => [...document.querySelectorAll("[data-list=agenda] > li")].map(({ id }) => id).join() === ids.join(),
      expected,
    );
  }

  const swapped = (ids: string[], at: number): string[] => ids.with(at, ids[at + 1] ?? "").with(at + 1, ids[at] ?? "");

  council.scene("each item that the secretary moves moves on the chair's screen, without reload", () =>
    together(true, async (writer, reader) => {
      await writer.follow(`${meeting}/agenda`);
      await reader.follow(meeting);
      const latency = await Latency.between(writer, reader, "[data-list=agenda]");
      let expected = await order(reader);
      assert.ok(expected.length >= 8);
      for (let move = 0; move < MOVES; move++) {
        const at = move % (expected.length - 1);
        await writer.page.locator(`#${expected[at]} [data-focus=down]`).click();
        expected = swapped(expected, at);
        await sees(reader, expected);
        await sees(writer, expected);
        await latency.take();
      }
      const numbers = await reader.page.locator("[data-list=agenda] .app-agenda-item__number").allInnerTexts();
      assert.deepEqual(numbers, expected.map((_, i) => `${i + 1}.`));
      await reader.staysOnThePage();
      latency.tell("agenda item moved → other screen");
      await looksRight(reader, "meeting-member");
      await looksRight(writer, "agenda-builder");
      await looksRightUnfolded(writer, "agenda-builder");
    }));

  for (const width of [1280, 320]) {
    council.scene(`an item that the secretary drags lands on the chair's screen too, and one that is let go of outside stays, at ${width} pixels`, () =>
      together(true, async (writer, reader) => {
        const { page } = writer;
        await writer.follow(`${meeting}/agenda`);
        await reader.follow(meeting);
        await page.setViewportSize({ width, height: 800 });
        const before = await order(reader);
        const handle = page.locator(`#${before[0]} [data-drag]`);
        /** To the middle of what can be seen of the item after it, and a little further. */
        const dragDown = async (): Promise<void> => {
          await handle.scrollIntoViewIfNeeded();
          await page.locator(`#${before[0]}`).evaluate((item) => item.scrollIntoView({ block: "start" }));
          const from = await handle.boundingBox();
          const next = await page.locator(`#${before[1]}`).boundingBox();
          assert.ok(from && next);
          await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
          await page.mouse.down();
          await page.mouse.move(next.x + 60, next.y + next.height * 0.4, { steps: 5 });
          await page.mouse.move(next.x + 60, next.y + next.height * 0.7, { steps: 5 });
          await page.locator(".app-drop-before").waitFor();
        };
        await dragDown();
        await page.keyboard.press("Escape");
        await page.mouse.up();
        await page.locator(".app-dragged").waitFor({ state: "detached" });
        await dragDown();
        await page.mouse.move(1, 1);
        await page.mouse.up();
        await page.locator(".app-dragged").waitFor({ state: "detached" });
        await dragDown();
        await page.mouse.up();
        await sees(reader, swapped(before, 0));       // and not before: neither of the two was sent
        await sees(writer, swapped(before, 0));
        await page.waitForFunction(() => document.getElementById("announcer")?.textContent?.includes("Item moved"));
        assert.equal(await page.evaluate((id) => document.activeElement?.matches(`#${id} [data-focus=to]`), before[0]), true, "as with the button");
        await page.locator(`#${before[0]} [data-focus=up]`).click();
        await sees(reader, before);
        for (const person of [writer, reader]) await person.staysOnThePage();
      }));
  }

  council.scene("an agenda item without a title is refused at the field, and nothing is lost", () =>
    together(true, async (writer) => {
      writer.expects(/status of 422/);
      await writer.follow(`${meeting}/agenda`);
      await writer.page.locator("#add-minutes").fill("5");
      await writer.page.getByRole("button", { name: "Add item" }).click();
      await writer.page.getByRole("heading", { name: "There is a problem" }).waitFor();
      assert.equal(await writer.page.evaluate(() => document.activeElement?.id), "error-summary");
      assert.equal(await writer.page.locator("#add-minutes").inputValue(), "5");
      await looksRight(writer, "agenda-builder-error");
      await writer.page.locator("#error-summary a").first().click();
      assert.equal(await writer.page.evaluate(() => document.activeElement?.id), "add-title");
    }));

  council.scene("without script the chair sees it after loading the page again", () =>
    together(false, async (writer, reader) => {
      await writer.page.goto(`${meeting}/agenda`);
      await reader.page.goto(meeting);
      assert.match(await reader.page.locator("#connection").innerText(), /Reload to see changes/);
      const before = await order(reader);
      await writer.page.locator(`#${before[0]} [data-focus=down]`).click();
      await sees(writer, swapped(before, 0));
      assert.match(writer.page.url(), /\/agenda(#.*)?$/, "the secretary is back at the builder");
      assert.deepEqual(await order(reader), before);
      await reader.page.reload();
      assert.deepEqual(await order(reader), swapped(before, 0));
    }));

  council.scene("without script a refused item comes back as it was typed, with what is wrong", () =>
    together(false, async (writer) => {
      writer.expects(/status of 422/);
      await writer.page.goto(`${meeting}/agenda`);
      await writer.page.locator("#add-lead").fill("Chair, Cumbria LEP");
      await writer.page.locator("#add").evaluate((form: HTMLFormElement) => (form.noValidate = true));
      await writer.page.getByRole("button", { name: "Add item" }).click();
      await writer.page.getByRole("heading", { name: "There is a problem" }).waitFor();
      assert.match(await writer.page.title(), /^Error: /);
      assert.equal(await writer.page.locator("#add-lead").inputValue(), "Chair, Cumbria LEP");
      await looksRight(writer, "agenda-builder-error-no-script");
    }));

  for (const script of [true, false]) {
    council.scene(`by keyboard alone${script ? "" : " and without script"} the secretary builds an agenda with items under items`, () =>
      together(script, async (writer) => {
        const { page } = writer;
        await page.goto("/meetings");
        const builder = String(await page.getByRole("link", { name: /^Write the agenda/ }).first().getAttribute("href"));
        await (script ? writer.follow(builder) : page.goto(builder));
        const item = (title: string) => page.locator("[data-list=agenda] > li").filter({ hasText: title });
        const press = async (title: string, button: string): Promise<void> => {
          await writer.tabTo(`#${await item(title).getAttribute("id")} [data-focus=${button}]`);
          await page.keyboard.press("Enter");
        };
        const isNumbered = async (title: string, number: RegExp): Promise<void> => item(title).locator(".app-agenda-item__number").filter({ hasText: number }).waitFor();
        const add = async (title: string): Promise<void> => {
          await writer.tabTo("#add-title");
          await page.keyboard.type(title);
          await writer.tabTo("#add-minutes");
          await page.keyboard.type("10");
          await page.keyboard.press("Enter");
          await item(title).waitFor();
        };
        const [above, first, second] = ["Working groups", "Skills", "Transport"].map((title) => `${title} ${script ? "of the year" : "in brief"}`) as [string, string, string];
        for (const title of [above, first, second]) await add(title);
        await press(first, "in");
        await isNumbered(first, /^\d\.1$/);
        await press(second, "in");
        await isNumbered(second, /^\d\.2$/);
        await press(second, "up");
        await isNumbered(second, /^\d\.1$/);
        await press(second, "out");
        await isNumbered(second, /^\d\.$/);
        await press(second, "in");
        await isNumbered(second, /^\d\.2$/);
        assert.match(await item(above).innerText(), /20 min in all/);
        assert.equal(await item(above).getByRole("button", { name: /^Remove/ }).count(), 0, "what has items under it stays");
        await looksRight(writer, `agenda-nested${script ? "" : "-no-script"}`);
        if (script) await looksRightUnfolded(writer, "agenda-nested");
      }));
  }

  council.scene("by keyboard alone the secretary moves an item, starts the meeting and goes to item 3; the chair sees where it stands", () =>
    together(true, async (writer, reader) => {
      await writer.follow(`${meeting}/agenda`);
      await reader.follow(`${meeting}/live`);
      const before = await order(reader);
      await writer.tabTo(`#${before[1]} [data-focus=up]`);
      await writer.page.keyboard.press("Enter");
      await sees(reader, swapped(before, 0));
      await sees(writer, swapped(before, 0));
      await writer.follow(`${meeting}/live`);
      await writer.tabTo("#send-start button");
      await writer.page.keyboard.press("Enter");
      await reader.page.getByText("Now at item 1:").first().waitFor();
      const third = (await order(reader))[2];
      await writer.tabTo(`#${third} [data-focus=go]`);
      await writer.page.keyboard.press("Space");
      await reader.page.getByText("Now at item 3:").first().waitFor();
      await reader.page.getByText(/The meeting is expected to end at/).first().waitFor();
      assert.equal(await reader.page.locator(`#${third}`).getAttribute("aria-current"), "step");
      assert.equal(await reader.page.getByRole("button", { name: /^Go to item/ }).count(), 0, "the chair of a partnership does not steer");
      await reader.staysOnThePage();
      await writer.staysOnThePage();
      await writer.tabTo("#send-pause button");
      await writer.page.keyboard.press("Enter");
      await reader.page.getByText(/^Paused since/).first().waitFor();
      assert.equal(await writer.page.getByRole("button", { name: /^Go to item/ }).count(), 0, "nobody steers in a pause");
      await looksRight(reader, "meeting-room-paused");
      await writer.tabTo("#send-resume button");
      await writer.page.keyboard.press("Enter");
      await reader.page.getByText(/^Paused since/).first().waitFor({ state: "detached" });
      await looksRight(reader, "meeting-room-member");
      await looksRight(writer, "meeting-room-secretary");
      await reader.follow(meeting);
      await looksRight(reader, "meeting-in-progress");
    }));

  council.scene("without script the secretary goes on to item 4 and the chair sees it after loading the page again", () =>
    together(false, async (writer, reader) => {
      await writer.page.goto(`${meeting}/live`);
      await reader.page.goto(`${meeting}/live`);
      await reader.page.getByText("Now at item 3:").first().waitFor();
      await writer.page.getByRole("button", { name: "Go to item 4" }).click();
      await writer.page.getByText("Now at item 4:").first().waitFor();
      await reader.page.reload();
      await reader.page.getByText("Now at item 4:").first().waitFor();
    }));
});
