#pragma once

#include <any>
#include <concepts>
#include <functional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "shared/contract/access.hpp"
#include "shared/contract/codec.hpp"
#include "shared/contract/topics.hpp"

/// What a service's rules are written with. Rules are pure: time, ids, the acting person and everything they may
/// look at arrive through these types, so the same rules run in the service, in a test and in a rebuild.
namespace witan::domain {

/// When and by whom an event happened.
struct EventInfo {
  std::int64_t seq = 0;             ///< The service's sequence number.
  Timestamp at;
  std::optional<PersonId> actor;    ///< Absent for the system itself.
};

/// Read-only sight of the rows that `present` wrote (topics and private indexes) and of erasable texts.
class Rows {
 public:
  virtual ~Rows() = default;
  /// The row as the JSON text that is stored.
  virtual std::optional<std::string> row_text(std::string_view topic, std::string_view audience, std::string_view key) const = 0;
  /// Rows whose key begins with `prefix`, in key order.
  virtual std::vector<std::pair<std::string, json::value>> rows(std::string_view topic, std::string_view audience,
                                                                std::string_view prefix) const = 0;
  /// The text, or nothing once it has been erased.
  virtual std::optional<std::string> text(const Erasable& erasable) const = 0;

  std::optional<json::value> row(std::string_view topic, std::string_view audience, std::string_view key) const {
    const auto found = row_text(topic, audience, key);
    return found ? std::optional(parse_own(*found)) : std::nullopt;
  }
  template <class T>
  std::optional<T> row_as(std::string_view topic, std::string_view audience, std::string_view key) const {
    auto found = row(topic, audience, key);
    if (!found) return std::nullopt;
    auto decoded = codec::decode<T>(*found);
    if (!decoded) return std::nullopt;
    return std::move(*decoded);
  }
};

/// What `decide` may know beyond its own state. Lives for one command.
class Context : public Rows {
 public:
  virtual const Actor& actor() const = 0;
  virtual Timestamp now() const = 0;
  virtual std::string new_id_text() = 0;
  /// Puts a text into a row of its own when the command commits, and returns what the event carries instead.
  virtual Erasable keep(std::string text) = 0;
  /// How much of the upload has been handed in; nothing when none has, or when it is a file already.
  virtual std::optional<std::int64_t> received(const std::string&) const { return std::nullopt; }
  /// Makes the upload a file when the command commits, and returns its address. Nothing when there is no such upload.
  virtual std::optional<std::string> keep_file(const std::string&) { return std::nullopt; }
  /// Keeps bytes that were made here as a file when the command commits, and returns its address. Nothing where the service keeps no files.
  virtual std::optional<std::string> keep_bytes(std::string_view) { return std::nullopt; }
  /// Removes what was handed in when the command commits, unless it has become a file.
  virtual void drop_upload(const std::string&) {}

  /// The id of the aggregate that the command is about; for a creation, the id it is to have.
  const std::string& aggregate_id() const { return aggregate_id_; }
  void set_aggregate_id(std::string id) { aggregate_id_ = std::move(id); }

  template <class I>
  I new_id() {
    return I::from_trusted(new_id_text());
  }
  /// The state of another aggregate of the same service, as of now; a fresh state when it does not exist.
  template <class A>
  const typename A::State& load(std::string_view id) {
    return *std::any_cast<typename A::State>(&load_any(A::k_kind, id));
  }

 protected:
  virtual const std::any& load_any(std::string_view kind, std::string_view id) = 0;

 private:
  std::string aggregate_id_;
};

/// What `present` writes with. Later writes to a key replace earlier ones; a row that does not change is not sent.
class Presenter : public Rows {
 public:
  /// A row as the JSON text that is stored. Most rows that an event presents are as they were, so they are compared as
  /// text and no value is built for them.
  virtual void put_text(std::string topic, std::string audience, std::string key, std::string text) = 0;
  virtual void drop(std::string topic, std::string audience, std::string key) = 0;

