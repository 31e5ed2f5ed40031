// What a browser is told about each answer: by every address, to whoever asks, however it ends.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { Person, type Answer } from "./support/http.ts";
import { filled, getRoutes, postRoutes } from "./support/routes.ts";
import { leave, makeScene } from "./support/scene.ts";
import { Witan } from "./support/witan.ts";

const limit = { timeout: 120_000 };
const started: Witan[] = [];
after(() => Promise.all(started.map((witan) => witan.stop())));

const POLICY = [
  ...["default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'", "connect-src 'self'"],
  ...["form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'", "object-src 'none'"],
  ...["require-trusted-types-for 'script'", "trusted-types witan"],
].join("; ");

const promised = (isHttps: boolean): { [header: string]: string | undefined } => ({
  "content-security-policy": POLICY,
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
  "strict-transport-security": isHttps ? "max-age=31536000; includeSubDomains" : undefined,
});

for (const origin of ["", "https://witan.example"]) {
  test(`every address says what a browser may do with its answer (${origin || "by address"})`, limit, async () => {
    const settings = ["gateway.http_requests_per_minute_signed_in=100000", "gateway.http_requests_per_minute_anonymous=100000"];
    const witan = await Witan.start({ settings: [...settings, ...(origin === "" ? [] : [`gateway.public_origin=${origin}`])] });
    started.push(witan);
    const scene = await makeScene(witan);
    const values = {
      ...{ meeting: scene.meeting, series: scene.series, group: scene.group, body: scene.council, consultation: scene.consultation, draft: "1", thread: scene.block },
      ...{ page: "1", person: "p".repeat(26), topic: `meetings/${scene.meeting}`, token: "t".repeat(52), paper: "p".repeat(26), version: "1", upload: "u".repeat(26), action: "a".repeat(26), vote: "v".repeat(26), list: "all", calendar: "t".repeat(52), item: scene.items[0] ?? "" },
    };
    const seen = new Set<number>();
    const look = (what: string, { status, headers }: Answer): void => {
      assert.ok(status >= 200, `${what} is not answered`);
      seen.add(status);
      // What everybody may read is for the pages of other sites as well.
      const isForAll = status === 200 && /^(?:GET|HEAD) \/(?:feeds\/|oparl\/|bodies\/\w+\/papers\.atom)/.test(what);
      const isFile = status === 200 && /^(?:GET|HEAD) \/meetings\/\w+\/pack\.zip/.test(what);
      const expected = {
        ...promised(origin !== ""), ...(isForAll ? { "cross-origin-resource-policy": "cross-origin" } : {}),
        ...(isFile ? { "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'" } : {}),
      };
      for (const [name, value] of Object.entries(expected)) assert.equal(headers[name], value, `${what}: ${status}, ${name}`);
    };
    const broken = ["/nothing", "/%", "/assets/nope", "/assets/../secret", "/meetings/nope", "/api/v1/views/nope", "/do/nothing"];
    const read = [...getRoutes.map((route) => filled(route, values)), ...broken];
    for (const person of [scene.visitor, scene.member, new Person(witan)]) {
      for (const method of ["GET", "HEAD"]) for (const path of read) look(`${method} ${path}`, await person.send(method, path));
      for (const path of [...postRoutes, ...broken]) {
        look(`POST ${path}`, await person.send("POST", path, "", { "content-type": "application/x-www-form-urlencoded" }));
        look(`POST ${path} from elsewhere`, await person.send("POST", path, "", { origin: "https://elsewhere.example" }));
      }
      look("PUT /", await person.send("PUT", "/"));
    }
    const script = (await scene.visitor.send("GET", "/")).text.match(/src="(\/assets\/[^"]+)"/)?.[1] ?? assert.fail("the page has no script");
    const first = await scene.visitor.send("GET", script);
    look(script, first);
    look(`${script} again`, await scene.visitor.send("GET", script, undefined, { "if-none-match": String(first.headers.etag) }));
    const form = new URLSearchParams({ email: "nobody@example.org", password: "whatever it is", return_to: "/" }).toString();
    look("a refused sign-in", await scene.visitor.send("POST", "/sign-in", form, { "content-type": "application/x-www-form-urlencoded" }));
    for (const status of [200, 303, 304, 400, 403, 404, 405]) assert.ok(seen.has(status), `nothing was answered with ${status}, only ${[...seen].sort()}`);
    leave(scene);
  });
}
