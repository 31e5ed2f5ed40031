#include "services/meetings/domain/papers/paper.hpp"

#include <algorithm>

#include <boost/describe/enum_to_string.hpp>
#include <fmt/format.h>

#include "services/meetings/domain/agenda/agenda.hpp"
#include "services/meetings/domain/agenda/publication.hpp"
#include "services/meetings/domain/meeting.hpp"
#include "services/meetings/domain/papers/readership.hpp"
#include "services/meetings/domain/papers/reading.hpp"
#include "services/meetings/domain/schedule/schedule.hpp"
#include "shared/contract/personal.hpp"

namespace witan::meetings {

namespace {

using Decided = domain::Decided<PaperEvent>;

constexpr const char* k_upload_gone = "The file has not arrived whole, or was left for too long. Choose it again.";

Result<void> open_to_papers(const Meeting& meeting) {
  if (!meeting.is_closed()) return not_cancelled(meeting);
  return reject(ErrorCode::not_now, "The meeting is closed; its papers stay as they are.");
}

/// Of a paper that is added, or announced.
Result<void> goes_under(const Meeting& meeting, const auto& command) {
  const auto place = place_of(meeting, command.item);
  if (!place) return reject_field("/item", ErrorCode::not_found, "This item is no longer on the agenda.");
  if (command.circulation == wire::Circulation::everyone && is_for_members(meeting.items, *place)) {
    return reject_field("/circulation", ErrorCode::invalid_value, "The item is for members only, and so are its papers.");
  }
  return {};
}

/// One that was to follow can come once, under its own item.
Result<void> fills(const Paper& paper, const wire::AddPaper& command) {
  if (!command.fills) return {};
  if (paper.meeting != command.meeting || paper.item != command.item) return reject(ErrorCode::not_found);
  if (paper.withdrawn_reason) return reject(ErrorCode::not_now, "The paper has been withdrawn. Add a new one.");
  if (!paper.is_to_follow()) return reject(ErrorCode::already_done, "The paper has come already. Replace it instead.");
  return {};
}

std::unexpected<Rejection> late_without_reason(const Meeting& meeting) {
  return reject_field("/late_reason", ErrorCode::missing_field,
                      "The latest day was " + publication_day_in_words(meeting) + ", " + clear_days_in_words(meeting) + " before the meeting. Say why it is late.");
}

/// From when on others than staff may read it.
Result<std::optional<Timestamp>> embargo_of(const wire::AddPaper& command, const domain::Context& context) {
  if (!command.not_before) {
    if (!command.not_before_time) return std::optional<Timestamp>();
    return reject_field("/not_before", ErrorCode::missing_field, "Enter the day as well, or leave out the time.");
  }
  const auto time = command.not_before_time ? command.not_before_time->value : std::string("00:00");
  const auto moment = uk_time::from_local(command.not_before->value, time);
  if (!moment) return reject_field("/not_before_time", ErrorCode::invalid_value, "On that day the clocks go forward and skip this time.");
  if (*moment <= context.now()) return reject_field("/not_before", ErrorCode::out_of_range, "This time has passed. Leave it out, or enter a later one.");
  return moment;
}

/// Before anything is kept: the file must be what was looked into.
Result<void> is_whole(const UploadId& upload, std::int64_t bytes, const domain::Context& context) {
  if (context.received(upload.str()) == bytes) return {};
  return reject_field("/upload", ErrorCode::not_found, k_upload_gone);
}

Result<PaperFile> file_of(const UploadId& upload, wire::PaperKind kind, std::int64_t bytes, domain::Context& context) {
  auto address = context.keep_file(upload.str());
  if (!address) return reject_field("/upload", ErrorCode::not_found, k_upload_gone);
  return PaperFile{std::move(*address), kind, bytes};
}

domain::FurtherEvent used(const UploadId& upload) { return domain::further<UploadAggregate>(upload.str(), UploadUsed{}); }

/// A topic's snapshot stays within its bound with one more paper, or longer words.
Result<void> fits(const Meeting& meeting, std::size_t more, const domain::Rows& rows) {
  if (agenda_bytes(meeting.items) + papers_bytes(meeting.meeting, rows) + more <= k_agenda_bytes_max) return {};
  return reject(ErrorCode::too_large, "There are too many papers on this agenda. Put several into one, or plan a second meeting.");
}

std::size_t row_bytes(const wire::PaperView& view) {
  std::string text;
  codec::append_text(view, text);
  return text.size();
}

/// All of a row but the title and the words of people, and what is added when it is replaced, is late or withdrawn.
constexpr std::size_t k_bare_row_bytes = 700;
/// What a row grows by once the paper was looked through.
constexpr std::size_t k_found_bytes_max = 64;
constexpr std::size_t k_papers_forwarded_max = 50;
std::size_t text_bytes(std::string_view text) { return json::serialize(json::string(text)).size(); }

/// Whoever has withdrawn from an item does not read its papers at another meeting, to which these were forwarded, either.
bool is_closed_elsewhere(const Paper& paper, const Actor& actor, const domain::Rows& rows) {
  if (!actor.person) return false;
  const auto copies = copies_of(paper, rows);
  return std::ranges::any_of(copies, [&](const Paper& copy) { return std::ranges::count(withdrawn_from(copy.meeting, copy.item, rows), *actor.person) > 0; });
}

/// The papers of the item that are there.
std::vector<Paper> papers_to_forward(const wire::ForwardItem& command, const domain::Rows& rows) {
  auto papers = papers_of(command.meeting, rows);
  std::erase_if(papers, [&](const Paper& paper) { return paper.item != command.item || paper.withdrawn_reason || paper.versions.empty(); });
  return papers;
}

/// As it is now, under the item of the other meeting.
PaperAdded copy_of(const Paper& paper, const Meeting& target, const AgendaItemId& item, bool is_for_members, domain::Context& context) {
  PaperAdded added{context.new_id<PaperId>(), target.meeting, item, target.body, paper.title, paper.versions.back().file, context.now(), paper.circulation, {}, {}, paper.origin.value_or(paper.paper)};
  if (const auto from = paper.from ? context.text(*paper.from) : std::nullopt) added.from = context.keep(*from);
  if (paper.first_person) added.added_by = paper.first_person, added.is_released = paper.waits_for_second() ? std::nullopt : std::optional(true);
  // For whom the item is, the paper is at most, also where it came under one for everyone later.
  if (is_for_members) added.circulation = wire::Circulation::members;
  if (paper.not_before && *paper.not_before > context.now()) added.not_before = paper.not_before;
  return added;
}

}  // namespace

DecidedPaper decide(const Paper&, const wire::AnnouncePaper& command, domain::Context& context) {
  const auto& meeting = context.load<MeetingAggregate>(command.meeting.str());
  if (auto open = open_to_papers(meeting); !open) return std::unexpected(open.error());
  if (auto fine = goes_under(meeting, command); !fine) return std::unexpected(fine.error());
  if (command.expected && command.expected->value < uk_time::calendar_day(context.now())) {
    return reject_field("/expected", ErrorCode::out_of_range, "This day has passed. Leave it out, or enter a later one.");
  }
  if (auto room = fits(meeting, k_bare_row_bytes + text_bytes(command.title.str()), context); !room) return std::unexpected(room.error());
  const auto id = PaperId::from_trusted(context.aggregate_id());
  PaperAnnounced announced{id, meeting.meeting, command.item, meeting.body, command.title.str(), context.now(),
                           command.circulation.value_or(wire::Circulation::everyone),
                           command.expected ? std::optional(command.expected->value) : std::nullopt};
  return Decided{{std::move(announced)}, {{"paper", id.str()}}, MeetingAggregate::topic(meeting.meeting.str())};
}

DecidedPaper decide(const Paper& paper, const WithFile<wire::AddPaper>& with, domain::Context& context) {
  const auto& command = with.command;
  const auto& meeting = context.load<MeetingAggregate>(command.meeting.str());
  if (auto open = open_to_papers(meeting); !open) return std::unexpected(open.error());
  if (auto fine = goes_under(meeting, command); !fine) return std::unexpected(fine.error());
  if (auto fine = fills(paper, command); !fine) return std::unexpected(fine.error());
  const auto not_before = embargo_of(command, context);
  if (!not_before) return std::unexpected(not_before.error());
  const bool late = is_late(meeting, std::max(context.now(), not_before->value_or(context.now())));  // as late as people get it
  const auto reason = late && command.late_reason ? command.late_reason->str() : std::string();
  if (late && reason.empty()) return late_without_reason(meeting);
  const auto from = command.from ? command.from->str() : std::string();
  if (auto room = fits(meeting, k_bare_row_bytes + text_bytes(command.title.str()) + text_bytes(reason) + text_bytes(from), context); !room) return std::unexpected(room.error());
  if (auto whole = is_whole(command.upload, with.bytes, context); !whole) return std::unexpected(whole.error());
  auto file = file_of(command.upload, with.kind, with.bytes, context);
  if (!file) return std::unexpected(file.error());
  const auto id = PaperId::from_trusted(context.aggregate_id());
  PaperAdded added{id, meeting.meeting, command.item, meeting.body, command.title.str(), std::move(*file), context.now(),
                   command.circulation.value_or(wire::Circulation::everyone), *not_before,
                   late ? std::optional(context.keep(reason)) : std::nullopt};
  if (!from.empty()) added.from = context.keep(from);
  if (command.needs_second.value_or(false)) added.added_by = context.actor().person;
  Decided decided{{std::move(added)}, {{"paper", id.str()}}, MeetingAggregate::topic(meeting.meeting.str())};
  decided.further.push_back(used(command.upload));
  return decided;
}

DecidedPaper decide(const Paper& paper, const WithFile<wire::AddPaperVersion>& with, domain::Context& context) {
  const auto& command = with.command;
  if (paper.meeting != command.meeting) return reject(ErrorCode::not_found);
  if (paper.withdrawn_reason) return reject(ErrorCode::not_now, "The paper has been withdrawn. Add a new one.");
  if (paper.is_to_follow()) return reject(ErrorCode::not_now, "The paper is still to follow. Add it first.");
  const auto& meeting = context.load<MeetingAggregate>(paper.meeting.str());
  if (auto open = open_to_papers(meeting); !open) return std::unexpected(open.error());
  if (command.seen_version && *command.seen_version != std::ssize(paper.versions)) {
    return std::unexpected(Rejection{ErrorCode::stale_version,
                                     fmt::format("Somebody else has put version {} in its place meanwhile. Read that one first, then send yours again if it is right.", paper.versions.size()),
                                     {}, {{"changes", std::ssize(paper.versions)}}});
  }
  if (paper.versions.size() >= k_versions_max) return reject(ErrorCode::too_large, "A paper has at most 100 versions.");
  if (auto room = fits(meeting, text_bytes(command.what_changed.str()), context); !room) return std::unexpected(room.error());
  if (auto whole = is_whole(command.upload, with.bytes, context); !whole) return std::unexpected(whole.error());
  auto file = file_of(command.upload, with.kind, with.bytes, context);
  if (!file) return std::unexpected(file.error());
  const auto added_by = paper.first_person ? context.actor().person : std::nullopt;
  Decided decided{{PaperVersionAdded{std::move(*file), context.keep(command.what_changed.str()), context.now(), added_by}},
                  {{"paper", paper.paper.str()}, {"version", static_cast<std::int64_t>(paper.versions.size()) + 1}}, {}};
  decided.further.push_back(used(command.upload));
  return decided;
}

DecidedPaper decide(const Paper& paper, const wire::ReleasePaper& command, domain::Context& context) {
  // Whoever has withdrawn from the item does not read it, and releases nothing that they have not read.
  const auto known = known_to(paper, context.actor(), context);
  if (!context.actor().person || !known || !known->is_staff) return reject(ErrorCode::not_found);
  if (paper.withdrawn_reason) return reject(ErrorCode::not_now, "The paper has been withdrawn.");
  if (paper.is_to_follow()) return reject(ErrorCode::not_now, "The paper is still to follow.");
  if (!paper.waits_for_second()) return reject(ErrorCode::already_done, paper.first_person ? "This version has been released already." : "This paper waits for nobody.");
  if (command.version != std::ssize(paper.versions)) {
    return std::unexpected(Rejection{ErrorCode::stale_version, fmt::format("There is version {} by now. Read that one first, then release it if it is right.", paper.versions.size()),
                                     {}, {{"changes", std::ssize(paper.versions)}}});
  }
  if (context.actor().person == paper.first_person) {
    return reject(ErrorCode::forbidden, "You added this version. Somebody else who prepares the meeting has to look at it and release it.");
  }
  const auto& meeting = context.load<MeetingAggregate>(paper.meeting.str());
  if (auto open = open_to_papers(meeting); !open) return std::unexpected(open.error());
  // Late is what people get late, whenever it was added.
  const bool late = paper.newest_released() == 0 && !paper.late_reason && is_late(meeting, context.now());
  const auto reason = late && command.late_reason ? command.late_reason->str() : std::string();
  if (late && reason.empty()) return late_without_reason(meeting);
  if (auto room = fits(meeting, text_bytes(reason), context); !room) return std::unexpected(room.error());
  return Decided{{PaperVersionReleased{command.version, late ? std::optional(context.keep(reason)) : std::nullopt}}, {}, {}};
}

DecidedPaper decide(const Paper& paper, const wire::WithdrawPaper& command, domain::Context& context) {
  if (paper.withdrawn_reason) return reject(ErrorCode::already_done, "The paper has been withdrawn already.");
  return Decided{{PaperWithdrawn{context.keep(command.reason.str())}}, {}, {}};
}

DecidedPaper decide(const Paper& paper, const wire::ReadPaper& command, domain::Context& context) {
  const auto found = readable(paper, command.version, context.actor(), context, context.now());
  if (!found) return reject(ErrorCode::not_found);
  const auto& version = paper.versions[static_cast<std::size_t>(command.version) - 1];
  Decided decided{{}, {{"bytes", version.file.bytes}, {"kind", boost::describe::enum_to_string(version.file.kind, "")}, {"title", paper.title}}, {}};
  if (const auto* text = version.text()) decided.result["text_bytes"] = text->bytes;
  if (version.looked_through && version.looked_through->is_cut) decided.result["is_cut"] = true;
  if (found->is_restricted) decided.events.emplace_back(PaperRead{command.version});
  if (auto opened = opening(paper, command.version.value, context)) decided.further.push_back(std::move(*opened));
  return decided;
}

DecidedPaper decide(const Paper& paper, const LookedThrough& found, domain::Context& context) {
  if (found.version > std::ssize(paper.versions) || paper.versions[static_cast<std::size_t>(found.version) - 1].looked_through) return Decided{};
  PaperLookedThrough event{found.version, found.pages, {}, found.is_cut ? std::optional(true) : std::nullopt};
  if (!found.text.empty()) {
    auto address = context.keep_bytes(found.text);
    if (!address) return reject(ErrorCode::internal);
    event.text = PaperFile{std::move(*address), wire::PaperKind::markdown, std::ssize(found.text)};
  }
  return Decided{{std::move(event)}, {}, {}};
}

DecidedPaper decide(const Paper& paper, const TimeOfPaperHasCome&, domain::Context& context) {
  if (!paper.not_before || paper.withdrawn_reason || context.now() < *paper.not_before) return Decided{};
  return Decided{{PaperReleased{}}, {}, {}};
}

Result<std::vector<domain::FurtherEvent>> forwarded_papers(const Meeting& meeting, const wire::ForwardItem& command, const Meeting& target,
                                                           const AgendaItemId& item, domain::Context& context) {
  const auto papers = papers_to_forward(command, context);
  if (papers.size() > k_papers_forwarded_max) return reject(ErrorCode::too_large, "An item is forwarded with at most fifty papers. Withdraw those that are not needed any more first.");
  const bool late = !papers.empty() && is_late(target, context.now());
  const auto reason = late && command.late_reason ? command.late_reason->str() : std::string();
  if (late && reason.empty()) return late_without_reason(target);
  const auto place = *place_of(meeting, command.item);
  std::size_t bytes = k_link_bytes_max + agenda_bytes({meeting.items[place]});  // the row of the item itself
  std::vector<domain::FurtherEvent> events;
  for (const auto& paper : papers) {
    bytes += k_bare_row_bytes + text_bytes(paper.title) + text_bytes(reason) + (paper.from ? text_bytes(context.text(*paper.from).value_or("")) : 0);
    auto added = copy_of(paper, target, item, is_for_members(meeting.items, place), context);
    if (late) added.late_reason = context.keep(reason);
    const auto id = added.paper.str();
    events.push_back(domain::further<PaperAggregate>(id, std::move(added)));
    auto known = paper.versions.back().looked_through;
    if (!known) continue;
    known->version = 1;
    events.push_back(domain::further<PaperAggregate>(id, std::move(*known)));
  }
  if (fits(target, bytes, context)) return events;
  return reject(ErrorCode::too_large, "The item and its papers do not fit onto the agenda of the other meeting. Put several papers into one first.");
}

Paper PaperAggregate::evolve(Paper paper, const PaperEvent& event) {
  std::visit(domain::overloaded{
                 [&](const PaperAnnounced& e) {
                   paper = {e.paper, e.meeting, e.item, e.body, e.title, e.circulation, {}, {}, {}, {}, Announcement{e.at, e.title, e.circulation, e.expected}};
                 },
                 [&](const PaperAdded& e) {
                   paper = {e.paper, e.meeting, e.item, e.body, e.title, e.circulation, e.not_before, e.late_reason, {}, {{e.file, e.at, {}}}, paper.announced, e.origin, e.from, e.added_by};
                   if (e.added_by && !e.is_released.value_or(false)) paper.versions.back().waits = true;
                 },
                 [&](const PaperVersionAdded& e) {
                   paper.versions.push_back({e.file, e.at, e.what_changed});
                   if (e.added_by) paper.first_person = e.added_by, paper.versions.back().waits = true;
                 },
                 [&](const PaperVersionReleased& e) {
                   paper.versions[static_cast<std::size_t>(e.version) - 1].waits.reset();
                   if (e.late_reason) paper.late_reason = e.late_reason;
                 },
                 [&](const PaperLookedThrough& e) { paper.versions[static_cast<std::size_t>(e.version) - 1].looked_through = e; },
                 [&](const PaperReleased&) { paper.not_before.reset(); },
                 [&](const PaperWithdrawn& e) { paper.withdrawn_reason = e.reason; },
                 [](const PaperRead&) {},
                 [&](const NameRemovedFromPaper& e) {
                   if (e.late_reason) paper.late_reason = e.late_reason;
                   if (e.withdrawn_reason) paper.withdrawn_reason = e.withdrawn_reason;
                   if (e.from) paper.from = e.from;
                   for (const auto& words : e.versions) paper.versions[static_cast<std::size_t>(words.version) - 1].what_changed = words.what_changed;
                 },
             },
             event);
  return paper;
}

std::int64_t Paper::newest_released() const {
  const auto newest = std::find_if(versions.rbegin(), versions.rend(), [](const PaperVersion& version) { return !version.is_waiting(); });
  return versions.rend() - newest;
}

const PaperFile* PaperVersion::text() const {
  if (file.kind == wire::PaperKind::markdown) return &file;
  return looked_through && looked_through->text ? &*looked_through->text : nullptr;
}

std::vector<Paper> copies_of(const Paper& paper, const domain::Rows& rows) {
  std::vector<Paper> copies;
  for (const auto& [key, value] : rows.rows(k_copies_index, k_private_audience, paper.origin.value_or(paper.paper).str() + "/")) {
    const auto id = key.substr(key.find('/') + 1);
    auto copy = id == paper.paper.str() ? std::nullopt : paper_in(rows, id);
    if (copy) copies.push_back(std::move(*copy));
  }
  return copies;
}

std::optional<Readable> readable(const Paper& paper, std::int64_t version, const Actor& actor, const domain::Rows& rows, Timestamp now) {
  if (paper.withdrawn_reason || version < 1 || version > std::ssize(paper.versions)) return std::nullopt;
  const auto topic = MeetingAggregate::topic(paper.meeting.str());
  const auto access = rows.row_as<std::vector<AccessRule>>(topic, k_access_audience, k_access_key);
  const auto item = rows.row_as<wire::AgendaItemView>(topic, "staff", "agenda/" + paper.item.str());
  if (!access || !item) return std::nullopt;
  const Readership readership(paper.meeting, rows);
  auto then = paper;  // as it is at this moment, whether or not its release has been noted
  if (then.not_before && *then.not_before <= now) then.not_before.reset();
  const auto may = [&](const Actor& reader) {
    const auto audience = audience_for(*access, reader);
    const auto shown = audience ? shown_to(readership.seen_as(*audience, paper.item), then, item->is_members_only) : std::nullopt;
    return shown && version <= std::ssize(shown->versions) && (shown->first_person || !shown->versions[static_cast<std::size_t>(version) - 1].is_waiting());
  };
  const bool is_public = may(Actor());
  if (!is_public && (!may(actor) || is_closed_elsewhere(paper, actor, rows))) return std::nullopt;
  const auto& found = paper.versions[static_cast<std::size_t>(version) - 1];
  const auto* text = found.text();
  return Readable{found.file.address, text ? std::optional(text->address) : std::nullopt, !is_public};
}

std::optional<KnownPaper> known_to(const Paper& paper, const Actor& actor, const domain::Rows& rows) {
  const auto topic = MeetingAggregate::topic(paper.meeting.str());
  const auto access = rows.row_as<std::vector<AccessRule>>(topic, k_access_audience, k_access_key);
  const auto item = rows.row_as<wire::AgendaItemView>(topic, "staff", "agenda/" + paper.item.str());
  const auto audience = access ? audience_for(*access, actor) : std::nullopt;
  if (!audience) return std::nullopt;
  const Readership readership(paper.meeting, rows);
  const auto as = readership.seen_as(*audience, paper.item);
  auto shown = shown_to(as, paper, !item || item->is_members_only);
  if (!shown) return std::nullopt;
  return KnownPaper{std::move(*shown), as == "staff"};
}

std::optional<Paper> paper_in(const domain::Rows& rows, const std::string& paper) {
  const auto meeting = rows.row(k_paper_meeting_index, k_private_audience, paper);
  if (!meeting || !meeting->is_string()) return std::nullopt;
  return rows.row_as<Paper>(k_paper_index, k_private_audience, std::string(meeting->get_string()) + "/" + paper);
}

std::vector<Paper> papers_of(const MeetingId& meeting, const domain::Rows& rows) {
  std::vector<Paper> papers;
  for (const auto& [key, value] : rows.rows(k_paper_index, k_private_audience, meeting.str() + "/")) {
    if (auto paper = codec::decode<Paper>(value)) papers.push_back(std::move(*paper));
  }
  // One that was to follow keeps its place when it comes.
  std::ranges::sort(papers, {}, [](const Paper& paper) { return std::pair(paper.announced ? paper.announced->at : paper.versions.front().at, paper.paper); });
  return papers;
}

bool has_papers(const MeetingId& meeting, const AgendaItemId& item, const domain::Rows& rows) {
  const auto papers = papers_of(meeting, rows);
  return std::ranges::any_of(papers, [&](const Paper& paper) { return paper.item == item && !paper.withdrawn_reason; });
}

std::size_t papers_bytes(const MeetingId& meeting, const domain::Rows& rows) {
  std::size_t sum = 0;
  const Readership readership(meeting, rows);
  for (const auto& paper : papers_of(meeting, rows)) {
    const auto views = papers_under(paper.item, "staff", true, {paper}, readership, rows);
    for (const auto& view : *views) sum += row_bytes(view);
    if (newest_unread(paper)) sum += k_found_bytes_max;
  }
  return sum;
}

}  // namespace witan::meetings
