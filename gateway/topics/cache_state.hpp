#pragma once

#include <algorithm>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <boost/asio/steady_timer.hpp>

#include "gateway/topics/held_topic.hpp"
#include "gateway/topics/topic_cache.hpp"

/// The inside of TopicCache: which copies there are, and how they follow their owners. On the gateway's loop only.
namespace witan::topics {

using SteadyTime = std::chrono::steady_clock::time_point;

/// One copy and everything about keeping it current.
struct Slot {
  Slot(net::io_context& loop, const std::string& topic, const std::string& audience, std::string owner,
       std::size_t ring_changes_max)
      : held(topic, audience, ring_changes_max), service(std::move(owner)), settled(loop, SteadyTime::max()) {}

  HeldTopic held;
  std::string service;
  bool is_asking = false;                 ///< One request to the owner at a time; everyone else waits for `settled`.
  bool is_behind = false;                 ///< Asking failed: the next tick tries again.
  bool is_gone = false;                   ///< The owner says that it no longer exists; the copy is empty.
  std::int64_t wanted = 0;                ///< A head named this version.
  std::deque<Change> waiting;             ///< Arrived while asking.
  std::optional<Rejection> failure;       ///< Why nothing is held; believed for a moment only.
  SteadyTime failed_at{};
  std::optional<Position> too_old;        ///< The owner cannot resume from here or before.
  std::optional<std::pair<Position, TopicCache::Missing>> detour;   ///< From where, and the way; for a moment only.
  std::vector<Watcher*> watchers;
  std::vector<AccessRule> rules;          ///< For the access audience.
  SteadyTime used{};
  net::steady_timer settled;              ///< Never fires; cancelled whenever a request has ended.
};

/// One owner: how far its heads say it is.
struct Owner {
  Owner(net::io_context& loop, std::string service) : name(std::move(service)), settled(loop, SteadyTime::max()) {}

  std::string name;
  std::string epoch;
  bool has_head = false;
  SteadyTime head_at{};         ///< When it was known to be there, by a head of any kind.
  SteadyTime heard_at{};        ///< When a head last came by itself.
  SteadyTime asked_at{};        ///< When it was last asked because none came.
  std::int64_t confirmed = 0;   ///< Every copy shows everything up to here, or is being healed.
  std::int64_t arrived = 0;     ///< The newest change that came by itself.
  std::int64_t written = 0;     ///< The newest command that this gateway carried.
  bool is_asking = false;
  net::steady_timer settled;
  std::unique_ptr<messaging::Subscription> subscription;

  bool may_lag() const { return written > confirmed && written >= arrived; }
  /// An owner that is behind this was restored from a backup.
  std::int64_t seen() const { return std::max({confirmed, arrived, written}); }
};

struct TopicCache::State : std::enable_shared_from_this<TopicCache::State> {
  State(net::io_context& io, messaging::ServiceLinks& links, CacheOptions chosen);

  /// Subscribes to the owners and starts the tick. Apart from the constructor because it needs `weak_from_this`.
  void start();
  void stop();

  std::shared_ptr<Slot> find(const std::string& topic, const std::string& audience) const;
  /// Null when the topic has no owner or there are too many copies.
  std::shared_ptr<Slot> find_or_make(const std::string& topic, const std::string& audience);
  Owner* owner(const std::string& service);

  /// Asks the owner for a snapshot, or for what is missing after `after`.
  void ask(const std::shared_ptr<Slot>& slot, std::optional<Position> after);
  void heal(const std::shared_ptr<Slot>& slot);
  /// Asks the owner for changes before those in the ring.
  void ask_older(const std::shared_ptr<Slot>& slot, const Position& position);
  void ask_heads(Owner& owner);

  void on_message(const std::string& service, const messaging::Message& message);
  void on_change(const std::string& service, const ChangeLine& line);
  void on_head(Owner& owner, const Head& head);
  void heal_all(const std::string& service, bool from_scratch);

  net::io_context& loop;
  messaging::ServiceLinks& services;
  CacheOptions options;
  std::unordered_map<std::string, std::shared_ptr<Slot>> slots;   ///< By audience and topic.
  std::unordered_map<std::string, int> watched;                   ///< Topic → watchers of any audience.
  std::vector<std::unique_ptr<Owner>> owners;
  std::vector<std::function<void(const std::string&)>> access_handlers;

 private:
  void request_view(const std::shared_ptr<Slot>& slot, std::optional<Position> after,
                    std::function<void(State&, Result<ViewReply>)> done);
  void settle(const std::shared_ptr<Slot>& slot);
  void take_detour(const std::shared_ptr<Slot>& slot, const Position& position, const std::vector<Change>& older);
  void take_answer(const std::shared_ptr<Slot>& slot, Result<ViewReply> answer);
  void take_failure(const std::shared_ptr<Slot>& slot, Rejection rejection);
  void take_snapshot(const std::shared_ptr<Slot>& slot, const ViewReply& snapshot);
  void take_waiting(const std::shared_ptr<Slot>& slot);
  HeldTopic::Applied take_change(const std::shared_ptr<Slot>& slot, const Change& change);
  void tell_replaced(const std::shared_ptr<Slot>& slot);
  void read_rules(const std::shared_ptr<Slot>& slot);
  void tick();
  void forget_idle(SteadyTime now);
  void find_strays();
  void ask_silent_owners(SteadyTime now);

  net::steady_timer ticker_;
  int ticks_ = 0;
};

}  // namespace witan::topics
