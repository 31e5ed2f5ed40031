import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { Upload, type UploadTools } from "../src/forms/upload.ts";

const PIECE = 512 * 1024;
const csrf = "token";

/** The gateway, as far as an upload sees it. `faults` says what becomes of each request for a piece, by its number. */
class Gateway {
  readonly asked: string[] = [];
  received = 0;
  #pieces = 0;
  readonly #faults: { [piece: number]: "lost" | "answer lost" | number };

  constructor(faults: { [piece: number]: "lost" | "answer lost" | number } = {}) {
    this.#faults = faults;
  }

  readonly fetch = (async (url: string, init: RequestInit) => {
    this.asked.push(`${init.method ?? "GET"} ${url}`);
    const json = (status: number, body: object): Response => new Response(JSON.stringify(body), { status });
    if (url.startsWith("/do/")) return json(200, { topic: "meetings/m", epoch: "e", version: 1, result: { upload: "u1" } });
    if (init.method !== "POST") return url === "/uploads/u1" ? json(200, { received: this.received }) : json(404, { code: "not_found" });
    assert.equal(new Headers(init.headers).get("X-CSRF-Token"), csrf);
    const fault = this.#faults[this.#pieces++];
    if (fault === "lost") throw new TypeError("no network");
    if (typeof fault === "number") return json(fault, { code: "some", detail: "Why not." });
    const offset = Number(new URL(url, "http://here").searchParams.get("offset"));
    if (offset === this.received) this.received += (init.body as Blob).size;
    if (fault === "answer lost") throw new TypeError("no network");
    return json(200, { received: this.received });
  }) as typeof fetch;
}

const file = new File([new Uint8Array(2 * PIECE + 10)], "paper.pdf");

function uploadTo(gateway: Gateway, more: Partial<UploadTools> = {}): { upload: Upload; waits: number[] } {
  const waits: number[] = [];
  const tools: UploadTools = {
    csrf, meeting: "m", onPage: "/", newId: () => "id", progress: () => {}, signal: new AbortController().signal, fetcher: gateway.fetch,
    wait: async (ms) => void waits.push(ms), ...more,
  };
  return { upload: new Upload(file, tools), waits };
}

describe("an upload", () => {
  test("sends its pieces in order and says how far it is", async () => {
    const gateway = new Gateway();
    const progress: number[] = [];
    const { upload } = uploadTo(gateway, { progress: (sent) => progress.push(sent) });
    assert.deepEqual(await upload.run(), { kind: "uploaded", upload: "u1" });
    assert.equal(gateway.received, file.size);
    assert.deepEqual(progress, [0, PIECE, 2 * PIECE, file.size]);
  });

  test("tries again after longer and longer waits, and sends nothing twice whose answer was lost", async () => {
    const gateway = new Gateway({ 1: "lost", 2: 503, 3: "answer lost" });
    const { upload, waits } = uploadTo(gateway);
    assert.equal((await upload.run()).kind, "uploaded");
    assert.deepEqual(waits, [500, 1000, 2000]);
    assert.equal(gateway.received, file.size);
    assert.equal(gateway.asked.filter((asked) => asked.endsWith(`offset=${PIECE}`)).length, 4);
  });

  test("gives up in the end, and goes on from there another time", async () => {
    const gateway = new Gateway(Object.fromEntries(Array.from({ length: 13 }, (_, n) => [n + 1, "lost"])) as { [piece: number]: "lost" });
    assert.equal((await uploadTo(gateway).upload.run()).kind, "unsent");
    gateway.asked.length = 0;
    assert.equal((await uploadTo(gateway).upload.run("u1")).kind, "uploaded");
    assert.deepEqual(gateway.asked, ["GET /uploads/u1", `POST /uploads/u1?offset=${PIECE}`, `POST /uploads/u1?offset=${2 * PIECE}`]);
  });

  test("begins anew where the one of before is no more", async () => {
    const gateway = new Gateway();
    const names: string[] = [];
    assert.equal((await uploadTo(gateway).upload.run("gone", (name) => names.push(name))).kind, "uploaded");
    assert.deepEqual(names, ["u1"]);
  });

  test("stops at a refusal, with its words at the field", async () => {
    const outcome = await uploadTo(new Gateway({ 1: 413 })).upload.run();
    assert.deepEqual(outcome, { kind: "refused", code: "some", detail: "Why not.", faults: [{ field: "upload", detail: "Why not." }] });
  });

  test("stops when it is not wanted any more", async () => {
    const stopping = new AbortController();
    const gateway = new Gateway();
    const { upload } = uploadTo(gateway, { signal: stopping.signal, progress: (sent) => sent > 0 && stopping.abort() });
    assert.deepEqual(await upload.run(), { kind: "cancelled" });
    await upload.cancel();
    assert.equal(gateway.asked.at(-1), "POST /do/meetings.cancel_upload");
    assert.ok(gateway.received < file.size);
  });
});