  void put_value(std::string topic, std::string audience, std::string key, const json::value& value) {
    put_text(std::move(topic), std::move(audience), std::move(key), json::serialize(value));
  }
  template <class T>
  void put(std::string topic, std::string audience, std::string key, const T& view) {
    std::string text;
    codec::append_text(view, text);
    put_text(std::move(topic), std::move(audience), std::move(key), std::move(text));
  }
  /// Who sees the topic, and as which audience; first match counts. A topic exists once it has access rules.
  void access(std::string topic, const std::vector<AccessRule>& rules) {
    put(std::move(topic), std::string(k_access_audience), std::string(k_access_key), rules);
  }
  /// A row of the service's own index: never leaves the service.
  void put_private(std::string index, std::string key, const json::value& value) {
    put_value(std::move(index), std::string(k_private_audience), std::move(key), value);
  }
};

/// An event of another aggregate of the same service, written together with a decision's own events or not at all.
struct FurtherEvent {
  std::string kind;  ///< Of the aggregate.
  std::string id;    ///< Of the aggregate.
  std::string type;
  json::object data;
};

/// One event as a sentence for whoever checks who did what. It says what was done, not what was written: words that
/// only the members of a body read are not repeated here.
struct AuditLine {
  std::string what;               ///< "Filled the seat Chair, Cumbria LEP"
  std::optional<BodyId> body;     ///< Whose business it is; the same for every event of one aggregate.
  std::string from;               ///< The state before; empty where there was none.
  std::string to;                 ///< The state after.
  std::optional<PersonId> by;     ///< Who did it where the event, and not the log, says so: signing in.
};

/// What a command leads to. No events means that nothing needed to change, which is a success.
template <class Event>
struct Decided {
  std::vector<Event> events;
  json::object result;
  std::string topic;  ///< Where the change shows best; empty means the aggregate's own topic.
  std::vector<FurtherEvent> further = {};  ///< Happens after `events`, in this order.
  std::vector<Erasable> erased = {};       ///< Texts that nothing needs any more: gone before any event is presented.
  std::optional<Rejection> refusal = {};   ///< The answer, where what happened is that somebody was refused.
};

/// `event` of the aggregate `id` of kind A, for `Decided::further`.
template <class A>
FurtherEvent further(std::string id, const typename A::Event& event) {
  return std::visit(
      [&](const auto& e) {
        return FurtherEvent{std::string(A::k_kind), std::move(id), std::string(std::remove_cvref_t<decltype(e)>::k_type),
                            codec::encode(e).as_object()};
      },
      event);
}

/// The rules of one kind of aggregate, as static functions:
///
///     struct MeetingAggregate {
///       static constexpr std::string_view k_kind = "meeting";
///       using State = Meeting;                       // default-constructed: does not exist yet
///       using Event = std::variant<…>;               // described structs, each with a static k_type
///       static State evolve(State, const Event&);    // total, never fails
///       static bool exists(const State&);
///       static std::string topic(std::string_view id);
///       static void present(const Event&, const EventInfo&, const State& after, Presenter&);   // deterministic
///       static std::optional<json::object> publish(const Event&, const Rows&);  // what other services may know
///       /// For the audit. Rows are those of now; an erased name is "Name removed".
///       static AuditLine describe(const Event&, const State& before, const State& after, const Rows&);
///     };
///
/// and, found by argument-dependent look-up beside `State`, for each command or notice C:
///
///     Result<Decided<Event>> decide(const State&, const C&, Context&);
template <class A>
concept Aggregate = requires(typename A::State state, const typename A::Event& event, const EventInfo& when,
                             Presenter& presenter, const Rows& rows) {
  { A::k_kind } -> std::convertible_to<std::string_view>;
  { A::evolve(std::move(state), event) } -> std::same_as<typename A::State>;
  { A::exists(state) } -> std::same_as<bool>;
  { A::topic(std::string_view()) } -> std::same_as<std::string>;
  A::present(event, when, state, presenter);
  { A::publish(event, rows) } -> std::same_as<std::optional<json::object>>;
  { A::describe(event, state, state, rows) } -> std::same_as<AuditLine>;
};

/// `std::visit` with one lambda a case.
template <class... F>
struct overloaded : F... {
  using F::operator()...;
};

}  // namespace witan::domain
