#include "services/meetings/domain/decide.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>

#include "services/meetings/domain/agenda/changes.hpp"
#include "services/meetings/domain/agenda/circulation.hpp"
#include "services/meetings/domain/agenda/copy.hpp"
#include "services/meetings/domain/agenda/edit.hpp"
#include "services/meetings/domain/agenda/publication.hpp"
#include "services/meetings/domain/known_body.hpp"
#include "services/meetings/domain/meeting.hpp"
#include "services/meetings/domain/minutes/minutes.hpp"
#include "services/meetings/domain/papers/paper.hpp"
#include "services/meetings/domain/schedule/schedule.hpp"

namespace witan::meetings {

namespace {

constexpr const char* k_changed_meanwhile =
    "Somebody else changed this meanwhile. It stands as they left it, and what you wrote is still in the form: compare the two, then send yours again if it is right.";

DecidedMeeting happened(MeetingEvent event, json::object result = {}) {
  return domain::Decided<MeetingEvent>{{std::move(event)}, std::move(result), {}};
}

DecidedMeeting nothing_to_do() { return domain::Decided<MeetingEvent>{}; }

/// The meeting leaves its item, and with it the queue of those who asked to speak there.
DecidedMeeting leave_for(const Meeting& meeting, MeetingEvent event, const domain::Context& context) {
  auto events = leaving_item(meeting, context.now());
  events.push_back(std::move(event));
  return with_recusals(meeting, domain::Decided<MeetingEvent>{std::move(events), {}, {}}, context);
}

std::unexpected<Rejection> missing(std::string pointer, std::string detail) {
  return std::unexpected(Rejection{
      ErrorCode::not_found, detail, {FieldError{std::move(pointer), ErrorCode::not_found, detail}}, {}});
}

std::unexpected<Rejection> no_such_item() {
  return missing("/item", "This item is no longer on the agenda.");
}

/// Counting a vote, or not, is for those who run the meeting to say; going on must not say it for them.
Result<void> no_vote_is_open(const Meeting& meeting) {
  if (open_vote(meeting)) return reject(ErrorCode::not_now, "A vote is open. Close it, or cancel it, before the meeting goes on.");
  return {};
}

std::string words_of(const auto& text) { return text ? text->str() : std::string(); }

/// What the event carries for a text that may be left out or empty.
template <class Text>
std::optional<Erasable> keep(const std::optional<Text>& text, domain::Context& context) {
  if (!text || text->str().empty()) return std::nullopt;
  return context.keep(text->str());
}

/// `meeting`: whose papers stand under the items.
Result<void> fits(const std::vector<AgendaItem>& items, const MeetingId& meeting, const domain::Rows& rows) {
  if (items.size() > k_items_max) {
    return reject(ErrorCode::too_large,
                  "An agenda has at most 200 items. Remove one first, or plan a second meeting.");
  }
  if (agenda_bytes(items) + papers_bytes(meeting, rows) > k_agenda_bytes_max) {
    return reject(ErrorCode::too_large,
                  "The agenda has grown too long. Shorten some titles or remove an item first.");
  }
  if (minutes_bytes(minutes_in(rows, meeting), items, rows) > k_minutes_bytes_max) {
    return reject(ErrorCode::too_large, "With this the minutes of the meeting would grow too long. Shorten some titles first.");
  }
  return {};
}

/// Which of the items beside it (counted from 1) the item is to be.
Result<std::int64_t> destination(const wire::MoveAgendaItem& command, std::size_t rank, std::size_t count) {
  const auto size = static_cast<std::int64_t>(count);
  if (command.to) {
    if (*command.to <= size) return command.to->value;
    return reject_field("/to", ErrorCode::out_of_range,
                        size == 1 ? "There is no other item beside it." : "There are only " + std::to_string(size) + " places for it here.");
  }
  const auto to = static_cast<std::int64_t>(rank) + 1 + *command.by;
  if (to < 1) return reject_field("/by", ErrorCode::out_of_range, "The item cannot go further up.");
  if (to > size) return reject_field("/by", ErrorCode::out_of_range, "The item cannot go further down.");
  return to;
}

Result<void> is_one_way(const wire::MoveAgendaItem& command) {
  const auto ways = static_cast<int>(command.to.has_value()) + static_cast<int>(command.by.has_value()) + static_cast<int>(command.level.has_value());
  if (ways == 1) return {};
  if (ways == 0) return reject_field("/to", ErrorCode::missing_field, "Say where the item should go.");
  return reject_field(command.level ? "/level" : "/by", ErrorCode::invalid_value, "Give a place, a number of steps or a level, not several.");
}

/// Under the item above it, as the last there.
DecidedMeeting put_in(const Agenda& items, std::size_t place) {
  const auto beside = children_of(items, parent_of(items, place));
  const auto rank = rank_of(items, place);
  if (rank == 0) return reject_field("/level", ErrorCode::out_of_range, "There is no item above it that it could go under.");
  if (deepest_of(items, place) >= k_depth_max) {
    return reject_field("/level", ErrorCode::out_of_range, "An agenda has three levels: items, sub-items, and items under those.");
  }
  const auto above = beside[rank - 1];
  return happened(AgendaItemNested{items[place].item, items[above].item, std::ssize(children_of(items, above)) + 1});
}

/// One level up, right behind the item that it was under.
DecidedMeeting take_out(const Agenda& items, std::size_t place) {
  const auto above = parent_of(items, place);
  if (!above) return reject_field("/level", ErrorCode::out_of_range, "The item is under no other.");
  const auto further = parent_of(items, *above);
  return happened(AgendaItemNested{items[place].item, further ? std::optional(items[*further].item) : std::nullopt,
                                   static_cast<std::int64_t>(rank_of(items, *above)) + 2});
}

/// How many items there are directly under the one that an item is to be added to, and so its last place but one.
Result<std::int64_t> count_under(const Agenda& items, const std::optional<AgendaItemId>& under) {
  const auto above = under ? place_of(items, *under) : std::nullopt;
  if (under && !above) return missing("/under", "The item that it should go under is no longer on the agenda.");
  if (above && items[*above].depth >= k_depth_max) {
    return reject_field("/under", ErrorCode::out_of_range, "An agenda has three levels: items, sub-items, and items under those.");
  }
  return std::ssize(children_of(items, above));
}

/// The meeting of the series that starts last; one without an id where there is none.
Result<Meeting> latest_of(const SeriesId& series, const wire::ScheduleMeeting& command, domain::Context& context) {
  const auto meetings = context.rows(k_series_index, k_private_audience, series.str() + "/");
  if (meetings.size() >= k_series_max) return reject(ErrorCode::too_large, "A series has at most " + std::to_string(k_series_max) + " meetings. Begin a new one.");
  const auto latest = std::ranges::max_element(meetings, {}, [](const auto& row) { return std::string(row.second.as_string()); });
  if (latest == meetings.end()) return missing("/series", "There is no such series.");
  const auto& meeting = context.load<MeetingAggregate>(latest->first.substr(latest->first.find('/') + 1));
  if (meeting.body != command.body) return missing("/series", "There is no such series.");
  return meeting;
}

/// Of which series the meeting is, and the one of it before.
struct InSeries {
  std::optional<SeriesId> series;
  std::optional<std::string> title;
  Meeting before;
};

Result<InSeries> series_of(const wire::ScheduleMeeting& command, domain::Context& context) {
  const bool is_new = command.new_series && !command.new_series->str().empty();
  if (is_new && command.series) return reject_field("/new_series", ErrorCode::invalid_value, "The meeting is of a series already.");
  if (is_new) return InSeries{context.new_id<SeriesId>(), command.new_series->str(), {}};
  if (!command.series) return InSeries{};
  const auto before = latest_of(*command.series, command, context);
  if (!before) return std::unexpected(before.error());
  return InSeries{command.series, before->series_title, *before};
}

}  // namespace

Result<void> open_to_changes(const Meeting& meeting) {
  if (meeting.is_closed())
    return reject(ErrorCode::not_now, "The meeting is closed; its agenda stays as it is.");
  return not_cancelled(meeting);
}

DecidedMeeting decide(const Meeting&, const wire::ScheduleMeeting& command, domain::Context& context) {
  return schedule_meeting(MeetingId::from_trusted(context.aggregate_id()), command, context);
}

DecidedMeeting schedule_meeting(const MeetingId& meeting, const wire::ScheduleMeeting& command, domain::Context& context) {
  const auto body = context.load<KnownBodyAggregate>(command.body.str());
  if (body.body.empty()) {
    return missing("/body", "This body is not known here, or not known yet.");
  }
  const auto times = times_of(command.date, command.starts, command.ends);
  if (!times) return std::unexpected(times.error());
  MeetingScheduled event{meeting,
                         command.body,
                         command.title.str(),
                         times->starts_at,
                         times->ends_at,
                         command.place.str(),
                         keep(command.chair, context),
                         keep(command.co_chair, context),
                         keep(command.secretary, context)};
  const auto in = series_of(command, context);
  if (!in) return std::unexpected(in.error());
  event.series = in->series;
  event.series_title = in->title;
  domain::Decided<MeetingEvent> decided{{std::move(event)}, {{"meeting", meeting.str()}}, {}};
  if (in->series) decided.result["series"] = in->series->str();
  if (!body.seats.empty()) {
    SeatsListed listed;
    for (const auto& [seat, held] : body.seats) listed.seats.push_back(held);
    decided.events.emplace_back(std::move(listed));
  }
  if (body.quorum) decided.events.emplace_back(QuorumSet{body.quorum});
  if (body.clear_days && *body.clear_days != k_clear_days) decided.events.emplace_back(ClearDaysSet{*body.clear_days});
  for (auto& item : copied_items(in->before, Copied::standing, context)) decided.events.push_back(std::move(item));
  return decided;
}

DecidedMeeting decide(const Meeting& meeting, const wire::SetChairs& command, domain::Context& context) {
  if (auto open = open_to_changes(meeting); !open) return std::unexpected(open.error());
  const bool has_seen = command.seen_chair || command.seen_co_chair || command.seen_secretary;
  Merge merge(has_seen, has_seen);
  json::object now;  // what the sender has seen, once they are told
  const auto becomes = [&](const char* pointer, const std::optional<Erasable>& named, const auto& given, const auto& seen) {
    const auto is = named ? context.text(*named).value_or("") : std::string();
    now["seen_" + std::string(pointer + 1)] = is;
    const auto name = merge.sets(pointer, words_of(given), is, words_of(seen), is) ? words_of(given) : is;
    return name.empty() ? std::nullopt : std::optional(name);
  };
  const std::array names{becomes("/chair", meeting.chair, command.chair, command.seen_chair), becomes("/co_chair", meeting.co_chair, command.co_chair, command.seen_co_chair),
                         becomes("/secretary", meeting.secretary, command.secretary, command.seen_secretary)};
  if (auto conflicts = merge.conflicts(); !conflicts.empty()) {
    return std::unexpected(Rejection{ErrorCode::stale_version, k_changed_meanwhile, std::move(conflicts), {{"seen", std::move(now)}}});
  }
  if (!merge.is_changed()) return nothing_to_do();
  const auto kept = [&](const std::optional<std::string>& name) { return name ? std::optional(context.keep(*name)) : std::nullopt; };
  return happened(ChairsSet{kept(names[0]), kept(names[1]), kept(names[2])});
}

DecidedMeeting decide(const Meeting& meeting, const wire::AddAgendaItem& command, domain::Context& context) {
  if (auto open = open_to_changes(meeting); !open) return std::unexpected(open.error());
  const auto beside = count_under(meeting.items, command.under);
  if (!beside) return std::unexpected(beside.error());
  const auto end = *beside + 1;
  const std::int64_t position = command.position ? command.position->value : end;
  const AgendaItem item{context.new_id<AgendaItemId>(),
                        command.title.str(),
                        command.kind,
                        keep(command.lead, context),
                        command.minutes.value,
                        command.circulation.value_or(wire::Circulation::everyone)};
  const auto is_standing = command.is_standing.value_or(false) ? std::optional(true) : std::nullopt;
  auto items = meeting.items;
  items.push_back(item);
  if (auto room = fits(items, meeting.meeting, context); !room) return std::unexpected(room.error());
  if (position > end) {
    return reject_field("/position", ErrorCode::out_of_range,
                        (command.under ? "The last place there is " : "The last place on this agenda is ") + std::to_string(end) + ".");
  }
  AgendaItemAdded added{item.item, position, item.title, item.kind, item.lead, item.minutes, item.circulation, command.under, is_standing};
  return with_changes(meeting, happened(std::move(added), {{"item", item.item.str()}}), context);
}

DecidedMeeting decide(const Meeting& meeting, const wire::EditAgendaItem& command, domain::Context& context) {
  const auto place = place_of(meeting, command.item);
  if (!place) return no_such_item();
  if (auto open = open_to_changes(meeting); !open) return std::unexpected(open.error());
  auto edit = edit_of(meeting.items[*place], command, context);
  if (!edit.conflicts.empty()) {
    return std::unexpected(Rejection{ErrorCode::stale_version, k_changed_meanwhile, std::move(edit.conflicts), {{"changes", edit.item.changes}}});
  }
  if (!edit.is_changed) return nothing_to_do();
  const auto& item = edit.item;
  if (item.seats && item.circulation == wire::Circulation::everyone) {
    return reject_field("/circulation", ErrorCode::invalid_value, "Its papers go to named seats. Open them to all members first.");
  }
  auto items = meeting.items;
  items[*place] = item;
  if (auto room = fits(items, meeting.meeting, context); !room) return std::unexpected(room.error());
  const auto status = item.status == wire::ItemStatus::planned ? std::nullopt : std::optional(item.status);
  AgendaItemEdited edited{item.item, item.title, item.kind, item.lead, item.minutes, item.circulation, status, item.is_standing ? std::optional(true) : std::nullopt};
  return with_changes(meeting, happened(std::move(edited)), context);
}

DecidedMeeting decide(const Meeting& meeting, const wire::MoveAgendaItem& command, domain::Context& context) {
  const auto place = place_of(meeting, command.item);
  if (!place) return no_such_item();
  if (auto open = open_to_changes(meeting); !open) return std::unexpected(open.error());
  if (auto one = is_one_way(command); !one) return std::unexpected(one.error());
  const auto& items = meeting.items;
  if (command.level) {  // the meeting may be at an item that comes under one from which somebody withdraws
    auto moved = *command.level == wire::ItemLevel::in ? put_in(items, *place) : take_out(items, *place);
    if (moved) {
      auto after = meeting;
      for (const auto& event : moved->events) after = MeetingAggregate::evolve(std::move(after), event);
      if (auto fine = names_no_more_than_it_may(items, after.items); !fine) return std::unexpected(fine.error());
    }
    return with_recusals(meeting, with_changes(meeting, std::move(moved), context), context);
  }
  const auto rank = rank_of(items, *place);
  const auto to = destination(command, rank, children_of(items, parent_of(items, *place)).size());
  if (!to) return std::unexpected(to.error());
  if (*to == static_cast<std::int64_t>(rank) + 1) return nothing_to_do();
  return with_changes(meeting, happened(AgendaItemMoved{command.item, *to}), context);
}

DecidedMeeting decide(const Meeting& meeting, const wire::RemoveAgendaItem& command, domain::Context& context) {
  const auto place = place_of(meeting, command.item);
  if (!place) return no_such_item();
  if (auto open = open_to_changes(meeting); !open) return std::unexpected(open.error());
  if (has_items_under(meeting.items, *place)) {
    return reject(ErrorCode::not_now, "There are items under this one. Move them out or remove them first.");
  }
  if (meeting.now == command.item) {
    return reject(ErrorCode::not_now, "The meeting is at this item now. Go to another item first.");
  }
  if (has_papers(meeting.meeting, command.item, context)) {
    return reject(ErrorCode::not_now, "There are papers under this item. Withdraw them first.");
  }
  if (is_minuted(minutes_in(context, meeting.meeting), command.item)) {
    return reject(ErrorCode::not_now, "Minutes are written of this item. Take them away first.");
  }
  if (std::ranges::find(meeting.room.declarations, command.item, &Declaration::item) != meeting.room.declarations.end()) {
    return reject(ErrorCode::not_now, "Interests in this item are declared. Withdraw the item instead, so that they stay on record.");
  }
  if (was_voted_at(meeting, command.item)) {
    return reject(ErrorCode::not_now, "There are motions or votes at this item. Withdraw the item instead, so that they stay on record.");
  }
  return with_changes(meeting, happened(AgendaItemRemoved{command.item}), context);
}

DecidedMeeting decide(const Meeting& meeting, const wire::PublishAgenda& command, domain::Context& context) {
  if (meeting.state != wire::MeetingState::draft) {
    return reject(ErrorCode::already_done, "The agenda has been published already.");
  }
  if (auto open = not_cancelled(meeting); !open) return std::unexpected(open.error());
  if (meeting.items.empty())
    return reject(ErrorCode::not_now, "Put an item on the agenda before publishing it.");
  if (!is_late(meeting, context.now())) return happened(AgendaPublished{context.now()});
  auto reason = keep(command.reason, context);
  if (!reason) {
    return reject_field("/reason", ErrorCode::missing_field,
                        "The latest day was " + publication_day_in_words(meeting) + ", " + clear_days_in_words(meeting) + " before the meeting. Say why it is late.");
  }
  return happened(AgendaPublished{context.now(), std::move(reason)});
}

DecidedMeeting decide(const Meeting& meeting, const wire::StartMeeting&, domain::Context& context) {
  if (auto open = not_cancelled(meeting); !open) return std::unexpected(open.error());
  switch (meeting.state) {
    case wire::MeetingState::draft:
      return reject(ErrorCode::not_now, "Publish the agenda before starting the meeting.");
    case wire::MeetingState::started:
      return reject(ErrorCode::already_done, "The meeting has started already.");
    case wire::MeetingState::closed:
      return reject(ErrorCode::not_now, "The meeting is closed.");
    case wire::MeetingState::published:
      break;
  }
  if (meeting.items.empty())
    return reject(ErrorCode::not_now, "There is nothing on the agenda to start with.");
  std::size_t first = 0;
  while (first < meeting.items.size() && off_at(meeting.items, first)) ++first;
  if (first == meeting.items.size()) return reject(ErrorCode::not_now, "Every item is deferred or withdrawn; there is nothing to start with.");
  return with_recusals(meeting, happened(MeetingStarted{meeting.items[first].item, context.now()}), context);
}

DecidedMeeting decide(const Meeting& meeting, const wire::GoToItem& command, domain::Context& context) {
  if (!meeting.is_started()) return reject(ErrorCode::not_now, "The meeting is not in progress.");
  if (!place_of(meeting, command.item)) return no_such_item();
  if (meeting.now == command.item) return nothing_to_do();
  if (meeting.is_paused()) return reject(ErrorCode::not_now, "The meeting is paused. Resume it first.");
  if (auto done = no_vote_is_open(meeting); !done) return std::unexpected(done.error());
  return leave_for(meeting, WentToItem{command.item, context.now()}, context);
}

DecidedMeeting decide(const Meeting& meeting, const TimeForItemIsUp&, domain::Context& context) {
  const auto next = next_overrun(meeting);
  if (!next || *next > context.now()) return nothing_to_do();
  const auto over = context.now() - (*counted_from(meeting) + *time_for_now(meeting));
  return happened(ItemOverran{meeting.now, std::chrono::floor<std::chrono::minutes>(over).count()});
}

DecidedMeeting decide(const Meeting& meeting, const wire::PauseMeeting&, domain::Context& context) {
  if (!meeting.is_started()) return reject(ErrorCode::not_now, "The meeting is not in progress.");
  if (meeting.is_paused()) return reject(ErrorCode::already_done, "The meeting is paused already.");
  return happened(MeetingPaused{context.now()});
}

DecidedMeeting decide(const Meeting& meeting, const wire::ResumeMeeting&, domain::Context& context) {
  if (!meeting.is_started()) return reject(ErrorCode::not_now, "The meeting is not in progress.");
  if (!meeting.is_paused()) return reject(ErrorCode::already_done, "The meeting is not paused.");
  return happened(MeetingResumed{context.now()});
}

DecidedMeeting decide(const Meeting& meeting, const wire::CloseMeeting&, domain::Context& context) {
  if (meeting.is_closed()) return reject(ErrorCode::already_done, "The meeting has been closed already.");
  if (!meeting.is_started()) return reject(ErrorCode::not_now, "The meeting has not started.");
  if (auto done = no_vote_is_open(meeting); !done) return std::unexpected(done.error());
  return leave_for(meeting, MeetingClosed{context.now()}, context);
}

}  // namespace witan::meetings
