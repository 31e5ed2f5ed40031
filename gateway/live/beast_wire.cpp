#include "gateway/live/beast_wire.hpp"

#include <deque>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket/stream.hpp>

namespace witan::live {

namespace {

namespace beast = boost::beast;
namespace websocket = beast::websocket;
using Socket = net::basic_stream_socket<net::ip::tcp, net::io_context::executor_type>;
constexpr auto k_tuple = net::as_tuple(net::use_awaitable);
constexpr std::chrono::seconds k_handshake_time{10};
/// After our close frame the peer has so long to answer with its own.
constexpr std::chrono::seconds k_farewell_time{5};

class Implementation final : public BeastWire, public std::enable_shared_from_this<Implementation> {
 public:
  Implementation(net::io_context& loop, net::ip::tcp::socket socket, const LiveLimits& limits, std::function<void()> on_too_slow)
      : limits_(limits), stream_(adopt(loop, std::move(socket))), watchdog_(loop), room_(loop), on_too_slow_(std::move(on_too_slow)) {
    boost::system::error_code ignored;
    stream_.next_layer().set_option(net::socket_base::send_buffer_size(limits.send_buffer_bytes), ignored);
    websocket::stream_base::timeout times{k_handshake_time, limits.idle_time, true};
    stream_.set_option(times);
    stream_.read_message_max(limits.message_bytes_max);
    stream_.auto_fragment(false);
    stream_.text(true);
  }

  net::awaitable<void> run(http::Request handshake, std::function<void(std::string_view)> on_text) override {
    const auto self = shared_from_this();
    const auto request = to_beast(handshake);
    const auto [refused] = co_await stream_.async_accept(request, k_tuple);
    if (refused) co_return finish();
    is_open_ = true;
    flush();
    beast::flat_buffer buffer;
    for (;;) {
      const auto [failed, count] = co_await stream_.async_read(buffer, k_tuple);
      if (failed) break;   // also after a protocol error: Beast has sent RFC 6455's close code by then
      if (!stream_.got_text()) {
        close(CloseCode::unsupported_data, "only text frames are understood");
      } else {
        on_text(std::string_view(static_cast<const char*>(buffer.cdata().data()), buffer.size()));
      }
      buffer.consume(buffer.size());
    }
    finish();
  }

  void send(std::shared_ptr<const std::string> text) override {
    if (is_closing_) return;
    if (!queue_.empty() && queued_bytes_ + text->size() > limits_.queue_bytes_max) return give_up_on_slow_reader();
    queued_bytes_ += text->size();
    queue_.push_back(std::move(text));
    flush();
  }

  void close(CloseCode code, std::string reason) override {
    if (is_closing_) return;
    is_closing_ = true;
    close_reason_ = {static_cast<websocket::close_code>(code), reason};
    // The message being written stays: its frame has begun.
    while (queue_.size() > (is_writing_ ? 1U : 0U)) {
      queued_bytes_ -= queue_.back()->size();
      queue_.pop_back();
    }
    room_.cancel();
    flush();
    arm_watchdog(k_farewell_time);
  }

  bool is_closing() const override { return is_closing_; }

  net::awaitable<void> room() override {
    const auto self = shared_from_this();
    while (!is_closing_ && queued_bytes_ > limits_.queue_bytes_max / 2) {
      room_.expires_at(std::chrono::steady_clock::time_point::max());
      co_await room_.async_wait(k_tuple);
    }
  }

 private:
  static Socket adopt(net::io_context& loop, net::ip::tcp::socket socket) {
    const auto protocol = socket.local_endpoint().protocol();
    return Socket(loop.get_executor(), protocol, socket.release());
  }

  static beast::http::request<beast::http::empty_body> to_beast(const http::Request& handshake) {
    beast::http::request<beast::http::empty_body> request;
    request.version(11);
    request.method(beast::http::verb::get);
    request.target("/live");
    for (const auto& [name, value] : handshake.headers) request.insert(name, value);
    return request;
  }

  void flush() {
    if (!is_open_ || is_writing_) return;
    if (!queue_.empty()) {
      is_writing_ = true;
      arm_watchdog(limits_.stall_time);
      return stream_.async_write(net::buffer(*queue_.front()),
                                 [self = shared_from_this()](boost::system::error_code failed, std::size_t) { self->written(failed); });
    }
    if (!is_closing_ || is_close_sent_) return;
    is_close_sent_ = true;
    stream_.async_close(close_reason_, [self = shared_from_this()](boost::system::error_code) { self->finish(); });
  }

  void written(boost::system::error_code failed) {
    is_writing_ = false;
    if (failed || !is_open_) return finish();
    queued_bytes_ -= queue_.front()->size();
    queue_.pop_front();
    if (!is_closing_) watchdog_.cancel();
    if (queued_bytes_ <= limits_.queue_bytes_max / 2) room_.cancel();
    flush();
  }

  void give_up_on_slow_reader() {
    on_too_slow_();
    close(CloseCode::too_slow, "read too slowly; come back and resume");
  }

  /// Nobody waits for ever: first a stalled message closes the socket politely, then the socket is just closed.
  void arm_watchdog(std::chrono::milliseconds limit) {
    watchdog_.expires_after(limit);
    watchdog_.async_wait([weak = weak_from_this()](boost::system::error_code cancelled) {
      auto self = weak.lock();
      if (cancelled || !self) return;
      if (self->is_closing_) self->finish();
      else self->give_up_on_slow_reader();
    });
  }

  void finish() {
    is_closing_ = true;
    is_open_ = false;
    watchdog_.cancel();
    room_.cancel();
    boost::system::error_code ignored;
    stream_.next_layer().close(ignored);
  }

  LiveLimits limits_;
  websocket::stream<Socket, false> stream_;
  net::steady_timer watchdog_;
  net::steady_timer room_;
  std::function<void()> on_too_slow_;
  std::deque<std::shared_ptr<const std::string>> queue_;   ///< The front one is being written when `is_writing_`.
  std::size_t queued_bytes_ = 0;
  websocket::close_reason close_reason_;
  bool is_open_ = false;
  bool is_writing_ = false;
  bool is_closing_ = false;
  bool is_close_sent_ = false;
};

}  // namespace

std::shared_ptr<BeastWire> BeastWire::make(net::io_context& loop, net::ip::tcp::socket socket, const LiveLimits& limits,
                                           std::function<void()> on_too_slow) {
  return std::make_shared<Implementation>(loop, std::move(socket), limits, std::move(on_too_slow));
}

}  // namespace witan::live
