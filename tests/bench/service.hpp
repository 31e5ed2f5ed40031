#pragma once

#include <chrono>
#include <cstdio>
#include <future>
#include <memory>

#include <fmt/format.h>

#include "shared/base/ids.hpp"
#include "shared/service/engine.hpp"
#include "shared/storage/store.hpp"

/// A service's real rules on a file of their own, without bus and gateway, for measuring what the rules and the file take.
namespace witan::bench {

using Steady = std::chrono::steady_clock;

inline double seconds_since(Steady::time_point start) { return std::chrono::duration<double>(Steady::now() - start).count(); }

inline void print(std::string_view name, std::string_view unit, double value, std::string_view conditions, std::string_view required = {}) {
  fmt::print(R"({{"name":"{}","unit":"{}","value":{:.3f},"conditions":"{}"{}}})"
             "\n",
             name, unit, value, conditions, required.empty() ? std::string() : fmt::format(R"(,"required":"{}")", required));
  std::fflush(stdout);
}

/// What `main` returns: says why where it fails.
inline int reporting(int (*run)(int, char**), int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "%s\n", failure.what());
    return 1;
  }
}

/// Runs commands as a service does: many at once, each in the writer's next group.
class Service {
 public:
  Service(service::Definition definition, const std::string& path) : definition_(std::move(definition)), engine_(definition_, clock_), writer_(path, {}) {}

  /// Waits for the answer; throws when it is refused.
  json::object run(const Actor& actor, std::string_view name, const json::object& args) {
    std::promise<Result<json::object>> answer;
    submit(actor, name, args, [&](Result<json::object> reply) { answer.set_value(std::move(reply)); });
    auto reply = answer.get_future().get();
    if (!reply) throw std::runtime_error(std::string(name) + ": " + reply.error().detail);
    return std::move(*reply);
  }
  template <class C>
  json::object run(const Actor& actor, const C& command) {
    return run(actor, C::k_name, codec::encode(command).as_object());
  }

  void submit(const Actor& actor, std::string_view name, const json::object& args, std::function<void(Result<json::object>)> done) {
    auto request = std::make_shared<CommandRequest>(CommandRequest{random_id_text(), std::string(name), args, {}, actor, 60'000, ""});
    auto reply = std::make_shared<Result<json::object>>(reject(ErrorCode::internal));
    writer_.submit({[this, request, reply](storage::Store& store) {
                      const auto decide = definition_.commands.find(request->name)->second.prepare(request->args, request->actor, service::StoreRows(store));
                      if (!decide) throw std::runtime_error(decide.error().detail);
                      auto executed = engine_.execute(store, *request, *decide);
                      if (executed.reply) *reply = executed.reply->result;
                      else *reply = std::unexpected(executed.reply.error());
                    },
                    [reply, done](storage::Outcome outcome) { done(outcome == storage::Outcome::committed ? std::move(*reply) : Result<json::object>(reject(ErrorCode::internal))); }});
  }

  template <class N>
  void hear(const N& notice) {
    std::promise<storage::Outcome> finished;
    writer_.submit({[&](storage::Store& store) {
                      for (const auto& rules : definition_.notices) {
                        if (rules.type == N::k_type) engine_.apply_notice(store, *rules.prepare(codec::encode(notice).as_object()), "notice");
                      }
                    },
                    [&](storage::Outcome outcome) { finished.set_value(outcome); }});
    finished.get_future().get();
  }
  /// On the thread that has the file.
  template <class F>
  void in_store(F look) {
    std::promise<void> done;
    writer_.submit({[&](storage::Store& store) { look(store); }, [&](storage::Outcome) { done.set_value(); }});
    done.get_future().get();
  }
  /// Runs a job on the writer and returns when it is on disk: for the work outside.
  storage::Outcome apply(const std::function<std::vector<Change>(storage::Store&, service::Engine&)>& work) {
    std::promise<storage::Outcome> done;
    writer_.submit({[&](storage::Store& store) { work(store, engine_); }, [&](storage::Outcome outcome) { done.set_value(outcome); }});
    return done.get_future().get();
  }
  const service::Definition& definition() const { return definition_; }

 private:
  service::Definition definition_;
  SystemClock clock_;
  service::Engine engine_;
  storage::Writer writer_;
};

}  // namespace witan::bench
