#include "services/directory/domain/affiliations.hpp"
#include "services/directory/domain/calendar.hpp"
#include "services/directory/domain/concerns.hpp"
#include "services/directory/domain/decide.hpp"
#include "services/directory/domain/letters.hpp"
#include "services/directory/domain/offices.hpp"
#include "services/directory/domain/rows.hpp"

namespace witan::directory {

namespace {

std::string why_no_confirming(const Link& link) {
  if (link.was_used) return "This address was confirmed already. The page of your account says what it waits for.";
  if (link.how_closed == LinkEnd::replaced) return "Newer links have taken the place of this one. Use those.";
  if (link.how_closed == LinkEnd::withdrawn) return "The change of address was withdrawn. The account has the address that it had.";
  if (link.how_closed == LinkEnd::password_changed) {
    return "The password was changed after this link was sent, which ends it. The account has the address that it had.";
  }
  return "This link ran out at " + uk_time::date_and_time(link.issued.expires) +
         ". The account has the address that it had. Ask again on the page of your account.";
}

std::string why_not_open(const Link& link) {
  if (use_of(link.issued.kind) == LinkUse::confirm) return why_no_confirming(link);
  if (link.was_used) return "This link has been used already. If it was you who used it, sign in.";
  const bool can_ask = link.issued.kind == wire::LinkKind::password;
  if (link.how_closed == LinkEnd::replaced && can_ask) {
    return "The password was set anew after this link was sent. Sign in with it, or ask for another link on the sign-in page.";
  }
  if (link.how_closed == LinkEnd::replaced) return "A newer link has taken the place of this one. Use that one.";
  if (link.how_closed == LinkEnd::withdrawn) {
    return "This invitation was withdrawn, or the seat was filled in another way. Ask the secretary who sent it.";
  }
  return "This link ran out at " + uk_time::date_and_time(link.issued.expires) +
         (can_ask ? ". Ask for a new one on the sign-in page." : ". Ask whoever sent it for a new one.");
}

/// The account that accepts: the one that is signed in, or a new one.
Result<PersonId> accepting_account(const Link& link, const CheckedAcceptance& command, Decided<LinkEvent>& decided, Context& context) {
  if (command.person && !context.load<PersonAggregate>(command.person->str()).exists) return reject(ErrorCode::not_signed_in);
  if (command.person) {
    const auto row = context.row_as<PersonRow>(k_people_index, k_private_audience, command.person->str());
    if (row && !row->organisation && link.issued.organisation) {
      decided.further.push_back(domain::further<PersonAggregate>(
          command.person->str(), PersonAffiliated{*command.person, link.issued.organisation, std::nullopt}));
    }
    return *command.person;
  }
  // Asked again here: between hashing and now somebody else may have taken the address.
  if (account_at(context, command.address_key)) return std::unexpected(address_taken());
  const auto person = context.new_id<PersonId>();
  const bool is_administrator = link.issued.kind == wire::LinkKind::administrator;
  decided.further.push_back(domain::further<PersonAggregate>(
      person.str(), registered({person, command.name, command.email, command.address_key, command.password_hash, link.issued.organisation,
                                is_administrator},
                               context)));
  return person;
}

Result<void> take_seat(const LinkIssued& issued, const PersonId& person, Decided<LinkEvent>& decided, Context& context) {
  const auto& body = context.load<BodyAggregate>(issued.body->str());
  const auto seat = body.seats.find(*issued.seat);
  if (seat == body.seats.end() || seat->second.holder) {
    return reject(ErrorCode::not_now, "Somebody else holds this seat by now. Ask the secretary who invited you.");
  }
  if (!check_term(issued.until, context)) {
    return reject(ErrorCode::not_now, "The term that you were invited for is over. Ask the secretary who invited you.");
  }
  const auto interests = interests_at_appointment(body, *issued.seat, person, context);
  decided.further.push_back(domain::further<BodyAggregate>(
      issued.body->str(), SeatFilled{*issued.body, *issued.seat, seat->second.title, seat->second.role, seat->second.organisation,
                                     person, std::nullopt, issued.until, if_any(interests)}));
  return {};
}

}  // namespace

std::optional<Result<Decided<LinkEvent>>> refused(const Link& link, LinkUse use, Context& context) {
  if (!link.exists || use_of(link.issued.kind) != use) return std::unexpected(unknown_link());
  if (link.is_open && link.issued.expires > context.now()) return std::nullopt;
  Decided<LinkEvent> noted;
  if (!link.was_followed_dead) noted.events.push_back(DeadLinkFollowed{link.issued.link});
  noted.refusal = Rejection{ErrorCode::link_not_valid, why_not_open(link), {}, {}};
  return noted;
}

domain::FurtherEvent mail(const std::string& to, const Letter& letter, bool is_shown, Context& context,
                          const std::optional<PersonId>& person, const std::optional<PersonId>& names) {
  const auto id = context.new_id<MailId>();
  return domain::further<MailAggregate>(
      id.str(), MailQueued{id, context.keep(to), letter.subject, context.keep(letter.text), is_shown, person, names});
}

Rejection unknown_link() {
  return {ErrorCode::link_not_valid,
          "This link is not known. Copy the whole of it from the mail, or ask for a new one.", {}, {}};
}

Result<Decided<LinkEvent>> decide(const Link&, const PreparedInvite& command, Context& context) {
  const auto& asked = command.asked;
  const auto& body = context.load<BodyAggregate>(asked.body.str());
  if (!body.exists) return reject_field("/body", ErrorCode::invalid_value, "There is no such body.");
  const auto seat = body.seats.find(asked.seat);
  if (seat == body.seats.end()) return no_such_seat();
  if (seat->second.holder) return seat_is_held();
  if (auto fine = check_term(asked.until, context); !fine) return std::unexpected(fine.error());
  const auto organisation = organisation_in(asked.organisation, asked.organisation_name, context);
  if (!organisation) return std::unexpected(organisation.error());
  const auto expires = context.now() + k_invitation_lasts;
  Decided<LinkEvent> decided;
  decided.events.push_back(LinkIssued{command.link.link, wire::LinkKind::invitation, expires, std::nullopt, asked.body, asked.seat,
                                      context.keep(asked.name.value), context.keep(asked.email.value), asked.until, {}, {}, *organisation});
  add(end_links(context, LinkEnd::replaced, [&](const LinkRow& row) { return row.seat == asked.seat; }), decided);
  const auto& inviter = context.actor().person;
  decided.further.push_back(mail(asked.email.value,
                                 invitation(asked.name.value, seat->second.title, body.name, inviter ? name_of(context, *inviter) : "",
                                            asked.until, command.link.address, expires),
                                 command.link.is_shown, context, std::nullopt, inviter));
  decided.topic = body_topic(asked.body);
  return decided;
}

Result<Decided<LinkEvent>> decide(const Link&, const PreparedReset& command, Context& context) {
  if (!command.person) return Decided<LinkEvent>{};
  std::size_t open = 0;
  for (const auto& [link, row] : open_links(context)) {
    if (row.kind != wire::LinkKind::password || row.person != command.person) continue;
    // Earlier ones stay open, or a stranger who keeps asking could keep the owner from ever using one.
    if (++open >= k_resets_max || row.issued + k_reset_again > context.now()) return Decided<LinkEvent>{};
  }
  const auto account = context.row_as<PersonRow>(k_people_index, k_private_audience, command.person->str());
  const auto email = account ? context.text(account->email) : std::nullopt;
  if (!email) return Decided<LinkEvent>{};
  const auto expires = context.now() + k_reset_lasts;
  Decided<LinkEvent> decided;
  decided.events.push_back(LinkIssued{command.link.link, wire::LinkKind::password, expires, command.person, {}, {}, {}, {}, {}});
  decided.further.push_back(mail(*email, password_reset(name_of(context, *command.person), command.link.address, expires),
                                 command.link.is_shown, context, command.person));
  return decided;
}

Result<Decided<LinkEvent>> decide(const Link& link, const wire::IssueAdministratorLink& command, Context& context) {
  if (!is_topic(link_topic(command.link.value))) {
    return reject_field("/link", ErrorCode::invalid_value, "This is not the hash of a token.");
  }
  if (link.exists) return reject(ErrorCode::already_exists, "This link has been issued already.");
  if (has_administrator(context)) return reject(ErrorCode::not_now, "There is an administrator already.");
  Decided<LinkEvent> decided;
  decided.events.push_back(LinkIssued{command.link.value, wire::LinkKind::administrator, context.now() + k_invitation_lasts,
                                      {}, {}, {}, {}, {}, {}});
  add(end_links(context, LinkEnd::replaced, [](const LinkRow& row) { return row.kind == wire::LinkKind::administrator; }), decided);
  return decided;
}

Result<Decided<LinkEvent>> decide(const Link& link, const wire::WithdrawInvitation& command, Context&) {
  if (link.issued.kind != wire::LinkKind::invitation) return reject(ErrorCode::not_found);
  if (link.was_used) return reject(ErrorCode::not_now, "They have accepted already; end their appointment instead.");
  Decided<LinkEvent> decided;
  if (link.is_open) decided.events.push_back(LinkClosed{command.link.value, LinkEnd::withdrawn});
  decided.erased = texts_of(link.issued);
  decided.topic = body_topic(*link.issued.body);
  return decided;
}

Result<Decided<LinkEvent>> decide(const Link& link, const CheckedAcceptance& command, Context& context) {
  if (auto no = refused(link, LinkUse::accept, context)) return std::move(*no);
  if (!command.is_ready) return std::unexpected(unknown_link());
  if (link.issued.kind == wire::LinkKind::administrator && has_administrator(context)) {
    return reject(ErrorCode::not_now, "There is an administrator already. Ask them for an invitation.");
  }
  Decided<LinkEvent> decided;
  const auto person = accepting_account(link, command, decided, context);
  if (!person) return std::unexpected(person.error());
  decided.events.push_back(LinkUsed{command.link, *person});
  decided.erased = texts_of(link.issued);
  decided.result = {{"person", person->str()}};
  if (link.issued.kind == wire::LinkKind::administrator) return decided;
  if (auto taken = take_seat(link.issued, *person, decided, context); !taken) return std::unexpected(taken.error());
  return decided;
}

Result<Decided<LinkEvent>> decide(const Link& link, const CheckedReset& command, Context& context) {
  if (auto no = refused(link, LinkUse::reset, context)) return std::move(*no);
  const auto& person = *link.issued.person;
  if (!account_of(context, person) || command.password_hash.empty()) return std::unexpected(unknown_link());
  Ended ended;
  Decided<LinkEvent> decided;
  decided.events.push_back(LinkUsed{command.link, person});
  decided.further.push_back(domain::further<PersonAggregate>(
      person.str(), new_password(person, command.password_hash, std::nullopt, context, ended)));
  std::erase_if(ended.events, [&](const auto& event) { return event.id == command.link; });  // used, which is another end
  if (auto calendar = end_calendar(person, context.load<PersonAggregate>(person.str()), ended.erased)) {
    decided.further.push_back(domain::further<PersonAggregate>(person.str(), std::move(*calendar)));
  }
  add(std::move(ended), decided);
  tell(person, password_was_changed(name_of(context, person), context.now()), decided, context);
  return decided;
}

Result<Decided<LinkEvent>> decide(const Link& link, const LinkExpires&, Context& context) {
  Decided<LinkEvent> decided;
  if (link.is_open && link.issued.expires <= context.now()) {
    decided.events.push_back(LinkClosed{link.issued.link, LinkEnd::expired});
    decided.erased = texts_of(link.issued);
  }
  return decided;
}

Result<Decided<MailEvent>> decide(const Mail& mail, const MailDone& done, Context& context) {
  Decided<MailEvent> decided;
  if (!mail.is_waiting) return decided;
  const auto id = MailId::from_trusted(context.aggregate_id());
  if (done.problem) decided.events.push_back(MailRefused{id, *done.problem});
  else decided.events.push_back(MailSent{id});
  if (!mail.is_shown) decided.erased.push_back(mail.text);
  return decided;
}

}  // namespace witan::directory
