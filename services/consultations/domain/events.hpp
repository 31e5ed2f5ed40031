#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "shared/contract/consultations.hpp"
#include "shared/contract/directory.hpp"

/// What can have happened to a consultation, its drafts and its comments. Never changed once written; a
/// changed meaning is a new name.
namespace witan::consultations {

namespace wire = contract::consultations;

struct ConsultationCreated {
  static constexpr std::string_view k_type = "consultation_created";
  ConsultationId consultation;
  BodyId body;
  std::string title;
  std::string area;
  std::string summary;
};
BOOST_DESCRIBE_STRUCT(ConsultationCreated, (), (consultation, body, title, area, summary))

BOOST_DEFINE_ENUM_CLASS(BlockKind, title, section, subsection, paragraph)

/// One block of a draft, rendered. A block's id and number are what comments refer to, so they are part of
/// the record and do not change when the renderer does.
struct DraftBlock {
  std::string block;  ///< `b12`: the twelfth.
  BlockKind kind = BlockKind::paragraph;
  std::string number;
  std::string html;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(DraftBlock, (), (block, kind, number, html, text))

struct DraftPublished {
  static constexpr std::string_view k_type = "draft_published";
  std::int64_t draft = 1;  ///< Its version, counted from 1.
  std::string markdown;    ///< As it was sent: the next draft is written from it.
  std::vector<DraftBlock> blocks;
};
BOOST_DESCRIBE_STRUCT(DraftPublished, (), (draft, markdown, blocks))

/// It is to open by itself, instead of at the times that were set before.
struct OpeningScheduled {
  static constexpr std::string_view k_type = "opening_scheduled";
  Timestamp opens_at;
  Timestamp closes_at;
};
BOOST_DESCRIBE_STRUCT(OpeningScheduled, (), (opens_at, closes_at))

struct OpeningCancelled {
  static constexpr std::string_view k_type = "opening_cancelled";
};
BOOST_DESCRIBE_STRUCT(OpeningCancelled, (), ())

struct ConsultationOpened {
  static constexpr std::string_view k_type = "consultation_opened";
  Timestamp closes_at;
};
BOOST_DESCRIBE_STRUCT(ConsultationOpened, (), (closes_at))

struct ConsultationExtended {
  static constexpr std::string_view k_type = "consultation_extended";
  Timestamp closes_at;
  std::string reason;  ///< Public, from whoever runs the consultation.
};
BOOST_DESCRIBE_STRUCT(ConsultationExtended, (), (closes_at, reason))

struct ConsultationClosed {
  static constexpr std::string_view k_type = "consultation_closed";
  Timestamp closed_at;
};
BOOST_DESCRIBE_STRUCT(ConsultationClosed, (), (closed_at))

using ConsultationEvent =
    std::variant<ConsultationCreated, DraftPublished, OpeningScheduled, OpeningCancelled, ConsultationOpened, ConsultationExtended, ConsultationClosed>;

struct CommentAdded {
  static constexpr std::string_view k_type = "comment_added";
  CommentId comment;
  ConsultationId consultation;
  std::int64_t draft = 1;
  std::string block;
  PersonId by;
  Erasable text;
  std::optional<std::int64_t> start = {};   ///< Of the words that it is about, in code points of the block's text; absent: all of it.
  std::optional<std::int64_t> length = {};
  std::optional<CommentId> reply_to = {};
};
BOOST_DESCRIBE_STRUCT(CommentAdded, (), (comment, consultation, draft, block, by, text, start, length, reply_to))

struct CommentWithdrawn {
  static constexpr std::string_view k_type = "comment_withdrawn";
};
BOOST_DESCRIBE_STRUCT(CommentWithdrawn, (), ())

/// Somebody said where it belongs in a later draft than the one it was written about.
struct CommentPlaced {
  static constexpr std::string_view k_type = "comment_placed";
  std::int64_t draft = 1;
  std::string block;
  bool by_author = false;  ///< Otherwise by staff.
  std::optional<bool> is_along = {};  ///< A reply that went along with the comment that it answers.
};
BOOST_DESCRIBE_STRUCT(CommentPlaced, (), (draft, block, by_author, is_along))

using CommentEvent = std::variant<CommentAdded, CommentWithdrawn, CommentPlaced>;

/// As anchors::Fate.
BOOST_DEFINE_ENUM_CLASS(Fate, placed, moved, uncertain, orphaned)

/// What became of one comment in the draft after the last one that it was carried to.
struct CommentFate {
  CommentId comment;
  Fate fate = Fate::orphaned;
  std::string block;        ///< Where its words stand, or the guess; empty when orphaned.
  std::int64_t start = 0;   ///< In code points of the block's text.
  std::int64_t length = 0;
  std::int64_t score = 0;   ///< Thousandths.
};
BOOST_DESCRIBE_STRUCT(CommentFate, (), (comment, fate, block, start, length, score))

/// Some of the comments on earlier drafts were looked for in this one.
struct CommentsCarried {
  static constexpr std::string_view k_type = "comments_carried";
  ConsultationId consultation;
  std::int64_t draft = 1;
  std::vector<CommentFate> comments;
};
BOOST_DESCRIBE_STRUCT(CommentsCarried, (), (consultation, draft, comments))

using CarryOverEvent = std::variant<CommentsCarried>;

/// Directory told us of a body.
struct BodyNamed {
  static constexpr std::string_view k_type = "body_named";
  BodyId body;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(BodyNamed, (), (body, name))

using KnownBodyEvent = std::variant<BodyNamed>;

/// Directory told us of a person.
struct PersonNamed {
  static constexpr std::string_view k_type = "person_named";
  PersonId person;
  Erasable name;
  std::string organisation;  ///< Its name; empty for none.
  std::optional<std::int64_t> number = {};  ///< Of the change of name; absent for the first name.
};
BOOST_DESCRIBE_STRUCT(PersonNamed, (), (person, name, organisation, number))

/// The person's account was deleted: their name, and the words of their comments, are no more.
struct PersonForgotten {
  static constexpr std::string_view k_type = "person_forgotten";
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(PersonForgotten, (), (person))

using KnownPersonEvent = std::variant<PersonNamed, PersonForgotten>;

}  // namespace witan::consultations
