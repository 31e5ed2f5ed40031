// Every page with sample rows, as the gateway would make its context: for looking at, and for checking the markup.
import { viewModel, type JsonObject } from "../../src/view_model.ts";

const id = (name: string): string => name.padEnd(26, "a");
const NONCE = "n7q2";

export interface SamplePage {
  name: string;
  template: string;
  context: JsonObject;
}

export interface SampleTopic {
  alias: string;
  each?: boolean;
  topic: string;
  audience: string;
  entities: Record<string, JsonObject>;
}

export const secretary: JsonObject = {
  signed_in: true, name: "Harriet Ashworth", person: id("secretary"), is_administrator: false,
  seats: [{ body: id("council"), body_name: "Council of LEP Chairs", role: "secretary", title: "Secretary", is_secretary: true },
    { body: id("cumbria"), body_name: "Cumbria LEP", role: "officer", title: "Strategy officer", is_officer: true }],
};
const administrator: JsonObject = { ...secretary, is_administrator: true };
const auditor: JsonObject = { ...secretary, name: "Ada Verey", person: id("auditor"), is_auditor: true, may_audit: true, seats: [] };
const visitor: JsonObject = { signed_in: false, name: "", person: "", is_administrator: false, seats: [] };

const titles = [
  ["Apologies and substitutes", "note", "To note", "The Secretary", 5],
  ["Declarations of interest", "note", "To note", "", 5],
  ["Minutes of the last meeting and review of actions", "approval", "For approval", "The Prime Minister", 10],
  ["Local Industrial Strategies: progress and the second wave", "discussion", "For discussion", "Secretary of State for Business, Energy and Industrial Strategy", 40],
  ["Engaging small and medium-sized enterprises", "discussion", "For discussion", "Chair, Cumbria LEP", 30],
  ["Skills Advisory Panels", "decision", "For decision", "", 20],
] as const;

export function meetingRow(extra: JsonObject = {}): JsonObject {
  return {
    meeting: id("meeting"), body: id("council"), body_name: "Council of LEP Chairs", title: "First meeting of the Council of LEP Chairs",
    when: "2pm to 4pm, Tuesday 19 June 2018", starts_at: "2018-06-19T13:00:00Z", ends_at: "2018-06-19T15:00:00Z",
    place: "10 Downing Street, London", chair: "The Prime Minister", co_chair: "Chair, Greater Manchester LEP", secretary: "Harriet Ashworth", clock: "UK time, BST", series: id("series"), series_title: "Council of LEP Chairs, twice a year", state: "started",
    state_label: "In progress", is_draft: false, is_published: false, is_started: true, is_closed: false, has_now: true,
    now_item: id("item3"), now_number: "3", now_title: titles[2][0], item_count: titles.length, has_items: true,
    planned_minutes: 110, planned_end: "3:50pm", projected_end: "3:52pm", now_since: "2:12pm", now_until: "2:22pm", is_over_time: false, minutes_over: 0, href: `/meetings/${id("meeting")}`, sort: "1", ...extra,
  };
}

function actionRow(extra: Record<string, JsonObject[string] | undefined> = {}): JsonObject {
  const href = `/bodies/${id("council")}/actions/${id("action")}`;
  return JSON.parse(JSON.stringify({
    action: id("action"), meeting: id("meeting"), body: id("council"), body_name: "Council of LEP Chairs", todo: "Write to the Treasury", owner: "Ada Lovelace, Chair, Cumbria LEP", due: "Tuesday 3 July 2018", due_day: "2018-07-03",
    status: "open", status_label: "Overdue", is_open: true, is_overdue: true, action_changes: 1, meeting_title: "June meeting", when: "Tuesday 19 June 2018", item_title: "Skills Advisory Panels",
    minutes_href: `/meetings/${id("meeting")}/minutes#item-${id("item1")}-action-${id("action")}`, href, sort: "1", ...extra,
  })) as JsonObject;
}

/** Times are put to the members of the council; one of them has been answered by two. */
export function datesRows(extra: JsonObject = {}): Record<string, JsonObject> {
  const of = { poll: id("poll"), body: id("council") };
  const poll = `poll/${of.poll}`;
  const time = (name: string, when: string, more: JsonObject): [string, JsonObject] => [`${poll}/time/${id(name)}`, { ...of, time: id(name), when, yes: 0, if_needed: 0, no: 0, sort: name, is_open: true, ...more }];
  const voice = (name: string, by: string, answer: string, answer_label: string): [string, JsonObject] => [`${poll}/time/${id("time1")}/voice/${id(by)}`, { by: id(by), name, answer, answer_label, sort: name }];
  return {
    dates: { body: of.body },
    [poll]: { ...of, title: "Autumn meeting", place: "https://meet.example.org/rooms/council-of-lep-chairs-autumn-meeting", state: "open", state_label: "Open", opened: "2:15pm on 11 June 2018", answered: 2, asked: 38, sort: "1", answer_by: "Tuesday 26 June 2018", takes_answers: true, ...extra },
    ...Object.fromEntries([
      time("time1", "2pm to 4pm, Tuesday 18 September 2018", { yes: 1, if_needed: 1, is_best: true }),
      voice("Elspeth Garth, Chair, Cumbria LEP", "someone", "yes", "Can come"), voice("Harriet Ashworth, Secretary", "secretary", "if_needed", "Only if needed"),
      time("time2", "10am to 12 noon, Wednesday 19 September 2018", { no: 2 }),
      time("time3", "2pm to 4pm, Tuesday 12 June 2018", { is_past: true, is_open: false }),
    ]),
    [`past/${id("found")}`]: { ...of, poll: id("found"), title: "Summer meeting", place: "Leeds", state: "settled", state_label: "Date found", opened: "2:15pm on 1 May 2018", answered: 30, asked: 38, sort: "1", when: "2pm to 4pm, Tuesday 19 June 2018", meeting_href: `/meetings/${id("meeting")}`, calendar_href: `/bodies/${id("council")}/dates/${id("meeting")}.ics` },
    [`past/${id("ended")}`]: { ...of, poll: id("ended"), title: "Spring meeting", place: "York", state: "ended", state_label: "Ended", opened: "2:15pm on 1 March 2018", answered: 3, asked: 38, sort: "2", reason: "The Treasury cannot come" },
  };
}

