import assert from "node:assert/strict";
import { test } from "node:test";
import { lengthWords, serverAhead } from "../src/timer.ts";

const answering = (date: string | null) => () => Promise.resolve({ headers: { get: () => date } });

test("a turn is told in minutes and seconds, as the service tells it", () => {
  assert.deepEqual([-5, 999, 45_000, 60_000, 185_000].map(lengthWords), ["0 s", "0 s", "45 s", "1 min", "3 min 5 s"]);
});

test("the server's clock counts, whatever the browser's says", async () => {
  const told = "Tue, 19 Jun 2018 13:00:00 GMT";
  const at = Date.parse(told);
  assert.equal(await serverAhead(() => at + 500 - 7_200_000, answering(told)), 7_200_000);
  const reads = [at, at + 1000];   // an answer that took a second
  assert.equal(await serverAhead(() => reads.shift() ?? 0, answering(told)), 0);
});

test("without the server's time there is none", async () => {
  assert.equal(await serverAhead(() => 0, answering(null)), undefined);
  assert.equal(await serverAhead(() => 0, () => Promise.reject(new Error("no connection"))), undefined);
});
