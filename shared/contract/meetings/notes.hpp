#pragma once

#include "shared/contract/access.hpp"

/// What readers of papers write for themselves. Nobody else reads it.
namespace witan::contract::meetings {

/// What the sender's note beside the paper says from now on; with an empty text there is none. `stale_version` with `text` and `changes` as they
/// stand, when it was changed since it was `seen_changes` times changed, such as on another device.
struct WriteNote {
  static constexpr std::string_view k_name = "meetings.write_note";
  PaperId paper;
  PersonId person;           ///< The sender.
  Prose<0, 4000> text;
  Whole<0, 1'000'000> seen_changes;  ///< As the note's row counted them; 0 where there was no row.
};
BOOST_DESCRIBE_STRUCT(WriteNote, (), (paper, person, text, seen_changes))

using NotesCommands = boost::mp11::mp_list<WriteNote>;

/// Topic `notes/<paper>/<person>`, key `note`. Audience `self`: the person, and nobody else.
struct NoteView {
  PaperId paper;
  std::string text;           ///< Empty once it was taken away.
  std::string written;        ///< "2:15pm on 19 June 2018"
  std::int64_t version = 0;   ///< Of the paper, which was the latest when it was written.
  std::int64_t changes = 0;
};
BOOST_DESCRIBE_STRUCT(NoteView, (), (paper, text, written, version, changes))

using NotesViews = boost::mp11::mp_list<NoteView>;

}  // namespace witan::contract::meetings
