#include "services/advisory/domain/decide.hpp"

#include "services/advisory/domain/lists.hpp"
#include "shared/contract/personal.hpp"

namespace witan::advisory {

namespace {

std::optional<Erasable> name_in(const Group& group, const PersonId& person) {
  for (const auto& [seat, member] : group.members) {
    if (member.person == person) return member.name;
  }
  return std::nullopt;
}

bool lies_ahead(const CalendarDate& date, Timestamp now) {
  const auto begins = uk_time::from_local(date.value, "00:00");
  return begins && *begins > now;
}

}  // namespace

Result<Decided<GroupEvent>> decide(const Group& group, const wire::OpenGroup& command, Context&) {
  if (!group.is_noted) return reject(ErrorCode::not_found, "No such body is known here.");
  if (group.is_open) return reject(ErrorCode::already_done, "This group is open already.");
  return Decided<GroupEvent>{{GroupOpened{command.group, command.challenge, command.mission.value}},
                             {{"group", command.group.str()}},
                             {}};
}

Result<Decided<EngagementEvent>> decide(const Engagement&, const wire::LogEngagement& command,
                                        Context& context) {
  const Group& group = context.load<GroupAggregate>(command.group.str());
  if (!group.is_open) return reject(ErrorCode::not_found, "There is no such group.");
  // An entry says who heard it; the system itself hears nobody.
  if (!context.actor().person) return reject(ErrorCode::not_signed_in);
  if (lies_ahead(command.heard_on, context.now())) {
    return reject_field("/heard_on", ErrorCode::out_of_range, "The date on which you heard it must not be in the future.");
  }
  EngagementLogged event;
  event.engagement = EngagementId::from_trusted(context.aggregate_id());
  event.group = command.group;
  event.organisation = context.keep(command.organisation.value);
  event.kind = command.kind;
  event.sector = command.sector.value;
  event.area = command.area.value;
  event.size = command.size;
  event.heard_on = command.heard_on;
  event.channel = command.channel;
  event.said = context.keep(command.said.value);
  if (command.follow_up && !command.follow_up->value.empty())
    event.follow_up = context.keep(command.follow_up->value);
  event.by = *context.actor().person;
  event.by_name = name_in(group, event.by);
  return Decided<EngagementEvent>{
      {event}, {{"engagement", event.engagement.str()}}, engagements_of(event.group).topic()};
}

Result<Decided<EngagementEvent>> decide(const Engagement& engagement, const wire::WithdrawEngagement& command,
                                        Context& context) {
  if (engagement.group != command.group) return reject(ErrorCode::not_found);
  if (engagement.is_withdrawn)
    return reject(ErrorCode::already_done, "This entry has been withdrawn already.");
  return Decided<EngagementEvent>{
      {EngagementWithdrawn{command.engagement, engagement.group, context.keep(command.reason.value)}},
      {},
      engagements_of(engagement.group).topic_of(engagement_key(command.engagement), context)};
}

Result<Decided<GroupEvent>> decide(const Group& group, const directory::BodyEstablishedNotice& notice,
                                   Context&) {
  if (group.is_noted && group.name == notice.name) return Decided<GroupEvent>{};
  return Decided<GroupEvent>{{BodyNoted{notice.body, notice.name}}, {}, {}};
}

Result<Decided<GroupEvent>> decide(const Group& group, const directory::SeatFilledNotice& notice,
                                   Context& context) {
  const auto found = group.members.find(notice.seat);
  if (found != group.members.end() && found->second.person == notice.person) return Decided<GroupEvent>{};
  return Decided<GroupEvent>{{MemberJoined{notice.body, notice.seat, notice.title, notice.role, notice.person,
                                           context.keep(notice.person_name), notice.organisation}},
                             {},
                             {}};
}

Result<Decided<GroupEvent>> decide(const Group& group, const directory::SeatVacatedNotice& notice, Context&) {
  if (!group.members.contains(notice.seat)) return Decided<GroupEvent>{};
  return Decided<GroupEvent>{{MemberLeft{notice.body, notice.seat}}, {}, {}};
}

Result<Decided<PersonEvent>> decide(const Person& person, const directory::PersonRenamedNotice& notice, Context& context) {
  Decided<PersonEvent> decided;
  if (person.is_forgotten) return decided;
  for (const auto& [key, value] : context.rows(k_members_index, k_private_audience, notice.person.str() + "/")) {
    const auto group = BodyId::from_trusted(std::string(value.as_string()));
    const auto seat = SeatId::from_trusted(key.substr(key.find('/') + 1));
    const auto& members = context.load<GroupAggregate>(group.str()).members;
    const auto member = members.find(seat);
    if (member == members.end() || notice.number <= member->second.name_number) continue;  // told twice
    decided.further.push_back(
        domain::further<GroupAggregate>(group.str(), MemberRenamed{group, seat, notice.person, context.keep(notice.name), notice.number}));
  }
  return decided;
}

Result<Decided<PersonEvent>> decide(const Person& person, const directory::PersonErasedNotice& notice, Context& context) {
  if (person.is_forgotten) return Decided<PersonEvent>{};
  Decided<PersonEvent> decided{{PersonForgotten{notice.person}}, {}, {}};
  decided.erased = domain::personal_texts(notice.person, context);
  return decided;
}

}  // namespace witan::advisory
