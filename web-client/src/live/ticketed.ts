// A socket in somebody's name is opened with a ticket that only a page of our own can ask for; see gateway/live/tickets.hpp.
import { SESSION_ENDED, type SocketLike } from "./socket.ts";

const PROTOCOL = "witan.live.1";
const NO_ANSWER = 1006;

/** Nothing for whoever is not signed in (any more). */
async function askForTicket(): Promise<string | undefined> {
  const answer = await fetch("/live/ticket", { method: "POST", headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error(`no ticket: ${answer.status}`);
  const { ticket } = (await answer.json()) as { ticket?: unknown };
  return typeof ticket === "string" ? ticket : undefined;
}

/** As a browser's WebSocket, which it opens as soon as it has its ticket. A visitor needs none. */
export class TicketedSocket implements SocketLike {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  #socket: WebSocket | undefined;
  #isClosed = false;

  constructor(address: URL, isInSomebodysName: boolean) {
    if (isInSomebodysName) void this.#openWithTicket(address);
    else this.#open(address, [PROTOCOL]);
  }

  send(text: string): void {
    this.#socket?.send(text);
  }

  close(): void {
    if (this.#socket) this.#socket.close();
    else this.#closed(NO_ANSWER);
  }

  async #openWithTicket(address: URL): Promise<void> {
    try {
      const ticket = await askForTicket();
      if (ticket === undefined) this.#closed(SESSION_ENDED);
      else if (!this.#isClosed) this.#open(address, [PROTOCOL, `ticket.${ticket}`]);
    } catch {
      this.#closed(NO_ANSWER);
    }
  }

  #open(address: URL, protocols: string[]): void {
    const socket = new WebSocket(address, protocols);
    this.#socket = socket;
    socket.onopen = () => this.onopen?.();
    socket.onmessage = (event) => this.onmessage?.(event);
    socket.onclose = (event) => this.#closed(event.code);
  }

  #closed(code: number): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.onclose?.({ code });
  }
}
