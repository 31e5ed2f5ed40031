#include "services/directory/domain/profile.hpp"

#include "services/directory/domain/concerns.hpp"
#include "services/directory/domain/interests.hpp"
#include "services/directory/domain/labels.hpp"
#include "services/directory/domain/letters.hpp"
#include "shared/contract/personal.hpp"

namespace witan::directory {

using domain::Presenter;

namespace {

void show_name_on_seats(const PersonId& person, const std::string& name, Presenter& presenter) {
  for (const auto& [seat, value] : presenter.rows(k_terms_index, k_private_audience, "")) {
    const auto term = codec::decode<TermRow>(value);
    if (!term || term->person != person) continue;
    for (const char* audience : {"public", "staff"}) {
      auto view = presenter.row_as<wire::SeatView>(body_topic(term->body), audience, "seat/" + seat);
      if (!view) continue;
      view->person_name = name;
      view->sort = seat_order(view->role, view->title + " " + name);
      presenter.put(body_topic(term->body), audience, "seat/" + seat, *view);
    }
  }
}

void show_name_on_invitations(const PersonId& person, const std::string& name, Presenter& presenter) {
  for (const auto& [link, row] : open_links(presenter)) {
    if (!row.body || row.issued_by != person) continue;
    auto view = presenter.row_as<wire::LinkView>(link_topic(link), "public", "link");
    if (!view) continue;
    view->inviter = name;
    presenter.put(link_topic(link), "public", "link", *view);
  }
}

}  // namespace

Result<Decided<PersonEvent>> decide(const Person& person, const wire::RenamePerson& command, Context& context) {
  Decided<PersonEvent> decided{{}, {}, account_topic(command.person)};
  const auto row = context.row_as<PersonRow>(k_people_index, k_private_audience, command.person.str());
  if (!row) return reject(ErrorCode::not_found);
  if (context.text(row->name) == command.name.value) return decided;
  const auto& renamed = person.renamed;
  const bool is_own = context.actor().person == command.person;  // an administrator may put right what somebody else did
  if (is_own && renamed.size() == k_account_changes_a_day && renamed.front() + std::chrono::hours(24) > context.now()) {
    return reject(ErrorCode::not_now, "The name was changed five times within a day. Change it again tomorrow.");
  }
  decided.events.push_back(PersonRenamed{command.person, context.keep(command.name.value), row->name, context.now(), person.rename_count + 1});
  return decided;
}

Result<Decided<PersonEvent>> decide(const Person& person, const wire::SetPreferences& command, Context&) {
  Decided<PersonEvent> decided{{}, {}, account_topic(command.person)};
  const bool wants_mail = command.mail_on_new_device.value_or(false);
  const auto presence = command.presence ? command.presence : person.presence;
  if (wants_mail != person.mail_on_new_device || presence != person.presence) {
    decided.events.push_back(PreferencesSet{command.person, wants_mail, presence});
  }
  return decided;
}

void tell_of_new_device(const PersonId& person, const std::optional<std::string>& device, Decided<SessionEvent>& decided, Context& context) {
  if (!context.load<PersonAggregate>(person.str()).mail_on_new_device) return;
  tell(person, signed_in_on_new_device(name_of(context, person), device_label(device.value_or("")), context.now()), decided, context);
}

void show_name(const PersonRenamed& renamed, Presenter& presenter) {
  const auto& person = renamed.person;
  const std::string self(k_self_audience), gateway(k_gateway_audience), people(k_people_index);
  domain::note_personal(person, renamed.name, presenter);
  if (auto row = presenter.row_as<PersonRow>(people, k_private_audience, person.str())) {
    row->name = renamed.name;
    presenter.put_private(people, person.str(), codec::encode(*row));
  }
  const auto name = name_of(presenter, person);
  if (auto account = presenter.row_as<wire::AccountView>(account_topic(person), self, "account")) {
    account->name = name;
    presenter.put(account_topic(person), self, "account", *account);
  }
  if (auto rights = presenter.row_as<wire::RightsPersonView>(rights_topic(person), gateway, "person")) {
    rights->name = name;
    presenter.put(rights_topic(person), gateway, "person", *rights);
  }
  const auto key = "person/" + person.str();
  if (auto listed = list_of_people().row_as<wire::PersonView>(key, presenter)) {
    listed->name = name;
    listed->sort = name_order(name);
    list_of_people().put(key, *listed, presenter);
  }
  show_name_on_seats(person, name, presenter);
  show_name_on_invitations(person, name, presenter);
  open_register(person, presenter);
  show_concerns_of(person, presenter);
}

}  // namespace witan::directory
