/// Something in each state that rights depend on.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { query } from "../support/database.ts";
import { Person, type JsonObject } from "../support/http.ts";
import { addPaper, begin, handIn, pdf } from "../support/papers.ts";
import { eventually } from "../support/wait.ts";
import type { Witan } from "../support/witan.ts";
import { makeCast, password, type Cast, type Ids, type Reader } from "./readers.ts";

/// The steps that lead from one state to the next.
const meetingSteps = { draft: "", published: "publish_agenda", started: "start_meeting", closed: "close_meeting" } as const;
const consultationSteps = { preparing: "", open: "open_consultation", closed: "close_consultation" } as const;
export type MeetingState = keyof typeof meetingSteps;
export type ConsultationState = keyof typeof consultationSteps;

export interface Meeting {
  meeting: string;
  /// For everyone, and not the one that a meeting starts with.
  item: string;
  /// For members only.
  restricted: string;
}
/// A meeting with minutes, and what stands in them: at both items.
export interface Minuted extends Meeting {
  decision: string;
  action: string;
  correction: string;
  /// A later meeting that has begun.
  at: string;
}
/// A poll for a date, and one of its times.
export interface Poll {
  body: string;
  poll: string;
  time: string;
}
export interface Things {
  cast: Cast;
  ids: Ids;
  session: string;
  /// One of the member's that has ended, and one more that has not.
  ended: string;
  elsewhere: string;
  kept: string;
  /// The path of a calendar, that of the person without a seat, and a topic that says whose a calendar is.
  calendar: { path: string; holder: string };
  links: { [state: string]: string };
  tokens: { [state: string]: string };
  /// The token of a link for a new password, which was used.
  reset: string;
  agendas: { [state in MeetingState]: Meeting };
  meetings: { [state in MeetingState]: string };
  /// Of a published meeting and one in preparation.
  series: string;
  inSeries: { [state: string]: string };
  /// In the forward plan: for members, and for everyone.
  planned: { entry: string; open: string };
  /// A poll for a date that the member has answered, such that are over, and the meeting that one of them became: its agenda is empty.
  dates: { [state: string]: Poll };
  found: string;
  /// One that is at an item for members only.
  behindDoors: string;
  /// A meeting in progress with a vote by show of hands that is closed: at the item for everyone, and at the one for members.
  voted: { [where: string]: { meeting: string; vote: string } };
  /// Of a meeting in each state, at the item for everyone.
  papers: { [state in MeetingState]: string };
  /// Of a published meeting: at an item for members, for members, not yet, and no more; for the member's seat alone, and for another one alone.
  papersOf: { [circulation: string]: string };
  /// One that is to follow.
  placeholder: { meeting: string; paper: string };
  /// Meetings whose minutes are in that state.
  minutes: { [state: string]: Minuted };
  consultations: { [state in ConsultationState]: string };
  /// Opened with its second draft; a third came later.
  redrafted: string;
  block: string;
  engagements: { [state: string]: string };
  comments: { [state: string]: string };
  /// A seat whose term ends in a few days.
  ending: string;
  /// A body which nobody here sits in.
  apart: string;
}

export const markdown = (words = "First paragraph of the draft, long enough."): string => `# A strategy\n\n## Places\n\n${words}\n`;
const steps = <State extends string>(all: { [state in State]: string }, state: string): string[] => {
  if (!(state in all)) throw new Error(`there is no state “${state}” here`);
  return (Object.keys(all) as State[]).slice(1, Object.keys(all).indexOf(state) + 1).map((one) => all[one]);
};

/// A meeting of the body, with an agenda.
export async function newMeeting({ cast, ids }: Things, state = "draft", more: JsonObject = {}): Promise<Meeting & { series: string }> {
  const { secretary } = cast;
  const { result } = await secretary.command("meetings.schedule_meeting", {
    ...{ body: ids.body, title: "A meeting", date: "2030-01-15", starts: "10:00", ends: "12:00", place: "Here", ...more },
  });
  const meeting = result["meeting"] ?? "";
  const add = async (title: string, circulation: string): Promise<string> =>
    (await secretary.command("meetings.add_agenda_item", { meeting, title, kind: "discussion", minutes: 15, lead: "Somebody", circulation })).result["item"] ?? "";
  await add("Welcome", "everyone");
  const [item, restricted] = [await add("An item", "everyone"), await add("An item for members", "members")];
  for (const step of steps(meetingSteps, state)) await secretary.command(`meetings.${step}`, { meeting });
  return { meeting, item, restricted, series: result["series"] ?? "" };
}

