#pragma once

#include "shared/contract/consultations.hpp"
#include "shared/contract/domain.hpp"

/// How fast one person may comment: so that nobody, by hand or by script, fills a draft's margins for everyone else.
namespace witan::consultations {

/// 0: as many as they like.
struct CommentLimits {
  std::int64_t per_minute = 5;
  std::int64_t per_day = 50;  ///< By the calendar of the UK.
};

/// AddComment with the limits that hold here.
struct PacedComment {
  contract::consultations::AddComment asked;
  CommentLimits limits;
};

/// `rate_limited`, with when to send it again. Only for whoever comes in a session: what an operator brings in, such as the demo's
/// comments, was written at another time.
Result<void> within_limits(const CommentLimits& limits, const domain::Context& context);

/// A comment of theirs was added.
void note_pace(const PersonId& person, Timestamp at, domain::Presenter& presenter);
void forget_pace(const PersonId& person, domain::Presenter& presenter);

}  // namespace witan::consultations
