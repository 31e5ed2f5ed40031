#include "shared/service/head_file.hpp"

#include <fstream>
#include <iterator>

#include "shared/contract/codec.hpp"

namespace witan::service {

bool HeadFile::is_past(const Position& now) const {
  const auto was = read();
  return was && was->epoch == now.epoch && was->version > now.version;
}

void HeadFile::keep(const Position& now) {
  if (kept_ && kept_->epoch == now.epoch && kept_->version == now.version) return;
  auto fresh = path_;
  fresh += ".new";
  std::ofstream out(fresh, std::ios::binary | std::ios::trunc);
  out << json::serialize(codec::encode(now));
  out.close();
  std::error_code failed;
  if (out) std::filesystem::rename(fresh, path_, failed);
  if (out && !failed) kept_ = now;
}

std::optional<Position> HeadFile::read() const {
  std::ifstream in(path_, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  boost::system::error_code failed;
  const auto parsed = json::parse(text, failed);
  if (failed) return std::nullopt;
  auto position = codec::decode<Position>(parsed);
  return position ? std::optional(std::move(*position)) : std::nullopt;
}

}  // namespace witan::service
