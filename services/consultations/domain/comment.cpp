#include "services/consultations/domain/comment.hpp"

#include <fmt/format.h>

#include "services/consultations/domain/pace.hpp"
#include "services/consultations/domain/thread.hpp"
#include "shared/contract/personal.hpp"

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
    view.by_name = rows.text(person->name).value_or(domain::k_name_removed);
    view.organisation = person->organisation;
    view.has_organisation = !view.organisation.empty();
  }
  view.text = rows.text(added.text).value_or(domain::k_text_removed);
  view.at = uk_time::date_and_time(when.at);
  view.created_at = when.at;
  view.sort = fmt::format("{:012}", when.seq);
  return view;
}

/// Where a comment stands, and the bytes that were counted for it: for finding all of one person.
struct WhereSaid {
  ConsultationId consultation;
  std::int64_t draft = 1;
  std::string block;
  std::int64_t bytes = 0;
};
BOOST_DESCRIBE_STRUCT(WhereSaid, (), (consultation, draft, block, bytes))

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
    const auto view = view_of(*added, when, presenter);
    append_comment(thread, view, presenter);
    note_pace(added->by, when.at, presenter);
    domain::note_personal(added->by, added->text, presenter);
    presenter.put_private(std::string(k_comment_index), added->by.str() + "/" + added->comment.str(),
                          codec::encode(WhereSaid{added->consultation, added->draft, added->block, comment_bytes_max(view.text)}));
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

void remove_author(const PersonId& person, domain::Presenter& presenter) {
  forget_pace(person, presenter);
  for (const auto& [key, value] : presenter.rows(k_comment_index, k_private_audience, person.str() + "/")) {
    const auto where = codec::decode<WhereSaid>(value);
    const auto comment = CommentId::from_trusted(key.substr(key.find('/') + 1));
    const Thread thread{where->consultation, where->draft, where->block};
    const auto page = page_of_comment(presenter, thread, comment);
    if (!page) continue;
    weigh_again(thread, *page, where->bytes, comment_bytes_max(domain::k_text_removed), presenter);
    presenter.drop(std::string(k_comment_index), std::string(k_private_audience), key);
    auto view = presenter.row_as<wire::CommentView>(thread_topic(thread, *page), "staff", comment_key(comment));
    if (!view || view->is_withdrawn) continue;
    view->by_name = domain::k_name_removed;
    view->text = domain::k_text_removed;
    put_comment(thread, *page, *view, presenter);
  }
}

}  // namespace witan::consultations
