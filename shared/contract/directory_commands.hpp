#pragma once

#include "shared/contract/access.hpp"
#include "shared/contract/codec.hpp"

/// What directory accepts: people, organisations, bodies, seats, sessions, registers of interests.
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
BOOST_DEFINE_ENUM_CLASS(LinkKind, invitation, password, administrator, new_address, present_address)

/// What a person may do in all of Witan, apart from seats. Nobody holds both: who changes things does not check them.
BOOST_DEFINE_ENUM_CLASS(Office, administrator, auditor)

/// The kinds of the Relevant Authorities (Disclosable Pecuniary Interests) Regulations 2012 (SI 2012/1464), and those that the
/// guidance on LEP governance (MHCLG, January 2018) adds: gifts and hospitality, membership of other bodies, close family.
BOOST_DEFINE_ENUM_CLASS(InterestKind, employment, contract, land, securities, sponsorship, membership, family, other)

/// Result `{body}`. No two bodies have the same name; capitals and how much white space there is make no difference, and runs of
/// white space are kept as one space.
struct EstablishBody {
  static constexpr std::string_view k_name = "directory.establish_body";
  Text<2, 120> name;
  BodyKind kind = BodyKind::council;
  std::optional<Prose<0, 2000>> summary;
  std::optional<BodyId> parent;
};
BOOST_DESCRIBE_STRUCT(EstablishBody, (), (name, kind, summary, parent))

/// Result `{organisation}`. No two organisations have the same name; compared and kept as those of bodies.
struct RegisterOrganisation {
  static constexpr std::string_view k_name = "directory.register_organisation";
  Text<2, 120> name;
  OrganisationKind kind = OrganisationKind::business;
  std::optional<Text<0, 120>> area;
};
BOOST_DESCRIBE_STRUCT(RegisterOrganisation, (), (name, kind, area))

/// Puts the name right wherever it stands for the present: lists, seats, accounts, registers of interests. Past appointments, and
/// what interests said before they were changed, keep the earlier one.
struct RenameOrganisation {
  static constexpr std::string_view k_name = "directory.rename_organisation";
  OrganisationId organisation;
  Text<2, 120> name;
};
BOOST_DESCRIBE_STRUCT(RenameOrganisation, (), (organisation, name))

/// Result `{person}`. Without a password the person cannot sign in yet.
struct RegisterPerson {
  static constexpr std::string_view k_name = "directory.register_person";
  Text<1, 100> name;
  EmailAddress email;
  std::optional<OrganisationId> organisation;
  std::optional<Password> password;
  std::optional<bool> administrator;
  std::optional<Text<0, 120>> organisation_name = {};  ///< In place of the id: the very name under which it is registered.
};
BOOST_DESCRIBE_STRUCT(RegisterPerson, (), (name, email, organisation, password, administrator, organisation_name))

/// The organisation that a person comes from; none where neither id nor name is given.
struct SetOrganisation {
  static constexpr std::string_view k_name = "directory.set_organisation";
  PersonId person;
  std::optional<OrganisationId> organisation;
  std::optional<Text<0, 120>> organisation_name = {};  ///< In place of the id: the very name under which it is registered.
};
BOOST_DESCRIBE_STRUCT(SetOrganisation, (), (person, organisation, organisation_name))

/// Result `{seat}`.
struct CreateSeat {
  static constexpr std::string_view k_name = "directory.create_seat";
  BodyId body;
  Text<2, 120> title;
  Role role = Role::member;
  std::optional<OrganisationId> organisation;
  std::optional<Text<0, 120>> organisation_name = {};  ///< In place of the id: the very name under which it is registered.
};
BOOST_DESCRIBE_STRUCT(CreateSeat, (), (body, title, role, organisation, organisation_name))

/// The seat as it is to be called from now on, and the organisation that it stands for: none where neither id nor name is given.
/// Appointments that have ended keep what it was called.
struct ChangeSeat {
  static constexpr std::string_view k_name = "directory.change_seat";
  BodyId body;
  SeatId seat;
  Text<2, 120> title;
  std::optional<OrganisationId> organisation;
  std::optional<Text<0, 120>> organisation_name = {};  ///< In place of the id: the very name under which it is registered.
};
BOOST_DESCRIBE_STRUCT(ChangeSeat, (), (body, seat, title, organisation, organisation_name))