/// A meeting in progress at the item, where the member is there.
export async function newRoom(things: Things, where: "item" | "restricted" = "item"): Promise<{ meeting: string; item: string }> {
  const { secretary } = things.cast;
  const made = await newMeeting(things, "started");
  const at = { meeting: made.meeting, item: made[where] };
  await secretary.command("meetings.go_to_item", at);
  await secretary.command("meetings.record_attendance", { meeting: made.meeting, seat: things.ids.seat, presence: "present" });
  return at;
}

/// Its vote, open, by show of hands.
export async function newVote(things: Things, at: { meeting: string; item: string }, kind = "named", question = "Shall we?"): Promise<string> {
  return (await things.cast.secretary.command("meetings.open_vote", { ...at, kind, question })).result["vote"] ?? "";
}

/// Somebody else's seat that has a vote, and whose holder is there.
export async function anotherVoter({ cast, ids }: Things, meeting: string): Promise<string> {
  const { entities } = await cast.secretary.view(`attendance/${meeting}`);
  const found = Object.values(entities).find((row) => row["is_counted"] === true && row["seat"] !== ids.seat && row["by"] !== ids.people["member"]);
  const seat = String(found?.["seat"]);
  await cast.secretary.command("meetings.record_attendance", { meeting, seat, presence: "present" });
  return seat;
}

async function newVoted(things: Things, where: "item" | "restricted"): Promise<{ meeting: string; vote: string }> {
  const at = await newRoom(things, where);
  const vote = await newVote(things, at);
  await things.cast.member.command("meetings.cast_vote", { meeting: at.meeting, vote, seat: things.ids.seat, choice: "approve" });
  await things.cast.secretary.command("meetings.close_vote", { meeting: at.meeting, vote });
  return { meeting: at.meeting, vote };
}

/// An upload of the reader's, as far as somebody like them may begin one: else the secretary's, with nothing in it yet.
export async function newUpload(things: Things, reader: Reader, meeting: string, isWhole = false): Promise<string> {
  const { cast } = things;
  const person = ["secretary", "chair", "administrator"].includes(reader) ? cast[reader] : cast.secretary;
  const content = pdf("A paper");
  for (const old of query(person.witan, "meetings", "SELECT key FROM views v JOIN topic_heads h ON h.id = v.head WHERE h.topic = 'index/uploads'")) {
    for (const one of [cast.secretary, cast.chair, cast.administrator]) await one.try("meetings.cancel_upload", { upload: String(old["key"]) });
  }
  return isWhole ? handIn(person, meeting, content) : begin(person, meeting, content);
}

/// A meeting in that state with a paper at its item.
export async function newPaper(things: Things, state: string, more: JsonObject = {}, where: "item" | "restricted" = "item"): Promise<{ meeting: string; paper: string; upload: string }> {
  const { secretary } = things.cast;
  const made = await newMeeting(things);
  const paper = await addPaper(secretary, { meeting: made.meeting, item: made[where] }, more, Buffer.from("# A paper\n\nThat is there at once to be read.\n"));
  for (const step of steps(meetingSteps, state)) await secretary.command(`meetings.${step}`, { meeting: made.meeting });
  return { meeting: made.meeting, paper, upload: "" };
}

/// One that goes to that seat alone.
export async function newNamedPaper(things: Things, to: (meeting: string) => Promise<{ meeting: string; seat: string }>): Promise<string> {
  const { secretary } = things.cast;
  const { meeting, item } = await newMeeting(things, "published");
  const paper = await addPaper(secretary, { meeting, item }, {}, Buffer.from("# A paper\n\nThat is for a seat.\n"));
  const { seat } = await to(meeting);
  await secretary.command("meetings.name_seats", { meeting, item, seats: [seat] });
  return paper;
}

