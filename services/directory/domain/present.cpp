#include <algorithm>

#include "services/directory/domain/affiliations.hpp"
#include "services/directory/domain/aggregates.hpp"
#include "services/directory/domain/calendar.hpp"
#include "services/directory/domain/concerns.hpp"
#include "services/directory/domain/email_change.hpp"
#include "services/directory/domain/erasure.hpp"
#include "services/directory/domain/labels.hpp"
#include "services/directory/domain/offices.hpp"
#include "services/directory/domain/openid.hpp"
#include "services/directory/domain/profile.hpp"
#include "services/directory/domain/rows.hpp"
#include "services/directory/domain/second_factor.hpp"
#include "shared/contract/personal.hpp"

namespace witan::directory {

using domain::EventInfo;
using domain::Presenter;
using domain::Rows;

namespace {

constexpr const char* k_public = "public";
const std::string k_gateway(k_gateway_audience);

const std::vector<AccessRule>& for_the_gateway() {
  static const std::vector<AccessRule> rules = {{k_gateway, Who::gateway, {}, {}, {}}};
  return rules;
}

/// The person themselves, and administrators, who may end anybody's sessions.
std::vector<AccessRule> for_the_person(const PersonId& person) {
  const std::string self(k_self_audience);
  return {{self, Who::person, person, {}, {}},
          {self, Who::roles, {}, std::string(k_everywhere), {Role::administrator}}};
}

void put_account(const PersonId& person, std::optional<Timestamp> password_since, Presenter& presenter) {
  auto view = presenter.row_as<wire::AccountView>(account_topic(person), k_self_audience, "account").value_or(wire::AccountView());
  view.person = person;
  view.name = name_of(presenter, person);
  if (const auto row = presenter.row_as<PersonRow>(k_people_index, k_private_audience, person.str())) {
    view.email = presenter.text(row->email).value_or("");
    view.organisation = organisation_name(presenter, row->organisation);
  }
  if (password_since) view.password_since = uk_time::date_and_time(*password_since);
  presenter.put(account_topic(person), std::string(k_self_audience), "account", view);
}

void put_person(const PersonRegistered& registered, Presenter& presenter) {
  wire::PersonView view;
  view.person = registered.person;
  view.name = name_of(presenter, registered.person);
  view.email = presenter.text(registered.email).value_or("");
  view.organisation = organisation_name(presenter, registered.organisation);
  view.href = "/people/" + registered.person.str();
  view.sort = name_order(view.name);
  list_of_people().open(presenter);
  list_of_mail().open(presenter);  // for administrators to find it empty
  list_of_people().put("person/" + registered.person.str(), view, presenter);
}

template <class View>
void put_offices(View& view, const Person& state) {
  view.is_administrator = state.offices.contains(wire::Office::administrator);
  view.is_auditor = state.offices.contains(wire::Office::auditor);
}

void put_presence(wire::AccountView& view, wire::PresenceShown presence) {
  view.presence = presence;
  view.is_shown_to_everyone = presence == wire::PresenceShown::everyone;
  view.is_shown_to_nobody = presence == wire::PresenceShown::nobody;
}

/// What hangs on the state of an account rather than on one event of it, in every row that tells of it.
void show_state(const PersonId& person, const Person& state, Presenter& presenter) {
  const std::string self(k_self_audience);
  const auto& factor = state.second_factor;
  index_offices(person, state, presenter);
  index_second_factor(person, state, presenter);
  if (auto rights = presenter.row_as<wire::RightsPersonView>(rights_topic(person), k_gateway, "person")) {
    put_offices(*rights, state);
    rights->has_second_factor = factor.has_value();
    rights->presence = state.presence;
    presenter.put(rights_topic(person), k_gateway, "person", *rights);
  }
  if (auto account = presenter.row_as<wire::AccountView>(account_topic(person), self, "account")) {
    put_offices(*account, state);
    account->second_factor_since = factor ? uk_time::date_and_time(factor->since) : std::string();
    account->recovery_code_count = factor ? static_cast<std::int64_t>(factor->codes.size()) : 0;
    account->mail_on_new_device = state.mail_on_new_device;
    put_presence(*account, state.presence.value_or(wire::k_presence_at_first));
    account->openid_since = state.openid ? uk_time::date_and_time(state.openid->linked) : std::string();
    presenter.put(account_topic(person), self, "account", *account);
  }
  const auto key = "person/" + person.str();
  if (auto listed = list_of_people().row_as<wire::PersonView>(key, presenter)) {
    put_offices(*listed, state);
    listed->has_second_factor = factor.has_value();
    listed->is_suspended = state.is_suspended;
    list_of_people().put(key, *listed, presenter);
  }
}

/// `since` is empty once the account is reinstated.
void show_suspension(const PersonId& person, const std::string& since, const std::string& reason, Presenter& presenter) {
  const std::string self(k_self_audience);
  auto account = presenter.row_as<wire::AccountView>(account_topic(person), self, "account");
  if (!account) return;
  account->suspended_since = since;
  account->suspended_reason = reason;
  presenter.put(account_topic(person), self, "account", *account);
}

void put_session(const SessionStarted& started, Presenter& presenter) {
  wire::AccountSessionView view;
  view.session = started.session;
  view.device = device_label(started.device ? presenter.text(*started.device).value_or("") : "");
  view.started = uk_time::date_and_time(started.started);
  view.expires_at = started.expires;
  view.expires = uk_time::date_and_time(started.expires);
  view.sort = domain::newest_first(started.started);
  presenter.put(account_topic(started.person), std::string(k_self_audience), "session/" + started.session, view);
}

constexpr const char* k_staff = "staff";

/// Secretaries of the body, and administrators, see what is not settled yet as well.
std::vector<AccessRule> readers_of_body(const BodyId& body) {
  return {{k_staff, Who::roles, {}, body.str(), {Role::secretary}},
          {k_staff, Who::roles, {}, std::string(k_everywhere), {Role::administrator}},
          {k_public, Who::anyone, {}, {}, {}}};
}

template <class T>
void put_in_body(const BodyId& body, const std::string& key, const T& view, Presenter& presenter) {
  for (const char* audience : {k_public, k_staff}) presenter.put(body_topic(body), audience, key, view);
}

void put_body(const BodyId& id, const Body& body, Presenter& presenter) {
  wire::BodyView view;
  view.body = id;
  view.name = body.name;
  view.kind = body.kind;
  view.kind_label = label(body.kind);
  view.summary = body.summary;
  view.seat_count = static_cast<std::int64_t>(body.seats.size());
  view.vacant_count = std::count_if(body.seats.begin(), body.seats.end(),
                                    [](const auto& seat) { return !seat.second.holder; });
  view.href = "/bodies/" + id.str();
  view.sort = name_order(body.name);
  if (body.parent) {
    const auto parent = presenter.row_as<wire::BodyView>(body_topic(*body.parent), k_public, "body");
    view.parent_name = parent ? parent->name : std::string();
    view.parent_href = "/bodies/" + body.parent->str();
    put_in_body(*body.parent, "child/" + id.str(), view, presenter);
  }
  presenter.put_private(std::string(k_body_names_index), name_key(body.name), codec::encode(id));
  list_of_bodies().put("body/" + id.str(), view, presenter);
  put_in_body(id, "body", view, presenter);
}

std::string day_label(const CalendarDate& day) { return uk_time::short_date(*uk_time::day_begins(day.value)); }

/// Among what the account of its holder shows.
void put_seat_of(const BodyId& body, const PersonId& holder, const wire::SeatView& seat, Presenter& presenter) {
  const auto about = presenter.row_as<wire::BodyView>(body_topic(body), k_public, "body");
  wire::AccountSeatView view;
  view.seat = seat.seat;
  view.title = seat.title;
  view.body_name = about ? about->name : std::string();
  view.body_href = "/bodies/" + body.str();
  view.since = seat.since;
  view.until = seat.until;
  view.sort = name_order(view.body_name + " " + view.title);
  presenter.put(account_topic(holder), std::string(k_self_audience), "seat/" + seat.seat.str(), view);
}

void put_seat(const BodyId& body, const SeatId& id, const Seat& seat, Presenter& presenter) {
  wire::SeatView view;
  view.seat = id;
  view.title = seat.title;
  view.role = seat.role;
  view.role_label = label(seat.role);
  view.organisation = seat_organisation(presenter, seat.organisation, seat.holder);
  view.stands_for = organisation_name(presenter, seat.organisation);
  presenter.put_private(std::string(k_seats_index), id.str(), codec::encode(SeatRow{body, seat.organisation, seat.holder}));
  view.is_vacant = !seat.holder;
  const auto term = term_of(presenter, id);
  if (seat.holder && term) {
    view.person_name = name_of(presenter, *seat.holder);
    view.interests_href = register_href(*seat.holder);
    view.since = "since " + day_label(term->from);
    if (term->until) view.until = "until " + day_label(*term->until);
  }
  view.sort = seat_order(seat.role, seat.title + " " + view.person_name);
  presenter.put(body_topic(body), k_public, "seat/" + id.str(), view);
  view.ends_soon = term && term->ends_soon;
  view.is_invited = is_invited_to(id, presenter);
  presenter.put(body_topic(body), k_staff, "seat/" + id.str(), view);
  if (seat.holder) put_seat_of(body, *seat.holder, view, presenter);
}

void begin_term(const SeatId& seat, const TermRow& term, Presenter& presenter) {
  presenter.put_private(std::string(k_terms_index), seat.str(), codec::encode(term));
}

/// The seat's present appointment goes to the history of the body.
void end_term(const SeatId& id, const Seat& seat, std::optional<wire::HowEnded> how, const EventInfo& when, Presenter& presenter) {
  const auto term = term_of(presenter, id);
  if (!term) return;
  wire::AppointmentView past;
  past.seat = id;
  past.title = seat.title;
  past.role_label = label(seat.role);
  past.organisation = seat_organisation(presenter, seat.organisation, term->person);
  past.person_name = name_of(presenter, term->person);
  past.from = day_label(term->from);
  // It is noticed a moment after midnight that a term has ended.
  past.until = how == wire::HowEnded::term_ended && term->until ? day_label(*term->until) : uk_time::short_date(when.at);
  past.how_label = how ? label(*how) : std::string();
  past.sort = domain::newest_first(when.at) + seat_order(seat.role, seat.title);
  list_of_past_appointments(term->body).put("appointment/" + std::to_string(when.seq), past, presenter);
  presenter.put_private(std::string(k_appointments_index), term->person.str() + "/" + std::to_string(when.seq),
                        codec::encode(term->body));
  presenter.drop(std::string(k_terms_index), std::string(k_private_audience), id.str());
}

/// The seat goes, and the history of the body keeps that it was there.
void remove_seat(const SeatAbolished& e, const EventInfo& when, Presenter& presenter) {
  wire::AppointmentView past;
  past.seat = e.seat;
  past.title = e.title;
  past.role_label = label(e.role);
  past.organisation = organisation_name(presenter, e.organisation);
  past.until = uk_time::short_date(when.at);
  past.is_abolition = true;
  past.sort = domain::newest_first(when.at) + seat_order(e.role, e.title);
  list_of_past_appointments(e.body).put("appointment/" + std::to_string(when.seq), past, presenter);
  for (const char* audience : {k_public, k_staff}) presenter.drop(body_topic(e.body), audience, "seat/" + e.seat.str());
  presenter.drop(std::string(k_seats_index), std::string(k_private_audience), e.seat.str());
  presenter.put_private(std::string(k_abolished_index), e.seat.str(), json::string(e.title));
}

}  // namespace

std::string BodyAggregate::topic(std::string_view id) { return "bodies/" + std::string(id); }

void BodyAggregate::present(const Event& event, const EventInfo& when, const Body& after,
                            Presenter& presenter) {
  const CalendarDate today{uk_time::calendar_day(when.at)};
  std::visit(domain::overloaded{
                 [&](const BodyEstablished& e) {
                   presenter.access(body_topic(e.body), readers_of_body(e.body));
                   list_of_past_appointments(e.body).open(presenter);
                   open_concerns(e.body, presenter);
                   put_body(e.body, after, presenter);
                 },
                 [&](const SeatCreated& e) {
                   put_body(e.body, after, presenter);
                   put_seat(e.body, e.seat, after.seats.at(e.seat), presenter);
                   show_concerns(e.body, after, std::nullopt, presenter);
                 },
                 [&](const SeatChanged& e) {
                   put_seat(e.body, e.seat, after.seats.at(e.seat), presenter);
                   show_title(e, after.seats.at(e.seat), presenter);
                   show_concerns(e.body, after, std::nullopt, presenter);
                 },
                 [&](const SeatFilled& e) {
                   begin_term(e.seat, {e.body, e.person, e.from.value_or(today), e.until, false}, presenter);
                   put_body(e.body, after, presenter);
                   put_seat(e.body, e.seat, after.seats.at(e.seat), presenter);
                   presenter.put(rights_topic(e.person), k_gateway, "seat/" + e.seat.str(),
                                 wire::RightsSeatView{e.body, after.name, e.role, e.title});
                   open_register(e.person, presenter);
                   show_concerns(e.body, after, e.person, presenter);
                 },
                 [&](const TermRenewed& e) {
                   end_term(e.seat, after.seats.at(e.seat), wire::HowEnded::reappointed, when, presenter);
                   begin_term(e.seat, {e.body, e.person, today, e.until, false}, presenter);
                   put_seat(e.body, e.seat, after.seats.at(e.seat), presenter);
                 },
                 [&](const TermEnding& e) {
                   if (auto term = term_of(presenter, e.seat)) {
                     term->ends_soon = true;
                     begin_term(e.seat, *term, presenter);
                   }
                   put_seat(e.body, e.seat, after.seats.at(e.seat), presenter);
                 },
                 [&](const SeatVacated& e) {
                   if (e.reason) domain::note_personal(e.person, *e.reason, presenter);
                   end_term(e.seat, after.seats.at(e.seat), e.how_ended, when, presenter);
                   put_body(e.body, after, presenter);
                   put_seat(e.body, e.seat, after.seats.at(e.seat), presenter);
                   presenter.drop(rights_topic(e.person), k_gateway, "seat/" + e.seat.str());
                   presenter.drop(account_topic(e.person), std::string(k_self_audience), "seat/" + e.seat.str());
                   open_register(e.person, presenter);
                   show_concerns(e.body, after, e.person, presenter);
                 },
                 [&](const SeatAbolished& e) {
                   remove_seat(e, when, presenter);
                   put_body(e.body, after, presenter);
                   show_concerns(e.body, after, std::nullopt, presenter);
                 },
             },
             event);
}

std::optional<json::object> BodyAggregate::publish(const Event& event, const Rows& rows) {
  using Answer = std::optional<json::object>;
  return std::visit(
      domain::overloaded{
          [&](const BodyEstablished& e) -> Answer {
            return codec::encode(wire::BodyEstablishedNotice{e.body, e.name, e.kind}).as_object();
          },
          [&](const SeatCreated&) -> Answer { return std::nullopt; },
          [&](const SeatChanged&) -> Answer { return std::nullopt; },
          [&](const TermRenewed&) -> Answer { return std::nullopt; },
          [&](const TermEnding&) -> Answer { return std::nullopt; },
          [&](const SeatFilled& e) -> Answer {
            return codec::encode(wire::SeatFilledNotice{e.body, e.seat, e.title, e.role, e.person,
                                                        name_of(rows, e.person),
                                                        seat_organisation(rows, e.organisation, e.person)})
                .as_object();
          },
          [&](const SeatVacated& e) -> Answer {
            return codec::encode(wire::SeatVacatedNotice{e.body, e.seat}).as_object();
          },
          // Whoever had heard of the seat heard that it became vacant.
          [&](const SeatAbolished&) -> Answer { return std::nullopt; },
      },
      event);
}

std::string OrganisationAggregate::topic(std::string_view) { return list_of_organisations().topic(); }

void OrganisationAggregate::present(const Event& event, const EventInfo&, const Organisation&,
                                    Presenter& presenter) {
  if (const auto* renamed = std::get_if<OrganisationRenamed>(&event)) return show_organisation(*renamed, presenter);
  const auto& e = std::get<OrganisationRegistered>(event);
  list_of_organisations().put(
      organisation_key(e.organisation),
      wire::OrganisationView{e.organisation, e.name, e.kind, label(e.kind), e.area, name_order(e.name)},
      presenter);
  presenter.put_private(std::string(k_organisation_names_index), name_key(e.name), codec::encode(e.organisation));
}

std::optional<json::object> OrganisationAggregate::publish(const Event&, const Rows&) { return std::nullopt; }

std::string PersonAggregate::topic(std::string_view id) {
  return rights_topic(PersonId::from_trusted(std::string(id)));
}

void PersonAggregate::present(const Event& event, const EventInfo& when, const Person& after, Presenter& presenter) {
  const auto put_sign_in = [&](const Erasable& address_key, const SignInRow& row) {
    // Once the key has been erased the account cannot be found again, which is what erasing means.
    if (const auto key = presenter.text(address_key)) {
      presenter.put_private(std::string(k_sign_in_index), *key, codec::encode(row));
    }
  };
  std::visit(domain::overloaded{
                 [&](const PersonRegistered& e) {
                   for (const auto& text : {e.name, e.email}) domain::note_personal(e.person, text, presenter);
                   domain::note_secret(e.person, e.address_key, presenter);
                   if (e.password) domain::note_secret(e.person, *e.password, presenter);
                   presenter.put_private(std::string(k_people_index), e.person.str(),
                                         codec::encode(PersonRow{e.name, e.email, e.address_key, e.organisation}));
                   put_sign_in(e.address_key, {e.person, e.password});
                   presenter.access(rights_topic(e.person), for_the_gateway());
                   presenter.put(rights_topic(e.person), k_gateway, "person",
                                 wire::RightsPersonView{e.person, name_of(presenter, e.person), false, false, false});
                   presenter.access(account_topic(e.person), for_the_person(e.person));
                   put_person(e, presenter);
                   put_account(e.person, e.password ? std::optional(when.at) : std::nullopt, presenter);
                   open_register(e.person, presenter);
                 },
                 [&](const PasswordChanged& e) {
                   domain::note_secret(e.person, e.password, presenter);
                   put_sign_in(e.address_key, {e.person, e.password});
                   put_account(e.person, when.at, presenter);
                   for (const auto& session : e.ended) end_session(e.person, session, presenter);
                 },
                 [&](const EmailChanged& e) { show_email(e, presenter); },
                 [&](const PersonAffiliated& e) { show_affiliation(e, presenter); },
                 [&](const PersonRenamed& e) { show_name(e, presenter); },
                 [&](const PersonSuspended& e) {
                   for (const auto& session : e.ended) end_session(e.person, session, presenter);
                   if (e.reason) domain::note_personal(e.person, *e.reason, presenter);
                   suspend_calendar(after, presenter);
                   show_suspension(e.person, uk_time::date_and_time(when.at), e.reason ? presenter.text(*e.reason).value_or("") : "", presenter);
                 },
                 [&](const PersonReinstated& e) {
                   show_suspension(e.person, {}, {}, presenter);
                   if (after.calendar) show_calendar(*after.calendar, presenter);
                 },
                 [&](const CalendarOpened& e) {
                   show_calendar(e, presenter);
                   if (after.is_suspended) suspend_calendar(after, presenter);
                 },
                 [&](const CalendarClosed& e) { hide_calendar(e.person, e.name, presenter); },
                 [&](const SessionsEnded& e) {
                   for (const auto& session : e.ended) end_session(e.person, session, presenter);
                 },
                 [&](const SecondFactorSet& e) {
                   domain::note_secret(e.person, e.key, presenter);
                   for (const auto& session : e.ended) end_session(e.person, session, presenter);
                 },
                 [&](const SecondFactorRemoved& e) {
                   for (const auto& session : e.ended) end_session(e.person, session, presenter);
                 },
                 [&](const OpenidLinked& e) { index_openid(e, presenter); },
                 [&](const OpenidUnlinked& e) { forget_openid(e.person, presenter); },
                 [&](const PersonErased& e) {
                   for (const auto& session : e.ended) end_session(e.person, session, presenter);
                   remove_person(e, presenter);
                 },
                 [](const auto&) {},
             },
             event);
  const auto& person = std::visit([](const auto& e) -> const PersonId& { return e.person; }, event);
  show_state(person, after, presenter);
}

std::optional<json::object> PersonAggregate::publish(const Event& event, const Rows& rows) {
  if (const auto* erased = std::get_if<PersonErased>(&event)) {
    return codec::encode(wire::PersonErasedNotice{erased->person}).as_object();
  }
  if (const auto* renamed = std::get_if<PersonRenamed>(&event)) {
    return codec::encode(wire::PersonRenamedNotice{renamed->person, rows.text(renamed->name).value_or(domain::k_name_removed), renamed->number}).as_object();
  }
  const auto* e = std::get_if<PersonRegistered>(&event);
  if (!e) return std::nullopt;
  return codec::encode(wire::PersonRegisteredNotice{e->person, rows.text(e->name).value_or(domain::k_name_removed),
                                                    organisation_name(rows, e->organisation)})
      .as_object();
}

std::string SessionAggregate::topic(std::string_view id) { return session_topic(id); }

void SessionAggregate::present(const Event& event, const EventInfo&, const Session&, Presenter& presenter) {
  std::visit(
      domain::overloaded{
          [&](const SessionStarted& e) {
            presenter.access(session_topic(e.session), for_the_gateway());
            presenter.put(session_topic(e.session), k_gateway, "session",
                          wire::SessionView{e.person, e.started, e.expires, e.standing});
            // Events from before there was a list do not say what had run out by then.
            for (const auto& old : e.replaces ? std::vector<wire::AccountSessionView>() : sessions_of(presenter, e.person)) {
              if (old.expires_at <= e.started) end_session(e.person, old.session, presenter);
            }
            for (const auto& session : e.replaces.value_or(std::vector<std::string>())) {
              end_session(e.person, session, presenter);
            }
            put_session(e, presenter);
            presenter.put_private(std::string(k_sessions_index), e.session, codec::encode(SessionRow{e.person, e.started, e.expires}));
            if (e.device) domain::note_personal(e.person, *e.device, presenter);
          },
          [&](const SessionEnded& e) { end_session(e.person, e.session, presenter); },
      },
      event);
}

std::optional<json::object> SessionAggregate::publish(const Event&, const Rows&) { return std::nullopt; }

}  // namespace witan::directory
