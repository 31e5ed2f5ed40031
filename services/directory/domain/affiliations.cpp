#include "services/directory/domain/affiliations.hpp"

#include <set>

#include "services/directory/domain/concerns.hpp"
#include "services/directory/domain/labels.hpp"
#include "services/directory/domain/rows.hpp"
#include "shared/contract/spaces.hpp"

namespace witan::directory {

using domain::Presenter;

namespace {

void show_organisation_of(const PersonId& person, Presenter& presenter) {
  const std::string self(k_self_audience);
  const auto row = presenter.row_as<PersonRow>(k_people_index, k_private_audience, person.str());
  const auto name = row ? organisation_name(presenter, row->organisation) : std::string();
  if (auto account = presenter.row_as<wire::AccountView>(account_topic(person), self, "account")) {
    account->organisation = name;
    presenter.put(account_topic(person), self, "account", *account);
  }
  const auto key = "person/" + person.str();
  if (auto listed = list_of_people().row_as<wire::PersonView>(key, presenter)) {
    listed->organisation = name;
    list_of_people().put(key, *listed, presenter);
  }
}

/// What the seats show once an organisation, or what a holder comes from, has changed.
std::set<BodyId> show_organisations_of_seats(Presenter& presenter) {
  std::set<BodyId> changed;
  for (const auto& [seat, value] : presenter.rows(k_seats_index, k_private_audience, "")) {
    const auto row = codec::decode<SeatRow>(value);
    if (!row) continue;
    const auto shown = seat_organisation(presenter, row->organisation, row->holder);
    for (const char* audience : {"public", "staff"}) {
      auto view = presenter.row_as<wire::SeatView>(body_topic(row->body), audience, "seat/" + seat);
      if (!view || view->organisation == shown) continue;
      view->organisation = shown;
      view->stands_for = organisation_name(presenter, row->organisation);
      presenter.put(body_topic(row->body), audience, "seat/" + seat, *view);
      changed.insert(row->body);
    }
  }
  return changed;
}

/// As far as organisations go: who holds which seat, and for whom.
Body seated_body(const BodyId& id, Presenter& presenter) {
  Body body;
  for (const auto& [seat, value] : presenter.rows(k_seats_index, k_private_audience, "")) {
    const auto row = codec::decode<SeatRow>(value);
    if (!row || row->body != id) continue;
    auto& place = body.seats[SeatId::from_trusted(seat)];
    place.organisation = row->organisation;
    place.holder = row->holder;
  }
  return body;
}

void show_in_register(const PersonId& person, const InterestId& interest, const std::string& name, Presenter& presenter) {
  const auto topic = register_topic(person), key = "interest/" + interest.str();
  for (const auto& audience : {std::string("public"), std::string("staff"), std::string(k_self_audience)}) {
    auto view = presenter.row_as<wire::InterestView>(topic, audience, key);
    if (!view) continue;
    view->organisation = name;
    presenter.put(topic, audience, key, *view);
  }
}

/// In what people have declared and not withdrawn.
void show_in_registers(const OrganisationRenamed& renamed, Presenter& presenter) {
  std::set<PersonId> people;
  for (const auto& [key, value] : presenter.rows(k_interests_index, k_private_audience, "")) {
    const auto row = codec::decode<InterestRow>(value);
    if (!row || row->organisation != renamed.organisation) continue;
    const auto slash = key.find('/');
    const auto person = PersonId::from_trusted(key.substr(0, slash));
    show_in_register(person, InterestId::from_trusted(key.substr(slash + 1)), renamed.name, presenter);
    people.insert(person);
  }
  for (const auto& person : people) show_concerns_of(person, presenter);
}

}  // namespace

Result<std::optional<OrganisationId>> organisation_in(const std::optional<OrganisationId>& id, const std::optional<Text<0, 120>>& name,
                                                      Context& context) {
  if (auto known = must_exist(id, context); !known) return std::unexpected(known.error());
  if (id || !name || name->value.empty()) return id;
  auto found = organisation_called(name->value, context);
  if (found) return found;
  return reject_field("/organisation_name", ErrorCode::invalid_value,
                      "No organisation of this name is registered. Choose one from the list; administrators register one that is missing.");
}

Result<Decided<BodyEvent>> decide(const Body& body, const wire::ChangeSeat& command, Context& context) {
  const auto found = body.seats.find(command.seat);
  if (found == body.seats.end()) return no_such_seat();
  const auto organisation = organisation_in(command.organisation, command.organisation_name, context);
  if (!organisation) return std::unexpected(organisation.error());
  Decided<BodyEvent> decided;
  if (found->second.title == command.title.value && found->second.organisation == *organisation) return decided;
  decided.events.push_back(SeatChanged{command.body, command.seat, command.title.value, *organisation});
  return decided;
}

Result<Decided<PersonEvent>> decide(const Person&, const wire::SetOrganisation& command, Context& context) {
  Decided<PersonEvent> decided{{}, {}, account_topic(command.person)};
  const auto row = context.row_as<PersonRow>(k_people_index, k_private_audience, command.person.str());
  if (!row) return reject(ErrorCode::not_found);
  const auto organisation = organisation_in(command.organisation, command.organisation_name, context);
  if (!organisation) return std::unexpected(organisation.error());
  if (*organisation != row->organisation) decided.events.push_back(PersonAffiliated{command.person, *organisation, row->organisation});
  return decided;
}

Result<Decided<OrganisationEvent>> decide(const Organisation& organisation, const wire::RenameOrganisation& command, Context& context) {
  const auto name = codec::with_single_spaces(command.name.value);
  if (organisation.name == name) return Decided<OrganisationEvent>{};
  const auto other = organisation_called(name, context);
  if (other && *other != command.organisation) return std::unexpected(name_taken("an organisation"));
  return Decided<OrganisationEvent>{{OrganisationRenamed{command.organisation, name, organisation.name}}, {}, {}};
}

void show_title(const SeatChanged& changed, const Seat& seat, Presenter& presenter) {
  const auto key = "seat/" + changed.seat.str();
  if (seat.holder) {
    const auto topic = rights_topic(*seat.holder);
    if (auto right = presenter.row_as<wire::RightsSeatView>(topic, k_gateway_audience, key)) {
      right->title = changed.title;
      presenter.put(topic, std::string(k_gateway_audience), key, *right);
    }
  }
  for (const auto& [link, row] : open_links(presenter)) {
    if (row.seat != changed.seat) continue;
    if (auto view = presenter.row_as<wire::LinkView>(link_topic(link), "public", "link")) {
      view->title = changed.title;
      presenter.put(link_topic(link), "public", "link", *view);
    }
    const auto invitation = "invitation/" + link;
    if (auto view = presenter.row_as<wire::InvitationView>(body_topic(changed.body), "staff", invitation)) {
      view->title = changed.title;
      presenter.put(body_topic(changed.body), "staff", invitation, *view);
    }
  }
}

void show_affiliation(const PersonAffiliated& affiliated, Presenter& presenter) {
  const std::string people(k_people_index);
  auto row = presenter.row_as<PersonRow>(people, k_private_audience, affiliated.person.str());
  if (!row) return;
  row->organisation = affiliated.organisation;
  presenter.put_private(people, affiliated.person.str(), codec::encode(*row));
  show_organisation_of(affiliated.person, presenter);
  for (const auto& body : show_organisations_of_seats(presenter)) show_concerns(body, seated_body(body, presenter), std::nullopt, presenter);
}

void show_organisation(const OrganisationRenamed& renamed, Presenter& presenter) {
  const auto key = organisation_key(renamed.organisation);
  auto view = list_of_organisations().row_as<wire::OrganisationView>(key, presenter);
  if (!view) return;
  view->name = renamed.name;
  view->sort = name_order(renamed.name);
  list_of_organisations().put(key, *view, presenter);
  const std::string names(k_organisation_names_index), hidden(k_private_audience);
  // From before no two could have one name: another one may be found under this one.
  if (organisation_called(renamed.before, presenter) == renamed.organisation) presenter.drop(names, hidden, name_key(renamed.before));
  presenter.put_private(names, name_key(renamed.name), codec::encode(renamed.organisation));
  for (const auto& [person, value] : presenter.rows(k_people_index, k_private_audience, "")) {
    const auto row = codec::decode<PersonRow>(value);
    if (row && row->organisation == renamed.organisation) show_organisation_of(PersonId::from_trusted(person), presenter);
  }
  show_organisations_of_seats(presenter);
  show_in_registers(renamed, presenter);
}

}  // namespace witan::directory