/// A meeting in that state, or whose minutes are in it: "circulated" with a correction that nobody has answered, "answered", "approved".
export async function newMinutes(things: Things, state: string): Promise<Minuted> {
  const { cast } = things;
  const { secretary, member } = cast;
  const isOver = ["circulated", "answered", "approved"].includes(state);
  const made = await newMeeting(things, isOver ? "started" : state);
  const { meeting } = made;
  const minuted = { ...made, decision: "d".repeat(26), action: "a".repeat(26), correction: "c".repeat(26), at: "m".repeat(26) };
  if (!isOver && state !== "started" && state !== "closed") return minuted;
  for (const item of [made.item, made.restricted]) {
    await secretary.command("meetings.write_minutes", { meeting, item, text: "What was said.", seen_changes: 0 });
    minuted.decision = (await secretary.command("meetings.write_decision", { meeting, item, text: "To go ahead" })).result["decision"] ?? "";
    minuted.action = (await secretary.command("meetings.write_action", { meeting, item, text: "Write", owner: "Somebody", due: "2030-02-15" })).result["action"] ?? "";
  }
  if (!isOver) return minuted;
  await secretary.command("meetings.close_meeting", { meeting });
  await secretary.command("meetings.circulate_minutes", { meeting });
  for (const item of [made.restricted, made.item]) {
    minuted.correction = (await member.command("meetings.propose_correction", { meeting, item, text: "Something else was said" })).result["correction"] ?? "";
    if (state !== "circulated") await secretary.command("meetings.answer_correction", { meeting, correction: minuted.correction, answer: "accept", wording: "Something else was said." });
  }
  minuted.at = (await newMeeting(things, "started")).meeting;
  if (state === "approved") await secretary.command("meetings.approve_minutes", { meeting, at: minuted.at });
  return minuted;
}

/// An action of the member's in circulated minutes, in that state.
export async function newAction(things: Things, state: string): Promise<string> {
  const { secretary } = things.cast;
  const { meeting, item } = await newMeeting(things, "started");
  const { entities } = await secretary.view(`attendance/${meeting}`);
  const seat = Object.values(entities).find((row) => row["seat"] === things.ids.seat);
  const owner = `${String(seat?.["name"])}, ${String(seat?.["title"])}`; // the member may have another name by now
  const action = (await secretary.command("meetings.write_action", { meeting, item, text: "Write", owner, due: "2030-02-15" })).result["action"] ?? "";
  await secretary.command("meetings.close_meeting", { meeting });
  await secretary.command("meetings.circulate_minutes", { meeting });
  if (state === "done") await secretary.command("meetings.finish_action", { action });
  if (state === "dropped") await secretary.command("meetings.drop_action", { action, reason: "Overtaken by events" });
  return action;
}

export async function newConsultation({ cast, ids }: Things, state = "preparing"): Promise<string> {
  const { chair } = cast;
  const args = { body: ids.body, title: "A strategy", area: "Here", summary: "What people think of it." };
  const { result } = await chair.command("consultations.create_consultation", args);
  const consultation = result["consultation"] ?? "";
  await chair.command("consultations.publish_draft", { consultation, markdown: markdown() });
  for (const step of steps(consultationSteps, state)) {
    await chair.command(`consultations.${step}`, { consultation, ...(step === "open_consultation" ? { closes_on: "2099-12-31" } : {}) });
  }
  return consultation;
}

export const engagement = (group: string): JsonObject => ({
  ...{ group, organisation: "A firm", kind: "business", sector: "Freight", area: "Here", heard_on: "2020-01-15" },
  ...{ channel: "call", said: "What they said." },
});

export async function newEngagement({ cast, ids }: Things, state: string): Promise<string> {
  const { result } = await cast.member.command("advisory.log_engagement", engagement(ids.body));
  const made = result["engagement"] ?? "";
  if (state === "withdrawn") await cast.member.command("advisory.withdraw_engagement", { group: ids.body, engagement: made, reason: "Was a mistake" });
  return made;
}

export async function newComment({ cast, consultations, block }: Things, state: string): Promise<string> {
  const { result } = await cast.person.command("consultations.add_comment", { consultation: consultations.open, draft: 1, block, text: "Mine." });
  const comment = result["comment"] ?? "";
  if (state === "withdrawn") await cast.person.command("consultations.withdraw_comment", { comment });
  return comment;
}

/// A comment of the person's that has no place in the second draft of its consultation, and what places it there.
export async function newCarriedComment(things: Things): Promise<{ comment: string; draft: number; paragraph: string }> {
  const { cast } = things;
  const consultation = await newConsultation(things, "open");
  const { result } = await cast.person.command("consultations.add_comment", { consultation, draft: 1, block: things.block, text: "Mine." });
  await cast.chair.command("consultations.publish_draft", { consultation, markdown: "# Another\n\n## Section\n\nNothing of what was said before is left of it.\n" });
  await eventually("the comment is carried over", 10_000, async () => (await cast.chair.view(`drafts/${consultation}/2`)).entities["ledger"]?.["left"] === 0);
  return { comment: result["comment"] ?? "", draft: 2, paragraph: "1.1" };
}

