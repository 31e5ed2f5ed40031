import assert from "node:assert/strict";
import { before } from "node:test";
import { act } from "./support/act.ts";
import { looksRight, looksRightUnfolded } from "./support/looks.ts";
import type { Person } from "./support/person.ts";

act("every page", (witan) => {
  const paths = new Map<string, string>();

  before(async () => {
    const { system } = witan;
    const meeting = await system.path("meetings", "Council of LEP Chairs");
    const consultation = await system.path("consultations", "Cumbria");
    for (const [name, path] of Object.entries({
      "home": "/", "meetings": "/meetings", "meeting": meeting, "meeting-room": `${meeting}/live`,
      "groups": "/groups", "group": await system.path("groups", "intelligence"), "bodies": "/bodies",
      "council": await system.path("bodies", "Council of LEP Chairs"), "consultations": "/consultations", "consultation": consultation,
      "help": "/help", "accessibility": "/accessibility", "privacy": "/privacy", "cookies": "/cookies",
    })) paths.set(name, path);
  });

  async function visits(person: Person, name: string, path: string): Promise<void> {
    const answer = await person.page.goto(path);
    assert.equal(answer?.status(), 200, path);
    assert.equal(await person.page.locator("h1").count(), 1, path);
    await person.page.waitForSelector("#connection:is([data-state=live], [data-state=still])", { state: "attached" });
    await looksRight(person, name);
    if ((await person.page.locator("details").count()) > 0) await looksRightUnfolded(person, name);
  }

  witan.scene("is fit to be seen by a visitor", async () => {
    const visitor = await witan.visitor();
    for (const [name, path] of paths) await visits(visitor, `visitor-${name}`, path);
    await visits(visitor, "visitor-sign-in", "/sign-in");
  });

  witan.scene("is fit to be seen by the council's secretary", async () => {
    const secretary = await witan.signedIn(witan.system.holder("secretary, Council of LEP Chairs"));
    for (const [name, path] of paths) await visits(secretary, `secretary-${name}`, path);
    await visits(secretary, "secretary-account", "/account");
  });

  witan.scene("is fit to be seen by the officer who leads a consultation", async () => {
    const officer = await witan.signedIn(witan.system.holder("officer, Cumbria LEP board"));
    for (const name of ["consultations", "consultation"]) await visits(officer, `officer-${name}`, paths.get(name) ?? "");
  });

  witan.scene("that is not there says so", async () => {
    const visitor = await witan.visitor();
    visitor.expects(/status of 404/);
    const answer = await visitor.page.goto("/meetings/aaaaaaaaaaaaaaaaaaaaaaaaaa");
    assert.equal(answer?.status(), 404);
    await looksRight(visitor, "not-found");
  });
});
