#include "gateway/papers/multipart.hpp"

#include <algorithm>

namespace witan::papers {

namespace {

constexpr std::size_t k_read_bytes = 64 * 1024;
constexpr std::size_t k_headers_bytes_max = 4 * 1024;
constexpr std::size_t k_boundary_max = 70;  // RFC 2046, section 5.1.1

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return result;
}

/// What browsers write as %22, %0D and %0A in names (HTML, "multipart/form-data encoding algorithm").
std::string without_escapes(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto code = text.substr(at, 3);
    const bool is_code = code == "%22" || code == "%0D" || code == "%0A";
    result += is_code ? (code == "%22" ? '"' : ' ') : text[at];
    if (is_code) at += 2;
  }
  return result;
}

/// The parameter in `; name="…"`.
std::optional<std::string> parameter(std::string_view header, std::string_view name) {
  const auto mark = "; " + std::string(name) + "=\"";
  const auto at = header.find(mark);
  if (at == std::string_view::npos) return std::nullopt;
  const auto begin = at + mark.size();
  const auto end = header.find('"', begin);
  if (end == std::string_view::npos) return std::nullopt;
  return without_escapes(header.substr(begin, end - begin));
}

std::unexpected<Rejection> no_form() { return reject(ErrorCode::invalid_request, "This is not a form as browsers send it, or its end is missing."); }

/// `headers` ends with a line break.
Result<MultipartReader::Part> part_of(std::string_view headers) {
  static constexpr std::string_view k_disposition = "content-disposition: form-data";
  while (!headers.empty()) {
    const auto end = headers.find("\r\n");
    if (end == std::string_view::npos) break;
    const auto line = headers.substr(0, end);
    headers.remove_prefix(end + 2);
    if (!lower(line.substr(0, k_disposition.size())).starts_with(k_disposition)) continue;
    auto name = parameter(line, "name");
    if (!name) break;
    return MultipartReader::Part{std::move(*name), parameter(line, "filename")};
  }
  return no_form();
}

}  // namespace

std::optional<std::string> boundary_of(std::string_view content_type) {
  static constexpr std::string_view k_type = "multipart/form-data;", k_boundary = "boundary=";
  if (!lower(content_type.substr(0, k_type.size())).starts_with(k_type)) return std::nullopt;
  const auto at = content_type.find(k_boundary);
  if (at == std::string_view::npos) return std::nullopt;
  auto boundary = content_type.substr(at + k_boundary.size());
  boundary = boundary.substr(0, boundary.find(';'));
  if (boundary.size() >= 2 && boundary.front() == '"' && boundary.back() == '"') boundary = boundary.substr(1, boundary.size() - 2);
  if (boundary.empty() || boundary.size() > k_boundary_max) return std::nullopt;
  return std::string(boundary);
}

net::awaitable<Result<bool>> MultipartReader::more() {
  auto bytes = co_await source_.read(k_read_bytes);
  if (!bytes) co_return std::unexpected(std::move(bytes.error()));
  text_ += *bytes;
  co_return !bytes->empty();
}

net::awaitable<Result<std::optional<MultipartReader::Part>>> MultipartReader::next() {
  while (is_in_part_) {
    auto skipped = co_await read();
    if (!skipped) co_return std::unexpected(std::move(skipped.error()));
  }
  std::size_t end = std::string::npos;
  const auto is_end = [&] { return text_.size() >= delimiter_.size() + 2 && std::string_view(text_).substr(delimiter_.size(), 2) == "--"; };
  while (!is_end() && (end = text_.find("\r\n\r\n", delimiter_.size())) == std::string::npos) {
    if (text_.size() > k_headers_bytes_max) co_return no_form();
    const auto read = co_await more();
    if (!read) co_return std::unexpected(read.error());
    if (!*read) co_return no_form();
  }
  if (!text_.starts_with(delimiter_)) co_return no_form();
  if (is_end()) co_return std::optional<Part>();
  const auto first = delimiter_.size();
  if (std::string_view(text_).substr(first, 2) != "\r\n") co_return no_form();
  auto part = part_of(std::string_view(text_).substr(first + 2, end - first));
  if (!part) co_return std::unexpected(std::move(part.error()));
  text_.erase(0, end + 4);
  is_in_part_ = true;
  co_return std::optional(std::move(*part));
}

net::awaitable<Result<std::string>> MultipartReader::read() {
  while (is_in_part_) {
    const auto found = text_.find(delimiter_);
    // The last bytes may be the beginning of a delimiter.
    const auto sure = found != std::string::npos ? found : text_.size() - std::min(text_.size(), delimiter_.size() - 1);
    if (sure > 0) {
      auto bytes = text_.substr(0, sure);
      text_.erase(0, sure);
      co_return bytes;
    }
    if (found == 0) {
      is_in_part_ = false;
      break;
    }
    const auto read = co_await more();
    if (!read) co_return std::unexpected(read.error());
    if (!*read) co_return no_form();
  }
  co_return std::string();
}

net::awaitable<Result<std::string>> MultipartReader::read_text(std::size_t most) {
  std::string text;
  for (;;) {
    auto bytes = co_await read();
    if (!bytes) co_return bytes;
    if (bytes->empty()) co_return text;
    text += *bytes;
    if (text.size() > most) co_return reject(ErrorCode::too_large, "A field of the form is too long.");
  }
}

std::int64_t MultipartReader::length_if_last() const {
  const auto left = static_cast<std::int64_t>(text_.size() + source_.left());
  return left - static_cast<std::int64_t>(delimiter_.size()) - 4;  // "--" and the line break after it
}

}  // namespace witan::papers
