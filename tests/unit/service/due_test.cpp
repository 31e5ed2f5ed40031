#include <future>

#include <gtest/gtest.h>

#include "shared/service/due.hpp"
#include "shared/service/parts.hpp"
#include "tests/support/alarm_service.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/temp_folder.hpp"

namespace witan::test {
namespace {

using namespace std::chrono_literals;

/// What runs between two starts of a service.
struct Lifetime {
  Lifetime(const std::string& path, const service::Definition& rules, const Clock& clock) : definition(rules), engine(rules, clock), writer(path, {}) {}

  template <class F>
  void on_writer(F work) {
    std::promise<storage::Outcome> finished;
    EXPECT_TRUE(writer.submit({work, [&](storage::Outcome outcome) { finished.set_value(outcome); }}));
    EXPECT_EQ(finished.get_future().get(), storage::Outcome::committed);
  }
  void set_alarm(Timestamp at) {
    on_writer([&](storage::Store& store) {
      const CommandRequest request{"set", "meetings.set_alarm", {}, {}, {}, 5000, "t"};
      const auto args = codec::encode(alarms::SetAlarm{at}).as_object();
      const auto decide = definition.commands.find(request.name)->second.prepare(args, {}, service::StoreRows(store));
      EXPECT_TRUE(engine.execute(store, request, decide.value()).reply);
    });
  }
  std::size_t carry_out(Timestamp now) {
    std::size_t changes = 0;
    on_writer([&](storage::Store& store) { changes = service::carry_out_due(definition, store, engine, now).size(); });
    return changes;
  }

  const service::Definition& definition;
  service::Engine engine;
  storage::Writer writer;
};

class Due : public testing::Test {
 protected:
  std::vector<storage::StoredEvent> events() { return storage::Store::open(path, storage::Store::Mode::read)->log().read(0, 100); }
  std::optional<Timestamp> next() {
    const auto store = storage::Store::open(path, storage::Store::Mode::read);
    return service::next_due(definition, service::StoreRows(*store));
  }

  TempFolder folder;
  std::string path = folder.file("meetings.sqlite");
  service::Definition definition = alarms::definition();
  FakeClock clock;
};

TEST_F(Due, happens_once_when_its_time_has_come_and_not_before) {
  Lifetime run(path, definition, clock);
  const auto at = clock.now() + 10s;
  run.set_alarm(at + 1h);
  run.set_alarm(at);
  EXPECT_EQ(next(), at);
  clock.set(at - 1ms);
  EXPECT_EQ(run.carry_out(clock.now()), 0U);
  clock.set(at);
  EXPECT_EQ(run.carry_out(clock.now()), 1U);
  EXPECT_EQ(run.carry_out(clock.now()), 0U);
  EXPECT_EQ(next(), at + 1h);
  ASSERT_EQ(events().size(), 3U);
  const auto rang = events().back();
  EXPECT_EQ(rang.type, "alarm_rang");
  EXPECT_EQ(rang.actor, "");
  EXPECT_EQ(rang.command_id, "due-" + rang.aggregate.substr(6) + "-" + std::to_string(at.time_since_epoch().count()));
}

TEST_F(Due, is_made_up_for_after_a_restart) {
  const auto at = clock.now() + 10s;
  Lifetime(path, definition, clock).set_alarm(at);
  clock.set(at + 48h);
  EXPECT_EQ(Lifetime(path, definition, clock).carry_out(clock.now()), 1U);
  EXPECT_EQ(next(), std::nullopt);
}

}  // namespace
}  // namespace witan::test
