#pragma once

#include "shared/contract/access.hpp"
#include "shared/contract/codec.hpp"

/// What directory accepts, publishes and shows: people, organisations, bodies, seats, sessions.
namespace witan {
/// One entry of a register of interests. It stays the same when the entry is changed, so that others can refer to it.
using InterestId = Id<struct InterestTag>;
}  // namespace witan

namespace witan::contract::directory {

BOOST_DEFINE_ENUM_CLASS(BodyKind, council, lep_board, advisory_group, skills_advisory_panel, growth_hub, working_group)
BOOST_DEFINE_ENUM_CLASS(OrganisationKind, lep, combined_authority, business, academia, civil_society, government,
                        public_body)
/// How an appointment to a seat came to its end. `reappointed`: a new one followed, of the same person to the same seat.
BOOST_DEFINE_ENUM_CLASS(HowEnded, resigned, term_ended, removed, left_organisation, died, reappointed)
/// Why somebody's account was deleted.
BOOST_DEFINE_ENUM_CLASS(WhyErased, asked, died, mistake)
/// What a mailed one-use link is for.
BOOST_DEFINE_ENUM_CLASS(LinkKind, invitation, password, administrator)

/// What a person may do in all of Witan, apart from seats. Nobody holds both: who changes things does not check them.
BOOST_DEFINE_ENUM_CLASS(Office, administrator, auditor)

/// The kinds of the Relevant Authorities (Disclosable Pecuniary Interests) Regulations 2012 (SI 2012/1464), and those that the
/// guidance on LEP governance (MHCLG, January 2018) adds: gifts and hospitality, membership of other bodies, close family.
BOOST_DEFINE_ENUM_CLASS(InterestKind, employment, contract, land, securities, sponsorship, membership, family, other)

// Commands

/// Result `{body}`.
struct EstablishBody {
  static constexpr std::string_view k_name = "directory.establish_body";
  Text<2, 120> name;
  BodyKind kind = BodyKind::council;
  std::optional<Prose<0, 2000>> summary;
  std::optional<BodyId> parent;
};
BOOST_DESCRIBE_STRUCT(EstablishBody, (), (name, kind, summary, parent))

/// Result `{organisation}`.
struct RegisterOrganisation {
  static constexpr std::string_view k_name = "directory.register_organisation";
  Text<2, 120> name;
  OrganisationKind kind = OrganisationKind::business;
  std::optional<Text<0, 120>> area;
};
BOOST_DESCRIBE_STRUCT(RegisterOrganisation, (), (name, kind, area))

/// Result `{person}`. Without a password the person cannot sign in yet.
struct RegisterPerson {
  static constexpr std::string_view k_name = "directory.register_person";
  Text<1, 100> name;
  EmailAddress email;
  std::optional<OrganisationId> organisation;
  std::optional<Password> password;
  std::optional<bool> administrator;
};
BOOST_DESCRIBE_STRUCT(RegisterPerson, (), (name, email, organisation, password, administrator))

/// Result `{seat}`.
struct CreateSeat {
  static constexpr std::string_view k_name = "directory.create_seat";
  BodyId body;
  Text<2, 120> title;
  Role role = Role::member;
  std::optional<OrganisationId> organisation;
};
BOOST_DESCRIBE_STRUCT(CreateSeat, (), (body, title, role, organisation))

/// Appoints a person to a vacant seat. Days are days in the UK, the last one included; the right that the seat gives ends
/// with it. Result `{interests_to_consider}`: how many of the person's interests touch the body.
struct FillSeat {
  static constexpr std::string_view k_name = "directory.fill_seat";
  BodyId body;
  SeatId seat;
  PersonId person;
  std::optional<CalendarDate> from = {};   ///< Absent: today. Not in the future.
  std::optional<CalendarDate> until = {};  ///< Absent: without a term.
};
BOOST_DESCRIBE_STRUCT(FillSeat, (), (body, seat, person, from, until))

/// A new term for who holds the seat, from today.
struct Reappoint {
  static constexpr std::string_view k_name = "directory.reappoint";
  BodyId body;
  SeatId seat;
  std::optional<CalendarDate> until;
};
BOOST_DESCRIBE_STRUCT(Reappoint, (), (body, seat, until))

struct VacateSeat {
  static constexpr std::string_view k_name = "directory.vacate_seat";
  BodyId body;
  SeatId seat;
  std::optional<Text<0, 300>> reason;
  std::optional<HowEnded> how_ended = {};  ///< Not `reappointed`.
};
BOOST_DESCRIBE_STRUCT(VacateSeat, (), (body, seat, reason, how_ended))

/// Mails somebody a link with which they take a vacant seat, for seven days. An earlier invitation to the seat ends.
struct Invite {
  static constexpr std::string_view k_name = "directory.invite";
  BodyId body;
  SeatId seat;
  Text<1, 100> name;
  EmailAddress email;
  std::optional<CalendarDate> until;  ///< Last day of the term.
};
BOOST_DESCRIBE_STRUCT(Invite, (), (body, seat, name, email, until))

struct WithdrawInvitation {
  static constexpr std::string_view k_name = "directory.withdraw_invitation";
  Text<20, 100> link;  ///< base32 SHA-256 of the token.
};
BOOST_DESCRIBE_STRUCT(WithdrawInvitation, (), (link))

/// Takes what a link offers. Who has an account signs in first and sends only the token; others choose a password and get
/// an account. `email` is for the first administrator, whom nobody invited. Result `{person}`.
struct AcceptInvitation {
  static constexpr std::string_view k_name = "directory.accept_invitation";
  static constexpr bool k_for_visitors = true;
  Text<20, 100> token;
  std::optional<Text<1, 100>> name;
  std::optional<EmailAddress> email;
  std::optional<Password> password;
};
BOOST_DESCRIBE_STRUCT(AcceptInvitation, (), (token, name, email, password))

/// Mails a link for setting the password anew, if the address has an account. The answer does not say whether it has.
struct RequestPasswordReset {
  static constexpr std::string_view k_name = "directory.request_password_reset";
  static constexpr bool k_for_visitors = true;
  EmailAddress email;
};
BOOST_DESCRIBE_STRUCT(RequestPasswordReset, (), (email))

/// Every session of the person ends.
struct ResetPassword {
  static constexpr std::string_view k_name = "directory.reset_password";
  static constexpr bool k_for_visitors = true;
  Text<20, 100> token;
  Password password;
};
BOOST_DESCRIBE_STRUCT(ResetPassword, (), (token, password))

/// Only from the machine that Witan runs on, and only while nobody is an administrator who can sign in: a link with which
/// one person becomes the first one, within seven days. An earlier such link ends. The operator draws the token and sends
/// only its hash.
struct IssueAdministratorLink {
  static constexpr std::string_view k_name = "directory.issue_administrator_link";
  Text<20, 100> link;
};
BOOST_DESCRIBE_STRUCT(IssueAdministratorLink, (), (link))

/// Signs in. The gateway draws the token and sends only its hash, so no service ever holds a usable token.
/// Result `{person, name, known_device}`; for who has a second factor `second_factor_needed`, with `ticket` for
/// `finish_sign_in`.
struct StartSession {
  static constexpr std::string_view k_name = "directory.start_session";
  static constexpr bool k_for_gateway = true;
  EmailAddress email;
  Password password;
  Text<20, 100> session;  ///< base32 SHA-256 of the token.
  std::optional<Text<0, 200>> device;
  /// What an earlier sign-in on this device gave as `known_device`: tries from here are counted apart from those of strangers.
  std::optional<Text<0, 500>> known_device = {};
};
BOOST_DESCRIBE_STRUCT(StartSession, (), (email, password, session, device, known_device))

/// The second step of signing in, for who has a second factor. `ticket` is what the refusal `second_factor_needed` of the
/// first step carried; it is good for five minutes. Result as there.
struct FinishSignIn {
  static constexpr std::string_view k_name = "directory.finish_sign_in";
  static constexpr bool k_for_gateway = true;
  Text<20, 1000> ticket;
  Text<1, 40> code;       ///< Six digits of the authenticator app, or a recovery code.
  Text<20, 100> session;  ///< base32 SHA-256 of the token.
  std::optional<Text<0, 200>> device;
  std::optional<Text<0, 500>> known_device = {};
};
BOOST_DESCRIBE_STRUCT(FinishSignIn, (), (ticket, code, session, device, known_device))

/// One's own second factor (TOTP, RFC 6238), new or in place of another one. The page draws key and recovery codes and the
/// person saves them before they send them, so that nothing secret waits anywhere to be confirmed. Every other session
/// ends. Result `{ended}`: how many.
struct SetSecondFactor {
  static constexpr std::string_view k_name = "directory.set_second_factor";
  Password current_password;
  Text<16, 100> secret_key;    ///< base32, RFC 4648.
  Text<1, 400> secret_codes;   ///< Ten recovery codes with spaces between them.
  Text<1, 40> code;            ///< What the app shows now: the proof that it has the key.
  std::optional<Text<0, 40>> present_code = {};  ///< Needed where it takes the place of another one: a code of that.
};
BOOST_DESCRIBE_STRUCT(SetSecondFactor, (), (current_password, secret_key, secret_codes, code, present_code))

/// Ten new recovery codes of one's own; the earlier ones are good for nothing any more.
struct RenewRecoveryCodes {
  static constexpr std::string_view k_name = "directory.renew_recovery_codes";
  Password current_password;
  Text<1, 400> secret_codes;
  std::optional<Text<0, 40>> present_code = {};  ///< A code of the app, or a recovery code of before.
};
BOOST_DESCRIBE_STRUCT(RenewRecoveryCodes, (), (current_password, secret_codes, present_code))

/// One's own with the password and a code; somebody's who has lost app and recovery codes, by an administrator, which ends every
/// session of theirs. Result `{ended}`.
struct RemoveSecondFactor {
  static constexpr std::string_view k_name = "directory.remove_second_factor";
  PersonId person;
  std::optional<Password> current_password;
  std::optional<Text<0, 40>> present_code = {};
};
BOOST_DESCRIBE_STRUCT(RemoveSecondFactor, (), (person, current_password, present_code))

/// Begins to sign in at the OpenID provider or, for whoever is signed in, to link the account that they have there: then with
/// their password. The gateway draws `state` and binds it to the browser by a cookie. Result `{location}`: where at the
/// provider to go next.
struct BeginOpenid {
  static constexpr std::string_view k_name = "directory.begin_openid";
  static constexpr bool k_for_gateway = true;
  Text<20, 100> state;
  std::optional<Password> current_password;
};
BOOST_DESCRIBE_STRUCT(BeginOpenid, (), (state, current_password))

/// Signs in with what the provider sent the browser back with. Result `{person, name}`.
struct FinishOpenidSignIn {
  static constexpr std::string_view k_name = "directory.finish_openid_sign_in";
  static constexpr bool k_for_gateway = true;
  Text<20, 100> state;
  Text<1, 2000> code;
  std::optional<Text<1, 500>> issuer;  ///< Who says that the code is theirs (RFC 9207).
  Text<20, 100> session;               ///< As in StartSession.
  std::optional<Text<0, 200>> device;
};
BOOST_DESCRIBE_STRUCT(FinishOpenidSignIn, (), (state, code, issuer, session, device))

/// Links the account at the provider with one's own here. It takes the place of one that was linked before.
struct LinkOpenid {
  static constexpr std::string_view k_name = "directory.link_openid";
  static constexpr bool k_for_gateway = true;
  Text<20, 100> state;
  Text<1, 2000> code;
  std::optional<Text<1, 500>> issuer;
};
BOOST_DESCRIBE_STRUCT(LinkOpenid, (), (state, code, issuer))

struct UnlinkOpenid {
  static constexpr std::string_view k_name = "directory.unlink_openid";
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(UnlinkOpenid, (), (person))

struct EndSession {
  static constexpr std::string_view k_name = "directory.end_session";
  Text<20, 100> session;
};
BOOST_DESCRIBE_STRUCT(EndSession, (), (session))

/// Ends every session of a person but the one to keep, if any. Result `{ended}`: how many.
struct EndSessions {
  static constexpr std::string_view k_name = "directory.end_sessions";
  PersonId person;
  std::optional<Text<20, 100>> keep;
};
BOOST_DESCRIBE_STRUCT(EndSessions, (), (person, keep))

/// One's own password. Every other session ends with the old one. Result `{ended}`: how many.
struct ChangePassword {
  static constexpr std::string_view k_name = "directory.change_password";
  Password current_password;
  Password new_password;
};
BOOST_DESCRIBE_STRUCT(ChangePassword, (), (current_password, new_password))

/// Who holds the office already keeps it.
struct GrantOffice {
  static constexpr std::string_view k_name = "directory.grant_office";
  PersonId person;
  Office office = Office::administrator;
};
BOOST_DESCRIBE_STRUCT(GrantOffice, (), (person, office))

/// The last administrator who can sign in keeps theirs.
struct WithdrawOffice {
  static constexpr std::string_view k_name = "directory.withdraw_office";
  PersonId person;
  Office office = Office::administrator;
};
BOOST_DESCRIBE_STRUCT(WithdrawOffice, (), (person, office))

/// Puts an interest on a person's register. In an organisation that is registered (by its id, or by its very name), in
/// another one by name, or in none. Result `{interest}`.
struct DeclareInterest {
  static constexpr std::string_view k_name = "directory.declare_interest";
  PersonId person;
  InterestKind kind = InterestKind::employment;
  std::optional<OrganisationId> organisation;
  std::optional<Text<0, 120>> organisation_name;
  Prose<2, 500> description;
  std::optional<CalendarDate> since;  ///< The day on which the interest began. Not in the future.
};
BOOST_DESCRIBE_STRUCT(DeclareInterest, (), (person, kind, organisation, organisation_name, description, since))

/// The whole entry as it is to stand from now on; how it stood before stays to be read.
struct ChangeInterest {
  static constexpr std::string_view k_name = "directory.change_interest";
  PersonId person;
  InterestId interest;
  InterestKind kind = InterestKind::employment;
  std::optional<OrganisationId> organisation;
  std::optional<Text<0, 120>> organisation_name;
  Prose<2, 500> description;
  std::optional<CalendarDate> since;
};
BOOST_DESCRIBE_STRUCT(ChangeInterest, (), (person, interest, kind, organisation, organisation_name, description, since))

/// It is an interest no longer. The entry stays on the register, marked.
struct WithdrawInterest {
  static constexpr std::string_view k_name = "directory.withdraw_interest";
  PersonId person;
  InterestId interest;
};
BOOST_DESCRIBE_STRUCT(WithdrawInterest, (), (person, interest))

/// "My register is complete and right today"; where it has no entries, "I have nothing to declare". Nobody says it for
/// somebody else.
struct ConfirmInterests {
  static constexpr std::string_view k_name = "directory.confirm_interests";
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(ConfirmInterests, (), (person))
/// Deletes an account for good, one's own or, for administrators, somebody else's. Seats, offices, sessions and links end,
/// and every text that says who the person was or that they wrote about themselves is erased, here and in every service. The
/// last administrator who can sign in stays.
struct ErasePerson {
  static constexpr std::string_view k_name = "directory.erase_person";
  PersonId person;
  Password current_password;        ///< Of whoever deletes the account.
  std::optional<WhyErased> reason;  ///< Needed where the account is somebody else's.
};
BOOST_DESCRIBE_STRUCT(ErasePerson, (), (person, current_password, reason))

using Commands = boost::mp11::mp_list<EstablishBody, RegisterOrganisation, RegisterPerson, CreateSeat, FillSeat,
                                      Reappoint, VacateSeat, Invite, WithdrawInvitation, AcceptInvitation,
                                      RequestPasswordReset, ResetPassword, IssueAdministratorLink, StartSession,
                                      FinishSignIn, SetSecondFactor, RenewRecoveryCodes, RemoveSecondFactor,
                                      EndSession, EndSessions, ChangePassword, GrantOffice, WithdrawOffice,
                                      DeclareInterest, ChangeInterest, WithdrawInterest, ConfirmInterests, BeginOpenid,
                                      FinishOpenidSignIn, LinkOpenid, UnlinkOpenid, ErasePerson>;

// Events for other services. `person_name` is the name at the time of sending; a consumer that keeps it drops it
// on `person_erased`.

struct BodyEstablishedNotice {
  static constexpr std::string_view k_type = "body_established";
  BodyId body;
  std::string name;
  BodyKind kind = BodyKind::council;
};
BOOST_DESCRIBE_STRUCT(BodyEstablishedNotice, (), (body, name, kind))

struct PersonRegisteredNotice {
  static constexpr std::string_view k_type = "person_registered";
  PersonId person;
  std::string name;
  std::string organisation;  ///< Its name; empty for none.
};
BOOST_DESCRIBE_STRUCT(PersonRegisteredNotice, (), (person, name, organisation))

struct SeatFilledNotice {
  static constexpr std::string_view k_type = "seat_filled";
  BodyId body;
  SeatId seat;
  std::string title;
  Role role = Role::member;
  PersonId person;
  std::string person_name;
  std::string organisation;
};
BOOST_DESCRIBE_STRUCT(SeatFilledNotice, (), (body, seat, title, role, person, person_name, organisation))

struct SeatVacatedNotice {
  static constexpr std::string_view k_type = "seat_vacated";
  BodyId body;
  SeatId seat;
};
BOOST_DESCRIBE_STRUCT(SeatVacatedNotice, (), (body, seat))

/// The person's account was deleted. Nobody may keep their name, or what they wrote about themselves, from here on. Names in
/// earlier notices are "Name removed" whenever they are sent again.
struct PersonErasedNotice {
  static constexpr std::string_view k_type = "person_erased";
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(PersonErasedNotice, (), (person))

// What people see

/// Topic `bodies` and its pages, key `body/<id>`, audience `public`; topic `bodies/<id>`, key `body`, and `child/<id>` for
/// each body under it, audiences `public` and `staff` (the body's secretary, and administrators).
struct BodyView {
  BodyId body;
  std::string name;
  BodyKind kind = BodyKind::council;
  std::string kind_label;  ///< "Advisory group"
  std::string summary;
  std::int64_t seat_count = 0;
  std::int64_t vacant_count = 0;
  std::string parent_name;  ///< Empty for a body that stands for itself.
  std::string parent_href;
  std::string href;        ///< `/bodies/<id>`
  std::string sort;
};
BOOST_DESCRIBE_STRUCT(BodyView, (), (body, name, kind, kind_label, summary, seat_count, vacant_count, parent_name, parent_href,
                                     href, sort))

/// Topic `bodies/<id>`, key `seat/<id>`. Audiences `public` and `staff`.
struct SeatView {
  SeatId seat;
  std::string title;
  Role role = Role::member;
  std::string role_label;
  std::string organisation;
  std::string person_name;  ///< Empty while vacant.
  bool is_vacant = true;
  std::string since;        ///< "since 19 June 2018"
  std::string until;        ///< "until 18 June 2021"; empty without a term.
  bool ends_soon = false;   ///< The term has no more than 90 days to run. Only `staff` is told.
  std::string interests_href;  ///< The holder's register of interests; empty while vacant.
  std::string sort;
};
BOOST_DESCRIBE_STRUCT(SeatView, (), (seat, title, role, role_label, organisation, person_name, is_vacant, since, until,
                                     ends_soon, interests_href, sort))

/// Topic `appointments/<body>` and its pages, key `appointment/<n>`: an appointment that has ended. Audience `public`.
struct AppointmentView {
  SeatId seat;
  std::string title;        ///< Of the seat, as it was.
  std::string role_label;
  std::string organisation;
  std::string person_name;
  std::string from;         ///< "19 June 2018"
  std::string until;        ///< The day on which it ended.
  std::string how_label;    ///< "Resigned"; empty when nobody said.
  std::string sort;         ///< The latest end first.
};
BOOST_DESCRIBE_STRUCT(AppointmentView, (), (seat, title, role_label, organisation, person_name, from, until, how_label, sort))

/// Topic `bodies/<id>`, key `invitation/<link>`: one that waits for an answer. Audience `staff`.
struct InvitationView {
  std::string link;
  SeatId seat;
  std::string title;    ///< Of the seat.
  std::string name;
  std::string email;
  std::string sent;     ///< "2:15pm on 19 June 2018"
  std::string expires;
  std::string sort;
};
BOOST_DESCRIBE_STRUCT(InvitationView, (), (link, seat, title, name, email, sent, expires, sort))

/// Topic `links/<hash of the token>`, key `link`. Audience `public`: whoever knows the token knows the topic, and nobody
/// else.
struct LinkView {
  bool is_invitation = false;
  bool is_password = false;
  bool is_administrator = false;
  bool is_open = true;
  bool was_used = false;      ///< Of those that are not open: the others were replaced or withdrawn, or ran out.
  std::string name;           ///< Of the person, as the inviting one wrote it.
  std::string email;
  std::string title;          ///< Of the seat.
  std::string body_name;
  std::string body_href;
  std::string expires;        ///< "2:15pm on 26 June 2018"
};
BOOST_DESCRIBE_STRUCT(LinkView, (), (is_invitation, is_password, is_administrator, is_open, was_used, name, email, title,
                                     body_name, body_href, expires))

/// Topic `mail` and its pages, key `mail/<id>`: what Witan has sent by mail. Audience `staff`: administrators.
struct MailView {
  MailId mail;
  std::string to;
  std::string subject;
  std::string queued;         ///< "2:15pm on 19 June 2018"
  bool is_waiting = true;
  bool was_refused = false;
  std::string reason;         ///< Why it was refused.
  std::string text;           ///< Empty where a mail server takes the mail: then only its receiver may read it.
  std::string sort;
};
BOOST_DESCRIBE_STRUCT(MailView, (), (mail, to, subject, queued, is_waiting, was_refused, reason, text, sort))

/// Topic `organisations` and its pages, key `organisation/<id>`. Audience `public`.
struct OrganisationView {
  OrganisationId organisation;
  std::string name;
  OrganisationKind kind = OrganisationKind::business;
  std::string kind_label;
  std::string area;
  std::string sort;
};
BOOST_DESCRIBE_STRUCT(OrganisationView, (), (organisation, name, kind, kind_label, area, sort))

/// Topic `sessions/<hash>`, key `session`. Audience `gateway`. Absent once the session has ended.
struct SessionView {
  PersonId person;
  Timestamp started;
  Timestamp expires;
};
BOOST_DESCRIBE_STRUCT(SessionView, (), (person, started, expires))

/// Topic `people` and its pages, key `person/<id>`. Audience `staff`: administrators and auditors.
struct PersonView {
  PersonId person;
  std::string name;
  std::string email;
  std::string organisation;  ///< Empty for none.
  bool is_administrator = false;
  bool is_auditor = false;
  bool has_second_factor = false;
  std::string href;          ///< `/people/<id>`
  std::string sort;
};
BOOST_DESCRIBE_STRUCT(PersonView, (), (person, name, email, organisation, is_administrator, is_auditor, has_second_factor, href,
                                       sort))

/// Topic `account/<person>`, key `account`. Audience `self`: the person, and administrators.
struct AccountView {
  PersonId person;
  std::string name;
  std::string email;
  std::string organisation;  ///< Empty for none.
  std::string password_since;  ///< "2:15pm on 19 June 2018"; empty without a password.
  bool is_administrator = false;
  bool is_auditor = false;
  std::string second_factor_since;        ///< As `password_since`; empty without one.
  std::int64_t recovery_code_count = 0;   ///< Those that are not used yet.
  std::string openid_since;               ///< When an account at the OpenID provider was linked; empty without one.
};
BOOST_DESCRIBE_STRUCT(AccountView, (), (person, name, email, organisation, password_since, is_administrator, is_auditor,
                                        second_factor_since, recovery_code_count, openid_since))

/// Topic `account/<person>`, key `session/<hash>`. Audience `self`. A session that has run out goes a minute
/// later at the latest.
struct AccountSessionView {
  std::string session;
  std::string device;    ///< "Firefox on Windows"
  std::string started;   ///< "2:15pm on 19 June 2018"
  Timestamp expires_at;
  std::string expires;
  std::string sort;      ///< Newest first.
};
BOOST_DESCRIBE_STRUCT(AccountSessionView, (), (session, device, started, expires_at, expires, sort))

/// Topic `rights/<person>`, key `person`. Audience `gateway`.
struct RightsPersonView {
  PersonId person;
  std::string name;
  bool is_administrator = false;
  std::optional<bool> is_auditor;         ///< Absent in rows from before there were auditors.
  std::optional<bool> has_second_factor;  ///< Absent in rows from before there was one.
};
BOOST_DESCRIBE_STRUCT(RightsPersonView, (), (person, name, is_administrator, is_auditor, has_second_factor))

/// Topic `rights/<person>`, key `seat/<id>`. Audience `gateway`.
struct RightsSeatView {
  BodyId body;
  std::string body_name;
  Role role = Role::member;
  std::string title;
};
BOOST_DESCRIBE_STRUCT(RightsSeatView, (), (body, body_name, role, title))

/// Topic `interests/<person>`, key `register`: whose it is and how it stands. Audiences of the topic: `self` (the person),
/// `staff` (secretaries of the bodies in which the person sits, and administrators), and from the first seat on `public`.
struct RegisterView {
  PersonId person;
  std::string name;
  std::string confirmed;      ///< "19 June 2018", when the person last said that it is complete; empty for never.
  bool has_nothing = false;   ///< They said then that they have nothing to declare, and nothing was declared since.
  bool has_entries = false;   ///< Some that have not been withdrawn.
  std::string changed;        ///< The day of the last entry, change or withdrawal; empty for never.
  bool is_public = false;     ///< They hold or held a seat. It stays so.
  bool is_own = false;        ///< Only for `self`.
  bool is_editable = false;   ///< For `self` and `staff`.
};
BOOST_DESCRIBE_STRUCT(RegisterView, (), (person, name, confirmed, has_nothing, has_entries, changed, is_public, is_own, is_editable))

/// How an entry stood for some time.
struct EarlierInterest {
  std::string kind_label;
  std::string organisation;
  std::string description;
  std::string since;
  std::string from;           ///< "19 June 2018", when it was put down so.
  std::string until;          ///< When it was changed.
};
BOOST_DESCRIBE_STRUCT(EarlierInterest, (), (kind_label, organisation, description, since, from, until))

/// Topic `interests/<person>`, key `interest/<id>`, audiences as above. Present interests come first.
struct InterestView {
  InterestId interest;
  PersonId person;
  InterestKind kind = InterestKind::employment;
  std::string kind_label;     ///< "Land or property"
  std::string organisation;   ///< Its name; empty for none.
  std::string description;    ///< "Text removed" once it was erased, as the other texts.
  std::string since;          ///< "since 19 June 2018"; empty when nobody said.
  std::string since_day;      ///< `2018-06-19`, for a form.
  std::string declared;       ///< "19 June 2018"
  std::string changed;        ///< The last change; empty for none.
  std::string withdrawn;      ///< Empty as long as it holds.
  bool is_withdrawn = false;
  bool is_for_another = false;  ///< Somebody else entered or last changed it on the person's behalf.
  bool has_earlier = false;
  std::vector<EarlierInterest> earlier;  ///< How it stood before each change, the latest first.
  bool is_editable = false;   ///< For `self` and `staff`, as long as it holds.
  std::string sort;
};
BOOST_DESCRIBE_STRUCT(InterestView, (), (interest, person, kind, kind_label, organisation, description, since, since_day, declared, changed,
                                         withdrawn, is_withdrawn, is_for_another, has_earlier, earlier, is_editable, sort))

/// Topic `concerns/<body>`, key `concern/<person>`: a member of the body with interests that touch it. Audience `staff`: the
/// body's secretary, and administrators.
struct ConcernView {
  PersonId person;
  std::string name;
  std::vector<std::string> interests;  ///< "Contract: Acme Ltd"; no more than three.
  std::int64_t more_count = 0;         ///< Further ones, which the register shows.
  bool has_more = false;
  std::string href;                    ///< `/interests/<person>`
  std::string sort;
};
BOOST_DESCRIBE_STRUCT(ConcernView, (), (person, name, interests, more_count, has_more, href, sort))

using Views = boost::mp11::mp_list<BodyView, SeatView, AppointmentView, InvitationView, LinkView, MailView, OrganisationView, SessionView, PersonView, AccountView, AccountSessionView,
                                   RightsPersonView, RightsSeatView, RegisterView, InterestView, ConcernView>;
using Notices = boost::mp11::mp_list<BodyEstablishedNotice, PersonRegisteredNotice, SeatFilledNotice, SeatVacatedNotice,
                                      PersonErasedNotice>;

}  // namespace witan::contract::directory
