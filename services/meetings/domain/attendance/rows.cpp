#include <fmt/format.h>

#include "services/meetings/domain/agenda/agenda.hpp"
#include "services/meetings/domain/meeting.hpp"
#include "shared/contract/personal.hpp"

namespace witan::meetings {

using wire::Presence;

namespace {

std::string topic_of(const Meeting& meeting) { return "attendance/" + meeting.meeting.str(); }

std::optional<bool> only_if(bool is_so) { return is_so ? std::optional(true) : std::nullopt; }

std::string words_of(const std::optional<Erasable>& text, const domain::Rows& rows) {
  return text ? rows.text(*text).value_or(domain::k_name_removed) : std::string();
}

/// Where the holders of seats, and the seats themselves, are public. Who means to come, and how, is not before the meeting
/// begins; then those who follow it see who takes part, as in a room with a gallery.
bool is_for_public(const Meeting& meeting) { return meeting.is_started() || meeting.is_closed(); }

/// To the public nothing is told of who has withdrawn from an item that it may know nothing of.
std::set<PersonId> recused_for(std::string_view audience, const Meeting& meeting) {
  const auto now = place_of(meeting, meeting.now);
  return audience == "public" && now && is_for_members(meeting.items, *now) ? std::set<PersonId>() : recused_now(meeting);
}

wire::AttendanceView whole(const Meeting& meeting, std::string_view audience) {
  const auto tally = tally_of(meeting.attendance, recused_for(audience, meeting));
  wire::AttendanceView view;
  view.meeting = meeting.meeting;
  view.title = meeting.title;
  view.members = tally.members;
  view.present = tally.present;
  view.remote = tally.remote;
  view.apologies = tally.apologies;
  view.quorum = meeting.quorum;
  if (meeting.quorum) view.is_quorate = tally.present >= *meeting.quorum;
  view.words = attendance_in_words(tally, meeting.quorum);
  view.is_closed = meeting.is_closed();
  view.is_cancelled = only_if(meeting.is_cancelled());
  view.href = fmt::format("/meetings/{}/attendance", meeting.meeting.str());
  return view;
}

wire::AttendeeView row_of(const Meeting& meeting, const Attendee& attendee, std::string_view audience, const domain::Rows& rows) {
  const auto& seat = attendee.seat;
  wire::AttendeeView view;
  view.meeting = meeting.meeting;
  view.seat = seat.seat;
  view.title = seat.title;
  view.name = words_of(seat.name, rows);
  view.organisation = seat.organisation;
  view.presence = attendee.presence;
  view.presence_label = label(attendee.presence);
  view.is_here = only_if(attendee.presence == Presence::present);
  view.is_remote = only_if(attendee.presence == Presence::remote);
  view.has_apologies = only_if(attendee.presence == Presence::apologies);
  view.is_counted = only_if(counts(seat.role) && !attendee.is_vacant);
  view.is_former = only_if(attendee.is_vacant);
  view.is_corrected = only_if(attendee.reason.has_value());
  view.is_recused = only_if(recused_for(audience, meeting).contains(seat.person));
  view.sort = fmt::format("{:02} {}", static_cast<int>(seat.role), seat.title);
  if (audience == "public") return view;
  // Who acts here is somebody with a seat. A substitute may be anybody, and a reason may say anything.
  if (!attendee.is_vacant) view.by = seat.person;
  view.substitute = words_of(attendee.substitute, rows);
  if (attendee.since) view.since = uk_time::date_and_time(*attendee.since);
  if (attendee.reason) view.reason = words_of(attendee.reason, rows);
  return view;
}

}  // namespace

std::vector<std::string> audiences_of_list(const Meeting& meeting) {
  std::vector<std::string> audiences{"staff"};
  if (meeting.state != wire::MeetingState::draft) audiences.emplace_back("member");
  if (is_for_public(meeting)) audiences.emplace_back("public");
  return audiences;
}

std::vector<AccessRule> access_to_list(const Meeting& meeting) {
  const auto body = meeting.body.str();
  std::vector<AccessRule> rules{{"staff", Who::roles, {}, body, staff_roles()}, {"staff", Who::roles, {}, std::string(k_everywhere), {Role::administrator}}};
  if (meeting.state != wire::MeetingState::draft) rules.push_back({"member", Who::roles, {}, body, {}});
  if (is_for_public(meeting)) rules.push_back({"public", Who::anyone, {}, {}, {}});
  return rules;
}

void present_attendance(const Meeting& meeting, domain::Presenter& presenter) {
  const auto own = topic_of(meeting);
  presenter.access(own, access_to_list(meeting));
  for (const auto& audience : audiences_of_list(meeting)) {
    presenter.put(own, audience, "attendance", whole(meeting, audience));
    for (const auto& [key, row] : presenter.rows(own, audience, "attendee/")) {
      if (!meeting.attendance.contains(SeatId::from_trusted(key.substr(key.find('/') + 1)))) presenter.drop(own, audience, key);
    }
    for (const auto& [seat, attendee] : meeting.attendance) {
      presenter.put(own, audience, "attendee/" + seat.str(), row_of(meeting, attendee, audience, presenter));
    }
  }
}

std::vector<Erasable> named_in(const AttendanceRecorded& e) {
  std::vector<Erasable> texts;
  if (e.substitute) texts.push_back(*e.substitute);
  if (e.reason) texts.push_back(*e.reason);
  return texts;
}

void note_attendees(const MeetingId& meeting, const SeatsListed& e, domain::Presenter& presenter) {
  for (const auto& seat : e.seats) {
    domain::note_personal(seat.person, seat.name, presenter);
    presenter.put_private(std::string(k_attendees_index), seat.person.str() + "/" + meeting.str(), json::value(true));
  }
}

}  // namespace witan::meetings
