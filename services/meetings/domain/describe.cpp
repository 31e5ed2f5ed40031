#include <algorithm>

#include <fmt/format.h>

#include "services/meetings/domain/agenda/agenda.hpp"
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

/// "Seats named: Chair, Cumbria LEP; Secretary"
std::string readers_in_words(const Meeting& meeting, const AgendaItemId& item) {
  const auto place = place_of(meeting, item);
  if (!place || !meeting.items[*place].seats) return place && meeting.items[*place].circulation == wire::Circulation::everyone ? "Everyone" : "All members";
  std::string words;
  for (const auto& seat : *meeting.items[*place].seats) {
    const auto found = meeting.attendance.find(seat);
    words += (words.empty() ? "" : "; ") + (found == meeting.attendance.end() ? std::string("a seat") : found->second.seat.title);
  }
  return "Seats named: " + words;
}

/// "Chair: The Prime Minister; secretary: Ada Lovelace"
std::string chairs_of(const Meeting& meeting, const domain::Rows& rows) {
  std::string words;
  for (const auto& [office, text] : {std::pair("chair", &meeting.chair), std::pair("co-chair", &meeting.co_chair), std::pair("secretary", &meeting.secretary)}) {
    if (*text) words += fmt::format("{}{}: {}", words.empty() ? "" : "; ", office, rows.text(**text).value_or(domain::k_name_removed));
  }
  return words.empty() ? "Nobody is named" : words;
}

std::string item_place(const Meeting& meeting, const AgendaItemId& item) {
  const auto place = place_of(meeting, item);
  return place ? "Item " + numbers_of(meeting.items)[*place] : std::string();
}

/// "Ada Lovelace, Chair, Cumbria LEP"
std::string attendee_named(const Meeting& meeting, const SeatId& seat, const domain::Rows& rows) {
  const auto found = meeting.attendance.find(seat);
  if (found == meeting.attendance.end()) return "a seat";
  return fmt::format("{}, {}", rows.text(found->second.seat.name).value_or(domain::k_name_removed), found->second.seat.title);
}

std::string presence_of(const Meeting& meeting, const SeatId& seat) {
  const auto found = meeting.attendance.find(seat);
  return found == meeting.attendance.end() ? std::string() : label(found->second.presence);
}

/// "Point of order, place 1"
std::string place_in_queue(const Meeting& meeting, const SeatId& seat) {
  const auto& waiting = meeting.room.waiting;
  const auto found = std::ranges::find(waiting, seat, &SpeakRequest::seat);
  if (found == waiting.end()) return "Not in the queue";
  return fmt::format("{}, place {}", found->is_point_of_order ? "Point of order" : "To speak", found - waiting.begin() + 1);
}

/// What the words say is for those who may read the list, so they are not repeated here.
std::string declared(const Meeting& meeting, const auto& e) {
  const auto* declaration = declaration_by(meeting, e.item, e.seat, e.person);
  return declaration ? label(declaration->effect) : std::string();
}

/// " at item 2, “Item B”"
std::string at_item_of_motion(const Meeting& meeting, const MotionId& id) {
  const auto* motion = motion_of(meeting, id);
  return motion ? " at item " + item_named(meeting, motion->item) : std::string();
}

std::string at_item_of_vote(const Meeting& meeting, const VoteId& id) {
  const auto* vote = vote_of(meeting, id);
  return vote ? fmt::format(" at item {} ({})", item_named(meeting, vote->item), label(vote->kind)) : std::string();
}

std::string days_of(std::int64_t days) { return fmt::format("{} clear working day{} before", days, days == 1 ? "" : "s"); }

std::string quorum_of(const std::optional<std::int64_t>& quorum) { return quorum ? fmt::format("Quorum {}", *quorum) : "No quorum"; }

/// "“First meeting”, 2pm to 4pm, Tuesday 19 June 2018, 10 Downing Street"
std::string where_and_when(const Meeting& meeting) {
  return fmt::format("“{}”, {}, {}", meeting.title, uk_time::span(meeting.starts_at, meeting.ends_at), meeting.place);
}

