#include "gateway/pages/manifest.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

namespace witan::pages {
namespace {

const Manifest& manifest() {
  static const Manifest m(R"([
    {"path": "/", "template": "home", "title": "Home"},
    {"path": "/papers", "template": "papers", "title": "Papers", "section": "papers",
     "topics": {"papers": "papers"}, "each_body": {"mine": "body-papers/{body}"}},
    {"path": "/papers/new", "template": "new-paper", "title": "New paper"},
    {"path": "/papers/{paper}", "template": "paper", "title": "{{topics.paper.title}}",
     "topics": {"paper": "papers/{paper}", "notes": "notes/{paper}"}, "optional": ["notes"]},
    {"path": "/papers/{paper}/draft/{v}", "template": "draft", "title": "Draft"}])");
  return m;
}

std::string template_at(std::string_view path) {
  const auto found = manifest().find(path);
  return found ? found->page->name : "none";
}

TEST(Manifest, finds_the_first_page_whose_path_fits) {
  EXPECT_EQ(template_at("/"), "home");
  EXPECT_EQ(template_at("/papers"), "papers");
  EXPECT_EQ(template_at("/papers/new"), "new-paper");
  EXPECT_EQ(template_at("/papers/7f"), "paper");
  EXPECT_EQ(template_at("/papers/7f/draft/2"), "draft");
}

TEST(Manifest, asks_people_to_sign_in_for_a_topic_of_their_own_that_a_page_cannot_do_without) {
  const Manifest of_people(R"([
    {"path": "/", "template": "home", "title": "Home", "topics": {"own": "papers/{me}"}, "optional": ["own"]},
    {"path": "/own", "template": "own", "title": "Yours", "topics": {"own": "papers/{me}"}}])");
  EXPECT_FALSE(of_people.find("/")->page->is_for_signed_in);
  EXPECT_TRUE(of_people.find("/own")->page->is_for_signed_in);
}

TEST(Manifest, finds_nothing_for_paths_that_are_longer_shorter_or_have_empty_segments) {
  for (const auto* path :
       {"", "/nothing", "/papers/7f/draft", "/papers/7f/draft/2/3", "/papers/", "//", "/papers//draft/2"}) {
    EXPECT_EQ(template_at(path), "none") << path;
  }
}

TEST(Manifest, hands_over_what_the_path_says) {
  const auto found = manifest().find("/papers/7f/draft/2");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->params, (Params{{"paper", "7f"}, {"v", "2"}}));
}

TEST(Manifest, knows_optional_topics_and_those_of_each_body) {
  const auto paper = manifest().find("/papers/7f");
  ASSERT_EQ(paper->page->topics.size(), 2U);
  EXPECT_FALSE(paper->page->topics[0].is_optional);
  EXPECT_TRUE(paper->page->topics[1].is_optional);
  const auto list = manifest().find("/papers");
  ASSERT_EQ(list->page->topics.size(), 2U);
  EXPECT_FALSE(list->page->topics[0].is_each_body);
  EXPECT_TRUE(list->page->topics[1].is_each_body);
}

TEST(Manifest, refuses_what_is_not_one) {
  for (const auto* text : {"", "{}", "[1]", R"([{"path": "/"}])", R"([{"path": "/", "template": "a"}])"}) {
    EXPECT_THROW(Manifest{text}, std::runtime_error) << text;
  }
}

TEST(Filled, replaces_each_placeholder) {
  EXPECT_EQ(filled("drafts/{a}/{b}", {{"a", "x"}, {"b", "2"}}), "drafts/x/2");
  EXPECT_EQ(filled("drafts", {}), "drafts");
  EXPECT_EQ(filled("{a}{a}", {{"a", "{b}"}}), "{b}{b}") << "a value is never a pattern";
}

TEST(Filled, is_nothing_when_a_value_is_missing) {
  EXPECT_EQ(filled("drafts/{a}", {}), std::nullopt);
  EXPECT_EQ(filled("drafts/{", {}), "drafts/{");
}

}  // namespace
}  // namespace witan::pages
