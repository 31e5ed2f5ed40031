// A page of another site, open in the browser of somebody who is signed in, cannot make Witan do anything in their name.
import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { after, before } from "node:test";
import { heads } from "../system/support/database.ts";
import { postRoutes as routes } from "../system/support/routes.ts";
import { act } from "./support/act.ts";
import type { Person } from "./support/person.ts";
import type { Page, Response } from "../../web-client/test/support/browser.ts";

type Fields = Record<string, string>;
/** Fields that every form has. */
const ordinary = 4;
/** As a browser writes them: an address with a parameter is that of something that is not there. */
const postRoutes = routes.map((route) => route.replaceAll(/\{\w+\}/g, "a".repeat(26)));

act("a page of another site", (witan) => {
  let site: Server;
  let meeting: string;

  before(async () => {
    // Its pages say nothing; with /silent the browser is told to keep the origin to itself.
    site = createServer((request, response) => {
      response.writeHead(200, { "content-type": "text/html", ...(request.url === "/silent" ? { "referrer-policy": "no-referrer" } : {}) });
      response.end("<!doctype html><title>Another site</title>");
    }).listen(0, "127.0.0.1");
    await once(site, "listening");
    meeting = await witan.system.path("meetings", "Council of LEP Chairs");
  });
  after(() => site.close());

  /** The same site by another port, another site, and one that hides who it is. */
  const elsewhere = (): string[] => {
    const { port } = site.address() as AddressInfo;
    return [`http://127.0.0.1:${port}/`, `http://localhost:${port}/`, `http://127.0.0.1:${port}/silent`];
  };

  const state = (): unknown => heads({ data: join(witan.system.folder, "data") });

  /** What the victim's own forms would send: all of it right, even the token that no other site can know. */
  async function rightFields(victim: Person): Promise<(route: string) => Fields> {
    await victim.page.goto("/account");
    const account = await victim.page.locator("[data-partial=account-facts]").getAttribute("data-topic");
    await victim.page.goto(`${meeting}/agenda`);
    const csrf = await victim.page.locator("input[name=csrf]").first().inputValue();
    const item = (await victim.page.locator("[data-list=agenda] > li").first().getAttribute("id"))?.replace(/^.*-/, "") ?? "";
    const id = meeting.split("/")[2] ?? "";
    const body = String((await witan.system.rows(`meetings/${id}`)).entities["meeting"]?.["body"]);
    const password = witan.system.holder("secretary, Council of LEP Chairs").password;
    const of: Record<string, Fields> = {
      "/do/meetings.add_agenda_item": { meeting: id, title: "Put there by another site", kind: "discussion", minutes: "5" },
      "/do/meetings.edit_agenda_item": { meeting: id, item, title: "Changed by another site" },
      "/do/meetings.remove_agenda_item": { meeting: id, item },
      "/do/meetings.schedule_meeting": { body, title: "Called by another site", date: "2031-01-15", starts: "10:00", ends: "12:00", place: "Nowhere" },
      "/do/directory.create_seat": { body, title: "Seat made by another site", role: "member" },
      "/do/directory.end_sessions": { person: account?.split("/")[1] ?? "" },
      "/do/directory.change_password": { current_password: password, new_password: "chosen by another site" },
      "/sign-in": { email: witan.system.holder("administrator").email, password: witan.system.holder("administrator").password },
    };
    return (route) => ({ csrf, command_id: `other-${Math.random().toString(36).slice(2)}`, on_page: "/", return_to: "/", ...of[route] });
  }

  /** Does something that leads to another page, and waits for that page; the status with which `url` was answered. */
  async function leads(page: Page, url: string, act: () => Promise<void>): Promise<number> {
    // A link brings the cookie of staff along only from the page in between, which loads as well.
    const isAnswer = (response: Response): boolean => response.url() === url && response.headers()["refresh"] === undefined;
    const [answer] = await Promise.all([page.waitForResponse(isAnswer), page.waitForEvent("load"), act()]);
    await page.waitForFunction(() => document.readyState === "complete" && !document.title.startsWith("Opening the page"));
    return answer.status();
  }

  /** Sends a form by itself, as a page can that nobody looks at. */
  const posts = (page: Page, url: string, fields: Fields): Promise<number> =>
    leads(page, url, () =>
      page.evaluate(([action, values]) => {
        const form = Object.assign(document.createElement("form"), { method: "post", action });
        for (const [name, value] of Object.entries(values)) form.append(Object.assign(document.createElement("input"), { name, value }));
        document.body.append(form);
        setTimeout(() => HTMLFormElement.prototype.submit.call(form)); // not at once: this call has to come back first
      }, [url, fields] as const),
    );

  /** Sends it by script without leaving the page. The page cannot read the answer; the browser tells it to us. */
  async function fetches(page: Page, url: string, fields: Fields): Promise<number> {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Network.enable");
    const posted = new Promise<string>((done) =>
      devtools.on("Network.requestWillBeSent", ({ request, requestId }) => request.method === "POST" && request.url === url && done(requestId)),
    );
    const status = new Promise<number>((done) =>
      devtools.on("Network.responseReceivedExtraInfo", async ({ requestId, statusCode }) => (await posted) === requestId && done(statusCode)),
    );
    const isApi = new URL(url).pathname.startsWith("/api/");
    await page.evaluate(([to, body, type]) => {
      const headers = { "content-type": type };
      return fetch(to, { method: "POST", mode: "no-cors", credentials: "include", body, headers }).catch(() => undefined);
    }, [url, isApi ? JSON.stringify({ id: fields["command_id"], name: "meetings.publish_agenda", args: {} }) : new URLSearchParams(fields).toString(),
        isApi ? "text/plain" : "application/x-www-form-urlencoded"] as const);
    const answered = await status;
    await devtools.detach();
    return answered;
  }

  /** Follows a link there. */
  const follows = (page: Page, url: string): Promise<number> =>
    leads(page, url, () => page.evaluate((to) => void setTimeout(() => location.assign(to)), url));

  async function isStillThere(victim: Person): Promise<void> {
    await victim.page.goto("/account");
    await victim.page.getByText(`Signed in as ${witan.system.holder("secretary, Council of LEP Chairs").name}`).waitFor();
  }

  /** What a session can do most harm with goes from each site, the others from one of them in turn: tests/system/other_sites.test.ts sends all. */
  const routesFrom = (which: number, fieldsOf: (route: string) => Fields): string[] =>
    postRoutes.filter((route, at) => Object.keys(fieldsOf(route)).length > ordinary || at % elsewhere().length === which);

  for (const [which, site] of ["the same site by another port", "another site", "one that hides who it is"].entries()) {
    witan.scene(`cannot send a form, nor the like by script, to addresses that take one: ${site}`, async () => {
      const victim = await witan.signedIn(witan.system.holder("secretary, Council of LEP Chairs"));
      const fieldsOf = await rightFields(victim);
      assert.ok(postRoutes.length > 30, `${postRoutes.length} addresses`);
      const origin = elsewhere()[which] ?? assert.fail(site);
      const before = state();
      const page = await victim.context.newPage();
      for (const route of routesFrom(which, fieldsOf)) {
        const url = `${witan.system.url}${route}`;
        await page.goto(origin);
        assert.equal(await fetches(page, url, fieldsOf(route)), 403, `fetch from ${origin} to ${route}`);
        assert.equal(await posts(page, url, fieldsOf(route)), 403, `form from ${origin} to ${route}`);
      }
      await page.close();
      assert.deepEqual(state(), before, `something changed from ${origin}`);
      await isStillThere(victim);
    });
  }

  witan.scene("cannot do it by a link either", async () => {
    const victim = await witan.signedIn(witan.system.holder("secretary, Council of LEP Chairs"));
    const fieldsOf = await rightFields(victim);
    const before = state();
    const page = await victim.context.newPage();
    for (const [which, origin] of elsewhere().entries()) {
      for (const route of routesFrom(which, fieldsOf)) {
        await page.goto(origin);
        const status = await follows(page, `${witan.system.url}${route}?${new URLSearchParams(fieldsOf(route))}`);
        assert.equal(status, route === "/sign-in" || route === "/sign-in/code" ? 200 : route.startsWith("/api/") ? 405 : 404, `link from ${origin} to ${route}`);
      }
    }
    await page.close();
    assert.deepEqual(state(), before);
    await isStillThere(victim);
  });

  witan.scene("can link to what only the person may see, and they see it", async () => {
    const victim = await witan.signedIn(witan.system.holder("secretary, Council of LEP Chairs"));
    const page = await victim.context.newPage();
    const { port } = site.address() as AddressInfo;
    await page.goto(`http://localhost:${port}/`);
    await page.evaluate((to) => void setTimeout(() => location.assign(to)), `${witan.system.url}/account?from=elsewhere`);
    await page.getByText(`Signed in as ${witan.system.holder("secretary, Council of LEP Chairs").name}`).waitFor();
    assert.equal(new URL(page.url()).pathname, "/account");
    // Signed out, the same link asks to sign in: it does not go round and round.
    await page.getByRole("button", { name: "Sign out", exact: true }).click();
    await page.getByRole("link", { name: "Sign in", exact: true }).waitFor();
    await page.goto(`http://localhost:${port}/`);
    await page.evaluate((to) => void setTimeout(() => location.assign(to)), `${witan.system.url}/account`);
    await page.getByRole("heading", { name: "Sign in", exact: true }).waitFor();
    await page.close();
  });

  witan.scene("is refused where the same form on Witan's own page is carried out", async () => {
    const victim = await witan.signedIn(witan.system.holder("secretary, Council of LEP Chairs"));
    const fieldsOf = await rightFields(victim);
    for (const route of ["/do/meetings.add_agenda_item", "/do/directory.create_seat", "/do/meetings.schedule_meeting"]) {
      const before = state();
      const page = await victim.context.newPage();
      await page.goto("/help");
      assert.equal(await posts(page, `${witan.system.url}${route}`, fieldsOf(route)), 303, route);
      assert.notDeepEqual(state(), before, route);
      await page.close();
    }
  });
});
