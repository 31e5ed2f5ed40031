/// Words that are planted in everything that is not for everybody, and who may find each: written by hand.
import { query } from "../support/database.ts";
import { services, type Witan } from "../support/witan.ts";
import { addPaper, handIn, pdf, pdfOfPages } from "../support/papers.ts";
import type { Reader } from "./readers.ts";
import { contract } from "./states.ts";
import { addressOf, anotherVoter, engagement, invitationTo, mailedToken, markdown, memberElsewhere, newPoll, newRoom, newVote, type Things } from "./things.ts";

/// Where a reader can find something. An answer is one to a command.
export type Channel = "page" | "view" | "frame" | "answer" | "mail";

export interface Canary {
  who: readonly Reader[];
  /// Where they find it, beside mail; nobody else finds it anywhere.
  where: readonly Channel[];
  /// Drawn by Witan: known only once it is there.
  word?: string;
  /// Who wrote it: what they download of their own has it.
  written?: Reader;
  /// Whose mail has it; nobody else's does.
  mailedTo?: string;
}

const body: readonly Reader[] = ["member", "secretary", "chair", "auditor"];
const staff: readonly Reader[] = ["secretary", "chair", "administrator", "auditor"];
const members: readonly Reader[] = [...body, "administrator"];
const secretaries: readonly Reader[] = ["secretary", "administrator", "auditor"];
const office: readonly Reader[] = ["administrator", "auditor"];
const nobody: readonly Reader[] = [];
const everybody: readonly Reader[] = ["visitor", "person", "stranger", "departed", "signed_out", ...members];

const shown = ["page", "view", "frame"] as const;
export const invited = "canary.invited@rights.example";