function minutesRows(extra: JsonObject): Record<string, JsonObject> {
  const item = `item/${id("item1")}`;
  return {
    minutes: { meeting: id("meeting"), body: id("council"), body_name: "Council of LEP Chairs", title: "June meeting", when: "2pm to 4pm, Tuesday 19 June 2018", is_writing: false, is_circulated: false, is_approved: false, may_circulate: false, href: `/meetings/${id("meeting")}/minutes`, ...extra },
    [item]: { meeting: id("meeting"), item: id("item1"), number: "1", title: "Skills Advisory Panels", text: "The chair opened the meeting.", changes: 1, sort: "001" },
    [`${item}/decision/${id("decision")}`]: { decision: id("decision"), decision_number: "2018/14", decided: "To meet again in the autumn", decision_changes: 0, sort: "0000" },
    [`${item}/action/${id("action")}`]: { action: id("action"), todo: "Book a room", owner: "The clerk", due: "Tuesday 3 July 2018", due_day: "2018-07-03", action_changes: 0, sort: "0000" },
    [`${item}/correction/${id("one")}`]: { correction: id("one"), proposed: "The co-chair opened it", by_name: "Ada Lovelace, Chair, Cumbria LEP", proposed_on: "2:15pm on 3 July 2018", sort: "0000", is_open: true },
    [`item/${id("item2")}`]: { meeting: id("meeting"), item: id("item2"), number: "2", title: "", text: "", changes: 0, sort: "002", is_members_only: true, is_restricted: true },
  };
}

export function agendaRows(): Record<string, JsonObject> {
  let minutes = 0;
  return Object.fromEntries(titles.map(([title, kind, kind_label, lead, length], i) => {
    const starts = `${2 + Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}pm`;
    minutes += length;
    const item = id(`item${i + 1}`);
    return [`agenda/${item}`, {
      item, meeting: id("meeting"), number: String(i + 1), title, is_restricted: false, kind, kind_label, lead, minutes: length,
      starts, circulation: i === 5 ? "members" : "everyone", is_members_only: i === 5, is_now: i === 2, is_done: i < 2,
      is_first: i === 0, is_last: i === titles.length - 1, sort: String(i + 1).padStart(6, "0"),
    }];
  }));
}

const groupRow: JsonObject = {
  group: id("mobility"), name: "Future of Mobility Advisory Group", challenge: "future_of_mobility", challenge_label: "Future of mobility",
  mission: "Put the UK at the forefront of the design and manufacturing of zero emission vehicles, with all new cars and vans effectively zero emission by 2040.",
  champion: "Marian Oakeshott", has_champion: true, member_count: 4, engagement_count: 1, has_engagements: true, href: `/groups/${id("mobility")}`, sort: "4",
};

export function engagementRow(name: string, extra: JsonObject = {}): JsonObject {
  return {
    engagement: id(name), group: id("mobility"), organisation: "Kendal Cycle Freight", kind_label: "Business", sector: "Logistics",
    area: "Cumbria", size_label: "Micro", heard_on: "12 June 2018", channel_label: "Roundtable",
    said: "Charging on rural depots takes a year to connect. A standard offer from the network operator would halve that.",
    follow_up: "Ask the network operator for its standard terms", has_follow_up: true, by: id("champion"), by_name: "Marian Oakeshott", sort: name, ...extra,
  };
}

export const consultationRow: JsonObject = {
  consultation: id("cumbrialis"), body: id("cumbria"), body_name: "Cumbria LEP", title: "Draft Local Industrial Strategy for Cumbria",
  area: "Cumbria", summary: "How Cumbria can raise productivity and earning power by building on nuclear, the visitor economy, advanced manufacturing and its land.",
  state: "open", state_label: "Open", is_preparing: false, is_open: true, is_closed: false, closes: "11:59pm on 31 October 2019",
  has_draft: true, draft: 1, draft_href: `/consultations/${id("cumbrialis")}/draft/1`, comment_count: 3, paragraph_count: 4,
  href: `/consultations/${id("cumbrialis")}`, sort: "1",
};

function block(n: number, extra: JsonObject): [string, JsonObject] {
  return [`block/b${n}`, {
    block: `b${n}`, consultation: id("cumbrialis"), draft: 1, is_heading: false, is_title: false, is_section: false, is_subsection: false,
    is_paragraph: false, number: "", html: "", text: "", comment_count: 0, has_comments: false, has_one_comment: false,
    sort: String(n).padStart(6, "0"), ...extra,
  }];
}

export function commentRow(name: string, extra: JsonObject = {}): JsonObject {
  return {
    comment: id(name), consultation: id("cumbrialis"), draft: 1, block: "b3", by: id("someone"), by_name: "Tomasz Birkett", organisation: "Kendal Cycle Freight", has_organisation: true,
    text: "This leaves out the villages west of the A595, where nobody can commute by train.", words: "", words_start: 0, words_length: 0, words_from: 0, words_to: 0, is_reply: false, is_withdrawn: false,
    at: "2:15pm on 4 October 2019", created_at: "2019-10-04T13:15:00Z", sort: name, ...extra,
  };
}

