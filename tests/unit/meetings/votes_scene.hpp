#pragma once

#include "tests/unit/meetings/attendance_scene.hpp"

/// The council's meeting in progress, with everybody there, at an item for decision.
namespace witan::meetings::test {

using wire::VoteChoice;
using wire::VoteKind;

class VotesScene : public AttendanceScene {
 protected:
  VotesScene() {
    scene.world().now = moment("2018-06-19T13:00:00Z");
    first = add("Skills"), second = add("Land"), behind = add("Pay", Circulation::members);
  }
  AgendaItemId add(const std::string& title, Circulation circulation = Circulation::everyone) {
    const auto done = scene.send(k_secretary, wire::AddAgendaItem{meeting, {title}, ItemKind::decision, {}, {10}, circulation, {}, {}});
    return AgendaItemId::from_trusted(std::string(done->at("item").as_string()));
  }
  /// At the item, with the chair, Ada, Ben and Cleo in the room.
  void begin() {
    start();
    for (const auto* name : {"chair", "ada", "ben", "cleo"}) EXPECT_EQ(record(k_secretary, name, Presence::present), "");
    EXPECT_EQ(go(first), "");
  }
  template <class C>
  std::string send(const Actor& actor, const C& command) {
    return code_of(scene.send(actor, command));
  }
  template <class C>
  std::string field(const Actor& actor, const C& command) {
    const auto answer = scene.send(actor, command);
    return answer || answer.error().errors.empty() ? std::string() : answer.error().errors.front().pointer;
  }
  std::string go(const AgendaItemId& item) { return send(k_secretary, wire::GoToItem{meeting, item}); }
  static Actor chair() { return holder(person("chair"), k_council.str(), Role::chair); }

  MotionId move(const Actor& actor, const std::string& name, const std::string& words = "That we publish the report") {
    return MotionId::from_trusted(scene.made("motion", actor, wire::ProposeMotion{meeting, first, seat(name), {words}}));
  }
  MotionId moved(const std::string& name, const std::string& words = "That we publish the report") { return move(sitter(name), name, words); }
  std::string seconds(const std::string& name, const MotionId& motion) { return send(sitter(name), wire::SecondMotion{meeting, motion, seat(name)}); }
  MotionId seconded(const std::string& words = "That we publish the report") {
    const auto motion = moved("ada", words);
    EXPECT_EQ(seconds("ben", motion), "");
    return motion;
  }
  VoteId open(VoteKind kind, std::optional<MotionId> motion = {}, const std::string& question = "Shall we meet in July?", std::optional<AgendaItemId> item = {}) {
    return VoteId::from_trusted(scene.made("vote", k_secretary, wire::OpenVote{meeting, item.value_or(first), kind, motion, {{motion ? "" : question}}}));
  }
  std::string cast(const Actor& actor, const VoteId& vote, const std::string& name, VoteChoice choice) {
    return send(actor, wire::CastVote{meeting, vote, seat(name), choice});
  }
  std::string casts(const std::string& name, const VoteId& vote, VoteChoice choice) { return cast(sitter(name), vote, name, choice); }
  std::string close_vote(const VoteId& vote) { return send(k_secretary, wire::CloseVote{meeting, vote}); }
  std::string cancel(const VoteId& vote) { return send(k_secretary, wire::CancelVote{meeting, vote, {"The question was not clear"}}); }
  std::string declare(const std::string& name, const AgendaItemId& item) {
    return send(sitter(name), wire::DeclareAtItem{meeting, item, seat(name), wire::InterestEffect::withdraw, {"I hold land there"}, {}});
  }

  const Meeting& state() { return *std::any_cast<Meeting>(&scene.world().state("meeting", meeting.str())); }
  std::string votes() const { return "votes/" + meeting.str(); }
  std::string voices(const VoteId& vote) const { return "voices/" + meeting.str() + "/" + vote.str(); }
  std::optional<wire::VoteView> row_of(const VoteId& vote, std::string_view audience = "member") {
    return scene.world().row_as<wire::VoteView>(votes(), audience, "vote/" + vote.str());
  }
  std::string words(const VoteId& vote, std::string_view audience = "member") {
    const auto row = row_of(vote, audience);
    return row ? row->words : "nothing";
  }
  std::optional<wire::MotionView> row_of(const MotionId& motion, std::string_view audience = "member") {
    return scene.world().row_as<wire::MotionView>(votes(), audience, "motion/" + motion.str());
  }
  wire::VotesView whole_of(std::string_view audience = "staff") { return scene.world().row_as<wire::VotesView>(votes(), audience, "votes").value(); }
  std::string ballot_topic(const std::string& name) const { return "ballot/" + meeting.str() + "/" + person(name).str(); }
  wire::BallotView ballot(const std::string& name) { return scene.world().row_as<wire::BallotView>(ballot_topic(name), "self", "ballot").value(); }
  /// "ada ben": whoever staff see as not having voted.
  std::string hands(std::string_view audience = "staff") {
    std::string text;
    for (const auto& key : scene.world().keys(votes(), audience)) {
      if (!key.starts_with("hand/")) continue;
      const auto view = scene.world().row_as<wire::HandView>(votes(), audience, key).value();
      text += (text.empty() ? "" : " ") + view.name.substr(8) + (view.may_record ? "" : "?") + (view.is_substitute ? "*" : "");
    }
    return text;
  }
  /// "For: ada, chair; Against: ben", in the order of the page.
  std::string said(const VoteId& vote, std::string_view audience = "member") {
    std::vector<wire::VoiceView> views;
    for (const auto& key : scene.world().keys(voices(vote), audience)) {
      if (key.starts_with("voice/")) views.push_back(scene.world().row_as<wire::VoiceView>(voices(vote), audience, key).value());
    }
    std::ranges::sort(views, {}, &wire::VoiceView::sort);
    std::string text;
    for (const auto& view : views) text += (text.empty() ? "" : ", ") + view.name.substr(8) + " " + view.choice_label + (view.is_recorded ? "*" : "");
    return text;
  }
  void later(std::chrono::milliseconds time) { scene.world().now += time; }

  AgendaItemId first, second, behind;
};

}  // namespace witan::meetings::test
