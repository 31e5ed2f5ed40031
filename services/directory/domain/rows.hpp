#pragma once

#include "services/directory/domain/events.hpp"
#include "shared/contract/paged_list.hpp"

/// The lists and private indexes of directory, and look-ups in the rows that `present` wrote.
namespace witan::directory {

/// `index/sign-in`, key: the keyed hash of an e-mail address.
struct SignInRow {
  PersonId person;
  std::optional<Erasable> password;
};
BOOST_DESCRIBE_STRUCT(SignInRow, (), (person, password))

/// `index/people`, key: the person's id.
struct PersonRow {
  Erasable name;
  Erasable email;
  Erasable address_key;
  std::optional<OrganisationId> organisation;
};
BOOST_DESCRIBE_STRUCT(PersonRow, (), (name, email, address_key, organisation))

inline constexpr std::string_view k_sign_in_index = "index/sign-in";
inline constexpr std::string_view k_people_index = "index/people";
inline constexpr std::string_view k_self_audience = "self";

std::string body_topic(const BodyId& body);
std::string session_topic(std::string_view session);
std::string rights_topic(const PersonId& person);
std::string account_topic(const PersonId& person);

/// All bodies, by name.
const domain::PagedList& list_of_bodies();
/// All organisations, by name. Programs read its pages; no page for people shows them.
const domain::PagedList& list_of_organisations();
/// Who sees the list of people: administrators, and auditors, who look for people by name.
const std::vector<AccessRule>& readers_of_people();
/// Everybody with an account, by name.
const domain::PagedList& list_of_people();
std::string organisation_key(const OrganisationId& organisation);

/// The account with this keyed hash of an e-mail address.
std::optional<SignInRow> account_at(const domain::Rows& rows, std::string_view address_key);
/// The account of this person; nothing once it has been erased.
std::optional<SignInRow> account_of(const domain::Rows& rows, const PersonId& person);
/// The person's sessions as they stand in the list, newest first; some may have run out.
std::vector<wire::AccountSessionView> sessions_of(const domain::Rows& rows, const PersonId& person);
/// "Name removed" once the name has been erased.
std::string name_of(const domain::Rows& rows, const PersonId& person);
/// Empty for none.
std::string organisation_name(const domain::Rows& rows, const std::optional<OrganisationId>& organisation);
/// The organisation of a seat: the one it stands for, otherwise its holder's own. Empty for none.
std::string seat_organisation(const domain::Rows& rows, const std::optional<OrganisationId>& of_seat,
                              const std::optional<PersonId>& holder);

}  // namespace witan::directory
