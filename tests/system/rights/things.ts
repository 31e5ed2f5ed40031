/// Something in each state that rights depend on.
import { Person, type JsonObject } from "../support/http.ts";
import { eventually } from "../support/wait.ts";
import type { Witan } from "../support/witan.ts";
import { makeCast, password, type Cast, type Ids, type Reader } from "./readers.ts";
import { query } from "../support/database.ts";

export interface Things {
  cast: Cast;
  ids: Ids;
  session: string;
  kept: string;
  link: string;
  meetings: { draft: string; published: string; started: string; closed: string };
  consultations: { preparing: string; open: string; closed: string };
  block: string;
}

const markdown = "# A strategy\n\n## Places\n\nFirst paragraph of the draft, long enough.\n";

/// A meeting of the body with one item.
export async function newMeeting({ cast, ids }: Things): Promise<{ meeting: string; item: string }> {
  const { result } = await cast.secretary.command("meetings.schedule_meeting", {
    ...{ body: ids.body, title: "A meeting", date: "2030-01-15", starts: "10:00", ends: "12:00", place: "Here" },
  });
  const meeting = result["meeting"] ?? "";
  const { result: added } = await cast.secretary.command("meetings.add_agenda_item", { meeting, title: "An item", kind: "discussion", minutes: 15 });
  return { meeting, item: added["item"] ?? "" };
}

async function meetingIn(things: Things, ...steps: string[]): Promise<string> {
  const { meeting } = await newMeeting(things);
  for (const step of steps) await things.cast.secretary.command(`meetings.${step}`, { meeting });
  return meeting;
}

export async function newConsultation({ cast, ids }: Things): Promise<string> {
  const args = { body: ids.body, title: "A strategy", area: "Here", summary: "What people think of it." };
  const { result } = await cast.chair.command("consultations.create_consultation", args);
  const consultation = result["consultation"] ?? "";
  await cast.chair.command("consultations.publish_draft", { consultation, markdown });
  return consultation;
}

export async function openConsultation(things: Things): Promise<string> {
  const consultation = await newConsultation(things);
  await things.cast.chair.command("consultations.open_consultation", { consultation, closes_on: "2099-12-31" });
  return consultation;
}

export const engagement = (group: string): JsonObject => ({
  ...{ group, organisation: "A firm", kind: "business", sector: "Freight", area: "Here", heard_on: "2020-01-15" },
  ...{ channel: "call", said: "What they said." },
});

export async function makeThings(witan: Witan): Promise<Things> {
  const { cast, ids } = await makeCast(witan);
  const things = { cast, ids } as Things;
  await eventually("the services have heard of the body", 20_000, async () => {
    const asked = await Promise.all(["meetings", "consultations"].map((kind) => cast.secretary.send("GET", `/api/v1/views/body-${kind}/${ids.body}`)));
    return asked.every(({ status }) => status === 200);
  });
  await cast.administrator.command("advisory.open_group", { group: ids.body, challenge: "clean_growth", mission: "A mission of some length." });
  things.meetings = {
    draft: await meetingIn(things),
    published: await meetingIn(things, "publish_agenda"),
    started: await meetingIn(things, "publish_agenda", "start_meeting"),
    closed: await meetingIn(things, "publish_agenda", "start_meeting", "close_meeting"),
  };
  const closed = await openConsultation(things);
  await cast.chair.command("consultations.close_consultation", { consultation: closed });
  things.consultations = { preparing: await newConsultation(things), open: await openConsultation(things), closed };
  const { entities } = await cast.chair.view(`drafts/${things.consultations.open}/1`);
  things.block = String(Object.values(entities).find((row) => row["is_paragraph"] === true)?.["block"]);
  await cast.secretary.command("directory.invite", { body: ids.body, seat: ids.vacant, name: "Somebody", email: "somebody@rights.example" });
  const staff = await cast.secretary.view(`bodies/${ids.body}`);
  things.link = String(Object.values(staff.entities).find((row) => row["link"] !== undefined)?.["link"]);
  things.session = (await sessionsOf(things, "member"))[0] ?? "";
  things.kept = (await sessionsOf(things, "departed"))[0] ?? "";
  return things;
}

/// Where somebody is signed in, newest first.
export async function sessionsOf({ cast, ids }: Things, reader: Reader): Promise<string[]> {
  const { entities } = await cast[reader].view(`account/${ids.people[reader]}`);
  const rows = Object.values(entities).filter((row) => row["session"] !== undefined);
  return rows.sort((a, b) => (String(a["sort"]) < String(b["sort"]) ? -1 : 1)).map((row) => String(row["session"]));
}

/// The member signs in in one more place, which may be ended.
export async function sessionOfMember(things: Things): Promise<string> {
  const { email } = await accountOf(things);
  const before = new Set(await sessionsOf(things, "member"));
  const elsewhere = await new Person(things.cast.member.witan).signInWith(email, password);
  elsewhere.leave();
  const [started = ""] = (await sessionsOf(things, "member")).filter((session) => !before.has(session));
  return started;
}

async function accountOf({ cast, ids }: Things): Promise<{ email: string }> {
  const { entities } = await cast.member.view(`account/${ids.people["member"]}`);
  return { email: String(entities["account"]?.["email"]) };
}

/// The first segments of all topics that the services keep, private ones aside.
export function kindsOfTopics(witan: Witan): Set<string> {
  const kinds = new Set<string>();
  for (const service of ["directory", "meetings", "advisory", "consultations"] as const) {
    for (const row of query(witan, service, "SELECT DISTINCT topic FROM topic_heads WHERE topic NOT LIKE 'index/%'")) {
      kinds.add(String(row["topic"]).split("/")[0] ?? "");
    }
  }
  return kinds;
}
