#include "gateway/audit/audit_log.hpp"

#include <algorithm>
#include <deque>

#include "shared/contract/topics.hpp"
#include "shared/messaging/answered.hpp"

namespace witan::audit {

namespace {

constexpr std::chrono::milliseconds k_answer_time{3000};

}  // namespace

/// One service's log, on the way back.
struct AuditLog::Source {
  std::string service;
  std::optional<std::int64_t> before;
  std::deque<AuditEntry> waiting;  ///< Found, not yet merged.
  std::vector<std::string> kinds;
  std::optional<Timestamp> searched_to;
  bool is_done = false;     ///< There is nothing older.
  bool is_missing = false;  ///< It could not be asked.

  bool is_hungry() const { return waiting.empty() && !is_done && !is_missing; }
  std::optional<std::int64_t> position() const {
    if (!waiting.empty()) return waiting.front().seq + 1;
    return is_done ? 1 : before;
  }

  void take(const Result<std::string>& text) {
    const auto value = text ? parse_reply(*text) : Result<json::value>(std::unexpected(text.error()));
    auto reply = value ? codec::decode<AuditReply>(*value) : Result<AuditReply>(std::unexpected(value.error()));
    is_missing = !reply;
    if (is_missing) return;
    for (auto& entry : reply->entries) waiting.push_back(std::move(entry));
    kinds = std::move(reply->kinds);
    searched_to = reply->searched_to;
    before = reply->next;
    is_done = !reply->next;
  }
};

/// All at once; one that does not answer costs no more than its time.
net::awaitable<void> AuditLog::ask(Sources hungry, AuditRequest request) {
  co_await messaging::answered(loop_.get_executor(), [&](auto done) {
    auto left = std::make_shared<std::size_t>(hungry.size());
    for (const auto& source : hungry) {
      request.before = source->before;
      links_.request(source->service, subjects::audit(source->service), json::serialize(codec::encode(request)), k_answer_time,
                     [source, left, done](const Result<std::string>& text) {
                       source->take(text);
                       if (--*left == 0) done(Result<std::string>(std::string()));
                     });
    }
  });
}

net::awaitable<Reading> AuditLog::read(Filter filter, Positions from, Actor actor, std::size_t limit,
                                       std::chrono::milliseconds patience, std::string trace) {
  const auto end = std::chrono::steady_clock::now() + patience;
  AuditRequest request{filter.person, filter.body, filter.kind, filter.from, filter.to, {}, 0, std::move(actor), std::move(trace), filter.is_own};
  request.limit = std::min<std::int64_t>(static_cast<std::int64_t>(limit), k_audit_entries_max);
  Sources sources;
  for (const auto& service : services_) {
    sources.push_back(std::make_shared<Source>(Source{service, {}, {}, {}, {}, false, false}));
    if (const auto known = from.find(service); known != from.end()) sources.back()->before = known->second;
  }
  Reading reading;
  while (reading.entries.size() < limit) {
    Sources hungry;
    std::copy_if(sources.begin(), sources.end(), std::back_inserter(hungry), [](const auto& source) { return source->is_hungry(); });
    if (!hungry.empty() && std::chrono::steady_clock::now() >= end) {
      reading.is_unfinished = true;
      for (const auto& source : hungry) reading.searched_to = std::max(reading.searched_to, source->searched_to);
      break;
    }
    if (!hungry.empty()) {
      co_await ask(std::move(hungry), request);
      continue;
    }
    // Each log keeps its own order; between logs, time decides.
    const auto newest = std::max_element(sources.begin(), sources.end(), [](const auto& a, const auto& b) {
      return (a->waiting.empty() ? Timestamp::min() : a->waiting.front().at) < (b->waiting.empty() ? Timestamp::min() : b->waiting.front().at);
    });
    if ((*newest)->waiting.empty()) break;
    reading.entries.push_back({(*newest)->service, std::move((*newest)->waiting.front())});
    (*newest)->waiting.pop_front();
  }
  for (const auto& source : sources) {
    if (source->is_missing) reading.missing.push_back(source->service);
    else reading.has_older = reading.has_older || !source->waiting.empty() || !source->is_done;
    if (const auto position = source->position()) reading.older[source->service] = *position;
    reading.kinds.insert(source->kinds.begin(), source->kinds.end());
  }
  co_return reading;
}

}  // namespace witan::audit
