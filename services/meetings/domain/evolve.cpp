#include <algorithm>

#include "services/meetings/domain/agenda/circulation.hpp"
#include "services/meetings/domain/agenda/edit.hpp"
#include "services/meetings/domain/meeting.hpp"

namespace witan::meetings {

namespace {

void apply(Meeting& meeting, const MeetingScheduled& e) {
  meeting = {};
  meeting.meeting = e.meeting;
  meeting.body = e.body;
  meeting.title = e.title;
  meeting.starts_at = e.starts_at;
  meeting.ends_at = e.ends_at;
  meeting.place = e.place;
  meeting.chair = e.chair;
  meeting.co_chair = e.co_chair;
  meeting.secretary = e.secretary;
  meeting.series = e.series;
  meeting.series_title = e.series_title.value_or("");
}

void apply(Meeting& meeting, const AgendaItemAdded& e) {
  AgendaItem item{e.item, e.title, e.kind, e.lead, e.minutes, e.circulation};
  item.is_standing = e.is_standing.value_or(false);
  item.from = e.from;
  item.seats = e.seats;
  put_under(meeting.items, {std::move(item)}, e.under, e.position);
}

void apply(Meeting& meeting, const ItemForwarded& e) {
  if (const auto place = place_of(meeting, e.item)) meeting.items[*place].to = e.to;
}

void apply(Meeting& meeting, const AgendaItemEdited& e) {
  const auto place = place_of(meeting, e.item);
  if (!place) return;
  auto& item = meeting.items[*place];
  note_edit(item);
  item.title = e.title;
  item.kind = e.kind;
  item.lead = e.lead;
  item.minutes = e.minutes;
  item.circulation = e.circulation;
  item.status = e.status.value_or(wire::ItemStatus::planned);
  item.is_standing = e.is_standing.value_or(false);
}

void apply(Meeting& meeting, const SeatsNamed& e) {
  const auto place = place_of(meeting, e.item);
  if (!place) return;
  auto& item = meeting.items[*place];
  note_edit(item);
  item.seats = e.seats;
  if (e.seats) item.circulation = wire::Circulation::members;
}

void apply(Meeting& meeting, const AgendaItemMoved& e) {
  const auto place = place_of(meeting, e.item);
  if (!place) return;
  const auto above = parent_of(meeting.items, *place);
  const auto under = above ? std::optional(meeting.items[*above].item) : std::nullopt;
  put_under(meeting.items, cut_out(meeting.items, *place), under, e.to);
}

void apply(Meeting& meeting, const AgendaItemNested& e) {
  const auto place = place_of(meeting, e.item);
  if (!place) return;
  // Leaving an item for members, or for named seats, shows nothing to others: who wants that says so of the item itself.
  const bool was_for_members = is_for_members(meeting.items, *place);
  const auto named = named_seats(meeting.items, *place);
  put_under(meeting.items, cut_out(meeting.items, *place), e.under, e.to);
  const auto there = *place_of(meeting, e.item);
  const auto now_named = named_seats(meeting.items, there);
  const bool shows_to_all = was_for_members && !is_for_members(meeting.items, there);
  const bool shows_to_others = named && !(now_named && std::ranges::includes(*named, *now_named));
  if (!shows_to_all && !shows_to_others) return;
  auto& item = meeting.items[there];
  note_edit(item);
  item.circulation = wire::Circulation::members;
  if (shows_to_others) item.seats.emplace(named->begin(), named->end());
}

void apply(Meeting& meeting, const AgendaItemRemoved& e) {
  std::erase_if(meeting.items, [&](const AgendaItem& item) { return item.item == e.item; });
  std::erase_if(meeting.room.declarations, [&](const Declaration& one) { return one.item == e.item; });
}

void apply(Meeting& meeting, const AgendaChanged& e) {
  if (!e.item) meeting.item_removed_at = e.at;
  const auto place = e.item ? place_of(meeting, *e.item) : std::nullopt;
  if (!place) return;
  auto& item = meeting.items[*place];
  item.changed_at = e.at;
  item.is_added_late = item.is_added_late || e.parts.empty();
  for (const auto part : e.parts) {
    if (std::ranges::find(item.changed, part) == item.changed.end()) item.changed.push_back(part);
  }
}

void apply(Meeting& meeting, const AgendaPublished& e) {
  meeting.state = wire::MeetingState::published;
  meeting.published_at = e.at;
  meeting.late_reason = e.late_reason;
}

void apply(Meeting& meeting, const MeetingRescheduled& e) {
  if (meeting.state != wire::MeetingState::draft) {  // before that nobody was told
    meeting.was = Appointment{meeting.starts_at, meeting.ends_at, meeting.place};
    meeting.changed_at = e.at;
    meeting.change_reason = e.reason;
  }
  meeting.title = e.title;
  meeting.starts_at = e.starts_at;
  meeting.ends_at = e.ends_at;
  meeting.place = e.place;
  ++meeting.sequence;
}

void apply(Meeting& meeting, const ChairsSet& e) {
  meeting.chair = e.chair;
  meeting.co_chair = e.co_chair;
  meeting.secretary = e.secretary;
}

void apply(Meeting& meeting, const MeetingCancelled& e) {
  meeting.cancelled_at = e.at;
  meeting.cancel_reason = e.reason;
  ++meeting.sequence;
}

/// The current item has had its time until now.
void leave_now(Meeting& meeting, const std::optional<Timestamp>& at) {
  const auto place = place_of(meeting, meeting.now);
  if (place && meeting.now_since && at) {
    meeting.items[*place].elapsed += meeting.paused_at.value_or(*at) - *meeting.now_since - meeting.now_paused;
  }
  meeting.now = {};
  meeting.now_since = std::nullopt;
  meeting.paused_at = std::nullopt;
  meeting.now_paused = {};
  meeting.minutes_over = 0;
}

void come_to(Meeting& meeting, const AgendaItemId& item, const std::optional<Timestamp>& at) {
  meeting.now = item;
  meeting.now_since = at;
  const auto place = place_of(meeting, item);
  if (place && !meeting.items[*place].reached_at) meeting.items[*place].reached_at = at;
}

void apply(Meeting& meeting, const MeetingStarted& e) {
  meeting.state = wire::MeetingState::started;
  meeting.started_at = e.at;
  come_to(meeting, e.item, e.at);
}

void apply(Meeting& meeting, const WentToItem& e) {
  leave_now(meeting, e.at);
  come_to(meeting, e.item, e.at);
}

void apply(Meeting& meeting, const ItemOverran& e) {
  if (meeting.now == e.item) meeting.minutes_over = e.minutes;
}

void apply(Meeting& meeting, const MeetingPaused& e) { meeting.paused_at = e.at; }

void apply(Meeting& meeting, const MeetingResumed& e) {
  if (meeting.paused_at) meeting.now_paused += e.at - *meeting.paused_at;
  if (meeting.paused_at && meeting.room.turn) meeting.room.turn->paused += e.at - *meeting.paused_at;
  meeting.paused_at = std::nullopt;
}

void apply(Meeting& meeting, const MeetingClosed& e) {
  leave_now(meeting, e.at);
  meeting.state = wire::MeetingState::closed;
  meeting.closed_at = e.at;
}

void apply(Meeting& meeting, const NameRemoved& e) {
  if (e.chair) meeting.chair = e.chair;
  if (e.co_chair) meeting.co_chair = e.co_chair;
  if (e.secretary) meeting.secretary = e.secretary;
  if (e.late_reason) meeting.late_reason = e.late_reason;
  if (e.change_reason) meeting.change_reason = e.change_reason;
  if (e.cancel_reason) meeting.cancel_reason = e.cancel_reason;
  if (e.attendees) for (const auto& texts : *e.attendees) take_note(meeting.attendance, texts);
  if (e.declarations) for (const auto& texts : *e.declarations) take_note(meeting, texts);
  if (e.votes) for (const auto& text : *e.votes) take_note(meeting, text);
  for (const auto& [item, lead] : e.leads) {
    const auto place = place_of(meeting, item);
    if (!place) continue;
    note_edit(meeting.items[*place]);
    meeting.items[*place].lead = lead;
  }
}

void apply(Meeting& meeting, const QuorumSet& e) { meeting.quorum = e.quorum; }

void apply(Meeting& meeting, const ClearDaysSet& e) { meeting.clear_days = e.clear_days; }
void apply(Meeting&, const AttendeeForgotten&) {}  // the name is kept nowhere any more
void apply(Meeting& meeting, const SeatsListed& e) {
  for (const auto& seat : e.seats) {
    const auto before = sitter_of(meeting, seat.seat);
    if (before && before->person != seat.person) take_note(meeting, RequestWithdrawn{seat.seat});
  }
  take_note(meeting.attendance, e);
}
void apply(Meeting& meeting, const SeatUnlisted& e) {
  take_note(meeting.attendance, e);
  take_note(meeting, RequestWithdrawn{e.seat});
}
void apply(Meeting& meeting, const AttendanceRecorded& e) { take_note(meeting.attendance, e); }
void apply(Meeting&, const RecusalBegan&) {}  // who has withdrawn follows from what was declared and where the meeting is:
void apply(Meeting&, const RecusalEnded&) {}  // these say when
template <class E>
  requires requires(Meeting& meeting, const E& e) { take_note(meeting, e); }
void apply(Meeting& meeting, const E& e) {
  take_note(meeting, e);
}

/// From the start of the meeting whoever has a vote has a ballot.
void note_ballots(Meeting& meeting) {
  if (!meeting.is_started()) return;
  for (const auto& [seat, attendee] : meeting.attendance) {
    if (!attendee.is_vacant && counts(attendee.seat.role)) meeting.votes.ballots.insert(attendee.seat.person);
  }
}

}  // namespace

Meeting MeetingAggregate::evolve(Meeting meeting, const MeetingEvent& event) {
  const auto time = time_for_now(meeting);
  std::visit([&](const auto& e) { apply(meeting, e); }, event);
  if (!std::holds_alternative<VoteCast>(event)) keep_roll(meeting);
  if (std::holds_alternative<MeetingStarted>(event) || std::holds_alternative<SeatsListed>(event)) note_ballots(meeting);
  // What was told of an overrun is about the time that the item had then.
  if (time && time_for_now(meeting) != time) meeting.minutes_over = 0;
  return meeting;
}

}  // namespace witan::meetings
