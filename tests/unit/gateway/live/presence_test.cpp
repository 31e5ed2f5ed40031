#include <algorithm>

#include <gtest/gtest.h>

#include "gateway/http/task_group.hpp"
#include "gateway/live/presence.hpp"
#include "gateway/live/session.hpp"
#include "tests/support/temp_folder.hpp"
#include "tests/unit/gateway/live/gateway_in_process.hpp"

/// Sockets that say who is there to each other, with a clock and a bus in the test's hand.
namespace witan::live {
namespace {

using contract::directory::PresenceShown;
using std::chrono::milliseconds;
using std::chrono::seconds;
using test::HandBus;
using test::HandOwner;

const std::string k_about = "meetings/" + std::string(26, 'b');
const std::string k_topic = "now/" + k_about;
const std::string k_item = "agenda/" + std::string(26, 'i');
const std::string k_body(26, 'd');
const std::string k_rules(k_access_audience);

/// What one socket has got.
class Got final : public Wire {
 public:
  void send(std::shared_ptr<const std::string> text) override { frames.push_back(json::parse(*text).as_object()); }
  void close(CloseCode, std::string) override {}
  bool is_closing() const override { return false; }
  net::awaitable<void> room() override { co_return; }
  void tick(std::chrono::steady_clock::time_point) override {}

  /// The words of the newest state, if it came since the last look.
  std::string words() {
    std::string found = "nothing new";
    for (const auto& frame : frames) {
      if (string_at(frame, "type") == "snapshot") found = string_at(object_at(frame, "entities")->at("here").as_object(), "words");
    }
    frames.clear();
    return found;
  }
  std::size_t editors() {
    const auto count = frames.empty() ? 0 : object_at(frames.back(), "entities")->size() - 1;
    frames.clear();
    return count;
  }
  std::string problem() {
    const auto* problem = frames.empty() ? nullptr : object_at(frames.back(), "problem");
    const auto code = problem ? std::string(string_at(*problem, "code")) : "";
    frames.clear();
    return code;
  }
  std::vector<json::object> frames;
};

class PresentReaders : public ::testing::Test, public Hub {
 public:
  struct Socket {
    std::shared_ptr<Session> session;
    std::shared_ptr<Got> got;
  };

  PresentReaders() : bus(std::make_shared<HandBus>()) {
    topics::CacheOptions options;
    options.services = {"directory", "meetings"};
    options.now = [this] { return clock; };
    links_ = std::make_unique<messaging::ServiceLinks>(loop, bus, "", options.services);
    cache_ = std::make_unique<topics::TopicCache>(loop, *links_, options);
    auth_ = std::make_unique<auth::Auth>(*cache_, auth::AuthOptions{"http://127.0.0.1", folder_.file("csrf"), 5.0, false});
    sender_ = http::make_command_sender(*links_, *auth_, seconds(5));
    presence = std::make_unique<Presence>(*cache_, *auth_, *bus, loop.get_executor());
    presence->tick(clock);
    rules(true);
    meetings.commit(k_about, {{"staff", k_item, json::object{{"number", "3"}, {"title", "Land"}}}});
    bus->deliver("directory", subjects::head("directory"), directory.head());
    settle();
  }
  ~PresentReaders() override {
    for (auto& socket : sockets_) socket.session->leave();
    for (auto& request : bus->asked) request.done(reject(ErrorCode::unavailable));
    bus->asked.clear();
    tasks_.cancel();
    settle();
    channels_.clear();
  }

  topics::TopicCache& cache() override { return *cache_; }
  auth::Auth& auth() override { return *auth_; }
  http::CommandSender& sender() override { return *sender_; }
  const LiveLimits& limits() const override { return limits_; }
  Channel& channel(const std::string& topic, const std::string& audience) override {
    auto& found = channels_[audience + ' ' + topic];
    if (!found) found = presence->channel(topic, audience);
    return *found;
  }
  void leave(Channel& left, Session* gone) override { left.remove(gone); }
  void spawn(net::awaitable<void> task) override { tasks_.spawn(std::move(task)); }
  void count_frame() override {}

