#pragma once

#include "shared/contract/envelope.hpp"

/// The WebSocket at `/live`: JSON text frames, each an object with a `type`. Documented in AsyncAPI.
namespace witan::live {

// Browser → gateway

/// What a reader holds of a topic. Versions are shared by all audiences, so a reader names the one that it saw: when it
/// is another by now, a Snapshot with the reason `other_audience` comes instead of changes.
struct ResumeFrom {
  std::string epoch;
  std::int64_t version = 0;
  std::optional<std::string> audience;

  Position position() const { return {epoch, version}; }
};
BOOST_DESCRIBE_STRUCT(ResumeFrom, (), (epoch, version, audience))

/// Watch a topic. With `after`, only what is missing since then.
struct Subscribe {
  static constexpr std::string_view k_type = "subscribe";
  std::string topic;
  std::optional<ResumeFrom> after;
};
BOOST_DESCRIBE_STRUCT(Subscribe, (), (topic, after))

struct Unsubscribe {
  static constexpr std::string_view k_type = "unsubscribe";
  std::string topic;
};
BOOST_DESCRIBE_STRUCT(Unsubscribe, (), (topic))

/// The same as `POST /api/v1/commands`; answered by a Reply with the same id.
struct Command {
  static constexpr std::string_view k_type = "command";
  std::string id;
  std::string name;
  json::object args;
  std::optional<std::int64_t> if_version;
};
BOOST_DESCRIBE_STRUCT(Command, (), (id, name, args, if_version))

/// Somebody is at the page: the session behind the socket is in use. At most about once a minute.
struct Here {
  static constexpr std::string_view k_type = "here";
};
BOOST_DESCRIBE_STRUCT(Here, (), ())

/// What the reader does at a topic `now/…` that the socket watches: `editing` is the key of the row in whose form they write, absent
/// when there is none. It ends with the socket. Only from those who may write there, see gateway/live/presence.hpp.
struct Doing {
  static constexpr std::string_view k_type = "doing";
  std::string topic;
  std::optional<std::string> editing;
};
BOOST_DESCRIBE_STRUCT(Doing, (), (topic, editing))

// Gateway → browser

/// The whole topic as this reader may see it. `reason` says why it was sent instead of changes:
/// `first`, `too_old`, `other_epoch` or `other_audience`; anything but `first` means "forget what you had".
struct Snapshot {
  static constexpr std::string_view k_type = "snapshot";
  std::string topic;
  std::string audience;
  std::string epoch;
  std::int64_t version = 0;
  std::string reason;
  json::object entities;
};
BOOST_DESCRIBE_STRUCT(Snapshot, (), (topic, audience, epoch, version, reason, entities))

/// One change. Apply when `prev` is the version held; ignore when `version` is not above it.
struct ChangeFrame {
  static constexpr std::string_view k_type = "change";
  std::string topic;
  std::string epoch;
  std::int64_t prev = 0;
  std::int64_t version = 0;
  json::object put;
  std::vector<std::string> drop;
};
BOOST_DESCRIBE_STRUCT(ChangeFrame, (), (topic, epoch, prev, version, put, drop))

/// After a Subscribe with `after` that could be resumed, and after the `missed` changes it took.
struct Resumed {
  static constexpr std::string_view k_type = "resumed";
  std::string topic;
  std::string epoch;
  std::int64_t version = 0;
  std::int64_t missed = 0;
};
BOOST_DESCRIBE_STRUCT(Resumed, (), (topic, epoch, version, missed))

/// The answer to a Command: exactly one of `reply` and `problem`.
struct Reply {
  static constexpr std::string_view k_type = "reply";
  std::string id;
  std::optional<CommandReply> reply;
  std::optional<json::object> problem;
};
BOOST_DESCRIBE_STRUCT(Reply, (), (id, reply, problem))

/// This reader may no longer see the topic; nothing more of it follows.
struct Revoked {
  static constexpr std::string_view k_type = "revoked";
  std::string topic;
};
BOOST_DESCRIBE_STRUCT(Revoked, (), (topic))

/// The session behind the socket ends in so many seconds unless it is used. Without `seconds`: it was, and goes on.
struct Ending {
  static constexpr std::string_view k_type = "ending";
  std::optional<std::int64_t> seconds;
};
BOOST_DESCRIBE_STRUCT(Ending, (), (seconds))

/// A frame could not be followed; `topic` when it was about one.
struct Problem {
  static constexpr std::string_view k_type = "problem";
  std::optional<std::string> topic;
  json::object problem;
};
BOOST_DESCRIBE_STRUCT(Problem, (), (topic, problem))

using FromBrowser = boost::mp11::mp_list<Subscribe, Unsubscribe, Command, Here, Doing>;
using ToBrowser = boost::mp11::mp_list<Snapshot, ChangeFrame, Resumed, Reply, Revoked, Ending, Problem>;

/// The frame as text, `type` first.
template <class T>
std::string frame(const T& message) {
  json::object object;
  object["type"] = T::k_type;
  for (auto& entry : codec::encode(message).as_object()) object[entry.key()] = std::move(entry.value());
  return json::serialize(object);
}

}  // namespace witan::live
