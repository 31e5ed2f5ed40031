#include "services/directory/domain/concerns.hpp"

#include <algorithm>
#include <set>

#include "services/directory/domain/labels.hpp"
#include "services/directory/domain/rows.hpp"

namespace witan::directory {

using domain::Presenter;
using domain::Rows;
using wire::InterestKind;

namespace {

constexpr const char* k_staff = "staff";

bool always_matters(InterestKind kind) {
  return kind == InterestKind::contract || kind == InterestKind::land || kind == InterestKind::sponsorship;
}

/// "Contract: Acme Ltd (has a seat here)"; nothing when the interest does not touch the body.
std::optional<std::string> in_words(const InterestRow& interest, const PersonId& person, const std::vector<SeatedOrganisation>& seated,
                                    const Rows& rows) {
  bool is_seated = false, is_seated_by_others = false;
  for (const auto& seat : seated) {
    if (seat.organisation != interest.organisation) continue;
    is_seated = true;
    is_seated_by_others = is_seated_by_others || seat.holder != person;
  }
  if (!is_seated && !always_matters(interest.kind)) return std::nullopt;
  auto name = organisation_name(rows, interest.organisation);
  if (interest.organisation_name) name = rows.text(*interest.organisation_name).value_or("text removed");
  auto words = label(interest.kind) + (name.empty() ? "" : ": " + name);
  if (is_seated) words += is_seated_by_others ? " (has a seat here)" : " (for which they sit here)";
  return words;
}

std::vector<SeatedOrganisation> stored_organisations(const BodyId& body, const Rows& rows) {
  return rows.row_as<std::vector<SeatedOrganisation>>(k_seated_organisations_index, k_private_audience, body.str())
      .value_or(std::vector<SeatedOrganisation>());
}

void show_concern(const BodyId& body, const PersonId& person, const std::vector<SeatedOrganisation>& seated, Presenter& presenter) {
  const auto key = "concern/" + person.str();
  wire::ConcernView view;
  view.interests = interests_to_consider(person, seated, presenter);
  if (view.interests.empty()) return presenter.drop(concerns_topic(body), k_staff, key);
  if (view.interests.size() > k_concerns_shown) {
    view.more_count = static_cast<std::int64_t>(view.interests.size() - k_concerns_shown);
    view.interests.resize(k_concerns_shown);
  }
  view.person = person;
  view.name = name_of(presenter, person);
  view.has_more = view.more_count > 0;
  view.href = register_href(person);
  view.sort = name_order(view.name);
  presenter.put(concerns_topic(body), k_staff, key, view);
}

std::set<PersonId> members_of(const Body& body) {
  std::set<PersonId> members;
  for (const auto& [id, seat] : body.seats) {
    if (seat.holder) members.insert(*seat.holder);
  }
  return members;
}

}  // namespace

std::string concerns_topic(const BodyId& body) { return "concerns/" + body.str(); }

std::vector<SeatedOrganisation> seated_organisations(const Body& body, const Rows& rows) {
  std::set<SeatedOrganisation> seated;
  for (const auto& [id, seat] : body.seats) {
    auto organisation = seat.organisation;
    if (!organisation && seat.holder) {
      const auto holder = rows.row_as<PersonRow>(k_people_index, k_private_audience, seat.holder->str());
      if (holder) organisation = holder->organisation;
    }
    if (organisation) seated.insert({*organisation, seat.holder});
  }
  return {seated.begin(), seated.end()};
}

std::vector<std::string> interests_to_consider(const PersonId& person, const std::vector<SeatedOrganisation>& seated, const Rows& rows) {
  std::vector<std::string> interests;
  for (const auto& [key, value] : rows.rows(k_interests_index, k_private_audience, person.str() + "/")) {
    const auto interest = codec::decode<InterestRow>(value);
    if (!interest) continue;
    if (auto words = in_words(*interest, person, seated, rows)) interests.push_back(std::move(*words));
  }
  std::sort(interests.begin(), interests.end());
  return interests;
}

std::int64_t interests_at_appointment(Body body, const SeatId& seat, const PersonId& person, const Rows& rows) {
  body.seats[seat].holder = person;
  return static_cast<std::int64_t>(interests_to_consider(person, seated_organisations(body, rows), rows).size());
}

void open_concerns(const BodyId& body, Presenter& presenter) {
  presenter.access(concerns_topic(body), {{k_staff, Who::roles, {}, body.str(), {Role::secretary}},
                                          {k_staff, Who::roles, {}, std::string(k_everywhere), {Role::administrator}}});
}

void show_concerns(const BodyId& id, const Body& body, const std::optional<PersonId>& person, Presenter& presenter) {
  const auto seated = seated_organisations(body, presenter);
  const auto members = members_of(body);
  if (seated != stored_organisations(id, presenter)) {
    presenter.put_private(std::string(k_seated_organisations_index), id.str(), codec::encode(seated));
    for (const auto& member : members) show_concern(id, member, seated, presenter);
  } else if (person && members.contains(*person)) {
    show_concern(id, *person, seated, presenter);
  }
  if (person && !members.contains(*person)) presenter.drop(concerns_topic(id), k_staff, "concern/" + person->str());
}

void show_concerns_of(const PersonId& person, Presenter& presenter) {
  for (const auto& body : bodies_of(person, presenter)) show_concern(body, person, stored_organisations(body, presenter), presenter);
}

}  // namespace witan::directory
