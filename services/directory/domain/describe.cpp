#include "services/directory/domain/aggregates.hpp"
#include "services/directory/domain/labels.hpp"
#include "services/directory/domain/rows.hpp"

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

std::string reason(const std::optional<Erasable>& given, const Rows& rows) {
  return given ? ". Reason: " + rows.text(*given).value_or("text removed") : std::string();
}

std::string offices_of(const Person& person) {
  if (!person.exists) return {};
  std::string offices;
  for (const auto office : person.offices) offices += (offices.empty() ? "" : ", ") + label(office);
  return offices.empty() ? "No office" : offices;
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
          [&](const SeatFilled& e) {
            return about_seat("Filled the seat “" + e.title + "”", e.body, e.seat, before, after, rows);
          },
          [&](const SeatVacated& e) {
            const auto seat = before.seats.find(e.seat);
            const auto title = seat == before.seats.end() ? std::string() : " “" + seat->second.title + "”";
            return about_seat("Vacated the seat" + title + reason(e.reason, rows), e.body, e.seat, before, after, rows);
          },
      },
      event);
}

AuditLine OrganisationAggregate::describe(const Event& event, const Organisation&, const Organisation&, const Rows&) {
  const auto& e = std::get<OrganisationRegistered>(event);
  return {"Registered the organisation “" + e.name + "”", {}, "", label(e.kind), {}};
}

AuditLine PersonAggregate::describe(const Event& event, const Person& before, const Person& after, const Rows& rows) {
  return std::visit(
      domain::overloaded{
          [&](const PersonRegistered& e) {
            return AuditLine{"Opened an account for " + name_of(rows, e.person), {}, "", offices_of(after), {}};
          },
          [&](const PasswordChanged& e) {
            return AuditLine{"Changed the password of " + name_of(rows, e.person), {}, "", "Signed out in " + elsewhere(e.ended.size()), {}};
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
      },
      event);
}

/// Whoever signs in is nobody yet when they do.
AuditLine SessionAggregate::describe(const Event& event, const Session&, const Session&, const Rows& rows) {
  return std::visit(
      domain::overloaded{
          [&](const SessionStarted& e) {
            const auto device = device_label(e.device ? rows.text(*e.device).value_or("") : "");
            return AuditLine{name_of(rows, e.person) + " signed in (" + device + ")", {}, "Signed out", "Signed in", e.person};
          },
          [&](const SessionEnded& e) {
            return AuditLine{"Signed " + name_of(rows, e.person) + " out", {}, "Signed in", "Signed out", {}};
          },
      },
      event);
}

}  // namespace witan::directory