export function draftRows(): Record<string, JsonObject> {
  return Object.fromEntries([
    block(1, { is_heading: true, is_title: true, text: "Cumbria" }),
    block(2, { is_heading: true, is_section: true, number: "1", text: "Where we are" }),
    block(3, { is_paragraph: true, number: "1.1", html: "<p>Cumbria is home to <strong>half a million</strong> people and to the longest coast of any English county.</p>", text: "…", comment_count: 2, has_comments: true }),
    block(4, { is_paragraph: true, number: "1.2", html: "<p>Productivity is below the national average, for reasons that lie in:</p><ul><li>distance and connection</li><li>an ageing workforce</li><li>few places at university level</li></ul>", text: "…", comment_count: 1, has_comments: true, has_one_comment: true }),
    block(5, { is_heading: true, is_section: true, number: "2", text: "Foundations of productivity, and what we would do about each of them" }),
    block(6, { is_heading: true, is_subsection: true, text: "Ideas" }),
    block(7, { is_paragraph: true, number: "2.1", html: "<table><thead><tr><th>Measure</th><th>2018</th><th>2030</th></tr></thead><tbody><tr><td>Firms that innovate</td><td>38%</td><td>50%</td></tr></tbody></table>", text: "…" }),
    block(8, { is_paragraph: true, number: "2.2", html: "<p>A second centre for nuclear skills would open at Workington.</p>", text: "…" }),
  ]);
}

const aboutCumbria = draftRows()["block/b3"]?.["html"] ?? "";

function paragraphRow(extra: JsonObject = {}): JsonObject {
  return {
    block: "b3", consultation: id("cumbrialis"), draft: 1, is_unplaced: false, number: "1.1", html: aboutCumbria, thread: "b3", page_number: 1,
    has_previous: false, previous_href: "", has_next: false, next_href: "", ...extra,
  };
}

/** What was said about paragraph 1.1. */
export function threadRows(): Record<string, JsonObject> {
  return {
    "paragraph/b3": paragraphRow(),
    [`comment/${id("c1")}`]: commentRow("c1"),
    [`comment/${id("c2")}`]: commentRow("c2", { by: id("secretary"), by_name: "Harriet Ashworth", has_organisation: false, organisation: "", text: "Agreed.\nWe will add a map.", is_reply: true, sort: "c1-c2" }),
    [`comment/${id("c3")}`]: commentRow("c3", { is_withdrawn: true, by_name: "", organisation: "", has_organisation: false, text: "" }),
  };
}

/** Nobody has said anything about paragraph 2.2 yet. */
export const emptyThreadRows: Record<string, JsonObject> = {
  "paragraph/b8": paragraphRow({ block: "b8", thread: "b8", number: "2.2", html: "<p>A second centre for nuclear skills would open at Workington.</p>" }),
};

function carriedFrom(name: string, extra: JsonObject = {}): JsonObject {
  return {
    draft: 1, number: "2.2", href: `/consultations/${id("cumbrialis")}/draft/1/b8#comment-${id(name)}`, words: "", is_moved: false, is_uncertain: false, is_orphaned: false,
    settled: "", guess_number: "", guess_href: "", ...extra,
  };
}
const OLD_WORDS = "A second centre for nuclear skills would open at Workington.";
const ledgerRow: JsonObject = {
  consultation: id("cumbrialis"), draft: 2, total: 412, placed: 365, moved: 31, settled: 0, uncertain: 9, orphaned: 7, left: 0, has_any: true, is_done: true, has_unplaced: true,
  summary: "412 comments on earlier drafts: 365 placed, 31 moved, 9 uncertain, 7 without a place", href: `/consultations/${id("cumbrialis")}/draft/2/unplaced`,
  is_replaced: true, newest: 3, newest_href: `/consultations/${id("cumbrialis")}/draft/3`,
};
const inSecond = (row: JsonObject): JsonObject => ({ ...row, draft: 2 });
/** What was said about paragraph 1.1 of the second draft, and about what it was in the first. */
const carriedThreadRows: Record<string, JsonObject> = {
  "paragraph/b3": inSecond(paragraphRow()),
  [`comment/${id("c1")}`]: inSecond(commentRow("c1", { by: id("secretary"), by_name: "Harriet Ashworth", carried: carriedFrom("c1") })),
  [`comment/${id("c2")}`]: inSecond(commentRow("c2", { carried: carriedFrom("c2", { is_moved: true, words: OLD_WORDS }) })),
  [`comment/${id("c3")}`]: inSecond(commentRow("c3", { carried: carriedFrom("c3", { settled: "Placed here by its author at 2:15pm on 4 October 2019", words: OLD_WORDS }) })),
  [`comment/${id("c4")}`]: inSecond(commentRow("c4")),
};
const unplacedRows: Record<string, JsonObject> = {
  "paragraph/unplaced": inSecond(paragraphRow({ block: "unplaced", is_unplaced: true, number: "", html: "", thread: "unplaced" })),
  ledger: ledgerRow,
  [`comment/${id("c1")}`]: inSecond(commentRow("c1", { block: "unplaced", carried: carriedFrom("c1", { is_uncertain: true, words: OLD_WORDS, guess_number: "2.1", guess_href: `/consultations/${id("cumbrialis")}/draft/2#block-b7` }) })),
  [`comment/${id("c2")}`]: inSecond(commentRow("c2", { block: "unplaced", by: id("secretary"), by_name: "Harriet Ashworth", carried: carriedFrom("c2", { is_orphaned: true, words: OLD_WORDS }) })),
};

/** What a socket answers when a thread is opened. */
export function sampleThreads(): Record<string, Record<string, JsonObject>> {
  return { [`threads/${id("cumbrialis")}/1/b3`]: threadRows(), [`threads/${id("cumbrialis")}/1/b8`]: emptyThreadRows };
}

/** A draft with more paragraphs than threads may be open at once. */
const longDraftRows = Object.fromEntries(
  Array.from({ length: 22 }, (_, i) => block(i + 1, { is_paragraph: true, number: `0.${i + 1}`, html: `<p>Paragraph ${i + 1}.</p>`, text: "…" })),
);

