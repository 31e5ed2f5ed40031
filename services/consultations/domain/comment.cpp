#include "services/consultations/domain/comment.hpp"

#include <fmt/format.h>

#include "services/consultations/domain/thread.hpp"

namespace witan::consultations {

namespace {

void apply(Comment& comment, const CommentAdded& e) {
  comment = {e.comment, e.consultation, e.draft, e.block, e.by, false};
}
void apply(Comment& comment, const CommentWithdrawn&) { comment.is_withdrawn = true; }

Thread thread_of(const Comment& comment) { return {comment.consultation, comment.draft, comment.block}; }

wire::CommentView view_of(const CommentAdded& added, const domain::EventInfo& when,
                          const domain::Rows& rows) {
  wire::CommentView view;
  view.comment = added.comment;
  view.block = added.block;
  view.by = added.by;
  if (const auto person = rows.row_as<PersonNamed>(k_people_index, k_private_audience, added.by.str())) {
    view.by_name = rows.text(person->name).value_or("");
    view.organisation = person->organisation;
    view.has_organisation = !view.organisation.empty();
  }
  view.text = rows.text(added.text).value_or("");
  view.at = uk_time::date_and_time(when.at);
  view.created_at = when.at;
  view.sort = fmt::format("{:012}", when.seq);
  return view;
}

wire::CommentView withdrawn(wire::CommentView view) {
  view.by_name.clear();
  view.organisation.clear();
  view.has_organisation = false;
  view.text.clear();
  view.is_withdrawn = true;
  return view;
}

/// Keeps the counts on the paragraph and on the consultation.
void count(std::int64_t more, const Comment& comment, domain::Presenter& presenter) {
  const auto topic = draft_topic(comment.consultation.str(), comment.draft);
  for (const auto audience : k_audiences) {
    auto block = presenter.row_as<wire::BlockView>(topic, audience, "block/" + comment.block);
    if (!block) continue;
    block->comment_count += more;
    block->has_comments = block->comment_count > 0;
    block->has_one_comment = block->comment_count == 1;
    presenter.put(topic, std::string(audience), "block/" + comment.block, *block);
  }
  auto consultation = presenter.row_as<wire::ConsultationView>(consultation_topic(comment.consultation.str()),
                                                               "staff", "consultation");
  if (!consultation) return;
  consultation->comment_count += more;
  put_everywhere(*consultation, presenter);
}

}  // namespace

Comment CommentAggregate::evolve(Comment comment, const CommentEvent& event) {
  std::visit([&](const auto& e) { apply(comment, e); }, event);
  return comment;
}

void CommentAggregate::present(const CommentEvent& event, const domain::EventInfo& when, const Comment& after,
                               domain::Presenter& presenter) {
  const auto thread = thread_of(after);
  if (const auto* added = std::get_if<CommentAdded>(&event)) {
    append_comment(thread, view_of(*added, when, presenter), presenter);
    return count(1, after, presenter);
  }
  const auto page = page_of_comment(presenter, thread, after.comment);
  if (!page) return;
  const auto view =
      presenter.row_as<wire::CommentView>(thread_topic(thread, *page), "staff", comment_key(after.comment));
  if (!view) return;
  put_comment(thread, *page, withdrawn(*view), presenter);
  count(-1, after, presenter);
}

}  // namespace witan::consultations
