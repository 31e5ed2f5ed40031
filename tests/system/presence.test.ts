// Who is at a meeting now, in the frames and pages of whoever may not know: the names of those who are not shown to the public, planted
// and looked for. It is kept nowhere.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { Person, type JsonObject } from "./support/http.ts";
import { Socket } from "./support/socket.ts";
import { eventually } from "./support/wait.ts";
import { Witan } from "./support/witan.ts";

const limit = { timeout: 60_000 };
const council = "Council of LEP Chairs";
let witan: Witan;
let topic: string;
before(async () => {
  witan = await Witan.start({ steps: "demo" });
  const { entities } = await new Person(witan).view("meetings");
  topic = `now${String(Object.values(entities).find((row) => row["body_name"] === council)?.["href"])}`;
});
after(() => witan.stop());

interface Reader {
  person: Person;
  name: string;
  frames: string[];
  socket: Socket;
}

async function comes(role?: string): Promise<Reader> {
  const person = new Person(witan);
  if (role !== undefined) await person.signIn(role);
  const socket = await Socket.open(witan.port, { Origin: witan.origin, ...(role === undefined ? {} : { Cookie: person.cookie }) });
  assert.ok(typeof socket !== "number", String(socket));
  const frames: string[] = [];
  socket.onText = (text) => frames.push(text);
  socket.text({ type: "subscribe", topic });
  const name = witan.accounts().find(({ roles }) => role !== undefined && roles.includes(role))?.name ?? "";
  return { person, name, frames, socket };
}
const words = ({ frames }: Reader): string => {
  const rows = (JSON.parse(frames.at(-1) ?? "{}") as JsonObject)["entities"] as { [key: string]: JsonObject } | undefined;
  return String(rows?.["here"]?.["words"] ?? "");
};
async function chooses({ person }: Reader, presence: string): Promise<void> {
  const id = /name="person" value="(\w+)"/.exec((await person.send("GET", "/account")).text)?.[1] ?? assert.fail("no account");
  await person.command("directory.set_preferences", { person: id, presence });
}
/// Of a page: what it says of who is there, and what its script begins with.
async function ofPage({ person }: Reader): Promise<string> {
  const { status, text } = await person.send("GET", topic.replace(/^now/, ""));
  assert.equal(status, 200);
  const state = /id="live-state">(.*?)<\/script>/s.exec(text)?.[1] ?? assert.fail("no live state");
  const here = ((JSON.parse(state) as { topics: JsonObject[] }).topics).find((one) => one["topic"] === topic) ?? assert.fail("the page does not follow it");
  return `${/<p [^>]*app-here.*?<\/p>/s.exec(text)?.[0] ?? assert.fail("no line")} ${JSON.stringify(here)}`;
}

test("names reach those whom their people chose, and nobody else, and nothing of it is kept", limit, async () => {
  const [usual, hidden, open] = [await comes(`secretary, ${council}`), await comes(`member, ${council}`), await comes("administrator")];
  const [visitor, stranger] = [await comes(), await comes("champion, Future of mobility advisory group")];
  await eventually("everybody is counted", 10_000, () => words(visitor) === "5 people");
  await chooses(hidden, "nobody");
  await chooses(open, "everyone");
  await eventually("what they chose counts", 10_000, () => words(visitor) === `${open.name} and 3 others`);
  await eventually("for the others as well", 10_000, () => words(usual).includes(usual.name) && words(usual).includes(open.name) && words(usual).endsWith("2 others"));
  for (const reader of [visitor, stranger]) {
    const all = [...reader.frames, await ofPage(reader)].join("\n");
    for (const { name } of [usual, hidden, stranger]) assert.ok(!all.includes(name), `${name} is shown to ${reader.name || "a visitor"}`);
    assert.ok(all.includes(open.name), "the test would notice");
  }
  const page = await ofPage(usual);
  assert.ok(page.includes(usual.name) && page.includes(open.name), page);
  assert.ok(!page.includes(hidden.name), "nobody is nobody");

  for (const { socket } of [usual, hidden, open, visitor, stranger]) socket.cut();
  await witan.stop();
  const kept = readdirSync(witan.data, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const entry of kept) {
    assert.ok(!readFileSync(join(entry.parentPath, entry.name)).includes(topic.replaceAll("/", ".")), `${entry.name} has the subject`);
    assert.ok(!readFileSync(join(entry.parentPath, entry.name)).includes(topic), `${entry.name} has the topic`);
  }
});
