#pragma once

#include <any>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <typeinfo>
#include <vector>

#include "shared/base/assert.hpp"
#include "shared/contract/domain.hpp"
#include "shared/contract/envelope.hpp"
#include "shared/crypto/crypto.hpp"
#include "shared/storage/store.hpp"

/// What a service is, as data: its aggregates, its commands with who may use them, and whose events it consumes.
namespace witan::service {

/// One event as text, ready for the log.
struct EncodedEvent {
  std::string type;
  json::object data;
};

/// What deciding came to, without types.
struct Verdict {
  std::string kind;       ///< Of the aggregate.
  std::string id;         ///< Of the aggregate.
  std::vector<EncodedEvent> events;
  json::object result;
  std::string topic;
  std::vector<domain::FurtherEvent> further = {};
  std::vector<Erasable> erased = {};
  std::optional<Rejection> refusal = {};
};

/// The rules of one kind of aggregate with the types taken off.
struct AggregateRules {
  std::string kind;
  std::function<std::any()> fresh;
  std::function<bool(const std::any&)> exists;
  std::function<std::string(std::string_view id)> topic;
  /// Throws std::runtime_error for an event type that the service does not know.
  std::function<void(std::any& state, std::string_view type, const json::value& data)> evolve;
  std::function<void(std::string_view type, const json::value& data, const domain::EventInfo&, const std::any& after,
                     domain::Presenter&)>
      present;
  std::function<std::optional<json::object>(std::string_view type, const json::value& data, const domain::Rows&)> publish;
  std::function<domain::AuditLine(std::string_view type, const json::value& data, const std::any& before, const std::any& after,
                                  const domain::Rows&)>
      describe;
  std::vector<std::string> event_types;
};

/// Loads the state of an aggregate of this service.
using Load = std::function<const std::any&(std::string_view kind, std::string_view id)>;

/// A command, prepared: runs on the writer's thread against the present state.
using Decide = std::function<Result<Verdict>(domain::Context&, const Load&)>;

struct CommandRules {
  std::string name;
  /// Decodes the arguments and does what may take long (hashing a password); runs on a worker when `is_slow`.
  std::function<Result<Decide>(const json::object& args, const Actor& actor, const domain::Rows& rows)> prepare;
  bool is_slow = false;
  bool waits_for_others = false;  ///< Of the slow ones: asks another machine, on threads of its own.
};

struct NoticeRules {
  std::string producer;  ///< The service whose event this is.
  std::string type;
  std::function<Result<Decide>(const json::object& data)> prepare;
};

/// What is to happen by itself to one aggregate, once its time has come.
struct Due {
  Timestamp at;
  std::string id;  ///< Of the aggregate.
};

/// What came of work outside: nothing wrong, or why it can never succeed.
using WorkOutcome = std::optional<std::string>;

/// Work outside of the log that events ask for, such as sending a mail: done at least once, in its own time, and noted
/// as an event when it is done.
struct OutsideWork {
  /// Ids of the aggregates that wait for it, read from the rows that `present` wrote.
  std::function<std::vector<std::string>(const domain::Rows&)> waiting;
  /// Does it, on a thread where it may take long. Throws when another try may succeed. Doing it twice must be harmless.
  std::function<std::any(const std::string& id, const domain::Rows&)> carry_out;
  /// Notes what came of it.
  std::function<Decide(const std::string& id, const std::any& outcome)> prepare;
  /// The service stops: whatever is being done fails soon, and is done after the next start. From any thread; may be empty.
  std::function<void()> abandon;
};

struct DueRules {
  /// Everything still to come, read from the rows that `present` wrote: they are there after a restart as well, so
  /// nothing is forgotten and nothing needs to be remembered.
  std::function<std::vector<Due>(const domain::Rows&)> still_to_come;
  std::function<Decide(const Due&)> prepare;
};

/// When something was last in use, as far as is known.
using LastUse = std::function<std::optional<Timestamp>(std::string_view id)>;

/// What comes to its end unless it is used, which gateways tell (UseRequest).
struct UseRules {
  struct Ending {
    Timestamp at;
    std::string id;              ///< Of the aggregate.
    bool can_go_on = true;       ///< False: whatever is done, it ends then.
  };
  /// What ends at `by` or before, as things stand.
  std::function<std::vector<Ending>(const domain::Rows&, const LastUse&, Timestamp by)> ending;
  std::function<Decide(const std::string& id)> prepare;
};

/// Files that people hand in and read, which the service keeps in its own database (storage::FileTable).
struct FileRules {
  std::shared_ptr<const crypto::Secret> key;
  /// How long the upload may become at most, if the actor may go on with it.
  std::function<Result<std::int64_t>(const std::string& upload, const Actor&, const domain::Rows&)> may_put;
  /// The address of the `number`-th file of `of`, if the actor may have it now.
  std::function<Result<std::string>(const std::string& of, std::int64_t number, const Actor&, const domain::Rows&, Timestamp now)> may_get;
};

struct Definition {
  std::string name;
  std::map<std::string, AggregateRules, std::less<>> aggregates;
  std::map<std::string, CommandRules, std::less<>> commands;
  std::vector<NoticeRules> notices;
  std::vector<DueRules> due;
  std::vector<OutsideWork> outside;
  std::vector<UseRules> use;
  std::optional<FileRules> files;
  /// Topics that everyone may read and that are there from the start, empty or not: `meetings`, `groups`.
  std::vector<std::string> public_lists;
  /// Counted up when `present` writes other rows than before: a service that starts on rows of another shape writes
  /// them again from the events.
  std::int64_t views_shape = 1;
  /// Counted up when the service listens for more than before: it then takes the events of others from their start again.
  std::int64_t hearing = 1;
  /// Events with which everything goes that says who somebody was: the file is written anew, which leaves no copy of it in a
  /// page, and before one is published the bus is emptied, where earlier ones told others.
  std::set<std::string, std::less<>> erasing;
  /// Commands in the contract; the start fails when one has no rule here.
  std::vector<std::string> promised_commands;
};

// Who may use a command. Each is a function of (actor, state before, command), or of (actor, state before, command, rows)
// where the state does not say enough: Result<void>.

inline Result<void> allowed_if(const Actor& actor, bool allowed) {
  if (allowed) return {};
  if (!actor.signed_in() && !actor.is_administrator()) return reject(ErrorCode::not_signed_in);
  return reject(ErrorCode::forbidden);
}

inline auto anyone() {
  return [](const Actor&, const auto&, const auto&) -> Result<void> { return {}; };
}
inline auto signed_in() {
  return [](const Actor& actor, const auto&, const auto&) { return allowed_if(actor, actor.signed_in()); };
}
inline auto administrators() {
  return [](const Actor& actor, const auto&, const auto&) { return allowed_if(actor, actor.is_administrator()); };
}
/// Holders of one of `roles` in the body that `body_of(state, command)` names, and administrators.
template <class BodyOf>
auto in_body(BodyOf body_of, std::vector<Role> roles) {
  return [body_of, roles = std::move(roles)](const Actor& actor, const auto& state, const auto& command) {
    return allowed_if(actor, actor.is_administrator() || actor.holds(body_of(state, command), roles));
  };
}

/// Puts a Definition together. The table that a service's `app/` writes with it is the one place that says who may
/// do what.
class Builder {
 public:
  explicit Builder(std::string name) { definition_.name = std::move(name); }

