#pragma once

#include <optional>
#include <string>
#include <variant>

#include "services/meetings/domain/papers/paper.hpp"
#include "shared/contract/domain.hpp"

/// A person's own note beside a paper. It is kept through all versions of the paper, goes along where the paper is forwarded to, and nobody else ever
/// reads it. An aggregate of its own, with the id `<paper>-<person>`: of a paper that was forwarded, the first one.
namespace witan::meetings {

struct NoteWritten {
  static constexpr std::string_view k_type = "note_written";
  PaperId paper;             ///< Where it stood first.
  PersonId person;
  BodyId body;               ///< Whose paper it is.
  std::int64_t version = 0;  ///< The paper's latest then.
  std::optional<Erasable> text;  ///< Absent: taken away.
};
BOOST_DESCRIBE_STRUCT(NoteWritten, (), (paper, person, body, version, text))

using NoteEvent = std::variant<NoteWritten>;

struct Note {
  std::optional<Erasable> text;
  BodyId body;
  std::int64_t changes = 0;
};

/// Private: key `<person>/<paper>`, value true: where somebody has a note.
inline constexpr std::string_view k_notes_index = "index/notes";

struct NoteAggregate {
  static constexpr std::string_view k_kind = "note";
  using State = Note;
  using Event = NoteEvent;

  static Note evolve(Note note, const NoteEvent& event);
  static bool exists(const Note& note) { return note.changes > 0; }
  static std::string topic(std::string_view id);
  static void present(const NoteEvent& event, const domain::EventInfo& when, const Note& after, domain::Presenter& presenter);
  static std::optional<json::object> publish(const NoteEvent&, const domain::Rows&) { return std::nullopt; }
  static domain::AuditLine describe(const NoteEvent& event, const Note& before, const Note& after, const domain::Rows& rows);
};

std::string note_id(const PaperId& paper, const PersonId& person);
/// Of the note that the command is about.
std::string note_id(const wire::WriteNote& command, const domain::Rows& rows);

Result<domain::Decided<NoteEvent>> decide(const Note& note, const wire::WriteNote& command, domain::Context& context);

/// What was written beside the first paper stands beside its copy too.
void present_notes_of_copy(const Paper& copy, domain::Presenter& presenter);
/// All that somebody wrote, once their account is deleted.
void drop_notes_of(const PersonId& person, domain::Presenter& presenter);

}  // namespace witan::meetings
