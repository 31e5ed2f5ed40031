#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "gateway/auth/strangers.hpp"
#include "gateway/topics/topic_cache.hpp"
#include "shared/contract/access.hpp"
#include "shared/contract/directory.hpp"
#include "shared/contract/envelope.hpp"

/// Who is calling, and what they may see now: directory's live rights, followed as topics.
namespace witan::auth {

namespace net = boost::asio;

struct Seat {
  std::string body;
  std::string body_name;
  Role role = Role::member;
  std::string title;
};

/// The person behind a request or a socket. For a visitor `actor.person` is absent and `name` empty.
struct Caller {
  Actor actor;
  std::string name;
  std::vector<Seat> seats;
  std::string session;       ///< Hash of the token; empty for a visitor.
  /// To whom they are shown as being at a page.
  contract::directory::PresenceShown presence = contract::directory::k_presence_at_first;
  bool needs_second_factor = false;  ///< Seats or offices of theirs are withheld until they have set one up.
  bool is_staff = false;             ///< Holds a role that needs a second factor, withheld or not.
  bool has_risen = false;            ///< Holds more than when the session was given its name, which is due for another one.
  std::string csrf;          ///< To be in every form of this session; empty for a visitor.
};

/// Whether browsers reach the site by HTTPS: then cookies are Secure, and browsers come by nothing else.
inline bool is_https(std::string_view public_origin) { return public_origin.starts_with("https://"); }

struct AuthOptions {
  std::string public_origin;     ///< `http://127.0.0.1:8080`; with https the cookie is `__Host-witan` and Secure.
  std::string csrf_key_file;     ///< Made when absent.
  double rights_age_seconds_max = 5.0;
  /// Whether roles that need a second factor (`needs_second_factor` in shared/contract/access.hpp) are withheld from who has none.
  bool is_second_factor_required = true;
};

class Auth {
 public:
  Auth(topics::TopicCache& cache, AuthOptions options);
  ~Auth();

  /// The caller for a session token (from the cookie or `Authorization: Bearer`); a visitor when it is empty, unknown,
  /// ended or expired. Fails only when directory cannot be asked.
  net::awaitable<Result<Caller>> identify(std::string token);

  /// Whose meetings the address of a calendar opens, with the rights that they have now; a visitor when it opens nothing. There is no
  /// session behind it, and nothing can be changed with it.
  net::awaitable<Result<Caller>> reader_of_calendar(std::string token);

  /// Whether this gateway has met the session behind the token lately, so that `identify` need not ask directory.
  bool knows(std::string_view token) const;

  std::string cookie_name() const;
  /// `Set-Cookie` lines for the caller's session, which is new or has a new name, and for ending it. That of staff is SameSite=Strict,
  /// so that no other site's link or form is ever followed in their name, and comes with `staff_cookie`.
  std::vector<std::string> session_cookies(const std::string& token, const Caller& caller) const;
  std::vector<std::string> ended_cookies() const;
  /// Says of the browser that a session of staff may be in it, where their Strict cookie does not come along: when they follow a
  /// link from elsewhere, such as from a mail. It opens nothing.
  std::string staff_cookie_name() const;
  std::string staff_cookie(bool is_staff) const;
  /// A cookie that says of the browser, not of the person, that somebody signed in from it before: see
  /// `known_device` in shared/contract/directory.hpp. It opens nothing and outlives the session.
  std::string device_cookie_name() const;
  std::string device_cookie(const std::string& known_device) const;
  static std::string session_of(std::string_view token);   ///< base32 SHA-256
  bool csrf_matches(const Caller& caller, std::string_view token) const;
  /// Exactly the public origin.
  bool is_own_origin(std::string_view origin) const;

  /// The caller's rights as of now, without waiting; null once the session has ended. For deciding at each push.
  std::shared_ptr<const Caller> now(const std::string& session) const;
  /// Called on the loop when a session's rights change or it ends, after the change is in force.
  void on_change(std::function<void(const std::string& session)> handler);
  /// A socket holds a session: its topics stay followed until the last `release`.
  void hold(const std::string& session);
  void release(const std::string& session);
  /// Directory has ended the session: it counts as ended from now on, before directory's own change arrives.
  void end(const std::string& session);
  /// Somebody uses the session: by a request, or at an open page.
  void note_use(const std::string& session);
  /// What directory has not heard of yet, and that it has.
  std::vector<Use> untold_uses() const;
  void told(const std::vector<Use>& uses);
  /// The session ends in so long unless it is used before. Whoever waits with `on_ending` is told, and told again, without a
  /// time, when it is used.
  void will_end(const std::string& session, std::chrono::seconds in);
  void on_ending(std::function<void(const std::string& session, std::optional<std::chrono::seconds> in)> handler);
  /// What opens nothing is noted here, for the audit.
  Strangers& strangers() const;
  /// False when directory has been silent for so long that rights may have been taken away unnoticed. Then only
  /// what everyone may see is shown.
  bool rights_are_fresh() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace witan::auth
