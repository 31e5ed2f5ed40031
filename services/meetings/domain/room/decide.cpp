#include <algorithm>

#include "services/meetings/domain/agenda/agenda.hpp"
#include "services/meetings/domain/meeting.hpp"
#include "services/meetings/domain/minutes/minutes.hpp"
#include "services/meetings/domain/schedule/schedule.hpp"

namespace witan::meetings {

namespace {

using Events = std::vector<MeetingEvent>;

DecidedMeeting these(Events events) { return domain::Decided<MeetingEvent>{std::move(events), {}, {}}; }

std::unexpected<Rejection> missing(std::string pointer, std::string detail) {
  return std::unexpected(Rejection{ErrorCode::not_found, detail, {FieldError{std::move(pointer), ErrorCode::not_found, detail}}, {}});
}

bool is_staff(const Meeting& meeting, const Actor& actor) { return actor.is_administrator() || actor.holds(meeting.body.str(), staff_roles()); }
bool is_secretary(const Meeting& meeting, const Actor& actor) { return actor.is_administrator() || actor.holds(meeting.body.str(), {Role::secretary}); }

Result<void> in_progress(const Meeting& meeting) {
  if (meeting.is_started()) return {};
  return reject(ErrorCode::not_now, meeting.is_closed() ? "The meeting is closed." : "The meeting has not started.");
}

/// Whoever holds the seat, if the actor may speak up for them.
Result<Sitter> for_themselves_or_by_staff(const Meeting& meeting, const SeatId& seat, const Actor& actor) {
  if (auto going = in_progress(meeting); !going) return std::unexpected(going.error());
  const auto sitter = sitter_of(meeting, seat);
  if (!sitter) return missing("/seat", "Nobody holds this seat any more.");
  if (actor.person != sitter->person && !is_staff(meeting, actor)) {
    return reject(ErrorCode::forbidden, "You ask to speak for yourself. The chair and the secretary put others into the queue.");
  }
  return *sitter;
}

/// Where they wait, on whichever of their seats.
const SpeakRequest* request_by(const Meeting& meeting, const PersonId& person) {
  for (const auto& request : meeting.room.waiting) {
    const auto sitter = sitter_of(meeting, request.seat);
    if (sitter && sitter->person == person) return &request;
  }
  return nullptr;
}

bool has_floor(const Meeting& meeting, const PersonId& person) { return meeting.room.turn && meeting.room.turn->sitter.person == person; }

TurnEnded end_of(const Meeting& meeting, Timestamp at) {
  const auto& turn = *meeting.room.turn;
  return {turn.sitter.seat, meeting.now, at, length_of(turn, meeting, at).count()};
}

/// With more, the queue would outgrow its topic.
constexpr std::size_t k_waiting_max = 200;
constexpr std::size_t k_declared_bytes_max = 48 * 1024;
constexpr std::size_t k_declared_bytes_each_max = 12 * 1024;

std::string words_of(const auto& text) { return text ? text->str() : std::string(); }

/// The reason to keep with what is declared, changed or withdrawn now, where one is needed.
Result<std::optional<Erasable>> reason_for(const Meeting& meeting, const AgendaItemId& item, bool is_new, const std::string& reason, domain::Context& context) {
  const bool is_settled = meeting.is_closed() || (!is_new && was_reached(meeting, item));
  if (!is_settled) return std::optional<Erasable>();
  const std::string why = meeting.is_closed() ? "The meeting is closed." : "The meeting has come to this item.";
  if (!is_secretary(meeting, context.actor())) return reject(ErrorCode::not_now, why + " Only the secretary adds or changes a declaration now, and says why.");
  if (reason.empty()) return reject_field("/reason", ErrorCode::missing_field, why + " Say why this is declared or changed now.");
  return std::optional(context.keep(reason));
}

/// Nobody is taken off the roll of an open vote by somebody else.
bool takes_a_vote(const Meeting& meeting, const InterestDeclared& event, const Actor& actor) {
  const auto* vote = open_vote(meeting);
  const auto* voter = vote ? voter_of(*vote, event.person) : nullptr;
  if (!voter || voter->has_voted || actor.person == event.person) return false;
  return recused_now(MeetingAggregate::evolve(meeting, event)).contains(event.person);
}

Result<Sitter> whose_interest(const Meeting& meeting, const AgendaItemId& item, const SeatId& seat, const Actor& actor) {
  if (!place_of(meeting, item)) return missing("/item", "This item is no longer on the agenda.");
  const auto sitter = sitter_of(meeting, seat);
  if (!sitter) return missing("/seat", "Nobody holds this seat any more.");
  if (actor.person != sitter->person && !is_secretary(meeting, actor)) {
    return reject(ErrorCode::forbidden, "You declare your own interests. The secretary declares those of others for them.");
  }
  return *sitter;
}

/// What was declared stands in the minutes, which are not rewritten once they are circulated (decision 0022).
Result<void> open_to_declarations(const Meeting& meeting, const domain::Context& context) {
  if (auto open = not_cancelled(meeting); !open) return open;
  if (minutes_in(context, meeting.meeting).state == wire::MinutesState::writing) return {};
  return reject(ErrorCode::not_now, "The minutes are circulated, and what was declared stands in them. Propose a correction of the minutes instead.");
}

/// With what is declared now, in place of what was before.
Result<void> fits(const Meeting& meeting, const PersonId& person, const Declaration* replaced, const std::string& now, const domain::Context& context) {
  constexpr std::size_t k_row_bytes = 640;  // with a title of the agenda
  auto all = k_row_bytes + now.size(), theirs = all;
  for (const auto& one : meeting.room.declarations) {
    if (&one == replaced) continue;
    const auto bytes = k_row_bytes + context.text(one.words).value_or("").size() + (one.reason ? context.text(*one.reason).value_or("").size() : 0);
    all += bytes;
    if (one.sitter.person == person) theirs += bytes;
  }
  if (theirs > k_declared_bytes_each_max) return reject(ErrorCode::too_large, "That is too much for one person at one meeting. Put the declarations more shortly.");
  if (all > k_declared_bytes_max) return reject(ErrorCode::too_large, "Too many interests are declared for this meeting. Put it more shortly.");
  if (minutes_bytes(minutes_in(context, meeting.meeting), meeting.items, context) + k_row_bytes + now.size() > k_minutes_bytes_max) {
    return reject(ErrorCode::too_large, "With this the minutes of the meeting would grow too long. Shorten what is written there first.");
  }
  return {};
}

bool has(const std::vector<Declaration>& recusals, const Declaration& one) {
  return std::ranges::any_of(recusals, [&](const Declaration& other) { return other.item == one.item && other.sitter.person == one.sitter.person; });
}

}  // namespace

Events leaving_item(const Meeting& meeting, Timestamp at) {
  Events events;
  if (meeting.room.turn) events.emplace_back(end_of(meeting, at));
  if (!meeting.room.waiting.empty()) events.emplace_back(QueueEmptied{meeting.now, at});
  return events;
}

DecidedMeeting with_recusals(const Meeting& before, DecidedMeeting decided, const domain::Context& context) {
  if (!decided) return decided;
  auto after = before;
  for (const auto& event : decided->events) after = MeetingAggregate::evolve(std::move(after), event);
  const auto were = recusals_now(before), are = recusals_now(after);
  auto& events = decided->events;
  for (const auto& one : were) {
    if (!has(are, one)) events.emplace_back(RecusalEnded{one.item, one.sitter.seat, one.sitter.person, context.now()});
  }
  for (const auto& one : are) {
    if (has(were, one)) continue;
    const auto& person = one.sitter.person;
    if (has_floor(after, person)) events.emplace_back(end_of(after, context.now()));
    if (const auto* request = request_by(after, person)) events.emplace_back(RequestWithdrawn{request->seat});
    events.emplace_back(RecusalBegan{one.item, one.sitter.seat, person, context.now()});
  }
  return decided;
}

DecidedMeeting decide(const Meeting& meeting, const wire::AskToSpeak& command, domain::Context& context) {
  const auto sitter = for_themselves_or_by_staff(meeting, command.seat, context.actor());
  if (!sitter) return std::unexpected(sitter.error());
  if (recused_now(meeting).contains(sitter->person)) {
    return reject(ErrorCode::not_now, "Whoever has withdrawn from an item because of an interest does not speak at it. The queue opens to them again at the next item.");
  }
  const bool is_point = command.is_point_of_order.value_or(false);
  const auto* waits = request_by(meeting, sitter->person);
  if (has_floor(meeting, sitter->person) || (waits && waits->is_point_of_order == is_point)) return these({});
  if (!waits && meeting.room.waiting.size() >= k_waiting_max) return reject(ErrorCode::too_large, "The queue is full. Ask again when some have spoken.");
  return these({SpeakerAsked{command.seat, context.now(), is_point ? std::optional(true) : std::nullopt}});
}

DecidedMeeting decide(const Meeting& meeting, const wire::WithdrawRequest& command, domain::Context& context) {
  const auto sitter = for_themselves_or_by_staff(meeting, command.seat, context.actor());
  if (!sitter) return std::unexpected(sitter.error());
  const auto* waits = request_by(meeting, sitter->person);
  if (!waits) return these({});
  return these({RequestWithdrawn{waits->seat}});
}

DecidedMeeting decide(const Meeting& meeting, const wire::MoveRequest& command, domain::Context&) {
  if (auto going = in_progress(meeting); !going) return std::unexpected(going.error());
  const auto& waiting = meeting.room.waiting;
  const auto found = std::ranges::find(waiting, command.seat, &SpeakRequest::seat);
  if (found == waiting.end()) return missing("/seat", "They are not in the queue any more.");
  const auto points = std::ranges::count(waiting, true, &SpeakRequest::is_point_of_order);
  const auto first = found->is_point_of_order ? 1 : points + 1, last = found->is_point_of_order ? points : std::ssize(waiting);
  const auto place = found - waiting.begin() + 1, to = place + command.by.value;
  if (to < first) {
    return reject_field("/by", ErrorCode::out_of_range,
                        points > 0 && !found->is_point_of_order ? "They cannot go further up: points of order come first." : "They cannot go further up.");
  }
  if (to > last) {
    return reject_field("/by", ErrorCode::out_of_range,
                        found->is_point_of_order ? "They cannot go further down: points of order come first." : "They cannot go further down.");
  }
  if (to == place) return these({});
  return these({RequestMoved{command.seat, to}});
}

DecidedMeeting decide(const Meeting& meeting, const wire::GiveFloor& command, domain::Context& context) {
  if (auto going = in_progress(meeting); !going) return std::unexpected(going.error());
  if (meeting.room.turn && meeting.room.turn->sitter.seat == command.seat) return these({});
  if (std::ranges::find(meeting.room.waiting, command.seat, &SpeakRequest::seat) == meeting.room.waiting.end()) {
    return missing("/seat", "They are not in the queue any more.");
  }
  if (meeting.is_paused()) return reject(ErrorCode::not_now, "The meeting is paused. Resume it first.");
  Events events;
  if (meeting.room.turn) events.emplace_back(end_of(meeting, context.now()));
  events.emplace_back(FloorGiven{command.seat, meeting.now, context.now()});
  return these(std::move(events));
}

DecidedMeeting decide(const Meeting& meeting, const wire::EndTurn& command, domain::Context& context) {
  if (auto going = in_progress(meeting); !going) return std::unexpected(going.error());
  if (!meeting.room.turn || meeting.room.turn->sitter.seat != command.seat) return these({});
  return these({end_of(meeting, context.now())});
}

DecidedMeeting decide(const Meeting& meeting, const wire::DeclareAtItem& command, domain::Context& context) {
  if (auto open = open_to_declarations(meeting, context); !open) return std::unexpected(open.error());
  const auto sitter = whose_interest(meeting, command.item, command.seat, context.actor());
  if (!sitter) return std::unexpected(sitter.error());
  const auto* declared = declaration_by(meeting, command.item, command.seat, sitter->person);
  if (declared && declared->effect == command.effect && context.text(declared->words) == command.words.str()) return these({});
  const auto given = words_of(command.reason);
  if (auto room = fits(meeting, sitter->person, declared, command.words.str() + given, context); !room) return std::unexpected(room.error());
  auto reason = reason_for(meeting, command.item, !declared, given, context);
  if (!reason) return std::unexpected(std::move(reason.error()));
  InterestDeclared event{command.item, command.seat, sitter->person, command.effect, context.keep(command.words.str()), context.now(), std::move(*reason)};
  if (takes_a_vote(meeting, event, context.actor())) {
    return reject(ErrorCode::not_now, "A vote is open, and they would lose theirs. Close or cancel it first, or let them declare it themselves.");
  }
  return with_recusals(meeting, these({std::move(event)}), context);
}

DecidedMeeting decide(const Meeting& meeting, const wire::WithdrawDeclaration& command, domain::Context& context) {
  if (auto open = open_to_declarations(meeting, context); !open) return std::unexpected(open.error());
  const auto sitter = whose_interest(meeting, command.item, command.seat, context.actor());
  if (!sitter) return std::unexpected(sitter.error());
  if (!declaration_by(meeting, command.item, command.seat, sitter->person)) {
    const bool is_of_another = std::ranges::any_of(
        meeting.room.declarations, [&](const Declaration& one) { return one.item == command.item && one.sitter.seat == command.seat; });
    if (is_of_another) return missing("/seat", "Whoever declared this does not hold the seat any more. It stays as it was declared.");
    return these({});
  }
  auto reason = reason_for(meeting, command.item, false, words_of(command.reason), context);
  if (!reason) return std::unexpected(std::move(reason.error()));
  return with_recusals(meeting, these({DeclarationWithdrawn{command.item, command.seat, sitter->person, std::move(*reason)}}), context);
}

}  // namespace witan::meetings