  template <domain::Aggregate A>
  Builder& aggregate();

  /// A command on an aggregate that must exist. `id_of(command)` names it; `may` is one of the functions above.
  template <class C, domain::Aggregate A, class IdOf, class May>
  Builder& command(IdOf id_of, May may) {
    return add<C, C, A>([id_of](const C& c, domain::Context&) { return std::string(id_of(c)); }, may, plain<C>(), true, false);
  }
  /// A command that creates an aggregate under a fresh id, which `decide` finds in `context.aggregate_id()`.
  template <class C, domain::Aggregate A, class May>
  Builder& creation(May may) {
    return add<C, C, A>([](const C&, domain::Context& context) { return context.new_id_text(); }, may, plain<C>(), false, false);
  }
  /// As `creation`, where deciding needs what the operator has set: `with(const C&) -> P`, at once.
  template <class C, class P, domain::Aggregate A, class May, class With>
  Builder& creation_with(May may, With with) {
    return add<C, P, A>([](const P&, domain::Context& context) { return context.new_id_text(); }, may,
                        [with](const C& command, const Actor&, const domain::Rows&) -> Result<P> { return with(command); }, false, false);
  }
  /// As `command`, on an aggregate that may or may not exist.
  template <class C, domain::Aggregate A, class IdOf, class May>
  Builder& upsert(IdOf id_of, May may) {
    return add<C, C, A>([id_of](const C& c, domain::Context&) { return std::string(id_of(c)); }, may, plain<C>(), false, false);
  }
  /// A command whose wire form C becomes another form P by slow work on a worker thread:
  /// `prepare(const C&, const Actor&, const Rows&) -> Result<P>`. `id_of(P, Context&)` names the aggregate.
  template <class C, class P, domain::Aggregate A, class IdOf, class May, class Prepare>
  Builder& prepared(IdOf id_of, May may, Prepare prepare) {
    return add<C, P, A>(id_of, may, prepare, false, true);
  }
  /// Another service's event, handled as a command of the system on one of this service's aggregates.
  template <class N, domain::Aggregate A, class IdOf>
  Builder& notice(std::string producer, IdOf id_of);

