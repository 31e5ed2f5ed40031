// Kills every process again and again while people work, then holds what they were told against what is there.
// WITAN_SEED repeats a run's choices; WITAN_KILL_ROUNDS makes it longer.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, test } from "node:test";

import { rows } from "./support/database.ts";
import { hasEverybodyHeardDirectory, isAllPublished } from "./support/figures.ts";
import { Journal, type Entry } from "./support/journal.ts";
import { faultsInEffects, faultsInLogs } from "./support/ledger.ts";
import { Load } from "./support/load.ts";
import { Random } from "./support/random.ts";
import { Reader } from "./support/reader.ts";
import { leave, makeScene, type Scene } from "./support/scene.ts";
import { eventually, pause } from "./support/wait.ts";
import { parts, temporaryFolder, Witan, type Part, type Service } from "./support/witan.ts";

const seed = Number(process.env["WITAN_SEED"] ?? Date.now() % 1_000_000_000);
const rounds = Number(process.env["WITAN_KILL_ROUNDS"] ?? 3);
const random = new Random(seed);
const clients = 8;
const settings = [
  "gateway.http_requests_per_minute_signed_in=1000000",
  "gateway.http_requests_per_minute_anonymous=1000000",
  "gateway.command_timeout_ms=2000",
  "consultations.comments_per_minute=0",
  "consultations.comments_per_day=0",
];

/// Each part once in a round, in an order of its own, at moments of its own.
async function killEverything(witan: Witan, readers: Reader[]): Promise<Part[]> {
  const killed: Part[] = [];
  for (let round = 0; round < rounds; ++round) {
    for (const part of random.shuffled(parts)) {
      await pause(random.between(100, 1500));
      await eventually(`${part} runs`, 15_000, () => witan.pid(part) > 0);
      process.kill(witan.pid(part), "SIGKILL");
      killed.push(part);
      if (random.next() < 0.5) random.one(readers).cut();
    }
  }
  return killed;
}

interface Watched {
  topic: string;
  service: Service;
  reader: Reader;
}

function watch(witan: Witan, scene: Scene): { readers: Reader[]; watched: Watched[] } {
  const publicTopics = [
    { topic: `meetings/${scene.meeting}`, service: "meetings" },
    { topic: `groups/${scene.group}`, service: "advisory" },
    { topic: `drafts/${scene.consultation}/1`, service: "consultations" },
    { topic: scene.thread, service: "consultations" },
    { topic: `bodies/${scene.council}`, service: "directory" },
  ] as const;
  const entries = { topic: `engagements/${scene.group}`, service: "advisory" } as const;
  const seen = [scene.visitor, scene.secretary, scene.champion, scene.member].map((person) => {
    const topics = person === scene.champion ? [...publicTopics, entries] : publicTopics;
    const reader = new Reader(witan, person.cookie, topics.map(({ topic }) => topic));
    return { reader, watched: topics.map((about) => ({ ...about, reader })) };
  });
  return { readers: seen.map(({ reader }) => reader), watched: seen.flatMap(({ watched }) => watched) };
}

/// The person's own GET, the socket that came back again and again, and the service's rows are one and the same.
async function sameEverywhere(witan: Witan, scene: Scene, readers: Reader[], watched: Watched[]): Promise<void> {
  const people = [scene.visitor, scene.secretary, scene.champion, scene.member];
  for (const { topic, service, reader } of watched) {
    const person = people[readers.indexOf(reader)];
    assert.ok(person);
    const view = await person.view(topic);
    await eventually(`${topic} arrives at the reader`, 10_000, () => reader.held.get(topic)?.version === view.version);
    assert.deepEqual(reader.held.get(topic)?.entities, view.entities, `${topic} as followed by socket`);
    assert.deepEqual(rows(witan, service, topic, view.audience), view.entities, `${topic} as the service keeps it`);
  }
}

/// Every comment of the thread, on whichever of its pages.
async function saidIn(scene: Scene): Promise<{ [key: string]: { [field: string]: unknown } }> {
  const said: { [key: string]: { [field: string]: unknown } } = {};
  for (let page = 1, more = true; more; page += 1) {
    const { entities } = await scene.member.view(page === 1 ? scene.thread : `${scene.thread}-${page}`);
    Object.assign(said, entities);
    more = entities[`paragraph/${scene.block}`]?.["has_next"] === true;
  }
  return said;
}

async function effects(scene: Scene, entries: Entry[]): Promise<string[]> {
  return [
    ...faultsInEffects(entries, "advisory", "organisation", await scene.champion.list(`engagements/${scene.group}`)),
    ...faultsInEffects(entries, "consultations", "text", await saidIn(scene)),
    ...faultsInEffects(entries, "directory", "title", (await scene.secretary.view(`bodies/${scene.council}`)).entities),
  ];
}

/// Ready means that nobody has been silent for long; whoever was killed last may still be coming back.
async function canBeRead(scene: Scene, watched: Watched[]): Promise<void> {
  await eventually("every part can be read", 20_000, async () => {
    const answers = await Promise.all(watched.map(({ topic }) => scene.champion.send("GET", `/api/v1/views/${topic}`)));
    return answers.every(({ status }) => status === 200);
  });
}

const started: Witan[] = [];
after(() => Promise.all(started.map((witan) => witan.stop())));

test("no acknowledged command is lost or doubled when every process is killed", { timeout: 180_000 }, async (t) => {
  t.diagnostic(`WITAN_SEED=${seed}`);
  const witan = await Witan.start({ steps: "demo", settings });
  started.push(witan);
  const scene = await makeScene(witan);
  const { readers, watched } = watch(witan, scene);
  const journal = new Journal(join(temporaryFolder(), "journal"));
  const load = new Load(scene, journal, random);
  const working = Array.from({ length: clients }, (_, n) => load.client(`s${seed}-c${n}`));
  const killed = await killEverything(witan, readers);
  await pause(500);
  load.isOver = true;
  await Promise.all(working);
  const entries = journal.entries();
  t.diagnostic(`${killed.length} kills, ${entries.length} commands, ${load.acknowledged} acknowledged, ${load.repeated} repeats`);

  assert.deepEqual(load.faults.slice(0, 10), []);
  assert.ok(load.acknowledged > 100 && load.repeated > 0, "the kills met the work");
  await eventually("Witan is ready again", 15_000, async () => (await scene.visitor.send("GET", "/readyz")).status === 200);
  await eventually("every event is on the bus", 30_000, () => isAllPublished(witan));
  await eventually("everybody has heard directory", 30_000, () => hasEverybodyHeardDirectory(witan));
  assert.deepEqual(faultsInLogs(witan, entries), []);
  await canBeRead(scene, watched);
  // Once more, while all is there: on a slow machine somebody may have come back only to what had just been killed.
  const before = readers.map(({ resumed }) => resumed);
  for (const reader of readers) reader.cut();
  await eventually("every reader has resumed", 20_000, () => readers.every(({ resumed }, each) => resumed > (before[each] ?? 0)));
  assert.deepEqual(await effects(scene, entries), []);
  await sameEverywhere(witan, scene, readers, watched);
  assert.deepEqual(readers.flatMap((reader) => reader.faults), []);
  assert.ok(readers.every(({ connections }) => connections > rounds), "the readers came back");

  const log = witan.file("log/supervisor.log");
  for (const part of parts) assert.match(log, new RegExp(`"event":"restarting","part":"${part}"`));
  await Promise.all(readers.map((reader) => reader.leave()));
  leave(scene);
});
