#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "gateway/auth/caller.hpp"
#include "gateway/auth/refusals.hpp"
#include "gateway/auth/session_follower.hpp"
#include "gateway/auth/session_use.hpp"
#include "shared/base/clock.hpp"
#include "shared/contract/topics.hpp"
#include "shared/crypto/crypto.hpp"

namespace witan::auth {

namespace {

constexpr std::size_t k_token_characters = 52;
constexpr std::size_t k_remembered_max = 10'000;
constexpr int k_session_seconds = 12 * 60 * 60;
constexpr int k_device_seconds = 365 * 24 * 60 * 60;

bool looks_like_token(std::string_view token) {
  return token.size() == k_token_characters && std::all_of(token.begin(), token.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '2' && c <= '7');
         });
}

}  // namespace

struct Auth::State {
  State(topics::TopicCache& topics_cache, AuthOptions chosen)
      : cache(topics_cache),
        options(std::move(chosen)),
        csrf_key(crypto::read_or_make_secret_file(options.csrf_key_file)),
        is_https(auth::is_https(options.public_origin)) {}

  std::string csrf_of(const std::string& session) const {
    return crypto::blake2b_text("csrf " + session, csrf_key.bytes());
  }

  std::string cookie(const std::string& name, const std::string& value, int seconds, std::string_view same_site) const {
    return fmt::format("{}={}; Path=/; Max-Age={}; HttpOnly; SameSite={}{}", name, value, seconds, same_site, is_https ? "; Secure" : "");
  }

  bool has_ended(const std::string& session) const { return ended.contains(session); }

  /// A visitor, who came with a token that opens nothing.
  Caller stranger(const std::string& session) {
    strangers.cookie(session);
    return {};
  }

  void changed(const std::string& session) {
    for (const auto& handler : handlers) handler(session);
  }

  topics::TopicCache& cache;
  AuthOptions options;
  crypto::Secret csrf_key;
  bool is_https;
  std::unordered_map<std::string, std::unique_ptr<SessionFollower>> followed;   ///< Sessions that sockets hold.
  std::unordered_map<std::string, Remembered> remembered;                       ///< Callers as last worked out.
  std::unordered_map<std::string, bool> ended;                                  ///< Ended through this gateway.
  std::vector<std::function<void(const std::string&)>> handlers;
  SessionUse use;
  Strangers strangers;
  std::unordered_set<std::string> ending;                                       ///< Those whose sockets were told so.
  std::function<void(const std::string&, std::optional<std::chrono::seconds>)> on_ending;
};

Auth::Auth(topics::TopicCache& cache, AuthOptions options) : state_(std::make_shared<State>(cache, std::move(options))) {}

Auth::~Auth() = default;

std::string Auth::session_of(std::string_view token) { return crypto::sha256_text(token); }

net::awaitable<Result<Caller>> Auth::identify(std::string token) {
  const auto state = state_;
  if (token.empty()) co_return Caller();
  const auto session = session_of(token);
  if (!looks_like_token(token) || state->has_ended(session)) co_return state->stranger(session);

  auto session_view = co_await state->cache.open(session_topic(session), std::string(k_gateway_audience));
  if (!session_view) {
    if (is_absent(session_view.error())) co_return state->stranger(session);
    co_return std::unexpected(std::move(session_view.error()));
  }
  const auto about = read_session(*session_view);
  if (!about || about->expires <= SystemClock().now()) co_return state->stranger(session);
  auto rights = co_await state->cache.open(rights_topic(about->person), std::string(k_gateway_audience));
  if (!rights) {
    if (is_absent(rights.error())) co_return Caller();
    co_return std::unexpected(std::move(rights.error()));
  }
  if (state->has_ended(session)) co_return Caller();

  if (state->remembered.size() > k_remembered_max) state->remembered.clear();
  auto& remembered = state->remembered[session];
  if (!remembered.caller || !remembered.is_of(*session_view, *rights)) {
    auto caller = read_caller(*about, *rights, session, state->options.is_second_factor_required);
    if (!caller) co_return Caller();
    caller->csrf = state->csrf_of(session);
    remembered = Remembered::of(*session_view, *rights, std::make_shared<const Caller>(std::move(*caller)));
  }
  co_return *remembered.caller;
}

