#include <gtest/gtest.h>

#include "shared/service/parts.hpp"
#include "shared/service/use.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/temp_folder.hpp"

namespace witan::test {
namespace {

using namespace std::chrono_literals;

/// A store and one kind of thing that ends five minutes after its last use, counted from the start of time.
struct Scene {
  TempFolder folder;
  FakeClock clock;
  std::unique_ptr<storage::Store> store = storage::Store::open(folder.file("uses.sqlite"), storage::Store::Mode::write);
  service::Definition definition;
  std::vector<std::string> ended;
  service::Engine engine{definition, clock};

  Scene() {
    definition.use.push_back({[](const domain::Rows&, const service::LastUse& last_use, Timestamp by) {
                                std::vector<service::UseRules::Ending> ending;
                                const auto at = last_use("desk").value_or(Timestamp()) + 5min;
                                if (at <= by) ending.push_back({at, "desk"});
                                return ending;
                              },
                              [this](const std::string& id) -> service::Decide {
                                return [this, id](domain::Context&, const service::Load&) -> Result<service::Verdict> {
                                  ended.push_back(id);
                                  return reject(ErrorCode::not_now);
                                };
                              }});
  }
  UseReply tell(std::vector<Use> used) {
    return service::take_use(definition, {std::move(used), {}}, *store, engine, clock.now()).first;
  }
};

TEST(Uses, are_noted_before_anything_ends_and_an_earlier_one_changes_nothing) {
  Scene scene;
  const auto now = scene.clock.now();
  EXPECT_TRUE(scene.tell({{"desk", now - 1min}}).ending.empty());
  EXPECT_TRUE(scene.tell({{"desk", now - 2min}}).ending.empty());
  EXPECT_EQ(scene.store->last_use("desk"), now - 1min);
  EXPECT_TRUE(scene.ended.empty());
}

TEST(Uses, of_a_gateway_whose_clock_is_ahead_count_as_now) {
  Scene scene;
  scene.tell({{"desk", scene.clock.now() + 1h}});
  EXPECT_EQ(scene.store->last_use("desk"), scene.clock.now());
}

TEST(Uses, what_ends_soon_is_told_and_what_is_over_ends) {
  Scene scene;
  const auto reply = scene.tell({{"desk", scene.clock.now() - 3min}});
  ASSERT_EQ(reply.ending.size(), 1U);
  EXPECT_EQ(reply.ending[0].at, scene.clock.now() + 2min);
  EXPECT_TRUE(scene.ended.empty());
  scene.clock.advance(2min);
  EXPECT_TRUE(scene.tell({}).ending.empty());
  EXPECT_EQ(scene.ended, std::vector<std::string>{"desk"});
}

TEST(Uses, are_forgotten_with_the_old_answers_and_are_no_part_of_the_rows) {
  Scene scene;
  const auto before = scene.store->views().digest();
  scene.tell({{"desk", scene.clock.now()}});
  EXPECT_EQ(scene.store->views().digest(), before);
  EXPECT_EQ(scene.store->log().head(), 0);
  scene.store->forget_before(scene.clock.now() + 1ms);
  EXPECT_EQ(scene.store->last_use("desk"), std::nullopt);
}

}  // namespace
}  // namespace witan::test