/// A seat of the body, or of another one.
export async function newSeat({ cast, ids }: Things, state: string, body = ids.body): Promise<{ body: string; seat: string }> {
  const { administrator } = cast;
  const { result } = await administrator.command("directory.create_seat", { body, title: "One more seat", role: "member" });
  const made = { body, seat: result["seat"] ?? "" };
  if (state === "invited") await administrator.command("directory.invite", { ...made, name: "Somebody", email: newAddress() });
  if (state === "held") await administrator.command("directory.fill_seat", { ...made, person: ids.people["appointee"] ?? "" });
  return made;
}

/// In the register of a member.
export async function newInterest({ cast, ids }: Things, state: string): Promise<string> {
  const member = { person: ids.people["member"] ?? "" };
  const { result } = await cast.member.command("directory.declare_interest", { ...member, kind: "land", description: "A field" });
  const interest = result["interest"] ?? "";
  if (state === "withdrawn") await cast.member.command("directory.withdraw_interest", { ...member, interest });
  return interest;
}

/// A token that nobody was ever sent.
export const unknown = "t".repeat(52);

let addresses = 0;
/// Nobody's, so far.
export const newAddress = (): string => `somebody-${++addresses}@rights.example`;

/// An invitation to a body where nobody's eyes are, and the token that was mailed.
export async function newInvitation(things: Things, state: string, email = newAddress()): Promise<{ link: string; token: string }> {
  const { administrator } = things.cast;
  const made = await newSeat(things, "vacant", things.apart);
  await administrator.command("directory.invite", { ...made, name: "Somebody", email });
  const link = await invitationTo(things, made.body, made.seat);
  const token = await mailedToken(things, email);
  if (state === "withdrawn") await administrator.command("directory.withdraw_invitation", { link });
  if (state === "used") await new Person(administrator.witan).command("directory.accept_invitation", { token, name: "Somebody", password });
  return { link, token };
}

/// One to a seat of the body in question, which its secretary may withdraw.
export async function newInvitationToBody(things: Things): Promise<string> {
  const { body, seat } = await newSeat(things, "invited");
  return invitationTo(things, body, seat);
}

export async function newOrganisation({ cast }: Things): Promise<string> {
  const { result } = await cast.administrator.command("directory.register_organisation", { name: `A firm, of ${newAddress()}`, kind: "business" });
  return result["organisation"] ?? "";
}

/// A body that advisory has heard of and that is no group yet.
export async function newGroup({ cast }: Things): Promise<string> {
  const { result } = await cast.administrator.command("directory.establish_body", { name: `A group to be, of ${newAddress()}`, kind: "advisory_group" });
  const body = result["body"] ?? "";
  await eventually("advisory has heard of the body", 10_000, () => query(cast.administrator.witan, "advisory", `SELECT 1 FROM events WHERE aggregate LIKE '%${body}'`).length > 0);
  return body;
}

export async function invitationTo({ cast }: Things, body: string, seat: string): Promise<string> {
  const { entities } = await cast.administrator.view(`bodies/${body}`);
  return String(Object.values(entities).find((row) => row["link"] !== undefined && row["seat"] === seat)?.["link"]);
}

/// What a link that was mailed to an address ends with, once the mail is there.
export async function mailedToken({ cast }: { cast: Pick<Things["cast"], "administrator"> }, email: string): Promise<string> {
  let found: string | undefined;
  await eventually(`a mail to ${email}`, 10_000, async () => {
    const { entities } = await cast.administrator.view("mail");
    const mails = Object.values(entities).filter((row) => row["to"] === email).sort((a, b) => (String(a["sort"]) < String(b["sort"]) ? -1 : 1));
    found = /\/link\/([a-z2-7]+)/.exec(String(mails[0]?.["text"]))?.[1];
    return found !== undefined;
  });
  return found ?? "";
}

/// The token of a link for a new password, of an account of its own.
export async function newReset({ cast }: Things): Promise<string> {
  const email = newAddress();
  await cast.administrator.command("directory.register_person", { name: "Somebody forgetful", email });
  await cast.visitor.command("directory.request_password_reset", { email });
  return mailedToken({ cast }, email);
}

/// In the forward plan of the body.
export async function newPlanEntry({ cast, ids }: Things): Promise<{ body: string; entry: string }> {
  const { result } = await cast.secretary.command("meetings.add_plan_entry", { body: ids.body, title: "To plan", kind: "note" });
  return { body: ids.body, entry: result["entry"] ?? "" };
}

/// One that is on the agenda of a meeting.
export async function newTakenEntry(things: Things): Promise<{ body: string; entry: string }> {
  const made = await newPlanEntry(things);
  const { meeting } = await newMeeting(things, "draft");
  await things.cast.secretary.command("meetings.take_onto_agenda", { ...made, meeting, minutes: 5 });
  return made;
}

