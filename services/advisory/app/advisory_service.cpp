#include "services/advisory/app/advisory_service.hpp"

#include "services/advisory/domain/decide.hpp"

namespace witan::advisory {

namespace {

/// Its author and whoever leads the group. Entries are the members' own, so for anyone else there is none.
Result<void> author_or_lead(const Actor& actor, const Engagement& engagement,
                            const wire::WithdrawEngagement&) {
  const auto& group = engagement.group.str();
  if (actor.is_administrator() || actor.holds(group, {Role::champion, Role::secretary})) return {};
  if (!actor.holds(group, {})) return reject(ErrorCode::not_found);
  return service::allowed_if(actor, actor.person == engagement.by);
}

}  // namespace

service::Definition definition() {
  using namespace service;
  const auto the_body = [](const auto& notice) { return notice.body.str(); };
  const auto of_the_group = [](const Engagement&, const wire::LogEngagement& command) {
    return command.group.str();
  };

  return Builder("advisory")
      .aggregate<GroupAggregate>()
      .aggregate<EngagementAggregate>()
      .aggregate<PersonAggregate>()
      // Who may do what. Administrators may always.
      .upsert<wire::OpenGroup, GroupAggregate>(
          [](const wire::OpenGroup& command) { return command.group.str(); }, administrators())
      .creation<wire::LogEngagement, EngagementAggregate>(
          in_body(of_the_group, {Role::champion, Role::member, Role::secretary}))
      .command<wire::WithdrawEngagement, EngagementAggregate>(
          [](const wire::WithdrawEngagement& command) { return command.engagement.str(); }, author_or_lead)
      .erasing<PersonForgotten>()
      .promises<wire::Commands>()
      .public_list("groups")
      .views_shape(4)  // 2: the log of a group is a topic of its own, with pages; 3: whose names and entries; 4: who sits where
      // What directory tells.
      .notice<directory::BodyEstablishedNotice, GroupAggregate>("directory", the_body)
      .notice<directory::SeatFilledNotice, GroupAggregate>("directory", the_body)
      .notice<directory::SeatVacatedNotice, GroupAggregate>("directory", the_body)
      .notice<directory::PersonRenamedNotice, PersonAggregate>("directory", [](const auto& notice) { return notice.person.str(); })
      .notice<directory::PersonErasedNotice, PersonAggregate>("directory", [](const auto& notice) { return notice.person.str(); })
      .build();
}

}  // namespace witan::advisory
