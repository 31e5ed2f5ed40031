#include "services/meetings/domain/plan/plan.hpp"

#include <algorithm>
#include <utility>

namespace witan::meetings {

namespace {

/// Each text that is kept of an entry or a proposal.
template <class One, class F>
void for_each_text(One& one, F f) {
  const auto each = [&](auto&... texts) { ((texts ? f(*texts) : void()), ...); };
  if constexpr (requires { one.what; }) f(one.what.title), each(one.what.lead, one.what.purpose);
  else f(one.made.title), f(one.made.why), each(one.made.done.name, one.reason);
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

/// The one that was answered first goes where more are answered than are kept.
void keep_latest_answers(std::vector<Proposal>& all) {
  const auto is_answered = [](const Proposal& one) { return !one.is_open(); };
  if (static_cast<std::size_t>(std::ranges::count_if(all, is_answered)) <= k_answered_kept_max) return;
  all.erase(std::ranges::min_element(all, {}, [&](const Proposal& one) { return std::pair(one.is_open(), one.number); }));
}

/// How often an entry was changed counts names that are taken out of it too: a form of before must not bring them back.
void replace_texts(Plan& plan, const std::vector<TextReplaced>& texts) {
  bool is_changed = false;
  const auto replace = [&](Erasable& text) {
    const auto rest = std::ranges::find(texts, text.text_id, &TextReplaced::text_id);
    if (rest != texts.end()) text = rest->by, is_changed = true;
  };
  for (auto& entry : plan.entries) {
    for_each_text(entry, replace);
    entry.changes += std::exchange(is_changed, false) ? 1 : 0;
  }
  for (auto& proposal : plan.proposals) for_each_text(proposal, replace);
}

void answer(Plan& plan, const wire::ProposalId& id, wire::ProposalState state, std::optional<Erasable> reason) {
  const auto proposal = std::ranges::find_if(plan.proposals, [&](const Proposal& one) { return one.made.proposal == id; });
  if (proposal == plan.proposals.end()) return;
  proposal->state = state;
  proposal->number = ++plan.numbers;
  proposal->reason = std::move(reason);
  keep_latest_answers(plan.proposals);
}

void add(Plan& plan, const PlanEntry& entry) { plan.entries.push_back({entry, 0, ++plan.numbers}); }

}  // namespace

std::vector<Erasable> texts_of(const Plan& plan) {
  std::vector<Erasable> texts;
  const auto add = [&](const Erasable& text) { texts.push_back(text); };
  for (const auto& entry : plan.entries) for_each_text(entry, add);
  for (const auto& proposal : plan.proposals) for_each_text(proposal, add);
  return texts;
}

Plan PlanAggregate::evolve(Plan plan, const PlanEvent& event) {
  std::visit(domain::overloaded{
                 [&](const PlanEntryAdded& e) { plan.body = e.body, add(plan, e.entry); },
                 [&](const PlanEntryEdited& e) { change(plan, e.entry.entry, [&](PlannedEntry& entry) { entry.what = e.entry; }); },
                 [&](const PlanEntryRemoved& e) { std::erase_if(plan.entries, [&](const PlannedEntry& one) { return one.what.entry == e.entry; }); },
                 [&](const PlanEntryTaken& e) {
                   change(plan, e.entry, [&](PlannedEntry& entry) { entry.taken_to = ItemElsewhere{e.meeting, e.item}, entry.number = ++plan.numbers; });
                 },
                 [&](const PlannedAgain& e) { change(plan, e.entry, [&](PlannedEntry& entry) { entry.taken_to = std::nullopt, entry.number = ++plan.numbers; }); },
                 [&](const ItemProposed& e) { plan.body = e.body, plan.proposals.push_back({e, wire::ProposalState::proposed, ++plan.numbers}); },
                 [&](const ProposalAccepted& e) { answer(plan, e.proposal, wire::ProposalState::accepted, {}), add(plan, e.entry); },
                 [&](const ProposalDeclined& e) { answer(plan, e.proposal, wire::ProposalState::declined, e.reason); },
                 [&](const ProposalWithdrawn& e) { std::erase_if(plan.proposals, [&](const Proposal& one) { return one.made.proposal == e.proposal; }); },
                 [&](const NameRemovedFromPlan& e) { replace_texts(plan, e.texts); },
                 [&](const ProposerForgotten& e) { std::erase_if(plan.proposals, [&](const Proposal& one) { return one.made.done.by == e.person; }); },
             },
             event);
  return plan;
}

domain::AuditLine PlanAggregate::describe(const PlanEvent& event, const Plan& before, const Plan& after, const domain::Rows&) {
  const auto line = [&](std::string what, std::string from, std::string to) { return domain::AuditLine{std::move(what), after.body, std::move(from), std::move(to), {}}; };
  return std::visit(domain::overloaded{
                        [&](const PlanEntryAdded&) { return line("Added an item to the forward plan", "", "Planned"); },
                        [&](const PlanEntryEdited&) { return line("Changed an item of the forward plan", "Planned", "Planned"); },
                        [&](const PlanEntryRemoved& e) {
                          const auto removed = std::ranges::find_if(before.entries, [&](const PlannedEntry& one) { return one.what.entry == e.entry; });
                          const bool is_taken = removed != before.entries.end() && removed->taken_to;
                          return line("Removed an item from the forward plan", is_taken ? "On an agenda" : "Planned", "Removed");
                        },
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
