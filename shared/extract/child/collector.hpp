#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace witan::extract {

/// A text that grows up to a bound, and is then cut between characters.
class Collector {
 public:
  explicit Collector(std::size_t bytes_max) : bytes_max_(bytes_max) {}

  /// Adds valid UTF-8. False: there was no room for all of it, and will not be.
  bool add(std::string_view utf8);
  bool is_cut() const { return is_cut_; }
  const std::string& text() const { return text_; }

 private:
  std::size_t bytes_max_;
  std::string text_;
  bool is_cut_ = false;
};

}  // namespace witan::extract
