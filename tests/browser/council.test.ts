// A whole meeting of the council from its agenda to its replay: whoever steers it in one browser, a member in another.
import assert from "node:assert/strict";
import { pdf } from "../system/support/papers.ts";
import { act, type Act } from "./support/act.ts";
import { byKeyboard, byPointer, type Hands } from "./support/hands.ts";
import { looksRight, looksRightUnfolded } from "./support/looks.ts";
import type { Person } from "./support/person.ts";

const COUNCIL = "Council of LEP Chairs";
const MEMBER = "Chair, Cumbria LEP";
/** Sits there, and seconds. */
const OTHER = "Chair, Greater Manchester LEP";
/** Cannot come, and is sat for. */
const AWAY = "Chair, Black Country LEP";
const SMALL = [320];
/** It is as much as six scenes. */
const PLAY_WITHIN_MS = 360_000;
const WITHDRAWN = "My firm advises one of the areas";
/** The same whichever of day and month a browser asks for first. */
const DUE = { day: "2030-02-02", keys: "02022030" };

interface Scene {
  steering: Person;
  hands: Hands;
  member: Person;
  other: string;
  meeting: string;
  /** Looks at the page of whoever steers: as it is, or with everything open where they are about to leave it. */
  look(name: string): Promise<void>;
  lookUnfolded(name: string): Promise<void>;
  lookAtMember(name: string): Promise<void>;
  /** How a day is given to a field for one. */
  due: string;
}

/** Follows a link to a page that is live. */
async function goBy({ steering, hands }: Scene, name: string, path: string): Promise<void> {
  await hands.press(steering.page.getByRole("link", { name, exact: true }).first());
  await steering.page.waitForURL((url) => url.pathname === path);
  await steering.live();
}

const attendee = ({ page }: Person, title: string) => page.locator("[data-list=attendee] > li").filter({ hasText: title });

async function bothSee({ steering, member }: Scene, words: string | RegExp): Promise<void> {
  for (const { page } of [steering, member]) await page.getByText(words).first().waitFor();
}

async function addLatePaper(scene: Scene): Promise<string> {
  const { steering, hands, member, meeting } = scene;
  await member.follow(meeting);
  await goBy(scene, "Change the agenda", `${meeting}/agenda`);
  const item = steering.page.locator("[data-list=agenda] > li").nth(2);
  await hands.press(item.locator("summary", { hasText: "Add a paper" }));
  const form = item.locator("form[action$=add_paper]");
  await hands.write(form.locator("[name=title]"), "Valuation of the land");
  await hands.choose(form.locator("[name=circulation]"), "Members only");
  await hands.write(form.locator("[name=late_reason]"), "The figures came on Monday");
  await hands.handIn(form.locator("[name=upload]"), { name: "valuation.pdf", mimeType: "application/pdf", buffer: pdf("Valuation") });
  await scene.look("paper");
  await hands.press(form.locator("[data-focus=paper]"));
  await bothSee(scene, "Late: The figures came on Monday");
  const paper = String(await member.page.getByRole("link", { name: /^Valuation of the land/ }).first().getAttribute("href"));
  assert.equal((await member.page.request.get(paper)).status(), 200);
  await goBy(scene, "Back to the meeting", meeting);
  return paper;
}

async function recordAttendance(scene: Scene): Promise<void> {
  const { steering, hands, member, meeting } = scene;
  await goBy(scene, "Attendance list", `${meeting}/attendance`);
  await member.follow(`${meeting}/attendance`);
  await hands.press(attendee(steering, OTHER).locator("[data-focus=here]"));
  await attendee(member, OTHER).getByText("In the room").first().waitFor();
  const away = attendee(steering, AWAY);
  await hands.press(away.locator("summary"));
  await hands.choose(away.locator("select"), "Substitute");
  await hands.write(away.locator("[name=substitute]"), "Edwin Northumbria");
  await hands.press(away.locator("[data-focus=record]"));
  await attendee(member, AWAY).getByText(/Edwin Northumbria sits for them/).waitFor();
  await hands.write(steering.page.locator("#quorum-quorum"), "2");
  await hands.press(steering.page.getByRole("button", { name: "Save the quorum" }));
  await bothSee(scene, /2 of \d+ members present; quorum is 2: quorate/);
  await attendee(member, MEMBER).getByRole("button", { name: "I am here" }).click();
  await bothSee(scene, /3 of \d+ members present; quorum is 2: quorate/);
  await scene.look("attendance");
  await goBy(scene, "Back to the meeting", meeting);
}

