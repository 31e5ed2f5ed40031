#include "shared/contract/untold.hpp"

namespace witan::domain {

namespace {

/// Private: `<number of the event>`.
constexpr std::string_view k_index = "index/untold";

}  // namespace

void hold_back(std::int64_t seq, Presenter& presenter) { presenter.put_private(std::string(k_index), std::to_string(seq), json::value(true)); }

void let_go(std::int64_t seq, Presenter& presenter) { presenter.drop(std::string(k_index), std::string(k_private_audience), std::to_string(seq)); }

bool is_held_back(std::int64_t seq, const Rows& rows) { return rows.row_text(k_index, k_private_audience, std::to_string(seq)).has_value(); }

}  // namespace witan::domain
