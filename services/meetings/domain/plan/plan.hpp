#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "services/meetings/domain/actions/actions.hpp"
#include "shared/contract/meetings/plan.hpp"

/// The forward plan of a body, with what its members proposed for it: one aggregate for each body, so that a proposal is answered once, and
/// what is accepted is in the plan with its answer or not at all.
namespace witan::meetings {

struct PlanEntry {
  wire::PlanEntryId entry;
  Erasable title;  ///< May be a member's words, and may name somebody, as the other texts may.
  wire::ItemKind kind = wire::ItemKind::discussion;
  std::optional<Erasable> lead;
  std::optional<Erasable> purpose;
  std::string month;  ///< "2019-06", or empty: not scheduled yet.
  wire::Circulation circulation = wire::Circulation::members;
};
BOOST_DESCRIBE_STRUCT(PlanEntry, (), (entry, title, kind, lead, purpose, month, circulation))

struct PlanEntryAdded {
  static constexpr std::string_view k_type = "plan_entry_added";
  BodyId body;
  PlanEntry entry;
};
BOOST_DESCRIBE_STRUCT(PlanEntryAdded, (), (body, entry))

/// As it is afterwards.
struct PlanEntryEdited {
  static constexpr std::string_view k_type = "plan_entry_edited";
  PlanEntry entry;
};
BOOST_DESCRIBE_STRUCT(PlanEntryEdited, (), (entry))

struct PlanEntryRemoved {
  static constexpr std::string_view k_type = "plan_entry_removed";
  wire::PlanEntryId entry;
};
BOOST_DESCRIBE_STRUCT(PlanEntryRemoved, (), (entry))

/// It stands on the agenda of a meeting as that item.
struct PlanEntryTaken {
  static constexpr std::string_view k_type = "plan_entry_taken";
  wire::PlanEntryId entry;
  MeetingId meeting;
  AgendaItemId item;
};
BOOST_DESCRIBE_STRUCT(PlanEntryTaken, (), (entry, meeting, item))

struct PlannedAgain {
  static constexpr std::string_view k_type = "planned_again";
  wire::PlanEntryId entry;
};
BOOST_DESCRIBE_STRUCT(PlannedAgain, (), (entry))

struct ItemProposed {
  static constexpr std::string_view k_type = "item_proposed";
  BodyId body;
  wire::ProposalId proposal;
  DoneBy done;
  Erasable title;
  Erasable why;
  wire::ItemKind kind = wire::ItemKind::discussion;
  std::string month;
};
BOOST_DESCRIBE_STRUCT(ItemProposed, (), (body, proposal, done, title, why, kind, month))

/// With what it became.
struct ProposalAccepted {
  static constexpr std::string_view k_type = "proposal_accepted";
  wire::ProposalId proposal;
  PlanEntry entry;
};
BOOST_DESCRIBE_STRUCT(ProposalAccepted, (), (proposal, entry))

struct ProposalDeclined {
  static constexpr std::string_view k_type = "proposal_declined";
  wire::ProposalId proposal;
  Erasable reason;
};
BOOST_DESCRIBE_STRUCT(ProposalDeclined, (), (proposal, reason))

struct ProposalWithdrawn {
  static constexpr std::string_view k_type = "proposal_withdrawn";
  wire::ProposalId proposal;
};
BOOST_DESCRIBE_STRUCT(ProposalWithdrawn, (), (proposal))

struct NameRemovedFromPlan {
  static constexpr std::string_view k_type = "name_removed_from_plan";
  std::vector<TextReplaced> texts;
};
BOOST_DESCRIBE_STRUCT(NameRemovedFromPlan, (), (texts))

/// The account of somebody who proposed items was deleted: what they proposed is gone with it. What was accepted is the body's, and stays.
struct ProposerForgotten {
  static constexpr std::string_view k_type = "proposer_forgotten";
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(ProposerForgotten, (), (person))

using PlanEvent = std::variant<PlanEntryAdded, PlanEntryEdited, PlanEntryRemoved, PlanEntryTaken, PlannedAgain, ItemProposed, ProposalAccepted, ProposalDeclined,
                               ProposalWithdrawn, NameRemovedFromPlan, ProposerForgotten>;

struct PlannedEntry {
  PlanEntry what;
  std::int64_t changes = 0;
  std::int64_t number = 0;             ///< In the order in which they came, or were taken.
  std::optional<ItemElsewhere> taken_to = {};  ///< On whose agenda it is, as which item.
};

struct Proposal {
  ItemProposed made;
  wire::ProposalState state = wire::ProposalState::proposed;
  std::int64_t number = 0;                ///< In the order in which they came, or were answered.
  std::optional<Erasable> reason = {};    ///< Why it was declined.
  bool is_open() const { return state == wire::ProposalState::proposed; }
};

struct Plan {
  BodyId body;
  std::vector<PlannedEntry> entries;
  std::vector<Proposal> proposals;  ///< Open ones, and the latest of those that were answered.
  std::int64_t numbers = 0;
};

/// Planned, or on agendas. Of answered proposals only the latest are kept, of withdrawn ones none. With the bounds of bytes, which are those of the texts
/// as JSON, the topic stays within 256 kB.
inline constexpr std::size_t k_plan_entries_max = 120;
inline constexpr std::size_t k_open_proposals_max = 60;
inline constexpr std::ptrdiff_t k_open_proposals_each_max = 5;
inline constexpr std::size_t k_answered_kept_max = 10;
inline constexpr std::size_t k_plan_text_bytes_max = 80'000;
inline constexpr std::size_t k_proposal_text_bytes_max = 40'000;

/// Private: `<body>/<text>` → a text that may name somebody (NamedRow).
inline constexpr std::string_view k_plan_names_index = "index/plan-names";
/// Private: `<person>/<body>`, of those who proposed items.
inline constexpr std::string_view k_proposers_index = "index/proposers";
/// Private: `<meeting>/<entry>` → TakenEntry, of entries that are on the meeting's agenda.
inline constexpr std::string_view k_taken_index = "index/plan-taken";
struct TakenEntry {
  BodyId body;  ///< Whose plan it is of.
  AgendaItemId item;
};
BOOST_DESCRIBE_STRUCT(TakenEntry, (), (body, item))

struct PlanAggregate {
  static constexpr std::string_view k_kind = "plan";
  using State = Plan;
  using Event = PlanEvent;

