#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "shared/contract/directory.hpp"

/// What happened in directory. Names, addresses and password hashes are erasable: events carry only
/// references.
namespace witan::directory {

namespace wire = contract::directory;

struct BodyEstablished {
  static constexpr std::string_view k_type = "body_established";
  BodyId body;
  std::string name;
  wire::BodyKind kind = wire::BodyKind::council;
  std::string summary;
  std::optional<BodyId> parent;
};
BOOST_DESCRIBE_STRUCT(BodyEstablished, (), (body, name, kind, summary, parent))

struct SeatCreated {
  static constexpr std::string_view k_type = "seat_created";
  BodyId body;
  SeatId seat;
  std::string title;
  Role role = Role::member;
  std::optional<OrganisationId> organisation;
};
BOOST_DESCRIBE_STRUCT(SeatCreated, (), (body, seat, title, role, organisation))

/// The seat is called otherwise from here on, or stands for another organisation.
struct SeatChanged {
  static constexpr std::string_view k_type = "seat_changed";
  BodyId body;
  SeatId seat;
  std::string title;
  std::optional<OrganisationId> organisation;
};
BOOST_DESCRIBE_STRUCT(SeatChanged, (), (body, seat, title, organisation))

/// Repeats the seat's title, role and organisation, so that others can be told without a look at what came
/// later.
struct SeatFilled {
  static constexpr std::string_view k_type = "seat_filled";
  BodyId body;
  SeatId seat;
  std::string title;
  Role role = Role::member;
  std::optional<OrganisationId> organisation;
  PersonId person;
  std::optional<CalendarDate> from = {};   ///< Absent: the day of the event.
  std::optional<CalendarDate> until = {};
  std::optional<std::int64_t> interests_to_consider = {};  ///< How many of the person's interests touched the body then; absent for none.
};
BOOST_DESCRIBE_STRUCT(SeatFilled, (), (body, seat, title, role, organisation, person, from, until, interests_to_consider))

/// The holder's term ended today and another one begins.
struct TermRenewed {
  static constexpr std::string_view k_type = "term_renewed";
  BodyId body;
  SeatId seat;
  PersonId person;
  std::optional<CalendarDate> until;
};
BOOST_DESCRIBE_STRUCT(TermRenewed, (), (body, seat, person, until))

/// The term has 90 days to run.
struct TermEnding {
  static constexpr std::string_view k_type = "term_ending";
  BodyId body;
  SeatId seat;
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(TermEnding, (), (body, seat, person))

struct SeatVacated {
  static constexpr std::string_view k_type = "seat_vacated";
  BodyId body;
  SeatId seat;
  PersonId person;
  std::optional<Erasable> reason;
  std::optional<wire::HowEnded> how_ended = {};
};
BOOST_DESCRIBE_STRUCT(SeatVacated, (), (body, seat, person, reason, how_ended))

/// A vacant seat is no seat of the body any more.
struct SeatAbolished {
  static constexpr std::string_view k_type = "seat_abolished";
  BodyId body;
  SeatId seat;
  std::string title;  ///< What it was called last, for whatever still names it.
  Role role = Role::member;
  std::optional<OrganisationId> organisation;
};
BOOST_DESCRIBE_STRUCT(SeatAbolished, (), (body, seat, title, role, organisation))

struct OrganisationRegistered {
  static constexpr std::string_view k_type = "organisation_registered";
  OrganisationId organisation;
  std::string name;
  wire::OrganisationKind kind = wire::OrganisationKind::business;
  std::string area;
};
BOOST_DESCRIBE_STRUCT(OrganisationRegistered, (), (organisation, name, kind, area))

struct OrganisationRenamed {
  static constexpr std::string_view k_type = "organisation_renamed";
  OrganisationId organisation;
  std::string name;
  std::string before;
};
BOOST_DESCRIBE_STRUCT(OrganisationRenamed, (), (organisation, name, before))

struct PersonRegistered {
  static constexpr std::string_view k_type = "person_registered";
  PersonId person;
  Erasable name;
  Erasable email;
  Erasable address_key;              ///< The keyed hash under which sign-in finds the account.
  std::optional<Erasable> password;  ///< PHC string; absent: cannot sign in yet.
  std::optional<OrganisationId> organisation;
  bool is_administrator = false;
};
BOOST_DESCRIBE_STRUCT(PersonRegistered, (),
                      (person, name, email, address_key, password, organisation, is_administrator))

/// `ended`: the person's sessions that end with it.
struct PasswordChanged {
  static constexpr std::string_view k_type = "password_changed";
  PersonId person;
  Erasable address_key;
  Erasable password;  ///< PHC string.
  std::vector<std::string> ended;
};
BOOST_DESCRIBE_STRUCT(PasswordChanged, (), (person, address_key, password, ended))

/// The person comes from another organisation from here on, or from none.
struct PersonAffiliated {
  static constexpr std::string_view k_type = "person_affiliated";
  PersonId person;
  std::optional<OrganisationId> organisation;
  std::optional<OrganisationId> before;
};
BOOST_DESCRIBE_STRUCT(PersonAffiliated, (), (person, organisation, before))

/// Links for another address go out; see LinkIssued.
struct EmailChangeAsked {
  static constexpr std::string_view k_type = "email_change_asked";
  PersonId person;
  Timestamp asked;
};
BOOST_DESCRIBE_STRUCT(EmailChangeAsked, (), (person, asked))

/// Confirmed at both addresses, or at the new one where an administrator asked.
struct EmailChanged {
  static constexpr std::string_view k_type = "email_changed";
  PersonId person;
  Erasable email;
  Erasable address_key;
  std::optional<Erasable> password;  ///< As it is: what is found under the new key. Absent: one is to be set anew.
  std::vector<std::string> ended;    ///< Sessions that end with it.
  std::vector<MailId> mails;         ///< Mail to the earlier address of which nothing said yet that it was the person's.
};
BOOST_DESCRIBE_STRUCT(EmailChanged, (), (person, email, address_key, password, ended, mails))

struct PersonRenamed {
  static constexpr std::string_view k_type = "person_renamed";
  PersonId person;
  Erasable name;
  Erasable before;
  Timestamp renamed;
  std::int64_t number = 0;  ///< Which change of name it is, counted from 1.
};
BOOST_DESCRIBE_STRUCT(PersonRenamed, (), (person, name, before, renamed, number))

struct PreferencesSet {
  static constexpr std::string_view k_type = "preferences_set";
  PersonId person;
  bool mail_on_new_device = false;
  std::optional<wire::PresenceShown> presence;  ///< Absent: nobody had chosen.
};
BOOST_DESCRIBE_STRUCT(PreferencesSet, (), (person, mail_on_new_device, presence))

/// Under this address calendar programs read the person's meetings from now on.
struct CalendarOpened {
  static constexpr std::string_view k_type = "calendar_opened";
  PersonId person;
  std::string name;                   ///< The hash of the address's token.
  Erasable address;
  Timestamp opened;
  std::optional<std::string> before;  ///< The `name` of the address that it takes the place of.
};
BOOST_DESCRIBE_STRUCT(CalendarOpened, (), (person, name, address, opened, before))

struct CalendarClosed {
  static constexpr std::string_view k_type = "calendar_closed";
  PersonId person;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(CalendarClosed, (), (person, name))

/// `ended`: every session of the person.
struct PersonSuspended {
  static constexpr std::string_view k_type = "person_suspended";
  PersonId person;
  std::optional<Erasable> reason;
  std::vector<std::string> ended;
};
BOOST_DESCRIBE_STRUCT(PersonSuspended, (), (person, reason, ended))

struct PersonReinstated {
  static constexpr std::string_view k_type = "person_reinstated";
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(PersonReinstated, (), (person))

/// Several sessions of a person ended at once, by themselves or by an administrator.
struct SessionsEnded {
  static constexpr std::string_view k_type = "sessions_ended";
  PersonId person;
  std::vector<std::string> ended;
};
BOOST_DESCRIBE_STRUCT(SessionsEnded, (), (person, ended))

/// `replaces`: sessions of this person that had run out, and the oldest ones where there were too many. Absent in events
/// from before there was a list of them.
struct SessionStarted {
  static constexpr std::string_view k_type = "session_started";
  std::string session;
  PersonId person;
  Timestamp started;
  Timestamp expires;
  std::optional<Erasable> device;
  std::optional<std::vector<std::string>> replaces;
  std::optional<std::string> issuer = {};  ///< The OpenID provider that vouched for the person; absent: by password.
  std::optional<wire::Standing> standing = {};
  std::optional<std::string> renews = {};  ///< The session that goes on under this name; absent for a sign-in.
};
BOOST_DESCRIBE_STRUCT(SessionStarted, (), (session, person, started, expires, device, replaces, issuer, standing, renews))

/// How a session ended by itself: nobody used it, or its twelve hours were over.
BOOST_DEFINE_ENUM_CLASS(SessionEnd, unused, ran_out)

struct SessionEnded {
  static constexpr std::string_view k_type = "session_ended";
  std::string session;
  PersonId person;
  std::optional<SessionEnd> by_itself = {};  ///< Absent when somebody ended it.
};
BOOST_DESCRIBE_STRUCT(SessionEnded, (), (session, person, by_itself))

struct OfficeGranted {
  static constexpr std::string_view k_type = "office_granted";
  PersonId person;
  wire::Office office = wire::Office::administrator;
};
BOOST_DESCRIBE_STRUCT(OfficeGranted, (), (person, office))

struct OfficeWithdrawn {
  static constexpr std::string_view k_type = "office_withdrawn";
  PersonId person;
  wire::Office office = wire::Office::administrator;
};
BOOST_DESCRIBE_STRUCT(OfficeWithdrawn, (), (person, office))

/// A second factor, the first or in place of another one. `ended`: the person's other sessions.
struct SecondFactorSet {
  static constexpr std::string_view k_type = "second_factor_set";
  PersonId person;
  Timestamp since;
  Erasable key;                    ///< The key of the app, sealed under the pepper.
  std::vector<std::string> codes;  ///< Keyed hashes of the recovery codes.
  std::int64_t step = 0;           ///< Of the code that proved the key (RFC 6238); it works no second time.
  std::vector<std::string> ended;
};
BOOST_DESCRIBE_STRUCT(SecondFactorSet, (), (person, since, key, codes, step, ended))

/// Somebody signed in with a code: of the app (`step`), or a recovery code (`code`, its keyed hash).
struct SecondFactorUsed {
  static constexpr std::string_view k_type = "second_factor_used";
  PersonId person;
  std::optional<std::int64_t> step;
  std::optional<std::string> code;
};
BOOST_DESCRIBE_STRUCT(SecondFactorUsed, (), (person, step, code))

/// Somebody who knew the password came with a code that was wrong, or had been used.
struct WrongCodeEntered {
  static constexpr std::string_view k_type = "wrong_code_entered";
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(WrongCodeEntered, (), (person))

struct RecoveryCodesRenewed {
  static constexpr std::string_view k_type = "recovery_codes_renewed";
  PersonId person;
  std::vector<std::string> codes;
};
BOOST_DESCRIBE_STRUCT(RecoveryCodesRenewed, (), (person, codes))

struct SecondFactorRemoved {
  static constexpr std::string_view k_type = "second_factor_removed";
  PersonId person;
  std::vector<std::string> ended;
};
BOOST_DESCRIBE_STRUCT(SecondFactorRemoved, (), (person, ended))

/// An account at an OpenID provider opens this one from now on. Who it is there is kept as a keyed hash only.
struct OpenidLinked {
  static constexpr std::string_view k_type = "openid_linked";
  PersonId person;
  std::string issuer;
  Erasable subject_key;
  Timestamp linked;
  std::optional<Erasable> replaces;  ///< The `subject_key` of one that was linked before.
};
BOOST_DESCRIBE_STRUCT(OpenidLinked, (), (person, issuer, subject_key, linked, replaces))

struct OpenidUnlinked {
  static constexpr std::string_view k_type = "openid_unlinked";
  PersonId person;
  Erasable subject_key;
};
BOOST_DESCRIBE_STRUCT(OpenidUnlinked, (), (person, subject_key))
/// The account was deleted. `ended`: sessions that end with it; `mails`: all that were sent to the person; `named_in`: those to
/// others whose text names the person, absent in events from before there were any.
struct PersonErased {
  static constexpr std::string_view k_type = "person_erased";
  PersonId person;
  wire::WhyErased why = wire::WhyErased::asked;
  std::vector<std::string> ended;
  std::vector<MailId> mails;
  std::optional<std::vector<MailId>> named_in = {};
  std::optional<std::string> calendar = {};  ///< The name of their calendar's address, which ends with it.
};
BOOST_DESCRIBE_STRUCT(PersonErased, (), (person, why, ended, mails, named_in, calendar))

/// A one-use link, named by the hash of its token. What it says of a person is erasable.
struct LinkIssued {
  static constexpr std::string_view k_type = "link_issued";
  std::string link;
  wire::LinkKind kind = wire::LinkKind::invitation;
  Timestamp expires;
  std::optional<PersonId> person;      ///< For `password` and changes of address: whose.
  std::optional<BodyId> body;          ///< For `invitation`, as `seat`, `name` and `email`.
  std::optional<SeatId> seat;
  std::optional<Erasable> name;
  std::optional<Erasable> email;
  std::optional<CalendarDate> until;   ///< Last day of the term.
  // For `new_address` and `present_address`, as `person` and `email`, which is the new one:
  std::optional<Erasable> address_key = {};  ///< As in PersonRegistered.
  std::optional<std::string> other = {};     ///< The link to the other address; absent when this one is enough.
  std::optional<OrganisationId> organisation = {};  ///< For `invitation`: whom they come from.
};
BOOST_DESCRIBE_STRUCT(LinkIssued, (), (link, kind, expires, person, body, seat, name, email, until, address_key, other, organisation))

struct LinkUsed {
  static constexpr std::string_view k_type = "link_used";
  std::string link;
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(LinkUsed, (), (link, person))

/// `password_changed`: a change of address ends with the password that it was asked for with.
BOOST_DEFINE_ENUM_CLASS(LinkEnd, expired, replaced, withdrawn, password_changed)

/// It can be used no more and never was.
struct LinkClosed {
  static constexpr std::string_view k_type = "link_closed";
  std::string link;
  LinkEnd how = LinkEnd::expired;
};
BOOST_DESCRIBE_STRUCT(LinkClosed, (), (link, how))

/// Somebody came with a link that was open no more. Noted the first time.
struct DeadLinkFollowed {
  static constexpr std::string_view k_type = "dead_link_followed";
  std::string link;
};
BOOST_DESCRIBE_STRUCT(DeadLinkFollowed, (), (link))

/// `is_shown`: nothing takes the mail away from this machine, so administrators read it on a page and pass it on.
struct MailQueued {
  static constexpr std::string_view k_type = "mail_queued";
  MailId mail;
  Erasable to;
  std::string subject;
  Erasable text;
  bool is_shown = false;
  std::optional<PersonId> person = {};  ///< Whose account it is about, where that is known.
  std::optional<PersonId> names = {};   ///< Somebody else who is named in its text: it is erased with them too.
};
BOOST_DESCRIBE_STRUCT(MailQueued, (), (mail, to, subject, text, is_shown, person, names))

struct MailSent {
  static constexpr std::string_view k_type = "mail_sent";
  MailId mail;
};
BOOST_DESCRIBE_STRUCT(MailSent, (), (mail))

struct MailRefused {
  static constexpr std::string_view k_type = "mail_refused";
  MailId mail;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(MailRefused, (), (mail, reason))

/// It went to somebody whose account was deleted since, and what was kept of it outside of the log is gone.
struct MailDestroyed {
  static constexpr std::string_view k_type = "mail_destroyed";
  MailId mail;
};
BOOST_DESCRIBE_STRUCT(MailDestroyed, (), (mail))

/// What came that opens nothing, within a minute or so. No more than one of these a minute and gateway, however much comes.
struct StrangersCame {
  static constexpr std::string_view k_type = "strangers_came";
  std::int64_t ended_sessions = 0;  ///< Cookies and tokens of sessions that have ended.
  std::int64_t cookies = 0;         ///< Those that were never given, and those that were not looked at.
  std::int64_t links = 0;
  std::int64_t forms = 0;
  std::int64_t codes = 0;
  std::optional<std::int64_t> sign_ins;  ///< Tries with a wrong e-mail address or password. Earlier events do not have it.
  std::optional<std::int64_t> papers = {};              ///< Tries to open papers that are not there, or not for whoever tried,
  std::optional<std::vector<PersonId>> seekers = {};    ///< and who of those signed in has tried it three times or more within the hour.
};
BOOST_DESCRIBE_STRUCT(StrangersCame, (), (ended_sessions, cookies, links, forms, codes, sign_ins, papers, seekers))

using StrangersEvent = std::variant<StrangersCame>;
using BodyEvent = std::variant<BodyEstablished, SeatCreated, SeatChanged, SeatFilled, TermRenewed, TermEnding, SeatVacated, SeatAbolished>;
using LinkEvent = std::variant<LinkIssued, LinkUsed, LinkClosed, DeadLinkFollowed>;
using MailEvent = std::variant<MailQueued, MailSent, MailRefused, MailDestroyed>;
using OrganisationEvent = std::variant<OrganisationRegistered, OrganisationRenamed>;
using PersonEvent = std::variant<PersonRegistered, PersonAffiliated, PasswordChanged, EmailChangeAsked, EmailChanged, PersonRenamed, PreferencesSet, CalendarOpened, CalendarClosed, PersonSuspended, PersonReinstated, SessionsEnded, OfficeGranted, OfficeWithdrawn,
                                 SecondFactorSet, SecondFactorUsed, WrongCodeEntered, RecoveryCodesRenewed, SecondFactorRemoved,
                                 OpenidLinked, OpenidUnlinked, PersonErased>;
using SessionEvent = std::variant<SessionStarted, SessionEnded>;

}  // namespace witan::directory
