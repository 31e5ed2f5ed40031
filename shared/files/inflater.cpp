#include <algorithm>
#include <stdexcept>

#include "shared/files/parts.hpp"

namespace witan::files {

namespace {

constexpr std::size_t k_piece_bytes = 64 * 1024;

}  // namespace

std::string piece(Source& file, std::uint64_t offset, std::size_t size) {
  std::string bytes(size, '\0');
  std::size_t had = 0;
  while (had < size) {
    const auto count = file.read(offset + had, bytes.data() + had, std::min(size - had, k_piece_bytes));
    if (count == 0) break;
    had += count;
  }
  bytes.resize(had);
  return bytes;
}

Inflater::Inflater(Wrapping wrapping) {
  const int window = wrapping == Wrapping::zlib ? MAX_WBITS : -MAX_WBITS;
  if (inflateInit2(&stream_, window) != Z_OK) throw std::runtime_error("no memory to unpack a file");
}

Inflater::~Inflater() { inflateEnd(&stream_); }

Inflater::Ended Inflater::run(Source& file, std::uint64_t offset, std::uint64_t size, const std::function<bool(std::string_view)>& take) {
  std::string unpacked(k_piece_bytes, '\0');
  for (std::uint64_t at = 0; at < size;) {
    auto packed = piece(file, offset + at, static_cast<std::size_t>(std::min<std::uint64_t>(size - at, k_piece_bytes)));
    if (packed.empty()) return Ended::cut_off;
    at += packed.size();
    stream_.next_in = reinterpret_cast<Bytef*>(packed.data());
    stream_.avail_in = static_cast<uInt>(packed.size());
    do {
      stream_.next_out = reinterpret_cast<Bytef*>(unpacked.data());
      stream_.avail_out = static_cast<uInt>(unpacked.size());
      const int state = inflate(&stream_, Z_NO_FLUSH);
      const auto count = unpacked.size() - stream_.avail_out;
      if (count > 0 && !take(std::string_view(unpacked).substr(0, count))) return Ended::stopped;
      if (state == Z_STREAM_END) return Ended::whole;
      if (state == Z_BUF_ERROR) break;  // it wants more
      if (state != Z_OK) return Ended::broken;
    } while (stream_.avail_in > 0 || stream_.avail_out == 0);
  }
  return Ended::cut_off;
}

}  // namespace witan::files
