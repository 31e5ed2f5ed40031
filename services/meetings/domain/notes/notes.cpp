#include "services/meetings/domain/notes/notes.hpp"

#include <fmt/format.h>

#include "services/meetings/domain/known_person.hpp"
#include "services/meetings/domain/papers/paper.hpp"
#include "shared/base/uk_time.hpp"
#include "shared/contract/personal.hpp"

namespace witan::meetings {

namespace {

std::string note_topic(const PaperId& paper, const PersonId& person) { return fmt::format("notes/{}/{}", paper.str(), person.str()); }

/// One that was taken along is as if it had been written beside the copy's first version.
NoteWritten as_written(const NoteEvent& event) {
  if (const auto* along = std::get_if<NoteForwarded>(&event)) return {along->paper, along->person, along->body, 1, along->text};
  return std::get<NoteWritten>(event);
}

constexpr const char* k_self = "self";
constexpr const char* k_key = "note";

}  // namespace

std::string note_id(const PaperId& paper, const PersonId& person) { return paper.str() + "-" + person.str(); }

std::string NoteAggregate::topic(std::string_view id) {
  const auto dash = id.find('-');
  return fmt::format("notes/{}/{}", id.substr(0, dash), dash == std::string_view::npos ? "" : id.substr(dash + 1));
}

Note NoteAggregate::evolve(Note note, const NoteEvent& event) {
  const auto written = as_written(event);
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
  decided.events.push_back(NoteWritten{command.paper, command.person, paper->body, static_cast<std::int64_t>(paper->versions.size()), text});
  if (note.text) decided.erased.push_back(*note.text);
  return decided;
}

void NoteAggregate::present(const NoteEvent& event, const domain::EventInfo& when, const Note& after, domain::Presenter& presenter) {
  const auto written = as_written(event);
  if (written.text) domain::note_personal(written.person, *written.text, presenter);
  const auto own = note_topic(written.paper, written.person);
  const auto text = after.text ? presenter.text(*after.text) : std::optional<std::string>("");
  presenter.access(own, {{k_self, Who::person, written.person, {}, {}}});
  presenter.put_private(std::string(k_notes_index), written.person.str() + "/" + written.paper.str(), true);
  presenter.put(own, k_self, k_key, wire::NoteView{written.paper, text.value_or(""), uk_time::date_and_time(when.at), written.version, after.changes});
}

domain::AuditLine NoteAggregate::describe(const NoteEvent& event, const Note& before, const Note&, const domain::Rows& rows) {
  const auto written = as_written(event);
  const auto paper = paper_in(rows, written.paper.str());
  const auto state = [](bool is_there) { return std::string(is_there ? "A note" : "No note"); };
  const auto* what = std::holds_alternative<NoteForwarded>(event) ? "Took along what somebody wrote for themselves beside the paper “{}”" : "Wrote for themselves beside the paper “{}”";
  return {fmt::format(fmt::runtime(what), paper ? paper->title : ""), written.body, state(before.text.has_value()), state(written.text.has_value()), {}};
}

void drop_notes_of(const PersonId& person, domain::Presenter& presenter) {
  for (const auto& [key, value] : presenter.rows(k_notes_index, k_private_audience, person.str() + "/")) {
    presenter.drop(note_topic(PaperId::from_trusted(key.substr(key.find('/') + 1)), person), k_self, k_key);
    presenter.drop(std::string(k_notes_index), std::string(k_private_audience), key);
  }
}

}  // namespace witan::meetings
