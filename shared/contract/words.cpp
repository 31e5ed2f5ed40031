#include "shared/contract/words.hpp"

#include <algorithm>
#include <cctype>

namespace witan {

namespace {

struct Words {
  std::string_view command;  ///< Empty for every command.
  std::string_view field;
  std::string_view words;
};

// For fields whose own name says less than their label. The first that fits.
constexpr Words k_words[] = {
    {"advisory.log_engagement", "organisation", "whom you heard"},
    {"advisory.log_engagement", "kind", "the kind of voice"},
    {"advisory.log_engagement", "area", "the place"},
    {"advisory.log_engagement", "heard_on", "the date on which you heard it"},
    {"advisory.log_engagement", "said", "what they said"},
    {"advisory.log_engagement", "follow_up", "the follow-up"},
    {"advisory.withdraw_engagement", "reason", "why it is withdrawn"},
    {"consultations.add_comment", "text", "your comment"},
    {"consultations.publish_draft", "markdown", "the draft"},
    {"consultations.open_consultation", "closes_on", "the closing date"},
    {"consultations.open_consultation", "opens_on", "the day on which it opens"},
    {"consultations.open_consultation", "opens_time", "the time at which it opens"},
    {"consultations.extend_consultation", "closes_on", "the new closing date"},
    {"consultations.extend_consultation", "reason", "the reason"},
    {"directory.fill_seat", "until", "the last day of the term"},
    {"directory.invite", "until", "the last day of the term"},
    {"directory.reappoint", "until", "the last day of the new term"},
    {"directory.fill_seat", "from", "the first day of the appointment"},
    {"directory.vacate_seat", "how_ended", "how the appointment ended"},
    {"directory.create_seat", "title", "the title of the seat"},
    {"directory.change_seat", "title", "the title of the seat"},
    {"directory.rename_organisation", "name", "the name of the organisation"},
    {"directory.fill_seat", "email", "the e-mail address of whoever is appointed"},
    {"directory.accept_invitation", "name", "your name"},
    {"directory.accept_invitation", "email", "your e-mail address"},
    {"directory.accept_invitation", "password", "a password"},
    {"directory.reset_password", "password", "the new password"},
    {"directory.request_password_reset", "email", "your e-mail address"},
    {"directory.start_session", "email", "your e-mail address"},
    {"directory.start_session", "password", "your password"},
    {"directory.finish_sign_in", "code", "the code"},
    {"directory.set_second_factor", "code", "the code that your app shows"},
    {"", "present_code", "a code of the app that you use now"},
    {"directory.set_second_factor", "secret_key", "the key"},
    {"directory.set_second_factor", "secret_codes", "the recovery codes"},
    {"directory.set_second_factor", "current_password", "your password"},
    {"directory.renew_recovery_codes", "current_password", "your password"},
    {"directory.renew_recovery_codes", "secret_codes", "the recovery codes"},
    {"directory.remove_second_factor", "current_password", "your password"},
    {"directory.change_password", "current_password", "your password as it is now"},
    {"directory.change_password", "new_password", "the new password"},
    {"directory.begin_openid", "current_password", "your password"},
    {"directory.change_email", "new_email", "the new e-mail address"},
    {"directory.change_email", "current_password", "your password"},
    {"directory.suspend_person", "reason", "why the account is suspended"},
    {"directory.rename_person", "name", "the name"},
    {"directory.grant_office", "office", "which office to give"},
    {"directory.erase_person", "current_password", "your password"},
    {"directory.erase_person", "reason", "why the account is to be deleted"},
    {"directory.withdraw_office", "office", "which office to take away"},
    {"directory.declare_interest", "kind", "what kind of interest it is"},
    {"directory.declare_interest", "organisation_name", "the organisation"},
    {"directory.declare_interest", "description", "what the interest is"},
    {"directory.declare_interest", "since", "the day on which it began"},
    {"directory.change_interest", "kind", "what kind of interest it is"},
    {"directory.change_interest", "organisation_name", "the organisation"},
    {"directory.change_interest", "description", "what the interest is"},
    {"directory.change_interest", "since", "the day on which it began"},
    {"meetings.cancel_meeting", "reason", "why the meeting is cancelled"},
    {"meetings.add_plan_entry", "title", "what is planned"},
    {"meetings.edit_plan_entry", "title", "what is planned"},
    {"meetings.take_onto_agenda", "meeting", "a meeting"},
    {"meetings.take_onto_agenda", "minutes", "how many minutes it takes"},
    {"meetings.propose_item", "title", "what you propose"},
    {"meetings.propose_item", "why", "why the body should talk about it"},
    {"meetings.decline_proposal", "reason", "why it is declined"},
    {"meetings.set_publication_clock", "clear_days", "how many days"},
    {"meetings.reschedule_meeting", "reason", "why the meeting changes"},
    {"meetings.schedule_meeting", "new_series", "the name of the series"},
    {"meetings.schedule_meeting", "secretary", "who is the secretary"},
    {"meetings.record_attendance", "presence", "how they attend"},
    {"directory.set_preferences", "presence", "to whom you are shown"},
    {"meetings.record_attendance", "substitute", "who sits for them"},
    {"meetings.record_attendance", "reason", "why the list is corrected"},
    {"meetings.declare_at_item", "seat", "whose interest it is"},
    {"meetings.declare_at_item", "item", "the item"},
    {"meetings.declare_at_item", "effect", "what follows from it"},
    {"meetings.declare_at_item", "words", "what the interest is"},
    {"meetings.declare_at_item", "reason", "why it is changed"},
    {"meetings.withdraw_declaration", "reason", "why it is withdrawn"},
    {"meetings.ask_to_speak", "seat", "who asks to speak"},
    {"meetings.propose_motion", "seat", "who moves it"},
    {"meetings.propose_motion", "words", "the motion"},
    {"meetings.second_motion", "seat", "who seconds it"},
    {"meetings.open_vote", "kind", "how to vote"},
    {"meetings.open_vote", "question", "the question"},
    {"meetings.cast_vote", "choice", "how you vote"},
    {"meetings.cancel_vote", "reason", "why it is cancelled"},
    {"meetings.publish_agenda", "reason", "why it is late"},
    {"meetings.write_minutes", "text", "the minutes of the item"},
    {"meetings.write_decision", "text", "what was decided"},
    {"meetings.write_action", "text", "what is to be done"},
    {"meetings.write_action", "owner", "who does it"},
    {"meetings.write_action", "due", "the day by which it is to be done"},
    {"meetings.finish_action", "note", "what came of it"},
    {"meetings.drop_action", "reason", "why it is dropped"},
    {"meetings.reopen_action", "reason", "why it is opened again"},
    {"meetings.change_action_due", "due", "the day by which it is to be done"},
    {"meetings.change_action_due", "reason", "why the day is another"},
    {"meetings.hand_over_action", "owner", "who does it"},
    {"meetings.note_on_action", "text", "the note"},
    {"meetings.propose_correction", "text", "what should be put right"},
    {"meetings.answer_correction", "answer", "whether the correction is accepted"},
    {"meetings.answer_correction", "wording", "the wording of the correction"},
    {"meetings.answer_correction", "reason", "why it is declined"},
    {"meetings.approve_minutes", "at", "the meeting that approved the minutes"},
    {"meetings.add_paper", "late_reason", "why it is late"},
    {"meetings.release_paper", "late_reason", "why it is late"},
    {"meetings.name_seats", "seats", "at least one seat, or open the papers to all members"},
    {"meetings.add_paper", "not_before", "the day from which others may read it"},
    {"meetings.add_paper", "not_before_time", "the time from which others may read it"},
    {"meetings.add_paper", "circulation", "who may read it"},
    {"meetings.add_paper_version", "what_changed", "what has changed"},
    {"meetings.withdraw_paper", "reason", "why it is withdrawn"},
    {"meetings.add_paper", "from", "from whom it is"},
    {"meetings.open_date_poll", "answer_by", "the day until which answers are taken"},
    {"meetings.end_date_poll", "reason", "why it ends"},
    {"meetings.answer_time", "answer", "whether you can come"},
    {"", "upload", "the file"},
    {"meetings.move_agenda_item", "to", "the place on the agenda"},
    {"meetings.add_agenda_item", "position", "the place on the agenda"},
    {"meetings.add_agenda_item", "kind", "what the item is for"},
    {"meetings.edit_agenda_item", "kind", "what the item is for"},
    {"", "lead", "who leads it"},
    {"", "chair", "who is in the chair"},
    {"", "co_chair", "the co-chair"},
    {"", "starts", "the start time"},
    {"", "ends", "the end time"},
    {"", "organisation_name", "the organisation"},
    {"", "email", "the e-mail address"},
};

}  // namespace

std::string words_for(std::string_view command, std::string_view field) {
  if (field.empty()) return "this";
  for (const auto& known : k_words) {
    if (known.field == field && (known.command.empty() || known.command == command)) return std::string(known.words);
  }
  std::string words = "the " + std::string(field);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

std::string capitalised(std::string words) {
  if (!words.empty()) words[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(words[0])));
  return words;
}

}  // namespace witan
