#include "services/consultations/domain/pace.hpp"

#include <fmt/format.h>

#include "services/consultations/domain/rows.hpp"
#include "shared/base/uk_time.hpp"
#include "shared/contract/codec.hpp"

namespace witan::consultations {

namespace {

constexpr std::chrono::minutes k_minute{1};
/// More than any limit for a minute.
constexpr std::size_t k_kept_max = 100;

/// `index/pace`, key `<person>`.
struct Pace {
  std::vector<Timestamp> lately;  ///< Within a minute before the last one, in their order.
  std::string day;                ///< Of the last one.
  std::int64_t on_day = 0;
};
BOOST_DESCRIBE_STRUCT(Pace, (), (lately, day, on_day))

Pace pace_of(const PersonId& person, const domain::Rows& rows) {
  return rows.row_as<Pace>(k_pace_index, k_private_audience, person.str()).value_or(Pace());
}

std::unexpected<Rejection> too_fast(std::int64_t most, const std::string& in, const std::string& when, std::chrono::seconds wait) {
  Rejection refused{ErrorCode::rate_limited,
                    fmt::format("You have written {} comment{} {}, as many as one person may. Send this one again {}.", most,
                                most == 1 ? "" : "s", in, when),
                    {},
                    {}};
  refused.extra["retry_after_s"] = wait.count();
  return std::unexpected(std::move(refused));
}

}  // namespace

Result<void> within_limits(const CommentLimits& limits, const domain::Context& context) {
  if (!context.actor().person || !context.actor().session) return {};
  const auto pace = pace_of(*context.actor().person, context);
  const auto now = context.now();
  if (limits.per_day > 0 && pace.day == uk_time::calendar_day(now) && pace.on_day >= limits.per_day) {
    return too_fast(limits.per_day, "today", "tomorrow", std::chrono::hours(1));
  }
  const auto most = static_cast<std::size_t>(limits.per_minute);
  if (most == 0 || pace.lately.size() < most) return {};
  const auto wait = pace.lately[pace.lately.size() - most] + k_minute - now;
  if (wait <= std::chrono::seconds(0)) return {};
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait);
  return too_fast(limits.per_minute, "within a minute", fmt::format("in {} second{}", seconds.count(), seconds.count() == 1 ? "" : "s"), seconds);
}

void note_pace(const PersonId& person, Timestamp at, domain::Presenter& presenter) {
  auto pace = pace_of(person, presenter);
  std::erase_if(pace.lately, [&](Timestamp earlier) { return earlier <= at - k_minute; });
  if (pace.lately.size() >= k_kept_max) pace.lately.erase(pace.lately.begin());
  pace.lately.push_back(at);
  const auto day = uk_time::calendar_day(at);
  pace.on_day = pace.day == day ? pace.on_day + 1 : 1;
  pace.day = day;
  presenter.put_private(std::string(k_pace_index), person.str(), codec::encode(pace));
}

void forget_pace(const PersonId& person, domain::Presenter& presenter) {
  presenter.drop(std::string(k_pace_index), std::string(k_private_audience), person.str());
}

}  // namespace witan::consultations
