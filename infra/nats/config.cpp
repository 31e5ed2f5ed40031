#include "infra/nats/config.hpp"

#include <fmt/format.h>

namespace witan::nats {

namespace {

/// Four streams of at most 512 MiB each. Set, so that the server does not work the limit out from what happens to be
/// free when it starts, and then keep refusing after space was made.
constexpr std::string_view k_store_bytes_max = "4GB";
/// A draft of 200,000 characters, as JSON, fits several times.
constexpr std::string_view k_payload_bytes_max = "8MB";

constexpr std::string_view k_gateway = "gateway", k_operator = "operator", k_provisioner = "provisioner";

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

/// A service publishes its own changes and events, reads its own newest event, and takes what it follows through the
/// consumer that bears its name. It can neither make, change, empty nor delete a stream or a consumer, its own included.
Permissions service_permissions(const Service& service) {
  const std::string_view me = service.name;
  Permissions can;
  can.may_answer = true;
  can.publish = {fmt::format("live.{}.>", me), fmt::format("evt.{}.>", me), fmt::format("empty.{}", me),
                 fmt::format("$JS.API.DIRECT.GET.{}", stream_of(me))};
  for (const auto& other : service.follows) {
    const auto stream = stream_of(other);
    can.publish.push_back(fmt::format("evt-since.{}", other));
    can.publish.push_back(fmt::format("$JS.API.CONSUMER.INFO.{}.{}", stream, me));
    can.publish.push_back(fmt::format("$JS.API.CONSUMER.MSG.NEXT.{}.{}", stream, me));
    can.publish.push_back(fmt::format("$JS.ACK.{}.{}.>", stream, me));
  }
  can.subscribe = {fmt::format("cmd.{}", me),       fmt::format("view.{}", me),    fmt::format("view.{}.>", me),
                   fmt::format("evt-since.{}", me), fmt::format("metrics.{}", me), fmt::format("audit.{}", me),
                   fmt::format("use.{}", me),       fmt::format("files.{}.>", me), answers_to(me)};
  return can;
}

/// The provisioner makes the streams and consumers of the layout, and empties a stream when its service asks. Deleting and
/// restoring is for nobody. Whoever makes consumers can have any event sent to themselves, so this user is no service.
Permissions provisioner_permissions() {
  Permissions can;
  can.may_answer = true;
  for (const auto& service : layout()) {
    can.subscribe.push_back(fmt::format("empty.{}", service.name));
    for (const auto* act : {"CREATE", "UPDATE", "PURGE"}) {
      can.publish.push_back(fmt::format("$JS.API.STREAM.{}.{}", act, stream_of(service.name)));
    }
    for (const auto& other : service.follows) {
      const auto consumer = fmt::format("{}.{}", stream_of(other), service.name);
      can.publish.push_back("$JS.API.CONSUMER.DURABLE.CREATE." + consumer);
      can.publish.push_back("$JS.API.CONSUMER.CREATE." + consumer);
      can.publish.push_back("$JS.API.CONSUMER.CREATE." + consumer + ".>");
    }
  }
  can.subscribe.push_back(answers_to(k_provisioner));
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

const std::vector<Service>& layout() {
  static const std::vector<Service> all = {
      {"directory", {}}, {"meetings", {"directory"}}, {"advisory", {"directory"}}, {"consultations", {"directory"}}};
  return all;
}

const std::vector<std::string>& services() {
  static const auto names = [] {
    std::vector<std::string> found;
    for (const auto& service : layout()) found.push_back(service.name);
    return found;
  }();
  return names;
}

std::vector<std::string> users() {
  auto names = services();
  for (const auto other : {k_gateway, k_operator, k_provisioner}) names.emplace_back(other);
  return names;
}

Permissions permissions_of(std::string_view user) {
  if (user == k_gateway) return {{"cmd.>", "view.>", "metrics.>", "audit.>", "use.>", "files.>", "now.>"}, {"live.>", "now.>", answers_to(user)}, false};
  if (user == k_operator) return {{"cmd.>"}, {answers_to(user)}, false};
  if (user == k_provisioner) return provisioner_permissions();
  for (const auto& service : layout()) {
    if (service.name == user) return service_permissions(service);
  }
  return {};
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
