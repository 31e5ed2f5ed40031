#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "shared/contract/access.hpp"

/// What travels between the gateway and the services. Every struct here has a fixture in tests/contract/fixtures.
namespace witan {

/// A client's name for one command: 1 to 64 of `A-Z a-z 0-9 . _ -`. The same id and body give the same answer.
bool is_command_id(std::string_view id);

/// `cmd.<service>`, gateway → service.
struct CommandRequest {
  std::string id;
  std::string name;                        ///< `meetings.move_agenda_item`
  json::object args;
  std::optional<std::int64_t> if_version;  ///< Refuse with `stale_version` when the aggregate changed after this version.
  Actor actor;
  std::int64_t deadline_ms = 5000;         ///< Time left, from now.
  std::string trace;                       ///< Made at the gateway, in every log line about this request.
};
BOOST_DESCRIBE_STRUCT(CommandRequest, (), (id, name, args, if_version, actor, deadline_ms, trace))

/// The answer to a command that was carried out and is on disk.
struct CommandReply {
  std::string topic;         ///< The topic that shows the change best.
  std::string epoch;
  std::int64_t version = 0;  ///< The service's sequence number; every topic row at or above it shows the change.
  json::object result;       ///< For example the new id.
  bool others_later = false; ///< True while the bus is away: saved, but others will see it shortly.
};
BOOST_DESCRIBE_STRUCT(CommandReply, (), (topic, epoch, version, result, others_later))

/// How far a reader got in a topic.
struct Position {
  std::string epoch;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(Position, (), (epoch, version))

/// `view.<service>`, gateway → service. Without `after`: the snapshot. With it: the changes since, or the
/// snapshot marked `resync` when they are too old or the epoch is another.
struct ViewRequest {
  std::string topic;
  std::string audience;
  std::optional<Position> after;
  std::string trace;
};
BOOST_DESCRIBE_STRUCT(ViewRequest, (), (topic, audience, after, trace))

/// One change of one topic for one audience. `prev` is the version that this audience saw last.
struct Change {
  std::string topic;
  std::string audience;
  std::string epoch;
  std::int64_t prev = 0;
  std::int64_t version = 0;
  json::object put;                ///< key → new value
  std::vector<std::string> drop;   ///< keys that are gone
};
BOOST_DESCRIBE_STRUCT(Change, (), (topic, audience, epoch, prev, version, put, drop))

/// `live.<service>.changes`: what a group of commits changed. One line for each Change: the audience, a space, the
/// topic, a space, the Change as JSON. So a gateway passes over what nobody there follows without reading its JSON.
void append_line(const Change& change, std::string& lines);
struct ChangeLine {
  std::string_view audience;
  std::string_view topic;
  std::string_view json;
};
/// The lines that have this form, as views into `lines`.
std::vector<ChangeLine> change_lines(std::string_view lines);

/// The answer to a ViewRequest: either `entities` (a snapshot) or `changes` (what was missing).
/// Missed changes may come merged into one with the newest value of each key.
struct ViewReply {
  std::string topic;
  std::string audience;
  std::string epoch;
  std::int64_t version = 0;
  bool resync = false;
  std::optional<json::object> entities;
  std::optional<std::vector<Change>> changes;
};
BOOST_DESCRIBE_STRUCT(ViewReply, (), (topic, audience, epoch, version, resync, entities, changes))

/// One topic and audience whose newest version is named in a Head.
struct TopicHead {
  std::string topic;
  std::string audience;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(TopicHead, (), (topic, audience, version))

/// `live.<service>.head`, once a second: how far the service is. Lists every topic that changed after `since`,
/// so that a gateway which missed a change learns of it without asking.
struct Head {
  std::string service;
  std::string epoch;
  std::int64_t since = 0;
  std::int64_t version = 0;
  std::vector<TopicHead> recent;
};
BOOST_DESCRIBE_STRUCT(Head, (), (service, epoch, since, version, recent))

/// `view.<service>.heads`: which topics changed after `since`? Asked by a gateway that missed a Head. `seen` is the
/// newest that it knows of: an owner that is behind it was restored from a backup, and begins a new epoch.
struct HeadsRequest {
  std::int64_t since = 0;
  std::optional<Position> seen;
};
BOOST_DESCRIBE_STRUCT(HeadsRequest, (), (since, seen))

/// One event as other services see it.
struct PublicEvent {
  std::int64_t seq = 0;
  std::string aggregate;     ///< `meeting/<id>`
  std::int64_t version = 0;  ///< of the aggregate
  std::string type;          ///< `agenda_item_moved`
  Timestamp at;
  std::optional<PersonId> actor;
  json::object data;         ///< Empty for events that are the service's own business.
};
BOOST_DESCRIBE_STRUCT(PublicEvent, (), (seq, aggregate, version, type, at, actor, data))

/// The `data` of the CloudEvent on `evt.<service>.<kind>`: everything that one command committed.
/// Numbers are contiguous: the next commit of the same epoch begins at `last + 1`.
struct PublicCommit {
  std::string service;
  std::string epoch;
  std::int64_t first = 0;
  std::int64_t last = 0;
  std::vector<PublicEvent> events;
};
BOOST_DESCRIBE_STRUCT(PublicCommit, (), (service, epoch, first, last, events))

/// CloudEvents 1.0, structured mode.
struct CloudEvent {
  std::string specversion = "1.0";
  std::string id;      ///< `<service>-<epoch>-<last>`, also the NATS message id.
  std::string source;  ///< `/witan/<service>`
  std::string type;    ///< `witan.<service>.commit`
  std::string subject; ///< The aggregate.
  Timestamp time;
  std::string datacontenttype = "application/json";
  PublicCommit data;
};
BOOST_DESCRIBE_STRUCT(CloudEvent, (), (specversion, id, source, type, subject, time, datacontenttype, data))

/// `evt-since.<service>`: the owner's own answer to a consumer that found a gap. `seen` as in a HeadsRequest.
struct EventsSinceRequest {
  std::int64_t after = 0;
  std::int64_t limit = 500;
  std::optional<Position> seen;
};
BOOST_DESCRIBE_STRUCT(EventsSinceRequest, (), (after, limit, seen))

struct EventsSinceReply {
  std::string epoch;
  std::int64_t head = 0;
  std::vector<PublicCommit> commits;
};
BOOST_DESCRIBE_STRUCT(EventsSinceReply, (), (epoch, head, commits))

/// `empty.<service>`: the service asks the provisioner to take its events off the bus, up to the stream's message of this
/// number. What is published later stays, however late the request is carried out. The reply holds the same.
struct EmptyStreamRequest {
  std::int64_t up_to = 0;
};
BOOST_DESCRIBE_STRUCT(EmptyStreamRequest, (), (up_to))

/// When something was in use that no event says: a session, named by its hash.
struct Use {
  std::string key;
  Timestamp at;
};
BOOST_DESCRIBE_STRUCT(Use, (), (key, at))

/// `use.<service>`, gateway → service, about once a minute: what was in use and has not been answered yet. What comes to
/// its end because it is not used does so in answer to this, never before the service has heard. `asked`: of what the last
/// use is wanted.
struct UseRequest {
  std::vector<Use> used;
  std::vector<std::string> asked;
};
BOOST_DESCRIBE_STRUCT(UseRequest, (), (used, asked))

struct UseReply {
  std::vector<Use> last;    ///< Of what was asked, as far as it is known.
  std::vector<Use> ending;  ///< Ends at `at` unless it is used before; only what ends within a few minutes.
};
BOOST_DESCRIBE_STRUCT(UseReply, (), (last, ending))

/// Every answer on `cmd.*`, `view.*` and `evt-since.*` is `{"ok": …}` or `{"problem": …}`.
std::string ok_reply(json::value value);
std::string problem_reply(const Rejection& rejection, std::string_view trace);
Result<json::value> parse_reply(std::string_view text);

}  // namespace witan
