// The two ways in which somebody works a page: with a finger or a mouse, and by keyboard alone.
import assert from "node:assert/strict";
import type { Locator, Page } from "../../../web-client/test/support/browser.ts";

export interface HandedIn {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

export interface Hands {
  /** A button, a link, or what opens something. */
  press(target: Locator): Promise<void>;
  write(field: Locator, words: string): Promise<void>;
  /** The option whose label begins so. */
  choose(select: Locator, label: string): Promise<void>;
  tick(choice: Locator): Promise<void>;
  handIn(field: Locator, file: HandedIn): Promise<void>;
}

export const byPointer: Hands = {
  press: (target) => target.click(),
  write: (field, words) => field.fill(words),
  choose: async (select, label) => {
    const labels = await select.locator("option").allInnerTexts();
    await select.selectOption({ label: labels.find((text) => text.startsWith(label)) ?? assert.fail(`no option ${label}`) });
  },
  tick: (choice) => choice.check(),
  handIn: (field, file) => field.setInputFiles(file),
};

/** What is counted may be a few stops out, as with radio buttons, which are one: then it looks again. */
const MOST_TRIES = 40;

/** How many stops of the Tab key lie between the focus and an element; backwards they are negative, and 0 is there. */
function stopsTo(there: Element): number {
  const { activeElement } = document;
  if (activeElement === there) {
    if (!there.matches(":focus-visible")) throw new Error("nobody sees where the focus is");
    return 0;
  }
  const can = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const stops = [...document.querySelectorAll<HTMLElement>(can)].filter((each) => each === there || (each.tabIndex >= 0 && each.checkVisibility() && !each.matches(":disabled")));
  const to = stops.findIndex((each) => each === there);
  const from = stops.findIndex((each) => each === activeElement);
  if (from >= 0) return to - from;
  // The focus is on a heading, or on nothing: the next stop is the first after it.
  const next = stops.findIndex((each) => activeElement === null || activeElement === document.body || (activeElement.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0);
  return to >= next && next >= 0 ? to - next + 1 : -Math.max(1, (next < 0 ? stops.length : next) - to);
}

export function byKeyboard(page: Page): Hands {
  /** Presses Tab, or Shift and Tab where it stands further up, until the focus is there and is seen to be. */
  const reach = async (target: Locator): Promise<void> => {
    await target.waitFor();
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const stops = await target.evaluate(stopsTo);
      const way = stops < 0 ? "Shift+Tab" : "Tab";
      for (let presses = Math.abs(stops); presses > 0; presses--) await page.keyboard.press(way);
      if (stops === 0) return;
    }
    assert.fail(`the keyboard does not get to ${String(target)}`);
  };
  return {
    press: async (target) => {
      await reach(target);
      await page.keyboard.press("Enter");
    },
    write: async (field, words) => {
      await reach(field);
      await page.keyboard.press("ControlOrMeta+A");
      await page.keyboard.type(words);
    },
    choose: async (select, label) => {
      await reach(select);
      await page.keyboard.type(label);
      const chosen = await select.evaluate((element: HTMLSelectElement) => element.selectedOptions[0]?.label);
      assert.ok(chosen?.startsWith(label), `typing ${label} chose ${chosen}`);
    },
    tick: async (choice) => {
      await reach(choice);
      await page.keyboard.press("Space");
    },
    handIn: async (field, file) => {
      await reach(field);
      // Enter opens the chooser. That is a window of the system's, which a test cannot type into: the file is named to it here.
      // A browser whose window has not the focus of the system at that moment opens none: then the key is pressed once more.
      for (let tries = 0; ; tries++) {
        const opened = page.waitForEvent("filechooser", { timeout: 7_000 }).catch(() => undefined);
        await page.keyboard.press("Enter");
        const chooser = await opened;
        if (chooser) return chooser.setFiles(file);
        assert.ok(tries < 2, "the file chooser does not open");
        await reach(field);
      }
    },
  };
}