const bodyRow: JsonObject = {
  body: id("council"), name: "Council of LEP Chairs", kind: "council", kind_label: "Council", summary: "Leaders of England's 38 Local Enterprise Partnerships, who meet twice a year with the Prime Minister.",
  seat_count: 40, vacant_count: 1, href: `/bodies/${id("council")}`, sort: "1",
};

/** `href` leads to the earlier page, or from the last one back to the later rows. */
export function pagesRow(page: number, earlier: number, href: string, what: string, later = href): JsonObject {
  return {
    page, earlier_count: earlier, has_earlier: earlier > 0, earlier_href: earlier > 0 ? `${href}${earlier}` : "", earlier_label: earlier > 0 ? `Earlier ${what}` : "",
    has_later: page > 0, later_href: page > 0 ? later : "", later_label: page > 0 ? `Later ${what}` : "",
  };
}

const LINK = "l".repeat(52);

/** An invitation that nobody has accepted yet. */
export function linkRow(extra: JsonObject = {}): JsonObject {
  return {
    is_invitation: true, is_password: false, is_administrator: false, is_address: false, is_open: true, was_used: false, name: "Hilda Brown", email: "hilda@example.org",
    title: "Chair", body_name: "Council of LEP Chairs", body_href: `/bodies/${id("council")}`, expires: "2:15pm on 26 June 2018", ...extra,
  };
}