export const canaries: { [word: string]: Canary } = {
  // A meeting in preparation: its body knows that there is one; what is on its agenda is for those who prepare it.
  canarymeetingtitle: { who: members, where: shown },
  canarymeetingplace: { who: members, where: shown },
  canarychair: { who: members, where: shown },
  canarycochair: { who: members, where: shown },
  canaryminutesecretary: { who: members, where: shown },
  canaryseries: { who: members, where: shown },
  canarydraftitem: { who: staff, where: shown },
  canarydraftlead: { who: staff, where: shown },
  // Items for members, on agendas that everybody sees; one of them is being dealt with.
  canaryrestricted: { who: members, where: shown },
  canaryrestrictedlead: { who: members, where: shown },
  canarynow: { who: members, where: shown },
  // Papers: in preparation, at an item for members, and until their time; and what is in the files.
  canarydraftpaper: { who: staff, where: shown },
  canarydraftbytes: { who: staff, where: ["page"] },
  canaryfollows: { who: members, where: shown },
  canarypaper: { who: members, where: shown },
  canarypaperbytes: { who: members, where: ["page"] },
  canarynamed: { who: members, where: shown },              // for the member's seat
  canarynamedbytes: { who: members, where: ["page"] },
  canaryunnamed: { who: staff, where: shown },              // for somebody else's
  canaryunnamedbytes: { who: staff, where: ["page"] },
  canaryembargo: { who: staff, where: shown },
  canaryembargobytes: { who: staff, where: ["page"] },
  canarychanged: { who: staff, where: shown },
  canaryembargolate: { who: staff, where: shown },
  // Until a second person has released them: a first version, and one that replaces what is out.
  canarytwokeys: { who: staff, where: shown },
  canarytwokeysfrom: { who: staff, where: shown },
  canarytwokeysbytes: { who: staff, where: ["page"] },
  canarywaiting: { who: staff, where: shown },
  canarywaitingbytes: { who: staff, where: ["page"] },
  canarywithdrawal: { who: staff, where: shown },

  // Who sits for a member, and why that was corrected once the meeting was closed.
  canarysubstitute: { who: members, where: shown },
  canarycorrection: { who: members, where: shown },
  canarydeclared: { who: members, where: shown },
  canarydeclaredlate: { who: members, where: shown },

  // Moved and voted on behind doors.
  canarymotion: { who: members, where: shown },
  canaryquestion: { who: members, where: shown },
  canarycancelled: { who: members, where: shown },

  // Minutes: being written, circulated, and at an item for members once they are approved.
  canaryminuted: { who: staff, where: shown },
  canarydecided: { who: staff, where: shown },
  canarytodo: { who: staff, where: shown },
  canaryowner: { who: staff, where: shown },
  canarynoted: { who: members, where: shown, written: "secretary" },
  canaryputoff: { who: members, where: shown, written: "secretary" },
  canaryheir: { who: members, where: shown },
  // What a member writes beside a paper for themselves.
  canarynote: { who: ["member"], where: shown, written: "member" },
  // The forward plan, what members propose for it, and why that was declined.
  canaryplanned: { who: members, where: shown },
  canaryplanlead: { who: members, where: shown },
  canarypurpose: { who: members, where: shown },
  canarywish: { who: members, where: shown, written: "member" },
  canarywishfor: { who: members, where: shown, written: "member" },
  canarynotours: { who: members, where: shown },
  // Polls for a date: one that is open, and why one ended.
  canarydatetitle: { who: members, where: shown },
  canarydateplace: { who: members, where: shown },
  canarydateended: { who: members, where: shown, written: "secretary" },
  canaryproposed: { who: members, where: shown, written: "member" },
  canarydeclined: { who: members, where: shown },
  canarywording: { who: members, where: shown },

  // Whom a group has heard, and an entry that was taken back while its members watched.
  canaryfirm: { who: body, where: shown },
  canarysector: { who: body, where: shown },
  canaryarea: { who: body, where: shown },
  canarysaid: { who: body, where: shown },
  canaryfollowup: { who: body, where: shown },
  canarytakenback: { who: body, where: ["frame"] },
  canarymistake: { who: nobody, where: [] },

  // A consultation in preparation, and the drafts of one that opened later.
  canarystrategy: { who: members, where: shown },
  canarystrategyarea: { who: members, where: shown },
  canarysummary: { who: members, where: shown },
  canaryparagraphfirst: { who: staff, where: shown },
  canaryparagraphlater: { who: staff, where: shown },
  canaryparagraphearlier: { who: staff, where: shown },
  canarycomment: { who: everybody, where: ["frame"], written: "member" },   // withdrawn since

  // People, accounts, invitations, and what only the audit tells.
  canaryaccount: { who: office, where: shown },
  "canary.account@rights.example": { who: office, where: shown },
  canaryinvited: { who: secretaries, where: shown, mailedTo: invited },
  [invited]: { who: secretaries, where: shown, mailedTo: invited },
  canaryinterest: { who: ["person", "administrator"], where: shown },   // of somebody who holds no seat
  canaryreason: { who: office, where: ["page"] },
};

