/// What the clients of a load know: each command is written down before it is sent, each answer when it came.
import { closeSync, fdatasyncSync, openSync, readFileSync, writeSync } from "node:fs";

import type { Service } from "./witan.ts";

export interface Entry {
  id: string;
  service: Service;
  /// A text that only this command carries.
  marker: string;
  /// The version in the answer; undefined for ever when no answer came.
  version?: number;
  epoch?: string;
}

export class Journal {
  private readonly file: number;

  constructor(private readonly path: string) {
    this.file = openSync(path, "a", 0o600);
  }
  sent(entry: Entry): void {
    writeSync(this.file, `${JSON.stringify(entry)}\n`);
  }
  acknowledged(entry: Entry, version: number, epoch: string): void {
    writeSync(this.file, `${JSON.stringify({ ...entry, version, epoch })}\n`);
  }

  /// Closes the file and reads it: one entry a command, with its answer if there was one.
  entries(): Entry[] {
    fdatasyncSync(this.file);
    closeSync(this.file);
    const known = new Map<string, Entry>();
    for (const line of readFileSync(this.path, "utf8").split("\n")) {
      if (line === "") continue;
      const entry = JSON.parse(line) as Entry;
      known.set(entry.id, entry);
    }
    return [...known.values()];
  }
}
