#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <fmt/format.h>

#include "services/meetings/domain/actions/actions.hpp"
#include "services/meetings/domain/labels.hpp"
#include "services/meetings/domain/lists.hpp"
#include "services/meetings/domain/meeting.hpp"
#include "services/meetings/domain/minutes/minutes.hpp"
#include "services/meetings/domain/replay/replay.hpp"
#include "shared/base/uk_time.hpp"
#include "shared/contract/personal.hpp"
#include "shared/contract/untold.hpp"

/// What people see of minutes, and what is noted of them.
namespace witan::meetings {

namespace {

constexpr std::array<std::string_view, 3> k_audiences{"staff", "member", "public"};

std::optional<bool> only_if(bool is_so) { return is_so ? std::optional(true) : std::nullopt; }

std::string words_of(const Erasable& text, const domain::Rows& rows) { return rows.text(text).value_or(domain::k_text_removed); }
std::string words_of(const std::optional<Erasable>& text, const domain::Rows& rows) { return text ? words_of(*text, rows) : std::string(); }
std::string name_of(const std::optional<Erasable>& name, const domain::Rows& rows) { return name ? rows.text(*name).value_or(domain::k_name_removed) : std::string(); }

bool may_see(std::string_view audience, wire::MinutesState state) {
  if (audience == "staff") return true;
  return audience == "member" ? state != wire::MinutesState::writing : state == wire::MinutesState::approved;
}

std::vector<AccessRule> access_to(const BodyId& body, wire::MinutesState state) {
  std::vector<AccessRule> rules{{"staff", Who::roles, {}, body.str(), staff_roles()}, {"staff", Who::roles, {}, std::string(k_everywhere), {Role::administrator}}};
  if (may_see("member", state)) rules.push_back({"member", Who::roles, {}, body.str(), {}});
  if (may_see("public", state)) rules.push_back({"public", Who::anyone, {}, {}, {}});
  return rules;
}

std::string href_of(const MeetingId& meeting) { return fmt::format("/meetings/{}", meeting.str()); }

std::optional<HeldMeeting> held_in(const domain::Rows& rows, const BodyId& body, const MeetingId& meeting) {
  return rows.row_as<HeldMeeting>(k_held_index, k_private_audience, body.str() + "/" + meeting.str());
}

/// The rows of one audience: key → the row as text.
using RowTexts = std::map<std::string, std::string>;

template <class View>
void add(RowTexts& rows, std::string key, const View& view) {
  codec::append_text(view, rows[std::move(key)]);
}

constexpr std::size_t k_choices_max = 20;

/// The meetings of the body that began, in the order in which they did.
using HeldMeetings = std::vector<HeldMeeting>;
HeldMeetings held_by(const BodyId& body, const domain::Rows& rows) {
  HeldMeetings all;
  for (const auto& [key, value] : rows.rows(k_held_index, k_private_audience, body.str() + "/")) {
    if (auto held = codec::decode<HeldMeeting>(value)) all.push_back(std::move(*held));
  }
  std::ranges::sort(all, {}, [](const HeldMeeting& held) { return std::pair(held.begun_at, held.meeting); });
  return all;
}

/// Everything that the rows of the minutes are made of.
class Record {
 public:
  /// `held` where the caller has them already.
  Record(const MeetingId& meeting, const domain::Rows& rows, const HeldMeetings* held = nullptr) : rows_(rows), minutes_(minutes_in(rows, meeting)), held_(held) {
    const auto topic = MeetingAggregate::topic(meeting.str());
    meeting_ = rows.row_as<wire::MeetingView>(topic, "staff", "meeting").value_or(wire::MeetingView{});
    for (const auto& [key, value] : rows.rows(topic, "staff", "agenda/")) {
      if (auto item = codec::decode<wire::AgendaItemView>(value)) items_.push_back(std::move(*item));
    }
    for (const auto& [key, value] : rows.rows(votes_topic(meeting), "staff", "vote/")) {
      if (auto vote = codec::decode<wire::VoteView>(value); vote && vote->is_closed) votes_.push_back(std::move(*vote));
    }
    std::ranges::sort(votes_, std::greater<>(), &wire::VoteView::sort);  // there the latest stands first
    for (const auto& [key, value] : rows.rows("room/" + meeting.str(), "staff", "declaration/")) {
      if (auto declared = codec::decode<wire::DeclarationView>(value); declared && declared->is_reached) declared_.push_back(std::move(*declared));
    }
  }
  const Minutes& minutes() const { return minutes_; }
  const BodyId& body() const { return meeting_.body; }

