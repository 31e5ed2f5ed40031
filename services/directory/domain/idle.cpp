#include "services/directory/domain/idle.hpp"

#include <algorithm>

namespace witan::directory {

std::vector<IdleSession> sessions_ending(const domain::Rows& rows, const LastUse& last_use, Timestamp by,
                                         std::chrono::seconds staff_idle) {
  std::vector<IdleSession> ending;
  for (const auto& [session, value] : rows.rows(k_sessions_index, k_private_audience, "")) {
    const auto row = codec::decode<SessionRow>(value);
    if (!row) continue;
    const auto idle_at = std::max(row->started, last_use(session).value_or(row->started)) + staff_idle;
    // Who is staff is asked last: it reads the most, and few sessions get here.
    if (row->expires <= by) ending.push_back({row->expires, session, true});
    else if (idle_at <= by && is_staff(rows, row->person)) ending.push_back({idle_at, session, false});
  }
  return ending;
}

Result<domain::Decided<SessionEvent>> decide(const Session& session, const SessionUnused&, domain::Context& context) {
  const auto& id = context.aggregate_id();
  const auto row = context.row_as<SessionRow>(k_sessions_index, k_private_audience, id);
  if (session.has_ended || !row) return domain::Decided<SessionEvent>{};
  const auto how = row->expires <= context.now() ? SessionEnd::ran_out : SessionEnd::unused;
  return domain::Decided<SessionEvent>{{SessionEnded{id, session.person, how}}, {}, {}};
}

}  // namespace witan::directory
