// A real browser before a stand-in for the gateway: pages from the samples, a socket moved by hand, and answers to
// posted forms as the test says.
import { existsSync, readFileSync } from "node:fs";
import type { Browser, Page, Request, WebSocketRoute } from "playwright-core";
import { noBrowser, violationsIn } from "./browser.ts";
import { renderPage } from "./render.ts";
import { samplePages, sampleThreads } from "./samples.ts";

const dist = new URL("../../dist/", import.meta.url);
const ORIGIN = "http://witan.test";
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types witan";

/** Why these tests cannot run here, or false. */
export const cannotRun: string | false = noBrowser || (!existsSync(new URL("manifest.json", dist)) && "the client is not built");

export type Answer = { status: number; body: object } | "no network";

export class Stage {
  readonly page: Page;
  readonly posted: URLSearchParams[] = [];
  readonly troubles: string[];
  answer: (fields: URLSearchParams) => Answer | Promise<Answer> = () => "no network";
  subscribed: (topic: string, say: (frame: object) => void) => void = (topic, say) => {
    const entities = sampleThreads()[topic];
    if (entities) say({ type: "snapshot", topic, audience: "public", epoch: "e1", version: 10, reason: "first", entities });
    else say({ type: "resumed", topic, epoch: "e1", version: 10, missed: 0 });
  };
  /** What another address than a sample's is: nothing, unless a test says so. */
  elsewhere: (path: string) => string | undefined = () => undefined;
  /** Whether the browser has a session still. */
  hasSession = true;
  readonly unsubscribed: string[] = [];
  /** How often the page said that somebody is there. */
  heres = 0;
  #socket: WebSocketRoute | undefined;

  private constructor(page: Page, troubles: string[]) {
    this.page = page;
    this.troubles = troubles;
  }

  static async open(browser: Browser, sample: string, width = 1280, javaScriptEnabled = true): Promise<Stage> {
    const context = await browser.newContext({ viewport: { width, height: 800 }, javaScriptEnabled, reducedMotion: "reduce", bypassCSP: false });
    const violations = await violationsIn(context);
    const stage = new Stage(await context.newPage(), violations);
    await stage.#prepare();
    await stage.page.goto(`${ORIGIN}/${sample}`);
    return stage;
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }

  say(frame: object): void {
    this.#socket?.send(JSON.stringify(frame));
  }

  /** The connection breaks. */
  async cut(code = 1011): Promise<void> {
    await this.#socket?.close({ code });
  }

  async live(): Promise<void> {
    await this.page.waitForSelector('#connection[data-state="live"]');
  }

  async #prepare(): Promise<void> {
    this.page.on("pageerror", (fault) => this.troubles.push(fault.message));
    this.page.on("console", (message) => {
      if (/Content Security Policy/i.test(message.text())) this.troubles.push(message.text());
    });
    await this.page.routeWebSocket(/\/live$/, (socket) => {
      this.#socket = socket;
      socket.onMessage((text) => {
        const message = JSON.parse(String(text)) as { type: string; topic: string };
        if (message.type === "subscribe") this.subscribed(message.topic, (frame) => socket.send(JSON.stringify(frame)));
        if (message.type === "here") this.heres += 1;
        if (message.type === "unsubscribe") this.unsubscribed.push(message.topic);
      });
    });
    await this.page.route("**/*", async (route) => {
      const request = route.request();
      if (new URL(request.url()).pathname === "/live/ticket") {
        return route.fulfill({ status: 200, contentType: "application/json", body: JSON.stringify(this.hasSession ? { ticket: "t".repeat(52) } : {}) });
      }
      if (request.method() === "POST") {
        const answer = await this.#answered(request);
        if (answer === "no network") return route.abort("internetdisconnected");
        return route.fulfill({ status: answer.status, contentType: "application/json", body: JSON.stringify(answer.body) });
      }
      const text = this.elsewhere(new URL(request.url()).pathname);
      if (text !== undefined) return route.fulfill({ contentType: "text/html; charset=utf-8", body: text });
      return route.fulfill(fileOrPage(new URL(request.url()).pathname));
    });
  }

  #answered(request: Request): Answer | Promise<Answer> {
    const fields = new URLSearchParams(request.postData() ?? "");
    this.posted.push(fields);
    return this.answer(fields);
  }
}

function fileOrPage(path: string): Parameters<import("playwright-core").Route["fulfill"]>[0] {
  const asset = new URL(`static/${path.slice("/assets/".length)}`, dist);
  if (path.startsWith("/assets/")) {
    return existsSync(asset) ? { path: asset.pathname } : { status: 404 };
  }
  const sample = samplePages().find(({ name }) => `/${name}` === path);
  if (!sample) return { status: 404, contentType: "text/html", body: "<h1>Elsewhere</h1>" };
  const manifest = JSON.parse(readFileSync(new URL("manifest.json", dist), "utf8")) as Record<string, { file: string; css: string[] }>;
  const entry = manifest["src/main.ts"];
  const assets = { js: `/${entry?.file}`, css: `/${entry?.css[0]}` };
  const body = renderPage(sample.template, { ...sample.context, assets });
  return { contentType: "text/html; charset=utf-8", headers: { "content-security-policy": CSP }, body };
}
