#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "services/meetings/domain/known_person.hpp"
#include "services/meetings/domain/lists.hpp"
#include "services/meetings/domain/meeting.hpp"
#include "services/meetings/domain/minutes/minutes.hpp"
#include "services/meetings/domain/notes/notes.hpp"
#include "services/meetings/domain/papers/paper.hpp"
#include "services/meetings/domain/papers/readership.hpp"
#include "services/meetings/domain/replay/replay.hpp"
#include "shared/contract/personal.hpp"

/// What people see of papers: under their item on the agenda, and each on a page of its own.
namespace witan::meetings {

namespace {

/// Of a paper's own page. Whoever is an audience of the meeting by themselves is one of these here.
constexpr std::array<std::string_view, 5> k_audiences{"staff", "member", "public", k_recused, k_addressed};
constexpr double k_kilobyte = 1000.0;

std::string text_of(const std::optional<Erasable>& text, const domain::Rows& rows) {
  return text ? rows.text(*text).value_or(domain::k_text_removed) : std::string();
}

std::string type_in_words(wire::PaperKind kind) {
  switch (kind) {
    case wire::PaperKind::pdf: return "PDF";
    case wire::PaperKind::docx: return "Word document";
    case wire::PaperKind::markdown: return "Text";
  }
  return {};
}

/// Nothing where it does not say.
std::optional<std::int64_t> pages_of(const PaperVersion& version) {
  return version.looked_through && version.looked_through->pages > 0 ? std::optional(version.looked_through->pages) : std::nullopt;
}

std::string size_of(const PaperVersion& version) {
  const auto pages = pages_of(version);
  return size_in_words(version.file.bytes) + (pages ? fmt::format(", {} page{}", *pages, *pages == 1 ? "" : "s") : std::string());
}

std::string page_of(const Paper& paper) { return "/papers/" + paper.paper.str(); }

std::string file_href(const Paper& paper, std::size_t version) {
  return paper.withdrawn_reason ? std::string() : fmt::format("{}/file/{}", page_of(paper), version);
}

/// To who prepares the meeting each version is there; to others those that were released.
bool is_there(const Paper& shown, std::size_t number) { return shown.first_person || !shown.versions[number - 1].is_waiting(); }

std::optional<std::int64_t> version_before(const Paper& shown, std::size_t number) {
  while (--number > 0) {
    if (is_there(shown, number)) return static_cast<std::int64_t>(number);
  }
  return std::nullopt;
}

void add_newest(wire::PaperView& view, const Paper& paper, const domain::Rows& rows) {
  const auto number = paper.versions.size();
  view.version = static_cast<std::int64_t>(number);
  if (number == 0) return;
  const auto& newest = paper.versions.back();
  view.file_href = file_href(paper, number);
  view.type = type_in_words(newest.file.kind);
  view.size = size_of(newest);
  view.added = uk_time::date_and_time(newest.at);
  view.pages = pages_of(newest);
  if (newest.text() && !paper.withdrawn_reason) view.has_text = true;
  if (paper.announced) view.was_to_follow = true;
  view.replaces = version_before(paper, number);
  if (!view.replaces) return;
  view.what_changed = text_of(newest.what_changed, rows);
}

std::optional<std::string> expected_in_words(const Paper& paper) {
  return paper.announced && paper.announced->expected ? std::optional(day_in_words(*paper.announced->expected)) : std::nullopt;
}

wire::PaperView view_of(const Paper& paper, bool is_item_for_members, bool is_item_named, const domain::Rows& rows) {
  wire::PaperView view;
  view.paper = paper.paper;
  view.meeting = paper.meeting;
  view.item = paper.item;
  view.title = paper.title;
  view.href = page_of(paper);
  add_newest(view, paper, rows);
  if (paper.is_to_follow()) {
    view.is_to_follow = true;
    view.expected = expected_in_words(paper);
  }
  if (paper.late_reason) {
    view.is_late = true;
    view.late_reason = text_of(paper.late_reason, rows);
  }
  if (is_item_for_members || paper.circulation == wire::Circulation::members) view.is_members_only = true;
  if (is_item_named) view.is_named = true;
  if (paper.not_before) view.not_before = uk_time::date_and_time(*paper.not_before);
  if (paper.from) view.from = rows.text(*paper.from).value_or(domain::k_name_removed);
  if (paper.first_person && !paper.withdrawn_reason) view.needs_second = true;
  if (paper.waits_for_second()) view.waits_for_second = true;
  if (paper.withdrawn_reason) {
    view.is_withdrawn = true;
    view.withdrawn_reason = text_of(paper.withdrawn_reason, rows);
  }
  return view;
}

wire::PaperVersionView version_of(const Paper& paper, std::size_t number, const domain::Rows& rows) {
  const auto& version = paper.versions[number - 1];
  wire::PaperVersionView view{static_cast<std::int64_t>(number), file_href(paper, number), type_in_words(version.file.kind), size_of(version),
                              uk_time::date_and_time(version.at), text_of(version.what_changed, rows), fmt::format("{:04}", 9999 - number), pages_of(version)};
  if (version.text() && !paper.withdrawn_reason) view.read_href = fmt::format("{}/read/{}", page_of(paper), number);
  if (version.is_waiting()) view.waits_for_second = true;
  return view;
}

/// The papers of the item whose row each audience of the meeting has.
void put_under_item(const Paper& after, domain::Presenter& presenter) {
  const auto topic = MeetingAggregate::topic(after.meeting.str());
  const auto key = "agenda/" + after.item.str();
  const auto papers = papers_of(after.meeting, presenter);
  const Readership readership(after.meeting, presenter);
  for (const auto& audience : readership.audiences()) {
    auto item = presenter.row_as<wire::AgendaItemView>(topic, audience, key);
    if (!item) continue;  // a draft, or an item that is no more
    item->papers = papers_under(after.item, audience, item->is_members_only, papers, readership, presenter);
    item->has_papers = item->papers ? std::optional(true) : std::nullopt;
    presenter.put(topic, audience, key, *item);
  }
}

/// Puts the row where its readers find it, as of `at` where it is otherwise than before: a paper that changes comes first again.
void put_published(const domain::PagedList& list, wire::PublishedPaperView view, Timestamp at, domain::Presenter& presenter) {
  const auto key = "paper/" + view.paper.str();
  const auto before = list.row_as<wire::PublishedPaperView>(key, presenter);
  if (!before && view.withdrawn_reason) return;  // nobody knew of it
  view.published_at = before ? before->published_at : at;
  view.updated_at = before ? before->updated_at : at;
  view.sort = domain::newest_first(view.updated_at);
  if (before && codec::encode(*before) == codec::encode(view)) return;
  view.updated_at = at;
  view.sort = domain::newest_first(at);
  if (before && list.topic_of(key, presenter) != list.topic()) list.drop(key, presenter);
  list.open(presenter);
  list.put(key, view, presenter);
}

/// The paper, as the public knows it, among those that everybody may read; or not any more.
void put_among_published(const Paper& paper, bool is_public, Timestamp at, domain::Presenter& presenter) {
  const auto of_body = published_papers_of(paper.body);
  const auto topic = MeetingAggregate::topic(paper.meeting.str());
  const auto meeting = presenter.row_as<wire::MeetingView>(topic, "public", "meeting");
  const auto item = presenter.row_as<wire::AgendaItemView>(topic, "public", "agenda/" + paper.item.str());
  if (!is_public || paper.versions.empty() || !meeting || !item) {
    const auto key = "paper/" + paper.paper.str();
    published_papers().drop(key, presenter);
    return of_body.drop(key, presenter);
  }
  const auto page = view_of(paper, false, false, presenter);
  wire::PublishedPaperView view{paper.paper, paper.meeting, paper.item, paper.body, meeting->body_name, meeting->title, meeting->when, item->title, page.title, page.href, page.file_href,
                                paper.versions.back().file.kind, paper.versions.back().file.bytes, page.version, {}, {}, {}, page.what_changed, page.withdrawn_reason};
  put_published(published_papers(), view, at, presenter);
  put_published(of_body, view, at, presenter);
}

/// Whoever has withdrawn from the item at another meeting that has a copy of the paper.
void shut_out_elsewhere(const Paper& paper, std::vector<AccessRule>& access, const domain::Rows& rows) {
  std::set<PersonId> people;
  for (const auto& copy : copies_of(paper, rows)) {
    for (auto& person : withdrawn_from(copy.meeting, copy.item, rows)) people.insert(std::move(person));
  }
  for (const auto& person : people) {
    access.insert(access.begin(), {{"", Who::roles, person, paper.body.str(), {}}, {"", Who::roles, person, std::string(k_everywhere), {Role::administrator}}});
  }
}

/// The rules of the meeting, as they are for a paper of the item.
std::vector<AccessRule> access_to_page(const Paper& paper, bool is_on_agenda, bool is_item_for_members, const Readership& readership, const domain::Rows& rows) {
  std::vector<AccessRule> access;
  const auto topic = MeetingAggregate::topic(paper.meeting.str());
  for (auto& rule : rows.row_as<std::vector<AccessRule>>(topic, k_access_audience, k_access_key).value_or(std::vector<AccessRule>())) {
    const auto as = readership.seen_as(rule.audience, paper.item);
    const bool shows = shown_to(as, paper, is_item_for_members) && (is_on_agenda || as == "staff");
    const bool is_of_one = rule.person.has_value();
    if (!shows && !is_of_one) continue;
    // Whoever has withdrawn, or is named elsewhere, is not let in by the rules for members that follow.
    if (!shows) rule.audience.clear();
    else if (rule.audience != k_recused) rule.audience = as;
    access.push_back(std::move(rule));
  }
  return access;
}

/// The page of one paper: for whoever sees the meeting as an audience that may know of it.
void put_page(const Paper& paper, Timestamp at, domain::Presenter& presenter) {
  const auto meeting = MeetingAggregate::topic(paper.meeting.str());
  const auto own = PaperAggregate::topic(paper.paper.str());
  const auto item = presenter.row_as<wire::AgendaItemView>(meeting, "staff", "agenda/" + paper.item.str());
  const bool is_item_for_members = !item || item->is_members_only;
  const Readership readership(paper.meeting, presenter);
  const bool is_named = readership.is_named(paper.item);
  auto access = access_to_page(paper, item.has_value(), is_item_for_members, readership, presenter);
  const bool is_public = presenter.row_text(meeting, "public", "meeting") && shown_to("public", paper, is_item_for_members);
  if (!is_public) shut_out_elsewhere(paper, access, presenter);
  presenter.access(own, access);
  for (const auto audience : k_audiences) {
    const auto name = std::string(audience);
    const bool is_of_named = audience == k_addressed;
    const auto as = is_of_named ? audience : readership.seen_as(audience, paper.item);
    const bool is_of_theirs = (!is_of_named || is_named) && presenter.row_text(meeting, is_of_named ? "member" : audience, "meeting") && (item || audience == "staff");
    const auto shown = is_of_theirs ? shown_to(as, paper, is_item_for_members) : std::nullopt;
    if (audience == "public") put_among_published(shown.value_or(paper), shown.has_value(), at, presenter);
    if (shown) presenter.put(own, name, "paper", view_of(*shown, is_item_for_members, is_named, presenter));
    else presenter.drop(own, name, "paper");
    for (std::size_t number = 1; number <= paper.versions.size(); ++number) {
      const auto key = fmt::format("version/{}", number);
      if (shown && number <= shown->versions.size() && is_there(*shown, number)) presenter.put(own, name, key, version_of(*shown, number, presenter));
      else presenter.drop(own, name, key);
    }
  }
}

/// Among those of the meeting that are to follow, until it has come.
void put_placeholder(const Paper& paper, domain::Presenter& presenter) {
  const auto topic = MeetingAggregate::topic(paper.meeting.str());
  const auto key = "placeholder/" + paper.paper.str();
  if (!paper.is_to_follow()) return presenter.drop(topic, "staff", key);
  presenter.put(topic, "staff", key,
                wire::PlaceholderView{paper.paper, paper.title, page_of(paper), paper.announced->expected.value_or("9999") + "/" + paper.title, expected_in_words(paper)});
}

std::string reader_key(const PersonId& person) { return "reader/" + person.str(); }

/// Only staff see who has opened it.
void put_reader(const Paper& paper, const PersonId& person, std::int64_t version, Timestamp at, domain::Presenter& presenter) {
  const auto name = known_name(person, presenter);
  if (!name) return;
  const auto own = PaperAggregate::topic(paper.paper.str());
  const auto before = presenter.row_as<wire::ReaderView>(own, "staff", reader_key(person));
  wire::ReaderView view{*name, before ? std::max(before->version, version) : version, uk_time::date_and_time(at), *name + "/" + person.str(), {}};
  if (view.version < paper.newest_released()) view.is_behind = true;
  presenter.put(own, "staff", reader_key(person), view);
  presenter.put_private(std::string(k_paper_readers_index), person.str() + "/" + paper.paper.str(), json::value(true));
}

/// With a version that has gone out, whoever opened an earlier one is behind.
void put_readers_behind(const Paper& paper, domain::Presenter& presenter) {
  const auto own = PaperAggregate::topic(paper.paper.str());
  for (const auto& [key, value] : presenter.rows(own, "staff", "reader/")) {
    auto view = codec::decode<wire::ReaderView>(value);
    if (!view || view->is_behind || view->version >= paper.newest_released()) continue;
    view->is_behind = true;
    presenter.put(own, "staff", key, *view);
  }
}

void note_names(const PaperEvent& event, const PaperId& paper, std::int64_t seq, domain::Presenter& presenter) {
  const auto note = [&](const std::optional<Erasable>& text) {
    if (text) presenter.put_private(std::string(k_paper_names_index), paper.str() + "/" + text->text_id, codec::encode(NamedRow{*text, seq}));
  };
  std::visit(domain::overloaded{
                 [&](const PaperAdded& e) { note(e.late_reason), note(e.from); },
                 [&](const PaperVersionReleased& e) { note(e.late_reason); },
                 [&](const PaperVersionAdded& e) { note(e.what_changed); },
                 [&](const PaperWithdrawn& e) { note(e.reason); },
                 [&](const NameRemovedFromPaper& e) {
                   note(e.late_reason), note(e.withdrawn_reason), note(e.from);
                   for (const auto& words : e.versions) note(words.what_changed);
                 },
                 [](const auto&) {},
             },
             event);
}

/// A version that is to be looked through for its text.
void note_unread(const Paper& paper, domain::Presenter& presenter) {
  const bool waits = !paper.withdrawn_reason && newest_unread(paper);
  if (waits) presenter.put_private(std::string(k_unread_index), paper.paper.str(), codec::encode(paper.versions.back().at));
  else presenter.drop(std::string(k_unread_index), std::string(k_private_audience), paper.paper.str());
}

void note_copy(const Paper& paper, domain::Presenter& presenter) {
  if (!paper.origin) return;
  for (const auto& one : {*paper.origin, paper.paper}) presenter.put_private(std::string(k_copies_index), paper.origin->str() + "/" + one.str(), json::value(true));
}

}  // namespace

std::optional<std::int64_t> newest_unread(const Paper& paper) {
  for (auto number = std::ssize(paper.versions); number > 0; --number) {
    const auto& version = paper.versions[static_cast<std::size_t>(number) - 1];
    if (!version.looked_through && version.file.kind != wire::PaperKind::markdown) return number;
  }
  return std::nullopt;
}

std::string size_in_words(std::int64_t bytes) {
  const auto size = static_cast<double>(bytes);
  if (bytes >= 1'000'000) return fmt::format("{:.1f} MB", size / (k_kilobyte * k_kilobyte));
  return fmt::format("{} KB", std::max<std::int64_t>(1, (bytes + 500) / 1000));
}

std::optional<Paper> shown_to(std::string_view audience, const Paper& paper, bool is_item_for_members) {
  if (audience == "staff") return paper;
  auto shown = paper;
  shown.first_person.reset();
  shown.versions.resize(paper.not_before ? 0 : static_cast<std::size_t>(paper.newest_released()));
  if (shown.versions.empty()) {  // for them it is still to follow, as it was announced
    if (!paper.announced) return std::nullopt;
    shown.title = paper.announced->title;
    if (paper.announced->circulation == wire::Circulation::members) shown.circulation = wire::Circulation::members;
    shown.late_reason.reset(), shown.not_before.reset(), shown.from.reset();
  }
  const bool is_for_them = audience == "member" || audience == k_addressed || (!is_item_for_members && shown.circulation == wire::Circulation::everyone);
  return is_for_them ? std::optional(std::move(shown)) : std::nullopt;
}

std::optional<std::vector<wire::PaperView>> papers_under(const AgendaItemId& item, std::string_view audience, bool is_item_for_members,
                                                         const std::vector<Paper>& papers, const Readership& readership, const domain::Rows& rows) {
  std::vector<wire::PaperView> views;
  const auto as = readership.seen_as(audience, item);
  const bool is_named = readership.is_named(item);
  for (const auto& paper : papers) {
    const auto shown = paper.item == item ? shown_to(as, paper, is_item_for_members) : std::nullopt;
    if (shown) views.push_back(view_of(*shown, is_item_for_members, is_named, rows));
  }
  return views.empty() ? std::nullopt : std::optional(std::move(views));
}

void present_pages_of_papers(const MeetingId& meeting, Timestamp at, domain::Presenter& presenter) {
  for (const auto& paper : papers_of(meeting, presenter)) {
    put_page(paper, at, presenter);
    for (const auto& copy : copies_of(paper, presenter)) put_page(copy, at, presenter);
  }
}

void PaperAggregate::present(const PaperEvent& event, const domain::EventInfo& when, const Paper& after, domain::Presenter& presenter) {
  if (const auto* read = std::get_if<PaperRead>(&event)) {
    if (when.actor) put_reader(after, *when.actor, read->version, when.at, presenter);
    return;
  }
  const auto id = after.paper.str();
  presenter.put_private(std::string(k_paper_index), after.meeting.str() + "/" + id, codec::encode(after));
  presenter.put_private(std::string(k_paper_meeting_index), id, json::string(after.meeting.str()));
  // One that was withdrawn before its time is never told of.
  if (after.not_before && !after.withdrawn_reason) presenter.put_private(std::string(k_embargo_index), id, codec::encode(*after.not_before));
  else presenter.drop(std::string(k_embargo_index), std::string(k_private_audience), id);
  note_names(event, after.paper, static_cast<std::int64_t>(when.seq), presenter);
  note_unread(after, presenter);
  note_copy(after, presenter);
  if (std::holds_alternative<PaperAdded>(event)) present_notes_of_copy(after, presenter);
  put_under_item(after, presenter);
  put_page(after, when.at, presenter);
  put_placeholder(after, presenter);
  if (std::holds_alternative<PaperVersionAdded>(event) || std::holds_alternative<PaperVersionReleased>(event)) put_readers_behind(after, presenter);
  present_replay(after, event, when, presenter);
}

void present_reader(const PersonId& person, const std::optional<std::string>& name, domain::Presenter& presenter) {
  for (const auto& [key, value] : presenter.rows(k_paper_readers_index, k_private_audience, person.str() + "/")) {
    const auto own = PaperAggregate::topic(key.substr(key.find('/') + 1));
    auto view = presenter.row_as<wire::ReaderView>(own, "staff", reader_key(person));
    if (view && name) {
      view->reader = *name;
      view->sort = *name + "/" + person.str();
      presenter.put(own, "staff", reader_key(person), *view);
    } else {
      presenter.drop(own, "staff", reader_key(person));
      presenter.drop(std::string(k_paper_readers_index), std::string(k_private_audience), key);
    }
  }
}

domain::AuditLine PaperAggregate::describe(const PaperEvent& event, const Paper& before, const Paper& after, const domain::Rows&) {
  const auto of = fmt::format(" “{}”", after.title);
  const auto state = [](const Paper& paper) {
    if (paper.withdrawn_reason) return std::string("Withdrawn");
    if (paper.versions.empty()) return std::string(paper.announced ? "To follow" : "");
    const auto embargo = paper.not_before ? ", not before " + uk_time::date_and_time(*paper.not_before) : std::string();
    return fmt::format("Version {}{}{}{}", paper.versions.size(), paper.circulation == wire::Circulation::members ? ", for members" : "", embargo,
                       paper.waits_for_second() ? ", waits for a second person" : "");
  };
  const auto line = [&](std::string what) { return domain::AuditLine{std::move(what), after.body, state(before), state(after), {}}; };
  return std::visit(domain::overloaded{
                        [&](const PaperAnnounced&) { return line("Announced that this paper is to follow:" + of); },
                        [&](const PaperAdded& e) { return line((e.late_reason ? "Added late the paper" : "Added the paper") + of); },
                        [&](const PaperVersionAdded&) { return line("Replaced the paper" + of); },
                        [&](const PaperVersionReleased& e) { return line(fmt::format("Released version {} of the paper{}, as the second person", e.version, of)); },
                        [&](const PaperLookedThrough& e) { return line(fmt::format("Looked through version {} of the paper{}", e.version, of)); },
                        [&](const PaperReleased&) { return line((after.waits_for_second() ? "The day has come of the paper" : "Released the paper") + of); },
                        [&](const PaperWithdrawn&) { return line("Withdrew the paper" + of); },
                        // Readers are told of their own reading, and not by it of versions that they may not know of.
                        [&](const PaperRead& e) {
                          const auto bytes = after.versions[static_cast<std::size_t>(e.version) - 1].file.bytes;
                          return domain::AuditLine{fmt::format("Read version {} of the paper{}, {}", e.version, of, size_in_words(bytes)), after.body, "", "", {}};
                        },
                        [&](const NameRemovedFromPaper&) { return line("Removed the name of a deleted account from the paper" + of); },
                    },
                    event);
}

}  // namespace witan::meetings
