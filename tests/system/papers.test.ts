// Papers from the browser to the disk and back: forms with files, pieces, kills in the middle, embargoes, who read what.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { query } from "./support/database.ts";
import { Person, newId } from "./support/http.ts";
import { addPaper, begin, formWithFile, handIn, pdf, pdfOfPages, put, sendForm, sendWritten } from "./support/papers.ts";
import { leave, makeScene, type Scene } from "./support/scene.ts";
import { eventually } from "./support/wait.ts";
import { Witan } from "./support/witan.ts";

const limit = { timeout: 180_000 };
const megabyte = 1024 * 1024;

/// A download whose reader stops after its head, until they want the rest: then how many bytes come.
async function slowly(person: Person, path: string): Promise<{ status: number; rest: () => Promise<number>; leave: () => void }> {
  return new Promise((begun, failed) => {
    const sent = request(`${person.witan.origin}${path}`, { headers: { cookie: person.cookie }, agent: false }, (answer) => {
      answer.pause();
      const rest = (): Promise<number> =>
        new Promise((done) => {
          let bytes = 0;
          answer.on("data", (piece: Buffer) => (bytes += piece.length));
          answer.on("close", () => done(bytes));
          answer.on("error", () => done(bytes));
          answer.resume();
        });
      begun({ status: answer.statusCode ?? 0, rest, leave: () => sent.destroy() });
    });
    sent.on("error", failed);
    sent.end();
  });
}

