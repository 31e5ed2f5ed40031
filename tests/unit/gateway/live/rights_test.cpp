#include <algorithm>
#include <random>
#include <set>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/read.hpp>
#include <gtest/gtest.h>

#include "gateway/auth/session_follower.hpp"
#include "gateway/http/task_group.hpp"
#include "gateway/live/frame_layer.hpp"
#include "gateway/live/session.hpp"
#include "shared/base/clock.hpp"
#include "shared/crypto/crypto.hpp"
#include "tests/support/temp_folder.hpp"
#include "tests/unit/gateway/live/gateway_in_process.hpp"

/// What a member's socket gets while their rights change, with every order of what arrives at the gateway.
namespace witan::live {
namespace {

using test::HandBus;
using test::HandOwner;

const std::string k_body(26, 'd');
const std::array<std::string, 2> k_topics{"meetings/" + std::string(26, 'b'), "meetings/" + std::string(26, 'c')};
const std::vector<std::string> k_audiences{"staff", "member", "public"};
const std::string k_gateway(k_gateway_audience);
const std::string k_rules(k_access_audience);

AccessRule for_roles(std::string audience, std::vector<Role> roles) {
  return {std::move(audience), Who::roles, {}, k_body, std::move(roles)};
}

/// The frame layer over a socket of its own, as the gateway has it.
class SocketWire final : public Wire {
 public:
  SocketWire(net::io_context& loop, std::function<void(const json::object&)> on_frame)
      : on_frame_(std::move(on_frame)), peer_(loop) {
    net::ip::tcp::acceptor acceptor(loop, {net::ip::address_v4::loopback(), 0});
    peer_.connect(acceptor.local_endpoint());
    FrameLayer::Socket socket(loop.get_executor());
    acceptor.accept(socket);
    layer_ = std::make_unique<FrameLayer>(std::move(socket));
    layer_->begin_frames();
  }
  void send(std::shared_ptr<const std::string> text) override {
    if (is_closing_) return;
    layer_->send_text(std::move(text));
    read();
  }
  void close(CloseCode, std::string) override { is_closing_ = true; }
  bool is_closing() const override { return is_closing_; }
  net::awaitable<void> room() override { co_return; }
  void tick(std::chrono::steady_clock::time_point) override {}

 private:
  /// Whatever has reached the other end by now.
  void read() {
    while (const auto count = peer_.available()) {
      std::string piece(count, '\0');
      net::read(peer_, net::buffer(piece));
      bytes_ += piece;
    }
    for (;;) {
      if (bytes_.size() < 2) return;
      const auto byte = [&](std::size_t at) { return static_cast<std::size_t>(static_cast<unsigned char>(bytes_[at])); };
      std::size_t size = byte(1);
      std::size_t header = 2;
      if (size == 126) {
        if (bytes_.size() < 4) return;
        size = byte(2) << 8 | byte(3);
        header = 4;
      }
      ASSERT_LT(byte(1), 127U);
      if (bytes_.size() < header + size) return;
      on_frame_(json::parse(bytes_.substr(header, size)).as_object());
      bytes_.erase(0, header + size);
    }
  }

  std::function<void(const json::object&)> on_frame_;
  net::ip::tcp::socket peer_;
  std::unique_ptr<FrameLayer> layer_;
  std::string bytes_;
  bool is_closing_ = false;
};

/// How what services send comes in: as it was committed, whoever committed it; or each service's in its own order
/// only, answers in any order, and some of it never.
enum class Arrival { as_committed, any };

class World final : public Hub {
 public:
  World(unsigned seed, Arrival how) : random(seed), arrival(how), bus(std::make_shared<HandBus>()) {
    topics::CacheOptions options;
    options.services = {"directory", "meetings"};
    options.now = [this] { return clock; };
    links_ = std::make_unique<messaging::ServiceLinks>(loop, bus, "", options.services);
    cache_ = std::make_unique<topics::TopicCache>(loop, *links_, options);
    auth_ = std::make_unique<auth::Auth>(*cache_, auth::AuthOptions{"http://127.0.0.1", folder_.file("csrf"), 5.0, false});
    sender_ = http::make_command_sender(*links_, *auth_, std::chrono::seconds(5));
    auth_->on_change([this](const std::string&) {
      if (session) session->rights_changed();
    });
    cache_->on_access_change([this](const std::string& topic) {
      if (session) session->access_changed(topic);
    });
    fill();
    beat(directory);
    beat(meetings);
    deliver_all();
    connect();
    deliver_all();
  }
  ~World() override {
    leave();
    for (auto& request : bus->asked) request.done(reject(ErrorCode::unavailable));
    bus->asked.clear();
    tasks_.cancel();
    turn();
    channels_.clear();
  }

