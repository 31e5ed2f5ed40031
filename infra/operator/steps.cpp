#include "infra/operator/steps.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include <date/tz.h>
#include <fmt/format.h>

namespace witan::operate {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t k_file_name_max = 40;  // a command's id has 64 characters at most

std::string read_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw StepFailure(fmt::format("{} cannot be read", file.string()));
  return {std::istreambuf_iterator<char>(in), {}};
}

void check_members(const json::object& step, const std::string& name) {
  for (const auto& entry : step) {
    const std::string_view key = entry.key();
    if (key != "do" && key != "as" && key != "args" && key != "save" && key != "account") {
      throw StepFailure(fmt::format("{}: there is nothing called '{}' in a step", name, key));
    }
  }
}

std::string without_at(std::string_view name) { return std::string(name.starts_with('@') ? name.substr(1) : name); }

Step parse_step(const std::string& file, std::size_t number, const json::value& value, const fs::path& folder) {
  Step step;
  step.name = fmt::format("{} step {}", file, number);
  step.command_id = fmt::format("demo-{}-{}", file.substr(0, k_file_name_max), number);
  step.folder = folder;
  const auto* object = value.if_object();
  if (!object) throw StepFailure(fmt::format("{} is not an object", step.name));
  check_members(*object, step.name);
  step.command = string_at(*object, "do");
  if (step.command.find('.') == std::string::npos) {
    throw StepFailure(fmt::format("{}: 'do' must name a command such as meetings.schedule_meeting", step.name));
  }
  step.as = without_at(string_at(*object, "as"));
  if (const auto* args = object_at(*object, "args")) step.args = *args;
  if (const auto* save = object_at(*object, "save")) {
    for (const auto& entry : *save) {
      if (!entry.value().is_string()) throw StepFailure(fmt::format("{}: 'save' must map fields to names", step.name));
      step.save.emplace(std::string(entry.key()), without_at(entry.value().get_string()));
    }
  }
  if (const auto* account = object->if_contains("account")) step.wants_account = account->is_bool() && account->get_bool();
  return step;
}

json::value resolve_text(std::string_view text, const Saved& saved) {
  if (!text.starts_with('@')) return json::value(text);
  if (text.starts_with("@@")) return json::value(text.substr(1));
  const auto found = saved.find(text.substr(1));
  if (found == saved.end()) throw StepFailure(fmt::format("nothing was saved as '{}' before", text.substr(1)));
  return found->second;
}

/// The furthest a date may lie from today: ten years.
constexpr std::int64_t k_days_max = 3660;

json::value resolve_days(const json::value& days, Timestamp now) {
  const auto* count = days.if_int64();
  if (!count || *count < -k_days_max || *count > k_days_max) {
    throw StepFailure(fmt::format("'@days_from_now' needs a whole number from -{0} to {0}", k_days_max));
  }
  const auto today = date::floor<date::days>(date::locate_zone("Europe/London")->to_local(now));
  return json::value(date::format("%F", today + date::days(*count)));
}

}  // namespace

std::vector<Step> parse_steps(const std::string& file, std::string_view text, const fs::path& folder) {
  boost::system::error_code failed;
  const auto document = json::parse(text, failed);
  const auto* object = failed ? nullptr : document.if_object();
  const auto* list = object ? object->if_contains("steps") : nullptr;
  if (!list || !list->is_array()) {
    throw StepFailure(fmt::format("{}.json is not of the form {{\"steps\": […]}}{}", file, failed ? ": " + failed.message() : ""));
  }
  std::vector<Step> steps;
  for (const auto& step : list->get_array()) steps.push_back(parse_step(file, steps.size() + 1, step, folder));
  return steps;
}

std::vector<Step> read_steps(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(folder, failed)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  if (failed) throw StepFailure(fmt::format("the folder {} cannot be read: {}", folder.string(), failed.message()));
  std::sort(files.begin(), files.end());
  std::vector<Step> steps;
  for (const auto& file : files) {
    for (auto& step : parse_steps(file.stem().string(), read_file(file), folder)) steps.push_back(std::move(step));
  }
  return steps;
}

json::value resolve(const json::value& value, const Saved& saved, const fs::path& folder, Timestamp now) {
  if (value.is_string()) return resolve_text(value.get_string(), saved);
  if (const auto* list = value.if_array()) {
    json::array result;
    for (const auto& item : *list) result.push_back(resolve(item, saved, folder, now));
    return result;
  }
  const auto* object = value.if_object();
  if (!object) return value;
  if (const auto file = string_at(*object, "@file"); !file.empty() && object->size() == 1) {
    return json::value(read_file(folder / fs::path(std::string(file))));
  }
  if (const auto* days = object->if_contains("@days_from_now"); days && object->size() == 1) return resolve_days(*days, now);
  json::object result;
  for (const auto& entry : *object) result[entry.key()] = resolve(entry.value(), saved, folder, now);
  return result;
}

}  // namespace witan::operate
