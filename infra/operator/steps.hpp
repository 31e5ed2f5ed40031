#pragma once

#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "shared/base/clock.hpp"
#include "shared/base/json.hpp"

/// Files of commands to be carried out one after the other, such as the demo data. infra/operator/README.md shows one.
namespace witan::operate {

/// A file of steps is wrong, or a step was refused. The text says where and why in one sentence.
struct StepFailure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Step {
  std::string name;                          ///< `20-people step 3`, for sentences.
  std::string command_id;                    ///< `demo-20-people-3`: the same whenever the file is loaded.
  std::string command;                       ///< `directory.fill_seat`
  std::string as;                            ///< Saved name of the person who acts; empty for the administrator.
  json::object args;                         ///< With references still in place.
  std::map<std::string, std::string> save;   ///< Field of the result → the name under which later steps know it.
  bool wants_account = false;                ///< Give the person a password and list it for whoever tries the demo.
  std::filesystem::path folder;              ///< Where `@file` looks.
};

/// Every step of every `*.json` in the folder, files in lexical order. Throws StepFailure.
std::vector<Step> read_steps(const std::filesystem::path& folder);

/// The steps of one file's text; `file` is its name without `.json`.
std::vector<Step> parse_steps(const std::string& file, std::string_view text, const std::filesystem::path& folder);

/// An id, or a number such as the version of a draft.
using Saved = std::map<std::string, json::value, std::less<>>;

/// `value` with every `"@name"` replaced by what was saved under it, every `{"@file": path}` by the file's text, every
/// `{"@days_from_now": 42}` by that day's date in the UK such as `2018-07-31`, and `"@@text"` by `"@text"`. Throws
/// StepFailure for a name that nothing was saved under, a file that cannot be read, or days that are no whole number.
json::value resolve(const json::value& value, const Saved& saved, const std::filesystem::path& folder,
                    Timestamp now = SystemClock().now());

}  // namespace witan::operate