  topics::TopicCache& cache() override { return *cache_; }
  auth::Auth& auth() override { return *auth_; }
  http::CommandSender& sender() override { return *sender_; }
  const LiveLimits& limits() const override { return limits_; }
  Channel& channel(const std::string& topic, const std::string& audience) override {
    auto& found = channels_[audience + ' ' + topic];
    if (!found) found = std::make_unique<TopicChannel>(*cache_, *auth_, topic, audience);
    return *found;
  }
  void leave(Channel& left, Session* gone) override { left.remove(gone); }
  void spawn(net::awaitable<void> task) override { tasks_.spawn(std::move(task)); }
  void count_frame() override {}

  // What happens.

  void seat(const std::string& key, std::optional<Role> role) {
    std::optional<json::value> row;
    if (role) row = codec::encode(contract::directory::RightsSeatView{*BodyId::parse(k_body), "Council", *role, "Seat"});
    const bool had = !roles().empty();
    tell(directory, directory.commit(rights, {{k_gateway, key, row}}));
    if (had && roles().empty()) removed_at = meetings.version;
  }
  void change(const std::string& topic) {
    std::vector<HandOwner::Row> rows;
    for (const auto& audience : k_audiences) rows.push_back({audience, "n", json::object{{"for", audience}, {"n", meetings.version}}});
    tell(meetings, meetings.commit(topic, rows));
  }
  void rules(const std::string& topic, bool for_members, bool for_all) {
    std::vector<AccessRule> chosen{for_roles("staff", {Role::secretary})};
    if (for_members) chosen.push_back(for_roles("member", {}));
    if (for_all) chosen.push_back({"public", Who::anyone, {}, {}, {}});
    tell(meetings, meetings.commit(topic, {{k_rules, std::string(k_access_key), codec::encode(chosen)}}));
  }
  void end_session() { tell(directory, directory.commit(session_topic, {{k_gateway, "session", std::nullopt}})); }
  void beat(HandOwner& owner) {
    arrive(owner, [this, &owner, text = owner.head()] {
      if (&owner == &directory) directory_heard = clock;
      bus->deliver(owner.name, subjects::head(owner.name), text);
    });
  }
  /// The owner reads one of the questions that wait; its answer is on its way.
  void answer_one() {
    if (bus->asked.empty()) return;
    const auto at = arrival == Arrival::any ? pick(bus->asked.size()) : 0;
    auto asked = std::move(bus->asked[at]);
    bus->asked.erase(bus->asked.begin() + static_cast<std::ptrdiff_t>(at));
    auto& owner = asked.subject.find("directory") != std::string::npos ? directory : meetings;
    const bool is_head = asked.subject == subjects::heads(owner.name);
    auto come = [this, is_head, &owner, asked_at = clock, done = std::move(asked.done),
                 text = owner.answer(asked.subject, asked.payload)] {
      if (is_head && &owner == &directory) directory_heard = std::max(directory_heard, asked_at);
      done(text);
    };
    if (arrival == Arrival::any) lanes.push_back({std::move(come)});
    else arrive(owner, std::move(come));
  }
  void deliver_one() {
    std::erase_if(lanes, [&](const auto& lane) { return lane.empty() && &lane - lanes.data() >= 2; });
    auto& lane = lanes[pick(lanes.size())];
    if (lane.empty()) return;
    auto come = std::move(lane.front());
    lane.pop_front();
    come();
    turn();
  }
  void deliver_all() {
    const auto is_waiting = [&] { return std::any_of(lanes.begin(), lanes.end(), [](const auto& lane) { return !lane.empty(); }); };
    for (turn(); is_waiting() || !bus->asked.empty(); turn()) {
      while (is_waiting()) deliver_one();
      answer_one();
    }
  }
  void connect() {
    leave();
    net::co_spawn(loop, open(), net::detached);
    turn();
  }
  void subscribe(const std::string& topic, bool from_old) {
    if (!session || session->wire().is_closing()) return;
    json::object frame{{"type", "subscribe"}, {"topic", topic}};
    const auto known = held.find(topic);
    wanted.insert(topic);
    if (from_old && known != held.end()) {
      frame["after"] = json::object{{"epoch", "e1"}, {"version", known->second.version}, {"audience", known->second.audience}};
    }
    session->receive(json::serialize(frame), Session::Time() + std::chrono::hours(++messages_));
    turn();
  }
  void tick() {
    for (auto& [key, channel] : channels_) channel->catch_up();
    turn();
  }
  void turn() {
    loop.restart();
    loop.poll();
  }
  std::size_t pick(std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random); }
  bool chance(int in_hundred) { return static_cast<int>(pick(100)) < in_hundred; }

