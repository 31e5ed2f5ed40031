#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "shared/contract/result.hpp"

/// HTTP as the rest of the gateway sees it: plain values, no Beast type. Bodies are bounded before they get here.
namespace witan::http {

/// The body of a request that is not read before it is answered: it may be too large for memory, or not be wanted.
class BodySource {
 public:
  virtual ~BodySource() = default;
  /// The next bytes, at most `most`; empty once there are no more. `request_timeout`, or `invalid_request` when the client is gone.
  virtual boost::asio::awaitable<Result<std::string>> read(std::size_t most) = 0;
  virtual std::uint64_t left() const = 0;
};

/// A body that is sent piece by piece, so that it is never in memory whole.
struct BodyPieces {
  std::uint64_t size = 0;
  /// The bytes from there on, some of them; none, or an error, breaks the connection, and the client sees that it has not got all.
  std::function<boost::asio::awaitable<Result<std::string>>(std::uint64_t offset)> from;
};

struct Request {
  std::string method;      ///< `GET`
  std::string path;        ///< Decoded, without the query: `/meetings/7f…`
  std::string query;       ///< As sent, without the `?`.
  std::vector<std::pair<std::string, std::string>> headers;  ///< Names in lower case.
  std::string body;
  BodySource* source = nullptr;  ///< Where the body is to be had, if it has not been read; valid until the request is answered.
  std::string remote;      ///< The client's address.
  std::string trace;       ///< Made when the request arrived.
  bool keep_alive = true;

  std::string_view header(std::string_view lower_case_name) const;
  /// The value of a cookie, or empty.
  std::string_view cookie(std::string_view name) const;
};

struct Response {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::optional<BodyPieces> pieces = {};  ///< In place of `body`.

  void set(std::string name, std::string value) { headers.emplace_back(std::move(name), std::move(value)); }
};

/// `a=1&b=two` with percent and plus decoding; repeated names stay in order.
std::vector<std::pair<std::string, std::string>> parse_form(std::string_view encoded);
std::string percent_encode(std::string_view text);
/// A path on this site to send a person back to: begins with one slash, no scheme, no host, no control characters.
bool is_local_path(std::string_view path);

Response json_response(int status, const json::value& body);
Response problem_response(const Rejection& rejection, std::string_view trace);
/// 303: after a form post.
Response see_other(std::string location);

}  // namespace witan::http
