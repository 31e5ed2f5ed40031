// A file on its way to the gateway, piece by piece: what has arrived stays there, so a lost connection costs one piece.
import { isObject } from "../view_model.ts";
import { send, type Outcome } from "./send.ts";

const PIECE_BYTES = 512 * 1024;
const TIME_OUT_MS = 30_000;
/** How often in a row a piece may fail, with longer and longer waits between: about four minutes. */
const TRIES_MAX = 12;
const LONGEST_WAIT_MS = 30_000;

export interface UploadTools {
  csrf: string;
  meeting: string;
  onPage: string;
  newId(): string;
  progress(sent: number, isWaiting: boolean): void;
  signal: AbortSignal;
  fetcher?: typeof fetch;
  wait?(ms: number): Promise<void>;
}

export type Uploaded = { kind: "uploaded"; upload: string } | { kind: "cancelled" } | Exclude<Outcome, { kind: "done" }>;

/** Nothing when nobody could say. */
async function receivedOf(answer: Response): Promise<number | undefined> {
  const body: unknown = await answer.json();
  const received = isObject(body) ? body["received"] : undefined;
  return typeof received === "number" ? received : undefined;
}

/** May help to try again: no network, too many at once, or a part that is away for a moment. */
function isPassing(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

export class Upload {
  readonly #file: File;
  readonly #tools: UploadTools;
  readonly #fetch: typeof fetch;
  #upload = "";

  constructor(file: File, tools: UploadTools) {
    this.#file = file;
    this.#tools = tools;
    this.#fetch = tools.fetcher ?? ((...args) => fetch(...args));
  }

  /** `known`: an upload of the same file that was begun before and may be gone on with. `begun` is told the name of a new one. */
  async run(known = "", begun: (upload: string) => void = () => {}): Promise<Uploaded> {
    this.#upload = known;
    let sent = known === "" ? undefined : await this.#ask();
    if (sent === undefined) {
      const refused = await this.#begin();
      if (refused) return refused;
      begun(this.#upload);
      sent = 0;
    }
    return this.#sendFrom(sent);
  }

  /** What has arrived is removed. */
  async cancel(): Promise<void> {
    if (this.#upload !== "") await send("/do/meetings.cancel_upload", this.#body({ upload: this.#upload }), this.#fetch);
  }

  async #begin(): Promise<Uploaded | undefined> {
    const { meeting } = this.#tools;
    const { name, size } = this.#file;
    const outcome = await send("/do/meetings.begin_upload", this.#body({ meeting, file_name: name, bytes: String(size) }), this.#fetch);
    if (outcome.kind === "refused") return { ...outcome, faults: outcome.faults.map((fault) => ({ ...fault, field: "upload" })) };
    if (outcome.kind === "unsent") return outcome;
    this.#upload = String(outcome.result["upload"]);
    return undefined;
  }

  async #sendFrom(from: number): Promise<Uploaded> {
    let sent = from;
    for (let failed = 0; sent < this.#file.size;) {
      this.#tools.progress(sent, failed > 0);
      if (failed > 0) await this.#wait(failed);
      if (this.#tools.signal.aborted) return { kind: "cancelled" };
      if (failed > TRIES_MAX) return { kind: "unsent" };
      const received = await this.#put(sent);
      if (typeof received === "object") return received;
      failed = received === undefined ? failed + 1 : 0;
      sent = received ?? sent;
    }
    this.#tools.progress(sent, false);
    return this.#tools.signal.aborted ? { kind: "cancelled" } : { kind: "uploaded", upload: this.#upload };
  }

  /** How far it is now; nothing when this piece may go better next time. */
  async #put(offset: number): Promise<number | undefined | Uploaded> {
    try {
      const answer = await this.#fetch(`/uploads/${this.#upload}?offset=${offset}`, {
        method: "POST",
        headers: { "X-CSRF-Token": this.#tools.csrf, "Content-Type": "application/octet-stream" },
        body: this.#file.slice(offset, offset + PIECE_BYTES),
        credentials: "same-origin",
        signal: AbortSignal.any([this.#tools.signal, AbortSignal.timeout(TIME_OUT_MS)]),
      });
      if (answer.ok) return await receivedOf(answer);
      if (isPassing(answer.status)) return undefined;
      const problem: unknown = await answer.json();
      const detail = isObject(problem) && typeof problem["detail"] === "string" ? problem["detail"] : "";
      return { kind: "refused", code: isObject(problem) ? String(problem["code"]) : "", detail, faults: [{ field: "upload", detail }] };
    } catch {
      return undefined;
    }
  }

  async #ask(): Promise<number | undefined> {
    try {
      const answer = await this.#fetch(`/uploads/${this.#upload}`, { credentials: "same-origin", signal: AbortSignal.timeout(TIME_OUT_MS) });
      return answer.ok ? await receivedOf(answer) : undefined;
    } catch {
      return undefined;
    }
  }

  async #wait(failed: number): Promise<void> {
    const ms = Math.min(LONGEST_WAIT_MS, 500 * 2 ** (failed - 1));
    if (this.#tools.wait) return this.#tools.wait(ms);
    await new Promise<void>((done) => {
      const timer = setTimeout(done, ms);
      const now = (): void => {
        clearTimeout(timer);
        done();
      };
      // As soon as there is a network again, or nobody wants it any more.
      addEventListener("online", now, { once: true });
      this.#tools.signal.addEventListener("abort", now, { once: true });
    });
  }

  #body(fields: { [name: string]: string }): URLSearchParams {
    return new URLSearchParams({ csrf: this.#tools.csrf, command_id: this.#tools.newId(), form: "upload", on_page: this.#tools.onPage, ...fields });
  }
}
