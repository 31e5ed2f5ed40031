#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "services/meetings/domain/papers/upload.hpp"
#include "services/meetings/domain/state.hpp"
#include "shared/contract/access.hpp"
#include "shared/contract/domain.hpp"

/// A paper for an item of an agenda: its versions, who may read it, and from when on. An aggregate of its own: a meeting's
/// history is about the meeting, and who read which paper would fill it.
namespace witan::meetings {

class Readership;

struct PaperFile {
  std::string address;  ///< In the service's files.
  wire::PaperKind kind = wire::PaperKind::pdf;
  std::int64_t bytes = 0;
};
BOOST_DESCRIBE_STRUCT(PaperFile, (), (address, kind, bytes))

/// A paper that is to follow; `PaperAdded` brings it.
struct PaperAnnounced {
  static constexpr std::string_view k_type = "paper_announced";
  PaperId paper;
  MeetingId meeting;
  AgendaItemId item;
  BodyId body;
  std::string title;
  Timestamp at;
  wire::Circulation circulation = wire::Circulation::everyone;
  std::optional<std::string> expected;  ///< A calendar day.
};
BOOST_DESCRIBE_STRUCT(PaperAnnounced, (), (paper, meeting, item, body, title, at, circulation, expected))

struct PaperAdded {
  static constexpr std::string_view k_type = "paper_added";
  PaperId paper;
  MeetingId meeting;
  AgendaItemId item;
  BodyId body;
  std::string title;
  PaperFile file;
  Timestamp at;                              ///< By the service's clock, as all moments here.
  wire::Circulation circulation = wire::Circulation::everyone;  ///< Of the paper itself: the item's counts as well.
  std::optional<Timestamp> not_before;
  std::optional<Erasable> late_reason;       ///< There when it was added after the latest day.
  std::optional<PaperId> origin = {};        ///< It came with an item of another meeting, where it was this one at first.
  std::optional<Erasable> from = {};         ///< From whom it is.
  std::optional<PersonId> added_by = {};     ///< There where two people release the paper (PaperVersionReleased): who added this version.
  std::optional<bool> is_released = {};      ///< They have done so where the copy came from.
};
BOOST_DESCRIBE_STRUCT(PaperAdded, (), (paper, meeting, item, body, title, file, at, circulation, not_before, late_reason, origin, from, added_by, is_released))

struct PaperVersionAdded {
  static constexpr std::string_view k_type = "paper_version_added";
  PaperFile file;
  Erasable what_changed;
  Timestamp at;
  std::optional<PersonId> added_by = {};  ///< As in PaperAdded.
};
BOOST_DESCRIBE_STRUCT(PaperVersionAdded, (), (file, what_changed, at, added_by))

/// By the second of two people.
struct PaperVersionReleased {
  static constexpr std::string_view k_type = "paper_version_released";
  std::int64_t version = 1;
  std::optional<Erasable> late_reason;       ///< There when the first version was released after the latest day.
};
BOOST_DESCRIBE_STRUCT(PaperVersionReleased, (), (version, late_reason))

/// A version was looked through for what can be read of it. Comes by itself.
struct PaperLookedThrough {
  static constexpr std::string_view k_type = "paper_looked_through";
  std::int64_t version = 1;
  std::int64_t pages = 0;                    ///< 0: it does not say.
  std::optional<PaperFile> text;             ///< Absent: there is none, such as in pictures of pages, or it could not be read.
  std::optional<bool> is_cut;                ///< It goes on in the file itself.
};
BOOST_DESCRIBE_STRUCT(PaperLookedThrough, (), (version, pages, text, is_cut))

/// Its time has come: it stays released, whatever the clock says later. Comes by itself.
struct PaperReleased {
  static constexpr std::string_view k_type = "paper_released";
};
BOOST_DESCRIBE_STRUCT(PaperReleased, (), ())

struct PaperWithdrawn {
  static constexpr std::string_view k_type = "paper_withdrawn";
  Erasable reason;
};
BOOST_DESCRIBE_STRUCT(PaperWithdrawn, (), (reason))

/// Somebody opened a version that not everyone may read.
struct PaperRead {
  static constexpr std::string_view k_type = "paper_read";
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(PaperRead, (), (version))

struct WordsOfVersion {
  std::int64_t version = 1;
  Erasable what_changed;
};
BOOST_DESCRIBE_STRUCT(WordsOfVersion, (), (version, what_changed))

/// Somebody's account was deleted: the texts that named them, as they are without the name. Absent: as it was.
struct NameRemovedFromPaper {
  static constexpr std::string_view k_type = "name_removed_from_paper";
  std::optional<Erasable> late_reason;
  std::optional<Erasable> withdrawn_reason;
  std::vector<WordsOfVersion> versions;
  std::optional<Erasable> from = {};
};
BOOST_DESCRIBE_STRUCT(NameRemovedFromPaper, (), (late_reason, withdrawn_reason, versions, from))

using PaperEvent = std::variant<PaperAnnounced, PaperAdded, PaperVersionAdded, PaperVersionReleased, PaperLookedThrough, PaperReleased, PaperWithdrawn, PaperRead, NameRemovedFromPaper>;

struct PaperVersion {
  PaperFile file;
  Timestamp at;
  std::optional<Erasable> what_changed;  ///< Nothing for the first.
  std::optional<PaperLookedThrough> looked_through = {};
  std::optional<bool> waits = {};        ///< Nobody else than who added it has released it. So it stays when a newer one goes out.

