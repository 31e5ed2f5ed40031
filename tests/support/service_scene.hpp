#pragma once

#include "shared/service/definition.hpp"
#include "tests/support/world.hpp"

/// A service's whole definition, rights table included, in memory: commands and notices go in as on the wire,
/// rows come out. For tests of who may do what and of rules that span aggregates.
namespace witan::test {

class ServiceScene {
 public:
  explicit ServiceScene(service::Definition definition) : definition_(std::move(definition)) {
    for (const auto& [name, rules] : definition_.aggregates)
      world_.kinds[name] = {rules.fresh, rules.evolve, rules.present};
  }

  /// Carries out a command as `actor`; the answer's result, or the rejection.
  template <class C>
  Result<json::object> send(const Actor& actor, const C& command) {
    return send(actor, C::k_name, codec::encode(command).as_object());
  }
  Result<json::object> send(const Actor& actor, std::string_view name, const json::object& args) {
    const auto rules = definition_.commands.find(name);
    if (rules == definition_.commands.end()) return reject(ErrorCode::unknown_command);
    const WorldReader reader(world_);
    const auto decide = rules->second.prepare(args, actor, reader);
    if (!decide) return std::unexpected(decide.error());
    return run(*decide, actor);
  }
  /// A command that has been prepared.
  Result<json::object> carry_out(const service::Decide& decide, const Actor& actor) { return run(decide, actor); }
  /// As `send`, for steps that must succeed; the id in the result's member `name`.
  template <class C>
  std::string made(std::string_view member, const Actor& actor, const C& command) {
    const auto result = send(actor, command);
    EXPECT_TRUE(result) << C::k_name << ": "
                        << (result ? "" : json::serialize(to_problem(result.error(), "")));
    return result ? std::string(string_at(*result, member)) : std::string();
  }
  /// Another service's event arrives.
  template <class N>
  Result<json::object> hear(std::string_view producer, const N& notice) {
    for (const auto& rules : definition_.notices) {
      if (rules.producer != producer || rules.type != N::k_type) continue;
      const auto decide = rules.prepare(codec::encode(notice).as_object());
      if (!decide) return std::unexpected(decide.error());
      if (auto done = run(*decide, {}); !done) return done;
    }
    return json::object{};
  }
  /// Time goes on, and what is due by then happens.
  void wait_until(Timestamp now) {
    world_.now = now;
    for (const auto& rules : definition_.due) {
      for (const auto& due : rules.still_to_come(WorldReader(world_))) {
        if (due.at <= now) EXPECT_TRUE(run(rules.prepare(due), {}));
      }
    }
  }
  /// Somebody uses what has this id now.
  void use(const std::string& id) { uses_[id] = world_.now; }
  /// A gateway tells what was in use: what was not for too long ends. The ids of what ends by `by` unless it is used.
  std::vector<std::string> tell_use(Timestamp by) {
    std::vector<std::string> ending;
    const service::LastUse last_use = [this](std::string_view id) {
      const auto found = uses_.find(std::string(id));
      return found == uses_.end() ? std::nullopt : std::optional(found->second);
    };
    for (const auto& rules : definition_.use) {
      for (const auto& each : rules.ending(WorldReader(world_), last_use, by)) {
        if (each.at <= world_.now) EXPECT_TRUE(run(rules.prepare(each.id), {}));
        else if (each.can_go_on) ending.push_back(each.id);
      }
    }
    return ending;
  }
  /// The work outside that waits is done now, once. Throws what the work throws.
  void do_outside_work() {
    for (const auto& work : definition_.outside) {
      for (const auto& id : work.waiting(WorldReader(world_))) {
        EXPECT_TRUE(run(work.prepare(id, work.carry_out(id, WorldReader(world_))), {}));
      }
    }
  }
  /// What other services hear of everything that happened, as (type, data), in order.
  std::vector<std::pair<std::string, json::object>> published() const {
    std::vector<std::pair<std::string, json::object>> heard;
    World& world = const_cast<World&>(world_);
    for (const auto& event : world_.log) {
      auto data =
          definition_.aggregates.find(event.kind)->second.publish(event.type, event.data, WorldReader(world));
      if (data) heard.emplace_back(event.type, std::move(*data));
    }
    return heard;
  }

  World& world() { return world_; }
  const service::Definition& definition() const { return definition_; }

 private:
  Result<json::object> run(const service::Decide& decide, const Actor& actor) {
    const service::Load load = [this](std::string_view kind, std::string_view id) -> const std::any& {
      return world_.state(kind, id);
    };
    WorldContext context(world_, actor), again(world_, actor);
    auto verdict = decide(context, load);
    const auto second = decide(again, load);
    EXPECT_EQ(described(verdict), described(second)) << "decide is not deterministic";
    if (!verdict) return std::unexpected(std::move(verdict.error()));
    context.commit();
    for (const auto& text : verdict->erased) world_.texts.erase(text.text_id);
    for (auto& event : verdict->events)
      world_.append(verdict->kind, verdict->id, event.type, event.data, actor.person);
    for (auto& event : verdict->further) world_.append(event.kind, event.id, event.type, event.data, actor.person);
    EXPECT_TRUE(world_.is_as_rebuilt(!verdict->erased.empty())) << "a rebuild from the events gives other rows";
    if (verdict->refusal) return std::unexpected(std::move(*verdict->refusal));
    return std::move(verdict->result);
  }
  static std::string described(const Result<service::Verdict>& verdict) {
    if (!verdict) return json::serialize(to_problem(verdict.error(), ""));
    std::string text = verdict->kind + "/" + verdict->id + " " + json::serialize(verdict->result) + "\n";
    for (const auto& event : verdict->events) text += event.type + " " + json::serialize(event.data) + "\n";
    for (const auto& event : verdict->further)
      text += event.kind + "/" + event.id + " " + event.type + " " + json::serialize(event.data) + "\n";
    return text;
  }

  service::Definition definition_;
  World world_;
  std::map<std::string, Timestamp> uses_;
};

/// Everything that a service keeps, as text: for looking for what must be kept nowhere.
inline std::string all_kept(const World& world) {
  std::string all = world.all_events();
  for (const auto& [place, value] : world.rows) all += std::get<0>(place) + " " + std::get<2>(place) + " " + json::serialize(value) + "\n";
  for (const auto& [id, text] : world.texts) all += text + "\n";
  return all;
}

/// The code of a rejection, or nothing after a success: `EXPECT_EQ(code_of(scene.send(…)), "forbidden")`.
template <class T>
std::string code_of(const Result<T>& result) {
  return result ? std::string() : std::string(info(result.error().code).name);
}

}  // namespace witan::test
