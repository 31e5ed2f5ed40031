#include "shared/contract/envelope.hpp"

#include <algorithm>
#include <cctype>

namespace witan {

bool is_command_id(std::string_view id) {
  return !id.empty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), [](unsigned char c) {
    return std::isalnum(c) || c == '.' || c == '_' || c == '-';
  });
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
