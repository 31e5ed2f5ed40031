#include "services/meetings/domain/agenda/changes.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "services/meetings/domain/agenda/agenda.hpp"
#include "services/meetings/domain/meeting.hpp"
#include "shared/base/uk_time.hpp"

namespace witan::meetings {

namespace {

std::vector<ItemPart> parts_changed(const AgendaItem& item, const AgendaItemEdited& e) {
  std::vector<ItemPart> parts;
  const auto note = [&](ItemPart part, bool is_changed) {
    if (is_changed) parts.push_back(part);
  };
  note(ItemPart::title, item.title != e.title);
  note(ItemPart::kind, item.kind != e.kind);
  note(ItemPart::lead, (item.lead ? item.lead->text_id : "") != (e.lead ? e.lead->text_id : ""));
  note(ItemPart::duration, item.minutes != e.minutes);
  note(ItemPart::circulation, item.circulation != e.circulation);
  note(ItemPart::status, item.status != e.status.value_or(wire::ItemStatus::planned));
  return parts;
}

/// What is different about which item after the event; nothing where the agenda stays as it was published.
std::optional<AgendaChanged> change_by(const Meeting& before, const MeetingEvent& event, Timestamp at) {
  return std::visit(domain::overloaded{
                        [&](const AgendaItemAdded& e) { return std::optional(AgendaChanged{e.item, {}, at}); },
                        [&](const AgendaItemEdited& e) {
                          const auto place = place_of(before, e.item);
                          auto parts = place ? parts_changed(before.items[*place], e) : std::vector<ItemPart>();
                          return parts.empty() ? std::nullopt : std::optional(AgendaChanged{e.item, std::move(parts), at});
                        },
                        [&](const SeatsNamed& e) { return std::optional(AgendaChanged{e.item, {ItemPart::circulation}, at}); },
                        [&](const AgendaItemMoved& e) { return std::optional(AgendaChanged{e.item, {ItemPart::place}, at}); },
                        [&](const AgendaItemNested& e) { return std::optional(AgendaChanged{e.item, {ItemPart::place}, at}); },
                        [&](const AgendaItemRemoved&) { return std::optional(AgendaChanged{{}, {}, at}); },
                        [](const auto&) { return std::optional<AgendaChanged>(); },
                    },
                    event);
}

std::string_view label(ItemPart part) {
  constexpr std::array<std::string_view, 7> k_labels{"title", "what it is for", "lead", "duration", "who may see it", "status", "place on the agenda"};
  return k_labels[static_cast<std::size_t>(part)];
}

}  // namespace

DecidedMeeting with_changes(const Meeting& before, DecidedMeeting decided, const domain::Context& context) {
  if (!decided || before.state == wire::MeetingState::draft) return decided;
  std::vector<MeetingEvent> changes;
  for (const auto& event : decided->events) {
    if (auto change = change_by(before, event, context.now())) changes.emplace_back(std::move(*change));
  }
  std::ranges::move(changes, std::back_inserter(decided->events));
  return decided;
}

std::optional<std::string> change_in_words(const AgendaItem& item) {
  if (!item.changed_at) return std::nullopt;
  const auto when = uk_time::date_and_time(*item.changed_at);
  if (item.is_added_late) return fmt::format("Added after publication, at {}.", when);
  std::string parts;
  for (const auto part : item.changed) parts += (parts.empty() ? "" : ", ") + std::string(label(part));
  return fmt::format("Changed after publication, at {}: {}.", when, parts);
}

}  // namespace witan::meetings
