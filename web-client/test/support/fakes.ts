// Stand-ins for time and sockets, moved by hand.
import type { SocketLike, SocketTools } from "../../src/live/socket.ts";

export class FakeTime {
  now = 0;
  #timers: { at: number; then: () => void }[] = [];

  after = (milliseconds: number, then: () => void): (() => void) => {
    const timer = { at: this.now + milliseconds, then };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  };

  pass(milliseconds: number): void {
    const end = this.now + milliseconds;
    for (;;) {
      const next = this.#timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.now = Math.max(this.now, next.at);
      next.then();
    }
    this.now = end;
  }

  get nextIn(): number | undefined {
    const times = this.#timers.map(({ at }) => at - this.now);
    return times.length > 0 ? Math.min(...times) : undefined;
  }
}

export class FakeSocket implements SocketLike {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readonly sent: Record<string, unknown>[] = [];
  isClosed = false;

  send(text: string): void {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }

  close(): void {
    this.isClosed = true;
    this.onclose?.({ code: 1005 });
  }

  receive(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
}

export class FakeNetwork implements SocketTools {
  readonly sockets: FakeSocket[] = [];
  readonly time: FakeTime;
  chance = 1;

  constructor(time: FakeTime) {
    this.time = time;
  }

  open = (): FakeSocket => {
    const socket = new FakeSocket();
    this.sockets.push(socket);
    return socket;
  };
  after = (milliseconds: number, then: () => void): (() => void) => this.time.after(milliseconds, then);
  random = (): number => this.chance;

  get last(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error("no socket was opened");
    return socket;
  }
}