  RowTexts for_audience(std::string_view audience) const {
    RowTexts texts;
    add(texts, "minutes", whole(audience));
    for (const auto& item : items_) {
      const bool is_hidden = audience == "public" && item.is_members_only;
      add(texts, "item/" + item.item.str(), item_row(item, is_hidden));
      if (!is_hidden) add_entries(texts, item.item, audience);
    }
    return texts;
  }

  wire::MinutesView whole(std::string_view audience) const {
    wire::MinutesView view;
    view.meeting = meeting_.meeting;
    view.body = meeting_.body;
    view.body_name = meeting_.body_name;
    view.title = meeting_.title;
    view.when = meeting_.when;
    view.state = minutes_.state;
    view.state_label = label(minutes_.state);
    view.is_writing = minutes_.state == wire::MinutesState::writing;
    view.is_circulated = minutes_.state == wire::MinutesState::circulated;
    view.is_approved = minutes_.state == wire::MinutesState::approved;
    view.href = href_of(meeting_.meeting) + "/minutes";
    add_circulation(view);
    add_approval(view, audience);
    return view;
  }

 private:
  void add_circulation(wire::MinutesView& view) const {
    const auto held = held_in(rows_, meeting_.body, meeting_.meeting);
    const bool has_any = std::ranges::any_of(items_, [&](const auto& item) { return has_anything(item.item); });
    view.may_circulate = view.is_writing && meeting_.is_closed && has_any;
    if (view.is_writing && held && held->closed_at) view.circulate_by = day_in_words(circulation_day(*held->closed_at));
    if (minutes_.circulated_at) view.circulated = uk_time::date_and_time(*minutes_.circulated_at);
    view.is_late = only_if(minutes_.is_late);
  }

  void add_approval(wire::MinutesView& view, std::string_view audience) const {
    const auto& all = minutes_.corrections;
    const auto is_shown = [&](const Correction& one) {
      const auto item = std::ranges::find(items_, one.proposed.item, &wire::AgendaItemView::item);
      return one.wording && item != items_.end() && !(audience == "public" && item->is_members_only);
    };
    view.has_corrections = only_if(std::ranges::any_of(all, is_shown));
    // Of items for members the public is not told that nobody had an interest either.
    const bool is_told = audience != "public" || std::ranges::none_of(items_, &wire::AgendaItemView::is_members_only);
    view.has_no_interests = only_if(is_told && declared_.empty() && meeting_.is_closed);
    if (minutes_.approved_by) {
      const auto by = held_in(rows_, meeting_.body, *minutes_.approved_by);
      view.approved = minutes_.approved_at ? std::optional(uk_time::date_and_time(*minutes_.approved_at)) : std::nullopt;
      view.approved_at = by ? by->title : std::string();
      view.approved_when = by ? uk_time::span(by->starts_at, by->ends_at) : std::string();
      view.approved_href = href_of(*minutes_.approved_by);
    }
    if (audience != "staff" || !view.is_circulated) return;
    const auto open = std::ranges::count_if(all, &Correction::is_open);
    if (open > 0) view.open_corrections = open;
    auto choices = choices_for();
    view.may_approve = only_if(open == 0 && !choices.empty());
    if (!choices.empty()) view.choices = std::move(choices);
  }

  /// The meetings that began after this one was over, the next ones first.
  std::vector<wire::ApprovalChoice> choices_for() const {
    const auto own = held_in(rows_, meeting_.body, meeting_.meeting);
    if (!own || !own->closed_at) return {};
    const auto all = held_ ? HeldMeetings() : held_by(meeting_.body, rows_);
    const auto& from = held_ ? *held_ : all;
    std::vector<wire::ApprovalChoice> choices;
    for (auto held = std::ranges::lower_bound(from, *own->closed_at, {}, &HeldMeeting::begun_at); held != from.end() && choices.size() < k_choices_max; ++held) {
      if (held->meeting != meeting_.meeting) choices.push_back({held->meeting, held->title, uk_time::span(held->starts_at, held->ends_at)});
    }
    return choices;
  }

