import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before } from "node:test";
import { act } from "./support/act.ts";
import { Latency } from "./support/latency.ts";
import { looksRight, looksRightUnfolded } from "./support/looks.ts";
import type { Person } from "./support/person.ts";
import type { Account } from "./support/system.ts";

const GROUP = "Future of mobility advisory group";

/** Fills the form in. `said` is what only the group may ever see. */
async function tells({ page }: Person, said: string): Promise<void> {
  if ((await page.locator("#log-details").getAttribute("open")) === null) await page.locator("#log-details > summary").click();
  await page.getByLabel("Whom you heard").fill("Kendal Cycle Freight");
  await page.getByLabel("Kind of voice").selectOption("business");
  await page.getByLabel("Size (optional)").selectOption("micro");
  await page.getByLabel("Sector").fill("Logistics");
  await page.getByLabel("Place").fill("South Lakeland");
  await page.getByLabel("When").fill("2018-07-04");
  await page.getByLabel("What they said").fill(said);
  await page.getByRole("button", { name: "Log engagement" }).click();
}

act("the log of the advisory group on mobility", (group) => {
  let champion: Account;
  let adviser: Account;
  let outsider: Account;
  let mobility: string;

  before(async () => {
    champion = group.system.holder(`champion, ${GROUP}`);
    adviser = group.system.holder(`member, ${GROUP}`);
    outsider = group.system.holder("member, Clean growth advisory group");
    mobility = await group.system.path("groups", "mobility");
  });

  const groupId = (): string => mobility.split("/").at(-1)!;

  /** An entry through the interface for programs. */
  async function logs(person: Person, said: string, heard_on: string): Promise<void> {
    const args = { group: groupId(), organisation: "Kendal Cycle Freight", kind: "business", sector: "Logistics", area: "Kendal", heard_on, channel: "visit", said };
    const answer = await person.context.request.post("/api/v1/commands", { data: { id: randomUUID(), name: "advisory.log_engagement", args } });
    assert.equal(answer.status(), 200, await answer.text());
  }

  /** Neither on the page, nor in what came over the socket, nor through the interface for programs. */
  async function knowsNothingOf(said: string, person: Person): Promise<void> {
    assert.ok(!(await person.page.content()).includes(said), "it is on the page");
    assert.ok(!person.frames.some((frame) => frame.includes(said)), "it came over the socket");
    for (const topic of [`groups/${groupId()}`, `engagements/${groupId()}`, `engagements/${groupId()}/page/1`]) {
      assert.ok(!(await (await person.context.request.get(`/api/v1/views/${topic}`)).text()).includes(said), `the interface tells it in ${topic}`);
    }
    await person.page.reload();
    assert.ok(!(await person.page.content()).includes(said), "it is on the page that was loaded again");
    assert.equal(await person.page.locator("#log-details").count(), 0);
  }

  group.scene("an adviser sees arrive what the champion logs; another group's adviser and a visitor never see it", async () => {
    const said = "The depot at Kendal has no three-phase supply, and the grid asks forty thousand pounds.";
    const writer = await group.signedIn(champion);
    const reader = await group.signedIn(adviser);
    const others = [await group.signedIn(outsider), await group.visitor()];
    for (const person of [writer, reader, ...others]) await person.follow(mobility);
    const latency = await Latency.between(writer, reader, "[data-hold-for=engagement]");
    await tells(writer, said);
    const button = reader.page.getByRole("button", { name: "Show 1 new entry" });
    await button.waitFor();
    await latency.take();
    latency.tell("engagement logged → other screen");
    assert.equal(await reader.page.getByText(said).count(), 0, "nothing moves below somebody who reads");
    await looksRight(reader, "group-new-entry");
    await button.click();
    await reader.page.getByText(said).waitFor();
    await writer.page.locator(".app-engagement", { hasText: said }).waitFor();
    await reader.staysOnThePage();
    assert.ok(reader.frames.some((frame) => frame.includes(said)));
    for (const person of others) await knowsNothingOf(said, person);
    await looksRight(reader, "group-member");
    await looksRightUnfolded(writer, "group-champion");
    await looksRight(others[1]!, "group-visitor");
  });

  group.scene("an entry that says nothing is refused at each field", async () => {
    const writer = await group.signedIn(champion);
    writer.expects(/status of 422/);
    await writer.follow(mobility);
    await writer.page.locator("#log-details > summary").click();
    await writer.page.getByRole("button", { name: "Log engagement" }).click();
    await writer.page.getByRole("heading", { name: "There is a problem" }).waitFor();
    for (const field of ["organisation", "sector", "area", "heard_on", "said"]) {
      assert.equal(await writer.page.locator(`#log-${field}`).getAttribute("aria-invalid"), "true", field);
    }
    await looksRight(writer, "group-error");
  });

  group.scene("without script the adviser sees it after loading the page again, and the others do not", async () => {
    const said = "Two of our riders gave up: the lane along the A591 ends at the bridge.";
    const writer = await group.signedIn(champion, { script: false });
    const reader = await group.signedIn(adviser, { script: false });
    const others = [await group.signedIn(outsider, { script: false }), await group.visitor({ script: false })];
    for (const person of [writer, reader, ...others]) await person.page.goto(mobility);
    await tells(writer, said);
    await writer.page.getByText(said).waitFor();
    assert.equal(await reader.page.getByText(said).count(), 0);
    await reader.page.reload();
    await reader.page.getByText(said).waitFor();
    for (const person of others) await knowsNothingOf(said, person);
  });

  group.scene("when the log is long its oldest entries are found under “Earlier entries”, and withdrawn there, by members alone", async () => {
    const said = "We asked in the first year, and nobody had counted the chargers yet.";
    const writer = await group.signedIn(champion);
    const reader = await group.signedIn(adviser);
    for (const person of [writer, reader]) await person.follow(mobility);
    await logs(writer, said, "2017-01-02");
    const link = reader.page.getByRole("link", { name: "Earlier entries" });
    for (let n = 0; n < 60 && (await link.count()) === 0; n += 1) await logs(writer, `Entry ${n}. ${"All said at length. ".repeat(190)}`, "2018-07-05");
    await link.waitFor();
    await reader.staysOnThePage();
    await looksRight(reader, "group-long-log");
    await link.click();
    await reader.page.getByText(said).waitFor();
    await looksRight(reader, "group-earlier-entries");
    await reader.follow(new URL(reader.page.url()).pathname);

    const entry = writer.page.locator(".app-engagement", { hasText: said });
    await writer.follow(new URL(reader.page.url()).pathname);
    await entry.locator("summary").click();
    await entry.getByLabel("Why it is withdrawn").fill("Logged twice");
    await entry.getByRole("button", { name: "Withdraw entry" }).click();
    for (const { page } of [writer, reader]) await page.getByText(said).waitFor({ state: "detached" });
    for (const person of [writer, reader]) await person.staysOnThePage();

    const noScript = await group.signedIn(adviser, { script: false });
    await noScript.page.goto(mobility);
    await noScript.page.getByRole("link", { name: "Earlier entries" }).click();
    assert.ok((await noScript.page.locator(".app-engagement").count()) > 0);
    await noScript.page.getByRole("link", { name: "Later entries" }).click();
    await noScript.page.locator("#log-details").waitFor();

    for (const person of [await group.signedIn(outsider), await group.visitor()]) {
      person.expects(/status of 404/);
      const answer = await person.page.goto(new URL(reader.page.url()).pathname);
      assert.equal(answer?.status(), 404);
      assert.equal(await person.page.locator(".app-engagement").count(), 0);
    }
  });

  group.scene("without script an empty entry comes back with what is wrong, unfolded", async () => {
    const writer = await group.signedIn(champion, { script: false });
    writer.expects(/status of 422/);
    await writer.page.goto(mobility);
    await writer.page.locator("#log-details > summary").click();
    await writer.page.locator("#log").evaluate((form: HTMLFormElement) => (form.noValidate = true));
    await writer.page.getByLabel("Sector").fill("Logistics");
    await writer.page.getByRole("button", { name: "Log engagement" }).click();
    await writer.page.getByRole("heading", { name: "There is a problem" }).waitFor();
    assert.ok(await writer.page.getByLabel("What they said").isVisible());
    assert.equal(await writer.page.getByLabel("Sector").inputValue(), "Logistics");
    await looksRight(writer, "group-error-no-script");
  });
});
