#include "services/consultations/domain/words.hpp"

#include <algorithm>

#include "shared/anchors/characters.hpp"

namespace witan::consultations {

namespace {

constexpr std::size_t k_shown_max = 300;  // code points

bool is_compared(char32_t folded) {
  const auto kind = anchors::kind_of(folded);
  return kind != anchors::Kind::space && kind != anchors::Kind::unseen;
}

std::u32string compared(std::string_view utf8) {
  std::u32string result;
  for (const auto point : anchors::code_points(utf8)) {
    if (const auto folded = anchors::folded(point); is_compared(folded)) result += folded;
  }
  return result;
}

/// For each length of a beginning of `words`, the longest shorter one that it ends with.
std::vector<std::size_t> borders_of(const std::u32string& words) {
  std::vector<std::size_t> borders(words.size() + 1, 0);
  for (std::size_t end = 1, border = 0; end < words.size(); ++end) {
    while (border > 0 && words[border] != words[end]) border = borders[border];
    if (words[border] == words[end]) ++border;
    borders[end + 1] = border;
  }
  return borders;
}

}  // namespace

ReadText::ReadText(std::string_view text) : points_(anchors::code_points(text)) {
  for (std::size_t place = 0; place < points_.size(); ++place) {
    const auto folded = anchors::folded(points_[place]);
    if (!is_compared(folded)) continue;
    compared_ += folded;
    places_.push_back(place);
  }
}

std::vector<Place> ReadText::places_of(std::string_view words) const {
  std::vector<Place> found;
  const auto wanted = compared(words);
  if (wanted.empty()) return found;
  const auto borders = borders_of(wanted);
  for (std::size_t at = 0, alike = 0; at < compared_.size(); ++at) {
    while (alike > 0 && wanted[alike] != compared_[at]) alike = borders[alike];
    if (wanted[alike] == compared_[at]) ++alike;
    if (alike < wanted.size()) continue;
    const auto from = at + 1 - wanted.size();
    found.push_back({{static_cast<std::int64_t>(places_[from]), static_cast<std::int64_t>(places_[at] - places_[from] + 1)},
                     {static_cast<std::int64_t>(from), static_cast<std::int64_t>(at + 1)}});
    alike = borders[alike];
  }
  return found;
}

Mark ReadText::mark_of(const Range& range) const {
  const auto count_before = [&](std::int64_t place) { return std::ranges::lower_bound(places_, static_cast<std::size_t>(place)) - places_.begin(); };
  return {count_before(range.start), count_before(range.start + range.length)};
}

bool ReadText::is_all_of(const Range& range) const {
  const auto mark = mark_of(range);
  return mark.from == 0 && mark.to == static_cast<std::int64_t>(places_.size());
}

std::string ReadText::words_of(const Range& range) const {
  const auto start = std::min(static_cast<std::size_t>(range.start), points_.size());
  return anchors::utf8(std::u32string_view(points_).substr(start, range.is_whole() ? points_.size() : static_cast<std::size_t>(range.length)));
}

std::string beginning_of(const std::string& words) {
  const auto points = anchors::code_points(words);
  return points.size() <= k_shown_max ? words : anchors::utf8(std::u32string_view(points).substr(0, k_shown_max)) + "…";
}

}  // namespace witan::consultations
