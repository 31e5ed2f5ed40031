#pragma once

#include "services/directory/domain/aggregates.hpp"

/// What may happen. Who may ask for it stands in app/directory_service.cpp.
namespace witan::directory {

using domain::Context;
using domain::Decided;

inline constexpr std::chrono::hours k_session_lasts{12};
/// A body's topic stays well under 256 kB with so many seats.
inline constexpr std::size_t k_seats_max = 400;
/// Whoever signs in once more than this ends the oldest session.
inline constexpr std::size_t k_sessions_max = 100;
/// For a password that is set now. Signing in takes older, shorter ones (8 characters).
inline constexpr std::size_t k_password_characters_min = 12;

/// RegisterPerson after its slow part: the password is hashed and the address turned into its look-up key.
struct NewPerson {
  wire::RegisterPerson asked;
  std::string address_key;
  std::optional<std::string> password_hash;
};

/// StartSession after its slow part. Without a person the address or the password was not right; which of
/// them, nobody is told.
struct CheckedSignIn {
  std::optional<PersonId> person;
  std::optional<Erasable> password;  ///< The hash that was looked at; another one by now counts as wrong.
  std::string session;
  std::optional<std::string> device;
};

/// ChangePassword after its slow part: the old password was right and the new one is hashed.
struct CheckedPasswordChange {
  PersonId person;
  Erasable password;  ///< The present hash, as it was looked at.
  std::string password_hash;
};

/// The refusal of a change by somebody who does not know the present password.
Rejection wrong_password();
/// The refusal of an e-mail address that has an account already.
Rejection address_taken();

Result<Decided<BodyEvent>> decide(const Body& body, const wire::EstablishBody& command, Context& context);
Result<Decided<BodyEvent>> decide(const Body& body, const wire::CreateSeat& command, Context& context);
Result<Decided<BodyEvent>> decide(const Body& body, const wire::FillSeat& command, Context& context);
Result<Decided<BodyEvent>> decide(const Body& body, const wire::VacateSeat& command, Context& context);
Result<Decided<OrganisationEvent>> decide(const Organisation& organisation,
                                          const wire::RegisterOrganisation& command, Context& context);
Result<Decided<PersonEvent>> decide(const Person& person, const NewPerson& command, Context& context);
Result<Decided<PersonEvent>> decide(const Person& person, const wire::EndSessions& command, Context& context);
Result<Decided<PersonEvent>> decide(const Person& person, const CheckedPasswordChange& command, Context& context);
Result<Decided<PersonEvent>> decide(const Person& person, const wire::GrantOffice& command, Context& context);
Result<Decided<PersonEvent>> decide(const Person& person, const wire::WithdrawOffice& command, Context& context);
Result<Decided<SessionEvent>> decide(const Session& session, const CheckedSignIn& command, Context& context);
Result<Decided<SessionEvent>> decide(const Session& session, const wire::EndSession& command,
                                     Context& context);

}  // namespace witan::directory
