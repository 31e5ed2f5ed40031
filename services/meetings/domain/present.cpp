#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "services/meetings/domain/actions/actions.hpp"
#include "services/meetings/domain/agenda/agenda.hpp"
#include "services/meetings/domain/agenda/changes.hpp"
#include "services/meetings/domain/agenda/circulation.hpp"
#include "services/meetings/domain/agenda/copy.hpp"
#include "services/meetings/domain/agenda/forward.hpp"
#include "services/meetings/domain/agenda/publication.hpp"
#include "services/meetings/domain/dates/dates.hpp"
#include "services/meetings/domain/known_body.hpp"
#include "services/meetings/domain/known_person.hpp"
#include "services/meetings/domain/labels.hpp"
#include "services/meetings/domain/meeting.hpp"
#include "services/meetings/domain/minutes/minutes.hpp"
#include "services/meetings/domain/papers/paper.hpp"
#include "services/meetings/domain/papers/readership.hpp"
#include "services/meetings/domain/plan/plan.hpp"
#include "services/meetings/domain/replay/replay.hpp"
#include "shared/contract/personal.hpp"

namespace witan::meetings {

namespace {

std::string text_of(const std::optional<Erasable>& text, const domain::Rows& rows) {
  return text ? rows.text(*text).value_or(domain::k_name_removed) : std::string();
}

bool is_hidden_from(std::string_view audience, const Agenda& items, std::size_t place) {
  return audience == "public" && is_for_members(items, place);
}

/// A view's member that is left out where it is not so.
std::optional<bool> only_if(bool is_so) { return is_so ? std::optional(true) : std::nullopt; }

/// The first https address in the text, without what ends the sentence.
std::optional<std::string> link_in(std::string_view text) {
  constexpr std::string_view k_scheme = "https://";
  const auto begin = text.find(k_scheme);
  if (begin == std::string_view::npos) return std::nullopt;
  auto link = text.substr(begin, text.find_first_of(" \t\"<>", begin) - begin);
  while (link.ends_with('.') || link.ends_with(',') || link.ends_with(';') || link.ends_with(')')) link.remove_suffix(1);
  return link.size() > k_scheme.size() ? std::optional(std::string(link)) : std::nullopt;
}

/// What the clocks show while the meeting lasts.
std::string clock_of(const Meeting& meeting) {
  const auto first = uk_time::zone(meeting.starts_at), last = uk_time::zone(meeting.ends_at);
  return first == last ? "UK time, " + first : fmt::format("UK time, {} and then {}", first, last);
}

/// Everything of a meeting's rows that is the same for each audience, then what differs.
class Picture {
 public:
  Picture(const Meeting& meeting, const domain::Rows& rows)
      : meeting_(meeting), rows_(rows), papers_(papers_of(meeting.meeting, rows)), readership_(meeting.meeting, rows) {
    const auto name = rows.row(k_body_index, k_private_audience, meeting.body.str());
    body_name_ = name && name->is_string() ? std::string(name->get_string()) : std::string();
    chair_ = text_of(meeting.chair, rows);
    co_chair_ = text_of(meeting.co_chair, rows);
    secretary_ = text_of(meeting.secretary, rows);
    late_reason_ = text_of(meeting.late_reason, rows);
    revised_at_ = rows.row_as<Timestamp>(k_revised_index, k_private_audience, meeting.meeting.str());
    now_ = meeting.is_started() ? place_of(meeting, meeting.now) : std::nullopt;
    numbers_ = numbers_of(meeting.items);
    times_ = timetable_of(meeting);
    for (const auto& item : meeting.items) leads_.push_back(text_of(item.lead, rows));
  }

