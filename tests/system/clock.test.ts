// Papers that wait, and the clock of the service that has them: set to the second, set back, and with a second person.
import assert from "node:assert/strict";
import { chmodSync, existsSync, readdirSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { query } from "./support/database.ts";
import { Person } from "./support/http.ts";
import { addPaper, pdf } from "./support/papers.ts";
import { leave, makeScene, type Scene } from "./support/scene.ts";
import { eventually } from "./support/wait.ts";
import { Witan, programs, temporaryFolder } from "./support/witan.ts";

const limit = { timeout: 180_000 };
const library = readdirSync("/usr/lib").map((name) => join("/usr/lib", name, "faketime/libfaketimeMT.so.1")).find(existsSync) ?? "";
const second = 1000;

/// The programs, of which meetings has a clock that the file `clock` says. Time-outs go by the machine's own clock all the same.
function programsWithClock(folder: string, clock: string): string {
  const meetings = "witan-meetings";
  for (const name of readdirSync(programs())) if (name !== meetings) symlinkSync(join(programs(), name), join(folder, name));
  const settings = `LD_PRELOAD=${library} FAKETIME_TIMESTAMP_FILE='${clock}' FAKETIME_NO_CACHE=1 FAKETIME_DONT_FAKE_MONOTONIC=1`;
  writeFileSync(join(folder, meetings), `#!/bin/sh\n${settings} exec '${join(programs(), meetings)}' "$@"\n`);
  chmodSync(join(folder, meetings), 0o755);
  return folder;
}

// A sanitizer and the library both take the place of the C library's functions, and do not bear each other.
const isSanitized = programs().includes("asan");

describe("a paper that waits", { skip: isSanitized && "the clock cannot be set under a sanitizer" }, () => {
  const folder = temporaryFolder();
  const clock = join(folder, "clock");
  // The clock is set to whole seconds and stands: nothing that is asked meanwhile is later.
  const set = (to: string): void => {
    writeFileSync(`${clock}.new`, to);
    renameSync(`${clock}.new`, clock);
  };
  const setTo = (moment: number): void => set(new Intl.DateTimeFormat("sv-SE", { timeZone: process.env["TZ"] ?? Intl.DateTimeFormat().resolvedOptions().timeZone, dateStyle: "short", timeStyle: "medium" }).format(moment));
  let witan: Witan;
  let scene: Scene;
  let administrator: Person;
  /// The next whole minute but two, as the form says it.
  let due = 0;
  let embargo = {};

  before(async () => {
    assert.ok(library !== "", "infra/scripts/install --test brings libfaketime");
    set("+0");
    witan = await Witan.start({ steps: "demo", programs: programsWithClock(temporaryFolder(), clock) });
    scene = await makeScene(witan);
    administrator = await new Person(witan).signIn("administrator");
    due = Math.floor(Date.now() / 60_000) * 60_000 + 3 * 60_000;
    const uk = (options: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", ...options }).format(due);
    embargo = { not_before: new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/London" }).format(due), not_before_time: uk({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }) };
  }, limit);
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
    setTo(due - second);
    for (let n = 0; n < 5; ++n) assert.equal(await status(paper), 404, "one second before");
    assert.equal(await isOnAgenda("By the clock"), false);
    setTo(due);
    assert.equal(await status(paper), 200, "at its second, whether or not that has been noted");
    await eventually("its release is noted", 10_000, () => released() === 1);
    await eventually("it is on the agenda", 10_000, async () => isOnAgenda("By the clock"));
    for (const back of [second, 3_600 * second, 86_400 * second]) {
      setTo(due - back);
      assert.equal(await status(paper), 200, `the clock was set back by ${back / second} s`);
    }
    const before = witan.pid("meetings");
    process.kill(before, "SIGKILL");
    await eventually("the service is back", 30_000, () => witan.pid("meetings") > 0 && witan.pid("meetings") !== before);
    await eventually("it answers", 30_000, async () => (await status(paper)) === 200);
    assert.equal(await isOnAgenda("By the clock"), true);
    assert.equal(released(), 1, "once");
    set("+0");
  });

  test("for a second person is let out by no clock", limit, async () => {
    const paper = await add("By two people", { needs_second: true });
    setTo(due + 3_600 * second);
    await eventually("its day is noted", 10_000, () => released() === 2);
    assert.equal(await status(paper), 404);
    assert.equal(await isOnAgenda("By two people"), false);
    const own = await scene.secretary.try("meetings.release_paper", { paper, version: 1 });
    assert.deepEqual([own.status, own.body["code"]], [403, "forbidden"]);
    assert.equal((await scene.member.try("meetings.release_paper", { paper, version: 1 })).status, 404);
    assert.equal(await status(paper), 404);
    await administrator.command("meetings.release_paper", { paper, version: 1 });
    assert.equal(await status(paper), 200);
    setTo(due - 3_600 * second);
    assert.equal(await status(paper), 200, "it stays");
    set("+0");
  });
});
