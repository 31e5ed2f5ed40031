#include "gateway/http/static_assets.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <stdexcept>

#include "shared/crypto/crypto.hpp"

namespace witan::http {

namespace {

namespace fs = std::filesystem;
constexpr std::uintmax_t k_bytes_max = 64ULL * 1024 * 1024;

constexpr std::array<std::pair<std::string_view, std::string_view>, 13> k_types = {{
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".ico", "image/x-icon"},
    {".jpg", "image/jpeg"},
    {".webp", "image/webp"},
    {".woff2", "font/woff2"},
    {".json", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".txt", "text/plain; charset=utf-8"},
    {".html", "text/html; charset=utf-8"},
    {".map", "application/json"},
}};

std::string type_of(const fs::path& path) {
  const auto extension = path.extension().string();
  for (const auto& [known, type] : k_types) {
    if (known == extension) return std::string(type);
  }
  return "application/octet-stream";
}

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return {};
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// The bundler writes `name-<8 or more of A-Za-z0-9_->.ext`: the content never changes under such a name.
bool has_hash_in_name(const fs::path& path) {
  const auto stem = path.stem().string();
  const auto dash = stem.find('-');
  if (dash == std::string::npos) return false;
  const std::string_view tail = std::string_view(stem).substr(stem.size() - std::min<std::size_t>(stem.size(), 8));
  const auto is_hash_character = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == '-'; };
  const auto is_mixed = [](unsigned char c) { return std::isdigit(c) != 0 || std::isupper(c) != 0 || c == '_'; };
  return stem.size() > 9 && stem[stem.size() - 9] == '-' && std::all_of(tail.begin(), tail.end(), is_hash_character) &&
         std::any_of(tail.begin(), tail.end(), is_mixed);
}

/// Whether `coding` is accepted: named without `q=0`.
bool accepts(std::string_view header, std::string_view coding) {
  while (!header.empty()) {
    const auto comma = header.find(',');
    auto part = header.substr(0, comma);
    header = comma == std::string_view::npos ? std::string_view() : header.substr(comma + 1);
    while (!part.empty() && part.front() == ' ') part.remove_prefix(1);
    const auto name = part.substr(0, part.find_first_of("; "));
    if (name != coding) continue;
    const auto q = part.find("q=0");
    return q == std::string_view::npos || part.find_first_of("123456789", q + 3) != std::string_view::npos;
  }
  return false;
}

}  // namespace

StaticAssets::StaticAssets(const std::string& folder) {
  std::error_code absent;
  std::uintmax_t bytes = 0;
  for (fs::recursive_directory_iterator entry(folder, absent), end; !absent && entry != end; ++entry) {
    if (!entry->is_regular_file() || entry->is_symlink()) continue;
    const auto name = fs::relative(entry->path(), folder).generic_string();
    if (name.front() == '.' || name.find("/.") != std::string::npos) continue;
    bytes += entry->file_size();
    if (bytes > k_bytes_max) throw std::runtime_error("the static files in " + folder + " are larger than 64 MiB");
    const auto extension = entry->path().extension();
    if (extension == ".br" || extension == ".gz") continue;
    File file;
    file.plain = read_file(entry->path());
    file.brotli = read_file(entry->path().string() + ".br");
    file.gzip = read_file(entry->path().string() + ".gz");
    file.type = type_of(entry->path());
    file.tag = crypto::blake2b_text(file.plain).substr(0, 26);
    file.is_hashed = has_hash_in_name(entry->path());
    files_.emplace(name, std::move(file));
  }
}

Response StaticAssets::serve(const Request& request, const std::string& path) const {
  const auto found = files_.find(path);
  if (found == files_.end()) return problem_response(Rejection{ErrorCode::not_found, {}, {}, {}}, request.trace);
  if (request.method != "GET") {
    auto refused = problem_response(Rejection{ErrorCode::method_not_allowed, {}, {}, {}}, request.trace);
    refused.set("allow", "GET, HEAD");
    return refused;
  }
  const auto& file = found->second;
  const auto accepted = request.header("accept-encoding");
  Response response;
  const std::string* body = &file.plain;
  std::string tag = file.tag;
  if (!file.brotli.empty() && accepts(accepted, "br")) {
    body = &file.brotli;
    tag += "-br";
    response.set("content-encoding", "br");
  } else if (!file.gzip.empty() && accepts(accepted, "gzip")) {
    body = &file.gzip;
    tag += "-gz";
    response.set("content-encoding", "gzip");
  }
  response.set("content-type", file.type);
  response.set("vary", "accept-encoding");
  response.set("etag", '"' + tag + '"');
  response.set("cache-control", file.is_hashed ? "public, max-age=31536000, immutable" : "public, max-age=300");
  if (request.header("if-none-match") == '"' + tag + '"') response.status = 304;
  else response.body = *body;
  return response;
}

}  // namespace witan::http
