#include "gateway/http/request_head.hpp"

#include <algorithm>
#include <charconv>

namespace witan::http {

namespace {

std::unexpected<Rejection> bad(std::string detail) { return reject(ErrorCode::invalid_request, std::move(detail)); }

bool is_token_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_token_character);
}

bool is_field_value(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
  });
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// True when the comma-separated list has `word`, in any case.
bool lists(std::string_view value, std::string_view word) {
  while (!value.empty()) {
    const auto comma = value.find(',');
    if (lower(trimmed(value.substr(0, comma))) == word) return true;
    value = comma == std::string_view::npos ? std::string_view() : value.substr(comma + 1);
  }
  return false;
}

/// Cuts the next line off `rest`; nothing when it does not end with CR LF or has a stray CR inside.
std::optional<std::string_view> next_line(std::string_view& rest) {
  const auto newline = rest.find('\n');
  if (newline == std::string_view::npos || newline == 0 || rest[newline - 1] != '\r') return std::nullopt;
  const auto line = rest.substr(0, newline - 1);
  rest.remove_prefix(newline + 1);
  if (line.find('\r') != std::string_view::npos) return std::nullopt;
  return line;
}

Result<void> read_target(std::string_view target, Request& request) {
  // A proxy may send the absolute form; its authority says nothing that Host does not.
  for (std::string_view scheme : {"http://", "https://"}) {
    if (!target.starts_with(scheme)) continue;
    const auto slash = target.find('/', scheme.size());
    target = slash == std::string_view::npos ? std::string_view("/") : target.substr(slash);
  }
  if (target.empty() || target.front() != '/' || target.find('#') != std::string_view::npos) {
    return bad("The address in the request line is not a path.");
  }
  const auto question = target.find('?');
  auto path = decode_path(target.substr(0, question));
  if (!path) return bad("The address in the request line is not valid.");
  request.path = std::move(*path);
  if (question != std::string_view::npos) request.query = target.substr(question + 1);
  return {};
}

Result<void> read_request_line(std::string_view line, Request& request, bool& is_version_1_1) {
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) return bad("The request line is not valid.");
  const auto version = line.substr(last + 1);
  if (version != "HTTP/1.1" && version != "HTTP/1.0") return bad("Only HTTP/1.1 and HTTP/1.0 are spoken here.");
  is_version_1_1 = version == "HTTP/1.1";
  request.method = line.substr(0, first);
  const auto target = line.substr(first + 1, last - first - 1);
  const bool is_clean = std::none_of(target.begin(), target.end(), [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7f;
  });
  if (!is_token(request.method) || !is_clean) return bad("The request line is not valid.");
  return read_target(target, request);
}

Result<void> read_content_length(std::string_view value, RequestHead& head) {
  std::uint64_t length = 0;
  const auto* end = value.data() + value.size();
  const auto [stopped, failed] = std::from_chars(value.data(), end, length);
  const bool is_digits = !value.empty() && std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!is_digits || failed != std::errc() || stopped != end) return bad("Content-Length is not a number.");
  if (head.content_length) return bad("There is more than one Content-Length.");
  head.content_length = length;
  return {};
}

Result<void> read_field(std::string_view line, RequestHead& head) {
  if (line.front() == ' ' || line.front() == '\t') return bad("A header is folded over two lines.");
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) return bad("A header's name is not valid.");
  const auto value = trimmed(line.substr(colon + 1));
  if (!is_field_value(value)) return bad("A header's value is not valid.");
  auto name = lower(line.substr(0, colon));
  if (name == "content-length") {
    if (auto read = read_content_length(value, head); !read) return read;
  } else if (name == "transfer-encoding") {
    if (head.is_chunked || lower(value) != "chunked") return bad("Only the transfer coding chunked is understood.");
    head.is_chunked = true;
  }
  head.request.headers.emplace_back(std::move(name), std::string(value));
  return {};
}

Result<void> check_framing(const RequestHead& head, bool is_version_1_1) {
  if (head.is_chunked && head.content_length) return bad("A request has either Content-Length or Transfer-Encoding.");
  if (head.is_chunked && !is_version_1_1) return bad("HTTP/1.0 has no Transfer-Encoding.");
  const auto count = [&](std::string_view name) {
    return std::count_if(head.request.headers.begin(), head.request.headers.end(),
                         [&](const auto& header) { return header.first == name; });
  };
  const auto hosts = count("host");
  if (hosts > 1 || (hosts == 0 && is_version_1_1)) return bad("A request has exactly one Host.");
  // By these is decided who may do what; a proxy could go by the one and this gateway by the other.
  for (const std::string_view name : {"origin", "sec-fetch-site", "authorization", "content-type"}) {
    if (count(name) > 1) return bad("There is more than one " + std::string(name) + ".");
  }
  return {};
}

}  // namespace

Result<RequestHead> read_request_head(std::string_view block) {
  RequestHead head;
  bool is_version_1_1 = false;
  auto line = next_line(block);
  if (!line) return bad("A line does not end with CR LF.");
  if (auto read = read_request_line(*line, head.request, is_version_1_1); !read) return std::unexpected(read.error());
  for (line = next_line(block); line && !line->empty(); line = next_line(block)) {
    if (auto read = read_field(*line, head); !read) return std::unexpected(read.error());
  }
  if (!line) return bad("A line does not end with CR LF.");
  if (auto framed = check_framing(head, is_version_1_1); !framed) return std::unexpected(framed.error());
  const auto connection = head.request.header("connection");
  head.request.keep_alive = is_version_1_1 ? !lists(connection, "close") : lists(connection, "keep-alive");
  head.expects_continue = lower(head.request.header("expect")) == "100-continue";
  head.is_websocket_upgrade = head.request.method == "GET" && is_version_1_1 && lists(connection, "upgrade") &&
                              lists(head.request.header("upgrade"), "websocket");
  return head;
}

std::optional<std::string> decode_path(std::string_view path) {
  std::string decoded;
  decoded.reserve(path.size());
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (path[i] != '%') {
      decoded += path[i];
      continue;
    }
    unsigned byte = 0;
    if (i + 2 >= path.size()) return std::nullopt;
    const auto* end = path.data() + i + 3;
    if (std::from_chars(path.data() + i + 1, end, byte, 16).ptr != end || byte == 0) return std::nullopt;
    decoded += static_cast<char>(byte);
    i += 2;
  }
  if (!is_utf8(decoded)) return std::nullopt;
  return decoded;
}

bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80 ? 1 : (lead & 0xe0U) == 0xc0 ? 2 : (lead & 0xf0U) == 0xe0 ? 3 : (lead & 0xf8U) == 0xf0 ? 4 : 0;
    if (length == 0 || i + length > text.size()) return false;
    std::uint32_t point = length == 1 ? lead : lead & (0xffU >> (length + 1));
    for (std::size_t k = 1; k < length; ++k) {
      const auto next = static_cast<unsigned char>(text[i + k]);
      if ((next & 0xc0U) != 0x80) return false;
      point = (point << 6U) | (next & 0x3fU);
    }
    // Overlong forms, surrogates and what lies beyond Unicode.
    static constexpr std::uint32_t k_least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (point < k_least[length] || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return false;
    i += length;
  }
  return true;
}

}  // namespace witan::http
