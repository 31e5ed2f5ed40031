/// Each command, with arguments that are right, and what each reader gets: written by hand.
/// ok: past the rights (done, or refused by the state of things); 401, 403, 404: refused, saying so.
import type { JsonObject } from "../support/http.ts";
import type { Reader } from "./readers.ts";
import { engagement, newConsultation, newMeeting, openConsultation, sessionOfMember, type Things } from "./things.ts";

export interface CommandRow {
  args: (things: Things, reader: Reader) => JsonObject | Promise<JsonObject>;
  /// visitor person member secretary chair stranger administrator auditor departed signed_out
  may: string;
}

const administrators = "401 403 403 403 403 403 ok 403 403 401";
const secretaries = "401 403 403 ok 403 403 ok 403 403 401";
const staff = "401 403 403 ok ok 403 ok 403 403 401";
/// Where what it is about is hidden from a reader, so is that it exists.
const hidden = "401 404 404 ok ok 404 ok 403 404 401";
const hiddenPerson = "401 404 404 404 404 404 ok 403 404 401";
const anyone = "ok ok ok ok ok ok ok 403 ok ok";

const meeting = async (things: Things): Promise<JsonObject> => ({ meeting: (await newMeeting(things)).meeting });
const item = async (things: Things): Promise<JsonObject> => ({ ...(await newMeeting(things)) });
const published = (things: Things): JsonObject => ({ meeting: things.meetings.published });
const seat = async ({ cast, ids }: Things): Promise<JsonObject> => {
  const { result } = await cast.secretary.command("directory.create_seat", { body: ids.body, title: "One more seat", role: "member" });
  return { body: ids.body, seat: result["seat"] ?? "" };
};
const filled = async (things: Things): Promise<JsonObject> => {
  const made = await seat(things);
  await things.cast.secretary.command("directory.fill_seat", { ...made, person: things.ids.people["appointee"] ?? "" });
  return made;
};
const token = "t".repeat(52);

