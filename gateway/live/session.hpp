#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/live/channel.hpp"
#include "gateway/live/live_server.hpp"
#include "gateway/live/wire.hpp"
#include "shared/contract/live.hpp"

namespace witan::live {

/// Where sessions find what they share. Implemented by LiveServer.
class Hub {
 public:
  virtual ~Hub() = default;
  virtual topics::TopicCache& cache() = 0;
  virtual auth::Auth& auth() = 0;
  virtual http::CommandSender& sender() = 0;
  virtual const LiveLimits& limits() const = 0;
  /// The channel of a view that is open in the cache, or of who is there now; made when it is not there.
  virtual Channel& channel(const std::string& topic, const std::string& audience) = 0;
  virtual void leave(Channel& channel, Session* session) = 0;
  virtual void spawn(net::awaitable<void> task) = 0;
  virtual void count_frame() = 0;
};

/// One socket's side of the protocol in shared/contract/live.hpp: what it watches, in whose name, and how much it may
/// send. Knows nothing of sockets. On the gateway's loop only; kept alive by its tasks.
class Session : public std::enable_shared_from_this<Session> {
 public:
  using Time = std::chrono::steady_clock::time_point;

  Session(Hub& hub, std::shared_ptr<Wire> wire, auth::Caller caller);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// One text message from the browser.
  void receive(std::string_view text, Time now);
  /// The session's rights changed or it ended.
  void rights_changed();
  /// The topic's access rules changed.
  void access_changed(const std::string& topic);
  /// Sends one frame of a subscribed topic.
  void push(const std::shared_ptr<const std::string>& frame);
  /// The socket is gone: nothing more is sent, every subscription ends.
  void leave();

  const auth::Caller& caller() const { return *caller_; }
  const Actor& actor() const { return caller_->actor; }
  /// Hash of the session's token; empty for a visitor.
  const std::string& name() const { return session_; }
  Wire& wire() { return *wire_; }
  std::size_t subscriptions() const { return subscriptions_.size(); }

 private:
  /// One topic that the browser asked for. `channel` is null while its answer is being prepared.
  struct Subscription {
    Channel* channel = nullptr;
    std::uint64_t attempt = 0;   ///< A newer request for the same topic makes older ones end silently.
  };

  /// As whom the caller sees a topic that is open now, and the way there from where the browser stood.
  struct Prepared {
    std::string audience;
    std::optional<topics::TopicCache::Missing> missing;
  };

  bool may_receive(Time now);
  void take(const json::object& frame);
  void subscribe(Subscribe request);
  void unsubscribe(const Unsubscribe& request);
  void command(Command request);
  void doing(Doing request);
  void recheck(const std::string& topic);
  void begin(const std::string& topic, std::optional<ResumeFrom> after, std::string snapshot_reason);

  net::awaitable<void> answer_subscribe(std::string topic, std::optional<ResumeFrom> after, std::string reason,
                                        std::uint64_t attempt);
  net::awaitable<Result<Prepared>> prepare(std::string topic, std::optional<ResumeFrom> after);
  void send_first(const std::string& topic, const Prepared& prepared, const std::optional<ResumeFrom>& after,
                  const std::string& reason);
  std::optional<topics::TopicCache::Missing> missing_now(const std::string& topic, const Prepared& prepared,
                                                         const Position& after) const;
  net::awaitable<void> answer_command(Command request);

  bool is_current(const std::string& topic, std::uint64_t attempt) const;
  std::optional<std::string> audience_now(const std::string& topic) const;
  bool may_show(const std::string& topic, const std::string& audience) const;
  void refuse(std::optional<std::string> topic, const Rejection& rejection);
  template <class Frame>
  void send(const Frame& frame);

  Hub& hub_;
  std::shared_ptr<Wire> wire_;
  std::shared_ptr<const auth::Caller> caller_;
  std::string session_;
  std::map<std::string, Subscription> subscriptions_;
  std::uint64_t attempts_ = 0;
  std::size_t commands_in_flight_ = 0;
  double tokens_;
  Time refilled_{};
  bool has_left_ = false;
};

}  // namespace witan::live
