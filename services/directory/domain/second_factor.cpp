#include "services/directory/domain/second_factor.hpp"

#include <algorithm>

#include "services/directory/domain/letters.hpp"
#include "services/directory/domain/profile.hpp"

namespace witan::directory {

namespace {

/// Asked where it is decided: the same code may have been sent twice at once, or the app replaced meanwhile.
bool still_fits(const CheckedCode& code, const Person& person) {
  const auto& factor = person.second_factor;
  if (!factor || factor->key != code.key) return false;
  if (code.used.step) return *code.used.step > factor->last_step;
  return code.used.code && is_among(factor->codes, *code.used.code);
}

Result<void> use_present(const Person& person, const std::optional<CheckedCode>& present, Decided<PersonEvent>& decided) {
  if (auto proved = prove_present(person, present); !proved) return proved;
  if (person.second_factor) decided.events.push_back(present->used);
  return {};
}

/// Somebody knows the password. The person is told once, when it can hardly be a slip of theirs any more.
Decided<SessionEvent> note_wrong_code(const PersonId& person, const SecondFactor& factor, Context& context) {
  Decided<SessionEvent> decided;
  decided.further.push_back(domain::further<PersonAggregate>(person.str(), WrongCodeEntered{person}));
  if (factor.wrong_codes + 1 == k_wrong_codes_told) tell(person, wrong_codes_were_entered(name_of(context, person), context.now()), decided, context);
  decided.refusal = wrong_code("code");
  return decided;
}

Rejection no_second_factor() {
  return {ErrorCode::not_now, "This account has no second factor, so there is nothing to change.", {}, {}};
}

}  // namespace

std::optional<SecondFactorRow> second_factor_of(const domain::Rows& rows, const PersonId& person) {
  return rows.row_as<SecondFactorRow>(k_second_factor_index, k_private_audience, person.str());
}

void evolve_second_factor(std::optional<SecondFactor>& factor, const PersonEvent& event) {
  if (const auto* set = std::get_if<SecondFactorSet>(&event)) factor = SecondFactor{set->since, set->key, set->codes, 0, set->step};
  if (std::holds_alternative<SecondFactorRemoved>(event)) factor.reset();
  if (!factor) return;
  if (const auto* renewed = std::get_if<RecoveryCodesRenewed>(&event)) factor->codes = renewed->codes;
  if (std::holds_alternative<WrongCodeEntered>(event)) ++factor->wrong_codes;
  if (const auto* used = std::get_if<SecondFactorUsed>(&event)) {
    factor->wrong_codes = 0;
    if (used->step) factor->last_step = *used->step;
    if (used->code) std::erase(factor->codes, *used->code);
  }
}

void index_second_factor(const PersonId& person, const Person& state, domain::Presenter& presenter) {
  const std::string index(k_second_factor_index);
  const auto& factor = state.second_factor;
  if (factor) presenter.put_private(index, person.str(), codec::encode(SecondFactorRow{factor->key, factor->codes, factor->last_step}));
  else presenter.drop(index, std::string(k_private_audience), person.str());
}

bool is_among(const std::vector<std::string>& codes, const std::string& code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

Rejection wrong_code(std::string_view field) {
  const std::string detail =
      "This code is not right, or it has been used: each works once. Wait for the next one that your app shows, or enter a recovery "
      "code that you have not used yet.";
  return {ErrorCode::code_wrong, detail, {{"/" + std::string(field), ErrorCode::code_wrong, detail}}, {}};
}

Result<void> prove_present(const Person& person, const std::optional<CheckedCode>& present) {
  if (!person.second_factor) return {};
  if (!present || !still_fits(*present, person)) return std::unexpected(wrong_code("present_code"));
  return {};
}

Result<Decided<SessionEvent>> decide(const Session& session, const CheckedSecondStep& command, Context& context) {
  if (!is_present(command.password, command.person, context)) return reject(ErrorCode::sign_in_failed);
  const auto& person = context.load<PersonAggregate>(command.person.str());
  if (!person.second_factor) return std::unexpected(wrong_code("code"));
  if (!command.used || !still_fits({command.key, *command.used}, person)) return note_wrong_code(command.person, *person.second_factor, context);
  auto decided = begin_session(session, command.person, command.session, command.device, context);
  if (!decided) return decided;
  decided->further.push_back(domain::further<PersonAggregate>(command.person.str(), *command.used));
  if (command.used->code) tell(command.person, recovery_code_was_used(name_of(context, command.person), context.now()), *decided, context);
  decided->result["known_device"] = command.known_device;
  if (command.is_new_device) tell_of_new_device(command.person, command.device, *decided, context);
  return decided;
}

Result<Decided<PersonEvent>> decide(const Person& person, const CheckedSecondFactor& command, Context& context) {
  if (!is_present(command.password, command.person, context)) return std::unexpected(wrong_password());
  Decided<PersonEvent> decided{{}, {}, account_topic(command.person)};
  if (auto proved = use_present(person, command.present, decided); !proved) return std::unexpected(proved.error());
  const auto ended = sessions_but(context.actor().session, command.person, context);
  decided.events.push_back(
      SecondFactorSet{command.person, context.now(), context.keep(command.sealed_key), command.codes, command.step, ended});
  decided.result = ended_count(ended);
  if (person.second_factor) decided.erased.push_back(person.second_factor->key);
  tell(command.person, second_factor_was_set(name_of(context, command.person), context.now()), decided, context);
  return decided;
}

Result<Decided<PersonEvent>> decide(const Person& person, const CheckedRecoveryCodes& command, Context& context) {
  if (!is_present(command.password, command.person, context)) return std::unexpected(wrong_password());
  if (!person.second_factor) return std::unexpected(no_second_factor());
  Decided<PersonEvent> decided{{}, {}, account_topic(command.person)};
  if (auto proved = use_present(person, command.present, decided); !proved) return std::unexpected(proved.error());
  decided.events.push_back(RecoveryCodesRenewed{command.person, command.codes});
  tell(command.person, recovery_codes_were_renewed(name_of(context, command.person), context.now()), decided, context);
  return decided;
}

Result<Decided<PersonEvent>> decide(const Person& person, const CheckedRemoval& command, Context& context) {
  const bool is_own = context.actor().person == command.person;
  if (is_own && !is_present(command.password, command.person, context)) return std::unexpected(wrong_password());
  if (!person.second_factor) return std::unexpected(no_second_factor());
  Decided<PersonEvent> decided{{}, {}, account_topic(command.person)};
  if (is_own) {
    if (auto proved = use_present(person, command.present, decided); !proved) return std::unexpected(proved.error());
  }
  const auto ended = sessions_but(is_own ? context.actor().session : std::nullopt, command.person, context);
  decided.events.push_back(SecondFactorRemoved{command.person, ended});
  decided.result = ended_count(ended);
  decided.erased.push_back(person.second_factor->key);
  tell(command.person, second_factor_was_removed(name_of(context, command.person), is_own, context.now()), decided, context);
  return decided;
}

}  // namespace witan::directory
