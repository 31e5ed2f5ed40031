#include "services/directory/domain/openid.hpp"

#include "services/directory/domain/profile.hpp"
#include "shared/contract/personal.hpp"

namespace witan::directory {

std::optional<PersonId> person_behind(const std::string& subject_key, const domain::Rows& rows) {
  const auto row = rows.row_as<OpenidRow>(k_openid_index, k_private_audience, subject_key);
  return row ? std::optional(row->person) : std::nullopt;
}

Result<Decided<SessionEvent>> decide(const Session&, const BegunOpenid& command, Context&) {
  return Decided<SessionEvent>{{}, {{"location", command.location}}, {}};
}

/// The place where a second factor of our own would be asked for, if the provider's were not to be enough.
Result<Decided<SessionEvent>> decide(const Session& session, const CheckedOpenidSignIn& command, Context& context) {
  const auto person = person_behind(command.subject_key, context);
  const auto account = person ? account_of(context, *person) : std::nullopt;
  // The same answer for an account that was linked and has been erased since.
  if (!account || !account->password) {
    return reject(ErrorCode::openid_not_linked,
                  "Witan does not know whose account this is. Sign in with your e-mail address and password first, then link it "
                  "on the page of your account.");
  }
  auto begun = begin_session(session, *person, command.session, command.device, context, command.issuer);
  if (!begun) return begun;
  begun->result["known_device"] = command.known_device;
  if (command.is_new_device) tell_of_new_device(*person, command.device, *begun, context);
  return begun;
}

Result<Decided<PersonEvent>> decide(const Person& person, const CheckedOpenidLink& command, Context& context) {
  Decided<PersonEvent> decided{{}, {}, account_topic(command.person)};
  const auto linked_with = person_behind(command.subject_key, context);
  if (linked_with == command.person) return decided;
  if (linked_with) {
    return reject(ErrorCode::already_exists,
                  "This account is linked to somebody else's account in Witan. Sign in to that one and unlink it there, or choose another.");
  }
  OpenidLinked event{command.person, command.issuer, context.keep(command.subject_key), context.now(), std::nullopt};
  if (person.openid) {
    event.replaces = person.openid->subject_key;
    decided.erased.push_back(person.openid->subject_key);
  }
  decided.events.push_back(event);
  tell(command.person, openid_was_linked(name_of(context, command.person), command.issuer, context.now()), decided, context);
  return decided;
}

Result<Decided<PersonEvent>> decide(const Person& person, const wire::UnlinkOpenid& command, Context&) {
  Decided<PersonEvent> decided{{}, {}, account_topic(command.person)};
  if (!person.openid) return decided;
  decided.events.push_back(OpenidUnlinked{command.person, person.openid->subject_key});
  decided.erased.push_back(person.openid->subject_key);
  return decided;
}

void index_openid(const OpenidLinked& linked, domain::Presenter& presenter) {
  domain::note_secret(linked.person, linked.subject_key, presenter);
  forget_openid(linked.person, presenter);
  // Once the key has been erased nobody can be found by it again, which is what erasing means.
  if (const auto key = presenter.text(linked.subject_key)) {
    presenter.put_private(std::string(k_openid_index), *key, codec::encode(OpenidRow{linked.person}));
  }
}

void forget_openid(const PersonId& person, domain::Presenter& presenter) {
  // Looked for by the person: the text that is the key may be gone already.
  const std::string index(k_openid_index), hidden(k_private_audience);
  for (const auto& [key, value] : presenter.rows(index, hidden, "")) {
    const auto row = codec::decode<OpenidRow>(value);
    if (row && row->person == person) presenter.drop(index, hidden, key);
  }
}

}  // namespace witan::directory
