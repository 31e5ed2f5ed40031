#include "gateway/live/channel.hpp"

#include <algorithm>

#include "gateway/http/api.hpp"
#include "gateway/live/session.hpp"

namespace witan::live {

Channel::Channel(topics::TopicCache& cache, const auth::Auth& auth, std::string topic, std::string audience)
    : cache_(cache), auth_(auth), topic_(std::move(topic)), audience_(std::move(audience)) {
  if (const auto view = cache_.now(topic_, audience_)) epoch_ = view->epoch;
  cache_.watch(topic_, audience_, this);
}

Channel::~Channel() { cache_.unwatch(topic_, audience_, this); }

void Channel::add(Session* session, std::int64_t version) { subscribers_.push_back({session, version, false}); }

void Channel::remove(Session* session) {
  std::erase_if(subscribers_, [&](const Subscriber& subscriber) { return subscriber.session == session; });
}

bool Channel::may_push_now() const {
  const auto* rules = cache_.access_now(topic_);
  return rules && http::may_show_now(auth_, *rules, audience_);
}

void Channel::changed(const Change& change, const std::shared_ptr<const std::string>& frame) {
  const bool may_push = may_push_now();
  const auto* rules = cache_.access_now(topic_);
  for (auto& subscriber : subscribers_) {
    // Decided again at each push. Whoever fails here has been or is about to be told by `recheck`.
    if (!rules || audience_for(*rules, subscriber.session->actor()) != audience_) continue;
    if (!may_push || subscriber.is_held_back) {
      subscriber.is_held_back = true;
      continue;
    }
    subscriber.version = change.version;
    subscriber.session->push(frame);
  }
}

void Channel::replaced(const topics::View& view) {
  const bool is_other_epoch = view.epoch != epoch_;
  epoch_ = view.epoch;
  const auto frame = cache_.snapshot_frame(topic_, audience_, is_other_epoch ? "other_epoch" : "too_old");
  const bool may_push = may_push_now();
  const auto* rules = cache_.access_now(topic_);
  for (auto& subscriber : subscribers_) {
    if (!rules || audience_for(*rules, subscriber.session->actor()) != audience_) continue;
    subscriber.is_held_back = !may_push;
    if (!may_push) {
      subscriber.version = -1;   // nothing in the ring leads from there to here
      continue;
    }
    subscriber.version = view.version;
    subscriber.session->push(frame);
  }
}

void Channel::catch_up() {
  if (!may_push_now()) return;
  const auto view = cache_.now(topic_, audience_);
  const auto* rules = cache_.access_now(topic_);
  if (!view || !rules) return;
  for (auto& subscriber : subscribers_) {
    if (!subscriber.is_held_back || audience_for(*rules, subscriber.session->actor()) != audience_) continue;
    subscriber.is_held_back = false;
    if (const auto missing = cache_.resume(topic_, audience_, {epoch_, subscriber.version})) {
      for (const auto& frame : missing->frames) subscriber.session->push(frame);
    } else {
      subscriber.session->push(cache_.snapshot_frame(topic_, audience_, "too_old"));
    }
    subscriber.version = view->version;
  }
}

}  // namespace witan::live
