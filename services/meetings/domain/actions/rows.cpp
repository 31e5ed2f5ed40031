#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "services/meetings/domain/actions/actions.hpp"
#include "services/meetings/domain/known_body.hpp"
#include "services/meetings/domain/labels.hpp"
#include "services/meetings/domain/lists.hpp"
#include "services/meetings/domain/meeting.hpp"
#include "shared/base/uk_time.hpp"
#include "shared/contract/personal.hpp"

/// What people see of actions, and what is noted of them.
namespace witan::meetings {

namespace {

constexpr std::size_t k_entries_shown_max = 50;
constexpr const char* k_former = "Former member";

std::optional<bool> only_if(bool is_so) { return is_so ? std::optional(true) : std::nullopt; }
std::string words_of(const Erasable& text, const domain::Rows& rows) { return rows.text(text).value_or(domain::k_text_removed); }
std::string own_topic(const PersonId& person) { return "own-actions/" + person.str(); }
std::string matters_topic(const MeetingId& meeting) { return "open-actions/" + meeting.str(); }

std::vector<AccessRule> for_members(const BodyId& body) {
  return {{"member", Who::roles, {}, body.str(), {}}, {"member", Who::roles, {}, std::string(k_everywhere), {Role::administrator}}};
}

std::vector<AccessRule> access_to_action(const BodyId& body) {
  std::vector<AccessRule> rules{{"staff", Who::roles, {}, body.str(), staff_roles()}, {"staff", Who::roles, {}, std::string(k_everywhere), {Role::administrator}}};
  rules.push_back({"member", Who::roles, {}, body.str(), {}});
  return rules;
}

bool sits(const PersonId& person, const BodyId& body, const domain::Rows& rows) {
  return std::ranges::any_of(rows.rows(k_seats_index, k_private_audience, person.str() + "/"), [&](const auto& seat) { return seat.second.as_string() == body.str(); });
}

std::string owner_in_words(const ActionOwner& owner, const domain::Rows& rows) {
  const auto name = rows.text(owner.name);
  return name ? with_title(*name, owner.title) : std::string(k_former);
}

std::string short_day(const std::string& day) {
  const auto noon = uk_time::from_local(day, "12:00");
  return noon ? uk_time::short_date(*noon) : day;
}

/// Without an owner, then overdue, then by the day; closed ones the latest first.
std::string sort_of(const Action& action, bool is_without_owner) {
  if (!action.life.is_open()) return "3" + domain::newest_first(*action.life.closed_at);
  return fmt::format("{}{} {}", is_without_owner ? 0 : action.is_overdue() ? 1 : 2, action.due(), action.minuted.action.str());
}

std::string page_of(const Action& action) { return fmt::format("/bodies/{}/actions/{}", action.place.body.str(), action.minuted.action.str()); }

std::string label_of(const Action& action) { return action.is_overdue() ? "Overdue" : label(action.life.status); }

void add_status(wire::ActionView& view, const Action& action) {
  view.status = action.life.status;
  view.status_label = label_of(action);
  view.is_open = only_if(action.life.is_open());
  view.is_overdue = only_if(action.is_overdue());
  view.is_done = only_if(action.life.status == wire::ActionStatus::done);
  view.is_dropped = only_if(action.life.status == wire::ActionStatus::dropped);
  if (action.life.closed_at) view.closed_on = uk_time::short_date(*action.life.closed_at);
  view.action_changes = action.life.changes;
}

void add_place(wire::ActionView& view, const Action& action, const domain::Rows& rows) {
  const auto topic = MeetingAggregate::topic(action.place.meeting.str());
  const auto meeting = rows.row_as<wire::MeetingView>(topic, "staff", "meeting").value_or(wire::MeetingView{});
  const auto item = rows.row_as<wire::AgendaItemView>(topic, "staff", "agenda/" + action.minuted.item.str()).value_or(wire::AgendaItemView{});
  view.meeting = action.place.meeting;
  view.body = action.place.body;
  view.body_name = meeting.body_name;
  view.meeting_title = meeting.title;
  view.when = uk_time::date(meeting.starts_at);
  view.item_title = item.title;
  view.is_members_only = only_if(item.is_members_only);
  view.minutes_href = fmt::format("/meetings/{}/minutes#item-{}-action-{}", action.place.meeting.str(), action.minuted.item.str(), action.minuted.action.str());
}

wire::ActionView view_of(const Action& action, const domain::Rows& rows) {
  const auto& owner = action.owner();
  wire::ActionView view;
  view.action = action.minuted.action;
  view.todo = words_of(action.minuted.text, rows);
  view.owner = owner_in_words(owner, rows);
  view.due = day_in_words(action.due());
  view.due_day = action.due();
  view.href = page_of(action);
  if (owner.person && sits(*owner.person, action.place.body, rows)) view.by = owner.person;
  const bool is_without_owner = action.life.is_open() && (owner.person || !rows.text(owner.name)) && !view.by;
  view.is_without_owner = only_if(is_without_owner);
  view.sort = sort_of(action, is_without_owner);
  add_status(view, action);
  add_place(view, action, rows);
  if (action.due() != action.minuted.due) view.minuted_due = day_in_words(action.minuted.due);
  if (action.life.owner) view.minuted_owner = owner_in_words(action.minuted.owner, rows);
  for (const auto& entry : action.life.entries) {
    if (entry.text) view.latest = words_of(*entry.text, rows);
  }
  return view;
}

std::string what_of(const ActionEntry& entry, const domain::Rows& rows) {
  switch (entry.kind) {
    case EntryKind::note:
      return entry.text ? "Note" : "Note, removed by whoever wrote it";
    case EntryKind::finished:
      return "Marked as done";
    case EntryKind::dropped:
      return "Dropped";
    case EntryKind::reopened:
      return "Opened again";
    case EntryKind::due_changed:
      return fmt::format("Due day changed from {} to {}", short_day(entry.from_day), short_day(entry.to_day));
    case EntryKind::handed_over:
      return fmt::format("Handed over from {} to {}", owner_in_words(*entry.from, rows), owner_in_words(*entry.to, rows));
  }
  return {};
}

wire::ActionEntryView entry_of(const Action& action, std::size_t place, const domain::Rows& rows) {
  const auto& entry = action.life.entries[place];
  const auto name = entry.done.name ? std::optional(rows.text(*entry.done.name).value_or(domain::k_name_removed)) : std::nullopt;
  wire::ActionEntryView view{what_of(entry, rows), entry.text ? words_of(*entry.text, rows) : std::string(), name ? with_title(*name, entry.done.title) : entry.done.title,
                             uk_time::date_and_time(entry.done.at), fmt::format("{:06}", 999'999 - place)};
  if (entry.kind != EntryKind::note || !entry.text || !entry.done.by) return view;
  view.action = action.minuted.action;
  view.entry = static_cast<std::int64_t>(place) + 1;
  view.by = entry.done.by;
  return view;
}

/// The action's own page, for staff and members alike: which forms are on it depends on who reads it.
void put_page(const Action& action, const wire::ActionView& view, domain::Presenter& presenter) {
  const auto topic = ActionAggregate::topic(action.minuted.action.str());
  presenter.access(topic, access_to_action(action.place.body));
  const auto& entries = action.life.entries;
  const auto first = entries.size() > k_entries_shown_max ? entries.size() - k_entries_shown_max : 0;
  for (const std::string audience : {"staff", "member"}) {
    presenter.put(topic, audience, "action", view);
    for (std::size_t n = 0; n < entries.size(); ++n) {
      const auto key = fmt::format("entry/{}", n + 1);
      if (n < first) presenter.drop(topic, audience, key);
      else presenter.put(topic, audience, key, entry_of(action, n, presenter));
    }
  }
}

void put_in_lists(const wire::ActionView& view, domain::Presenter& presenter) {
  const auto open = open_actions_of_body(view.body, view.body_name), closed = closed_actions_of_body(view.body, view.body_name);
  const auto key = "action/" + view.action.str();
  const bool is_open = view.is_open.has_value();
  (is_open ? closed : open).drop(key, presenter);
  (is_open ? open : closed).put(key, view, presenter);
}

/// "3 open actions, 1 of them overdue"
std::string count_in_words(std::size_t all, std::size_t overdue) {
  if (all == 0) return "No open actions";
  const auto count = all == 1 ? std::string("1 open action") : fmt::format("{} open actions", all);
  if (overdue == 0) return count;
  return all == 1 ? count + ", overdue" : fmt::format("{}, {} of them overdue", count, overdue);
}

/// The first of `views` as the open ones of the topic, and how many there are. Closed ones that are there stay.
void put_open(const std::string& topic, const std::string& audience, std::vector<wire::ActionView> views, const std::optional<BodyId>& body, domain::Presenter& presenter) {
  std::ranges::sort(views, {}, &wire::ActionView::sort);
  const auto shown = std::min(views.size(), k_actions_shown_max);
  const auto overdue = static_cast<std::size_t>(std::ranges::count_if(views, [](const auto& view) { return view.is_overdue.has_value(); }));
  std::set<std::string> keys;
  for (std::size_t n = 0; n < shown; ++n) {
    const auto key = "action/" + views[n].action.str();
    keys.insert(key);
    presenter.put(topic, audience, key, views[n]);
  }
  for (const auto& [key, row] : presenter.rows(topic, audience, "action/")) {
    if (!keys.contains(key) && row.as_object().contains("is_open") && !row.at("is_open").is_null()) presenter.drop(topic, audience, key);
  }
  wire::ActionsSummaryView summary{static_cast<std::int64_t>(views.size()), count_in_words(views.size(), overdue), {}, body};
  if (views.size() > shown) summary.more = static_cast<std::int64_t>(views.size() - shown);
  presenter.put(topic, audience, "summary", summary);
}

void put_own(const PersonId& person, domain::Presenter& presenter) {
  std::vector<wire::ActionView> own;
  for (const auto& [key, value] : presenter.rows(k_own_action_index, k_private_audience, person.str() + "/")) {
    if (auto view = codec::decode<wire::ActionView>(value)) own.push_back(std::move(*view));
  }
  put_open(own_topic(person), "self", std::move(own), {}, presenter);
}

/// On the page of whose it is, and off the page of whose it was.
void put_on_owners_page(const wire::ActionView& view, domain::Presenter& presenter) {
  const auto id = view.action.str();
  const auto before = presenter.row_as<PersonId>(k_action_owner_index, k_private_audience, id);
  const auto now = view.is_open ? view.by : std::nullopt;
  if (before && before != now) {
    const auto own = own_topic(*before);
    presenter.drop(std::string(k_own_action_index), std::string(k_private_audience), before->str() + "/" + id);
    presenter.drop(std::string(k_action_owner_index), std::string(k_private_audience), id);
    presenter.drop(own, "self", "action/" + id);
    put_own(*before, presenter);
  }
  if (!now) return;
  presenter.put_private(std::string(k_own_action_index), now->str() + "/" + id, codec::encode(view));
  presenter.put_private(std::string(k_action_owner_index), id, codec::encode(*now));
  put_own(*now, presenter);
}

void note_open(const Action& action, const wire::ActionView& view, domain::Presenter& presenter) {
  const auto id = view.action.str(), key = view.body.str() + "/" + id;
  const auto over = uk_time::day_ends(action.due());
  if (view.is_open) presenter.put_private(std::string(k_open_action_index), key, codec::encode(OpenAction{view, action.owner().person}));
  else presenter.drop(std::string(k_open_action_index), std::string(k_private_audience), key);
  if (view.is_open && over && action.life.told_due != action.due()) presenter.put_private(std::string(k_action_day_index), id, codec::encode(*over));
  else presenter.drop(std::string(k_action_day_index), std::string(k_private_audience), id);
}

void add_what_became(wire::MinutesActionView& view, const Action& action) {
  view.status_label = label_of(action);
  view.is_overdue = only_if(action.is_overdue());
  view.is_done = only_if(action.life.status == wire::ActionStatus::done);
  view.is_dropped = only_if(action.life.status == wire::ActionStatus::dropped);
  view.followed_href = page_of(action);
}

ActionLife life_of(const ActionId& action, const domain::Rows& rows) {
  return rows.row_as<ActionLife>(k_action_life_index, k_private_audience, action.str()).value_or(ActionLife{});
}

/// A row of minutes says what has become of the action.
void put_in_minutes(const Action& action, domain::Presenter& presenter) {
  const auto topic = MinutesAggregate::topic(action.place.meeting.str());
  const auto key = fmt::format("item/{}/action/{}", action.minuted.item.str(), action.minuted.action.str());
  for (const std::string audience : {"staff", "member"}) {
    auto row = presenter.row_as<wire::MinutesActionView>(topic, audience, key);
    if (!row) continue;
    add_what_became(*row, action);
    presenter.put(topic, audience, key, *row);
  }
}

/// Everywhere but among the body's open actions before its next meeting.
void put_action(const Action& action, domain::Presenter& presenter) {
  const auto view = view_of(action, presenter);
  put_page(action, view, presenter);
  put_in_lists(view, presenter);
  put_on_owners_page(view, presenter);
  note_open(action, view, presenter);
  put_in_minutes(action, presenter);
  // One that was before the next meeting stays there, ticked off.
  const auto at = presenter.row_as<MeetingId>(k_matters_index, k_private_audience, view.body.str());
  const auto key = "action/" + view.action.str();
  if (at && presenter.row_text(matters_topic(*at), "member", key)) presenter.put(matters_topic(*at), "member", key, view);
}

/// The meeting that starts first, of those whose agenda is published and that are not closed.
std::optional<MeetingId> next_meeting_of(const BodyId& body, const domain::Rows& rows) {
  std::optional<std::pair<Timestamp, MeetingId>> next;
  for (const auto& [key, value] : rows.rows(k_open_index, k_private_audience, body.str() + "/")) {
    const auto open = codec::decode<OpenMeeting>(value);
    if (!open || !open->is_published) continue;
    const std::pair candidate(open->starts_at, MeetingId::from_trusted(key.substr(key.find('/') + 1)));
    if (!next || candidate < *next) next = candidate;
  }
  return next ? std::optional(next->second) : std::nullopt;
}

void drop_rows(const std::string& topic, const std::string& audience, domain::Presenter& presenter) {
  for (const auto& [key, row] : presenter.rows(topic, audience, "")) presenter.drop(topic, audience, key);
}

void note_people(const ActionLife& life, domain::Presenter& presenter) {
  const auto note = [&](const std::optional<PersonId>& person, const std::optional<Erasable>& text) {
    if (!person || !text) return;
    domain::note_personal(*person, *text, presenter);
    presenter.put_private(std::string(k_action_people_index), person->str() + "/" + life.action.str(), json::value(true));
  };
  for (const auto& entry : life.entries) {
    note(entry.done.by, entry.done.name), note(entry.done.by, entry.text);
    if (entry.from) note(entry.from->person, entry.from->name);
    if (entry.to) note(entry.to->person, entry.to->name);
  }
}

/// Each text that is new, with the event that brought it.
void note_names(const ActionLife& life, std::int64_t seq, domain::Presenter& presenter) {
  for (const auto& text : texts_of(life)) {
    const auto key = life.action.str() + "/" + text.text_id;
    if (!presenter.row_text(k_action_names_index, k_private_audience, key)) presenter.put_private(std::string(k_action_names_index), key, codec::encode(NamedRow{text, seq}));
  }
}

}  // namespace

void add_what_became(wire::MinutesActionView& view, const Minutes& minutes, const MinutedAction& minuted, const domain::Rows& rows) {
  if (minutes.state == wire::MinutesState::writing) return;
  add_what_became(view, Action{{minutes.meeting, minutes.body}, minuted, life_of(minuted.action, rows)});
}

void present_actions_of(const Minutes& minutes, domain::Presenter& presenter) {
  if (minutes.state == wire::MinutesState::writing || minutes.actions.empty()) return;
  for (const auto& one : minutes.actions) {
    presenter.put_private(std::string(k_action_index), one.action.str(), codec::encode(ActionPlace{minutes.meeting, minutes.body}));
    put_action({{minutes.meeting, minutes.body}, one, life_of(one.action, presenter)}, presenter);
  }
  present_open_actions(minutes.body, presenter);
}

void present_owners_of_actions(const BodyId& body, domain::Presenter& presenter) {
  bool is_any = false;
  for (const auto& [key, value] : presenter.rows(k_open_action_index, k_private_audience, body.str() + "/")) {
    const auto open = codec::decode<OpenAction>(value);
    if (!open || !open->owner || sits(*open->owner, body, presenter) == open->view.by.has_value()) continue;
    const auto action = action_in(presenter, open->view.action.str());
    if (action) put_action(*action, presenter), is_any = true;
  }
  if (is_any) present_open_actions(body, presenter);
}

void present_open_actions(const BodyId& body, domain::Presenter& presenter) {
  const auto before = presenter.row_as<MeetingId>(k_matters_index, k_private_audience, body.str());
  const auto next = next_meeting_of(body, presenter);
  if (before && before != next) {
    drop_rows(matters_topic(*before), "member", presenter);  // whoever has the page open goes on seeing it, without them
    presenter.drop(std::string(k_matters_index), std::string(k_private_audience), body.str());
  }
  if (!next) return;
  presenter.put_private(std::string(k_matters_index), body.str(), codec::encode(*next));
  std::vector<wire::ActionView> views;
  for (const auto& [key, value] : presenter.rows(k_open_action_index, k_private_audience, body.str() + "/")) {
    if (auto open = codec::decode<OpenAction>(value)) views.push_back(std::move(open->view));
  }
  presenter.access(matters_topic(*next), for_members(body));
  put_open(matters_topic(*next), "member", std::move(views), body, presenter);
}

void present_next_meeting(const BodyId& body, domain::Presenter& presenter) {
  const auto before = presenter.row_as<MeetingId>(k_matters_index, k_private_audience, body.str());
  if (before != next_meeting_of(body, presenter)) present_open_actions(body, presenter);
}

void open_own_actions(const PersonId& person, domain::Presenter& presenter) {
  presenter.access(own_topic(person), {{"self", Who::person, person, {}, {}}});
  put_own(person, presenter);
}

void close_own_actions(const PersonId& person, domain::Presenter& presenter) {
  drop_rows(own_topic(person), "self", presenter);
  presenter.drop(own_topic(person), std::string(k_access_audience), std::string(k_access_key));
}

void ActionAggregate::present(const ActionEvent&, const domain::EventInfo& when, const ActionLife& after, domain::Presenter& presenter) {
  presenter.put_private(std::string(k_action_life_index), after.action.str(), codec::encode(after));
  note_people(after, presenter);
  note_names(after, static_cast<std::int64_t>(when.seq), presenter);
  const auto action = action_in(presenter, after.action.str());
  if (!action) return;
  put_action(*action, presenter);
  present_open_actions(action->place.body, presenter);
}

}  // namespace witan::meetings
