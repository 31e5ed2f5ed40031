#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "services/meetings/domain/agenda/working_days.hpp"
#include "services/meetings/domain/known_body.hpp"
#include "services/meetings/domain/meeting.hpp"
#include "services/meetings/domain/minutes/minutes.hpp"
#include "shared/base/uk_time.hpp"

/// What may happen to minutes. Who may ask for it stands in app/minutes.cpp.
namespace witan::meetings {

namespace {

using Decided = domain::Decided<MinutesEvent>;

constexpr const char* k_locked = "The minutes are approved and locked. They stay as they are.";

Result<void> is_not_locked(const Minutes& minutes) {
  if (minutes.state == wire::MinutesState::approved) return reject(ErrorCode::not_now, k_locked);
  return {};
}

Result<void> open_to_writing(const Minutes& minutes, const Meeting& meeting) {
  if (auto open = is_not_locked(minutes); !open) return open;
  if (minutes.state == wire::MinutesState::circulated) {
    return reject(ErrorCode::not_now, "The minutes have been circulated and are not rewritten. Propose a correction instead.");
  }
  if (!meeting.is_started() && !meeting.is_closed()) return reject(ErrorCode::not_now, "The meeting has not started; there is nothing to minute yet.");
  return {};
}

std::unexpected<Rejection> missing(std::string pointer, std::string detail) {
  return std::unexpected(Rejection{ErrorCode::not_found, detail, {FieldError{std::move(pointer), ErrorCode::not_found, detail}}, {}});
}

Result<void> is_on_agenda(const Meeting& meeting, const AgendaItemId& item) {
  if (place_of(meeting, item)) return {};
  return missing("/item", "This item is no longer on the agenda.");
}

/// What somebody else wrote meanwhile is told with the refusal.
Result<void> is_fresh(const std::optional<std::int64_t>& seen, std::int64_t changes, const std::string& text) {
  if (seen == changes) return {};
  return std::unexpected(Rejection{ErrorCode::stale_version,
                                   "Somebody else changed this meanwhile. It stands as they left it, and what you wrote is still in the form: compare the two, "
                                   "then send yours again if it is right.",
                                   {},
                                   {{"text", text}, {"changes", changes}}});
}

/// As `is_fresh`, for what is to be removed. Whoever does not say what they saw means the entry, whatever it says by now.
Result<void> may_go(const std::optional<std::int64_t>& seen, std::int64_t changes, const std::string& text) {
  if (!seen || seen == changes) return {};
  return std::unexpected(Rejection{ErrorCode::stale_version, "Somebody else changed this meanwhile. It stands as they left it: read it, then remove it if that is still right.",
                                   {}, {{"text", text}, {"changes", changes}}});
}

std::string words_of(const auto& text) { return text ? text->str() : std::string(); }
std::string kept(const Erasable& text, const domain::Rows& rows) { return rows.text(text).value_or(""); }

/// With the first thing that is written the minutes begin.
Decided with_beginning(const Minutes& minutes, const Meeting& meeting) {
  Decided decided;
  if (!MinutesAggregate::exists(minutes)) decided.events.emplace_back(MinutesBegun{meeting.meeting, meeting.body});
  return decided;
}

/// What the answer to a correction may take. It is kept free for each that is open, so that none can be left without one.
constexpr std::size_t k_answer_bytes_max = 4096;
constexpr std::int64_t k_open_corrections_each_max = 5;
constexpr std::int64_t k_corrections_each_max = 20;

/// One event more; refused where the rows would outgrow their topic.
DecidedMinutes written(const Minutes& minutes, const Meeting& meeting, MinutesEvent event, json::object result, std::size_t more_bytes, const domain::Rows& rows) {
  auto decided = with_beginning(minutes, meeting);
  decided.events.push_back(std::move(event));
  decided.result = std::move(result);
  constexpr std::size_t k_row_bytes = 480;
  const auto open = static_cast<std::size_t>(std::ranges::count_if(minutes.corrections, &Correction::is_open));
  if (minutes_bytes(minutes, meeting.items, rows) + open * k_answer_bytes_max + more_bytes + k_row_bytes > k_minutes_bytes_max) {
    return reject(ErrorCode::too_large, "The minutes have grown too long. Shorten what is written, or put part of it into a paper.");
  }
  return decided;
}

std::size_t json_bytes(const std::string& text) { return json::serialize(json::string(text)).size(); }

}  // namespace

const HeldSeat* seat_named(const KnownBody& body, const std::string& owner, const domain::Rows& rows) {
  const HeldSeat* found = nullptr;
  std::set<PersonId> persons;
  for (const auto& [id, seat] : body.seats) {
    const auto name = kept(seat.name, rows);
    if (owner == with_title(name, seat.title)) return &seat;
    if (owner != name) continue;
    if (!found) found = &seat;
    persons.insert(seat.person);
  }
  return persons.size() == 1 ? found : nullptr;
}

ActionOwner owner_from(const std::string& owner, const BodyId& body, domain::Context& context) {
  const auto* seat = seat_named(context.load<KnownBodyAggregate>(body.str()), owner, context);
  if (!seat) return {context.keep(owner), {}, {}, ""};
  return {context.keep(kept(seat->name, context)), seat->person, seat->seat, seat->title};
}

namespace {

/// The next number that no decision of the body has had in that year.
std::int64_t next_number(const BodyId& body, std::int64_t year, const domain::Rows& rows) {
  std::int64_t last = 0;
  for (const auto& [key, number] : rows.rows(k_decision_index, k_private_audience, fmt::format("{}/{}/", body.str(), year))) last = std::max(last, number.to_number<std::int64_t>());
  return last + 1;
}

std::int64_t year_of(const Meeting& meeting) { return std::stoll(uk_time::calendar_day(meeting.starts_at).substr(0, 4)); }

DecidedMinutes new_decision(const Minutes& minutes, const Meeting& meeting, const wire::WriteDecision& command, domain::Context& context) {
  const auto id = context.new_id<DecisionId>();
  const auto year = year_of(meeting), number = next_number(meeting.body, year, context);
  DecisionRecorded recorded{id, command.item, year, number, context.keep(command.text.str())};
  return written(minutes, meeting, std::move(recorded), {{"decision", id.str()}, {"number", number_in_words(year, number)}}, json_bytes(command.text.str()), context);
}

DecidedMinutes new_action(const Minutes& minutes, const Meeting& meeting, const wire::WriteAction& command, domain::Context& context) {
  const auto id = context.new_id<ActionId>();
  ActionRecorded recorded{id, command.item, context.keep(command.text.str()), owner_from(command.owner.str(), meeting.body, context), command.due.value};
  return written(minutes, meeting, std::move(recorded), {{"action", id.str()}}, json_bytes(command.text.str() + command.owner.str()), context);
}

std::string owner_in_words(const ActionOwner& owner, const domain::Rows& rows) { return with_title(kept(owner.name, rows), owner.title); }

}  // namespace

const HeldSeat* seat_of(const KnownBody& body, const PersonId& person) {
  const auto found = std::ranges::find_if(body.seats, [&](const auto& seat) { return seat.second.person == person; });
  return found == body.seats.end() ? nullptr : &found->second;
}

namespace {

/// So that nobody keeps the secretary from ever having answered all.
Result<void> has_proposed_few(const Minutes& minutes, const PersonId& by) {
  std::int64_t all = 0, open = 0;
  for (const auto& one : minutes.corrections) {
    if (one.proposed.by != by) continue;
    ++all;
    if (one.is_open()) ++open;
  }
  if (open >= k_open_corrections_each_max) {
    return reject(ErrorCode::too_large, "You have proposed five corrections that wait for an answer. Propose more once some are answered.");
  }
  if (all >= k_corrections_each_max) return reject(ErrorCode::too_large, "You have proposed twenty corrections to these minutes. Tell the secretary of any others.");
  return {};
}

Result<void> may_approve(const Minutes& minutes, const Meeting& meeting, const wire::ApproveMinutes& command, domain::Context& context) {
  const auto& later = context.load<MeetingAggregate>(command.at.str());
  const bool has_begun = later.is_started() || later.is_closed();
  const bool is_later = has_begun && later.body == meeting.body && later.meeting != meeting.meeting && meeting.is_closed() &&
                        later.started_at.value_or(later.starts_at) >= meeting.closed_at.value_or(meeting.ends_at);
  if (!is_later) return reject_field("/at", ErrorCode::invalid_value, "Choose a later meeting of the same body, one that has started.");
  if (std::ranges::any_of(minutes.corrections, &Correction::is_open)) {
    return reject(ErrorCode::not_now, "There are corrections that nobody has answered. Accept or decline each of them first.");
  }
  return {};
}

}  // namespace

DecidedMinutes decide(const Minutes& minutes, const wire::WriteMinutes& command, domain::Context& context) {
  const auto& meeting = context.load<MeetingAggregate>(command.meeting.str());
  if (auto open = open_to_writing(minutes, meeting); !open) return std::unexpected(open.error());
  if (auto known = is_on_agenda(meeting, command.item); !known) return std::unexpected(known.error());
  const auto found = std::ranges::find(minutes.items, command.item, &MinutedItem::item);
  const bool is_there = found != minutes.items.end();
  const auto text = words_of(command.text), before = is_there && found->text ? kept(*found->text, context) : std::string();
  if (text == before) return Decided{};
  if (auto fresh = is_fresh(command.seen_changes.value, is_there ? found->changes : 0, before); !fresh) return std::unexpected(fresh.error());
  ItemMinuted minuted{command.item, text.empty() ? std::nullopt : std::optional(context.keep(text))};
  return written(minutes, meeting, std::move(minuted), {}, json_bytes(text), context);
}

DecidedMinutes decide(const Minutes& minutes, const wire::WriteDecision& command, domain::Context& context) {
  const auto& meeting = context.load<MeetingAggregate>(command.meeting.str());
  if (auto open = open_to_writing(minutes, meeting); !open) return std::unexpected(open.error());
  if (auto known = is_on_agenda(meeting, command.item); !known) return std::unexpected(known.error());
  if (!command.decision) return new_decision(minutes, meeting, command, context);
  const auto found = std::ranges::find(minutes.decisions, *command.decision, &MinutedDecision::decision);
  if (found == minutes.decisions.end()) return missing("/decision", "This decision has been removed meanwhile. Your words are still in the form: record them as a new one.");
  const auto before = kept(found->text, context);
  const json::object result{{"decision", found->decision.str()}, {"number", number_in_words(found->year, found->number)}};
  if (before == command.text.str()) return Decided{{}, result, {}};
  if (auto fresh = is_fresh(command.seen_changes, found->changes, before); !fresh) return std::unexpected(fresh.error());
  return written(minutes, meeting, DecisionChanged{found->decision, context.keep(command.text.str())}, result, json_bytes(command.text.str()), context);
}

DecidedMinutes decide(const Minutes& minutes, const wire::RemoveDecision& command, domain::Context& context) {
  const auto& meeting = context.load<MeetingAggregate>(command.meeting.str());
  if (auto open = open_to_writing(minutes, meeting); !open) return std::unexpected(open.error());
  const auto found = std::ranges::find(minutes.decisions, command.decision, &MinutedDecision::decision);
  if (found == minutes.decisions.end()) return missing("/decision", "This decision has been removed already.");
  if (auto fresh = may_go(command.seen_changes, found->changes, kept(found->text, context)); !fresh) return std::unexpected(fresh.error());
  return Decided{{DecisionRemoved{command.decision}}, {}, {}};
}

DecidedMinutes decide(const Minutes& minutes, const wire::WriteAction& command, domain::Context& context) {
  const auto& meeting = context.load<MeetingAggregate>(command.meeting.str());
  if (auto open = open_to_writing(minutes, meeting); !open) return std::unexpected(open.error());
  if (auto known = is_on_agenda(meeting, command.item); !known) return std::unexpected(known.error());
  if (!command.action) return new_action(minutes, meeting, command, context);
  const auto found = std::ranges::find(minutes.actions, *command.action, &MinutedAction::action);
  if (found == minutes.actions.end()) return missing("/action", "This action has been removed meanwhile. Your words are still in the form: record them as a new one.");
  const auto before = kept(found->text, context), owner = owner_in_words(found->owner, context);
  const json::object result{{"action", found->action.str()}};
  if (before == command.text.str() && owner == command.owner.str() && found->due == command.due.value) return Decided{{}, result, {}};
  if (auto fresh = is_fresh(command.seen_changes, found->changes, before); !fresh) return std::unexpected(fresh.error());
  ActionChanged changed{found->action, context.keep(command.text.str()), owner_from(command.owner.str(), meeting.body, context), command.due.value};
  return written(minutes, meeting, std::move(changed), result, json_bytes(command.text.str() + command.owner.str()), context);
}

DecidedMinutes decide(const Minutes& minutes, const wire::RemoveAction& command, domain::Context& context) {
  const auto& meeting = context.load<MeetingAggregate>(command.meeting.str());
  if (auto open = open_to_writing(minutes, meeting); !open) return std::unexpected(open.error());
  const auto found = std::ranges::find(minutes.actions, command.action, &MinutedAction::action);
  if (found == minutes.actions.end()) return missing("/action", "This action has been removed already.");
  if (auto fresh = may_go(command.seen_changes, found->changes, kept(found->text, context)); !fresh) return std::unexpected(fresh.error());
  return Decided{{ActionRemoved{command.action}}, {}, {}};
}

DecidedMinutes decide(const Minutes& minutes, const wire::CirculateMinutes& command, domain::Context& context) {
  if (auto open = is_not_locked(minutes); !open) return std::unexpected(open.error());
  if (minutes.state == wire::MinutesState::circulated) return reject(ErrorCode::already_done, "The minutes have been circulated already.");
  const auto& meeting = context.load<MeetingAggregate>(command.meeting.str());
  if (!meeting.is_closed()) return reject(ErrorCode::not_now, "Close the meeting before circulating its minutes.");
  const bool has_any = std::ranges::any_of(meeting.items, [&](const AgendaItem& item) { return is_minuted(minutes, item.item); });
  const bool has_votes = std::ranges::find(meeting.votes.votes, VoteState::closed, &Vote::state) != meeting.votes.votes.end();
  if (!has_any && !has_votes) return reject(ErrorCode::not_now, "Nothing is written yet. Write the minutes of an item first.");
  const bool is_late = uk_time::calendar_day(context.now()) > circulation_day(meeting.closed_at.value_or(meeting.ends_at));
  return Decided{{MinutesCirculated{context.now(), is_late}}, {}, {}};
}

DecidedMinutes decide(const Minutes& minutes, const wire::ProposeCorrection& command, domain::Context& context) {
  if (auto open = is_not_locked(minutes); !open) return std::unexpected(open.error());
  if (minutes.state == wire::MinutesState::writing) return reject(ErrorCode::not_now, "The minutes are still being written. Corrections are proposed once they are circulated.");
  const auto& meeting = context.load<MeetingAggregate>(command.meeting.str());
  if (auto known = is_on_agenda(meeting, command.item); !known) return std::unexpected(known.error());
  if (!context.actor().person) return reject(ErrorCode::not_signed_in);
  const auto& by = *context.actor().person;
  if (auto few = has_proposed_few(minutes, by); !few) return std::unexpected(few.error());
  const auto* seat = seat_of(context.load<KnownBodyAggregate>(meeting.body.str()), by);
  const auto id = context.new_id<CorrectionId>();
  CorrectionProposed proposed{id, command.item, context.keep(command.text.str()), by, {}, seat ? seat->title : "An administrator", context.now()};
  const auto name = seat ? kept(seat->name, context) : std::string();
  if (seat) proposed.name = context.keep(name);
  return written(minutes, meeting, std::move(proposed), {{"correction", id.str()}}, json_bytes(command.text.str() + name) + k_answer_bytes_max, context);
}

DecidedMinutes decide(const Minutes& minutes, const wire::AnswerCorrection& command, domain::Context& context) {
  if (auto open = is_not_locked(minutes); !open) return std::unexpected(open.error());
  const auto found = std::ranges::find_if(minutes.corrections, [&](const Correction& one) { return one.proposed.correction == command.correction; });
  if (found == minutes.corrections.end()) return missing("/correction", "There is no such correction.");
  if (!found->is_open()) return reject(ErrorCode::already_done, "Somebody has answered this correction already.");
  const auto wording = words_of(command.wording), reason = words_of(command.reason);
  if (command.answer == wire::CorrectionAnswer::accept) {
    if (wording.empty()) return reject_field("/wording", ErrorCode::missing_field, "Write the wording that is to stand in the record.");
    return Decided{{CorrectionAccepted{command.correction, context.keep(wording)}}, {}, {}};
  }
  if (reason.empty()) return reject_field("/reason", ErrorCode::missing_field, "Say why it is declined. Members read it.");
  return Decided{{CorrectionDeclined{command.correction, context.keep(reason)}}, {}, {}};
}

DecidedMinutes decide(const Minutes& minutes, const wire::ApproveMinutes& command, domain::Context& context) {
  if (minutes.state == wire::MinutesState::approved) return reject(ErrorCode::already_done, "The minutes have been approved already. They are locked.");
  if (minutes.state == wire::MinutesState::writing) return reject(ErrorCode::not_now, "The minutes have not been circulated. Members read them before they are approved.");
  const auto& meeting = context.load<MeetingAggregate>(command.meeting.str());
  if (auto may = may_approve(minutes, meeting, command, context); !may) return std::unexpected(may.error());
  return Decided{{MinutesApproved{command.at, context.now()}}, {}, {}};
}

}  // namespace witan::meetings