/// While everybody looks. Says which topics are new since.
export async function plant(things: Things): Promise<string[]> {
  const { secretary, member, chair, administrator } = things.cast;
  const { meetings, ids } = things;
  const { result: scheduled } = await secretary.command("meetings.schedule_meeting", {
    ...{ body: ids.body, title: "canarymeetingtitle", date: "2030-02-15", starts: "10:00", ends: "12:00", place: "canarymeetingplace" },
    ...{ chair: "canarychair", co_chair: "canarycochair", secretary: "canaryminutesecretary", new_series: "canaryseries" },
  });
  await secretary.command("meetings.forward_item", { meeting: meetings.published, item: things.agendas.published.item, to: scheduled["meeting"] ?? "" });
  await secretary.command("meetings.add_agenda_item", { meeting: meetings.draft, title: "canarydraftitem", kind: "decision", minutes: 5, lead: "canarydraftlead" });
  const restricted = { kind: "decision", minutes: 5, circulation: "members" };
  for (const meeting of [meetings.published, meetings.started]) {
    await secretary.command("meetings.add_agenda_item", { meeting, title: "canaryrestricted", lead: "canaryrestrictedlead", ...restricted });
  }
  const onTheList = (meeting: string, more: { [name: string]: string }): Promise<unknown> => secretary.command("meetings.record_attendance", { meeting, seat: ids.seat, ...more });
  await onTheList(meetings.started, { presence: "substitute", substitute: "canarysubstitute" });
  await onTheList(meetings.closed, { presence: "apologies", reason: "canarycorrection" });
  const { result: now } = await secretary.command("meetings.add_agenda_item", { meeting: meetings.started, title: "canarynow", ...restricted });
  await secretary.command("meetings.go_to_item", { meeting: meetings.started, item: now["item"] ?? "" });

  await plantRoom(things, now["item"] ?? "");

  const papers = await plantPapers(things);
  await plantMinutes(things);
  await plantDates(things);
  const votes = await plantVotes(things);

  const heard = { organisation: "canaryfirm", sector: "canarysector", area: "canaryarea", said: "canarysaid", follow_up: "canaryfollowup" };
  await member.command("advisory.log_engagement", { ...engagement(ids.body), ...heard });
  const { result: mistake } = await member.command("advisory.log_engagement", { ...engagement(ids.body), said: "canarytakenback" });
  await member.command("advisory.withdraw_engagement", { group: ids.body, engagement: mistake["engagement"] ?? "", reason: "canarymistake" });

  const { result: made } = await chair.command("consultations.create_consultation", { body: ids.body, title: "canarystrategy", area: "canarystrategyarea", summary: "canarysummary of it" });
  const consultation = made["consultation"] ?? "";
  for (const word of ["canaryparagraphfirst", "canaryparagraphlater"]) await chair.command("consultations.publish_draft", { consultation, markdown: markdown(`${word} and more words.`) });
  await chair.command("consultations.open_consultation", { consultation, opens_on: "2099-12-01", closes_on: "2099-12-31" });   // it opens by itself, and not yet
  const { result: later } = await chair.command("consultations.create_consultation", { body: ids.body, title: "A strategy", area: "Here", summary: "What people think." });
  const opened = later["consultation"] ?? "";
  for (const word of ["canaryparagraphearlier", "And another"]) await chair.command("consultations.publish_draft", { consultation: opened, markdown: markdown(`${word} and more words.`) });
  await chair.command("consultations.open_consultation", { consultation: opened, closes_on: "2099-12-31" });
  await chair.command("consultations.extend_consultation", { consultation: opened, closes_on: "2100-01-31", reason: "The schools asked for it." });
  const { result: said } = await member.command("consultations.add_comment", { consultation: things.consultations.open, draft: 1, block: things.block, text: "canarycomment" });
  await member.command("consultations.withdraw_comment", { comment: said["comment"] ?? "" });

  const { result: person } = await administrator.command("directory.register_person", { name: "canaryaccount", email: "canary.account@rights.example" });
  await secretary.command("directory.invite", { body: ids.body, seat: ids.vacant, name: "canaryinvited", email: invited });
  await things.cast.person.command("directory.declare_interest", { person: ids.people["person"] ?? "", kind: "other", description: "canaryinterest" });
  await member.command("directory.declare_interest", { person: ids.people["member"] ?? "", kind: "contract", description: "A printer's, for the body to consider" });
  const { result: created } = await administrator.command("directory.create_seat", { body: ids.body, title: "A seat for a while", role: "observer" });
  const seat = { body: ids.body, seat: created["seat"] ?? "" };
  await administrator.command("directory.fill_seat", { ...seat, person: ids.people["appointee"] ?? "" });
  await administrator.command("directory.vacate_seat", { ...seat, reason: "canaryreason" });
  await drawn(things);
  return [
    ...papers.map((paper) => `papers/${paper}`),
    ...votes,
    ...[1, 2].flatMap((draft) => [`drafts/${consultation}/${draft}`, `threads/${consultation}/${draft}/${things.block}`]),
    ...[`meetings/${scheduled["meeting"]}`, `series/${scheduled["series"]}`, `consultations/${consultation}`, `drafts/${opened}/1`, `threads/${opened}/1/${things.block}`, `account/${person["person"]}`, `interests/${ids.people["person"]}`],
  ];
}

