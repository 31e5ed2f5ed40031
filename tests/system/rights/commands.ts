/// Each command, with arguments that are right, and what each reader gets: written by hand, and a row for each state of what
/// it is about.
/// ok: done, or nothing was left to do; 401, 403, 404: not signed in, forbidden, or not there for them; else the code of what
/// stands in the way.
import type { JsonObject } from "../support/http.ts";
import type { Reader } from "./readers.ts";
import type { Told } from "./states.ts";
import {
  addressOf, engagement, markdown, newAddress, newCarriedComment, newComment, newConfirmation, newConsultation, newEngagement, newGroup, newInterest, newOrganisation, newInvitation, newInvitationToBody, newMeeting, newReset,
  anotherVoter, declineAll, newAction, newMinutes, newPaper, newPlanEntry, newProposal, newTakenEntry, newRoom, newSeat, newUpload, newVote, memberElsewhere, passwordOf, unknown, endPolls, newEmptyMeeting, newPoll, newWaitingPaper, type Meeting, type Minuted, type Things,
} from "./things.ts";

export interface CommandRow {
  /// Asked for anew for each time that it is to be done.
  args: (things: Things, reader: Reader, state: string) => JsonObject | Promise<JsonObject>;
  /// visitor person member secretary chair stranger administrator auditor departed signed_out
  may: Told;
  /// Who cannot sign in sends it too, which the socket is not for.
  forVisitors?: true;
}

const administrators = "401 403 403 403 403 403 ok 403 403 401";
const secretaries = "401 403 403 ok 403 403 ok 403 403 401";
const staff = "401 403 403 ok ok 403 ok 403 403 401";
/// Where what it is about is hidden from a reader, so is that it exists.
const hidden = "401 404 404 ok ok 404 ok 403 404 401";
const hiddenPerson = "401 404 404 404 404 404 ok 403 404 401";
const gateway = "404 404 404 404 404 404 404 404 404 404";
const anyone = "ok ok ok ok ok ok ok 403 ok ok";
const everyone = "ok ok ok ok ok ok ok ok ok ok";
/// The same row where those who may are told why not now.
const saying = (row: string, code: string): string => row.replaceAll("ok", code);
const signedIn = "401 ok ok ok ok ok ok ok ok 401";
const token = unknown;
const key = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const codes = { secret_codes: Array.from({ length: 10 }, (_, n) => `7kd2m-x9q4${n}`).join(" ") };
const ownPassword = (things: Things, reader: Reader): JsonObject => ({ current_password: passwordOf(things, reader) });

type Args = CommandRow["args"];
const inMeeting = (more: (made: Meeting) => JsonObject): Args => async (things, _, state) => more(await newMeeting(things, state));
const theMeeting = inMeeting(({ meeting }) => ({ meeting }));
const onItem = (more: JsonObject = {}): Args => inMeeting(({ meeting, item }) => ({ meeting, item, ...more }));
/// The member records for themselves; the secretary corrects what is closed.
const attendance: Args = async (things, _, state) => ({ ...{ meeting: (await newMeeting(things, state)).meeting, seat: things.ids.seat, presence: "remote" }, reason: "Heard wrong" });
/// The member waits in the queue of a meeting that is in progress.
const inQueue = (more: JsonObject = {}): Args => async (things, _, state) => {
  const { meeting } = await newMeeting(things, state);
  const { seat } = things.ids;
  if (state === "started") await things.cast.secretary.command("meetings.ask_to_speak", { meeting, seat });
  return { meeting, seat, ...more };
};
/// Of the member, in an item that the meeting has not reached; declared before where it is to be withdrawn.
const atItem = (isDeclared: boolean, more: JsonObject): Args => async (things, _, state) => {
  const { meeting, item } = await newMeeting(things, state);
  const of = { meeting, item, seat: things.ids.seat, reason: "Heard wrong" };
  if (isDeclared) await things.cast.secretary.command("meetings.declare_at_item", { ...of, effect: "withdraw", words: "Land" });
  return { ...of, ...more };
};
const inRoom = (more: (things: Things, at: { meeting: string; item: string }) => JsonObject | Promise<JsonObject>, rest: JsonObject): Args => async (things, _, state) => {
  if (state !== "started") {
    const { meeting, item } = await newMeeting(things, state);
    return { meeting, item, seat: things.ids.seat, motion: nothing, vote: nothing, ...rest };
  }
  const at = await newRoom(things);
  return { ...at, seat: things.ids.seat, ...rest, ...(await more(things, at)) };
};
const nothing = "n".repeat(26);
/// As many of the arguments as the command takes.
const only = (names: readonly string[], args: Args): Args => async (things, reader, state) =>
  Object.fromEntries(Object.entries(await args(things, reader, state)).filter(([name]) => names.includes(name)));
