#include "gateway/pages/renderer.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

#include "tests/unit/gateway/pages/web_root.hpp"

namespace witan::pages {
namespace {

std::string render(const std::string& source, const json::object& context) {
  return Template("test", source).render(context);
}

TEST(Template, escapes_text_unless_told_otherwise) {
  const json::object context = {{"t", "<b a=\"1\">'&"}};
  EXPECT_EQ(render("{{t}}", context), "&lt;b a=&quot;1&quot;&gt;&apos;&amp;");
  EXPECT_EQ(render("{{{t}}}", context), "<b a=\"1\">'&");
  EXPECT_EQ(render("{{&t}}", context), "<b a=\"1\">'&");
}

TEST(Template, follows_dotted_names_to_where_the_whole_path_exists) {
  const json::object context = {{"a", {{"b", {{"c", "outer"}}}}},
                                {"list", json::array{{{"a", {{"x", "inner"}}}}}}};
  EXPECT_EQ(render("{{a.b.c}}", context), "outer");
  EXPECT_EQ(render("{{#list}}{{a.x}} {{a.b.c}}{{/list}}", context), "inner outer");
  EXPECT_EQ(render("{{a.nothing.c}}", context), "");
  EXPECT_EQ(render("{{#a.b}}{{c}}{{/a.b}}", context), "outer");
}

TEST(Template, takes_the_innermost_of_several_members_of_one_name) {
  const json::object context = {{"t", "outer"}, {"in", {{"t", "inner"}}}, {"empty", {{"t", ""}}}};
  EXPECT_EQ(render("{{#in}}{{t}}{{/in}}", context), "inner");
  EXPECT_EQ(render("{{#empty}}[{{t}}]{{/empty}}", context), "[]") << "empty text hides what stands outside";
}

TEST(Template, reads_empty_text_null_and_false_as_no) {
  for (const json::value& no :
       {json::value(""), json::value(nullptr), json::value(false), json::value(json::array())}) {
    EXPECT_EQ(render("{{#x}}yes{{/x}}{{^x}}no{{/x}}", {{"x", no}}), "no") << json::serialize(no);
  }
  EXPECT_EQ(render("{{#x}}yes{{/x}}{{^x}}no{{/x}}", {}), "no");
}

TEST(Template, reads_text_true_objects_and_filled_lists_as_yes) {
  for (const json::value& yes :
       {json::value("0"), json::value(true), json::value(json::object()), json::value({1, 1})}) {
    EXPECT_TRUE(render("{{#x}}yes{{/x}}{{^x}}no{{/x}}", {{"x", yes}}).starts_with("yes"))
        << json::serialize(yes);
  }
}

TEST(Template, leaves_no_empty_line_where_a_tag_stands_alone) {
  EXPECT_EQ(render("a\n{{#x}}\nb\n{{/x}}\nc\n", {{"x", true}}), "a\nb\nc\n");
  EXPECT_EQ(render("a\n  {{! note }}\nc\n", {}).find("note"), std::string::npos);
}

TEST(Template, walks_lists_of_text) {
  EXPECT_EQ(render("{{#x}}{{.}},{{/x}}", {{"x", json::array{"a", "<"}}}), "a,&lt;,");
}

TEST(Template, refuses_source_that_does_not_parse) {
  for (const auto* source : {"{{#a}}", "{{/a}}", "{{a", "{{#a}}{{/b}}"}) {
    EXPECT_THROW(Template("test", source), std::runtime_error) << source;
  }
}

TEST(Template, can_be_plain_text) {
  EXPECT_EQ(Template("title", "{{a}} – x", Template::Escape::nothing).render({{"a", "R&D"}}), "R&D – x");
}

TEST(Renderer, puts_partials_into_pages_and_into_partials) {
  WebRoot root;
  root.page("list", "<ol>{{#items}}{{> item}}{{/items}}</ol>");
  root.partial("item", "<li>{{> name }}</li>");
  root.partial("name", "{{name}}");
  Renderer renderer(root.path() / "templates");
  EXPECT_TRUE(renderer.has("list"));
  EXPECT_FALSE(renderer.has("item")) << "partials are no pages";
  EXPECT_EQ(renderer.render("list", {{"items", json::array{{{"name", "a"}}, {{"name", "b"}}}}}),
            "<ol><li>a</li><li>b</li></ol>");
}

TEST(Renderer, refuses_a_partial_that_is_not_there_or_contains_itself) {
  WebRoot root;
  root.page("page", "{{> a}}");
  EXPECT_THROW(Renderer(root.path() / "templates"), std::runtime_error);
  root.partial("a", "{{> a}}");
  EXPECT_THROW(Renderer(root.path() / "templates"), std::runtime_error);
  root.partial("a", "a");
  EXPECT_EQ(Renderer(root.path() / "templates").render("page", {}), "a");
}

TEST(Renderer, names_the_template_that_is_at_fault) {
  WebRoot root;
  root.page("broken", "{{#a}}");
  try {
    Renderer renderer(root.path() / "templates");
    FAIL() << "expected a refusal";
  } catch (const std::runtime_error& fault) {
    EXPECT_NE(std::string(fault.what()).find("broken"), std::string::npos) << fault.what();
  }
}

}  // namespace
}  // namespace witan::pages