async function begin(scene: Scene): Promise<void> {
  const { steering, hands, member, meeting } = scene;
  await goBy(scene, "Open the room", `${meeting}/live`);
  await member.follow(`${meeting}/live`);
  await hands.press(steering.page.locator("#send-start button"));
  await bothSee(scene, /^Now at item 1:/);
}

async function declareInterest({ steering, member }: Scene): Promise<void> {
  const { page } = member;
  await page.locator("[data-focus=declare]").click();
  await page.locator("#declare-item").selectOption({ index: 3 });
  await page.locator("#declare-words").fill(WITHDRAWN);
  await page.locator("#declare-effect").selectOption("withdraw");
  await page.locator("[data-focus=send-declare]").click();
  await steering.page.locator("[data-list=declaration] > li").filter({ hasText: WITHDRAWN }).waitFor();
}

async function goToItem(scene: Scene, number: number): Promise<void> {
  await scene.hands.press(scene.steering.page.getByRole("button", { name: `Go to item ${number}`, exact: true }));
  await bothSee(scene, new RegExp(`^Now at item ${number}:`));
}

async function speak(scene: Scene): Promise<void> {
  const { steering, hands, member } = scene;
  await member.page.locator("[data-focus=ask]").click();
  const request = steering.page.locator("[data-list=request] > li").filter({ hasText: MEMBER });
  await hands.press(request.locator("[data-focus=floor]"));
  for (const { page } of [steering, member]) await page.locator("#room [data-counted-from]").filter({ hasText: /^\d+ s$/ }).waitFor();
  await hands.press(steering.page.locator("[data-focus=end]"));
  await bothSee(scene, new RegExp(`${MEMBER}, spoke for \\d+ s\\.`));
}

async function record(scene: Scene, name: string, choice: string): Promise<void> {
  const hand = scene.steering.page.locator("[data-list=hand] > li").filter({ hasText: name });
  await scene.hands.choose(hand.locator("select"), choice);
  await scene.hands.press(hand.locator("[data-focus=hand]"));
  await hand.waitFor({ state: "detached" });
}

/** The member moves, the other seconds, and all three vote by show of hands. */
async function vote(scene: Scene): Promise<void> {
  const { steering, hands, member, other } = scene;
  await member.page.locator("[data-focus=move]").click();
  await member.page.locator("#move-words").fill("That the report be published");
  await member.page.locator("[data-focus=send-move]").click();
  const motion = steering.page.locator("[data-list=motion] > li").filter({ hasText: "That the report be published" });
  await motion.getByText("Waits for a seconder").waitFor();
  await hands.choose(motion.locator("[name=seat]"), other);
  await hands.press(motion.locator("[data-focus=second]"));
  await member.page.getByText(`seconded by ${OTHER}`).or(member.page.getByText("Seconded", { exact: true })).first().waitFor();
  await scene.look("motion");
  await hands.press(motion.locator("[data-focus=put]"));

  await member.page.getByRole("heading", { name: "Your vote" }).waitFor();
  await member.page.locator("#ballot").getByLabel("For", { exact: true }).check();
  await member.page.locator("[data-focus=vote]").click();
  await member.isTold("Your vote is cast. It is final.");
  await bothSee(scene, "1 of 3 who are here have voted.");
  const isTheirOwn = await steering.page.locator("#send-vote").count() > 0;
  if (isTheirOwn) {
    await hands.tick(steering.page.locator("#ballot").getByLabel("For", { exact: true }));
    await scene.look("ballot");
    await hands.press(steering.page.locator("[data-focus=vote]"));
    await steering.isTold("Your vote is cast. It is final.");
  } else {
    await record(scene, OTHER, "For");
  }
  await bothSee(scene, "2 of 3 who are here have voted.");
  await record(scene, AWAY, "Abstains");
  await bothSee(scene, "3 of 3 who are here have voted.");
  await hands.press(steering.page.locator("[data-focus=close]"));
  await bothSee(scene, "Carried: 2 for, 0 against, 1 abstained.");
  await scene.look("counted");
}

