#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/any_io_executor.hpp>

#include "gateway/live/channel.hpp"
#include "gateway/live/presence_rows.hpp"
#include "shared/messaging/bus.hpp"

namespace witan::live {

/// Who is at a topic now: topics `now/<topic>`. Whoever watches one is there, and is told who else is. Nothing of it is ever stored: each
/// gateway knows its own readers, and the gateways tell each other on the bus (`now.>`), without which each knows only its own. On the
/// gateway's loop only. The cache, `auth` and the bus must outlive it; it must outlive its channels.
class Presence {
 public:
  using Time = std::chrono::steady_clock::time_point;

  Presence(topics::TopicCache& cache, const auth::Auth& auth, messaging::Bus& bus, boost::asio::any_io_executor loop);
  ~Presence();
  Presence(const Presence&) = delete;
  Presence& operator=(const Presence&) = delete;

  /// For the readers of `now/<topic>` who see the topic itself as `audience`, which is open in the cache.
  std::unique_ptr<Channel> channel(const std::string& topic, const std::string& audience);
  /// What such a reader sees now, without being there: for a page that is being made.
  topics::View look(const std::string& topic, const std::string& audience) const;
  /// Once a second: tells who waits to be told, and other gateways.
  void tick(Time now);

 private:
  class Reading;
  struct Heard {
    NowPart part;
    Time at;
  };
  struct Room {
    std::string about;                     ///< The topic that it is about.
    std::vector<Reading*> readings;        ///< One for each audience.
    std::map<std::string, Heard> others;   ///< What other gateways said, by gateway.
    bool is_stale = true;                  ///< Somebody may have to be told.
    bool is_asked = false;                 ///< Another gateway waits for our part.
    Time told{}, published{};
    std::string last_part;                 ///< What was published last.
    std::size_t readers() const;
  };

  void take(const messaging::Message& message);
  void note_bad_message(std::size_t bytes);
  void forget_silent_gateways(Room& room) const;
  void tell(Room& room);
  void publish(Room& room, NowPart part, bool asks = false);
  NowPart own_part(const Room& room) const;
  static Everyone everyone(const Room& room, const NowPart& own);
  Rows rows(const Room& room, const Everyone& everyone, const std::string& audience) const;

  topics::TopicCache& cache_;
  const auth::Auth& auth_;
  messaging::Bus& bus_;
  const std::string run_;                  ///< Names this run of the gateway, on the bus and as the epoch.
  std::int64_t version_ = 0;
  Time now_ = std::chrono::steady_clock::now();
  std::map<std::string, Room> rooms_;      ///< By topic `now/…`; only those that have readers here.
  Time bad_noted_{};
  std::shared_ptr<bool> is_alive_ = std::make_shared<bool>(true);
  std::unique_ptr<messaging::Subscription> subscription_;
};

}  // namespace witan::live
