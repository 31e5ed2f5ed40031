#include "shared/base/log.hpp"

#include <memory>

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "shared/base/clock.hpp"
#include "shared/base/uk_time.hpp"

namespace witan::log {

namespace {

struct Output {
  std::string program = "witan";
  Level lowest = Level::info;
  std::shared_ptr<spdlog::logger> logger = [] {
    auto made = std::make_shared<spdlog::logger>("witan", std::make_shared<spdlog::sinks::stdout_sink_mt>());
    made->set_pattern("%v");
    made->flush_on(spdlog::level::info);
    return made;
  }();
};

Output& output() {
  static Output instance;
  return instance;
}

constexpr std::string_view k_level_names[] = {"debug", "info", "warning", "error"};

void write(Level level, std::string_view room, std::string_view event, Fields fields) {
  Output& out = output();
  if (level < out.lowest) return;
  json::object line;
  line["time"] = uk_time::rfc3339(SystemClock().now());
  line["level"] = k_level_names[static_cast<int>(level)];
  line["program"] = out.program;
  line["room"] = room;
  line["event"] = event;
  for (const auto& field : fields) line[field.key] = field.value;
  out.logger->info("{}", json::serialize(line));
}

}  // namespace

void start(std::string program, Level lowest) {
  output().program = std::move(program);
  output().lowest = lowest;
}

Level level_from(std::string_view name) {
  for (int i = 0; i < 4; ++i) {
    if (name == k_level_names[i]) return static_cast<Level>(i);
  }
  return Level::info;
}

void debug(std::string_view room, std::string_view event, Fields fields) { write(Level::debug, room, event, fields); }
void info(std::string_view room, std::string_view event, Fields fields) { write(Level::info, room, event, fields); }
void warning(std::string_view room, std::string_view event, Fields fields) { write(Level::warning, room, event, fields); }
void error(std::string_view room, std::string_view event, Fields fields) { write(Level::error, room, event, fields); }

}  // namespace witan::log