/// Five proposals of each member may wait for an answer.
export async function declineAll({ cast, ids }: Things): Promise<void> {
  const { entities } = await cast.secretary.view(`plan/${ids.body}`);
  for (const [key, row] of Object.entries(entities)) {
    if (!key.startsWith("proposal/")) continue;
    await cast.secretary.command("meetings.decline_proposal", { body: ids.body, proposal: String(row["proposal"]), reason: "Not now" });
  }
}

/// Of the member.
export async function newProposal(things: Things, state: string): Promise<{ body: string; proposal: string }> {
  await declineAll(things);
  const { cast, ids } = things;
  const { result } = await cast.member.command("meetings.propose_item", { body: ids.body, title: "Rail", why: "It is late", kind: "discussion" });
  const made = { body: ids.body, proposal: result["proposal"] ?? "" };
  if (state === "accepted") await cast.secretary.command("meetings.accept_proposal", made);
  if (state === "declined") await cast.secretary.command("meetings.decline_proposal", { ...made, reason: "Not ours to decide" });
  if (state === "withdrawn") await cast.member.command("meetings.withdraw_proposal", made);
  return made;
}

/// Two polls for a date may be open.
export async function endPolls({ cast, ids }: Things): Promise<void> {
  const { entities } = await cast.secretary.view(`dates/${ids.body}`);
  for (const key of Object.keys(entities)) {
    if (/^poll\/\w+$/.test(key)) await cast.secretary.command("meetings.end_date_poll", { body: ids.body, poll: key.slice("poll/".length), reason: "Not now" });
  }
}

/// With two times; and the meeting that it became.
export async function newPoll({ cast, ids }: Things, state = "open", words: JsonObject = {}): Promise<{ poll: Poll; meeting: string }> {
  const { secretary } = cast;
  const of = { body: ids.body };
  const clock = { starts: "10:00", ends: "12:00" };
  const { result: opened } = await secretary.command("meetings.open_date_poll", { ...of, title: "A meeting", place: "Here", date: "2030-05-14", ...clock, ...words });
  const one = { ...of, poll: opened["poll"] ?? "" };
  const { result: added } = await secretary.command("meetings.add_time", { ...one, date: "2030-05-21", ...clock });
  const poll = { ...one, time: added["time"] ?? "" };
  if (state === "ended") await secretary.command("meetings.end_date_poll", { ...one, reason: "Nobody can come" });
  const { result } = state === "settled" ? await secretary.command("meetings.settle_date", { ...poll }) : { result: {} as { [name: string]: string } };
  return { poll, meeting: result["meeting"] ?? "" };
}

/// A meeting without an agenda, later than those that have one.
export async function newEmptyMeeting({ cast, ids }: Things): Promise<string> {
  const { result } = await cast.secretary.command("meetings.schedule_meeting", { body: ids.body, title: "A meeting", date: "2030-06-18", starts: "10:00", ends: "12:00", place: "Here" });
  return result["meeting"] ?? "";
}

/// A paper whose first version waits for a second person, in a meeting in that state; `by` has added it.
export async function newWaitingPaper(things: Things, state: string, by: Person): Promise<string> {
  const made = await newMeeting(things);
  const paper = await addPaper(by, { meeting: made.meeting, item: made.item }, { needs_second: true }, Buffer.from("# A paper\n\nThat two people release.\n"));
  for (const step of steps(meetingSteps, state)) await things.cast.secretary.command(`meetings.${step}`, { meeting: made.meeting });
  return paper;
}

/// The token of a link that confirms a new address, of an account of its own.
export async function newConfirmation(things: Things, state: string): Promise<string> {
  const { cast } = things;
  const email = newAddress();
  const { result } = await cast.administrator.command("directory.register_person", { name: "Somebody who moves", email: newAddress() });
  await cast.administrator.command("directory.change_email", { person: result["person"] ?? "", new_email: email, current_password: passwordOf(things, "administrator") });
  const token = await mailedToken(things, email);
  if (state === "used") await cast.visitor.command("directory.confirm_email", { token });
  return token;
}

