#include "services/directory/domain/second_factor.hpp"

#include <algorithm>

#include "services/directory/domain/letters.hpp"

namespace witan::directory {

namespace {

std::string since_of(const Person& person) {
  return person.second_factor ? uk_time::date_and_time(person.second_factor->since) : std::string();
}

/// Nothing where the address has been erased.
void tell(const PersonId& person, const Letter& letter, Decided<PersonEvent>& decided, Context& context) {
  const auto row = context.row_as<PersonRow>(k_people_index, k_private_audience, person.str());
  const auto email = row ? context.text(row->email) : std::nullopt;
  if (email) decided.further.push_back(mail(*email, letter, false, context));
}

json::object count_of(const std::vector<std::string>& ended) { return {{"ended", std::to_string(ended.size())}}; }

Rejection no_second_factor() {
  return {ErrorCode::not_now, "This account has no second factor, so there is nothing to change.", {}, {}};
}

}  // namespace

std::optional<SecondFactorRow> second_factor_of(const domain::Rows& rows, const PersonId& person) {
  return rows.row_as<SecondFactorRow>(k_second_factor_index, k_private_audience, person.str());
}

void evolve_second_factor(std::optional<SecondFactor>& factor, const PersonEvent& event) {
  if (const auto* set = std::get_if<SecondFactorSet>(&event)) factor = SecondFactor{set->since, set->key, set->codes, set->step};
  if (std::holds_alternative<SecondFactorRemoved>(event)) factor.reset();
  if (!factor) return;
  if (const auto* renewed = std::get_if<RecoveryCodesRenewed>(&event)) factor->codes = renewed->codes;
  if (const auto* used = std::get_if<SecondFactorUsed>(&event)) {
    if (used->step) factor->last_step = *used->step;
    if (used->code) std::erase(factor->codes, *used->code);
  }
}

void show_second_factor(const PersonId& person, const Person& after, domain::Presenter& presenter) {
  const std::string gateway(k_gateway_audience), self(k_self_audience), index(k_second_factor_index);
  const auto& factor = after.second_factor;
  if (factor) presenter.put_private(index, person.str(), codec::encode(SecondFactorRow{factor->key, factor->codes, factor->last_step}));
  else presenter.drop(index, std::string(k_private_audience), person.str());
  if (auto rights = presenter.row_as<wire::RightsPersonView>(rights_topic(person), gateway, "person")) {
    rights->has_second_factor = factor.has_value();
    presenter.put(rights_topic(person), gateway, "person", *rights);
  }
  if (auto account = presenter.row_as<wire::AccountView>(account_topic(person), self, "account")) {
    account->second_factor_since = since_of(after);
    account->recovery_code_count = factor ? static_cast<std::int64_t>(factor->codes.size()) : 0;
    presenter.put(account_topic(person), self, "account", *account);
  }
  const auto key = "person/" + person.str();
  if (auto listed = list_of_people().row_as<wire::PersonView>(key, presenter)) {
    listed->has_second_factor = factor.has_value();
    list_of_people().put(key, *listed, presenter);
  }
}

bool is_among(const std::vector<std::string>& codes, const std::string& code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

Rejection wrong_code() {
  const std::string detail =
      "This code is not right, or it has been used. Enter the one that your app shows now, or a recovery code that you have not used yet.";
  return {ErrorCode::code_wrong, detail, {{"/code", ErrorCode::code_wrong, detail}}, {}};
}

Result<Decided<SessionEvent>> decide(const Session& session, const CheckedSecondStep& command, Context& context) {
  const auto& used = command.used;
  if (!is_present(command.password, used.person, context)) return reject(ErrorCode::sign_in_failed);
  // Asked again here: the same code may have been sent twice at once.
  const auto row = second_factor_of(context, used.person);
  if (!row || row->key != command.key) return std::unexpected(wrong_code());
  if (used.step && *used.step <= row->last_step) return std::unexpected(wrong_code());
  if (used.code && !is_among(row->codes, *used.code)) return std::unexpected(wrong_code());
  auto decided = begin_session(session, used.person, command.session, command.device, context);
  if (!decided) return decided;
  decided->further.push_back(domain::further<PersonAggregate>(used.person.str(), used));
  decided->result["known_device"] = command.known_device;
  return decided;
}

Result<Decided<PersonEvent>> decide(const Person& person, const CheckedSecondFactor& command, Context& context) {
  if (!is_present(command.password, command.person, context)) return std::unexpected(wrong_password());
  if (person.second_factor && person.second_factor->last_step >= command.step) return std::unexpected(wrong_code());
  const auto ended = sessions_but(context.actor().session, command.person, context);
  Decided<PersonEvent> decided{
      {SecondFactorSet{command.person, context.now(), context.keep(command.sealed_key), command.codes, command.step, ended}},
      count_of(ended),
      account_topic(command.person)};
  if (person.second_factor) decided.erased.push_back(person.second_factor->key);
  tell(command.person, second_factor_was_set(name_of(context, command.person), context.now()), decided, context);
  return decided;
}

Result<Decided<PersonEvent>> decide(const Person& person, const CheckedRecoveryCodes& command, Context& context) {
  if (!is_present(command.password, command.person, context)) return std::unexpected(wrong_password());
  if (!person.second_factor) return std::unexpected(no_second_factor());
  return Decided<PersonEvent>{{RecoveryCodesRenewed{command.person, command.codes}}, {}, account_topic(command.person)};
}

Result<Decided<PersonEvent>> decide(const Person& person, const CheckedRemoval& command, Context& context) {
  const bool is_own = context.actor().person == command.person;
  if (is_own && !is_present(command.password, command.person, context)) return std::unexpected(wrong_password());
  if (!person.second_factor) return std::unexpected(no_second_factor());
  const auto kept = is_own ? context.actor().session : std::nullopt;
  const auto ended = sessions_but(kept, command.person, context);
  Decided<PersonEvent> decided{{SecondFactorRemoved{command.person, ended}}, count_of(ended), account_topic(command.person)};
  decided.erased.push_back(person.second_factor->key);
  tell(command.person, second_factor_was_removed(name_of(context, command.person), is_own, context.now()), decided, context);
  return decided;
}

}  // namespace witan::directory
