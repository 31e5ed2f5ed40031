// The bus stands still, refuses, or loses its store; the disk is full. People are told, and all heals by itself.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, statfsSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";

import { heads, number, rows } from "./support/database.ts";
import { hasEverybodyHeardDirectory, isAllPublished, unpublished } from "./support/figures.ts";
import { newId, Person, type Answer, type CommandReply, type JsonObject } from "./support/http.ts";
import { Reader } from "./support/reader.ts";
import { leave, makeScene, type Scene } from "./support/scene.ts";
import { eventually, pause } from "./support/wait.ts";
import { services, temporaryFolder, Witan } from "./support/witan.ts";

const limit = { timeout: 90_000 };
const isRoot = process.getuid?.() === 0;
const skip = isRoot ? false : "SKIPPED: only root may mount a small disk; run this as root to see it";
const started: Witan[] = [];
const mounted: string[] = [];

after(async () => {
  await Promise.all(started.map((witan) => witan.stop()));
  for (const folder of mounted) execFileSync("umount", [folder]);
});

/// A disk of so many megabytes.
function smallDisk(folder: string, megabytes: number): string {
  mkdirSync(folder, { recursive: true });
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", folder]);
  mounted.push(folder);
  return folder;
}

/// Takes all the room that is left. What is written between the look and the taking has taken some of it.
function fill(folder: string, tries = 5): void {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail === 0) return;
  try {
    execFileSync("fallocate", ["-l", String(bavail * bsize), join(folder, "filler")]);
  } catch (full) {
    if (tries === 1) throw full;
    fill(folder, tries - 1);
  }
}

async function start(data = temporaryFolder()): Promise<{ witan: Witan; scene: Scene }> {
  const settings = ["gateway.command_timeout_ms=1500", "gateway.http_requests_per_minute_signed_in=1000000"];
  const witan = await Witan.start({ data, settings });
  started.push(witan);
  return { witan, scene: await makeScene(witan) };
}

async function end(witan: Witan, scene: Scene): Promise<void> {
  leave(scene);
  await witan.stop();
}

const engagement = (scene: Scene, organisation: string, said = "We were heard."): JsonObject => ({
  ...{ group: scene.group, organisation, kind: "business", sector: "Robotics", area: "Nowhere", heard_on: "2018-06-01" },
  ...{ channel: "visit", said },
});

const log = (scene: Scene, organisation: string, id = newId(), said?: string): Promise<Answer> =>
  scene.champion.try("advisory.log_engagement", engagement(scene, organisation, said), id);

function isProblem(answer: Answer, status: number, code: string): void {
  assert.equal(`${answer.status} ${String(answer.body["code"])}`, `${status} ${code}`, answer.text);
  assert.equal(answer.headers["content-type"], "application/problem+json");
}

/// What holds while the bus does not work: commands are saved, once, and others see them soon, on sockets as on pages.
async function worksWithoutTheBus(witan: Witan, scene: Scene, reader: Reader, organisation: string): Promise<string> {
  const id = newId();
  const begun = Date.now();
  const answer = await log(scene, organisation, id);
  assert.equal(answer.status, 200, answer.text);
  assert.ok(Date.now() - begun < 1_500, `answered after ${Date.now() - begun} ms`);
  assert.deepEqual((await log(scene, organisation, id)).body, answer.body, "the same id, the same answer");
  assert.equal(number(witan, "advisory", `SELECT count(*) FROM events WHERE command_id = '${id}'`), 1);
  const view = await scene.champion.view(`engagements/${scene.group}`);
  assert.ok(Object.values(view.entities).some((row) => row["organisation"] === organisation), "the page shows it at once");
  const isSeen = () => reader.held.get(`engagements/${scene.group}`)?.version === view.version;
  await eventually("the reader's socket has it", 5_000, isSeen);
  assert.deepEqual(reader.held.get(`engagements/${scene.group}`)?.entities, view.entities);
  assert.equal(reader.connections, 1, "the socket stays");
  return id;
}

