import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { before } from "node:test";
import { act } from "./support/act.ts";
import { looksRight } from "./support/looks.ts";
import type { Person } from "./support/person.ts";
import type { Account } from "./support/system.ts";

act("the audit", (witan) => {
  let council: string;
  let secretary: Account;

  before(async () => {
    council = (await witan.system.path("bodies", "Council of LEP Chairs")).replace("/bodies/", "");
    secretary = witan.system.holder("secretary, Council of LEP Chairs");
  });

  async function command({ context }: Person, name: string, args: object): Promise<Record<string, string>> {
    const answer = await context.request.post("/api/v1/commands", { data: { id: randomUUID(), name, args } });
    assert.equal(answer.status(), 200, await answer.text());
    return ((await answer.json()) as { result: Record<string, string> }).result;
  }

  const auditor = async (): Promise<Person> => witan.signedIn(witan.system.holder("auditor"));

  for (const script of [true, false]) {
    witan.scene(`shows an auditor who changed a seat, from whom and to whom, ${script ? "with" : "without"} script`, async () => {
      const administrator = await witan.signedIn(witan.system.holder("administrator"));
      const title = `=Observer ${script ? "one" : "two"}`;
      const { seat } = await command(administrator, "directory.create_seat", { body: council, title, role: "observer" });
      const people = (await (await administrator.context.request.get("/api/v1/views/people")).json()) as { entities: Record<string, { person: string; name: string }> };
      const chosen = Object.values(people.entities).find(({ name }) => name === secretary.name);
      await command(administrator, "directory.fill_seat", { body: council, seat, person: chosen?.person });

      const reader = await witan.signedIn(witan.system.holder("auditor"), { script });
      const { page } = reader;
      await page.goto("/account");
      await page.getByRole("link", { name: "Audit: who did what" }).click();
      const line = page.locator(".app-audit__entry", { hasText: `Filled the seat “${title}”` });
      await line.getByText(`From Vacant to ${secretary.name}`).waitFor();
      await line.getByRole("link", { name: witan.system.holder("administrator").name }).waitFor();
      await line.getByRole("link", { name: "Council of LEP Chairs" }).waitFor();
      await page.getByText(/^As of .* New entries do not appear here by themselves/).waitFor();
      // The page is not live, and the header does not say that it is up to date.
      if (script) await page.locator("#connection").waitFor({ state: "hidden" });
      if (script) await looksRight(reader, "audit");

      await page.getByLabel("Person").selectOption({ label: witan.system.holder("administrator").name });
      await page.getByLabel("Body").selectOption({ label: "Council of LEP Chairs" });
      await page.getByLabel("What happened").selectOption({ label: "Seat filled" });
      await page.getByRole("button", { name: "Show these entries" }).click();
      await line.waitFor();
      assert.equal(await page.locator(".app-audit__entry").count(), script ? 1 : 2, "only what this administrator filled in this body");
      if (!script) return;

      const file = page.waitForEvent("download");
      await page.getByRole("link", { name: /Download these entries/ }).click();
      const text = readFileSync(await (await file).path(), "utf8").split("\r\n");
      assert.equal(text[0], '"time","who","what","body","from","to","kind","person","entry"');
      assert.match(text[1] ?? "", /^"\d{4}-\d\d-\d\dT[\d:.]+Z","Imogen Larkfield","Filled the seat “=Observer one”","Council of LEP Chairs","Vacant",/);
      assert.equal(text.length, 3, "one entry, and the end of the last line");

      await page.getByLabel("What happened").selectOption({ label: "Seat vacated" });
      await page.getByRole("button", { name: "Show these entries" }).click();
      await page.getByText("There are no entries like these.").waitFor();
      await looksRight(reader, "audit-empty");
    });
  }

  witan.scene("goes back as far as one likes, each entry once", async () => {
    const reader = await auditor();
    const { page } = reader;
    await page.goto("/audit");
    const seen = new Set<string>();
    for (let pages = 0; pages < 3; pages++) {
      const ids = await page.locator(".app-audit__entry").evaluateAll((entries) => entries.map(({ id }) => id));
      assert.equal(ids.length, 50);
      for (const id of ids) seen.add(id);
      await page.getByRole("link", { name: "Older entries" }).click();
      await page.waitForFunction((first) => document.getElementById(first) === null, ids[0] ?? "");
    }
    assert.equal(seen.size, 150);
    await page.goto("/audit?from=2100-01-01");
    await page.getByText("There are no entries like these.").waitFor();
    reader.expects(/status of 422/);
    await page.goto("/audit?from=yesterday");
    await page.locator("#error-summary").getByText(/must be a date/).waitFor();
    await looksRight(reader, "audit-refused");
  });

  witan.scene("is there for nobody else", async () => {
    const visitor = await witan.visitor();
    const member = await witan.signedIn(secretary);
    for (const stranger of [visitor, member]) {
      for (const path of ["/audit", "/audit.csv"]) assert.equal((await stranger.context.request.get(path)).status(), 404, path);
      await stranger.page.goto("/account");
      assert.equal(await stranger.page.getByRole("link", { name: "Audit" }).count(), 0);
    }
  });

  witan.scene("says which part cannot be reached", async () => {
    const reader = await auditor();
    const pid = witan.system.pid("advisory");
    process.kill(pid, "SIGSTOP");
    try {
      await reader.page.goto("/audit");
      await reader.page.getByText("Advisory cannot be reached at the moment, so its entries are missing here.").waitFor();
    } finally {
      process.kill(pid, "SIGCONT");
    }
  });

  witan.scene("is read by an auditor who changes nothing", async () => {
    const reader = await auditor();
    const meeting = await witan.system.path("meetings", "Council of LEP Chairs");
    await reader.follow(`${meeting}/agenda`);
    assert.equal(await reader.page.locator("main form").count(), 0, "no form that would be refused");
    const answer = await reader.context.request.post("/api/v1/commands", {
      data: { id: randomUUID(), name: "directory.create_seat", args: { body: council, title: "Clerk", role: "member" } },
    });
    assert.equal(answer.status(), 403);
  });

  witan.scene("begins for somebody who is made an auditor, and the last administrator stays one", async () => {
    const administrator = await witan.signedIn(witan.system.holder("administrator"));
    const { page } = administrator;
    const somebody = witan.system.holder("member, Clean growth advisory group");
    const becoming = await witan.signedIn(somebody);
    await page.goto("/people");
    await page.locator("main").getByRole("link", { name: somebody.name }).click();
    await administrator.live();
    await looksRight(administrator, "person-offices");
    const make = page.getByRole("button", { name: `Make ${somebody.name} an auditor` });
    assert.equal(await make.isVisible(), false, "one click makes nobody an auditor");
    await page.getByText("Make this person an auditor").click();
    await page.getByText("the audit of who did what, and change nothing").waitFor();
    await make.click();
    await administrator.isTold("They are an auditor now.");
    await page.getByText(`${somebody.name} is an auditor`).waitFor();
    assert.equal((await becoming.page.goto("/audit"))?.status(), 200);
    await page.getByText("Take the office of auditor away").click();
    await page.getByRole("button", { name: "End the office of auditor" }).click();
    await administrator.isTold("The office of auditor is ended.");
    await page.getByText(`${somebody.name} holds no office`).waitFor();
    becoming.expects(/status of 404/);
    assert.equal((await becoming.page.goto("/audit"))?.status(), 404);

    administrator.expects(/status of 409/);
    await page.goto("/people");
    await page.locator("main").getByRole("link", { name: witan.system.holder("administrator").name }).click();
    await administrator.live();
    assert.equal(await page.getByText("Suspend this account").count(), 0, "nobody can suspend their own account");
    await page.getByText("Take the office of administrator away").click();
    await page.getByRole("button", { name: "End the office of administrator" }).click();
    await page.getByText("This is the last administrator who can sign in.").first().waitFor();
  });
});
