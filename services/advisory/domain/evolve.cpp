#include "services/advisory/domain/aggregates.hpp"

namespace witan::advisory {

Group GroupAggregate::evolve(Group state, const GroupEvent& event) {
  std::visit(domain::overloaded{
                 [&](const BodyNoted& e) {
                   state.is_noted = true;
                   state.name = e.name;
                 },
                 [&](const GroupOpened& e) {
                   state.is_open = true;
                   state.challenge = e.challenge;
                   state.mission = e.mission;
                 },
                 [&](const MemberJoined& e) {
                   state.members[e.seat] = {e.title, e.role, e.person, e.name, e.organisation, 0};
                 },
                 [&](const MemberRenamed& e) {
                   const auto member = state.members.find(e.seat);
                   if (member == state.members.end()) return;
                   member->second.name = e.name;
                   member->second.name_number = e.number;
                 },
                 [&](const MemberLeft& e) { state.members.erase(e.seat); },
             },
             event);
  return state;
}

Engagement EngagementAggregate::evolve(Engagement state, const EngagementEvent& event) {
  std::visit(domain::overloaded{
                 [&](const EngagementLogged& e) {
                   state.exists = true;
                   state.group = e.group;
                   state.by = e.by;
                 },
                 [&](const EngagementWithdrawn&) { state.is_withdrawn = true; },
             },
             event);
  return state;
}

}  // namespace witan::advisory
