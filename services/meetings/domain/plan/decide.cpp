#include <algorithm>

#include "services/meetings/domain/decide.hpp"
#include "services/meetings/domain/known_body.hpp"
#include "services/meetings/domain/meeting.hpp"
#include "services/meetings/domain/plan/plan.hpp"
#include "shared/base/uk_time.hpp"

/// What may happen to the plan of a body and to what is proposed for it. Who may ask for it stands in app/plan.cpp.
namespace witan::meetings {

namespace {

using Decided = domain::Decided<PlanEvent>;

std::string words_of(const auto& text) { return text ? text->str() : std::string(); }
std::optional<Erasable> keep_any(const std::string& text, domain::Context& context) { return text.empty() ? std::nullopt : std::optional(context.keep(text)); }

Result<void> is_known(const BodyId& body, domain::Context& context) {
  if (KnownBodyAggregate::exists(context.load<KnownBodyAggregate>(body.str()))) return {};
  return reject(ErrorCode::not_found, "There is no such body.");
}

/// This month or a later one. One that has gone by is only what something was planned for before.
Result<void> is_to_come(const std::string& month, const domain::Context& context) {
  if (month.empty()) return {};
  if (month.size() != 7 || !uk_time::from_local(month + "-01", "12:00")) {
    return reject_field("/month", ErrorCode::invalid_value, "Enter the year and the month, for example 2019-06.");
  }
  if (month < uk_time::calendar_day(context.now()).substr(0, 7)) return reject_field("/month", ErrorCode::invalid_value, "Choose this month or a later one.");
  return {};
}

/// As long as the text is in a row.
std::size_t bytes_of(const std::string& text) { return json::serialize(json::string(text)).size(); }
std::size_t bytes_of(const std::optional<Erasable>& text, const domain::Context& context) { return text ? bytes_of(context.text(*text).value_or("")) : 0; }
std::size_t bytes_of(const PlanEntry& entry, const domain::Context& context) {
  return bytes_of(entry.title, context) + bytes_of(entry.lead, context) + bytes_of(entry.purpose, context);
}
std::size_t bytes_of(const Proposal& proposal, const domain::Context& context) {
  const auto& made = proposal.made;
  return bytes_of(made.title, context) + bytes_of(made.why, context) + bytes_of(made.done.name, context) + bytes_of(made.done.title);
}

Result<void> has_room_for_bytes(const Plan& plan, std::size_t more, const domain::Context& context) {
  std::size_t bytes = more;
  for (const auto& entry : plan.entries) bytes += bytes_of(entry.what, context);
  if (bytes <= k_plan_text_bytes_max) return {};
  return reject(ErrorCode::too_large, "Nothing was changed: there is as much text in this plan as it can have. Write less, or first remove an item that is over.");
}

Result<void> has_room(const Plan& plan, std::size_t more, const domain::Context& context) {
  if (plan.entries.size() < k_plan_entries_max) return has_room_for_bytes(plan, more, context);
  return reject(ErrorCode::too_large, "Nothing was changed: there are as many items in this plan as it can have. First remove one that is over.");
}

Result<void> has_room_for_proposal(const Plan& plan, std::size_t more, const domain::Context& context) {
  const auto by = context.actor().person;
  const auto open = std::ranges::count_if(plan.proposals, &Proposal::is_open);
  const auto own = std::ranges::count_if(plan.proposals, [&](const Proposal& one) { return one.is_open() && one.made.done.by == by; });
  if (own >= k_open_proposals_each_max) return reject(ErrorCode::too_large, "Nothing was sent: five proposals of yours wait for an answer. Withdraw one, or wait for an answer.");
  std::size_t bytes = more;
  for (const auto& one : plan.proposals) bytes += one.is_open() ? bytes_of(one, context) : 0;
  if (static_cast<std::size_t>(open) < k_open_proposals_max && bytes <= k_proposal_text_bytes_max) return {};
  return reject(ErrorCode::too_large, "Nothing was sent: too many proposals wait for an answer. Try again when the secretary has answered some.");
}

const PlannedEntry* entry_in(const Plan& plan, const wire::PlanEntryId& id) {
  const auto found = std::ranges::find_if(plan.entries, [&](const PlannedEntry& one) { return one.what.entry == id; });
  return found == plan.entries.end() ? nullptr : &*found;
}

Result<const PlannedEntry*> planned_in(const Plan& plan, const wire::PlanEntryId& id) {
  const auto* entry = entry_in(plan, id);
  if (!entry) return reject_field("/entry", ErrorCode::not_found, "This item is no longer in the plan.");
  if (entry->taken_to) return reject(ErrorCode::already_done, "This item was put onto an agenda meanwhile. Nothing was changed: look there, or plan it again first.");
  return entry;
}

Result<const Proposal*> open_proposal(const Plan& plan, const wire::ProposalId& id) {
  const auto found = std::ranges::find_if(plan.proposals, [&](const Proposal& one) { return one.made.proposal == id; });
  if (found == plan.proposals.end()) return reject_field("/proposal", ErrorCode::not_found, "This proposal is no longer there: it was withdrawn, or answered long ago.");
  if (found->is_open()) return &*found;
  return reject(ErrorCode::already_done, "The proposal has been answered already.");
}

template <class Command>
std::size_t bytes_in(const Command& command) { return bytes_of(command.title.str()) + bytes_of(words_of(command.lead)) + bytes_of(words_of(command.purpose)); }

template <class Command>
PlanEntry entry_from(wire::PlanEntryId id, const Command& command, wire::Circulation otherwise, domain::Context& context) {
  return {std::move(id),
          context.keep(command.title.str()),
          command.kind,
          keep_any(words_of(command.lead), context),
          keep_any(words_of(command.purpose), context),
          words_of(command.month),
          command.circulation.value_or(otherwise)};
}

constexpr const char* k_look_first = "Nothing was done: look at it as it stands now, then do it again if it is right.";

/// What the sender saw is still so.
Result<void> is_fresh(const std::optional<std::int64_t>& seen, const PlannedEntry& entry, const std::string& what_now) {
  if (!seen || *seen == entry.changes) return {};
  return std::unexpected(Rejection{ErrorCode::stale_version, "Somebody else changed this item meanwhile. " + what_now, {}, {{"changes", entry.changes}}});
}

/// Whether the entry says already what the command wants it to say.
bool is_same(const PlanEntry& entry, const wire::EditPlanEntry& command, const domain::Context& context) {
  const auto says = [&](const std::optional<Erasable>& text) { return text ? context.text(*text).value_or("") : std::string(); };
  return says(entry.title) == command.title.str() && entry.kind == command.kind && says(entry.lead) == words_of(command.lead) &&
         says(entry.purpose) == words_of(command.purpose) && entry.month == words_of(command.month) &&
         entry.circulation == command.circulation.value_or(entry.circulation);
}

}  // namespace

DecidedPlan decide(const Plan& plan, const wire::AddPlanEntry& command, domain::Context& context) {
  if (auto known = is_known(command.body, context); !known) return std::unexpected(known.error());
  if (auto month = is_to_come(words_of(command.month), context); !month) return std::unexpected(month.error());
  if (auto room = has_room(plan, bytes_in(command), context); !room) return std::unexpected(room.error());
  const auto id = context.new_id<wire::PlanEntryId>();
  return Decided{{PlanEntryAdded{command.body, entry_from(id, command, wire::Circulation::members, context)}}, {{"entry", id.str()}}, {}};
}

DecidedPlan decide(const Plan& plan, const wire::EditPlanEntry& command, domain::Context& context) {
  const auto entry = planned_in(plan, command.entry);
  if (!entry) return std::unexpected(entry.error());
  const auto& before = **entry;
  if (is_same(before.what, command, context)) return Decided{};
  if (auto fresh = is_fresh(command.seen_changes, before, "It stands as they left it, and what you wrote is still in the form: compare the two, then send yours again if it is right."); !fresh) {
    return std::unexpected(fresh.error());
  }
  const auto month = words_of(command.month);
  if (month != before.what.month) {
    if (auto to_come = is_to_come(month, context); !to_come) return std::unexpected(to_come.error());
  }
  const auto more = bytes_in(command), less = bytes_of(before.what, context);
  if (more > less) {
    if (auto room = has_room_for_bytes(plan, more - less, context); !room) return std::unexpected(room.error());
  }
  return Decided{{PlanEntryEdited{entry_from(command.entry, command, before.what.circulation, context)}}, {}, {}};
}

DecidedPlan decide(const Plan& plan, const wire::RemovePlanEntry& command, domain::Context&) {
  const auto* entry = entry_in(plan, command.entry);
  if (!entry) return reject_field("/entry", ErrorCode::not_found, "This item is no longer in the plan.");
  if (auto fresh = is_fresh(command.seen_changes, *entry, k_look_first); !fresh) return std::unexpected(fresh.error());
  Decided decided{{PlanEntryRemoved{command.entry}}, {}, {}};
  decided.erased = {entry->what.title};
  for (const auto& text : {entry->what.lead, entry->what.purpose}) {
    if (text) decided.erased.push_back(*text);
  }
  return decided;
}

DecidedPlan decide(const Plan& plan, const wire::TakeOntoAgenda& command, domain::Context& context) {
  const auto entry = planned_in(plan, command.entry);
  if (!entry) return std::unexpected(entry.error());
  if (auto fresh = is_fresh(command.seen_changes, **entry, k_look_first); !fresh) return std::unexpected(fresh.error());
  const auto& what = (*entry)->what;
  const auto& meeting = context.load<MeetingAggregate>(command.meeting.str());
  if (meeting.body != command.body) return reject_field("/meeting", ErrorCode::not_found, "There is no such meeting of this body. Choose another.");
  if (meeting.is_closed()) return reject_field("/meeting", ErrorCode::invalid_value, "This meeting is over. Choose a later one.");
  if (meeting.is_cancelled()) return reject_field("/meeting", ErrorCode::invalid_value, "This meeting was cancelled. Choose another.");
  wire::AddAgendaItem add{command.meeting, {context.text(what.title).value_or("")}, what.kind, {}, command.minutes, what.circulation, {}};
  if (what.lead) add.lead = {{context.text(*what.lead).value_or("")}};
  const auto added = decide(meeting, add, context);
  if (!added) return std::unexpected(added.error());
  const auto item = AgendaItemId::from_trusted(std::string(string_at(added->result, "item")));
  Decided decided{{PlanEntryTaken{command.entry, command.meeting, item}}, {{"item", item.str()}}, {}, added->further};
  for (const auto& event : added->events) {
    std::visit([&](const auto& e) { decided.further.push_back(domain::further<MeetingAggregate>(command.meeting.str(), e)); }, event);
  }
  return decided;
}

DecidedPlan decide(const Plan& plan, const wire::PlanAgain& command, domain::Context&) {
  const auto* entry = entry_in(plan, command.entry);
  if (!entry) return reject_field("/entry", ErrorCode::not_found, "This item is no longer in the plan.");
  if (!entry->taken_to) return reject(ErrorCode::already_done, "This item is in the plan already.");
  return Decided{{PlannedAgain{command.entry}}, {}, {}};
}

DecidedPlan decide(const Plan& plan, const wire::ProposeItem& command, domain::Context& context) {
  const auto by = context.actor().person;
  const auto* seat = by ? seat_of(context.load<KnownBodyAggregate>(command.body.str()), *by) : nullptr;
  if (!seat) return reject(ErrorCode::forbidden, "Whoever holds a seat of the body can propose an item.");
  if (auto month = is_to_come(words_of(command.month), context); !month) return std::unexpected(month.error());
  if (auto room = has_room_for_proposal(plan, bytes_of(command.title.str()) + bytes_of(command.why.str()), context); !room) return std::unexpected(room.error());
  DoneBy done{context.now(), by, {}, seat->title};
  if (const auto name = context.text(seat->name)) done.name = context.keep(*name);
  const auto id = context.new_id<wire::ProposalId>();
  return Decided{{ItemProposed{command.body, id, std::move(done), context.keep(command.title.str()), context.keep(command.why.str()), command.kind, words_of(command.month)}},
                 {{"proposal", id.str()}},
                 {}};
}

DecidedPlan decide(const Plan& plan, const wire::WithdrawProposal& command, domain::Context& context) {
  const auto proposal = open_proposal(plan, command.proposal);
  if (!proposal) return std::unexpected(proposal.error());
  if ((*proposal)->made.done.by != context.actor().person) return reject(ErrorCode::forbidden, "Whoever proposed it can withdraw it.");
  const auto& made = (*proposal)->made;
  Decided decided{{ProposalWithdrawn{command.proposal}}, {}, {}};
  decided.erased = {made.title, made.why};
  if (made.done.name) decided.erased.push_back(*made.done.name);
  return decided;
}

DecidedPlan decide(const Plan& plan, const wire::AcceptProposal& command, domain::Context& context) {
  const auto proposal = open_proposal(plan, command.proposal);
  if (!proposal) return std::unexpected(proposal.error());
  const auto& made = (*proposal)->made;
  const auto title = context.text(made.title).value_or(""), why = context.text(made.why).value_or("");
  if (auto room = has_room(plan, bytes_of(title) + bytes_of(why), context); !room) return std::unexpected(room.error());
  const auto id = context.new_id<wire::PlanEntryId>();
  // The words are kept anew: from here on they are the body's, and stay when the member goes.
  return Decided{{ProposalAccepted{command.proposal, {id, context.keep(title), made.kind, {}, context.keep(why), made.month, wire::Circulation::members}}},
                 {{"entry", id.str()}},
                 {}};
}

DecidedPlan decide(const Plan& plan, const wire::DeclineProposal& command, domain::Context& context) {
  const auto proposal = open_proposal(plan, command.proposal);
  if (!proposal) return std::unexpected(proposal.error());
  if (words_of(command.reason).empty()) return reject_field("/reason", ErrorCode::missing_field, "Say why it is declined. The members read it.");
  return Decided{{ProposalDeclined{command.proposal, context.keep(words_of(command.reason))}}, {}, {}};
}

}  // namespace witan::meetings
