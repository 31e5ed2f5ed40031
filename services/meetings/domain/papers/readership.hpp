#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/meetings/domain/room/room.hpp"

/// As whom each reader of a meeting sees the papers of its items: some have withdrawn from an item, and the papers of some items go to
/// named seats alone.
namespace witan::meetings {

/// Who reads the papers of an item that go to named seats; staff do anyway.
struct NamedReaders {
  AgendaItemId item;
  std::vector<PersonId> people;
};
BOOST_DESCRIBE_STRUCT(NamedReaders, (), (item, people))
/// Private: key `<meeting>`, value std::vector<NamedReaders>, of meetings where seats are named.
inline constexpr std::string_view k_named_index = "index/named-readers";
/// Whoever holds a named seat sees the meeting as `addressed/<person>`: as members do, with the papers of the items at which it is named. On
/// the page of such a paper they are all `addressed`.
inline constexpr std::string_view k_addressed = "addressed";

class Readership {
 public:
  /// As the rows of now say.
  Readership(const MeetingId& meeting, const domain::Rows& rows);

  /// As which audience whoever sees the meeting as `audience` sees the papers of the item: `staff`, `addressed`, `member` or `public`. Staff who have
  /// withdrawn from an item see the papers of others as members do, so those for named seats only where theirs is named.
  std::string_view seen_as(std::string_view audience, const AgendaItemId& item) const;
  bool is_named(const AgendaItemId& item) const;
  /// All audiences that the meeting can have: some of them may see nothing of it yet.
  const std::vector<std::string>& audiences() const { return audiences_; }
  /// The rules that come before all others, for those who have withdrawn, and those that come after staff, for those who are named.
  std::vector<AccessRule> access_of_recused(const BodyId& body) const;
  std::vector<AccessRule> access_of_named(const BodyId& body) const;

 private:
  /// Nothing for an item that is not for named seats.
  const NamedReaders* readers_of(const AgendaItemId& item) const;
  bool is_recused(const PersonId& person) const;

  RecusalsRow recusals_;
  std::vector<NamedReaders> named_;
  std::vector<PersonId> people_;   ///< Whoever is named somewhere.
  std::vector<std::string> audiences_;
};

}  // namespace witan::meetings
