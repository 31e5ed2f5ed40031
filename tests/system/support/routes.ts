/// Every address of the gateway, from the files that it serves.
import { readFileSync } from "node:fs";
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

/// What a POST may change something at.
export const postRoutes: string[] = [...commands.map((name) => `/do/${name}`), "/sign-in", "/sign-out", ...ofPrograms("post")];

/// What a GET answers, with parameters in braces.
export const getRoutes: string[] = [
  ...(read("web-client/pages.json") as { path: string }[]).map(({ path }) => path),
  ...ofPrograms("get"),
  ...["/healthz", "/readyz", "/live", "/assets/main.js", "/api/v1/openapi.json", "/api/v1/asyncapi.json"],
];
