#include "tests/anchors/corpus.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "shared/anchors/characters.hpp"
#include "shared/base/json.hpp"

namespace witan::anchors::corpus {

namespace {

Place place_in(const json::object& object) {
  return {.block = std::string(string_at(object, "block")),
          .start = static_cast<std::size_t>(int_at(object, "start")),
          .length = code_points(string_at(object, "exact")).size()};
}

std::vector<OwnedBlock> blocks_in(const json::value& blocks) {
  std::vector<OwnedBlock> owned;
  for (const auto& block : blocks.as_array())
    owned.push_back({.id = std::string(string_at(block.as_object(), "block")),
                     .takes_comments = string_at(block.as_object(), "kind") == "paragraph",
                     .text = std::string(string_at(block.as_object(), "text"))});
  return owned;
}

LabelledAnchor anchor_in(const json::object& object) {
  const Place where = place_in(object);
  LabelledAnchor anchor{.block = where.block,
                        .start = where.start,
                        .length = where.length,
                        .exact = std::string(string_at(object, "exact")),
                        .truth = {},
                        .also = {},
                        .is_hard = object.contains("hard") && object.at("hard").as_bool(),
                        .why = std::string(string_at(object, "why"))};
  if (const auto* at = object_at(object, "at")) anchor.truth = place_in(*at);
  if (const auto* also = object.if_contains("also"))
    for (const auto& place : also->as_array()) anchor.also.push_back(place_in(place.as_object()));
  return anchor;
}

DraftPair read(const std::filesystem::path& file) {
  std::ifstream in(file);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const json::value parsed = parse_own(text);
  DraftPair pair{.file = file.stem().string(),
                 .old_blocks = blocks_in(parsed.at("old")),
                 .new_blocks = blocks_in(parsed.at("new")),
                 .anchors = {}};
  for (const auto& anchor : parsed.at("anchors").as_array())
    pair.anchors.push_back(anchor_in(anchor.as_object()));
  return pair;
}

bool covers_half(const Place& truth, const Place& place) {
  const std::size_t begin = std::max(truth.start, place.start);
  const std::size_t end = std::min(truth.start + truth.length, place.start + place.length);
  return truth.block == place.block && end > begin && 2 * (end - begin) >= truth.length;
}

}  // namespace

std::vector<DraftPair> read_all(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  if (std::filesystem::is_directory(folder)) {
    for (const auto& entry : std::filesystem::directory_iterator(folder))
      if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  std::vector<DraftPair> pairs;
  for (const auto& file : files) pairs.push_back(read(file));
  return pairs;
}

std::vector<Block> views(const std::vector<OwnedBlock>& blocks) {
  std::vector<Block> views;
  for (const auto& block : blocks)
    views.push_back({.id = block.id, .takes_comments = block.takes_comments, .text = block.text});
  return views;
}

bool is_right(const LabelledAnchor& anchor, const std::optional<Place>& place) {
  if (!anchor.truth || !place) return !anchor.truth && !place;
  const auto covered = [&](const Place& truth) { return covers_half(truth, *place); };
  return covered(*anchor.truth) || std::ranges::any_of(anchor.also, covered);
}

bool is_right(const LabelledAnchor& anchor, const Placement& placement) {
  if (placement.fate == Fate::orphaned) return is_right(anchor, std::nullopt);
  return is_right(anchor,
                  Place{.block = placement.block, .start = placement.start, .length = placement.length});
}

}  // namespace witan::anchors::corpus
