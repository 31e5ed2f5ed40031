#pragma once

#include "services/consultations/domain/rows.hpp"

/// The comments on one paragraph. A thread is a topic of its own, there from the publishing of its draft on;
/// one that has outgrown its topic goes on in a next page, so that nobody is refused because others have said
/// much.
namespace witan::consultations {

/// The rows of one page, the paragraph's included; the envelope of a snapshot has the rest of 256 kB.
inline constexpr std::int64_t k_page_bytes_max = 255 * 1024;
/// Between what a comment sorts by and what its replies sort by among each other.
inline constexpr char k_reply_mark = '-';
/// In place of a block: where comments on earlier drafts stand that have no place in this one.
inline constexpr std::string_view k_unplaced = "unplaced";

/// Which paragraph's.
struct Thread {
  ConsultationId consultation;
  std::int64_t draft = 0;
  std::string block;  ///< Or `k_unplaced`.

  bool is_unplaced() const { return block == k_unplaced; }
};

/// The last page of a thread, and the bytes of its rows. Withdrawing makes no room: pages that are full stay
/// as they are, and what was said on them stays where it is.
struct ThreadEnd {
  std::int64_t page = 1;
  std::int64_t bytes = 0;
};
BOOST_DESCRIBE_STRUCT(ThreadEnd, (), (page, bytes))

/// `b12`, or `b12-2` for its second page.
std::string thread_name(const std::string& block, std::int64_t page);
std::string thread_topic(const Thread& thread, std::int64_t page);

wire::ParagraphView paragraph_view(const Thread& thread, const DraftBlock& block);

/// Shows the thread, without any comment yet, to those whom the rules name. `block` is that of the draft; for those without a place a fresh one.
void begin_thread(const Thread& thread, const DraftBlock& block, const std::vector<AccessRule>& access,
                  bool is_public, domain::Presenter& presenter);
/// To everyone from now on.
void show_thread_to_public(const Thread& thread, const std::vector<AccessRule>& access,
                           domain::Presenter& presenter);

/// No less than what the row of a comment with this text comes to. It asks for nothing but the text, so that
/// it is known before the comment is there in which page it will stand.
std::int64_t comment_bytes_max(const std::string& text);
ThreadEnd thread_end(const domain::Rows& rows, const Thread& thread);
/// What the row of a comment is counted as: what it says, what it is about and where it comes from; name and organisation as much as they may be.
std::int64_t counted_bytes(const wire::CommentView& view);
/// The thread's end once this row has been added.
ThreadEnd thread_end_with(const domain::Rows& rows, const Thread& thread, const wire::CommentView& view);

void put_comment(const Thread& thread, std::int64_t page, const wire::CommentView& view,
                 domain::Presenter& presenter);
/// Puts a comment at the end of a thread, which begins another page for it where it must. The page.
std::int64_t append_comment(const Thread& thread, const wire::CommentView& view, domain::Presenter& presenter);
/// A comment's text was replaced: its page has other bytes now, which count while it is the last one.
void weigh_again(const Thread& thread, std::int64_t page, std::int64_t before, std::int64_t after, domain::Presenter& presenter);
std::string comment_key(const CommentId& comment);

}  // namespace witan::consultations
