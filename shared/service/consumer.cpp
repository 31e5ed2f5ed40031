#include "shared/service/consumer.hpp"

#include "shared/base/log.hpp"

namespace witan::service {

namespace {
constexpr int k_batch = 64;
constexpr int k_tries = 5;
constexpr std::chrono::milliseconds k_wait{500};
constexpr std::chrono::milliseconds k_pause{500};
constexpr std::chrono::seconds k_silence{2};
}  // namespace

Consumer::Consumer(const Definition& definition, std::string producer, const std::string& store_path,
                   std::shared_ptr<messaging::Bus> bus, boost::asio::any_io_executor executor, Apply apply)
    : definition_(definition),
      producer_(std::move(producer)),
      place_(definition.hearing == 1 ? producer_ : producer_ + "/" + std::to_string(definition.hearing)),
      store_(storage::Store::open(store_path, storage::Store::Mode::read)),
      bus_(std::move(bus)),
      executor_(std::move(executor)),
      apply_(std::move(apply)),
      thread_([this] { run(); }) {}

void Consumer::stop() {
  is_stopping_ = true;
  if (thread_.joinable()) thread_.join();
}

Position Consumer::checkpoint() const { return store_->checkpoint(place_).value_or(Position{}); }

std::vector<Change> Consumer::apply_event(storage::Store& store, Engine& engine, const PublicCommit& commit,
                                          const PublicEvent& event) {
  std::vector<Change> changes;
  for (const auto& rules : definition_.notices) {
    if (rules.producer != producer_ || rules.type != event.type || event.data.empty()) continue;
    auto decide = rules.prepare(event.data);
    Result<CommandReply> outcome = decide ? Result<CommandReply>(CommandReply{}) : std::unexpected(decide.error());
    if (decide) {
      auto executed = engine.apply_notice(store, *decide, "notice-" + producer_ + "-" + std::to_string(event.seq));
      outcome = std::move(executed.reply);
      std::move(executed.changes.begin(), executed.changes.end(), std::back_inserter(changes));
    }
    if (!outcome) {
      log::error("consumer", "event_parked",
                 {{"producer", producer_}, {"seq", event.seq}, {"reason", outcome.error().detail}});
      store.park(producer_, event.seq, outcome.error().detail, json::serialize(codec::encode(commit)));
    }
  }
  return changes;
}

bool Consumer::apply_one(const PublicCommit& commit) {
  const auto outcome = apply_([&](storage::Store& store, Engine& engine) {
    std::vector<Change> changes;
    for (const auto& event : commit.events) {
      auto more = apply_event(store, engine, commit, event);
      std::move(more.begin(), more.end(), std::back_inserter(changes));
    }
    store.set_checkpoint(place_, {commit.epoch, commit.last});
    return changes;
  });
  if (outcome == storage::Outcome::committed) return true;
  if (outcome == storage::Outcome::full) return false;  // its time will come
  failures_ = failing_at_ == commit.first ? failures_ + 1 : 1;
  failing_at_ = commit.first;
  return failures_ >= k_tries && park(commit);
}

/// A commit that fails each time is set aside for an operator, and the rest flows on.
bool Consumer::park(const PublicCommit& commit) {
  log::error("consumer", "commit_parked", {{"producer", producer_}, {"first", commit.first}, {"last", commit.last}});
  return apply_([&](storage::Store& store, Engine&) {
           store.park(producer_, commit.first, "it could not be applied", json::serialize(codec::encode(commit)));
           store.set_checkpoint(place_, {commit.epoch, commit.last});
           return std::vector<Change>();
         }) == storage::Outcome::committed;
}

/// On disk before the first of its commits, so that a producer whose new history is empty is not found new each time.
bool Consumer::begin_history(const Position& start) {
  return apply_([&](storage::Store& store, Engine&) {
           store.set_checkpoint(place_, start);
           return std::vector<Change>();
         }) == storage::Outcome::committed;
}

/// Asks the producer for what is missing after `from`, and applies it. True when this service then knows all that the
/// producer knew.
bool Consumer::fill_gap(const Position& from) {
  Position position = from;
  while (!is_stopping_) {
    auto asked = std::make_shared<std::promise<Result<std::string>>>();
    auto answer = asked->get_future();
    bus_->request(subjects::events_since(producer_), json::serialize(codec::encode(EventsSinceRequest{position.version, 500, position})),
                  std::chrono::seconds(5), executor_, [asked](Result<std::string> text) { asked->set_value(std::move(text)); });
    while (answer.wait_for(std::chrono::milliseconds(100)) != std::future_status::ready) {
      if (is_stopping_) return false;
    }
    auto text = answer.get();
    auto value = text ? parse_reply(*text) : Result<json::value>(std::unexpected(text.error()));
    auto reply = value ? codec::decode<EventsSinceReply>(*value) : Result<EventsSinceReply>(std::unexpected(value.error()));
    if (!reply) return false;
    if (reply->epoch != position.epoch) {  // a new history: from its start
      const bool must_ask_again = position.version != 0;
      if (!position.epoch.empty()) {
        log::error("consumer", "history_replaced",
                   {{"producer", producer_},
                    {"epoch", position.epoch},
                    {"version", position.version},
                    {"meaning", "the producer was restored from a backup; its events are taken anew, and what came of lost ones stays"}});
      }
      position = {reply->epoch, 0};
      if (!begin_history(position)) return false;
      if (must_ask_again) continue;
    }
    if (reply->head < position.version) return false;  // it was restored, knows so now, and begins a new epoch
    for (const auto& commit : reply->commits) {
      if (commit.first != position.version + 1 || !apply_one(commit)) return false;
      position = {commit.epoch, commit.last};
    }
    if (reply->commits.empty() || position.version >= reply->head) return true;
  }
  return false;
}

/// True when the commit's effects are on disk, now or from before. Only the producer can say which epoch is the
/// present one, so a commit of another epoch than the checkpoint's is never applied from the bus.
bool Consumer::take(const PublicCommit& commit) {
  const Position at = checkpoint();
  if (commit.epoch == at.epoch) {
    // The bus may have lost everything, and a producer restored from a backup filled it again under the old name.
    if (commit.last <= at.version) return is_level_ || (is_level_ = fill_gap(at));
    if (commit.first == at.version + 1) return apply_one(commit);
    log::info("consumer", "gap_found", {{"producer", producer_}, {"after", at.version}, {"next", commit.first}});
  }
  if (!fill_gap(at)) return false;
  const Position now = checkpoint();
  return now.epoch != commit.epoch || now.version >= commit.last;
}

void Consumer::run() {
  const auto stream = subjects::stream(producer_);
  const auto filter = subjects::events_all(producer_);
  const auto durable = definition_.name;
  const auto pause = [&](std::chrono::milliseconds limit) {
    for (auto left = limit; left.count() > 0 && !is_stopping_; left -= std::chrono::milliseconds(50)) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  };
  bool is_ready = false, is_waiting = false;
  auto checked = std::chrono::steady_clock::now();
  while (!is_stopping_) {
    try {
      if (!bus_->is_connected()) {
        is_ready = false;
        pause(k_pause);
        continue;
      }
      if (!is_ready) {
        is_level_ = fill_gap(checkpoint());
        checked = std::chrono::steady_clock::now();
        is_ready = true;
      }
      const auto messages = bus_->fetch(stream, durable, filter, k_batch, k_wait);
      if (std::exchange(is_waiting, false)) log::info("consumer", "stream_is_there", {{"producer", producer_}});
      // Silence may mean that the bus lost the consumer with everything else.
      if (messages.empty() && std::chrono::steady_clock::now() - checked > k_silence) is_ready = false;
      for (const auto& message : messages) {
        boost::system::error_code failed;
        const auto parsed = json::parse(message->payload(), failed);
        const auto event = failed ? Result<CloudEvent>(reject(ErrorCode::malformed_json)) : codec::decode<CloudEvent>(parsed);
        // What cannot be read is not lost: the next commit shows a gap, and the producer is asked.
        if (!event || take(event->data)) message->ack();
        else message->retry_after(k_pause);
      }
    } catch (const std::exception& failure) {
      if (bus_->is_connected() && !std::exchange(is_waiting, true)) {
        log::warning("consumer", "waiting_for_stream",
                     {{"producer", producer_},
                      {"reason", failure.what()},
                      {"meaning", "the provisioner makes the stream and this service's consumer; the producer is asked meanwhile"}});
      }
      is_ready = false;
      pause(k_pause);
    }
  }
}

}  // namespace witan::service
