#include "services/consultations/domain/standing.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "services/consultations/domain/draft.hpp"

namespace witan::consultations {

namespace {

constexpr std::string_view k_ledger_key = "ledger";

std::string stage(const ConsultationId& consultation, std::int64_t draft) { return fmt::format("{}/{:04}", consultation.str(), draft); }

std::string uncarried_key(const Stand& stand) {
  return fmt::format("{}/{:05}/{:012}", stage(stand.consultation, stand.shown.back().draft), place_of_block(stand.words.block).value_or(0), stand.seq);
}

void put_stand(const CommentId& comment, const Stand& stand, std::int64_t bytes, domain::Presenter& presenter) {
  presenter.put(std::string(k_stand_index), std::string(k_private_audience), comment.str(), stand);
  presenter.put(std::string(k_uncarried_index), std::string(k_private_audience), uncarried_key(stand), Uncarried{comment, stand.words, bytes});
}

void drop_uncarried(const Stand& stand, domain::Presenter& presenter) {
  presenter.drop(std::string(k_uncarried_index), std::string(k_private_audience), uncarried_key(stand));
}

std::string summary_of(const wire::LedgerView& view) {
  auto text = fmt::format("{} comment{} on earlier drafts: {} placed, {} moved, ", view.total, view.total == 1 ? "" : "s", view.placed, view.moved);
  if (view.settled > 0) text += fmt::format("{} placed by a person, ", view.settled);
  text += fmt::format("{} uncertain, {} without a place", view.uncertain, view.orphaned);
  if (view.left > 0) text += fmt::format(", {} still to be looked for", view.left);
  return text;
}

void put_ledger(wire::LedgerView view, const std::vector<std::string_view>& audiences, domain::Presenter& presenter) {
  view.has_any = view.total > 0;
  view.is_done = view.left == 0;
  view.has_unplaced = view.uncertain + view.orphaned > 0;
  view.is_replaced = view.newest > view.draft;
  view.newest_href = fmt::format("/consultations/{}/draft/{}", view.consultation.str(), view.newest);
  view.summary = summary_of(view);
  const auto unplaced = thread_topic({view.consultation, view.draft, std::string(k_unplaced)}, 1);
  for (const auto audience : audiences) {
    presenter.put(draft_topic(view.consultation.str(), view.draft), std::string(audience), std::string(k_ledger_key), view);
    presenter.put(unplaced, std::string(audience), std::string(k_ledger_key), view);
  }
  const auto key = stage(view.consultation, view.draft);
  if (view.left > 0) presenter.put_private(std::string(k_carrying_index), key, view.left);
  else presenter.drop(std::string(k_carrying_index), std::string(k_private_audience), key);
}

template <class Change>
void change_ledger(const ConsultationId& consultation, std::int64_t draft, domain::Presenter& presenter, const Change& change) {
  const auto topic = draft_topic(consultation.str(), draft);
  auto view = presenter.row_as<wire::LedgerView>(topic, "staff", k_ledger_key);
  if (!view) return;
  std::vector<std::string_view> audiences;
  std::ranges::copy_if(k_audiences, std::back_inserter(audiences), [&](auto audience) { return presenter.row_text(topic, audience, k_ledger_key).has_value(); });
  change(*view);
  put_ledger(std::move(*view), audiences, presenter);
}

std::int64_t& counted(wire::LedgerView& view, Standing standing) {
  switch (standing) {
    case Standing::placed: return view.placed;
    case Standing::moved: return view.moved;
    case Standing::settled: return view.settled;
    case Standing::uncertain: return view.uncertain;
    case Standing::orphaned: return view.orphaned;
    case Standing::written: break;
  }
  return view.left;
}

/// Of every draft after this one: there is one more, or one fewer, to be carried to it.
void count_left(const ConsultationId& consultation, std::int64_t after, std::int64_t more, domain::Presenter& presenter) {
  const auto view = presenter.row_as<wire::ConsultationView>(consultation_topic(consultation.str()), "staff", "consultation");
  for (auto draft = after + 1; view && draft <= view->draft; ++draft) {
    change_ledger(consultation, draft, presenter, [&](auto& ledger) { ledger.total += more, ledger.left += more; });
  }
}

}  // namespace

std::optional<Stand> stand_of(const domain::Rows& rows, const CommentId& comment) {
  return rows.row_as<Stand>(k_stand_index, k_private_audience, comment.str());
}

const Shown* shown_in(const Stand& stand, std::int64_t draft) {
  const auto found = std::ranges::find(stand.shown, draft, &Shown::draft);
  return found == stand.shown.end() ? nullptr : &*found;
}

std::vector<CommentId> replies_to(const CommentId& comment, const Stand& stand, const domain::Rows& rows) {
  const auto thread = thread_in(stand, stand.shown.back());
  const auto first = row_in(rows, stand, stand.shown.back(), comment).value().sort + k_reply_mark;
  std::vector<std::pair<std::string, CommentId>> replies;
  for (std::int64_t page = 1; page <= thread_end(rows, thread).page; ++page) {
    for (const auto& [key, value] : rows.rows(thread_topic(thread, page), "staff", "comment/")) {
      const auto view = codec::decode<wire::CommentView>(value).value();
      if (view.sort.starts_with(first) && !view.is_withdrawn) replies.emplace_back(view.sort, view.comment);
    }
  }
  std::ranges::sort(replies);
  std::vector<CommentId> ids;
  for (auto& [sort, id] : replies) ids.push_back(std::move(id));
  return ids;
}

Thread thread_in(const Stand& stand, const Shown& shown) { return {stand.consultation, shown.draft, shown.block}; }

std::optional<wire::CommentView> row_in(const domain::Rows& rows, const Stand& stand, const Shown& shown, const CommentId& comment) {
  return rows.row_as<wire::CommentView>(thread_topic(thread_in(stand, shown), shown.page), "staff", comment_key(comment));
}

void begin_ledger(const ConsultationId& consultation, std::int64_t draft, std::int64_t comments, bool is_public, domain::Presenter& presenter) {
  wire::LedgerView view;
  view.consultation = consultation;
  view.draft = view.newest = draft;
  view.total = view.left = comments;
  view.href = fmt::format("/consultations/{}/draft/{}/{}", consultation.str(), draft, k_unplaced);
  std::vector<std::string_view> audiences{"staff"};
  if (is_public) audiences.emplace_back("public");
  put_ledger(std::move(view), audiences, presenter);
  for (auto earlier = draft - 1; earlier > 0; --earlier) {
    change_ledger(consultation, earlier, presenter, [&](auto& ledger) { ledger.newest = draft; });
  }
}

void note_written(const CommentAdded& added, std::int64_t seq, std::int64_t page, std::int64_t bytes, domain::Presenter& presenter) {
  const Words words{added.draft, added.block, added.start.value_or(0), added.length.value_or(0)};
  put_stand(added.comment, {added.consultation, seq, {{added.draft, added.block, page, Standing::written}}, words, words}, bytes, presenter);
  count_left(added.consultation, added.draft, 1, presenter);
}

void note_weight(const CommentId& comment, const Stand& stand, std::int64_t bytes, domain::Presenter& presenter) { put_stand(comment, stand, bytes, presenter); }

void note_withdrawn(const Stand& stand, domain::Presenter& presenter) {
  drop_uncarried(stand, presenter);
  for (const auto& shown : stand.shown) {
    if (shown.as == Standing::written) continue;
    change_ledger(stand.consultation, shown.draft, presenter, [&](auto& ledger) { --ledger.total, --counted(ledger, shown.as); });
  }
  count_left(stand.consultation, stand.shown.back().draft, -1, presenter);
}

void note_carried(const CommentId& comment, Stand stand, Shown shown, const std::optional<Words>& words, std::int64_t bytes, domain::Presenter& presenter) {
  drop_uncarried(stand, presenter);
  stand.shown.push_back(std::move(shown));
  if (words) stand.words = *words;
  put_stand(comment, stand, bytes, presenter);
}

void count_carried(const ConsultationId& consultation, std::int64_t draft, const std::vector<Standing>& carried, domain::Presenter& presenter) {
  change_ledger(consultation, draft, presenter, [&](auto& ledger) {
    for (const auto standing : carried) --ledger.left, ++counted(ledger, standing);
  });
}

void note_settled(const CommentId& comment, Stand stand, Shown shown, Words words, std::int64_t bytes, domain::Presenter& presenter) {
  drop_uncarried(stand, presenter);
  const auto before = stand.shown.back().as;
  shown.as = Standing::settled;
  change_ledger(stand.consultation, shown.draft, presenter, [&](auto& ledger) { --counted(ledger, before), ++ledger.settled; });
  stand.words = std::move(words);
  stand.shown.back() = std::move(shown);
  put_stand(comment, stand, bytes, presenter);
}

std::vector<CarryNext> to_be_carried(const domain::Rows& rows) {
  std::vector<CarryNext> next;
  for (const auto& [key, left] : rows.rows(k_carrying_index, k_private_audience, "")) {
    const auto slash = key.find('/');
    const auto consultation = ConsultationId::from_trusted(key.substr(0, slash));
    if (!next.empty() && next.back().consultation == consultation) continue;  // one draft after the other
    std::int64_t draft = 0;
    std::from_chars(key.data() + slash + 1, key.data() + key.size(), draft);
    next.push_back({consultation, draft});
  }
  return next;
}

std::vector<Uncarried> uncarried_to(const domain::Rows& rows, const CarryNext& next) {
  std::vector<Uncarried> found;
  for (const auto& [key, value] : rows.rows(k_uncarried_index, k_private_audience, stage(next.consultation, next.draft - 1) + "/")) {
    found.push_back(codec::decode<Uncarried>(value).value());
  }
  return found;
}

}  // namespace witan::consultations
