#include "infra/supervisor/options.hpp"

#include <charconv>
#include <functional>
#include <optional>

#include <fmt/format.h>

namespace witan::supervisor {

namespace {

using Outcome = std::expected<void, std::string>;

struct Option {
  std::string_view name;
  std::string_view value;  ///< How the value is written in the help; empty for a switch.
  std::string_view help;
  std::function<Outcome(Options&, const std::string&)> apply;
};

Outcome read_port(std::string_view name, const std::string& text, int& to) {
  int number = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 0 || number > 65535) {
    return std::unexpected(fmt::format("{} needs a port number from 0 to 65535, not '{}'", name, text));
  }
  to = number;
  return {};
}

Outcome read_setting(const std::string& text, std::vector<Setting>& to) {
  const auto equals = text.find('=');
  const auto name = text.substr(0, equals);
  const auto dot = name.find('.');
  const auto program = dot == std::string::npos ? "all" : name.substr(0, dot);
  const auto key = dot == std::string::npos ? name : name.substr(dot + 1);
  if (equals == std::string::npos || program.empty() || key.empty()) {
    return std::unexpected(fmt::format("--set needs KEY=VALUE or PROGRAM.KEY=VALUE, for example gateway.log_level=debug, not '{}'", text));
  }
  to.push_back({program, key, text.substr(equals + 1)});
  return {};
}

auto into(std::filesystem::path Options::* member) {
  return [member](Options& options, const std::string& text) -> Outcome {
    if (text.empty()) return std::unexpected(std::string("a folder's name is empty"));
    options.*member = text;
    return {};
  };
}

const std::vector<Option>& table() {
  static const std::vector<Option> options = {
      {"--port", "N", "Port of the pages and the interface for programs, on 127.0.0.1; 0 chooses a free one. 8080 unless given.",
       [](Options& o, const std::string& text) { return read_port("--port", text, o.port); }},
      {"--admin-port", "N", "Port of the figures for operators; 0 chooses a free one. 8081 unless given.",
       [](Options& o, const std::string& text) { return read_port("--admin-port", text, o.admin_port); }},
      {"--data", "DIR", "Folder for everything that is kept. `./data` unless given.", into(&Options::data)},
      {"--no-demo", "", "Leaves an empty data folder empty.",
       [](Options& o, const std::string&) -> Outcome { o.demo = false; return {}; }},
      {"--set", "[PROGRAM.]KEY=VALUE",
       "Sets a configuration key of a program (`gateway.log_level=debug`), or of all that know it (`log_level=debug`). May be repeated.",
       [](Options& o, const std::string& text) { return read_setting(text, o.settings); }},
      {"--programs", "DIR", "Folder of the other programs; the supervisor's own unless given.", into(&Options::programs)},
      {"--web-root", "DIR", "Folder of the built web client.", into(&Options::web_root)},
      {"--demo-steps", "DIR", "Folder of the demo data.", into(&Options::demo_steps)},
      {"--nats-server", "FILE", "The bus to start; the one on the path unless given.", into(&Options::nats_server)},
  };
  return options;
}

const Option* find(std::string_view name) {
  for (const auto& option : table()) {
    if (option.name == name) return &option;
  }
  return nullptr;
}

}  // namespace

std::expected<Options, std::string> parse_options(const std::vector<std::string>& arguments) {
  Options options;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const auto equals = arguments[i].find('=');
    const auto name = arguments[i].substr(0, equals);
    const auto* option = find(name);
    if (!option) return std::unexpected(fmt::format("there is no option '{}'", name));
    std::string value;
    if (option->value.empty()) {
      if (equals != std::string::npos) return std::unexpected(fmt::format("{} takes no value", name));
    } else if (equals != std::string::npos) {
      value = arguments[i].substr(equals + 1);
    } else if (i + 1 < arguments.size()) {
      value = arguments[++i];
    } else {
      return std::unexpected(fmt::format("{} needs a value: {} {}", name, name, option->value));
    }
    if (auto done = option->apply(options, value); !done) return std::unexpected(done.error());
  }
  if (options.port != 0 && options.port == options.admin_port) {
    return std::unexpected(fmt::format("--port and --admin-port are both {}; choose two", options.port));
  }
  return options;
}

std::set<std::string> keys_in_document(std::string_view page) {
  std::set<std::string> keys;
  constexpr std::string_view start = "| `";
  while (!page.empty()) {
    const auto line = page.substr(0, page.find('\n'));
    page.remove_prefix(std::min(page.size(), line.size() + 1));
    if (!line.starts_with(start)) continue;
    const auto rest = line.substr(start.size());
    keys.emplace(rest.substr(0, rest.find('`')));
  }
  return keys;
}

namespace {

/// What the supervisor decides for all parts together: one part with another value would not find the others.
Outcome check_that_it_may_be_set(const Setting& setting) {
  const auto& key = setting.key;
  for (const auto& [decided, option] : {std::pair{"port", "--port"}, {"admin_port", "--admin-port"}, {"data", "--data"}}) {
    if (key == decided) return std::unexpected(fmt::format("'{}' cannot be set by --set; use {}", key, option));
  }
  if (key.starts_with("bus_")) return std::unexpected(fmt::format("'{}' is chosen at each start and cannot be set", key));
  return {};
}

}  // namespace

std::expected<void, std::string> check_settings(const std::vector<Setting>& settings, const Catalogue& catalogue) {
  for (const auto& setting : settings) {
    if (auto may = check_that_it_may_be_set(setting); !may) return may;
    if (setting.program == "all") {
      bool known = false;
      for (const auto& [program, keys] : catalogue) known = known || keys.contains(setting.key);
      if (!known) return std::unexpected(fmt::format("no program has a configuration key '{}'", setting.key));
      continue;
    }
    const auto program = catalogue.find(setting.program);
    if (program == catalogue.end()) {
      std::string names = "all";
      for (const auto& [name, keys] : catalogue) names += ", " + name;
      return std::unexpected(fmt::format("there is no program '{}' to set '{}' in; there are: {}", setting.program, setting.key, names));
    }
    if (!program->second.contains(setting.key)) {
      return std::unexpected(fmt::format("{} has no configuration key '{}'; infra/config.md lists them", setting.program, setting.key));
    }
  }
  return {};
}

std::vector<std::string> arguments_for(const std::string& program, const std::vector<Setting>& settings,
                                       const Catalogue& catalogue) {
  std::vector<std::string> arguments;
  const auto known = catalogue.find(program);
  for (const auto& setting : settings) {
    const bool meant = setting.program == program ||
                       (setting.program == "all" && known != catalogue.end() && known->second.contains(setting.key));
    if (meant) arguments.push_back(fmt::format("--{}={}", setting.key, setting.value));
  }
  return arguments;
}

std::string document() {
  std::string page = "## witan-supervisor\n\n| option | meaning |\n| --- | --- |\n";
  for (const auto& option : table()) {
    page += fmt::format("| `{}{}{}` | {} |\n", option.name, option.value.empty() ? "" : " ", option.value, option.help);
  }
  return page;
}

}  // namespace witan::supervisor
