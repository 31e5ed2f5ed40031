#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/contract/result.hpp"

/// HTTP as the rest of the gateway sees it: plain values, no Beast type. Bodies are bounded before they get here.
namespace witan::http {

struct Request {
  std::string method;      ///< `GET`
  std::string path;        ///< Decoded, without the query: `/meetings/7f…`
  std::string query;       ///< As sent, without the `?`.
  std::vector<std::pair<std::string, std::string>> headers;  ///< Names in lower case.
  std::string body;
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
