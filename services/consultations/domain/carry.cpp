#include "services/consultations/domain/carry.hpp"

#include <charconv>
#include <map>

#include <fmt/format.h>

#include "services/consultations/domain/comment.hpp"
#include "services/consultations/domain/words.hpp"

namespace witan::consultations {

namespace {

Standing standing_of(Fate fate) {
  switch (fate) {
    case Fate::placed: return Standing::placed;
    case Fate::moved: return Standing::moved;
    case Fate::uncertain: return Standing::uncertain;
    case Fate::orphaned: break;
  }
  return Standing::orphaned;
}

/// Puts comments into their places in one draft.
class Arrivals {
 public:
  Arrivals(const CommentsCarried& carried, domain::Presenter& presenter) : to_(carried), presenter_(presenter) {}

  void add(const CommentFate& fate) {
    auto stand = stand_of(presenter_, fate.comment).value();
    auto view = row_in(presenter_, stand, stand.shown.back(), fate.comment).value();
    const bool has_place = fate.fate == Fate::placed || fate.fate == Fate::moved;
    view.draft = to_.draft;
    view.block = has_place ? fate.block : std::string(k_unplaced);
    if (has_place) show_words({fate.start, fate.length}, block(to_.draft, fate.block).text, view);
    else show_no_words(view);
    view.carried = from(stand, fate, view);
    const auto page = append_comment({to_.consultation, to_.draft, view.block}, view, presenter_);
    if (has_place) ++more_on_[view.block];
    standings_.push_back(standing_of(fate.fate));
    const auto words = has_place ? std::optional(Words{to_.draft, fate.block, fate.start, fate.length}) : std::nullopt;
    note_carried(fate.comment, std::move(stand), {to_.draft, view.block, page, standings_.back()}, words, counted_bytes(view), presenter_);
  }

  void count() {
    for (const auto& [block, more] : more_on_) count_on_block(to_.consultation, to_.draft, block, more, presenter_);
    count_carried(to_.consultation, to_.draft, standings_, presenter_);
  }

 private:
  wire::CarriedView from(const Stand& stand, const CommentFate& fate, const wire::CommentView& here) {
    const auto& origin = stand.shown.front();
    const auto& was = block(origin.draft, origin.block);
    wire::CarriedView view;
    view.draft = origin.draft;
    view.number = was.view.number;
    view.href = fmt::format("/consultations/{}/draft/{}/{}#comment-{}", to_.consultation.str(), origin.draft, thread_name(origin.block, origin.page), fate.comment.str());
    view.is_moved = fate.fate == Fate::moved;
    view.is_uncertain = fate.fate == Fate::uncertain;
    view.is_orphaned = fate.fate == Fate::orphaned;
    if (view.is_uncertain) {
      view.guess_number = block(to_.draft, fate.block).view.number;
      view.guess_href = fmt::format("/consultations/{}/draft/{}#block-{}", to_.consultation.str(), to_.draft, fate.block);
    }
    const auto written = was.text.words_of({stand.written.start, stand.written.length});
    const bool is_the_same = here.block != k_unplaced && block(to_.draft, here.block).text.words_of({here.words_start, here.words_length}) == written;
    if (!is_the_same) view.words = beginning_of(written);
    return view;
  }

  struct Block {
    wire::BlockView view;
    ReadText text;
  };
  const Block& block(std::int64_t draft, const std::string& name) {
    const auto known = blocks_.find({draft, name});
    if (known != blocks_.end()) return known->second;
    auto view = presenter_.row_as<wire::BlockView>(draft_topic(to_.consultation.str(), draft), "staff", "block/" + name).value();
    ReadText text(view.text);
    return blocks_.emplace(std::pair(draft, name), Block{std::move(view), std::move(text)}).first->second;
  }

  const CommentsCarried& to_;
  domain::Presenter& presenter_;
  std::map<std::pair<std::int64_t, std::string>, Block> blocks_;
  std::map<std::string, std::int64_t> more_on_;
  std::vector<Standing> standings_;
};

}  // namespace

std::string carry_id(const CarryNext& next) { return fmt::format("{}-{}", next.consultation.str(), next.draft); }

CarryNext carry_of(std::string_view id) {
  const auto dash = id.find('-');
  CarryNext next{ConsultationId::from_trusted(std::string(id.substr(0, dash))), 0};
  std::from_chars(id.data() + dash + 1, id.data() + id.size(), next.draft);
  return next;
}

CarryOver CarryOverAggregate::evolve(CarryOver, const CarryOverEvent& event) {
  const auto& carried = std::get<CommentsCarried>(event);
  return {carried.consultation, carried.draft};
}

std::string CarryOverAggregate::topic(std::string_view id) {
  const auto next = carry_of(id);
  return draft_topic(next.consultation.str(), next.draft);
}

void CarryOverAggregate::present(const CarryOverEvent& event, const domain::EventInfo&, const CarryOver&, domain::Presenter& presenter) {
  const auto& carried = std::get<CommentsCarried>(event);
  Arrivals arrivals(carried, presenter);
  for (const auto& fate : carried.comments) arrivals.add(fate);
  arrivals.count();
}

domain::AuditLine CarryOverAggregate::describe(const CarryOverEvent& event, const CarryOver&, const CarryOver&, const domain::Rows& rows) {
  const auto& carried = std::get<CommentsCarried>(event);
  std::map<Fate, std::size_t> count;
  for (const auto& comment : carried.comments) ++count[comment.fate];
  const auto consultation = rows.row_as<wire::ConsultationView>(consultation_topic(carried.consultation.str()), "staff", "consultation");
  return {fmt::format("Carried {} comment{} over to draft {} of “{}”", carried.comments.size(), carried.comments.size() == 1 ? "" : "s", carried.draft,
                      consultation ? consultation->title : "a consultation"),
          consultation ? std::optional(consultation->body) : std::nullopt,
          "",
          fmt::format("{} placed, {} moved, {} uncertain, {} without a place", count[Fate::placed], count[Fate::moved], count[Fate::uncertain], count[Fate::orphaned]),
          {}};
}

Result<domain::Decided<CarryOverEvent>> decide(const CarryOver&, const CarryFound& found, domain::Context& context) {
  const auto to = carry_of(context.aggregate_id());
  CommentsCarried carried{to.consultation, to.draft, {}};
  for (const auto& fate : found.comments) {
    const auto stand = stand_of(context, fate.comment);
    if (!stand || stand->shown.back().draft != to.draft - 1) continue;
    if (context.load<CommentAggregate>(fate.comment.str()).is_withdrawn) continue;
    carried.comments.push_back(fate);
  }
  if (carried.comments.empty()) return domain::Decided<CarryOverEvent>{};
  return domain::Decided<CarryOverEvent>{{std::move(carried)}, {}, {}};
}

}  // namespace witan::consultations
