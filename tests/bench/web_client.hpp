#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include "shared/base/json.hpp"

/// A small HTTP client for the load generator: one kept-alive connection.
namespace witan::bench {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = net::ip::tcp;

struct Answer {
  int status = 0;
  std::string cookie;  ///< `name=value` of a Set-Cookie, if any.
  bool says_when_to_retry = false;
  json::value body;  ///< Null for what is no JSON.
  std::string text;
};

class WebClient {
 public:
  WebClient(net::any_io_executor executor, tcp::endpoint server, std::string cookie)
      : stream_(executor), server_(std::move(server)), cookie_(std::move(cookie)) {}

  net::awaitable<Answer> post(std::string path, json::value body) { return send(http::verb::post, std::move(path), json::serialize(body)); }
  net::awaitable<Answer> get(std::string path) { return send(http::verb::get, std::move(path), ""); }
  /// A page as a browser asks for it.
  net::awaitable<Answer> page(std::string path) { return send(http::verb::get, std::move(path), "", {{http::field::accept, "text/html"}}); }
  /// A piece of a file, as the script of a page sends it.
  net::awaitable<Answer> post_bytes(std::string path, std::string bytes, std::string csrf) {
    return send(http::verb::post, std::move(path), std::move(bytes), {{http::field::content_type, "application/octet-stream"}}, std::move(csrf));
  }
  /// Ends the session.
  net::awaitable<Answer> sign_out() { return send(http::verb::delete_, "/api/v1/sessions", ""); }

  const std::string& cookie() const { return cookie_; }

 private:
  net::awaitable<Answer> send(http::verb method, std::string path, std::string body, std::map<http::field, std::string> more = {}, std::string csrf = {}) {
    if (!stream_.socket().is_open()) {
      co_await stream_.async_connect(server_, net::use_awaitable);
      stream_.socket().set_option(tcp::no_delay(true));
    }
    http::request<http::string_body> request(method, path, 11);
    request.set(http::field::host, "127.0.0.1");
    request.set(http::field::origin, "http://127.0.0.1:" + std::to_string(server_.port()));
    request.set(http::field::content_type, "application/json");
    if (!cookie_.empty()) request.set(http::field::cookie, cookie_);
    for (const auto& [field, value] : more) request.set(field, value);
    if (!csrf.empty()) request.set("x-csrf-token", csrf);
    request.body() = std::move(body);
    request.prepare_payload();
    stream_.expires_after(std::chrono::seconds(20));
    co_await http::async_write(stream_, request, net::use_awaitable);
    http::response_parser<http::string_body> parser;
    parser.body_limit(64 * 1024 * 1024);
    co_await http::async_read(stream_, buffer_, parser, net::use_awaitable);
    auto response = parser.release();
    Answer answer;
    answer.status = static_cast<int>(response.result_int());
    const std::string set_cookie(response[http::field::set_cookie]);
    answer.cookie = set_cookie.substr(0, set_cookie.find(';'));
    answer.says_when_to_retry = response.count(http::field::retry_after) > 0;
    boost::system::error_code failed;
    if (response[http::field::content_type].find("json") != std::string_view::npos) answer.body = json::parse(response.body(), failed);
    answer.text = std::move(response.body());
    co_return answer;
  }

  beast::tcp_stream stream_;
  tcp::endpoint server_;
  std::string cookie_;
  beast::flat_buffer buffer_;
};

/// Figures in milliseconds.
struct Percentiles {
  explicit Percentiles(std::vector<double> samples);
  double at(double fraction) const;
  std::vector<double> sorted;
};

/// One line of bench.json. `required` says what the figure is held against, such as "<= 200"; empty: nothing is promised.
void report(const std::string& name, const std::string& unit, double value, const std::string& conditions,
            const std::string& required = {});

/// User and system time of a process so far, in microseconds.
double cpu_us(int pid);
/// Proportional set size of a process, in bytes.
double pss_bytes(int pid);
json::value read_json(const std::string& path);

}  // namespace witan::bench
