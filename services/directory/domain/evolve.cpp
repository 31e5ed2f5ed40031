#include "services/directory/domain/aggregates.hpp"

namespace witan::directory {

Body BodyAggregate::evolve(Body state, const BodyEvent& event) {
  std::visit(domain::overloaded{
                 [&](const BodyEstablished& e) {
                   state.exists = true;
                   state.name = e.name;
                   state.kind = e.kind;
                   state.summary = e.summary;
                 },
                 [&](const SeatCreated& e) {
                   state.seats[e.seat] = {e.title, e.role, e.organisation, std::nullopt};
                 },
                 [&](const SeatFilled& e) { state.seats[e.seat].holder = e.person; },
                 [&](const SeatVacated& e) { state.seats[e.seat].holder.reset(); },
             },
             event);
  return state;
}

Organisation OrganisationAggregate::evolve(Organisation state, const OrganisationEvent&) {
  state.exists = true;
  return state;
}

Person PersonAggregate::evolve(Person state, const PersonEvent& event) {
  state.exists = true;
  if (const auto* registered = std::get_if<PersonRegistered>(&event)) {
    state.address_key = registered->address_key;
    if (registered->is_administrator) state.offices.insert(wire::Office::administrator);
  }
  if (const auto* granted = std::get_if<OfficeGranted>(&event)) state.offices.insert(granted->office);
  if (const auto* withdrawn = std::get_if<OfficeWithdrawn>(&event)) state.offices.erase(withdrawn->office);
  return state;
}

Session SessionAggregate::evolve(Session state, const SessionEvent& event) {
  std::visit(domain::overloaded{
                 [&](const SessionStarted& e) {
                   state.exists = true;
                   state.person = e.person;
                 },
                 [&](const SessionEnded&) { state.has_ended = true; },
             },
             event);
  return state;
}

}  // namespace witan::directory
