#pragma once

#include "services/meetings/domain/known_body.hpp"
#include "services/meetings/domain/meeting.hpp"
#include "tests/support/given.hpp"

/// The council's meeting of 19 June 2018, 2pm to 4pm, as the tests know it.
namespace witan::meetings::test {

using namespace witan::test;
using wire::Circulation;
using wire::ItemKind;
using Scene = Given<MeetingAggregate, KnownBodyAggregate>;

inline const auto k_council = id_of<BodyId>("council");
inline const auto k_meeting = id_of<MeetingId>("meeting");
inline const auto k_secretary = holder(id_of<PersonId>("secretary"), k_council.str(), Role::secretary);
inline const auto k_member = holder(id_of<PersonId>("member"), k_council.str(), Role::member);

/// When all commands of a scene come, unless it says `at`.
inline const auto k_now = moment("2018-06-01T09:00:00Z");

inline AgendaItemId item(int n) {
  return id_of<AgendaItemId>("item" + std::string(1, static_cast<char>('a' + n)));
}

inline BodyNamed council_named() { return {k_council, "Council of LEP Chairs"}; }

inline MeetingScheduled scheduled() {
  return {k_meeting,
          k_council,
          "First meeting",
          moment("2018-06-19T13:00:00Z"),
          moment("2018-06-19T15:00:00Z"),
          "10 Downing Street",
          std::nullopt,
          std::nullopt};
}

/// Item `n` (0 is the first) of 15 minutes, put at the end.
inline AgendaItemAdded added(int n, Circulation circulation = Circulation::everyone) {
  return {item(n),
          n + 1,
          "Item " + std::string(1, static_cast<char>('A' + n)),
          ItemKind::discussion,
          std::nullopt,
          15,
          circulation};
}

/// Item `n` put under item `parent`, as the last there.
inline AgendaItemNested under(int parent, int n) { return {item(n), item(parent), 200}; }

/// Item `n` as it was added, deferred or withdrawn.
inline AgendaItemEdited off(int n, wire::ItemStatus status) {
  const auto as_added = added(n);
  return {as_added.item, as_added.title, as_added.kind, as_added.lead, as_added.minutes, as_added.circulation, status};
}

/// A council with a scheduled meeting and `count` items.
inline Scene meeting_with(int count) {
  Scene scene(k_meeting.str());
  scene.and_also<KnownBodyAggregate>(k_council.str(), council_named()).by(k_secretary).happened(scheduled());
  for (int n = 0; n < count; ++n) scene.happened(added(n));
  return scene;
}

inline Scene published_with(int count) { return meeting_with(count).happened(AgendaPublished{}); }
inline Scene started_with(int count) { return published_with(count).happened(MeetingStarted{item(0)}); }

/// The items in order with what is under each, as `AB(CD)E`.
inline std::string tree(Scene& scene) {
  std::string text;
  std::int64_t depth = 0;
  for (const auto& item : scene.state().items) {
    for (; depth < item.depth; ++depth) text += '(';
    for (; depth > item.depth; --depth) text += ')';
    text += item.title.back();
  }
  for (; depth > 0; --depth) text += ')';
  return text;
}

/// The items in order, as `ABC`.
inline std::string order(Scene& scene) {
  std::string letters;
  for (const auto& item : scene.state().items) letters += item.title.back();
  return letters;
}

}  // namespace witan::meetings::test
