#include "services/consultations/domain/comment.hpp"

#include <fmt/format.h>

#include "services/consultations/domain/pace.hpp"
#include "services/consultations/domain/standing.hpp"
#include "shared/contract/personal.hpp"

namespace witan::consultations {

namespace {

void apply(Comment& comment, const CommentAdded& e) {
  comment = {e.comment, e.consultation, e.draft, e.block, e.by};
}
void apply(Comment& comment, const CommentWithdrawn&) { comment.is_withdrawn = true; }
void apply(Comment& comment, const CommentPlaced& e) { comment.placements += !e.is_along.value_or(false); }  // where it stands is in the rows

/// What the comment sorts by under which a reply stands: that which it answers, or the one above that.
std::string sort_answered(const CommentAdded& added, const domain::Rows& rows) {
  const auto stand = stand_of(rows, *added.reply_to).value();
  const auto sort = row_in(rows, stand, *shown_in(stand, added.draft), *added.reply_to).value().sort;
  return sort.substr(0, sort.find(k_reply_mark));
}

wire::CommentView view_of(const CommentAdded& added, const domain::EventInfo& when,
                          const domain::Rows& rows) {
  wire::CommentView view;
  view.comment = added.comment;
  view.consultation = added.consultation;
  view.draft = added.draft;
  view.block = added.block;
  view.by = added.by;
  if (const auto person = rows.row_as<PersonNamed>(k_people_index, k_private_audience, added.by.str())) {
    view.by_name = rows.text(person->name).value_or(domain::k_name_removed);
    view.organisation = person->organisation;
    view.has_organisation = !view.organisation.empty();
  }
  view.text = rows.text(added.text).value_or(domain::k_text_removed);
  if (added.length) {
    const auto block = rows.row_as<wire::BlockView>(draft_topic(added.consultation.str(), added.draft), "staff", "block/" + added.block).value();
    show_words({*added.start, *added.length}, ReadText(block.text), view);
  }
  view.at = uk_time::date_and_time(when.at);
  view.created_at = when.at;
  view.is_reply = added.reply_to.has_value();
  view.sort = fmt::format("{:012}", when.seq);
  if (view.is_reply) view.sort = sort_answered(added, rows) + k_reply_mark + view.sort;
  return view;
}

wire::CommentView withdrawn(wire::CommentView view) {
  view.by_name.clear();
  view.organisation.clear();
  view.has_organisation = false;
  view.text.clear();
  show_no_words(view);
  view.carried.reset();
  view.is_withdrawn = true;
  return view;
}

void show(const CommentAdded& added, const domain::EventInfo& when, domain::Presenter& presenter) {
  const auto view = view_of(added, when, presenter);
  const auto page = append_comment({added.consultation, added.draft, added.block}, view, presenter);
  note_pace(added.by, when.at, presenter);
  domain::note_personal(added.by, added.text, presenter);
  presenter.put_private(std::string(k_comment_index), added.by.str() + "/" + added.comment.str(), comment_bytes_max(view.text));
  note_written(added, when.seq, page, counted_bytes(view), presenter);
  count_on_block(added.consultation, added.draft, added.block, 1, presenter);
  count_in_all(added.consultation, 1, presenter);
}

/// In every draft that it has come to, an empty place is left.
void show(const CommentWithdrawn&, const CommentId& comment, domain::Presenter& presenter) {
  const auto stand = stand_of(presenter, comment);
  if (!stand) return;
  for (const auto& shown : stand->shown) {
    const auto view = row_in(presenter, *stand, shown, comment);
    if (!view) continue;
    put_comment(thread_in(*stand, shown), shown.page, withdrawn(*view), presenter);
    count_on_block(stand->consultation, shown.draft, shown.block, -1, presenter);
  }
  note_withdrawn(*stand, presenter);
  count_in_all(stand->consultation, -1, presenter);
}

/// From where it was, or from among those without a place, to the end of the paragraph's thread.
void show(const CommentPlaced& placed, const domain::EventInfo& when, const CommentId& comment, domain::Presenter& presenter) {
  auto stand = stand_of(presenter, comment).value();
  const auto& before = stand.shown.back();
  auto view = row_in(presenter, stand, before, comment).value();
  for (const auto audience : k_audiences) presenter.drop(thread_topic(thread_in(stand, before), before.page), std::string(audience), comment_key(comment));
  count_on_block(stand.consultation, before.draft, before.block, -1, presenter);
  weigh_again(thread_in(stand, before), before.page, counted_bytes(view), 0, presenter);  // it is gone from there
  view = placed_in(std::move(view), placed, stand, when.at, presenter);
  const auto page = append_comment({stand.consultation, placed.draft, placed.block}, view, presenter);
  count_on_block(stand.consultation, placed.draft, placed.block, 1, presenter);
  note_settled(comment, std::move(stand), {placed.draft, placed.block, page, Standing::settled}, {placed.draft, placed.block, view.words_start, view.words_length},
               counted_bytes(view), presenter);
}

}  // namespace

Comment CommentAggregate::evolve(Comment comment, const CommentEvent& event) {
  std::visit([&](const auto& e) { apply(comment, e); }, event);
  return comment;
}

void CommentAggregate::present(const CommentEvent& event, const domain::EventInfo& when, const Comment& after,
                               domain::Presenter& presenter) {
  std::visit(domain::overloaded{[&](const CommentAdded& e) { show(e, when, presenter); },
                                [&](const CommentWithdrawn& e) { show(e, after.comment, presenter); },
                                [&](const CommentPlaced& e) { show(e, when, after.comment, presenter); }},
             event);
}

void show_words(Range range, const ReadText& text, wire::CommentView& view) {
  if (range.is_whole() || text.is_all_of(range)) return show_no_words(view);
  const auto mark = text.mark_of(range);
  view.words = beginning_of(text.words_of(range));
  view.words_start = range.start, view.words_length = range.length;
  view.words_from = mark.from, view.words_to = mark.to;
}

void show_no_words(wire::CommentView& view) {
  view.words.clear();
  view.words_start = view.words_length = view.words_from = view.words_to = 0;
}

wire::CommentView placed_in(wire::CommentView view, const CommentPlaced& placed, const Stand& stand, Timestamp at, const domain::Rows& rows) {
  view.block = placed.block;
  show_no_words(view);
  auto& carried = view.carried.value();
  carried.is_moved = carried.is_uncertain = carried.is_orphaned = false;
  carried.guess_number.clear(), carried.guess_href.clear();
  const auto text_of = [&](std::int64_t draft, const std::string& block) {
    return ReadText(rows.row_as<wire::BlockView>(draft_topic(stand.consultation.str(), draft), "staff", "block/" + block).value().text);
  };
  const Range range{stand.written.start, stand.written.length};
  const auto written = text_of(stand.written.draft, stand.written.block).words_of(range);
  const auto here = text_of(placed.draft, placed.block);
  const auto places = range.is_whole() ? std::vector<Place>() : here.places_of(written);
  if (places.size() == 1) show_words(places.front().range, here, view);
  const bool is_the_same = here.words_of({view.words_start, view.words_length}) == written;
  carried.words = is_the_same ? std::string() : beginning_of(written);
  const auto* by = placed.is_along ? "with the comment that it answers" : placed.by_author ? "by its author" : "by staff";
  carried.settled = fmt::format("Placed here {} at {}", by, uk_time::date_and_time(at));
  return view;
}

void remove_author(const PersonId& person, domain::Presenter& presenter) {
  forget_pace(person, presenter);
  for (const auto& [key, value] : presenter.rows(k_comment_index, k_private_audience, person.str() + "/")) {
    const auto comment = CommentId::from_trusted(key.substr(key.find('/') + 1));
    presenter.drop(std::string(k_comment_index), std::string(k_private_audience), key);
    const auto stand = stand_of(presenter, comment);
    if (!stand) continue;
    for (const auto& shown : stand->shown) {
      weigh_again(thread_in(*stand, shown), shown.page, value.to_number<std::int64_t>(), comment_bytes_max(domain::k_text_removed), presenter);
      auto view = row_in(presenter, *stand, shown, comment);
      if (!view || view->is_withdrawn) continue;
      view->by_name = domain::k_name_removed;
      view->text = domain::k_text_removed;
      put_comment(thread_in(*stand, shown), shown.page, *view, presenter);
      if (&shown == &stand->shown.back()) note_weight(comment, *stand, counted_bytes(*view), presenter);
    }
  }
}

}  // namespace witan::consultations
