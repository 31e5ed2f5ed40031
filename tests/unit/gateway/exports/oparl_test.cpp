// What everybody may read, by the names of OParl.
#include "gateway/exports/oparl.hpp"

#include <gtest/gtest.h>

#include "shared/contract/directory.hpp"
#include "shared/contract/meetings.hpp"
#include "shared/contract/paged_list.hpp"

namespace witan::exports::test {
namespace {

namespace wire = contract::meetings;
const std::string k_root = "https://witan.example/oparl/v1";

std::string id(char last) { return std::string(25, 'a') + last; }

json::value text(const std::string& words) { return json::value(json::string(words)); }

json::object at(const std::string& path, std::vector<Rows> topics, std::string query = {}) {
  const auto found = find(path);
  EXPECT_TRUE(found) << path;
  if (!found) return {};
  EXPECT_TRUE(found->what->is_for_everybody);
  EXPECT_EQ(found->what->topics.size(), topics.size()) << path;
  const auto [text, name] = found->what->write({"https://witan.example", path, std::move(query), found->params, std::move(topics)});
  return text.empty() ? json::object() : json::parse(text).as_object();
}

wire::PublishedPaperView paper(char last, const char* updated) {
  wire::PublishedPaperView view;
  view.paper = PaperId::from_trusted(id(last));
  view.meeting = MeetingId::from_trusted(id('m'));
  view.item = AgendaItemId::from_trusted(id('i'));
  view.body = BodyId::from_trusted(id('b'));
  view.title = "Map";
  view.href = "/papers/" + id(last);
  view.file_href = view.href + "/file/1";
  view.bytes = 1234;
  view.published_at = *uk_time::parse_rfc3339("2018-06-11T13:15:00Z");
  view.updated_at = *uk_time::parse_rfc3339(updated);
  return view;
}

TEST(Oparl, begins_with_a_system_that_leads_to_everything) {
  const auto system = at("/oparl/v1/system", {});
  EXPECT_EQ(system.at("id"), text(k_root + "/system"));
  EXPECT_EQ(system.at("type"), "https://schema.oparl.org/1.1/System");
  EXPECT_EQ(system.at("oparlVersion"), "https://schema.oparl.org/1.1/");
  EXPECT_EQ(system.at("body"), text(k_root + "/bodies"));
  const auto body = at("/oparl/v1/bodies", {}).at("data").at(0).as_object();
  for (const auto* list : {"organization", "person", "meeting", "paper"}) {
    const auto address = std::string(body.at(list).as_string());
    EXPECT_TRUE(find(address.substr(std::string("https://witan.example").size()))) << address;
  }
  EXPECT_TRUE(body.at("legislativeTerm").is_array());
}

TEST(Oparl, has_a_meeting_with_its_agenda_and_nothing_of_items_for_members) {
  wire::MeetingView view;
  view.meeting = MeetingId::from_trusted(id('m'));
  view.body = BodyId::from_trusted(id('b'));
  view.title = "First meeting";
  view.state_label = "Cancelled";
  view.cancellation = wire::Cancellation{"10am on 1 June 2018", "Snow"};
  view.starts_at = *uk_time::parse_rfc3339("2018-06-19T13:00:00Z");
  view.place = "Here";
  wire::AgendaItemView open, hidden;
  open.item = AgendaItemId::from_trusted(id('i'));
  open.meeting = hidden.meeting = view.meeting;
  open.number = "1";
  open.title = "Land";
  open.sort = "1";
  hidden.item = AgendaItemId::from_trusted(id('j'));
  hidden.sort = "2";
  hidden.is_restricted = hidden.is_members_only = true;
  const Rows rows{{"meeting", codec::encode(view)}, {"agenda/" + id('i'), codec::encode(open)}, {"agenda/" + id('j'), codec::encode(hidden)}};
  const auto meeting = at("/oparl/v1/meetings/" + id('m'), {rows});
  EXPECT_EQ(meeting.at("type"), "https://schema.oparl.org/1.1/Meeting");
  EXPECT_EQ(meeting.at("cancelled"), true);
  EXPECT_EQ(meeting.at("start"), "2018-06-19T13:00:00.000Z");
  EXPECT_EQ(meeting.at("organization").at(0), text(k_root + "/organizations/" + id('b')));
  EXPECT_EQ(meeting.at("location").at("description"), "Here");
  const auto& items = meeting.at("agendaItem").as_array();
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(items[0].at("name"), "Land");
  EXPECT_EQ(items[0].at("order"), 0);
  EXPECT_EQ(items[1].at("order"), 1);
  EXPECT_EQ(items[1].at("public"), false);
  EXPECT_FALSE(items[1].as_object().contains("name"));
  EXPECT_EQ(at("/oparl/v1/meetings/" + id('m') + "/items/" + id('j'), {rows}), items[1].as_object());
}

TEST(Oparl, joins_a_paper_to_its_item_and_its_file) {
  const Rows rows{{"paper/" + id('p'), codec::encode(paper('p', "2018-06-12T13:15:00Z"))}};
  const auto one = at("/oparl/v1/papers/" + id('p'), {rows});
  EXPECT_EQ(one.at("name"), "Map");
  EXPECT_EQ(one.at("date"), "2018-06-11");
  EXPECT_EQ(one.at("mainFile").at("mimeType"), "application/pdf");
  EXPECT_EQ(one.at("mainFile").at("accessUrl"), text("https://witan.example/papers/" + id('p') + "/file/1"));
  EXPECT_EQ(one.at("consultation").at(0).at("agendaItem"), text(k_root + "/meetings/" + id('m') + "/items/" + id('i')));
  EXPECT_TRUE(at("/oparl/v1/papers/" + id('q'), {rows}).empty());
}

TEST(Oparl, tells_of_what_is_gone_only_those_who_ask_for_changes) {
  auto gone = paper('p', "2018-06-12T13:15:00Z");
  gone.withdrawn_reason = "Sent in error";
  const Rows rows{{"paper/" + id('p'), codec::encode(gone)}, {"paper/" + id('q'), codec::encode(paper('q', "2018-06-11T13:15:00Z"))}};
  EXPECT_EQ(at("/oparl/v1/papers", {rows}).at("data").as_array().size(), 1U);
  const auto changed = at("/oparl/v1/papers", {rows}, "modified_since=2018-06-12T01%3A00%3A00%2B01%3A00").at("data").as_array();
  ASSERT_EQ(changed.size(), 1U);
  EXPECT_EQ(changed[0].at("deleted"), true);
  EXPECT_FALSE(changed[0].as_object().contains("name"));
  EXPECT_TRUE(at("/oparl/v1/papers/" + id('p') + "/file", {rows}).empty());
}

TEST(Oparl, leads_from_page_to_page_and_keeps_the_filter) {
  PagesView head;
  head.earlier_count = 2;
  head.has_earlier = true;
  const auto links = at("/oparl/v1/papers", {{{"pages", codec::encode(head)}}}, "created_since=2018-06-12T01%3A00%3A00%2B01%3A00&limit=5").at("links").as_object();
  EXPECT_EQ(links.at("next"), text(k_root + "/papers/page/2?created_since=2018-06-12T01%3A00%3A00%2B01%3A00"));
  PagesView last;
  last.page = 1;
  EXPECT_FALSE(at("/oparl/v1/papers/page/1", {{{"pages", codec::encode(last)}}}).at("links").as_object().contains("next"));
}

}  // namespace
}  // namespace witan::exports::test