/// An interest in an item that the public has not come to see yet, one that was declared late, and who spoke behind doors.
async function plantRoom({ cast, meetings, agendas, ids }: Things, now: string): Promise<void> {
  const { secretary } = cast;
  const declare = (state: "published" | "closed", more: { [name: string]: string }): Promise<unknown> =>
    secretary.command("meetings.declare_at_item", { meeting: meetings[state], item: agendas[state].item, seat: ids.seat, effect: "stay", words: "A field", ...more });
  await declare("published", { words: "canarydeclared" });
  await declare("closed", { reason: "canarydeclaredlate" });
  await secretary.command("meetings.declare_at_item", { meeting: meetings.started, item: now, seat: ids.seat, effect: "stay", words: "A field" });
  for (const step of ["ask_to_speak", "give_floor", "end_turn", "ask_to_speak"]) await secretary.command(`meetings.${step}`, { meeting: meetings.started, seat: ids.seat });
}

/// A motion and a vote at an item for members, and why a vote was cancelled at one for everybody.
async function plantVotes(things: Things): Promise<string[]> {
  const { cast, ids } = things;
  const [hidden, open] = [await newRoom(things, "restricted"), await newRoom(things)];
  const seconder = await anotherVoter(things, hidden.meeting);
  const move = async (words: string): Promise<string> => (await cast.member.command("meetings.propose_motion", { ...hidden, seat: ids.seat, words })).result["motion"] ?? "";
  await move("canarymotion");
  const motion = await move("That we meet");
  await cast.secretary.command("meetings.second_motion", { meeting: hidden.meeting, motion, seat: seconder });
  const { result: named } = await cast.secretary.command("meetings.open_vote", { ...hidden, kind: "named", motion });
  await cast.secretary.command("meetings.close_vote", { meeting: hidden.meeting, vote: named["vote"] ?? "" });
  await cast.secretary.command("meetings.set_quorum", { meeting: open.meeting, quorum: 1 });
  const secret = await newVote(things, hidden, "secret", "canaryquestion");
  await cast.member.command("meetings.cast_vote", { meeting: hidden.meeting, vote: secret, seat: ids.seat, choice: "against" });
  const cancelled = await newVote(things, open);
  await cast.secretary.command("meetings.cancel_vote", { meeting: open.meeting, vote: cancelled, reason: "canarycancelled" });
  await cast.secretary.command("meetings.set_quorum", { meeting: open.meeting, quorum: 400 });
  return [hidden.meeting, open.meeting].map((meeting) => `votes/${meeting}`);
}

async function plantPapers(things: Things): Promise<string[]> {
  const { cast, meetings, agendas, ids } = things;
  const { secretary } = cast;
  const add = (meeting: string, item: string, title: string, bytes: string, more = {}, content = pdf(bytes)): Promise<string> => addPaper(secretary, { meeting, item, title }, more, content);
  const inDraft = await add(meetings.draft, agendas.draft.item, "canarydraftpaper", "canarydraftbytes");
  const forMembers = await add(meetings.published, agendas.published.restricted, "canarypaper", "canarypaperbytes", {}, pdfOfPages(["canarypaperbytes"]));
  const embargoed = await add(meetings.published, agendas.published.item, "canaryembargo", "canaryembargobytes", { not_before: "2099-12-31", late_reason: "canaryembargolate" });
  const upload = await handIn(secretary, meetings.published, pdf("Another"));
  await secretary.command("meetings.add_paper_version", { meeting: meetings.published, paper: embargoed, upload, what_changed: "canarychanged" });
  const held = await add(meetings.published, agendas.published.item, "canarytwokeys", "canarytwokeysbytes", { needs_second: true, from: "canarytwokeysfrom" }, pdfOfPages(["canarytwokeysbytes"]));
  const out = await add(meetings.published, agendas.published.item, "By two people", "By two people", { needs_second: true });
  await cast.chair.command("meetings.release_paper", { paper: out, version: 1 });
  const second = await handIn(secretary, meetings.published, pdfOfPages(["canarywaitingbytes"]));
  await secretary.command("meetings.add_paper_version", { meeting: meetings.published, paper: out, upload: second, what_changed: "canarywaiting" });
  const withdrawn = await add(meetings.draft, agendas.draft.item, "One more", "One more");
  await secretary.command("meetings.withdraw_paper", { paper: withdrawn, reason: "canarywithdrawal" });
  const { result } = await secretary.command("meetings.announce_paper", { meeting: meetings.published, item: agendas.published.restricted, title: "canaryfollows" });
  const forSeat = async (seat: string, title: string, bytes: string): Promise<string> => {
    const { result: made } = await secretary.command("meetings.add_agenda_item", { meeting: meetings.published, title: "Its papers go to a seat", kind: "decision", minutes: 5 });
    const item = made["item"] ?? "";
    await secretary.command("meetings.name_seats", { meeting: meetings.published, item, seats: [seat] });
    return add(meetings.published, item, title, bytes, {}, pdfOfPages([bytes]));
  };
  const named = await forSeat(ids.seat, "canarynamed", "canarynamedbytes");
  const { entities } = await secretary.view(`attendance/${meetings.published}`);
  const another = Object.values(entities).find((row) => typeof row["seat"] === "string" && row["by"] !== undefined && row["by"] !== ids.people["member"]);
  const unnamed = await forSeat(String(another?.["seat"]), "canaryunnamed", "canaryunnamedbytes");
  return [inDraft, forMembers, embargoed, held, out, withdrawn, result["paper"] ?? "", named, unnamed];
}

