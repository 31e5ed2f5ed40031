/// Every address of the gateway: from the files that it serves, and from its source.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const read = (path: string): unknown => JSON.parse(readFileSync(join(root, path), "utf8"));

interface OpenApi {
  paths: { [path: string]: { [method: string]: unknown } };
}
const openapi = read("shared/contract/generated/openapi.json") as OpenApi;

/// Names of all commands, as the interface for programs tells them.
export const commands: string[] = [...new Set(JSON.stringify(openapi.paths["/api/v1/commands"]).matchAll(/"name":\{"const":"([a-z_.]+)"\}/g))].map(
  (found) => String(found[1]),
);

const ofPrograms = (method: string): string[] => Object.keys(openapi.paths).filter((path) => method in (openapi.paths[path] ?? {}));

/// What the gateway answers at beside pages, commands and what its interface for programs tells.
const own = {
  get: ["/healthz", "/readyz", "/live", "/assets/main.js", "/audit", "/audit.csv", "/account/export.json", "/account/export.html", "/sign-in/openid", "/account/openid", "/api/v1/openapi.json", "/api/v1/asyncapi.json", "/papers/{paper}/file/{version}", "/papers/{paper}/read/{version}", "/uploads/{upload}",
    "/meetings/{meeting}.ics", "/meetings/{meeting}/pack.zip", "/meetings/{meeting}/agenda.csv", "/meetings/{meeting}/agenda.json", "/meetings/{meeting}/minutes.csv", "/meetings/{meeting}/minutes.json",
    "/bodies/{body}/decisions.csv", "/bodies/{body}/decisions.json", "/bodies/{body}/actions.csv", "/bodies/{body}/actions.json", "/bodies/{body}/dates/{meeting}.ics", "/feeds/meetings.ics", "/calendar/{calendar}.ics", "/feeds/papers.atom", "/bodies/{body}/papers.atom",
    "/oparl/v1/system", "/oparl/v1/bodies", "/oparl/v1/body", "/oparl/v1/persons",
    "/oparl/v1/organizations", "/oparl/v1/organizations/page/{page}", "/oparl/v1/organizations/{body}", "/oparl/v1/organizations/{body}/meetings",
    "/oparl/v1/meetings", "/oparl/v1/meetings/page/{page}", "/oparl/v1/meetings/{meeting}", "/oparl/v1/meetings/{meeting}/location",
    "/oparl/v1/meetings/{meeting}/items/{item}", "/oparl/v1/papers", "/oparl/v1/papers/page/{page}", "/oparl/v1/papers/{paper}",
    "/oparl/v1/papers/{paper}/file", "/oparl/v1/papers/{paper}/consultation"],
  post: ["/live/ticket", "/sign-in", "/sign-in/code", "/sign-out", "/sign-in/openid", "/account/openid", "/uploads/{upload}"],
};

/// What a POST may change something at.
export const postRoutes: string[] = [...commands.map((name) => `/do/${name}`), ...own.post, ...ofPrograms("post")];

/// A route with its parameters filled in; one without a value is a fault of the test.
export function filled(route: string, values: { [name: string]: string }): string {
  return route.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`what is {${name}} of ${route}?`);
    return value;
  });
}

/// What a GET answers, with parameters in braces.
export const getRoutes: string[] = [
  ...(read("web-client/pages.json") as { path: string }[]).map(({ path }) => path),
  ...ofPrograms("get"),
  ...own.get,
];

/// What a DELETE may change something at.
export const deleteRoutes: string[] = ofPrograms("delete");

/// Texts in the gateway's source that begin with a slash and are no addresses of its own.
const otherTexts: { [text: string]: string } = {
  ...{ "/static": "a folder", "/contract": "a folder", "/csrf-key": "a file", "/.": "part of a path", "/64": "the length of a prefix", "/24": "the length of a prefix" },
  ...{ "/email": "a field", "/body": "a field", "/person": "a field", "/from": "a field", "/to": "a field", "/id": "a field", "/type": "a field" },
  ...{ "/upload": "a field", "/text": "a field, and part of what a file belongs to", "/file/": "part of a path", "/read/": "part of a path", "/pack.zip": "part of a path" },
  ...{ "/page/": "part of a topic", "/decision/": "part of a key", "/action/": "part of a key", "/vote/": "part of a key", "/interest/": "part of a key", "/correction/": "part of a key", "/>": "the end of an element" },
  ...{ "/oparl/v1": "how the addresses of OParl begin", "/consultation": "part of a path", "/location": "part of a path", "/items/": "part of a path", "/file": "part of a path", "/page/{}": "part of a path" },
  ...{ "/api/v1/views/papers/": "how the addresses of some topics begin" },
  ...{ "/metrics": "on the port for operators only, which a row of the rights matrix checks" },
};

/// Addresses that stand in the gateway's source and in no list here, and lines of the lists here that it has no more.
export function routesThatDiffer(): { unlisted: string[]; gone: string[] } {
  const sources = readdirSync(join(root, "gateway"), { recursive: true, encoding: "utf8" }).filter((name) => /\.[ch]pp$/.test(name));
  const inSource = new Set(sources.flatMap((name) => [...readFileSync(join(root, "gateway", name), "utf8").matchAll(/"(\/[^"?\\]+)[^"]*"/g)].map((found) => String(found[1]))));
  if (!inSource.has("/healthz")) throw new Error("the gateway's source has another shape than this test reads");
  const listed = [...getRoutes, ...postRoutes, ...deleteRoutes];
  // One with parameters stands there as what comes before the first.
  const isInSource = (text: string): boolean => inSource.has(text) || (text.includes("{") && inSource.has(text.slice(0, text.indexOf("{"))));
  const isListed = (text: string): boolean => listed.includes(text) || (text.endsWith("/") && listed.some((route) => route.startsWith(text)));
  return {
    unlisted: [...inSource].filter((text) => !isListed(text) && !(text in otherTexts)),
    gone: [...Object.keys(otherTexts), ...own.get, ...own.post].filter((text) => !isInSource(text) && !(text.startsWith("/assets/") && inSource.has("/assets/"))),
  };
}
