#include "services/directory/domain/email_change.hpp"

#include "services/directory/domain/letters.hpp"
#include "shared/contract/personal.hpp"

namespace witan::directory {

using domain::Presenter;

namespace {

bool is_change_of(const PersonId& person, const LinkRow& link) {
  return link.person == person && use_of(link.kind) == LinkUse::confirm;
}

Ended earlier_change(const PersonId& person, LinkEnd how, Context& context) {
  return end_links(context, how, [&](const LinkRow& link) { return is_change_of(person, link); });
}

/// A change that an administrator asked for is not the person's to stop or to replace: it may not be them who is signed in.
Result<void> may_interfere(const PersonId& person, Context& context) {
  if (context.actor().person != person) return {};
  for (const auto& [link, row] : open_links(context)) {
    if (is_change_of(person, row) && row.issued_by != person) {
      return reject(ErrorCode::not_now,
                    "An administrator asked for another address for this account. Use the link that went to it, or ask an administrator to "
                    "withdraw the change. Nothing was changed now.");
    }
  }
  return {};
}

/// The links, and the mails that take them out. Where the new address has an account, only whoever reads its mail is told: they get no
/// link, and all that the asker can see is the same, the subject of the mail included.
void send_links(const CheckedEmailChange& command, const std::string& present_address, bool is_own, Decided<PersonEvent>& decided,
                Context& context) {
  const auto& person = command.person;
  const auto expires = context.now() + k_email_change_lasts;
  LinkIssued issued;
  issued.expires = expires;
  issued.person = person;
  issued.email = context.keep(command.email);
  issued.address_key = context.keep(command.address_key);
  const auto send = [&](wire::LinkKind kind, const NewLink& link, const NewLink& other, const std::string& to, const Letter& letter,
                        const std::optional<PersonId>& about) {
    issued.link = link.link;
    issued.kind = kind;
    issued.other = is_own ? std::optional(other.link) : std::nullopt;
    decided.further.push_back(domain::further<LinkAggregate>(link.link, issued));
    decided.further.push_back(mail(to, letter, link.is_shown, context, about));
  };
  if (account_at(context, command.address_key)) {  // the mail is the other's, and goes when their account does
    send(wire::LinkKind::new_address, command.to_new, command.to_present, command.email, address_has_account(is_own, context.now()), {});
  } else {
    send(wire::LinkKind::new_address, command.to_new, command.to_present, command.email,
         confirm_new_address(command.to_new.address, is_own, expires), person);
  }
  if (is_own) {
    send(wire::LinkKind::present_address, command.to_present, command.to_new, present_address,
         confirm_present_address(name_of(context, person), command.to_present.address, expires), person);
  }
}

/// Mail to the address of which nothing says that it is anybody's, such as the invitation with which the account began.
std::vector<MailId> unclaimed_mail_to(const std::string& address, Context& context) {
  std::vector<MailId> mails;
  for (const auto& [mail, value] : context.rows(k_letters_index, k_private_audience, "")) {
    const auto letter = codec::decode<LetterRow>(value);
    if (letter && !letter->person && context.text(letter->to) == address) mails.push_back(MailId::from_trusted(mail));
  }
  return mails;
}

/// What was mailed to the earlier address must open nothing any more: whoever reads it may be somebody else by now.
Ended links_sent_to(const std::string& address, const PersonId& person, Context& context) {
  return end_links(context, LinkEnd::withdrawn, [&](const LinkRow& link) {
    if (use_of(link.kind) == LinkUse::reset) return link.person == person;
    return link.kind == wire::LinkKind::invitation && link.email && context.text(*link.email) == address;
  });
}

/// All that is needed has been confirmed. Where an administrator asked, somebody else may read the earlier mailbox, and have set the
/// password through it: then everybody is signed out and whoever reads the new one sets another.
Result<void> move_account(const LinkIssued& issued, Decided<LinkEvent>& decided, Context& context) {
  const auto& person = *issued.person;
  const bool is_own = issued.other.has_value();
  const auto key = context.text(*issued.address_key);
  const auto account = account_of(context, person);
  const auto row = context.row_as<PersonRow>(k_people_index, k_private_audience, person.str());
  if (!key || !row) return std::unexpected(unknown_link());
  // Asked again here: since the links were sent somebody may have opened an account with the address.
  if (account_at(context, *key)) {
    return reject(ErrorCode::already_exists,
                  "Somebody has opened an account with this address since the link was sent. Your account has the address that it had; ask for "
                  "another one on its page.");
  }
  const auto address = context.text(row->email).value_or("");
  const auto password = account ? account->password : std::nullopt;
  EmailChanged event{person, *issued.email, *issued.address_key, is_own ? password : std::nullopt, {}, unclaimed_mail_to(address, context)};
  if (!is_own) event.ended = sessions_but(std::nullopt, person, context);
  add(links_sent_to(address, person, context), decided);
  tell(person, email_was_changed(name_of(context, person), context.now()), decided, context);
  decided.further.push_back(domain::further<PersonAggregate>(person.str(), event));
  decided.erased.push_back(row->email);
  decided.erased.push_back(row->address_key);
  if (!is_own && password) decided.erased.push_back(*password);
  return {};
}

/// Each time two mails go out, one of them to whatever address was typed. Administrators are not held to it, or whoever has got into an
/// account could keep them from moving it.
Result<void> may_ask(const Person& person, Context& context) {
  const auto& asked = person.email_asked;
  if (!asked.empty() && asked.back() + k_email_change_again > context.now()) {
    return reject(ErrorCode::not_now, "Links were sent a moment ago. Wait a minute, or use those.");
  }
  if (asked.size() == k_account_changes_a_day && asked.front() + std::chrono::hours(24) > context.now()) {
    return reject(ErrorCode::not_now, "Another address was asked for five times within a day. Ask again tomorrow.");
  }
  return {};
}

}  // namespace

Result<Decided<PersonEvent>> decide(const Person& person, const CheckedEmailChange& command, Context& context) {
  const auto& asker = context.actor().person;
  const bool is_own = asker == command.person;
  if (!asker || !is_present(command.password, *asker, context)) return std::unexpected(wrong_password());
  Decided<PersonEvent> decided{{}, {}, account_topic(command.person)};
  const auto& by = is_own ? person : context.load<PersonAggregate>(asker->str());
  if (auto proved = prove_present(by, command.present); !proved) return std::unexpected(proved.error());
  if (by.second_factor) decided.further.push_back(domain::further<PersonAggregate>(asker->str(), command.present->used));
  const auto row = context.row_as<PersonRow>(k_people_index, k_private_audience, command.person.str());
  const auto address = row ? context.text(row->email) : std::nullopt;
  if (!address) return reject(ErrorCode::not_found);
  const auto taken = account_at(context, command.address_key);
  if (taken && taken->person == command.person) {
    return reject_field("/new_email", ErrorCode::invalid_value, "This is the address of the account already.");
  }
  if (taken && !is_own) return reject_field("/new_email", ErrorCode::already_exists, "There is an account with this e-mail address already.");
  if (auto free = may_interfere(command.person, context); !free) return std::unexpected(free.error());
  if (is_own) {
    if (auto fine = may_ask(person, context); !fine) return std::unexpected(fine.error());
  }
  decided.events.push_back(EmailChangeAsked{command.person, context.now()});
  add(earlier_change(command.person, LinkEnd::replaced, context), decided);
  send_links(command, *address, is_own, decided, context);
  return decided;
}

Result<Decided<PersonEvent>> decide(const Person&, const wire::WithdrawEmailChange& command, Context& context) {
  if (auto free = may_interfere(command.person, context); !free) return std::unexpected(free.error());
  Decided<PersonEvent> decided{{}, {}, account_topic(command.person)};
  add(earlier_change(command.person, LinkEnd::withdrawn, context), decided);
  return decided;
}

Result<Decided<LinkEvent>> decide(const Link& link, const wire::ConfirmEmail&, Context& context) {
  if (auto no = refused(link, LinkUse::confirm, context)) return std::move(*no);
  const auto& issued = link.issued;
  Decided<LinkEvent> decided;
  decided.events.push_back(LinkUsed{issued.link, *issued.person});
  if (issued.other && !context.load<LinkAggregate>(*issued.other).was_used) return decided;
  if (auto moved = move_account(issued, decided, context); !moved) return std::unexpected(moved.error());
  return decided;
}

void show_email_change(const PersonId& person, Presenter& presenter) {
  const std::string self(k_self_audience);
  auto account = presenter.row_as<wire::AccountView>(account_topic(person), self, "account");
  if (!account) return;
  account->new_email.clear();
  account->new_email_until.clear();
  account->waits_for_new_email = account->waits_for_present_email = false;
  for (const auto& [link, row] : open_links(presenter)) {
    if (!is_change_of(person, row)) continue;
    account->new_email = row.email ? presenter.text(*row.email).value_or("") : "";
    account->new_email_until = uk_time::date_and_time(row.expires);
    (row.kind == wire::LinkKind::new_address ? account->waits_for_new_email : account->waits_for_present_email) = true;
  }
  presenter.put(account_topic(person), self, "account", *account);
}

void show_email(const EmailChanged& changed, Presenter& presenter) {
  const std::string hidden(k_private_audience), sign_in(k_sign_in_index);
  for (const auto& session : changed.ended) end_session(changed.person, session, presenter);
  for (const auto& mail : changed.mails) {
    if (auto letter = presenter.row_as<LetterRow>(k_letters_index, hidden, mail.str())) {
      letter->person = changed.person;
      presenter.put_private(std::string(k_letters_index), mail.str(), codec::encode(*letter));
    }
  }
  domain::note_personal(changed.person, changed.email, presenter);
  domain::note_secret(changed.person, changed.address_key, presenter);
  // Looked for by the person: the text of the earlier key is gone by now.
  for (const auto& [key, value] : presenter.rows(sign_in, hidden, "")) {
    const auto account = codec::decode<SignInRow>(value);
    if (account && account->person == changed.person) presenter.drop(sign_in, hidden, key);
  }
  if (const auto key = presenter.text(changed.address_key)) presenter.put_private(sign_in, *key, codec::encode(SignInRow{changed.person, changed.password}));
  if (auto row = presenter.row_as<PersonRow>(k_people_index, hidden, changed.person.str())) {
    row->email = changed.email;
    row->address_key = changed.address_key;
    presenter.put_private(std::string(k_people_index), changed.person.str(), codec::encode(*row));
  }
  const auto address = presenter.text(changed.email).value_or("");
  if (auto account = presenter.row_as<wire::AccountView>(account_topic(changed.person), k_self_audience, "account")) {
    account->email = address;
    if (!changed.password) account->password_since.clear();
    presenter.put(account_topic(changed.person), std::string(k_self_audience), "account", *account);
  }
  const auto key = "person/" + changed.person.str();
  if (auto listed = list_of_people().row_as<wire::PersonView>(key, presenter)) {
    listed->email = address;
    list_of_people().put(key, *listed, presenter);
  }
}

void show_at_the_other(const Link& link, Presenter& presenter) {
  if (!link.issued.other) return;
  const auto topic = link_topic(*link.issued.other);
  auto view = presenter.row_as<wire::LinkView>(topic, "public", "link");
  if (!view || !view->was_used || view->is_complete) return;
  (link.was_used ? view->is_complete : view->is_off) = true;
  presenter.put(topic, "public", "link", *view);
}

bool is_confirmed_everywhere(const Link& link, const domain::Rows& rows) {
  if (!link.was_used || !link.issued.other) return link.was_used;
  const auto other = rows.row_as<wire::LinkView>(link_topic(*link.issued.other), "public", "link");
  return other && other->was_used;
}

}  // namespace witan::directory
