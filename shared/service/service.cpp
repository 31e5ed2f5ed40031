#include "shared/service/service.hpp"

#include <csignal>
#include <cstdio>

#include <boost/asio/signal_set.hpp>

#include "shared/base/log.hpp"
#include "shared/crypto/crypto.hpp"
#include "shared/service/host.hpp"
#include "shared/service/presenting.hpp"

namespace witan::service {

int run(const std::string& name, const std::function<Definition(const Config&)>& make, int argc, const char* const* argv) {
  Config config(service_keys());
  const auto program = "witan-" + name;
  if (const int code = read_config(config, program, argc, argv); code >= 0) return code;
  log::start(program, log::level_from(config.text("log_level")));
  try {
    crypto::start();
    boost::asio::io_context loop{1};
    Host host(make(config), config, loop);
    boost::asio::signal_set signals(loop, SIGTERM, SIGINT);
    signals.async_wait([&](boost::system::error_code, int) {
      // A second signal ends at once.
      std::signal(SIGTERM, SIG_DFL);
      std::signal(SIGINT, SIG_DFL);
      loop.stop();
    });
    host.start();
    loop.run();
    host.stop();
  } catch (const std::exception& failure) {
    log::error("service", "start_failed", {{"reason", failure.what()}});
    std::fprintf(stderr, "%s: %s\n", program.c_str(), failure.what());
    return 1;
  }
  return 0;
}

void open_public_lists(const Definition& definition, storage::Store& store) {
  PendingRows pending(store);
  for (const auto& topic : definition.public_lists) pending.access(topic, {{"public", Who::anyone, {}, {}, {}}});
  store.views().apply(pending.take(), store.log().head());
}

std::string rebuild_views(const Definition& definition, storage::Store& store) {
  constexpr std::size_t k_batch = 5000;
  store.views().clear();
  open_public_lists(definition, store);
  std::map<std::string, std::any> states;
  PendingRows pending(store);
  std::int64_t at = 0;
  for (auto events = store.log().read(0, k_batch); !events.empty(); events = store.log().read(at, k_batch)) {
    for (std::size_t i = 0; i < events.size(); ++i) {
      const auto& event = events[i];
      const auto& rules = definition.aggregates.find(event.aggregate.substr(0, event.aggregate.find('/')))->second;
      auto& state = states.try_emplace(event.aggregate, rules.fresh()).first->second;
      const auto data = json::parse(event.data);
      rules.evolve(state, event.type, data);
      rules.present(event.type, data, {event.seq, event.at, PersonId::parse(event.actor)}, state, pending);
      at = event.seq;
      // Rows are written once a commit, as they were the first time. A commit may go on in the next batch.
      const bool is_last_of_commit = i + 1 < events.size() ? events[i + 1].command_id != event.command_id
                                                           : store.log().read(at, 1).empty() || store.log().read(at, 1).front().command_id != event.command_id;
      if (is_last_of_commit) store.views().apply(pending.take(), at);
    }
  }
  return store.views().digest();
}

}  // namespace witan::service