std::string state_of(const Meeting& meeting) {
  if (meeting.is_cancelled()) return k_cancelled;
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
          [&](const SeatsNamed& e) {
            return AuditLine{fmt::format("Changed to whom the papers of item {} go in{}", item_named(after, e.item), of), after.body, readers_in_words(before, e.item),
                             readers_in_words(after, e.item), {}};
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
          [&](const ItemForwarded& e) {
            const auto there = rows.row_as<wire::MeetingView>(MeetingAggregate::topic(e.to.meeting.str()), "staff", "meeting");
            return AuditLine{fmt::format("Forwarded item {} of{} to “{}”", item_named(after, e.item), of, there ? there->title : ""), after.body, "", "", {}};
          },
          [&](const AgendaItemRemoved& e) {
            return AuditLine{fmt::format("Removed item {} from the agenda of{}", item_named(before, e.item), of), after.body,
                             item_in_words(before, e.item, rows), "Removed", {}};
          },
          [&](const AgendaChanged& e) {
            const auto what = e.item ? fmt::format("item {} of", item_named(after, *e.item)) : std::string("the removal of an item from");
            return changed(fmt::format("Marked {} the agenda of{} as changed after publication", what, of));
          },
          [&](const AgendaPublished& e) { return changed((e.late_reason ? "Published late the agenda of" : "Published the agenda of") + of); },
          [&](const MeetingRescheduled&) {
            return AuditLine{"Changed day, time or place of the meeting" + of, after.body, where_and_when(before), where_and_when(after), {}};
          },
          [&](const ChairsSet&) {
            return AuditLine{"Changed who chairs, or is the secretary of, the meeting" + of, after.body, chairs_of(before, rows), chairs_of(after, rows), {}};
          },
          [&](const MeetingCancelled&) { return changed("Cancelled the meeting" + of); },
          [&](const MeetingStarted&) { return changed("Started the meeting" + of); },
          [&](const WentToItem& e) { return changed(fmt::format("Went to item {} in the meeting{}", item_named(after, e.item), of)); },
          [&](const ItemOverran& e) { return changed(fmt::format("Item {} was {} min over its time in the meeting{}", item_named(after, e.item), e.minutes, of)); },
          [&](const MeetingPaused&) { return changed("Paused the meeting" + of); },
          [&](const MeetingResumed&) { return changed("Resumed the meeting" + of); },
          [&](const MeetingClosed&) { return changed("Closed the meeting" + of); },
          [&](const SeatsListed& e) {
            const auto who = e.seats.size() == 1 ? attendee_named(after, e.seats.front().seat, rows) : fmt::format("{} seats", e.seats.size());
            return AuditLine{fmt::format("Put {} on the attendance list of{}", who, of), after.body, "", "On the list", {}};
          },
          [&](const SeatUnlisted& e) {
            return AuditLine{fmt::format("Took {} off the attendance list of{}", attendee_named(before, e.seat, rows), of), after.body, "On the list",
                             "Seat vacated", {}};
          },
          [&](const AttendanceRecorded& e) {
            return AuditLine{fmt::format("{} the attendance of {} in{}", e.reason ? "Corrected" : "Recorded", attendee_named(after, e.seat, rows), of), after.body,
                             presence_of(before, e.seat), presence_of(after, e.seat), {}};
          },
          [&](const SpeakerAsked& e) {
            const auto what = e.is_point_of_order.value_or(false) ? "for a point of order" : "to speak";
            return AuditLine{fmt::format("{} asked {} in{}", attendee_named(after, e.seat, rows), what, of), after.body, place_in_queue(before, e.seat),
                             place_in_queue(after, e.seat), {}};
          },
          [&](const RequestWithdrawn& e) {
            return AuditLine{fmt::format("Took {} off the queue of speakers in{}", attendee_named(before, e.seat, rows), of), after.body,
                             place_in_queue(before, e.seat), place_in_queue(after, e.seat), {}};
          },
          [&](const RequestMoved& e) {
            return AuditLine{fmt::format("Moved {} in the queue of speakers in{}", attendee_named(after, e.seat, rows), of), after.body,
                             place_in_queue(before, e.seat), place_in_queue(after, e.seat), {}};
          },
          [&](const FloorGiven& e) {
            return AuditLine{fmt::format("Gave the floor to {} at item {} in{}", attendee_named(after, e.seat, rows), item_named(after, e.item), of), after.body,
                             place_in_queue(before, e.seat), "Has the floor", {}};
          },
          [&](const TurnEnded& e) {
            return AuditLine{fmt::format("{} spoke for {} at item {} in{}", attendee_named(before, e.seat, rows), length_in_words(std::chrono::seconds(e.seconds)),
                                         item_named(before, e.item), of),
                             after.body, "Has the floor", "Spoke", {}};
          },
          [&](const QueueEmptied& e) {
            return AuditLine{fmt::format("Emptied the queue of speakers on leaving item {} in{}", item_named(before, e.item), of), after.body,
                             fmt::format("{} waiting", before.room.waiting.size()), "Empty", {}};
          },
          [&](const InterestDeclared& e) {
            const auto what = declaration_by(before, e.item, e.seat, e.person) ? "Changed the interest of" : "Declared an interest of";
            return AuditLine{fmt::format("{} {} in item {} of{}", what, attendee_named(after, e.seat, rows), item_named(after, e.item), of), after.body,
                             declared(before, e), declared(after, e), {}};
          },
          [&](const DeclarationWithdrawn& e) {
            return AuditLine{fmt::format("Withdrew the declared interest of {} in item {} of{}", attendee_named(after, e.seat, rows), item_named(after, e.item), of),
                             after.body, declared(before, e), "Withdrawn", {}};
          },
          [&](const RecusalBegan& e) {
            return AuditLine{fmt::format("{} withdrew from item {} in{}", attendee_named(after, e.seat, rows), item_named(after, e.item), of), after.body,
                             "Takes part", "Withdrawn from the item", {}};
          },
          [&](const RecusalEnded& e) {
            return AuditLine{fmt::format("{} came back after item {} in{}", attendee_named(after, e.seat, rows), item_named(after, e.item), of), after.body,
                             "Withdrawn from the item", "Takes part", {}};
          },
          [&](const MotionMoved& e) {
            return AuditLine{fmt::format("{} moved a motion at item {} in{}", attendee_named(after, e.seat, rows), item_named(after, e.item), of), after.body, "", "Moved", {}};
          },
          [&](const MotionSeconded& e) {
            return AuditLine{fmt::format("{} seconded a motion{} in{}", attendee_named(after, e.seat, rows), at_item_of_motion(after, e.motion), of), after.body, "Moved", "Seconded", {}};
          },
          [&](const MotionWithdrawn& e) {
            const auto* motion = motion_of(before, e.motion);
            return AuditLine{fmt::format("Withdrew a motion{} in{}", at_item_of_motion(after, e.motion), of), after.body,
                             motion && motion->seconder ? "Seconded" : "Moved", "Withdrawn", {}};
          },
          [&](const VoteOpened& e) {
            return AuditLine{fmt::format("Opened a vote at item {} in{}: {}, {} entitled", item_named(after, e.item), of, label(e.kind), e.seats.size()), after.body, "", "Open", {}};
          },
          [&](const VoteCast& e) {  // what it was stands in no line, of a show of hands either: it is not over yet
            const auto what = e.is_recorded.value_or(false) ? "Recorded the hand of {}{} in{}" : "{} voted{} in{}";
            return AuditLine{fmt::format(fmt::runtime(what), attendee_named(after, e.seat, rows), at_item_of_vote(after, e.vote), of), after.body, "Not voted", "Voted", {}};
          },
          [&](const HandTakenBack& e) {
            return AuditLine{fmt::format("Took back the recorded hand of {}{} in{}", attendee_named(after, e.seat, rows), at_item_of_vote(after, e.vote), of), after.body, "Voted", "Not voted", {}};
          },
          [&](const VoteClosed& e) {
            const auto* vote = vote_of(after, e.vote);
            return AuditLine{fmt::format("Closed the vote{} in{}", at_item_of_vote(after, e.vote), of), after.body, "Open", vote ? in_words(*vote) : "Closed", {}};
          },
          [&](const VoteCancelled& e) {
            return AuditLine{fmt::format("Cancelled the vote{} in{}", at_item_of_vote(after, e.vote), of), after.body, "Open", "Cancelled", {}};
          },
          [&](const ClearDaysSet& e) { return AuditLine{"Set when the agenda is due of" + of, after.body, days_of(before.clear_days), days_of(e.clear_days), {}}; },
          [&](const QuorumSet& e) { return AuditLine{"Set the quorum of" + of, after.body, quorum_of(before.quorum), quorum_of(e.quorum), {}}; },
          [&](const AttendeeForgotten&) { return changed("Erased the name of a deleted account on the attendance list of" + of); },
          [&](const NameRemoved&) { return changed("Removed the name of a deleted account from" + of); },
      },
      event);
}

