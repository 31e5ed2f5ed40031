#include "gateway/http/connection.hpp"

#include <algorithm>
#include <array>
#include <ctime>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/status.hpp>
#include <boost/beast/http/string_body.hpp>

#include "gateway/http/command_sender.hpp"
#include "gateway/http/request_head.hpp"
#include "shared/base/log.hpp"

namespace witan::http {

namespace {

namespace beast = boost::beast;
using Parser = beast::http::request_parser<beast::http::string_body>;
constexpr auto k_tuple = net::as_tuple(net::use_awaitable);
/// Beyond the largest body that would have been taken: whoever sends more than that much too much sees a reset.
constexpr std::size_t k_drain_bytes_more = 1024 * 1024;
constexpr std::chrono::seconds k_drain_time{2};
/// Of a body that its handler did not want: browsers show an answer only once they have sent all.
constexpr std::size_t k_drain_left_bytes_max = 32 * 1024 * 1024;
constexpr std::chrono::seconds k_drain_left_time{60};
/// What a body that is sent piece by piece is given more time by: slower than a phone on its worst day.
constexpr std::uint64_t k_slowest_bytes_per_s = 64 * 1024;
constexpr const char* k_body_too_large = "It is more than can be sent at once. Nothing was changed.";

std::string http_date() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::array<char, 40> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &utc)};
}

/// Programs do not ask for a page, nor does the script of ours that sends a form.
bool wants_page(std::string_view accept) { return accept.find("text/html") != std::string_view::npos; }

/// Of a head that cannot be read: whether it came from somebody at a browser, and no more.
Request unread(std::string_view block, const std::string& remote) {
  Request request;
  request.path = "/";
  request.remote = remote;
  request.trace = new_trace();
  if (wants_page(block)) request.headers.emplace_back("accept", "text/html");
  return request;
}

