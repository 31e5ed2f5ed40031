#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <boost/json.hpp>

namespace witan {

namespace json = boost::json;

/// The member `key` of `object` as a string, or empty when it is absent or something else.
inline std::string_view string_at(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

/// The member `key` of `object` as a whole number, or `otherwise`.
inline std::int64_t int_at(const json::object& object, std::string_view key, std::int64_t otherwise = 0) {
  const auto* value = object.if_contains(key);
  if (!value) return otherwise;
  if (value->is_int64()) return value->get_int64();
  if (value->is_uint64() && value->get_uint64() <= INT64_MAX) return static_cast<std::int64_t>(value->get_uint64());
  return otherwise;
}

/// The member `key` of `object` as an object, or null.
inline const json::object* object_at(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value ? value->if_object() : nullptr;
}

/// JSON that this system wrote itself, twice as deep as anything that may come in.
inline json::value parse_own(std::string_view text) {
  json::parse_options options;
  options.max_depth = 128;
  return json::parse(text, {}, options);
}

}  // namespace witan
