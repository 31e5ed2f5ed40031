#include "gateway/app/settings.hpp"

namespace witan::app {

namespace {

ConfigKey text(std::string name, std::string standard, std::string help) {
  return {std::move(name), std::move(standard), std::move(help), 0, 0};
}

ConfigKey number(std::string name, std::int64_t standard, std::string help, std::int64_t least, std::int64_t most) {
  return {std::move(name), standard, std::move(help), least, most};
}

constexpr std::int64_t k_many = 1'000'000'000;

}  // namespace

const std::vector<std::string>& services() {
  static const std::vector<std::string> names = {"directory", "meetings", "advisory", "consultations"};
  return names;
}

std::vector<ConfigKey> gateway_keys() {
  return {
      text("data", "./data", "Folder where the gateway finds the services' sockets and writes the chosen ports."),
      {"service_sockets", true, "Services on this machine are asked at their sockets in the data folder; false: over the bus.", 0, 0},
      text("bus_url", "nats://127.0.0.1:4222", "Address of the bus."),
      text("bus_user", "", "User on the bus."),
      text("bus_password_file", "", "File that holds the user's password."),
      text("secrets", "./data/secrets", "Folder of secret files."),
      text("log_level", "info", "Lowest level that is logged: debug, info, warning or error."),
      text("address", "127.0.0.1", "Address to listen on."),
      text("admin_address", "127.0.0.1", "Address to show the figures for operators on; they are not for everyone."),
      number("port", 8080, "Port of pages, interface and sockets; 0 lets the kernel choose.", 0, 65535),
      number("admin_port", 8081, "Port of the figures for operators; 0 lets the kernel choose.", 0, 65535),
      text("public_origin", "", "Origin that browsers see, such as https://witan.example; empty: http, address and port."),
      text("web_root", "./web-client/dist", "Folder of the built web client."),
      {"demo_notice", false, "Every page says that its people and their words are invented.", 0, 0},
      {"second_factor_required", true,
       "Chairs, co-chairs, secretaries, officers, administrators and auditors hold these roles only once they have a second factor.", 0, 0},
      text("contact", "", "Whom people ask who are stuck, as the help and error pages say it: an e-mail address, a telephone number."),
      text("openid_name", "", "What people call the OpenID provider: the button says “Sign in with” it. Empty: there is no button. See directory.openid_issuer."),
      number("command_timeout_ms", 5000, "Milliseconds a command may take.", 100, 60'000),
      number("body_bytes_max", 1024 * 1024, "Bytes in a request's body.", 1024, 64 * 1024 * 1024),
      number("header_bytes_max", 16 * 1024, "Bytes in a request's headers.", 1024, 64 * 1024),
      number("header_time_ms", 10'000, "Milliseconds for a request's headers to arrive.", 100, 600'000),
      number("idle_time_ms", 75'000, "Milliseconds a connection may wait for its next request.", 100, 3'600'000),
      number("connections_max", 16'000, "Open connections.", 1, 1'000'000),
      number("http_requests_per_minute_anonymous", 600, "Requests a minute from one address, not signed in.", 1, k_many),
      number("http_requests_per_minute_signed_in", 1200, "Requests a minute in one session.", 1, k_many),
      number("downloads_max", 16, "Files at a time on their way to one session, or to one address of visitors.", 1, k_many),
      number("packs_per_minute", 10, "Packs of a meeting's papers a minute for one session, or one address of visitors.", 1, k_many),
      number("rights_age_ms_max", 5000, "Milliseconds without word from directory before only public things are shown.", 100, 600'000),
      number("session_use_report_ms", 60'000, "Milliseconds between two reports to directory of which sessions were in use.", 100, 600'000),
      number("sign_ins_per_minute", 60, "Tries to sign in a minute from one network (/24, or /64 of IPv6).", 1, k_many),
      number("websocket_message_bytes_max", 64 * 1024, "Bytes in a message from a browser.", 125, 16 * 1024 * 1024),
      number("websocket_messages_per_second", 20, "Messages a second from one socket.", 1, k_many),
      number("websocket_messages_burst", 40, "Messages at once from one socket.", 1, k_many),
      number("websocket_subscriptions_max", 50, "Topics that one socket may watch.", 1, 100'000),
      number("websocket_commands_in_flight_max", 20, "Commands of one socket that may wait for answers.", 1, 100'000),
      number("websockets_per_address_max", 100, "Open sockets from one address.", 1, k_many),
      number("websockets_per_person_max", 20, "Open sockets of one account.", 1, k_many),
      number("websocket_handshakes_per_minute", 1200, "Sockets a minute that one address may open.", 1, k_many),
      number("websocket_queue_bytes_max", 256 * 1024, "Bytes that may wait for one reader beside the largest message.", 1024, 64 * 1024 * 1024),
      number("websocket_stall_ms", 5000, "Milliseconds a reader may take for one message.", 100, 600'000),
      number("websocket_idle_ms", 60'000, "Milliseconds of silence, also to a ping, before a socket is closed.", 1000, 3'600'000),
      number("stop_ms", 3000, "Milliseconds to finish requests and sockets when stopping.", 0, 600'000),
  };
}

http::ServerLimits server_limits(const Config& config) {
  http::ServerLimits limits;
  limits.header_bytes_max = static_cast<std::size_t>(config.number("header_bytes_max"));
  limits.header_time = std::chrono::milliseconds(config.number("header_time_ms"));
  limits.body_bytes_max = static_cast<std::size_t>(config.number("body_bytes_max"));
  limits.idle_time = std::chrono::milliseconds(config.number("idle_time_ms"));
  limits.connections_max = static_cast<std::size_t>(config.number("connections_max"));
  return limits;
}

live::LiveLimits live_limits(const Config& config) {
  live::LiveLimits limits;
  limits.message_bytes_max = static_cast<std::size_t>(config.number("websocket_message_bytes_max"));
  limits.messages_per_second = static_cast<double>(config.number("websocket_messages_per_second"));
  limits.messages_burst = static_cast<double>(config.number("websocket_messages_burst"));
  limits.subscriptions_max = static_cast<std::size_t>(config.number("websocket_subscriptions_max"));
  limits.commands_in_flight_max = static_cast<std::size_t>(config.number("websocket_commands_in_flight_max"));
  limits.sockets_per_address_max = static_cast<std::size_t>(config.number("websockets_per_address_max"));
  limits.sockets_per_person_max = static_cast<std::size_t>(config.number("websockets_per_person_max"));
  limits.handshakes_per_minute = static_cast<double>(config.number("websocket_handshakes_per_minute"));
  limits.queue_bytes_max = static_cast<std::size_t>(config.number("websocket_queue_bytes_max"));
  limits.stall_time = std::chrono::milliseconds(config.number("websocket_stall_ms"));
  limits.idle_time = std::chrono::milliseconds(config.number("websocket_idle_ms"));
  return limits;
}

}  // namespace witan::app
