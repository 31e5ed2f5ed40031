#pragma once

#include <array>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "shared/contract/codec.hpp"
#include "shared/contract/topics.hpp"
#include "shared/messaging/bus.hpp"

/// What stands in for the bus and the services when a test itself decides what arrives, and in which order.
namespace witan::test {

/// Keeps who listens and what is asked; the test delivers and answers. On one thread.
class HandBus final : public messaging::Bus {
 public:
  struct Asked {
    std::string subject;
    std::string payload;
    std::function<void(Result<std::string>)> done;
  };
  std::deque<Asked> asked;

  void deliver(const std::string& service, const std::string& subject, const std::string& payload) {
    handlers_.at(subjects::live_all(service))({subject, {}, payload});
  }

  /// As it comes, on a subject that the gateway listens to.
  void deliver_by(const std::string& listened, const messaging::Message& message) { handlers_.at(listened)(message); }

  std::vector<std::pair<std::string, std::string>> published;   ///< Subject, payload.
  bool is_away = false;

  bool is_connected() const override { return !is_away; }
  void publish(const std::string& subject, std::string_view payload) override { published.emplace_back(subject, payload); }
  std::unique_ptr<messaging::Subscription> subscribe(const std::string& subject, const std::string&,
                                                     messaging::net::any_io_executor,
                                                     std::function<void(messaging::Message)> handler, std::size_t,
                                                     std::function<void()>) override {
    handlers_[subject] = std::move(handler);
    return std::make_unique<messaging::Subscription>();
  }
  void request(const std::string& subject, std::string payload, std::chrono::milliseconds, messaging::net::any_io_executor,
               std::function<void(Result<std::string>)> done) override {
    asked.push_back({subject, std::move(payload), std::move(done)});
  }
  void ensure_stream(const messaging::StreamSpec&) override {}
  void empty_stream(const std::string&, std::int64_t) override {}
  std::optional<messaging::Message> last_event(const std::string&) override { return std::nullopt; }
  void publish_events(const std::vector<messaging::OutgoingEvent>&) override {}
  void ensure_consumer(const std::string&, const std::string&, const std::string&) override {}
  std::vector<std::unique_ptr<messaging::FetchedEvent>> fetch(const std::string&, const std::string&, const std::string&, int,
                                                              std::chrono::milliseconds) override {
    return {};
  }
  void drain(std::chrono::milliseconds) override {}

 private:
  std::map<std::string, std::function<void(messaging::Message)>> handlers_;
};

/// A service's log and views in memory.
class HandOwner {
 public:
  using Key = std::pair<std::string, std::string>;   ///< Topic, audience.
  struct Row {
    std::string audience;
    std::string key;
    std::optional<json::value> value;   ///< Nothing: the row goes.
  };

  explicit HandOwner(std::string service) : name(std::move(service)) {}

  /// One commit; returns the lines that tell of it.
  std::string commit(const std::string& topic, const std::vector<Row>& rows) {
    ++version;
    std::string lines;
    for (const auto& row : rows) {
      auto& held = topics[{topic, row.audience}];
      Change change{topic, row.audience, "e1", held.version, version, {}, {}};
      if (row.value) {
        held.rows[row.key] = *row.value;
        change.put[row.key] = *row.value;
      } else {
        held.rows.erase(row.key);
        change.drop.push_back(row.key);
      }
      held.version = version;
      changes_.push_back(change);
      append_line(change, lines);
    }
    return lines;
  }

  std::string head() {
    Head head{name, "e1", told_, version, after(told_)};
    told_ = version;
    return json::serialize(codec::encode(head));
  }

  std::string answer(const std::string& subject, const std::string& payload) const {
    if (subject == subjects::heads(name)) {
      const auto request = codec::decode<HeadsRequest>(json::parse(payload)).value();
      return ok_reply(codec::encode(Head{name, "e1", request.since, version, after(request.since)}));
    }
    const auto request = codec::decode<ViewRequest>(json::parse(payload)).value();
    const auto found = topics.find({request.topic, request.audience});
    if (!topics.contains({request.topic, std::string(k_access_audience)})) {
      return problem_reply(Rejection{ErrorCode::not_found, {}, {}, {}}, "");
    }
    ViewReply reply{request.topic, request.audience, "e1", 0, false, {}, {}};
    if (found != topics.end()) reply.version = found->second.version;
    if (request.after) {
      reply.changes.emplace();
      for (const auto& change : changes_) {
        const bool is_asked = change.topic == request.topic && change.audience == request.audience;
        if (is_asked && change.version > request.after->version) reply.changes->push_back(change);
      }
    } else {
      reply.entities.emplace();
      if (found != topics.end()) reply.entities->insert(found->second.rows.begin(), found->second.rows.end());
    }
    return ok_reply(codec::encode(reply));
  }

  struct Topic {
    json::object rows;
    std::int64_t version = 0;
  };
  std::string name;
  std::int64_t version = 0;
  std::map<Key, Topic> topics;

 private:
  std::vector<TopicHead> after(std::int64_t since) const {
    std::vector<TopicHead> heads;
    for (const auto& [key, topic] : topics) {
      if (topic.version > since) heads.push_back({key.first, key.second, topic.version});
    }
    return heads;
  }
  std::vector<Change> changes_;
  std::int64_t told_ = 0;
};

}  // namespace witan::test
