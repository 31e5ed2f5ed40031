#pragma once

#include "shared/contract/meetings/agenda.hpp"

/// What a body means to talk about before there is an agenda for it, and what its members would like to see there.
namespace witan::contract::meetings {

using PlanEntryId = Id<struct PlanEntryTag>;
using ProposalId = Id<struct ProposalTag>;

BOOST_DEFINE_ENUM_CLASS(ProposalState, proposed, accepted, declined, withdrawn)

// Commands

/// By who prepares the meetings of the body. Result `{entry}`.
struct AddPlanEntry {
  static constexpr std::string_view k_name = "meetings.add_plan_entry";
  BodyId body;
  Text<2, 200> title;
  ItemKind kind = ItemKind::discussion;
  std::optional<Text<0, 120>> lead = {};
  std::optional<Prose<0, 500>> purpose = {};
  std::optional<Text<0, 40>> month = {};         ///< "2019-06", this one or later; absent or empty: not scheduled yet.
  std::optional<Circulation> circulation = {};  ///< Absent: for members.
};
BOOST_DESCRIBE_STRUCT(AddPlanEntry, (), (body, title, kind, lead, purpose, month, circulation))

/// All of it as it is to be from here on. `stale_version` with `changes` when it was changed since it was `seen_changes` times changed.
struct EditPlanEntry {
  static constexpr std::string_view k_name = "meetings.edit_plan_entry";
  BodyId body;
  PlanEntryId entry;
  Text<2, 200> title;
  ItemKind kind = ItemKind::discussion;
  std::optional<Text<0, 120>> lead = {};
  std::optional<Prose<0, 500>> purpose = {};
  std::optional<Text<0, 40>> month = {};
  std::optional<Circulation> circulation = {};  ///< Absent: as it is.
  std::optional<std::int64_t> seen_changes = {};
};
BOOST_DESCRIBE_STRUCT(EditPlanEntry, (), (body, entry, title, kind, lead, purpose, month, circulation, seen_changes))

struct RemovePlanEntry {
  static constexpr std::string_view k_name = "meetings.remove_plan_entry";
  BodyId body;
  PlanEntryId entry;
  std::optional<std::int64_t> seen_changes = {};  ///< As in `edit_plan_entry`.
};
BOOST_DESCRIBE_STRUCT(RemovePlanEntry, (), (body, entry, seen_changes))

/// Puts it onto the agenda of a meeting of the body as its last item, for as many minutes and for whom the entry is for. Result `{item}`.
struct TakeOntoAgenda {
  static constexpr std::string_view k_name = "meetings.take_onto_agenda";
  BodyId body;
  PlanEntryId entry;
  MeetingId meeting;
  Whole<1, 600> minutes;
  std::optional<std::int64_t> seen_changes = {};  ///< As in `edit_plan_entry`.
};
BOOST_DESCRIBE_STRUCT(TakeOntoAgenda, (), (body, entry, meeting, minutes, seen_changes))

/// One that was taken onto an agenda is planned once more. The agenda stays as it is.
struct PlanAgain {
  static constexpr std::string_view k_name = "meetings.plan_again";
  BodyId body;
  PlanEntryId entry;
};
BOOST_DESCRIBE_STRUCT(PlanAgain, (), (body, entry))

/// By whoever holds a seat of the body. Result `{proposal}`.
struct ProposeItem {
  static constexpr std::string_view k_name = "meetings.propose_item";
  BodyId body;
  Text<2, 200> title;
  Prose<2, 500> why;
  ItemKind kind = ItemKind::discussion;
  std::optional<Text<0, 40>> month = {};
};
BOOST_DESCRIBE_STRUCT(ProposeItem, (), (body, title, why, kind, month))

/// By whoever proposed it, until it is answered.
struct WithdrawProposal {
  static constexpr std::string_view k_name = "meetings.withdraw_proposal";
  BodyId body;
  ProposalId proposal;
};
BOOST_DESCRIBE_STRUCT(WithdrawProposal, (), (body, proposal))

/// It becomes an entry of the plan, for members. Result `{entry}`. `already_done` when it was answered or withdrawn meanwhile.
struct AcceptProposal {
  static constexpr std::string_view k_name = "meetings.accept_proposal";
  BodyId body;
  ProposalId proposal;
};
BOOST_DESCRIBE_STRUCT(AcceptProposal, (), (body, proposal))

struct DeclineProposal {
  static constexpr std::string_view k_name = "meetings.decline_proposal";
  BodyId body;
  ProposalId proposal;
  std::optional<Text<0, 300>> reason = {};  ///< Has to be given; the members read it.
};
BOOST_DESCRIBE_STRUCT(DeclineProposal, (), (body, proposal, reason))

using PlanCommands = boost::mp11::mp_list<AddPlanEntry, EditPlanEntry, RemovePlanEntry, TakeOntoAgenda, PlanAgain, ProposeItem, WithdrawProposal, AcceptProposal,
                                          DeclineProposal>;

// What people see

/// Topic `plan/<body>` (audiences `staff`, `member`, `public`), key `plan`: there also where nothing is planned.
struct PlanView {
  BodyId body;
};
BOOST_DESCRIBE_STRUCT(PlanView, (), (body))

/// Topic `plan/<body>`: key `entry/<entry>` while it is planned; the public sees those for everyone. `taken/<entry>` once it is on an
/// agenda, where the public reads it.
struct PlanEntryView {
  PlanEntryId entry;
  BodyId body;
  std::string title;
  ItemKind kind = ItemKind::discussion;
  std::string kind_label;       ///< "For decision"
  std::string lead;
  std::string purpose;
  std::string month;            ///< "2019-06", or empty
  std::string month_label;      ///< "June 2019", "Not scheduled yet"
  std::int64_t changes = 0;
  std::string sort;             ///< By month; what is on an agenda the latest first.
  // Absent where it is not so.
  std::optional<bool> is_members_only;
  std::optional<std::string> meeting_title;  ///< On whose agenda it is.
  std::optional<std::string> meeting_href;   ///< Of a draft for staff alone.
  std::optional<std::string> when;
  std::optional<bool> is_cancelled;          ///< The meeting will not take place.
  std::optional<bool> is_off_agenda;         ///< The item was removed from that agenda, or withdrawn or deferred there.
};
BOOST_DESCRIBE_STRUCT(PlanEntryView, (),
                      (entry, body, title, kind, kind_label, lead, purpose, month, month_label, changes, sort, is_members_only, meeting_title, meeting_href, when,
                       is_cancelled, is_off_agenda))

/// Topic `plan/<body>`, not for the public: key `proposal/<proposal>` until it is answered, then `answered/<proposal>`.
struct ProposalView {
  ProposalId proposal;
  BodyId body;
  std::string title;
  std::string why;
  std::string kind_label;
  std::string month_label;
  std::string by_name;          ///< "Ada Lovelace, Chair, Cumbria LEP"
  std::string proposed;         ///< "2:15pm on 3 July 2018"
  ProposalState state = ProposalState::proposed;
  std::string state_label;
  std::string sort;             ///< The oldest first; answered ones the latest first.
  std::optional<PersonId> by;           ///< While it can be withdrawn.
  std::optional<std::string> reason;    ///< Why it was declined.
  std::optional<bool> is_accepted;
};
BOOST_DESCRIBE_STRUCT(ProposalView, (),
                      (proposal, body, title, why, kind_label, month_label, by_name, proposed, state, state_label, sort, by, reason, is_accepted))

using PlanViews = boost::mp11::mp_list<PlanView, PlanEntryView, ProposalView>;

}  // namespace witan::contract::meetings