  void rules(bool for_all) {
    std::vector<AccessRule> chosen{{"staff", Who::roles, {}, k_body, {Role::secretary}}, {"member", Who::roles, {}, k_body, {}}};
    if (for_all) chosen.push_back({"public", Who::anyone, {}, {}, {}});
    const auto lines = meetings.commit(k_about, {{k_rules, std::string(k_access_key), codec::encode(chosen)}});
    bus->deliver("meetings", subjects::changes("meetings"), lines);
    settle();
  }
  /// A socket that watches who is there. Without a role: a visitor.
  Socket come(const std::string& name, std::optional<Role> role, PresenceShown shown = PresenceShown::members) {
    auth::Caller caller;
    caller.name = name;
    caller.presence = shown;
    if (role) {
      caller.actor.person = PersonId::random();
      caller.actor.roles[k_body] = {*role};
    }
    Socket socket{nullptr, std::make_shared<Got>()};
    socket.session = std::make_shared<Session>(*this, socket.got, std::move(caller));
    sockets_.push_back(socket);
    say(socket, {{"type", "subscribe"}, {"topic", k_topic}});
    return socket;
  }
  void say(const Socket& socket, const json::object& frame) {
    socket.session->receive(json::serialize(frame), Session::Time() + std::chrono::hours(++messages_));
    settle();
  }
  void edit(const Socket& socket, const std::string& row) { say(socket, {{"type", "doing"}, {"topic", k_topic}, {"editing", row}}); }
  void pass(milliseconds time) {
    clock += time;
    bus->deliver("directory", subjects::head("directory"), directory.head());
    presence->tick(clock);
    settle();
  }
  void settle() {
    for (;;) {
      loop.restart();
      loop.poll();
      if (bus->asked.empty()) return;
      auto asked = std::move(bus->asked.front());
      bus->asked.pop_front();
      auto& owner = asked.subject.find("directory") != std::string::npos ? directory : meetings;
      asked.done(owner.answer(asked.subject, asked.payload));
    }
  }
  void hear(const std::string& payload, const std::string& subject = subjects::presence(k_about)) {
    bus->deliver_by(subjects::presence_all(), {subject, {}, payload});
  }
  void hear(const NowPart& part) { hear(json::serialize(codec::encode(part))); }
  static NowPart part(const std::string& gateway, std::int64_t others, bool asks = false) { return {gateway, k_about, asks, {}, others}; }
  /// The newest that was published, and how many there were since the last look.
  std::pair<NowPart, std::size_t> told() {
    const auto count = bus->published.size();
    EXPECT_GT(count, 0U);
    EXPECT_EQ(bus->published.back().first, "now.meetings." + std::string(26, 'b'));
    auto newest = codec::decode<NowPart>(json::parse(bus->published.back().second));
    bus->published.clear();
    return {*newest, count};
  }
  void forget_empty_channels() {
    std::erase_if(channels_, [](const auto& entry) { return entry.second->is_empty(); });
  }

  std::chrono::steady_clock::time_point clock{std::chrono::hours(1)};
  net::io_context loop{1};
  std::shared_ptr<HandBus> bus;
  HandOwner directory{"directory"};
  HandOwner meetings{"meetings"};
  std::unique_ptr<Presence> presence;

