/// A virus scanner as the service sees it: clamd's INSTREAM, see clamd(8). It knows one virus, the harmless one that all scanners know.
import { rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";

import { temporaryFolder } from "./witan.ts";

/// In pieces, or a scanner on this machine would take this file for a virus: https://www.eicar.org/download-anti-malware-testfile/
export const eicar = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-FILE", "!$H+H*"].join("");
export const signature = "Eicar-Test-Signature";

const begin = Buffer.from("zINSTREAM\0");

/// The file, once all of it is there.
function fileIn(asked: Buffer): Buffer | undefined {
  if (asked.length < begin.length) return undefined;
  if (!asked.subarray(0, begin.length).equals(begin)) throw new Error(`asked otherwise: ${asked.subarray(0, 20).toString("latin1")}`);
  const chunks: Buffer[] = [];
  for (let at = begin.length; at + 4 <= asked.length;) {
    const length = asked.readUInt32BE(at);
    if (length === 0) return Buffer.concat(chunks);
    chunks.push(asked.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return undefined;
}

export class FakeClamd {
  readonly path = join(temporaryFolder(), "clamd.ctl");
  /// Every file that it was asked about, whole.
  readonly heard: Buffer[] = [];

  isSilent = false;
  private server: Server | undefined;
  private readonly askers = new Set<Socket>();

  async listen(): Promise<this> {
    rmSync(this.path, { force: true });
    const server = createServer((asker) => this.take(asker));
    this.server = server;
    await new Promise<void>((done) => server.listen(this.path, done));
    return this;
  }

  async leave(): Promise<void> {
    for (const asker of this.askers) asker.destroy();
    const { server } = this;
    this.server = undefined;
    if (server) await new Promise((done) => server.close(done));
  }

  private take(asker: Socket): void {
    this.askers.add(asker);
    const pieces: Buffer[] = [];
    asker.on("error", () => {});   // whoever does not want to wait
    asker.on("close", () => this.askers.delete(asker));
    asker.on("data", (piece) => {
      pieces.push(piece);
      if (piece.length >= 4 && piece.readUInt32BE(piece.length - 4) !== 0) return;   // not the end: putting it together is for later
      const file = fileIn(Buffer.concat(pieces));
      if (!file) return;
      this.heard.push(file);
      if (!this.isSilent) asker.end(`stream: ${file.includes(eicar) ? `${signature} FOUND` : "OK"}\0`);
    });
  }
}
