#include "gateway/papers/zip.hpp"

#include <zlib.h>

#include <algorithm>
#include <initializer_list>

namespace witan::papers {

namespace {

constexpr std::uint64_t k_16_max = 0xffff, k_32_max = 0xffffffff;
constexpr std::uint16_t k_version = 20, k_version_64 = 45;
constexpr std::uint16_t k_flags = (1U << 3) | (1U << 11);  // a descriptor follows; the name is in UTF-8
constexpr std::uint16_t k_stored = 0;
constexpr std::uint16_t k_made_on_unix = 3U << 8;         // so that nothing takes the names for those of MS-DOS,
constexpr std::uint32_t k_plain_file = 0100644U << 16;   // and this for a mode: to be read by everybody
constexpr std::uint16_t k_midnight = 0, k_first_of_1980 = (1U << 5) | 1;  // the earliest that there is: files say themselves of when they are

/// Little-endian.
void put(std::string& to, std::uint64_t value, int bytes) {
  for (int n = 0; n < bytes; ++n) to += static_cast<char>(value >> (8 * n) & 0xff);
}
void put_16(std::string& to, std::initializer_list<std::uint64_t> values) {
  for (const auto value : values) put(to, value, 2);
}
void put_32(std::string& to, std::initializer_list<std::uint64_t> values) {
  for (const auto value : values) put(to, value, 4);
}
void put_64(std::string& to, std::initializer_list<std::uint64_t> values) {
  for (const auto value : values) put(to, value, 8);
}

std::string directory_entry(const ZipEntry& entry) {
  const bool is_far = entry.offset >= k_32_max;
  std::string extra;
  if (is_far) put_16(extra, {1, 8}), put_64(extra, {entry.offset});
  std::string record = "PK\x01\x02";
  const auto version = is_far ? k_version_64 : k_version;
  put_16(record, {std::uint64_t{k_made_on_unix} | version, version, k_flags, k_stored, k_midnight, k_first_of_1980});
  put_32(record, {entry.crc, entry.bytes, entry.bytes});
  put_16(record, {entry.name.size(), extra.size(), 0, 0, 0});
  put_32(record, {k_plain_file, is_far ? k_32_max : entry.offset});
  return record + entry.name + extra;
}

bool is_safe(char c) {
  const auto byte = static_cast<unsigned char>(c);
  constexpr std::string_view k_taken = "/\\:*?\"<>|";
  return byte >= 0x20 && byte != 0x7f && k_taken.find(c) == std::string_view::npos;
}

}  // namespace

std::string zip_header(const ZipEntry& entry) {
  std::string record = "PK\x03\x04";
  put_16(record, {k_version, k_flags, k_stored, k_midnight, k_first_of_1980});
  put_32(record, {0, 0, 0});  // they stand in the descriptor
  put_16(record, {entry.name.size(), 0});
  return record + entry.name;
}

std::string zip_descriptor(const ZipEntry& entry) {
  std::string record = "PK\x07\x08";
  put_32(record, {entry.crc, entry.bytes, entry.bytes});
  return record;
}

std::string zip_directory(const std::vector<ZipEntry>& entries, std::uint64_t offset) {
  std::string records;
  for (const auto& entry : entries) records += directory_entry(entry);
  const auto size = records.size();
  if (offset >= k_32_max || entries.size() >= k_16_max) {
    const auto end_64 = offset + size;
    records += "PK\x06\x06";
    put_64(records, {44});
    put_16(records, {k_version_64, k_version_64});
    put_32(records, {0, 0});
    put_64(records, {entries.size(), entries.size(), size, offset});
    records += "PK\x06\x07";
    put_32(records, {0});
    put_64(records, {end_64});
    put_32(records, {1});
  }
  const auto count = std::min<std::uint64_t>(entries.size(), k_16_max);
  records += "PK\x05\x06";
  put_16(records, {0, 0, count, count});
  put_32(records, {size, std::min(offset, k_32_max)});
  put_16(records, {0});
  return records;
}

std::uint32_t crc32_of(std::string_view bytes, std::uint32_t crc) {
  return static_cast<std::uint32_t>(::crc32_z(crc, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()));
}

std::string safe_file_name(std::string_view text, std::size_t bytes_max) {
  std::string name;
  for (const char c : text) name += is_safe(c) ? c : '-';
  if (name.size() > bytes_max) {
    auto end = bytes_max;
    while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xc0) == 0x80) --end;  // not within a letter
    name.resize(end);
  }
  const auto is_edge = [](char c) { return c == ' ' || c == '.'; };
  name.erase(std::find_if_not(name.rbegin(), name.rend(), is_edge).base(), name.end());
  name.erase(name.begin(), std::find_if_not(name.begin(), name.end(), is_edge));
  return name;
}

}  // namespace witan::papers
