#pragma once

#include "shared/contract/envelope.hpp"

/// Who did what, when, from which state to which: read from the log of each service, newest first.
namespace witan {

inline constexpr std::int64_t k_audit_entries_max = 1000;  ///< In one answer.

/// `audit.<service>`, gateway → service. Answered to auditors and administrators, and to each person about themself.
struct AuditRequest {
  std::optional<PersonId> person;      ///< Who did it, or whom it was done to.
  std::optional<BodyId> body;
  std::optional<std::string> kind;     ///< `seat_filled`
  std::optional<Timestamp> from;
  std::optional<Timestamp> to;         ///< Up to this moment, and no longer at it.
  std::optional<std::int64_t> before;  ///< Go on with the events before this one; absent: with the newest.
  std::int64_t limit = 50;             ///< Entries at most, up to `k_audit_entries_max`.
  Actor actor;
  std::string trace;
  std::optional<bool> own = {};  ///< The actor asks about `person`, who they are: with the words that are theirs.
};
BOOST_DESCRIBE_STRUCT(AuditRequest, (), (person, body, kind, from, to, before, limit, actor, trace, own))

/// What somebody wrote, or what was written about them, as it stands in the member `field` of an event.
struct AuditWords {
  std::string field;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(AuditWords, (), (field, text))

struct AuditEntry {
  std::int64_t seq = 0;
  Timestamp at;
  std::optional<PersonId> person;  ///< Who did it; absent for Witan itself.
  std::string kind;
  std::optional<BodyId> body;
  std::string what;                ///< "Filled the seat Chair, Cumbria LEP"
  std::string from;                ///< Empty where there was nothing before.
  std::string to;
  std::optional<std::vector<AuditWords>> words = {};  ///< Only for the person whose they are.
};
BOOST_DESCRIBE_STRUCT(AuditEntry, (), (seq, at, person, kind, body, what, from, to, words))

/// What one look at the log came to. A look is bounded, so it may end before it found as many entries as were asked for.
struct AuditReply {
  std::vector<AuditEntry> entries;        ///< Newest first.
  std::optional<std::int64_t> next;       ///< To go on, ask with this `before`; absent: there is nothing older.
  std::optional<Timestamp> searched_to;   ///< The time of the oldest event that was looked at.
  std::vector<std::string> kinds;         ///< Every kind that this service knows.
};
BOOST_DESCRIBE_STRUCT(AuditReply, (), (entries, next, searched_to, kinds))

}  // namespace witan
