#pragma once

#include <future>

#include <gtest/gtest.h>

#include "shared/service/engine.hpp"
#include "shared/service/parts.hpp"
#include "shared/service/service.hpp"
#include "tests/support/note_service.hpp"
#include "tests/support/temp_folder.hpp"

namespace witan::test {

class StillClock final : public Clock {
 public:
  Timestamp now() const override { return moment; }
  Timestamp moment = Timestamp(std::chrono::milliseconds(1'529'413'200'000));
};

/// An engine on a real file; each command in a transaction of its own that is undone when the engine says so.
class EngineTest : public testing::Test {
 protected:
  Result<CommandReply> run(const std::string& id, std::string_view name, json::object args,
                           std::optional<std::int64_t> if_version = std::nullopt, bool signed_in = true) {
    CommandRequest request{id, std::string(name), std::move(args), if_version, {}, 5000, "t"};
    if (signed_in) request.actor = actor;
    const service::StoreRows rows(*store);
    auto decide = definition.commands.find(name)->second.prepare(request.args, request.actor, rows);
    if (!decide) return std::unexpected(decide.error());
    Result<CommandReply> reply = reject(ErrorCode::internal);
    storage::Job job;
    std::promise<void> finished;
    job.work = [&](storage::Store& s) {
      try {
        executed = engine.execute(s, request, *decide);
      } catch (std::pair<service::Undone, service::Executed>& refused) {
        executed = std::move(refused.second);
        throw storage::Undo();
      }
    };
    job.done = [&](storage::Outcome) { finished.set_value(); };
    EXPECT_TRUE(writer.submit(std::move(job)));
    finished.get_future().get();
    return executed.reply;
  }
  std::string open_book() { return std::string(run("open", "meetings.open_book", {{"title", "Minutes"}})->result.at("book").as_string()); }

  Actor actor{PersonId::from_trusted("personpersonpersonpersonaa"), {}, {}};
  TempFolder folder;
  service::Definition definition = notes::definition();
  StillClock clock;
  service::Engine engine{definition, clock};
  storage::Writer writer{folder.file("notes.sqlite"), {}};
  std::unique_ptr<storage::Store> store = storage::Store::open(folder.file("notes.sqlite"), storage::Store::Mode::read);
  service::Executed executed{reject(ErrorCode::internal), {}, false};
};

}  // namespace witan::test
