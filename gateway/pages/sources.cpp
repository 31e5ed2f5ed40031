#include "gateway/pages/sources.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "gateway/pages/pages.hpp"

namespace witan::pages {

namespace {

constexpr auto k_settle_max = std::chrono::milliseconds(500);

Rejection nothing_to_see() {
  return {ErrorCode::not_found, "This does not exist, or you may not see it.", {}, {}};
}

/// Ends a timer's wait once a topic has reached a version.
class Arrival final : public topics::Watcher {
 public:
  Arrival(net::steady_timer& timer, std::int64_t version) : timer_(timer), version_(version) {}
  void changed(const Change& change, const std::shared_ptr<const std::string>& frame) override {
    static_cast<void>(frame);
    if (change.version >= version_) timer_.cancel();
  }
  void replaced(const topics::View& view) override {
    if (view.version >= version_) timer_.cancel();
  }

 private:
  net::steady_timer& timer_;
  std::int64_t version_;
};

/// Watches for as long as it lives, also when the wait is cut short.
class Watch {
 public:
  Watch(topics::TopicCache& cache, const topics::View& view, topics::Watcher* watcher)
      : cache_(cache), topic_(view.topic), audience_(view.audience), watcher_(watcher) {
    cache_.watch(topic_, audience_, watcher_);
  }
  ~Watch() { cache_.unwatch(topic_, audience_, watcher_); }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

 private:
  topics::TopicCache& cache_;
  std::string topic_;
  std::string audience_;
  topics::Watcher* watcher_;
};

class CachedTopics final : public TopicReader {
 public:
  explicit CachedTopics(topics::TopicCache& cache) : cache_(cache) {}

  net::awaitable<Result<topics::View>> read(std::string topic, Actor actor) override {
    auto rules = co_await cache_.access(topic);
    if (!rules) co_return std::unexpected(std::move(rules.error()));
    const auto audience = audience_for(*rules, actor);
    if (!audience) co_return std::unexpected(nothing_to_see());
    co_return co_await cache_.open(std::move(topic), *audience);
  }

  net::awaitable<void> settle(std::string topic, Actor actor, std::int64_t version) override {
    const auto view = co_await read(std::move(topic), std::move(actor));
    if (!view || view->version >= version) co_return;
    net::steady_timer timer(co_await net::this_coro::executor, k_settle_max);
    Arrival arrival(timer, version);
    const Watch watch(cache_, *view, &arrival);
    boost::system::error_code arrived;
    co_await timer.async_wait(net::redirect_error(net::use_awaitable, arrived));
  }

 private:
  topics::TopicCache& cache_;
};

class GatewayDesk final : public SignInDesk {
 public:
  GatewayDesk(auth::Auth& auth, http::CommandSender& sender) : auth_(auth), sender_(sender) {}

  bool csrf_matches(const auth::Caller& caller, std::string_view token) const override {
    return auth_.csrf_matches(caller, token);
  }

  net::awaitable<Result<std::string>> sign_in(Credentials credentials) override {
    auto started =
        co_await http::start_session(sender_, std::move(credentials.email), std::move(credentials.password),
                                     std::move(credentials.device), std::move(credentials.trace));
    if (!started) co_return std::unexpected(std::move(started.error()));
    co_return auth_.session_cookie(started->token);
  }

  net::awaitable<Result<std::string>> sign_out(auth::Caller caller, std::string trace) override {
    auto ended = co_await http::end_session(sender_, auth_, std::move(caller), std::move(trace));
    if (!ended) co_return std::unexpected(std::move(ended.error()));
    co_return auth_.ended_cookie();
  }

 private:
  auth::Auth& auth_;
  http::CommandSender& sender_;
};

}  // namespace

std::unique_ptr<Pages> make_pages(const PagesOptions& options, topics::TopicCache& cache, auth::Auth& auth,
                                  http::CommandSender& sender) {
  return std::make_unique<Pages>(options, std::make_unique<CachedTopics>(cache),
                                 std::make_unique<GatewayDesk>(auth, sender), sender);
}

}  // namespace witan::pages