 private:
  test::TempFolder folder_;
  LiveLimits limits_;
  std::unique_ptr<messaging::ServiceLinks> links_;
  std::unique_ptr<topics::TopicCache> cache_;
  std::unique_ptr<auth::Auth> auth_;
  std::unique_ptr<http::CommandSender> sender_;
  std::vector<Socket> sockets_;
  std::map<std::string, std::unique_ptr<Channel>> channels_;
  int messages_ = 0;
  http::TaskGroup tasks_{loop, "test"};
};

TEST_F(PresentReaders, are_told_at_once_when_they_come_and_of_others_within_a_second) {
  auto ada = come("Ada", Role::member);
  EXPECT_EQ(ada.got->words(), "Ada");
  pass(seconds(1));
  auto bea = come("Bea", Role::member);
  EXPECT_EQ(bea.got->words(), "Ada") << "the others' state; their own comes with the next telling";
  pass(milliseconds(999));
  EXPECT_EQ(ada.got->words(), "nothing new");
  pass(milliseconds(1));
  EXPECT_EQ(ada.got->words(), "Ada and Bea");
  EXPECT_EQ(bea.got->words(), "Ada and Bea");
  bea.session->leave();
  pass(seconds(1));
  EXPECT_EQ(ada.got->words(), "Ada");
}

TEST_F(PresentReaders, hear_nothing_while_what_they_see_is_the_same) {
  auto visitor = come("", {});
  EXPECT_EQ(visitor.got->words(), "1 person");
  come("Hal", Role::member, PresenceShown::nobody);
  for (int i = 0; i < 30; ++i) pass(seconds(1));
  EXPECT_EQ(visitor.got->words(), "nothing new");
  come("Ada", Role::member);
  pass(seconds(1));
  EXPECT_EQ(visitor.got->words(), "2 people");
}

TEST_F(PresentReaders, wait_for_longer_in_a_crowd) {
  auto first = come("", {});
  for (int i = 1; i < 300; ++i) come("", {});
  pass(seconds(1));
  EXPECT_EQ(first.got->words(), "300 people");
  come("", {});
  pass(seconds(2));
  EXPECT_EQ(first.got->words(), "nothing new");
  pass(milliseconds(1010));
  EXPECT_EQ(first.got->words(), "301 people");
}

TEST_F(PresentReaders, are_told_by_audience) {
  auto ada = come("Ada", Role::member, PresenceShown::everyone);
  auto sam = come("Sam", Role::secretary);
  auto visitor = come("", {});
  pass(seconds(1));
  EXPECT_EQ(ada.got->words(), "Ada, Sam and 1 other");
  EXPECT_EQ(sam.got->words(), "Ada, Sam and 1 other");
  EXPECT_EQ(visitor.got->words(), "Ada and 2 others");
  const auto view = presence->look(k_topic, "public");
  EXPECT_EQ(string_at(view.entities->at("here").as_object(), "words"), "Ada and 2 others");
  EXPECT_EQ(string_at(presence->look("now/meetings/" + std::string(26, 'c'), "staff").entities->at("here").as_object(), "words"), "");
}

TEST_F(PresentReaders, hear_nothing_more_once_they_may_not_see_the_topic) {
  auto ada = come("Ada", Role::member);
  auto visitor = come("", {});
  pass(seconds(1));
  visitor.got->frames.clear();
  rules(false);
  come("Bea", Role::member);
  pass(seconds(1));
  EXPECT_TRUE(visitor.got->frames.empty());
  visitor.session->access_changed(k_about);
  ASSERT_EQ(visitor.got->frames.size(), 1U);
  EXPECT_EQ(string_at(visitor.got->frames.front(), "type"), "revoked");
  EXPECT_EQ(string_at(visitor.got->frames.front(), "topic"), k_topic);
  ada.got->frames.clear();
  pass(seconds(1));
  EXPECT_EQ(ada.got->words(), "Ada and Bea") << "the visitor is there no more";
}

TEST_F(PresentReaders, see_who_edits_what_if_they_are_staff) {
  auto ada = come("Ada", Role::member);
  auto sam = come("Sam", Role::secretary);
  auto chair = come("Col", Role::chair);
  pass(seconds(1));
  for (auto* socket : {&ada, &sam, &chair}) socket->got->frames.clear();
  edit(sam, k_item);
  pass(seconds(1));
  EXPECT_EQ(sam.got->editors(), 1U);
  EXPECT_EQ(ada.got->words(), "nothing new");
  meetings.commit(k_about, {});
  const auto lines = meetings.commit(k_about, {{"staff", k_item, json::object{{"number", "1"}, {"title", "Land"}}}});
  bus->deliver("meetings", subjects::changes("meetings"), lines);
  pass(seconds(1));
  ASSERT_FALSE(sam.got->frames.empty()) << "the item has moved";
  EXPECT_NE(json::serialize(sam.got->frames.back()).find(R"("number":"1")"), std::string::npos);
  say(sam, {{"type", "doing"}, {"topic", k_topic}});
  pass(seconds(1));
  EXPECT_EQ(sam.got->editors(), 0U);
}

TEST_F(PresentReaders, are_not_said_to_edit_what_they_may_not_or_what_is_not_there) {
  auto ada = come("Ada", Role::member);
  auto sam = come("Sam", Role::secretary);
  auto visitor = come("", {});
  for (auto* socket : {&ada, &sam, &visitor}) socket->got->frames.clear();
  edit(ada, k_item);
  EXPECT_EQ(ada.got->problem(), "forbidden");
  edit(visitor, k_item);
  EXPECT_EQ(visitor.got->problem(), "forbidden");
  edit(sam, "agenda/none");
  EXPECT_EQ(sam.got->problem(), "not_found");
  say(sam, {{"type", "doing"}, {"topic", "now/meetings/" + std::string(26, 'c')}, {"editing", k_item}});
  EXPECT_EQ(sam.got->problem(), "not_found");
}

TEST_F(PresentReaders, are_not_named_as_editing_when_they_are_shown_to_nobody) {
  auto sam = come("Sam", Role::secretary, PresenceShown::nobody);
  edit(sam, k_item);
  pass(seconds(1));
  EXPECT_EQ(sam.got->editors(), 0U);
}

TEST_F(PresentReaders, of_several_gateways_are_told_of_each_other) {
  auto ada = come("Ada", Role::member);
  auto [asked, count] = told();
  EXPECT_TRUE(asked.asks);
  EXPECT_EQ(count, 1U);
  hear(NowPart{"another", k_about, false, {{PersonId::random(), "Bea", PresenceShown::members, {}}}, 2});
  pass(seconds(1));
  EXPECT_EQ(ada.got->words(), "Ada, Bea and 2 others");
  hear(part("another", 0));
  pass(seconds(1));
  EXPECT_EQ(ada.got->words(), "Ada");
}

TEST_F(PresentReaders, of_a_gateway_that_falls_silent_are_forgotten) {
  auto ada = come("Ada", Role::member);
  pass(seconds(1));
  hear(part("another", 2));
  for (int i = 0; i < 24; ++i) pass(seconds(1));
  EXPECT_EQ(ada.got->words(), "Ada and 2 others");
  pass(seconds(1));
  EXPECT_EQ(ada.got->words(), "Ada");
}

TEST_F(PresentReaders, are_told_to_others_when_they_change_and_every_ten_seconds) {
  auto ada = come("Ada", Role::member);
  pass(seconds(1));
  told();
  for (int i = 0; i < 8; ++i) pass(seconds(1));
  EXPECT_TRUE(bus->published.empty());
  pass(seconds(1));
  EXPECT_EQ(told().second, 1U);
  come("Bea", Role::member);
  pass(seconds(1));
  EXPECT_EQ(told().first.people.size(), 2U);
  for (const auto* gateway : {"another", "a-third"}) hear(part(gateway, 0, true));
  EXPECT_TRUE(bus->published.empty()) << "it was said a moment ago";
  pass(seconds(1));
  EXPECT_EQ(told().second, 1U) << "one answer for both";
  ada.session->leave();
}

TEST_F(PresentReaders, say_that_nobody_is_left) {
  auto ada = come("Ada", Role::member);
  told();
  ada.session->leave();
  forget_empty_channels();
  const auto last = told().first;
  EXPECT_TRUE(last.people.empty());
  EXPECT_EQ(last.others, 0);
}

TEST_F(PresentReaders, know_of_each_other_without_the_bus) {
  bus->is_away = true;
  auto ada = come("Ada", Role::member);
  come("Bea", Role::member);
  pass(seconds(1));
  EXPECT_EQ(ada.got->words(), "Ada and Bea");
  EXPECT_TRUE(bus->published.empty());
  bus->is_away = false;
  for (int i = 0; i < 10; ++i) pass(seconds(1));
  EXPECT_EQ(told().first.people.size(), 2U);
}

TEST_F(PresentReaders, believe_nothing_that_is_not_a_part) {
  auto ada = come("Ada", Role::member);
  const auto own = told().first.gateway;
  const auto good = json::serialize(codec::encode(part("another", 7)));
  hear("");
  hear("{");
  hear("[]");
  hear(R"({"gateway":"another"})");
  hear(std::string(k_presence.part_bytes_max - good.size() + 1, ' ') + good);
  hear(good, "now.meetings.other");
  hear(part("another", -1));
  hear(part(own, 7));
  hear(NowPart{"another", "meetings/" + std::string(26, 'c'), true, {}, 7});
  pass(seconds(1));
  EXPECT_EQ(ada.got->words(), "Ada");
  hear(std::string(k_presence.part_bytes_max - good.size(), ' ') + good);
  pass(seconds(1));
  EXPECT_EQ(ada.got->words(), "Ada and 7 others");
}

TEST_F(PresentReaders, hear_of_sixteen_other_gateways) {
  auto ada = come("Ada", Role::member);
  for (std::size_t i = 0; i <= k_presence.gateways_max; ++i) hear(part("g" + std::to_string(i), 1));
  pass(seconds(1));
  EXPECT_EQ(ada.got->words(), "Ada and 16 others");
}

}  // namespace
}  // namespace witan::live