/// Appoints a person to a vacant seat. Days are days in the UK, the last one included; the right that the seat gives ends
/// with it. The person is named by id, or by the e-mail address of their account: administrators find everybody by it, a
/// secretary those who sit in a body of theirs. Result `{interests_to_consider}`: how many of the person's interests touch the body.
struct FillSeat {
  static constexpr std::string_view k_name = "directory.fill_seat";
  BodyId body;
  SeatId seat;
  std::optional<PersonId> person;
  std::optional<CalendarDate> from = {};   ///< Absent: today. Not in the future.
  std::optional<CalendarDate> until = {};  ///< Absent: without a term.
  std::optional<EmailAddress> email = {};  ///< In place of the person's id.
};
BOOST_DESCRIBE_STRUCT(FillSeat, (), (body, seat, person, from, until, email))

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

/// Takes a vacant seat out of the body for good: one that was made by mistake, or that is needed no more. Invitations to it are
/// withdrawn. The history of the body says that it was abolished, and when.
struct AbolishSeat {
  static constexpr std::string_view k_name = "directory.abolish_seat";
  BodyId body;
  SeatId seat;
};
BOOST_DESCRIBE_STRUCT(AbolishSeat, (), (body, seat))

/// Mails somebody a link with which they take a vacant seat, for seven days. An earlier invitation to the seat ends.
struct Invite {
  static constexpr std::string_view k_name = "directory.invite";
  BodyId body;
  SeatId seat;
  Text<1, 100> name;
  EmailAddress email;
  std::optional<CalendarDate> until;  ///< Last day of the term.
  std::optional<OrganisationId> organisation = {};  ///< Whom they come from: it is put down when they accept, unless their account says another.
  std::optional<Text<0, 120>> organisation_name = {};  ///< In place of the id: the very name under which it is registered.
};
BOOST_DESCRIBE_STRUCT(Invite, (), (body, seat, name, email, until, organisation, organisation_name))

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

/// Asks for another e-mail address for an account. A link goes to the new address and, unless an administrator asks for somebody
/// else, one to the present address; the account moves once all of them were confirmed, within a day. Whether the new address has
/// an account already is told by mail, to whoever reads it.
struct ChangeEmail {
  static constexpr std::string_view k_name = "directory.change_email";
  PersonId person;
  EmailAddress new_email;
  Password current_password;                             ///< Of whoever asks.
  std::optional<Text<0, 40>> present_code = {};          ///< Of whoever asks, where they have a second factor.
};
BOOST_DESCRIBE_STRUCT(ChangeEmail, (), (person, new_email, current_password, present_code))