  /// Something is written of it, or was voted at it, or declared.
  bool has_anything(const AgendaItemId& item) const {
    return is_minuted(minutes_, item) || std::ranges::find(votes_, item, &wire::VoteView::item) != votes_.end() ||
           std::ranges::find(declared_, item, &wire::DeclarationView::item) != declared_.end();
  }

  wire::MinutesItemView item_row(const wire::AgendaItemView& item, bool is_hidden) const {
    wire::MinutesItemView view;
    view.meeting = item.meeting;
    view.item = item.item;
    view.number = item.number;
    view.sort = item.sort;
    view.depth = item.depth;
    view.is_members_only = only_if(item.is_members_only);
    view.is_restricted = only_if(is_hidden);
    if (is_hidden) return view;
    view.title = item.title;
    view.is_empty = only_if(!has_anything(item.item));
    const auto found = std::ranges::find(minutes_.items, item.item, &MinutedItem::item);
    if (found == minutes_.items.end()) return view;
    view.text = words_of(found->text, rows_);
    view.changes = found->changes;
    return view;
  }

  void add_entries(RowTexts& texts, const AgendaItemId& item, std::string_view audience) const {
    const auto under = "item/" + item.str();
    for (const auto& one : declared_) {
      if (one.item != item) continue;
      wire::MinutesInterestView view{one.number, with_title(one.name, one.title), one.words, one.effect_label, one.is_withdrawing, fmt::format("{:05}", one.number), {}};
      if (audience != "public") view.changed_because = one.reason;
      add(texts, fmt::format("{}/interest/{}", under, one.number), view);
    }
    for (std::size_t n = 0; n < votes_.size(); ++n) {
      const auto& one = votes_[n];
      if (one.item != item) continue;
      add(texts, under + "/vote/" + one.vote.str(),
          wire::MinutesVoteView{one.vote, one.question, one.kind_label, one.words, fmt::format("{:04}", n), one.moved_by, one.seconded_by, one.href});
    }
    for (std::size_t n = 0; n < minutes_.decisions.size(); ++n) {
      const auto& one = minutes_.decisions[n];
      if (one.item != item) continue;
      add(texts, under + "/decision/" + one.decision.str(),
          wire::MinutesDecisionView{one.decision, number_in_words(one.year, one.number), words_of(one.text, rows_), one.changes, fmt::format("{:04}", n)});
    }
    for (std::size_t n = 0; n < minutes_.actions.size(); ++n) {
      const auto& one = minutes_.actions[n];
      if (one.item != item) continue;
      wire::MinutesActionView view{one.action, words_of(one.text, rows_), with_title(name_of(one.owner.name, rows_), one.owner.title), day_in_words(one.due), one.due, one.changes,
                                   fmt::format("{:04}", n), {}, {}, {}, {}, {}};
      if (audience != "public") add_what_became(view, minutes_, one, rows_);
      add(texts, under + "/action/" + one.action.str(), view);
    }
    for (std::size_t n = 0; n < minutes_.corrections.size(); ++n) {
      const auto& one = minutes_.corrections[n];
      if (one.proposed.item != item || (audience == "public" && !one.wording)) continue;
      add(texts, under + "/correction/" + one.proposed.correction.str(), correction_row(one, fmt::format("{:04}", n), audience));
    }
  }

