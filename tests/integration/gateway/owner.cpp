#include "tests/integration/gateway/owner.hpp"

#include <algorithm>

#include "shared/contract/codec.hpp"
#include "shared/contract/topics.hpp"

namespace witan::test {

namespace {

template <class T>
T read(const messaging::Message& message) {
  return codec::decode<T>(json::parse(message.payload)).value();
}

}  // namespace

Owner::Owner(const std::string& bus_url, std::string service) : service_(std::move(service)) {
  messaging::BusOptions options;
  options.url = bus_url;
  options.name = service_;
  bus_ = messaging::Bus::connect(std::move(options));
  const auto on = [&](const std::string& subject, auto answer) {
    subscriptions_.push_back(bus_->subscribe(subject, "", loop_.get_executor(),
                                             [this, answer](const messaging::Message& message) { (this->*answer)(message); }));
  };
  on(subjects::view(service_), &Owner::answer_view);
  on(subjects::heads(service_), &Owner::answer_heads);
  on(subjects::command(service_), &Owner::answer_command);
  thread_ = std::jthread([this] { loop_.run(); });
  heart_ = std::jthread([this](std::stop_token stopping) { beat_forever(stopping); });
}

Owner::~Owner() {
  heart_.request_stop();
  heart_.join();
  subscriptions_.clear();
  work_.reset();
  loop_.stop();
  thread_.join();
  bus_->drain(std::chrono::seconds(1));
}

std::int64_t Owner::commit(const std::string& topic, const std::string& audience, const std::string& key,
                           std::optional<json::value> value, Sending sending) {
  auto& changed = topics_[{topic, audience}];
  Change change{topic, audience, epoch_, changed.version, ++version_, {}, {}};
  if (value) {
    changed.rows[key] = *value;
    change.put[key] = std::move(*value);
  } else {
    changed.rows.erase(key);
    change.drop.push_back(key);
  }
  changed.version = version_;
  changes_.push_back(change);
  if (sending == Sending::sent) {
    std::string line;
    append_line(change, line);
    bus_->publish(subjects::changes(service_), line);
  }
  return version_;
}

std::int64_t Owner::put(const std::string& topic, const std::string& audience, const std::string& key, json::value value,
                        Sending sending) {
  const std::lock_guard lock(mutex_);
  return commit(topic, audience, key, std::move(value), sending);
}

std::int64_t Owner::drop(const std::string& topic, const std::string& audience, const std::string& key) {
  const std::lock_guard lock(mutex_);
  return commit(topic, audience, key, std::nullopt, Sending::sent);
}

std::int64_t Owner::access(const std::string& topic, const std::vector<AccessRule>& rules) {
  const std::lock_guard lock(mutex_);
  return commit(topic, std::string(k_access_audience), std::string(k_access_key), codec::encode(rules), Sending::sent);
}

void Owner::back_up() {
  const std::lock_guard lock(mutex_);
  backup_ = {version_, topics_, changes_};
}

void Owner::restore() {
  const std::lock_guard lock(mutex_);
  std::tie(version_, topics_, changes_) = backup_;
  last_head_ = std::min(last_head_, version_);
}

void Owner::begin_new_epoch(const std::string& epoch) {
  const std::lock_guard lock(mutex_);
  epoch_ = epoch;
  changes_.clear();
}

void Owner::merge_changes() {
  const std::lock_guard lock(mutex_);
  merges_changes_ = true;
}

/// Puts only: what these tests need.
void Owner::merge(std::vector<Change>& changes, std::int64_t prev) {
  if (changes.size() < 2) return;
  auto last = changes.back();
  last.prev = prev;
  for (auto& change : changes) {
    for (const auto& entry : change.put) last.put.insert_or_assign(entry.key(), entry.value());
  }
  changes.assign(1, std::move(last));
}

void Owner::forget_changes() {
  const std::lock_guard lock(mutex_);
  forgotten_ = version_;
  changes_.clear();
}

void Owner::be_silent(bool silent) {
  const std::lock_guard lock(mutex_);
  is_silent_ = silent;
}

void Owner::be_mute(bool mute) {
  const std::lock_guard lock(mutex_);
  is_mute_ = mute;
}

void Owner::lose_changes_of_commands(bool lose) {
  const std::lock_guard lock(mutex_);
  loses_changes_of_commands_ = lose;
}

Position Owner::position() const {
  const std::lock_guard lock(mutex_);
  return {epoch_, version_};
}

int Owner::requests_for(const std::string& topic, const std::string& audience) const {
  const std::lock_guard lock(mutex_);
  const auto found = requests_.find({topic, audience});
  return found == requests_.end() ? 0 : found->second;
}

int Owner::heads_requests() const {
  const std::lock_guard lock(mutex_);
  return heads_requests_;
}

std::vector<CommandRequest> Owner::commands() const {
  const std::lock_guard lock(mutex_);
  return commands_;
}

void Owner::answer_view(const messaging::Message& message) {
  const auto request = read<ViewRequest>(message);
  const std::lock_guard lock(mutex_);
  if (is_mute_) return;
  ++requests_[{request.topic, request.audience}];
  if (!topics_.contains({request.topic, std::string(k_access_audience)})) {
    return bus_->publish(message.reply, problem_reply(Rejection{ErrorCode::not_found, {}, {}, {}}, ""));
  }
  const auto& topic = topics_[{request.topic, request.audience}];
  ViewReply reply{request.topic, request.audience, epoch_, topic.version, request.after.has_value(), {}, {}};
  if (request.after && request.after->epoch == epoch_ && request.after->version >= forgotten_) {
    reply.resync = false;
    reply.changes.emplace();
    for (const auto& change : changes_) {
      const bool is_asked = change.topic == request.topic && change.audience == request.audience;
      if (is_asked && change.version > request.after->version) reply.changes->push_back(change);
    }
    if (merges_changes_) merge(*reply.changes, request.after->version);
  } else {
    reply.entities.emplace();
    for (const auto& [key, value] : topic.rows) (*reply.entities)[key] = value;
  }
  bus_->publish(message.reply, ok_reply(codec::encode(reply)));
}

std::vector<TopicHead> Owner::heads_after(std::int64_t version) const {
  std::vector<TopicHead> heads;
  for (const auto& [key, topic] : topics_) {
    if (topic.version > version) heads.push_back({key.first, key.second, topic.version});
  }
  return heads;
}

void Owner::answer_heads(const messaging::Message& message) {
  const auto request = read<HeadsRequest>(message);
  const std::lock_guard lock(mutex_);
  if (is_mute_) return;
  ++heads_requests_;
  if (request.seen && request.seen->epoch == epoch_ && request.seen->version > version_) {
    epoch_ = "after the restore";
    changes_.clear();
  }
  bus_->publish(message.reply, ok_reply(codec::encode(Head{service_, epoch_, request.since, version_, heads_after(request.since)})));
}

/// Carries out a put of `value` under `key` in `topic` for the audience `public`.
void Owner::answer_command(const messaging::Message& message) {
  auto request = read<CommandRequest>(message);
  const std::lock_guard lock(mutex_);
  commands_.push_back(request);
  if (is_mute_) return;
  CommandReply reply{{}, epoch_, version_, {}, false};
  if (const auto topic = std::string(string_at(request.args, "topic")); !topic.empty()) {
    const auto sending = loses_changes_of_commands_ ? Sending::lost : Sending::sent;
    reply.version = commit(topic, "public", std::string(string_at(request.args, "key")), request.args.at("value"), sending);
    reply.topic = topic;
  }
  bus_->publish(message.reply, ok_reply(codec::encode(reply)));
}

void Owner::beat_forever(std::stop_token stopping) {
  while (!stopping.stop_requested()) {
    {
      const std::lock_guard lock(mutex_);
      if (!is_silent_) {
        bus_->publish(subjects::head(service_),
                      json::serialize(codec::encode(Head{service_, epoch_, last_head_, version_, heads_after(last_head_)})));
        last_head_ = version_;
      }
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(50));   // the rhythm of a service, not a wait for something
  }
}

}  // namespace witan::test
