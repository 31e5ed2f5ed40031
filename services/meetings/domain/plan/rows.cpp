#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "services/meetings/domain/labels.hpp"
#include "services/meetings/domain/lists.hpp"
#include "services/meetings/domain/meeting.hpp"
#include "services/meetings/domain/plan/plan.hpp"
#include "shared/base/uk_time.hpp"
#include "shared/contract/personal.hpp"

/// What people see of the forward plan, and what is noted of it.
namespace witan::meetings {

namespace {

constexpr std::string_view k_audiences[] = {"staff", "member", "public"};

std::optional<bool> only_if(bool is_so) { return is_so ? std::optional(true) : std::nullopt; }
std::string words_of(const std::optional<Erasable>& text, const domain::Rows& rows) {
  return text ? rows.text(*text).value_or(domain::k_text_removed) : std::string();
}

template <class V>
std::string text_of(const V& view) {
  std::string text;
  codec::append_text(view, text);
  return text;
}

/// "June 2019"
std::string month_in_words(const std::string& month) {
  const auto noon = month.empty() ? std::nullopt : uk_time::from_local(month + "-01", "12:00");
  return noon ? uk_time::short_date(*noon).substr(2) : "Not scheduled yet";
}

std::string state_in_words(wire::ProposalState state) {
  switch (state) {
    case wire::ProposalState::proposed: return "Waiting";
    case wire::ProposalState::accepted: return "Accepted";
    case wire::ProposalState::declined: return "Declined";
    case wire::ProposalState::withdrawn: return "Withdrawn";
  }
  return {};
}

std::vector<AccessRule> access_to_plan(const BodyId& body) {
  return {{"staff", Who::roles, {}, body.str(), staff_roles()},
          {"staff", Who::roles, {}, std::string(k_everywhere), {Role::administrator}},
          {"member", Who::roles, {}, body.str(), {}},
          {"public", Who::anyone, {}, {}, {}}};
}

/// That there is a draft is known to the members; its page is there for whoever prepares it.
void add_meeting(wire::PlanEntryView& view, const std::optional<ItemElsewhere>& taken_to, std::string_view audience, const domain::Rows& rows) {
  view.meeting_title = view.meeting_href = view.when = std::nullopt;
  view.is_cancelled = view.is_off_agenda = std::nullopt;
  const auto topic = taken_to ? MeetingAggregate::topic(taken_to->meeting.str()) : std::string();
  const auto meeting = rows.row_as<wire::MeetingView>(topic, "staff", "meeting");
  if (!meeting) return;
  const auto item = rows.row_as<wire::AgendaItemView>(topic, "staff", "agenda/" + taken_to->item.str());
  view.is_off_agenda = only_if(!item || item->is_off);
  view.meeting_title = meeting->title;
  if (!meeting->is_draft || audience == "staff") view.meeting_href = meeting->href;
  view.when = uk_time::date(meeting->starts_at);
  view.is_cancelled = only_if(meeting->cancellation.has_value());
}

wire::PlanEntryView view_of(const PlannedEntry& entry, const Plan& plan, const domain::Rows& rows) {
  const auto& what = entry.what;
  wire::PlanEntryView view;
  view.entry = what.entry;
  view.body = plan.body;
  view.title = words_of(what.title, rows);
  view.kind = what.kind;
  view.kind_label = label(what.kind);
  view.lead = what.lead ? rows.text(*what.lead).value_or(domain::k_name_removed) : std::string();
  view.purpose = words_of(what.purpose, rows);
  view.month = what.month;
  view.month_label = month_in_words(what.month);
  view.changes = entry.changes;
  view.sort = entry.taken_to ? fmt::format("{:09}", 999'999'999 - entry.number) : fmt::format("{} {:09}", what.month.empty() ? "9999-99" : what.month, entry.number);
  view.is_members_only = only_if(what.circulation == wire::Circulation::members);
  return view;
}

wire::ProposalView view_of(const Proposal& proposal, const domain::Rows& rows) {
  const auto& made = proposal.made;
  const auto name = made.done.name ? std::optional(rows.text(*made.done.name).value_or(domain::k_name_removed)) : std::nullopt;
  wire::ProposalView view;
  view.proposal = made.proposal;
  view.body = made.body;
  view.title = words_of(made.title, rows);
  view.why = words_of(made.why, rows);
  view.kind_label = label(made.kind);
  view.month_label = month_in_words(made.month);
  view.by_name = name ? with_title(*name, made.done.title) : made.done.title;
  view.proposed = uk_time::date_and_time(made.done.at);
  view.state = proposal.state;
  view.state_label = state_in_words(proposal.state);
  view.sort = fmt::format("{:09}", proposal.is_open() ? proposal.number : 999'999'999 - proposal.number);
  view.is_accepted = only_if(proposal.state == wire::ProposalState::accepted);
  if (proposal.is_open()) view.by = made.done.by;
  if (proposal.reason) view.reason = words_of(proposal.reason, rows);
  return view;
}

/// All rows of an audience, as texts by their keys.
std::map<std::string, std::string> rows_for(std::string_view audience, const Plan& plan, const domain::Rows& rows) {
  std::map<std::string, std::string> all;
  for (const auto& entry : plan.entries) {
    auto view = view_of(entry, plan, rows);
    // What is on an agenda the public learns there: it may have become one for members, or be on it no more.
    if (audience == "public" && (view.is_members_only || entry.taken_to)) continue;
    add_meeting(view, entry.taken_to, audience, rows);
    all.emplace((entry.taken_to ? "taken/" : "entry/") + view.entry.str(), text_of(view));
  }
  for (const auto& proposal : plan.proposals) {
    if (audience == "public") break;
    all.emplace((proposal.is_open() ? "proposal/" : "answered/") + proposal.made.proposal.str(), text_of(view_of(proposal, rows)));
  }
  all.emplace("plan", text_of(wire::PlanView{plan.body}));
  return all;
}

void put_rows(const Plan& plan, domain::Presenter& presenter) {
  const auto topic = PlanAggregate::topic(plan.body.str());
  for (const auto audience : k_audiences) {
    const auto all = rows_for(audience, plan, presenter);
    for (const auto& [key, row] : presenter.rows(topic, audience, "")) {
      if (!all.contains(key)) presenter.drop(topic, std::string(audience), key);
    }
    for (const auto& [key, text] : all) presenter.put_text(topic, std::string(audience), key, text);
  }
}

/// It is on no agenda any more.
void forget_taken(const wire::PlanEntryId& entry, domain::Presenter& presenter) {
  for (const auto& [key, body] : presenter.rows(k_taken_index, k_private_audience, "")) {
    if (key.ends_with("/" + entry.str())) presenter.drop(std::string(k_taken_index), std::string(k_private_audience), key);
  }
}

void note_taken(const PlanEvent& event, const Plan& after, domain::Presenter& presenter) {
  std::visit(domain::overloaded{
                 [&](const PlanEntryTaken& e) {
                   presenter.put_private(std::string(k_taken_index), e.meeting.str() + "/" + e.entry.str(), codec::encode(TakenEntry{after.body, e.item}));
                 },
                 [&](const PlannedAgain& e) { forget_taken(e.entry, presenter); },
                 [&](const PlanEntryRemoved& e) { forget_taken(e.entry, presenter); },
                 [](const auto&) {},
             },
             event);
}

/// Whose words they are, and each text that is new with the event that brought it.
void note_texts(const PlanEvent& event, const Plan& after, std::int64_t seq, domain::Presenter& presenter) {
  for (const auto& text : texts_of(after)) {
    const auto key = after.body.str() + "/" + text.text_id;
    if (!presenter.row_text(k_plan_names_index, k_private_audience, key)) presenter.put_private(std::string(k_plan_names_index), key, codec::encode(NamedRow{text, seq}));
  }
  const auto note = [&](const Proposal& proposal) {
    if (!proposal.made.done.by) return;
    const auto& by = *proposal.made.done.by;
    for (const auto& text : {std::optional(proposal.made.title), std::optional(proposal.made.why), proposal.made.done.name}) {
      if (text) domain::note_personal(by, *text, presenter);
    }
    presenter.put_private(std::string(k_proposers_index), by.str() + "/" + after.body.str(), json::value(true));
  };
  const bool is_of_proposals = std::holds_alternative<ItemProposed>(event) || std::holds_alternative<NameRemovedFromPlan>(event);
  if (is_of_proposals) std::ranges::for_each(after.proposals, note);
}

}  // namespace

void PlanAggregate::present(const PlanEvent& event, const domain::EventInfo& when, const Plan& after, domain::Presenter& presenter) {
  if (const auto* forgotten = std::get_if<ProposerForgotten>(&event)) {
    presenter.drop(std::string(k_proposers_index), std::string(k_private_audience), forgotten->person.str() + "/" + after.body.str());
  }
  presenter.access(topic(after.body.str()), access_to_plan(after.body));
  note_texts(event, after, static_cast<std::int64_t>(when.seq), presenter);
  note_taken(event, after, presenter);
  put_rows(after, presenter);
}

void open_plan(const BodyId& body, domain::Presenter& presenter) {
  presenter.access(PlanAggregate::topic(body.str()), access_to_plan(body));
  for (const auto audience : k_audiences) presenter.put(PlanAggregate::topic(body.str()), std::string(audience), "plan", wire::PlanView{body});
}

void present_taken_to(const MeetingId& meeting, domain::Presenter& presenter) {
  for (const auto& [key, value] : presenter.rows(k_taken_index, k_private_audience, meeting.str() + "/")) {
    const auto taken = codec::decode<TakenEntry>(value);
    if (!taken) continue;
    const auto topic = PlanAggregate::topic(taken->body.str());
    const auto row = "taken/" + key.substr(key.find('/') + 1);
    for (const auto audience : k_audiences) {
      auto view = presenter.row_as<wire::PlanEntryView>(topic, audience, row);
      if (!view) continue;
      add_meeting(*view, ItemElsewhere{meeting, taken->item}, audience, presenter);
      presenter.put(topic, std::string(audience), row, *view);
    }
  }
}

}  // namespace witan::meetings
