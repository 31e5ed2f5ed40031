#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <string>
#include <string_view>

#include <zlib.h>

#include "shared/files/check.hpp"

/// For `shared/files` itself.
namespace witan::files {

using Checked = std::expected<void, Fault>;

Checked check_pdf(Source& file);
Checked check_docx(Source& file);

/// `size` bytes from `offset`, fewer where the file ends. For short pieces.
std::string piece(Source& file, std::uint64_t offset, std::size_t size);

/// Unpacks what was packed by deflate, in pieces.
class Inflater {
 public:
  enum class Wrapping { none, zlib };
  enum class Ended { whole, broken, cut_off, stopped };
  explicit Inflater(Wrapping wrapping);
  ~Inflater();
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  /// Unpacks from `offset`, reading no more than `size` bytes, until the packed data ends or `take` says false.
  Ended run(Source& file, std::uint64_t offset, std::uint64_t size, const std::function<bool(std::string_view)>& take);
  /// How many packed bytes were used.
  std::uint64_t used() const { return stream_.total_in; }

 private:
  z_stream stream_{};
};

}  // namespace witan::files
