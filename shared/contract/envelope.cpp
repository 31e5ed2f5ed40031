#include "shared/contract/envelope.hpp"

#include <algorithm>
#include <cctype>

namespace witan {

bool is_command_id(std::string_view id) {
  return !id.empty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), [](unsigned char c) {
    return std::isalnum(c) || c == '.' || c == '_' || c == '-';
  });
}

void append_line(const Change& change, std::string& lines) {
  lines += change.audience;
  lines += ' ';
  lines += change.topic;
  lines += ' ';
  codec::append_text(change, lines);
  lines += '\n';
}

std::vector<ChangeLine> change_lines(std::string_view lines) {
  std::vector<ChangeLine> found;
  while (!lines.empty()) {
    const auto end = std::min(lines.find('\n'), lines.size());
    const auto line = lines.substr(0, end);
    lines.remove_prefix(std::min(end + 1, lines.size()));
    const auto first = line.find(' ');
    const auto second = first == std::string_view::npos ? first : line.find(' ', first + 1);
    if (second == std::string_view::npos) continue;
    found.push_back({line.substr(0, first), line.substr(first + 1, second - first - 1), line.substr(second + 1)});
  }
  return found;
}

std::string ok_reply(json::value value) {
  json::object reply;
  reply["ok"] = std::move(value);
  return json::serialize(reply);
}

std::string problem_reply(const Rejection& rejection, std::string_view trace) {
  return json::serialize(json::object{{"problem", to_problem(rejection, trace)}});
}

Result<json::value> parse_reply(std::string_view text) {
  boost::system::error_code failed;
  auto reply = json::parse(text, failed);
  const auto* object = failed ? nullptr : reply.if_object();
  if (!object) return reject(ErrorCode::internal, "A part of the service gave an answer that cannot be read.");
  if (const auto* problem = object_at(*object, "problem")) return std::unexpected(from_problem(*problem));
  if (const auto* ok = object->if_contains("ok")) return *ok;
  return reject(ErrorCode::internal, "A part of the service gave an answer that cannot be read.");
}

}  // namespace witan
