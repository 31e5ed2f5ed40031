#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>

#include "shared/base/json.hpp"

/// One JSON line a happening on standard output: time, level, program, room, event, then fields.
/// Log decisions and edges once, where they are handled. Ids only: never a name, an address, a body, a token.
/// All functions are thread-safe.
namespace witan::log {

/// A named value in a line: text, a number, a truth value.
struct Field {
  template <class V>
  Field(std::string_view name, const V& from) : key(name) {
    if constexpr (std::is_convertible_v<const V&, std::string_view>) value = json::string(std::string_view(from));
    else value = from;
  }
  std::string_view key;
  json::value value;
};
using Fields = std::initializer_list<Field>;

enum class Level { debug, info, warning, error };

/// Names the program in every line and sets the lowest level that is written. Call once, from `main`.
void start(std::string program, Level lowest);
Level level_from(std::string_view name);

void debug(std::string_view room, std::string_view event, Fields fields = {});
/// Reads like a diary: starts, stops, edges.
void info(std::string_view room, std::string_view event, Fields fields = {});
/// Works, but someone may want to know.
void warning(std::string_view room, std::string_view event, Fields fields = {});
/// Someone must act.
void error(std::string_view room, std::string_view event, Fields fields = {});

}  // namespace witan::log
