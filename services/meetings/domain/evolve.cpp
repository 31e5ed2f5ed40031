#include <algorithm>

#include "services/meetings/domain/agenda.hpp"
#include "services/meetings/domain/meeting.hpp"

namespace witan::meetings {

namespace {

void apply(Meeting& meeting, const MeetingScheduled& e) {
  meeting = {e.meeting,   e.body,     e.title,
             e.starts_at, e.ends_at,  e.place,
             e.chair,     e.co_chair, wire::MeetingState::draft,
             {},          {}};
}

void apply(Meeting& meeting, const AgendaItemAdded& e) {
  const auto at =
      std::clamp<std::int64_t>(e.position - 1, 0, static_cast<std::int64_t>(meeting.items.size()));
  meeting.items.insert(meeting.items.begin() + at,
                       {e.item, e.title, e.kind, e.lead, e.minutes, e.circulation});
}

void apply(Meeting& meeting, const AgendaItemEdited& e) {
  if (const auto place = place_of(meeting, e.item)) {
    meeting.items[*place] = {e.item, e.title, e.kind, e.lead, e.minutes, e.circulation};
  }
}

void apply(Meeting& meeting, const AgendaItemMoved& e) {
  const auto place = place_of(meeting, e.item);
  if (!place) return;
  const auto from = meeting.items.begin() + static_cast<std::ptrdiff_t>(*place);
  const auto to = meeting.items.begin() +
                  std::clamp<std::int64_t>(e.to - 1, 0, static_cast<std::int64_t>(meeting.items.size()) - 1);
  if (from < to)
    std::rotate(from, from + 1, to + 1);
  else
    std::rotate(to, from, from + 1);
}

void apply(Meeting& meeting, const AgendaItemRemoved& e) {
  std::erase_if(meeting.items, [&](const AgendaItem& item) { return item.item == e.item; });
}

void apply(Meeting& meeting, const AgendaPublished&) { meeting.state = wire::MeetingState::published; }

void apply(Meeting& meeting, const MeetingStarted& e) {
  meeting.state = wire::MeetingState::started;
  meeting.now = e.item;
}

void apply(Meeting& meeting, const WentToItem& e) { meeting.now = e.item; }

void apply(Meeting& meeting, const MeetingClosed&) {
  meeting.state = wire::MeetingState::closed;
  meeting.now = {};
}

void apply(Meeting& meeting, const NameRemoved& e) {
  if (e.chair) meeting.chair = e.chair;
  if (e.co_chair) meeting.co_chair = e.co_chair;
  for (const auto& [item, lead] : e.leads) {
    if (const auto place = place_of(meeting, item)) meeting.items[*place].lead = lead;
  }
}

}  // namespace

Meeting MeetingAggregate::evolve(Meeting meeting, const MeetingEvent& event) {
  std::visit([&](const auto& e) { apply(meeting, e); }, event);
  return meeting;
}

}  // namespace witan::meetings
