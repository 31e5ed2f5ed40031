#include "services/meetings/domain/notes/notes.hpp"

#include <fmt/format.h>

#include "services/meetings/domain/known_person.hpp"
#include "services/meetings/domain/papers/paper.hpp"
#include "shared/base/uk_time.hpp"
#include "shared/contract/personal.hpp"

namespace witan::meetings {

namespace {

std::string note_topic(const PaperId& paper, const PersonId& person) { return fmt::format("notes/{}/{}", paper.str(), person.str()); }

constexpr const char* k_self = "self";
constexpr const char* k_key = "note";

void put_note(const wire::NoteView& view, const PersonId& person, domain::Presenter& presenter) {
  const auto own = note_topic(view.paper, person);
  presenter.access(own, {{k_self, Who::person, person, {}, {}}});
  presenter.put(own, k_self, k_key, view);
}

/// Ids of the copies of a first paper.
std::vector<PaperId> copies_of(const PaperId& first, const domain::Rows& rows) {
  std::vector<PaperId> copies;
  for (const auto& [key, value] : rows.rows(k_copies_index, k_private_audience, first.str() + "/")) {
    auto id = key.substr(key.find('/') + 1);
    if (id != first.str()) copies.push_back(PaperId::from_trusted(std::move(id)));
  }
  return copies;
}

}  // namespace

std::string note_id(const PaperId& paper, const PersonId& person) { return paper.str() + "-" + person.str(); }

std::string note_id(const wire::WriteNote& command, const domain::Rows& rows) {
  const auto paper = paper_in(rows, command.paper.str());
  return note_id(paper && paper->origin ? *paper->origin : command.paper, command.person);
}

std::string NoteAggregate::topic(std::string_view id) {
  const auto dash = id.find('-');
  return fmt::format("notes/{}/{}", id.substr(0, dash), dash == std::string_view::npos ? "" : id.substr(dash + 1));
}

Note NoteAggregate::evolve(Note note, const NoteEvent& event) {
  const auto& written = std::get<NoteWritten>(event);
  return {written.text, written.body, note.changes + 1};
}

Result<domain::Decided<NoteEvent>> decide(const Note& note, const wire::WriteNote& command, domain::Context& context) {
  const auto paper = paper_in(context, command.paper.str());
  const bool is_known = !context.rows(k_people_index, k_private_audience, command.person.str() + "/").empty();  // nothing is kept of who is deleted
  if (!paper || !is_known) return reject(ErrorCode::not_found);
  const auto now = note.text ? context.text(*note.text).value_or("") : std::string();
  if (command.seen_changes != note.changes) {
    return std::unexpected(Rejection{ErrorCode::stale_version,
                                     fmt::format("You changed this note meanwhile, in another window or on another device. There it says: “{}” What you wrote here is still in "
                                                 "the form: send it again to put it in place of that.", now.empty() ? "nothing" : now),
                                     {},
                                     {{"text", now}, {"changes", note.changes}}});
  }
  domain::Decided<NoteEvent> decided;
  if (command.text.str() == now) return decided;
  const auto text = command.text.str().empty() ? std::nullopt : std::optional(context.keep(command.text.str()));
  const auto known = known_to(*paper, context.actor(), context);  // which may not have gone out to them
  const auto newest = known ? std::ssize(known->shown.versions) : 0;
  decided.events.push_back(NoteWritten{paper->origin.value_or(command.paper), command.person, paper->body, newest, text});
  if (note.text) decided.erased.push_back(*note.text);
  return decided;
}

void NoteAggregate::present(const NoteEvent& event, const domain::EventInfo& when, const Note& after, domain::Presenter& presenter) {
  const auto& written = std::get<NoteWritten>(event);
  if (written.text) domain::note_personal(written.person, *written.text, presenter);
  const auto text = after.text ? presenter.text(*after.text) : std::optional<std::string>("");
  presenter.put_private(std::string(k_notes_index), written.person.str() + "/" + written.paper.str(), true);
  wire::NoteView view{written.paper, text.value_or(""), uk_time::date_and_time(when.at), written.version, after.changes};
  put_note(view, written.person, presenter);
  for (const auto& copy : copies_of(written.paper, presenter)) {
    view.paper = copy;
    put_note(view, written.person, presenter);
  }
}

domain::AuditLine NoteAggregate::describe(const NoteEvent& event, const Note& before, const Note&, const domain::Rows& rows) {
  const auto& written = std::get<NoteWritten>(event);
  const auto paper = paper_in(rows, written.paper.str());
  const auto state = [](bool is_there) { return std::string(is_there ? "A note" : "No note"); };
  return {fmt::format("Wrote for themselves beside the paper “{}”", paper ? paper->title : ""), written.body, state(before.text.has_value()), state(written.text.has_value()), {}};
}

void present_notes_of_copy(const Paper& copy, domain::Presenter& presenter) {
  if (!copy.origin) return;
  for (const auto& [key, value] : presenter.rows(k_notes_index, k_private_audience, "")) {
    if (!key.ends_with("/" + copy.origin->str())) continue;
    const auto person = PersonId::from_trusted(key.substr(0, key.find('/')));
    auto view = presenter.row_as<wire::NoteView>(note_topic(*copy.origin, person), k_self, k_key);
    if (!view) continue;
    view->paper = copy.paper;
    put_note(*view, person, presenter);
  }
}

void drop_notes_of(const PersonId& person, domain::Presenter& presenter) {
  for (const auto& [key, value] : presenter.rows(k_notes_index, k_private_audience, person.str() + "/")) {
    const auto first = PaperId::from_trusted(key.substr(key.find('/') + 1));
    presenter.drop(note_topic(first, person), k_self, k_key);
    for (const auto& copy : copies_of(first, presenter)) presenter.drop(note_topic(copy, person), k_self, k_key);
    presenter.drop(std::string(k_notes_index), std::string(k_private_audience), key);
  }
}

}  // namespace witan::meetings