  static Plan evolve(Plan plan, const PlanEvent& event);
  static bool exists(const Plan& plan) { return !plan.body.empty(); }
  static std::string topic(std::string_view id) { return "plan/" + std::string(id); }
  static void present(const PlanEvent& event, const domain::EventInfo& when, const Plan& after, domain::Presenter& presenter);
  static std::optional<json::object> publish(const PlanEvent&, const domain::Rows&) { return std::nullopt; }
  static domain::AuditLine describe(const PlanEvent& event, const Plan& before, const Plan& after, const domain::Rows& rows);
};

using DecidedPlan = Result<domain::Decided<PlanEvent>>;
DecidedPlan decide(const Plan& plan, const wire::AddPlanEntry& command, domain::Context& context);
DecidedPlan decide(const Plan& plan, const wire::EditPlanEntry& command, domain::Context& context);
DecidedPlan decide(const Plan& plan, const wire::RemovePlanEntry& command, domain::Context& context);
DecidedPlan decide(const Plan& plan, const wire::TakeOntoAgenda& command, domain::Context& context);
DecidedPlan decide(const Plan& plan, const wire::PlanAgain& command, domain::Context& context);
DecidedPlan decide(const Plan& plan, const wire::ProposeItem& command, domain::Context& context);
DecidedPlan decide(const Plan& plan, const wire::WithdrawProposal& command, domain::Context& context);
DecidedPlan decide(const Plan& plan, const wire::AcceptProposal& command, domain::Context& context);
DecidedPlan decide(const Plan& plan, const wire::DeclineProposal& command, domain::Context& context);

/// Every text that is kept of the plan, for finding those that name somebody.
std::vector<Erasable> texts_of(const Plan& plan);
/// The plan of a body of which nothing was planned yet.
void open_plan(const BodyId& body, domain::Presenter& presenter);
/// The meeting's agenda was published, or its day or whether it takes place is otherwise: the plan says so.
void present_taken_to(const MeetingId& meeting, domain::Presenter& presenter);

}  // namespace witan::meetings
