#pragma once

#include "services/directory/domain/decide.hpp"

/// The second factor of an account: codes of an authenticator app (TOTP, RFC 6238) and recovery codes.
/// What is secret about it is checked in app/credentials_second_factor.cpp, which has the pepper.
namespace witan::directory {

/// `index/second-factor`, key: the person's id. Those who have one.
struct SecondFactorRow {
  Erasable key;
  std::vector<std::string> codes;
  std::int64_t last_step = 0;
};
BOOST_DESCRIBE_STRUCT(SecondFactorRow, (), (key, codes, last_step))

/// At so many wrong codes in a row the person gets a mail: whoever enters them knows the password.
inline constexpr int k_wrong_codes_told = 5;

inline constexpr std::string_view k_second_factor_index = "index/second-factor";

std::optional<SecondFactorRow> second_factor_of(const domain::Rows& rows, const PersonId& person);

void evolve_second_factor(std::optional<SecondFactor>& factor, const PersonEvent& event);

/// What signing in looks at.
void index_second_factor(const PersonId& person, const Person& state, domain::Presenter& presenter);

/// Whether a recovery code, as its keyed hash, is one of `codes`.
bool is_among(const std::vector<std::string>& codes, const std::string& code);

/// The refusal of a code that is wrong, or was used before.
/// `field`: the one that it was typed into.
Rejection wrong_code(std::string_view field);

/// Whoever has a second factor proves it once more before something grave changes, or an open session and the password would be
/// enough to take an account over for good. Whoever asks notes `present->used`, so that the code works no second time.
Result<void> prove_present(const Person& person, const std::optional<CheckedCode>& present);

Result<Decided<SessionEvent>> decide(const Session& session, const CheckedSecondStep& command, Context& context);
Result<Decided<PersonEvent>> decide(const Person& person, const CheckedSecondFactor& command, Context& context);
Result<Decided<PersonEvent>> decide(const Person& person, const CheckedRecoveryCodes& command, Context& context);
Result<Decided<PersonEvent>> decide(const Person& person, const CheckedRemoval& command, Context& context);

}  // namespace witan::directory