async function plantMinutes({ cast, minutes, papers, ids }: Things): Promise<void> {
  const { secretary, member } = cast;
  await member.command("meetings.write_note", { paper: papers.published, person: ids.people["member"] ?? "", text: "canarynote", seen_changes: 1 });
  const { writing, circulated } = minutes;
  if (!writing || !circulated) throw new Error("there are no minutes to plant words in");
  const within = { meeting: writing.meeting, item: writing.item };
  await secretary.command("meetings.write_minutes", { ...within, text: "canaryminuted", seen_changes: 1 });
  await secretary.command("meetings.write_decision", { ...within, text: "canarydecided" });
  await secretary.command("meetings.write_action", { ...within, text: "canarytodo", owner: "canaryowner", due: "2030-02-15" });
  await secretary.command("meetings.add_plan_entry", { body: ids.body, title: "canaryplanned", kind: "note", lead: "canaryplanlead", purpose: "canarypurpose" });
  const { result: wished } = await member.command("meetings.propose_item", { body: ids.body, title: "canarywish", why: "canarywishfor", kind: "discussion" });
  await secretary.command("meetings.decline_proposal", { body: ids.body, proposal: wished["proposal"] ?? "", reason: "canarynotours" });
  const { action } = circulated;
  await secretary.command("meetings.change_action_due", { action, due: "2030-03-15", reason: "canaryputoff" });
  await secretary.command("meetings.hand_over_action", { action, owner: "canaryheir" });
  await secretary.command("meetings.note_on_action", { action, text: "canarynoted" });
  const propose = async (text: string): Promise<string> => (await member.command("meetings.propose_correction", { meeting: circulated.meeting, item: circulated.item, text })).result["correction"] ?? "";
  const [declined, accepted] = [await propose("canaryproposed"), await propose("Another")];
  await secretary.command("meetings.answer_correction", { meeting: circulated.meeting, correction: declined, answer: "decline", reason: "canarydeclined" });
  await secretary.command("meetings.answer_correction", { meeting: circulated.meeting, correction: accepted, answer: "accept", wording: "canarywording" });
}

/// One is open beside that of before; another became a meeting, whose agenda is empty and can begin as that of the meeting in preparation.
async function plantDates(things: Things): Promise<void> {
  const { secretary } = things.cast;
  const { poll } = await newPoll(things);
  await secretary.command("meetings.end_date_poll", { body: poll.body, poll: poll.poll, reason: "canarydateended" });
  await newPoll(things, "settled");
  await newPoll(things, "open", { title: "canarydatetitle", place: "canarydateplace", answer_by: "2030-05-01" });
}

