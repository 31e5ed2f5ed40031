#pragma once

#include "tests/support/world.hpp"

/// Rules tests as sentences:
///
///     Given<MeetingAggregate, BodyAggregate>(meeting.str())
///         .and_also<BodyAggregate>(body.str(), BodyNamed{…})
///         .happened(MeetingScheduled{…})
///         .by(holder(secretary, body.str(), Role::secretary))
///         .when(AddAgendaItem{…})
///         .then(AgendaItemAdded{…});                 // or .rejected(ErrorCode::not_now)
///
/// After `when`, the events have happened: `row_as`, `rows` and a further `when` see them. Every `when` also
/// checks that deciding twice gives the same, that events survive the way to JSON and back, and that a
/// rebuild from the events gives the same rows.
namespace witan::test {

namespace detail {

template <class Event>
Event read_event(std::string_view type, const json::value& data) {
  std::optional<Event> event;
  boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity,
                                                     boost::mp11::mp_rename<Event, boost::mp11::mp_list>>>(
      [&](auto candidate) {
        using E = typename decltype(candidate)::type;
        if (event || E::k_type != type) return;
        auto decoded = codec::decode<E>(data);
        EXPECT_TRUE(decoded) << type << " cannot be read back: " << json::serialize(data);
        event = decoded ? std::move(*decoded) : E{};
      });
  ASSERT(event);
  return std::move(*event);
}

template <class Event>
std::pair<std::string, json::value> write_event(const Event& event) {
  return std::visit(
      [](const auto& e) {
        return std::pair(std::string(std::remove_cvref_t<decltype(e)>::k_type), codec::encode(e));
      },
      event);
}

template <class Event>
std::string shown(const std::vector<Event>& events) {
  std::string text;
  for (const auto& event : events) {
    const auto [type, data] = write_event(event);
    text += type + " " + json::serialize(data) + "\n";
  }
  return text;
}

template <domain::Aggregate A>
Kind kind_of() {
  using State = typename A::State;
  using Event = typename A::Event;
  return {[] { return std::any(State{}); },
          [](std::any& state, std::string_view type, const json::value& data) {
            auto& typed = *std::any_cast<State>(&state);
            typed = A::evolve(std::move(typed), read_event<Event>(type, data));
          },
          [](std::string_view type, const json::value& data, const domain::EventInfo& when,
             const std::any& after, domain::Presenter& presenter) {
            A::present(read_event<Event>(type, data), when, *std::any_cast<State>(&after), presenter);
          }};
}

}  // namespace detail

/// The rules of `A`, tried on one aggregate. `Others` are aggregates that the rules load or whose rows they
/// read.
template <domain::Aggregate A, domain::Aggregate... Others>
class Given {
 public:
  using Event = typename A::Event;
  using Decision = Result<domain::Decided<Event>>;

  explicit Given(std::string id) : id_(std::move(id)) {
    world_.kinds[std::string(A::k_kind)] = detail::kind_of<A>();
    ((world_.kinds[std::string(Others::k_kind)] = detail::kind_of<Others>()), ...);
  }

  Given& at(std::string_view rfc3339) {
    world_.now = moment(rfc3339);
    return *this;
  }
  Given& by(Actor actor) {
    actor_ = std::move(actor);
    return *this;
  }
  template <class... E>
  Given& happened(const E&... events) {
    (append<A>(id_, Event(events)), ...);
    return *this;
  }
  template <domain::Aggregate B, class... E>
  Given& and_also(std::string_view id, const E&... events) {
    (append<B>(id, typename B::Event(events)), ...);
    return *this;
  }

  template <class C>
  Given& when(const C& command) {
    const auto& state = *std::any_cast<typename A::State>(&world_.state(A::k_kind, id_));
    WorldContext context(world_, actor_), again(world_, actor_);
    context.set_aggregate_id(id_);
    again.set_aggregate_id(id_);
    decision_ = decide(state, command, context);
    const Decision second = decide(state, command, again);
    EXPECT_EQ(described(*decision_), described(second)) << "decide is not deterministic";
    if (*decision_) {
      context.commit();
      for (const auto& text : (*decision_)->erased) world_.texts.erase(text.text_id);
      for (const auto& event : (*decision_)->events) append<A>(id_, event);
      for (const auto& event : (*decision_)->further)
        world_.append(event.kind, event.id, event.type, event.data, actor_.person);
      EXPECT_TRUE(world_.is_as_rebuilt(!(*decision_)->erased.empty())) << "a rebuild from the events gives other rows";
    }
    return *this;
  }

  template <class... E>
  Given& then(const E&... events) {
    if (!was_accepted()) return *this;
    EXPECT_EQ(detail::shown((*decision_)->events), detail::shown(std::vector<Event>{Event(events)...}));
    return *this;
  }
  Given& then_nothing() { return then(); }
  /// With a pointer: the fault is at that field.
  Given& rejected(ErrorCode code, std::string_view pointer = {}) {
    EXPECT_TRUE(decision_) << "rejected() without when()";
    if (!decision_) return *this;
    EXPECT_FALSE(*decision_) << "was accepted: " << described(*decision_);
    if (*decision_) return *this;
    const auto& rejection = decision_->error();
    EXPECT_EQ(info(rejection.code).name, info(code).name) << rejection.detail;
    if (pointer.empty()) return *this;
    EXPECT_TRUE(std::any_of(rejection.errors.begin(), rejection.errors.end(), [&](const auto& e) {
      return e.pointer == pointer;
    })) << described(*decision_);
    return *this;
  }

  /// Erases every text and derives the rows again: rules must cope with what people took back.
  Given& all_texts_erased() {
    world_.texts.clear();
    world_.rebuild();
    return *this;
  }

  World& world() { return world_; }
  const std::vector<Event>& events() const { return (*decision_)->events; }
  const json::object& result() const { return (*decision_)->result; }
  const std::string& topic() const { return (*decision_)->topic; }
  const typename A::State& state() {
    return *std::any_cast<typename A::State>(&world_.state(A::k_kind, id_));
  }
  Erasable keep(const std::string& text) { return world_.keep(text); }
  std::optional<json::object> published(const Event& event) { return A::publish(event, WorldReader(world_)); }
  template <class T>
  std::optional<T> row_as(std::string_view topic, std::string_view audience, std::string_view key) const {
    return world_.template row_as<T>(topic, audience, key);
  }
  bool has_row(std::string_view topic, std::string_view audience, std::string_view key) const {
    return world_.row(topic, audience, key).has_value();
  }

 private:
  template <domain::Aggregate B>
  void append(std::string_view id, const typename B::Event& event) {
    auto [type, data] = detail::write_event(event);
    world_.append(B::k_kind, id, type, std::move(data), actor_.person);
  }
  bool was_accepted() {
    EXPECT_TRUE(decision_) << "then() without when()";
    if (!decision_) return false;
    EXPECT_TRUE(*decision_) << described(*decision_);
    return decision_->has_value();
  }
  static std::string described(const Decision& decision) {
    if (decision)
      return detail::shown(decision->events) + json::serialize(decision->result) + " " + decision->topic;
    return json::serialize(to_problem(decision.error(), ""));
  }

  World world_;
  std::string id_;
  Actor actor_;
  std::optional<Decision> decision_;
};

}  // namespace witan::test
