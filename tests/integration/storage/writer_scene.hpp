#pragma once

#include <future>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "shared/storage/store.hpp"
#include "tests/support/temp_folder.hpp"

namespace witan::storage {

inline constexpr auto k_deadline = std::chrono::seconds(20);

/// Submits and gives the outcome to wait for.
inline std::future<Outcome> submitted(Writer& writer, std::function<void(Store&)> work) {
  auto promise = std::make_shared<std::promise<Outcome>>();
  auto outcome = promise->get_future();
  const bool taken = writer.submit({std::move(work), [promise](Outcome how) { promise->set_value(how); }});
  if (!taken) throw std::runtime_error("the writer took no job");
  return outcome;
}

inline Outcome waited(std::future<Outcome> outcome) {
  if (outcome.wait_for(k_deadline) != std::future_status::ready)
    throw std::runtime_error("no outcome in time");
  return outcome.get();
}

inline Outcome done(Writer& writer, std::function<void(Store&)> work) {
  return waited(submitted(writer, std::move(work)));
}

/// A job that appends one event to an aggregate of its own.
inline auto append_to(std::string aggregate, std::string data = "{}") {
  return [aggregate = std::move(aggregate), data = std::move(data)](Store& store) {
    ASSERT_TRUE(store.log().append(aggregate, 0, {{"happened", data}}, {}));
  };
}

/// Holds the writer inside a job, so that what is submitted meanwhile becomes one group.
class Gate {
 public:
  explicit Gate(Writer& writer) {
    outcome_ = submitted(writer, [this](Store&) {
      entered_.set_value();
      opened_.get_future().wait();
    });
    entered_.get_future().wait();
  }
  void open() {
    opened_.set_value();
    EXPECT_EQ(waited(std::move(outcome_)), Outcome::committed);
  }

 private:
  std::promise<void> entered_, opened_;
  std::future<Outcome> outcome_;
};

inline std::vector<std::string> aggregates(Store& store) {
  std::vector<std::string> names;
  for (const auto& event : store.log().read(0, 1'000'000)) names.push_back(event.aggregate);
  return names;
}

struct WriterScene : testing::Test {
  test::TempFolder folder;
  std::string path = folder.file("service.sqlite");
};

}  // namespace witan::storage
