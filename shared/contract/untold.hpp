#pragma once

#include "shared/contract/domain.hpp"

/// Events that name somebody who is not to read of them: what a draft says of people is its writers' until it is shown. An event that
/// is held back stands in the audit, and not in what that person is given of what is held about them.
namespace witan::domain {

/// The event of that number, which is being presented or was before, is held back,
void hold_back(std::int64_t seq, Presenter& presenter);
/// or no longer.
void let_go(std::int64_t seq, Presenter& presenter);
bool is_held_back(std::int64_t seq, const Rows& rows);

}  // namespace witan::domain