  // What is true.

  std::map<std::string, std::vector<Role>> roles() const {
    std::map<std::string, std::vector<Role>> found;
    for (const auto& [key, row] : directory.topics.at({rights, k_gateway}).rows) {
      if (key.starts_with("seat/")) found[k_body].push_back(codec::decode<contract::directory::RightsSeatView>(row)->role);
    }
    return found;
  }
  std::optional<std::string> audience(const std::string& topic) const {
    Actor actor{person, roles(), {}};
    const auto& row = meetings.topics.at({topic, k_rules}).rows.at(k_access_key);
    return audience_for(*codec::decode<std::vector<AccessRule>>(row), actor);
  }
  /// The same from what has arrived at the gateway, worked out from scratch.
  std::optional<std::string> audience_as_arrived(const std::string& topic) const {
    const auto about = cache_->now(session_topic, k_gateway);
    const auto view = about ? auth::read_session(*about) : std::nullopt;
    const auto seats = cache_->now(rights, k_gateway);
    if (!view || !seats) return std::nullopt;
    const auto caller = auth::read_caller(*view, *seats, hash, false);
    const auto* rules = cache_->access_now(topic);
    return caller && rules ? audience_for(*rules, caller->actor) : std::nullopt;
  }

  struct Held {
    std::string audience;
    std::int64_t version = 0;
    json::object rows;
  };

  std::mt19937 random;
  Arrival arrival;
  std::chrono::steady_clock::time_point clock{std::chrono::hours(1)};
  std::chrono::steady_clock::time_point directory_heard{};
  net::io_context loop{1};
  std::shared_ptr<HandBus> bus;
  HandOwner directory{"directory"};
  HandOwner meetings{"meetings"};
  PersonId person = PersonId::random();
  std::string token = crypto::random_token();
  std::string hash = auth::Auth::session_of(token);
  std::string session_topic = auth::session_topic(hash);
  std::string rights = auth::rights_topic(person);
  std::shared_ptr<Session> session;
  std::map<std::string, Held> held;           ///< What the browser shows, worked out from its frames.
  std::set<std::string> wanted;
  std::int64_t removed_at = 0;                ///< Meetings' newest version when the last seat was taken away.
  std::vector<std::string> faults;
  int frames = 0;
  std::vector<std::deque<std::function<void()>>> lanes{2};

