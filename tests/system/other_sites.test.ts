// Other sites get no socket in the name of somebody who is signed in, and reading changes nothing.
import assert from "node:assert/strict";
import { connect } from "node:net";
import { after, test } from "node:test";

import { heads } from "./support/database.ts";
import { Person } from "./support/http.ts";
import { addPaper, begin, pdf } from "./support/papers.ts";
import { filled, getRoutes, postRoutes } from "./support/routes.ts";
import { leave, makeScene } from "./support/scene.ts";
import { Witan } from "./support/witan.ts";

const limit = { timeout: 120_000 };
const started: Witan[] = [];
after(() => Promise.all(started.map((witan) => witan.stop())));

async function start(settings: string[] = []): Promise<Witan> {
  const witan = await Witan.start({ settings: ["gateway.http_requests_per_minute_signed_in=100000", ...settings] });
  started.push(witan);
  return witan;
}

/// Every byte that comes back for a handshake with these lines, until the gateway closes or `isEnough`.
function handshake(port: number, lines: string[], isEnough: (answer: string) => boolean = () => false): Promise<string> {
  return new Promise((done) => {
    let answer = "";
    const tcp = connect(port, "127.0.0.1");
    tcp.setTimeout(10_000, () => tcp.destroy(new Error("neither refused nor opened")));
    tcp.on("data", (bytes) => {
      answer += bytes.toString("latin1");
      if (isEnough(answer)) tcp.destroy();
      // Whoever took the refusal for an open socket would go on like this.
      else if (answer.includes("\r\n\r\n")) tcp.end(Buffer.from([0x81, 0x80, 0, 0, 0, 0]));
    });
    tcp.on("error", (fault) => (answer ||= String(fault)));
    tcp.on("close", () => done(answer));
    const own = ["Host: 127.0.0.1", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="];
    tcp.write(["GET /live HTTP/1.1", ...own, ...lines, "", ""].join("\r\n"));
  });
}

/// What an attacker's page can have for an origin, or a careless comparison would let through. Nothing: no such line.
function hostileOrigins(own: URL): { [what: string]: string | undefined } {
  const { protocol, hostname, port } = own;
  const shownPort = port === "" ? "" : `:${port}`;
  const at = (host: string, scheme = protocol): string => `${scheme}//${host}${shownPort}`;
  return {
    "no origin": undefined,
    "an empty one": "",
    "null, of a sandboxed frame": "null",
    "another site": "https://elsewhere.example",
    "a sub-domain": at(`evil.${hostname}`),
    "a longer name that begins alike": at(`${hostname}.elsewhere.example`),
    "a longer name that ends alike": at(`evil${hostname}`),
    "its own text with more behind it": `${own.origin}.elsewhere.example`,
    "another port": `${protocol}//${hostname}:${Number(port || 443) + 1}`,
    "no port or the default one spelt out": port === "" ? `${own.origin}:443` : `${protocol}//${hostname}`,
    "capitals": own.origin.toUpperCase(),
    "the other scheme": at(hostname, protocol === "https:" ? "http:" : "https:"),
    "the scheme of a socket": at(hostname, protocol === "https:" ? "wss:" : "ws:"),
    "a dot at the end": at(`${hostname}.`),
    "a user": at(`user@${hostname}`),
    "its own name as a user": `${own.origin}@elsewhere.example`,
    "an address for the name, or a name for the address": at(hostname === "127.0.0.1" ? "localhost" : "127.0.0.1"),
    "another way to write the address": at(hostname === "127.0.0.1" ? "2130706433" : "[::ffff:127.0.0.1]"),
    "a slash at the end": `${own.origin}/`,
    "two in one": `${own.origin} https://elsewhere.example`,
    "two in one, with a comma": `https://elsewhere.example, ${own.origin}`,
  };
}

for (const chosen of ["", "https://witan.example"]) {
  test(`hostile origins are refused before a socket opens (${chosen || "by address"})`, limit, async (t) => {
    const witan = await start(chosen === "" ? [] : [`gateway.public_origin=${chosen}`]);
    const own = new URL(chosen || witan.origin);
    const person = await new Person(witan).signIn("secretary, Council of LEP Chairs");
    const { cookie } = person;
    const before = heads(witan);
    for (const [what, origin] of Object.entries(hostileOrigins(own))) {
      for (const signedIn of [true, false]) {
        await t.test(`${what}, ${signedIn ? "signed in" : "a visitor"}`, async () => {
          const lines = [...(origin === undefined ? [] : [`Origin: ${origin}`]), ...(signedIn ? [`Cookie: ${cookie}`] : [])];
          const answer = await handshake(witan.port, lines);
          assert.match(answer, /^HTTP\/1\.1 403 /, answer.slice(0, 200));
          assert.match(answer, /"code":"cross_site"/);
          assert.equal(answer.split("HTTP/1.1 ").length, 2, "one answer and nothing behind it");
        });
      }
    }
    await t.test("two lines of origin", async () => {
      for (const two of [[own.origin, "https://elsewhere.example"], ["https://elsewhere.example", own.origin]]) {
        assert.match(await handshake(witan.port, [...two.map((origin) => `Origin: ${origin}`), `Cookie: ${cookie}`]), /^HTTP\/1\.1 40[03] /);
      }
    });
    await t.test("its own origin opens one", async () => {
      const open = (...more: string[]): Promise<string> => handshake(witan.port, [`Origin: ${own.origin}`, `Cookie: ${cookie}`, ...more], (text) => text.includes("\r\n\r\n"));
      assert.match(await open(), /^HTTP\/1\.1 403 /, "and only with a ticket");
      const ticket = (await person.send("POST", "/live/ticket", undefined, { origin: own.origin })).body["ticket"];
      assert.match(await open(`Sec-WebSocket-Protocol: witan.live.1, ticket.${String(ticket)}`), /^HTTP\/1\.1 101 [^]*\r\nsec-websocket-protocol: witan\.live\.1\r\n/i);
    });
    assert.deepEqual(heads(witan), before);
  });
}

test("no address changes anything when it is read, whoever reads it", limit, async () => {
  const witan = await start();
  const scene = await makeScene(witan);
  const { entities } = await scene.secretary.view("bodies");
  assert.ok(Object.keys(entities).length > 1);
  const me = (await scene.secretary.send("GET", "/account")).text.match(/account\/([a-z2-7]{26})/)?.[1] ?? "";
  assert.notEqual(me, "");
  // A text, of which nothing has to be found out afterwards.
  const paper = await addPaper(scene.secretary, { meeting: scene.meeting, item: scene.items[0] ?? "" }, {}, Buffer.from("# A paper\n"));
  const upload = await begin(scene.secretary, scene.meeting, pdf("Not yet"));
  const values: { [name: string]: string } = {
    ...{ paper, version: "1", upload, vote: "v".repeat(26), list: "all", calendar: "t".repeat(52), item: scene.items[0] ?? "" },
    ...{ meeting: scene.meeting, series: scene.series, group: scene.group, body: scene.council, consultation: scene.consultation, draft: "1", thread: scene.block },
    ...{ page: "1", person: me, topic: `meetings/${scene.meeting}`, token: "t".repeat(52), action: "a".repeat(26) },
  };
  const read = getRoutes.map((route) => filled(route, values));
  // What a form would send, as a link would send it.
  const arguments_ = new URLSearchParams({
    ...{ meeting: scene.meeting, item: scene.items[0] ?? "", title: "Changed by a link", minutes: "5", kind: "discussion", body: scene.council, role: "member" },
    ...{ consultation: scene.consultation, draft: "1", block: scene.block, text: "Said by a link", person: me, command_id: "link-1", form: "x" },
    ...{ email: "secretary@example.org", password: "whatever it is", method: "POST", _method: "POST" },
  });
  // That somebody has opened a paper of their body is noted, once: here before anything else is read.
  assert.equal((await scene.secretary.send("GET", `/papers/${paper}/file/1`)).status, 200);
  const before = heads(witan);
  let answered = 0;
  for (const person of [scene.secretary, scene.visitor]) {
    for (const path of [...read, ...postRoutes.map((route) => `${route}?${arguments_}`)]) {
      for (const method of ["GET", "HEAD"]) {
        const answer = await person.send(method, path, undefined, { "x-http-method-override": "POST" });
        assert.ok(answer.status >= 200 && answer.status < 500, `${method} ${path}: ${answer.status}`);
        assert.deepEqual(answer.headers["set-cookie"], undefined, `${method} ${path} sets a cookie`);
        if (answer.status === 200) answered += 1;
      }
    }
  }
  assert.ok(answered > 2 * read.length, `${answered} answers were pages`);
  assert.deepEqual(heads(witan), before);
  assert.match((await scene.secretary.send("GET", "/account")).text, /Sign out/, "still signed in");
  leave(scene);
});
