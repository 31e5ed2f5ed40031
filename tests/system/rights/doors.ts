/// What is neither a page nor a command: coming, going and listening. What each reader gets: written by hand.
import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Person } from "../support/http.ts";
import { begin, pdf, put } from "../support/papers.ts";
import { Socket } from "../support/socket.ts";
import { password, readers, type Reader } from "./readers.ts";
import { addressOf, isSignedIn, onceMore, type Things } from "./things.ts";

export interface Door {
  knock: (things: Things, reader: Reader) => Promise<string>;
  /// visitor person member secretary chair stranger administrator auditor departed signed_out
  gets: string;
}

const credentials = (things: Things): { email: string; password: string } => ({ email: addressOf(things, "member"), password });
const form = { "content-type": "application/x-www-form-urlencoded" };

/// A member's session has begun in `answer`: nobody else's, whoever asked.
async function begun(things: Things, answer: { status: number; headers: { "set-cookie"?: string[] | undefined } }): Promise<string> {
  const cookie = answer.headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
  const { text } = await things.cast.visitor.send("GET", "/account", undefined, { cookie });
  return text.includes(addressOf(things, "member")) ? `${answer.status}:member` : `${answer.status}:nobody`;
}

/// What a reader gets who leaves, and whether they are signed in afterwards.
async function leaving(things: Things, reader: Reader, leave: (person: Person) => Promise<{ status: number }>): Promise<string> {
  const person = await onceMore(things, reader);
  const { status } = await leave(person);
  const after = await isSignedIn(person);
  if (!after) person.leave();
  return `${status}:${after ? "in" : "out"}`;
}

/// A command from a page without script: asked to sign in, done and shown again, or refused.
async function press({ cast, ids }: Things, reader: Reader): Promise<string> {
  const meeting = { body: ids.body, title: "A meeting", date: "2030-01-15", starts: "10:00", ends: "12:00", place: "Here" };
  const { status, headers } = await cast[reader].post("meetings.schedule_meeting", meeting, undefined, undefined, "text/html");
  const location = String(headers.location);
  return status !== 303 ? String(status) : location.startsWith("/sign-in?") ? "in" : location === "/help" ? "ok" : location;
}

async function listen({ cast }: Things, reader: Reader, origin: string): Promise<string> {
  const { cookie, witan } = cast[reader];
  const socket = await Socket.open(witan.port, { Origin: origin, ...(cookie === "" ? {} : { Cookie: cookie }) });
  if (typeof socket === "number") return String(socket);
  socket.cut();
  return "101";
}

async function given(person: Person): Promise<string> {
  const { status, body } = await person.send("POST", "/live/ticket", undefined, { origin: person.witan.origin });
  return status !== 200 ? String(status) : typeof body["ticket"] === "string" ? "one" : "none";
}

const all = (word: string): string => readers.map(() => word).join(" ");
const stay = "303:out 403:in 403:in 403:in 403:in 403:in 403:in 403:in 403:in 303:out";

export const doors: { [door: string]: Door } = {
  "POST /sign-in": {
    knock: async (things, reader) => begun(things, await things.cast[reader].send("POST", "/sign-in", new URLSearchParams(credentials(things)).toString(), form)),
    gets: all("303:member"),
  },
  "POST /sign-in, with a wrong password": {
    knock: async (things, reader) => begun(things, await things.cast[reader].send("POST", "/sign-in", new URLSearchParams({ email: `of-${reader}@rights.example`, password }).toString(), form)),
    gets: all("401:nobody"),
  },
  "POST /sign-in/code": {   // without the ticket that the first step hands out
    knock: async (things, reader) => begun(things, await things.cast[reader].send("POST", "/sign-in/code", new URLSearchParams({ ticket: "A".repeat(200), code: "000000" }).toString(), form)),
    gets: all("403:nobody"),
  },
  ...Object.fromEntries(["/sign-in/openid", "/account/openid"].map((path) => [   // where it is not set up
    `POST ${path}`, { knock: async ({ cast }, reader) => String((await cast[reader].send("POST", path, "return_to=/", form)).status), gets: all("404") },
  ])),
  "POST /uploads/{upload}": {   // of the secretary's
    knock: async ({ cast, meetings }, reader) => {
      const upload = await begin(cast.secretary, meetings.published, pdf("A paper"));
      const { status } = await put(cast[reader], upload, 0, Buffer.from("%PDF"));
      await cast.secretary.command("meetings.cancel_upload", { upload });
      return String(status);
    },
    gets: "401 404 404 200 404 404 404 404 404 401",
  },
  "POST /api/v1/sessions": {
    knock: async (things, reader) => begun(things, await things.cast[reader].send("POST", "/api/v1/sessions", JSON.stringify(credentials(things)))),
    gets: all("200:member"),
  },
  "POST /sign-out, with the token of another session": {
    knock: (things, reader) =>
      leaving(things, reader, (person) => person.send("POST", "/sign-out", new URLSearchParams({ csrf: things.cast.stranger.csrf }).toString(), form)),
    gets: stay,
  },
  "DELETE /api/v1/sessions, from another site": {
    knock: (things, reader) => leaving(things, reader, (person) => person.send("DELETE", "/api/v1/sessions", undefined, { origin: "https://elsewhere.example" })),
    gets: stay.replaceAll("303", "403"),
  },
  "DELETE /api/v1/sessions": {
    knock: (things, reader) => leaving(things, reader, (person) => person.send("DELETE", "/api/v1/sessions")),
    gets: all("204:out"),
  },
  "POST /sign-out": {
    knock: (things, reader) => leaving(things, reader, (person) => person.send("POST", "/sign-out", new URLSearchParams({ csrf: person.csrf }).toString(), form)),
    gets: all("303:out"),
  },
  "POST /do/{command}": { knock: press, gets: "in 403 403 ok ok 403 ok 403 403 in" },   // what each command's row says, from a page without script
  "POST /live/ticket": { knock: async ({ cast }, reader) => await given(cast[reader]), gets: "none one one one one one one one one none" },
  "UPGRADE /live": { knock: (things, reader) => listen(things, reader, things.cast[reader].witan.origin), gets: all("101") },
  "UPGRADE /live, from another site": { knock: (things, reader) => listen(things, reader, "https://elsewhere.example"), gets: all("403") },
};

/// The address of the script as it was built.
export function script(): string {
  const folder = process.env["WITAN_WEB_ROOT"] ?? join(import.meta.dirname, "..", "..", "..", "web-client", "dist");
  const built = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as { [source: string]: { file: string } };
  return `/${built["src/main.ts"]?.file ?? ""}`;
}
