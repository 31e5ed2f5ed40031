/// Somebody who watches topics, loses the connection and comes back: a model of what a browser holds.
import type { JsonObject } from "./http.ts";
import { Socket } from "./socket.ts";
import { pause } from "./wait.ts";
import type { Witan } from "./witan.ts";

interface Held {
  epoch: string;
  version: number;
  entities: { [key: string]: JsonObject };
}
interface Incoming {
  type: string;
  topic: string;
  epoch: string;
  prev: number;
  version: number;
  entities: { [key: string]: JsonObject };
  put: { [key: string]: JsonObject };
  drop: string[];
}

export class Reader {
  readonly held = new Map<string, Held>();
  /// Frames that broke the rules: a gap, a repeat, a topic that nobody asked for.
  readonly faults: string[] = [];
  connections = 0;
  resumed = 0;
  snapshots = 0;
  private socket: Socket | undefined;
  private hasLeft = false;
  private readonly running: Promise<void>;

  constructor(
    private readonly witan: Witan,
    private readonly cookie: string,
    private readonly topics: string[],
  ) {
    this.running = this.run();
  }

  /// Loses the connection; comes back by itself.
  cut(): void {
    this.socket?.cut();
  }

  async leave(): Promise<void> {
    this.hasLeft = true;
    this.cut();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.hasLeft && this.witan.ended === undefined) {
      const headers: { [name: string]: string } = { Origin: this.witan.origin };
      if (this.cookie) headers["Cookie"] = this.cookie;
      const socket = await Socket.open(this.witan.port, headers);
      if (typeof socket === "number") {
        await pause(100);
        continue;
      }
      this.connections += 1;
      this.socket = socket;
      socket.onText = (text) => this.take(JSON.parse(text) as Incoming, socket);
      for (const text of socket.texts.splice(0)) socket.onText(text);
      for (const topic of this.topics) this.subscribe(topic, socket);
      if (this.hasLeft) socket.cut();
      await socket.closed;
    }
  }

  private subscribe(topic: string, socket: Socket): void {
    const held = this.held.get(topic);
    socket.text({ type: "subscribe", topic, ...(held ? { after: { epoch: held.epoch, version: held.version } } : {}) });
  }

  private take(frame: Incoming, socket: Socket): void {
    const held = this.held.get(frame.topic);
    if (frame.type === "snapshot") {
      this.snapshots += 1;
      this.held.set(frame.topic, { epoch: frame.epoch, version: frame.version, entities: frame.entities });
    } else if (frame.type === "change") {
      if (!held || frame.epoch !== held.epoch) this.faults.push(`a change of ${frame.topic} without what it changes`);
      else if (frame.prev !== held.version) this.faults.push(`${frame.topic}: at ${held.version} came ${frame.prev} to ${frame.version}`);
      else this.apply(held, frame);
    } else if (frame.type === "resumed") {
      this.resumed += 1;
      if (held?.version !== frame.version) this.faults.push(`${frame.topic}: resumed at ${frame.version}, holding ${held?.version}`);
    } else if (frame.type === "problem") {
      // A service is away: ask again, as a browser does.
      void pause(200).then(() => socket.isOpen && this.subscribe(frame.topic, socket));
    } else {
      this.faults.push(`unexpected ${JSON.stringify(frame)}`);
    }
  }

  private apply(held: Held, change: Incoming): void {
    for (const [key, value] of Object.entries(change.put)) held.entities[key] = value;
    for (const key of change.drop) delete held.entities[key];
    held.version = change.version;
  }
}
