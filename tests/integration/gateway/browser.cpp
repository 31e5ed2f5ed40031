#include "tests/integration/gateway/browser.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/websocket/stream.hpp>

namespace witan::test {

namespace net = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;

namespace {

constexpr std::chrono::seconds k_patience{5};

net::ip::tcp::endpoint gateway(std::uint16_t port) { return {net::ip::make_address("127.0.0.1"), port}; }

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

}  // namespace

HttpAnswer send_raw(std::uint16_t port, const std::string& bytes) {
  net::io_context loop;
  beast::tcp_stream stream(loop);
  stream.connect(gateway(port));
  error_code ignored;
  net::write(stream.socket(), net::buffer(bytes), ignored);   // the gateway may refuse before it has all
  beast::flat_buffer buffer;
  beast::http::response_parser<beast::http::string_body> parser;
  error_code failed;
  stream.expires_after(k_patience);
  beast::http::async_read(stream, buffer, parser, [&](error_code result, std::size_t) { failed = result; });
  loop.run();
  HttpAnswer answer;
  if (failed && !parser.is_done()) return answer;
  answer.status = static_cast<int>(parser.get().result_int());
  for (const auto& field : parser.get()) answer.headers[lower(std::string(field.name_string()))] = std::string(field.value());
  answer.body = parser.get().body();
  return answer;
}

HttpAnswer request(std::uint16_t port, const std::string& method, const std::string& path,
                   const std::map<std::string, std::string>& headers, const std::string& body) {
  std::string text = method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n";
  for (const auto& [name, value] : headers) text += name + ": " + value + "\r\n";
  if (!body.empty()) text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  return send_raw(port, text + "\r\n" + body);
}

HttpAnswer post_json(std::uint16_t port, const std::string& path, const json::value& body,
                     std::map<std::string, std::string> headers) {
  headers.emplace("Content-Type", "application/json");
  return request(port, "POST", path, headers, json::serialize(body));
}

struct Browser::State {
  net::io_context loop;
  beast::websocket::stream<net::ip::tcp::socket> stream{loop};
  beast::flat_buffer buffer;
  int status = 0;
  int pongs = 0;
  bool is_reading = false;
  std::optional<error_code> read;

  /// Runs the loop until `is_done` or the time is over.
  template <class Done>
  bool run_until(std::chrono::milliseconds limit, Done is_done) {
    const auto until = std::chrono::steady_clock::now() + limit;
    while (!is_done() && std::chrono::steady_clock::now() < until) {
      loop.restart();
      loop.run_one_until(until);
    }
    return is_done();
  }

  /// The outcome of reading one message; nothing when none came in time (the read goes on).
  std::optional<error_code> read_message(std::chrono::milliseconds limit) {
    if (!is_reading) {
      is_reading = true;
      read.reset();
      stream.async_read(buffer, [this](error_code result, std::size_t) {
        is_reading = false;
        read = result;
      });
    }
    if (!run_until(limit, [&] { return read.has_value(); })) return std::nullopt;
    return read;
  }
};

std::string ticket_for(std::uint16_t port, const std::string& cookie) {
  const auto answer = request(port, "POST", "/live/ticket", {{"Cookie", cookie}, {"Origin", "http://127.0.0.1:" + std::to_string(port)}});
  return answer.status == 200 ? std::string(string_at(json::parse(answer.body).as_object(), "ticket")) : std::string();
}

Browser::Browser(std::uint16_t port, const Options& options) : state_(std::make_unique<State>()) {
  const auto ticket = options.ticket ? *options.ticket : options.cookie.empty() ? std::string() : ticket_for(port, options.cookie);
  auto& socket = state_->stream.next_layer();
  socket.open(net::ip::tcp::v4());
  if (options.receive_buffer_bytes > 0) {
    socket.set_option(net::socket_base::receive_buffer_size(options.receive_buffer_bytes));
  }
  socket.connect(gateway(port));
  const auto own = "http://127.0.0.1:" + std::to_string(port);
  state_->stream.set_option(beast::websocket::stream_base::decorator([&](beast::websocket::request_type& handshake) {
    if (!options.origin.empty()) handshake.set("Origin", options.origin == "own" ? own : options.origin);
    if (!options.cookie.empty()) handshake.set("Cookie", options.cookie);
    if (!ticket.empty()) handshake.set("Sec-WebSocket-Protocol", "witan.live.1, ticket." + ticket);
  }));
  state_->stream.control_callback([this](beast::websocket::frame_type kind, std::string_view) {
    if (kind == beast::websocket::frame_type::pong) ++state_->pongs;
  });
  beast::websocket::response_type response;
  error_code failed;
  state_->stream.handshake(response, "127.0.0.1:" + std::to_string(port), "/live", failed);
  state_->status = static_cast<int>(response.result_int());
}

Browser::~Browser() {
  error_code ignored;
  state_->stream.next_layer().close(ignored);
  state_->loop.restart();
  state_->loop.poll();
}

int Browser::handshake_status() const { return state_->status; }

void Browser::send(const json::value& frame) { send_text(json::serialize(frame)); }

void Browser::send_text(const std::string& text) {
  error_code ignored;
  state_->stream.text(true);
  state_->stream.write(net::buffer(text), ignored);
}

void Browser::send_binary(const std::string& bytes) {
  error_code ignored;
  state_->stream.binary(true);
  state_->stream.write(net::buffer(bytes), ignored);
}

void Browser::send_bytes(const std::string& bytes) {
  error_code ignored;
  net::write(state_->stream.next_layer(), net::buffer(bytes), ignored);
}

void Browser::ping() {
  error_code ignored;
  state_->stream.ping({}, ignored);
}

int Browser::pongs() const { return state_->pongs; }

void Browser::subscribe(const std::string& topic) { send(json::object{{"type", "subscribe"}, {"topic", topic}}); }

void Browser::subscribe_after(const std::string& topic, const std::string& epoch, std::int64_t version) {
  send(json::object{
      {"type", "subscribe"}, {"topic", topic}, {"after", json::object{{"epoch", epoch}, {"version", version}}}});
}

std::optional<json::object> Browser::receive(std::chrono::milliseconds limit) {
  const auto outcome = state_->read_message(limit);
  if (!outcome || *outcome) return std::nullopt;
  const std::string_view text(static_cast<const char*>(state_->buffer.cdata().data()), state_->buffer.size());
  auto frame = json::parse(text).as_object();
  state_->buffer.consume(state_->buffer.size());
  state_->read.reset();
  return frame;
}

std::optional<json::object> Browser::receive_type(const std::string& type) {
  const auto until = std::chrono::steady_clock::now() + k_patience;
  while (std::chrono::steady_clock::now() < until) {
    auto frame = receive();
    if (!frame || string_at(*frame, "type") == type) return frame;
  }
  return std::nullopt;
}

int Browser::wait_for_close() {
  for (;;) {
    const auto outcome = state_->read_message(std::chrono::seconds(15));
    if (!outcome) return -1;   // still open
    state_->buffer.consume(state_->buffer.size());
    if (*outcome) return state_->stream.reason().code;
    state_->read.reset();
  }
}

}  // namespace witan::test
