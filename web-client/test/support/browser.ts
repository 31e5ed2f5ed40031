// The browser that tests drive, and what they need of the packages around it.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";

export type { Browser, BrowserContext, Locator, Page, Response } from "playwright-core";

const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium-headless-shell";
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Why there is no browser here, or false. */
export const noBrowser: string | false = !existsSync(CHROMIUM) && `there is no browser at ${CHROMIUM}`;

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

/** What axe finds on the page as it stands: "rule: element | element". */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const run = (window as unknown as { axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }).axe;
    const { violations } = await run.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
    return violations.map((violation) => `${violation.id}: ${violation.nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
  });
}

/** Grows by what a Content-Security-Policy stops in any page that is opened in the context from now on. */
export async function violationsIn(context: BrowserContext): Promise<string[]> {
  const violations: string[] = [];
  await context.exposeBinding("tellOfViolation", (_, words: string) => void violations.push(words));
  await context.addInitScript(() => {
    const { tellOfViolation } = window as unknown as { tellOfViolation(words: string): void };
    document.addEventListener("securitypolicyviolation", ({ documentURI, effectiveDirective, blockedURI, sample, sourceFile }) =>
      tellOfViolation(`${documentURI}: ${effectiveDirective} stops ${blockedURI} ${sample} of ${sourceFile}`),
    );
  });
  return violations;
}

/** By how many pixels the page is wider than its window. */
export async function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
