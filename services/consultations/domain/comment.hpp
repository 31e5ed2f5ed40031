#pragma once

#include "services/consultations/domain/decide.hpp"
#include "services/consultations/domain/standing.hpp"
#include "services/consultations/domain/words.hpp"

namespace witan::consultations {

/// The rules of one comment, as shared/contract/domain.hpp wants them. A comment is an aggregate of its own,
/// so that people who comment at the same time never wait for, or clash with, each other.
struct CommentAggregate {
  static constexpr std::string_view k_kind = "comment";
  using State = Comment;
  using Event = CommentEvent;

  static Comment evolve(Comment comment, const CommentEvent& event);
  static bool exists(const Comment& comment) { return !comment.comment.empty(); }
  static std::string topic(std::string_view id) { return "comments/" + std::string(id); }
  static void present(const CommentEvent& event, const domain::EventInfo& when, const Comment& after,
                      domain::Presenter& presenter);
  static std::optional<json::object> publish(const CommentEvent&, const domain::Rows&) {
    return std::nullopt;
  }
  static domain::AuditLine describe(const CommentEvent& event, const Comment& before, const Comment& after,
                                    const domain::Rows& rows);
};

inline constexpr std::int64_t k_placements_max = 20;

/// What a comment is about in the block with this text; a range of all of it is the block as a whole.
void show_words(Range range, const ReadText& text, wire::CommentView& view);
/// It is about a block as a whole, or about nothing in this draft.
void show_no_words(wire::CommentView& view);

/// The row of a comment under the paragraph in which somebody placed it: about the words that it was written about, where these stand there once.
wire::CommentView placed_in(wire::CommentView view, const CommentPlaced& placed, const Stand& stand, Timestamp at, const domain::Rows& rows);

/// Takes the author's name and words out of all their comments. That there was a comment, and how many, stays.
void remove_author(const PersonId& person, domain::Presenter& presenter);

}  // namespace witan::consultations
