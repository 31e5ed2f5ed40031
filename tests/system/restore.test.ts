// An operator puts files back from an older backup: nothing that is written afterwards may be taken for old.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";

import { query } from "./support/database.ts";
import { Person } from "./support/http.ts";
import { eventually } from "./support/wait.ts";
import { services, temporaryFolder, Witan } from "./support/witan.ts";

const limit = { timeout: 120_000 };
const started: Witan[] = [];
after(() => Promise.all(started.map((one) => one.stop())));

async function start(data?: string): Promise<Witan> {
  const witan = await Witan.start(data === undefined ? {} : { data });
  started.push(witan);
  return witan;
}

function backUp(witan: Witan, to: string): void {
  for (const service of services) {
    execFileSync("sqlite3", [join(witan.data, `${service}.sqlite`), `VACUUM INTO '${join(to, `${service}.sqlite`)}'`]);
  }
}

function restore(witan: Witan, from: string, service: string): void {
  const file = join(witan.data, `${service}.sqlite`);
  for (const end of ["-wal", "-shm"]) rmSync(file + end, { force: true });
  copyFileSync(join(from, `${service}.sqlite`), file);
}

/// Seats somebody who has a seat already once more; returns the new seat.
async function fillSeat(secretary: Person, title: string): Promise<string> {
  const { entities } = await secretary.view("bodies");
  const body = String(Object.values(entities).find((one) => one["name"] === "Council of LEP Chairs")?.["body"]);
  const [filled] = query(secretary.witan, "directory", "SELECT data ->> 'person' AS person FROM events WHERE type = 'seat_filled' LIMIT 1");
  const person = String(filled?.["person"]);
  const seat = (await secretary.command("directory.create_seat", { body, title, role: "member" })).result["seat"] ?? "";
  await secretary.command("directory.fill_seat", { body, seat, person });
  return seat;
}

const advisoryKnows = (witan: Witan, seat: string): Promise<void> =>
  eventually(`advisory hears of the seat ${seat}`, 15_000, () => {
    return query(witan, "advisory", `SELECT 1 FROM events WHERE type = 'member_joined' AND data LIKE '%${seat}%'`).length > 0;
  });

for (const bus of ["kept", "lost"] as const) {
  test(`what is written after a restore reaches the other services and people, the bus's store being ${bus}`, limit, async () => {
    const before = await start();
    const secretary = await new Person(before).signIn("secretary, Council of LEP Chairs");
    await advisoryKnows(before, await fillSeat(secretary, "Kept"));
    const backup = temporaryFolder();
    backUp(before, backup);
    await advisoryKnows(before, await fillSeat(secretary, "Lost"));
    const { epoch } = await secretary.view("bodies");
    secretary.leave();
    await before.stop();
    restore(before, backup, "directory");
    if (bus === "lost") rmSync(join(before.data, "bus"), { recursive: true });

    const witan = await start(before.data);
    // So much is written before anybody has asked that the log is past again where the others had seen it.
    for (let n = 0; n < 4; ++n) (await new Person(witan).signIn("secretary, Council of LEP Chairs")).leave();
    const again = await new Person(witan).signIn("secretary, Council of LEP Chairs");
    await eventually("a new epoch", 20_000, async () => (await again.view("bodies")).epoch !== epoch);
    assert.match(witan.file("log/directory.log"), /"event":"history_was_cut_back"/);
    await advisoryKnows(witan, await fillSeat(again, "New"));
    assert.match(witan.file("log/advisory.log"), /"event":"history_replaced"/);
    again.leave();
  });
}
