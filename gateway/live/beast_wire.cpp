#include "gateway/live/beast_wire.hpp"

#include <algorithm>
#include <array>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket/stream.hpp>

#include "gateway/live/frame_layer.hpp"
#include "gateway/live/handshake.hpp"

namespace witan::live {

namespace {

namespace beast = boost::beast;
namespace websocket = beast::websocket;
constexpr auto k_tuple = net::as_tuple(net::use_awaitable);
constexpr std::chrono::seconds k_handshake_time{10};
/// After our close frame the peer has so long to answer with its own.
constexpr std::chrono::seconds k_farewell_time{5};
constexpr std::size_t k_message_kept_bytes = 4096;

class Implementation final : public BeastWire, public std::enable_shared_from_this<Implementation> {
 public:
  Implementation(net::io_context& loop, net::ip::tcp::socket socket, const LiveLimits& limits, std::function<void()> on_too_slow)
      : limits_(limits), stream_(adopt(loop, std::move(socket))), room_(loop, std::chrono::steady_clock::time_point::max()), on_too_slow_(std::move(on_too_slow)) {
    boost::system::error_code ignored;
    layer().socket().set_option(net::socket_base::send_buffer_size(limits.send_buffer_bytes), ignored);
    layer().on_progress([this] { progressed(); });
    stream_.set_option(websocket::stream_base::timeout{k_handshake_time, limits.idle_time, true});
    stream_.read_message_max(limits.message_bytes_max);
  }

  net::awaitable<void> run(http::Request handshake, std::function<void(std::string_view)> on_text) override {
    const auto self = shared_from_this();
    if (!co_await accept(std::move(handshake))) co_return finish();
    is_open_ = true;
    layer().begin_frames();
    if (is_closing_) say_goodbye();
    // A small buffer of our own, since most sockets are idle most of the time; messages grow behind it.
    std::array<char, 128> piece{};
    std::string message;
    for (;;) {
      const auto [failed, count] = co_await stream_.async_read_some(net::buffer(piece), k_tuple);
      if (failed) break;   // also after a protocol error: Beast has sent RFC 6455's close code by then
      message.append(piece.data(), count);
      if (!stream_.is_message_done()) continue;
      if (stream_.got_text()) on_text(message);
      else close(CloseCode::unsupported_data, "only text frames are understood");
      message.clear();
      if (message.capacity() > k_message_kept_bytes) message.shrink_to_fit();
    }
    finish();
  }

  void send(std::shared_ptr<const std::string> text) override {
    if (is_closing_ || !is_open_) return;
    if (is_too_much(text->size())) return give_up_on_slow_reader();
    layer().send_text(std::move(text));
  }

  void close(CloseCode code, std::string reason) override {
    if (is_closing_) return;
    is_closing_ = true;
    closing_since_ = std::chrono::steady_clock::now();
    close_reason_ = {static_cast<websocket::close_code>(code), reason};
    layer().drop_queued();
    room_.cancel();
    if (is_open_) say_goodbye();
  }

  bool is_closing() const override { return is_closing_; }

  net::awaitable<void> room() override {
    const auto self = shared_from_this();
    while (!is_closing_ && layer().queued_bytes() > limits_.queue_bytes_max / 2) {
      co_await room_.async_wait(k_tuple);
    }
  }

  void tick(std::chrono::steady_clock::time_point now) override {
    if (is_closing_) {
      if (now - closing_since_ > k_farewell_time) finish();
    } else if (layer().queued_bytes() > 0 && now - layer().progress_at() > limits_.stall_time) {
      give_up_on_slow_reader();
    }
  }

 private:
  static FrameLayer adopt(net::io_context& loop, net::ip::tcp::socket socket) {
    const auto protocol = socket.local_endpoint().protocol();
    return FrameLayer(FrameLayer::Socket(loop.get_executor(), protocol, socket.release()));
  }

  static beast::http::request<beast::http::empty_body> to_beast(const http::Request& handshake) {
    beast::http::request<beast::http::empty_body> request;
    request.version(11);
    request.method(beast::http::verb::get);
    request.target("/live");
    for (const auto& [name, value] : handshake.headers) request.insert(name, value);
    return request;
  }

  /// A coroutine of its own, so that the handshake's headers do not live as long as the socket.
  net::awaitable<bool> accept(http::Request handshake) {
    const auto request = to_beast(handshake);
    if (std::ranges::count(subprotocols(handshake), k_protocol) > 0) {
      stream_.set_option(websocket::stream_base::decorator([](websocket::response_type& response) {
        response.set(beast::http::field::sec_websocket_protocol, k_protocol);
      }));
    }
    const auto [refused] = co_await stream_.async_accept(request, k_tuple);
    co_return !refused;
  }

  FrameLayer& layer() { return stream_.next_layer(); }

  void say_goodbye() {
    stream_.async_close(close_reason_, [self = shared_from_this()](boost::system::error_code) { self->finish(); });
  }

  /// The largest message does not count, whatever its place: a snapshot may exceed the limit by itself, and `tick`
  /// watches that the reader takes it.
  bool is_too_much(std::size_t more) {
    const auto bytes = layer().queued_bytes() + more;
    return bytes > limits_.queue_bytes_max && bytes - std::max(more, layer().largest_queued()) > limits_.queue_bytes_max;
  }

  void progressed() {
    if (layer().queued_bytes() <= limits_.queue_bytes_max / 2) room_.cancel();
  }

  void give_up_on_slow_reader() {
    on_too_slow_();
    close(CloseCode::too_slow, "read too slowly; come back and resume");
  }

  void finish() {
    if (!is_closing_) closing_since_ = std::chrono::steady_clock::now();
    is_closing_ = true;
    is_open_ = false;
    room_.cancel();
    layer().close();
  }

  LiveLimits limits_;
  websocket::stream<FrameLayer, false> stream_;
  net::steady_timer room_;   ///< Never fires and is never set again (that would wake all who wait); cancelled for news.
  std::function<void()> on_too_slow_;
  websocket::close_reason close_reason_;
  std::chrono::steady_clock::time_point closing_since_{};
  bool is_open_ = false;
  bool is_closing_ = false;
};

}  // namespace

std::shared_ptr<BeastWire> BeastWire::make(net::io_context& loop, net::ip::tcp::socket socket, const LiveLimits& limits,
                                           std::function<void()> on_too_slow) {
  return std::make_shared<Implementation>(loop, std::move(socket), limits, std::move(on_too_slow));
}

}  // namespace witan::live