  /// The public reads what became of a correction; what was proposed, and by whom, is the body's.
  wire::CorrectionView correction_row(const Correction& one, std::string sort, std::string_view audience) const {
    wire::CorrectionView view;
    view.correction = one.proposed.correction;
    view.sort = std::move(sort);
    view.is_accepted = only_if(one.wording.has_value());
    if (one.wording) view.wording = words_of(*one.wording, rows_);
    if (audience == "public") return view;
    view.proposed = words_of(one.proposed.text, rows_);
    view.by_name = one.proposed.name ? with_title(name_of(one.proposed.name, rows_), one.proposed.title) : one.proposed.title;
    view.proposed_on = uk_time::date_and_time(one.proposed.at);
    view.by = one.proposed.by;
    view.is_open = only_if(one.is_open());
    view.is_declined = only_if(one.reason.has_value());
    if (one.reason) view.declined_reason = words_of(*one.reason, rows_);
    return view;
  }

  const domain::Rows& rows_;
  Minutes minutes_;
  const HeldMeetings* held_;
  wire::MeetingView meeting_;
  std::vector<wire::AgendaItemView> items_;
  std::vector<wire::VoteView> votes_;  ///< Those that were closed, as they came.
  std::vector<wire::DeclarationView> declared_;  ///< In items that the meeting came to.
};

/// Minutes as the index has them, with the agenda as its rows are now.
void put_rows(const MeetingId& meeting, domain::Presenter& presenter) {
  const auto own = MinutesAggregate::topic(meeting.str());
  const Record record(meeting, presenter);
  presenter.access(own, access_to(record.body(), record.minutes().state));
  for (const auto audience : k_audiences) {
    if (!may_see(audience, record.minutes().state)) continue;
    auto texts = record.for_audience(audience);
    for (const auto& [key, row] : presenter.rows(own, audience, "item/")) {
      if (!texts.contains(key)) presenter.drop(own, std::string(audience), key);
    }
    for (auto& [key, text] : texts) presenter.put_text(own, std::string(audience), key, std::move(text));
  }
}

/// Minutes that wait can be approved at one meeting more from now on. Those of meetings further back have as many to choose from as are
/// shown: each meeting whose minutes came after theirs is one.
void offer_for_approval(const BodyId& body, domain::Presenter& presenter) {
  std::vector<std::pair<Timestamp, MeetingId>> waiting;
  for (const auto& [key, value] : presenter.rows(k_circulated_index, k_private_audience, body.str() + "/")) {
    const auto over = codec::decode<Timestamp>(value);
    if (over) waiting.emplace_back(*over, MeetingId::from_trusted(key.substr(key.find('/') + 1)));
  }
  std::ranges::sort(waiting, std::greater<>());
  if (waiting.size() > k_choices_max) waiting.resize(k_choices_max);
  const auto held = held_by(body, presenter);
  for (const auto& [over, meeting] : waiting) {
    presenter.put(MinutesAggregate::topic(meeting.str()), "staff", "minutes", Record(meeting, presenter, &held).whole("staff"));
  }
}

/// Nothing of what the minutes show is otherwise after these.
bool leaves_minutes(const Meeting& meeting, const MeetingEvent& event) {
  return std::visit(domain::overloaded{[&](const WentToItem& e) { return !is_declared_at(meeting, e.item); }, [](const ItemOverran&) { return true; }, [](const MeetingPaused&) { return true; },
                                       [](const MeetingResumed&) { return true; }, [](const auto&) { return false; }},
                    event);
}

void note_people(const Minutes& minutes, domain::Presenter& presenter) {
  const auto note = [&](const PersonId& person, const std::optional<Erasable>& text) {
    if (!text) return;
    domain::note_personal(person, *text, presenter);
    presenter.put_private(std::string(k_minutes_people_index), person.str() + "/" + minutes.meeting.str(), json::value(true));
  };
  for (const auto& action : minutes.actions) {
    if (action.owner.person) note(*action.owner.person, action.owner.name);
  }
  for (const auto& correction : minutes.corrections) note(correction.proposed.by, correction.proposed.text), note(correction.proposed.by, correction.proposed.name);
}

/// Each text that is new, with the event that brought it.
void note_names(const Minutes& minutes, std::int64_t seq, domain::Presenter& presenter) {
  for (const auto& text : texts_of(minutes)) {
    const auto key = minutes.meeting.str() + "/" + text.text_id;
    if (!presenter.row_text(k_minutes_names_index, k_private_audience, key)) presenter.put_private(std::string(k_minutes_names_index), key, codec::encode(NamedRow{text, seq}));
  }
}

void note_decisions(const Minutes& minutes, domain::Presenter& presenter) {
  for (const auto& one : minutes.decisions) {
    presenter.put_private(std::string(k_decision_index), fmt::format("{}/{}/{}", minutes.body.str(), one.year, one.decision.str()), json::value(one.number));
  }
}

}  // namespace

void present_minutes_of(const Meeting& meeting, const MeetingEvent& event, domain::Presenter& presenter) {
  if ((!meeting.is_started() && !meeting.is_closed()) || leaves_minutes(meeting, event)) return;
  const HeldMeeting held{meeting.meeting, meeting.title, meeting.starts_at, meeting.ends_at, meeting.started_at.value_or(meeting.starts_at),
                         meeting.is_closed() ? std::optional(meeting.closed_at.value_or(meeting.ends_at)) : std::nullopt};
  presenter.put_private(std::string(k_held_index), meeting.body.str() + "/" + meeting.meeting.str(), codec::encode(held));
  put_rows(meeting.meeting, presenter);
  put_in_log(minutes_in(presenter, meeting.meeting), presenter);
  if (std::holds_alternative<MeetingStarted>(event)) offer_for_approval(meeting.body, presenter);
}

namespace {

/// Whose a draft says that an action is does not read of it, until the minutes are circulated and say so.
void hold_back_drafts(const MinutesEvent& event, const Minutes& minutes, std::int64_t seq, domain::Presenter& presenter) {
  const auto hold = [&](const ActionId& action, const ActionOwner& owner) {
    if (!owner.person) return;
    domain::hold_back(seq, presenter);
    presenter.put_private(std::string(k_drafts_index), fmt::format("{}/{}", minutes.meeting.str(), seq), codec::encode(DraftOwner{action, *owner.person}));
  };
  if (const auto* recorded = std::get_if<ActionRecorded>(&event)) hold(recorded->action, recorded->owner);
  if (const auto* changed = std::get_if<ActionChanged>(&event)) hold(changed->action, changed->owner);
  if (!std::holds_alternative<MinutesCirculated>(event)) return;
  for (const auto& [key, value] : presenter.rows(k_drafts_index, k_private_audience, minutes.meeting.str() + "/")) {
    const auto draft = codec::decode<DraftOwner>(value);
    const auto found = draft ? std::ranges::find(minutes.actions, draft->action, &MinutedAction::action) : minutes.actions.end();
    if (found != minutes.actions.end() && found->owner.person == draft->person) domain::let_go(std::stoll(key.substr(key.find('/') + 1)), presenter);
    presenter.drop(std::string(k_drafts_index), std::string(k_private_audience), key);
  }
}

/// The actions are as they were after these.
bool leaves_actions(const MinutesEvent& event) {
  return !std::holds_alternative<MinutesCirculated>(event) && !std::holds_alternative<NameRemovedFromMinutes>(event) && !std::holds_alternative<MinutesPersonForgotten>(event);
}

}  // namespace

void MinutesAggregate::present(const MinutesEvent& event, const domain::EventInfo& when, const Minutes& after, domain::Presenter& presenter) {
  presenter.put_private(std::string(k_minutes_index), after.meeting.str(), codec::encode(after));
  note_people(after, presenter);
  note_names(after, static_cast<std::int64_t>(when.seq), presenter);
  note_decisions(after, presenter);
  hold_back_drafts(event, after, static_cast<std::int64_t>(when.seq), presenter);
  const auto key = after.body.str() + "/" + after.meeting.str();
  const auto held = held_in(presenter, after.body, after.meeting);
  if (after.state == wire::MinutesState::circulated && held && held->closed_at) presenter.put_private(std::string(k_circulated_index), key, codec::encode(*held->closed_at));
  else presenter.drop(std::string(k_circulated_index), std::string(k_private_audience), key);
  put_rows(after.meeting, presenter);
  put_in_log(after, presenter);
  if (!leaves_actions(event)) present_actions_of(after, presenter);
  present_replay(after, event, when, presenter);
}

}  // namespace witan::meetings
