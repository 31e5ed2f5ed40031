#include <set>

#include "services/directory/domain/concerns.hpp"
#include "services/directory/domain/labels.hpp"
#include "services/directory/domain/rows.hpp"
#include "shared/contract/personal.hpp"

namespace witan::directory {

using domain::EventInfo;
using domain::Presenter;
using domain::Rows;

namespace {

constexpr const char* k_public = "public";
constexpr const char* k_staff = "staff";
const std::string k_self(k_self_audience);

/// Secretaries keep the register of those who sit in their body: in practice members hand it to them on paper.
std::vector<AccessRule> readers_of_register(const PersonId& person, bool is_public, const Rows& rows) {
  std::vector<AccessRule> rules = {{k_self, Who::person, person, {}, {}},
                                   {k_staff, Who::roles, {}, std::string(k_everywhere), {Role::administrator}}};
  for (const auto& body : bodies_of(person, rows)) rules.push_back({k_staff, Who::roles, {}, body.str(), {Role::secretary}});
  if (is_public) rules.push_back({k_public, Who::anyone, {}, {}, {}});
  return rules;
}

void put_register(wire::RegisterView view, Presenter& presenter) {
  const auto topic = register_topic(view.person);
  view.is_own = view.is_editable = false;
  presenter.put(topic, k_public, "register", view);
  view.is_editable = true;
  presenter.put(topic, k_staff, "register", view);
  view.is_own = true;
  presenter.put(topic, k_self, "register", view);
}

wire::RegisterView register_of(const PersonId& person, const Rows& rows) {
  auto view = rows.row_as<wire::RegisterView>(register_topic(person), k_public, "register").value_or(wire::RegisterView());
  view.person = person;
  view.name = name_of(rows, person);
  return view;
}

void put_interest(wire::InterestView view, Presenter& presenter) {
  const auto topic = register_topic(view.person);
  const auto key = "interest/" + view.interest.str();
  view.is_editable = false;
  presenter.put(topic, k_public, key, view);
  view.is_editable = !view.is_withdrawn;
  for (const auto& audience : {std::string(k_staff), k_self}) presenter.put(topic, audience, key, view);
}

std::optional<wire::InterestView> interest_of(const PersonId& person, const InterestId& interest, const Rows& rows) {
  return rows.row_as<wire::InterestView>(register_topic(person), k_public, "interest/" + interest.str());
}

void write_entry(const InterestEntry& entry, wire::InterestView& view, const Rows& rows) {
  view.kind = entry.kind;
  view.kind_label = label(entry.kind);
  view.organisation = organisation_name(rows, entry.organisation);
  if (entry.organisation_name) view.organisation = rows.text(*entry.organisation_name).value_or("Text removed");
  view.description = rows.text(entry.description).value_or("Text removed");
  view.since_day = entry.since ? entry.since->value : std::string();
  view.since = entry.since ? "since " + uk_time::short_date(*uk_time::day_begins(entry.since->value)) : std::string();
}

void index_entry(const PersonId& person, const InterestId& interest, const InterestEntry& entry, Presenter& presenter) {
  domain::note_personal(person, entry.description, presenter);
  if (entry.organisation_name) domain::note_personal(person, *entry.organisation_name, presenter);
  presenter.put_private(std::string(k_interests_index), person.str() + "/" + interest.str(),
                        codec::encode(InterestRow{entry.kind, entry.organisation, entry.organisation_name}));
}

void show_declared(const InterestDeclared& e, const EventInfo& when, Presenter& presenter) {
  wire::InterestView view;
  view.interest = e.interest;
  view.person = e.person;
  write_entry(e.entry, view, presenter);
  view.declared = uk_time::short_date(when.at);
  view.is_for_another = when.actor != e.person;
  view.sort = "0 " + domain::newest_first(when.at);
  put_interest(std::move(view), presenter);
  index_entry(e.person, e.interest, e.entry, presenter);
}

void show_changed(const InterestChanged& e, const EventInfo& when, Presenter& presenter) {
  auto view = interest_of(e.person, e.interest, presenter);
  if (!view) return;
  const auto today = uk_time::short_date(when.at);
  view->earlier.insert(view->earlier.begin(), {view->kind_label, view->organisation, view->description, view->since,
                                               view->changed.empty() ? view->declared : view->changed, today});
  view->has_earlier = true;
  write_entry(e.entry, *view, presenter);
  ++view->change_count;
  view->changed = today;
  view->is_for_another = when.actor != e.person;
  put_interest(std::move(*view), presenter);
  index_entry(e.person, e.interest, e.entry, presenter);
}

void show_withdrawn(const InterestWithdrawn& e, const EventInfo& when, Presenter& presenter) {
  auto view = interest_of(e.person, e.interest, presenter);
  if (!view) return;
  view->withdrawn = uk_time::short_date(when.at);
  view->is_withdrawn = true;
  view->sort.replace(0, 1, "1");
  put_interest(std::move(*view), presenter);
  presenter.drop(std::string(k_interests_index), std::string(k_private_audience), e.person.str() + "/" + e.interest.str());
}

}  // namespace

std::string register_topic(const PersonId& person) { return "interests/" + person.str(); }
std::string register_href(const PersonId& person) { return "/interests/" + person.str(); }

std::vector<BodyId> bodies_of(const PersonId& person, const Rows& rows) {
  std::set<BodyId> bodies;
  for (const auto& [key, value] : rows.rows(rights_topic(person), k_gateway_audience, "seat/")) {
    if (const auto seat = codec::decode<wire::RightsSeatView>(value)) bodies.insert(seat->body);
  }
  return {bodies.begin(), bodies.end()};
}

void open_register(const PersonId& person, Presenter& presenter) {
  auto view = register_of(person, presenter);
  view.is_public = view.is_public || !bodies_of(person, presenter).empty();
  presenter.access(register_topic(person), readers_of_register(person, view.is_public, presenter));
  put_register(std::move(view), presenter);
}

void remove_register(const PersonId& person, Presenter& presenter) {
  const auto topic = register_topic(person);
  for (const auto& audience : {std::string(k_public), std::string(k_staff), k_self}) {
    for (const auto& [key, value] : presenter.rows(topic, audience, "")) presenter.drop(topic, audience, key);
  }
  const std::string index(k_interests_index), hidden(k_private_audience);
  for (const auto& [key, value] : presenter.rows(index, hidden, person.str() + "/")) presenter.drop(index, hidden, key);
}

std::string RegisterAggregate::topic(std::string_view id) { return register_topic(PersonId::from_trusted(std::string(id))); }

void RegisterAggregate::present(const Event& event, const EventInfo& when, const Register& after, Presenter& presenter) {
  const auto person = std::visit([](const auto& e) { return e.person; }, event);
  auto view = register_of(person, presenter);
  const auto today = uk_time::short_date(when.at);
  if (std::holds_alternative<InterestsConfirmed>(event)) view.confirmed = today;
  else view.changed = today;
  view.has_nothing = after.has_nothing;
  view.has_entries = after.present_count() > 0;
  put_register(std::move(view), presenter);
  std::visit(domain::overloaded{
                 [&](const InterestDeclared& e) { show_declared(e, when, presenter); },
                 [&](const InterestChanged& e) { show_changed(e, when, presenter); },
                 [&](const InterestWithdrawn& e) { show_withdrawn(e, when, presenter); },
                 [](const InterestsConfirmed&) {},
             },
             event);
  show_concerns_of(person, presenter);
}

std::optional<json::object> RegisterAggregate::publish(const Event&, const Rows&) { return std::nullopt; }

}  // namespace witan::directory