const topics: Record<string, SampleTopic> = {
  meetings: { alias: "meetings", topic: "meetings", audience: "public", entities: { [`meeting/${id("meeting")}`]: meetingRow(), pages: pagesRow(0, 2, "/meetings/page/", "meetings") } },
  earlierMeetings: { alias: "meetings", topic: "meetings/page/2", audience: "public", entities: { [`meeting/${id("meeting")}`]: meetingRow({ is_started: false, has_now: false, is_closed: true, state_label: "Closed" }), pages: pagesRow(2, 1, "/meetings/page/", "meetings", "/meetings/page/3") } },
  mine: { alias: "mine", each: true, topic: `body-meetings/${id("council")}`, audience: "member", entities: { [`meeting/${id("meeting")}`]: meetingRow(), [`meeting/${id("draft")}`]: meetingRow({ is_draft: true, is_started: false, has_now: false, state_label: "Draft", title: "Second meeting", sort: "2" }), pages: pagesRow(0, 1, `/bodies/${id("council")}/meetings/`, "meetings of Council of LEP Chairs") } },
  meeting: { alias: "meeting", topic: `meetings/${id("meeting")}`, audience: "staff", entities: { meeting: meetingRow(), ...agendaRows() } },
  over: { alias: "meeting", topic: `meetings/${id("meeting")}`, audience: "staff", entities: { meeting: meetingRow({ is_started: false, has_now: false, is_draft: true, is_over_time: true, minutes_over: 25, planned_minutes: 145, state_label: "Draft" }), ...agendaRows() } },
  empty: { alias: "meeting", topic: `meetings/${id("meeting")}`, audience: "staff", entities: { meeting: meetingRow({ is_started: false, has_now: false, is_draft: true, item_count: 0, state_label: "Draft" }) } },
  groups: { alias: "groups", topic: "groups", audience: "public", entities: { [`group/${id("mobility")}`]: groupRow, [`group/${id("growth")}`]: { ...groupRow, group: id("growth"), name: "Clean Growth Advisory Group", challenge_label: "Clean growth", champion: "", has_champion: false, sort: "3" } } },
  group: { alias: "group", topic: `groups/${id("mobility")}`, audience: "member", entities: { group: groupRow, [`member/${id("s1")}`]: { seat: id("s1"), title: "Business Champion", name: "Marian Oakeshott", organisation: "Oakeshott Drives", role_label: "Champion", sort: "1" }, [`member/${id("s2")}`]: { seat: id("s2"), title: "Adviser", name: "Dev Raman", organisation: "", role_label: "Member", sort: "2" } } },
  engagements: { alias: "engagements", topic: `engagements/${id("mobility")}`, audience: "member", entities: { [`engagement/${id("e1")}`]: engagementRow("e1"), [`engagement/${id("e2")}`]: engagementRow("e2", { by: id("secretary"), has_follow_up: false, size_label: "", organisation: "University of Cumbria" }), pages: pagesRow(0, 1, `/groups/${id("mobility")}/engagements/`, "entries") } },
  earlierEngagements: { alias: "engagements", topic: `engagements/${id("mobility")}/page/1`, audience: "member", entities: { [`engagement/${id("e3")}`]: engagementRow("e3", { by: id("secretary") }), pages: pagesRow(1, 0, `/groups/${id("mobility")}`, "entries") } },
  bodies: { alias: "bodies", topic: "bodies", audience: "public", entities: { [`body/${id("council")}`]: bodyRow } },
  moreBodies: { alias: "bodies", topic: "bodies/page/1", audience: "public", entities: { [`body/${id("cumbria")}`]: { ...bodyRow, body: id("cumbria"), name: "Cumbria LEP board", kind_label: "Board" }, pages: pagesRow(1, 0, "/bodies", "bodies") } },
  body: { alias: "body", topic: `bodies/${id("council")}`, audience: "public", entities: { body: bodyRow, [`seat/${id("s1")}`]: { seat: id("s1"), title: "Chair, Cumbria LEP", role: "member", role_label: "Member", organisation: "Cumbria LEP", person_name: "Elspeth Garth", is_vacant: false, since: "since 19 June 2018", sort: "1" }, [`seat/${id("s2")}`]: { seat: id("s2"), title: "Chair, Dorset LEP", role: "member", role_label: "Member", organisation: "Dorset LEP", person_name: "", is_vacant: true, since: "", sort: "2" } } },
  account: {
    alias: "account", topic: `account/${id("secretary")}`, audience: "self",
    entities: {
      account: { person: id("secretary"), name: "Harriet Ashworth", email: "harriet.ashworth@example.org", organisation: "Cumbria LEP", password_since: "2:15pm on 19 June 2018" },
      [`session/${"s".repeat(52)}`]: { session: "s".repeat(52), device: "Firefox on Windows", started: "2:15pm on 19 June 2018", expires_at: "2018-06-20T01:15:00.000Z", expires: "2:15am on 20 June 2018", sort: "1" },
      [`session/${"t".repeat(52)}`]: { session: "t".repeat(52), device: "Safari on iPhone", started: "midday on 19 June 2018", expires_at: "2018-06-19T23:00:00.000Z", expires: "midnight on 20 June 2018", sort: "2" },
    },
  },
  someone: { alias: "account", topic: `account/${id("someone")}`, audience: "self", entities: { account: { person: id("someone"), name: "Tomasz Birkett", email: "tomasz.birkett@example.org", organisation: "", password_since: "", second_factor_since: "2:15pm on 19 June 2018", recovery_code_count: 10 } } },
  longName: { alias: "account", topic: `account/${id("someone")}`, audience: "self", entities: { account: { person: id("someone"), name: "W".repeat(100), email: `${"w".repeat(60)}@example.org`, organisation: "W".repeat(120), password_since: "", is_administrator: true, new_email: `${"v".repeat(60)}@example.org` }, [`seat/${id("s2")}`]: { seat: id("s2"), title: "W".repeat(120), body_name: "W".repeat(120), body_href: "/bodies/x", since: "since 19 June 2018", sort: "1" } } },
  staffBody: { alias: "body", topic: `bodies/${id("council")}`, audience: "staff", entities: { body: bodyRow, [`seat/${id("s1")}`]: { seat: id("s1"), title: "Chair, Cumbria LEP", role: "member", role_label: "Member", organisation: "Cumbria LEP", person_name: "Elspeth Garth", interests_href: `/interests/${id("elspeth")}`, is_vacant: false, since: "since 19 June 2018", sort: "1" }, [`seat/${id("s2")}`]: { seat: id("s2"), title: "Chair, Dorset LEP", role: "member", role_label: "Member", organisation: "Dorset LEP", person_name: "", is_vacant: true, since: "", sort: "2" }, [`invitation/${id("i1")}`]: { link: id("i1"), name: "Hilda Brown", title: "Chair, Dorset LEP", email: "hilda@example.org", sent: "2:15pm on 19 June 2018", expires: "2:15pm on 26 June 2018", sort: "1" } } },
  link: { alias: "link", topic: `links/${LINK}`, audience: "public", entities: { link: linkRow() } },
  organisations: { alias: "organisations", topic: "organisations", audience: "staff", entities: { [`organisation/${id("o1")}`]: { organisation: id("o1"), name: "Kendal Cycle Freight", kind_label: "Business", sort: "1" } } },
  longBody: { alias: "body", topic: `bodies/${id("council")}`, audience: "staff", entities: { body: { ...bodyRow, name: "W".repeat(120) }, [`seat/${id("s2")}`]: { seat: id("s2"), title: "W".repeat(120), role: "member", role_label: "Member", organisation: "W".repeat(120), person_name: "", is_vacant: true, since: "", sort: "2" } } },
  consultations: { alias: "consultations", topic: "consultations", audience: "public", entities: { [`consultation/${id("cumbrialis")}`]: consultationRow } },
  earlierConsultations: { alias: "consultations", topic: `body-consultations/${id("cumbria")}/page/1`, audience: "member", entities: { [`consultation/${id("cumbrialis")}`]: { ...consultationRow, is_open: false, is_closed: true, state_label: "Closed" }, pages: pagesRow(1, 0, "/consultations", "consultations of Cumbria LEP") } },
  mineConsultations: { alias: "mine", each: true, topic: `body-consultations/${id("cumbria")}`, audience: "member", entities: { [`consultation/${id("cumbrialis")}`]: consultationRow } },
  consultation: { alias: "consultation", topic: `consultations/${id("cumbrialis")}`, audience: "staff", entities: { consultation: consultationRow } },
  preparing: { alias: "consultation", topic: `consultations/${id("cumbrialis")}`, audience: "staff", entities: { consultation: { ...consultationRow, is_open: false, is_preparing: true, state_label: "In preparation", closes: "" } } },
  closed: { alias: "consultation", topic: `consultations/${id("cumbrialis")}`, audience: "public", entities: { consultation: { ...consultationRow, is_open: false, is_closed: true, state: "closed", state_label: "Closed" } } },
  thread: { alias: "thread", topic: `threads/${id("cumbrialis")}/1/b3`, audience: "public", entities: threadRows() },
  carriedThread: { alias: "thread", topic: `threads/${id("cumbrialis")}/2/b3`, audience: "public", entities: carriedThreadRows },
  unplaced: { alias: "thread", topic: `threads/${id("cumbrialis")}/2/unplaced`, audience: "staff", entities: unplacedRows },
  unplacedStill: { alias: "thread", topic: `threads/${id("cumbrialis")}/2/unplaced`, audience: "public", entities: { ...unplacedRows, ledger: { ...ledgerRow, left: 100, placed: 265, is_done: false } } },
  secondDraft: { alias: "draft", topic: `drafts/${id("cumbrialis")}/2`, audience: "public", entities: { ...Object.fromEntries(Object.entries(draftRows()).map(([key, row]) => [key, inSecond(row)])), ledger: ledgerRow } },
  emptyThread: { alias: "thread", topic: `threads/${id("cumbrialis")}/1/b8`, audience: "public", entities: emptyThreadRows },
  secondPage: {
    alias: "thread", topic: `threads/${id("cumbrialis")}/1/b3-2`, audience: "public",
    entities: { ...threadRows(), "paragraph/b3": paragraphRow({ thread: "b3-2", page_number: 2, has_previous: true, previous_href: `/consultations/${id("cumbrialis")}/draft/1/b3`, has_next: true, next_href: `/consultations/${id("cumbrialis")}/draft/1/b3-3` }) },
  },
  minutesWriting: { alias: "minutes", topic: `minutes/${id("meeting")}`, audience: "staff", entities: minutesRows({ state: "writing", state_label: "Being written", is_writing: true, may_circulate: true, circulate_by: "Tuesday 3 July 2018" }) },
  minutesCirculated: { alias: "minutes", topic: `minutes/${id("meeting")}`, audience: "staff", entities: minutesRows({ state: "circulated", state_label: "Circulated", is_circulated: true, circulated: "2:15pm on 3 July 2018", is_late: true, may_approve: true, choices: [{ meeting: id("autumn"), title: "Autumn meeting", when: "2pm to 4pm, Tuesday 18 September 2018" }] }) },
  minutesApproved: { alias: "minutes", topic: `minutes/${id("meeting")}`, audience: "public", entities: minutesRows({ state: "approved", state_label: "Approved", is_approved: true, circulated: "2:15pm on 3 July 2018", approved: "2pm on 18 September 2018", approved_at: "Autumn meeting", approved_when: "2pm to 4pm, Tuesday 18 September 2018", approved_href: `/meetings/${id("autumn")}` }) },
  dates: { alias: "dates", topic: `dates/${id("council")}`, audience: "staff", entities: datesRows() },
  datesOfMember: { alias: "dates", topic: `dates/${id("council")}`, audience: "member", entities: datesRows() },
  noDates: { alias: "dates", topic: `dates/${id("council")}`, audience: "member", entities: { dates: { body: id("council") } } },
  decisions: { alias: "decisions", topic: `decisions/${id("council")}`, audience: "public", entities: { [`decision/${id("decision")}`]: { decision: id("decision"), meeting: id("meeting"), decision_number: "2018/14", decided: "To meet again in the autumn", meeting_title: "June meeting", when: "Tuesday 19 June 2018", item_title: "Skills Advisory Panels", href: `/meetings/${id("meeting")}/minutes#item-${id("item1")}`, sort: "1" } } },
  actions: { alias: "actions", topic: `body-actions/${id("council")}`, audience: "member", entities: { [`action/${id("action")}`]: actionRow({ is_without_owner: true }), [`action/${id("other")}`]: actionRow({ action: id("other"), is_overdue: undefined, status_label: "Open", latest: "The letter is on its way" }) } },
  closedActions: { alias: "closed", topic: `closed-actions/${id("council")}`, audience: "member", entities: {} },
  action: { alias: "action", topic: `actions/${id("action")}`, audience: "staff", entities: { action: actionRow({ minuted_due: "Tuesday 26 June 2018" }), "entry/1": { what: "Due day changed from 26 June 2018 to 3 July 2018", text: "The Treasury is away", by_name: "Harriet Ashworth, Secretary", noted: "2:15pm on 20 June 2018", sort: "999999" } } },
  ownAction: { alias: "action", topic: `actions/${id("action")}`, audience: "member", entities: { action: actionRow({ by: id("secretary") }) } },
  ownActions: { alias: "actions", topic: `own-actions/${id("secretary")}`, audience: "self", entities: { [`action/${id("action")}`]: actionRow({ by: id("secretary") }), summary: { count: 1, count_words: "1 open action, overdue" } } },
  longDraft: { alias: "draft", topic: `drafts/${id("cumbrialis")}/1`, audience: "public", entities: longDraftRows },
  draft: { alias: "draft", topic: `drafts/${id("cumbrialis")}/1`, audience: "public", entities: draftRows() },
};