/** While the meeting is at the item from which the member has withdrawn. */
async function withoutTheMember(scene: Scene, paper: string): Promise<void> {
  const { steering, hands, member, meeting } = scene;
  await goToItem(scene, 3);
  await member.page.getByText(/You have withdrawn from this item/).waitFor();
  await steering.page.getByText("Withdrawn now").waitFor();
  assert.equal((await member.page.request.get(paper)).status(), 404, "its paper is closed");
  for (const button of ["ask", "point"]) assert.equal(await member.page.locator(`[data-focus=${button}]`).count(), 0, `nor is ${button} offered`);
  await hands.press(steering.page.locator("[data-focus=ask-vote]"));
  await hands.write(steering.page.locator("#question-question"), "Shall the land be valued anew?");
  await hands.press(steering.page.locator("[data-focus=question]"));
  await bothSee(scene, "0 of 2 who are here have voted.");
  assert.equal(await member.page.locator("#send-vote").count(), 0, "nor a vote");
  await scene.lookAtMember("council-member-withdrawn");
  await record(scene, AWAY, "For");
  await hands.press(steering.page.locator("[data-focus=close]"));
  await bothSee(scene, "Carried: 1 for, 0 against, 0 abstained.");
  await scene.look("withdrawn");

  await goToItem(scene, 4);
  await member.page.locator("[data-focus=ask]").waitFor();
  assert.equal((await member.page.request.get(paper)).status(), 200, "it is open again");
  await member.follow(meeting);
  await member.page.getByRole("link", { name: /^Valuation of the land/ }).first().waitFor();
}

async function writeMinutes(scene: Scene): Promise<void> {
  const { steering, hands, meeting, due } = scene;
  await goBy(scene, "Write the minutes", `${meeting}/minutes`);
  const item = steering.page.locator("[data-list=item] > li").nth(1);
  const open = (words: string): Promise<void> => hands.press(item.locator("summary", { hasText: words }));
  await open("Write the minutes");
  await hands.write(item.locator("form[action$=write_minutes] [name=text]"), "The council heard the chair of Cumbria.");
  await hands.press(item.locator("[data-focus=write]"));
  await item.locator("p.app-prose-text", { hasText: "The council heard the chair of Cumbria." }).waitFor();
  await open("Record a decision");
  await hands.write(item.locator("[id^=decide-] [name=text]"), "To publish the report");
  await hands.press(item.locator("[data-focus=decide]"));
  await item.getByText(/Decision \d+\/1:/).waitFor();
  await open("Record an action");
  await hands.write(item.locator("[id^=act-] [name=text]"), "Print the report");
  await hands.write(item.locator("[id^=act-] [name=owner]"), "The clerk");
  await hands.write(item.locator("[id^=act-] [name=due]"), due);
  assert.equal(await item.locator("[id^=act-] [name=due]").inputValue(), DUE.day);
  await hands.press(item.locator("[data-focus=act]"));
  await item.getByText(/Print the report/).first().waitFor();
  await scene.lookUnfolded("minutes");
}

async function closeAndCirculate(scene: Scene): Promise<void> {
  const { steering, hands, member, meeting } = scene;
  await goBy(scene, "Back to the meeting", meeting);
  await goBy(scene, "Follow in the room", `${meeting}/live`);
  await hands.press(steering.page.locator("summary", { hasText: "Close the meeting" }));
  await hands.press(steering.page.getByRole("button", { name: "Close the meeting now" }));
  await steering.page.getByText("The meeting is closed").first().waitFor();
  await member.page.locator(".govuk-tag", { hasText: "Closed" }).first().waitFor();
  member.expects(/status of 404/);
  assert.equal((await member.page.goto(`${meeting}/minutes`))?.status(), 404, "they are still being written");
  await goBy(scene, "Back to the meeting", meeting);
  await goBy(scene, "Minutes of this meeting", `${meeting}/minutes`);
  await hands.press(steering.page.getByRole("button", { name: "Circulate the minutes" }));
  await steering.page.getByText(/Circulated to members/).waitFor();
  await scene.look("circulated");
  await member.follow(meeting);
  await member.page.getByRole("link", { name: "Minutes of this meeting" }).click();
  for (const words of [/The council heard the chair of Cumbria/, /To publish the report/, /Print the report/, /Carried: 2 for/]) {
    await member.page.getByText(words).first().waitFor();
  }
  await scene.lookAtMember("council-member-minutes");
}

