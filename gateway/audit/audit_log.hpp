#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include "shared/contract/audit.hpp"
#include "shared/messaging/service_links.hpp"

/// The logs of all services, read as one: newest first.
namespace witan::audit {

namespace net = boost::asio;

/// What to look for; what is absent does not matter.
struct Filter {
  std::optional<PersonId> person;
  std::optional<BodyId> body;
  std::optional<std::string> kind;
  std::optional<Timestamp> from;
  std::optional<Timestamp> to;
  bool is_own = false;  ///< `person` asks about themself, and is shown their own words.
};

/// Service → the event before which to go on. A service that is absent begins with its newest.
using Positions = std::map<std::string, std::int64_t>;

struct Entry {
  std::string service;
  AuditEntry entry;
};

struct Reading {
  std::vector<Entry> entries;          ///< By time, newest first.
  Positions older;                     ///< Where to go on.
  bool has_older = false;              ///< There may be more.
  bool is_unfinished = false;          ///< Time was up before as many entries were found as were wanted.
  std::optional<Timestamp> searched_to;  ///< When unfinished: everything since then has been looked at.
  std::vector<std::string> missing;    ///< Services that could not be asked.
  std::set<std::string> kinds;         ///< That the services know.
};

/// Asks every service and merges what they say. Used on the gateway's loop only; must outlive its readings.
class AuditLog {
 public:
  AuditLog(net::io_context& loop, messaging::ServiceLinks& links, std::vector<std::string> services)
      : loop_(loop), links_(links), services_(std::move(services)) {}

  /// Up to `limit` entries, for as long as `patience`. Each service checks again whether `actor` may ask.
  net::awaitable<Reading> read(Filter filter, Positions from, Actor actor, std::size_t limit, std::chrono::milliseconds patience,
                               std::string trace);

 private:
  struct Source;
  using Sources = std::vector<std::shared_ptr<Source>>;
  net::awaitable<void> ask(Sources hungry, AuditRequest request);

  net::io_context& loop_;
  messaging::ServiceLinks& links_;
  std::vector<std::string> services_;
};

}  // namespace witan::audit