  /// What comes by itself. Once the time of something still to come is there, within a second, `decide(state, T{},
  /// context)` is asked as a command of the system; it looks at the state, since it may be asked twice.
  template <class T, domain::Aggregate A>
  Builder& due(std::function<std::vector<Due>(const domain::Rows&)> still_to_come);

  /// Work outside of the log. When it is done, `decide(state, T{outcome}, context)` is asked as a command of the system; the outcome is
  /// what `carry_out` returns.
  template <class T, domain::Aggregate A, class CarryOut>
  Builder& outside(std::function<std::vector<std::string>(const domain::Rows&)> waiting, CarryOut carry_out, std::function<void()> abandon = {});

  /// What ends unless it is used. When it has not been, `decide(state, T{}, context)` is asked as a command of the system.
  template <class T, domain::Aggregate A>
  Builder& ends_unused(decltype(UseRules::ending) ending);

  Builder& files(FileRules rules) {
    definition_.files = std::move(rules);
    return *this;
  }

  Builder& public_list(std::string topic) {
    definition_.public_lists.push_back(std::move(topic));
    return *this;
  }

  Builder& views_shape(std::int64_t shape) {
    definition_.views_shape = shape;
    return *this;
  }

  template <class Event>
  Builder& erasing() {
    definition_.erasing.insert(std::string(Event::k_type));
    return *this;
  }

  Builder& hearing(std::int64_t hearing) {
    definition_.hearing = hearing;
    return *this;
  }

  template <class CommandList>
  Builder& promises() {
    boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, CommandList>>([&](auto type) {
      definition_.promised_commands.emplace_back(decltype(type)::type::k_name);
    });
    return *this;
  }

  /// Commands on one's own account: the only ones that an auditor may use.
  template <class... C>
  Builder& auditors_may() {
    (for_auditors_.insert(std::string(C::k_name)), ...);
    return *this;
  }

  /// Prepared commands that ask another machine. When it hangs, hashing passwords must not wait for it.
  template <class... C>
  Builder& wait_for_others() {
    ((definition_.commands.at(std::string(C::k_name)).waits_for_others = true), ...);
    return *this;
  }

  Definition build() {
    for (auto& [name, rules] : definition_.commands) {
      if (!for_auditors_.contains(name)) rules.prepare = refusing_auditors(std::move(rules.prepare));
    }
    return std::move(definition_);
  }

 private:
  template <class C>
  static auto plain() {
    return [](const C& command, const Actor&, const domain::Rows&) -> Result<C> { return command; };
  }
  template <class C, class P, domain::Aggregate A, class IdOf, class May, class Prepare>
  Builder& add(IdOf id_of, May may, Prepare prepare, bool must_exist, bool is_slow);