  wire::MeetingView meeting_for(std::string_view audience) const {
    wire::MeetingView view;
    view.meeting = meeting_.meeting;
    view.body = meeting_.body;
    view.body_name = body_name_;
    view.title = meeting_.title;
    view.when = uk_time::span(meeting_.starts_at, meeting_.ends_at);
    view.starts_at = meeting_.starts_at;
    view.ends_at = meeting_.ends_at;
    view.place = meeting_.place;
    view.place_href = link_in(meeting_.place);
    view.chair = chair_;
    view.co_chair = co_chair_;
    view.secretary = secretary_;
    view.clock = clock_of(meeting_);
    view.series = meeting_.series;
    if (meeting_.series) view.series_title = meeting_.series_title;
    view.href = "/meetings/" + meeting_.meeting.str();
    view.sort = domain::newest_first(meeting_.starts_at);
    add_publication(view, audience);
    add_schedule(view, audience);
    add_state(view, audience);
    add_plan(view);
    return view;
  }

  wire::AgendaItemView item_for(std::string_view audience, std::size_t place) const {
    const auto& item = meeting_.items[place];
    wire::AgendaItemView view;
    view.item = item.item;
    view.meeting = meeting_.meeting;
    view.number = numbers_[place];
    view.circulation = item.circulation;
    view.is_members_only = is_for_members(meeting_.items, place);
    view.is_now = now_ == place;
    view.is_done = now_ && end_of(meeting_.items, place) <= *now_;
    view.sort = fmt::format("{:03}", place + 1);
    add_place(view, place);
    view.is_restricted = is_hidden_from(audience, meeting_.items, place);
    if (view.is_restricted) return view;
    view.title = item.title;
    view.kind = item.kind;
    view.kind_label = label(item.kind);
    view.lead = leads_[place];
    const bool is_under_one_off = off_at(meeting_.items, place).value_or(place) != place;
    view.minutes = view.has_under || is_under_one_off ? minutes_of(meeting_.items, place) : item.minutes;
    view.members_by_above = only_if(view.is_members_only && item.circulation != wire::Circulation::members);
    view.starts = uk_time::time_of_day(times_.starts[place]);
    view.is_standing = only_if(item.is_standing);
    view.changed = change_in_words(item);
    if (item.changes > 0) view.changes = item.changes;
    add_status(view, place);
    view.is_named = only_if(readership_.is_named(item.item));
    view.papers = papers_under(item.item, audience, view.is_members_only, papers_, readership_, rows_);
    view.has_papers = only_if(view.papers.has_value());
    view.forwarded_from = other_end(item.from, audience, meeting_.body, rows_);
    view.forwarded_to = other_end(item.to, audience, meeting_.body, rows_);
    return view;
  }
  const Readership& readership() const { return readership_; }
  /// Audiences of which this is the same see the same row of the item.
  std::string_view view_of_item(std::string_view audience, std::size_t place) const {
    const auto& item = meeting_.items[place];
    if (is_hidden_from(audience, meeting_.items, place)) return "hidden";
    if (papers_.empty() && !item.from && !item.to && !readership_.is_named(item.item)) return "same";
    const auto as = readership_.seen_as(audience, item.item);
    return as == "public" && audience != "public" ? "as everybody" : as;
  }

 private:
  void add_place(wire::AgendaItemView& view, std::size_t place) const {
    const auto& items = meeting_.items;
    const auto rank = rank_of(items, place);
    view.is_first = rank == 0;
    view.is_last = rank + 1 == children_of(items, parent_of(items, place)).size();
    view.depth = items[place].depth > 0 ? std::optional(items[place].depth) : std::nullopt;
    view.has_under = only_if(has_items_under(items, place));
    view.may_go_in = only_if(rank > 0 && deepest_of(items, place) < k_depth_max);
  }

  void add_status(wire::AgendaItemView& view, std::size_t place) const {
    const auto& item = meeting_.items[place];
    if (const auto off = off_at(meeting_.items, place)) {
      view.is_off = true;
      view.status = item.status == wire::ItemStatus::planned ? std::nullopt : std::optional(item.status);
      view.status_label = label(meeting_.items[*off].status);
    }
    const bool is_left = item.reached_at && meeting_.now != item.item;
    const auto took = std::chrono::round<std::chrono::minutes>(item.elapsed).count();
    if (is_left && took > 0) view.took_minutes = took;
  }