/// The links that were sent end, and the address stays as it is.
struct WithdrawEmailChange {
  static constexpr std::string_view k_name = "directory.withdraw_email_change";
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(WithdrawEmailChange, (), (person))

/// What a link of ChangeEmail offers.
struct ConfirmEmail {
  static constexpr std::string_view k_name = "directory.confirm_email";
  static constexpr bool k_for_visitors = true;
  Text<20, 100> token;
};
BOOST_DESCRIBE_STRUCT(ConfirmEmail, (), (token))

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

/// What came to a gateway that opens nothing, since it last said so: for the audit, once a minute at most.
struct NoteStrangers {
  static constexpr std::string_view k_name = "directory.note_strangers";
  static constexpr bool k_for_gateway = true;
  Text<0, 2000> sessions;    ///< What cookies and tokens of no present session would be named by; the first of them, with spaces between.
  std::int64_t cookies = 0;  ///< How many such cookies and tokens there were, each counted once.
  std::int64_t links = 0;    ///< Links that are unknown, or that somebody opened or tried to use when they were over; each counted once.
  std::int64_t forms = 0;    ///< Forms and tickets that were not given to whoever sent them, or too long ago.
  std::int64_t codes = 0;    ///< Wrong codes of a second factor, by somebody who is signed in.
  std::int64_t sign_ins = 0; ///< Tries with a wrong e-mail address or password; it is not said which, nor whose.
  std::optional<std::int64_t> papers = {};      ///< Tries to open papers that are not there, or not for whoever tried.
  std::optional<Text<0, 600>> seekers = {};     ///< Who of those signed in has tried that three times or more within the hour; the first of them, with spaces between.
};
BOOST_DESCRIBE_STRUCT(NoteStrangers, (), (sessions, cookies, links, forms, codes, sign_ins, papers, seekers))

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

/// Signs in with what the provider sent the browser back with. Result `{person, name, known_device}`.
struct FinishOpenidSignIn {
  static constexpr std::string_view k_name = "directory.finish_openid_sign_in";
  static constexpr bool k_for_gateway = true;
  Text<20, 100> state;
  Text<1, 2000> code;
  std::optional<Text<1, 500>> issuer;  ///< Who says that the code is theirs (RFC 9207).
  Text<20, 100> session;               ///< As in StartSession, and the rest.
  std::optional<Text<0, 200>> device;
  std::optional<Text<0, 500>> known_device = {};
};
BOOST_DESCRIBE_STRUCT(FinishOpenidSignIn, (), (state, code, issuer, session, device, known_device))

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

/// Gives the session of whoever sends it another name, since its person has come to hold more than when it was named: a name
/// that somebody else knew from before opens nothing of that (OWASP ASVS 5.0, 7.2.4). The earlier name ends; the time at
/// which the session runs out stays.
struct RenewSession {
  static constexpr std::string_view k_name = "directory.renew_session";
  static constexpr bool k_for_gateway = true;
  Text<20, 100> session;  ///< base32 SHA-256 of the new token.
};
BOOST_DESCRIBE_STRUCT(RenewSession, (), (session))

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

/// Seats, lists, and what the person does from here on carry the new name. What was recorded under the earlier one keeps it.
struct RenamePerson {
  static constexpr std::string_view k_name = "directory.rename_person";
  PersonId person;
  Text<1, 100> name;
};
BOOST_DESCRIBE_STRUCT(RenamePerson, (), (person, name))

/// To whom a person is shown as being at a page: to everyone who reads it, to those who see more of it than the public does, or to
/// nobody, who then are not counted either.
BOOST_DEFINE_ENUM_CLASS(PresenceShown, everyone, members, nobody)
/// Where nobody has chosen.
inline constexpr auto k_presence_at_first = PresenceShown::members;

/// How one's own account is to behave: all of it at once, as a form sends it.
struct SetPreferences {
  static constexpr std::string_view k_name = "directory.set_preferences";
  PersonId person;
  std::optional<bool> mail_on_new_device;  ///< A mail for each sign-in on a device that the account was not used on. Absent: no.
  /// Absent: as it is. Whoever hid from others is not shown again by a program that does not know of it.
  std::optional<PresenceShown> presence = {};
};
BOOST_DESCRIBE_STRUCT(SetPreferences, (), (person, mail_on_new_device, presence))

/// An address under which calendar programs read the person's meetings without signing in: see CalendarView. One that there was before
/// ends. Only the person's own.
struct OpenCalendar {
  static constexpr std::string_view k_name = "directory.open_calendar";
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(OpenCalendar, (), (person))

/// The address ends. Without one nothing changes.
struct CloseCalendar {
  static constexpr std::string_view k_name = "directory.close_calendar";
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(CloseCalendar, (), (person))

/// Nobody can sign in to the account until it is reinstated, whatever becomes of its password, and every session of it ends. Seats and
/// what the person did stay. The last administrator who can sign in, and oneself, cannot be suspended. Result `{ended}`.
struct SuspendPerson {
  static constexpr std::string_view k_name = "directory.suspend_person";
  PersonId person;
  std::optional<Text<0, 300>> reason;  ///< For administrators and auditors.
};
BOOST_DESCRIBE_STRUCT(SuspendPerson, (), (person, reason))

struct ReinstatePerson {
  static constexpr std::string_view k_name = "directory.reinstate_person";
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(ReinstatePerson, (), (person))

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

/// The whole entry as it is to stand from now on; how it stood before stays to be read. `stale_version` when the entry was changed
/// since it was `seen_changes` times changed.
struct ChangeInterest {
  static constexpr std::string_view k_name = "directory.change_interest";
  PersonId person;
  InterestId interest;
  InterestKind kind = InterestKind::employment;
  std::optional<OrganisationId> organisation;
  std::optional<Text<0, 120>> organisation_name;
  Prose<2, 500> description;
  std::optional<CalendarDate> since;
  std::optional<std::int64_t> seen_changes = {};  ///< As the entry's row counted them; absent: whatever they were.
};
BOOST_DESCRIBE_STRUCT(ChangeInterest, (), (person, interest, kind, organisation, organisation_name, description, since, seen_changes))

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
  std::optional<Text<0, 40>> present_code = {};  ///< Of whoever deletes the account, where they have a second factor.
};
BOOST_DESCRIBE_STRUCT(ErasePerson, (), (person, current_password, reason, present_code))

}  // namespace witan::contract::directory
