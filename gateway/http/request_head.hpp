#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/http/message.hpp"

/// The part of an HTTP request before its body, read strictly: whatever two readers could understand differently is
/// refused (RFC 9112, sections 2.2, 5.2 and 6.3).
namespace witan::http {

struct RequestHead {
  Request request;                              ///< Without body.
  std::optional<std::uint64_t> content_length;
  bool is_chunked = false;
  bool expects_continue = false;
  bool is_websocket_upgrade = false;
};

/// `block` ends with the empty line. `invalid_request` with what is wrong.
Result<RequestHead> read_request_head(std::string_view block);

/// Percent-decodes a path; nothing when it is not valid UTF-8, has a NUL or a broken escape.
std::optional<std::string> decode_path(std::string_view path);
bool is_utf8(std::string_view text);

}  // namespace witan::http
