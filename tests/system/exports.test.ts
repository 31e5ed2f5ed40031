// What leaves Witan for other programs: calendars, tables and data, a feed of papers. Each says what its page says, to whom it says it.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { after, before, describe, test } from "node:test";

import type { Answer, Person } from "./support/http.ts";
import { addPaper } from "./support/papers.ts";
import { leave, makeScene, type Scene } from "./support/scene.ts";
import { eventually } from "./support/wait.ts";
import { Witan } from "./support/witan.ts";

const limit = { timeout: 180_000 };

interface Component {
  getFirstPropertyValue(name: string): unknown;
  getFirstSubcomponent(name: string): Component | null;
  getAllSubcomponents(name: string): Component[];
}
/// What others read calendars with.
const ical = createRequire(fileURLToPath(new URL("../../web-client/package.json", import.meta.url)))("ical.js") as {
  parse(text: string): unknown;
  Component: new (parsed: unknown) => Component;
  Event: new (one: Component) => { startDate: { toJSDate(): Date }; endDate: { toJSDate(): Date } };
};
const events = (text: string): Component[] => new ical.Component(ical.parse(text)).getAllSubcomponents("vevent");
const only = (text: string): Component => {
  const [one, ...more] = events(text);
  assert.ok(one !== undefined && more.length === 0, text);
  return one;
};
const values = (one: Component, ...names: string[]): string[] => names.map((name) => String(one.getFirstPropertyValue(name)));

