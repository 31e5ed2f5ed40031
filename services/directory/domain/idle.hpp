#pragma once

#include "services/directory/domain/aggregates.hpp"
#include "services/directory/domain/rows.hpp"

/// Sessions that end by themselves: twelve hours after they began, and those of staff when nobody uses them
/// (infra/decisions/0015).
namespace witan::directory {

/// A session that may go on for no longer without being used.
struct IdleSession {
  Timestamp at;
  std::string session;
  bool has_run_out = false;  ///< Its twelve hours are over: using it does not help.
};

using LastUse = std::function<std::optional<Timestamp>(std::string_view session)>;
/// Sessions that end at `by` or before, as things stand. `staff_idle` is how long one of staff may go unused.
std::vector<IdleSession> sessions_ending(const domain::Rows& rows, const LastUse& last_use, Timestamp by,
                                         std::chrono::seconds staff_idle);

/// Nobody has used it for as long as it may go unused, or it has run out.
struct SessionUnused {};
Result<domain::Decided<SessionEvent>> decide(const Session& session, const SessionUnused& command, domain::Context& context);

}  // namespace witan::directory