describe("papers", () => {
  let witan: Witan;
  let scene: Scene;
  let closed: string;   // an item for members

  before(async () => {
    witan = await Witan.start({ steps: "demo", settings: ["gateway.http_requests_per_minute_signed_in=1000000"] });
    scene = await makeScene(witan);
    const { result } = await scene.secretary.command("meetings.add_agenda_item", { meeting: scene.meeting, title: "Appointments", kind: "decision", minutes: 5, circulation: "members" });
    closed = result["item"] ?? "";
  }, limit);
  after(async () => {
    if (scene) leave(scene);
    await witan?.stop();
  });

  const paperOn = (item: string, title = "A paper", content = pdf(title)): Promise<string> => addPaper(scene.secretary, { meeting: scene.meeting, item, title }, {}, content);
  const fileOf = (person: Person, paper: string, version = 1) => person.send("GET", `/papers/${paper}/file/${version}`);
  const reads = (): number => query(witan, "meetings", "SELECT count(*) AS n FROM events WHERE type = 'paper_read'")[0]?.["n"] as number;
  const item = (): string => scene.items[1] ?? "";

  test("come back as they were handed in, for everybody, and never for a browser to keep or to run", limit, async () => {
    const content = pdf("For everybody", 3 * megabyte);
    const paper = await paperOn(item(), "Regional “productivity” & skills/2", content);
    const { status, headers, text } = await fileOf(scene.visitor, paper);
    assert.equal(status, 200);
    assert.equal(text, content.toString("utf8"));
    assert.equal(headers["cache-control"], "no-store");
    assert.equal(headers["x-content-type-options"], "nosniff");
    assert.match(String(headers["content-security-policy"]), /^sandbox; default-src 'none'/);
    assert.equal(headers["content-type"], "application/pdf");
    assert.match(String(headers["content-disposition"]), /^attachment; filename="Regional [-]+productivity[-]+ - skills-2\.pdf"; filename\*=UTF-8''Regional%20/);
    assert.equal(headers["content-length"], String(content.length));
    const head = await scene.visitor.send("HEAD", `/papers/${paper}/file/1`);
    assert.deepEqual([head.status, head.text], [200, ""]);
  });

  test("come in a form without script, and the agenda shows them", limit, async () => {
    const content = pdf("Without script", 2 * megabyte + 17);
    const form = { meeting: scene.meeting, item: item(), title: "Handed in without script", return_to: `/meetings/${scene.meeting}` };
    const sent = await sendForm(scene.secretary, "meetings.add_paper", form, { name: "C paper é.PDF", content });
    assert.equal(sent.status, 303, sent.text);
    assert.equal(sent.headers.location, `/meetings/${scene.meeting}`);
    const page = await scene.visitor.send("GET", `/meetings/${scene.meeting}`);
    const [, href] = /href="(\/papers\/\w+\/file\/1)">Handed in without script \(PDF, 2\.1 MB[^)]*\)/.exec(page.text) ?? assert.fail(page.text);
    assert.equal((await scene.visitor.send("GET", href ?? "")).text, content.toString("utf8"));
    const paper = href?.split("/")[2] ?? "";
    const again = await sendForm(scene.secretary, "meetings.add_paper_version", { meeting: scene.meeting, paper, what_changed: "New figures" }, { name: "a.pdf", content: pdf("Second") });
    assert.equal(again.status, 303, again.text);
    assert.match((await scene.visitor.send("GET", `/meetings/${scene.meeting}`)).text, /Replaces version 1: New figures/);
    assert.match((await scene.visitor.send("GET", `/papers/${paper}`)).text, /What changed: New figures/);
  });

  test("are refused with a sentence and a code for what is in them, and nothing is kept", limit, async () => {
    const script = pdf("x", 0, "/OpenAction<</S/JavaScript/JS(1)>>");
    const form = { meeting: scene.meeting, item: item(), title: "With a script", form: `paper-${item()}`, on_page: `/meetings/${scene.meeting}/agenda` };
    const refused = await sendForm(scene.secretary, "meetings.add_paper", form, { name: "a.pdf", content: script });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /The PDF contains a script/);
    assert.match(refused.text, /value="With a script"/, "what was typed is there again");
    for (const [name, sentence] of [["a.exe", /neither a PDF nor a Word document/], ["", /Choose a file/]] as const) {
      const answer = await sendForm(scene.secretary, "meetings.add_paper", form, { name, content: name === "" ? Buffer.alloc(0) : script });
      assert.equal(answer.status, 422);
      assert.match(answer.text, sentence);
    }
    const upload = await handIn(scene.secretary, scene.meeting, script);
    const { status, body } = await scene.secretary.try("meetings.add_paper", { meeting: scene.meeting, item: item(), title: "With a script", upload });
    assert.deepEqual([status, body["code"], body["fault"]], [422, "file_refused", "pdf_has_script"]);
    await scene.secretary.command("meetings.cancel_upload", { upload });
    assert.deepEqual(query(witan, "meetings", "SELECT id FROM file_streams WHERE address IS NULL"), []);
  });

  test("are not taken, not even begun, from who may not or in whose name another site asks", limit, async () => {
    const form = { meeting: scene.meeting, item: item(), title: "Not theirs" };
    const file = { name: "a.pdf", content: pdf("No", 5 * megabyte) };
    const begun = (): unknown[] => query(witan, "meetings", "SELECT seq FROM events WHERE type = 'upload_begun'");
    const before = begun().length;
    assert.equal((await sendForm(scene.member, "meetings.add_paper", form, file)).status, 403);
    assert.equal((await sendForm(scene.secretary, "meetings.add_paper", form, file, scene.member.csrf)).status, 403);
    const { body, type } = formWithFile(scene.secretary, form, file);
    const elsewhere = await scene.secretary.send("POST", "/do/meetings.add_paper", body, { "content-type": type, origin: "https://elsewhere.example" });
    assert.equal(elsewhere.status, 403);
    const visitor = await sendForm(scene.visitor, "meetings.add_paper", form, file);
    assert.match(String(visitor.headers.location), /^\/sign-in/);
    assert.equal(begun().length, before);
    const upload = await begin(scene.secretary, scene.meeting, file.content);
    assert.equal((await put(scene.member, upload, 0, Buffer.from("%PDF"))).status, 404);
    assert.equal((await put(scene.secretary, upload, 0, Buffer.from("%PDF"), scene.member.csrf)).status, 403);
    assert.equal((await put(scene.secretary, upload, 0, Buffer.from("%PDF"))).body["received"], 4);
    await scene.secretary.command("meetings.cancel_upload", { upload });
  });

  test("go on where they were, whatever was sent twice or in between", limit, async () => {
    const content = pdf("Resumed", megabyte);
    const upload = await begin(scene.secretary, scene.meeting, content);
    const received = async (offset: number, bytes: Buffer): Promise<unknown> => (await put(scene.secretary, upload, offset, bytes)).body["received"];
    assert.equal(await received(0, content.subarray(0, 1000)), 1000);
    assert.equal(await received(0, content.subarray(0, 1000)), 1000, "sent again, its answer was lost");
    assert.equal(await received(5000, content.subarray(5000, 6000)), 1000, "not the next one");
    const early = await scene.secretary.try("meetings.add_paper", { meeting: scene.meeting, item: item(), title: "Too early", upload });
    assert.equal(early.status, 422);
    assert.equal((await scene.secretary.send("GET", `/uploads/${upload}`)).body["received"], 1000);
    assert.equal(await received(1000, content.subarray(1000, 500_000)), 500_000);
    assert.equal(await received(500_000, content.subarray(500_000, 1_000_000)), 1_000_000);
    const tooMuch = await put(scene.secretary, upload, 1_000_000, Buffer.alloc(500_000));
    assert.equal(tooMuch.status, 413);
    assert.equal(await received(1_000_000, content.subarray(1_000_000)), content.length);
    const { result } = await scene.secretary.command("meetings.add_paper", { meeting: scene.meeting, item: item(), title: "Resumed", upload });
    assert.equal((await fileOf(scene.visitor, result["paper"] ?? "")).text, content.toString("utf8"));
  });

  test("that not everybody may read are the same as none, and who read them is in the audit", limit, async () => {
    const paper = await paperOn(closed, "For members");
    const absent = await fileOf(scene.visitor, "a".repeat(26));
    const strip = (text: string): string => text.replaceAll(/[a-z0-9]{26}/g, "").replaceAll(/file(%2F|\/)\w+/g, "");
    for (const other of [await fileOf(scene.visitor, paper), await fileOf(scene.visitor, paper, 2), await scene.visitor.send("GET", `/papers/${paper}/file/x`)]) {
      assert.equal(other.status, 404);
      assert.equal(strip(other.text), strip(absent.text));
    }
    assert.equal((await scene.visitor.send("GET", `/papers/${paper}`)).status, 404);
    const before = reads();
    assert.equal((await fileOf(scene.member, paper)).status, 200);
    assert.equal(reads(), before + 1);
    const administrator = await new Person(witan).signIn("administrator");
    const audit = await administrator.send("GET", "/audit?kind=paper_read");
    administrator.leave();
    assert.match(audit.text, /Read version 1 of the paper “For members”/);
    assert.equal((await fileOf(scene.visitor, await paperOn(item(), "Open"))).status, 200);
    assert.equal(reads(), before + 1, "what everybody may read is nobody's business");
  });

  test("stop coming when their reader may not have them any more, and only so many come at once", limit, async () => {
    const paper = await paperOn(closed, "Large, for members", pdf("Large", 20 * megabyte));
    const reader = await new Person(witan).signIn("member, Council of LEP Chairs");
    const slow = await slowly(reader, `/papers/${paper}/file/1`);
    assert.equal(slow.status, 200);
    await reader.send("DELETE", "/api/v1/sessions");
    assert.ok((await slow.rest()) < 20 * megabyte, "it ended before its end");
    const whole = await slowly(scene.member, `/papers/${paper}/file/1`);
    assert.equal(await whole.rest(), 20 * megabyte, "who may read on gets all");

    const open = await Promise.all(Array.from({ length: 16 }, () => slowly(scene.member, `/papers/${paper}/file/1`)));
    assert.ok(open.every((one) => one.status === 200));
    const oneMore = await fileOf(scene.member, paper);
    assert.equal(oneMore.status, 429);
    assert.equal(oneMore.headers["retry-after"], "10");
    assert.equal((await fileOf(scene.secretary, paper)).status, 200, "it is nobody else's affair");
    for (const one of open) one.leave();
    await eventually("there is room again", 40_000, async () => (await fileOf(scene.member, paper)).status === 200);
    reader.leave();
  });

  test("wait for their time by the service's clock, and come by themselves", limit, async () => {
    const soon = new Date(Date.now() + 75_000);
    const uk = (options: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", ...options }).format(soon);
    const day = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/London" }).format(soon);
    const time = uk({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    const paper = await addPaper(scene.secretary, { meeting: scene.meeting, item: item(), title: "Under embargo" }, { not_before: day, not_before_time: time });
    const due = Math.floor(soon.getTime() / 60_000) * 60_000;
    const isShown = async (): Promise<boolean> => (await scene.visitor.send("GET", `/meetings/${scene.meeting}`)).text.includes("Under embargo");
    assert.equal((await fileOf(scene.visitor, paper)).status, 404);
    assert.equal(await isShown(), false);
    await eventually("its time comes", 90_000, async () => (await fileOf(scene.visitor, paper)).status === 200);
    assert.ok(Date.now() >= due, "not before");
    await eventually("it is on the agenda", 5_000, isShown);
  });

  test("are whole or not there, whenever the service is killed", { timeout: 300_000 }, async () => {
    const content = pdf("Killed", 4 * megabyte);
    for (let round = 0; round < 6; ++round) {
      const upload = await begin(scene.secretary, scene.meeting, content);
      const id = newId();
      const killing = (async () => {
        await new Promise((done) => setTimeout(done, 20 + Math.random() * 250));
        process.kill(witan.pid("meetings"), "SIGKILL");
      })();
      await eventually("all has arrived", 60_000, async () => {
        const { body } = await scene.secretary.send("GET", `/uploads/${upload}`);
        const from = body["received"];
        if (typeof from !== "number") return false;
        if (from < content.length) await put(scene.secretary, upload, from, content.subarray(from, from + 512 * 1024));
        return from === content.length;
      });
      await killing;
      const second = round % 2 === 0 ? 0 : 30;
      const title = `Killed, round ${round}`;
      const adding = scene.secretary.command("meetings.add_paper", { meeting: scene.meeting, item: item(), title, upload }, id);
      await new Promise((done) => setTimeout(done, second));
      process.kill(witan.pid("meetings"), "SIGKILL");
      const { result } = await adding;
      await eventually("it is there", 30_000, async () => (await fileOf(scene.visitor, result["paper"] ?? "")).text === content.toString("utf8"));
      const { entities } = await scene.secretary.view(`meetings/${scene.meeting}`);
      const papers = (entities[`agenda/${item()}`]?.["papers"] ?? []) as { title: string }[];
      assert.equal(papers.filter((one) => one.title === title).length, 1, "once");
    }
  });

  test("are nowhere on the disk as they are read", limit, async () => {
    const word = "canarybytesofapaper";
    await paperOn(closed, "Encrypted", pdf(word, megabyte));
    for (const name of ["meetings.sqlite", "meetings.sqlite-wal"]) assert.ok(!readFileSync(join(witan.data, name)).includes(word), name);
  });

  test("take little of the service's memory, however large they are", limit, async () => {
    const status = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${witan.pid("meetings")}/status`, "utf8"))?.[1]) / 1024;
    const peak = (): number => status("VmHWM");
    // A sanitizer keeps what was freed, to catch its use. Its shadow of the address space, terabytes wide, gives it away.
    const isMeasurable = status("VmSize") < 1024 * 1024;
    const small = await paperOn(item(), "Small", pdf("small", 600 * 1024));
    await fileOf(scene.visitor, small);
    const before = peak();
    const content = pdf("Large", 25 * megabyte);
    const sent = await sendForm(scene.secretary, "meetings.add_paper", { meeting: scene.meeting, item: item(), title: "Large" }, { name: "a.pdf", content });
    assert.equal(sent.status, 303, sent.text);
    const page = await scene.visitor.send("GET", `/meetings/${scene.meeting}`);
    const [, href] = /href="(\/papers\/\w+\/file\/1)">Large \(/.exec(page.text) ?? assert.fail("it is not there");
    assert.equal((await scene.visitor.send("GET", href ?? "")).text.length, content.length);
    if (isMeasurable) assert.ok(peak() - before <= 16, `${(peak() - before).toFixed(1)} MiB more`);
    const tooLarge = await sendForm(scene.secretary, "meetings.add_paper", { meeting: scene.meeting, item: item(), title: "Too large" }, { name: "a.pdf", content: pdf("x", 25 * megabyte + 1) });
    assert.equal(tooLarge.status, 422);
    assert.match(tooLarge.text, /larger than 25 MB/);
  });

  // What the confined program takes out of a file, from the upload to the page.
  test("can be read as text on a page, by whoever may download them, once they were looked through", limit, async () => {
    const content = pdfOfPages(["The regions make more than they made before the\nreport, and the rest is to follow in the autumn\nof this year.", "Second <b>page</b> of Growth & Hubs"]);
    const paper = await paperOn(closed, "Appointments to come", content);
    const page = `/papers/${paper}/read/1`;
    const before = reads();
    // One before it may take its ten seconds.
    await eventually("it was looked through", 90_000, async () => (await scene.secretary.send("GET", page)).status === 200);
    const text = await scene.secretary.send("GET", page);
    assert.equal(text.headers["cache-control"], "no-store");
    assert.match(text.text, /<p>The regions make more than they made before the\nreport, and the rest is to follow in the autumn\nof this year\.<\/p>/, "lines run on");
    assert.match(text.text, /id="page-2">Page 2<\/h2>\s*<p>Second &lt;b&gt;page&lt;\/b&gt; of Growth &amp; Hubs<\/p>/);
    assert.ok(reads() > before, "that it was read is on record");
    const agenda = await scene.secretary.send("GET", `/meetings/${scene.meeting}`);
    assert.match(agenda.text, new RegExp(`Appointments to come \\(PDF, \\d KB, 2 pages\\)[\\s\\S]*href="${page}"`));
    assert.equal((await scene.visitor.send("GET", page)).status, 404);
    assert.equal((await scene.secretary.send("GET", `/papers/${paper}/read/2`)).status, 404);
    assert.equal((await scene.secretary.send("POST", page, "")).status, 405);
    await scene.secretary.command("meetings.withdraw_paper", { paper, reason: "Sent in error" });
    assert.equal((await scene.secretary.send("GET", page)).status, 404);
  });

  test("are looked through after all when the service dies meanwhile", limit, async () => {
    const paper = await paperOn(item(), "Looked through later", pdfOfPages(Array.from({ length: 400 }, (_, n) => `Page ${n} of a long paper`)));
    process.kill(witan.pid("meetings"), "SIGKILL");
    await eventually("it was looked through", 60_000, async () => {
      const answer = await scene.visitor.send("GET", `/papers/${paper}`);
      return answer.text.includes("400 pages");
    });
    assert.match((await scene.visitor.send("GET", `/papers/${paper}/read/1`)).text, /Page 399 of a long paper/);
    assert.equal(query(witan, "meetings", `SELECT count(*) AS n FROM events WHERE type = 'paper_looked_through' AND aggregate = 'paper/${paper}'`)[0]?.["n"], 1, "once");
  });

  test("can be written in the form in place of a file, and changed where they are read", limit, async () => {
    const form = { meeting: scene.meeting, item: item(), title: "Written here", form: `paper-${item()}`, on_page: `/meetings/${scene.meeting}/agenda`, return_to: `/meetings/${scene.meeting}` };
    const words = "# What we ask\n\nThe council is *asked* to agree.\n\n- money\n- people\n";
    const sent = await sendWritten(scene.secretary, "meetings.add_paper", form, words);
    assert.equal(sent.status, 303, sent.text);
    const agenda = await scene.visitor.send("GET", `/meetings/${scene.meeting}`);
    const [, paper = ""] = /href="\/papers\/(\w+)\/file\/1">Written here \(Text, 1 KB\)/.exec(agenda.text) ?? assert.fail(agenda.text);
    const page = await scene.visitor.send("GET", `/papers/${paper}/read/1`);
    assert.match(page.text, /<h2 class="govuk-heading-m">What we ask<\/h2>[\s\S]*<p>The council is <em>asked<\/em> to agree\.<\/p>[\s\S]*<li>money<\/li>/);
    assert.doesNotMatch(page.text, /Change the text/);
    const file = await fileOf(scene.visitor, paper);
    assert.deepEqual([file.text, file.headers["content-type"]], [words, "text/markdown; charset=utf-8"]);
    assert.match(String(file.headers["content-disposition"]), /filename="Written here\.md"/);
    const reading = await scene.secretary.send("GET", `/papers/${paper}/read/1`);
    assert.match(reading.text, /Change the text[\s\S]*name="text" rows="15" required># What we ask/);
    const changed = await sendWritten(scene.secretary, "meetings.add_paper_version", { meeting: scene.meeting, paper, what_changed: "More money", return_to: `/papers/${paper}/read/{version}` }, `${words}\nAnd more money.`);
    assert.deepEqual([changed.status, changed.headers.location], [303, `/papers/${paper}/read/2`]);
    assert.match((await scene.visitor.send("GET", `/papers/${paper}/read/2`)).text, /And more money/);
    assert.match((await scene.visitor.send("GET", `/papers/${paper}/read/1`)).text, /Read the newest version/);
  });

  test("that are written and refused are shown again with every word", limit, async () => {
    const form = { meeting: scene.meeting, item: item(), title: "x", form: `paper-${item()}`, on_page: `/meetings/${scene.meeting}/agenda` };
    const refused = await sendWritten(scene.secretary, "meetings.add_paper", form, "Words that took an hour");
    assert.equal(refused.status, 422);
    assert.match(refused.text, />Words that took an hour<\/textarea>/);
    const expired = await sendForm(scene.secretary, "meetings.add_paper", { ...form, title: "Too old", text: "Words that took two hours" }, { name: "", content: Buffer.alloc(0) }, "another token");
    assert.equal(expired.status, 403);
    assert.match(expired.text, />Words that took two hours<\/textarea>/);
    const ringing = await sendWritten(scene.secretary, "meetings.add_paper", { ...form, title: "It rings" }, "a\u0007b");
    assert.equal(ringing.status, 422);
    assert.match(ringing.text, /The text has characters that cannot be shown/);
    const both = await sendForm(scene.secretary, "meetings.add_paper", { ...form, title: "Both", text: "Words" }, { name: "a.pdf", content: pdf("Both") });
    assert.equal(both.status, 422);
    assert.match(both.text, /Choose a file, or write the text, not both/);
    const long = await sendWritten(scene.secretary, "meetings.add_paper", { ...form, title: "Too long" }, "a".repeat(256 * 1024 + 1));
    assert.equal(long.status, 422, long.text.slice(0, 300));
    assert.match(long.text, /longer than 256 KB/);
    assert.deepEqual(query(witan, "meetings", "SELECT id FROM file_streams WHERE address IS NULL"), []);
  });
});
