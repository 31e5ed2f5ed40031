#include <algorithm>

#include "services/meetings/domain/actions/actions.hpp"
#include "services/meetings/domain/known_body.hpp"
#include "services/meetings/domain/meeting.hpp"
#include "shared/base/uk_time.hpp"

/// What may happen to an action once its minutes are circulated. Who may ask for it stands in app/actions.cpp.
namespace witan::meetings {

namespace {

using Decided = domain::Decided<ActionEvent>;

/// There, or refused.
Result<Action> known(const ActionLife& life, const domain::Context& context) {
  auto action = action_in(context, context.aggregate_id());
  if (!action) return reject(ErrorCode::not_found);
  action->life = life;
  return std::move(*action);
}

DoneBy done_by(const Action& action, domain::Context& context) {
  DoneBy done{context.now(), context.actor().person, {}, "An administrator"};
  const auto* seat = done.by ? seat_of(context.load<KnownBodyAggregate>(action.place.body.str()), *done.by) : nullptr;
  if (!seat) return done;
  if (const auto name = context.text(seat->name)) done.name = context.keep(*name);
  done.title = seat->title;
  return done;
}

std::string words_of(const auto& text) { return text ? text->str() : std::string(); }
std::optional<Erasable> keep_any(const std::string& text, domain::Context& context) { return text.empty() ? std::nullopt : std::optional(context.keep(text)); }

DecidedAction happened(const Action& action, ActionEvent event) {
  Decided decided;
  if (!ActionAggregate::exists(action.life)) decided.events.emplace_back(ActionFollowed{action.minuted.action, action.place.meeting, action.place.body});
  decided.events.push_back(std::move(event));
  return decided;
}

Result<void> is_open(const Action& action) {
  if (action.life.is_open()) return {};
  const bool is_done = action.life.status == wire::ActionStatus::done;
  return reject(ErrorCode::not_now, is_done ? "The action is done. Open it again first." : "The action was dropped. Open it again first.");
}

Result<void> is_not_closed_yet(const Action& action) {
  if (action.life.is_open()) return {};
  const bool is_done = action.life.status == wire::ActionStatus::done;
  return reject(ErrorCode::already_done, is_done ? "The action is marked as done already." : "The action was dropped meanwhile.");
}

/// What somebody else changed meanwhile is told with the refusal.
Result<void> is_fresh(const std::optional<std::int64_t>& seen, const Action& action, std::string_view member, const std::string& now) {
  if (!seen || *seen == action.life.changes) return {};
  return std::unexpected(Rejection{ErrorCode::stale_version, "Somebody else changed this action meanwhile. It stands as they left it: look, then send yours again if it is right.",
                                   {}, {{member, now}, {"changes", action.life.changes}}});
}

bool prepares(const Actor& actor, const BodyId& body) { return actor.is_administrator() || actor.holds(body.str(), staff_roles()); }

/// Each entry more costs as much as all before it. The owner leaves room for the secretary, who has to be able to end it.
constexpr std::size_t k_entries_of_owner_max = 100;
constexpr std::size_t k_entries_max = 200;

/// What somebody does, where there is room for it. What comes by itself happens without.
DecidedAction done(const Action& action, const domain::Context& context, ActionEvent event) {
  const auto most = prepares(context.actor(), action.place.body) ? k_entries_max : k_entries_of_owner_max;
  if (action.life.entries.size() < most) return happened(action, std::move(event));
  return reject(ErrorCode::too_large, "Nothing was changed: there are as many entries on this action as it can have. The secretary can write a new action into the next minutes.");
}

}  // namespace

DecidedAction decide(const ActionLife& life, const wire::FinishAction& command, domain::Context& context) {
  const auto action = known(life, context);
  if (!action) return std::unexpected(action.error());
  if (auto open = is_not_closed_yet(*action); !open) return std::unexpected(open.error());
  return done(*action, context, ActionFinished{done_by(*action, context), keep_any(words_of(command.note), context)});
}

DecidedAction decide(const ActionLife& life, const wire::DropAction& command, domain::Context& context) {
  const auto action = known(life, context);
  if (!action) return std::unexpected(action.error());
  if (auto open = is_not_closed_yet(*action); !open) return std::unexpected(open.error());
  const auto reason = words_of(command.reason);
  if (reason.empty()) return reject_field("/reason", ErrorCode::missing_field, "Say why it is dropped. Members read it.");
  return done(*action, context, ActionDropped{done_by(*action, context), context.keep(reason)});
}

DecidedAction decide(const ActionLife& life, const wire::ReopenAction& command, domain::Context& context) {
  const auto action = known(life, context);
  if (!action) return std::unexpected(action.error());
  if (life.is_open()) return reject(ErrorCode::already_done, "The action is open already.");
  if (life.status == wire::ActionStatus::dropped && !prepares(context.actor(), action->place.body)) {
    return reject(ErrorCode::forbidden, "The action was dropped. The secretary or a chair can open it again.");
  }
  return done(*action, context, ActionReopened{done_by(*action, context), keep_any(words_of(command.reason), context)});
}

DecidedAction decide(const ActionLife& life, const wire::ChangeActionDue& command, domain::Context& context) {
  const auto action = known(life, context);
  if (!action) return std::unexpected(action.error());
  if (auto open = is_open(*action); !open) return std::unexpected(open.error());
  if (command.due.value == action->due()) return Decided{};
  if (auto fresh = is_fresh(command.seen_changes, *action, "due", action->due()); !fresh) return std::unexpected(fresh.error());
  if (command.due.value < uk_time::calendar_day(context.now())) return reject_field("/due", ErrorCode::invalid_value, "Choose today or a later day.");
  const auto reason = words_of(command.reason);
  if (reason.empty()) return reject_field("/reason", ErrorCode::missing_field, "Say why the day is another. Members read it.");
  return done(*action, context, ActionDueChanged{done_by(*action, context), action->due(), command.due.value, context.keep(reason)});
}

DecidedAction decide(const ActionLife& life, const wire::HandOverAction& command, domain::Context& context) {
  const auto action = known(life, context);
  if (!action) return std::unexpected(action.error());
  if (auto open = is_open(*action); !open) return std::unexpected(open.error());
  const auto& before = action->owner();
  const auto name = context.text(before.name);
  const auto* seat = seat_named(context.load<KnownBodyAggregate>(action->place.body.str()), command.owner.str(), context);
  const bool is_same = seat ? before.person == seat->person && before.seat == seat->seat : !before.person && name == command.owner.str();
  if (is_same) return Decided{};
  if (auto fresh = is_fresh(command.seen_changes, *action, "owner", name ? with_title(*name, before.title) : before.title); !fresh) return std::unexpected(fresh.error());
  return done(*action, context, ActionHandedOver{done_by(*action, context), before, owner_from(command.owner.str(), action->place.body, context)});
}

DecidedAction decide(const ActionLife& life, const wire::NoteOnAction& command, domain::Context& context) {
  const auto action = known(life, context);
  if (!action) return std::unexpected(action.error());
  const auto notes = static_cast<std::size_t>(std::ranges::count(life.entries, EntryKind::note, &ActionEntry::kind));
  if (notes >= k_notes_max) return reject(ErrorCode::too_large, "There are forty notes on this action. Put what is more into a paper of the next meeting.");
  return done(*action, context, ActionNoted{done_by(*action, context), context.keep(command.text.str())});
}

DecidedAction decide(const ActionLife& life, const wire::RemoveActionNote& command, domain::Context& context) {
  const auto place = static_cast<std::size_t>(command.entry.value);
  if (place > life.entries.size()) return reject_field("/entry", ErrorCode::not_found, "There is no such note.");
  const auto& entry = life.entries[place - 1];
  if (entry.kind != EntryKind::note) return reject_field("/entry", ErrorCode::invalid_value, "This is no note, and stays: it says what was done.");
  if (!entry.done.by || entry.done.by != context.actor().person) return reject(ErrorCode::forbidden, "Whoever wrote a note can remove it.");
  if (!entry.text) return reject(ErrorCode::already_done, "The note has been removed already.");
  return Decided{{ActionNoteRemoved{command.entry.value}}, {}, {}, {}, {*entry.text}};
}

DecidedAction decide(const ActionLife& life, const DayOfActionIsOver&, domain::Context& context) {
  const auto action = known(life, context);
  if (!action || !life.is_open() || life.told_due == action->due()) return Decided{};
  const auto over = uk_time::day_ends(action->due());
  if (!over || *over > context.now()) return Decided{};
  return happened(*action, ActionFellDue{action->due()});
}

}  // namespace witan::meetings