  bool is_waiting() const { return waits.value_or(false); }
  /// What can be read of it as text: for Markdown the file itself.
  const PaperFile* text() const;
};
BOOST_DESCRIBE_STRUCT(PaperVersion, (), (file, at, what_changed, looked_through, waits))

/// How a paper was announced, which is all that is known of it until a version has gone out.
struct Announcement {
  Timestamp at;
  std::string title;
  wire::Circulation circulation = wire::Circulation::everyone;
  std::optional<std::string> expected;  ///< By which calendar day it was to come.
};
BOOST_DESCRIBE_STRUCT(Announcement, (), (at, title, circulation, expected))

/// Also the row of the index by which a meeting finds its papers.
struct Paper {
  PaperId paper;
  MeetingId meeting;
  AgendaItemId item;
  BodyId body;
  std::string title;
  wire::Circulation circulation = wire::Circulation::everyone;
  std::optional<Timestamp> not_before;   ///< Nothing once it was released.
  std::optional<Erasable> late_reason;
  std::optional<Erasable> withdrawn_reason;
  std::vector<PaperVersion> versions;    ///< None while it is to follow.
  std::optional<Announcement> announced; ///< It was to follow, or still is.
  std::optional<PaperId> origin = {};    ///< Of which paper of another meeting it is a copy.
  std::optional<Erasable> from = {};
  std::optional<PersonId> first_person = {};  ///< Of a paper that two people release: who added the newest version.

  bool is_to_follow() const { return versions.empty() && !withdrawn_reason; }
  bool waits_for_second() const { return !withdrawn_reason && !versions.empty() && versions.back().is_waiting(); }
  /// The number of the newest version that has gone out, as far as people let it: its day may be still to come. 0: none.
  std::int64_t newest_released() const;
};
BOOST_DESCRIBE_STRUCT(Paper, (), (paper, meeting, item, body, title, circulation, not_before, late_reason, withdrawn_reason, versions, announced, origin, from, first_person))

/// A command whose file has been looked into.
template <class Command>
struct WithFile {
  Command command;
  wire::PaperKind kind = wire::PaperKind::pdf;
  std::int64_t bytes = 0;
};

/// What came of looking through a version of a paper. Asked by itself.
struct LookedThrough {
  std::int64_t version = 1;
  std::int64_t pages = 0;
  std::string text;      ///< Empty where there is none.
  bool is_cut = false;
};

/// A paper's time may have come. Asked by itself.
struct TimeOfPaperHasCome {};

/// Private: key `<meeting>/<paper>`, value Paper.
inline constexpr std::string_view k_paper_index = "index/papers";
/// Private: key `<paper>`, value the meeting's id.
inline constexpr std::string_view k_paper_meeting_index = "index/paper-meetings";
/// Private: key `<paper>`, value when it is released, of those that wait for it.
inline constexpr std::string_view k_embargo_index = "index/embargoes";
/// Private: key `<person>/<paper>`, value true: they have opened it, and their name stands among its readers.
inline constexpr std::string_view k_paper_readers_index = "index/paper-readers";
/// Private: `<paper>/<text>` → a text that may name somebody (NamedRow).
inline constexpr std::string_view k_paper_names_index = "index/paper-names";
/// Private: key `<paper>`, value when its newest version came, of those with a version that is to be looked through.
inline constexpr std::string_view k_unread_index = "index/unread-papers";
/// Private: key `<first>/<paper>`, value true, of a paper that was forwarded and its copies.
inline constexpr std::string_view k_copies_index = "index/paper-copies";
inline constexpr std::size_t k_versions_max = 100;

struct PaperAggregate {
  static constexpr std::string_view k_kind = "paper";
  using State = Paper;
  using Event = PaperEvent;

