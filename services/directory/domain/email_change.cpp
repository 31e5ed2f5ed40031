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

bool asked_just_now(const PersonId& person, Context& context) {
  for (const auto& [link, row] : open_links(context)) {
    if (is_change_of(person, row) && row.issued + k_email_change_again > context.now()) return true;
  }
  return false;
}

/// The links, and the mails that take them out. Where the new address has an account, only whoever reads its mail is told: they get no link,
/// and the rest looks the same.
void send_links(const CheckedEmailChange& command, const std::string& present_address, bool is_own, Decided<PersonEvent>& decided,
                Context& context) {
  const auto& person = command.person;
  const auto name = name_of(context, person);
  const auto expires = context.now() + k_email_change_lasts;
  LinkIssued issued;
  issued.expires = expires;
  issued.person = person;
  issued.email = context.keep(command.email);
  issued.address_key = context.keep(command.address_key);
  const auto send = [&](wire::LinkKind kind, const NewLink& link, const NewLink& other, const std::string& to, const Letter& letter) {
    issued.link = link.link;
    issued.kind = kind;
    issued.other = is_own ? std::optional(other.link) : std::nullopt;
    decided.further.push_back(domain::further<LinkAggregate>(link.link, issued));
    decided.further.push_back(mail(to, letter, link.is_shown, context, person));
  };
  const auto to_new = account_at(context, command.address_key) ? address_has_account(is_own, context.now())
                                                              : confirm_new_address(name, command.to_new.address, is_own, expires);
  send(wire::LinkKind::new_address, command.to_new, command.to_present, command.email, to_new);
  if (is_own) {
    send(wire::LinkKind::present_address, command.to_present, command.to_new, present_address,
         confirm_present_address(name, command.email, command.to_present.address, expires));
  }
}

/// All that is needed has been confirmed.
Result<void> move_account(const LinkIssued& issued, Decided<LinkEvent>& decided, Context& context) {
  const auto& person = *issued.person;
  const auto key = context.text(*issued.address_key);
  const auto account = account_of(context, person);
  const auto row = context.row_as<PersonRow>(k_people_index, k_private_audience, person.str());
  if (!key || !row) return std::unexpected(unknown_link());
  // Asked again here: since the links were sent somebody may have opened an account with the address.
  if (account_at(context, *key)) return std::unexpected(address_taken());
  // What was mailed to the earlier address must open nothing any more.
  add(end_links(context, LinkEnd::withdrawn,
                [&](const LinkRow& link) { return link.kind == wire::LinkKind::password && link.person == person; }),
      decided);
  tell(person, email_was_changed(name_of(context, person), context.now()), decided, context);
  decided.further.push_back(domain::further<PersonAggregate>(
      person.str(), EmailChanged{person, *issued.email, *issued.address_key, account ? account->password : std::nullopt}));
  decided.erased.push_back(row->email);
  decided.erased.push_back(row->address_key);
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
  if (asked_just_now(command.person, context)) {
    return reject(ErrorCode::not_now, "Links were sent a moment ago. Wait a minute, or use those.");
  }
  add(earlier_change(command.person, LinkEnd::replaced, context), decided);
  send_links(command, *address, is_own, decided, context);
  return decided;
}

Result<Decided<PersonEvent>> decide(const Person&, const wire::WithdrawEmailChange& command, Context& context) {
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
    presenter.put(account_topic(changed.person), std::string(k_self_audience), "account", *account);
  }
  const auto key = "person/" + changed.person.str();
  if (auto listed = list_of_people().row_as<wire::PersonView>(key, presenter)) {
    listed->email = address;
    list_of_people().put(key, *listed, presenter);
  }
}

void show_complete(const Link& link, Presenter& presenter) {
  if (!link.issued.other) return;
  const auto topic = link_topic(*link.issued.other);
  if (auto view = presenter.row_as<wire::LinkView>(topic, "public", "link"); view && view->was_used) {
    view->is_complete = true;
    presenter.put(topic, "public", "link", *view);
  }
}

}  // namespace witan::directory