 private:
  void fill() {
    const auto now = SystemClock().now();
    const json::value for_gateway = codec::encode(std::vector{AccessRule{k_gateway, Who::gateway, {}, {}, {}}});
    for (const auto& topic : {session_topic, rights}) directory.commit(topic, {{k_rules, std::string(k_access_key), for_gateway}});
    directory.commit(session_topic, {{k_gateway, "session", codec::encode(contract::directory::SessionView{person, now, now + std::chrono::hours(12), contract::directory::Standing::staff_with_second_factor})}});
    directory.commit(rights, {{k_gateway, "person", codec::encode(contract::directory::RightsPersonView{person, "Ada", false, false, false})}});
    seat("seat/1", Role::member);
    for (const auto& topic : k_topics) {
      rules(topic, true, false);
      change(topic);
    }
  }
  void tell(HandOwner& owner, const std::string& lines) {
    if (arrival == Arrival::any && chance(10)) return;   // at most once
    auto& waiting = unsent_[owner.name];
    waiting += lines;
    const bool may_wait = arrival == Arrival::any || &owner == &meetings;
    if (may_wait && chance(30)) return;                  // goes with the next: a group of commits
    arrive(owner, [this, &owner, text = std::exchange(waiting, {})] { bus->deliver(owner.name, subjects::changes(owner.name), text); });
  }
  void arrive(HandOwner& owner, std::function<void()> come) {
    const bool is_apart = arrival == Arrival::any && &owner == &meetings;
    lanes[is_apart ? 1 : 0].push_back(std::move(come));
  }
  void leave() {
    if (!session) return;
    session->leave();
    session.reset();
    wanted.clear();
  }
  net::awaitable<void> open() {
    auto caller = co_await auth_->identify(token);
    if (!caller || caller->session.empty()) co_return;
    if (session) co_return;
    session = std::make_shared<Session>(*this, std::make_shared<SocketWire>(loop, [this](const json::object& frame) { take(frame); }),
                                        std::move(*caller));
    session->rights_changed();
  }
  void take(const json::object& frame) {
    ++frames;
    const auto type = string_at(frame, "type");
    const auto topic = std::string(string_at(frame, "topic"));
    const auto version = int_at(frame, "version");
    if (type == "revoked" || type == "problem") {
      held.erase(topic);
      wanted.erase(topic);
      return;
    }
    auto& copy = held[topic];
    if (type == "snapshot") copy = {std::string(string_at(frame, "audience")), version, *object_at(frame, "entities")};
    if (type == "change") {
      for (const auto& entry : *object_at(frame, "put")) copy.rows[entry.key()] = entry.value();
    }
    copy.version = std::max(copy.version, version);
    judge(frame, topic, copy);
  }
  void judge(const json::object& frame, const std::string& topic, const Held& copy) {
    const auto fail = [&](const std::string& why) { faults.push_back(why + ": " + json::serialize(frame)); };
    for (const auto& row : copy.rows) {
      if (string_at(row.value().as_object(), "for") != copy.audience) fail("rows of another audience");
    }
    if (audience_as_arrived(topic) != copy.audience) fail("sent against the rights that had arrived");
    if (copy.audience == "public") return;
    if (clock - directory_heard > std::chrono::seconds(5)) fail("sent while directory was silent");
    const bool is_late = roles().empty() && int_at(frame, "version") > removed_at;
    if (arrival == Arrival::as_committed && is_late) fail("sent after the removal");
  }