test("while the bus stands still commands are saved and seen all the same", limit, async () => {
  const { witan, scene } = await start();
  const reader = new Reader(witan, scene.champion.cookie, [`engagements/${scene.group}`]);
  await eventually("the reader holds the log", 5_000, () => reader.held.size === 1);
  const bus = witan.pid("bus");
  process.kill(bus, "SIGSTOP");
  try {
    await worksWithoutTheBus(witan, scene, reader, "Heard in silence");
  } finally {
    process.kill(bus, "SIGCONT");
  }
  await eventually("every event is on the bus", 15_000, () => isAllPublished(witan));
  assert.deepEqual(reader.faults, []);
  await reader.leave();
  await end(witan, scene);
});

test("while there is no bus commands are saved and say that others will see them shortly, and all follows when it is back", limit, async () => {
  const { witan, scene } = await start();
  const reader = new Reader(witan, scene.champion.cookie, [`engagements/${scene.group}`]);
  await eventually("the reader holds the log", 5_000, () => reader.held.size === 1);
  const bus = witan.pid("bus");
  witan.signal("SIGSTOP"); // or the supervisor would start another at once
  try {
    process.kill(bus, "SIGKILL");
    await eventually("the loss is noticed", 5_000, async () => {
      const answer = await log(scene, "Heard as the bus went");
      assert.equal(answer.status, 200, answer.text);
      return (answer.body as unknown as CommandReply).others_later;
    });
    // Longer than the gateway would trust what it knows of people's rights without word from directory.
    for (const begun = Date.now(); Date.now() - begun < 7_000; ) await worksWithoutTheBus(witan, scene, reader, `Heard at ${Date.now()}`);
    const another = await new Person(witan).signIn("champion, Future of mobility advisory group");
    another.leave();
  } finally {
    witan.signal("SIGCONT");
  }
  await eventually("the bus is back", 15_000, () => witan.pid("bus") !== bus);
  await eventually("every event is on the bus", 15_000, () => isAllPublished(witan));
  await eventually("others see at once again", 10_000, async () => (await log(scene, "Heard with a bus")).body["others_later"] === false);
  const view = await scene.champion.view(`engagements/${scene.group}`);
  await eventually("the reader has it", 5_000, () => reader.held.get(`engagements/${scene.group}`)?.version === view.version);
  assert.deepEqual(reader.faults, []);
  await reader.leave();
  await end(witan, scene);
});

test("while directory is silent nobody acts on rights that may be gone, and all goes on when it is back", limit, async () => {
  const { witan, scene } = await start();
  const directory = witan.pid("directory");
  process.kill(directory, "SIGSTOP");
  try {
    await eventually("commands are refused", 15_000, async () => (await log(scene, "Heard while rights were fresh")).status === 503);
    const before = heads(witan)["advisory"];
    isProblem(await log(scene, "Heard without rights"), 503, "rights_unknown");
    assert.equal(heads(witan)["advisory"], before);
    isProblem(await scene.champion.send("GET", `/api/v1/views/engagements/${scene.group}`), 503, "rights_unknown");
    assert.equal((await scene.visitor.send("GET", "/api/v1/views/groups")).status, 200, "what everyone may see goes on");
  } finally {
    process.kill(directory, "SIGCONT");
  }
  await eventually("saving goes on", 15_000, async () => (await log(scene, "Heard again")).status === 200);
  await end(witan, scene);
});

test("when the bus loses its store while running it is filled again and nothing is skipped", limit, async () => {
  const { witan, scene } = await start();
  await eventually("every event is on the bus", 15_000, () => isAllPublished(witan));
  await pause(2500);   // the supervisor looks once a second, and misses only what it has seen
  rmSync(join(witan.data, "bus", "jetstream"), { recursive: true, force: true, maxRetries: 10, retryDelay: 20 });   // the bus writes meanwhile
  for (let n = 0; n < 5; ++n) {
    const id = newId();
    const seat = { body: scene.council, title: `Seat made meanwhile ${n}`, role: "member" };
    await eventually("a seat is made", 15_000, async () => (await scene.secretary.try("directory.create_seat", seat, id)).status === 200);
  }
  await eventually("the bus was started afresh", 15_000, () => witan.file("log/supervisor.log").includes("bus_store_lost"));
  await eventually("every event is on the bus", 20_000, () => isAllPublished(witan));
  await eventually("everybody has heard directory", 20_000, () => hasEverybodyHeardDirectory(witan));
  for (const service of services) assert.equal(number(witan, service, "SELECT count(*) FROM parked"), 0);
  await end(witan, scene);
});

