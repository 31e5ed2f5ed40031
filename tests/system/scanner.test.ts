// Papers where there is a virus scanner: what it finds something in is no paper, nor is anything while it gives no word.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { query } from "./support/database.ts";
import { newId, type Answer } from "./support/http.ts";
import { addPaper, handIn, pdf, sendForm, sendWritten } from "./support/papers.ts";
import { FakeClamd, eicar, signature } from "./support/scanner.ts";
import { leave, makeScene, type Scene } from "./support/scene.ts";
import { eventually } from "./support/wait.ts";
import { Witan } from "./support/witan.ts";

const limit = { timeout: 120_000 };
const megabyte = 1024 * 1024;
const infected = pdf(`Infected ${eicar}`);

describe("papers, where there is a scanner,", () => {
  const clamd = new FakeClamd();
  let witan: Witan;
  let scene: Scene;

  before(async () => {
    await clamd.listen();
    witan = await Witan.start({ steps: "demo", settings: [`meetings.scanner_socket=${clamd.path}`, "meetings.scanner_ms=6000"] });
    scene = await makeScene(witan);
  }, limit);
  after(async () => {
    if (scene) leave(scene);
    await witan?.stop();
    await clamd.leave();
  });

  const item = (): string => scene.items[1] ?? "";
  const add = (upload: string, title: string, id = newId()): Promise<Answer> => scene.secretary.try("meetings.add_paper", { meeting: scene.meeting, item: item(), title, upload }, id);
  const form = (title: string) => ({ meeting: scene.meeting, item: item(), title, form: `paper-${item()}`, on_page: `/meetings/${scene.meeting}/agenda`, return_to: `/meetings/${scene.meeting}` });
  const papers = (): number => query(witan, "meetings", "SELECT count(*) AS n FROM events WHERE type IN ('paper_added', 'paper_version_added')")[0]?.["n"] as number;
  const files = (): number => query(witan, "meetings", "SELECT count(*) AS n FROM file_streams")[0]?.["n"] as number;
  const received = async (upload: string): Promise<unknown> => (await scene.secretary.send("GET", `/uploads/${upload}`)).body["received"];

  test("are papers once it has looked through all of them", limit, async () => {
    const content = pdf("Clean", 3 * megabyte);
    const paper = await addPaper(scene.secretary, { meeting: scene.meeting, item: item(), title: "Clean" }, {}, content);
    assert.ok(clamd.heard.at(-1)?.equals(content));
    assert.equal((await scene.visitor.send("GET", `/papers/${paper}/file/1`)).text, content.toString("utf8"));
    const written = await sendWritten(scene.secretary, "meetings.add_paper", form("Written"), "Words");
    assert.equal(written.status, 303, written.text);
    assert.equal(clamd.heard.at(-1)?.toString(), "Words");
  });

  test("are refused when it finds something, and leave nothing", limit, async () => {
    const before = [papers(), files()];
    const upload = await handIn(scene.secretary, scene.meeting, infected);
    const { status, body, text } = await add(upload, "Infected");
    assert.deepEqual([status, body["code"], body["fault"]], [422, "file_refused", "infected"]);
    assert.match(text, /The virus scanner found something harmful in the file/);
    assert.doesNotMatch(text, new RegExp(signature));
    await scene.secretary.command("meetings.cancel_upload", { upload });
    const refused = await sendForm(scene.secretary, "meetings.add_paper", form("Infected"), { name: "a.pdf", content: infected });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /The virus scanner found something harmful in the file/);
    const written = await sendWritten(scene.secretary, "meetings.add_paper", form("Infected"), `Words that took an hour ${eicar}`);
    assert.equal(written.status, 422);
    assert.match(written.text, /The virus scanner found something harmful in the file[\s\S]*>Words that took an hour/);
    assert.deepEqual([papers(), files()], before);
    assert.equal(witan.logged("warning").filter((line) => line.includes(signature)).length, 3);
  });

  test("that replace others are looked through as well", limit, async () => {
    const paper = await addPaper(scene.secretary, { meeting: scene.meeting, item: item(), title: "To be replaced" });
    const refused = await sendForm(scene.secretary, "meetings.add_paper_version", { meeting: scene.meeting, paper, what_changed: "A virus" }, { name: "a.pdf", content: infected });
    assert.equal(refused.status, 422);
    assert.equal((await scene.secretary.send("GET", `/papers/${paper}/file/2`)).status, 404);
  });

  test("wait as uploads while it is away", limit, async () => {
    const content = pdf("It comes later", megabyte);
    const before = [papers(), files()];
    const upload = await handIn(scene.secretary, scene.meeting, content);
    const id = newId();
    await clamd.leave();
    const { status, body } = await add(upload, "Later", id);
    assert.deepEqual([status, body["code"], body["fault"]], [503, "unavailable", "not_scanned"]);
    assert.equal(body["detail"], "The file could not be checked for viruses at the moment. Try again in a few minutes.");
    assert.equal(await received(upload), content.length);
    const withoutScript = await sendForm(scene.secretary, "meetings.add_paper", form("Later"), { name: "a.pdf", content });
    assert.equal(withoutScript.status, 503);
    assert.match(withoutScript.text, /could not be checked for viruses at the moment/);
    assert.match(withoutScript.text, /Nothing was changed/);
    assert.doesNotMatch(withoutScript.text, /It is not certain/);
    assert.match(withoutScript.text, /value="Later"/, "what was typed is there again");
    assert.deepEqual([papers(), files()], [before[0], (before[1] ?? 0) + 1], "one upload, and none of the form that is sent anew");
    assert.equal(witan.logged("warning").filter((line) => line.includes("not_scanned") && line.includes('"away"')).length, 1, "once for both");
    await clamd.listen();
    const again = await add(upload, "Later", id);
    assert.equal(again.status, 200, again.text);
    assert.ok(clamd.heard.at(-1)?.equals(content));
  });

  test("wait while it says nothing, and nobody else waits for it", limit, async () => {
    const upload = await handIn(scene.secretary, scene.meeting, pdf("No word"));
    clamd.isSilent = true;
    const before = clamd.heard.length;
    let isOver = false;
    const adding = add(upload, "No word").finally(() => (isOver = true));
    await eventually("it is asked", 10_000, () => clamd.heard.length > before);
    await scene.secretary.command("meetings.add_agenda_item", { meeting: scene.meeting, title: "Meanwhile", kind: "discussion", minutes: 5 });
    assert.equal((await scene.visitor.send("GET", `/meetings/${scene.meeting}`)).status, 200);
    assert.ok(!isOver);
    const { status, body } = await adding;
    assert.deepEqual([status, body["fault"]], [503, "not_scanned"]);
    clamd.isSilent = false;
    assert.equal((await add(upload, "No word")).status, 200);
  });

  test("are none when the service dies before it has given its word", limit, async () => {
    const upload = await handIn(scene.secretary, scene.meeting, infected);
    const before = papers();
    clamd.isSilent = true;
    const heard = clamd.heard.length;
    const adding = add(upload, "Killed");
    await eventually("it is asked", 10_000, () => clamd.heard.length > heard);
    const pid = witan.pid("meetings");
    process.kill(pid, "SIGKILL");
    assert.equal((await adding).status, 503);
    clamd.isSilent = false;
    await eventually("the upload is there again", 30_000, async () => (await received(upload)) === infected.length);
    assert.equal(papers(), before);
    assert.equal((await add(upload, "Killed")).body["fault"], "infected");
  });
});