export const commands: { [name: string]: CommandRow } = {
  "directory.establish_body": { args: () => ({ name: "One more body", kind: "growth_hub" }), may: administrators },
  "directory.register_organisation": { args: () => ({ name: "A firm", kind: "business" }), may: administrators },
  "directory.register_person": { args: (_, reader) => ({ name: "Somebody", email: `by-${reader.replace("_", "-")}@rights.example` }), may: administrators },
  "directory.create_seat": { args: ({ ids }) => ({ body: ids.body, title: "One more seat", role: "member" }), may: secretaries },
  "directory.fill_seat": { args: async (things) => ({ ...(await seat(things)), person: things.ids.people["appointee"] ?? "" }), may: secretaries },
  "directory.reappoint": { args: filled, may: secretaries },
  "directory.vacate_seat": { args: filled, may: secretaries },
  "directory.invite": { args: async (things) => ({ ...(await seat(things)), name: "Somebody", email: "invited@rights.example" }), may: secretaries },
  "directory.withdraw_invitation": { args: ({ link }) => ({ link }), may: secretaries },
  "directory.accept_invitation": { args: () => ({ token, name: "Somebody", password: "four words that fit" }), may: anyone },
  "directory.request_password_reset": { args: () => ({ email: "nobody@rights.example" }), may: "ok ok ok ok ok ok ok ok ok ok" },
  "directory.reset_password": { args: () => ({ token, password: "four words that fit" }), may: "ok ok ok ok ok ok ok ok ok ok" },
  "directory.issue_administrator_link": { args: () => ({ link: token }), may: "401 403 403 403 403 403 403 403 403 401" },
  "directory.end_session": { args: async (things) => ({ session: await sessionOfMember(things) }), may: "404 404 ok 404 404 404 ok 404 404 404" },
  "directory.end_sessions": { args: ({ ids, kept }) => ({ person: ids.people["departed"] ?? "", keep: kept }), may: "404 404 404 404 404 404 ok 404 ok 404" },
  "directory.change_password": { args: () => ({ current_password: "not the password", new_password: "another one that fits" }), may: "401 ok ok ok ok ok ok ok ok 401" },
  "directory.finish_sign_in": { args: () => ({}), may: "404 404 404 404 404 404 404 404 404 404" },  // the gateway's own
  "directory.set_second_factor": { args: () => ({ current_password: "not the password", secret_key: "JBSWY3DPEHPK3PXP", secret_codes: "x", code: "000000" }), may: "401 ok ok ok ok ok ok ok ok 401" },
  "directory.renew_recovery_codes": { args: () => ({ current_password: "not the password", secret_codes: "x" }), may: "401 ok ok ok ok ok ok ok ok 401" },
  "directory.remove_second_factor": { args: ({ ids }) => ({ person: ids.people["departed"] ?? "", current_password: "not the password" }), may: "404 404 404 404 404 404 ok 404 ok 404" },
  "directory.grant_office": { args: ({ ids }) => ({ person: ids.people["officer"] ?? "", office: "auditor" }), may: hiddenPerson },
  "directory.withdraw_office": { args: ({ ids }) => ({ person: ids.people["officer"] ?? "", office: "auditor" }), may: hiddenPerson },

  "meetings.schedule_meeting": { args: ({ ids }) => ({ body: ids.body, title: "A meeting", date: "2030-01-15", starts: "10:00", ends: "12:00", place: "Here" }), may: staff },
  "meetings.add_agenda_item": { args: async (things) => ({ ...(await meeting(things)), title: "An item", kind: "decision", minutes: 5 }), may: hidden },
  "meetings.edit_agenda_item": { args: async (things) => ({ ...(await item(things)), title: "Another title" }), may: hidden },
  "meetings.move_agenda_item": { args: async (things) => ({ ...(await item(things)), to: 1 }), may: hidden },
  "meetings.remove_agenda_item": { args: item, may: hidden },
  "meetings.publish_agenda": { args: meeting, may: hidden },
  "meetings.start_meeting": { args: published, may: staff },
  "meetings.go_to_item": { args: async (things) => ({ ...(await item(things)) }), may: hidden },
  "meetings.close_meeting": { args: ({ meetings }) => ({ meeting: meetings.started }), may: staff },

  "advisory.open_group": { args: ({ ids }) => ({ group: ids.body, challenge: "clean_growth", mission: "A mission of some length." }), may: administrators },
  "advisory.log_engagement": { args: ({ ids }) => engagement(ids.body), may: "401 403 ok ok 403 403 ok 403 403 401" },
  "advisory.withdraw_engagement": {
    args: async ({ cast, ids }) => {
      const { result } = await cast.member.command("advisory.log_engagement", engagement(ids.body));
      return { group: ids.body, engagement: result["engagement"] ?? "", reason: "Was a mistake" };
    },
    may: "404 404 ok ok 403 404 ok 403 404 404",
  },

  "consultations.create_consultation": { args: ({ ids }) => ({ body: ids.body, title: "A strategy", area: "Here", summary: "What people think of it." }), may: staff },
  "consultations.publish_draft": { args: async (things) => ({ consultation: await newConsultation(things), markdown: "# A strategy\n\nA paragraph that is long enough.\n" }), may: hidden },
  "consultations.open_consultation": { args: async (things) => ({ consultation: await newConsultation(things), closes_on: "2099-12-31" }), may: hidden },
  "consultations.close_consultation": { args: async (things) => ({ consultation: await openConsultation(things) }), may: staff },
  "consultations.add_comment": { args: ({ consultations, block }) => ({ consultation: consultations.open, draft: 1, block, text: "Well said." }), may: "401 ok ok ok ok ok ok 403 ok 401" },
  "consultations.withdraw_comment": {
    args: async ({ cast, consultations, block }) => {
      const { result } = await cast.person.command("consultations.add_comment", { consultation: consultations.open, draft: 1, block, text: "Mine." });
      return { comment: result["comment"] ?? "" };
    },
    may: "401 ok 403 403 403 403 403 403 403 401",
  },
  // Not for people: the gateway alone sends it, when somebody signs in.
  "directory.start_session": { args: () => ({ email: "a@b.example", password: "whatever it is", session: token }), may: "404 404 404 404 404 404 404 404 404 404" },
};
