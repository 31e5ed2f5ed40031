#pragma once

#include "shared/contract/directory_commands.hpp"

/// What directory tells other services, and what it shows.
namespace witan::contract::directory {

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

/// The person has another name from here on. What was recorded under the earlier one keeps it, until `person_erased`.
struct PersonRenamedNotice {
  static constexpr std::string_view k_type = "person_renamed";
  PersonId person;
  std::string name;
  std::int64_t number = 0;  ///< Counted from 1: what a consumer has heard may be told again, and not in order.
};
BOOST_DESCRIBE_STRUCT(PersonRenamedNotice, (), (person, name, number))

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
  bool is_invited = false;  ///< An invitation to it waits for an answer. Only `staff` is told.
  std::string interests_href;  ///< The holder's register of interests; empty while vacant.
  std::string stands_for;      ///< The organisation of the seat itself; `organisation` is its holder's where it has none.
  std::string sort;
};
BOOST_DESCRIBE_STRUCT(SeatView, (), (seat, title, role, role_label, organisation, person_name, is_vacant, since, until,
                                     ends_soon, is_invited, interests_href, stands_for, sort))

/// Topic `appointments/<body>` and its pages, key `appointment/<n>`: an appointment that has ended, or that a seat was abolished.
/// Audience `public`.
struct AppointmentView {
  SeatId seat;
  std::string title;        ///< Of the seat, as it was.
  std::string role_label;
  std::string organisation;
  std::string person_name;
  std::string from;         ///< "19 June 2018"
  std::string until;        ///< The day on which it ended.
  std::string how_label;    ///< "Resigned"; empty when nobody said.
  bool is_abolition = false;  ///< Nobody held the seat, and on the day `until` it was abolished; `person_name` and `from` are empty.
  std::string sort;         ///< The latest end first.
};
BOOST_DESCRIBE_STRUCT(AppointmentView, (), (seat, title, role_label, organisation, person_name, from, until, how_label, is_abolition, sort))

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
  bool is_address = false;    ///< To confirm a change of address, new or present; `email` is the new one.
  bool is_present_address = false;
  bool is_complete = false;   ///< The change of address has been confirmed everywhere.
  bool is_off = false;        ///< It was confirmed here, and cannot be anywhere else any more.
  bool needs_password = false;  ///< With the move, everybody is signed out and a password is to be set anew.
  bool is_open = true;
  bool was_used = false;      ///< Of those that are not open; `why_over` says of the others how they ended.
  std::string why_over;       ///< "It was withdrawn at 2:15pm on 19 June 2018."; empty while it is open, and when it was used.
  std::string name;           ///< Of the person, as the inviting one wrote it.
  std::string email;
  std::string title;          ///< Of the seat.
  std::string body_name;
  std::string body_href;
  std::string inviter;        ///< The name of whoever invites; empty where no person did, and once the link is over.
  std::string until;          ///< The last day of the term that is offered, "18 June 2021"; empty without one, and once the link is over.
  std::string expires;        ///< "2:15pm on 26 June 2018"
};
BOOST_DESCRIBE_STRUCT(LinkView, (), (is_invitation, is_password, is_administrator, is_address, is_present_address, is_complete, is_off, needs_password, is_open, was_used, why_over, name, email, title,
                                     body_name, body_href, inviter, until, expires))

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

/// What a person held when a session of theirs was given its name. A later one holds more.
BOOST_DEFINE_ENUM_CLASS(Standing, ordinary, staff, staff_with_second_factor)

/// Topic `sessions/<hash>`, key `session`. Audience `gateway`. Absent once the session has ended.
struct SessionView {
  PersonId person;
  Timestamp started;
  Timestamp expires;
  std::optional<Standing> standing = {};  ///< Absent for sessions from before it was noted.
};
BOOST_DESCRIBE_STRUCT(SessionView, (), (person, started, expires, standing))