export async function makeThings(witan: Witan): Promise<Things> {
  const { cast, ids } = await makeCast(witan);
  // Seats came after they had signed in: the next page names their sessions anew.
  for (const person of Object.values(cast)) if (person.cookie !== "") await person.send("GET", "/account");
  const things = { cast, ids } as Things;
  await eventually("the services have heard of the body", 20_000, async () => {
    const asked = await Promise.all(["meetings", "consultations"].map((kind) => cast.secretary.send("GET", `/api/v1/views/body-${kind}/${ids.body}`)));
    return asked.every(({ status }) => status === 200);
  });
  await cast.administrator.command("advisory.open_group", { group: ids.body, challenge: "clean_growth", mission: "A mission of some length." });
  things.apart = (await cast.administrator.command("directory.establish_body", { name: "A body apart", kind: "council" })).result["body"] ?? "";
  things.agendas = {
    ...{ draft: await newMeeting(things, "draft"), published: await newMeeting(things, "published") },
    ...{ started: await newMeeting(things, "started"), closed: await newMeeting(things, "closed") },
  };
  const { draft, published, started, closed } = things.agendas;
  things.meetings = { draft: draft.meeting, published: published.meeting, started: started.meeting, closed: closed.meeting };
  for (const [state, one] of Object.entries(things.meetings)) {
    await eventually("meetings has heard of the member", 20_000, async () => (await cast.administrator.send("GET", `/api/v1/views/attendance/${one}`)).text.includes(ids.seat));
    await cast.secretary.command("meetings.record_attendance", {
      ...{ meeting: one, seat: ids.seat, presence: "substitute", substitute: "Somebody else" }, ...(state === "closed" ? { reason: "Heard wrong" } : {}),
    });
  }
  await cast.secretary.command("meetings.declare_at_item", { meeting: started.meeting, item: started.restricted, seat: ids.seat, effect: "stay", words: "A field there" });
  const { meeting, restricted } = await newMeeting(things, "started");
  await cast.secretary.command("meetings.go_to_item", { meeting, item: restricted });
  things.behindDoors = meeting;
  for (const step of ["ask_to_speak", "give_floor"]) await cast.secretary.command(`meetings.${step}`, { meeting, seat: ids.seat });
  things.voted = { item: await newVoted(things, "item"), restricted: await newVoted(things, "restricted") };
  const first = await newMeeting(things, "published", { new_series: "A series" });
  things.series = first.series;
  things.inSeries = { published: first.meeting, draft: (await newMeeting(things, "draft", { series: first.series })).meeting };
  const { result: open } = await cast.secretary.command("meetings.add_plan_entry", { body: ids.body, title: "For everyone", kind: "note", circulation: "everyone" });
  things.planned = { entry: (await newPlanEntry(things)).entry, open: open["entry"] ?? "" };
  const settled = await newPoll(things, "settled");
  things.found = settled.meeting;
  things.dates = { settled: settled.poll, ended: (await newPoll(things, "ended")).poll, open: (await newPoll(things)).poll };
  await cast.member.command("meetings.answer_time", { ...things.dates["open"], answer: "if_needed" });
  const paperOf = async (state: string, more: JsonObject = {}, where: "item" | "restricted" = "item"): Promise<string> => (await newPaper(things, state, more, where)).paper;
  things.papers = { draft: await paperOf("draft"), published: await paperOf("published"), started: await paperOf("started"), closed: await paperOf("closed") };
  const withdrawn = await paperOf("published");
  await cast.secretary.command("meetings.withdraw_paper", { paper: withdrawn, reason: "Sent in error" });
  things.papersOf = {
    ...{ item: await paperOf("published", {}, "restricted"), members: await paperOf("published", { circulation: "members" }) },
    ...{ embargoed: await paperOf("published", { not_before: "2099-12-31", late_reason: "The figures are not out before" }), withdrawn },
    ...{ named: await newNamedPaper(things, (meeting) => Promise.resolve({ meeting, seat: ids.seat })), unnamed: await newNamedPaper(things, async (meeting) => ({ meeting, seat: await anotherVoter(things, meeting) })) },
  };
  await cast.member.send("GET", `/papers/${things.papersOf["members"]}/file/1`);
  const awaiting = await newMeeting(things, "published");
  await cast.member.command("meetings.declare_at_item", { meeting: awaiting.meeting, item: awaiting.item, seat: ids.seat, effect: "stay", words: "A field" });
  const { result: announced } = await cast.secretary.command("meetings.announce_paper", { meeting: awaiting.meeting, item: awaiting.item, title: "To follow" });
  things.placeholder = { meeting: awaiting.meeting, paper: announced["paper"] ?? "" };
  things.minutes = { circulated: await newMinutes(things, "circulated"), approved: await newMinutes(things, "approved"), writing: await newMinutes(things, "closed") };
  things.consultations = {
    ...{ preparing: await newConsultation(things), open: await newConsultation(things, "open"), closed: await newConsultation(things, "closed") },
  };
  things.redrafted = await newConsultation(things);
  await cast.chair.command("consultations.publish_draft", { consultation: things.redrafted, markdown: markdown("Second try, long enough.") });
  await cast.chair.command("consultations.open_consultation", { consultation: things.redrafted, closes_on: "2099-12-31" });
  await cast.chair.command("consultations.publish_draft", { consultation: things.redrafted, markdown: markdown("Third try, long enough.") });
  const { entities } = await cast.chair.view(`drafts/${things.consultations.open}/1`);
  things.block = String(Object.values(entities).find((row) => row["is_paragraph"] === true)?.["block"]);
  things.engagements = { logged: await newEngagement(things, "logged"), withdrawn: await newEngagement(things, "withdrawn") };
  things.comments = { shown: await newComment(things, "shown"), withdrawn: await newComment(things, "withdrawn") };
  await cast.secretary.command("directory.invite", { body: ids.body, seat: ids.vacant, name: "Somebody", email: "somebody@rights.example" });
  things.links = { open: await invitationTo(things, ids.body, ids.vacant) };
  things.tokens = { open: (await newInvitation(things, "open")).token, unknown };
  for (const state of ["used", "withdrawn"]) ({ link: things.links[state], token: things.tokens[state] } = await newInvitation(things, state));
  things.reset = await newReset(things);
  await cast.visitor.command("directory.reset_password", { token: things.reset, password });
  things.ending = (await newSeat(things, "vacant")).seat;
  const soon = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
  await cast.secretary.command("directory.fill_seat", { body: ids.body, seat: things.ending, person: ids.people["appointee"] ?? "", until: soon });
  await eventually("the term is noticed", 10_000, async () => (await cast.secretary.view(`bodies/${ids.body}`)).entities[`seat/${things.ending}`]?.["ends_soon"] === true);
  await cast.member.command("meetings.write_note", { paper: things.papers.published, person: ids.people["member"] ?? "", text: "To ask", seen_changes: 0 });
  for (const reader of ["member", "person"] as const) await cast[reader].command("directory.open_calendar", { person: ids.people[reader] ?? "" });
  const calendar = String((await cast.person.view(`calendar/${ids.people["person"]}`)).entities["calendar"]?.["address"]);
  things.calendar = { path: new URL(calendar).pathname, holder: keptTopics(witan).find((topic) => topic.startsWith("calendars/")) ?? "" };
  things.session = (await sessionsOf(things, "member"))[0] ?? "";
  things.ended = await memberElsewhere(things);
  await cast.member.command("directory.end_session", { session: things.ended });
  things.kept = (await sessionsOf(things, "departed"))[0] ?? "";
  return things;
}

