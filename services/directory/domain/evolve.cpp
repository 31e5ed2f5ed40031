#include "services/directory/domain/aggregates.hpp"
#include "services/directory/domain/calendar.hpp"
#include "services/directory/domain/second_factor.hpp"

namespace witan::directory {

namespace {

/// As many as a day may have; earlier ones do not matter any more.
void note_time(std::vector<Timestamp>& times, Timestamp at) {
  times.push_back(at);
  if (times.size() > k_account_changes_a_day) times.erase(times.begin());
}

void begin_term(Seat& seat, const std::optional<PersonId>& holder, const std::optional<CalendarDate>& until) {
  seat.holder = holder;
  seat.until = until;
  seat.is_end_noticed = false;
}

}  // namespace

Link LinkAggregate::evolve(Link state, const LinkEvent& event) {
  std::visit(domain::overloaded{
                 [&](const LinkIssued& e) {
                   state.exists = true;
                   state.is_open = true;
                   state.issued = e;
                 },
                 [&](const LinkUsed&) {
                   state.is_open = false;
                   state.was_used = true;
                 },
                 [&](const LinkClosed& e) {
                   state.is_open = false;
                   state.how_closed = e.how;
                 },
                 [&](const DeadLinkFollowed&) { state.was_followed_dead = true; },
             },
             event);
  return state;
}

Mail MailAggregate::evolve(Mail state, const MailEvent& event) {
  std::visit(domain::overloaded{
                 [&](const MailQueued& e) { state = {true, true, e.is_shown, e.to, e.text}; },
                 [&](const MailSent&) { state.is_waiting = false; },
                 [&](const MailRefused&) { state.is_waiting = false; },
                 [](const MailDestroyed&) {},
             },
             event);
  return state;
}

Body BodyAggregate::evolve(Body state, const BodyEvent& event) {
  std::visit(domain::overloaded{
                 [&](const BodyEstablished& e) {
                   state.exists = true;
                   state.name = e.name;
                   state.kind = e.kind;
                   state.summary = e.summary;
                   state.parent = e.parent;
                 },
                 [&](const SeatCreated& e) {
                   state.seats[e.seat] = {e.title, e.role, e.organisation, std::nullopt, std::nullopt, false};
                 },
                 [&](const SeatChanged& e) {
                   state.seats[e.seat].title = e.title;
                   state.seats[e.seat].organisation = e.organisation;
                 },
                 [&](const SeatFilled& e) { begin_term(state.seats[e.seat], e.person, e.until); },
                 [&](const TermRenewed& e) { begin_term(state.seats[e.seat], e.person, e.until); },
                 [&](const TermEnding& e) { state.seats[e.seat].is_end_noticed = true; },
                 [&](const SeatVacated& e) { begin_term(state.seats[e.seat], std::nullopt, std::nullopt); },
                 [&](const SeatAbolished& e) { state.seats.erase(e.seat); },
             },
             event);
  return state;
}

Organisation OrganisationAggregate::evolve(Organisation state, const OrganisationEvent& event) {
  state.exists = true;
  std::visit([&](const auto& e) { state.name = e.name; }, event);
  return state;
}

Person PersonAggregate::evolve(Person state, const PersonEvent& event) {
  if (std::holds_alternative<PersonErased>(event)) return {};
  state.exists = true;
  if (const auto* registered = std::get_if<PersonRegistered>(&event)) {
    state.address_key = registered->address_key;
    if (registered->is_administrator) state.offices.insert(wire::Office::administrator);
  }
  if (const auto* changed = std::get_if<EmailChanged>(&event)) state.address_key = changed->address_key;
  if (std::holds_alternative<PersonSuspended>(event)) state.is_suspended = true;
  if (std::holds_alternative<PersonReinstated>(event)) state.is_suspended = false;
  if (const auto* asked = std::get_if<EmailChangeAsked>(&event)) note_time(state.email_asked, asked->asked);
  if (const auto* renamed = std::get_if<PersonRenamed>(&event)) {
    note_time(state.renamed, renamed->renamed);
    state.rename_count = renamed->number;
  }
  if (const auto* set = std::get_if<PreferencesSet>(&event)) {
    state.mail_on_new_device = set->mail_on_new_device;
    state.presence = set->presence;
  }
  if (const auto* granted = std::get_if<OfficeGranted>(&event)) state.offices.insert(granted->office);
  if (const auto* withdrawn = std::get_if<OfficeWithdrawn>(&event)) state.offices.erase(withdrawn->office);
  evolve_second_factor(state.second_factor, event);
  evolve_calendar(state.calendar, event);
  if (const auto* linked = std::get_if<OpenidLinked>(&event)) state.openid = *linked;
  if (std::holds_alternative<OpenidUnlinked>(event)) state.openid.reset();
  return state;
}

Session SessionAggregate::evolve(Session state, const SessionEvent& event) {
  std::visit(domain::overloaded{
                 [&](const SessionStarted& e) {
                   state.exists = true;
                   state.person = e.person;
                   state.device = e.device;
                 },
                 [&](const SessionEnded&) { state.has_ended = true; },
             },
             event);
  return state;
}

}  // namespace witan::directory
