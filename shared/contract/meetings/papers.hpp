#pragma once

#include "shared/contract/access.hpp"

/// Papers under the items of an agenda, and the files that are handed in for them.
namespace witan::contract::meetings {

BOOST_DEFINE_ENUM_CLASS(PaperKind, pdf, docx, markdown)
/// Who may see an item of the agenda, or a paper under it.
BOOST_DEFINE_ENUM_CLASS(Circulation, everyone, members)

// Commands

/// Result `{upload}`: under that name the file's bytes can be handed in (shared/contract/files.hpp), by this person only, for a day.
/// `file_refused` with `fault` for a file whose name or length says already that it is not taken.
struct BeginUpload {
  static constexpr std::string_view k_name = "meetings.begin_upload";
  MeetingId meeting;
  Text<1, 400> file_name;   ///< Looked at for its end, and not kept.
  Whole<0, 1'000'000'000'000> bytes;
};
BOOST_DESCRIBE_STRUCT(BeginUpload, (), (meeting, file_name, bytes))

/// What has been handed in is removed.
struct CancelUpload {
  static constexpr std::string_view k_name = "meetings.cancel_upload";
  UploadId upload;
};
BOOST_DESCRIBE_STRUCT(CancelUpload, (), (upload))

/// Result `{paper}`: a paper that is to follow. It stands under its item with its title until AddPaper brings it, or it is withdrawn.
struct AnnouncePaper {
  static constexpr std::string_view k_name = "meetings.announce_paper";
  MeetingId meeting;
  AgendaItemId item;
  Text<2, 160> title;
  std::optional<Circulation> circulation;         ///< Absent: as the item's. Never wider than that.
  std::optional<CalendarDate> expected;           ///< The day by which it is to be there.
};
BOOST_DESCRIBE_STRUCT(AnnouncePaper, (), (meeting, item, title, circulation, expected))

/// Result `{paper}`. The file is looked into first: `file_refused` with `fault` (files::Fault) for one that is not taken.
/// After the day on which papers are due (`set_publication_clock`) it needs the reason why it is late.
struct AddPaper {
  static constexpr std::string_view k_name = "meetings.add_paper";
  MeetingId meeting;
  AgendaItemId item;
  Text<2, 160> title;
  UploadId upload;
  std::optional<Circulation> circulation;         ///< Absent: as the item's. Never wider than that.
  std::optional<CalendarDate> not_before;         ///< Until then, on a UK clock, it is for staff alone.
  std::optional<ClockTime> not_before_time;       ///< Absent: at midnight, when the day begins.
  std::optional<Text<0, 300>> late_reason;
  std::optional<PaperId> fills = {};              ///< The one that was to follow under this item, which it is.
  std::optional<Text<0, 120>> from = {};          ///< From whom it is: "Cumbria LEP".
  std::optional<bool> needs_second = {};          ///< It and each version after it is for staff alone until somebody else releases it (`release_paper`).
};
BOOST_DESCRIBE_STRUCT(AddPaper, (), (meeting, item, title, upload, circulation, not_before, not_before_time, late_reason, fills, from, needs_second))

/// Takes the place of the version before, which stays to be read.
struct AddPaperVersion {
  static constexpr std::string_view k_name = "meetings.add_paper_version";
  MeetingId meeting;         ///< Whose paper it is.
  PaperId paper;
  UploadId upload;
  Text<2, 300> what_changed;
  std::optional<Whole<1, 1000>> seen_version = {};  ///< The newest one that the sender knows: `stale_version` when there is another by now.
};
BOOST_DESCRIBE_STRUCT(AddPaperVersion, (), (meeting, paper, upload, what_changed, seen_version))

/// The second of two people lets a version go out that waits for it (`needs_second`): `forbidden` to whoever added it. Where the paper has a
/// day as well, both have to come. `already_done` when it was released, `stale_version` when there is a newer one by now. The first version needs the
/// reason why it is late after the day on which papers are due, unless one was given when it was added.
struct ReleasePaper {
  static constexpr std::string_view k_name = "meetings.release_paper";
  PaperId paper;
  Whole<1, 1000> version;  ///< The one that the sender has looked at.
  std::optional<Text<0, 300>> late_reason = {};
};
BOOST_DESCRIBE_STRUCT(ReleasePaper, (), (paper, version, late_reason))

/// Its title stays on the agenda with the reason; nobody gets the file any more.
struct WithdrawPaper {
  static constexpr std::string_view k_name = "meetings.withdraw_paper";
  PaperId paper;
  Text<2, 300> reason;
};
BOOST_DESCRIBE_STRUCT(WithdrawPaper, (), (paper, reason))

/// Somebody opens a version's file, or its text. Result `{bytes, kind, title}`, and `{text_bytes}` where there is text to read (as file
/// `<paper>/text`, shared/contract/files.hpp), with `is_cut` where it goes on in the file. `not_found` alike for one that is not there, not for them, or not yet.
struct ReadPaper {
  static constexpr std::string_view k_name = "meetings.read_paper";
  static constexpr bool k_for_gateway = true;  ///< Who opens it gets the file itself, at its address.
  PaperId paper;
  Whole<1, 1000> version;
};
BOOST_DESCRIBE_STRUCT(ReadPaper, (), (paper, version))

using PapersCommands = boost::mp11::mp_list<BeginUpload, CancelUpload, AnnouncePaper, AddPaper, AddPaperVersion, ReleasePaper, WithdrawPaper, ReadPaper>;

// What people see

/// A paper as it stands under its item, and topic `papers/<id>` (audiences `staff`, `member`, `public`), key `paper`.
struct PaperView {
  PaperId paper;
  MeetingId meeting;
  AgendaItemId item;
  std::string title;
  std::string href;            ///< `/papers/<id>`: all versions.
  std::string file_href;       ///< The newest version's file; empty once the paper is withdrawn.
  std::string type;            ///< "PDF", "Word document"; empty while it is to follow, as size and time.
  std::string size;            ///< "1.2 MB", "1.2 MB, 12 pages" where that is known
  std::int64_t version = 1;    ///< 0 while it is to follow.
  std::string added;           ///< The newest version: "2:15pm on 11 June 2018"
  // Absent where it is not so.
  std::optional<std::int64_t> replaces;             ///< The number of the version before,
  std::optional<std::string> what_changed;          ///< and what is different from it.
  std::optional<bool> is_late;                      ///< Added after the latest day.
  std::optional<std::string> late_reason;
  std::optional<bool> is_members_only;
  std::optional<bool> is_named;                     ///< For named seats alone (`name_seats`).
  std::optional<std::string> not_before;            ///< To staff, until then: "9:30am on 20 June 2018".
  std::optional<bool> is_withdrawn;
  std::optional<std::string> withdrawn_reason;
  std::optional<bool> is_to_follow;
  std::optional<std::string> expected;              ///< While it is to follow: "Tuesday 12 June 2018".
  std::optional<bool> was_to_follow;                ///< It was announced before, and has come.
  std::optional<std::int64_t> pages;                ///< Of the newest version, once it was looked through.
  std::optional<bool> has_text;                     ///< The newest version can be read at `<href>/read/<version>`.
  std::optional<std::string> from = {};             ///< From whom it is.
  std::optional<bool> needs_second = {};            ///< To staff: no version goes out before a second person has released it,
  std::optional<bool> waits_for_second = {};        ///< and the newest waits for that.
};
BOOST_DESCRIBE_STRUCT(PaperView, (),
                      (paper, meeting, item, title, href, file_href, type, size, version, added, replaces, what_changed, is_late, late_reason,
                       is_members_only, is_named, not_before, is_withdrawn, withdrawn_reason, is_to_follow, expected, was_to_follow, pages, has_text, from, needs_second, waits_for_second))

/// Topic `papers/<id>`, key `version/<number>`.
struct PaperVersionView {
  std::int64_t version = 1;
  std::string file_href;       ///< `/papers/<id>/file/<number>`; empty once the paper is withdrawn.
  std::string type;
  std::string size;
  std::string added;
  std::string what_changed;    ///< Empty for the first.
  std::string sort;            ///< Newest first.
  std::optional<std::int64_t> pages = {};
  std::optional<std::string> read_href = {};   ///< `/papers/<id>/read/<number>`, where its text can be read.
  std::optional<bool> waits_for_second = {};   ///< To staff: it has not gone out.
};
BOOST_DESCRIBE_STRUCT(PaperVersionView, (), (version, file_href, type, size, added, what_changed, sort, pages, read_href, waits_for_second))

/// Topic `meetings/<id>` (audience `staff`), key `placeholder/<paper>`: a paper that is to follow, until it has come or is withdrawn.
struct PlaceholderView {
  PaperId paper;
  std::string title;
  std::string href;            ///< `/papers/<id>`, where it is added.
  std::string sort;            ///< The earliest expected first, those without a day last.
  std::optional<std::string> expected;   ///< "Tuesday 12 June 2018"
};
BOOST_DESCRIBE_STRUCT(PlaceholderView, (), (paper, title, href, sort, expected))

/// Topic `papers/<id>` (audience `staff`), key `reader/<person>`: somebody has opened a version that not everybody may read.
struct ReaderView {
  std::string reader;          ///< The person's name.
  std::int64_t version = 1;    ///< The newest one they opened,
  std::string opened;          ///< and when they did last: "2:15pm on 11 June 2018"
  std::string sort;            ///< By name.
  std::optional<bool> is_behind;   ///< There is a newer version.
};
BOOST_DESCRIBE_STRUCT(ReaderView, (), (reader, version, opened, sort, is_behind))

/// Topics `published-papers` and `body-papers/<body>` (audience `public`) and their pages, key `paper/<id>`: what everybody may read, the
/// latest first. One that is withdrawn stays with its reason.
struct PublishedPaperView {
  PaperId paper;
  MeetingId meeting;
  AgendaItemId item;
  BodyId body;
  std::string body_name;
  std::string meeting_title;
  std::string when;            ///< Of the meeting.
  std::string item_title;
  std::string title;
  std::string href;            ///< `/papers/<id>`
  std::string file_href;       ///< The newest version's file; empty once the paper is withdrawn.
  PaperKind kind = PaperKind::pdf;
  std::int64_t bytes = 0;
  std::int64_t version = 1;
  Timestamp published_at;      ///< Since when everybody may read it.
  Timestamp updated_at;        ///< When anything of this was last otherwise.
  std::string sort;
  std::optional<std::string> what_changed;       ///< From the version before.
  std::optional<std::string> withdrawn_reason;
};
BOOST_DESCRIBE_STRUCT(PublishedPaperView, (),
                      (paper, meeting, item, body, body_name, meeting_title, when, item_title, title, href, file_href, kind, bytes, version, published_at,
                       updated_at, sort, what_changed, withdrawn_reason))

/// Topic `reading/<meeting>/<person>` (audience `self`: the person, and nobody else), key `opened/<paper>`: they have opened a paper of the meeting.
struct OpenedPaperView {
  PaperId paper;
  std::int64_t version = 1;    ///< The newest one they opened.
};
BOOST_DESCRIBE_STRUCT(OpenedPaperView, (), (paper, version))

using PapersViews = boost::mp11::mp_list<PaperView, PaperVersionView, PlaceholderView, ReaderView, PublishedPaperView, OpenedPaperView>;

}  // namespace witan::contract::meetings