  using Prepare = decltype(CommandRules::prepare);
  /// Whatever else an auditor may hold, a seat included.
  static Prepare refusing_auditors(Prepare prepare) {
    return [prepare = std::move(prepare)](const json::object& args, const Actor& actor, const domain::Rows& rows) -> Result<Decide> {
      if (actor.changes_nothing || actor.is_auditor()) return reject(ErrorCode::forbidden, "An auditor reads everything and changes nothing.");
      return prepare(args, actor, rows);
    };
  }

  Definition definition_;
  std::set<std::string, std::less<>> for_auditors_;
};

// Implementation of the templates.

namespace detail {

template <class Event>
Event event_from(std::string_view type, const json::value& data) {
  Event event;
  bool known = false;
  boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, boost::mp11::mp_rename<Event, boost::mp11::mp_list>>>(
      [&](auto candidate) {
        using E = typename decltype(candidate)::type;
        if (known || E::k_type != type) return;
        known = true;
        auto decoded = codec::decode<E>(data);
        if (!decoded) throw std::runtime_error("event " + std::string(type) + " cannot be read: " + decoded.error().detail);
        event = std::move(*decoded);
      });
  if (!known) throw std::runtime_error("unknown event type " + std::string(type));
  return event;
}

template <class Event>
EncodedEvent encode_event(const Event& event) {
  return std::visit(
      [](const auto& e) {
        return EncodedEvent{std::string(std::remove_cvref_t<decltype(e)>::k_type), codec::encode(e).as_object()};
      },
      event);
}

template <domain::Aggregate A>
Result<Verdict> to_verdict(Result<domain::Decided<typename A::Event>> decided, std::string id) {
  if (!decided) return std::unexpected(std::move(decided.error()));
  Verdict verdict{std::string(A::k_kind), id, {}, std::move(decided->result), std::move(decided->topic),
                  std::move(decided->further), std::move(decided->erased), std::move(decided->refusal)};
  if (verdict.topic.empty()) verdict.topic = A::topic(id);
  for (const auto& event : decided->events) verdict.events.push_back(encode_event(event));
  return verdict;
}

}  // namespace detail

template <domain::Aggregate A>
Builder& Builder::aggregate() {
  using State = typename A::State;
  using Event = typename A::Event;
  AggregateRules rules;
  rules.kind = A::k_kind;
  rules.fresh = [] { return std::any(State{}); };
  rules.exists = [](const std::any& state) { return A::exists(*std::any_cast<State>(&state)); };
  rules.topic = [](std::string_view id) { return A::topic(id); };
  rules.evolve = [](std::any& state, std::string_view type, const json::value& data) {
    auto& typed = *std::any_cast<State>(&state);
    typed = A::evolve(std::move(typed), detail::event_from<Event>(type, data));
  };
  rules.present = [](std::string_view type, const json::value& data, const domain::EventInfo& when,
                     const std::any& after, domain::Presenter& presenter) {
    A::present(detail::event_from<Event>(type, data), when, *std::any_cast<State>(&after), presenter);
  };
  rules.publish = [](std::string_view type, const json::value& data, const domain::Rows& rows) {
    return A::publish(detail::event_from<Event>(type, data), rows);
  };
  rules.describe = [](std::string_view type, const json::value& data, const std::any& before, const std::any& after,
                      const domain::Rows& rows) {
    return A::describe(detail::event_from<Event>(type, data), *std::any_cast<State>(&before), *std::any_cast<State>(&after), rows);
  };
  boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, boost::mp11::mp_rename<Event, boost::mp11::mp_list>>>(
      [&](auto type) { rules.event_types.emplace_back(decltype(type)::type::k_type); });
  ASSERT(definition_.aggregates.emplace(rules.kind, std::move(rules)).second);
  return *this;
}

namespace detail {

template <class May, class State, class Command>
Result<void> ask(const May& may, const Actor& actor, const State& state, const Command& command, const domain::Rows& rows) {
  if constexpr (std::is_invocable_v<const May&, const Actor&, const State&, const Command&, const domain::Rows&>) {
    return may(actor, state, command, rows);
  } else {
    return may(actor, state, command);
  }
}

}  // namespace detail

template <class C, class P, domain::Aggregate A, class IdOf, class May, class Prepare>
Builder& Builder::add(IdOf id_of, May may, Prepare prepare, bool must_exist, bool is_slow) {
  CommandRules rules;
  rules.name = C::k_name;
  rules.is_slow = is_slow;
  rules.prepare = [=](const json::object& args, const Actor& actor, const domain::Rows& rows) -> Result<Decide> {
    auto decoded = codec::decode_from_outside<C>(args);
    if (!decoded) return std::unexpected(std::move(decoded.error()));
    Result<P> ready = prepare(*decoded, actor, rows);
    if (!ready) return std::unexpected(std::move(ready.error()));
    return Decide([=, command = std::move(*ready)](domain::Context& context, const Load& load) -> Result<Verdict> {
      const std::string id = id_of(command, context);
      context.set_aggregate_id(id);
      const auto& state = *std::any_cast<typename A::State>(&load(A::k_kind, id));
      if (must_exist && !A::exists(state)) return reject(ErrorCode::not_found);
      if (Result<void> allowed = detail::ask(may, context.actor(), state, command, context); !allowed) {
        // Where even the topic is hidden from the actor, so is the fact that it exists.
        const auto topic = A::topic(id);
        const auto access = context.template row_as<std::vector<AccessRule>>(topic, k_access_audience, k_access_key);
        if (must_exist && allowed.error().code == ErrorCode::forbidden && access && !audience_for(*access, context.actor())) {
          return reject(ErrorCode::not_found);
        }
        return std::unexpected(std::move(allowed.error()));
      }
      return detail::to_verdict<A>(decide(state, command, context), id);
    });
  };
  ASSERT(definition_.commands.emplace(rules.name, std::move(rules)).second);
  return *this;
}

template <class N, domain::Aggregate A, class IdOf>
Builder& Builder::notice(std::string producer, IdOf id_of) {
  NoticeRules rules;
  rules.producer = std::move(producer);
  rules.type = N::k_type;
  rules.prepare = [id_of](const json::object& data) -> Result<Decide> {
    auto decoded = codec::decode<N>(data);
    if (!decoded) return std::unexpected(std::move(decoded.error()));
    return Decide([id_of, notice = std::move(*decoded)](domain::Context& context, const Load& load) -> Result<Verdict> {
      const std::string id = id_of(notice);
      context.set_aggregate_id(id);
      const auto& state = *std::any_cast<typename A::State>(&load(A::k_kind, id));
      return detail::to_verdict<A>(decide(state, notice, context), id);
    });
  };
  definition_.notices.push_back(std::move(rules));
  return *this;
}

namespace detail {

/// A command of the system on one aggregate.
template <domain::Aggregate A, class T>
Decide decide_by_itself(std::string id, T command) {
  return [id = std::move(id), command = std::move(command)](domain::Context& context, const Load& load) -> Result<Verdict> {
    context.set_aggregate_id(id);
    const auto& state = *std::any_cast<typename A::State>(&load(A::k_kind, id));
    return to_verdict<A>(decide(state, command, context), id);
  };
}

}  // namespace detail

template <class T, domain::Aggregate A>
Builder& Builder::due(std::function<std::vector<Due>(const domain::Rows&)> still_to_come) {
  definition_.due.push_back(
      {std::move(still_to_come), [](const Due& due) { return detail::decide_by_itself<A>(due.id, T{}); }});
  return *this;
}

template <class T, domain::Aggregate A>
Builder& Builder::ends_unused(decltype(UseRules::ending) ending) {
  definition_.use.push_back({std::move(ending), [](const std::string& id) { return detail::decide_by_itself<A>(id, T{}); }});
  return *this;
}

template <class T, domain::Aggregate A, class CarryOut>
Builder& Builder::outside(std::function<std::vector<std::string>(const domain::Rows&)> waiting, CarryOut carry_out, std::function<void()> abandon) {
  definition_.outside.push_back({std::move(waiting),
                                 [carry_out = std::move(carry_out)](const std::string& id, const domain::Rows& rows) { return std::any(T{carry_out(id, rows)}); },
                                 [](const std::string& id, const std::any& outcome) { return detail::decide_by_itself<A>(id, std::any_cast<const T&>(outcome)); },
                                 std::move(abandon)});
  return *this;
}

}  // namespace witan::service
