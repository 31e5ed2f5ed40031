// What waits for a time, and the clock of the service that has it: papers, and consultations that open and close; set to the second, set
// back, and with a second person.
import assert from "node:assert/strict";
import { chmodSync, existsSync, readdirSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";

import { query } from "./support/database.ts";
import { Person, type Answer, type JsonObject } from "./support/http.ts";
import { addPaper, pdf } from "./support/papers.ts";
import { leave, makeScene, type Scene } from "./support/scene.ts";
import { eventually } from "./support/wait.ts";
import { Witan, programs, temporaryFolder, type Service } from "./support/witan.ts";

const limit = { timeout: 180_000 };
const library = readdirSync("/usr/lib").map((name) => join("/usr/lib", name, "faketime/libfaketimeMT.so.1")).find(existsSync) ?? "";
const second = 1000;

/// The clock of one service, as a file says it. Time-outs go by the machine's own clock all the same.
class Clock {
  private readonly file = join(temporaryFolder(), "clock");
  private readonly program: string;

  constructor(service: Service) {
    this.program = `witan-${service}`;
    this.goOn();
  }

  /// It stands at a whole second: nothing that is asked meanwhile is later.
  setTo(moment: number): void {
    const timeZone = process.env["TZ"] ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
    this.say(new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" }).format(moment));
  }
  /// It is the machine's again.
  goOn(): void {
    this.say("+0");
  }

  /// A folder of the programs, of which the service has this clock.
  programs(): string {
    const folder = temporaryFolder();
    for (const name of readdirSync(programs())) if (name !== this.program) symlinkSync(join(programs(), name), join(folder, name));
    const settings = `LD_PRELOAD=${library} FAKETIME_TIMESTAMP_FILE='${this.file}' FAKETIME_NO_CACHE=1 FAKETIME_DONT_FAKE_MONOTONIC=1`;
    writeFileSync(join(folder, this.program), `#!/bin/sh\n${settings} exec '${join(programs(), this.program)}' "$@"\n`);
    chmodSync(join(folder, this.program), 0o755);
    return folder;
  }

  private say(time: string): void {
    writeFileSync(`${this.file}.new`, time);
    renameSync(`${this.file}.new`, this.file);
  }
}

const inUk = (moment: number, options: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", ...options }).format(moment);
const dayInUk = (moment: number): string => new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/London" }).format(moment);
const timeInUk = (moment: number): string => inUk(moment, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
/// A whole minute that comes in at least `minutes` minutes.
const wholeMinute = (minutes: number): number => (Math.floor(Date.now() / 60_000) + minutes + 1) * 60_000;

// A sanitizer and the library both take the place of the C library's functions, and do not bear each other.
const skip = programs().includes("asan") && "the clock cannot be set under a sanitizer";

describe("a paper that waits", { skip }, () => {
  const clock = new Clock("meetings");
  let witan: Witan;
  let scene: Scene;
  let administrator: Person;
  let due = 0;
  let embargo = {};

  before(async () => {
    assert.ok(library !== "", "infra/scripts/install --test brings libfaketime");
    witan = await Witan.start({ steps: "demo", programs: clock.programs() });
    scene = await makeScene(witan);
    administrator = await new Person(witan).signIn("administrator");
    due = wholeMinute(2);
    embargo = { not_before: dayInUk(due), not_before_time: timeInUk(due) };
  }, limit);
  afterEach(() => clock.goOn());
  after(async () => {
    if (scene) leave(scene);
    administrator?.leave();
    await witan?.stop();
  });

  const add = (title: string, more = {}): Promise<string> => addPaper(scene.secretary, { meeting: scene.meeting, item: scene.items[1] ?? "", title }, { ...embargo, ...more }, pdf(title));
  const status = async (paper: string): Promise<number> => (await scene.visitor.send("GET", `/papers/${paper}/file/1`)).status;
  const isOnAgenda = async (title: string): Promise<boolean> => (await scene.visitor.send("GET", `/meetings/${scene.meeting}`)).text.includes(title);
  const released = (): number => query(witan, "meetings", "SELECT count(*) AS n FROM events WHERE type = 'paper_released'")[0]?.["n"] as number;

  test("is there at its second and not one before, and stays when the clock goes back", limit, async () => {
    const paper = await add("By the clock");
    assert.equal(await status(paper), 404);
    clock.setTo(due - second);
    for (let n = 0; n < 5; ++n) assert.equal(await status(paper), 404, "one second before");
    assert.equal(await isOnAgenda("By the clock"), false);
    clock.setTo(due);
    assert.equal(await status(paper), 200, "at its second, whether or not that has been noted");
    await eventually("its release is noted", 10_000, () => released() === 1);
    await eventually("it is on the agenda", 10_000, async () => isOnAgenda("By the clock"));
    for (const back of [second, 3_600 * second, 86_400 * second]) {
      clock.setTo(due - back);
      assert.equal(await status(paper), 200, `the clock was set back by ${back / second} s`);
    }
    const before = witan.pid("meetings");
    process.kill(before, "SIGKILL");
    await eventually("the service is back", 30_000, () => witan.pid("meetings") > 0 && witan.pid("meetings") !== before);
    await eventually("it answers", 30_000, async () => (await status(paper)) === 200);
    assert.equal(await isOnAgenda("By the clock"), true);
    assert.equal(released(), 1, "once");
  });

  test("for a second person is let out by no clock", limit, async () => {
    const paper = await add("By two people", { needs_second: true });
    clock.setTo(due + 3_600 * second);
    await eventually("its day is noted", 10_000, () => released() === 2);
    assert.equal(await status(paper), 404);
    assert.equal(await isOnAgenda("By two people"), false);
    const own = await scene.secretary.try("meetings.release_paper", { paper, version: 1 });
    assert.deepEqual([own.status, own.body["code"]], [403, "forbidden"]);
    assert.equal((await scene.member.try("meetings.release_paper", { paper, version: 1 })).status, 404);
    assert.equal(await status(paper), 404);
    await administrator.command("meetings.release_paper", { paper, version: 1 });
    assert.equal(await status(paper), 200);
    clock.setTo(due - 3_600 * second);
    assert.equal(await status(paper), 200, "it stays");
  });
});

describe("a consultation", { skip }, () => {
  const clock = new Clock("consultations");
  let witan: Witan;
  let scene: Scene;

  before(async () => {
    assert.ok(library !== "", "infra/scripts/install --test brings libfaketime");
    witan = await Witan.start({ steps: "demo", programs: clock.programs(), settings: ["consultations.comments_per_minute=0"] });
    scene = await makeScene(witan);
  }, limit);
  afterEach(() => clock.goOn());
  after(async () => {
    if (scene) leave(scene);
    await witan?.stop();
  });

  const paragraph = "b3";
  const say = (consultation: string, text: string): Promise<Answer> => scene.member.try("consultations.add_comment", { consultation, draft: 1, block: paragraph, text });
  /// The form of a page without script that is opened now, to be sent at some time.
  async function openForm(consultation: string): Promise<(text: string) => Promise<Answer>> {
    const { text: page } = await scene.member.send("GET", `/consultations/${consultation}/draft/1/${paragraph}`);
    const form = new RegExp(`<form id="send-c-${paragraph}".*?</form>`, "s").exec(page)?.[0] ?? assert.fail("there is no form for comments");
    const fields = [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [String(name), String(value)]);
    return (text) => scene.member.send("POST", "/do/consultations.add_comment", new URLSearchParams([...fields, ["text", text]]).toString(), { accept: "text/html", "content-type": "application/x-www-form-urlencoded" });
  }
  const status = async (consultation: string): Promise<number> => (await scene.visitor.send("GET", `/consultations/${consultation}`)).status;
  const times = async (consultation: string): Promise<{ opens: number; closes: number }> => {
    const row = (await scene.secretary.view(`consultations/${consultation}`)).entities["consultation"];
    return { opens: Date.parse(String(row?.["opens_at"])), closes: Date.parse(String(row?.["closes_at"])) };
  };
  async function prepared(times: JsonObject): Promise<string> {
    const { result } = await scene.secretary.command("consultations.create_consultation", { body: scene.council, title: "By the clock", area: "Nowhere", summary: "What people think of a draft." });
    const consultation = result["consultation"] ?? "";
    await scene.secretary.command("consultations.publish_draft", { consultation, markdown: "# A strategy\n\n## Places\n\nFirst paragraph of the draft.\n" });
    await scene.secretary.command("consultations.open_consultation", { consultation, ...times });
    return consultation;
  }

  test("opens at its second and not one before, also where the service was down then", limit, async () => {
    const due = wholeMinute(3);
    const consultation = await prepared({ opens_on: dayInUk(due), opens_time: timeInUk(due), closes_on: "2099-12-31" });
    assert.equal((await times(consultation)).opens, due);
    clock.setTo(due - second);
    for (let n = 0; n < 5; ++n) assert.equal(await status(consultation), 404, "one second before");
    assert.equal((await say(consultation, "Too soon.")).status, 404);
    const before = witan.pid("consultations");
    process.kill(before, "SIGKILL");
    clock.setTo(due);
    await eventually("the service is back", 30_000, () => witan.pid("consultations") > 0 && witan.pid("consultations") !== before);
    await eventually("it is open", 30_000, async () => (await status(consultation)) === 200);
    assert.equal((await say(consultation, "In time.")).status, 200);
    clock.setTo(due - 3_600 * second);
    assert.equal(await status(consultation), 200, "it stays open when the clock goes back");
  });

  test("takes what is said in its last second and nothing at the next, and gives the words back", limit, async () => {
    const consultation = await prepared({ closes_on: dayInUk(Date.now() + 2 * 86_400_000) });
    const { closes } = await times(consultation);
    const [sendOne, sendTwo, sendThree] = [await openForm(consultation), await openForm(consultation), await openForm(consultation)];
    clock.setTo(closes - second);
    assert.equal((await say(consultation, "In the last second.")).status, 200);
    assert.equal((await sendOne("In the last second, in a form.")).status, 303);
    clock.setTo(closes);
    const late = await say(consultation, "One second late.");
    assert.deepEqual([late.status, late.body["code"]], [409, "consultation_closed"]);
    const answers = (page: Answer): void => {
      assert.equal(page.status, 409);
      assert.match(page.text, /The consultation closed at 11:59pm on /);
      assert.match(page.text, /<textarea[^>]*>Words that took me an hour\.<\/textarea>/, "they are not lost");
    };
    answers(await sendTwo("Words that took me an hour."));
    await eventually("everybody sees that it is closed", 10_000, async () => (await scene.visitor.send("GET", `/consultations/${consultation}`)).text.includes(">Closed</strong>"));
    answers(await sendThree("Words that took me an hour."));
    clock.setTo(closes - second);
    assert.equal((await say(consultation, "The clock went back.")).body["code"], "consultation_closed");
    const { comment_count } = (await scene.visitor.view(`consultations/${consultation}`)).entities["consultation"] ?? {};
    assert.equal(comment_count, 2);
  });

  test("that is given more time goes on past the first date, to the second of the later one", limit, async () => {
    const consultation = await prepared({ closes_on: dayInUk(Date.now() + 2 * 86_400_000) });
    const { closes: first } = await times(consultation);
    clock.setTo(first - second);
    await scene.secretary.command("consultations.extend_consultation", { consultation, closes_on: dayInUk(first + 7 * 86_400_000), reason: "The schools asked for it." });
    const { closes: later } = await times(consultation);
    assert.ok(later > first);
    clock.setTo(first + 60 * second);
    assert.equal((await say(consultation, "After the first date.")).status, 200);
    clock.setTo(later);
    assert.equal((await say(consultation, "Too late.")).body["code"], "consultation_closed");
    const refused = await scene.secretary.try("consultations.extend_consultation", { consultation, closes_on: dayInUk(later + 7 * 86_400_000), reason: "Once more, for good reasons." });
    assert.deepEqual([refused.status, refused.body["code"]], [409, "consultation_closed"]);
  });
});
