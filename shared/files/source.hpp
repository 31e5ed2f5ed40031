#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

/// Files that people hand in, judged by what they contain.
namespace witan::files {

/// Bytes that can be read from anywhere, such as the chunks of an upload. So that a large file need never be in memory
/// whole, nobody asks for more than 64 KiB at once. Not thread-safe.
class Source {
 public:
  virtual ~Source() = default;
  virtual std::uint64_t size() const = 0;
  /// Reads up to `size` bytes from `offset` on; fewer only where the file ends. May throw what the storage throws.
  virtual std::size_t read(std::uint64_t offset, char* to, std::size_t size) = 0;
};

/// Bytes in memory, which outlive it.
class BytesSource final : public Source {
 public:
  explicit BytesSource(std::string_view bytes) : bytes_(bytes) {}
  std::uint64_t size() const override { return bytes_.size(); }
  std::size_t read(std::uint64_t offset, char* to, std::size_t size) override {
    if (offset >= bytes_.size()) return 0;
    return bytes_.copy(to, size, offset);
  }

 private:
  std::string_view bytes_;
};

}  // namespace witan::files
