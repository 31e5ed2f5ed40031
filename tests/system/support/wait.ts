/// Waiting for conditions, with an end to it.

export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/// Asks again and again until the answer is true; says what it waited for when it does not come.
export async function eventually(what: string, limit_ms: number, holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + limit_ms;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`not within ${limit_ms} ms: ${what}`);
    await pause(50);
  }
}
