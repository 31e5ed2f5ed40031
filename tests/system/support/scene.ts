/// Something of each service to work on, made by the people who may.
import { Person } from "./http.ts";
import type { Witan } from "./witan.ts";
import { eventually } from "./wait.ts";

export interface Scene {
  secretary: Person;
  member: Person;
  champion: Person;
  visitor: Person;
  council: string;
  group: string;
  meeting: string;
  /// Of which it is the first.
  series: string;
  items: string[];
  consultation: string;
  /// A paragraph that takes comments, and the topic of what is said about it.
  block: string;
  thread: string;
}

const markdown = "# A strategy\n\n## Places\n\nFirst paragraph of the draft.\n\nSecond paragraph of the draft.\n";

async function idIn(person: Person, topic: string, name: string, field: string): Promise<string> {
  const { entities } = await person.view(topic);
  const found = Object.values(entities).find((value) => value["name"] === name);
  if (found === undefined) throw new Error(`${topic} does not show ${name}`);
  return String(found[field]);
}

async function makeMeeting(secretary: Person, body: string): Promise<Pick<Scene, "meeting" | "series" | "items">> {
  const made = await secretary.command("meetings.schedule_meeting", {
    ...{ body, title: "Meeting under test", date: "2030-01-15", starts: "10:00", ends: "12:00", place: "Nowhere", new_series: "Meetings under test" },
  });
  const meeting = made.result["meeting"] ?? "";
  const items: string[] = [];
  for (const title of ["Welcome", "Skills", "Transport", "Close"]) {
    const added = await secretary.command("meetings.add_agenda_item", { meeting, title, kind: "discussion", minutes: 15 });
    items.push(added.result["item"] ?? "");
  }
  await secretary.command("meetings.publish_agenda", { meeting });
  return { meeting, series: made.result["series"] ?? "", items };
}

async function makeConsultation(secretary: Person, body: string): Promise<Pick<Scene, "consultation" | "block" | "thread">> {
  const made = await secretary.command("consultations.create_consultation", {
    ...{ body, title: "Strategy under test", area: "Nowhere", summary: "What people think of a draft." },
  });
  const consultation = made.result["consultation"] ?? "";
  await secretary.command("consultations.publish_draft", { consultation, markdown });
  await secretary.command("consultations.open_consultation", { consultation, closes_on: "2099-12-31" });
  const draft = await secretary.view(`drafts/${consultation}/1`);
  const paragraph = Object.values(draft.entities).find((value) => value["is_paragraph"] === true);
  const block = String(paragraph?.["block"]);
  return { consultation, block, thread: `threads/${consultation}/1/${block}` };
}

export async function makeScene(witan: Witan): Promise<Scene> {
  const secretary = await new Person(witan).signIn("secretary, Council of LEP Chairs");
  const member = await new Person(witan).signIn("member, Council of LEP Chairs");
  const champion = await new Person(witan).signIn("champion, Future of mobility advisory group");
  const council = await idIn(secretary, "bodies", "Council of LEP Chairs", "body");
  const group = await idIn(secretary, "bodies", "Future of mobility advisory group", "body");
  await eventually("the champion sees the group's log", 10_000, async () => (await champion.send("GET", `/api/v1/views/engagements/${group}`)).status === 200);
  return {
    ...{ secretary, member, champion, visitor: new Person(witan), council, group },
    ...(await makeMeeting(secretary, council)),
    ...(await makeConsultation(secretary, council)),
  };
}

export function leave(scene: Scene): void {
  for (const person of [scene.secretary, scene.member, scene.champion, scene.visitor]) person.leave();
}