test("while the bus takes no events commands are saved and seen, and the events follow when there is room", { ...limit, skip }, async () => {
  const data = temporaryFolder();
  const bus = smallDisk(join(data, "bus"), 16);
  const { witan, scene } = await start(data);
  const reader = new Reader(witan, scene.champion.cookie, [`engagements/${scene.group}`]);
  await eventually("the reader holds the log", 5_000, () => reader.held.size === 1);
  await eventually("every event is on the bus", 15_000, () => isAllPublished(witan));
  fill(bus);
  // What the server has open may take a little more.
  await eventually("the bus refuses events", 30_000, async () => {
    const answer = await log(scene, "Heard while events wait", newId(), "x".repeat(3900));
    assert.equal(answer.status, 200, answer.text);
    return (answer.body as unknown as CommandReply).others_later;
  });
  assert.ok(((await unpublished(witan))["advisory"] ?? 0) > 0);
  for (const { status } of [await log(scene, "Heard while events wait"), await scene.visitor.send("GET", "/groups")]) assert.equal(status, 200);
  const view = await scene.champion.view(`engagements/${scene.group}`);
  await eventually("the reader sees what was saved", 5_000, () => reader.held.get(`engagements/${scene.group}`)?.version === view.version);
  rmSync(join(bus, "filler"));
  await eventually("every event is on the bus", 30_000, () => isAllPublished(witan));
  const later = await log(scene, "Heard with room");
  assert.equal(later.body["others_later"], false, later.text);
  assert.deepEqual(reader.faults, []);
  await reader.leave();
  await end(witan, scene);
});

test("with a full disk nothing is saved and reading goes on; with room again, without a restart, saving goes on too", { ...limit, skip }, async () => {
  const data = smallDisk(temporaryFolder(), 64);
  const { witan, scene } = await start(data);
  const reader = new Reader(witan, scene.champion.cookie, [`engagements/${scene.group}`]);
  await eventually("the reader holds the log", 5_000, () => reader.held.size === 1);
  const pids = [...services.map((service) => witan.pid(service)), witan.pid("gateway")];
  fill(data);
  let refused: Answer | undefined;
  const id = newId();
  await eventually("there is no room", 30_000, async () => {
    const answer = await log(scene, "Heard on a full disk", id, "x".repeat(3900));
    if (answer.status === 200) await log(scene, "Fills the rest", newId(), "x".repeat(3900));
    refused = answer.status === 200 ? await log(scene, "Fills the rest", newId(), "x".repeat(3900)) : answer;
    return refused.status !== 200;
  });
  assert.ok(refused);
  isProblem(refused, 507, "storage_full");
  assert.equal(refused.body["may_retry"], true);
  const before = heads(witan);
  isProblem(await log(scene, "Also refused"), 507, "storage_full");
  assert.deepEqual(heads(witan), before);

  const view = await scene.champion.view(`engagements/${scene.group}`);
  assert.deepEqual(view.entities, rows(witan, "advisory", `engagements/${scene.group}`, "member"));
  assert.equal((await scene.visitor.send("GET", "/groups")).status, 200);
  assert.equal(reader.connections, 1, "the socket stays");

  rmSync(join(data, "filler"));
  await eventually("saving goes on", 10_000, async () => (await log(scene, "Heard with room")).status === 200);
  assert.deepEqual([...services.map((service) => witan.pid(service)), witan.pid("gateway")], pids, "without a restart");
  await eventually("every event is on the bus", 30_000, () => isAllPublished(witan));
  await reader.leave();
  await end(witan, scene);
});
