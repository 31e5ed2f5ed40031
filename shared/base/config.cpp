#include "shared/base/config.hpp"

#include <charconv>
#include <cstdio>

#include <fmt/format.h>

#include "shared/base/assert.hpp"

namespace witan {

Config::Config(std::vector<ConfigKey> keys) : keys_(std::move(keys)) {
  for (const auto& key : keys_) values_[key.name] = key.standard;
}

const ConfigKey* Config::find(std::string_view key) const {
  for (const auto& known : keys_) {
    if (known.name == key) return &known;
  }
  return nullptr;
}

std::expected<void, std::string> Config::set(std::string_view key, std::string_view value) {
  const ConfigKey* known = find(key);
  if (!known) return std::unexpected(fmt::format("there is no configuration key '{}'", key));
  if (std::holds_alternative<std::string>(known->standard)) {
    values_[known->name] = std::string(value);
  } else if (std::holds_alternative<bool>(known->standard)) {
    if (value != "true" && value != "false") {
      return std::unexpected(fmt::format("'{}' must be true or false, not '{}'", key, value));
    }
    values_[known->name] = value == "true";
  } else {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc() || end != value.data() + value.size() || number < known->least || number > known->most) {
      return std::unexpected(
          fmt::format("'{}' must be a whole number from {} to {}, not '{}'", key, known->least, known->most, value));
    }
    values_[known->name] = number;
  }
  return {};
}

std::expected<void, std::string> Config::parse(int argc, const char* const* argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    const auto equals = argument.find('=');
    if (!argument.starts_with("--") || equals == std::string_view::npos) {
      return std::unexpected(fmt::format("'{}' is not of the form --key=value", argument));
    }
    if (auto done = set(argument.substr(2, equals - 2), argument.substr(equals + 1)); !done) return done;
  }
  return {};
}

std::int64_t Config::number(std::string_view key) const {
  const auto at = values_.find(key);
  ASSERT(at != values_.end());
  return std::get<std::int64_t>(at->second);
}

const std::string& Config::text(std::string_view key) const {
  const auto at = values_.find(key);
  ASSERT(at != values_.end());
  return std::get<std::string>(at->second);
}

bool Config::flag(std::string_view key) const {
  const auto at = values_.find(key);
  ASSERT(at != values_.end());
  return std::get<bool>(at->second);
}

std::string Config::document(std::string_view program) const {
  std::string page = fmt::format("## {}\n\n| key | type | default | range | meaning |\n| --- | --- | --- | --- | --- |\n", program);
  for (const auto& key : keys_) {
    std::string type, standard, range = "–";
    if (const auto* number = std::get_if<std::int64_t>(&key.standard)) {
      type = "number";
      standard = std::to_string(*number);
      range = key.most == INT64_MAX ? fmt::format("{} or more", key.least) : fmt::format("{} to {}", key.least, key.most);
    } else if (const auto* flag = std::get_if<bool>(&key.standard)) {
      type = "true or false";
      standard = *flag ? "true" : "false";
    } else {
      type = "text";
      standard = std::get<std::string>(key.standard).empty() ? "–" : "`" + std::get<std::string>(key.standard) + "`";
    }
    page += fmt::format("| `{}` | {} | {} | {} | {} |\n", key.name, type, standard, range, key.help);
  }
  return page;
}

int read_config(Config& config, std::string_view program, int argc, const char* const* argv) {
  if (argc == 2 && std::string_view(argv[1]) == "--print-config-doc") {
    std::fputs(config.document(program).c_str(), stdout);
    return 0;
  }
  if (auto done = config.parse(argc, argv); !done) {
    std::fprintf(stderr, "%s: %s\n", std::string(program).c_str(), done.error().c_str());
    return 1;
  }
  return -1;
}

}  // namespace witan