AuditLine KnownBodyAggregate::describe(const KnownBodyEvent& event, const KnownBody& before, const KnownBody& after, const domain::Rows&) {
  const auto of = fmt::format(" “{}”", after.name);
  return std::visit(domain::overloaded{
                        [&](const BodyNamed& e) { return AuditLine{fmt::format("Meetings took note of the body “{}”", e.name), e.body, "", "Known", {}}; },
                        [&](const SeatTaken& e) {
                          return AuditLine{fmt::format("Meetings took note of who holds the seat {} in{}", e.held.title, of), e.body, "", "Held", {}};
                        },
                        [&](const SeatLeft& e) {
                          const auto held = before.seats.find(e.seat);
                          const auto title = held == before.seats.end() ? std::string("a seat") : "the seat " + held->second.title;
                          return AuditLine{fmt::format("Meetings took note that {} is vacant in{}", title, of), e.body, "Held", "Vacant", {}};
                        },
                        [&](const BodyClearDaysSet& e) {
                          return AuditLine{"Set when agendas are due of later meetings of" + of, e.body, days_of(before.clear_days.value_or(k_clear_days)), days_of(e.clear_days), {}};
                        },
                        [&](const BodyQuorumSet& e) {
                          return AuditLine{"Set the quorum of later meetings of" + of, e.body, quorum_of(before.quorum), quorum_of(e.quorum), {}};
                        },
                    },
                    event);
}

}  // namespace witan::meetings
