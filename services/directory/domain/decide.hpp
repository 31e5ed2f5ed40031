#pragma once

#include <functional>
#include <iterator>

#include "services/directory/domain/aggregates.hpp"
#include "services/directory/domain/letters.hpp"
#include "services/directory/domain/rows.hpp"

/// What may happen. Who may ask for it stands in app/directory_service.cpp.
namespace witan::directory {

using domain::Context;
using domain::Decided;

inline constexpr std::chrono::hours k_session_lasts{12};
/// A body's topic stays well under 256 kB with so many seats.
inline constexpr std::size_t k_seats_max = 400;
/// Whoever signs in once more than this ends the oldest session.
inline constexpr std::size_t k_sessions_max = 100;
/// For a password that is set now. Signing in takes older, shorter ones.
inline constexpr std::size_t k_password_characters_min = 12;
/// For whose role needs a second factor.
inline constexpr std::size_t k_staff_password_characters_min = 15;

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
  std::string known_device = {};  ///< For the next time on this device.
  bool is_new_device = true;      ///< It was not signed in from to this account before.
  std::string ticket = {};  ///< For the second step; empty where the account has no second factor.
};

/// The ticket of the first step is good for so long.
inline constexpr std::chrono::minutes k_ticket_lasts{5};

/// A second factor as it was looked at, and the code that fits it.
struct CheckedCode {
  Erasable key;
  SecondFactorUsed used;
};

/// FinishSignIn after its slow part. Without `used` the code does not fit.
struct CheckedSecondStep {
  PersonId person;
  std::optional<SecondFactorUsed> used;
  Erasable password;  ///< As in CheckedSignIn.
  Erasable key;       ///< The key that was looked at.
  std::string session;
  std::optional<std::string> device;
  std::string known_device;
  bool is_new_device = true;
};

/// SetSecondFactor after its slow part: the password is right, and the code proved the key.
struct CheckedSecondFactor {
  PersonId person;
  Erasable password;
  std::string sealed_key;
  std::vector<std::string> codes;
  std::int64_t step = 0;
  std::optional<CheckedCode> present;  ///< Of the second factor that it takes the place of.
};

struct CheckedRecoveryCodes {
  PersonId person;
  Erasable password;
  std::vector<std::string> codes;
  std::optional<CheckedCode> present;
};

/// RemoveSecondFactor after its slow part; without a password it is an administrator who asks.
struct CheckedRemoval {
  PersonId person;
  std::optional<Erasable> password;
  std::optional<CheckedCode> present;
};

/// ChangePassword after its slow part: the old password was right and the new one is hashed.
struct CheckedPasswordChange {
  PersonId person;
  Erasable password;  ///< The present hash, as it was looked at.
  std::string password_hash;
};

/// An invitation, and a link to become the first administrator, can be used for so long.
inline constexpr std::chrono::hours k_invitation_lasts{7 * 24};
inline constexpr std::chrono::hours k_reset_lasts{1};
/// Whoever asks for a new password again within this time gets no second mail.
inline constexpr std::chrono::minutes k_reset_again{5};
/// How long before a term's end the secretary is told.
inline constexpr std::chrono::hours k_term_warning{90 * 24};

/// What is due by itself: terms that end or end soon, and links that run out.
struct TermsDue {};
struct LinkExpires {};
/// What came of sending a mail: nothing wrong, or why it can never be delivered.
struct MailDone {
  std::optional<std::string> problem;
};

/// A link that is about to be issued.
struct NewLink {
  std::string link;       ///< The hash of its token: its name.
  std::string address;    ///< Where it leads, token included.
  bool is_shown = false;  ///< See MailQueued.
};

struct PreparedInvite {
  wire::Invite asked;
  NewLink link;
};

/// RequestPasswordReset after the look-up; without a person the address has no account.
struct PreparedReset {
  std::optional<PersonId> person;
  NewLink link;
};

/// AcceptInvitation after its slow part: either `person`, who is signed in, or what a new account needs.
struct CheckedAcceptance {
  std::string link;
  std::optional<PersonId> person;
  std::string name;
  std::string email;
  std::string address_key;
  std::string password_hash;
  bool is_ready = false;  ///< False for a link that could not be used: nothing else is filled in then.
};

/// ResetPassword after its slow part.
struct CheckedReset {
  std::string link;
  std::string password_hash;  ///< Empty for a link that could not be used.
};

/// What more than one command is refused for.
std::unexpected<Rejection> no_such_seat();
std::unexpected<Rejection> seat_is_held();
/// Refuses a term whose last day is over.
Result<void> check_term(const std::optional<CalendarDate>& until, Context& context);

/// An account gets at most so many links for a new password that can be used at the same time.
inline constexpr std::size_t k_resets_max = 3;

/// What ends together with something else: links that it makes needless, and texts.
struct Ended {
  std::vector<domain::FurtherEvent> events;
  std::vector<Erasable> erased;
};
/// Ends the open links for which `is_one` holds, and erases what they say of a person.
Ended end_links(domain::Context& context, LinkEnd how, const std::function<bool(const LinkRow&)>& is_one);
/// What a link says of a person; erased once it can be used no more.
std::vector<Erasable> texts_of(const LinkIssued& issued);
/// The event of a new password, with what goes with the old one: every session but `kept`, links for setting it anew, its
/// hash.
PasswordChanged new_password(const PersonId& person, const std::string& hash, const std::optional<std::string>& kept,
                             Context& context, Ended& ended);
template <class Event>
void add(Ended ended, Decided<Event>& decided) {
  std::move(ended.events.begin(), ended.events.end(), std::back_inserter(decided.further));
  std::move(ended.erased.begin(), ended.erased.end(), std::back_inserter(decided.erased));
}

