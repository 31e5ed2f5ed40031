// Keeps the store current: subscribes every topic with the position held, applies what comes in order, asks again
// for what is missing, and says how things stand.
import type { TopicStore } from "../store/topic_store.ts";
import { isPresence } from "../view_model.ts";
import { parseFrame, type Frame, type SnapshotOf } from "./frames.ts";
import { LiveSocket, type SocketTools } from "./socket.ts";

export type LiveState = "connecting" | "live" | "reconnecting" | "ended";

export interface StreamerEvents {
  state(state: LiveState): void;
  /** After a time without connection: how many changes came meanwhile. */
  caughtUp(changes: number): void;
  revoked(topic: string): void;
  /** The session ends in so many seconds unless somebody says that they are here; nothing: it goes on. */
  ending(seconds: number | undefined): void;
}

/** Somebody who wants a topic that the page did not come with. */
export interface Watcher {
  /** The store holds it from now on. */
  arrived(): void;
  /** It is not there, or no longer for this reader. */
  gone(): void;
}

const RETRY_SUBSCRIBE_MS = 2000;
const GONE = new Set(["unknown_topic", "not_found", "forbidden", "not_signed_in"]);

export class Streamer {
  readonly #store: TopicStore;
  readonly #tools: SocketTools;
  readonly #events: StreamerEvents;
  readonly #socket: LiveSocket;
  readonly #waiting = new Set<string>();   // Topics whose subscription has not been answered yet.
  readonly #watchers = new Map<string, Watcher>();
  #state: LiveState = "connecting";
  #isOpen = false;
  #isBack = false;                         // Connected again after an absence, and not caught up yet.
  #missed = 0;

  constructor(store: TopicStore, tools: SocketTools, events: StreamerEvents) {
    this.#store = store;
    this.#tools = tools;
    this.#events = events;
    this.#socket = new LiveSocket(tools, {
      opened: () => this.#opened(),
      received: (data) => this.#received(parseFrame(data)),
      closed: (isFinal) => this.#closed(isFinal),
    });
  }

  start(): void {
    this.#socket.start();
  }

  hurry(): void {
    this.#socket.hurry();
  }

  drop(): void {
    this.#socket.drop();
  }

  /** Somebody is at the page. */
  here(): void {
    this.#socket.send({ type: "here" });
  }

  /** In the form of which row somebody writes here; nothing: in none. */
  doing(topic: string, editing: string | undefined): void {
    this.#socket.send({ type: "doing", topic, ...(editing === undefined ? {} : { editing }) });
  }

  /** Follows one more topic, for as long as nobody says `leave`. */
  watch(topic: string, watcher: Watcher): void {
    this.#watchers.set(topic, watcher);
    if (this.#isOpen) this.#subscribe(topic);
  }

  leave(topic: string): void {
    this.#watchers.delete(topic);
    this.#store.forget(topic);
    this.#socket.send({ type: "unsubscribe", topic });
    if (this.#waiting.has(topic)) this.#answered(topic);
  }

  get state(): LiveState {
    return this.#state;
  }

  #set(state: LiveState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#events.state(state);
  }

  #opened(): void {
    this.#isOpen = true;
    for (const topic of new Set([...this.#store.names(), ...this.#watchers.keys()])) this.#subscribe(topic);
    this.#settleWhenAnswered();
  }

  #subscribe(topic: string): void {
    this.#waiting.add(topic);
    const after = this.#store.resumePoint(topic);
    this.#socket.send({ type: "subscribe", topic, ...(after ? { after } : {}) });
  }

  #closed(isFinal: boolean): void {
    this.#isOpen = false;
    this.#waiting.clear();
    if (this.#state === "live") this.#isBack = true;
    this.#set(isFinal ? "ended" : "reconnecting");
  }

  #received(frame: Frame | undefined): void {
    switch (frame?.type) {
      case "change": {
        const applied = this.#store.apply(frame);
        if (applied === "applied" && this.#isBack) this.#missed += 1;
        if (applied === "gap" && !this.#waiting.has(frame.topic)) this.#subscribe(frame.topic);
        return;
      }
      case "snapshot":
        this.#show(frame);
        return this.#answered(frame.topic);
      case "resumed":
        this.#store.advance(frame.topic, frame);
        return this.#answered(frame.topic);
      case "revoked":
        this.#store.forget(frame.topic);
        this.#events.revoked(frame.topic);
        this.#gone(frame.topic);
        return this.#answered(frame.topic);
      case "ending":
        return this.#events.ending(frame.seconds);
      case "problem":
        if (frame.topic !== undefined) this.#refused(frame.topic, frame.problem["code"]);
        return;
      default:
        return;
    }
  }

  #show(snapshot: SnapshotOf): void {
    const watcher = this.#watchers.get(snapshot.topic);
    if (watcher && !this.#store.get(snapshot.topic)) {
      this.#store.add(snapshot);
      return watcher.arrived();
    }
    if (this.#isBack && !isPresence(snapshot.topic)) this.#missed += 1;
    this.#store.replace(snapshot);
  }

  #gone(topic: string): void {
    const watcher = this.#watchers.get(topic);
    this.#watchers.delete(topic);
    watcher?.gone();
  }

  #refused(topic: string, code: unknown): void {
    if (typeof code === "string" && GONE.has(code)) {
      this.#store.forget(topic);
      this.#gone(topic);
      this.#answered(topic);
      return;
    }
    this.#tools.after(RETRY_SUBSCRIBE_MS * (0.5 + this.#tools.random()), () => {
      if (this.#waiting.has(topic)) this.#subscribe(topic);
    });
  }

  #answered(topic: string): void {
    this.#waiting.delete(topic);
    this.#settleWhenAnswered();
  }

  #settleWhenAnswered(): void {
    if (this.#waiting.size > 0) return;
    this.#socket.settled();
    this.#set("live");
    if (this.#isBack && this.#missed > 0) this.#events.caughtUp(this.#missed);
    this.#isBack = false;
    this.#missed = 0;
  }
}
