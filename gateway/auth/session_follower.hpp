#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "gateway/auth/caller.hpp"
#include "gateway/topics/topic_cache.hpp"
#include "shared/contract/directory.hpp"

/// How a session's and a person's topics become a Caller, and how a socket's session is followed.
namespace witan::auth {

std::string session_topic(const std::string& session);
std::string rights_topic(const PersonId& person);

/// Nothing once the session has ended.
std::optional<contract::directory::SessionView> read_session(const topics::View& view);
/// Nothing once the address has ended.
std::optional<contract::directory::CalendarHolderView> read_calendar_holder(const topics::View& view);
/// Nothing when the person has no account any more. `csrf` stays empty. Where a second factor is required, who has none
/// holds only the roles that need none.
std::optional<Caller> read_caller(const contract::directory::SessionView& session, const topics::View& rights,
                                  const std::string& session_hash, bool is_second_factor_required);

/// A caller and the versions of the two views that it was worked out from.
struct Remembered {
  Position session;
  Position rights;
  std::shared_ptr<const Caller> caller;

  static Remembered of(const topics::View& session, const topics::View& rights, std::shared_ptr<const Caller> caller) {
    return {{session.epoch, session.version}, {rights.epoch, rights.version}, std::move(caller)};
  }
  bool is_of(const topics::View& session_view, const topics::View& rights_view) const {
    return session.version == session_view.version && session.epoch == session_view.epoch &&
           rights.version == rights_view.version && rights.epoch == rights_view.epoch;
  }
};

/// Watches one session and its person's rights while sockets hold it. Both views are open when it is made: the
/// caller has just been identified.
class SessionFollower final : public topics::Watcher {
 public:
  SessionFollower(topics::TopicCache& cache, std::string session, std::string csrf, bool is_second_factor_required,
                  std::function<void()> on_change);
  ~SessionFollower() override;
  SessionFollower(const SessionFollower&) = delete;
  SessionFollower& operator=(const SessionFollower&) = delete;

  /// Null once the session has ended or expired.
  std::shared_ptr<const Caller> caller() const;
  void add_holder() { ++holders_; }
  int remove_holder() { return --holders_; }

  void changed(const Change& change, const std::shared_ptr<const std::string>& frame) override;
  void replaced(const topics::View& view) override;

 private:
  void work_out();
  void tell();

  topics::TopicCache& cache_;
  std::string session_;
  std::string csrf_;
  bool is_second_factor_required_;
  std::function<void()> on_change_;
  std::string watched_rights_;   ///< The rights topic, once known.
  Timestamp expires_{};
  std::shared_ptr<const Caller> caller_;
  int holders_ = 0;
};

}  // namespace witan::auth
