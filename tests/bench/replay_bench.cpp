// witan-bench-replay FILE [EVENTS]: fills a log of meetings with events, then drops every view and writes it again from
// the events, by the real rules; then reads the log as an auditor does. Prints one JSON object a line.

#include <cstdio>
#include <cstdlib>
#include <future>

#include "services/meetings/app/meetings_service.hpp"
#include "shared/base/ids.hpp"
#include "shared/contract/meetings.hpp"
#include "shared/service/audit.hpp"
#include "shared/service/engine.hpp"
#include "shared/service/service.hpp"

namespace witan {
namespace {

using Steady = std::chrono::steady_clock;

double seconds_since(Steady::time_point start) { return std::chrono::duration<double>(Steady::now() - start).count(); }

/// Runs commands against an engine inside the writer's transactions, as a service does.
class Filler {
 public:
  explicit Filler(const std::string& path) : definition_(meetings::definition()), engine_(definition_, clock_), writer_(path, {}) {
    actor_.roles[std::string(k_everywhere)] = {Role::administrator};
    actor_.person = PersonId::random();
  }

  json::object run(storage::Store& store, std::string_view name, const json::value& args) {
    CommandRequest request{random_id_text(), std::string(name), args.as_object(), {}, actor_, 60'000, ""};
    const service::StoreRows rows(store);
    auto decide = definition_.commands.find(name)->second.prepare(request.args, request.actor, rows);
    if (!decide) throw std::runtime_error(decide.error().detail);
    auto executed = engine_.execute(store, request, *decide);
    if (!executed.reply) throw std::runtime_error(executed.reply.error().detail);
    return executed.reply->result;
  }

  void write(const std::function<void(storage::Store&)>& work) {
    std::promise<storage::Outcome> finished;
    writer_.submit({work, [&](storage::Outcome outcome) { finished.set_value(outcome); }});
    if (finished.get_future().get() != storage::Outcome::committed) throw std::runtime_error("a group was not committed");
  }

  /// The body that meets, as directory's event would tell.
  BodyId establish(storage::Store& store) {
    const auto body = body_ = BodyId::random();
    for (const auto& notice : definition_.notices) {
      auto decide = notice.prepare({{"body", body.str()}, {"name", "Bench"}, {"kind", "council"}});
      if (decide && !engine_.apply_notice(store, *decide, "notice").reply) throw std::runtime_error("the body was refused");
    }
    return body;
  }

  const service::Definition& definition() const { return definition_; }
  /// The one that `establish` made.
  const BodyId& body() const { return body_; }

 private:
  SystemClock clock_;
  service::Definition definition_;
  service::Engine engine_;
  storage::Writer writer_;
  Actor actor_;
  BodyId body_;
};

/// Meetings of ten items, each edited again and again.
void fill(Filler& filler, std::int64_t events) {
  using namespace contract::meetings;
  BodyId body;
  filler.write([&](storage::Store& store) {
    service::open_public_lists(filler.definition(), store);
    body = filler.establish(store);
  });
  std::int64_t written = 1, edits = 0;
  while (written < events) {
    filler.write([&](storage::Store& store) {
      const auto made = filler.run(store, ScheduleMeeting::k_name, {{"body", body.str()}, {"title", "Replay"}, {"date", "2030-01-15"}, {"starts", "10:00"}, {"ends", "12:00"}, {"place", "Nowhere"}});
      const auto meeting = made.at("meeting");
      std::vector<json::value> items;
      for (int i = 0; i < 10; ++i) {
        items.push_back(filler.run(store, AddAgendaItem::k_name, {{"meeting", meeting}, {"title", "Item to replay"}, {"kind", "discussion"}, {"minutes", 10}}).at("item"));
      }
      filler.run(store, PublishAgenda::k_name, {{"meeting", meeting}});
      written += 12;
      for (int i = 0; i < 488 && written < events; ++i, ++written) {
        filler.run(store, EditAgendaItem::k_name, {{"meeting", meeting}, {"item", items[static_cast<std::size_t>(i) % 10]}, {"minutes", 5 + ++edits % 50}});
      }
    });
  }
}

/// One page of the audit: as many looks at the log as it takes until the page is full or there is nothing older.
void read_as_auditor(const service::Definition& definition, const std::string& path, const char* name, AuditRequest request,
                     const char* conditions) {
  request.actor.roles[std::string(k_everywhere)] = {Role::auditor};
  service::Audit audit(definition, path);
  const auto start = Steady::now();
  std::size_t entries = 0;
  int looks = 0;
  do {
    const auto reply = audit.answer(request);
    if (!reply) throw std::runtime_error(reply.error().detail);
    entries += reply->entries.size();
    request.before = reply->next;
    ++looks;
  } while (request.before && entries < 50);
  std::printf("{\"name\":\"%s\",\"unit\":\"ms\",\"value\":%.1f,\"conditions\":\"%s: %zu entries in %d looks at the log\"}\n", name,
              seconds_since(start) * 1000, conditions, entries, looks);
}

int bench(const std::string& path, std::int64_t events) {
  Filler filler(path);
  const auto filling = Steady::now();
  fill(filler, events);
  std::fprintf(stderr, "filled in %.1f s\n", seconds_since(filling));
  std::string before, after;
  double seconds = 0;
  std::int64_t head = 0;
  filler.write([&](storage::Store& store) {
    head = store.log().head();
    before = store.views().digest();
    const auto start = Steady::now();
    after = service::rebuild_views(filler.definition(), store);
    seconds = seconds_since(start);
  });
  if (before != after) {
    std::fputs("witan-bench-replay: the rebuilt rows differ from the rows before\n", stderr);
    return 1;
  }
  std::printf("{\"name\":\"replay_s\",\"unit\":\"s\",\"value\":%.2f,\"conditions\":\"%lld events of meetings: read, evolved, presented and written again, same digest\"}\n",
              seconds, static_cast<long long>(head));
  read_as_auditor(filler.definition(), path, "audit_newest_ms", {}, "the newest page, no filter");
  AuditRequest filtered;
  filtered.kind = "agenda_published";
  filtered.from = SystemClock().now() - std::chrono::hours(24 * 365);
  filtered.body = filler.body();
  read_as_auditor(filler.definition(), path, "audit_filtered_ms", filtered, "a page of one kind, one in 500, of one body since a year ago");
  AuditRequest in_vain;
  in_vain.person = PersonId::random();
  read_as_auditor(filler.definition(), path, "audit_in_vain_ms", in_vain, "about somebody who is in no event: the whole log is looked at");
  return 0;
}

}  // namespace
}  // namespace witan

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fputs("usage: witan-bench-replay FILE [EVENTS]\n", stderr);
    return 1;
  }
  try {
    return witan::bench(argv[1], argc > 2 ? std::strtoll(argv[2], nullptr, 10) : 1'000'000);
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "witan-bench-replay: %s\n", failure.what());
    return 1;
  }
}