/// Where somebody is signed in, newest first.
export async function sessionsOf({ cast, ids }: Things, reader: Reader): Promise<string[]> {
  const { entities } = await cast[reader].view(`account/${ids.people[reader]}`);
  const rows = Object.values(entities).filter((row) => row["session"] !== undefined);
  return rows.sort((a, b) => (String(a["sort"]) < String(b["sort"]) ? -1 : 1)).map((row) => String(row["session"]));
}

/// Where the member is signed in in one more place: the same again until somebody has ended that session.
export async function memberElsewhere(things: Things): Promise<string> {
  const before = await sessionsOf(things, "member");
  if (before.includes(things.elsewhere)) return things.elsewhere;
  (await new Person(things.cast.member.witan).signInWith(addressOf(things, "member"), password)).leave();
  things.elsewhere = (await sessionsOf(things, "member")).find((session) => !before.includes(session)) ?? "";
  return things.elsewhere;
}

/// Whom a reader's mail goes to; nobody for a visitor.
export function addressOf({ cast }: Pick<Things, "cast">, reader: Reader): string {
  if (reader === "visitor") return "";
  if (reader !== "administrator" && reader !== "auditor") return `${reader}@rights.example`;
  return cast[reader].witan.accounts().find((one) => one.roles.includes(reader))?.email ?? "";
}

/// What a reader signs in with.
export function passwordOf({ cast }: Pick<Things, "cast">, reader: Reader): string {
  if (reader !== "administrator" && reader !== "auditor") return password;
  return cast[reader].witan.accounts().find((one) => one.roles.includes(reader))?.password ?? "";
}

const spares: { [reader in Reader]?: Person } = {};
/// The same reader, signed in once more: this session may end. A visitor has none, and one that has ended stays so.
export async function onceMore(things: Things, reader: Reader): Promise<Person> {
  const spare = spares[reader];
  if (spare !== undefined && (await isSignedIn(spare))) return spare;
  const again = (spares[reader] = new Person(things.cast[reader].witan));
  if (reader === "administrator" || reader === "auditor") return again.signIn(reader);
  if (reader !== "visitor" && reader !== "signed_out") return again.signInWith(addressOf(things, reader), password);
  again.cookie = things.cast[reader].cookie;
  return again;
}

