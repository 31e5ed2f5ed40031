#pragma once

#include <expected>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// What the person who starts Witan may say on the command line.
namespace witan::supervisor {

/// `--set gateway.body_bytes_max=2097152`: one configuration key of one program, or of `all` that know it.
struct Setting {
  std::string program;  ///< `gateway`, `directory`, …, or `all`.
  std::string key;
  std::string value;
};

struct Options {
  int port = 8080;        ///< 0: one that is free.
  int admin_port = 8081;  ///< 0: one that is free.
  std::filesystem::path data = "data";
  bool demo = true;
  std::vector<Setting> settings;

  // Where the parts lie; infra/up says so.
  std::filesystem::path programs;  ///< Folder of the programs; by default the supervisor's own.
  std::filesystem::path web_root;
  std::filesystem::path demo_steps;
  std::filesystem::path nats_server = "nats-server";
};

/// Understands `--port 8090` and `--port=8090`. The error is one clear sentence.
std::expected<Options, std::string> parse_options(const std::vector<std::string>& arguments);

/// The keys of each program (`gateway` → {`port`, …}).
using Catalogue = std::map<std::string, std::set<std::string>>;

/// The keys named in the reference page that a program prints for `--print-config-doc`.
std::set<std::string> keys_in_document(std::string_view page);

/// Refuses a program or a key that nobody knows. The error is one clear sentence.
std::expected<void, std::string> check_settings(const std::vector<Setting>& settings, const Catalogue& catalogue);

/// The `--key=value` arguments that the settings mean for `program`.
std::vector<std::string> arguments_for(const std::string& program, const std::vector<Setting>& settings,
                                       const Catalogue& catalogue);

/// The options in Markdown, for the reference page.
std::string document();

}  // namespace witan::supervisor
