#include "shared/contract/topics.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace witan {

namespace {
/// First segment of a topic → the service that owns it. A new kind of topic adds one line.
constexpr std::array<std::pair<std::string_view, std::string_view>, 45> k_owners = {{
    {"bodies", "directory"},
    {"organisations", "directory"},
    {"people", "directory"},
    {"sessions", "directory"},
    {"rights", "directory"},
    {"account", "directory"},
    {"calendar", "directory"},
    {"calendars", "directory"},
    {"appointments", "directory"},
    {"links", "directory"},
    {"mail", "directory"},
    {"interests", "directory"},
    {"concerns", "directory"},
    {"meetings", "meetings"},
    {"body-meetings", "meetings"},
    {"series", "meetings"},
    {"attendance", "meetings"},
    {"circulation", "meetings"},
    {"declared", "meetings"},
    {"room", "meetings"},
    {"votes", "meetings"},
    {"ballot", "meetings"},
    {"voices", "meetings"},
    {"replay", "meetings"},
    {"plan", "meetings"},
    {"dates", "meetings"},
    {"papers", "meetings"},
    {"notes", "meetings"},
    {"reading", "meetings"},
    {"published-papers", "meetings"},
    {"body-papers", "meetings"},
    {"minutes", "meetings"},
    {"decisions", "meetings"},
    {"body-decisions", "meetings"},
    {"actions", "meetings"},
    {"body-actions", "meetings"},
    {"closed-actions", "meetings"},
    {"own-actions", "meetings"},
    {"open-actions", "meetings"},
    {"groups", "advisory"},
    {"engagements", "advisory"},
    {"consultations", "consultations"},
    {"body-consultations", "consultations"},
    {"drafts", "consultations"},
    {"threads", "consultations"},
}};

/// Topics of which is told who is there.
constexpr std::array<std::string_view, 1> k_with_presence = {"meetings/"};
constexpr std::string_view k_now = "now/";

constexpr std::array<std::string_view, 4> k_services = {"directory", "meetings", "advisory", "consultations"};

std::string joined(std::string_view a, std::string_view b) { return std::string(a) + std::string(b); }
}  // namespace

std::optional<std::string_view> service_of_topic(std::string_view topic) {
  if (!is_topic(topic)) return std::nullopt;
  const auto first = topic.substr(0, topic.find('/'));
  for (const auto& [prefix, service] : k_owners) {
    if (prefix == first) return service;
  }
  return std::nullopt;
}

std::optional<std::string_view> topic_of_presence(std::string_view topic) {
  if (!topic.starts_with(k_now) || !is_topic(topic)) return std::nullopt;
  const auto about = topic.substr(k_now.size());
  const auto is_told = [&](std::string_view kind) { return about.starts_with(kind); };
  return std::ranges::any_of(k_with_presence, is_told) ? std::optional(about) : std::nullopt;
}

std::string topic_of_who_is_at(std::string_view topic) { return joined(k_now, topic); }

std::optional<std::string_view> service_of_command(std::string_view command) {
  const auto dot = command.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const auto service = command.substr(0, dot);
  if (std::find(k_services.begin(), k_services.end(), service) == k_services.end()) return std::nullopt;
  return service;
}

bool is_topic(std::string_view topic) {
  if (topic.empty() || topic.size() > 120 || topic.front() == '/' || topic.back() == '/') return false;
  std::size_t slashes = 0;
  char before = '/';
  for (char c : topic) {
    const bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    if (!word && (c != '/' || before == '/')) return false;
    slashes += c == '/' ? 1U : 0U;
    before = c;
  }
  return slashes <= 3;
}

namespace subjects {

std::string command(std::string_view service) { return joined("cmd.", service); }
std::string view(std::string_view service) { return joined("view.", service); }
std::string heads(std::string_view service) { return joined("view.", service) + ".heads"; }

std::string changes(std::string_view service) { return joined("live.", service) + ".changes"; }
std::string live_all(std::string_view service) { return joined("live.", service) + ".>"; }
std::string head(std::string_view service) { return joined("live.", service) + ".head"; }

std::string event(std::string_view service, std::string_view aggregate) {
  return "evt." + std::string(service) + "." + std::string(aggregate.substr(0, aggregate.find('/')));
}

std::string events_all(std::string_view service) { return joined("evt.", service) + ".>"; }
std::string events_since(std::string_view service) { return joined("evt-since.", service); }
std::string metrics(std::string_view service) { return joined("metrics.", service); }
std::string audit(std::string_view service) { return joined("audit.", service); }
std::string use(std::string_view service) { return joined("use.", service); }
std::string file_put(std::string_view service) { return joined("files.", service) + ".put"; }
std::string file_get(std::string_view service) { return joined("files.", service) + ".get"; }
std::string presence(std::string_view topic) {
  auto subject = joined("now.", topic);
  std::ranges::replace(subject, '/', '.');
  return subject;
}
std::string presence_all() { return "now.>"; }
std::string empty(std::string_view service) { return joined("empty.", service); }
std::string stream(std::string_view service) { return joined("EVT_", service); }

}  // namespace subjects

}  // namespace witan