/// Topic `people` and its pages, key `person/<id>`. Audience `staff`: administrators and auditors.
struct PersonView {
  PersonId person;
  std::string name;
  std::string email;
  std::string organisation;  ///< Empty for none.
  bool is_administrator = false;
  bool is_auditor = false;
  bool has_second_factor = false;
  bool is_suspended = false;
  std::string href;          ///< `/people/<id>`
  std::string sort;
};
BOOST_DESCRIBE_STRUCT(PersonView, (), (person, name, email, organisation, is_administrator, is_auditor, has_second_factor, is_suspended, href,
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
  std::string new_email;                  ///< The address that waits to be confirmed; empty for none.
  std::string new_email_until;            ///< As `password_since`.
  bool waits_for_new_email = false;       ///< It has not been confirmed there yet.
  bool waits_for_present_email = false;   ///< It has not been confirmed at the present address yet.
  bool mail_on_new_device = false;        ///< See SetPreferences.
  PresenceShown presence = k_presence_at_first;
  bool is_shown_to_everyone = false;      ///< `presence` once more, for the form; so the next one.
  bool is_shown_to_nobody = false;
  std::string suspended_since;            ///< As `password_since`; empty while people can sign in.
  std::string suspended_reason;           ///< Empty where nobody gave one.
};
BOOST_DESCRIBE_STRUCT(AccountView, (), (person, name, email, organisation, password_since, is_administrator, is_auditor,
                                        second_factor_since, recovery_code_count, openid_since, new_email, new_email_until,
                                        waits_for_new_email, waits_for_present_email, mail_on_new_device, presence,
                                        is_shown_to_everyone, is_shown_to_nobody,
                                        suspended_since, suspended_reason))

/// Topic `account/<person>`, key `seat/<id>`: a seat that the person holds. Audience `self`.
struct AccountSeatView {
  SeatId seat;
  std::string title;
  std::string body_name;
  std::string body_href;
  std::string since;         ///< As in SeatView.
  std::string until;
  std::string sort;
};
BOOST_DESCRIBE_STRUCT(AccountSeatView, (), (seat, title, body_name, body_href, since, until, sort))

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

/// Topic `calendar/<person>`, key `calendar`. Audience `self`: the person, and nobody else.
struct CalendarView {
  std::string address;    ///< "https://witan.example/calendar/<token>.ics": whoever knows it reads the person's meetings.
  std::string subscribe;  ///< The same as calendar programs are asked to follow it: "webcal://…"
  std::string since;      ///< "2:15pm on 19 June 2018"
};
BOOST_DESCRIBE_STRUCT(CalendarView, (), (address, subscribe, since))

/// Topic `calendars/<hash of the token>`, key `holder`. Audience `gateway`.
struct CalendarHolderView {
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(CalendarHolderView, (), (person))

/// Topic `rights/<person>`, key `person`. Audience `gateway`.
struct RightsPersonView {
  PersonId person;
  std::string name;
  bool is_administrator = false;
  std::optional<bool> is_auditor;         ///< Absent in rows from before there were auditors.
  std::optional<bool> has_second_factor;  ///< Absent in rows from before there was one.
  std::optional<PresenceShown> presence = {};  ///< Absent where nobody has chosen: `k_presence_at_first`.
};
BOOST_DESCRIBE_STRUCT(RightsPersonView, (), (person, name, is_administrator, is_auditor, has_second_factor, presence))

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
  std::int64_t change_count = 0;  ///< How often it was changed.
  bool is_editable = false;   ///< For `self` and `staff`, as long as it holds.
  std::string sort;
};
BOOST_DESCRIBE_STRUCT(InterestView, (), (interest, person, kind, kind_label, organisation, description, since, since_day, declared, changed,
                                         withdrawn, is_withdrawn, is_for_another, has_earlier, earlier, change_count, is_editable, sort))

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

}  // namespace witan::contract::directory
