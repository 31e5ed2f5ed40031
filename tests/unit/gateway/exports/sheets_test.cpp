// Agendas, minutes and decisions as tables and as data.
#include "gateway/exports/sheets.hpp"

#include <gtest/gtest.h>

#include "shared/contract/meetings.hpp"

namespace witan::exports::test {
namespace {

namespace wire = contract::meetings;
const std::string k_origin = "https://witan.example";

std::string id(char last) { return std::string(25, 'a') + last; }

wire::MeetingView meeting() {
  wire::MeetingView view;
  view.meeting = MeetingId::from_trusted(id('m'));
  view.body = BodyId::from_trusted(id('o'));
  view.title = "First meeting";
  view.when = "2pm to 4pm, Tuesday 19 June 2018";
  view.item_count = 2;
  view.planned_minutes = 25;
  view.planned_end = "2:25pm";
  view.href = "/meetings/" + id('m');
  return view;
}

wire::AgendaItemView item(char last, const std::string& title) {
  wire::AgendaItemView view;
  view.item = AgendaItemId::from_trusted(id(last));
  view.meeting = MeetingId::from_trusted(id('m'));
  view.number = std::string(1, static_cast<char>('1' + (last - 'b')));
  view.title = title;
  view.kind_label = "For decision";
  view.minutes = 15;
  view.starts = "2pm";
  view.sort = view.number;
  return view;
}

Rows agenda(const std::vector<wire::AgendaItemView>& items) {
  Rows rows{{"meeting", codec::encode(meeting())}};
  for (const auto& one : items) rows["agenda/" + one.item.str()] = codec::encode(one);
  return rows;
}

json::object data(const Sheet& sheet) { return json::parse(as_json(sheet)).as_object(); }

TEST(AgendaSheet, has_the_items_in_order_and_the_totals_of_the_page) {
  auto second = item('c', "Land, and “skills”");
  second.lead = "Ada";
  const auto sheet = agenda_sheet(agenda({second, item('b', "Welcome")}), k_origin);
  EXPECT_EQ(as_csv(sheet),
            "\"number\",\"title\",\"for\",\"lead\",\"minutes\",\"starts\",\"status\",\"circulation\",\"took_minutes\",\"papers\",\"papers_for\"\r\n"
            "\"1\",\"Welcome\",\"For decision\",\"\",\"15\",\"2pm\",\"\",\"everyone\",\"\",\"\",\"\"\r\n"
            "\"2\",\"Land, and “skills”\",\"For decision\",\"Ada\",\"15\",\"2pm\",\"\",\"everyone\",\"\",\"\",\"\"\r\n"
            "\"total\",\"2 items, ending at 2:25pm\",\"\",\"\",\"25\",\"\",\"\",\"\",\"\",\"\",\"\"\r\n");
  const auto all = data(sheet);
  EXPECT_EQ(all.at("planned_minutes"), 25);
  EXPECT_EQ(string_at(all, "address"), k_origin + "/meetings/" + id('m'));
  EXPECT_EQ(all.at("agenda").as_array().size(), 2U);
  EXPECT_EQ(all.at("agenda").at(0).as_object().contains("lead"), false);
  EXPECT_EQ(all.at("agenda").at(1).at("lead"), "Ada");
}

TEST(AgendaSheet, gives_a_spreadsheet_no_formula) {
  const auto csv = as_csv(agenda_sheet(agenda({item('b', "=HYPERLINK(\"http://elsewhere.example\")"), item('c', "+44 and more")}), k_origin));
  EXPECT_NE(csv.find(",\"'=HYPERLINK(\"\"http"), std::string::npos) << csv;
  EXPECT_NE(csv.find(",\"'+44"), std::string::npos) << csv;
}

TEST(AgendaSheet, says_of_an_item_for_members_only_that_it_is_there) {
  auto hidden = item('c', "");
  hidden.is_restricted = hidden.is_members_only = true;
  const auto all = data(agenda_sheet(agenda({hidden}), k_origin));
  EXPECT_EQ(json::serialize(all.at("agenda")), "[{\"number\":\"2\",\"circulation\":\"members\"}]");
}

TEST(AgendaSheet, names_the_papers_of_an_item) {
  auto with = item('b', "Land");
  wire::PaperView first;
  first.paper = PaperId::from_trusted(id('p'));
  first.meeting = with.meeting;
  first.item = with.item;
  auto second = first;
  first.title = "Map";
  second.title = "Costs";
  with.papers = {first, second};
  EXPECT_EQ(data(agenda_sheet(agenda({with}), k_origin)).at("agenda").at(0).at("papers"), "Map; Costs");
  with.is_named = true;
  EXPECT_EQ(data(agenda_sheet(agenda({with}), k_origin)).at("agenda").at(0).at("papers_for"), "named seats");
}

TEST(AgendaSheet, is_nothing_without_a_meeting) { EXPECT_TRUE(agenda_sheet({}, k_origin).columns.empty()); }

TEST(MinutesSheet, has_a_row_for_each_thing_that_stands_in_the_record) {
  wire::MinutesView minutes;
  minutes.meeting = MeetingId::from_trusted(id('m'));
  minutes.body = BodyId::from_trusted(id('o'));
  minutes.state_label = "Approved";
  wire::MinutesItemView of;
  of.item = AgendaItemId::from_trusted(id('b'));
  of.meeting = minutes.meeting;
  of.number = "1";
  of.title = "Land";
  of.text = "What was said.";
  const auto under = "item/" + id('b');
  const wire::MinutesDecisionView decision{DecisionId::from_trusted(id('d')), "2018/14", "To go ahead", 0, "1"};
  const wire::MinutesActionView action{ActionId::from_trusted(id('e')), "Write", "Ada", "Tuesday 3 July 2018", "2018-07-03", 0, "1", {}, {}, {}, {}, {}};
  wire::CorrectionView accepted, open;
  accepted.correction = CorrectionId::from_trusted(id('f'));
  accepted.is_accepted = true;
  accepted.wording = "Something else was said.";
  open.correction = CorrectionId::from_trusted(id('g'));
  open.proposed = "Not so";
  const Rows rows{{"minutes", codec::encode(minutes)},
                  {under, codec::encode(of)},
                  {under + "/action/" + id('e'), codec::encode(action)},
                  {under + "/correction/" + id('f'), codec::encode(accepted)},
                  {under + "/correction/" + id('g'), codec::encode(open)},
                  {under + "/decision/" + id('d'), codec::encode(decision)}};
  const auto sheet = minutes_sheet(rows, k_origin);
  EXPECT_EQ(as_csv(sheet),
            "\"item\",\"title\",\"kind\",\"number\",\"text\",\"owner\",\"due\",\"circulation\"\r\n"
            "\"1\",\"Land\",\"text\",\"\",\"What was said.\",\"\",\"\",\"everyone\"\r\n"
            "\"1\",\"Land\",\"decision\",\"2018/14\",\"To go ahead\",\"\",\"\",\"everyone\"\r\n"
            "\"1\",\"Land\",\"action\",\"\",\"Write\",\"Ada\",\"2018-07-03\",\"everyone\"\r\n"
            "\"1\",\"Land\",\"correction\",\"\",\"Something else was said.\",\"\",\"\",\"everyone\"\r\n"
            "\"total\",\"\",\"\",\"\",\"1 decisions, 1 actions\",\"\",\"\",\"\"\r\n");
  EXPECT_EQ(data(sheet).at("decisions"), 1);
}

TEST(DecisionsSheet, has_what_members_read_once_and_the_latest_first) {
  const auto decision = [](char last, const char* number, const char* sort, bool is_unapproved) {
    wire::DecisionView view;
    view.decision = DecisionId::from_trusted(id(last));
    view.meeting = MeetingId::from_trusted(id('m'));
    view.decision_number = number;
    view.decided = "To go ahead";
    view.sort = sort;
    if (is_unapproved) view.is_unapproved = true;
    return view;
  };
  const auto older = decision('d', "2018/1", "2", false), newer = decision('e', "2018/2", "1", true);
  const Rows everybodys{{"decision/" + id('d'), codec::encode(older)}, {"pages", json::object()}};
  const Rows members{{"decision/" + id('d'), codec::encode(older)}, {"decision/" + id('e'), codec::encode(newer)}};
  const auto sheet = decisions_sheet({}, everybodys, members, k_origin);
  ASSERT_EQ(sheet.rows.size(), 2U);
  EXPECT_EQ(sheet.rows[0][0].value, "2018/2");
  EXPECT_EQ(sheet.rows[0][6].value, false);
  EXPECT_EQ(decisions_sheet({}, everybodys, {}, k_origin).rows.size(), 1U);
}

TEST(ActionsSheet, has_open_ones_first_and_says_what_is_otherwise_than_minuted) {
  const auto action = [](char last, const std::string& todo, const std::string& status) {
    wire::ActionView view;
    view.action = ActionId::from_trusted(id(last));
    view.meeting = MeetingId::from_trusted(id('m'));
    view.body = BodyId::from_trusted(id('b'));
    view.todo = todo, view.owner = "Ada Lovelace, Chair", view.due_day = "2018-07-03", view.status_label = status, view.href = "/bodies/b/actions/a", view.sort = todo;
    return view;
  };
  auto open = action('d', "Write to the Treasury", "Overdue");
  auto done = action('e', "Ask Ben", "Done");
  open.minuted_due = "Friday 29 June 2018", open.is_members_only = true;
  done.closed_on = "3 July 2018", done.latest = "He said yes";
  const auto sheet = actions_sheet({}, {{"action/" + id('d'), codec::encode(open)}, {"pages", json::object()}}, {{"action/" + id('e'), codec::encode(done)}}, k_origin);
  ASSERT_EQ(sheet.rows.size(), 2U);
  const auto csv = as_csv(sheet);
  EXPECT_NE(csv.find("\"Write to the Treasury\",\"Ada Lovelace, Chair\",\"2018-07-03\",\"Overdue\",\"\",\"\""), std::string::npos) << csv;
  EXPECT_NE(csv.find("\"Friday 29 June 2018\",\"\",\"members\""), std::string::npos) << csv;
  EXPECT_NE(csv.find("\"Done\",\"3 July 2018\",\"He said yes\""), std::string::npos) << csv;
  EXPECT_LT(csv.find("Treasury"), csv.find("Ask Ben"));
}

}  // namespace
}  // namespace witan::exports::test