/** As it lies on the table: everything that was minuted, and nothing to click. */
async function printMinutes(scene: Scene): Promise<void> {
  const { page } = scene.member;
  await page.emulateMedia({ media: "print" });
  for (const words of [/The council heard the chair of Cumbria/, /To publish the report/, /Print the report/]) assert.ok(await page.getByText(words).first().isVisible());
  for (const away of [".govuk-back-link", ".app-ways-out", "main form", "main details", "main button"]) {
    for (const each of await page.locator(away).all()) assert.equal(await each.isVisible(), false, `${away} is of no use on paper`);
  }
  await scene.lookAtMember("council-minutes-printed");
  await page.emulateMedia({ media: "screen" });
}

async function playBack(scene: Scene): Promise<void> {
  const { steering, hands, member, meeting } = scene;
  await goBy(scene, "Back to the meeting", meeting);
  await hands.press(steering.page.getByRole("link", { name: "Replay", exact: true }));
  await member.page.goto(`${meeting}/replay`);
  for (const { page } of [steering, member]) {
    await page.getByRole("heading", { name: /^Replay of / }).waitFor();
    await page.getByRole("group", { name: "Play back" }).getByText("The meeting began").waitFor();
    await page.getByText("That the report be published").first().waitFor();
  }
  await hands.press(steering.page.getByRole("button", { name: "Next moment" }));
  await scene.look("replay");
}

async function play(scene: Scene): Promise<void> {
  await scene.steering.follow(scene.meeting);
  const paper = await addLatePaper(scene);
  await recordAttendance(scene);
  await begin(scene);
  await declareInterest(scene);
  await goToItem(scene, 2);
  await speak(scene);
  await vote(scene);
  await withoutTheMember(scene, paper);
  await writeMinutes(scene);
  await closeAndCirculate(scene);
  await printMinutes(scene);
  await playBack(scene);
}

async function cast(council: Act, steering: Person): Promise<Pick<Scene, "steering" | "member" | "other" | "meeting">> {
  const { system } = council;
  return {
    steering,
    member: await council.signedIn(await system.sitter(COUNCIL, MEMBER)),
    other: (await system.sitter(COUNCIL, OTHER)).name,
    meeting: await system.path("meetings", COUNCIL),
  };
}

act("two browsers play a whole council meeting, with a late paper, a recusal, a substitute and a vote", (council) => {
  council.scene("with a co-chair, who steers it on a 320 px screen", async () => {
    const steering = await council.signedIn(await council.system.sitter(COUNCIL, OTHER), { width: 320 });
    await steering.page.setViewportSize({ width: 320, height: 640 });
    const members = await cast(council, steering);
    await play({
      ...members, hands: byPointer, due: DUE.day,
      look: (name) => looksRight(steering, `council-chair-${name}`, SMALL),
      lookUnfolded: (name) => looksRightUnfolded(steering, `council-chair-${name}`, SMALL),
      lookAtMember: (name) => looksRight(members.member, name),
    });
  }, PLAY_WITHIN_MS);
});

act("two browsers play the same council meeting once more", (council) => {
  council.scene("with the secretary, who does everything by keyboard alone", async () => {
    const nothing = async (): Promise<void> => {}; // the first play looks at all of it
    const steering = await council.signedIn(council.system.holder(`secretary, ${COUNCIL}`));
    await play({ ...await cast(council, steering), hands: byKeyboard(steering.page), due: DUE.keys, look: nothing, lookUnfolded: nothing, lookAtMember: nothing });
  }, PLAY_WITHIN_MS);
});
