#include "shared/service/relay.hpp"

#include "shared/base/log.hpp"
#include "shared/messaging/emptying.hpp"

namespace witan::service {

namespace {

constexpr std::size_t k_batch_events = 500;

messaging::OutgoingEvent outgoing(const PublicCommit& commit) {
  CloudEvent event;
  event.id = commit.service + "-" + commit.epoch + "-" + std::to_string(commit.last);
  event.source = "/witan/" + commit.service;
  event.type = "witan." + commit.service + ".commit";
  event.subject = commit.events.front().aggregate;
  event.time = commit.events.back().at;
  event.data = commit;
  return {subjects::event(commit.service, event.subject), json::serialize(codec::encode(event)), event.id};
}

}  // namespace

Relay::Relay(const Definition& definition, const std::string& store_path, std::shared_ptr<messaging::Bus> bus,
             std::function<void()> on_other_history)
    : definition_(definition),
      store_(storage::Store::open(store_path, storage::Store::Mode::read)),
      bus_(std::move(bus)),
      on_other_history_(std::move(on_other_history)),
      thread_([this] { run(); }) {}

void Relay::wake() {
  {
    const std::lock_guard lock(mutex_);
    has_work_ = true;
  }
  changed_.notify_one();
}

void Relay::reposition() {
  {
    const std::lock_guard lock(mutex_);
    is_positioned_ = false;
    has_work_ = true;
  }
  changed_.notify_one();
}

void Relay::stop(std::chrono::milliseconds limit) {
  {
    const std::lock_guard lock(mutex_);
    if (!stop_at_) stop_at_ = std::chrono::steady_clock::now() + limit;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

/// Not only by its number: a log that was cut back may have grown past it again.
bool Relay::is_in_log(const PublicCommit& commit) {
  const auto found = store_->log().read(commit.last - 1, 1);
  if (found.empty() || commit.events.empty()) return false;
  const auto& ours = found.front();
  const auto& theirs = commit.events.back();
  return ours.seq == theirs.seq && ours.aggregate == theirs.aggregate && ours.version == theirs.version &&
         ours.type == theirs.type && ours.at == theirs.at;
}

/// False when the stream holds another history than the log, so that there is no place to go on from. Throws StreamAbsent
/// until the provisioner has made the stream.
bool Relay::find_position() {
  std::int64_t position = 0;
  if (const auto last = bus_->last_event(subjects::stream(definition_.name))) {
    boost::system::error_code failed;
    const auto parsed = json::parse(last->payload, failed);
    const auto event = failed ? Result<CloudEvent>(reject(ErrorCode::malformed_json)) : codec::decode<CloudEvent>(parsed);
    // Another epoch's stream is from before a restore: everything of this epoch goes after it.
    if (event && event->data.epoch == store_->log().epoch()) {
      if (!is_in_log(event->data)) return false;
      position = event->data.last;
    }
  }
  published_ = position;
  return true;
}

/// What is on the bus was written before the erasure. The commits that follow were read after it, and say what may still be
/// said. Only the provisioner can empty a stream; until it has, they wait.
void Relay::empty_stream() {
  const auto last = bus_->last_event(subjects::stream(definition_.name));
  if (last) messaging::ask_to_empty(*bus_, definition_.name, last->sequence);
}

/// One batch; true when there may be more.
bool Relay::publish_some() {
  const auto commits = read_commits(definition_, *store_, published_, k_batch_events);
  if (commits.empty()) return false;
  std::vector<messaging::OutgoingEvent> events;
  bool is_erasing = false;
  for (const auto& commit : commits) {
    events.push_back(outgoing(commit));
    for (const auto& event : commit.events) is_erasing = is_erasing || definition_.erasing.contains(event.type);
  }
  if (is_erasing) empty_stream();
  bus_->publish_events(events);
  published_ = commits.back().last;
  return true;
}

/// Once for each time that something begins to fail.
void Relay::say_why(const std::exception& failure) const {
  if (is_failing_) return;
  if (!dynamic_cast<const messaging::StreamAbsent*>(&failure)) {
    log::warning("relay", "bus_refuses_events", {{"reason", failure.what()}});
    return;
  }
  log::warning("relay", "waiting_for_stream",
               {{"stream", subjects::stream(definition_.name)},
                {"meaning", "nobody answers for it: the provisioner has not made it yet, or the bus stands still; commands are "
                            "carried out and kept meanwhile, and other services hear of them afterwards"}});
}

void Relay::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait_for(lock, std::chrono::seconds(1), [&] { return has_work_ || stop_at_; });
    if (stop_at_ && (!has_work_ || std::chrono::steady_clock::now() >= *stop_at_)) return;
    if (!bus_->is_connected()) {
      if (stop_at_) return;
      has_work_ = true;
      changed_.wait_for(lock, std::chrono::milliseconds(200), [&] { return stop_at_.has_value(); });
      continue;
    }
    has_work_ = false;
    const bool must_look = !std::exchange(is_positioned_, true);
    lock.unlock();
    bool has_more = false, has_failed = false, is_ours = true;
    try {
      if (must_look) is_ours = find_position();
      if (is_ours) has_more = publish_some();
      else on_other_history_();
    } catch (const std::exception& failure) {
      has_failed = true;
      say_why(failure);
    }
    lock.lock();
    if (has_failed || !is_ours) is_positioned_ = false;
    if (is_failing_ && !has_failed) log::info("relay", "bus_takes_events_again", {{"published", published_.load()}});
    is_failing_ = has_failed;
    has_work_ = has_work_ || has_more || has_failed;
    if (has_failed) changed_.wait_for(lock, std::chrono::milliseconds(500), [&] { return stop_at_.has_value(); });
  }
}

}  // namespace witan::service