describe("what leaves Witan", () => {
  let witan: Witan;
  let scene: Scene;
  const get = (person: Person, path: string): Promise<Answer> => person.send("GET", path);

  before(async () => {
    witan = await Witan.start({ steps: "demo", settings: ["gateway.http_requests_per_minute_signed_in=1000000", "gateway.http_requests_per_minute_anonymous=1000000"] });
    scene = await makeScene(witan);
  }, limit);
  after(async () => {
    if (scene) leave(scene);
    await witan?.stop();
  });

  const schedule = async (more: { [name: string]: string } = {}): Promise<string> => {
    const { result } = await scene.secretary.command("meetings.schedule_meeting", { body: scene.council, title: "To be moved", date: "2030-06-19", starts: "14:00", ends: "16:00", place: "Here", ...more });
    const meeting = result["meeting"] ?? "";
    await scene.secretary.command("meetings.add_agenda_item", { meeting, title: "=SUM(A1:A9)", kind: "decision", minutes: 25, lead: "Ada" });
    await scene.secretary.command("meetings.add_agenda_item", { meeting, title: "Appointments", kind: "decision", minutes: 5, circulation: "members" });
    return meeting;
  };
  const published = async (more: { [name: string]: string } = {}): Promise<string> => {
    const meeting = await schedule(more);
    await scene.secretary.command("meetings.publish_agenda", { meeting });
    return meeting;
  };

  test("a meeting is in a calendar as it is, then where it was moved to, then not at all", limit, async () => {
    const meeting = await published();
    const first = await get(scene.visitor, `/meetings/${meeting}.ics`);
    assert.equal(first.status, 200);
    assert.equal(first.headers["content-type"], "text/calendar; charset=utf-8");
    assert.match(String(first.headers["content-disposition"]), /^attachment; filename="meeting-2030-06-19\.ics"$/);
    assert.equal((await get(scene.member, `/meetings/${meeting}.ics`)).headers["cache-control"], "no-store");
    const before = only(first.text);
    const event = new ical.Event(before);
    assert.equal(event.startDate.toJSDate().toISOString(), "2030-06-19T13:00:00.000Z");   // summer time
    assert.equal(event.endDate.toJSDate().toISOString(), "2030-06-19T15:00:00.000Z");
    assert.deepEqual(values(before, "summary", "location", "status", "sequence"), ["To be moved", "Here", "CONFIRMED", "0"]);
    assert.equal(values(before, "url")[0], `${witan.origin}/meetings/${meeting}`);

    const change = { meeting, date: "2030-12-31", starts: "23:00", ends: "01:00", place: "There; on the 1st floor, left" };
    assert.equal((await scene.secretary.try("meetings.reschedule_meeting", change)).status, 422);   // people know of it: why?
    await scene.secretary.command("meetings.reschedule_meeting", { ...change, reason: "The room is taken" });
    const moved = only((await get(scene.visitor, `/meetings/${meeting}.ics`)).text);
    assert.deepEqual(values(moved, "uid", "location", "sequence"), [...values(before, "uid"), "There; on the 1st floor, left", "1"]);
    const later = new ical.Event(moved);
    assert.equal(later.startDate.toJSDate().toISOString(), "2030-12-31T23:00:00.000Z");
    assert.equal(later.endDate.toJSDate().toISOString(), "2031-01-01T01:00:00.000Z");
    assert.match((await get(scene.visitor, `/meetings/${meeting}`)).text, /The room is taken<br>Was: 2pm to 4pm, Wednesday 19 June 2030/);

    await scene.secretary.command("meetings.cancel_meeting", { meeting, reason: "Snow" });
    const gone = only((await get(scene.visitor, `/meetings/${meeting}.ics`)).text);
    assert.deepEqual(values(gone, "uid", "status", "sequence"), [...values(before, "uid"), "CANCELLED", "2"]);
    const page = await get(scene.visitor, `/meetings/${meeting}`);
    assert.match(page.text, /This meeting is cancelled\.<\/strong> Snow/);
    assert.match(page.text, /=SUM\(A1:A9\)/, "its agenda stays");
    assert.equal((await scene.secretary.try("meetings.start_meeting", { meeting })).status, 409);
  });

  test("somebody's calendar follows the meetings of their bodies, for whoever has its address, until it ends", limit, async () => {
    const person = String((await get(scene.member, "/account")).text.match(/"person":"([^"]+)"/)?.[1]);
    const own = { person };
    const made = async (): Promise<string> => {
      await scene.member.command("directory.open_calendar", own);
      const { address } = (await scene.member.view(`calendar/${person}`)).entities["calendar"] as { address: string };
      assert.ok(address.startsWith(`${witan.origin}/calendar/`), address);
      return address.slice(witan.origin.length);
    };
    const address = await made();
    const meeting = await schedule({ title: "For members so far" });
    const find = async (): Promise<Component | undefined> =>
      events((await get(scene.visitor, address)).text).find((one) => values(one, "uid")[0] === `${meeting}@witan`);
    await eventually("the draft is there", 5_000, async () => (await find()) !== undefined);
    assert.deepEqual(values((await find()) ?? assert.fail(), "summary", "status"), ["For members so far", "TENTATIVE"]);
    const answer = await get(scene.visitor, address);
    assert.equal(answer.headers["cache-control"], "no-store");
    assert.doesNotMatch(answer.text, /=SUM/, "no agenda");
    assert.doesNotMatch((await get(scene.visitor, "/feeds/meetings.ics")).text, /For members so far/);
    await scene.secretary.command("meetings.cancel_meeting", { meeting, reason: "Snow" });
    await eventually("it is cancelled there", 5_000, async () => values((await find()) ?? assert.fail(), "status")[0] === "CANCELLED");

    const next = await made();
    await eventually("the first address has ended", 5_000, async () => (await get(scene.visitor, address)).status === 404);
    assert.equal((await get(scene.visitor, next)).status, 200);
    const seats = Object.values((await scene.member.view(`account/${person}`)).entities).filter((row) => row["body_href"] === `/bodies/${scene.council}`);
    const seat = String(seats[0]?.["seat"] ?? assert.fail("the member's seat"));
    await scene.secretary.command("directory.vacate_seat", { body: scene.council, seat });
    await eventually("nothing is left of the body", 5_000, async () => events((await get(scene.visitor, next)).text).length === 0);
    await scene.secretary.command("directory.fill_seat", { body: scene.council, seat, person });
    await scene.member.command("directory.close_calendar", own);
    await eventually("it has ended", 5_000, async () => (await get(scene.visitor, next)).status === 404);
    for (const wrong of ["a".repeat(52), "x", "A"]) assert.equal((await get(scene.visitor, `/calendar/${wrong}.ics`)).status, 404);
  });

  test("a draft is for nobody but those who write it", limit, async () => {
    const meeting = await schedule();
    for (const ending of [".ics", "/agenda.csv", "/agenda.json"]) {
      assert.equal((await get(scene.secretary, `/meetings/${meeting}${ending}`)).status, 200);
      for (const person of [scene.visitor, scene.member]) {
        const refused = await get(person, `/meetings/${meeting}${ending}`);
        const absent = await get(person, `/meetings/${"a".repeat(26)}${ending}`);
        assert.deepEqual([refused.status, absent.status], [404, 404]);
      }
    }
    assert.deepEqual(values(only((await get(scene.secretary, `/meetings/${meeting}.ics`)).text), "status"), ["TENTATIVE"]);
  });

  test("an agenda as a table and as data says what the page says to the same reader", limit, async () => {
    const meeting = await published();
    const table = await get(scene.visitor, `/meetings/${meeting}/agenda.csv`);
    assert.match(String(table.headers["content-type"]), /^text\/csv; charset=utf-8/);
    assert.match(table.text, /"1","'=SUM\(A1:A9\)","For decision","Ada","25"/, "no spreadsheet runs it");
    assert.doesNotMatch(table.text, /Appointments/);
    assert.match(table.text, /"total","2 items, ending at 2:30pm","","","30"/);
    assert.match((await get(scene.member, `/meetings/${meeting}/agenda.csv`)).text, /"2","Appointments"/);
    const data = (await get(scene.visitor, `/meetings/${meeting}/agenda.json`)).body as unknown as { planned_minutes: number; agenda: { [name: string]: unknown }[] };
    assert.equal(data.planned_minutes, 30);
    assert.deepEqual(data.agenda[1], { number: "2", circulation: "members" });
    const builder = await get(scene.secretary, `/meetings/${meeting}/agenda`);
    assert.match(builder.text, /<strong>30 minutes<\/strong> planned in 2 items, ending at 2:30pm/);
  });

  test("minutes and decisions leave for those who may read them, and with approval for everybody", limit, async () => {
    const { secretary, member, visitor } = scene;
    const meeting = await published();
    await secretary.command("meetings.start_meeting", { meeting });
    const { entities } = await secretary.view(`meetings/${meeting}`);
    const [item, restricted] = Object.values(entities).filter((row) => row["item"] !== undefined).sort((a, b) => (String(a["sort"]) < String(b["sort"]) ? -1 : 1)).map((row) => String(row["item"]));
    await secretary.command("meetings.write_minutes", { meeting, item: item ?? "", text: "What was said.", seen_changes: 0 });
    const { result } = await secretary.command("meetings.write_decision", { meeting, item: item ?? "", text: "To go ahead" });
    await secretary.command("meetings.write_decision", { meeting, item: restricted ?? "", text: "To appoint somebody" });
    const number = result["number"] ?? "";
    await secretary.command("meetings.close_meeting", { meeting });
    assert.equal((await get(member, `/meetings/${meeting}/minutes.csv`)).status, 404);
    await secretary.command("meetings.circulate_minutes", { meeting });
    const circulated = await get(member, `/meetings/${meeting}/minutes.csv`);
    assert.match(circulated.text, new RegExp(`"decision","${number}","To go ahead"`));
    assert.match(circulated.text, /"total","","","","2 decisions, 0 actions"/);
    assert.equal((await get(visitor, `/meetings/${meeting}/minutes.csv`)).status, 404);
    assert.match((await get(member, `/bodies/${scene.council}/decisions.csv`)).text, new RegExp(`"${number}","To go ahead",.*"everyone","no"`));
    assert.doesNotMatch((await get(visitor, `/bodies/${scene.council}/decisions.csv`)).text, /To go ahead/);
    const at = await published();
    await secretary.command("meetings.start_meeting", { meeting: at });
    await secretary.command("meetings.approve_minutes", { meeting, at });
    const open = await get(visitor, `/meetings/${meeting}/minutes.json`);
    assert.equal(open.body["decisions"], 1);
    assert.doesNotMatch(open.text, /appoint/i);
    const log = await get(visitor, `/bodies/${scene.council}/decisions.csv`);
    assert.match(log.text, new RegExp(`"${number}","To go ahead",.*"everyone","yes"`));
    assert.doesNotMatch(log.text, /To appoint/);
  });

  test("papers that everybody may read are in the feeds, others never, and one that is withdrawn says so", limit, async () => {
    const { secretary, visitor } = scene;
    const [item] = scene.items;
    const open = await addPaper(secretary, { meeting: scene.meeting, item: item ?? "", title: "Map & <costs>" });
    const closed = await addPaper(secretary, { meeting: scene.meeting, item: item ?? "", title: "For members" }, { circulation: "members" });
    const feeds = ["/feeds/papers.atom", `/bodies/${scene.council}/papers.atom`];
    for (const path of feeds) {
      const feed = await get(secretary, path);   // what a visitor reads, whoever asks
      assert.equal(feed.headers["content-type"], "application/atom+xml; charset=utf-8");
      assert.match(feed.text, new RegExp(`<id>${witan.origin}/papers/${open}</id>\\s*<title>Map &amp; &lt;costs&gt;</title>`));
      assert.doesNotMatch(feed.text, new RegExp(`${closed}|For members`));
      assert.match(feed.text, new RegExp(`<link rel="self" type="application/atom\\+xml" href="${witan.origin}${path}"/>`));
    }
    assert.equal((await get(visitor, `/bodies/${"a".repeat(26)}/papers.atom`)).status, 404);
    await secretary.command("meetings.withdraw_paper", { paper: open, reason: "Sent in error" });
    const after = (await get(visitor, "/feeds/papers.atom")).text;
    assert.match(after, /<title>Withdrawn: Map/);
    assert.doesNotMatch(after, new RegExp(`${open}/file`));
    await secretary.command("meetings.edit_agenda_item", { meeting: scene.meeting, item: item ?? "", circulation: "members" });
    assert.doesNotMatch((await get(visitor, "/feeds/papers.atom")).text, new RegExp(open), "nobody is told of what is for members now");
    await secretary.command("meetings.edit_agenda_item", { meeting: scene.meeting, item: item ?? "", circulation: "everyone" });
  });

  test("OParl leads from the system to a paper and its file, for pages of other sites as well", limit, async () => {
    const { secretary, visitor } = scene;
    const paper = await addPaper(secretary, { meeting: scene.meeting, item: scene.items[1] ?? "", title: "Open data" });
    const at = async (address: unknown, person = visitor): Promise<Answer> => get(person, String(address).replace(witan.origin, ""));
    const system = await at(`${witan.origin}/oparl/v1/system`, secretary);   // read as a visitor reads it
    assert.equal(system.headers["access-control-allow-origin"], "*");
    assert.equal(system.headers["content-type"], "application/json; charset=utf-8");
    const bodies = (await at(system.body["body"])).body as unknown as { data: { [name: string]: string }[] };
    const papers = (await at(bodies.data[0]?.["paper"])).body as unknown as { data: { id: string; name: string; mainFile: { accessUrl: string }; consultation: { agendaItem: string; meeting: string }[] }[] };
    const one = papers.data.find(({ id }) => id.endsWith(paper));
    assert.equal(one?.name, "Open data");
    assert.equal((await at(one.mainFile.accessUrl)).status, 200);
    assert.equal((await at(one.consultation[0]?.agendaItem)).body["name"], "Skills");
    assert.equal((await at(one.consultation[0]?.meeting)).body["name"], "Meeting under test");
    const draft = await schedule({ title: "Not told" });
    assert.doesNotMatch((await at(bodies.data[0]?.["meeting"], secretary)).text, /Not told/);
    assert.equal((await get(secretary, `/oparl/v1/meetings/${draft}`)).status, 404);
  });
});