const motionOf = async (things: Things, at: { meeting: string; item: string }, seat: string): Promise<string> =>
  (await things.cast.secretary.command("meetings.propose_motion", { ...at, seat, words: "That we publish" })).result["motion"] ?? "";
const room = (row: string): Told => ({ draft: saying(hidden, "not_now"), published: saying(row, "not_now"), started: row, closed: saying(row, "not_now") });
const sitters = "401 403 ok ok ok 403 ok 403 403 401";
const inMinutes = (more: (made: Minuted) => JsonObject): Args => async (things, _, state) => {
  const made = await newMinutes(things, state);
  return { meeting: made.meeting, ...more(made) };
};
/// While nothing has been circulated; then it is refused.
const minutesAreOpen = { draft: saying(hidden, "not_now"), published: saying(staff, "not_now"), started: staff, closed: staff, circulated: saying(staff, "not_now"), approved: saying(staff, "not_now") };
/// Of the member's, in circulated minutes. To those who are not in the body it is not there.
const onAction = (more: JsonObject = {}): Args => async (things, _, state) => ({ action: await newAction(things, state), ...more });
/// The note of the member, who owns the action; what was done before stands first.
const ownNote: Args = async (things, _, state) => {
  const action = await newAction(things, state);
  await things.cast.member.command("meetings.note_on_action", { action, text: "They have answered" });
  return { action, entry: state === "open" ? 1 : 2 };
};
/// Whoever wrote it alone.
const writers = "401 404 ok 403 403 404 403 403 404 401";
const ownersAndStaff = "401 404 ok ok ok 404 ok 403 404 401";
/// In the plan of the body; all of it is the body's, and so nothing there is hidden from one member and shown to another.
const onPlan = (made: (things: Things, state: string) => Promise<JsonObject>, more: JsonObject = {}): Args => async (things, _, state) => ({ ...(await made(things, state)), ...more });
/// What was withdrawn is nowhere any more.
const answeredOnce = (proposed: string, answered: string): Told => ({ proposed, accepted: answered, declined: answered, withdrawn: answered.replaceAll("already_done", "invalid_arguments") });
/// A poll for a date, as many of whose parts as the command takes.
const onPoll = (names: readonly string[], more: JsonObject = {}): Args => async (things, _, state) => {
  await endPolls(things);   // two may be open
  const { poll } = await newPoll(things, state);
  return { ...Object.fromEntries(Object.entries(poll).filter(([name]) => names.includes(name))), ...more };
};
const pollIsOpen = (row: string, code: string): Told => ({ open: row, settled: saying(row, code), ended: saying(row, code) });
const followers = "401 404 403 ok ok 404 ok 403 404 401";
const inConsultation = (more: JsonObject = {}): Args => async (things, _, state) => ({ consultation: await newConsultation(things, state), ...more });
const onSeat = (more: (things: Things) => JsonObject = () => ({})): Args => async (things, _, state) => ({ ...(await newSeat(things, state)), ...more(things) });
const agendaIsOpen = { draft: hidden, published: staff, started: staff, closed: saying(staff, "not_now") };
const ofMember = ({ ids }: Things): JsonObject => ({ person: ids.people["member"] ?? "" });
const anInterest = { kind: "land", description: "A field" };
const onInterest = (more: JsonObject = {}): Args => async (things, _, state) => ({ ...ofMember(things), interest: await newInterest(things, state), ...more });
const keepers = "401 403 ok ok 403 403 ok 403 403 401";
/// Who may not even know of the paper is not asked to sign in.
const nobodys = "404 404 404 404 404 404 404 403 404 404";
const onesOwn = "401 404 ok 404 404 404 404 403 404 401";
/// The chair declares for nobody else; once the meeting is closed, only the secretary changes anything.
const declarers = { draft: "401 404 404 ok 403 404 ok 403 404 401", published: keepers, started: keepers, closed: "401 403 not_now ok 403 403 ok 403 403 401" };