  void add_publication(wire::MeetingView& view, std::string_view audience) const {
    if (meeting_.state == wire::MeetingState::draft) {
      if (audience == "staff" && !meeting_.is_cancelled()) {
        view.publish_by = publication_day_in_words(meeting_);
        view.clear_days = meeting_.clear_days;
      }
      return;
    }
    if (meeting_.published_at) view.published = uk_time::date_and_time(*meeting_.published_at);
    if (meeting_.item_removed_at) view.removed = uk_time::date_and_time(*meeting_.item_removed_at);
    view.is_late = only_if(meeting_.late_reason.has_value());
    if (meeting_.late_reason) view.late_reason = late_reason_;
  }

  /// What became of the day, the times and the place that were announced.
  void add_schedule(wire::MeetingView& view, std::string_view audience) const {
    if (meeting_.sequence > 0) view.sequence = meeting_.sequence;
    view.revised_at = revised_at_;
    if (meeting_.was) {
      const auto before = uk_time::span(meeting_.was->starts_at, meeting_.was->ends_at);
      auto& change = view.change.emplace();
      change.at = uk_time::date_and_time(*meeting_.changed_at);
      change.reason = text_of(meeting_.change_reason, rows_);
      if (before != view.when) change.was_when = before;
      if (meeting_.was->place != meeting_.place) change.was_place = meeting_.was->place;
    }
    if (meeting_.is_cancelled()) {
      view.cancellation = wire::Cancellation{uk_time::date_and_time(*meeting_.cancelled_at), text_of(meeting_.cancel_reason, rows_)};
    } else if (audience == "staff" && !meeting_.is_started() && !meeting_.is_closed()) {
      view.form = wire::ScheduleForm{uk_time::calendar_day(meeting_.starts_at), uk_time::clock(meeting_.starts_at), uk_time::clock(meeting_.ends_at)};
    }
  }

  void add_state(wire::MeetingView& view, std::string_view audience) const {
    view.state = meeting_.state;
    view.state_label = meeting_.is_cancelled() ? k_cancelled : meeting_.is_paused() ? k_paused : label(meeting_.state);
    view.is_draft = meeting_.state == wire::MeetingState::draft;
    view.is_published = meeting_.state == wire::MeetingState::published && !meeting_.is_cancelled();
    view.is_started = meeting_.is_started();
    view.is_closed = meeting_.is_closed();
    view.has_now = now_.has_value();
    view.is_paused = only_if(meeting_.is_paused());
    if (meeting_.paused_at) view.paused_since = uk_time::time_of_day(on_its_clock(meeting_, *meeting_.paused_at));
    if (!now_) return;
    const auto& item = meeting_.items[*now_];
    view.now_item = item.item.str();
    view.now_number = numbers_[*now_];
    view.next_item = next_after(*now_);
    if (is_hidden_from(audience, meeting_.items, *now_)) return;
    view.now_title = item.title;
    add_time_at_now(view);
  }

  /// The item to which the meeting goes on: not one that was deferred or withdrawn.
  std::optional<std::string> next_after(std::size_t place) const {
    while (++place < meeting_.items.size()) {
      if (!off_at(meeting_.items, place)) return meeting_.items[place].item.str();
    }
    return std::nullopt;
  }

  void add_time_at_now(wire::MeetingView& view) const {
    if (!meeting_.now_since) return;
    const auto since = on_its_clock(meeting_, *meeting_.now_since);
    view.now_since = uk_time::time_of_day(since);
    if (!meeting_.is_paused()) view.now_counted_from = counted_from(meeting_);
    if (meeting_.minutes_over > 0) view.now_minutes_over = meeting_.minutes_over;
    // While it is paused, nobody knows when the item's time will be up.
    const auto time = meeting_.is_paused() ? std::nullopt : time_for_now(meeting_);
    if (time) view.now_until = uk_time::time_of_day(since + meeting_.now_paused + *time);
  }

