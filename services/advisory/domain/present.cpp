#include <algorithm>

#include "services/advisory/domain/aggregates.hpp"
#include "services/advisory/domain/labels.hpp"
#include "services/advisory/domain/lists.hpp"
#include "shared/contract/personal.hpp"

namespace witan::advisory {

using domain::EventInfo;
using domain::Presenter;

namespace {

constexpr const char* k_public = "public";
constexpr const char* k_member = "member";

std::string group_topic(const BodyId& group) { return "groups/" + group.str(); }

/// Whoever holds any seat in the body is `member`; everybody else reads the public part.
std::vector<AccessRule> access_to(const BodyId& group) {
  return {{k_member, Who::roles, {}, group.str(), {}}, {k_public, Who::anyone, {}, {}, {}}};
}

std::string text_or(const Presenter& presenter, const std::optional<Erasable>& text, std::string otherwise) {
  if (!text) return otherwise;
  return presenter.text(*text).value_or(std::move(otherwise));
}

/// The three places where a group shows: the list, and its own topic for both audiences.
void put_group(const wire::GroupView& view, Presenter& presenter) {
  presenter.put("groups", k_public, "group/" + view.group.str(), view);
  presenter.put(group_topic(view.group), k_public, "group", view);
  presenter.put(group_topic(view.group), k_member, "group", view);
}

std::optional<wire::GroupView> shown_group(const BodyId& group, const Presenter& presenter) {
  return presenter.row_as<wire::GroupView>(group_topic(group), k_member, "group");
}

void set_engagement_count(wire::GroupView& view, std::int64_t count) {
  view.engagement_count = count;
  view.has_engagements = count > 0;
}

void present_group(const BodyId& id, const Group& group, Presenter& presenter) {
  wire::GroupView view;
  view.group = id;
  view.name = group.name;
  view.challenge = group.challenge;
  view.challenge_label = label(group.challenge);
  view.mission = group.mission;
  const auto champion = std::find_if(group.members.begin(), group.members.end(),
                                     [](const auto& member) { return member.second.role == Role::champion; });
  view.has_champion = champion != group.members.end();
  if (view.has_champion) view.champion = text_or(presenter, champion->second.name, domain::k_name_removed);
  view.member_count = static_cast<std::int64_t>(group.members.size());
  // Engagements are counted on the row itself: they are aggregates of their own.
  if (const auto before = shown_group(id, presenter)) set_engagement_count(view, before->engagement_count);
  view.href = "/groups/" + id.str();
  view.sort = group_order(group.challenge, group.name);
  put_group(view, presenter);
}

void present_member(const BodyId& group, const SeatId& seat, const Member& member, Presenter& presenter) {
  const auto name = text_or(presenter, member.name, domain::k_name_removed);
  const wire::GroupMemberView view{
      seat.str(),          member.title,       name,
      member.organisation, label(member.role), member_order(member.role, member.title + " " + name)};
  presenter.put(group_topic(group), k_public, "member/" + seat.str(), view);
  presenter.put(group_topic(group), k_member, "member/" + seat.str(), view);
}

void present_entry(const EngagementLogged& e, const EventInfo& when, Presenter& presenter) {
  wire::EngagementView view;
  view.engagement = e.engagement;
  view.group = e.group;
  view.organisation = text_or(presenter, e.organisation, domain::k_name_removed);
  view.kind_label = label(e.kind);
  view.sector = e.sector;
  view.area = e.area;
  if (e.size) view.size_label = label(*e.size);
  if (const auto day = uk_time::from_local(e.heard_on.value, "12:00"))
    view.heard_on = uk_time::short_date(*day);
  view.channel_label = label(e.channel);
  view.said = text_or(presenter, e.said, domain::k_text_removed);
  view.follow_up = text_or(presenter, e.follow_up, "");
  view.has_follow_up = !view.follow_up.empty();
  view.by = e.by;
  view.by_name = e.by_name ? text_or(presenter, e.by_name, domain::k_name_removed) : "A member of the group";
  view.sort = engagement_order(e.heard_on, when.seq);
  engagements_of(e.group).put(engagement_key(e.engagement), view, presenter);
}

/// Nobody holds it any more.
void forget_seat(const SeatId& seat, Presenter& presenter) {
  for (const auto& [key, group] : presenter.rows(k_members_index, k_private_audience, "")) {
    if (key.ends_with("/" + seat.str())) presenter.drop(std::string(k_members_index), std::string(k_private_audience), key);
  }
}

void count_entries(const BodyId& group, std::int64_t more, Presenter& presenter) {
  auto view = shown_group(group, presenter);
  if (!view) return;
  set_engagement_count(*view, view->engagement_count + more);
  put_group(*view, presenter);
}

}  // namespace

std::string GroupAggregate::topic(std::string_view id) { return "groups/" + std::string(id); }

void GroupAggregate::present(const Event& event, const EventInfo&, const Group& after, Presenter& presenter) {
  std::visit(domain::overloaded{
                 [&](const BodyNoted& e) {
                   if (after.is_open) present_group(e.body, after, presenter);
                 },
                 [&](const GroupOpened& e) {
                   presenter.access(group_topic(e.group), access_to(e.group));
                   engagements_of(e.group).open(presenter);
                   present_group(e.group, after, presenter);
                   for (const auto& [seat, member] : after.members)
                     present_member(e.group, seat, member, presenter);
                 },
                 [&](const MemberJoined& e) {
                   domain::note_personal(e.person, e.name, presenter);
                   forget_seat(e.seat, presenter);
                   presenter.put_private(std::string(k_members_index), e.person.str() + "/" + e.seat.str(), codec::encode(e.group));
                   if (!after.is_open) return;
                   present_group(e.group, after, presenter);
                   present_member(e.group, e.seat, after.members.at(e.seat), presenter);
                 },
                 [&](const MemberRenamed& e) {
                   domain::note_personal(e.person, e.name, presenter);
                   if (!after.is_open || !after.members.contains(e.seat)) return;
                   present_group(e.group, after, presenter);
                   present_member(e.group, e.seat, after.members.at(e.seat), presenter);
                 },
                 [&](const MemberLeft& e) {
                   forget_seat(e.seat, presenter);
                   if (!after.is_open) return;
                   present_group(e.group, after, presenter);
                   presenter.drop(group_topic(e.group), k_public, "member/" + e.seat.str());
                   presenter.drop(group_topic(e.group), k_member, "member/" + e.seat.str());
                 },
             },
             event);
}

void EngagementAggregate::present(const Event& event, const EventInfo& when, const Engagement&,
                                  Presenter& presenter) {
  std::visit(domain::overloaded{
                 [&](const EngagementLogged& e) {
                   present_entry(e, when, presenter);
                   presenter.put_private(std::string(k_authors_index), e.by.str() + "/" + e.engagement.str(), codec::encode(e.group));
                   count_entries(e.group, 1, presenter);
                 },
                 [&](const EngagementWithdrawn& e) {
                   engagements_of(e.group).drop(engagement_key(e.engagement), presenter);
                   count_entries(e.group, -1, presenter);
                 },
             },
             event);
}

/// Their seats are vacant by now, and what they logged is the group's own: only who it was is no longer said.
void PersonAggregate::present(const Event& event, const EventInfo&, const Person&, Presenter& presenter) {
  const auto& person = std::get<PersonForgotten>(event).person;
  for (const auto& [key, group] : presenter.rows(k_authors_index, k_private_audience, person.str() + "/")) {
    const auto log = engagements_of(BodyId::from_trusted(std::string(group.as_string())));
    const auto entry = engagement_key(EngagementId::from_trusted(key.substr(key.find('/') + 1)));
    presenter.drop(std::string(k_authors_index), std::string(k_private_audience), key);
    auto view = log.row_as<wire::EngagementView>(entry, presenter);
    if (!view) continue;  // withdrawn
    view->by_name = domain::k_name_removed;
    log.put(entry, *view, presenter);
  }
  domain::drop_personal(person, presenter);
}

}  // namespace witan::advisory
