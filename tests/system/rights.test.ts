// The rights matrix: every route, command, topic and entry that not all may see, for every reader, in every state of what it is
// about, against tables written by hand. A row that is missing fails as one that is wrong does, and so does one for what is no
// more.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { query } from "./support/database.ts";
import { newId, type Answer, type JsonObject } from "./support/http.ts";
import { commands as promised, deleteRoutes, getRoutes, postRoutes, routesThatDiffer } from "./support/routes.ts";
import { Socket } from "./support/socket.ts";
import { services, Witan } from "./support/witan.ts";
import { commands, type CommandRow } from "./rights/commands.ts";
import { doors } from "./rights/doors.ts";
import { entries } from "./rights/entries.ts";
import { pages } from "./rights/pages.ts";
import { readers, type Reader } from "./rights/readers.ts";
import { contract, stateless, states, statesThatDiffer, told, untold, type Told } from "./rights/states.ts";
import { keptTopics, kindsOfTopics, makeThings, turnPages, type Things } from "./rights/things.ts";
import { about, topics } from "./rights/topics.ts";

const limit = { timeout: 3_600_000 };   // a sanitizer takes five times as long

/// Who walks: everybody, or those whom WITAN_READERS names. A sanitizer looks for what the programs do wrong, not for who may do
/// what, and takes five times as long.
const walkers = (process.env["WITAN_READERS"] ?? readers.join()).split(",");

/// The words of a row, one for each reader who walks.
function wordsOf(row: string): { reader: Reader; should: string }[] {
  const words = row.split(" ");
  assert.equal(words.length, readers.length, row);
  return readers.map((reader, at) => ({ reader, should: words[at] ?? "" })).filter(({ reader }) => walkers.includes(reader));
}

/// Every reader asks, in every state; what they got is held against the rows, and all that differs is told together.
async function walk(what: string, says: Told, ask: (reader: Reader, state: string) => Promise<string>): Promise<string[]> {
  const wrong: string[] = [];
  for (const [state, row] of told(says)) {
    for (const { reader, should } of wordsOf(row)) {
      const is = await ask(reader, state);
      if (is !== should) wrong.push(`${what}${state && `, ${state}`}: ${reader}: ${is}, not ${should}`);
    }
  }
  return wrong;
}

const parametersOf = (route: string): string[] => [...route.matchAll(/\{(\w+)\}/g)].map((found) => String(found[1]));
const missing = (wanted: string[], rows: object): string[] => wanted.filter((one) => !(one in rows));