/// Whether the hash that was looked at is still the account's: it may have been replaced meanwhile.
bool is_present(const std::optional<Erasable>& password, const PersonId& person, Context& context);
/// A session of somebody who has proved who they are. `issuer`: see SessionStarted. Result `{person, name}`.
Result<Decided<SessionEvent>> begin_session(const Session& session, const PersonId& person, const std::string& name,
                                            const std::optional<std::string>& device, Context& context,
                                            const std::optional<std::string>& issuer = {});
/// A mail that is queued with whatever else is decided. `is_shown`, `names`: see MailQueued.
domain::FurtherEvent mail(const std::string& to, const Letter& letter, bool is_shown, Context& context,
                          const std::optional<PersonId>& person = {}, const std::optional<PersonId>& names = {});

/// Mails the person, at the address that the account has now; nobody where it has been erased.
template <class Event>
void tell(const PersonId& person, const Letter& letter, Decided<Event>& decided, Context& context) {
  const auto row = context.row_as<PersonRow>(k_people_index, k_private_audience, person.str());
  const auto email = row ? context.text(row->email) : std::nullopt;
  if (email) decided.further.push_back(mail(*email, letter, false, context, person));
}

/// The result `{ended}`: how many sessions.
json::object ended_count(const std::vector<std::string>& ended);
/// Refuses an organisation, at `/organisation`, that is not registered.
Result<void> must_exist(const std::optional<OrganisationId>& organisation, Context& context);
/// No day before it is taken: whoever enters one has mistyped it.
inline constexpr std::string_view k_earliest_day = "1900-01-01";

/// Nothing when the link can be used now, and for this; otherwise the refusal, noted the first time.
std::optional<Result<Decided<LinkEvent>>> refused(const Link& link, LinkUse use, Context& context);
/// The refusal of a link that is not known; never whether it once was.
Rejection unknown_link();
/// The refusal of a change by somebody who does not know the present password.
Rejection wrong_password();
/// What a new account is made of.
struct NewAccount {
  PersonId person;
  std::string name;
  std::string email;
  std::string address_key;
  std::optional<std::string> password_hash;
  std::optional<OrganisationId> organisation = {};
  bool is_administrator = false;
};
PersonRegistered registered(const NewAccount& account, Context& context);
/// Every session of the person but the one to keep, if any.
std::vector<std::string> sessions_but(const std::optional<std::string>& kept, const PersonId& person, const domain::Rows& rows);
/// When the secretary is to be told that a term ends.
Timestamp term_warning_at(const CalendarDate& until);

/// The refusal of a name that something of its kind has already: "a body", "an organisation".
Rejection name_taken(const std::string& what);
/// The refusal of an e-mail address that has an account already.
Rejection address_taken();

Result<Decided<BodyEvent>> decide(const Body& body, const wire::EstablishBody& command, Context& context);
Result<Decided<BodyEvent>> decide(const Body& body, const wire::CreateSeat& command, Context& context);
Result<Decided<BodyEvent>> decide(const Body& body, const wire::FillSeat& command, Context& context);
Result<Decided<BodyEvent>> decide(const Body& body, const wire::Reappoint& command, Context& context);
Result<Decided<BodyEvent>> decide(const Body& body, const wire::VacateSeat& command, Context& context);
Result<Decided<BodyEvent>> decide(const Body& body, const wire::AbolishSeat& command, Context& context);
Result<Decided<BodyEvent>> decide(const Body& body, const TermsDue& due, Context& context);
Result<Decided<LinkEvent>> decide(const Link& link, const PreparedInvite& command, Context& context);
Result<Decided<LinkEvent>> decide(const Link& link, const PreparedReset& command, Context& context);
Result<Decided<LinkEvent>> decide(const Link& link, const wire::IssueAdministratorLink& command, Context& context);
Result<Decided<LinkEvent>> decide(const Link& link, const wire::WithdrawInvitation& command, Context& context);
Result<Decided<LinkEvent>> decide(const Link& link, const CheckedAcceptance& command, Context& context);
Result<Decided<LinkEvent>> decide(const Link& link, const CheckedReset& command, Context& context);
Result<Decided<LinkEvent>> decide(const Link& link, const LinkExpires& due, Context& context);
Result<Decided<MailEvent>> decide(const Mail& mail, const MailDone& done, Context& context);
Result<Decided<OrganisationEvent>> decide(const Organisation& organisation,
                                          const wire::RegisterOrganisation& command, Context& context);
Result<Decided<PersonEvent>> decide(const Person& person, const NewPerson& command, Context& context);
Result<Decided<PersonEvent>> decide(const Person& person, const wire::EndSessions& command, Context& context);
Result<Decided<PersonEvent>> decide(const Person& person, const CheckedPasswordChange& command, Context& context);
Result<Decided<PersonEvent>> decide(const Person& person, const wire::GrantOffice& command, Context& context);
Result<Decided<PersonEvent>> decide(const Person& person, const wire::WithdrawOffice& command, Context& context);
Result<Decided<PersonEvent>> decide(const Person& person, const wire::SuspendPerson& command, Context& context);
Result<Decided<PersonEvent>> decide(const Person& person, const wire::ReinstatePerson& command, Context& context);
Result<Decided<SessionEvent>> decide(const Session& session, const CheckedSignIn& command, Context& context);
Result<Decided<SessionEvent>> decide(const Session& session, const wire::RenewSession& command, Context& context);
Result<Decided<SessionEvent>> decide(const Session& session, const wire::EndSession& command,
                                     Context& context);

}  // namespace witan::directory
