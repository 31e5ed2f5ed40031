#include "services/meetings/domain/plan/plan.hpp"

#include <algorithm>

namespace witan::meetings {

namespace {

/// Each text that is kept.
template <class P, class F>
void for_each_text(P& plan, F f) {
  const auto each = [&](auto&... texts) { ((texts ? f(*texts) : void()), ...); };
  for (auto& entry : plan.entries) f(entry.what.title), each(entry.what.lead, entry.what.purpose);
  for (auto& proposal : plan.proposals) f(proposal.made.title), f(proposal.made.why), each(proposal.made.done.name, proposal.reason);
}

/// Null where no more is kept of it: how much is kept may have been more when the event happened.
PlannedEntry* entry_of(Plan& plan, const wire::PlanEntryId& id) {
  const auto found = std::ranges::find_if(plan.entries, [&](const PlannedEntry& one) { return one.what.entry == id; });
  return found == plan.entries.end() ? nullptr : &*found;
}

void change(Plan& plan, const wire::PlanEntryId& id, auto how) {
  auto* entry = entry_of(plan, id);
  if (!entry) return;
  how(*entry);
  ++entry->changes;
}

/// Of those for which `is_over` the latest stay.
template <class T, class F>
void keep_latest(std::vector<T>& all, std::size_t most, F is_over) {
  auto over = static_cast<std::size_t>(std::ranges::count_if(all, is_over));
  for (; over > most; --over) {
    auto oldest = all.end();
    for (auto at = all.begin(); at != all.end(); ++at) {
      if (is_over(*at) && (oldest == all.end() || at->number < oldest->number)) oldest = at;
    }
    all.erase(oldest);
  }
}

void answer(Plan& plan, const wire::ProposalId& id, wire::ProposalState state, std::optional<Erasable> reason) {
  const auto proposal = std::ranges::find_if(plan.proposals, [&](const Proposal& one) { return one.made.proposal == id; });
  if (proposal == plan.proposals.end()) return;
  proposal->state = state;
  proposal->number = ++plan.numbers;
  proposal->reason = std::move(reason);
  keep_latest(plan.proposals, k_answered_kept_max, [](const Proposal& one) { return !one.is_open(); });
}

void add(Plan& plan, const PlanEntry& entry) { plan.entries.push_back({entry, 0, ++plan.numbers}); }

}  // namespace

std::vector<Erasable> texts_of(const Plan& plan) {
  std::vector<Erasable> texts;
  for_each_text(plan, [&](const Erasable& text) { texts.push_back(text); });
  return texts;
}

Plan PlanAggregate::evolve(Plan plan, const PlanEvent& event) {
  std::visit(domain::overloaded{
                 [&](const PlanEntryAdded& e) { plan.body = e.body, add(plan, e.entry); },
                 [&](const PlanEntryEdited& e) { change(plan, e.entry.entry, [&](PlannedEntry& entry) { entry.what = e.entry; }); },
                 [&](const PlanEntryRemoved& e) { std::erase_if(plan.entries, [&](const PlannedEntry& one) { return one.what.entry == e.entry; }); },
                 [&](const PlanEntryTaken& e) {
                   change(plan, e.entry, [&](PlannedEntry& entry) { entry.taken_to = e.meeting, entry.number = ++plan.numbers; });
                   keep_latest(plan.entries, k_taken_kept_max, [](const PlannedEntry& one) { return one.taken_to.has_value(); });
                 },
                 [&](const PlannedAgain& e) { change(plan, e.entry, [&](PlannedEntry& entry) { entry.taken_to = std::nullopt, entry.number = ++plan.numbers; }); },
                 [&](const ItemProposed& e) { plan.body = e.body, plan.proposals.push_back({e, wire::ProposalState::proposed, ++plan.numbers}); },
                 [&](const ProposalAccepted& e) { answer(plan, e.proposal, wire::ProposalState::accepted, {}), add(plan, e.entry); },
                 [&](const ProposalDeclined& e) { answer(plan, e.proposal, wire::ProposalState::declined, e.reason); },
                 [&](const ProposalWithdrawn& e) { answer(plan, e.proposal, wire::ProposalState::withdrawn, {}); },
                 [&](const NameRemovedFromPlan& e) {
                   for_each_text(plan, [&](Erasable& text) {
                     const auto rest = std::ranges::find(e.texts, text.text_id, &TextReplaced::text_id);
                     if (rest != e.texts.end()) text = rest->by;
                   });
                 },
                 [&](const ProposerForgotten& e) { std::erase_if(plan.proposals, [&](const Proposal& one) { return one.made.done.by == e.person; }); },
             },
             event);
  return plan;
}

domain::AuditLine PlanAggregate::describe(const PlanEvent& event, const Plan&, const Plan& after, const domain::Rows&) {
  const auto line = [&](std::string what, std::string from, std::string to) { return domain::AuditLine{std::move(what), after.body, std::move(from), std::move(to), {}}; };
  return std::visit(domain::overloaded{
                        [&](const PlanEntryAdded&) { return line("Added an item to the forward plan", "", "Planned"); },
                        [&](const PlanEntryEdited&) { return line("Changed an item of the forward plan", "Planned", "Planned"); },
                        [&](const PlanEntryRemoved&) { return line("Removed an item from the forward plan", "Planned", "Removed"); },
                        [&](const PlanEntryTaken&) { return line("Took an item of the forward plan onto an agenda", "Planned", "On an agenda"); },
                        [&](const PlannedAgain&) { return line("Put an item back into the forward plan", "On an agenda", "Planned"); },
                        [&](const ItemProposed&) { return line("Proposed an item for the forward plan", "", "Proposed"); },
                        [&](const ProposalAccepted&) { return line("Accepted an item proposed for the forward plan", "Proposed", "Accepted"); },
                        [&](const ProposalDeclined&) { return line("Declined an item proposed for the forward plan", "Proposed", "Declined"); },
                        [&](const ProposalWithdrawn&) { return line("Withdrew an item proposed for the forward plan", "Proposed", "Withdrawn"); },
                        [&](const NameRemovedFromPlan&) { return line("Removed the name of a deleted account from the forward plan", "", ""); },
                        [&](const ProposerForgotten&) { return line("Removed what a deleted account had proposed for the forward plan", "", ""); },
                    },
                    event);
}

}  // namespace witan::meetings