interface Options {
  actor?: JsonObject;
  params?: JsonObject;
  section?: string;
  /** More about the page. */
  facts?: JsonObject;
  extra?: JsonObject;
}

function page(name: string, template: string, title: string, path: string, used: string[], options: Options = {}): SamplePage {
  const actor = options.actor ?? secretary;
  const person = String(actor["person"]);
  const models: JsonObject = {};
  const live: JsonObject[] = [];
  for (const one of used.map((key) => topics[key]).filter((topic) => topic !== undefined)) {
    const session = String(actor["session"] ?? "");
    const model = viewModel(one.topic, one.audience, new Map(Object.entries(one.entities)), person, session);
    models[one.alias] = one.each ? [model] : model;
    live.push({ alias: one.alias, each: one.each === true, topic: one.topic, audience: one.audience, epoch: "e1", version: 10, entities: one.entities });
  }
  const params = options.params ?? {};
  const pageFacts: JsonObject = {
    title, path, nonce: NONCE, csrf: actor["signed_in"] ? "token" : "", is_demo: true, is_error: false, return_to: "",
    sign_in_href: `/sign-in?return_to=${encodeURIComponent(path)}`, ...(options.section ? { [`section_${options.section}`]: true } : {}),
    done: "", ...options.facts,
  };
  const state = JSON.stringify({ topics: live, page: pageFacts, actor, params }).replaceAll("<", "\\u003c");
  return {
    name, template,
    context: {
      page: pageFacts, actor, params, topics: models, assets: { js: "/assets/main.js", css: "/assets/main.css" },
      has_errors: false, errors: [], posted: {}, field_errors: {}, live_state: state, ...options.extra,
    },
  };
}

const meetingParams = { meeting: id("meeting") };
const m = { params: meetingParams, section: "meetings" };
const draftParams = { consultation: id("cumbrialis"), draft: "1" };
const secondOf = (thread: string): Options => ({ params: { consultation: id("cumbrialis"), draft: "2", thread }, section: "consultations" });
const threadOf = (thread: string): Options => ({ params: { ...draftParams, thread }, section: "consultations" });

