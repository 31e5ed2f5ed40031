// Whether a page is fit to be seen: by axe, on a small screen, and by whoever looks at the pictures.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { axeViolations, sidewaysScroll, type Page } from "../../../web-client/test/support/browser.ts";
import type { Person } from "./person.ts";

const pictures = fileURLToPath(new URL("../../../build/screenshots/", import.meta.url));
/** A picture of a long page takes seconds, so they are taken for somebody who will look at them. */
const takesPictures = process.env["WITAN_SCREENSHOTS"] !== undefined;
const WIDTHS = [1280, 320];

/** Looks at the page as it stands, wide and narrow unless told otherwise, and leaves pictures when they are wanted. */
export async function looksRight(person: Person, name: string, widths: readonly number[] = WIDTHS): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  const page = person.hasScript ? person.page : await sameWithScript(person);
  const before = page.viewportSize();
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    if (takesPictures) await page.screenshot({ path: join(pictures, `${name}-${width}.png`), fullPage: true });
    assert.equal(await sidewaysScroll(page), 0, `${name} scrolls sideways at ${width} pixels`);
    assert.deepEqual(await axeViolations(page), [], `${name} at ${width} pixels`);
  }
  if (before) await page.setViewportSize(before);
  if (page !== person.page) await page.context().close();
}

/** The same with everything open that can be opened. */
export async function looksRightUnfolded(person: Person, name: string, widths: readonly number[] = WIDTHS): Promise<void> {
  await person.page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
  await looksRight(person, `${name}-unfolded`, widths);
}

/** axe is a script: it looks at what somebody without script sees on a page that runs only axe. */
async function sameWithScript({ page, context }: Person): Promise<Page> {
  const other = await context.browser()!.newContext({ viewport: page.viewportSize(), reducedMotion: "reduce" });
  const copy = await other.newPage();
  const body = (await page.content()).replace(/<script type="module".*?<\/script>/, "");
  await copy.route(page.url().replace(/#.*/, ""), (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body }));
  await copy.goto(page.url());
  return copy;
}
