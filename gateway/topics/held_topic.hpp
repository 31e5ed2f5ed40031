#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/topics/topic_cache.hpp"

namespace witan::topics {

/// The copy of one topic for one audience, and its latest changes, so that a reader that was away can resume.
/// Knows nothing of the bus: it is told changes and answers, and says what they mean.
class HeldTopic {
 public:
  enum class Applied {
    applied,      ///< The copy moved on; `last_frame` is the frame to send.
    old,          ///< Already in the copy.
    gap,          ///< Something before it is missing.
    other_epoch,  ///< Of another history: the copy is worthless.
  };

  HeldTopic(std::string topic, std::string audience, std::size_t ring_changes_max);

  bool is_held() const { return entities_ != nullptr; }
  std::int64_t version() const { return version_; }
  const std::string& topic() const { return topic_; }
  const std::string& audience() const { return audience_; }
  Position position() const { return {epoch_, version_}; }
  View view() const;

  Applied apply(const Change& change);
  const std::shared_ptr<const std::string>& last_frame() const { return last_frame_; }
  /// Takes a snapshot; forgets the ring.
  void replace(const ViewReply& snapshot);
  /// The topic is gone: the copy is empty from now on.
  void clear();

  /// The frames after `position`, when the ring reaches back so far.
  std::optional<TopicCache::Missing> resume(const Position& position) const;
  /// Puts what the owner answered for an older position in front of the ring; false when it does not join.
  bool extend_back(const std::vector<Change>& older);
  /// The same answer as frames for a reader at `position` alone: an owner answers one change for all that is missing,
  /// which may end anywhere in the ring. Nothing when it does not lead from there to a version that can be resumed.
  std::optional<TopicCache::Missing> detour(const Position& position, const std::vector<Change>& older) const;

  /// The Snapshot frame, encoded once for each version and reason.
  std::shared_ptr<const std::string> snapshot_frame(const std::string& reason);

 private:
  struct RingChange {
    std::int64_t prev = 0;
    std::int64_t version = 0;
    std::shared_ptr<const std::string> frame;
    std::vector<std::string> puts;   ///< Keys whose values the frame carries.
  };
  using Entities = std::map<std::string, json::value>;

  bool is_for_browsers() const;
  std::shared_ptr<const std::string> encode(const Change& change, std::int64_t prev) const;
  void remember(RingChange change);
  void forget_what_it_replaces(const Change& change);
  Entities& own_entities();

  std::string topic_;
  std::string audience_;
  std::size_t ring_changes_max_;
  std::string epoch_;
  std::int64_t version_ = 0;
  std::shared_ptr<Entities> entities_;
  std::deque<RingChange> ring_;   ///< Each one's `prev` is the version before it, without holes.
  std::size_t ring_bytes_ = 0;
  std::shared_ptr<const std::string> last_frame_;
  std::map<std::string, std::shared_ptr<const std::string>> snapshot_frames_;  ///< By reason, of `version_`.
};

}  // namespace witan::topics
