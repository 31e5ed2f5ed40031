#include "services/consultations/domain/comment.hpp"

#include <fmt/format.h>

#include "services/consultations/domain/rows.hpp"

namespace witan::consultations {

namespace {

void apply(Comment& comment, const CommentAdded& e) {
  comment = {e.comment, e.consultation, e.draft, e.block, e.by, false};
}
void apply(Comment& comment, const CommentWithdrawn&) { comment.is_withdrawn = true; }

std::string key_of(const Comment& comment) {
  return fmt::format("block/{}/comment/{}", comment.block, comment.comment.str());
}

std::int64_t bytes_of_row(const wire::CommentView& view) {
  return static_cast<std::int64_t>(json::serialize(codec::encode(view)).size());
}

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

void put(const Comment& comment, const wire::CommentView& view, domain::Presenter& presenter) {
  const auto topic = draft_topic(comment.consultation.str(), comment.draft);
  for (const auto audience : k_audiences) presenter.put(topic, std::string(audience), key_of(comment), view);
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
  const auto topic = draft_topic(after.consultation.str(), after.draft);
  if (const auto* added = std::get_if<CommentAdded>(&event)) {
    const auto view = view_of(*added, when, presenter);
    put(after, view, presenter);
    add_bytes(bytes_of_row(view), topic, presenter);
    return count(1, after, presenter);
  }
  const auto view = presenter.row_as<wire::CommentView>(topic, "staff", key_of(after));
  if (!view) return;
  const auto blank = withdrawn(*view);
  put(after, blank, presenter);
  add_bytes(bytes_of_row(blank) - bytes_of_row(*view), topic, presenter);
  count(-1, after, presenter);
}

std::int64_t comment_bytes_max(const std::string& text) {
  constexpr std::int64_t k_all_but_text =
      400 + 2 * (400 + 480);  // a name of 100 and an organisation of 120 characters
  return k_all_but_text + static_cast<std::int64_t>(json::serialize(json::string(text)).size());
}

}  // namespace witan::consultations