  void add_plan(wire::MeetingView& view) const {
    const auto planned = std::chrono::minutes(planned_minutes(meeting_));
    const auto end = times_.end;
    view.item_count = static_cast<std::int64_t>(meeting_.items.size());
    view.has_items = !meeting_.items.empty();
    view.planned_minutes = planned.count();
    view.planned_end = uk_time::time_of_day(meeting_.starts_at + planned);
    view.projected_end = uk_time::time_of_day(end);
    view.is_over_time = end > meeting_.ends_at;
    if (view.is_over_time) {
      view.minutes_over = std::chrono::ceil<std::chrono::minutes>(end - meeting_.ends_at).count();
    }
  }

  const Meeting& meeting_;
  const domain::Rows& rows_;
  std::vector<Paper> papers_;
  Readership readership_;
  std::string body_name_, chair_, co_chair_, secretary_, late_reason_;
  std::optional<Timestamp> revised_at_;
  std::optional<std::size_t> now_;  ///< The current item's place.
  std::vector<std::string> leads_;  ///< As the items stand.
  std::vector<std::string> numbers_;
  Timetable times_;
};

/// Before publication nobody but staff sees the agenda.
bool may_see(std::string_view audience, const Meeting& meeting) { return audience == "staff" || meeting.state != wire::MeetingState::draft; }

std::vector<AccessRule> access_of(const Meeting& meeting, const Readership& readership) {
  const auto body = meeting.body.str();
  auto rules = readership.access_of_recused(meeting.body);
  rules.push_back({"staff", Who::roles, {}, body, staff_roles()});
  rules.push_back({"staff", Who::roles, {}, std::string(k_everywhere), {Role::administrator}});
  if (may_see(k_addressed, meeting)) {
    for (auto& rule : readership.access_of_named(meeting.body)) rules.push_back(std::move(rule));
  }
  if (may_see("member", meeting)) rules.push_back({"member", Who::roles, {}, body, {}});
  if (may_see("public", meeting)) rules.push_back({"public", Who::anyone, {}, {}, {}});
  return rules;
}

/// Most audiences see the same row, which becomes text once.
void put_item(const Meeting& meeting, const Picture& picture, std::size_t place, domain::Presenter& presenter) {
  const auto own = MeetingAggregate::topic(meeting.meeting.str());
  const auto key = "agenda/" + meeting.items[place].item.str();
  std::map<std::string_view, std::string> texts;
  for (const auto& audience : picture.readership().audiences()) {
    if (!may_see(audience, meeting)) continue;
    auto& text = texts[picture.view_of_item(audience, place)];
    if (text.empty()) codec::append_text(picture.item_for(audience, place), text);
    presenter.put_text(own, audience, key, text);
  }
}

/// Puts the rules, and drops the rows of those for whom nobody is left.
void put_access(const Meeting& meeting, const Picture& picture, domain::Presenter& presenter) {
  const auto own = MeetingAggregate::topic(meeting.meeting.str());
  const auto& audiences = picture.readership().audiences();
  const auto before = presenter.row_as<std::vector<AccessRule>>(own, k_access_audience, k_access_key);
  for (const auto& rule : before.value_or(std::vector<AccessRule>())) {
    if (std::ranges::find(audiences, rule.audience) != audiences.end()) continue;
    for (const auto& [key, row] : presenter.rows(own, rule.audience, "")) presenter.drop(own, rule.audience, key);
  }
  presenter.access(own, access_of(meeting, picture.readership()));
}

/// Every text that may name somebody.
void note_names(const MeetingEvent& event, const MeetingId& meeting, std::int64_t seq, domain::Presenter& presenter) {
  const auto note = [&](const std::optional<Erasable>& text) {
    if (text) presenter.put_private(std::string(k_names_index), meeting.str() + "/" + text->text_id, codec::encode(NamedRow{*text, seq}));
  };
  std::visit(domain::overloaded{
                 [&](const MeetingScheduled& e) { note(e.chair), note(e.co_chair), note(e.secretary); },
                 [&](const ChairsSet& e) { note(e.chair), note(e.co_chair), note(e.secretary); },
                 [&](const AgendaItemAdded& e) { note(e.lead); },
                 [&](const AgendaItemEdited& e) { note(e.lead); },
                 [&](const AgendaPublished& e) { note(e.late_reason); },
                 [&](const MeetingRescheduled& e) { note(e.reason); },
                 [&](const MeetingCancelled& e) { note(e.reason); },
                 [&](const AttendanceRecorded& e) {
                   for (const auto& text : named_in(e)) note(text);
                 },
                 [&](const InterestDeclared& e) { note_declaration(e, presenter), note(e.words), note(e.reason); },
                 [&](const DeclarationWithdrawn& e) { note(e.reason); },
                 [&](const MotionMoved& e) { note(e.words); },
                 [&](const VoteOpened& e) { note(e.question); },
                 [&](const VoteCancelled& e) { note(e.reason); },
                 [&](const SeatsListed& e) { note_attendees(meeting, e, presenter); },
                 [&](const NameRemoved& e) {
                   for (const auto& texts : e.attendees.value_or(std::vector<TextsOfAttendee>{})) note(texts.substitute), note(texts.reason);
                   for (const auto& texts : e.declarations.value_or(std::vector<TextsOfDeclaration>{})) {
                     note(texts.words), note(texts.reason);
                     if (texts.words) domain::note_personal(texts.person, *texts.words, presenter);  // they go with their writer's account, as the words before
                   }
                   for (const auto& text : e.votes.value_or(std::vector<TextOfVote>{})) note(text.by);
                   note(e.chair), note(e.co_chair), note(e.secretary), note(e.late_reason), note(e.change_reason), note(e.cancel_reason);
                   for (const auto& item : e.leads) note(item.lead);
                 },
                 [](const auto&) {},
             },
             event);
}

/// The meeting among the others of its series.
void put_in_series(const Meeting& meeting, const Picture& picture, domain::Presenter& presenter) {
  if (!meeting.series) return;
  const auto own = series_topic(*meeting.series);
  presenter.put_private(std::string(k_series_index), meeting.series->str() + "/" + meeting.meeting.str(), codec::encode(meeting.starts_at));
  std::vector<AccessRule> access{{"member", Who::roles, {}, meeting.body.str(), {}},
                                 {"member", Who::roles, {}, std::string(k_everywhere), {Role::administrator}}};
  for (const std::string audience : {"member", "public"}) {
    const bool shows = audience == "member" || may_see(audience, meeting);
    if (shows) {
      const auto view = picture.meeting_for(audience);
      presenter.put(own, audience, "series", wire::SeriesView{*meeting.series, meeting.body, view.body_name, meeting.series_title});
      presenter.put(own, audience, "meeting/" + meeting.meeting.str(), view);
    }
  }
  if (presenter.row_text(own, "public", "series")) access.push_back({"public", Who::anyone, {}, {}, {}});
  presenter.access(own, access);
}

/// The attendance list and the queue of those who ask to speak have topics of their own; nothing else changes with these, unless somebody
/// withdraws from the item.
bool is_of_another_topic(const MeetingEvent& event) {
  return std::visit(domain::overloaded{
                        [](const SeatsListed&) { return true; }, [](const SeatUnlisted&) { return true; }, [](const AttendanceRecorded&) { return true; },
                        [](const QuorumSet&) { return true; }, [](const AttendeeForgotten&) { return true; }, [](const SpeakerAsked&) { return true; },
                        [](const RequestWithdrawn&) { return true; }, [](const RequestMoved&) { return true; }, [](const FloorGiven&) { return true; },
                        [](const TurnEnded&) { return true; }, [](const QueueEmptied&) { return true; }, [](const InterestDeclared&) { return true; },
                        [](const DeclarationWithdrawn&) { return true; }, [](const RecusalBegan&) { return true; }, [](const RecusalEnded&) { return true; },
                        [](const MotionMoved&) { return true; }, [](const MotionSeconded&) { return true; }, [](const MotionWithdrawn&) { return true; },
                        [](const VoteOpened&) { return true; }, [](const VoteCast&) { return true; }, [](const HandTakenBack&) { return true; }, [](const VoteClosed&) { return true; },
                        [](const VoteCancelled&) { return true; },
                        [](const auto&) { return false; }},
                    event);
}

bool is_minuted_by_itself(const MeetingEvent& event) {
  return std::visit(domain::overloaded{[](const VoteClosed&) { return true; }, [](const AttendeeForgotten&) { return true; }, [](const InterestDeclared&) { return true; },
                                       [](const DeclarationWithdrawn&) { return true; }, [](const auto&) { return false; }},
                    event);
}

/// Who attends stands as it stood: a council has forty seats, each a row for three audiences, and most events are of the agenda.
bool leaves_attendance(const MeetingEvent& event) {
  return std::visit(domain::overloaded{
                        [](const AgendaItemAdded&) { return true; }, [](const AgendaItemEdited&) { return true; },
                        [](const AgendaItemMoved&) { return true; }, [](const AgendaItemNested&) { return true; },
                        [](const AgendaItemRemoved&) { return true; }, [](const WentToItem&) { return true; }, [](const SeatsNamed&) { return true; }, [](const ChairsSet&) { return true; },
                        [](const ItemOverran&) { return true; }, [](const MeetingPaused&) { return true; }, [](const ClearDaysSet&) { return true; },
                        [](const MeetingResumed&) { return true; }, [](const SpeakerAsked&) { return true; },
                        [](const RequestWithdrawn&) { return true; }, [](const RequestMoved&) { return true; },
                        [](const FloorGiven&) { return true; }, [](const TurnEnded&) { return true; },
                        [](const QueueEmptied&) { return true; }, [](const InterestDeclared&) { return true; },
                        [](const DeclarationWithdrawn&) { return true; },
                        [](const MotionMoved&) { return true; }, [](const MotionSeconded&) { return true; }, [](const MotionWithdrawn&) { return true; },
                        [](const VoteOpened&) { return true; }, [](const VoteCast&) { return true; }, [](const HandTakenBack&) { return true; }, [](const VoteClosed&) { return true; },
                        [](const VoteCancelled&) { return true; },
                        [](const auto&) { return false; }},
                    event);
}

/// So that a change among the body's seats finds the lists on which they stand.
void note_open(const Meeting& meeting, domain::Presenter& presenter) {
  const auto key = meeting.body.str() + "/" + meeting.meeting.str();
  if (meeting.is_closed() || meeting.is_cancelled()) presenter.drop(std::string(k_open_index), std::string(k_private_audience), key);
  else presenter.put_private(std::string(k_open_index), key, codec::encode(OpenMeeting{meeting.starts_at, meeting.state != wire::MeetingState::draft}));
}

/// Whether who may read which paper may be otherwise after the event.
bool may_change_readers(const MeetingEvent& event) {
  return std::visit(domain::overloaded{
                        [](const AgendaItemEdited&) { return true; }, [](const AgendaItemMoved&) { return true; },
                        [](const AgendaItemNested&) { return true; }, [](const AgendaItemRemoved&) { return true; },
                        [](const AgendaPublished&) { return true; }, [](const MeetingRescheduled&) { return true; }, [](const SeatsNamed&) { return true; },
                        [](const auto&) { return false; }},
                    event);
}

/// Whether another meeting of the body may be the next one after the event.
bool may_change_which_is_next(const MeetingEvent& event) {
  return std::visit(domain::overloaded{[](const AgendaPublished&) { return true; }, [](const MeetingClosed&) { return true; },
                                       [](const MeetingRescheduled&) { return true; }, [](const MeetingCancelled&) { return true; },
                                       [](const auto&) { return false; }},
                    event);
}

/// Whether it is otherwise in calendars after the event.
bool is_for_calendars(const MeetingEvent& event) {
  return std::visit(domain::overloaded{[](const MeetingScheduled&) { return true; }, [](const AgendaPublished&) { return true; },
                                       [](const MeetingRescheduled&) { return true; }, [](const MeetingCancelled&) { return true; },
                                       [](const auto&) { return false; }},
                    event);
}

/// When the overrun of a meeting in progress is to be told.
void note_overrun(const Meeting& meeting, domain::Presenter& presenter) {
  const auto next = next_overrun(meeting);
  if (next) {
    presenter.put_private(std::string(k_overrun_index), meeting.meeting.str(), codec::encode(*next));
  } else {
    presenter.drop(std::string(k_overrun_index), std::string(k_private_audience), meeting.meeting.str());
  }
}

/// Writes the whole meeting at each event: numbers, times and "now" of every item may depend on any one of
/// them, and rows that come out the same are not sent.
void present_rows(const MeetingEvent& event, const domain::EventInfo& when, const Meeting& after, domain::Presenter& presenter) {
  const auto own = MeetingAggregate::topic(after.meeting.str());
  const auto* removed = std::get_if<AgendaItemRemoved>(&event);
  note_names(event, after.meeting, static_cast<std::int64_t>(when.seq), presenter);
  if (is_for_calendars(event)) presenter.put_private(std::string(k_revised_index), after.meeting.str(), codec::encode(when.at));
  present_votes(after, event, presenter);
  if (std::holds_alternative<VoteCast>(event)) return;
  const bool is_recused_otherwise = note_recusals(after, presenter), is_named_otherwise = note_named(after, presenter);
  const bool closes_papers = is_recused_otherwise || is_named_otherwise;
  // Who has withdrawn is not counted; whether the public is told of it depends on the item.
  if (closes_papers || !recused_now(after).empty() || !leaves_attendance(event)) present_attendance(after, presenter);
  present_room(after, presenter);
  present_declared(after, event, presenter);
  present_circulation(after, event, presenter);
  if (is_of_another_topic(event) && !closes_papers) {
    // Minutes have what was voted, who moved and seconded it, and what was declared.
    if (is_minuted_by_itself(event)) present_minutes_of(after, event, presenter);
    return;
  }
  note_open(after, presenter);
  note_overrun(after, presenter);
  const Picture picture(after, presenter);
  put_access(after, picture, presenter);
  for (const auto& audience : picture.readership().audiences()) {
    if (!may_see(audience, after)) continue;
    presenter.put(own, audience, "meeting", picture.meeting_for(audience));
    if (removed) presenter.drop(own, audience, "agenda/" + removed->item.str());
  }
  for (std::size_t place = 0; place < after.items.size(); ++place) put_item(after, picture, place, presenter);
  present_agenda_to_copy(after, presenter);
  const auto key = "meeting/" + after.meeting.str();
  const auto for_members = picture.meeting_for("member");
  list_of_body(after.body, for_members.body_name).put(key, for_members, presenter);
  put_in_series(after, picture, presenter);
  if (may_see("public", after)) public_list().put(key, picture.meeting_for("public"), presenter);
  if (may_change_readers(event) || closes_papers) present_pages_of_papers(after.meeting, when.at, presenter);
  present_minutes_of(after, event, presenter);
  if (may_change_which_is_next(event)) present_next_meeting(after.body, presenter);
  if (is_for_calendars(event) || may_change_readers(event) || std::holds_alternative<AgendaItemAdded>(event)) present_taken_to(after.meeting, presenter);
  if (is_for_calendars(event)) present_date_found(after.body, after.meeting, when.at, presenter);
  present_other_ends(after, event, presenter);
}

}  // namespace

void MeetingAggregate::present(const MeetingEvent& event, const domain::EventInfo& when, const Meeting& after,
                               domain::Presenter& presenter) {
  present_rows(event, when, after, presenter);
  present_replay(after, event, when, presenter);
}

}  // namespace witan::meetings
