import assert from "node:assert/strict";
import { act } from "./support/act.ts";
import { looksRight, looksRightUnfolded } from "./support/looks.ts";
import type { Person } from "./support/person.ts";

const COUNCIL = "Council of LEP Chairs";
const GROUP = "Future of mobility advisory group";

act("the register of interests", (witan) => {
  const entry = ({ page }: Person, words: string) => page.locator(".app-session").filter({ hasText: words });

  /** One's own register, by the link that people find. */
  async function openOwn(person: Person): Promise<string> {
    await person.page.goto("/account");
    await person.page.getByRole("link", { name: "Your register of interests" }).click();
    await person.page.getByRole("heading", { name: "Register of interests" }).waitFor();
    return new URL(person.page.url()).pathname;
  }

  async function declare({ page }: Person, kind: string, organisation: string, words: string): Promise<void> {
    await page.locator("#declare-kind").selectOption({ label: kind });
    await page.locator("#declare-organisation_name").fill(organisation);
    await page.locator("#declare-description").fill(words);
    await page.getByRole("button", { name: "Declare the interest" }).click();
  }

  witan.scene("a member declares, changes and withdraws; the public and the secretary see each step", async () => {
    const account = witan.system.holder(`member, ${COUNCIL}`);
    const member = await witan.signedIn(account, { width: 320 });
    const path = await openOwn(member);
    await member.follow(path);
    const body = await witan.system.path("bodies", COUNCIL);
    const visitor = await witan.visitor();
    await visitor.page.goto(body);
    await looksRight(visitor, "body-with-interests");
    await visitor.page.getByRole("link", { name: `Interests of ${account.name}`, exact: true }).click();
    await visitor.page.getByText("Not confirmed as complete yet.").waitFor();
    await visitor.follow(new URL(visitor.page.url()).pathname);
    assert.equal(await visitor.page.getByRole("button").filter({ hasText: /Declare|complete|nothing/ }).count(), 0);
    const secretary = await witan.signedIn(witan.system.holder(`secretary, ${COUNCIL}`));
    await secretary.follow(`${body}/seats`);
    await secretary.page.getByText("No member has declared an interest that touches this body.").waitFor();

    await member.page.getByRole("button", { name: "I have nothing to declare" }).click();
    await member.isTold("Your register of interests is confirmed as complete and right.");
    await visitor.page.getByText(`${account.name} has nothing to declare.`).waitFor();
    await looksRight(visitor, "interests-nothing");

    member.expects(/status of 422/);
    await member.page.locator("#declare-since").fill("2999-01-01");
    await declare(member, "Contract", "Ormskirk Foundry", "Castings for the tram");
    await member.page.locator("#error-summary").getByText(/not in the future/).waitFor();
    await looksRight(member, "interests-refused");
    await member.page.locator("#declare-since").fill("2018-03-01");
    await member.page.getByRole("button", { name: "Declare the interest" }).click();
    await entry(visitor, "Contract: Ormskirk Foundry").getByText("Castings for the tram").waitFor();
    await visitor.page.getByText("has nothing to declare").waitFor({ state: "detached" });
    await secretary.page.getByText("Contract: Ormskirk Foundry").waitFor();
    await looksRight(secretary, "seats-with-concerns");

    const mine = entry(member, "Castings for the tram");
    await mine.getByText("Change or withdraw").click();
    await mine.getByLabel("What the interest is").fill("Castings for the tram, until May");
    await mine.getByRole("button", { name: "Change the entry" }).click();
    await entry(visitor, "Castings for the tram, until May").first().waitFor();
    await visitor.page.getByText("What it said before").click();
    await visitor.page.getByText(/Contract: Ormskirk Foundry, held since 1 March 2018. Castings for the tram$/).waitFor();
    await looksRightUnfolded(visitor, "interests-changed");
    await looksRightUnfolded(member, "interests-own");

    const again = entry(member, "Castings for the tram, until May");
    if (!(await again.getByRole("button", { name: "Withdraw the entry" }).isVisible())) await again.getByText("Change or withdraw").click();
    await again.getByRole("button", { name: "Withdraw the entry" }).click();
    await entry(visitor, "until May").getByText("Withdrawn", { exact: true }).waitFor();
    await secretary.page.getByText("No member has declared an interest that touches this body.").waitFor();
    for (const person of [member, visitor, secretary]) await person.staysOnThePage();
  });

  witan.scene("all of it without script, and an administrator enters an interest on a member's behalf", async () => {
    const member = await witan.signedIn(witan.system.holder(`member, ${GROUP}`), { script: false, width: 320 });
    const path = await openOwn(member);
    await declare(member, "Land or property", "", "A field near Kendal");
    await entry(member, "A field near Kendal").waitFor();
    await member.page.getByRole("button", { name: "My register is complete and right" }).click();
    await member.page.getByText(/^Confirmed as complete on/).waitFor();
    await entry(member, "A field near Kendal").getByText("Change or withdraw").click();
    await entry(member, "A field near Kendal").getByRole("button", { name: "Withdraw the entry" }).click();
    await entry(member, "A field near Kendal").getByText("Withdrawn", { exact: true }).waitFor();
    await looksRightUnfolded(member, "interests-without-script");

    const administrator = await witan.signedIn(witan.system.holder("administrator"), { script: false });
    await administrator.page.goto(path);
    await declare(administrator, "Membership or position in another body", "Kendal Civic Society", "Treasurer");
    await entry(administrator, "Treasurer").getByText(/entered on their behalf/).waitFor();
    assert.equal(await administrator.page.getByRole("button", { name: /complete and right/ }).count(), 0);
    await looksRight(administrator, "interests-administrator");
  });
});