  test::TempFolder folder_;
  LiveLimits limits_;
  std::unique_ptr<messaging::ServiceLinks> links_;
  std::unique_ptr<topics::TopicCache> cache_;
  std::unique_ptr<auth::Auth> auth_;
  std::unique_ptr<http::CommandSender> sender_;
  std::map<std::string, std::unique_ptr<Channel>> channels_;
  std::map<std::string, std::string> unsent_;
  int messages_ = 0;
  http::TaskGroup tasks_{loop, "test"};
};

void happen(World& world) {
  const auto& topic = k_topics[world.pick(k_topics.size())];
  const auto what = world.pick(100);
  if (what < 25) world.change(topic);
  else if (what < 60) world.deliver_one();
  else if (what < 72) world.answer_one();
  else if (what < 80) world.subscribe(topic, world.chance(60));
  else if (what < 83) world.connect();
  else if (what < 88) world.seat("seat/1", world.chance(50) ? std::optional(Role::member) : std::nullopt);
  else if (what < 90) world.seat("seat/2", world.chance(30) ? std::optional(Role::secretary) : std::nullopt);
  else if (what < 92) world.rules(topic, world.chance(80), world.chance(20));
  else if (what < 94) world.clock += std::chrono::seconds(1 + world.pick(6));
  else if (what < 98) world.beat(world.chance(50) ? world.directory : world.meetings);
  else world.tick();
}

/// What differs between what the browser shows and what somebody who came now would see; empty when nothing does.
std::string difference(const World& world) {
  if (!world.session || world.session->wire().is_closing()) return {};
  for (const auto& topic : world.wanted) {
    const auto audience = world.audience(topic);
    const auto copy = world.held.find(topic);
    if (!audience) return "still watched without a right: " + topic;
    if (copy == world.held.end()) return "never shown: " + topic;
    if (copy->second.audience != *audience) return topic + " is shown as " + copy->second.audience + ", not as " + *audience;
    if (copy->second.rows != world.meetings.topics.at({topic, *audience}).rows) return "other rows in " + topic;
  }
  return {};
}

/// Everything arrives. A session that could not be answered asks again after half a second.
void settle(World& world) {
  for (int i = 0; i < 500; ++i) {
    world.beat(world.directory);
    world.beat(world.meetings);
    world.deliver_all();
    world.tick();
    world.deliver_all();
    if (difference(world).empty()) return;
    world.loop.restart();
    world.loop.run_for(std::chrono::milliseconds(10));
  }
}

void try_interleavings(Arrival arrival, unsigned first, unsigned count) {
  int frames = 0;
  int removals = 0;
  for (unsigned seed = first; seed < first + count; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    World world(seed, arrival);
    for (const auto& topic : k_topics) world.subscribe(topic, false);
    for (int i = 0; i < 120 && world.faults.empty(); ++i) {
      if (i == 60) world.seat("seat/1", std::nullopt);
      happen(world);
    }
    if (seed % 10 == 0) world.end_session();
    removals += world.removed_at > 0 ? 1 : 0;
    settle(world);
    EXPECT_EQ(difference(world), "");
    frames += world.frames;
    ASSERT_TRUE(world.faults.empty()) << world.faults.front();
    if (testing::Test::HasFailure()) return;
  }
  EXPECT_GT(frames, static_cast<int>(count)) << "something was sent at all";
  EXPECT_GT(removals, static_cast<int>(count / 2));
}

TEST(RightsTest, nothing_later_than_the_removal_when_what_services_say_arrives_as_it_was_committed) {
  try_interleavings(Arrival::as_committed, 1, 1000);
}

TEST(RightsTest, nothing_after_the_removal_has_arrived_whatever_else_arrives_when) {
  try_interleavings(Arrival::any, 10'001, 1000);
}

/// Somebody with a seat of each role in a body of its own, and an office, as their rights are read.
auth::Caller caller_with(std::optional<Role> office, std::optional<bool> has_second_factor, bool is_required) {
  namespace directory = contract::directory;
  const auto person = PersonId::from_trusted(std::string(26, 'a'));
  std::map<std::string, json::value> rows;
  rows["person"] = codec::encode(
      directory::RightsPersonView{person, "Ada", office == Role::administrator, office == Role::auditor, has_second_factor});
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Role>>([&](auto role) {
    const auto body = BodyId::from_trusted(std::string(25, 'b') + static_cast<char>('a' + static_cast<int>(role.value)));
    rows["seat/" + body.str()] = codec::encode(directory::RightsSeatView{body, "A body", role.value, "A seat"});
  });
  const topics::View rights{"rights", k_gateway, "e", 1, std::make_shared<const std::map<std::string, json::value>>(std::move(rows))};
  return *auth::read_caller({person, {}, {}}, rights, "session", is_required);
}

std::set<Role> roles_of(const auth::Caller& caller) {
  std::set<Role> held;
  for (const auto& seat : caller.seats) held.insert(seat.role);
  return held;
}

TEST(WithheldRoles, are_those_that_need_a_second_factor_for_who_has_none_where_it_is_required) {
  const std::set<Role> without{Role::champion, Role::minister, Role::member, Role::substitute, Role::observer};
  for (const auto has : {std::optional<bool>(), std::optional(false)}) {
    const auto caller = caller_with(Role::administrator, has, true);
    EXPECT_EQ(roles_of(caller), without);
    EXPECT_TRUE(caller.needs_second_factor);
    EXPECT_FALSE(caller.actor.is_administrator());
    for (const auto& [body, roles] : caller.actor.roles) EXPECT_TRUE(without.contains(roles.front())) << body;
  }
  for (const auto& caller : {caller_with(Role::administrator, true, true), caller_with(Role::administrator, false, false)}) {
    EXPECT_GT(roles_of(caller).size(), without.size());
    EXPECT_FALSE(caller.needs_second_factor);
    EXPECT_TRUE(caller.actor.is_administrator());
  }
}

TEST(WithheldRoles, leave_an_auditor_bound_to_change_nothing) {
  const auto withheld = caller_with(Role::auditor, false, true);
  EXPECT_FALSE(withheld.actor.is_auditor()) << "reads nothing more than others";
  EXPECT_TRUE(withheld.actor.changes_nothing);
  EXPECT_TRUE(caller_with(Role::auditor, true, true).actor.changes_nothing);
  EXPECT_FALSE(caller_with(std::nullopt, true, true).actor.changes_nothing);
}

}  // namespace
}  // namespace witan::live