/// What Witan itself draws or knows, and is nobody else's either.
async function drawn(things: Things): Promise<void> {
  const member = addressOf(things, "member");
  await things.cast.visitor.command("directory.request_password_reset", { email: member });
  const whose = { person: things.ids.people["member"] ?? "" };
  await things.cast.member.command("directory.open_calendar", whose);
  const { address } = (await things.cast.member.view(`calendar/${whose.person}`)).entities["calendar"] ?? {};
  canaries["the address of a member's calendar"] = { who: ["member"], where: shown, word: /calendar\/(\w+)\.ics/.exec(String(address))?.[1] ?? "" };
  canaries["a session of a member"] = { who: ["member", "administrator"], where: shown, word: await memberElsewhere(things) };
  canaries["the address of a member"] = { who: ["member", ...office], where: shown, word: member, mailedTo: member };
  canaries["the name of an invitation"] = { who: secretaries, where: shown, word: await invitationTo(things, things.ids.body, things.ids.vacant) };
  canaries["the token of an invitation"] = { who: ["administrator"], where: shown, word: await mailedToken(things, invited), mailedTo: invited };
  canaries["the token of a new password"] = { who: ["administrator"], where: shown, word: await mailedToken(things, member), mailedTo: member };
}

export const wordOf = (name: string): string => canaries[name]?.word ?? name;
export const found = (text: string, name: string): boolean => new RegExp(`(?<![a-z0-9])${wordOf(name).replaceAll(".", "\\.")}(?![a-z0-9])`).test(text);

