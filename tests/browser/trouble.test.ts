import assert from "node:assert/strict";
import { before } from "node:test";
import { act } from "./support/act.ts";
import { looksRight } from "./support/looks.ts";
import type { Person } from "./support/person.ts";
import type { Account } from "./support/system.ts";

act("on a bad day", (witan) => {
  let secretary: Account;
  let chair: Account;
  let meeting: string;

  before(async () => {
    secretary = witan.system.holder("secretary, Council of LEP Chairs");
    chair = await witan.system.sitter("Council of LEP Chairs", "Chair, Cumbria LEP");
    meeting = await witan.system.path("meetings", "Council of LEP Chairs");
  });

  for (const script of [true, false]) {
    witan.scene(`a wrong password is refused in words, and the address stays (${script ? "with" : "without"} script)`, async () => {
      const person = await witan.visitor({ script });
      person.expects(/status of 4\d\d/);
      await person.page.goto("/sign-in");
      await person.page.getByLabel("E-mail address").fill(chair.email);
      await person.page.getByLabel("Password").fill("not the password");
      await person.page.getByRole("button", { name: "Sign in", exact: true }).click();
      await person.page.getByRole("heading", { name: "There is a problem" }).waitFor();
      assert.match(await person.page.title(), /^Error: /);
      assert.equal(await person.page.getByLabel("E-mail address").inputValue(), chair.email);
      assert.equal(await person.page.getByLabel("Password").inputValue(), "");
      await looksRight(person, script ? "sign-in-error" : "sign-in-error-no-script");
    });
  }

  witan.scene("a page that goes on showing after its session has ended says so", async () => {
    const person = await witan.signedIn(chair);
    await person.follow(meeting);
    const other = await person.context.newPage();
    await other.goto("/");
    await other.getByRole("button", { name: "Sign out" }).click();
    await other.getByRole("link", { name: "Sign in" }).waitFor();
    await person.page.waitForFunction(() => document.querySelector("#connection")?.textContent?.includes("Signed out"));
    await person.page.waitForFunction(() => document.querySelector("#announcer")?.textContent?.startsWith("You have been signed out"));
    await looksRight(person, "signed-out");
    assert.equal(await person.page.getByRole("button", { name: "Sign out" }).count(), 0);
    await person.page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
    await person.page.getByLabel("E-mail address").fill(chair.email);
    await person.page.getByLabel("Password").fill(chair.password);
    await person.page.getByRole("button", { name: "Sign in", exact: true }).click();
    await person.page.waitForURL(`**${meeting}`);
  });

  witan.scene("whoever signs out and in again in another tab sends what they had begun; somebody else does not send it", async () => {
    const writer = await witan.signedIn(secretary);
    writer.expects(/status of 403/);
    await writer.follow(`${meeting}/agenda`);
    const title = writer.page.locator("#add-title");
    const send = (): Promise<void> => writer.page.getByRole("button", { name: "Add item" }).click();
    const signInInAnotherTab = async ({ email, password }: Account): Promise<void> => {
      const other = await writer.context.newPage();
      await other.goto("/");
      await other.getByRole("button", { name: "Sign out" }).click();
      await other.getByRole("link", { name: "Sign in" }).click();
      await other.getByLabel("E-mail address").fill(email);
      await other.getByLabel("Password").fill(password);
      await other.getByRole("button", { name: "Sign in", exact: true }).click();
      await other.getByRole("button", { name: "Sign out" }).waitFor();
      await other.close();
    };
    await title.fill("Harbours and their hinterland");
    await writer.page.locator("#add-minutes").fill("5");
    await signInInAnotherTab(chair);
    await send();
    await writer.page.getByText(`Not sent: ${chair.name} is signed in in this browser now, and this page is ${secretary.name}’s.`).waitFor();
    assert.equal(await title.inputValue(), "Harbours and their hinterland");
    await signInInAnotherTab(secretary);
    await send();
    await writer.page.locator("[data-list=agenda] > li", { hasText: "Harbours and their hinterland" }).waitFor();
    assert.equal(await writer.page.locator("[data-list=agenda] > li", { hasText: "Harbours and their hinterland" }).count(), 1);
  });

  /** What the banner says, each word once, from now on. */
  async function watchBanner({ page }: Person): Promise<() => Promise<string[]>> {
    await page.evaluate(() => {
      const said: string[] = [];
      Object.assign(window, { said });
      const banner = document.querySelector<HTMLElement>("#connection")!;
      new MutationObserver(() => {
        const words = banner.innerText.trim();
        if (said.at(-1) !== words) said.push(words);
      }).observe(banner, { subtree: true, childList: true, characterData: true });
    });
    return () => page.evaluate(() => (window as unknown as { said: string[] }).said);
  }

  witan.scene("the gateway dies: the page says that it reconnects, comes back by itself and shows what it missed", async () => {
    const writer = await witan.signedIn(secretary);
    const reader = await witan.signedIn(chair);
    for (const person of [writer, reader]) person.expects(/WebSocket connection|ERR_CONNECTION|ERR_INTERNET_DISCONNECTED/);
    await writer.follow(`${meeting}/agenda`);
    await reader.follow(meeting);
    const saidToWriter = await watchBanner(writer);
    const saidToReader = await watchBanner(reader);
    const killed = witan.system.pid("gateway");
    await reader.context.setOffline(true); // So that the change is made while this person is away, and not before or after.
    witan.system.kill("gateway");
    await reader.page.waitForSelector("#connection:is([data-state=reconnecting], [data-state=offline])");
    await looksRight(reader, "reconnecting");
    await writer.page.waitForFunction(() => (window as unknown as { said: string[] }).said.includes("Reconnecting"));
    await writer.live();
    assert.deepEqual((await saidToWriter()).at(-1), "Live");
    assert.notEqual(witan.system.pid("gateway"), killed);
    const first = writer.page.locator("[data-list=agenda] > li").first();
    const id = await first.getAttribute("id");
    await first.locator("[data-focus=down]").click();
    await writer.page.waitForFunction((item) => document.querySelector("[data-list=agenda] > li:nth-child(2)")?.id === item, id);
    await reader.context.setOffline(false);
    await reader.live();
    await reader.page.waitForFunction((item) => document.querySelector("[data-list=agenda] > li:nth-child(2)")?.id === item, id);
    await reader.page.waitForFunction(() => document.querySelector("#announcer")?.textContent?.endsWith("while you were away"));
    const words = await saidToReader();
    assert.equal(words[0], "Reconnecting");
    assert.equal(words.at(-1), "Live");
    await reader.staysOnThePage();
    await writer.staysOnThePage();
  });

  witan.scene("what is sent while the gateway is away is kept, and counts once when it is sent again", async () => {
    const writer = await witan.signedIn(secretary);
    writer.expects(/WebSocket connection|ERR_CONNECTION|ERR_INTERNET_DISCONNECTED/);
    await writer.follow(`${meeting}/agenda`);
    const count = await writer.page.locator("[data-list=agenda] > li").count();
    await writer.page.locator("#add-title").fill("Rural broadband: what the pilots found");
    await writer.page.locator("#add-minutes").fill("5");
    await writer.context.setOffline(true);
    await writer.page.getByRole("button", { name: "Add item" }).click();
    await writer.page.getByText("Not sent. Your text is kept on this device.").waitFor();
    await writer.context.setOffline(false);
    await writer.page.getByRole("button", { name: "Add item" }).click();
    await writer.page.locator("[data-list=agenda] > li", { hasText: "Rural broadband" }).waitFor();
    assert.equal(await writer.page.locator("[data-list=agenda] > li").count(), count + 1);
    assert.equal(await writer.page.locator("#add-title").inputValue(), "");
  });
});
