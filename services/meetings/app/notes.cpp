#include "services/meetings/app/notes.hpp"

#include "services/meetings/domain/notes/notes.hpp"
#include "services/meetings/domain/papers/paper.hpp"

namespace witan::meetings {

namespace {

/// Whoever may know of the paper now writes for themselves; another person's note is not there for them.
Result<void> reader(const Actor& actor, const Note&, const wire::WriteNote& command, const domain::Rows& rows) {
  const auto access = rows.row_as<std::vector<AccessRule>>(PaperAggregate::topic(command.paper.str()), k_access_audience, k_access_key);
  if (!access || !audience_for(*access, actor)) return reject(ErrorCode::not_found);
  if (!actor.signed_in()) return reject(ErrorCode::not_signed_in);
  return actor.person == command.person ? Result<void>() : reject(ErrorCode::not_found);
}

}  // namespace

void add_notes(service::Builder& builder) {
  builder.aggregate<NoteAggregate>().prepared<wire::WriteNote, wire::WriteNote, NoteAggregate>(
      [](const auto& command, domain::Context& context) { return note_id(command, context); }, reader,
      [](const auto& command, const Actor&, const domain::Rows&) { return Result<wire::WriteNote>(command); });
}

}  // namespace witan::meetings
