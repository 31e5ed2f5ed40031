/// Talking to the gateway as scripts do.
import { randomBytes } from "node:crypto";
import { Agent, request, type IncomingHttpHeaders } from "node:http";

import { pause } from "./wait.ts";
import type { Witan } from "./witan.ts";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

export interface Answer {
  /// 0 when no answer came.
  status: number;
  headers: IncomingHttpHeaders;
  body: JsonObject;
  text: string;
}

export interface CommandReply {
  topic: string;
  epoch: string;
  version: number;
  result: { [key: string]: string };
  others_later: boolean;
}

export interface View {
  topic: string;
  audience: string;
  epoch: string;
  version: number;
  entities: { [key: string]: JsonObject };
}

function parsed(text: string): JsonObject {
  try {
    return JSON.parse(text) as JsonObject;
  } catch {
    return {};
  }
}

/// Tries again for a while when told that this may help.
async function patiently(send: () => Promise<Answer>): Promise<Answer> {
  const end = Date.now() + 20_000;
  for (;;) {
    const answer = await send();
    if (answer.body["may_retry"] !== true || Date.now() > end) return answer;
    await pause(100);
  }
}

/// Somebody with a browser, signed in or not.
export class Person {
  cookie = "";
  /// What the forms of the session carry.
  csrf = "";
  readonly headers: { [name: string]: string } = {};
  /// The cookie that says of the browser that a session of staff may be in it.
  private mark = "";
  private readonly agent = new Agent({ keepAlive: true });

  constructor(readonly witan: Witan) {}

  async send(method: string, path: string, body?: string | Buffer, headers: { [name: string]: string } = {}, limit_ms = 25_000): Promise<Answer> {
    const all: { [name: string]: string } = { ...(this.cookie ? { cookie: this.cookie + this.mark } : {}), ...headers };
    if (body !== undefined) {
      all["content-type"] ??= "application/json";
      all["content-length"] = String(Buffer.byteLength(body));
    }
    return new Promise((done) => {
      const nothing = (why: unknown): void => done({ status: 0, headers: {}, body: {}, text: String(why) });
      const sent = request(`${this.witan.origin}${path}`, { method, headers: all, agent: this.agent, timeout: limit_ms }, (answer) => {
        const pieces: Buffer[] = [];
        answer.on("data", (piece: Buffer) => pieces.push(piece));
        answer.on("error", nothing);
        answer.on("end", () => {
          const text = Buffer.concat(pieces).toString("utf8");
          if (method === "GET") this.takeRenewed(answer.headers["set-cookie"] ?? [], text);
          done({ status: answer.statusCode ?? 0, headers: answer.headers, body: parsed(text), text });
        });
      });
      sent.on("timeout", () => sent.destroy(new Error("no answer in time")));
      sent.on("error", nothing);
      sent.end(body);
    });
  }

  /// A page may come with another name for the session (directory.renew_session), as a browser takes it.
  private takeRenewed(cookies: string[], page: string): void {
    if (this.cookie === "") return;
    const [renewed, mark] = ["witan=[a-z2-7]", "witan-staff="].map((start) => cookies.find((cookie) => new RegExp(`^(__Host-)?${start}`).test(cookie))?.split(";")[0]);
    if (mark !== undefined) this.mark = `; ${mark}`;
    if (renewed === undefined) return;
    this.cookie = renewed;
    this.csrf = page.match(/name="csrf" value="([^"]+)"/)?.[1] ?? this.csrf;
  }

  async signIn(role: string): Promise<this> {
    const account = this.witan.accounts().find((one) => one.roles.includes(role));
    if (account === undefined) throw new Error(`nobody is ${role}`);
    return this.signInWith(account.email, account.password);
  }

  async signInWith(email: string, password: string): Promise<this> {
    const answer = await patiently(() => this.send("POST", "/api/v1/sessions", JSON.stringify({ email, password })));
    if (answer.status !== 200) throw new Error(`sign-in of ${email}: ${answer.status} ${answer.text}`);
    this.cookie = (answer.headers["set-cookie"]?.[0] ?? "").split(";")[0] ?? "";
    this.csrf = String(answer.body["csrf"]);
    return this;
  }

  /// Sends a command and gives whatever comes back.
  async try(name: string, args: JsonObject, id = newId(), more: JsonObject = {}, limit_ms = 25_000): Promise<Answer> {
    return this.send("POST", "/api/v1/commands", JSON.stringify({ id, name, args, ...more }), {}, limit_ms);
  }

  /// Sends a command as a form does, from a page with script or without, and gives whatever comes back.
  async post(name: string, args: JsonObject, id = newId(), csrf = this.csrf, accept = "application/json"): Promise<Answer> {
    const form = new URLSearchParams({ csrf, command_id: id, form: "form", on_page: "/help", return_to: "/help" });
    for (const [field, value] of Object.entries(args)) for (const one of Array.isArray(value) ? value : [value]) form.append(field, String(one));
    return this.send("POST", `/do/${name}`, form.toString(), { accept, "content-type": "application/x-www-form-urlencoded" });
  }

  /// Sends a command that has to succeed, on a slow machine perhaps at the second try.
  async command(name: string, args: JsonObject, id = newId()): Promise<CommandReply> {
    const answer = await patiently(() => this.try(name, args, id));
    if (answer.status !== 200) throw new Error(`${name}: ${answer.status} ${answer.text}`);
    return answer.body as unknown as CommandReply;
  }

  async view(topic: string): Promise<View> {
    const answer = await this.send("GET", `/api/v1/views/${topic}`);
    if (answer.status !== 200) throw new Error(`${topic}: ${answer.status} ${answer.text}`);
    return answer.body as unknown as View;
  }

  /// The rows of a list that is read in pages: its head and every page behind it.
  async list(topic: string): Promise<View["entities"]> {
    const { pages, ...rows } = (await this.view(topic)).entities;
    for (let page = Number(pages?.["earlier_count"] ?? 0); page > 0; --page) {
      const { pages: _, ...earlier } = (await this.view(`${topic}/page/${page}`)).entities;
      Object.assign(rows, earlier);
    }
    return rows;
  }

  leave(): void {
    this.agent.destroy();
  }
}

export const newId = (): string => `system-${randomBytes(9).toString("hex")}`;
