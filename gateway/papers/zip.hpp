#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// The records of a ZIP file (PKWARE APPNOTE.TXT 6.3.10) whose entries are stored as they are, in the order in which they come: what is in a pack is
/// compressed already. Sizes are known before the bytes are, checksums after them, so a checksum follows its entry.
namespace witan::papers {

struct ZipEntry {
  std::string name;          ///< In UTF-8.
  std::uint64_t bytes = 0;   ///< Less than 4 GiB.
  std::uint64_t offset = 0;  ///< Where its header begins.
  std::uint32_t crc = 0;     ///< CRC-32 of the bytes (ISO 3309).
};

/// Before the bytes of the entry,
std::string zip_header(const ZipEntry& entry);
/// after them,
std::string zip_descriptor(const ZipEntry& entry);
/// and after all of them. As long whatever the checksums are.
std::string zip_directory(const std::vector<ZipEntry>& entries, std::uint64_t offset);

/// The checksum with more bytes after those of `crc`; 0 of none.
std::uint32_t crc32_of(std::string_view bytes, std::uint32_t crc);

/// The name of a file on any computer: no path, nothing that a system takes for something else, at most `bytes_max` bytes of UTF-8.
std::string safe_file_name(std::string_view text, std::size_t bytes_max);

}  // namespace witan::papers
