// Who attends, who may say so, and what each audience reads of it.
#include <map>
#include <random>
#include <set>

#include "tests/support/audit_lines.hpp"
#include "tests/unit/meetings/attendance_scene.hpp"

namespace witan::meetings::test {
namespace {

class Attendance : public AttendanceScene {};

TEST_F(Attendance, lists_each_seat_that_is_held) {
  ASSERT_TRUE(row("ada"));
  EXPECT_EQ(row("ada")->title, "Seat of ada");
  EXPECT_EQ(row("ada")->name, "Name of ada");
  EXPECT_EQ(row("ada")->presence_label, "Not recorded");
  EXPECT_EQ(row("secretary")->is_counted, std::nullopt);
  EXPECT_EQ(whole().words, "0 of 4 members present. No quorum is set for this meeting.");
}

TEST_F(Attendance, is_recorded_by_staff_for_everybody_and_by_members_for_themselves) {
  EXPECT_EQ(record(k_secretary, "ada", Presence::apologies), "");
  EXPECT_EQ(record(sitter("ada"), "ada", Presence::present), "");
  EXPECT_EQ(record(sitter("ada"), "ben", Presence::present), "forbidden");
  EXPECT_EQ(record(holder(person("chair"), k_council.str(), Role::chair), "ben", Presence::remote), "");
  EXPECT_EQ(record(administrator(), "cleo", Presence::observer), "");
  EXPECT_EQ(row("ada")->presence_label, "In the room");
  EXPECT_EQ(whole().present, 2);
  EXPECT_EQ(whole().remote, 1);
}

TEST_F(Attendance, of_somebody_else_is_not_theirs_to_arrange) {
  EXPECT_EQ(at_field(sitter("ada"), "ada", Presence::substitute, "Dee"), "/presence");
  EXPECT_EQ(at_field(sitter("ada"), "ada", Presence::observer), "/presence");
  EXPECT_EQ(record(visitor(), "ada", Presence::present), "not_signed_in");
  EXPECT_EQ(record(holder(person("other"), id_of<BodyId>("otherbody").str(), Role::secretary), "ada", Presence::present), "forbidden");
}

TEST_F(Attendance, of_a_draft_is_hidden_from_members) {
  meeting = schedule();
  EXPECT_EQ(record(sitter("ada"), "ada", Presence::apologies), "not_found");
  EXPECT_EQ(record(k_secretary, "ada", Presence::apologies), "");
  EXPECT_FALSE(row("ada", "member"));
}

TEST_F(Attendance, says_nothing_twice) {
  EXPECT_EQ(record(sitter("ada"), "ada", Presence::present), "");
  const auto events = scene.world().log.size();
  EXPECT_EQ(record(k_secretary, "ada", Presence::present), "");
  EXPECT_EQ(scene.world().log.size(), events);
}

TEST_F(Attendance, of_a_substitute_needs_a_name_and_counts_for_the_seat) {
  EXPECT_EQ(at_field(k_secretary, "ada", Presence::substitute), "/substitute");
  EXPECT_EQ(at_field(k_secretary, "ada", Presence::apologies, "Dee"), "/substitute");
  EXPECT_EQ(record(k_secretary, "ada", Presence::substitute, "Dee"), "");
  EXPECT_EQ(row("ada")->substitute, "Dee");
  EXPECT_EQ(whole().present, 1);
}

TEST_F(Attendance, counts_nobody_on_two_seats) {
  EXPECT_EQ(record(k_secretary, "ben", Presence::present), "");
  EXPECT_EQ(at_field(k_secretary, "ada", Presence::substitute, "Name of ben"), "/substitute") << "sits on a seat of their own";
  EXPECT_EQ(record(k_secretary, "ada", Presence::substitute, "Name of cleo"), "");
  EXPECT_EQ(at_field(sitter("cleo"), "cleo", Presence::remote), "/presence") << "sits for somebody else";
  EXPECT_EQ(at_field(k_secretary, "cleo", Presence::substitute, "Name of cleo"), "/substitute");
  EXPECT_EQ(whole().present, 2);
  EXPECT_EQ(record(k_secretary, "ada", Presence::apologies), "");
  EXPECT_EQ(record(sitter("cleo"), "cleo", Presence::remote), "");
}

TEST_F(Attendance, counts_who_holds_two_seats_once) {
  fill("second", Role::member, "ada");
  EXPECT_EQ(whole().members, 4);
  EXPECT_EQ(record(k_secretary, "ada", Presence::present), "");
  EXPECT_EQ(record(k_secretary, "second", Presence::present), "");
  EXPECT_EQ(whole().present, 1);
}

TEST_F(Attendance, follows_who_holds_the_seats_until_the_meeting_is_closed) {
  EXPECT_EQ(record(k_secretary, "ada", Presence::present), "");
  hear(directory::SeatVacatedNotice{k_council, seat("ada")});
  hear(directory::SeatVacatedNotice{k_council, seat("ben")});
  EXPECT_EQ(row("ada")->is_former, true) << "who was there stays on the record";
  EXPECT_FALSE(row("ben"));
  EXPECT_EQ(whole().words, "0 of 2 members present. No quorum is set for this meeting.") << "a vacant seat does not count";
  EXPECT_EQ(record(k_secretary, "ada", Presence::remote), "not_found");
  fill("ada", Role::member, "dee");
  EXPECT_EQ(row("ada")->name, "Name of dee");
  EXPECT_EQ(row("ada")->presence_label, "Not recorded") << "that was about somebody else";
  start(), close();
  hear(directory::SeatVacatedNotice{k_council, seat("cleo")});
  EXPECT_EQ(row("cleo")->is_former, std::nullopt) << "the list of a closed meeting stays as it was";
}

TEST_F(Attendance, shows_a_new_name_until_the_meeting_is_closed) {
  hear(directory::PersonRegisteredNotice{person("ada"), "Name of ada", ""});
  EXPECT_EQ(record(k_secretary, "ada", Presence::present), "");
  hear(directory::PersonRenamedNotice{person("ada"), "Ada York", 1});
  EXPECT_EQ(row("ada")->name, "Ada York");
  EXPECT_EQ(row("ada")->presence_label, "In the room");
  start(), close();
  hear(directory::PersonRenamedNotice{person("ada"), "Ada Leeds", 2});
  EXPECT_EQ(row("ada")->name, "Ada York");
}

TEST_F(Attendance, is_corrected_after_the_meeting_by_the_secretary_alone_with_a_reason) {
  EXPECT_EQ(record(k_secretary, "ada", Presence::present), "");
  start(), close();
  EXPECT_EQ(record(sitter("ada"), "ada", Presence::remote, "", "I was at home"), "not_now");
  EXPECT_EQ(record(holder(person("chair"), k_council.str(), Role::chair), "ada", Presence::remote, "", "At home"), "not_now");
  EXPECT_EQ(at_field(k_secretary, "ada", Presence::remote), "/reason");
  EXPECT_EQ(row("ada")->presence_label, "In the room");
  EXPECT_EQ(record(k_secretary, "ada", Presence::remote, "", "She was at home, ill"), "");
  EXPECT_EQ(row("ada")->reason, "She was at home, ill");
  EXPECT_EQ(row("ada", "public")->is_corrected, true);
  EXPECT_EQ(row("ada", "public")->reason, std::nullopt);
  EXPECT_EQ(code_of(scene.send(k_secretary, wire::SetQuorum{meeting, {{2}}})), "not_now");
}

TEST_F(Attendance, is_for_the_public_from_the_start_of_the_meeting_without_substitutes_and_times) {
  EXPECT_EQ(record(k_secretary, "ada", Presence::substitute, "Dee"), "");
  EXPECT_FALSE(row("ada", "public"));
  EXPECT_EQ(row("ada", "member")->substitute, "Dee");
  start();
  ASSERT_TRUE(row("ada", "public"));
  EXPECT_EQ(row("ada", "public")->presence_label, "Substitute");
  EXPECT_EQ(row("ada", "public")->substitute, "");
  EXPECT_EQ(row("ada", "public")->since, "");
  EXPECT_EQ(row("ada", "public")->by, std::nullopt);
  EXPECT_EQ(whole("public").present, 1);
}

TEST_F(Attendance, keeps_no_name_of_a_deleted_account) {
  hear(directory::PersonRegisteredNotice{person("ada"), "Name of ada", ""});
  EXPECT_EQ(record(k_secretary, "ben", Presence::substitute, "Name of ada"), "");
  start(), close();
  EXPECT_EQ(record(k_secretary, "cleo", Presence::absent, "", "Said Name of ada"), "");
  hear(directory::SeatVacatedNotice{k_council, seat("ada")});
  hear(directory::PersonErasedNotice{person("ada")});
  EXPECT_EQ(all_kept(scene.world()).find("Name of ada"), std::string::npos);
  EXPECT_EQ(row("ada")->name, "Name removed");
  EXPECT_EQ(row("ben")->substitute, "Name removed");
  EXPECT_EQ(row("cleo")->reason, "Said Name removed");
}

TEST_F(Attendance, counts_on_a_quorum_of_the_meeting_or_by_the_rule_of_the_body) {
  EXPECT_EQ(code_of(scene.send(k_secretary, wire::SetQuorum{meeting, {{2}}})), "");
  EXPECT_EQ(record(k_secretary, "ada", Presence::present), "");
  EXPECT_EQ(record(k_secretary, "secretary", Presence::present), "");
  EXPECT_EQ(whole().words, "1 of 4 members present; quorum is 2: not quorate.") << "the secretary is no member";
  EXPECT_EQ(whole().is_quorate, false);
  EXPECT_EQ(record(k_secretary, "ben", Presence::observer), "");
  EXPECT_EQ(whole().is_quorate, false) << "nor does an observer count";
  EXPECT_EQ(record(k_secretary, "chair", Presence::remote), "");
  EXPECT_EQ(whole().words, "2 of 4 members present; quorum is 2: quorate.");
  EXPECT_EQ(code_of(scene.send(k_secretary, wire::SetQuorum{meeting, {{3}}, true})), "");
  const auto first = meeting;
  meeting = schedule();
  EXPECT_EQ(whole().quorum, 3);
  EXPECT_EQ(code_of(scene.send(k_secretary, wire::SetQuorum{meeting, {}})), "");
  EXPECT_EQ(whole().is_quorate, std::nullopt);
  meeting = first;
  EXPECT_EQ(whole().quorum, 3);
  EXPECT_EQ(code_of(scene.send(sitter("ada"), wire::SetQuorum{meeting, {{1}}})), "forbidden");
}

/// What the rows ought to say, from the events alone and in another way: seat by seat, the last thing that was said of it.
std::pair<std::int64_t, std::int64_t> recounted(const World& world, const MeetingId& meeting) {
  std::map<std::string, std::pair<std::string, std::string>> seats;  // seat → person and role
  std::map<std::string, std::string> said;                           // seat → presence
  for (const auto& event : world.log) {
    if (event.kind != "meeting" || event.id != meeting.str()) continue;
    const auto& data = event.data.as_object();
    const auto text = [](const json::value& value) { return std::string(value.as_string()); };
    if (event.type == "seats_listed") {
      for (const auto& held : data.at("seats").as_array()) {
        const auto id = text(held.at("seat"));
        const auto found = seats.find(id);
        if (found == seats.end() || found->second.first != text(held.at("person"))) said.erase(id);
        seats[id] = {text(held.at("person")), text(held.at("role"))};
      }
    }
    if (event.type == "seat_unlisted") seats.erase(text(data.at("seat")));
    if (event.type == "attendance_recorded") said[text(data.at("seat"))] = text(data.at("presence"));
  }
  std::set<std::string> members, there;
  for (const auto& [seat, held] : seats) {
    if (held.second != "member" && held.second != "chair") continue;
    members.insert(held.first);
    if (const auto presence = said[seat]; presence == "present" || presence == "remote" || presence == "substitute") there.insert(held.first);
  }
  return {std::ssize(there), std::ssize(members)};
}

TEST_F(Attendance, recounted_from_the_events_is_what_rows_show) {
  const std::vector<std::string> seats{"secretary", "chair", "ada", "ben", "cleo", "second"}, people{"ada", "ben", "cleo", "dee", "eve"};
  for (std::uint32_t seed = 0; seed < 6; ++seed) {
    std::mt19937 random(seed);
    const auto one_of = [&](const auto& all) { return all[random() % all.size()]; };
    for (int step = 0; step < 25; ++step) {
      const auto where = one_of(seats);
      switch (random() % 8) {
        case 0: hear(directory::SeatVacatedNotice{k_council, seat(where)}); break;
        case 1: fill(where, where == "secretary" ? Role::secretary : Role::member, one_of(people)); break;
        default: {
          const auto presence = static_cast<Presence>(random() % 6);
          record(k_secretary, where, presence, presence == Presence::substitute ? "Name of " + one_of(people) : "");
        }
      }
      for (const std::string audience : {"staff", "member"}) {
        EXPECT_EQ(std::pair(whole(audience).present, whole(audience).members), recounted(scene.world(), meeting)) << "seed " << seed << " step " << step;
      }
      std::int64_t taken = 0;
      for (const auto& name : seats) {
        const auto shown = row(name);
        taken += shown && shown->is_counted && (shown->is_here || shown->is_remote || shown->presence == Presence::substitute) ? 1 : 0;
      }
      EXPECT_LE(whole().present, taken);
      EXPECT_LE(whole().present, whole().members);
    }
  }
}

TEST_F(Attendance, never_outgrows_its_topic) {
  constexpr int k_seats = 400;  // directory's most
  SeatsListed listed;
  const std::string title(70, 't'), organisation(40, 'o');
  const auto seat_of = [](int n) { return SeatId::from_trusted(issued(5000 + n)); };
  for (int n = 0; n < k_seats; ++n) {
    listed.seats.push_back({seat_of(n), title, Role::member, PersonId::from_trusted(issued(6000 + n)), scene.world().keep(std::string(30, 'n') + std::to_string(n)), organisation});
  }
  start(), close();
  happened(scene, "meeting", meeting.str(), listed);
  const auto correct = [&](int n) {
    const auto answer = scene.send(k_secretary, wire::RecordAttendance{meeting, seat_of(n), Presence::substitute, {{"Sitter " + std::to_string(n)}}, {{std::string(200, 'r')}}});
    return code_of(answer);
  };
  // As many as there is room for.
  const auto reason = scene.world().keep(std::string(200, 'r')), substitute = scene.world().keep(std::string(100, 's'));
  for (int n = 0; n < 108; ++n) happened(scene, "meeting", meeting.str(), AttendanceRecorded{seat_of(n), Presence::substitute, substitute, k_now, reason});
  EXPECT_EQ(correct(200), "");
  const auto code = correct(201);
  EXPECT_EQ(code, "too_large");
  json::object entities;
  for (const auto& key : scene.world().keys(topic(), "staff")) entities[key] = *scene.world().row(topic(), "staff", key);
  EXPECT_LE(json::serialize(entities).size(), 256u * 1024u);
}

TEST_F(Attendance, has_nothing_to_do_with_when_the_agenda_is_due_which_is_in_the_audit_too) {
  EXPECT_EQ(code_of(scene.send(k_secretary, wire::SetPublicationClock{schedule(), {7}, true})), "");
  std::vector<std::string> lines;
  for (const auto& [kind, line] : described(scene)) {
    if (kind.ends_with("days_set")) lines.push_back(line.what + " | " + line.from + " | " + line.to);
  }
  EXPECT_EQ(lines, (std::vector<std::string>{
                       "Set when the agenda is due of “First meeting” | 5 clear working days before | 7 clear working days before",
                       "Set when agendas are due of later meetings of “Council of LEP Chairs” | 5 clear working days before | 7 clear working days before",
                   }));
}

TEST_F(Attendance, is_in_the_audit) {
  EXPECT_EQ(record(k_secretary, "ada", Presence::apologies), "");
  EXPECT_EQ(code_of(scene.send(k_secretary, wire::SetQuorum{meeting, {{2}}, true})), "");
  hear(directory::SeatVacatedNotice{k_council, seat("ben")});
  start(), close();
  EXPECT_EQ(record(k_secretary, "ada", Presence::present, "", "She came"), "");
  std::vector<std::string> lines;
  for (const auto& [kind, line] : described(scene)) {
    if (kind == "attendance_recorded" || kind.ends_with("quorum_set") || kind.ends_with("seat_left") || kind == "seat_unlisted" || kind == "seats_listed") {
      lines.push_back(line.what + " | " + line.from + " | " + line.to);
      EXPECT_EQ(line.body, k_council);
    }
  }
  EXPECT_EQ(lines, (std::vector<std::string>{
                       "Put 5 seats on the attendance list of “First meeting” |  | On the list",
                       "Recorded the attendance of Name of ada, Seat of ada in “First meeting” | Not recorded | Apologies",
                       "Set the quorum of “First meeting” | No quorum | Quorum 2",
                       "Set the quorum of later meetings of “Council of LEP Chairs” | No quorum | Quorum 2",
                       "Meetings took note that the seat Seat of ben is vacant in “Council of LEP Chairs” | Held | Vacant",
                       "Took Name of ben, Seat of ben off the attendance list of “First meeting” | On the list | Seat vacated",
                       "Corrected the attendance of Name of ada, Seat of ada in “First meeting” | Apologies | In the room",
                   }));
}

}  // namespace
}  // namespace witan::meetings::test
