#include "services/consultations/app/carrying.hpp"

#include <algorithm>
#include <deque>

#include "services/consultations/domain/carry.hpp"
#include "services/consultations/domain/draft.hpp"
#include "shared/anchors/anchors.hpp"

namespace witan::consultations {

namespace {

/// What is noted at once: others who write wait for that, and it goes to gateways in one frame.
constexpr std::size_t k_part = 250;
constexpr std::int64_t k_part_bytes = 1024 * 1024;  // as their rows are counted

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

/// Searches for the comments that wait for one draft. Comparing two drafts takes much longer than looking for one comment, and reading what waits
/// as long as noting a part of it, so both are kept meanwhile.
class Searcher {
 public:
  explicit Searcher(CarryNext next) : next_(std::move(next)) {}

  std::vector<CommentFate> next_part(const domain::Rows& rows) {
    // Whoever comes, or withdraws, meanwhile is seen at the next reading, or left out when this is noted.
    if (waiting_.empty()) std::ranges::copy(uncarried_to(rows, next_), std::back_inserter(waiting_));
    std::vector<CommentFate> found;
    for (std::int64_t bytes = 0; !waiting_.empty() && found.size() < k_part && bytes < k_part_bytes; waiting_.pop_front()) {
      found.push_back(fate_of(waiting_.front(), rows));
      bytes += waiting_.front().bytes;
    }
    return found;
  }

 private:
  CommentFate fate_of(const Uncarried& waiting, const domain::Rows& rows) {
    const auto& words = waiting.words;
    const auto place = carrier(words.draft, rows).carry({words.block, static_cast<std::size_t>(words.start), static_cast<std::size_t>(words.length)});
    return {waiting.comment, fate(place.fate), place.block, static_cast<std::int64_t>(place.start), static_cast<std::int64_t>(place.length), place.score};
  }

  const anchors::Carrier& carrier(std::int64_t from, const domain::Rows& rows) {
    const auto known = carriers_.find(from);
    if (known != carriers_.end()) return known->second;
    const DraftText before(rows, next_.consultation, from), after(rows, next_.consultation, next_.draft);
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

  CarryNext next_;
  std::deque<Uncarried> waiting_;
  std::map<std::int64_t, anchors::Carrier> carriers_;  ///< By the draft in which the words stand.
};

/// A searcher for each carrying over that is in hand: two bodies may publish at the same time. Used by one thread.
class Search {
 public:
  std::vector<std::string> waiting(const domain::Rows& rows) {
    std::vector<std::string> ids;
    for (const auto& next : to_be_carried(rows)) ids.push_back(carry_id(next));
    std::erase_if(searchers_, [&](const auto& each) { return std::ranges::find(ids, each.first) == ids.end(); });
    return ids;
  }
  std::vector<CommentFate> next_part(const std::string& id, const domain::Rows& rows) { return searchers_.try_emplace(id, carry_of(id)).first->second.next_part(rows); }

 private:
  std::map<std::string, Searcher> searchers_;
};

}  // namespace

void add_carrying(service::Builder& builder) {
  const auto search = std::make_shared<Search>();
  builder.aggregate<CarryOverAggregate>().outside<CarryFound, CarryOverAggregate>(
      [search](const domain::Rows& rows) { return search->waiting(rows); },
      [search](const std::string& id, const domain::Rows& rows) { return search->next_part(id, rows); });
}

}  // namespace witan::consultations
