#include "services/directory/domain/offices.hpp"

#include <algorithm>

#include "services/directory/domain/decide.hpp"
#include "services/directory/domain/rows.hpp"

namespace witan::directory {

using wire::Office;

namespace {

std::string index_prefix(Office office) { return codec::name_of(office) + "/"; }

/// An administrator without a password, or one who is suspended, cannot sign in, so that one alone would leave nobody.
bool can_sign_in(const PersonId& person, const domain::Rows& rows) {
  const auto account = account_of(rows, person);
  return account && account->password.has_value();
}

}  // namespace

Result<Decided<PersonEvent>> decide(const Person& person, const wire::GrantOffice& command, Context&) {
  Decided<PersonEvent> decided{{}, {}, account_topic(command.person)};
  if (person.offices.contains(command.office)) return decided;
  if (!person.offices.empty()) {
    return reject(ErrorCode::not_now,
                  "Nobody can be both an administrator and an auditor. Withdraw the one office first, then give the other.");
  }
  decided.events.push_back(OfficeGranted{command.person, command.office});
  return decided;
}

Result<Decided<PersonEvent>> decide(const Person& person, const wire::WithdrawOffice& command, Context& context) {
  Decided<PersonEvent> decided{{}, {}, account_topic(command.person)};
  if (!person.offices.contains(command.office)) return decided;
  if (command.office == Office::administrator && !has_administrator_but(command.person, context)) {
    return reject(ErrorCode::not_now,
                  "This is the last administrator who can sign in. Make somebody else an administrator first.");
  }
  decided.events.push_back(OfficeWithdrawn{command.person, command.office});
  return decided;
}

Result<Decided<PersonEvent>> decide(const Person& person, const wire::SuspendPerson& command, Context& context) {
  Decided<PersonEvent> decided{{}, ended_count({}), account_topic(command.person)};
  if (person.is_suspended) return decided;
  if (command.person == context.actor().person) return reject(ErrorCode::not_now, "Nobody can suspend their own account. Another administrator can.");
  if (person.offices.contains(Office::administrator) && !has_administrator_but(command.person, context)) {
    return reject(ErrorCode::not_now, "This is the last administrator who can sign in. Make somebody else an administrator first.");
  }
  std::optional<Erasable> reason;
  if (command.reason && !command.reason->value.empty()) reason = context.keep(command.reason->value);
  const auto ended = sessions_but(std::nullopt, command.person, context);
  decided.events.push_back(PersonSuspended{command.person, reason, ended});
  decided.result = ended_count(ended);
  return decided;
}

Result<Decided<PersonEvent>> decide(const Person& person, const wire::ReinstatePerson& command, Context&) {
  Decided<PersonEvent> decided{{}, {}, account_topic(command.person)};
  if (person.is_suspended) decided.events.push_back(PersonReinstated{command.person});
  return decided;
}

bool has_administrator_but(const std::optional<PersonId>& one, const domain::Rows& rows) {
  const auto prefix = index_prefix(Office::administrator);
  const auto administrators = rows.rows(k_offices_index, k_private_audience, prefix);
  return std::any_of(administrators.begin(), administrators.end(), [&](const auto& row) {
    const auto person = PersonId::from_trusted(row.first.substr(prefix.size()));
    return person != one && can_sign_in(person, rows);
  });
}

bool has_administrator(const domain::Rows& rows) { return has_administrator_but(std::nullopt, rows); }

void index_offices(const PersonId& person, const Person& state, domain::Presenter& presenter) {
  for (const auto office : {Office::administrator, Office::auditor}) {
    const auto key = index_prefix(office) + person.str();
    if (state.offices.contains(office) && !state.is_suspended) presenter.put_private(std::string(k_offices_index), key, true);
    else presenter.drop(std::string(k_offices_index), std::string(k_private_audience), key);
  }
}

}  // namespace witan::directory
