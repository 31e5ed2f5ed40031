// All papers of a meeting as one download: whose papers, whole or visibly broken, in constant memory.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { query } from "./support/database.ts";
import type { Person } from "./support/http.ts";
import { addPaper, handIn, pdf } from "./support/papers.ts";
import { leave, makeScene, type Scene } from "./support/scene.ts";
import { Witan } from "./support/witan.ts";

const limit = { timeout: 180_000 };
const megabyte = 1024 * 1024;

interface Download {
  status: number;
  promised: number;
  bytes: Buffer;
  headers: { [name: string]: unknown };
}

/// What came, whole or not. `onPiece` is told how much there is so far; nothing more is read before what it returns has come.
async function download(person: Person, path: string, onPiece: (bytes: number) => void | Promise<void> = () => undefined): Promise<Download> {
  return new Promise((done, failed) => {
    const sent = request(`${person.witan.origin}${path}`, { headers: { cookie: person.cookie, accept: "text/html" }, agent: false }, (answer) => {
      const pieces: Buffer[] = [];
      let size = 0;
      answer.on("data", (piece: Buffer) => {
        pieces.push(piece);
        const wait = onPiece((size += piece.length));
        if (!wait) return;
        answer.pause();
        void wait.finally(() => answer.resume());
      });
      const end = (): void => done({ status: answer.statusCode ?? 0, promised: Number(answer.headers["content-length"]), bytes: Buffer.concat(pieces), headers: answer.headers });
      answer.on("close", end);
      answer.on("error", end);
    });
    sent.on("error", failed);
    sent.end();
  });
}

