// Words planted in everything that is not for everybody are found in no page, answer, frame or mail of somebody for whom they
// are not, and in no log; and those for whom they are find them, so that the test would notice.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import type { Answer, JsonObject } from "./support/http.ts";
import { commands as promised } from "./support/routes.ts";
import { Socket } from "./support/socket.ts";
import { eventually } from "./support/wait.ts";
import { Witan } from "./support/witan.ts";
import { allViews, canaries, fieldsOfSome, found, invited, plant, unseen, wordless, type Channel } from "./rights/canaries.ts";
import { pages } from "./rights/pages.ts";
import { readers, type Reader } from "./rights/readers.ts";
import { contract, told } from "./rights/states.ts";
import { addressOf, makeThings, type Things } from "./rights/things.ts";
import { topics } from "./rights/topics.ts";

const limit = { timeout: 180_000 };

describe("planted words", () => {
  let witan: Witan;
  let things: Things;
  let planted: string[];   // topics that came with them
  let wanted: string[];
  const heard: { [reader: string]: string[] } = {};
  const sockets: { [reader: string]: Socket } = {};

  async function listen(reader: Reader): Promise<void> {
    const { cookie } = things.cast[reader];
    const socket = await Socket.open(witan.port, { Origin: witan.origin, ...(cookie === "" ? {} : { Cookie: cookie }) });
    assert.ok(typeof socket !== "number", `the socket of ${reader}`);
    const texts: string[] = (heard[reader] = []);
    socket.onText = (text) => texts.push(text);
    sockets[reader] = socket;
  }

  async function follow(reader: Reader, some: string[]): Promise<void> {
    for (const topic of some) sockets[reader]?.text({ type: "subscribe", topic });
    const texts = heard[reader] ?? [];
    await eventually(`${reader} has an answer for each topic`, 20_000, () => some.every((topic) => texts.some((text) => text.includes(`"${topic}"`))));
  }

  before(async () => {
    const perMinute = ["packs_per_minute", "http_requests_per_minute_signed_in", "http_requests_per_minute_anonymous", "sign_ins_per_minute", "websocket_messages_burst"].map((key) => `gateway.${key}=1000000`);
    witan = await Witan.start({ steps: "demo", settings: [...perMinute, "consultations.comments_per_minute=0", "gateway.websocket_subscriptions_max=1000", "log_level=debug"] });
    things = await makeThings(witan);
    wanted = [...new Set(Object.values(topics).flatMap(({ topic, seen }) => told(seen).map(([state]) => topic(things, state))))];
    for (const reader of readers) {
      await listen(reader);
      await follow(reader, wanted);
    }
    planted = await plant(things);
    for (const reader of readers) {
      await follow(reader, planted);
      const email = addressOf(things, reader);
      if (reader !== "visitor" && reader !== "member") await things.cast.visitor.command("directory.request_password_reset", { email });
    }
  }, limit);
  after(async () => {
    for (const socket of Object.values(sockets)) socket.cut();
    await witan?.stop();   // also when what comes before the tests has failed
    for (const person of Object.values(things?.cast ?? {})) person.leave();
  });

  test("are in every field that shows somebody more than everybody sees, or it is said why not", () => {
    const { restricted, planted, views } = fieldsOfSome(witan);
    assert.ok(planted.length > 20);
    assert.deepEqual(restricted.filter((field) => !planted.includes(field) && !(field in wordless)), [], "fields without a planted word, and no reason why");
    assert.deepEqual(Object.keys(wordless).filter((field) => !restricted.includes(field) || planted.includes(field)), [], "reasons for what is no more, or has a word");
    assert.deepEqual(allViews.filter((view) => !views.includes(view) && !(view in unseen)), [], "views that no row here is one of");
  });

  const textOf = ({ headers, text }: Answer): string => `${JSON.stringify(headers)}\n${text}`;

  /// Everything that a reader can get.
  async function allOf(reader: Reader): Promise<{ [channel in Channel]: string }> {
    const person = things.cast[reader];
    const get = async (paths: string[]): Promise<string> => {
      const texts: string[] = [];
      for (const path of paths) texts.push(textOf(await person.send("GET", path)));
      return texts.join("\n");
    };
    const pagesOf = planted.map((topic) => `/${topic.replace(/^(?:drafts|threads)\/(\w+)\/(\d+)/, "consultations/$1/draft/$2").replace(/^account/, "people").replace(/^votes\/(\w+)/, "meetings/$1/live")}`);
    const paths = Object.entries(pages).flatMap(([route, { path, get }]) => told(get).map(([state]) => (path ? path(things, state) : route)));
    return {
      page: await get([...paths, ...pagesOf, ...planted.filter((topic) => topic.startsWith("papers/")).map((topic) => `/${topic}/file/1`)]),
      view: await get([...wanted, ...planted].map((topic) => `/api/v1/views/${topic}`)),
      frame: (heard[reader] ?? []).join("\n"),
      answer: await answersTo(reader),
      mail: mails().filter(({ to }) => to === addressOf(things, reader)).map(({ text }) => text).join("\n"),
    };
  }

  /// What is said to those who may do nothing with what is hidden, when they try, by program and in a form.
  async function answersTo(reader: Reader): Promise<string> {
    if (["member", "secretary", "chair", "administrator"].includes(reader)) return "";
    const { ids, meetings, agendas, links, consultations, engagements, comments, elsewhere, block, papers, dates } = things;
    const known: JsonObject = {
      ...{ body: ids.body, seat: ids.vacant, person: ids.people["member"] ?? "", link: links["open"] ?? "", session: elsewhere, group: ids.body },
      ...{ meeting: meetings.draft, item: agendas.draft.item, to: 1, consultation: consultations.preparing, engagement: engagements["logged"] ?? "" },
      ...{ comment: comments["shown"] ?? "", paper: papers.draft, draft: 1, block, title: "A title", name: "A name", email: invited, reason: "A reason", text: "A text" },
      ...{ poll: dates["open"]?.poll ?? "", time: dates["open"]?.time ?? "", answer: "yes", version: 1 },
      ...{ kind: "decision", minutes: 5, role: "member", office: "auditor", closes_on: "2099-12-31", markdown: "# A title\n\nAnd a paragraph.\n" },
    };
    const answers: string[] = [];
    for (const name of promised) {
      const shape = contract[(name.split(".")[1] ?? "").replace(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase())];
      const needed = shape?.required ?? [];
      // What anybody may do, they would do; and a comment is the person's own.
      if (!needed.every((field) => field in known) || ["directory.request_password_reset", "consultations.withdraw_comment"].includes(name)) continue;
      const args = Object.fromEntries(needed.map((field) => [field, known[field] ?? ""]));
      const tried = [await things.cast[reader].try(name, args), await things.cast[reader].post(name, args, undefined, undefined, "text/html")];
      assert.deepEqual(tried.filter(({ status }) => status === 200), [], `${reader} may do ${name}`);
      answers.push(...tried.map(textOf));
    }
    assert.ok(answers.length > 30, `${answers.length}`);
    return answers.join("\n");
  }

  interface Mail {
    to: string;
    text: string;
  }
  /// Every mail that was sent, as its receiver reads it.
  function mails(): Mail[] {
    const folder = join(witan.data, "mail");
    return readdirSync(folder).map((name) => {
      const text = readFileSync(join(folder, name), "utf8").replace(/=\r?\n/g, "").replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
      return { to: /^To: <?([^>\r\n]+)>?\r?$/m.exec(text)?.[1] ?? assert.fail(`a mail to nobody: ${name}`), text };
    });
  }

  for (const reader of readers) {
    test(`${reader} finds what is for them and nothing else`, limit, async () => {
      const mine = Object.entries(canaries).filter(([, { who }]) => who.includes(reader));
      const framed = mine.filter(([, { where }]) => where.includes("frame")).map(([name]) => name);
      const missing = (): string[] => framed.filter((name) => !(heard[reader] ?? []).some((text) => found(text, name)));
      await eventually("the socket has heard", 10_000, () => missing().length === 0).catch(() => undefined);   // what it has not is told below
      const all = await allOf(reader);
      const wrong = Object.entries(canaries).flatMap(([name, { who, where, mailedTo, written }]) =>
        (Object.keys(all) as Channel[]).flatMap((channel) => {
          const should = channel === "mail" ? mailedTo === addressOf(things, reader) : (who.includes(reader) && where.includes(channel)) || (channel === "page" && written === reader);
          const is = found(all[channel], name);
          return is === should ? [] : [`${name}, ${channel}: ${is ? "found, and not for them" : "for them, and not found"}`];
        }),
      );
      assert.deepEqual(wrong, []);
    });
  }

  test("are in no mail to anybody else", () => {
    const sent = mails();
    const known = readers.map((reader) => addressOf(things, reader)).filter((email) => email !== "");
    assert.deepEqual(known.filter((email) => !sent.some(({ to }) => to === email)), [], "readers without a mail to look at");
    for (const [name, { mailedTo }] of Object.entries(canaries)) {
      const to = sent.filter(({ to, text }) => !known.includes(to) && found(text, name)).map((mail) => mail.to);
      assert.deepEqual([...new Set(to)], mailedTo === undefined || known.includes(mailedTo) ? [] : [mailedTo], name);
    }
  });

  test("are in no log", limit, () => {
    const folder = join(witan.data, "log");
    const logs = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
    assert.ok(logs.length >= 6);
    for (const log of logs) {
      for (const name of Object.keys(canaries)) assert.ok(!found(log, name), `${name}: ${log.split("\n").find((line) => found(line, name))}`);
    }
  });
});
