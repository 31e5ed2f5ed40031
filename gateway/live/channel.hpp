#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/auth/caller.hpp"
#include "gateway/topics/topic_cache.hpp"

namespace witan::live {

class Session;

/// Everyone here who watches one topic as one audience. Sessions leave it before they go.
class Channel {
 public:
  Channel(std::string topic, std::string audience) : topic_(std::move(topic)), audience_(std::move(audience)) {}
  virtual ~Channel() = default;
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;

  /// `version` is what the session holds.
  virtual void add(Session* session, std::int64_t version) = 0;
  virtual void remove(Session* session) = 0;
  virtual std::size_t size() const = 0;
  bool is_empty() const { return size() == 0; }
  const std::string& topic() const { return topic_; }
  const std::string& audience() const { return audience_; }

  /// Sends what was held back while rights were out of date.
  virtual void catch_up() = 0;
  /// A reader sees the same as before, and may have another name or be shown to others.
  virtual void person_changed() {}
  /// In the form of which row a reader writes, if any. `invalid_request`, `forbidden`, `not_found`.
  virtual Result<void> note_editing(Session* session, std::optional<std::string> row);

 private:
  std::string topic_;
  std::string audience_;
};

/// The channel of a topic in the cache, which tells it once; the channel tells all its readers,
/// and asks for each of them whether they may still see it. What that promises when rights are taken away:
/// - Once the news has reached this gateway's loop, nothing more is sent to whoever lost the right; what was handed to
///   the socket before stays on its way.
/// - Directory and the owner of the topic keep logs of their own, and nothing orders one log against the other. So a
///   frame that was committed after the removal is stopped when the removal arrives first. The bus delivers both within
///   milliseconds, mostly as they were published, and nothing waits for the slower one.
/// - While the bus is away, owners are asked once a second. A frame may then be sent up to about a second after the
///   removal, until directory has been asked again.
/// - When directory answers nothing for `rights_age_seconds_max`, nothing but what everyone may see is sent.
class TopicChannel final : public Channel, public topics::Watcher {
 public:
  /// The view must be open in the cache.
  TopicChannel(topics::TopicCache& cache, const auth::Auth& auth, std::string topic, std::string audience);
  ~TopicChannel() override;

  void add(Session* session, std::int64_t version) override;
  void remove(Session* session) override;
  std::size_t size() const override { return subscribers_.size(); }
  void changed(const Change& change, const std::shared_ptr<const std::string>& frame) override;
  void replaced(const topics::View& view) override;
  void catch_up() override;

 private:
  struct Subscriber {
    Session* session = nullptr;
    std::int64_t version = 0;
    bool is_held_back = false;
  };
  /// While directory is silent, only what everyone may see is pushed.
  bool may_push_now() const;

  topics::TopicCache& cache_;
  const auth::Auth& auth_;
  std::string epoch_;
  std::vector<Subscriber> subscribers_;
};

}  // namespace witan::live
