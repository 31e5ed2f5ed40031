#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include "shared/contract/envelope.hpp"
#include "shared/messaging/service_links.hpp"

/// The topics that this gateway follows: one copy of each (topic, audience) however many read it, kept current from
/// `live.*`, healed from heads and from the owner. While no heads come, the owners are asked for them. Everything runs on
/// the gateway's one loop; nothing here is locked.
namespace witan::topics {

namespace net = boost::asio;

/// One topic as one audience sees it. Immutable once handed out; the cache makes a new one for each change.
struct View {
  std::string topic;
  std::string audience;
  std::string epoch;
  std::int64_t version = 0;
  std::shared_ptr<const std::map<std::string, json::value>> entities;
};

/// Told of each change, in order, on the loop. `frame` is the ChangeFrame text, encoded once for all.
struct Watcher {
  virtual ~Watcher() = default;
  virtual void changed(const Change& change, const std::shared_ptr<const std::string>& frame) = 0;
  /// The copy was replaced (new epoch, or a gap that the owner could not fill): start again from `view`.
  virtual void replaced(const View& view) = 0;
};

struct CacheOptions {
  std::chrono::milliseconds request_timeout{3000};
  std::size_t ring_changes_max = 512;              ///< Changes kept for resuming, for each topic and audience.
  std::chrono::seconds idle{60};                   ///< Unwatched and unread for this long: forgotten.
  std::size_t copies_max = 50'000;                 ///< Beyond it, topics that are not held yet are `unavailable`.
  std::vector<std::string> services;               ///< Whose heads to follow.
  std::function<std::chrono::steady_clock::time_point()> now = std::chrono::steady_clock::now;
};

class TopicCache {
 public:
  /// `services` must outlive the cache.
  TopicCache(net::io_context& loop, messaging::ServiceLinks& services, CacheOptions options);
  ~TopicCache();

  /// The current view. The first reader causes one request to the owner; those who come meanwhile share its answer.
  /// `unknown_topic`, `not_found`, `unavailable`, `deadline_exceeded`.
  net::awaitable<Result<View>> open(std::string topic, std::string audience);
  /// The topic's access rules (followed like any other rows, so they are current).
  net::awaitable<Result<std::vector<AccessRule>>> access(std::string topic);

  /// The copy as of now without waiting; nothing when it is not held.
  std::optional<View> now(const std::string& topic, const std::string& audience) const;
  /// The rules as of now without waiting; null when the topic is not followed.
  const std::vector<AccessRule>* access_now(const std::string& topic) const;

  /// From now on `watcher` is told of changes to a view that is open. It must outlive the watch.
  void watch(const std::string& topic, const std::string& audience, Watcher* watcher);
  void unwatch(const std::string& topic, const std::string& audience, Watcher* watcher);
  /// Called on the loop when a topic's access rules change, after the new rules are in force.
  void on_access_change(std::function<void(const std::string& topic)> handler);

  /// The frames after `position` up to now, oldest first; nothing when the ring does not reach back so far or the
  /// epoch is another (then ask `changes_since`).
  struct Missing {
    std::vector<std::shared_ptr<const std::string>> frames;
    View now;
  };
  std::optional<Missing> resume(const std::string& topic, const std::string& audience, const Position& position) const;
  /// The same, asking the owner when the ring is too short. Nothing: too old, take a snapshot.
  net::awaitable<Result<std::optional<Missing>>> changes_since(std::string topic, std::string audience, Position position);

  /// The Snapshot frame of a view that is open, encoded once for all who get it; null when it is not open.
  std::shared_ptr<const std::string> snapshot_frame(const std::string& topic, const std::string& audience,
                                                    const std::string& reason) const;

  /// A command was carried out at `version`: whoever opens a topic of that service from now on sees it, also when
  /// the change itself is still on its way.
  void wrote(const std::string& service, const Position& position);
  /// The bus is away: do not wait for heads, ask the owners for them.
  void bus_left();
  /// The bus is back after it was away: ask the owners what was missed instead of waiting for their next heads.
  void bus_returned();

  /// Seconds since the last word of how far a service is, a head that came or one that was asked for; large when there
  /// was none. For readiness and for failing closed.
  double head_age_seconds(const std::string& service) const;
  /// How many copies are held.
  std::size_t size() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace witan::topics
