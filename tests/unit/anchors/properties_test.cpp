#include <algorithm>
#include <array>
#include <random>

#include <gtest/gtest.h>

#include "shared/anchors/anchors.hpp"
#include "shared/anchors/characters.hpp"

namespace witan::anchors {
namespace {

/// Drafts made of few words, so that much is repeated, and of all kinds of characters.
class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t most) {
    return std::uniform_int_distribution<std::size_t>(0, most - 1)(random_);
  }

  std::string paragraph() {
    constexpr std::array<std::string_view, 20> k_words{
        "the", "of",  "skills", "local", "partners", "will", "transport", "growth", "2030", "£1.5m",
        "a",   "Ŵyl", "don’t",  "😀",     "日本",     "—",    "jobs.",     "and",    "–",    "\n"};
    std::string text;
    for (std::size_t left = below(50); left > 0; --left) {
      text += k_words[below(k_words.size())];
      text += " ";
    }
    return text;
  }

  std::vector<std::string> draft() {
    std::vector<std::string> paragraphs(1 + below(12));
    std::ranges::generate(paragraphs, [this] { return paragraph(); });
    return paragraphs;
  }

  /// Some paragraphs deleted, repeated, moved and reworded.
  std::vector<std::string> edited(std::vector<std::string> draft) {
    for (std::size_t times = below(6); times > 0 && !draft.empty(); --times) {
      const std::size_t at = below(draft.size());
      switch (below(5)) {
        case 0:
          draft.erase(draft.begin() + static_cast<std::ptrdiff_t>(at));
          break;
        case 1:
          draft.push_back(draft[at]);
          break;
        case 2:
          std::swap(draft[at], draft.back());
          break;
        case 3:
          draft[at] = paragraph();
          break;
        default:
          draft[at].insert(0, paragraph());
      }
    }
    return draft;
  }

 private:
  std::mt19937 random_;
};

std::vector<Block> blocks_of(const std::vector<std::string>& texts, const std::vector<std::string>& ids) {
  std::vector<Block> blocks;
  for (std::size_t i = 0; i < texts.size(); ++i)
    blocks.push_back({.id = ids[i], .takes_comments = i % 5 != 4, .text = texts[i]});
  return blocks;
}

std::vector<std::string> ids_for(std::size_t blocks) {
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < blocks; ++i) ids.push_back("b" + std::to_string(i));
  return ids;
}

/// Calls `check(maker, old texts, old blocks, carrier, new texts)` for many pairs of drafts.
template <class Edit, class Check>
void for_many(Edit edit, Check check) {
  const auto ids = ids_for(40);
  for (unsigned seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Maker maker(seed);
    const auto old_texts = maker.draft();
    const auto new_texts = edit(maker, old_texts);
    const Carrier carrier(blocks_of(old_texts, ids), blocks_of(new_texts, ids));
    for (int i = 0; i < 20; ++i) {
      const std::size_t block = maker.below(old_texts.size());
      const std::size_t length = code_points(old_texts[block]).size();
      const Anchor anchor{.block = ids[block], .start = maker.below(length + 2), .length = maker.below(30)};
      check(anchor, length, carrier, new_texts);
    }
  }
}

TEST(Carrier, given_an_unchanged_draft_places_every_anchor_where_it_was) {
  for_many([](Maker&, const auto& texts) { return texts; },
           [](const Anchor& anchor, std::size_t length, const Carrier& carrier, const auto& texts) {
             if (anchor.start >= length && anchor.length > 0) return;
             const Placement placement = carrier.carry(anchor);
             const std::size_t block = std::stoul(std::string(anchor.block.substr(1)));
             const Block whole{.id = anchor.block, .text = texts[block]};
             const Carrier alone({&whole, 1}, {&whole, 1});
             if (alone.carry(anchor).fate == Fate::orphaned) return;  // There is no word in the block.
             EXPECT_EQ(placement.fate, Fate::placed);
             EXPECT_EQ(placement.block, anchor.block);
             EXPECT_EQ(placement.score, 1000);
             if (anchor.length == 0) {
               EXPECT_EQ(placement.length, length);
             } else {
               EXPECT_LE(placement.start, anchor.start);
               EXPECT_GE(placement.start + placement.length, std::min(anchor.start + anchor.length, length));
             }
           });
}

TEST(Carrier, given_any_drafts_says_a_place_that_is_there) {
  for_many([](Maker& maker, const auto& texts) { return maker.edited(texts); },
           [](const Anchor& anchor, std::size_t, const Carrier& carrier, const auto& texts) {
             const Placement placement = carrier.carry(anchor);
             EXPECT_GE(placement.score, placement.fate == Fate::orphaned ? 0 : 600);
             EXPECT_LE(placement.score, 1000);
             if (placement.fate == Fate::orphaned) {
               EXPECT_EQ(placement.block, "");
               EXPECT_EQ(placement.length, 0);
               return;
             }
             const std::size_t block = std::stoul(placement.block.substr(1));
             ASSERT_LT(block, texts.size());
             EXPECT_GT(placement.length, 0);
             EXPECT_LE(placement.start + placement.length, code_points(texts[block]).size());
           });
}

TEST(Carrier, says_the_same_each_time_and_whoever_asks) {
  for_many([](Maker& maker, const auto& texts) { return maker.edited(texts); },
           [](const Anchor& anchor, std::size_t, const Carrier& carrier, const auto&) {
             const Placement once = carrier.carry(anchor);
             const Placement again = carrier.carry(anchor);
             EXPECT_EQ(once.fate, again.fate);
             EXPECT_EQ(once.block, again.block);
             EXPECT_EQ(once.start, again.start);
             EXPECT_EQ(once.score, again.score);
           });
}

TEST(Carrier, given_a_draft_of_nothing_that_stood_in_the_old_one_orphans_everything) {
  for_many(
      [](Maker&, const auto& texts) { return std::vector<std::string>(texts.size(), "Quite different."); },
      [](const Anchor& anchor, std::size_t, const Carrier& carrier, const auto&) {
        EXPECT_EQ(carrier.carry(anchor).fate, Fate::orphaned);
      });
}

TEST(Carrier, does_not_need_the_texts_any_longer_once_it_is_made) {
  std::string text = "The county has strong firms in food and drink.";
  std::string id = "b1";
  const Block block{.id = id, .text = text};
  const Carrier carrier({&block, 1}, {&block, 1});
  text.assign(text.size(), 'x');
  id = "b2";
  EXPECT_EQ(carrier.carry({.block = "b1", .start = 15, .length = 12}).fate, Fate::placed);
}

TEST(Carrier, given_bytes_that_are_no_characters_counts_each_and_goes_on) {
  const Block old_block{.id = "b1", .text = "\xFF\xFE broken bytes stand before all of these words, and nobody minds \xE2\x82"};
  const Block new_block{.id = "b1", .text = "broken bytes stand before all of these words, and nobody minds"};
  const Placement placement =
      Carrier({&old_block, 1}, {&new_block, 1}).carry({.block = "b1", .start = 3, .length = 39});
  EXPECT_EQ(placement.fate, Fate::placed);
  EXPECT_EQ(placement.start, 0);
  EXPECT_EQ(placement.length, 39);
}

}  // namespace
}  // namespace witan::anchors
