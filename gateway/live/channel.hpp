#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "gateway/auth/caller.hpp"
#include "gateway/topics/topic_cache.hpp"

namespace witan::live {

class Session;

/// Everyone here who watches one topic as one audience. The cache tells the channel once; the channel tells them all.
class Channel final : public topics::Watcher {
 public:
  /// The view must be open in the cache.
  Channel(topics::TopicCache& cache, const auth::Auth& auth, std::string topic, std::string audience);
  ~Channel() override;
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;

  /// `version` is what the session holds.
  void add(Session* session, std::int64_t version);
  void remove(Session* session);
  bool is_empty() const { return subscribers_.empty(); }
  std::size_t size() const { return subscribers_.size(); }
  const std::string& topic() const { return topic_; }
  const std::string& audience() const { return audience_; }

  void changed(const Change& change, const std::shared_ptr<const std::string>& frame) override;
  void replaced(const topics::View& view) override;
  /// Sends what was held back while rights were out of date.
  void catch_up();

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
  std::string topic_;
  std::string audience_;
  std::string epoch_;
  std::vector<Subscriber> subscribers_;
};

}  // namespace witan::live
