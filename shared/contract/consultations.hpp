#pragma once

#include "shared/contract/codec.hpp"

/// What consultations accepts and shows: draft strategies, and what people say about each paragraph.
namespace witan::contract::consultations {

BOOST_DEFINE_ENUM_CLASS(ConsultationState, preparing, open, closed)

// Commands

/// Result `{consultation}`. `body` is the partnership or authority that leads.
struct CreateConsultation {
  static constexpr std::string_view k_name = "consultations.create_consultation";
  BodyId body;
  Text<2, 160> title;
  Text<2, 120> area;
  Prose<10, 2000> summary;
};
BOOST_DESCRIBE_STRUCT(CreateConsultation, (), (body, title, area, summary))

/// Turns Markdown into numbered sections and paragraphs. Result `{draft}`: its version, counted from 1.
struct PublishDraft {
  static constexpr std::string_view k_name = "consultations.publish_draft";
  ConsultationId consultation;
  Prose<20, 200000> markdown;
};
BOOST_DESCRIBE_STRUCT(PublishDraft, (), (consultation, markdown))

/// Needs a draft. Comments are taken until `closes_on` at 11:59pm UK time, or until it is closed by hand. With `opens_on` it opens by itself
/// on that day; sent again before then, the new times replace those.
struct OpenConsultation {
  static constexpr std::string_view k_name = "consultations.open_consultation";
  ConsultationId consultation;
  CalendarDate closes_on;
  std::optional<CalendarDate> opens_on = {};   ///< Absent: now.
  std::optional<ClockTime> opens_time = {};    ///< On a UK clock; absent: at midnight, when the day begins.
};
BOOST_DESCRIBE_STRUCT(OpenConsultation, (), (consultation, closes_on, opens_on, opens_time))

/// It was to open by itself, and is not to. `not_now` where it was not.
struct CancelOpening {
  static constexpr std::string_view k_name = "consultations.cancel_opening";
  ConsultationId consultation;
};
BOOST_DESCRIBE_STRUCT(CancelOpening, (), (consultation))

/// Comments are taken for longer: until the later day `closes_on` at 11:59pm UK time. The reason stands on the public page. Who gave their
/// time to the first date is never cut short: there is no earlier date, only CloseConsultation.
struct ExtendConsultation {
  static constexpr std::string_view k_name = "consultations.extend_consultation";
  ConsultationId consultation;
  CalendarDate closes_on;
  Prose<10, 1000> reason;
};
BOOST_DESCRIBE_STRUCT(ExtendConsultation, (), (consultation, closes_on, reason))

struct CloseConsultation {
  static constexpr std::string_view k_name = "consultations.close_consultation";
  ConsultationId consultation;
};
BOOST_DESCRIBE_STRUCT(CloseConsultation, (), (consultation))

/// Result `{comment, thread}`. `block` is a paragraph's id, such as `b12`; `thread` is where the comment stands, `b12` or
/// a later page of its thread, such as `b12-2`. With `words` it is about these alone: they must stand in the paragraph, and where they stand in
/// it more than once, `place` tells which are meant. White space, letter case and the form of quotes and dashes make no difference.
/// With `reply_to` it stands under that comment, which must be in this paragraph of this draft, and is about the same words.
struct AddComment {
  static constexpr std::string_view k_name = "consultations.add_comment";
  ConsultationId consultation;
  Whole<1, 1000> draft;
  Text<2, 12> block;
  Prose<2, 4000> text;
  std::optional<Prose<0, 2000>> words = {};  ///< Absent or empty: about the whole paragraph.
  std::optional<Whole<0, 65536>> place = {};   ///< How many code points that are no white space stand before them in the paragraph.
  std::optional<CommentId> reply_to = {};
};
BOOST_DESCRIBE_STRUCT(AddComment, (), (consultation, draft, block, text, words, place, reply_to))

/// The author takes a comment back; the place keeps "Comment withdrawn by its author".
struct WithdrawComment {
  static constexpr std::string_view k_name = "consultations.withdraw_comment";
  CommentId comment;
};
BOOST_DESCRIBE_STRUCT(WithdrawComment, (), (comment))

/// Says where a comment on an earlier draft belongs in the newest one: confirms what was guessed, or puts it right. For its author and for
/// staff. `not_now` where `draft` is not the newest, or the comment has not been carried over to it yet; `already_done` where it stands there.
struct PlaceComment {
  static constexpr std::string_view k_name = "consultations.place_comment";
  CommentId comment;
  Whole<1, 1000> draft;
  Text<1, 12> paragraph;  ///< Its number in the draft: "2.3".
};
BOOST_DESCRIBE_STRUCT(PlaceComment, (), (comment, draft, paragraph))

using Commands = boost::mp11::mp_list<CreateConsultation, PublishDraft, OpenConsultation, CancelOpening, ExtendConsultation, CloseConsultation, AddComment,
                                      WithdrawComment, PlaceComment>;

// What people see

/// Topics `consultations` (audience `public`: opened or closed ones) and `body-consultations/<body>` (audience
/// `member`: all) and their pages, key `consultation/<id>`; topic `consultations/<id>` (audiences `staff`, `public`), key
/// `consultation`.
struct ConsultationView {
  ConsultationId consultation;
  BodyId body;
  std::string body_name;
  std::string title;
  std::string area;
  std::string summary;
  ConsultationState state = ConsultationState::preparing;
  std::string state_label;      ///< "In preparation", "Open", "Closed"
  bool is_preparing = false;
  bool is_open = false;
  bool is_closed = false;
  std::string closes;           ///< "11:59pm on 31 October 2019"; empty before opening.
  std::optional<Timestamp> closes_at;
  bool is_scheduled = false;    ///< In preparation, and opens by itself.
  std::string opens;            ///< "9am on 1 October 2019"; empty unless it is to open by itself.
  std::optional<Timestamp> opens_at;
  bool has_draft = false;
  std::int64_t draft = 0;       ///< The newest version.
  std::string draft_href;       ///< `/consultations/<id>/draft/<version>`
  std::int64_t comment_count = 0;
  std::int64_t paragraph_count = 0;
  std::string href;             ///< `/consultations/<id>`
  std::string sort;
};
BOOST_DESCRIBE_STRUCT(ConsultationView, (),
                      (consultation, body, body_name, title, area, summary, state, state_label, is_preparing, is_open,
                       is_closed, closes, closes_at, is_scheduled, opens, opens_at, has_draft, draft, draft_href, comment_count, paragraph_count, href,
                       sort))

/// The closing date was moved. Topic `consultations/<id>` (audiences `staff`, `public`), key `extension/<n>`, the latest first.
struct ExtensionView {
  std::int64_t number = 1;
  std::string from;             ///< "11:59pm on 31 October 2019"
  std::string to;               ///< "11:59pm on 14 November 2019"
  std::string reason;
  std::string at;               ///< When that was said: "2:15pm on 4 October 2019"
  std::string sort;
};
BOOST_DESCRIBE_STRUCT(ExtensionView, (), (number, from, to, reason, at, sort))

/// Topic `drafts/<id>/<version>` (audiences `staff`, `public`), key `block/<bN>`.
struct BlockView {
  std::string block;            ///< `b12`
  ConsultationId consultation;
  std::int64_t draft = 0;
  bool is_heading = false;
  bool is_title = false;        ///< Heading of the first level.
  bool is_section = false;      ///< Heading of the second level.
  bool is_subsection = false;   ///< Heading of any deeper level.
  bool is_paragraph = false;    ///< A paragraph, list, table or quotation: takes comments.
  std::string number;           ///< "2.3" for paragraphs, "2" for sections.
  std::string html;             ///< From the Markdown renderer's closed list of elements; safe to show as it is.
  std::string text;             ///< Without markup.
  std::int64_t comment_count = 0;
  bool has_comments = false;
  bool has_one_comment = false;
  std::string sort;
};
BOOST_DESCRIBE_STRUCT(BlockView, (),
                      (block, consultation, draft, is_heading, is_title, is_section, is_subsection, is_paragraph, number,
                       html, text, comment_count, has_comments, has_one_comment, sort))

/// What became, in a draft, of the comments that were written about earlier ones. Every one of them is counted once, so the numbers add
/// up: `total` = `placed` + `moved` + `settled` + `uncertain` + `orphaned` + `left`. Topics `drafts/<id>/<version>` and
/// `threads/<id>/<version>/unplaced` (audiences as the draft's), key `ledger`.
struct LedgerView {
  ConsultationId consultation;
  std::int64_t draft = 0;
  std::int64_t total = 0;       ///< But for those that were withdrawn.
  std::int64_t placed = 0;      ///< Under the paragraph that theirs became.
  std::int64_t moved = 0;       ///< Their words stand elsewhere now.
  std::int64_t settled = 0;     ///< A person said where they belong.
  std::int64_t uncertain = 0;   ///< A guess that nobody has confirmed.
  std::int64_t orphaned = 0;    ///< Nothing in this draft is what they are about.
  std::int64_t left = 0;        ///< Not looked at yet.
  bool has_any = false;
  bool is_done = true;
  bool has_unplaced = false;    ///< Uncertain or orphaned ones.
  std::string summary;          ///< "412 comments on earlier drafts: 365 placed, 31 moved, 9 uncertain, 7 without a place"
  std::string href;             ///< `/consultations/<id>/draft/<version>/unplaced`
  bool is_replaced = false;     ///< A newer draft has been published.
  std::int64_t newest = 0;      ///< Its version, or this one's.
  std::string newest_href;      ///< `/consultations/<id>/draft/<version>`
};
BOOST_DESCRIBE_STRUCT(LedgerView, (),
                      (consultation, draft, total, placed, moved, settled, uncertain, orphaned, left, has_any, is_done, has_unplaced, summary, href,
                       is_replaced, newest, newest_href))

/// What the comments of a thread are about. Topic `threads/<id>/<version>/<bN>` (audiences as the draft's), key
/// `paragraph/<bN>`. A thread that has outgrown its topic goes on in `threads/<id>/<version>/<bN>-2`, `-3`, …: each is a
/// page with a row of its own. `threads/<id>/<version>/unplaced` holds the comments on earlier drafts that have no place in this one.
struct ParagraphView {
  std::string block;            ///< `b12`, or `unplaced`
  ConsultationId consultation;
  std::int64_t draft = 0;
  bool is_unplaced = false;     ///< No paragraph: where comments stand that have no place.
  std::string number;           ///< "2.3"; empty for those without a place.
  std::string html;             ///< As in the draft.
  std::string thread;           ///< `b12`, or the page such as `b12-2`: the topic's last part.
  std::int64_t page_number = 1;
  bool has_previous = false;
  std::string previous_href;    ///< `/consultations/<id>/draft/<version>/b12`; empty on the first page.
  bool has_next = false;
  std::string next_href;        ///< Empty on the last page.
};
BOOST_DESCRIBE_STRUCT(ParagraphView, (),
                      (block, consultation, draft, is_unplaced, number, html, thread, page_number, has_previous, previous_href,
                       has_next, next_href))

/// Where a comment comes from that is shown in a later draft than the one it was written about.
struct CarriedView {
  std::int64_t draft = 0;       ///< It was written about this one.
  std::string number;           ///< Of the paragraph there: "2.3"
  std::string href;             ///< Where it stands there.
  std::string words;            ///< What it was about, at most 300 characters; empty where the words are the same here.
  bool is_moved = false;        ///< These words stand elsewhere now.
  bool is_uncertain = false;    ///< It has no place here, only a guess.
  bool is_orphaned = false;     ///< It has no place here, nor a guess.
  std::string settled;          ///< "Placed here by its author at 2:15pm on 4 October 2019"; empty where nobody had to.
  std::string guess_number;     ///< Of an uncertain one: "2.4"
  std::string guess_href;
};
BOOST_DESCRIBE_STRUCT(CarriedView, (), (draft, number, href, words, is_moved, is_uncertain, is_orphaned, settled, guess_number, guess_href))

/// Topic `threads/<id>/<version>/<bN>` or a later page of it, key `comment/<id>`. Oldest first within a page, replies under
/// what they answer.
struct CommentView {
  CommentId comment;
  ConsultationId consultation;
  std::int64_t draft = 0;       ///< In which it stands here.
  std::string block;
  PersonId by;
  std::string by_name;
  std::string organisation;
  bool has_organisation = false;
  std::string text;             ///< Empty once withdrawn.
  std::string words;            ///< What it is about, at most 300 characters; empty for the whole paragraph, or without a place.
  std::int64_t words_start = 0;    ///< Of these in the block's text, in code points (W3C TextPositionSelector).
  std::int64_t words_length = 0;
  std::int64_t words_from = 0;     ///< The same in code points that are no white space: as a browser can count them.
  std::int64_t words_to = 0;
  bool is_reply = false;        ///< It stands under the comment that it answers, or where that is on another page, says that it is one.
  bool is_withdrawn = false;
  std::string at;               ///< "2:15pm on 4 October 2019"
  Timestamp created_at;
  std::optional<CarriedView> carried = {};  ///< Absent where it was written about this draft.
  std::string sort;
};
BOOST_DESCRIBE_STRUCT(CommentView, (),
                      (comment, consultation, draft, block, by, by_name, organisation, has_organisation, text, words, words_start, words_length, words_from,
                       words_to, is_reply, is_withdrawn, at, created_at, carried,
                       sort))

using Views = boost::mp11::mp_list<ConsultationView, ExtensionView, BlockView, LedgerView, ParagraphView, CommentView>;
using Notices = boost::mp11::mp_list<>;

}  // namespace witan::contract::consultations
