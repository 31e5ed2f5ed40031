#pragma once

#include "tests/unit/meetings/attendance_scene.hpp"

/// A meeting of the council with two items, the second for members, and its minutes.
namespace witan::meetings::test {

class MinutesScene : public AttendanceScene {
 protected:
  MinutesScene() {
    open = AgendaItemId::from_trusted(scene.made("item", k_secretary, wire::AddAgendaItem{meeting, {"Skills"}, ItemKind::decision, {}, {5}, {}, {}}));
    closed_doors = AgendaItemId::from_trusted(
        scene.made("item", k_secretary, wire::AddAgendaItem{meeting, {"Staffing"}, ItemKind::decision, {}, {5}, {{Circulation::members}}, {}}));
  }
  /// The code of the answer.
  std::string write(const AgendaItemId& item, const std::string& text, std::int64_t seen = 0, const Actor& actor = k_secretary) {
    return code_of(scene.send(actor, wire::WriteMinutes{meeting, item, {{text}}, {seen}}));
  }
  std::string decide_on(const AgendaItemId& item, const std::string& text) { return scene.made("decision", k_secretary, wire::WriteDecision{meeting, item, {text}, {}, {}}); }
  std::string act(const AgendaItemId& item, const std::string& text, const std::string& owner) {
    return scene.made("action", k_secretary, wire::WriteAction{meeting, item, {text}, {owner}, {"2018-07-03"}, {}, {}});
  }
  std::string circulate() { return code_of(scene.send(k_secretary, wire::CirculateMinutes{meeting})); }
  std::string propose(const Actor& actor, const AgendaItemId& item, const std::string& text) {
    return scene.made("correction", actor, wire::ProposeCorrection{meeting, item, {text}});
  }
  std::string answer(const std::string& correction, wire::CorrectionAnswer how, const std::string& wording, const std::string& reason, const Actor& actor = k_secretary) {
    return code_of(scene.send(actor, wire::AnswerCorrection{meeting, CorrectionId::from_trusted(correction), how, {{wording}}, {{reason}}}));
  }
  std::string approve(const MeetingId& at) { return code_of(scene.send(k_secretary, wire::ApproveMinutes{meeting, at})); }
  /// Another meeting of the council, begun.
  MeetingId next_meeting(bool begun = true) {
    const auto next = schedule();
    EXPECT_TRUE(scene.send(k_secretary, wire::AddAgendaItem{next, {"Minutes"}, ItemKind::approval, {}, {5}, {}, {}}));
    EXPECT_TRUE(scene.send(k_secretary, wire::PublishAgenda{next, {{"Agreed at short notice"}}}));
    if (begun) EXPECT_TRUE(scene.send(k_secretary, wire::StartMeeting{next}));
    return next;
  }
  /// Circulated, with one text and one decision at each item.
  void write_and_circulate() {
    start();
    EXPECT_EQ(write(open, "Ada spoke."), "");
    EXPECT_EQ(write(closed_doors, "Ben was appointed."), "");
    decide_on(open, "To publish the plan");
    decide_on(closed_doors, "To appoint Ben");
    close();
    EXPECT_EQ(circulate(), "");
  }
  std::string minutes_topic() const { return "minutes/" + meeting.str(); }
  std::optional<wire::MinutesView> minutes(std::string_view audience = "staff") { return scene.world().row_as<wire::MinutesView>(minutes_topic(), audience, "minutes"); }
  std::optional<wire::MinutesItemView> item_row(const AgendaItemId& item, std::string_view audience = "staff") {
    return scene.world().row_as<wire::MinutesItemView>(minutes_topic(), audience, "item/" + item.str());
  }
  template <class View>
  std::optional<View> entry(const AgendaItemId& item, std::string_view kind, const std::string& id, std::string_view audience = "staff") {
    return scene.world().row_as<View>(minutes_topic(), audience, "item/" + item.str() + "/" + std::string(kind) + "/" + id);
  }

  AgendaItemId open, closed_doors;
};

}  // namespace witan::meetings::test
