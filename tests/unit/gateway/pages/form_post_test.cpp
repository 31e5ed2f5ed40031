#include "gateway/pages/form_post.hpp"

#include <gtest/gtest.h>

namespace witan::pages {
namespace {

http::Request posted(std::string body) {
  http::Request request;
  request.method = "POST";
  request.headers = {{"content-type", "application/x-www-form-urlencoded"}};
  request.body = std::move(body);
  return request;
}

FormPost form(std::string command, Fields fields) {
  FormPost post;
  post.command = std::move(command);
  post.fields = std::move(fields);
  return post;
}

TEST(ReadForm, keeps_reserved_fields_apart_from_arguments) {
  const auto post = read_form(
      posted("csrf=c&command_id=n-1&form=add-item&return_to=%2Fa&on_page=%2Fb&if_version=7&title=A+b"),
      "meetings.add_agenda_item");
  ASSERT_TRUE(post);
  EXPECT_EQ(post->csrf, "c");
  EXPECT_EQ(post->command_id, "n-1");
  EXPECT_EQ(post->form, "add-item");
  EXPECT_EQ(post->return_to, "/a");
  EXPECT_EQ(post->on_page, "/b");
  EXPECT_EQ(post->if_version, 7);
  EXPECT_EQ(post->fields, (Fields{{"title", "A b"}}));
}

TEST(ReadForm, refuses_bytes_that_are_not_utf8) {
  for (const auto* body : {"title=%ff", "%C3=x", "title=%ED%A0%80", "title=%F4%90%80%80"}) {
    const auto post = read_form(posted(body), "meetings.add_agenda_item");
    ASSERT_FALSE(post) << body;
    EXPECT_EQ(post.error().code, ErrorCode::not_utf8) << body;
  }
  EXPECT_TRUE(read_form(posted("title=%E2%82%AC"), "meetings.add_agenda_item"));
}

TEST(ReadForm, refuses_other_kinds_of_body_too_many_fields_and_odd_versions) {
  auto json_body = posted("{}");
  json_body.headers = {{"content-type", "application/json"}};
  EXPECT_EQ(read_form(json_body, "x.y").error().code, ErrorCode::unsupported_media_type);
  std::string many;
  for (std::size_t i = 0; i <= k_form_fields_max; ++i) many += "a=1&";
  EXPECT_EQ(read_form(posted(many), "x.y").error().code, ErrorCode::too_large);
  EXPECT_EQ(read_form(posted("if_version=new"), "x.y").error().code, ErrorCode::invalid_request);
}

TEST(ReadForm, takes_the_referring_page_when_the_form_does_not_name_its_own) {
  auto request = posted("on_page=https://elsewhere.example/");
  request.headers.emplace_back("referer", "https://witan.example/meetings?x=1#y");
  EXPECT_EQ(read_form(request, "x.y")->on_page, "/meetings");
}

TEST(ToArguments, reads_fields_by_the_shape_of_the_command) {
  const auto arguments =
      to_arguments(form("meetings.add_agenda_item", {{"title", "Skills"}, {"minutes", " 15 "}}));
  ASSERT_TRUE(arguments);
  EXPECT_EQ(json::value(*arguments), json::parse(R"({"title": "Skills", "minutes": 15})"));
  const auto yes = to_arguments(form("directory.register_person", {{"administrator", "on"}}));
  EXPECT_EQ(json::value(*yes), json::parse(R"({"administrator": true})"));
}

TEST(ToArguments, leaves_out_optional_fields_that_cannot_be_empty_and_keeps_needed_ones) {
  const auto arguments = to_arguments(
      form("meetings.add_agenda_item", {{"title", ""}, {"kind", "note"}, {"circulation", ""}, {"position", ""}, {"minutes", ""}}));
  EXPECT_EQ(json::value(*arguments), json::parse(R"({"title": "", "kind": "note"})"));
}

TEST(ToArguments, keeps_an_emptied_text_that_may_be_empty_so_that_a_person_can_clear_it) {
  const auto arguments = to_arguments(form("meetings.edit_agenda_item", {{"lead", ""}, {"title", ""}}));
  EXPECT_EQ(json::value(*arguments), json::parse(R"({"lead": ""})"));
}

TEST(ToArguments, points_at_every_number_that_is_not_one) {
  const auto arguments = to_arguments(
      form("meetings.add_agenda_item", {{"minutes", "15 min"}, {"position", "99999999999999999999"}}));
  ASSERT_FALSE(arguments);
  EXPECT_EQ(arguments.error().code, ErrorCode::invalid_arguments);
  ASSERT_EQ(arguments.error().errors.size(), 2U);
  EXPECT_EQ(arguments.error().errors[0].pointer, "/minutes");
  EXPECT_EQ(arguments.error().errors[0].detail, "The minutes must be a whole number, such as 15.");
  EXPECT_EQ(arguments.error().errors[1].pointer, "/position");
  EXPECT_EQ(arguments.error().errors[1].detail, "The place on the agenda must be a whole number, such as 15.");
}

TEST(ToArguments, hands_unknown_fields_on_and_refuses_unknown_commands) {
  EXPECT_EQ(to_arguments(form("meetings.add_agenda_item", {{"colour", "red"}}))->at("colour"), "red");
  EXPECT_EQ(to_arguments(form("meetings.paint", {})).error().code, ErrorCode::unknown_command);
}

TEST(SuccessLocation, fills_in_the_result_first_and_then_the_arguments) {
  FormPost post;
  post.return_to = "/a/{id}/{n}#{other}";
  EXPECT_EQ(success_location(post, {{"id", "x y"}}, {{"id", "no"}, {"n", 3}, {"other", "o"}}),
            "/a/x%20y/3#o");
}

TEST(SuccessLocation, never_leaves_this_site) {
  FormPost post;
  post.on_page = "/page";
  for (const auto* elsewhere : {"", "//elsewhere.example", "https://elsewhere.example",
                                "/\\elsewhere.example", "/{missing}", "{first}/x"}) {
    post.return_to = elsewhere;
    EXPECT_EQ(success_location(post, {{"first", "//elsewhere.example"}}, {}), "/page") << elsewhere;
  }
}

TEST(SayingOthersLater, puts_the_word_in_the_query_and_leaves_the_rest_as_it_is) {
  EXPECT_EQ(saying_others_later("/meetings"), "/meetings?saved=others-later");
  EXPECT_EQ(saying_others_later("/meetings?a=b"), "/meetings?a=b&saved=others-later");
  EXPECT_EQ(saying_others_later("/meetings#item-3"), "/meetings?saved=others-later#item-3");
  EXPECT_EQ(saying_others_later("/meetings#what?"), "/meetings?saved=others-later#what?");
}

TEST(SayingDone, names_the_message_in_the_query_and_leads_to_its_place) {
  EXPECT_EQ(saying_done("/account", "name_changed"), "/account?done=name_changed#done");
  EXPECT_EQ(saying_done("/account#sessions", "name_changed"), "/account?done=name_changed#done");
  EXPECT_EQ(saying_done("/account?a=b", "name_changed"), "/account?a=b&done=name_changed#done");
  EXPECT_EQ(saying_others_later(saying_done("/account", "name_changed")), "/account?done=name_changed&saved=others-later#done");
}

TEST(PageOf, is_the_page_that_the_form_stands_on) {
  FormPost post;
  EXPECT_EQ(page_of(post), "/");
  post.return_to = "/meetings/{meeting}";
  EXPECT_EQ(page_of(post), "/");
  post.return_to = "/meetings/7f?a=b#agenda";
  EXPECT_EQ(page_of(post), "/meetings/7f");
  post.on_page = "/meetings";
  EXPECT_EQ(page_of(post), "/meetings");
}

}  // namespace
}  // namespace witan::pages