describe("the pack of a meeting", () => {
  let witan: Witan;
  let scene: Scene;
  let folder: string;
  const contents: { [title: string]: Buffer } = {};

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "witan-pack-"));
    witan = await Witan.start({ steps: "demo", settings: ["gateway.http_requests_per_minute_signed_in=1000000", "gateway.packs_per_minute=12", "gateway.downloads_max=2"] });
    scene = await makeScene(witan);
    const { meeting, items, secretary } = scene;
    const { result } = await secretary.command("meetings.add_agenda_item", { meeting, title: "Appointments", kind: "decision", minutes: 5, circulation: "members" });
    const add = async (title: string, item: string, more = {}, bytes = 0): Promise<string> => addPaper(secretary, { meeting, item, title }, more, (contents[title] = pdf(title, bytes)));
    const rail = await add("Rail / roads", items[0] ?? "", {}, 3 * megabyte);
    const upload = await handIn(secretary, meeting, (contents["Rail / roads"] = pdf("Rail, once more")));
    await secretary.command("meetings.add_paper_version", { meeting, paper: rail, upload, what_changed: "The figures" });
    await add("Skills", items[1] ?? "");
    await add("Skills", items[1] ?? "");
    await add("Who is appointed", result["item"] ?? "");
    await add("In time", items[1] ?? "", { not_before: "2099-12-31", late_reason: "Not before the figures" });
    await secretary.command("meetings.announce_paper", { meeting, item: items[1], title: "Growth Hubs" });
  }, limit);
  after(async () => {
    if (scene) leave(scene);
    await witan?.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  const path = (): string => `/meetings/${scene.meeting}/pack.zip`;
  /// The names of the files, as another program reads them, which checks all checksums.
  const opened = (bytes: Buffer): { names: string[]; of: (name: string) => Buffer } => {
    const file = join(folder, "pack.zip");
    writeFileSync(file, bytes);
    execFileSync("unzip", ["-t", "-qq", file]);
    const names = execFileSync("unzip", ["-Z1", file]).toString("utf8").trim().split("\n");
    return { names, of: (name) => execFileSync("unzip", ["-p", file, name], { maxBuffer: 64 * megabyte }) };
  };

  test("has each reader's papers in the order of the agenda, as they were handed in, and an index with their checksums", limit, async () => {
    const forAll = ["01 Rail - roads v2.pdf", "02 Skills v1.pdf", "02 Skills v1 (2).pdf"];
    const ofMembers = readsOfRestricted();
    for (const [person, names] of [[scene.visitor, forAll], [scene.member, [...forAll, `0${scene.items.length + 1} Who is appointed v1.pdf`]]] as const) {
      const { status, promised, bytes, headers } = await download(person, path());
      assert.equal(status, 200);
      assert.equal(bytes.length, promised);
      assert.equal(headers["content-type"], "application/zip");
      assert.equal(headers["cache-control"], "no-store");
      assert.match(String(headers["content-disposition"]), /^attachment; filename="[^"]+ papers\.zip"/);
      const pack = opened(bytes);
      assert.deepEqual(pack.names, [...names, "index.html"]);
      assert.deepEqual(pack.of(names[0] ?? ""), contents["Rail / roads"], "the newest version");
      const index = pack.of("index.html").toString("utf8");
      for (const name of names) assert.ok(index.includes(createHash("sha256").update(pack.of(name)).digest("hex")), name);
      assert.match(index, /Growth Hubs: to follow/);
      assert.equal(index.includes("Who is appointed"), person === scene.member);
      assert.doesNotMatch(index, /In time/, "what waits for its time is staff's");
    }
    assert.equal(readsOfRestricted(), ofMembers + 1, "that the member read it is on record");
    assert.ok(opened((await download(scene.secretary, path())).bytes).names.includes("02 In time v1.pdf"));
  });
  const readsOfRestricted = (): number => query(witan, "meetings", "SELECT count(*) AS n FROM events WHERE type = 'paper_read'")[0]?.["n"] as number;

  test("is not there where the meeting is not, and says so where there is nothing for the reader", limit, async () => {
    const { result } = await scene.secretary.command("meetings.schedule_meeting", { body: scene.council, title: "Later", date: "2030-01-15", starts: "10:00", ends: "12:00", place: "Here" });
    const draft = `/meetings/${result["meeting"]}/pack.zip`;
    for (const [person, address] of [[scene.visitor, draft], [scene.member, draft], [scene.visitor, `/meetings/${"a".repeat(26)}/pack.zip`], [scene.visitor, "/meetings/x/pack.zip"]] as const) {
      assert.equal((await download(person, address)).status, 404, address);
    }
    const empty = opened((await download(scene.secretary, draft)).bytes);
    assert.deepEqual(empty.names, ["index.html"]);
    assert.match(empty.of("index.html").toString("utf8"), /There was no paper/);
  });

  /// A meeting with five papers of 20 MiB each.
  const long = { meeting: "", item: "", papers: [] as string[] };
  const longPack = (): string => `/meetings/${long.meeting}/pack.zip`;
  before(async () => {
    const { secretary } = scene;
    const { result } = await secretary.command("meetings.schedule_meeting", { body: scene.council, title: "A long one", date: "2030-02-15", starts: "10:00", ends: "12:00", place: "Here" });
    long.meeting = result["meeting"] ?? "";
    long.item = (await secretary.command("meetings.add_agenda_item", { meeting: long.meeting, title: "Everything", kind: "note", minutes: 5 })).result["item"] ?? "";
    for (let n = 0; n < 5; ++n) long.papers.push(await addPaper(secretary, { meeting: long.meeting, item: long.item, title: `Large ${n}` }, {}, pdf(`Large ${n}`, 20 * megabyte)));
  }, limit);

  test("takes no more memory the longer it is", limit, async () => {
    const { secretary } = scene;
    const resident = (): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${witan.pid("gateway")}/status`, "utf8"))?.[1]) / 1024;
    await download(secretary, path());
    const before = resident();
    let most = before;
    let next = 0;
    const { bytes, promised } = await download(secretary, longPack(), (size) => {
      if (size < next) return;
      next = size + megabyte;
      most = Math.max(most, resident());
    });
    assert.equal(bytes.length, promised);
    assert.ok(bytes.length > 100 * megabyte);
    assert.ok(process.env["WITAN_PROGRAMS"]?.includes("asan") || most - before <= 16, `${before.toFixed(1)} MiB before, ${most.toFixed(1)} MiB at most`);
  });

  test("is one download, and breaks off where a paper may not be read any more", limit, async () => {
    const { secretary } = scene;
    let isWithdrawn = false;
    let single = 0;
    const broken = await download(secretary, longPack(), (size) => {
      if (isWithdrawn || size < megabyte) return undefined;
      isWithdrawn = true;
      return (async () => {
        single = (await download(secretary, `/papers/${long.papers[0]}/file/1`)).status;
        await secretary.command("meetings.withdraw_paper", { paper: long.papers[4], reason: "Wrong figures" });
      })();
    });
    assert.equal(single, 200, "beside the pack there is room for one more file");
    assert.ok(isWithdrawn && broken.bytes.length < broken.promised, "it is seen that not all has come");
    assert.equal(broken.bytes.includes("Large 4"), false);
    const again = opened((await download(secretary, longPack())).bytes);
    assert.equal(again.names.length, 5);
    assert.match(again.of("index.html").toString("utf8"), /Large 4: withdrawn/);
  });

  test("can be asked for so many times a minute, each by their own limit", limit, async () => {
    let refused: Download | undefined;
    for (let n = 0; n < 20 && !refused; ++n) {
      const got = await download(scene.visitor, path());
      if (got.status === 429) refused = got;
    }
    assert.ok(refused, "there is a limit");
    assert.ok(Number(refused.headers["retry-after"]) > 0);
    assert.match(refused.bytes.toString("utf8"), /too many packs/);
    assert.equal((await download(scene.member, path())).status, 200);
  });

  test("breaks off visibly when its service dies", limit, async () => {
    let isKilled = false;
    const broken = await download(scene.secretary, longPack(), (size) => {
      if (isKilled || size < 5 * megabyte) return;
      isKilled = true;
      process.kill(witan.pid("meetings"), "SIGKILL");
    });
    assert.ok(broken.bytes.length < broken.promised, "it is seen that not all has come");
  });
});
