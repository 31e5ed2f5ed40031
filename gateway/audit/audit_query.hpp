#pragma once

#include <string>
#include <utility>
#include <vector>

#include "gateway/audit/audit_log.hpp"
#include "shared/contract/result.hpp"

namespace witan::audit {

/// What the filter form sends, and where to go on: `?person=…&body=…&kind=…&from=2018-06-01&to=2018-06-30&older=…`.
struct Query {
  Filter filter;
  std::string from, to;   ///< Days as they were entered, both included; empty for none.
  Positions older;
  std::vector<FieldError> errors;  ///< What cannot be read is looked for no further.
};

Query read_query(std::string_view text);

/// The same filter at another address; `older` empty: from the newest on.
std::string address(const std::string& path, const Query& query, const Positions& older);

}  // namespace witan::audit
