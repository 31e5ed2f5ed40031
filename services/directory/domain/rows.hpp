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

/// `index/terms`, key: the seat's id. The present appointment of each seat that is filled.
struct TermRow {
  BodyId body;
  PersonId person;
  CalendarDate from;
  std::optional<CalendarDate> until;
  bool ends_soon = false;
};
BOOST_DESCRIBE_STRUCT(TermRow, (), (body, person, from, until, ends_soon))

/// `index/seats`, key: the seat's id. What its organisation hangs on.
struct SeatRow {
  BodyId body;
  std::optional<OrganisationId> organisation;  ///< The one that the seat stands for.
  std::optional<PersonId> holder;
};
BOOST_DESCRIBE_STRUCT(SeatRow, (), (body, organisation, holder))

/// `index/links`, key: the hash that names the link. Those that can be used.
struct LinkRow {
  wire::LinkKind kind = wire::LinkKind::invitation;
  Timestamp expires;
  Timestamp issued;
  std::optional<PersonId> person;
  std::optional<BodyId> body;
  std::optional<SeatId> seat;
  std::optional<PersonId> issued_by;
  std::optional<Erasable> email;
};
BOOST_DESCRIBE_STRUCT(LinkRow, (), (kind, expires, issued, person, body, seat, issued_by, email))

/// What a link is used with: accept_invitation, reset_password or confirm_email.
enum class LinkUse { accept, reset, confirm };
LinkUse use_of(wire::LinkKind kind);

/// `index/letters`, key: the mail's id. To whom it went, of every mail there ever was.
struct LetterRow {
  Erasable to;
  std::optional<PersonId> person;  ///< Whose account it was about, where that was known.
  std::optional<PersonId> names;   ///< As in MailQueued.
};
BOOST_DESCRIBE_STRUCT(LetterRow, (), (to, person, names))

/// `index/mail`, key: the mail's id. Those that wait to be sent.
struct MailRow {
  Erasable to;
  std::string subject;
  Erasable text;
  Timestamp queued;
};
BOOST_DESCRIBE_STRUCT(MailRow, (), (to, subject, text, queued))

/// `index/sessions`, key: the hash that names the session. Those that have not ended.
struct SessionRow {
  PersonId person;
  Timestamp started;
  Timestamp expires;
};
BOOST_DESCRIBE_STRUCT(SessionRow, (), (person, started, expires))

inline constexpr std::string_view k_sessions_index = "index/sessions";
/// `index/appointments`, key `<person>/<n>`: the body in whose history the appointment `n` stands.
inline constexpr std::string_view k_appointments_index = "index/appointments";
inline constexpr std::string_view k_letters_index = "index/letters";
/// `index/doomed-mail`, key: the mail's id. What is kept of it outside of the log is to be removed.
inline constexpr std::string_view k_doomed_mail_index = "index/doomed-mail";
inline constexpr std::string_view k_sign_in_index = "index/sign-in";
inline constexpr std::string_view k_terms_index = "index/terms";
inline constexpr std::string_view k_seats_index = "index/seats";
/// Key: the id of a seat that is no more. What it was called.
inline constexpr std::string_view k_abolished_index = "index/abolished-seats";
/// Key: the link with which an account was invited. Whose account it is.
inline constexpr std::string_view k_invited_index = "index/invited";
/// Key: the name's key (labels.hpp). Which body has it.
inline constexpr std::string_view k_body_names_index = "index/body-names";
inline constexpr std::string_view k_links_index = "index/links";
inline constexpr std::string_view k_mail_index = "index/mail";
inline constexpr std::string_view k_people_index = "index/people";
inline constexpr std::string_view k_self_audience = "self";

std::string body_topic(const BodyId& body);
std::string link_topic(std::string_view link);
std::string session_topic(std::string_view session);
/// At `/session`: what cannot be the hash of a token.
Result<void> must_name_a_session(const std::string& session);
std::string rights_topic(const PersonId& person);
std::string account_topic(const PersonId& person);

/// All bodies, by name.
const domain::PagedList& list_of_bodies();
/// All organisations, by name.
const domain::PagedList& list_of_organisations();
/// Who sees the list of people: administrators, and auditors, who look for people by name.
const std::vector<AccessRule>& readers_of_people();
/// Everybody with an account, by name.
const domain::PagedList& list_of_people();
/// What Witan has sent by mail, the newest first.
const domain::PagedList& list_of_mail();
/// The body's appointments that have ended, the latest first.
domain::PagedList list_of_past_appointments(const BodyId& body);
std::string organisation_key(const OrganisationId& organisation);

/// The term of the seat's holder; nothing while it is vacant.
std::optional<TermRow> term_of(const domain::Rows& rows, const SeatId& seat);
/// Every link that can be used, by its name.
std::vector<std::pair<std::string, LinkRow>> open_links(const domain::Rows& rows);
/// Whether an invitation to the seat waits for an answer.
bool is_invited_to(const SeatId& seat, const domain::Rows& rows);
/// What the seat is called, or was called last once it is abolished.
std::string seat_title(const BodyId& body, const SeatId& seat, const domain::Rows& rows);
/// Takes the session out of every row. Its own topic stays, empty, so that whoever follows it is told.
void end_session(const PersonId& person, const std::string& session, domain::Presenter& presenter);
/// The account with this keyed hash of an e-mail address.
std::optional<SignInRow> account_at(const domain::Rows& rows, std::string_view address_key);
/// The account of this person; nothing once it has been erased.
std::optional<SignInRow> account_of(const domain::Rows& rows, const PersonId& person);
/// The person's sessions as they stand in the list, newest first; some may have run out.
std::vector<wire::AccountSessionView> sessions_of(const domain::Rows& rows, const PersonId& person);
/// "Name removed" once the name has been erased.
std::string name_of(const domain::Rows& rows, const PersonId& person);
/// Whether the person holds a role or an office that needs a second factor (shared/contract/access.hpp).
bool is_staff(const domain::Rows& rows, const PersonId& person);
/// Whether whoever accepts this open link becomes one who does.
bool is_for_staff(const domain::Rows& rows, const LinkRow& link);
/// Empty for none.
std::string organisation_name(const domain::Rows& rows, const std::optional<OrganisationId>& organisation);
/// The organisation of a seat: the one it stands for, otherwise its holder's own. Empty for none.
std::string seat_organisation(const domain::Rows& rows, const std::optional<OrganisationId>& of_seat,
                              const std::optional<PersonId>& holder);

}  // namespace witan::directory
