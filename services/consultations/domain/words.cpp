#include "services/consultations/domain/words.hpp"

#include <algorithm>

#include "shared/anchors/anchors.hpp"
#include "shared/anchors/characters.hpp"

namespace witan::consultations {

namespace {

constexpr std::size_t k_shown_max = 300;  // code points

bool is_compared(char32_t folded) {
  const auto kind = anchors::kind_of(folded);
  return kind != anchors::Kind::space && kind != anchors::Kind::unseen;
}

/// What is compared of a text, and where each character of it stands.
struct Compared {
  std::u32string characters;
  std::vector<std::size_t> places;
};

Compared compared(std::string_view utf8) {
  Compared result;
  const auto points = anchors::code_points(utf8);
  for (std::size_t place = 0; place < points.size(); ++place) {
    const auto folded = anchors::folded(points[place]);
    if (!is_compared(folded)) continue;
    result.characters += folded;
    result.places.push_back(place);
  }
  return result;
}

std::string part(std::string_view text, std::size_t start, std::size_t length) {
  const auto cut = std::min(length, k_shown_max);
  const auto quote = anchors::quote_at(text, start, cut).exact;
  return cut < length ? quote + "…" : quote;
}

}  // namespace

std::vector<Range> places_of(std::string_view words, std::string_view text) {
  const auto wanted = compared(words).characters;
  std::vector<Range> found;
  if (wanted.empty()) return found;
  const auto in = compared(text);
  for (auto at = in.characters.find(wanted); at != std::u32string::npos; at = in.characters.find(wanted, at + 1)) {
    const auto start = in.places[at], last = in.places[at + wanted.size() - 1];
    found.push_back({static_cast<std::int64_t>(start), static_cast<std::int64_t>(last - start + 1)});
  }
  return found;
}

Mark mark_of(const Range& range, std::string_view text) {
  const auto places = compared(text).places;
  const auto count_before = [&](std::int64_t place) { return std::ranges::lower_bound(places, static_cast<std::size_t>(place)) - places.begin(); };
  return {count_before(range.start), count_before(range.start + range.length)};
}

bool is_all_of(const Range& range, std::string_view text) {
  const auto mark = mark_of(range, text);
  return mark.from == 0 && mark.to == static_cast<std::int64_t>(compared(text).places.size());
}

std::string shown_words(const Range& range, std::string_view text) {
  if (range.is_whole()) return {};
  return part(text, static_cast<std::size_t>(range.start), static_cast<std::size_t>(range.length));
}

std::string beginning_of(std::string_view text) { return part(text, 0, anchors::code_points(text).size()); }

}  // namespace witan::consultations
