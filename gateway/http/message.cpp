#include "gateway/http/message.hpp"

#include <algorithm>
#include <cstdint>

namespace witan::http {

namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string decode_form_text(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      decoded += ' ';
    } else if (text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0) {
      decoded += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
    } else {
      decoded += text[i];
    }
  }
  return decoded;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

}  // namespace

std::string_view Request::header(std::string_view lower_case_name) const {
  for (const auto& [name, value] : headers) {
    if (name == lower_case_name) return value;
  }
  return {};
}

std::string_view Request::cookie(std::string_view name) const {
  for (const auto& [header_name, value] : headers) {
    if (header_name != "cookie") continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      const auto semicolon = rest.find(';');
      const auto pair = trimmed(rest.substr(0, semicolon));
      rest = semicolon == std::string_view::npos ? std::string_view() : rest.substr(semicolon + 1);
      const auto equals = pair.find('=');
      if (equals != std::string_view::npos && pair.substr(0, equals) == name) return pair.substr(equals + 1);
    }
  }
  return {};
}

std::vector<std::pair<std::string, std::string>> parse_form(std::string_view encoded) {
  std::vector<std::pair<std::string, std::string>> fields;
  while (!encoded.empty()) {
    const auto ampersand = encoded.find('&');
    const auto field = encoded.substr(0, ampersand);
    encoded = ampersand == std::string_view::npos ? std::string_view() : encoded.substr(ampersand + 1);
    if (field.empty()) continue;
    const auto equals = field.find('=');
    const auto value = equals == std::string_view::npos ? std::string_view() : field.substr(equals + 1);
    fields.emplace_back(decode_form_text(field.substr(0, equals)), decode_form_text(value));
  }
  return fields;
}

std::string percent_encode(std::string_view text) {
  static constexpr std::string_view k_hex = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size());
  for (char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~").find(c) != std::string_view::npos;
    if (plain) {
      encoded += c;
    } else {
      const auto byte = static_cast<std::uint8_t>(c);
      encoded += '%';
      encoded += k_hex[byte >> 4U];
      encoded += k_hex[byte & 15U];
    }
  }
  return encoded;
}

bool is_local_path(std::string_view path) {
  // Browsers read a backslash as a slash, so `/\elsewhere.example` leaves the site as `//elsewhere.example` does.
  if (path.empty() || path.front() != '/' || path.size() > 2000) return false;
  if (path.size() > 1 && path[1] == '/') return false;
  return std::none_of(path.begin(), path.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '\\';
  });
}

Response json_response(int status, const json::value& body) {
  Response response;
  response.status = status;
  response.set("content-type", "application/json");
  response.set("cache-control", "no-store");
  response.body = json::serialize(body);
  return response;
}

Response problem_response(const Rejection& rejection, std::string_view trace) {
  Response response;
  response.status = info(rejection.code).status;
  response.set("content-type", "application/problem+json");
  response.set("cache-control", "no-store");
  if (response.status == 429 || response.status == 503) {
    const auto seconds = int_at(rejection.extra, "retry_after_s", 1);
    response.set("retry-after", std::to_string(seconds));
  }
  if (response.status == 401) response.set("www-authenticate", "Bearer realm=\"witan\"");
  response.body = json::serialize(to_problem(rejection, trace));
  return response;
}

Response see_other(std::string location) {
  Response response;
  response.status = 303;
  response.set("location", std::move(location));
  response.set("cache-control", "no-store");
  return response;
}

}  // namespace witan::http
