// Published papers as a feed.
#include "gateway/exports/atom.hpp"

#include <gtest/gtest.h>

namespace witan::exports::test {
namespace {

namespace wire = contract::meetings;
const AtomFeed k_feed{"Published papers", "https://witan.example/feeds/papers.atom", "https://witan.example/meetings", "https://witan.example"};

wire::PublishedPaperView paper() {
  wire::PublishedPaperView view;
  view.body_name = "Council & others";
  view.meeting_title = "First meeting";
  view.when = "2pm to 4pm, Tuesday 19 June 2018";
  view.item_title = "Land";
  view.title = "Map <of> \"costs\"";
  view.href = "/papers/abc";
  view.file_href = "/papers/abc/file/1";
  view.bytes = 1234;
  view.published_at = *uk_time::parse_rfc3339("2018-06-11T13:15:00Z");
  view.updated_at = *uk_time::parse_rfc3339("2018-06-12T13:15:00Z");
  return view;
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(Atom, names_each_paper_with_its_file_and_when_it_changed) {
  const auto text = atom(k_feed, {paper()});
  EXPECT_TRUE(has(text, "<id>https://witan.example/papers/abc</id>"));
  EXPECT_TRUE(has(text, "<title>Map &lt;of&gt; &quot;costs&quot;</title>")) << text;
  EXPECT_TRUE(has(text, "<updated>2018-06-12T13:15:00.000Z</updated>\n    <published>2018-06-11T13:15:00.000Z</published>"));
  EXPECT_TRUE(has(text, "<author><name>Council &amp; others</name></author>"));
  EXPECT_TRUE(has(text, "rel=\"enclosure\" type=\"application/pdf\" length=\"1234\" href=\"https://witan.example/papers/abc/file/1\""));
}

TEST(Atom, was_updated_when_its_latest_entry_was) {
  auto later = paper();
  later.updated_at += std::chrono::hours(24);
  EXPECT_TRUE(has(atom(k_feed, {paper(), later, paper()}), "<title>Published papers</title>\n  <updated>2018-06-13T13:15:00.000Z</updated>"));
  EXPECT_TRUE(has(atom(k_feed, {}), "<updated>1970-01-01T00:00:00.000Z</updated>"));
}

TEST(Atom, says_that_a_paper_was_withdrawn_and_has_no_file_of_it) {
  auto gone = paper();
  gone.file_href.clear();
  gone.withdrawn_reason = "Sent in error";
  const auto text = atom(k_feed, {gone});
  EXPECT_TRUE(has(text, "<title>Withdrawn: Map"));
  EXPECT_TRUE(has(text, "Withdrawn: Sent in error</summary>"));
  EXPECT_FALSE(has(text, "enclosure"));
}

TEST(Atom, has_no_character_that_xml_has_not) {
  auto odd = paper();
  odd.title = std::string("a\x01" "b\x1F" "c", 5);
  EXPECT_TRUE(has(atom(k_feed, {odd}), "<title>abc</title>"));
}

}  // namespace
}  // namespace witan::exports::test
