#include "services/consultations/app/carrying.hpp"

#include <algorithm>
#include <deque>

#include "services/consultations/domain/carry.hpp"
#include "services/consultations/domain/draft.hpp"
#include "shared/anchors/anchors.hpp"

namespace witan::consultations {

namespace {

/// As many as are noted at once: others who write wait for that, some hundredths of a second.
constexpr std::size_t k_part = 250;

/// The blocks of a draft, with what the carrier looks at.
class DraftText {
 public:
  DraftText(const domain::Rows& rows, const ConsultationId& consultation, std::int64_t draft) {
    for (const auto& [key, value] : rows.rows(draft_topic(consultation.str(), draft), "staff", "block/")) {
      views_.push_back(codec::decode<wire::BlockView>(value).value());
    }
    std::ranges::sort(views_, {}, &wire::BlockView::sort);
    for (const auto& view : views_) blocks_.push_back({view.block, view.is_paragraph, view.text});
  }
  std::span<const anchors::Block> blocks() const { return blocks_; }

 private:
  std::vector<wire::BlockView> views_;
  std::vector<anchors::Block> blocks_;
};

/// Searches in one draft at a time. Comparing two drafts takes much longer than looking for one comment, and reading what waits as long as
/// noting a part of it, so both are kept while comments are carried to the same draft. Used by one thread.
class Searcher {
 public:
  Found next_of(const CarryNext& next, const domain::Rows& rows) {
    if (carry_id(next) != to_) carriers_.clear(), waiting_.clear(), to_ = carry_id(next);
    // Whoever comes, or withdraws, meanwhile is seen at the next reading, or left out when this is noted.
    if (waiting_.empty()) std::ranges::copy(uncarried_to(rows, next), std::back_inserter(waiting_));
    Found found;
    for (; !waiting_.empty() && found.comments.size() < k_part; waiting_.pop_front()) found.comments.push_back(fate_of(waiting_.front(), next, rows));
    return found;
  }

 private:
  CommentFate fate_of(const Uncarried& waiting, const CarryNext& next, const domain::Rows& rows) {
    const auto& words = waiting.words;
    const auto place = carrier(words.draft, next, rows).carry({words.block, static_cast<std::size_t>(words.start), static_cast<std::size_t>(words.length)});
    return {waiting.comment, fate(place.fate), place.block, static_cast<std::int64_t>(place.start), static_cast<std::int64_t>(place.length), place.score};
  }

  const anchors::Carrier& carrier(std::int64_t from, const CarryNext& next, const domain::Rows& rows) {
    const auto known = carriers_.find(from);
    if (known != carriers_.end()) return known->second;
    const DraftText before(rows, next.consultation, from), after(rows, next.consultation, next.draft);
    return carriers_.try_emplace(from, before.blocks(), after.blocks()).first->second;
  }

  static Fate fate(anchors::Fate fate) {
    switch (fate) {
      case anchors::Fate::placed: return Fate::placed;
      case anchors::Fate::moved: return Fate::moved;
      case anchors::Fate::uncertain: return Fate::uncertain;
      case anchors::Fate::orphaned: break;
    }
    return Fate::orphaned;
  }

  std::string to_;  ///< The carrying over that `carriers_` and `waiting_` belong to.
  std::deque<Uncarried> waiting_;
  std::map<std::int64_t, anchors::Carrier> carriers_;  ///< By the draft in which the words stand.
};

std::vector<std::string> waiting(const domain::Rows& rows) {
  std::vector<std::string> ids;
  for (const auto& next : to_be_carried(rows)) ids.push_back(carry_id(next));
  return ids;
}

}  // namespace

void add_carrying(service::Builder& builder) {
  builder.aggregate<CarryOverAggregate>().outside<CarryFound, CarryOverAggregate>(
      waiting, [searcher = std::make_shared<Searcher>()](const std::string& id, const domain::Rows& rows) { return searcher->next_of(carry_of(id), rows); });
}

}  // namespace witan::consultations