/// Whether somebody is signed in with what they have now.
export const isSignedIn = async (person: Person): Promise<boolean> => (await person.send("GET", "/account")).status === 200;

/// As many of everything as makes each list that has pages turn one.
export async function turnPages(things: Things): Promise<void> {
  const { administrator, secretary, member } = things.cast;
  const { ids } = things;
  const { seat } = await newSeat(things, "vacant");
  const enough = Array.from({ length: 202 }, (_, n) => n);
  // Before there are hundreds of meetings, on the list of each of which the seat stands.
  for (const _ of enough) {
    await secretary.command("directory.fill_seat", { body: ids.body, seat, person: ids.people["appointee"] ?? "" });
    await secretary.command("directory.vacate_seat", { body: ids.body, seat });
  }
  const many: ((n: number) => Promise<unknown>)[] = [
    (n) => administrator.command("directory.register_person", { name: `Somebody, number ${n}`, email: `number-${n}@rights.example` }),
    (n) => administrator.command("directory.register_organisation", { name: `A firm, number ${n}`, kind: "business" }),
    (n) => administrator.command("directory.establish_body", { name: `A body, number ${n}`, kind: "council" }),
    () => secretary.command("directory.invite", { body: ids.body, seat: ids.vacant, name: "Somebody", email: "somebody@rights.example" }),
    async () => {
      const { meeting } = await newMeeting(things);
      await secretary.command("meetings.publish_agenda", { meeting });
    },
    () => newConsultation(things, "open"),
    () => member.command("advisory.log_engagement", engagement(ids.body)),
  ];
  const { meeting, item } = await newMeeting(things, "started");
  many.push((n) => secretary.command("meetings.write_decision", { meeting, item, text: `Decision ${n}` }));
  const [open, closed] = [await newMeeting(things, "started"), await newMeeting(things, "started")];
  const done: string[] = [];
  const act = async ({ meeting: of, item: at }: Meeting): Promise<string> =>
    (await secretary.command("meetings.write_action", { meeting: of, item: at, text: "Write", owner: "Somebody", due: "2030-02-15" })).result["action"] ?? "";
  many.push(() => act(open), async () => done.push(await act(closed)));
  const agendas = [await newMeeting(things, "published"), await newMeeting(things, "published"), await newMeeting(things, "published")];
  many.push((n) => addPaper(secretary, { meeting: agendas[n % 3]?.meeting ?? "", item: agendas[n % 3]?.item ?? "", title: `Paper ${n}` }));
  await Promise.all(many.map(async (make) => {
    for (const n of enough) await make(n);
  }));
  await secretary.command("meetings.close_meeting", { meeting });
  await secretary.command("meetings.circulate_minutes", { meeting });
  await secretary.command("meetings.approve_minutes", { meeting, at: (await newMeeting(things, "started")).meeting });
  for (const { meeting: of } of [closed, open]) {
    await secretary.command("meetings.close_meeting", { meeting: of });
    await secretary.command("meetings.circulate_minutes", { meeting: of });
    if (of === closed.meeting) for (const action of done) await secretary.command("meetings.finish_action", { action });
  }
}

const root = fileURLToPath(new URL("../../../", import.meta.url));

/// The first segments of all topics: those that have an owner, and those that the services keep, private ones aside.
export function kindsOfTopics(witan: Witan): { owned: string[]; kept: string[] } {
  const source = readFileSync(`${root}shared/contract/topics.cpp`, "utf8");
  const table = /k_owners = \{\{([^;]*)\}\};/.exec(source)?.[1] ?? "";
  const owned = [...table.matchAll(/\{"([a-z-]+)", "[a-z]+"\}/g)].map((found) => String(found[1]));
  if (owned.length < 10) throw new Error("shared/contract/topics.cpp has another shape than this test reads");
  const kept = keptTopics(witan).map((topic) => topic.split("/")[0] ?? "");
  return { owned, kept: [...new Set(kept)] };
}

/// All topics that the services keep, private ones aside.
export function keptTopics(witan: Witan): string[] {
  return (["directory", "meetings", "advisory", "consultations"] as const).flatMap((service) =>
    query(witan, service, "SELECT DISTINCT topic FROM topic_heads WHERE topic NOT LIKE 'index/%'").map((row) => String(row["topic"])),
  );
}
