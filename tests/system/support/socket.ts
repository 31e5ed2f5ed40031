/// A WebSocket whose every frame can be chosen, also wrong ones (RFC 6455).
import { randomBytes } from "node:crypto";
import { connect, type Socket as Tcp } from "node:net";

export interface Frame {
  opcode: number;
  payload: string | Buffer;
  fin?: boolean;
  rsv?: number;
  masked?: boolean;
  /// A length that is not the payload's.
  claims?: number;
}

export interface Closed {
  /// 1005: a close frame without a code; 1006: the connection just ended.
  code: number;
  reason: string;
}

export function encoded(frame: Frame): Buffer {
  const payload = Buffer.from(frame.payload);
  const length = frame.claims ?? payload.length;
  const masked = frame.masked ?? true;
  const head = [((frame.fin ?? true) ? 0x80 : 0) | ((frame.rsv ?? 0) << 4) | frame.opcode];
  const maskBit = masked ? 0x80 : 0;
  if (length < 126) head.push(maskBit | length);
  else if (length < 65536) head.push(maskBit | 126, length >> 8, length & 255);
  else head.push(maskBit | 127, 0, 0, 0, 0, (length >>> 24) & 255, (length >> 16) & 255, (length >> 8) & 255, length & 255);
  if (!masked) return Buffer.concat([Buffer.from(head), payload]);
  const mask = randomBytes(4);
  return Buffer.concat([Buffer.from(head), mask, payload.map((byte, i) => byte ^ (mask[i % 4] as number))]);
}

/// What POST /live/ticket gives to whoever has this cookie; nothing where it gives none.
export async function ticketFor(port: number, headers: { [name: string]: string }): Promise<string | undefined> {
  const own = { Origin: `http://127.0.0.1:${port}`, Cookie: headers["Cookie"] ?? "" };
  const answer = await fetch(`http://127.0.0.1:${port}/live/ticket`, { method: "POST", headers: own }).catch(() => undefined);
  return answer?.ok ? ((await answer.json()) as { ticket: string }).ticket : undefined;
}

export class Socket {
  /// What came and was not taken yet.
  readonly texts: string[] = [];
  onText: ((text: string) => void) | undefined;
  readonly closed: Promise<Closed>;
  isOpen = true;
  private left = Buffer.alloc(0);
  private finish!: (how: Closed) => void;

  private constructor(private readonly tcp: Tcp) {
    this.closed = new Promise((done) => (this.finish = done));
    void this.closed.then(() => (this.isOpen = false));
    tcp.on("close", () => this.finish({ code: 1006, reason: "" }));
    tcp.on("error", () => undefined);
  }

  /// The socket, or the status with which the handshake was refused (0: no answer). With a cookie it is opened as our own pages do,
  /// with a ticket, unless the subprotocols are given.
  static async open(port: number, headers: { [name: string]: string }): Promise<Socket | number> {
    const needsTicket = headers["Cookie"] !== undefined && headers["Sec-WebSocket-Protocol"] === undefined;
    const ticket = needsTicket ? await ticketFor(port, headers) : undefined;
    return Socket.shakeHands(port, ticket === undefined ? headers : { ...headers, "Sec-WebSocket-Protocol": `witan.live.1, ticket.${ticket}` });
  }

  private static shakeHands(port: number, headers: { [name: string]: string }): Promise<Socket | number> {
    return new Promise((done) => {
      const tcp = connect(port, "127.0.0.1");
      tcp.setNoDelay(true);
      tcp.setTimeout(10_000, () => tcp.destroy());
      const lines = { Host: `127.0.0.1:${port}`, Upgrade: "websocket", Connection: "Upgrade", "Sec-WebSocket-Version": "13", ...headers };
      const key = randomBytes(16).toString("base64");
      tcp.write(["GET /live HTTP/1.1", ...Object.entries({ ...lines, "Sec-WebSocket-Key": key }).map(([name, value]) => `${name}: ${value}`), "", ""].join("\r\n"));
      let answer = Buffer.alloc(0);
      const failed = (): void => done(0);
      const onData = (piece: Buffer): void => {
        answer = Buffer.concat([answer, piece]);
        const end = answer.indexOf("\r\n\r\n");
        if (end < 0) return;
        tcp.off("data", onData).off("close", failed);
        const status = Number(answer.toString("latin1").split(" ")[1]);
        if (status !== 101) {
          tcp.destroy();
          return done(status);
        }
        tcp.setTimeout(0);
        const socket = new Socket(tcp);
        tcp.on("data", (more: Buffer) => socket.take(more));
        done(socket);
        socket.take(answer.subarray(end + 4));
      };
      tcp.on("data", onData).on("close", failed).on("error", () => undefined);
    });
  }

  write(bytes: Buffer): void {
    if (!this.tcp.destroyed) this.tcp.write(bytes);
  }
  frame(frame: Frame): void {
    this.write(encoded(frame));
  }
  text(message: object): void {
    this.frame({ opcode: 1, payload: JSON.stringify(message) });
  }
  /// Ends without a word, as a lost connection does.
  cut(): void {
    this.tcp.destroy();
  }

  private take(piece: Buffer): void {
    this.left = Buffer.concat([this.left, piece]);
    for (;;) {
      if (this.left.length < 2) return;
      let size = (this.left[1] as number) & 127;
      let at = 2;
      if (size === 126) {
        if (this.left.length < 4) return;
        size = this.left.readUInt16BE(2);
        at = 4;
      } else if (size === 127) {
        if (this.left.length < 10) return;
        size = Number(this.left.readBigUInt64BE(2));
        at = 10;
      }
      if (this.left.length < at + size) return;
      const opcode = (this.left[0] as number) & 15;
      const payload = Buffer.from(this.left.subarray(at, at + size));
      this.left = this.left.subarray(at + size);
      this.received(opcode, payload);
    }
  }

  private received(opcode: number, payload: Buffer): void {
    if (opcode === 9) return this.frame({ opcode: 10, payload });
    if (opcode === 8) {
      const code = payload.length >= 2 ? payload.readUInt16BE(0) : 1005;
      this.finish({ code, reason: payload.subarray(2).toString("utf8") });
      this.frame({ opcode: 8, payload: payload.subarray(0, 2) });
      this.tcp.end();
      return;
    }
    if (opcode !== 1) return;
    const text = payload.toString("utf8");
    if (this.onText) this.onText(text);
    else this.texts.push(text);
  }
}