bool is_plain(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

/// The head of an answer as text. Values with a line break in them are left out: they would be headers of their own.
std::string head_text(const Response& response, bool keep_alive) {
  std::string head = "HTTP/1.1 " + std::to_string(response.status) + ' ';
  const auto reason = beast::http::obsolete_reason(static_cast<beast::http::status>(response.status));
  head.append(reason.data(), reason.size());
  head += "\r\ndate: " + http_date() + "\r\n";
  for (const auto& [name, value] : response.headers) {
    if (is_plain(name) && is_plain(value)) head += name + ": " + value + "\r\n";
  }
  const bool has_body = response.status != 204 && response.status != 304;
  const auto size = response.pieces ? response.pieces->size : response.body.size();
  if (has_body) head += "content-length: " + std::to_string(size) + "\r\n";
  head += keep_alive ? "connection: keep-alive\r\n\r\n" : "connection: close\r\n\r\n";
  return head;
}

/// Cancels what the socket is doing when the time is over, and leaves it open so that the client can still be told
/// why (Beast's tcp_stream would close it).
class Deadline {
 public:
  explicit Deadline(net::ip::tcp::socket& socket) : timer_(socket.get_executor()), watch_(std::make_shared<Watch>(Watch{&socket})) {}
  ~Deadline() { watch_->socket = nullptr; }   // the timer's handler may be on its way
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;

  void after(std::chrono::milliseconds limit) {
    never();
    timer_.expires_after(limit);
    timer_.async_wait([watch = watch_, turn = watch_->turn](boost::system::error_code stopped) {
      if (stopped || !watch->socket || watch->turn != turn) return;
      watch->is_over = true;
      boost::system::error_code ignored;
      watch->socket->cancel(ignored);
    });
  }
  void never() {
    ++watch_->turn;
    watch_->is_over = false;
    timer_.cancel();
  }
  bool is_over() const { return watch_->is_over; }

 private:
  struct Watch {
    net::ip::tcp::socket* socket;
    std::uint64_t turn = 0;   ///< A handler of an earlier turn does nothing.
    bool is_over = false;
  };
  net::steady_timer timer_;
  std::shared_ptr<Watch> watch_;
};

/// One connection's reading and writing. Lives in the frame of `serve_connection`.
class Connection final : public OpenConnection {
 public:
  Connection(net::ip::tcp::socket socket, std::shared_ptr<ConnectionContext> context)
      : socket_(std::move(socket)), deadline_(socket_), context_(std::move(context)) {
    boost::system::error_code unknown;
    const auto peer = socket_.remote_endpoint(unknown);
    remote_ = unknown ? "" : peer.address().to_string();
    context_->open.insert(this);
  }
  ~Connection() override { context_->open.erase(this); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void close_if_idle() override {
    boost::system::error_code ignored;
    if (is_idle_) socket_.cancel(ignored);
  }

  net::awaitable<void> run() {
    while (co_await serve_one()) {
    }
    boost::system::error_code ignored;
    if (socket_.is_open()) socket_.shutdown(net::ip::tcp::socket::shutdown_send, ignored);
  }

 private:
  /// False when the connection ends.
  net::awaitable<bool> serve_one() {
    const auto block_size = co_await read_head_block();
    if (!block_size) co_return co_await refuse_broken();
    const std::string_view block(static_cast<const char*>(buffer_.cdata().data()), *block_size);
    auto head = read_request_head(block);
    if (!head) co_return co_await refuse(refusal(unread(block, remote_), head.error()), block.starts_with("HEAD "));
    head->request.remote = remote_;
    head->request.trace = new_trace();
    if (head->is_websocket_upgrade && context_->hooks.upgrade) {
      buffer_.consume(*block_size);
      co_return co_await hand_over(std::move(head->request));
    }
    const bool is_left = context_->hooks.leaves_body && head->content_length && context_->hooks.leaves_body(head->request);
    if (is_left) co_return co_await serve_with_body_left(std::move(*head), *block_size);
    if (!co_await read_body(*head, *block_size)) co_return co_await refuse_broken(std::move(head->request));
    const bool is_head = head->request.method == "HEAD";
    if (is_head) head->request.method = "GET";
    const bool keep_alive = head->request.keep_alive;
    auto response = co_await answer(std::move(head->request));
    co_return co_await write(std::move(response), keep_alive && !context_->is_stopping, is_head);
  }

  /// The handler takes the body, as much of it as it wants.
  net::awaitable<bool> serve_with_body_left(RequestHead head, std::size_t block_size) {
    buffer_.consume(block_size);
    BodyLeft body(*this, *head.content_length, head.expects_continue);
    head.request.source = &body;
    const bool keep_alive = head.request.keep_alive;
    auto response = co_await answer(std::move(head.request));
    if (body.left() == 0) co_return co_await write(std::move(response), keep_alive && !context_->is_stopping, false);
    co_return co_await refuse(std::move(response), false, k_drain_left_bytes_max, k_drain_left_time);
  }

  class BodyLeft final : public BodySource {
   public:
    BodyLeft(Connection& connection, std::uint64_t size, bool expects_continue)
        : connection_(connection), left_(size), expects_continue_(expects_continue), over_at_(Clock::now() + connection.context_->limits.pieces_time) {}

    std::uint64_t left() const override { return left_; }

    net::awaitable<Result<std::string>> read(std::size_t most) override {
      auto& socket = connection_.socket_;
      auto& buffer = connection_.buffer_;
      if (left_ == 0) co_return std::string();
      if (std::exchange(expects_continue_, false)) {
        static constexpr std::string_view k_continue = "HTTP/1.1 100 Continue\r\n\r\n";
        const auto [failed, count] = co_await net::async_write(socket, net::buffer(k_continue), k_tuple);
        if (failed) co_return gone();
      }
      const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(most, left_));
      if (buffer.size() == 0) {
        if (Clock::now() > over_at_) co_return reject(ErrorCode::request_timeout);
        connection_.deadline_.after(connection_.context_->limits.body_time);
        const auto [failed, count] = co_await socket.async_read_some(buffer.prepare(wanted), k_tuple);
        buffer.commit(count);
        const bool is_late = connection_.deadline_.is_over();
        connection_.deadline_.never();
        if (failed && is_late) co_return reject(ErrorCode::request_timeout);
        if (failed) co_return gone();
      }
      const auto size = std::min(wanted, buffer.size());
      std::string bytes(static_cast<const char*>(buffer.cdata().data()), size);
      buffer.consume(size);
      left_ -= size;
      co_return bytes;
    }

   private:
    using Clock = std::chrono::steady_clock;
    static Result<std::string> gone() { return reject(ErrorCode::invalid_request, "The connection ended before all had arrived."); }

    Connection& connection_;
    std::uint64_t left_;
    bool expects_continue_;
    Clock::time_point over_at_;
  };

  /// The size of the next request's head, or nothing with `problem_` set (unset when the client just left).
  net::awaitable<std::optional<std::size_t>> read_head_block() {
    problem_.reset();
    bool is_begun = buffer_.size() > 0;
    deadline_.after(is_begun ? context_->limits.header_time : context_->limits.idle_time);
    std::size_t searched = 0;
    for (;;) {
      const std::string_view data(static_cast<const char*>(buffer_.cdata().data()), buffer_.size());
      const auto end = data.find("\r\n\r\n", searched);
      if (end != std::string_view::npos && end + 4 <= context_->limits.header_bytes_max) co_return end + 4;
      if (data.size() >= context_->limits.header_bytes_max) {
        problem_ = Rejection{ErrorCode::header_too_large, {}, {}, {}};
        co_return std::nullopt;
      }
      if (has_bare_newline(data.substr(searched), searched)) {
        problem_ = Rejection{ErrorCode::invalid_request, "A line does not end with CR LF.", {}, {}};
        co_return std::nullopt;
      }
      searched = data.size() < 3 ? 0 : data.size() - 3;
      is_idle_ = !is_begun;
      const auto room = std::min<std::size_t>(4096, context_->limits.header_bytes_max - data.size());
      const auto [failed, count] = co_await socket_.async_read_some(buffer_.prepare(room), k_tuple);
      buffer_.commit(count);
      is_idle_ = false;
      if (failed) {
        if (deadline_.is_over() && is_begun) problem_ = Rejection{ErrorCode::request_timeout, {}, {}, {}};
        co_return std::nullopt;
      }
      if (!is_begun) deadline_.after(context_->limits.header_time);
      is_begun = true;
    }
  }

  static bool has_bare_newline(std::string_view part, std::size_t offset) {
    for (std::size_t i = 0; i < part.size(); ++i) {
      if (part[i] == '\n' && (i > 0 ? part[i - 1] != '\r' : offset == 0)) return true;
    }
    return false;
  }

  /// Reads the body into the request. False with `problem_` set when it cannot be had.
  net::awaitable<bool> read_body(RequestHead& head, std::size_t block_size) {
    problem_.reset();
    const auto most = context_->limits.body_bytes_max;
    if (head.content_length.value_or(0) > most) co_return fail(ErrorCode::too_large, k_body_too_large);
    if (!head.is_chunked && head.content_length.value_or(0) == 0) {
      buffer_.consume(block_size);
      co_return true;
    }
    deadline_.after(context_->limits.body_time);
    if (head.expects_continue) {
      static constexpr std::string_view k_continue = "HTTP/1.1 100 Continue\r\n\r\n";
      const auto [failed, count] = co_await net::async_write(socket_, net::buffer(k_continue), k_tuple);
      if (failed) co_return false;
    }
    Parser parser;
    parser.eager(true);
    parser.header_limit(static_cast<std::uint32_t>(context_->limits.header_bytes_max));
    parser.body_limit(most);
    const auto [failed, count] = co_await beast::http::async_read(socket_, buffer_, parser, k_tuple);
    if (failed == beast::http::error::body_limit) co_return fail(ErrorCode::too_large, k_body_too_large);
    if (deadline_.is_over()) co_return fail(ErrorCode::request_timeout);
    if (failed == net::error::eof || failed == beast::http::error::partial_message || failed == beast::http::error::end_of_stream) {
      co_return false;
    }
    if (failed) co_return fail(ErrorCode::invalid_request, "The body does not have the length or the chunks that it says.");
    head.request.body = std::move(parser.get().body());
    co_return true;
  }

  bool fail(ErrorCode code, std::string detail = {}) {
    problem_ = Rejection{code, std::move(detail), {}, {}};
    return false;
  }

  net::awaitable<Response> answer(Request request) {
    const auto trace = request.trace;
    try {
      deadline_.never();   // the handler has its own deadline
      co_return co_await context_->hooks.handler(std::move(request));
    } catch (const boost::system::system_error& error) {
      if (error.code() == net::error::operation_aborted) throw;
      log::error("http", "request failed", {{"trace", json::string(trace)}, {"reason", json::string(error.what())}});
    } catch (const std::exception& error) {
      log::error("http", "request failed", {{"trace", json::string(trace)}, {"reason", json::string(error.what())}});
    }
    co_return problem_response(Rejection{ErrorCode::internal, {}, {}, {}}, trace);
  }

  net::awaitable<bool> write(Response response, bool keep_alive, bool is_head) {
    add_security_headers(response, context_->reached);
    const auto head = head_text(response, keep_alive);
    const bool has_body = !is_head && response.status != 204 && response.status != 304;
    if (response.pieces && has_body) co_return co_await write_pieces(head, *response.pieces) && keep_alive;
    const std::array<net::const_buffer, 2> parts = {net::buffer(head),
                                                    has_body ? net::buffer(response.body) : net::const_buffer()};
    deadline_.after(context_->limits.write_time);
    const auto [failed, count] = co_await net::async_write(socket_, parts, k_tuple);
    co_return !failed && keep_alive;
  }

  /// Each piece is sent before the next is fetched.
  net::awaitable<bool> write_pieces(std::string text, const BodyPieces& pieces) {
    const std::chrono::seconds for_its_size{pieces.size / k_slowest_bytes_per_s};
    const auto over_at = std::chrono::steady_clock::now() + context_->limits.pieces_time + for_its_size;
    for (std::uint64_t sent = 0;;) {
      deadline_.after(context_->limits.write_time);
      const auto [failed, count] = co_await net::async_write(socket_, net::buffer(text), k_tuple);
      if (failed || std::chrono::steady_clock::now() > over_at) co_return false;
      if (sent == pieces.size) co_return true;
      deadline_.never();
      auto next = co_await pieces.from(sent);
      if (!next || next->empty() || next->size() > pieces.size - sent) co_return false;
      sent += next->size();
      text = std::move(*next);
    }
  }

  net::awaitable<bool> hand_over(Request request) {
    const auto trace = request.trace;
    if (buffer_.size() > 0) {
      co_return co_await refuse(problem_response(
          Rejection{ErrorCode::invalid_request, "Nothing may follow the handshake before its answer.", {}, {}}, trace));
    }
    deadline_.never();
    auto refused = co_await context_->hooks.upgrade(std::move(request), socket_);
    if (!refused) co_return false;
    co_return co_await refuse(std::move(*refused));
  }

  net::awaitable<bool> refuse_broken(Request request = {}) {
    if (!problem_) co_return false;
    co_return co_await refuse(refusal(request, *problem_));
  }

  Response refusal(const Request& request, const Rejection& rejection) const {
    if (context_->hooks.refusal && wants_page(request.header("accept"))) return context_->hooks.refusal(request, rejection);
    return problem_response(rejection, request.trace.empty() ? new_trace() : request.trace);
  }

  /// Answers and closes. What the client is still sending is read for a moment, else its kernel would throw the
  /// answer away with the reset connection.
  net::awaitable<bool> refuse(Response response, bool is_head = false) {
    co_return co_await refuse(std::move(response), is_head, context_->limits.body_bytes_max + k_drain_bytes_more, k_drain_time);
  }

  net::awaitable<bool> refuse(Response response, bool is_head, std::size_t drain_bytes_max, std::chrono::seconds drain_time) {
    co_await write(std::move(response), false, is_head);
    boost::system::error_code ignored;
    socket_.shutdown(net::ip::tcp::socket::shutdown_send, ignored);
    deadline_.after(drain_time);
    std::array<char, 16 * 1024> rest{};
    for (std::size_t drained = 0; drained < drain_bytes_max;) {
      const auto [failed, count] = co_await socket_.async_read_some(net::buffer(rest), k_tuple);
      if (failed) break;
      drained += count;
    }
    co_return false;
  }

  net::ip::tcp::socket socket_;
  Deadline deadline_;
  beast::flat_buffer buffer_;
  std::shared_ptr<ConnectionContext> context_;
  std::string remote_;
  bool is_idle_ = false;
  std::optional<Rejection> problem_;   ///< What the client is told before the connection closes.
};

}  // namespace

net::awaitable<void> serve_connection(net::ip::tcp::socket socket, std::shared_ptr<ConnectionContext> context) {
  Connection connection(std::move(socket), std::move(context));
  co_await connection.run();
}

}  // namespace witan::http