net::awaitable<Result<Caller>> Auth::reader_of_calendar(std::string token) {
  const auto state = state_;
  const auto name = session_of(token);
  const auto holder_view = looks_like_token(token) ? co_await state->cache.open("calendars/" + name, std::string(k_gateway_audience))
                                                   : Result<topics::View>(reject(ErrorCode::not_found));
  const auto holder = holder_view ? read_calendar_holder(*holder_view) : std::nullopt;
  if (!holder) {
    if (!holder_view && !is_absent(holder_view.error())) co_return std::unexpected(holder_view.error());
    state->strangers.link(name);
    co_return Caller();
  }
  const auto rights = co_await state->cache.open(rights_topic(holder->person), std::string(k_gateway_audience));
  if (!rights) co_return std::unexpected(rights.error());
  contract::directory::SessionView nobodys;
  nobodys.person = holder->person;
  auto caller = read_caller(nobodys, *rights, {}, state->options.is_second_factor_required);
  co_return caller ? std::move(*caller) : Caller();
}

bool Auth::knows(std::string_view token) const {
  if (!looks_like_token(token)) return false;
  const auto session = session_of(token);
  return state_->remembered.contains(session) || state_->followed.contains(session);
}

Strangers& Auth::strangers() const { return state_->strangers; }

std::string Auth::cookie_name() const { return state_->is_https ? "__Host-witan" : "witan"; }

std::vector<std::string> Auth::session_cookies(const std::string& token, const Caller& caller) const {
  std::vector<std::string> cookies{state_->cookie(cookie_name(), token, k_session_seconds, caller.is_staff ? "Strict" : "Lax")};
  if (caller.is_staff) cookies.push_back(staff_cookie(true));
  return cookies;
}

std::vector<std::string> Auth::ended_cookies() const { return {state_->cookie(cookie_name(), "", 0, "Lax"), staff_cookie(false)}; }

std::string Auth::staff_cookie_name() const { return cookie_name() + "-staff"; }

std::string Auth::staff_cookie(bool is_staff) const {
  return state_->cookie(staff_cookie_name(), is_staff ? "1" : "", is_staff ? k_session_seconds : 0, "Lax");
}

std::string Auth::device_cookie_name() const { return cookie_name() + "-device"; }

std::string Auth::device_cookie(const std::string& known_device) const {
  return state_->cookie(device_cookie_name(), known_device, k_device_seconds, "Strict");
}

bool Auth::csrf_matches(const Caller& caller, std::string_view token) const {
  const bool matches = !caller.csrf.empty() && caller.csrf.size() == token.size() && crypto::equal(caller.csrf, token);
  if (!matches && !caller.csrf.empty()) state_->strangers.form();
  return matches;
}

bool Auth::is_own_origin(std::string_view origin) const { return origin == state_->options.public_origin; }

std::shared_ptr<const Caller> Auth::now(const std::string& session) const {
  const auto found = state_->followed.find(session);
  if (found == state_->followed.end() || state_->has_ended(session)) return nullptr;
  return found->second->caller();
}

void Auth::on_change(std::function<void(const std::string& session)> handler) {
  state_->handlers.push_back(std::move(handler));
}

void Auth::hold(const std::string& session) {
  auto& follower = state_->followed[session];
  if (!follower) {
    follower = std::make_unique<SessionFollower>(state_->cache, session, state_->csrf_of(session), state_->options.is_second_factor_required,
                                                 [state = state_.get(), session] { state->changed(session); });
  }
  follower->add_holder();
}

void Auth::release(const std::string& session) {
  const auto found = state_->followed.find(session);
  if (found != state_->followed.end() && found->second->remove_holder() == 0) state_->followed.erase(found);
}

void Auth::end(const std::string& session) {
  if (state_->ended.size() > k_remembered_max) state_->ended.clear();   // directory's own change has long arrived
  state_->ended[session] = true;
  state_->remembered.erase(session);
  state_->changed(session);
}

void Auth::note_use(const std::string& session) {
  state_->use.note(session, SystemClock().now());
  if (state_->ending.erase(session) > 0 && state_->on_ending) state_->on_ending(session, std::nullopt);
}

std::vector<Use> Auth::untold_uses() const { return state_->use.untold(); }

void Auth::told(const std::vector<Use>& uses) { state_->use.told(uses); }

void Auth::will_end(const std::string& session, std::chrono::seconds in) {
  if (state_->ending.size() > k_remembered_max) state_->ending.clear();
  state_->ending.insert(session);
  if (state_->on_ending) state_->on_ending(session, in);
}

void Auth::on_ending(std::function<void(const std::string&, std::optional<std::chrono::seconds>)> handler) {
  state_->on_ending = std::move(handler);
}

bool Auth::rights_are_fresh() const {
  return state_->cache.head_age_seconds("directory") <= state_->options.rights_age_seconds_max;
}

}  // namespace witan::auth
