#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace witan {

/// One configuration key: its type is the type of its default.
struct ConfigKey {
  std::string name;                                  ///< `http_requests_per_minute`; units last
  std::variant<std::int64_t, std::string, bool> standard;
  std::string help;                                  ///< One sentence, with the unit.
  std::int64_t least = 0;                            ///< For whole numbers.
  std::int64_t most = INT64_MAX;
};

/// A program's configuration: the table of every key that it knows, and the values in force.
/// Values come from the command line as `--KEY=VALUE`; an unknown key or a value out of range stops the start.
/// Secrets are given as paths of files. Immutable after `parse`, so safe to read from any thread.
class Config {
 public:
  explicit Config(std::vector<ConfigKey> keys);

  /// Reads `--key=value` arguments. The error is one clear sentence.
  std::expected<void, std::string> parse(int argc, const char* const* argv);
  std::expected<void, std::string> set(std::string_view key, std::string_view value);

  std::int64_t number(std::string_view key) const;
  const std::string& text(std::string_view key) const;
  bool flag(std::string_view key) const;

  /// The reference page of all keys, in Markdown (`--print-config-doc`).
  std::string document(std::string_view program) const;

 private:
  const ConfigKey* find(std::string_view key) const;
  std::vector<ConfigKey> keys_;
  std::map<std::string, std::variant<std::int64_t, std::string, bool>, std::less<>> values_;
};

/// Parses the arguments, answers `--print-config-doc`, and on a mistake prints one sentence to standard error.
/// Returns the exit code when the program should end now, or -1 to go on.
int read_config(Config& config, std::string_view program, int argc, const char* const* argv);

}  // namespace witan
