// Somebody in front of a browser of their own: what they see, what comes over their socket, what goes wrong there.
import assert from "node:assert/strict";
import type { Browser, BrowserContext, Page } from "../../../web-client/test/support/browser.ts";
import { violationsIn } from "../../../web-client/test/support/browser.ts";
import type { Account, System } from "./system.ts";

const MOST_TABS = 200;

export interface Circumstances {
  script?: boolean;
  width?: number;
}

export class Person {
  readonly page: Page;
  readonly system: System;
  readonly hasScript: boolean;
  /** Every text that came over a socket. */
  readonly frames: string[] = [];
  readonly #troubles: string[] = [];
  readonly #expected: RegExp[] = [];
  /** What the Content-Security-Policy stopped; no scene is about that, so none is ever expected. */
  readonly #violations: string[];

  private constructor(page: Page, system: System, hasScript: boolean, violations: string[]) {
    this.page = page;
    this.hasScript = hasScript;
    this.system = system;
    this.#violations = violations;
    page.on("pageerror", (fault) => this.#troubles.push(fault.message));
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") this.#troubles.push(message.text());
    });
    page.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => this.frames.push(String(payload))));
  }

  static async comesIn(browser: Browser, system: System, { script = true, width = 1280 }: Circumstances): Promise<Person> {
    const context = await browser.newContext({
      baseURL: system.url, viewport: { width, height: 800 }, javaScriptEnabled: script, reducedMotion: "reduce",
      locale: "en-GB", timezoneId: "Europe/London",
    });
    context.setDefaultTimeout(45_000); // others may be at work on the machine
    const violations = await violationsIn(context);
    return new Person(await context.newPage(), system, script, violations);
  }

  async signIn({ email, password, name }: Account): Promise<void> {
    await this.page.goto("/sign-in");
    await this.page.getByLabel("E-mail address").fill(email);
    await this.page.getByLabel("Password").fill(password);
    await this.page.getByRole("button", { name: "Sign in", exact: true }).click();
    await this.page.getByText(`Signed in as ${name}`).waitFor();
  }

  get context(): BrowserContext {
    return this.page.context();
  }

  /** Opens a page and waits until it is live. */
  async follow(path: string): Promise<void> {
    await this.page.goto(path);
    await this.live();
    await this.page.evaluate(() => Object.assign(window, { isSamePage: true }));
  }

  async live(): Promise<void> {
    await this.page.waitForSelector('#connection[data-state="live"]');
  }

  /** The page has not been loaded again since `follow`. */
  async staysOnThePage(): Promise<void> {
    assert.equal(await this.page.evaluate(() => (window as unknown as { isSamePage?: boolean }).isSamePage), true, "the page was loaded again");
  }

  /** What was just done stands at the top of the page, in the one banner, which has the focus; nothing else says it too. */
  async isTold(words: string): Promise<void> {
    const banner = this.page.locator("main #done-place > .govuk-notification-banner--success[role=alert]");
    await banner.getByText(words, { exact: true }).waitFor();
    assert.equal(await banner.count(), 1);
    if (!this.hasScript) return assert.equal(new URL(this.page.url()).hash, "#done", "the browser goes to the banner");
    await this.page.waitForFunction(() => document.activeElement?.id === "done");
    assert.doesNotMatch(this.page.url(), /done/, "it is said once, and not to whoever gets the address");
    assert.equal((await this.page.locator("#announcer").innerText()).includes(words), false, "it is read out once");
  }

  /** Presses Tab until the focus is there, as somebody without a mouse does. */
  async tabTo(selector: string): Promise<void> {
    for (let presses = 0; presses < MOST_TABS; presses++) {
      await this.page.keyboard.press("Tab");
      if (await this.page.evaluate((there) => document.activeElement?.matches(`${there}:focus-visible`), selector)) return;
    }
    assert.fail(`the keyboard does not get to ${selector}`);
  }

  /** What the browser may say in its console, because the scene is about it. */
  expects(words: RegExp): void {
    this.#expected.push(words);
  }

  hasNoComplaint(): void {
    const unexpected = this.#troubles.filter((trouble) => !this.#expected.some((words) => words.test(trouble)));
    assert.deepEqual(unexpected, [], "the browser complained");
    assert.deepEqual(this.#violations, [], "a page did what its policy forbids");
  }
}