/** As the frame of a page says it, of somebody in a session of theirs. */
export function pageReadBy(actor: JsonObject, csrf: string): SamplePage {
  const path = "/cookies";
  return page("cookies", "cookies", "Cookies", path, [], { actor, facts: { csrf } });
}

export function samplePages(): SamplePage[] {
  const pages = [
    page("account", "account", "Your account", "/account", ["account"], { actor: { ...secretary, session: "s".repeat(52) } }),
    page("account-name", "account-name", "Change your name", "/account/name", ["account"]),
    page("account-done", "account", "Your account", "/account", ["account"], { facts: { done: "Your name is changed." } }),
    page("person", "person", "Tomasz Birkett", `/people/${id("someone")}`, ["someone"], { actor: administrator, params: { person: id("someone") } }),
    page("person-own", "person", "Harriet Ashworth", `/people/${id("secretary")}`, ["account"], { actor: administrator, params: { person: id("secretary") }, facts: { is_own: true } }),
    page("person-long", "person", "Somebody", `/people/${id("someone")}`, ["longName"], { actor: { ...administrator, name: "W".repeat(100) }, params: { person: id("someone") } }),
    page("person-change-long", "person-change", "Change the account", `/people/${id("someone")}/change`, ["longName"], { actor: administrator, params: { person: id("someone") } }),
    page("body-of-staff", "body", "Council of LEP Chairs", `/bodies/${id("council")}`, ["staffBody"], { params: { body: id("council") }, section: "bodies" }),
    page("seats", "body-seats", "Seats and appointments", `/bodies/${id("council")}/seats`, ["staffBody"], { params: { body: id("council") }, section: "bodies" }),
    page("seats-auditor", "body-seats", "Seats and appointments", `/bodies/${id("council")}/seats`, ["staffBody"], { actor: auditor, params: { body: id("council") }, section: "bodies" }),
    page("body-auditor", "body", "Council of LEP Chairs", `/bodies/${id("council")}`, ["staffBody"], { actor: auditor, params: { body: id("council") }, section: "bodies" }),
    page("organisations", "organisations", "Organisations", "/organisations", ["organisations"], { actor: administrator }),
    page("error-cross-site", "error", "This request came from another site", "/do/x", [], { actor: visitor, extra: { problem: { status: "403", is_403: true, is_cross_site: true, title: "This request came from another site", detail: "", trace: "t-1234" } } }),
    page("link", "link", "Your invitation", `/link/${LINK}`, ["link"], { actor: visitor, params: { token: LINK } }),
    page("link-signed-in", "link", "Your invitation", `/link/${LINK}`, ["link"], { params: { token: LINK } }),
    page("seats-long", "body-seats", "Seats and appointments", `/bodies/${id("council")}/seats`, ["longBody"], { params: { body: id("council") }, section: "bodies" }),
    page("home", "home", "Home", "/", ["mine", "consultations", "groups", "meetings"], { section: "home" }),
    page("home-visitor", "home", "Home", "/", ["consultations", "groups", "meetings"], { actor: visitor, section: "home" }),
    page("home-signed-out", "home", "Home", "/", ["meetings"], { actor: visitor, section: "home", facts: { done: "You are signed out." } }),
    page("home-empty", "home", "Home", "/", [], { actor: visitor, section: "home" }),
    page("sign-in", "sign-in", "Sign in", "/sign-in", [], { actor: visitor }),
    page("sign-in-failed", "sign-in", "Sign in", "/sign-in", [], {
      actor: visitor,
      extra: { has_errors: true, errors: [{ text: "The e-mail address or the password is not right", href: "#sign-in-email" }], posted: { "sign-in": { email: "a@b.example" } }, field_errors: { "sign-in": { email: "Enter an e-mail address like name@example.com" } } },
    }),
    page("meetings", "meetings", "Meetings", "/meetings", ["mine", "meetings"], { section: "meetings" }),
    page("meetings-page", "meetings-page", "Earlier meetings", "/meetings/page/2", ["earlierMeetings"], { params: { page: "2" }, section: "meetings" }),
    page("meeting", "meeting", "First meeting – Meetings", `/meetings/${id("meeting")}`, ["meeting"], m),
    page("meeting-agenda", "meeting-agenda", "Agenda builder", `/meetings/${id("meeting")}/agenda`, ["meeting"], m),
    page("meeting-agenda-over", "meeting-agenda", "Agenda builder", `/meetings/${id("meeting")}/agenda`, ["over"], {
      ...m,
      extra: { has_errors: true, problem: { safe: "Nothing was changed. Everything you typed is still in the form." }, errors: [{ text: "Enter a title of at least 2 characters.", href: "#add-title" }], posted: { add: { title: "x", minutes: "10", kind_decision: true } }, field_errors: { add: { title: "Enter a title of at least 2 characters." } } },
    }),
    page("meeting-agenda-empty", "meeting-agenda", "Agenda builder", `/meetings/${id("meeting")}/agenda`, ["empty"], m),
    ...["minutesWriting", "minutesCirculated", "minutesApproved"].map((which) => page(`meeting-${which}`, "meeting-minutes", "Minutes", `/meetings/${id("meeting")}/minutes`, [which], m)),
    page("actions", "actions", "Actions", `/bodies/${id("council")}/actions`, ["actions"], { params: { body: id("council") }, section: "meetings" }),
    page("actions-all", "actions", "All actions", `/bodies/${id("council")}/actions/all`, ["actions", "closedActions"], { params: { body: id("council") }, section: "meetings" }),
    page("action-staff", "action", "Action", `/bodies/${id("council")}/actions/${id("action")}`, ["action"], { params: { body: id("council"), action: id("action") }, section: "meetings" }),
    page("action-own", "action", "Action", `/bodies/${id("council")}/actions/${id("action")}`, ["ownAction"], { params: { body: id("council"), action: id("action") }, section: "meetings" }),
    page("own-actions", "own-actions", "Your actions", "/account/actions", ["ownActions"]),
    page("dates", "dates", "Find a date", `/bodies/${id("council")}/dates`, ["body", "dates"], { params: { body: id("council") }, section: "meetings" }),
    page("dates-member", "dates", "Find a date", `/bodies/${id("council")}/dates`, ["body", "datesOfMember"], { params: { body: id("council") }, section: "meetings", actor: { ...secretary, seats: [] } }),
    page("dates-auditor", "dates", "Find a date", `/bodies/${id("council")}/dates`, ["body", "dates"], { params: { body: id("council") }, section: "meetings", actor: auditor }),
    page("dates-empty", "dates", "Find a date", `/bodies/${id("council")}/dates`, ["body", "noDates"], { params: { body: id("council") }, section: "meetings" }),
    page("decisions", "decisions", "Decisions", `/bodies/${id("council")}/decisions`, ["decisions"], { params: { body: id("council") }, section: "meetings" }),
    page("meeting-live", "meeting-live", "In the room", `/meetings/${id("meeting")}/live`, ["meeting"], m),
    page("groups", "groups", "Grand challenges", "/groups", ["groups"], { section: "groups" }),
    page("group", "group", "Future of Mobility", `/groups/${id("mobility")}`, ["group", "engagements"], { params: { group: id("mobility") }, section: "groups" }),
    page("group-visitor", "group", "Future of Mobility", `/groups/${id("mobility")}`, ["group"], { actor: visitor, params: { group: id("mobility") }, section: "groups" }),
    page("engagements-page", "engagements-page", "Earlier entries", `/groups/${id("mobility")}/engagements/1`, ["group", "earlierEngagements"], { params: { group: id("mobility"), page: "1" }, section: "groups" }),
    page("bodies", "bodies", "Bodies", "/bodies", ["bodies"], { section: "bodies" }),
    page("bodies-page", "bodies-page", "More bodies", "/bodies/page/1", ["moreBodies"], { params: { page: "1" }, section: "bodies" }),
    page("body", "body", "Council of LEP Chairs", `/bodies/${id("council")}`, ["body"], { params: { body: id("council") }, section: "bodies" }),
    page("consultations", "consultations", "Consultations", "/consultations", ["consultations", "mineConsultations"], { section: "consultations" }),
    page("consultations-page", "consultations-page", "Earlier consultations", `/bodies/${id("council")}/consultations/1`, ["body", "earlierConsultations"], { params: { body: id("council"), page: "1" }, section: "consultations" }),
    page("consultation", "consultation", "Draft LIS", `/consultations/${id("cumbrialis")}`, ["consultation"], { params: draftParams, section: "consultations" }),
    page("consultation-preparing", "consultation", "Draft LIS", `/consultations/${id("cumbrialis")}`, ["preparing"], { params: draftParams, section: "consultations" }),
    page("draft", "draft", "Draft 1", `/consultations/${id("cumbrialis")}/draft/1`, ["consultation", "draft"], { params: draftParams, section: "consultations" }),
    page("draft-visitor", "draft", "Draft 1", `/consultations/${id("cumbrialis")}/draft/1`, ["consultation", "draft"], { params: draftParams, section: "consultations", actor: visitor }),
    page("draft-long", "draft", "Draft 1", `/consultations/${id("cumbrialis")}/draft/1`, ["consultation", "longDraft"], { params: draftParams, section: "consultations" }),
    page("paragraph", "paragraph", "Comments on paragraph 1.1", `/consultations/${id("cumbrialis")}/draft/1/b3`, ["consultation", "thread"], threadOf("b3")),
    page("paragraph-visitor", "paragraph", "Comments on paragraph 1.1", `/consultations/${id("cumbrialis")}/draft/1/b3`, ["consultation", "thread"], { ...threadOf("b3"), actor: visitor }),
    page("paragraph-carried", "paragraph", "Comments on paragraph 1.1", `/consultations/${id("cumbrialis")}/draft/2/b3`, ["consultation", "carriedThread"], secondOf("b3")),
    page("paragraph-unplaced", "paragraph", "Comments carried over to draft 2", `/consultations/${id("cumbrialis")}/draft/2/unplaced`, ["consultation", "unplaced"], secondOf("unplaced")),
    page("paragraph-unplaced-visitor", "paragraph", "Comments carried over to draft 2", `/consultations/${id("cumbrialis")}/draft/2/unplaced`, ["consultation", "unplacedStill"], { ...secondOf("unplaced"), actor: visitor }),
    page("draft-second", "draft", "Draft 2", `/consultations/${id("cumbrialis")}/draft/2`, ["consultation", "secondDraft"], { params: { consultation: id("cumbrialis"), draft: "2" }, section: "consultations" }),
    page("paragraph-empty", "paragraph", "Comments on paragraph 2.2", `/consultations/${id("cumbrialis")}/draft/1/b8`, ["consultation", "emptyThread"], threadOf("b8")),
    page("paragraph-closed", "paragraph", "Comments on paragraph 1.1", `/consultations/${id("cumbrialis")}/draft/1/b3`, ["closed", "thread"], threadOf("b3")),
    page("paragraph-later", "paragraph", "Comments on paragraph 1.1 (page 2)", `/consultations/${id("cumbrialis")}/draft/1/b3-2`, ["consultation", "secondPage"], threadOf("b3-2")),
    ...["help", "accessibility", "privacy", "cookies"].map((name) => page(name, name, name, `/${name}`, [], { actor: visitor })),
  ];
  for (const status of ["401", "403", "404", "409", "429", "500", "503", "507"]) {
    pages.push(page(`error-${status}`, "error", "Something went wrong", "/somewhere", [], {
      actor: visitor, extra: { problem: { status, [`is_${status}`]: true, title: "This has been done already", detail: "Someone was faster.", trace: "t-1234" } },
    }));
  }
  return pages;
}
