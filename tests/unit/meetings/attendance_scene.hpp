#pragma once

#include "services/meetings/app/meetings_service.hpp"
#include "services/meetings/domain/known_person.hpp"
#include "tests/support/service_scene.hpp"
#include "tests/unit/meetings/scene.hpp"

/// A council with a chair, a secretary and three members, and a published meeting of it.
namespace witan::meetings::test {

namespace directory = contract::directory;
using wire::Presence;

class AttendanceScene : public testing::Test {
 protected:
  AttendanceScene() {
    hear(directory::BodyEstablishedNotice{k_council, "Council of LEP Chairs", directory::BodyKind::council});
    fill("secretary", Role::secretary);
    fill("chair", Role::chair);
    for (const auto* name : {"ada", "ben", "cleo"}) fill(name, Role::member);
    meeting = schedule();
    EXPECT_TRUE(scene.send(k_secretary, wire::AddAgendaItem{meeting, {"Apologies"}, ItemKind::information, {}, {5}, {}, {}}));
    EXPECT_TRUE(scene.send(k_secretary, wire::PublishAgenda{meeting}));
  }
  template <class N>
  void hear(const N& notice) {
    EXPECT_TRUE(scene.hear("directory", notice));
  }
  static SeatId seat(const std::string& name) { return id_of<SeatId>("seat" + name); }
  static PersonId person(const std::string& name) { return id_of<PersonId>(name); }
  static Actor sitter(const std::string& name) { return holder(person(name), k_council.str(), Role::member); }
  void fill(const std::string& name, Role role, const std::string& whose = "") {
    const auto& who = whose.empty() ? name : whose;
    hear(directory::SeatFilledNotice{k_council, seat(name), "Seat of " + name, role, person(who), "Name of " + who, "Firm"});
  }
  MeetingId schedule() {
    return MeetingId::from_trusted(
        scene.made("meeting", k_secretary, wire::ScheduleMeeting{k_council, {"First meeting"}, {"2018-06-19"}, {"14:00"}, {"16:00"}, {"Here"}, {}, {}}));
  }
  std::string record(const Actor& actor, const std::string& name, Presence presence, const std::string& substitute = "", const std::string& reason = "") {
    return code_of(scene.send(actor, wire::RecordAttendance{meeting, seat(name), presence, {{substitute}}, {{reason}}}));
  }
  std::string at_field(const Actor& actor, const std::string& name, Presence presence, const std::string& substitute = "", const std::string& reason = "") {
    const auto answer = scene.send(actor, wire::RecordAttendance{meeting, seat(name), presence, {{substitute}}, {{reason}}});
    return answer || answer.error().errors.empty() ? std::string() : answer.error().errors.front().pointer;
  }
  void start() { EXPECT_TRUE(scene.send(k_secretary, wire::StartMeeting{meeting})); }
  void close() { EXPECT_TRUE(scene.send(k_secretary, wire::CloseMeeting{meeting})); }
  std::string topic() const { return "attendance/" + meeting.str(); }
  wire::AttendanceView whole(std::string_view audience = "staff") { return scene.world().row_as<wire::AttendanceView>(topic(), audience, "attendance").value(); }
  std::optional<wire::AttendeeView> row(const std::string& name, std::string_view audience = "staff") {
    return scene.world().row_as<wire::AttendeeView>(topic(), audience, "attendee/" + seat(name).str());
  }

  ServiceScene scene{definition()};
  MeetingId meeting;
};

}  // namespace witan::meetings::test
