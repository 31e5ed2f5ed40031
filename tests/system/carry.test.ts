// A new draft is published while a service is killed again and again: every comment comes to it, and once.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Person, type JsonObject } from "./support/http.ts";
import { eventually, pause } from "./support/wait.ts";
import { Witan } from "./support/witan.ts";

const COMMENTS = 1_500;
const settings = ["gateway.http_requests_per_minute_signed_in=1000000", "consultations.comments_per_minute=0", "consultations.comments_per_day=0"];
const kept = "A college of nuclear skills opens in Workington beside the campus that is there today.";
const gone = "The coastal railway between Carlisle and Barrow will be doubled where trains wait today.";
const reworded = "Every school leaver in the county will be offered an apprenticeship within a year.";
const first = `# A strategy\n\n## Places\n\n${kept}\n\n${gone}\n\n${reworded}\n`;
const second = `# A strategy\n\n## Places\n\nFarms keep their payments until new rules are agreed.\n\n${kept}\n\n${reworded.replace("in the county", "in Cumbria")}\n`;

let witan: Witan;
let secretary: Person;
let member: Person;
before(async () => {
  witan = await Witan.start({ steps: "demo", settings });
  secretary = await new Person(witan).signIn("secretary, Council of LEP Chairs");
  member = await new Person(witan).signIn("member, Council of LEP Chairs");
});
after(async () => {
  secretary.leave(), member.leave();
  await witan.stop();
});

async function openConsultation(): Promise<string> {
  const { entities } = await secretary.view("bodies");
  const body = Object.values(entities).find(({ name }) => name === "Council of LEP Chairs")?.["body"];
  const { result } = await secretary.command("consultations.create_consultation", { body: String(body), title: "Carried", area: "Here", summary: "What becomes of comments." });
  const consultation = result["consultation"] ?? "";
  await secretary.command("consultations.publish_draft", { consultation, markdown: first });
  await secretary.command("consultations.open_consultation", { consultation, closes_on: "2099-12-31" });
  return consultation;
}

async function manyComments(consultation: string): Promise<Set<string>> {
  const comments = new Set<string>();
  const writer = async (n: number): Promise<void> => {
    for (; n < COMMENTS; n += 8) {
      const { result } = await member.command("consultations.add_comment", { consultation, draft: 1, block: ["b3", "b4", "b5"][n % 3] ?? "", text: `Number ${n}.` });
      comments.add(result["comment"] ?? "");
    }
  };
  await Promise.all(Array.from({ length: 8 }, (_, n) => writer(n)));
  return comments;
}

async function killAndWait(): Promise<void> {
  const before = witan.pid("consultations");
  process.kill(before, "SIGKILL");
  await eventually("it runs again", 20_000, () => witan.pid("consultations") > 0 && witan.pid("consultations") !== before);
}

const ledger = async (consultation: string): Promise<JsonObject> => {
  let row: JsonObject | undefined;
  await eventually("the ledger can be read", 20_000, async () => {
    const { status, text } = await secretary.send("GET", `/api/v1/views/drafts/${consultation}/2`);
    if (status === 200) row = (JSON.parse(text) as { entities: { [key: string]: JsonObject } }).entities["ledger"];
    return row !== undefined;
  });
  assert.ok(row);
  return row;
};

/// What stands in the threads of the second draft, all pages of them.
async function standing(consultation: string, block: string): Promise<string[]> {
  const found: string[] = [];
  for (let page = 1; ; ++page) {
    const answer = await secretary.send("GET", `/api/v1/views/threads/${consultation}/2/${block}${page === 1 ? "" : `-${page}`}`);
    if (answer.status === 404) return found;
    const { entities } = JSON.parse(answer.text) as { entities: { [key: string]: JsonObject } };
    found.push(...Object.keys(entities).filter((key) => key.startsWith("comment/")).map((key) => key.slice("comment/".length)));
  }
}

test("each comment comes to the new draft once, whenever the service is killed", { timeout: 300_000 }, async () => {
  const consultation = await openConsultation();
  const comments = await manyComments(consultation);
  assert.equal(comments.size, COMMENTS);
  await secretary.command("consultations.publish_draft", { consultation, markdown: second });
  const left: number[] = [];
  for (const wait_ms of [0, 100, 200, 300]) {
    await pause(wait_ms);
    await killAndWait();
    left.push(Number((await ledger(consultation))["left"]));
  }
  assert.ok(Number(left[0]) > 0, `it was killed before it had carried all: ${left.join(" ")}`);
  await eventually("all are carried", 60_000, async () => Number((await ledger(consultation))["left"]) === 0);

  const row = await ledger(consultation);
  assert.equal(row["total"], COMMENTS);
  assert.deepEqual([Number(row["placed"]) + Number(row["moved"]), row["orphaned"], row["settled"], row["uncertain"]], [COMMENTS / 3 * 2, COMMENTS / 3, 0, 0]);
  const places: [string, string[]][] = [];
  for (const block of ["b3", "b4", "b5", "unplaced"]) places.push([block, await standing(consultation, block)]);
  assert.deepEqual(places.map(([, found]) => found.length), [0, COMMENTS / 3, COMMENTS / 3, COMMENTS / 3], places.map(([block]) => block).join(" "));
  assert.deepEqual(new Set(places.flatMap(([, found]) => found)), comments, "the same ones");
  assert.deepEqual(witan.logged("error").filter((line) => !line.includes('"event":"restarting"')), []);
});
