// One socket for this page, opened again for as long as the page is there.

/** The part of a WebSocket that is used, so that a test can stand in for it. */
export interface SocketLike {
  send(text: string): void;
  close(): void;
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
}

export interface SocketTools {
  open(): SocketLike;
  after(milliseconds: number, then: () => void): () => void;  // Answers how to cancel it.
  random(): number;
}

export interface SocketEvents {
  opened(): void;
  received(data: unknown): void;
  /** `isFinal`: the session has ended, it is not tried again. */
  closed(isFinal: boolean): void;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
export const SESSION_ENDED = 4401;

export class LiveSocket {
  readonly #tools: SocketTools;
  readonly #events: SocketEvents;
  #socket: SocketLike | undefined;
  #isOpen = false;
  #failures = 0;
  #cancelWait: (() => void) | undefined;
  #isFinal = false;

  constructor(tools: SocketTools, events: SocketEvents) {
    this.#tools = tools;
    this.#events = events;
  }

  start(): void {
    if (this.#socket || this.#isFinal) return;
    this.#cancelWait?.();
    this.#cancelWait = undefined;
    const socket = this.#tools.open();
    this.#socket = socket;
    socket.onopen = () => {
      this.#isOpen = true;
      this.#events.opened();
    };
    socket.onmessage = (event) => this.#events.received(event.data);
    socket.onclose = (event) => this.#closed(socket, event.code);
  }

  send(message: object): void {
    if (this.#isOpen) this.#socket?.send(JSON.stringify(message));
  }

  /** Everything that was asked for has come: the next trouble is a first one again. */
  settled(): void {
    this.#failures = 0;
  }

  /** The network is known to be back, or to be gone. */
  hurry(): void {
    if (!this.#socket) this.start();
  }

  drop(): void {
    this.#socket?.close();
  }

  #closed(socket: SocketLike, code: number): void {
    if (socket !== this.#socket) return;
    this.#socket = undefined;
    this.#isOpen = false;
    this.#isFinal = code === SESSION_ENDED;
    this.#events.closed(this.#isFinal);
    if (this.#isFinal) return;
    // Full jitter: a thousand pages that lose one gateway do not come back in one moment.
    const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#failures);
    this.#failures = Math.min(this.#failures + 1, 16);
    this.#cancelWait = this.#tools.after(this.#tools.random() * longest, () => this.start());
  }
}
