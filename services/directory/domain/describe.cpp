#include "services/directory/domain/aggregates.hpp"
#include "services/directory/domain/labels.hpp"
#include "services/directory/domain/rows.hpp"
#include "shared/contract/personal.hpp"

/// Every event of directory as a line of the audit.
namespace witan::directory {

using domain::AuditLine;
using domain::Rows;

namespace {

std::string holder_of(const Body& body, const SeatId& seat, const Rows& rows) {
  const auto found = body.seats.find(seat);
  if (found == body.seats.end()) return {};
  return found->second.holder ? name_of(rows, *found->second.holder) : "Vacant";
}

AuditLine about_seat(std::string what, const BodyId& body, const SeatId& seat, const Body& before, const Body& after, const Rows& rows) {
  return {std::move(what), body, holder_of(before, seat, rows), holder_of(after, seat, rows), {}};
}

std::string title_of(const Body& body, const SeatId& seat) {
  const auto found = body.seats.find(seat);
  return found == body.seats.end() ? std::string() : " “" + found->second.title + "”";
}

/// "Chair, Cumbria LEP; stands for Cumbria LEP"
std::string seat_in_words(const Body& body, const SeatId& id, const Rows& rows) {
  const auto found = body.seats.find(id);
  if (found == body.seats.end()) return {};
  const auto organisation = organisation_name(rows, found->second.organisation);
  return found->second.title + (organisation.empty() ? "; stands for no organisation" : "; stands for " + organisation);
}

std::string organisation_or_none(const Rows& rows, const std::optional<OrganisationId>& organisation) {
  return organisation ? organisation_name(rows, organisation) : "No organisation";
}

std::string until(const std::optional<CalendarDate>& day) {
  return day ? " until " + uk_time::short_date(*uk_time::day_begins(day->value)) : std::string();
}

/// Whoever accepted has an account with a name; before that, and for others, only the link's erasable texts have one.
std::string invitee(const LinkIssued& issued, const Rows& rows) {
  if (const auto person = rows.row_as<PersonId>(k_invited_index, k_private_audience, issued.link)) return name_of(rows, *person);
  const auto name = issued.name ? rows.text(*issued.name) : std::nullopt;
  return name.value_or("somebody (name removed)");
}

/// What a link is for, as the end of a sentence.
std::string purpose(const LinkIssued& issued, const Rows& rows) {
  switch (issued.kind) {
    case wire::LinkKind::invitation: {
      return "an invitation of " + invitee(issued, rows) + " to the seat “" + seat_title(*issued.body, *issued.seat, rows) + "”";
    }
    case wire::LinkKind::password:
      return "a link for a new password of " + name_of(rows, *issued.person);
    case wire::LinkKind::administrator:
      return "the link for the first administrator";
    case wire::LinkKind::new_address:
      return "a link to confirm the new e-mail address of " + name_of(rows, *issued.person);
    case wire::LinkKind::present_address:
      return "a link to confirm, at the present address, the new one of " + name_of(rows, *issued.person);
  }
  return {};
}

std::string link_state(const Link& link) {
  if (!link.exists) return {};
  if (link.is_open) return "Can be used";
  if (link.was_used) return "Used";
  switch (link.how_closed.value_or(LinkEnd::expired)) {
    case LinkEnd::expired:
      return "Ran out";
    case LinkEnd::replaced:
      return "Replaced by another";
    case LinkEnd::withdrawn:
      return "Withdrawn";
    case LinkEnd::password_changed:
      return "Ended with the password";
  }
  return {};
}

std::string to_consider(const std::optional<std::int64_t>& interests) {
  if (!interests) return {};
  return *interests == 1 ? ". 1 interest to consider" : ". " + std::to_string(*interests) + " interests to consider";
}

std::string reason(const std::optional<Erasable>& given, const Rows& rows) {
  return given ? ". Reason: " + rows.text(*given).value_or("text removed") : std::string();
}

std::string offices_of(const Person& person) {
  if (!person.exists) return {};
  std::string offices;
  for (const auto office : person.offices) offices += (offices.empty() ? "" : ", ") + label(office);
  return offices.empty() ? "No office" : offices;
}

std::string second_factor(const Person& person) {
  if (!person.exists) return {};
  if (!person.second_factor) return "No authenticator app";
  return "Authenticator app, " + std::to_string(person.second_factor->codes.size()) + " recovery codes";
}
std::string linked_at(const Person& person) { return person.openid ? "Linked with " + person.openid->issuer : "Not linked"; }

std::string_view presence_shown(const Person& person) {
  switch (person.presence.value_or(wire::k_presence_at_first)) {
    case wire::PresenceShown::everyone: return "on pages, shown to everyone";
    case wire::PresenceShown::members: return "on pages, shown to members";
    case wire::PresenceShown::nobody: return "on pages, shown to nobody";
  }
  return "";
}

std::string preferences(const Person& person) {
  return (person.mail_on_new_device ? "Mail at sign-in on a new device; " : "No mail at sign-in; ") + std::string(presence_shown(person));
}

std::string elsewhere(std::size_t sessions) {
  return std::to_string(sessions) + (sessions == 1 ? " other place" : " other places");
}

}  // namespace

AuditLine BodyAggregate::describe(const Event& event, const Body& before, const Body& after, const Rows& rows) {
  return std::visit(
      domain::overloaded{
          [](const BodyEstablished& e) {
            return AuditLine{"Established the body “" + e.name + "”", e.body, "", label(e.kind), {}};
          },
          [&](const SeatCreated& e) {
            return about_seat("Created the seat “" + e.title + "” (" + label(e.role) + ")", e.body, e.seat, before, after, rows);
          },
          [&](const SeatChanged& e) {
            return AuditLine{"Changed the seat" + title_of(before, e.seat), e.body, seat_in_words(before, e.seat, rows), seat_in_words(after, e.seat, rows), {}};
          },
          [&](const SeatFilled& e) {
            auto line = about_seat("Filled the seat “" + e.title + "”" + to_consider(e.interests_to_consider), e.body, e.seat, before, after, rows);
            line.to += until(e.until);
            return line;
          },
          [&](const TermRenewed& e) {
            auto line = about_seat("Reappointed to the seat" + title_of(before, e.seat), e.body, e.seat, before, after, rows);
            line.to += until(e.until);
            return line;
          },
          [&](const TermEnding& e) {
            const auto held_until = before.seats.contains(e.seat) ? before.seats.at(e.seat).until : std::nullopt;
            auto line = about_seat("A term ends within 90 days: the seat" + title_of(before, e.seat), e.body, e.seat, before, after, rows);
            line.to += until(held_until);
            return line;
          },
          [&](const SeatVacated& e) {
            const auto how = e.how_ended ? " (" + label(*e.how_ended) + ")" : std::string();
            return about_seat("Vacated the seat" + title_of(before, e.seat) + how + reason(e.reason, rows), e.body, e.seat, before, after, rows);
          },
          [&](const SeatAbolished& e) {
            return AuditLine{"Abolished the seat “" + e.title + "” (" + label(e.role) + ")", e.body, "Vacant", "Abolished", {}};
          },
      },
      event);
}

AuditLine LinkAggregate::describe(const Event& event, const Link& before, const Link& after, const Rows& rows) {
  const auto about = purpose(after.issued, rows);
  AuditLine line{{}, after.issued.body, link_state(before), link_state(after), {}};
  std::visit(domain::overloaded{
                 [&](const LinkIssued&) { line.what = "Sent " + about; },
                 [&](const LinkUsed& e) {
                   line.what = "Used " + about;
                   // Whoever reads the mail of an address confirms it, and need not be the person.
                   if (use_of(after.issued.kind) != LinkUse::confirm) line.by = e.person;
                 },
                 [&](const LinkClosed&) { line.what = "Ended " + about; },
                 [&](const DeadLinkFollowed&) { line.what = "Somebody tried " + about + " that could be used no more"; },
             },
             event);
  return line;
}

AuditLine MailAggregate::describe(const Event& event, const Mail&, const Mail&, const Rows&) {
  return std::visit(domain::overloaded{
                        [](const MailQueued& e) { return AuditLine{"Wrote a mail: " + e.subject, {}, "", "Waits to be sent", {}}; },
                        [](const MailSent&) { return AuditLine{"Sent a mail", {}, "Waits to be sent", "Sent", {}}; },
                        [](const MailDestroyed&) { return AuditLine{"Removed a mail to a deleted account", {}, "Kept", "Removed", {}}; },
                        [](const MailRefused& e) {
                          return AuditLine{"Could not send a mail", {}, "Waits to be sent", "Not delivered: " + e.reason, {}};
                        },
                    },
                    event);
}

AuditLine OrganisationAggregate::describe(const Event& event, const Organisation&, const Organisation&, const Rows&) {
  if (const auto* renamed = std::get_if<OrganisationRenamed>(&event)) {
    return {"Changed the name of the organisation “" + renamed->before + "”", {}, renamed->before, renamed->name, {}};
  }
  const auto& e = std::get<OrganisationRegistered>(event);
  return {"Registered the organisation “" + e.name + "”", {}, "", label(e.kind), {}};
}

AuditLine PersonAggregate::describe(const Event& event, const Person& before, const Person& after, const Rows& rows) {
  return std::visit(
      domain::overloaded{
          [&](const PersonRegistered& e) {
            return AuditLine{"Opened an account for " + name_of(rows, e.person), {}, "", offices_of(after), {}};
          },
          [&](const PersonAffiliated& e) {
            return AuditLine{"Changed the organisation of " + name_of(rows, e.person), {}, organisation_or_none(rows, e.before), organisation_or_none(rows, e.organisation), {}};
          },
          [&](const PasswordChanged& e) {
            return AuditLine{"Changed the password of " + name_of(rows, e.person), {}, "", "Signed out in " + elsewhere(e.ended.size()), {}};
          },
          [&](const EmailChangeAsked& e) {
            return AuditLine{"Asked for another e-mail address for " + name_of(rows, e.person), {}, "The present address", "Waits to be confirmed", {}};
          },
          [&](const EmailChanged& e) {
            return AuditLine{"Moved the account of " + name_of(rows, e.person) + " to the e-mail address that was confirmed", {}, "The earlier address",
                             "The new address" + std::string(e.password ? "" : ", signed out everywhere, without a password"), {}};
          },
          [&](const PersonRenamed& e) {
            return AuditLine{"Changed the name of " + name_of(rows, e.person), {}, rows.text(e.before).value_or(domain::k_name_removed),
                             rows.text(e.name).value_or(domain::k_name_removed), {}};
          },
          [&](const PreferencesSet& e) {
            return AuditLine{"Set the preferences of " + name_of(rows, e.person), {}, preferences(before), preferences(after), {}};
          },
          [&](const CalendarOpened& e) {
            return AuditLine{"Made an address for the calendar of " + name_of(rows, e.person), {}, before.calendar ? "Another address" : "No address", "An address", {}};
          },
          [&](const CalendarClosed& e) {
            return AuditLine{"Ended the address for the calendar of " + name_of(rows, e.person), {}, "An address", "No address", {}};
          },
          [&](const PersonSuspended& e) {
            return AuditLine{"Suspended the account of " + name_of(rows, e.person) + reason(e.reason, rows), {}, "Can sign in",
                             "Suspended" + (e.ended.empty() ? "" : ", signed out in " + std::to_string(e.ended.size()) + (e.ended.size() == 1 ? " place" : " places")), {}};
          },
          [&](const PersonReinstated& e) {
            return AuditLine{"Reinstated the account of " + name_of(rows, e.person), {}, "Suspended", "Can sign in", {}};
          },
          [&](const SessionsEnded& e) {
            return AuditLine{"Signed " + name_of(rows, e.person) + " out in other places", {}, "Signed in in " + elsewhere(e.ended.size()), "Signed out there", {}};
          },
          [&](const OfficeGranted& e) {
            return AuditLine{"Gave an office to " + name_of(rows, e.person), {}, offices_of(before), offices_of(after), {}};
          },
          [&](const OfficeWithdrawn& e) {
            return AuditLine{"Withdrew an office from " + name_of(rows, e.person), {}, offices_of(before), offices_of(after), {}};
          },
          [&](const PersonErased& e) {
            return AuditLine{"Deleted an account (" + label(e.why) + ")", {}, offices_of(before), "Deleted", {}};
          },
          [&](const SecondFactorSet& e) {
            return AuditLine{"Set up an authenticator app for " + name_of(rows, e.person), {}, second_factor(before), second_factor(after), {}};
          },
          [&](const SecondFactorUsed& e) {
            const auto what = e.code ? " gave a recovery code" : " gave a code of the authenticator app";
            return AuditLine{name_of(rows, e.person) + what, {}, second_factor(before), second_factor(after), e.person};
          },
          [&](const WrongCodeEntered& e) {
            return AuditLine{"Somebody entered a wrong code after the password of " + name_of(rows, e.person), {}, "Signed out", "Signed out", {}};
          },
          [&](const RecoveryCodesRenewed& e) {
            return AuditLine{"Made new recovery codes for " + name_of(rows, e.person), {}, second_factor(before), second_factor(after), {}};
          },
          [&](const SecondFactorRemoved& e) {
            return AuditLine{"Removed the authenticator app of " + name_of(rows, e.person), {}, second_factor(before), second_factor(after), {}};
          },
          [&](const OpenidLinked& e) {
            return AuditLine{"Linked an account elsewhere to that of " + name_of(rows, e.person), {}, linked_at(before), linked_at(after), {}};
          },
          [&](const OpenidUnlinked& e) {
            return AuditLine{"Unlinked the account elsewhere of " + name_of(rows, e.person), {}, linked_at(before), linked_at(after), {}};
          },
      },
      event);
}

/// Whoever signs in is nobody yet when they do.
AuditLine SessionAggregate::describe(const Event& event, const Session&, const Session&, const Rows& rows) {
  return std::visit(
      domain::overloaded{
          [&](const SessionStarted& e) {
            if (e.renews) return AuditLine{"The session of " + name_of(rows, e.person) + " got another name, since they may do more", {}, "Signed in", "Signed in", e.person};
            const auto device = device_label(e.device ? rows.text(*e.device).value_or("") : "");
            const auto way = e.issuer ? " by " + *e.issuer : std::string();
            return AuditLine{name_of(rows, e.person) + " signed in" + way + " (" + device + ")", {}, "Signed out", "Signed in", e.person};
          },
          [&](const SessionEnded& e) {
            std::string what = "Signed " + name_of(rows, e.person) + " out";
            if (e.by_itself == SessionEnd::unused) what += ": the session was not in use";
            if (e.by_itself == SessionEnd::ran_out) what += ": the session had run out";
            return AuditLine{std::move(what), {}, "Signed in", "Signed out", {}};
          },
      },
      event);
}

}  // namespace witan::directory
