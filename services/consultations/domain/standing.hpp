#pragma once

#include "services/consultations/domain/thread.hpp"

/// Where a comment stands in each draft that it has come to, and the ledgers that say so: for every draft, what became of each comment on
/// an earlier one. Every change of where a comment stands goes through here, so the numbers of a ledger always add up.
namespace witan::consultations {

BOOST_DEFINE_ENUM_CLASS(Standing, written, placed, moved, settled, uncertain, orphaned)

/// Where a comment is shown in one draft.
struct Shown {
  std::int64_t draft = 1;
  std::string block;      ///< `k_unplaced` where it has no place.
  std::int64_t page = 1;  ///< Of the thread.
  Standing as = Standing::written;
};
BOOST_DESCRIBE_STRUCT(Shown, (), (draft, block, page, as))

/// The words that a comment is about, where they were last found for certain.
struct Words {
  std::int64_t draft = 1;
  std::string block;
  std::int64_t start = 0;   ///< In code points of the block's text.
  std::int64_t length = 0;  ///< 0: the block as a whole.
};
BOOST_DESCRIBE_STRUCT(Words, (), (draft, block, start, length))

struct Stand {
  ConsultationId consultation;
  std::int64_t seq = 0;      ///< Of the event that added it: its order among others.
  std::vector<Shown> shown;  ///< First where it was written, then each draft that it has been carried to.
  Words written;             ///< What it was written about.
  Words words;
};
BOOST_DESCRIBE_STRUCT(Stand, (), (consultation, seq, shown, written, words))

/// A comment that waits to be carried to the draft after the last one it has come to.
struct Uncarried {
  CommentId comment;
  Words words;
  std::int64_t bytes = 0;  ///< That its row is counted as.
};
BOOST_DESCRIBE_STRUCT(Uncarried, (), (comment, words, bytes))

std::optional<Stand> stand_of(const domain::Rows& rows, const CommentId& comment);
/// Nothing where it has not come to that draft.
const Shown* shown_in(const Stand& stand, std::int64_t draft);
/// The replies that stand with a comment in the last draft it has come to; none for one that is a reply itself.
std::vector<CommentId> replies_to(const CommentId& comment, const Stand& stand, const domain::Rows& rows);
Thread thread_in(const Stand& stand, const Shown& shown);
/// The row of a comment as staff see it in one draft.
std::optional<wire::CommentView> row_in(const domain::Rows& rows, const Stand& stand, const Shown& shown, const CommentId& comment);

/// A draft begins with every comment still to be carried to it, and those before it say that it is there.
void begin_ledger(const ConsultationId& consultation, std::int64_t draft, std::int64_t comments, bool is_public, domain::Presenter& presenter);

/// A comment was written, and stands on a page of its thread. `bytes` here and below: what its row is counted as.
void note_written(const CommentAdded& added, std::int64_t seq, std::int64_t page, std::int64_t bytes, domain::Presenter& presenter);
/// Its text was replaced.
void note_weight(const CommentId& comment, const Stand& stand, std::int64_t bytes, domain::Presenter& presenter);
/// It was withdrawn: no ledger counts it any more, and it is carried no further.
void note_withdrawn(const Stand& stand, domain::Presenter& presenter);
/// It has come to the next draft. With `words` these were found for certain. The ledger hears of it by `count_carried`.
void note_carried(const CommentId& comment, Stand stand, Shown shown, const std::optional<Words>& words, std::int64_t bytes, domain::Presenter& presenter);
/// So many comments have come to the draft, and stand there like this.
void count_carried(const ConsultationId& consultation, std::int64_t draft, const std::vector<Standing>& carried, domain::Presenter& presenter);
/// Somebody said where it belongs in the last draft it has come to, and it is about these words there.
void note_settled(const CommentId& comment, Stand stand, Shown shown, Words words, std::int64_t bytes, domain::Presenter& presenter);

/// The carrying over that is next for each consultation.
struct CarryNext {
  ConsultationId consultation;
  std::int64_t draft = 0;
};
std::vector<CarryNext> to_be_carried(const domain::Rows& rows);
/// What waits to be carried to a draft, in the order of its words.
std::vector<Uncarried> uncarried_to(const domain::Rows& rows, const CarryNext& next);

}  // namespace witan::consultations
