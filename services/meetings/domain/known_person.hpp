#pragma once

#include "services/meetings/domain/lists.hpp"
#include "services/meetings/domain/meeting.hpp"

namespace witan::meetings {

/// Private: `<person>/<text>` → a name of theirs, the present one or an earlier one, and since when (NamedRow).
inline constexpr std::string_view k_people_index = "index/people";

/// A person whom directory has registered. Meetings names people in words only; the name is known here so that it can be
/// taken out of them when the account is deleted.
struct KnownPersonAggregate {
  static constexpr std::string_view k_kind = "person";
  using State = KnownPerson;
  using Event = KnownPersonEvent;

  static KnownPerson evolve(KnownPerson person, const KnownPersonEvent& event);
  static bool exists(const KnownPerson& person) { return !person.names.empty(); }
  static std::string topic(std::string_view) { return public_list().topic(); }
  static void present(const KnownPersonEvent& event, const domain::EventInfo& when, const KnownPerson& after,
                      domain::Presenter& presenter);
  static std::optional<json::object> publish(const KnownPersonEvent&, const domain::Rows&) { return std::nullopt; }
  static domain::AuditLine describe(const KnownPersonEvent& event, const KnownPerson& before, const KnownPerson& after,
                                    const domain::Rows& rows);
};

Result<domain::Decided<KnownPersonEvent>> decide(const KnownPerson& person, const contract::directory::PersonRegisteredNotice& notice,
                                                 domain::Context& context);
/// What is on agendas stays as it was written; the new name is known for when the account is deleted.
Result<domain::Decided<KnownPersonEvent>> decide(const KnownPerson& person, const contract::directory::PersonRenamedNotice& notice,
                                                 domain::Context& context);
/// The name, and earlier ones, go from every meeting, old and new. Where somebody else has the same name it stays: nothing says which of
/// them is meant.
Result<domain::Decided<KnownPersonEvent>> decide(const KnownPerson& person, const contract::directory::PersonErasedNotice& notice,
                                                 domain::Context& context);

/// Their name as meetings knows it now; nothing when it is not known, or no more.
std::optional<std::string> known_name(const PersonId& person, const domain::Rows& rows);

/// The text with "Name removed" wherever the name stands as whole words; a name of one word must be the whole text, or it
/// would be found in other people's names.
std::string without_name(const std::string& text, const std::string& name);

}  // namespace witan::meetings
