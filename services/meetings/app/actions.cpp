#include "services/meetings/app/actions.hpp"

#include "services/meetings/domain/actions/actions.hpp"
#include "services/meetings/domain/meeting.hpp"

namespace witan::meetings {

namespace {

bool prepares(const Actor& actor, const BodyId& body) { return actor.is_administrator() || actor.holds(body.str(), staff_roles()); }

/// To whoever is not a member of the body, or before the minutes are circulated, the action is not there.
Result<void> may_if(const Actor& actor, const std::string& action, const domain::Rows& rows, bool is_for_owner) {
  const auto found = action_in(rows, action);
  if (!found) return reject(ErrorCode::not_found);
  const auto& body = found->place.body;
  const bool is_owner = actor.person && found->owner().person == actor.person && actor.holds(body.str(), {});
  auto allowed = service::allowed_if(actor, prepares(actor, body) || (is_for_owner && is_owner));
  if (allowed || allowed.error().code != ErrorCode::forbidden) return allowed;
  return actor.holds(body.str(), {}) ? allowed : reject(ErrorCode::not_found);
}

/// Whoever holds a seat of the body, or is an administrator; that the note is theirs is decided with its state.
Result<void> reader(const Actor& actor, const std::string& action, const domain::Rows& rows) {
  const auto found = action_in(rows, action);
  if (!found) return reject(ErrorCode::not_found);
  auto allowed = service::allowed_if(actor, actor.is_administrator() || actor.holds(found->place.body.str(), {}));
  return allowed || allowed.error().code != ErrorCode::forbidden ? allowed : reject(ErrorCode::not_found);
}

std::vector<service::Due> days_to_come(const domain::Rows& rows) {
  std::vector<service::Due> due;
  for (const auto& [action, at] : rows.rows(k_action_day_index, k_private_audience, "")) {
    if (const auto moment = codec::decode<Timestamp>(at)) due.push_back({*moment, action});
  }
  return due;
}

}  // namespace

void add_actions(service::Builder& builder) {
  const auto of_action = [](const auto& command) { return command.action.str(); };
  const auto staff = [](const Actor& actor, const auto&, const auto& command, const domain::Rows& rows) { return may_if(actor, command.action.str(), rows, false); };
  const auto owner = [](const Actor& actor, const auto&, const auto& command, const domain::Rows& rows) { return may_if(actor, command.action.str(), rows, true); };

  builder.aggregate<ActionAggregate>()
      .upsert<wire::FinishAction, ActionAggregate>(of_action, owner)
      .upsert<wire::ReopenAction, ActionAggregate>(of_action, owner)
      .upsert<wire::NoteOnAction, ActionAggregate>(of_action, owner)
      .upsert<wire::RemoveActionNote, ActionAggregate>(of_action, [](const Actor& actor, const auto&, const auto& command, const domain::Rows& rows) {
        return reader(actor, command.action.str(), rows);
      })
      .upsert<wire::DropAction, ActionAggregate>(of_action, staff)
      .upsert<wire::ChangeActionDue, ActionAggregate>(of_action, staff)
      .upsert<wire::HandOverAction, ActionAggregate>(of_action, staff)
      .due<DayOfActionIsOver, ActionAggregate>(days_to_come);
}

}  // namespace witan::meetings
