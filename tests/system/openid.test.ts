// The way to an OpenID provider as a site with https has it, and where the client's secret is: nowhere but in its file.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { CLIENT, OpenidProvider } from "../../web-client/test/support/openid_provider.ts";
import { Person } from "./support/http.ts";
import { temporaryFolder, Witan } from "./support/witan.ts";

const limit = { timeout: 120_000 };
const origin = "https://witan.example";
const settings = (issuer: string): string[] => [
  ...["log_level=debug", `public_origin=${origin}`, "gateway.openid_name=Example login"],
  ...[`directory.openid_issuer=${issuer}`, `directory.openid_client_id=${CLIENT.id}`],
];

let provider: OpenidProvider;
let witan: Witan;
before(async () => {
  provider = await OpenidProvider.listen();
  provider.knows(`${origin}/sign-in/openid`);
  const data = temporaryFolder();
  mkdirSync(join(data, "secrets"), { mode: 0o700 });
  writeFileSync(join(data, "secrets/openid-client-secret"), CLIENT.secret, { mode: 0o600 });
  witan = await Witan.start({ data, settings: settings(provider.issuer) });
});
after(async () => {
  await witan.stop();
  provider.stop();
});

test("with https the cookie that binds the browser is the host's own and goes over https only", limit, async () => {
  const visitor = new Person(witan);
  const answer = await visitor.send("POST", "/sign-in/openid", "return_to=/", { "content-type": "application/x-www-form-urlencoded", origin });
  visitor.leave();
  assert.equal(answer.status, 200, answer.text);
  assert.match(String(answer.headers["set-cookie"]), /^__Host-witan-openid=\S+; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax; Secure$/);
  const asked = new URL(String(answer.headers["refresh"]).replace("0; url=", "")).searchParams;
  assert.equal(asked.get("redirect_uri"), `${origin}/sign-in/openid`);
  assert.equal(asked.get("scope"), "openid");
});

test("the client's secret is in no argument, no environment, no log and no other file", limit, async () => {
  const cookie = `__Host-witan-openid=${"a".repeat(52)}.sign-in.%2F`;
  const visitor = new Person(witan);
  const answer = await visitor.send("POST", "/sign-in/openid", "return_to=/", { "content-type": "application/x-www-form-urlencoded", origin });
  const bound = String(answer.headers["set-cookie"]).split(";")[0] ?? "";
  const state = /=([a-z2-7]{52})\./.exec(bound)?.[1] ?? "";
  const path = `/sign-in/openid?code=canarycode&state=${state}&iss=${encodeURIComponent(provider.issuer)}`;
  visitor.cookie = bound;
  assert.equal((await visitor.send("GET", path)).status, 401, "the provider was asked, and does not know the code");
  visitor.cookie = cookie;
  assert.equal((await visitor.send("GET", path)).status, 410);
  visitor.leave();
  const shown = new Map([["what the supervisor says", witan.said]]);
  for (const pid of witan.everyPid()) {
    for (const part of ["cmdline", "environ"]) shown.set(`${part} of ${pid}`, readFileSync(`/proc/${pid}/${part}`, "latin1"));
  }
  for (const entry of readdirSync(witan.data, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile() && entry.name !== "openid-client-secret") shown.set(file, readFileSync(file, "latin1"));
  }
  for (const secret of [CLIENT.secret, encodeURIComponent(CLIENT.secret), "canarycode"]) {
    for (const [where, text] of shown) assert.ok(!text.includes(secret), `${secret} is in ${where}`);
  }
  assert.match(witan.file("log/directory.log"), /the token endpoint answered 400/);
});

test("a directory without the secret says what is missing, and does not start", limit, async () => {
  const other = Witan.launch({ settings: settings(provider.issuer) });
  assert.notEqual(await other.exitCode(60_000), 0);
  assert.match(other.file("log/directory.log") + other.said, /there is no client secret for the OpenID provider at .*openid-client-secret/);
});
