#include "gateway/pages/sources.hpp"

#include "gateway/auth/session_use.hpp"
#include "gateway/http/api.hpp"
#include "gateway/live/presence.hpp"
#include "gateway/pages/pages.hpp"
#include "shared/contract/topics.hpp"

namespace witan::pages {

namespace {

class CachedTopics final : public TopicReader {
 public:
  CachedTopics(topics::TopicCache& cache, const auth::Auth& auth, messaging::ServiceLinks& links, const live::Presence* presence)
      : cache_(cache), auth_(auth), links_(links), presence_(presence) {}

  net::awaitable<Result<topics::View>> read(std::string topic, auth::Caller caller) override {
    const auto about = presence_ ? topic_of_presence(topic) : std::nullopt;
    auto audience = co_await http::audience_of(cache_, auth_, about ? std::string(*about) : topic, std::move(caller));
    if (!audience && audience.error().code == ErrorCode::not_found && topic.starts_with(k_link)) {
      auth_.strangers().link(topic.substr(k_link.size()));
    }
    if (!audience) co_return std::unexpected(std::move(audience.error()));
    if (about) co_return presence_->look(topic, *audience);
    auto view = co_await cache_.open(topic, std::move(*audience));
    if (view && topic.starts_with(k_link) && is_over(*view)) auth_.strangers().link_over(topic.substr(k_link.size()));
    if (view && topic.starts_with(k_account)) view = co_await with_last_use(std::move(*view));
    co_return view;
  }

 private:
  static constexpr std::string_view k_account = "account/";
  static constexpr std::string_view k_link = "links/";

  static bool is_over(const topics::View& view) {
    const auto row = view.entities->find("link");
    if (row == view.entities->end() || !row->second.is_object()) return false;
    const auto* is_open = row->second.get_object().if_contains("is_open");
    return is_open && is_open->is_bool() && !is_open->get_bool();
  }

  /// `used` in each row of a session: no event says when it was, so no topic can. Without an answer it is left out.
  net::awaitable<Result<topics::View>> with_last_use(topics::View view) {
    std::vector<std::string> sessions;
    for (const auto& [key, row] : *view.entities) {
      if (const auto session = row.is_object() ? string_at(row.get_object(), "session") : ""; !session.empty()) sessions.emplace_back(session);
    }
    const auto reply = co_await auth::tell_directory(links_, {{}, sessions});
    if (!reply || reply->last.empty()) co_return view;
    auto entities = *view.entities;
    for (const auto& [session, at] : reply->last) {
      const auto row = entities.find("session/" + session);
      if (row != entities.end()) row->second.as_object()["used"] = uk_time::date_and_time(at);
    }
    view.entities = std::make_shared<const std::map<std::string, json::value>>(std::move(entities));
    co_return view;
  }

  topics::TopicCache& cache_;
  const auth::Auth& auth_;
  messaging::ServiceLinks& links_;
  const live::Presence* presence_;
};

class GatewayDesk final : public SignInDesk {
 public:
  GatewayDesk(auth::Auth& auth, http::CommandSender& sender) : auth_(auth), sender_(sender) {}

  bool csrf_matches(const auth::Caller& caller, std::string_view token) const override {
    return auth_.csrf_matches(caller, token);
  }

  net::awaitable<Result<std::vector<std::string>>> sign_in(http::SignInCommand command, const http::Request& request) override {
    http::Device device{http::device_name(request), std::string(request.cookie(auth_.device_cookie_name()))};
    auto started = co_await http::start_session(sender_, std::move(command), std::move(device), request.trace);
    if (!started) co_return std::unexpected(std::move(started.error()));
    co_return co_await http::cookies_of(auth_, *started);
  }

  net::awaitable<Result<std::vector<std::string>>> sign_out(auth::Caller caller, std::string trace) override {
    auto ended = co_await http::end_session(sender_, auth_, std::move(caller), std::move(trace));
    if (!ended) co_return std::unexpected(std::move(ended.error()));
    co_return auth_.ended_cookies();
  }

 private:
  auth::Auth& auth_;
  http::CommandSender& sender_;
};

}  // namespace

std::unique_ptr<Pages> make_pages(const PagesOptions& options, topics::TopicCache& cache, auth::Auth& auth,
                                  http::CommandSender& sender, messaging::ServiceLinks& links, const live::Presence* presence) {
  return std::make_unique<Pages>(options, std::make_unique<CachedTopics>(cache, auth, links, presence),
                                 std::make_unique<GatewayDesk>(auth, sender), sender);
}

}  // namespace witan::pages
