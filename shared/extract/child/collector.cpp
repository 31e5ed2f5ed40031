#include "shared/extract/child/collector.hpp"

namespace witan::extract {

bool Collector::add(std::string_view utf8) {
  if (is_cut_) return false;
  auto room = bytes_max_ - text_.size();
  if (utf8.size() > room) {
    is_cut_ = true;
    while (room > 0 && (static_cast<unsigned char>(utf8[room]) & 0xC0U) == 0x80U) --room;
    utf8 = utf8.substr(0, room);
  }
  text_.append(utf8);
  return !is_cut_;
}

}  // namespace witan::extract
