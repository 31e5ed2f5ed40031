// Judges how comments are carried over: witan-anchors-judge [--wrong] [FOLDER]
// Reads the labelled corpus and prints for each file how many anchors met each fate, rightly and wrongly,
// with precision and recall, beside Hypothesis' rule. With --wrong also each anchor that was placed wrongly
// or missed. Fails when one that is called placed is wrong: this must never happen, because nobody looks at
// those again.
#include <array>
#include <cstdio>
#include <string>

#include "shared/anchors/anchors.hpp"
#include "tests/anchors/corpus.hpp"
#include "tests/anchors/hypothesis_rule.hpp"

using namespace witan::anchors;
using namespace witan::anchors::corpus;

namespace {

struct Share {
  int right = 0, all = 0;
  void count(bool is_right) {
    ++all;
    right += is_right ? 1 : 0;
  }
  [[nodiscard]] std::string shown() const {
    if (all == 0) return "    -";
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%5.3f", static_cast<double>(right) / all);
    return text.data();
  }
};

struct Tally {
  std::array<Share, 4> fates;  // By fate.
  Share precision, recall;
  Share hypothesis_precision, hypothesis_recall;

  void count(const LabelledAnchor& anchor, const Placement& placement,
             const std::optional<Place>& hypothesis) {
    const bool is_right_one = is_right(anchor, placement);
    const bool is_carried = placement.fate == Fate::placed || placement.fate == Fate::moved;
    fates[static_cast<std::size_t>(placement.fate)].count(is_right_one);
    if (is_carried) precision.count(is_right_one);
    if (anchor.truth) recall.count(is_carried && is_right_one);
    if (hypothesis) hypothesis_precision.count(is_right(anchor, hypothesis));
    if (anchor.truth) hypothesis_recall.count(is_right(anchor, hypothesis));
  }

  void print(const std::string& name) const {
    std::printf("%-36s %7d", name.c_str(), fates[0].all + fates[1].all + fates[2].all + fates[3].all);
    for (const Share& fate : fates) std::printf("  %5d %5d", fate.right, fate.all - fate.right);
    std::printf("   %s  %s      %s  %s\n", precision.shown().c_str(), recall.shown().c_str(),
                hypothesis_precision.shown().c_str(), hypothesis_recall.shown().c_str());
  }
};

void print_head() {
  std::printf("%-36s %7s  %-11s  %-11s  %-11s  %-11s   %-12s      %s\n", "", "", "placed", "moved",
              "uncertain", "orphaned", "carried", "by Hypothesis' rule");
  std::printf("%-36s %7s", "file", "anchors");
  for (int fate = 0; fate < 4; ++fate) std::printf("  %5s %5s", "right", "wrong");
  std::printf("   %5s  %6s     %5s  %6s\n", "prec.", "recall", "prec.", "recall");
}

void print_wrong(const DraftPair& pair, const LabelledAnchor& anchor, const Placement& placement) {
  const bool is_carried = placement.fate == Fate::placed || placement.fate == Fate::moved;
  const bool is_fine = is_right(anchor, placement) && (is_carried || !anchor.truth);
  if (is_fine || (!is_carried && !anchor.truth)) return;
  std::printf(
      "  %s%s %s:%zu \"%s\" is %s at %s:%zu+%zu, score %d; the truth: %s%zu+%zu. %s\n", pair.file.c_str(),
      anchor.is_hard ? " (hard)" : "", anchor.block.c_str(), anchor.start, anchor.exact.substr(0, 90).c_str(),
      std::string(name_of(placement.fate)).c_str(), placement.block.c_str(), placement.start,
      placement.length, placement.score, anchor.truth ? (anchor.truth->block + ":").c_str() : "none ",
      anchor.truth ? anchor.truth->start : 0, anchor.truth ? anchor.truth->length : 0, anchor.why.c_str());
}

}  // namespace

int main(int argc, char** argv) {
  bool shows_wrong = false;
  std::string folder = "tests/anchors/corpus";
  for (int i = 1; i < argc; ++i) {
    if (std::string(argv[i]) == "--wrong") {
      shows_wrong = true;
    } else {
      folder = argv[i];
    }
  }
  print_head();
  Tally all;
  Tally easy;
  for (const DraftPair& pair : read_all(folder)) {
    const Carrier carrier(views(pair.old_blocks), views(pair.new_blocks));
    const HypothesisRule hypothesis(pair);
    Tally tally;
    for (const LabelledAnchor& anchor : pair.anchors) {
      const Placement placement =
          carrier.carry({.block = anchor.block, .start = anchor.start, .length = anchor.length});
      const auto by_hypothesis = hypothesis.find(anchor);
      for (Tally* each : {&tally, &all}) each->count(anchor, placement, by_hypothesis);
      if (!anchor.is_hard) easy.count(anchor, placement, by_hypothesis);
      if (shows_wrong) print_wrong(pair, anchor, placement);
    }
    tally.print(pair.file);
  }
  all.print("all");
  easy.print("all but those marked hard");
  const Share& placed = all.fates[static_cast<std::size_t>(Fate::placed)];
  if (all.precision.all == 0) std::fprintf(stderr, "no labelled drafts in %s\n", folder.c_str());
  return placed.right == placed.all && all.precision.all > 0 ? 0 : 1;
}
