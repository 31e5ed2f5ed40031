#include "gateway/live/channel.hpp"

#include <algorithm>

#include "gateway/http/api.hpp"
#include "gateway/live/session.hpp"

namespace witan::live {

Result<void> Channel::note_editing(Session*, std::optional<std::string>) {
  return reject(ErrorCode::invalid_request, "Of this topic nobody is told who edits it.");
}

TopicChannel::TopicChannel(topics::TopicCache& cache, const auth::Auth& auth, std::string topic, std::string audience)
    : Channel(std::move(topic), std::move(audience)), cache_(cache), auth_(auth) {
  if (const auto view = cache_.now(this->topic(), this->audience())) epoch_ = view->epoch;
  cache_.watch(this->topic(), this->audience(), this);
}

TopicChannel::~TopicChannel() { cache_.unwatch(topic(), audience(), this); }

void TopicChannel::add(Session* session, std::int64_t version) { subscribers_.push_back({session, version, false}); }

void TopicChannel::remove(Session* session) {
  std::erase_if(subscribers_, [&](const Subscriber& subscriber) { return subscriber.session == session; });
}

bool TopicChannel::may_push_now() const {
  const auto* rules = cache_.access_now(topic());
  return rules && http::may_show_now(auth_, *rules, audience());
}

void TopicChannel::changed(const Change& change, const std::shared_ptr<const std::string>& frame) {
  const bool may_push = may_push_now();
  const auto* rules = cache_.access_now(topic());
  for (auto& subscriber : subscribers_) {
    // Decided again at each push. Whoever fails here has been or is about to be told by `recheck`.
    if (!rules || audience_for(*rules, subscriber.session->actor()) != audience()) continue;
    if (!may_push || subscriber.is_held_back) {
      subscriber.is_held_back = true;
      continue;
    }
    subscriber.version = change.version;
    subscriber.session->push(frame);
  }
}

void TopicChannel::replaced(const topics::View& view) {
  const bool is_other_epoch = view.epoch != epoch_;
  epoch_ = view.epoch;
  const auto frame = cache_.snapshot_frame(topic(), audience(), is_other_epoch ? "other_epoch" : "too_old");
  const bool may_push = may_push_now();
  const auto* rules = cache_.access_now(topic());
  for (auto& subscriber : subscribers_) {
    if (!rules || audience_for(*rules, subscriber.session->actor()) != audience()) continue;
    subscriber.is_held_back = !may_push;
    if (!may_push) {
      subscriber.version = -1;   // nothing in the ring leads from there to here
      continue;
    }
    subscriber.version = view.version;
    subscriber.session->push(frame);
  }
}

void TopicChannel::catch_up() {
  if (!may_push_now()) return;
  const auto view = cache_.now(topic(), audience());
  const auto* rules = cache_.access_now(topic());
  if (!view || !rules) return;
  for (auto& subscriber : subscribers_) {
    if (!subscriber.is_held_back || audience_for(*rules, subscriber.session->actor()) != audience()) continue;
    subscriber.is_held_back = false;
    if (const auto missing = cache_.resume(topic(), audience(), {epoch_, subscriber.version})) {
      for (const auto& frame : missing->frames) subscriber.session->push(frame);
    } else {
      subscriber.session->push(cache_.snapshot_frame(topic(), audience(), "too_old"));
    }
    subscriber.version = view->version;
  }
}

}  // namespace witan::live