/// Fields of what not everybody sees that hold no planted word, and why.
export const wordless: { [field: string]: string } = {
  ...because("the names of bodies and organisations, the titles of seats and who holds them are public", [
    ...["AccountView.organisation", "PersonView.organisation", "RightsSeatView.body_name", "RightsSeatView.title", "InvitationView.title", "ConcernView.name"],
    ...["MinutesView.body_name", "AttendeeView.title", "AttendeeView.name", "AttendeeView.organisation", "MeetingView.body_name", "SeriesView.body_name", "ConsultationView.body_name", "EngagementView.by_name", "MailView.subject", "RoomView.name", "RoomView.title", "RequestView.name", "RequestView.title", "SpokenView.name", "SpokenView.title", "DeclarationView.name", "DeclarationView.title", "CorrectionView.by_name", "ReaderView.reader", "ActionView.body_name", "ActionEntryView.by_name", "HandView.name", "HandView.title", "BallotView.title", "VoiceView.name", "VoiceView.title", "ProposalView.by_name", "MotionView.moved_by", "MotionView.seconded_by", "VoteView.moved_by", "VoteView.seconded_by", "MinutesVoteView.moved_by", "MinutesVoteView.seconded_by", "NamedItemView.words", "MinutesInterestView.declared_by", "DateVoiceView.name", "DateVoiceView.sort"],
    ...["AccountSeatView.title", "AccountSeatView.body_name", "AccountSeatView.since", "AccountSeatView.until"],
  ]),
  ...because("minutes begin with the meeting, whose agenda is everybody's by then", ["MinutesView.title", "DecisionView.meeting_title", "ActionView.meeting_title", "DeclaredView.meeting_title"]),
  ...because("it is what stands in the minutes and on the agenda, where words are planted", ["DecisionView.decided", "DecisionView.item_title", "MinutesVoteView.question", "VoteView.item_title", "MotionView.item_title", "ActionView.todo", "ActionView.item_title", "ActionView.minuted_owner", "NamedItemView.item_title", "MinutesInterestView.interest"]),
  ...because("there is none before the agenda is everybody's, and then it is everybody's", ["MeetingView.late_reason"]),
  ...because("it is one of a few words of Witan's own", [
    ...["MeetingView.state_label", "PlanEntryView.kind_label", "ProposalView.kind_label", "ProposalView.state_label", "AttendeeView.presence_label", "AgendaItemView.kind_label", "ConsultationView.state_label", "AccountSessionView.device", "PaperView.type", "PaperVersionView.type", "MinutesView.state_label", "DeclarationView.effect_label", "ActionView.status_label", "MinutesActionView.status_label", "MotionView.state_label", "VoteView.state_label", "VoteView.kind_label", "VoiceView.choice_label", "MinutesVoteView.kind_label", "BallotView.why_not", "DeclaredView.effect_label", "MinutesInterestView.effect_label", "DatePollView.state_label", "DateVoiceView.answer_label"],
    ...["EngagementView.kind_label", "EngagementView.size_label", "EngagementView.channel_label"],
  ]),
  ...because("it is a moment", [
    ...["PlanEntryView.month_label", "ProposalView.month_label", "ProposalView.proposed", "AccountView.password_since", "CalendarView.since", "NoteView.written", "AccountSessionView.started", "AccountSessionView.expires", "MailView.queued", "InvitationView.sent"],
    ...["InvitationView.expires", "MeetingView.when", "MeetingView.planned_end", "MeetingView.projected_end", "MeetingView.now_since", "MeetingView.now_until", "AttendeeView.since", "MeetingView.clock", "MeetingView.publish_by", "MeetingView.published", "AgendaItemView.starts", "EngagementView.heard_on", "ConsultationView.closes", "ConsultationView.opens", "PaperView.added", "ReaderView.opened", "AgendaItemView.changed", "PaperView.not_before", "PaperVersionView.added", "MinutesView.when", "MinutesView.circulate_by", "MinutesView.circulated", "MinutesActionView.due", "CorrectionView.proposed_on", "DecisionView.when", "RoomView.since", "RequestView.asked", "DeclarationView.declared", "ActionView.due", "ActionView.when", "ActionView.minuted_due", "ActionEntryView.noted", "VoteView.opened", "VoteView.closed", "DeclaredView.when", "DeclaredView.declared", "DatePollView.opened", "DatePollView.answer_by", "DatePollView.when", "ProposedTimeView.when", "LastAgendaView.when"],
  ]),
  ...because("it is made of numbers", ["AttendanceView.words", "SpokenView.took", "ActionsSummaryView.count_words", "VotesView.no_quorum", "VoteView.words", "MinutesVoteView.counted", "LedgerView.summary"]),
  ...because("it is made of a moment or a place in a list", [
    ...["PlanEntryView.sort", "ProposalView.sort", "AccountSessionView.sort", "ConcernView.sort", "MailView.sort", "InvitationView.sort", "MeetingView.sort", "EngagementView.sort", "BlockView.sort", "AgendaItemView.sort", "AttendeeView.sort", "PaperVersionView.sort", "ReaderView.sort", "AccountSeatView.sort", "MinutesItemView.sort", "MinutesDecisionView.sort", "MinutesActionView.sort", "CorrectionView.sort", "DecisionView.sort", "DecisionView.decision_number", "MinutesDecisionView.decision_number", "MinutesActionView.due_day", "MinutesItemView.number", "RequestView.sort", "SpokenView.sort", "DeclarationView.sort", "ActionView.sort", "ActionView.due_day", "ActionEntryView.sort", "MotionView.sort", "VoteView.sort", "HandView.sort", "VoiceView.sort", "MinutesVoteView.sort", "DeclaredView.sort", "NamedItemView.sort", "MinutesInterestView.sort", "DatePollView.sort", "ProposedTimeView.sort"],
    ...["AgendaItemView.number", "MeetingView.now_number", "BlockView.block", "BlockView.number", "ParagraphView.block", "ParagraphView.number", "ParagraphView.thread", "SpokenView.item_number", "DeclarationView.item_number", "VotesView.item_number", "MotionView.item_number", "VoteView.item_number", "BallotView.item_number", "DeclaredView.item_number", "NamedItemView.number"],
  ]),
  ...because("it is how long a file is", ["PaperView.size", "PaperVersionView.size"]),
  ...because("it is an id, or an address that is made of one", [
    ...["PersonView.href", "ConcernView.href", "MeetingView.href", "AttendanceView.href", "ConsultationView.href", "ConsultationView.draft_href", "LedgerView.href", "LedgerView.newest_href", "MeetingView.now_item", "MeetingView.next_item", "LastAgendaView.href", "DatePollView.meeting_href", "DatePollView.calendar_href", "PaperView.href", "PaperView.file_href", "PaperVersionView.file_href", "PaperVersionView.read_href", "PlaceholderView.href", "AccountSeatView.body_href", "MinutesView.href", "DecisionView.href", "ActionView.href", "ActionView.minutes_href", "MinutesActionView.followed_href", "VoteView.href", "MinutesVoteView.voices_href", "DeclaredView.href"],
  ]),
};

