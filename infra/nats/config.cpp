#include "infra/nats/config.hpp"

#include <fmt/format.h>

namespace witan::nats {

namespace {

/// Four streams of at most 512 MiB each. Set, so that the server does not work the limit out from what happens to be
/// free when it starts, and then keep refusing after space was made.
constexpr std::string_view k_store_bytes_max = "4GB";
/// A draft of 200,000 characters, as JSON, fits several times.
constexpr std::string_view k_payload_bytes_max = "8MB";

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

std::string list(const std::vector<std::string>& subjects) {
  std::string result = "[";
  for (const auto& subject : subjects) result += (result.size() > 1 ? ", " : "") + quoted(subject);
  return result + "]";
}

std::string stream_of(std::string_view service) { return fmt::format("EVT_{}", service); }

/// Where a user's answers arrive. Each has its own, or one taken-over service could read everybody's.
std::string answers_to(std::string_view user) { return fmt::format("_I.{}.>", user); }

/// A service publishes its own changes and events, looks after its own stream, and reads the others' through a
/// durable consumer that bears its name. It can purge its own stream, for what is to be erased, but neither delete it nor touch
/// another's stream or consumer.
Permissions service_permissions(std::string_view me) {
  Permissions can;
  can.may_answer = true;
  can.publish = {fmt::format("live.{}.>", me), fmt::format("evt.{}.>", me)};
  for (const auto* act : {"CREATE", "UPDATE", "INFO", "MSG.GET", "PURGE"}) {
    can.publish.push_back(fmt::format("$JS.API.STREAM.{}.{}", act, stream_of(me)));
  }
  for (const auto& other : services()) {
    if (other == me) continue;
    const auto stream = stream_of(other);
    can.publish.push_back(fmt::format("evt-since.{}", other));
    can.publish.push_back(fmt::format("$JS.API.CONSUMER.CREATE.{}.{}", stream, me));
    can.publish.push_back(fmt::format("$JS.API.CONSUMER.CREATE.{}.{}.>", stream, me));
    can.publish.push_back(fmt::format("$JS.API.CONSUMER.DURABLE.CREATE.{}.{}", stream, me));
    can.publish.push_back(fmt::format("$JS.API.CONSUMER.INFO.{}.{}", stream, me));
    can.publish.push_back(fmt::format("$JS.API.CONSUMER.MSG.NEXT.{}.{}", stream, me));
    can.publish.push_back(fmt::format("$JS.ACK.{}.{}.>", stream, me));
  }
  can.subscribe = {fmt::format("cmd.{}", me),       fmt::format("view.{}", me),    fmt::format("view.{}.>", me),
                   fmt::format("evt-since.{}", me), fmt::format("metrics.{}", me), fmt::format("audit.{}", me),
                   fmt::format("use.{}", me),       answers_to(me)};
  return can;
}

std::string user_block(std::string_view user, const std::string& password) {
  const auto can = permissions_of(user);
  return fmt::format(
      "      {{ user: {}, password: {}, permissions: {{\n"
      "          publish: {{ allow: {} }}\n"
      "          subscribe: {{ allow: {} }}{}\n"
      "      }} }}\n",
      quoted(user), quoted(password), list(can.publish), list(can.subscribe),
      can.may_answer ? "\n          allow_responses: { max: 1, expires: \"1m\" }" : "");
}

}  // namespace

const std::vector<std::string>& services() {
  static const std::vector<std::string> names = {"directory", "meetings", "advisory", "consultations"};
  return names;
}

std::vector<std::string> users() {
  auto names = services();
  names.emplace_back("gateway");
  names.emplace_back("operator");
  return names;
}

Permissions permissions_of(std::string_view user) {
  if (user == "gateway") return {{"cmd.>", "view.>", "metrics.>", "audit.>", "use.>"}, {"live.>", answers_to(user)}, false};
  if (user == "operator") return {{"cmd.>"}, {answers_to(user)}, false};
  return service_permissions(user);
}

std::string accounts_config(const std::function<std::string(std::string_view user)>& password_of) {
  std::string config = "accounts {\n  WITAN {\n    jetstream: enabled\n    users: [\n";
  for (const auto& user : users()) config += user_block(user, password_of(user));
  return config + "    ]\n  }\n}\n";
}

std::string server_config(const ServerSettings& settings) {
  return fmt::format(
      "# Written by witan-supervisor at each start from infra/nats; changes made here do not last.\n"
      "server_name: witan\n"
      "host: {}\n"
      "port: {}\n"
      "max_payload: {}\n"
      "ping_interval: \"10s\"\n"
      "jetstream {{ store_dir: {}, max_memory_store: 16MB, max_file_store: {} }}\n{}",
      quoted(settings.address), settings.port, k_payload_bytes_max, quoted(settings.store_directory), k_store_bytes_max,
      accounts_config(settings.password_of));
}

}  // namespace witan::nats
