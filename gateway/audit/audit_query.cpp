#include "gateway/audit/audit_query.hpp"

#include <charconv>

#include "gateway/http/message.hpp"
#include "shared/base/uk_time.hpp"

namespace witan::audit {

namespace {

std::optional<Timestamp> beginning_of(const std::string& day) { return uk_time::from_local(day, "00:00"); }

/// Where the day after begins: a day may have 23 or 25 hours.
std::optional<Timestamp> end_of(const std::string& day) {
  const auto noon = uk_time::from_local(day, "12:00");
  if (!noon) return std::nullopt;
  return beginning_of(uk_time::rfc3339(*noon + std::chrono::hours(24)).substr(0, 10));
}

/// `directory-120.meetings-34`
std::string written(const Positions& positions) {
  std::string text;
  for (const auto& [service, before] : positions) text += (text.empty() ? "" : ".") + service + "-" + std::to_string(before);
  return text;
}

Positions read_positions(std::string_view text) {
  Positions positions;
  while (!text.empty()) {
    const auto part = text.substr(0, text.find('.'));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    const auto dash = part.find('-');
    std::int64_t before = 0;
    if (dash == std::string_view::npos) return {};
    const auto number = part.substr(dash + 1);
    const auto [end, fault] = std::from_chars(number.data(), number.data() + number.size(), before);
    if (fault != std::errc() || end != number.data() + number.size() || before < 1) return {};
    positions[std::string(part.substr(0, dash))] = before;
  }
  return positions;
}

bool is_kind(std::string_view text) { return text.size() <= 60 && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos; }

template <class I>
void read_id(const std::string& text, const char* field, const char* words, std::optional<I>& to, Query& query) {
  to = I::parse(text);
  if (!to) query.errors.push_back({field, ErrorCode::invalid_value, words});
}

void read_day(const std::string& text, const char* field, const char* words, std::optional<Timestamp> moment, std::string& day,
              std::optional<Timestamp>& to, Query& query) {
  to = moment;
  if (moment) day = text;
  else query.errors.push_back({field, ErrorCode::invalid_value, words});
}

}  // namespace

Query read_query(std::string_view text) {
  Query query;
  auto& filter = query.filter;
  for (const auto& [name, value] : http::parse_form(text)) {
    if (value.empty()) continue;
    if (name == "person") read_id(value, "/person", "Choose a person from the list.", filter.person, query);
    if (name == "body") read_id(value, "/body", "Choose a body from the list.", filter.body, query);
    if (name == "kind" && is_kind(value)) filter.kind = value;
    if (name == "from") read_day(value, "/from", "The first day must be a date, such as 19 June 2018.", beginning_of(value), query.from, filter.from, query);
    if (name == "to") read_day(value, "/to", "The last day must be a date, such as 19 June 2018.", end_of(value), query.to, filter.to, query);
    if (name == "older") query.older = read_positions(value);
  }
  if (filter.from && filter.to && *filter.from >= *filter.to) {
    query.errors.push_back({"/to", ErrorCode::invalid_value, "The last day must not be before the first day."});
  }
  return query;
}

std::string address(const std::string& path, const Query& query, const Positions& older) {
  std::string text;
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) text += (text.empty() ? "?" : "&") + std::string(name) + "=" + http::percent_encode(value);
  };
  const auto& filter = query.filter;
  add("person", filter.person ? filter.person->str() : "");
  add("body", filter.body ? filter.body->str() : "");
  add("kind", filter.kind.value_or(""));
  add("from", query.from);
  add("to", query.to);
  add("older", written(older));
  return path + text;
}

}  // namespace witan::audit
