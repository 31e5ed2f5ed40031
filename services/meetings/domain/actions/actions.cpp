#include "services/meetings/domain/actions/actions.hpp"

#include <algorithm>

namespace witan::meetings {

namespace {

/// Each text that is kept of what came of it.
template <class Life, class F>
void for_each_text(Life& life, F f) {
  const auto of_owner = [&](auto& owner) {
    if (owner) f(owner->name);
  };
  of_owner(life.owner);
  for (auto& entry : life.entries) {
    if (entry.text) f(*entry.text);
    if (entry.done.name) f(*entry.done.name);
    of_owner(entry.from), of_owner(entry.to);
  }
}

void close(ActionLife& life, wire::ActionStatus status, Timestamp at) {
  life.status = status;
  life.closed_at = at;
  ++life.changes;
}

}  // namespace

std::vector<Erasable> texts_of(const ActionLife& life) {
  std::vector<Erasable> texts;
  for_each_text(life, [&](const Erasable& text) { texts.push_back(text); });
  return texts;
}

std::optional<Action> action_in(const domain::Rows& rows, const std::string& action) {
  const auto place = rows.row_as<ActionPlace>(k_action_index, k_private_audience, action);
  if (!place) return std::nullopt;
  const auto minutes = minutes_in(rows, place->meeting);
  const auto found = std::ranges::find(minutes.actions, ActionId::from_trusted(action), &MinutedAction::action);
  if (found == minutes.actions.end()) return std::nullopt;
  return Action{*place, *found, rows.row_as<ActionLife>(k_action_life_index, k_private_audience, action).value_or(ActionLife{})};
}

ActionLife ActionAggregate::evolve(ActionLife life, const ActionEvent& event) {
  std::visit(domain::overloaded{
                 [&](const ActionFollowed& e) { life.action = e.action, life.meeting = e.meeting, life.body = e.body; },
                 [&](const ActionFinished& e) {
                   close(life, wire::ActionStatus::done, e.done.at);
                   life.entries.push_back({EntryKind::finished, e.done, e.text, {}, {}, {}, {}});
                 },
                 [&](const ActionDropped& e) {
                   close(life, wire::ActionStatus::dropped, e.done.at);
                   life.entries.push_back({EntryKind::dropped, e.done, e.text, {}, {}, {}, {}});
                 },
                 [&](const ActionReopened& e) {
                   life.status = wire::ActionStatus::open;
                   life.closed_at = std::nullopt;
                   ++life.changes;
                   life.entries.push_back({EntryKind::reopened, e.done, e.text, {}, {}, {}, {}});
                 },
                 [&](const ActionDueChanged& e) {
                   life.due = e.due;
                   ++life.changes;
                   life.entries.push_back({EntryKind::due_changed, e.done, e.text, e.from, e.due, {}, {}});
                 },
                 [&](const ActionHandedOver& e) {
                   life.owner = e.owner;
                   ++life.changes;
                   life.entries.push_back({EntryKind::handed_over, e.done, {}, {}, {}, e.from, e.owner});
                 },
                 [&](const ActionNoted& e) { life.entries.push_back({EntryKind::note, e.done, e.text, {}, {}, {}, {}}); },
                 [&](const ActionNoteRemoved& e) { life.entries[static_cast<std::size_t>(e.entry) - 1].text = std::nullopt; },
                 [&](const ActionFellDue& e) { life.told_due = e.due; },
                 [&](const NameRemovedFromAction& e) {
                   for_each_text(life, [&](Erasable& text) {
                     const auto rest = std::ranges::find(e.texts, text.text_id, &TextReplaced::text_id);
                     if (rest != e.texts.end()) text = rest->by;
                   });
                 },
                 [](const ActionPersonForgotten&) {},  // what they wrote is kept nowhere any more
             },
             event);
  return life;
}

}  // namespace witan::meetings