export const commands: { [name: string]: CommandRow } = {
  "directory.establish_body": { args: () => ({ name: `One more body, of ${newAddress()}`, kind: "growth_hub" }), may: administrators },
  "directory.register_organisation": { args: () => ({ name: `A firm, of ${newAddress()}`, kind: "business" }), may: administrators },
  "directory.rename_organisation": { args: async (things) => ({ organisation: await newOrganisation(things), name: `Another firm, of ${newAddress()}` }), may: administrators },
  "directory.register_person": { args: () => ({ name: "Somebody", email: newAddress() }), may: administrators },
  "directory.set_organisation": { args: ofMember, may: hiddenPerson },
  "directory.create_seat": { args: ({ ids }) => ({ body: ids.body, title: "One more seat", role: "member" }), may: secretaries },
  "directory.change_seat": { args: onSeat(() => ({ title: "Another title" })), may: { vacant: secretaries, invited: secretaries, held: secretaries } },
  "directory.fill_seat": {
    args: onSeat(({ ids }) => ({ person: ids.people["officer"] ?? "" })),   // who holds one is somebody else
    may: { vacant: secretaries, invited: secretaries, held: saying(secretaries, "not_now") },
  },
  "directory.reappoint": { args: onSeat(), may: { vacant: saying(secretaries, "not_now"), invited: saying(secretaries, "not_now"), held: secretaries } },
  "directory.vacate_seat": { args: onSeat(), may: { vacant: saying(secretaries, "already_done"), invited: saying(secretaries, "already_done"), held: secretaries } },
  "directory.abolish_seat": { args: onSeat(), may: { vacant: secretaries, invited: secretaries, held: saying(secretaries, "not_now") } },
  "directory.invite": {
    args: onSeat(() => ({ name: "Somebody", email: newAddress() })),
    may: { vacant: secretaries, invited: secretaries, held: saying(secretaries, "not_now") },
  },
  "directory.withdraw_invitation": {
    args: async (things, _, state) => ({ link: state === "open" ? await newInvitationToBody(things) : (things.links[state] ?? "") }),
    // Those that are over are another body's.
    may: { open: secretaries, used: saying(administrators, "not_now"), withdrawn: administrators },
  },
  "directory.accept_invitation": {
    args: async (things, reader, state) => {
      const account = { name: "Somebody", password: "four words that fit" };
      if (state === "used" || state === "unknown") return { token: things.tokens[state] ?? "", ...account };
      const email = state === "theirs" ? addressOf(things, reader === "visitor" ? "member" : reader) : newAddress();
      return { token: (await newInvitation(things, "open", email)).token, ...account };
    },
    may: {
      open: "ok 403 403 403 403 403 403 403 403 ok",      // to an address that has no account
      theirs: "401 ok ok ok ok ok ok 403 ok 401",         // to the reader's own, a visitor's being a member's
      used: saying(anyone, "link_not_valid"), unknown: saying(anyone, "link_not_valid"),
    },
    forVisitors: true,
  },
  "directory.request_password_reset": { args: () => ({ email: "nobody@rights.example" }), may: everyone, forVisitors: true },
  "directory.reset_password": {
    args: async (things, _, state) => ({ token: state === "unknown" ? unknown : state === "used" ? things.reset : await newReset(things), password: "yet another four words" }),
    may: { open: everyone, used: saying(everyone, "link_not_valid"), unknown: saying(everyone, "link_not_valid") },
    forVisitors: true,
  },
  "directory.issue_administrator_link": { args: () => ({ link: token }), may: "401 403 403 403 403 403 403 403 403 401" },
  // Past the rights, the password is asked for: that of whoever asks.
  "directory.change_email": { args: (things) => ({ ...ofMember(things), new_email: newAddress(), current_password: "not the password" }), may: saying("401 404 ok 404 404 404 ok 404 404 401", "invalid_arguments") },
  "directory.withdraw_email_change": { args: ofMember, may: "404 404 ok 404 404 404 ok 404 404 404" },
  "directory.confirm_email": {
    args: async (things, _, state) => ({ token: state === "unknown" ? unknown : await newConfirmation(things, state) }),
    may: { open: everyone, used: saying(everyone, "link_not_valid"), unknown: saying(everyone, "link_not_valid") },
    forVisitors: true,
  },
  "directory.rename_person": { args: (things) => ({ ...ofMember(things), name: "Member of the rights" }), may: "404 404 ok 404 404 404 ok 404 404 404" },
  "directory.set_preferences": { args: ofMember, may: "404 404 ok 404 404 404 ok 404 404 404" },
  "directory.open_calendar": { args: ofMember, may: "404 404 ok 404 404 404 404 404 404 404" },
  "directory.close_calendar": { args: ofMember, may: "404 404 ok 404 404 404 404 404 404 404" },
  "directory.note_strangers": { args: () => ({ sessions: "", cookies: 1, links: 0, forms: 0 }), may: gateway },
  "directory.end_session": {
    args: async (things, _, state) => ({ session: state === "ended" ? things.ended : await memberElsewhere(things) }),
    may: { live: "404 404 ok 404 404 404 ok 404 404 404", ended: "404 404 ok 404 404 404 ok 404 404 404" },
  },
  "directory.end_sessions": { args: ({ ids, kept }) => ({ person: ids.people["departed"] ?? "", keep: kept }), may: "404 404 404 404 404 404 ok 404 ok 404" },
  // With the right password, which may be typed as often as it likes, and one thing that stands in the way.
  "directory.change_password": { args: (things, reader) => ({ ...ownPassword(things, reader), new_password: passwordOf(things, reader) }), may: saying(signedIn, "invalid_arguments") },
  "directory.set_second_factor": { args: (things, reader) => ({ ...ownPassword(things, reader), ...codes, secret_key: key, code: "000000" }), may: saying(signedIn, "code_wrong") },
  "directory.renew_recovery_codes": { args: (things, reader) => ({ ...ownPassword(things, reader), ...codes }), may: saying(signedIn, "not_now") },
  "directory.remove_second_factor": {
    args: (things, reader) => ({ person: things.ids.people["departed"] ?? "", ...ownPassword(things, reader) }),
    may: saying("404 404 404 404 404 404 ok 404 ok 404", "not_now"),   // they have none
  },
  "directory.declare_interest": { args: (things) => ({ ...ofMember(things), ...anInterest }), may: keepers },
  "directory.change_interest": { args: onInterest({ kind: "contract", description: "Printing" }), may: { declared: keepers, withdrawn: saying(keepers, "not_now") } },
  "directory.withdraw_interest": { args: onInterest(), may: { declared: keepers, withdrawn: keepers } },
  "directory.confirm_interests": { args: ofMember, may: "401 403 ok 403 403 403 403 403 403 401" },
  "directory.unlink_openid": { args: ofMember, may: "404 404 ok 404 404 404 ok 404 404 404" },
  "directory.grant_office": { args: ({ ids }) => ({ person: ids.people["officer"] ?? "", office: "auditor" }), may: hiddenPerson },
  "directory.withdraw_office": { args: ({ ids }) => ({ person: ids.people["officer"] ?? "", office: "auditor" }), may: hiddenPerson },
  "directory.suspend_person": { args: ({ ids }) => ({ person: ids.people["appointee"] ?? "", reason: "On leave" }), may: hiddenPerson },
  "directory.reinstate_person": { args: ({ ids }) => ({ person: ids.people["appointee"] ?? "" }), may: hiddenPerson },
  // Past the rights, the password is asked for: that of whoever deletes.
  "directory.erase_person": { args: ({ ids }) => ({ person: ids.people["officer"] ?? "", current_password: "not the password", reason: "mistake" }), may: saying("401 404 404 404 404 404 ok 404 404 401", "invalid_arguments") },

  "meetings.schedule_meeting": { args: ({ ids }) => ({ body: ids.body, title: "A meeting", date: "2030-01-15", starts: "10:00", ends: "12:00", place: "Here" }), may: staff },
  "meetings.reschedule_meeting": {
    args: inMeeting(({ meeting }) => ({ meeting, date: "2030-02-15", starts: "10:00", ends: "12:00", place: "There", reason: "The room is taken" })),
    may: { draft: hidden, published: staff, started: saying(staff, "not_now"), closed: saying(staff, "not_now") },
  },
  "meetings.cancel_meeting": {
    args: inMeeting(({ meeting }) => ({ meeting, reason: "Snow" })),
    may: { draft: hidden, published: staff, started: saying(staff, "not_now"), closed: saying(staff, "not_now") },
  },
  "meetings.add_agenda_item": { args: inMeeting(({ meeting }) => ({ meeting, title: "An item", kind: "decision", minutes: 5 })), may: agendaIsOpen },
  "meetings.edit_agenda_item": { args: onItem({ title: "Another title" }), may: agendaIsOpen },
  "meetings.set_chairs": { args: inMeeting(({ meeting }) => ({ meeting, chair: "Somebody", co_chair: "", secretary: "" })), may: agendaIsOpen },
  "meetings.name_seats": { args: async (things, _, state) => { const { meeting, item } = await newMeeting(things, state); return { meeting, item, seats: [things.ids.seat] }; }, may: agendaIsOpen },
  "meetings.open_to_members": {
    args: async (things, _, state) => {
      const { meeting, item } = await newMeeting(things, state);
      if (state !== "closed") await things.cast.secretary.command("meetings.name_seats", { meeting, item, seats: [things.ids.seat] });
      return { meeting, item };
    },
    may: agendaIsOpen,
  },
  "meetings.move_agenda_item": { args: onItem({ to: 1 }), may: agendaIsOpen },
  "meetings.forward_item": {   // also from a meeting that is over
    args: async (things, _, state) => { const { meeting, item } = await newMeeting(things, state); return { meeting, item, to: (await newMeeting(things)).meeting }; },
    may: { draft: hidden, published: staff, started: staff, closed: staff },
  },
  "meetings.remove_agenda_item": { args: onItem(), may: agendaIsOpen },
  "meetings.publish_agenda": { args: theMeeting, may: { draft: hidden, published: saying(staff, "already_done"), started: saying(staff, "already_done"), closed: saying(staff, "already_done") } },
  "meetings.begin_upload": { args: async (things, reader, state) => { await newUpload(things, reader, things.meetings.draft); return { meeting: (await newMeeting(things, state)).meeting, file_name: "a.pdf", bytes: 10 }; }, may: agendaIsOpen },
  "meetings.cancel_upload": {   // their own alone
    args: async (things, reader) => ({ upload: await newUpload(things, reader, things.meetings.published) }),
    may: "401 404 404 ok ok 404 ok 403 404 401",
  },
  "meetings.announce_paper": { args: onItem({ title: "Skills", expected: "2099-12-31" }), may: agendaIsOpen },
  "meetings.add_paper": {
    args: async (things, reader, state) => {
      const { meeting, item } = await newMeeting(things, state);
      return { meeting, item, title: "A paper", upload: await newUpload(things, reader, things.meetings.published, true) };
    },
    may: agendaIsOpen,
  },
  "meetings.add_paper_version": {
    args: async (things, reader, state) => {
      const { meeting, paper } = await newPaper(things, state);
      return { meeting, paper, upload: await newUpload(things, reader, things.meetings.published, true), what_changed: "The figures" };
    },
    may: agendaIsOpen,
  },
  "meetings.withdraw_paper": { args: async (things, _, state) => ({ paper: (await newPaper(things, state)).paper, reason: "Sent in error" }), may: { draft: hidden, published: staff, started: staff, closed: staff } },
  "meetings.write_note": {
    args: async (things, _, state) => ({ ...ofMember(things), paper: (await newPaper(things, state)).paper, text: "To ask", seen_changes: 0 }),
    may: { draft: nobodys, published: onesOwn, started: onesOwn, closed: onesOwn },
  },
  "meetings.release_paper": {   // by somebody else than who added it; until then it is hidden from those whom it is for
    args: async (things, reader, state) => ({ paper: await newWaitingPaper(things, state, reader === "secretary" ? things.cast.chair : things.cast.secretary), version: 1 }),
    may: { draft: hidden, published: hidden, started: hidden, closed: saying(hidden, "not_now") },
  },
  "meetings.copy_agenda": {   // onto an empty one, which is a draft
    args: async (things, _, state) => ({ meeting: state === "draft" ? await newEmptyMeeting(things) : (await newMeeting(things, state)).meeting }),
    may: { draft: hidden, published: saying(staff, "not_now"), started: saying(staff, "not_now"), closed: saying(staff, "not_now") },
  },
  "meetings.open_date_poll": {
    args: async (things) => { await endPolls(things); return { body: things.ids.body, title: "A meeting", place: "Here", date: "2030-05-14", starts: "10:00", ends: "12:00" }; },
    may: staff,
  },
  "meetings.add_time": { args: onPoll(["body", "poll"], { date: "2030-05-28", starts: "10:00", ends: "12:00" }), may: pollIsOpen(staff, "not_now") },
  "meetings.remove_time": { args: onPoll(["body", "poll", "time"]), may: pollIsOpen(staff, "not_now") },
  "meetings.answer_time": { args: onPoll(["body", "poll", "time"], { answer: "yes" }), may: pollIsOpen("401 403 ok ok ok 403 403 403 403 401", "not_now") },
  "meetings.settle_date": { args: onPoll(["body", "poll", "time"]), may: pollIsOpen(staff, "already_done") },
  "meetings.end_date_poll": { args: onPoll(["body", "poll"], { reason: "Nobody can come" }), may: pollIsOpen(staff, "already_done") },
  "meetings.add_plan_entry": { args: ({ ids }) => ({ body: ids.body, title: "To plan", kind: "note" }), may: staff },
  "meetings.edit_plan_entry": { args: onPlan(newPlanEntry, { title: "To plan soon", kind: "note" }), may: staff },
  "meetings.remove_plan_entry": { args: onPlan(newPlanEntry), may: staff },
  "meetings.take_onto_agenda": { args: async (things, _, state) => ({ ...(await newPlanEntry(things)), meeting: (await newMeeting(things, state)).meeting, minutes: 5 }), may: { draft: staff, published: staff, started: staff, closed: saying(staff, "invalid_arguments") } },
  "meetings.plan_again": { args: onPlan(newTakenEntry), may: staff },
  "meetings.propose_item": {   // five may wait for an answer, so none of before does
    args: async (things) => { await declineAll(things); return { body: things.ids.body, title: "Rail", why: "It is late", kind: "discussion" }; },
    may: "401 403 ok ok ok 403 403 403 403 401",
  },
  "meetings.withdraw_proposal": { args: onPlan(newProposal), may: answeredOnce("401 403 ok 403 403 403 403 403 403 401", saying("401 403 ok ok ok 403 403 403 403 401", "already_done")) },
  "meetings.accept_proposal": { args: onPlan(newProposal), may: answeredOnce(staff, saying(staff, "already_done")) },
  "meetings.decline_proposal": { args: onPlan(newProposal, { reason: "Not ours to decide" }), may: answeredOnce(staff, saying(staff, "already_done")) },
  "meetings.read_paper": { args: ({ papers }) => ({ paper: papers.published, version: 1 }), may: gateway },
  "meetings.start_meeting": { args: theMeeting, may: { draft: saying(hidden, "not_now"), published: staff, started: saying(staff, "already_done"), closed: saying(staff, "not_now") } },
  "meetings.go_to_item": { args: onItem(), may: { draft: saying(hidden, "not_now"), published: saying(staff, "not_now"), started: staff, closed: saying(staff, "not_now") } },
  "meetings.pause_meeting": { args: theMeeting, may: { draft: saying(hidden, "not_now"), published: saying(staff, "not_now"), started: staff, closed: saying(staff, "not_now") } },
  "meetings.resume_meeting": { args: theMeeting, may: { draft: saying(hidden, "not_now"), published: saying(staff, "not_now"), started: saying(staff, "already_done"), closed: saying(staff, "not_now") } },
  "meetings.record_attendance": { args: attendance, may: { draft: hidden, published: sitters, started: sitters, closed: "401 403 not_now ok not_now 403 ok 403 403 401" } },
  "meetings.set_publication_clock": { args: inMeeting(({ meeting }) => ({ meeting, clear_days: 5 })), may: { draft: hidden, published: saying(staff, "not_now"), started: saying(staff, "not_now"), closed: saying(staff, "not_now") } },
  "meetings.set_quorum": { args: inMeeting(({ meeting }) => ({ meeting, quorum: 3 })), may: agendaIsOpen },
  "meetings.ask_to_speak": { args: async (things, _, state) => ({ meeting: (await newMeeting(things, state)).meeting, seat: things.ids.seat }), may: room(sitters) },
  "meetings.withdraw_request": { args: inQueue(), may: room(sitters) },
  "meetings.move_request": { args: inQueue({ by: 0 }), may: room(staff) },
  "meetings.give_floor": { args: inQueue(), may: room(staff) },
  "meetings.end_turn": { args: inQueue(), may: room(staff) },
  "meetings.declare_at_item": { args: atItem(false, { effect: "stay", words: "A field" }), may: declarers },
  "meetings.withdraw_declaration": { args: atItem(true, {}), may: declarers },
  "meetings.propose_motion": { args: only(["meeting", "item", "seat", "words"], inRoom(() => ({}), { words: "That we publish" })), may: room(sitters) },
  "meetings.second_motion": {
    args: only(["meeting", "motion", "seat"], inRoom(async (things, at) => ({ motion: await motionOf(things, at, await anotherVoter(things, at.meeting)) }), {})), may: room(sitters),
  },
  "meetings.withdraw_motion": { args: only(["meeting", "motion"], inRoom(async (things, at) => ({ motion: await motionOf(things, at, things.ids.seat) }), {})), may: room(sitters) },
  "meetings.open_vote": { args: only(["meeting", "item", "kind", "question"], inRoom(() => ({}), { kind: "secret", question: "Shall we?" })), may: room(staff) },
  "meetings.cast_vote": { args: only(["meeting", "vote", "seat", "choice"], inRoom(async (things, at) => ({ vote: await newVote(things, at) }), { choice: "against" })), may: room(sitters) },
  "meetings.take_back_hand": {
    args: only(["meeting", "vote", "seat"], inRoom(async (things, at) => {
      const vote = await newVote(things, at);
      await things.cast.secretary.command("meetings.cast_vote", { meeting: at.meeting, vote, seat: things.ids.seat, choice: "approve" });
      return { vote };
    }, {})), may: room(staff),
  },
  "meetings.close_vote": { args: only(["meeting", "vote"], inRoom(async (things, at) => ({ vote: await newVote(things, at, "secret") }), {})), may: room(staff) },
  "meetings.cancel_vote": { args: only(["meeting", "vote", "reason"], inRoom(async (things, at) => ({ vote: await newVote(things, at, "secret") }), { reason: "Not clear" })), may: room(staff) },
  "meetings.write_minutes": { args: inMinutes(({ item }) => ({ item, text: "Something else.", seen_changes: 1 })), may: minutesAreOpen },
  "meetings.write_decision": { args: inMinutes(({ item }) => ({ item, text: "To wait" })), may: minutesAreOpen },
  "meetings.remove_decision": { args: inMinutes(({ decision }) => ({ decision })), may: minutesAreOpen },
  "meetings.write_action": { args: inMinutes(({ item }) => ({ item, text: "Wait", owner: "Somebody", due: "2030-02-15" })), may: minutesAreOpen },
  "meetings.remove_action": { args: inMinutes(({ action }) => ({ action })), may: minutesAreOpen },
  "meetings.finish_action": { args: onAction(), may: { open: ownersAndStaff, done: saying(ownersAndStaff, "already_done"), dropped: saying(ownersAndStaff, "already_done") } },
  "meetings.reopen_action": { args: onAction(), may: { open: saying(ownersAndStaff, "already_done"), done: ownersAndStaff, dropped: followers } },
  "meetings.note_on_action": { args: onAction({ text: "They have answered" }), may: { open: ownersAndStaff, done: ownersAndStaff, dropped: ownersAndStaff } },
  "meetings.remove_action_note": { args: ownNote, may: { open: writers, done: writers, dropped: writers } },
  "meetings.drop_action": { args: onAction({ reason: "No need" }), may: { open: followers, done: saying(followers, "already_done"), dropped: saying(followers, "already_done") } },
  "meetings.change_action_due": { args: onAction({ due: "2030-03-15", reason: "They are away" }), may: { open: followers, done: saying(followers, "not_now"), dropped: saying(followers, "not_now") } },
  "meetings.hand_over_action": { args: onAction({ owner: "Somebody else" }), may: { open: followers, done: saying(followers, "not_now"), dropped: saying(followers, "not_now") } },
  "meetings.circulate_minutes": {
    args: inMinutes(() => ({})),
    may: { draft: saying(hidden, "not_now"), published: saying(staff, "not_now"), started: saying(staff, "not_now"), closed: staff, circulated: saying(staff, "already_done"), approved: saying(staff, "not_now") },
  },
  "meetings.propose_correction": {
    args: inMinutes(({ item }) => ({ item, text: "I was not there" })),
    may: {
      draft: saying(hidden, "not_now"), published: saying(sitters, "not_now"), started: saying(sitters, "not_now"), closed: saying(sitters, "not_now"),
      circulated: sitters, approved: saying(sitters, "not_now"),
    },
  },
  "meetings.answer_correction": {
    args: inMinutes(({ correction }) => ({ correction, answer: "decline", reason: "It was said so" })),
    may: { draft: saying(hidden, "404"), published: saying(staff, "404"), started: saying(staff, "404"), closed: saying(staff, "404"), circulated: staff, answered: saying(staff, "already_done"), approved: saying(staff, "not_now") },
  },
  "meetings.approve_minutes": {
    args: inMinutes(({ at }) => ({ at })),
    may: {
      draft: saying(hidden, "not_now"), published: saying(staff, "not_now"), started: saying(staff, "not_now"), closed: saying(staff, "not_now"),
      circulated: saying(staff, "not_now"), answered: staff, approved: saying(staff, "already_done"),   // a correction waits for its answer
    },
  },
  "meetings.close_meeting": { args: theMeeting, may: { draft: saying(hidden, "not_now"), published: saying(staff, "not_now"), started: staff, closed: saying(staff, "already_done") } },

  "advisory.open_group": {
    args: async (things, _, state) => ({ group: state === "open" ? things.ids.body : await newGroup(things), challenge: "clean_growth", mission: "A mission of some length." }),
    may: { unopened: administrators, open: saying(administrators, "already_done") },
  },
  "advisory.log_engagement": {
    args: ({ ids }, _, state) => engagement(state === "open" ? ids.body : ids.other),
    may: { unopened: "401 403 403 403 403 404 404 403 403 401", open: "401 403 ok ok 403 403 ok 403 403 401" },   // the stranger's body is none
  },
  "advisory.withdraw_engagement": {
    args: async (things, _, state) => ({ group: things.ids.body, engagement: await newEngagement(things, state), reason: "Was a mistake" }),
    may: { logged: "404 404 ok ok 403 404 ok 403 404 404", withdrawn: "404 404 already_done already_done 403 404 already_done 403 404 404" },
  },

  "consultations.create_consultation": { args: ({ ids }) => ({ body: ids.body, title: "A strategy", area: "Here", summary: "What people think of it." }), may: staff },
  "consultations.publish_draft": { args: inConsultation({ markdown: markdown() }), may: { preparing: hidden, open: staff, closed: saying(staff, "consultation_closed") } },
  "consultations.open_consultation": {
    args: inConsultation({ closes_on: "2099-12-31" }),
    may: { preparing: hidden, open: saying(staff, "already_done"), closed: saying(staff, "consultation_closed") },
  },
  "consultations.cancel_opening": {
    args: async (things, _, state) => {
      const consultation = await newConsultation(things, state);
      if (state === "preparing") await things.cast.chair.command("consultations.open_consultation", { consultation, closes_on: "2099-12-31", opens_on: "2099-12-01" });
      return { consultation };
    },
    may: { preparing: hidden, open: saying(staff, "not_now"), closed: saying(staff, "not_now") },
  },
  "consultations.extend_consultation": {
    args: inConsultation({ closes_on: "2100-01-31", reason: "The schools asked for it." }),
    may: { preparing: saying(hidden, "not_now"), open: staff, closed: saying(staff, "consultation_closed") },
  },
  "consultations.close_consultation": { args: inConsultation(), may: { preparing: saying(hidden, "not_now"), open: staff, closed: saying(staff, "already_done") } },
  "consultations.add_comment": {
    args: async (things, _, state) => ({ consultation: await newConsultation(things, state), draft: 1, block: things.block, text: "Well said." }),
    may: {
      preparing: "401 404 404 consultation_closed consultation_closed 404 consultation_closed 403 404 401",
      open: "401 ok ok ok ok ok ok 403 ok 401",
      closed: `401 ${"consultation_closed ".repeat(6)}403 consultation_closed 401`,
    },
  },
  "consultations.withdraw_comment": {   // the comment is the person's
    args: async (things, _, state) => ({ comment: await newComment(things, state) }),
    may: { shown: "401 ok 403 403 403 403 403 403 403 401", withdrawn: "401 already_done 403 403 403 403 403 403 403 401" },
  },
  "consultations.place_comment": {
    args: async (things, _, state) => (state === "carried" ? newCarriedComment(things) : { comment: await newComment(things, state), draft: 1, paragraph: "1.1" }),
    may: {
      carried: "401 ok 403 ok ok 403 ok 403 403 401",   // to its author and to staff
      shown: saying("401 ok 403 ok ok 403 ok 403 403 401", "not_now"), withdrawn: saying("401 ok 403 ok ok 403 ok 403 403 401", "not_now"),
    },
  },
  // Not for people: the gateway alone sends them, when somebody signs in.
  "directory.finish_sign_in": { args: () => ({}), may: gateway },
  "directory.renew_session": { args: () => ({ session: token }), may: gateway },
  "directory.begin_openid": { args: () => ({ state: token }), may: gateway },
  "directory.finish_openid_sign_in": { args: () => ({ state: token, code: "a code", session: token }), may: gateway },
  "directory.link_openid": { args: () => ({ state: token, code: "a code" }), may: gateway },
  "directory.start_session": { args: () => ({ email: "a@b.example", password: "whatever it is", session: token }), may: gateway },
};
