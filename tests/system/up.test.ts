// Starting and stopping the programs as they are shipped: what a person who runs Witan sees.
import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { heads } from "./support/database.ts";
import { Person } from "./support/http.ts";
import { eventually } from "./support/wait.ts";
import { isAlive, parts, temporaryFolder, Witan, type Options } from "./support/witan.ts";

const limit = { timeout: 60_000 };
const started: Witan[] = [];
let witan: Witan;

/// What a copy that has to refuse says.
async function refusal(options: Options): Promise<string> {
  const refused = Witan.launch(options);
  started.push(refused);
  assert.equal(await refused.exitCode(), 1);
  return refused.said;
}

before(async () => {
  witan = await Witan.start({ fresh: true });
  started.push(witan);
});
after(() => Promise.all(started.map((one) => one.stop())));

test("each part that dies is started again, the log says so, and people can go on", limit, async () => {
  const secretary = await new Person(witan).signIn("secretary, Council of LEP Chairs");
  for (const part of parts) {
    const pid = witan.pid(part);
    process.kill(pid, "SIGKILL");
    await eventually(`${part} runs again`, 15_000, () => witan.pid(part) > 0 && witan.pid(part) !== pid);
    const isOk = async (path: string): Promise<boolean> => (await secretary.send("GET", path)).status === 200;
    await eventually(`ready without the old ${part}`, 20_000, () => isOk("/readyz"));
    await eventually(`people can read again after ${part}`, 10_000, () => isOk("/api/v1/views/bodies"));
    assert.match(witan.file("log/supervisor.log"), new RegExp(`"event":"restarting","part":"${part}"`));
    assert.match(witan.said, new RegExp(`${part} ended \\(signal 9\\) and is started again`));
  }
  secretary.leave();
});

test("a second copy on the same folder is refused in one sentence", limit, async () => {
  const said = await refusal({ data: witan.data });
  assert.match(said, /^witan: the data folder \S+ is in use by another copy of Witan; stop it, or choose another with --data DIR\n$/);
  assert.ok(witan.pids().every(isAlive));
});

test("a port in use is refused in one sentence", limit, async () => {
  const said = await refusal({ port: witan.port });
  assert.equal(said, `witan: port ${witan.port} on 127.0.0.1 is in use or not allowed; choose another with --port N\n`);
});

test("a setting that no program knows is refused in one sentence", limit, async () => {
  assert.equal(await refusal({ settings: ["gateway.colour=red"] }), "witan: gateway has no configuration key 'colour'; infra/config.md lists them\n");
  assert.equal(await refusal({ settings: ["all.colour=red"] }), "witan: no program has a configuration key 'colour'\n");
});

test("a value out of range is refused in one sentence that names the key", limit, async () => {
  const said = await refusal({ settings: ["gateway.body_bytes_max=1"] });
  assert.match(said, /body_bytes_max/);
  assert.doesNotMatch(said, /ready/);
});

test("copies with other ports and folders run side by side and know nothing of each other", limit, async () => {
  const other = await Witan.start({ fresh: true });
  started.push(other);
  assert.notEqual(other.port, witan.port);
  const [here, there] = [await new Person(witan).signIn("secretary, Council of LEP Chairs"), await new Person(other).signIn("secretary, Council of LEP Chairs")];
  const before = heads(witan);
  const { entities } = await there.view("bodies");
  const council = Object.values(entities).find((body) => body["name"] === "Council of LEP Chairs");
  await there.command("directory.create_seat", { body: String(council?.["body"]), title: "A seat of the other copy", role: "member" });
  assert.deepEqual(heads(witan), before);
  there.cookie = here.cookie;
  const foreign = await there.try("directory.create_seat", { body: String(council?.["body"]), title: "Not mine", role: "member" });
  assert.equal(foreign.status, 401);
  for (const person of [here, there]) person.leave();
  await other.stop();
});

test("accounts are for their owner's eyes only", () => {
  assert.equal(statSync(join(witan.data, "demo-accounts.json")).mode & 0o777, 0o600);
});

test("SIGTERM leaves no process behind, and the next start finds everything", limit, async () => {
  const pids = witan.pids();
  assert.equal(pids.length, parts.length);
  const before = heads(witan);
  witan.signal("SIGTERM");
  assert.equal(await witan.exitCode(15_000), 0);
  assert.ok(!pids.some(isAlive));
  assert.doesNotMatch(witan.file("log/bus.log"), /Violation/, "nobody tried what the bus forbids them");
  const begun = Date.now();
  const again = await Witan.start({ data: witan.data });
  started.push(again);
  assert.ok(Date.now() - begun < 10_000, "ready in under ten seconds");
  assert.deepEqual(heads(again), before);
  assert.deepEqual(again.logged("error").filter((line) => !line.includes('"event":"restarting"')), []);
});

test("an empty folder stays empty when asked", limit, async () => {
  const empty = await Witan.start({ data: join(temporaryFolder(), "deep", "er"), steps: "none" });
  started.push(empty);
  assert.deepEqual(Object.values(heads(empty)), [1, 0, 0, 0], "only the link for whoever is to be the administrator");
  const link = /^open this page once, within seven days, to become the administrator: (\S+)$/m.exec(empty.said)?.[1] ?? "";
  assert.equal(new URL(link).origin, empty.origin);
  assert.match(await (await fetch(link)).text(), /Become the administrator/);
  assert.equal(empty.file("demo-accounts.json"), "");
});