describe("the tables of the rights matrix", () => {
  test("have a row for every route, and none for one that is no more", () => {
    assert.deepEqual(routesThatDiffer(), { unlisted: [], gone: [] }, "see support/routes.ts");
    const views = "/api/v1/views/{topic}";   // each topic has a row
    assert.deepEqual(missing(getRoutes.filter((route) => route !== views), pages), [], "addresses that have no row in pages.ts");
    const others = ["/metrics", "/nothing-here"];
    assert.deepEqual(missing(Object.keys(pages), Object.fromEntries([...getRoutes, ...others].map((route) => [route, 0]))), [], "rows for addresses that are no more");
    const forCommands = (route: string): boolean => route.startsWith("/do/") || route === "/api/v1/commands";   // each command has a row
    const knocks = [...postRoutes.filter((route) => !forCommands(route)).map((route) => `POST ${route}`), ...deleteRoutes.map((route) => `DELETE ${route}`), "POST /do/{command}", "UPGRADE /live"];
    assert.deepEqual(missing(knocks, doors), [], "addresses that have no row in doors.ts");
    assert.deepEqual(Object.keys(doors).filter((door) => !knocks.includes(door.split(",")[0] ?? "")), [], "rows for doors that are no more");
  });

  test("have a row for every command, and none for one that is no more", () => {
    assert.ok(promised.length > 20);
    assert.deepEqual(missing(promised, commands), [], "commands that have no row");
    assert.deepEqual(Object.keys(commands).filter((name) => !promised.includes(name)), [], "rows for commands that are no more");
  });

  test("tell of every state", () => {
    assert.deepEqual(statesThatDiffer(), [], "states of the contract that states.ts does not know");
    assert.deepEqual(missing(Object.keys(stateless), commands), [], "exceptions for rows that are no more");
    const shapeOf = (name: string): string => (name.split(".")[1] ?? "").replace(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
    const ofCommands = Object.entries(commands).flatMap(([name, { may }]) => untold(name, contract[shapeOf(name)]?.required ?? assert.fail(`no shape of ${name}`), may));
    const ofPages = Object.entries(pages).flatMap(([route, { get }]) => untold(route, parametersOf(route), get));
    assert.deepEqual([...ofCommands, ...ofPages], []);
  });
});

describe("the rights matrix", () => {
  test("is walked by readers that there are", () => assert.deepEqual(walkers.filter((name) => !(readers as readonly string[]).includes(name)), []));

  let witan: Witan;
  let things: Things;
  const sockets: { [reader in Reader]?: Socket } = {};

  before(async () => {
    const perMinute = ["packs_per_minute", "http_requests_per_minute_signed_in", "http_requests_per_minute_anonymous", "sign_ins_per_minute", "websocket_messages_per_second", "websocket_messages_burst"];
    witan = await Witan.start({ steps: "demo", settings: [...perMinute.map((key) => `gateway.${key}=1000000`), "consultations.comments_per_minute=0", "consultations.comments_per_day=0"] });
    things = await makeThings(witan);
    for (const reader of readers) {
      const { cookie } = things.cast[reader];
      const socket = await Socket.open(witan.port, { Origin: witan.origin, ...(cookie === "" ? {} : { Cookie: cookie }) });
      assert.ok(typeof socket !== "number", `the socket of ${reader}`);
      sockets[reader] = socket;
    }
  }, limit);
  after(async () => {
    for (const socket of Object.values(sockets)) socket.cut();
    await witan?.stop();   // also when what comes before the tests has failed
    for (const person of Object.values(things?.cast ?? {})) person.leave();
  });

  const view = (reader: Reader, topic: string): Promise<Answer> => things.cast[reader].send("GET", `/api/v1/views/${topic}`);

  test("every entry that is not for everybody is seen by whom it is for", limit, async () => {
    const wrong: string[] = [];
    const letter = (entry: JsonObject | undefined, words: string[]): string => {
      if (entry === undefined) return "-";
      const full = words.filter((word) => Boolean(entry[word] ?? assert.fail(`there is no field ${word}`)));
      return full.length === words.length ? "W" : full.length === 0 ? "R" : `only ${full.join()}`;
    };
    for (const [what, { topic, key, words, seen }] of Object.entries(entries)) {
      wrong.push(...(await walk(what, seen, async (reader, state) => {
        const { status, body } = await view(reader, topic(things, state));
        return status === 404 ? "-" : letter((body["entities"] as { [key: string]: JsonObject })[key(things, state)], words);
      })));
    }
    assert.deepEqual(wrong, []);
  });

  test("every entry that differs from one audience to another has a row", limit, () => {
    const kindOf = (topic: string, key: string): string => `${topic.split("/")[0]}: ${key.split("/")[0]}`;
    const known = new Set(Object.values(entries).flatMap(({ topic, key, seen }) => told(seen).map(([state]) => kindOf(topic(things, state), key(things, state)))));
    const differ = services.flatMap((service) =>
      query(witan, service, `SELECT h.topic, v.key FROM topic_heads h JOIN views v ON v.head = h.id
        WHERE h.topic NOT LIKE 'index/%' AND h.audience NOT LIKE '\\_%' ESCAPE '\\' GROUP BY h.topic, v.key
        HAVING count(DISTINCT v.value) > 1 OR count(*) < (SELECT count(*) FROM topic_heads o WHERE o.topic = h.topic AND o.audience NOT LIKE '\\_%' ESCAPE '\\')`));
    const kinds = new Set(differ.map(({ topic, key }) => kindOf(String(topic), String(key))));
    assert.ok(kinds.has("meetings: agenda"));
    assert.deepEqual([...kinds].filter((kind) => !known.has(kind)), []);
  });

  /// The first frame with this `name` that comes after `message` was sent.
  async function firstFrame(reader: Reader, message: object, name: "id" | "topic", value: string): Promise<JsonObject> {
    const socket = sockets[reader] as Socket;
    const answer = new Promise<JsonObject>((done) => {
      socket.onText = (text) => {
        const frame = JSON.parse(text) as JsonObject;
        if (frame[name] === value) done(frame);
      };
    });
    socket.text(message);
    return Promise.race([answer, socket.closed.then(({ code, reason }) => assert.fail(`the socket of ${reader} was closed: ${code} ${reason}`))]);
  }

  test("every topic is seen by whom it is for, as what it is for them, by program and by socket", limit, async () => {
    await turnPages(things);
    const letters: { [audience: string]: string } = { public: "P", member: "M", addressed: "N", staff: "S", self: "I" };
    const letter = (status: unknown, audience: unknown): string => (status === 404 ? "-" : (letters[String(audience)] ?? String(status)));
    const wrong: string[] = [];
    for (const [what, { topic, seen, bySocketOnly }] of Object.entries(topics)) {
      const byProgram = bySocketOnly ? Object.fromEntries(told(seen).map(([state]) => [state, readers.map(() => "-").join(" ")])) : seen;
      wrong.push(...(await walk(what, byProgram, async (reader, state) => {
        const { status, body } = await view(reader, topic(things, state));
        return letter(status, body["audience"]);
      })));
      wrong.push(...(await walk(`${what}, by socket`, seen, async (reader, state) => {
        const { audience, problem } = await firstFrame(reader, { type: "subscribe", topic: topic(things, state) }, "topic", topic(things, state));
        sockets[reader]?.text({ type: "unsubscribe", topic: topic(things, state) });
        return letter((problem as JsonObject | undefined)?.["status"], audience);
      })));
    }
    assert.deepEqual(wrong, []);
  });

  test("every kind of topic has a row, in every state, and none is for one that is no more", limit, () => {
    const rows = Object.entries(topics).flatMap(([what, { topic, seen, absent }]) => told(seen).map(([state]) => ({ what, state, topic: topic(things, state), absent })));
    const kindOf = (topic: string): string => topic.split("/")[0] ?? "";
    const shown = new Set(rows.filter(({ absent }) => absent === undefined).map(({ topic }) => kindOf(topic)));
    const { owned, kept } = kindsOfTopics(witan);
    const all = new Set(keptTopics(witan));
    const paged = new Set([...all].filter((topic) => topic.includes("/page/")).map(kindOf));
    assert.deepEqual({
      kindsWithoutRow: [...new Set([...owned, ...kept])].filter((kind) => !shown.has(kind)),
      pagesOfListsWithoutRow: [...paged].filter((kind) => !rows.some(({ topic }) => kindOf(topic) === kind && topic.includes("/page/"))),
      rowsForWhatIsNotThere: rows.filter(({ topic, absent }) => absent === undefined && !all.has(topic)).map(({ what }) => what),
      absentOnesThatAreThere: rows.filter(({ topic, absent }) => absent !== undefined && all.has(topic)).map(({ what }) => what),
      statesWithoutRow: Object.entries(about).flatMap(([kind, thing]) => {
        const has = rows.filter(({ topic }) => kindOf(topic) === kind).map(({ state }) => state);
        return (states[thing] ?? []).filter((state) => !has.includes(state)).map((state) => `${kind}: nothing about a ${thing} that is “${state}”`);
      }),
    }, { kindsWithoutRow: [], pagesOfListsWithoutRow: [], rowsForWhatIsNotThere: [], absentOnesThatAreThere: [], statesWithoutRow: [] });
  });

  test("every page is there for whom it is for, however it is asked for", limit, async () => {
    const wrong: string[] = [];
    const otherMethods: { [route: string]: number[] } = { "/live": [400], "/healthz": [200], "/readyz": [200] };   // they do nothing either way
    const word = ({ status, headers }: Answer): string =>
      status === 303 && String(headers.location).startsWith("/sign-in") ? "in" : status === 200 ? "ok" : String(status);
    for (const [route, { path, get }] of Object.entries(pages)) {
      const address = (state: string): string => (path ? path(things, state) : route);
      for (const method of ["GET", "HEAD"]) {
        wrong.push(...(await walk(`${method} ${route}`, get, async (reader, state) => word(await things.cast[reader].send(method, address(state))))));
      }
      for (const method of ["POST", "PUT", "DELETE", "PATCH"]) {
        if (method === "POST" && postRoutes.includes(route)) continue;
        for (const reader of method === "POST" ? readers : (["visitor", "administrator"] as const)) {
          const { csrf } = things.cast[reader];
          const body = new URLSearchParams({ csrf, command_id: newId() }).toString();
          const { status } = await things.cast[reader].send(method, address(told(get)[0]?.[0] ?? ""), body, { "content-type": "application/x-www-form-urlencoded" });
          if (!(otherMethods[route] ?? [404, 405]).includes(status)) wrong.push(`${method} ${route}: ${reader}: ${status}`);
        }
      }
    }
    assert.deepEqual(wrong, []);
  });

  test("every door lets in, out or by whom it is for", limit, async () => {
    const wrong: string[] = [];
    for (const [door, { knock, gets }] of Object.entries(doors)) wrong.push(...(await walk(door, gets, (reader) => knock(things, reader))));
    assert.deepEqual(wrong, []);
  });

  /// What a command's answer says, in the word of a row: a code, and for those about rights alone their status.
  const statuses: { [code: string]: string } = { not_signed_in: "401", forbidden: "403", not_found: "404", unknown_command: "404" };
  const wordOf = (status: number, code: unknown): string => (status === 200 ? "ok" : (statuses[String(code)] ?? String(code ?? status)));

  async function bySocket(reader: Reader, name: string, args: JsonObject, id: string): Promise<string> {
    const problem = (await firstFrame(reader, { type: "command", id, name, args }, "id", id))["problem"] as JsonObject | undefined;
    return problem ? wordOf(Number(problem["status"]), problem["code"]) : "ok";
  }

  /// Each way that a command can come, and what it gets there that the row says otherwise.
  type Way = (reader: Reader, name: string, args: JsonObject, id: string) => Promise<string>;
  const fromAnswer = ({ status, body }: Answer): string => wordOf(status, body["code"]);
  const hasNoSession = (reader: Reader): boolean => reader === "visitor" || reader === "signed_out";
  const ways: { [way: string]: { send: Way; should: (word: string, reader: Reader, row: CommandRow) => string } } = {
    "by program": {
      send: async (reader, name, args, id) => fromAnswer(await things.cast[reader].try(name, args, id)),
      should: (word) => word,
    },
    "in a form": {
      send: async (reader, name, args, id) => fromAnswer(await things.cast[reader].post(name, args, id)),
      // Who is not signed in is asked to before anything is looked at.
      should: (word, reader, row) => (hasNoSession(reader) && !row.forVisitors ? "401" : word),
    },
    "in a form of somebody else's": {
      send: async (reader, name, args, id) => fromAnswer(await things.cast[reader].post(name, args, id, things.cast[reader === "member" ? "chair" : "member"].csrf)),
      should: (word, reader, row) => (hasNoSession(reader) ? (row.forVisitors ? word : "401") : "form_expired"),
    },
    "by socket": {
      send: bySocket,
      should: (word, _, row) => (row.forVisitors ? "invalid_request" : word),
    },
  };

  test("every command does what it does for those who may, and nothing for others", limit, async () => {
    const wrong: string[] = [];
    // One way after the other, so that each comes to each reader and each command; with WITAN_ALL_WAYS every try is made in all of them, which
    // takes three times as long.
    const all = Object.entries(ways);
    let turn = 0;
    const next = (): typeof all => (process.env["WITAN_ALL_WAYS"] ? all : all.slice(turn % all.length, (turn++ % all.length) + 1));
    const refused = new Map<string, string>();
    const done: string[] = [];
    for (const [name, row] of Object.entries(commands)) {
      for (const [state, words] of told(row.may)) {
        // Who may not comes first: what they try must not find the work done already.
        const order = wordsOf(words).sort((a, b) => Number(a.should === "ok") - Number(b.should === "ok"));
        for (const { reader, should: word } of order) {
          let args: JsonObject | undefined;
          for (const [way, { send, should }] of next()) {
            const id = newId();
            const expected = should(word, reader, row);
            const is = await send(reader, name, (args ??= await row.args(things, reader, state)), id);
            const told_ = `${name}${state && `, ${state}`}, ${way}: ${reader}`;
            if (is !== expected) wrong.push(`${told_}: ${is}, not ${expected}`);
            if (expected !== "ok" && expected !== "link_not_valid") refused.set(id, told_);   // a link that is over is noted
            if (expected === "ok") {
              done.push(id);
              args = undefined;   // used up
            }
          }
        }
        turn += 1;   // ten readers and four ways: else each reader met the same two of them
      }
    }
    const events = new Set(services.flatMap((service) => query(witan, service, "SELECT DISTINCT command_id FROM events").map((event) => String(event["command_id"]))));
    assert.ok(done.filter((id) => events.has(id)).length > done.length / 2, "what was done is in the logs");
    for (const [id, what] of refused) if (events.has(id)) wrong.push(`${what}: done, whatever was said`);
    assert.deepEqual(wrong, []);
  });
});
