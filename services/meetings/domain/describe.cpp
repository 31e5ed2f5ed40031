#include <fmt/format.h>

#include "services/meetings/domain/agenda.hpp"
#include "services/meetings/domain/known_body.hpp"
#include "services/meetings/domain/labels.hpp"
#include "services/meetings/domain/meeting.hpp"
#include "shared/contract/personal.hpp"

/// Every event of meetings as a line of the audit.
namespace witan::meetings {

using domain::AuditLine;

namespace {

/// "2, “Item B”"; empty when it is not on the agenda.
std::string item_named(const Meeting& meeting, const AgendaItemId& item) {
  const auto place = place_of(meeting, item);
  return place ? fmt::format("{}, “{}”", numbers_of(meeting.items)[*place], meeting.items[*place].title) : std::string();
}

/// "“Item B”, for decision, 15 min, lead Ada, for everyone"
std::string item_in_words(const Meeting& meeting, const AgendaItemId& id, const domain::Rows& rows) {
  const auto place = place_of(meeting, id);
  if (!place) return {};
  const auto& item = meeting.items[*place];
  const auto lead = item.lead ? ", lead " + rows.text(*item.lead).value_or(domain::k_name_removed) : std::string();
  const auto status = item.status == wire::ItemStatus::planned ? std::string() : ", " + label(item.status);
  const auto standing = item.is_standing ? ", at each meeting of the series" : "";
  return fmt::format("“{}”, {}, {} min{}, {}{}{}", item.title, label(item.kind), item.minutes, lead,
                     item.circulation == wire::Circulation::members ? "for members" : "for everyone", status, standing);
}

std::string item_place(const Meeting& meeting, const AgendaItemId& item) {
  const auto place = place_of(meeting, item);
  return place ? "Item " + numbers_of(meeting.items)[*place] : std::string();
}

std::string state_of(const Meeting& meeting) {
  if (!meeting.is_started()) return label(meeting.state);
  return fmt::format("{}: item {}", meeting.is_paused() ? k_paused : label(meeting.state), item_named(meeting, meeting.now));
}

}  // namespace

AuditLine MeetingAggregate::describe(const MeetingEvent& event, const Meeting& before, const Meeting& after, const domain::Rows& rows) {
  const auto of = fmt::format(" “{}”", after.title);
  const auto changed = [&](std::string what) { return AuditLine{std::move(what), after.body, state_of(before), state_of(after), {}}; };
  return std::visit(
      domain::overloaded{
          [&](const MeetingScheduled& e) {
            const auto in = e.series_title ? fmt::format(", in the series “{}”", *e.series_title) : std::string();
            return AuditLine{fmt::format("Scheduled the meeting{} for {}{}", of, uk_time::span(e.starts_at, e.ends_at), in), e.body, "", label(after.state), {}};
          },
          [&](const AgendaItemAdded& e) {
            return AuditLine{fmt::format("Added item {} to the agenda of{}", item_named(after, e.item), of), after.body, "", item_in_words(after, e.item, rows), {}};
          },
          [&](const AgendaItemEdited& e) {
            return AuditLine{fmt::format("Changed item {} on the agenda of{}", item_named(after, e.item), of), after.body,
                             item_in_words(before, e.item, rows), item_in_words(after, e.item, rows), {}};
          },
          [&](const AgendaItemMoved& e) {
            return AuditLine{fmt::format("Moved item {} on the agenda of{}", item_named(before, e.item), of), after.body,
                             item_place(before, e.item), item_place(after, e.item), {}};
          },
          [&](const AgendaItemNested& e) {
            const auto where = e.under ? fmt::format("under item {}", item_named(after, *e.under)) : std::string("to the first level");
            return AuditLine{fmt::format("Put item {} {} on the agenda of{}", item_named(before, e.item), where, of), after.body,
                             item_place(before, e.item), item_place(after, e.item), {}};
          },
          [&](const AgendaItemRemoved& e) {
            return AuditLine{fmt::format("Removed item {} from the agenda of{}", item_named(before, e.item), of), after.body,
                             item_in_words(before, e.item, rows), "Removed", {}};
          },
          [&](const AgendaPublished& e) { return changed((e.late_reason ? "Published late the agenda of" : "Published the agenda of") + of); },
          [&](const MeetingStarted&) { return changed("Started the meeting" + of); },
          [&](const WentToItem& e) { return changed(fmt::format("Went to item {} in the meeting{}", item_named(after, e.item), of)); },
          [&](const ItemOverran& e) { return changed(fmt::format("Item {} was {} min over its time in the meeting{}", item_named(after, e.item), e.minutes, of)); },
          [&](const MeetingPaused&) { return changed("Paused the meeting" + of); },
          [&](const MeetingResumed&) { return changed("Resumed the meeting" + of); },
          [&](const MeetingClosed&) { return changed("Closed the meeting" + of); },
          [&](const NameRemoved&) { return changed("Removed the name of a deleted account from" + of); },
      },
      event);
}

AuditLine KnownBodyAggregate::describe(const KnownBodyEvent& event, const KnownBody&, const KnownBody&, const domain::Rows&) {
  const auto& named = std::get<BodyNamed>(event);
  return {"Meetings took note of the body “" + named.name + "”", named.body, "", "Known", {}};
}

}  // namespace witan::meetings
