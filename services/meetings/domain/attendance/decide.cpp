#include "services/meetings/domain/known_body.hpp"
#include "services/meetings/domain/meeting.hpp"
#include "services/meetings/domain/schedule/schedule.hpp"

namespace witan::meetings {

using wire::Presence;

namespace {

DecidedMeeting one(MeetingEvent event) { return domain::Decided<MeetingEvent>{{std::move(event)}, {}, {}}; }

std::string words_of(const auto& text) { return text ? text->str() : std::string(); }

bool is_staff(const Actor& actor, const BodyId& body) { return actor.is_administrator() || actor.holds(body.str(), staff_roles()); }

/// After the meeting the list is part of the record.
Result<void> may_correct(const Meeting& meeting, const wire::RecordAttendance& command, const Actor& actor) {
  if (!actor.is_administrator() && !actor.holds(meeting.body.str(), {Role::secretary})) {
    return reject(ErrorCode::not_now, "The meeting is closed. Only the secretary corrects who attended, and says why.");
  }
  if (words_of(command.reason).empty()) return reject_field("/reason", ErrorCode::missing_field, "The meeting is closed. Say why the list is corrected.");
  return {};
}

Result<void> may_record(const Meeting& meeting, const Attendee& attendee, const wire::RecordAttendance& command, const Actor& actor) {
  if (meeting.is_closed()) return may_correct(meeting, command, actor);
  if (is_staff(actor, meeting.body)) return {};
  if (actor.person != attendee.seat.person) return reject(ErrorCode::forbidden, "You record your own attendance. The chair and the secretary record that of others.");
  if (command.presence == Presence::substitute || command.presence == Presence::observer) {
    return reject_field("/presence", ErrorCode::forbidden, "The chair or the secretary records substitutes and observers. Tell them who sits for you.");
  }
  return {};
}

Result<void> names_a_substitute(const wire::RecordAttendance& command) {
  const bool is_named = !words_of(command.substitute).empty();
  if (command.presence == Presence::substitute && !is_named) return reject_field("/substitute", ErrorCode::missing_field, "Say who sits for them.");
  if (command.presence != Presence::substitute && is_named) {
    return reject_field("/substitute", ErrorCode::invalid_value, "Somebody sits for them only when you choose “Substitute”.");
  }
  return {};
}

/// Who sits there, by name.
std::string sitter_of(const Attendee& attendee, const domain::Context& context) {
  return context.text(attendee.presence == Presence::substitute && attendee.substitute ? *attendee.substitute : attendee.seat.name).value_or("");
}

/// Nobody sits on two seats, but for whoever holds both: they count once.
Result<void> sits_once(const Meeting& meeting, const Attendee& attendee, const wire::RecordAttendance& command, const domain::Context& context) {
  const bool is_substitute = command.presence == Presence::substitute;
  if (!is_substitute && command.presence != Presence::present && command.presence != Presence::remote) return {};
  const auto name = is_substitute ? words_of(command.substitute) : context.text(attendee.seat.name).value_or("");
  for (const auto& [seat, other] : meeting.attendance) {
    if (seat == command.seat || !is_taken(other) || sitter_of(other, context) != name) continue;
    if (!is_substitute && other.presence != Presence::substitute) continue;  // holders, who are told apart by their seats
    return reject_field(is_substitute ? "/substitute" : "/presence", ErrorCode::invalid_value, name + " sits on another seat already: " + other.seat.title + ".");
  }
  return {};
}

/// With more, the list would outgrow its topic, however many seats the body has.
constexpr std::size_t k_words_max = 32 * 1024;

Result<void> fits(const Meeting& meeting, const wire::RecordAttendance& command, const domain::Context& context) {
  auto bytes = words_of(command.substitute).size() + words_of(command.reason).size();
  for (const auto& [seat, attendee] : meeting.attendance) {
    if (seat == command.seat) continue;
    for (const auto* text : {&attendee.substitute, &attendee.reason}) bytes += *text ? context.text(**text).value_or("").size() : 0;
  }
  if (bytes > k_words_max) return reject(ErrorCode::too_large, "Too much is written on this list. Give shorter names of substitutes, or shorter reasons.");
  return {};
}

bool is_recorded_so(const Attendee& attendee, const wire::RecordAttendance& command, const domain::Context& context) {
  const auto substitute = attendee.substitute ? context.text(*attendee.substitute).value_or("") : std::string();
  return attendee.presence == command.presence && substitute == words_of(command.substitute);
}

}  // namespace

DecidedMeeting decide(const Meeting& meeting, const wire::RecordAttendance& command, domain::Context& context) {
  const auto found = meeting.attendance.find(command.seat);
  if (found == meeting.attendance.end() || (found->second.is_vacant && !meeting.is_closed())) {
    constexpr const char* k_gone = "Nobody holds this seat any more.";
    return std::unexpected(Rejection{ErrorCode::not_found, k_gone, {FieldError{"/seat", ErrorCode::not_found, k_gone}}, {}});
  }
  if (auto open = not_cancelled(meeting); !open) return std::unexpected(open.error());
  const auto& attendee = found->second;
  if (auto may = may_record(meeting, attendee, command, context.actor()); !may) return std::unexpected(may.error());
  if (auto named = names_a_substitute(command); !named) return std::unexpected(named.error());
  if (auto once = sits_once(meeting, attendee, command, context); !once) return std::unexpected(once.error());
  if (is_recorded_so(attendee, command, context)) return domain::Decided<MeetingEvent>{};
  if (auto room = fits(meeting, command, context); !room) return std::unexpected(room.error());
  const auto keep = [&](const auto& text) { return words_of(text).empty() ? std::nullopt : std::optional(context.keep(words_of(text))); };
  return one(AttendanceRecorded{command.seat, command.presence, keep(command.substitute), context.now(),
                                meeting.is_closed() ? keep(command.reason) : std::nullopt});
}

DecidedMeeting decide(const Meeting& meeting, const wire::SetQuorum& command, domain::Context& context) {
  if (meeting.is_closed()) return reject(ErrorCode::not_now, "The meeting is closed; its quorum stays as it was.");
  if (auto open = not_cancelled(meeting); !open) return std::unexpected(open.error());
  const auto quorum = command.quorum ? std::optional(command.quorum->value) : std::nullopt;
  domain::Decided<MeetingEvent> decided;
  if (quorum != meeting.quorum) decided.events.emplace_back(QuorumSet{quorum});
  const bool is_rule = context.load<KnownBodyAggregate>(meeting.body.str()).quorum == quorum;
  if (command.is_rule.value_or(false) && !is_rule) {
    decided.further.push_back(domain::further<KnownBodyAggregate>(meeting.body.str(), BodyQuorumSet{meeting.body, quorum}));
  }
  return decided;
}

}  // namespace witan::meetings