  static Paper evolve(Paper paper, const PaperEvent& event);
  static bool exists(const Paper& paper) { return !paper.paper.empty(); }
  static std::string topic(std::string_view id) { return "papers/" + std::string(id); }
  static void present(const PaperEvent& event, const domain::EventInfo& when, const Paper& after, domain::Presenter& presenter);
  static std::optional<json::object> publish(const PaperEvent&, const domain::Rows&) { return std::nullopt; }
  static domain::AuditLine describe(const PaperEvent& event, const Paper& before, const Paper& after, const domain::Rows& rows);
};

using DecidedPaper = Result<domain::Decided<PaperEvent>>;
DecidedPaper decide(const Paper& paper, const wire::AnnouncePaper& command, domain::Context& context);
DecidedPaper decide(const Paper& paper, const WithFile<wire::AddPaper>& with, domain::Context& context);
DecidedPaper decide(const Paper& paper, const WithFile<wire::AddPaperVersion>& with, domain::Context& context);
DecidedPaper decide(const Paper& paper, const wire::ReleasePaper& command, domain::Context& context);
DecidedPaper decide(const Paper& paper, const wire::WithdrawPaper& command, domain::Context& context);
DecidedPaper decide(const Paper& paper, const wire::ReadPaper& command, domain::Context& context);
DecidedPaper decide(const Paper& paper, const LookedThrough& found, domain::Context& context);
DecidedPaper decide(const Paper& paper, const TimeOfPaperHasCome& come, domain::Context& context);

/// The address of a version's file, if `actor` may read it at `now`: by the rows of now, and by the service's clock, whatever was
/// shown. `is_restricted`: not everyone may.
struct Readable {
  std::string address;
  std::optional<std::string> text_address;
  bool is_restricted = false;
};
std::optional<Readable> readable(const Paper& paper, std::int64_t version, const Actor& actor, const domain::Rows& rows, Timestamp now);
/// What the actor may know of the paper by the rows of now, as a reader of its meeting's agenda.
struct KnownPaper {
  Paper shown;
  bool is_staff = false;  ///< They prepare the meeting, and have not withdrawn from the item.
};
std::optional<KnownPaper> known_to(const Paper& paper, const Actor& actor, const domain::Rows& rows);
/// The paper as it stands in the index; nothing when there is none.
std::optional<Paper> paper_in(const domain::Rows& rows, const std::string& paper);

/// A meeting's papers, in the order in which they came.
std::vector<Paper> papers_of(const MeetingId& meeting, const domain::Rows& rows);
/// The papers that go along with an item, as they are now, as events of the copies that come of it. Notes beside them need none: see notes/notes.hpp.
Result<std::vector<domain::FurtherEvent>> forwarded_papers(const Meeting& meeting, const wire::ForwardItem& command, const Meeting& target,
                                                           const AgendaItemId& item, domain::Context& context);
/// Those of whom the paper is a copy, or who are copies of it, and the like; without itself.
std::vector<Paper> copies_of(const Paper& paper, const domain::Rows& rows);
/// Papers of the item that were not withdrawn.
bool has_papers(const MeetingId& meeting, const AgendaItemId& item, const domain::Rows& rows);
/// How many bytes the papers' rows on the agenda come to.
std::size_t papers_bytes(const MeetingId& meeting, const domain::Rows& rows);

/// What an audience (Readership::seen_as) may know of the paper, where its item is for members or not: others than staff without versions that wait
/// for their day or for a second person; older ones that nobody released are there as waiting, so that the others keep their numbers. Nothing where it may not know of the paper.
std::optional<Paper> shown_to(std::string_view audience, const Paper& paper, bool is_item_for_members);
/// Those of `papers` that stand under the item, as who sees the meeting as `audience` sees them; nothing where there are none.
std::optional<std::vector<wire::PaperView>> papers_under(const AgendaItemId& item, std::string_view audience, bool is_item_for_members,
                                                         const std::vector<Paper>& papers, const Readership& readership, const domain::Rows& rows);
/// Who sees each paper of the meeting on its own page, once the agenda is presented.
void present_pages_of_papers(const MeetingId& meeting, Timestamp at, domain::Presenter& presenter);
/// The name of somebody who has opened papers, as it is now; nothing once their account is deleted.
void present_reader(const PersonId& person, const std::optional<std::string>& name, domain::Presenter& presenter);

/// The number of the newest version that is to be looked through: it is the one that people read.
std::optional<std::int64_t> newest_unread(const Paper& paper);
/// "1.2 MB", "340 KB"
std::string size_in_words(std::int64_t bytes);

}  // namespace witan::meetings
