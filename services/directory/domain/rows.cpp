#include "services/directory/domain/rows.hpp"

#include <algorithm>

#include "shared/contract/personal.hpp"

namespace witan::directory {

std::string body_topic(const BodyId& body) { return "bodies/" + body.str(); }
std::string link_topic(std::string_view link) { return "links/" + std::string(link); }
std::string session_topic(std::string_view session) { return "sessions/" + std::string(session); }

Result<void> must_name_a_session(const std::string& session) {
  if (is_topic(session_topic(session))) return {};
  return reject_field("/session", ErrorCode::invalid_value, "This is not the hash of a token.");
}
std::string rights_topic(const PersonId& person) { return "rights/" + person.str(); }
std::string account_topic(const PersonId& person) { return "account/" + person.str(); }

LinkUse use_of(wire::LinkKind kind) {
  switch (kind) {
    case wire::LinkKind::invitation:
    case wire::LinkKind::administrator:
      return LinkUse::accept;
    case wire::LinkKind::password:
      return LinkUse::reset;
    case wire::LinkKind::new_address:
    case wire::LinkKind::present_address:
      return LinkUse::confirm;
  }
  return LinkUse::accept;
}

const domain::PagedList& list_of_bodies() {
  static const domain::PagedList list(
      "bodies", "public", {{"public", Who::anyone, {}, {}, {}}},
      {"/bodies", "/bodies/page/", "More bodies", "Back to the other bodies"});
  return list;
}

const domain::PagedList& list_of_organisations() {
  static const domain::PagedList list("organisations", "public", {{"public", Who::anyone, {}, {}, {}}},
                                      {"/organisations", "/organisations/page/", "More organisations", "Back to the other organisations"});
  return list;
}

const std::vector<AccessRule>& readers_of_people() {
  static const std::vector<AccessRule> rules = {
      {"staff", Who::roles, {}, std::string(k_everywhere), {Role::administrator, Role::auditor}}};
  return rules;
}

const domain::PagedList& list_of_people() {
  static const domain::PagedList list(
      "people", "staff", readers_of_people(),
      {"/people", "/people/page/", "More people", "Back to the other people"});
  return list;
}

const domain::PagedList& list_of_mail() {
  // Links stand in it with which one becomes somebody else: not even auditors read it.
  static const std::vector<AccessRule> administrators = {
      {"staff", Who::roles, {}, std::string(k_everywhere), {Role::administrator}}};
  static const domain::PagedList list("mail", "staff", administrators,
                                      {"/mail", "/mail/page/", "Earlier mail", "Later mail"});
  return list;
}

domain::PagedList list_of_past_appointments(const BodyId& body) {
  const auto href = "/bodies/" + body.str() + "/history";
  return domain::PagedList("appointments/" + body.str(), "public", {{"public", Who::anyone, {}, {}, {}}},
                           {href, href + "/", "Earlier appointments", "Later appointments"});
}

std::optional<TermRow> term_of(const domain::Rows& rows, const SeatId& seat) {
  return rows.row_as<TermRow>(k_terms_index, k_private_audience, seat.str());
}

std::vector<std::pair<std::string, LinkRow>> open_links(const domain::Rows& rows) {
  std::vector<std::pair<std::string, LinkRow>> links;
  for (const auto& [link, value] : rows.rows(k_links_index, k_private_audience, "")) {
    if (auto row = codec::decode<LinkRow>(value)) links.emplace_back(link, std::move(*row));
  }
  return links;
}

bool is_invited_to(const SeatId& seat, const domain::Rows& rows) {
  const auto links = open_links(rows);
  return std::any_of(links.begin(), links.end(), [&](const auto& link) { return link.second.seat == seat; });
}

std::string seat_title(const BodyId& body, const SeatId& seat, const domain::Rows& rows) {
  const auto view = rows.row_as<wire::SeatView>(body_topic(body), "public", "seat/" + seat.str());
  if (view) return view->title;
  return rows.row_as<std::string>(k_abolished_index, k_private_audience, seat.str()).value_or("");
}

void end_session(const PersonId& person, const std::string& session, domain::Presenter& presenter) {
  presenter.drop(session_topic(session), std::string(k_gateway_audience), "session");
  presenter.drop(account_topic(person), std::string(k_self_audience), "session/" + session);
  presenter.drop(std::string(k_sessions_index), std::string(k_private_audience), session);
}

std::string organisation_key(const OrganisationId& organisation) {
  return "organisation/" + organisation.str();
}

std::optional<SignInRow> account_at(const domain::Rows& rows, std::string_view address_key) {
  return rows.row_as<SignInRow>(k_sign_in_index, k_private_audience, address_key);
}

std::optional<SignInRow> account_of(const domain::Rows& rows, const PersonId& person) {
  const auto row = rows.row_as<PersonRow>(k_people_index, k_private_audience, person.str());
  const auto key = row ? rows.text(row->address_key) : std::nullopt;
  return key ? account_at(rows, *key) : std::nullopt;
}

std::vector<wire::AccountSessionView> sessions_of(const domain::Rows& rows, const PersonId& person) {
  std::vector<wire::AccountSessionView> sessions;
  for (const auto& [key, row] : rows.rows(account_topic(person), k_self_audience, "session/")) {
    if (auto session = codec::decode<wire::AccountSessionView>(row)) sessions.push_back(std::move(*session));
  }
  std::sort(sessions.begin(), sessions.end(), [](const auto& a, const auto& b) { return a.sort < b.sort; });
  return sessions;
}

std::string name_of(const domain::Rows& rows, const PersonId& person) {
  const auto row = rows.row_as<PersonRow>(k_people_index, k_private_audience, person.str());
  if (!row) return domain::k_name_removed;
  return rows.text(row->name).value_or(domain::k_name_removed);
}

bool is_staff(const domain::Rows& rows, const PersonId& person) {
  const auto about = rows.row_as<wire::RightsPersonView>(rights_topic(person), k_gateway_audience, "person");
  if (about && (about->is_administrator || about->is_auditor.value_or(false))) return true;
  for (const auto& [key, value] : rows.rows(rights_topic(person), k_gateway_audience, "seat/")) {
    const auto seat = codec::decode<wire::RightsSeatView>(value);
    if (seat && needs_second_factor(seat->role)) return true;
  }
  return false;
}

bool is_for_staff(const domain::Rows& rows, const LinkRow& link) {
  if (link.kind == wire::LinkKind::administrator) return true;
  if (link.person) return is_staff(rows, *link.person);
  if (!link.body || !link.seat) return false;
  const auto seat = rows.row_as<wire::SeatView>(body_topic(*link.body), "public", "seat/" + link.seat->str());
  return seat && needs_second_factor(seat->role);
}

std::string organisation_name(const domain::Rows& rows, const std::optional<OrganisationId>& organisation) {
  if (!organisation) return {};
  const auto row =
      list_of_organisations().row_as<wire::OrganisationView>(organisation_key(*organisation), rows);
  return row ? row->name : std::string();
}

std::string seat_organisation(const domain::Rows& rows, const std::optional<OrganisationId>& of_seat,
                              const std::optional<PersonId>& holder) {
  if (of_seat || !holder) return organisation_name(rows, of_seat);
  const auto row = rows.row_as<PersonRow>(k_people_index, k_private_audience, holder->str());
  return row ? organisation_name(rows, row->organisation) : std::string();
}

}  // namespace witan::directory
