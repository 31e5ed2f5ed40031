#pragma once

#include "services/directory/domain/state.hpp"
#include "shared/contract/domain.hpp"

/// Who administers Witan and who checks it.
namespace witan::directory {

/// `index/offices`, key `<office>/<person>`: everybody who holds one and is not suspended.
inline constexpr std::string_view k_offices_index = "index/offices";

/// Whether anybody is an administrator who can sign in.
bool has_administrator(const domain::Rows& rows);
/// Whether anybody else is one.
bool has_administrator_but(const std::optional<PersonId>& one, const domain::Rows& rows);
/// Who holds which office and is not suspended.
void index_offices(const PersonId& person, const Person& state, domain::Presenter& presenter);

}  // namespace witan::directory