function because(reason: string, fields: string[]): { [field: string]: string } {
  return Object.fromEntries(fields.map((field) => [field, reason]));
}

/// Views of which no row is looked at, and why.
export const unseen: { [view: string]: string } = { PagesView: "lists turn pages after two hundred rows; it has numbers and addresses only", ...because("it is kept nowhere: presence.test.ts", ["HereView", "EditorView"]), CarriedView: "it stands in a comment that has come to a later draft, which everybody sees" };

interface Kept {
  topic: string;
  audience: string;
  key: string;
  value: { [field: string]: unknown };
}
const keptBy = (witan: Witan): Kept[] =>
  services.flatMap((service) =>
    query(witan, service, "SELECT h.topic, h.audience, v.key, v.value FROM views v JOIN topic_heads h ON h.id = v.head WHERE h.topic NOT LIKE 'index/%' AND h.audience NOT LIKE '\\_%' ESCAPE '\\'").map(
      (row) => ({ topic: String(row["topic"]), audience: String(row["audience"]), key: String(row["key"]), value: JSON.parse(String(row["value"])) as Kept["value"] }),
    ),
  );

/// Views with the same fields, by the kind of their topic.
const alike: { [kind: string]: string } = { plan: "PlanView", dates: "DatesView" };
const views = Object.entries(contract).filter(([name, { properties }]) => name.endsWith("View") && properties !== undefined);
/// The view that a row is one of: the one with its fields.
function viewOf(row: Kept): string {
  const has = Object.keys(row.value);
  const fits = views.filter(([, { properties = {}, required = [] }]) => has.every((field) => field in properties) && required.every((field) => has.includes(field)));
  const names = fits.map(([name]) => name);
  const named = alike[row.topic.split("/")[0] ?? ""] ?? "";
  if (names.length > 1 && names.includes(named)) return named;
  if (names.length !== 1) throw new Error(`${row.topic}, ${row.key} is no view, or more than one: ${names.join()}`);
  return String(names[0]);
}

/// Text that anything may stand in: no id, no moment, no word of an enumeration.
const isFreeText = (view: string, field: string): boolean => {
  const { type, pattern, format } = contract[view]?.properties?.[field] ?? {};
  return type === "string" && pattern === undefined && format === undefined;
};

/// Of all that the services keep: the fields that show somebody more than everybody sees, those of them that hold a planted
/// word, and the views that there is a row of.
export function fieldsOfSome(witan: Witan): { restricted: string[]; planted: string[]; views: string[] } {
  const rows = keptBy(witan);
  const forAll = new Map(rows.filter(({ audience }) => audience === "public").map((row) => [`${row.topic} ${row.key}`, row.value]));
  const restricted = new Set<string>(), planted = new Set<string>(), kinds = new Set<string>();
  for (const row of rows) {
    const view = viewOf(row);
    kinds.add(view);
    if (row.audience === "public") continue;
    for (const [field, value] of Object.entries(row.value)) {
      const isShownToAll = forAll.get(`${row.topic} ${row.key}`)?.[field] === value;
      if (isShownToAll || value === "" || typeof value !== "string" || !isFreeText(view, field)) continue;
      restricted.add(`${view}.${field}`);
      if (Object.keys(canaries).some((name) => found(value, name))) planted.add(`${view}.${field}`);
    }
  }
  return { restricted: [...restricted], planted: [...planted], views: [...kinds] };
}
export const allViews = views.map(([name]) => name);
