#include "services/advisory/domain/aggregates.hpp"
#include "services/advisory/domain/labels.hpp"
#include "shared/contract/personal.hpp"

/// Every event of advisory as a line of the audit. Whom a group heard, and what they said, is for its members: the audit
/// says only that an entry was made.
namespace witan::advisory {

using domain::AuditLine;

namespace {

std::string named(const std::string& group) { return "“" + group + "”"; }

std::string state_of(const Group& group) {
  if (!group.is_noted && !group.is_open) return {};
  return group.is_open ? "Advisory group, " + label(group.challenge) : "Not an advisory group";
}

std::string member_in(const Group& group, const SeatId& seat, const domain::Rows& rows) {
  const auto member = group.members.find(seat);
  return member == group.members.end() ? "Vacant" : rows.text(member->second.name).value_or(domain::k_name_removed);
}

std::string title_in(const Group& group, const SeatId& seat) {
  const auto member = group.members.find(seat);
  return member == group.members.end() ? std::string() : " “" + member->second.title + "”";
}

}  // namespace

AuditLine GroupAggregate::describe(const Event& event, const Group& before, const Group& after, const domain::Rows& rows) {
  return std::visit(
      domain::overloaded{
          [&](const BodyNoted& e) {
            return AuditLine{"Advisory took note of the body " + named(e.name), e.body, state_of(before), state_of(after), {}};
          },
          [&](const GroupOpened& e) {
            return AuditLine{"Opened the advisory group " + named(after.name), e.group, state_of(before), state_of(after), {}};
          },
          [&](const MemberJoined& e) {
            return AuditLine{"Advisory took note of who holds the seat" + title_in(after, e.seat), e.group,
                             member_in(before, e.seat, rows), member_in(after, e.seat, rows), {}};
          },
          [&](const MemberRenamed& e) {
            return AuditLine{"Advisory took note of another name of who holds the seat" + title_in(after, e.seat), e.group,
                             member_in(before, e.seat, rows), member_in(after, e.seat, rows), {}};
          },
          [&](const MemberLeft& e) {
            return AuditLine{"Advisory took note that the seat" + title_in(before, e.seat) + " is vacant", e.group,
                             member_in(before, e.seat, rows), member_in(after, e.seat, rows), {}};
          },
      },
      event);
}

AuditLine PersonAggregate::describe(const Event&, const Person&, const Person&, const domain::Rows&) {
  return {"Erased the name of a deleted account in advisory", {}, "Known", "Forgotten", {}};
}

AuditLine EngagementAggregate::describe(const Event& event, const Engagement&, const Engagement&, const domain::Rows&) {
  return std::visit(
      domain::overloaded{
          [](const EngagementLogged& e) {
            return AuditLine{"Logged whom the group has heard (" + label(e.kind) + ", " + label(e.channel) + ")", e.group, "", "Logged", {}};
          },
          [](const EngagementWithdrawn& e) {
            return AuditLine{"Withdrew an entry of whom the group has heard", e.group, "Logged", "Withdrawn", {}};
          },
      },
      event);
}

}  // namespace witan::advisory
