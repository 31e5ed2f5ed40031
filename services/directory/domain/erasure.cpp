#include "services/directory/domain/erasure.hpp"

#include "services/directory/domain/calendar.hpp"
#include "services/directory/domain/interests.hpp"
#include "services/directory/domain/offices.hpp"
#include "services/directory/domain/openid.hpp"
#include "shared/contract/personal.hpp"

namespace witan::directory {

using domain::FurtherEvent;
using domain::Presenter;
using domain::Rows;

namespace {

/// Only what was said: whoever deletes an account has not resigned from anything by that.
std::optional<wire::HowEnded> how_seats_end(wire::WhyErased why) {
  if (why == wire::WhyErased::died) return wire::HowEnded::died;
  return std::nullopt;
}

/// Where they wait for an answer, only the text says to whom they went.
bool is_theirs(const LinkRow& link, const PersonId& person, const std::string& address, Context& context) {
  if (link.person == person || link.issued_by == person) return true;
  return link.kind == wire::LinkKind::invitation && link.email && context.text(*link.email) == address;
}

std::vector<FurtherEvent> seats_left_by(const PersonId& person, std::optional<wire::HowEnded> how, Context& context) {
  std::vector<FurtherEvent> left;
  for (const auto& [seat, value] : context.rows(k_terms_index, k_private_audience, "")) {
    const auto term = codec::decode<TermRow>(value);
    if (!term || term->person != person) continue;
    left.push_back(domain::further<BodyAggregate>(
        term->body.str(), SeatVacated{term->body, SeatId::from_trusted(seat), person, std::nullopt, how}));
  }
  return left;
}

/// All mail that ever went to the address, or was about the account: the address may have been another one then. Mail to others
/// loses its text where that names the person.
std::vector<Erasable> texts_of_mail(const std::string& address, PersonErased& event, Context& context) {
  std::vector<Erasable> texts;
  std::vector<MailId> named_in;
  for (const auto& [mail, value] : context.rows(k_letters_index, k_private_audience, "")) {
    const auto letter = codec::decode<LetterRow>(value);
    if (!letter) continue;
    const bool is_theirs = letter->person == event.person || context.text(letter->to) == address;
    if (!is_theirs && letter->names != event.person) continue;
    (is_theirs ? event.mails : named_in).push_back(MailId::from_trusted(mail));
    if (is_theirs) texts.push_back(letter->to);
    texts.push_back(context.load<MailAggregate>(mail).text);
  }
  if (!named_in.empty()) event.named_in = std::move(named_in);
  return texts;
}

/// What administrators read of a mail, and what was kept of it outside of the log.
void remove_mail(const MailId& mail, bool is_theirs, Presenter& presenter) {
  if (auto view = list_of_mail().row_as<wire::MailView>("mail/" + mail.str(), presenter)) {
    if (is_theirs) view->to = "Address removed";
    view->text.clear();
    list_of_mail().put("mail/" + mail.str(), *view, presenter);
  }
  presenter.put_private(std::string(k_doomed_mail_index), mail.str(), true);
  if (is_theirs) presenter.drop(std::string(k_letters_index), std::string(k_private_audience), mail.str());
}

}  // namespace

Result<Decided<PersonEvent>> decide(const Person& person, const CheckedErasure& command, Context& context) {
  const auto& id = command.person;
  if (!person.exists) return reject(ErrorCode::not_found);
  const auto& asker = context.actor().person;
  if (!asker) return reject(ErrorCode::not_signed_in);
  if (!is_present(command.password, *asker, context)) return std::unexpected(wrong_password());
  const auto& by = asker == id ? person : context.load<PersonAggregate>(asker->str());
  if (auto proved = prove_present(by, command.present); !proved) return std::unexpected(proved.error());
  if (id != asker && !command.reason) {
    return reject_field("/reason", ErrorCode::missing_field, "Say why this account is to be deleted.");
  }
  if (person.offices.contains(wire::Office::administrator) && !has_administrator_but(id, context)) {
    return reject(ErrorCode::not_now,
                  "This is the last administrator who can sign in. Make somebody else an administrator first.");
  }
  const auto row = context.row_as<PersonRow>(k_people_index, k_private_audience, id.str());
  const auto address = row ? context.text(row->email).value_or("") : std::string();
  PersonErased event{id, command.reason.value_or(wire::WhyErased::asked), sessions_but(std::nullopt, id, context), {}};
  if (person.calendar) event.calendar = person.calendar->name;
  Decided<PersonEvent> decided;
  decided.topic = list_of_people().topic();
  decided.further = seats_left_by(id, how_seats_end(event.why), context);
  if (by.second_factor) decided.further.push_back(domain::further<PersonAggregate>(asker->str(), command.present->used));
  add(end_links(context, LinkEnd::withdrawn, [&](const LinkRow& link) { return is_theirs(link, id, address, context); }), decided);
  for (auto& text : texts_of_mail(address, event, context)) decided.erased.push_back(std::move(text));
  for (auto& text : domain::personal_texts(id, context)) decided.erased.push_back(std::move(text));
  // Last: whoever hears of it knows already that the seats are vacant.
  decided.further.push_back(domain::further<PersonAggregate>(id.str(), event));
  return decided;
}

void remove_person(const PersonErased& erased, Presenter& presenter) {
  const std::string self(k_self_audience), hidden(k_private_audience);
  const auto& person = erased.person;
  list_of_people().drop("person/" + person.str(), presenter);
  presenter.drop(account_topic(person), self, "account");
  presenter.drop(rights_topic(person), std::string(k_gateway_audience), "person");
  presenter.drop(std::string(k_people_index), hidden, person.str());
  for (const auto& [key, value] : presenter.rows(k_sign_in_index, hidden, "")) {
    const auto account = codec::decode<SignInRow>(value);
    if (account && account->person == person) presenter.drop(std::string(k_sign_in_index), hidden, key);
  }
  forget_openid(person, presenter);
  if (erased.calendar) hide_calendar(person, *erased.calendar, presenter);
  remove_register(person, presenter);
  for (const auto& [key, body] : presenter.rows(k_appointments_index, hidden, person.str() + "/")) {
    const auto list = list_of_past_appointments(BodyId::from_trusted(std::string(body.as_string())));
    const auto number = "appointment/" + key.substr(key.find('/') + 1);
    if (auto view = list.row_as<wire::AppointmentView>(number, presenter)) {
      view->person_name = domain::k_name_removed;
      list.put(number, *view, presenter);
    }
    presenter.drop(std::string(k_appointments_index), hidden, key);
  }
  for (const auto& mail : erased.mails) remove_mail(mail, true, presenter);
  for (const auto& mail : erased.named_in.value_or(std::vector<MailId>())) remove_mail(mail, false, presenter);
  domain::drop_personal(person, presenter);
}

Result<Decided<MailEvent>> decide(const Mail&, const MailGone&, Context& context) {
  return Decided<MailEvent>{{MailDestroyed{MailId::from_trusted(context.aggregate_id())}}, {}, {}};
}

}  // namespace witan::directory
