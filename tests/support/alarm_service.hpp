#pragma once

#include <variant>

#include "shared/service/definition.hpp"

/// A service in which something happens by itself: alarms that ring at their time. Its topics stand under `meetings`.
namespace witan::test::alarms {

struct SetAlarm {
  static constexpr std::string_view k_name = "meetings.set_alarm";
  Timestamp at;
};
BOOST_DESCRIBE_STRUCT(SetAlarm, (), (at))

struct AlarmSet {
  static constexpr std::string_view k_type = "alarm_set";
  std::string alarm;
  Timestamp at;
};
BOOST_DESCRIBE_STRUCT(AlarmSet, (), (alarm, at))

struct AlarmRang {
  static constexpr std::string_view k_type = "alarm_rang";
  std::string alarm;
};
BOOST_DESCRIBE_STRUCT(AlarmRang, (), (alarm))

struct Alarm {
  std::string alarm;
  std::optional<Timestamp> at;  ///< Nothing once it has rung.
};

struct AlarmRow {
  std::string alarm;
  Timestamp at;
  bool has_rung = false;
};
BOOST_DESCRIBE_STRUCT(AlarmRow, (), (alarm, at, has_rung))

using Event = std::variant<AlarmSet, AlarmRang>;
using Decided = domain::Decided<Event>;

struct AlarmAggregate {
  static constexpr std::string_view k_kind = "alarm";
  using State = Alarm;
  using Event = alarms::Event;
  static State evolve(State, const Event& event) {
    if (const auto* set = std::get_if<AlarmSet>(&event)) return {set->alarm, set->at};
    return {std::get<AlarmRang>(event).alarm, std::nullopt};
  }
  static bool exists(const State& state) { return !state.alarm.empty(); }
  static std::string topic(std::string_view) { return "meetings"; }
  static void present(const Event& event, const domain::EventInfo&, const State& after, domain::Presenter& presenter) {
    const auto key = "alarm/" + after.alarm;
    if (const auto* set = std::get_if<AlarmSet>(&event)) return presenter.put("meetings", "public", key, AlarmRow{set->alarm, set->at, false});
    auto row = presenter.row_as<AlarmRow>("meetings", "public", key).value();
    row.has_rung = true;
    presenter.put("meetings", "public", key, row);
  }
  static std::optional<json::object> publish(const Event&, const domain::Rows&) { return std::nullopt; }
  static domain::AuditLine describe(const Event&, const State&, const State&, const domain::Rows&) { return {}; }
};

struct Ring {};

inline Result<Decided> decide(const Alarm&, const SetAlarm& command, domain::Context& context) {
  return Decided{{AlarmSet{context.aggregate_id(), command.at}}, {{"alarm", context.aggregate_id()}}, ""};
}

inline Result<Decided> decide(const Alarm& alarm, const Ring&, domain::Context& context) {
  if (!alarm.at || *alarm.at > context.now()) return Decided{};
  return Decided{{AlarmRang{alarm.alarm}}, {}, ""};
}

inline std::vector<service::Due> still_to_come(const domain::Rows& rows) {
  std::vector<service::Due> due;
  for (const auto& [key, value] : rows.rows("meetings", "public", "alarm/")) {
    const auto row = codec::decode<AlarmRow>(value).value();
    if (!row.has_rung) due.push_back({row.at, row.alarm});
  }
  return due;
}

/// Rings that wait for somebody to hear them.
inline std::vector<std::string> still_to_ring(const domain::Rows& rows) {
  std::vector<std::string> waiting;
  for (const auto& due : still_to_come(rows)) waiting.push_back(due.id);
  return waiting;
}

struct Heard {
  service::WorkOutcome outcome;
};

inline Result<Decided> decide(const Alarm& alarm, const Heard&, domain::Context&) {
  return Decided{{AlarmRang{alarm.alarm}}, {}, ""};
}

/// Alarms that are rung by work outside of the log.
inline service::Definition definition_with(std::function<service::WorkOutcome(const std::string& id, const domain::Rows&)> ring) {
  return service::Builder("meetings")
      .aggregate<AlarmAggregate>()
      .public_list("meetings")
      .creation<SetAlarm, AlarmAggregate>(service::anyone())
      .outside<Heard, AlarmAggregate>(still_to_ring, std::move(ring))
      .build();
}

inline service::Definition definition() {
  return service::Builder("meetings")
      .aggregate<AlarmAggregate>()
      .public_list("meetings")
      .creation<SetAlarm, AlarmAggregate>(service::anyone())
      .due<Ring, AlarmAggregate>(still_to_come)
      .build();
}

}  // namespace witan::test::alarms
