#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "shared/anchors/anchors.hpp"

/// The labelled pairs of drafts in tests/anchors/corpus; its README says what is in a file.
namespace witan::anchors::corpus {

/// A place in the new draft, in code points.
struct Place {
  std::string block;
  std::size_t start = 0;
  std::size_t length = 0;
};

struct LabelledAnchor {
  std::string block;
  std::size_t start = 0;
  std::size_t length = 0;
  std::string exact;
  std::optional<Place> truth;  ///< None: what was commented on is gone.
  std::vector<Place> also;     ///< Equally right.
  bool is_hard = false;
  std::string why;
};

struct OwnedBlock {
  std::string id;
  bool takes_comments = true;
  std::string text;
};

struct DraftPair {
  std::string file;
  std::vector<OwnedBlock> old_blocks;
  std::vector<OwnedBlock> new_blocks;
  std::vector<LabelledAnchor> anchors;
};

std::vector<DraftPair> read_all(const std::filesystem::path& folder);

std::vector<Block> views(const std::vector<OwnedBlock>& blocks);

/// Whether a place, or none, is what a careful reader would say: the same block, and half of the truth's
/// characters.
bool is_right(const LabelledAnchor& anchor, const std::optional<Place>& place);

/// The same of what the carrier says; the guess of an uncertain one counts as a place.
bool is_right(const LabelledAnchor& anchor, const Placement& placement);

}  // namespace witan::anchors::corpus
