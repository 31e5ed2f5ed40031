#include "services/directory/domain/decide.hpp"

#include "services/directory/domain/affiliations.hpp"
#include "services/directory/domain/calendar.hpp"
#include "services/directory/domain/concerns.hpp"
#include "services/directory/domain/labels.hpp"
#include "services/directory/domain/profile.hpp"
#include "services/directory/domain/rows.hpp"
#include "services/directory/domain/second_factor.hpp"
#include "shared/contract/spaces.hpp"

namespace witan::directory {

namespace {

/// A secretary who goes takes along the invitations that wait for an answer: whoever comes next decides anew.
Ended invitations_of(const BodyId& body, const Seat& seat, Context& context) {
  if (seat.role != Role::secretary) return {};
  return end_links(context, LinkEnd::withdrawn,
                   [&](const LinkRow& row) { return row.body == body && row.issued_by == seat.holder; });
}

/// What ends when one more session begins: what has run out, and the oldest where there are too many.
std::vector<std::string> sessions_to_replace(const PersonId& person, Context& context) {
  std::vector<std::string> replaced;
  std::size_t alive = 1;
  for (const auto& session : sessions_of(context, person)) {
    if (session.expires_at <= context.now() || ++alive > k_sessions_max) replaced.push_back(session.session);
  }
  return replaced;
}

wire::Standing standing_of(const PersonId& person, Context& context) {
  if (!is_staff(context, person)) return wire::Standing::ordinary;
  return second_factor_of(context, person) ? wire::Standing::staff_with_second_factor : wire::Standing::staff;
}

std::optional<Erasable> keep_if_any(const auto& maybe_text, Context& context) {
  if (!maybe_text || maybe_text->value.empty()) return std::nullopt;
  return context.keep(maybe_text->value);
}

}  // namespace

Result<void> must_exist(const std::optional<OrganisationId>& organisation, Context& context) {
  if (!organisation || context.load<OrganisationAggregate>(organisation->str()).exists) return {};
  return reject_field("/organisation", ErrorCode::invalid_value, "There is no such organisation.");
}

json::object ended_count(const std::vector<std::string>& ended) { return {{"ended", std::to_string(ended.size())}}; }

bool is_present(const std::optional<Erasable>& password, const PersonId& person, Context& context) {
  const auto account = account_of(context, person);
  return password && account && account->password == password;
}

std::unexpected<Rejection> no_such_seat() {
  return reject_field("/seat", ErrorCode::invalid_value, "This body has no such seat.");
}

std::unexpected<Rejection> seat_is_held() {
  return reject(ErrorCode::not_now, "Somebody holds this seat; vacate it first.");
}

Result<void> check_term(const std::optional<CalendarDate>& until, Context& context) {
  if (!until || until->value >= uk_time::calendar_day(context.now())) return {};
  return reject_field("/until", ErrorCode::invalid_value, "The last day of the term is over already.");
}

std::vector<std::string> sessions_but(const std::optional<std::string>& kept, const PersonId& person, const domain::Rows& rows) {
  std::vector<std::string> others;
  for (const auto& session : sessions_of(rows, person)) {
    if (session.session != kept) others.push_back(session.session);
  }
  return others;
}

Ended end_links(Context& context, LinkEnd how, const std::function<bool(const LinkRow&)>& is_one) {
  Ended ended;
  for (const auto& [link, row] : open_links(context)) {
    if (!is_one(row)) continue;
    ended.events.push_back(domain::further<LinkAggregate>(link, LinkClosed{link, how}));
    for (const auto& text : texts_of(context.load<LinkAggregate>(link).issued)) ended.erased.push_back(text);
  }
  return ended;
}

std::vector<Erasable> texts_of(const LinkIssued& issued) {
  std::vector<Erasable> texts;
  for (const auto& text : {issued.name, issued.email, issued.address_key}) {
    if (text) texts.push_back(*text);
  }
  return texts;
}

PasswordChanged new_password(const PersonId& person, const std::string& hash, const std::optional<std::string>& kept,
                             Context& context, Ended& ended) {
  const auto row = context.row_as<PersonRow>(k_people_index, k_private_audience, person.str());
  const auto account = account_of(context, person);
  ended = end_links(context, LinkEnd::replaced,
                    [&](const LinkRow& link) { return link.kind == wire::LinkKind::password && link.person == person; });
  // A change of address as well, unless an administrator asked for it: it may be by whoever the new password is to keep out.
  auto moves = end_links(context, LinkEnd::password_changed, [&](const LinkRow& link) {
    return use_of(link.kind) == LinkUse::confirm && link.person == person && link.issued_by == person;
  });
  std::move(moves.events.begin(), moves.events.end(), std::back_inserter(ended.events));
  std::move(moves.erased.begin(), moves.erased.end(), std::back_inserter(ended.erased));
  if (account && account->password) ended.erased.push_back(*account->password);
  return {person, row ? row->address_key : Erasable{}, context.keep(hash), sessions_but(kept, person, context)};
}

Timestamp term_warning_at(const CalendarDate& until) { return *uk_time::day_begins(until.value) - k_term_warning; }

PersonRegistered registered(const NewAccount& account, Context& context) {
  PersonRegistered event;
  event.person = account.person;
  event.name = context.keep(account.name);
  event.email = context.keep(account.email);
  event.address_key = context.keep(account.address_key);
  if (account.password_hash) event.password = context.keep(*account.password_hash);
  event.organisation = account.organisation;
  event.is_administrator = account.is_administrator;
  return event;
}

Result<Decided<BodyEvent>> decide(const Body&, const wire::EstablishBody& command, Context& context) {
  if (command.parent && !context.load<BodyAggregate>(command.parent->str()).exists) {
    return reject_field("/parent", ErrorCode::invalid_value, "There is no such body.");
  }
  const auto name = codec::with_single_spaces(command.name.value);
  if (context.row_text(k_body_names_index, k_private_audience, name_key(name))) return std::unexpected(name_taken("a body"));
  const auto body = BodyId::from_trusted(context.aggregate_id());
  return Decided<BodyEvent>{
      {BodyEstablished{body, name, command.kind,
                       command.summary ? command.summary->value : std::string(), command.parent}},
      {{"body", body.str()}},
      {}};
}

Result<Decided<BodyEvent>> decide(const Body& body, const wire::CreateSeat& command, Context& context) {
  if (command.role == Role::administrator || command.role == Role::auditor) {
    return reject_field("/role", ErrorCode::invalid_value, "A seat cannot make its holder an administrator or an auditor.");
  }
  if (body.seats.size() >= k_seats_max) {
    return reject(ErrorCode::not_now, "A body has at most " + std::to_string(k_seats_max) + " seats.");
  }
  const auto organisation = organisation_in(command.organisation, command.organisation_name, context);
  if (!organisation) return std::unexpected(organisation.error());
  const auto seat = context.new_id<SeatId>();
  return Decided<BodyEvent>{
      {SeatCreated{command.body, seat, command.title.value, command.role, *organisation}},
      {{"seat", seat.str()}},
      {}};
}

Result<Decided<BodyEvent>> decide(const Body& body, const wire::FillSeat& command, Context& context) {
  const auto found = body.seats.find(command.seat);
  if (found == body.seats.end()) return no_such_seat();
  const Seat& seat = found->second;
  if (!command.person) return reject_field("/email", ErrorCode::missing_field, "Say who is appointed.");
  const auto& person = *command.person;
  if (seat.holder == person) return Decided<BodyEvent>{};
  if (seat.holder) return seat_is_held();
  if (!context.load<PersonAggregate>(person.str()).exists) {
    return reject_field("/person", ErrorCode::invalid_value, "There is no such person.");
  }
  const auto today = uk_time::calendar_day(context.now());
  if (command.from && command.from->value > today) {
    return reject_field("/from", ErrorCode::invalid_value, "Record the appointment on the day on which it begins.");
  }
  if (command.from && command.from->value < k_earliest_day) {
    return reject_field("/from", ErrorCode::invalid_value, "The first day must be in 1900 or later.");
  }
  if (auto fine = check_term(command.until, context); !fine) return std::unexpected(fine.error());
  const auto interests = interests_at_appointment(body, command.seat, person, context);
  Decided<BodyEvent> decided{{SeatFilled{command.body, command.seat, seat.title, seat.role, seat.organisation, person,
                                         command.from, command.until, if_any(interests)}},
                             {{"interests_to_consider", std::to_string(interests)}},
                             {}};
  add(end_links(context, LinkEnd::withdrawn, [&](const LinkRow& row) { return row.seat == command.seat; }), decided);
  return decided;
}

Result<Decided<BodyEvent>> decide(const Body& body, const wire::Reappoint& command, Context& context) {
  const auto found = body.seats.find(command.seat);
  if (found == body.seats.end()) return no_such_seat();
  if (!found->second.holder) return reject(ErrorCode::not_now, "This seat is vacant; appoint somebody to it.");
  if (auto fine = check_term(command.until, context); !fine) return std::unexpected(fine.error());
  return Decided<BodyEvent>{
      {TermRenewed{command.body, command.seat, *found->second.holder, command.until}}, {}, {}};
}

Result<Decided<BodyEvent>> decide(const Body& body, const wire::VacateSeat& command, Context& context) {
  const auto found = body.seats.find(command.seat);
  if (found == body.seats.end()) return no_such_seat();
  if (!found->second.holder) return reject(ErrorCode::already_done, "This seat is vacant already.");
  if (command.how_ended == wire::HowEnded::reappointed) {
    return reject_field("/how_ended", ErrorCode::invalid_value, "Who is reappointed keeps the seat; reappoint them instead.");
  }
  Decided<BodyEvent> decided{{SeatVacated{command.body, command.seat, *found->second.holder,
                                          keep_if_any(command.reason, context), command.how_ended}},
                             {},
                             {}};
  add(invitations_of(command.body, found->second, context), decided);
  return decided;
}

Result<Decided<BodyEvent>> decide(const Body& body, const wire::AbolishSeat& command, Context& context) {
  const auto found = body.seats.find(command.seat);
  if (found == body.seats.end()) return no_such_seat();
  if (found->second.holder) return seat_is_held();
  Decided<BodyEvent> decided{{SeatAbolished{command.body, command.seat, found->second.title, found->second.role, found->second.organisation}}, {}, {}};
  add(end_links(context, LinkEnd::withdrawn, [&](const LinkRow& row) { return row.seat == command.seat; }), decided);
  return decided;
}

Result<Decided<BodyEvent>> decide(const Body& body, const TermsDue&, Context& context) {
  const auto id = BodyId::from_trusted(context.aggregate_id());
  Decided<BodyEvent> decided;
  for (const auto& [seat_id, seat] : body.seats) {
    if (!seat.holder || !seat.until) continue;
    if (*uk_time::day_ends(seat.until->value) <= context.now()) {
      decided.events.push_back(SeatVacated{id, seat_id, *seat.holder, std::nullopt, wire::HowEnded::term_ended});
      add(invitations_of(id, seat, context), decided);
    } else if (!seat.is_end_noticed && term_warning_at(*seat.until) <= context.now()) {
      decided.events.push_back(TermEnding{id, seat_id, *seat.holder});
    }
  }
  return decided;
}

Result<Decided<OrganisationEvent>> decide(const Organisation&, const wire::RegisterOrganisation& command,
                                          Context& context) {
  const auto name = codec::with_single_spaces(command.name.value);
  if (organisation_called(name, context)) return std::unexpected(name_taken("an organisation"));
  const auto organisation = OrganisationId::from_trusted(context.aggregate_id());
  return Decided<OrganisationEvent>{
      {OrganisationRegistered{organisation, name, command.kind,
                              command.area ? command.area->value : std::string()}},
      {{"organisation", organisation.str()}},
      {}};
}

Rejection wrong_password() {
  const std::string detail = "This is not your password as it is now.";
  return {ErrorCode::invalid_arguments, {}, {{"/current_password", ErrorCode::invalid_value, detail}}, {}};
}

Rejection name_taken(const std::string& what) {
  const std::string detail = "There is " + what + " of this name already. Capitals and spaces make no difference.";
  return {ErrorCode::already_exists, detail, {{"/name", ErrorCode::already_exists, detail}}, {}};
}

Rejection address_taken() {
  const std::string detail = "There is an account with this e-mail address already.";
  return {ErrorCode::already_exists, detail, {{"/email", ErrorCode::already_exists, detail}}, {}};
}

Result<Decided<PersonEvent>> decide(const Person&, const NewPerson& command, Context& context) {
  // Asked again here: between hashing and now somebody else may have taken the address.
  if (account_at(context, command.address_key)) return std::unexpected(address_taken());
  const auto organisation = organisation_in(command.asked.organisation, command.asked.organisation_name, context);
  if (!organisation) return std::unexpected(organisation.error());
  const auto person = PersonId::from_trusted(context.aggregate_id());
  const auto& asked = command.asked;
  return Decided<PersonEvent>{{registered({person, asked.name.value, asked.email.value, command.address_key,
                                           command.password_hash, *organisation, asked.administrator.value_or(false)},
                                          context)},
                              {{"person", person.str()}},
                              {}};
}

Result<Decided<PersonEvent>> decide(const Person&, const wire::EndSessions& command, Context& context) {
  const auto kept = command.keep ? std::optional(command.keep->value) : std::nullopt;
  const auto ended = sessions_but(kept, command.person, context);
  Decided<PersonEvent> decided{{}, ended_count(ended), account_topic(command.person)};
  if (!ended.empty()) decided.events.push_back(SessionsEnded{command.person, ended});
  return decided;
}

Result<Decided<PersonEvent>> decide(const Person& person, const CheckedPasswordChange& command, Context& context) {
  if (!is_present(command.password, command.person, context)) return std::unexpected(wrong_password());
  Ended ended;
  const auto event = new_password(command.person, command.password_hash, context.actor().session, context, ended);
  Decided<PersonEvent> decided{{event}, ended_count(event.ended), account_topic(command.person)};
  if (auto calendar = end_calendar(command.person, person, ended.erased)) decided.events.push_back(std::move(*calendar));
  add(std::move(ended), decided);
  return decided;
}

Result<Decided<SessionEvent>> decide(const Session& session, const CheckedSignIn& command, Context& context) {
  if (!command.person || !is_present(command.password, *command.person, context)) return reject(ErrorCode::sign_in_failed);
  if (second_factor_of(context, *command.person)) {
    Rejection next{ErrorCode::second_factor_needed, "Enter the code that your authenticator app shows.", {}, {}};
    next.extra["ticket"] = command.ticket;
    return std::unexpected(std::move(next));
  }
  auto begun = begin_session(session, *command.person, command.session, command.device, context);
  if (!begun) return begun;
  begun->result["known_device"] = command.known_device;
  if (command.is_new_device) tell_of_new_device(*command.person, command.device, *begun, context);
  return begun;
}

Result<Decided<SessionEvent>> begin_session(const Session& session, const PersonId& person, const std::string& name,
                                            const std::optional<std::string>& device, Context& context,
                                            const std::optional<std::string>& issuer) {
  // However they came here, by password, code or provider: they have proved who they are, so they may know.
  if (context.load<PersonAggregate>(person.str()).is_suspended) {
    return reject(ErrorCode::forbidden, "This account is suspended, so nobody can sign in to it. Ask the people who run Witan.");
  }
  // A session's name is the hash of a fresh random token, so a known one is a token that leaked or a fault.
  if (session.exists) return reject(ErrorCode::already_exists, "This session has been started already.");
  std::optional<Erasable> kept;
  if (device && !device->empty()) kept = context.keep(*device);
  return Decided<SessionEvent>{{SessionStarted{name, person, context.now(), context.now() + k_session_lasts, kept,
                                               sessions_to_replace(person, context), issuer, standing_of(person, context)}},
                               {{"person", person.str()}, {"name", name_of(context, person)}},
                               {}};
}

Result<Decided<SessionEvent>> decide(const Session& session, const wire::RenewSession& command, Context& context) {
  if (auto fine = must_name_a_session(command.session.value); !fine) return std::unexpected(fine.error());
  if (session.exists) return reject(ErrorCode::already_exists, "This session has been started already.");
  const auto earlier = context.actor().session.value_or("");
  const auto row = context.row_as<SessionRow>(k_sessions_index, k_private_audience, earlier);
  if (!row || row->person != context.actor().person || row->expires <= context.now()) {
    return reject(ErrorCode::not_signed_in, "The session has ended.");
  }
  auto ended = sessions_to_replace(row->person, context);
  if (std::ranges::count(ended, earlier) == 0) ended.push_back(earlier);
  const auto device = context.load<SessionAggregate>(earlier).device;
  const auto text = device ? context.text(*device) : std::nullopt;
  return Decided<SessionEvent>{{SessionStarted{command.session.value, row->person, context.now(), row->expires,
                                               text ? std::optional(context.keep(*text)) : std::nullopt, ended, std::nullopt,
                                               standing_of(row->person, context), earlier}},
                               {}, {}};
}

Result<Decided<SessionEvent>> decide(const Session& session, const wire::EndSession& command, Context& context) {
  // One that ended with others has no row any more.
  const bool is_alive = context.row_text(session_topic(command.session.value), k_gateway_audience, "session").has_value();
  if (session.has_ended || !is_alive) return Decided<SessionEvent>{};
  return Decided<SessionEvent>{{SessionEnded{command.session.value, session.person}}, {}, {}};
}

}  // namespace witan::directory
