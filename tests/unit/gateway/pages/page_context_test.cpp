#include "gateway/pages/page_context.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

namespace witan::pages {
namespace {

const std::string k_person(26, 'p');

auth::Caller member() {
  auth::Caller caller;
  caller.actor.person = PersonId::from_trusted(k_person);
  caller.name = "Ada";
  caller.csrf = "token";
  caller.seats = {{"body1", "The body", Role::secretary, "Clerk"}};
  return caller;
}

ShownTopic shown(std::string alias, std::map<std::string, json::value> entities, bool is_each_body = false) {
  return {std::move(alias),
          is_each_body,
          {"papers/1", "public", "e1", 7,
           std::make_shared<const std::map<std::string, json::value>>(std::move(entities))}};
}

json::value at(const json::object& context, std::string_view pointer) {
  boost::system::error_code missing;
  const json::value whole(context);
  const auto* found = whole.find_pointer(pointer, missing);
  return found ? *found : json::value("nothing there");
}

PageFacts facts(const Page& page) {
  PageFacts about;
  about.page = &page;
  about.path = "/papers/1";
  about.nonce = "n";
  about.params = {{"paper", "1"}};
  return about;
}

const Page k_page{"/papers/{paper}", "paper", "A paper", "papers", {}};

TEST(PageContext, says_who_is_there_and_where) {
  const auto context = page_context(facts(k_page), member(), {});
  EXPECT_EQ(at(context, "/page/section_papers"), true);
  EXPECT_EQ(at(context, "/page/csrf"), "token");
  EXPECT_EQ(at(context, "/page/is_error"), false);
  EXPECT_EQ(at(context, "/page/sign_in_href"), "/sign-in?return_to=%2Fpapers%2F1");
  EXPECT_EQ(at(context, "/actor/signed_in"), true);
  EXPECT_EQ(at(context, "/actor/seats/0/is_secretary"), true);
  EXPECT_EQ(at(context, "/actor/seats/0/body_name"), "The body");
  EXPECT_EQ(at(context, "/params/paper"), "1");
  EXPECT_EQ(at(page_context(facts(k_page), {}, {}), "/actor/signed_in"), false);
}

TEST(PageContext, shows_topics_by_alias_and_lists_those_of_each_body) {
  const auto context = page_context(facts(k_page), member(),
                                    {shown("paper", {{"paper", {{"title", "A"}, {"by", k_person}}}}),
                                     shown("mine", {}, true), shown("mine", {}, true)});
  EXPECT_EQ(at(context, "/topics/paper/paper/title"), "A");
  EXPECT_EQ(at(context, "/topics/paper/paper/by_me"), true);
  EXPECT_EQ(at(context, "/topics/mine/1/audience"), "public");
}

TEST(PageContext, hands_the_browser_a_state_that_cannot_end_its_script_element) {
  const std::vector<ShownTopic> topics = {
      shown("paper", {{"paper", {{"title", "</script><!--"}, {"n", 1}}}})};
  auto context = page_context(facts(k_page), member(), topics);
  finish(context, "Title", topics);
  const std::string text(context.at("live_state").as_string());
  EXPECT_EQ(text.find('<'), std::string::npos);
  const auto state = json::parse(text).as_object();
  EXPECT_EQ(at(state, "/topics/0/entities/paper/title"), "</script><!--");
  EXPECT_EQ(at(state, "/topics/0/entities/paper/n"), 1) << "rows are as the owner sent them";
  EXPECT_EQ(at(state, "/topics/0/version"), 7);
  EXPECT_EQ(at(state, "/topics/0/epoch"), "e1");
  EXPECT_EQ(at(state, "/topics/0/each"), false);
  EXPECT_EQ(at(state, "/page/title"), "Title");
  EXPECT_EQ(at(state, "/page/nonce"), "n");
  EXPECT_EQ(at(state, "/actor/person"), json::value(k_person));
}

FormPost posted(std::string name, Fields fields) {
  FormPost post;
  post.form = std::move(name);
  post.fields = std::move(fields);
  return post;
}

TEST(ShowRefusal, points_at_each_field_and_puts_back_what_was_typed) {
  auto context = page_context(facts(k_page), member(), {});
  const Rejection rejection{
      ErrorCode::invalid_arguments,
      "Enter a title.",
      {{"/title", ErrorCode::too_short, "Enter a title."}, {"/list/0/x", ErrorCode::too_long, "Too long."}},
      {}};
  show_refusal(context, posted("add-item", {{"title", "<"}, {"kind", "decision"}, {"password", "secret"}}),
               rejection, "t1");
  EXPECT_EQ(at(context, "/has_errors"), true);
  EXPECT_EQ(at(context, "/errors"), json::parse(R"([{"text": "Enter a title.", "href": "#add-item-title"},
                                                   {"text": "Too long.", "href": "#add-item-list"}])"));
  EXPECT_EQ(at(context, "/posted/add-item/title"), "<");
  EXPECT_EQ(at(context, "/posted/add-item/kind"), "decision");
  EXPECT_EQ(at(context, "/posted/add-item/kind_decision"), true);
  EXPECT_EQ(at(context, "/posted/add-item/password"), "nothing there");
  EXPECT_EQ(at(context, "/posted/add-item/password_secret"), "nothing there");
  EXPECT_EQ(at(context, "/field_errors/add-item/title"), "Enter a title.");
  EXPECT_EQ(at(context, "/problem/is_422"), true);
  EXPECT_EQ(at(context, "/problem/is_invalid_arguments"), true);
  EXPECT_EQ(at(context, "/problem/trace"), "t1");
}

TEST(ShowRefusal, gives_the_reason_when_no_field_is_at_fault) {
  auto context = page_context(facts(k_page), member(), {});
  show_refusal(context, posted("move", {}), {ErrorCode::forbidden, {}, {}, {}}, "");
  EXPECT_EQ(at(context, "/errors"), json::parse(R"([{"text": "You may not do this.", "href": ""}])"));
}

TEST(ShowRefusal, asks_nobody_for_the_password_again_whose_account_is_suspended) {
  for (const auto* form : {"sign-in", "sign-in-code"}) {
    json::object context = page_context({}, {}, {});
    FormPost post;
    post.form = form;
    post.fields = {{"email", "ada@example.org"}, {"password", "right"}};
    show_refusal(context, post, {ErrorCode::forbidden, "This account is suspended.", {}, {}}, "t");
    EXPECT_EQ(at(context, "/problem/safe").as_string(), "You are not signed in.") << form;
  }
}

TEST(PageContext, knows_whose_page_is_ones_own) {
  auth::Caller caller;
  caller.actor.person = PersonId::from_trusted(std::string(26, 'p'));
  const auto is_own = [&](std::string person) {
    PageFacts facts;
    facts.params["person"] = std::move(person);
    return page_context(facts, caller, {}).at("page").at("is_own").as_bool();
  };
  EXPECT_TRUE(is_own(std::string(26, 'p')));
  EXPECT_FALSE(is_own(std::string(26, 'q')));
}

TEST(ShowRefusal, says_whether_the_work_is_safe) {
  const auto safe = [](ErrorCode code, json::object extra = {}) {
    auto context = page_context(facts(k_page), member(), {});
    show_refusal(context, posted("a", {}), {code, {}, {}, std::move(extra)}, "");
    return std::string(at(context, "/problem/safe").as_string());
  };
  EXPECT_TRUE(safe(ErrorCode::forbidden).starts_with("Nothing was changed."));
  EXPECT_TRUE(safe(ErrorCode::storage_full).starts_with("Nothing was changed."));
  EXPECT_TRUE(safe(ErrorCode::unavailable).starts_with("It is not certain"));
  EXPECT_TRUE(safe(ErrorCode::deadline_exceeded).starts_with("It is not certain"));
  EXPECT_TRUE(safe(ErrorCode::unavailable, {{"fault", "not_scanned"}}).starts_with("Nothing was changed."));
  // A refused sign-in does not put the password back, and must not say so.
  EXPECT_EQ(safe(ErrorCode::sign_in_failed).find("Everything you typed"), std::string::npos);
}

TEST(ShowRefusal, marks_the_element_that_the_form_stands_in_and_no_other) {
  const std::vector<ShownTopic> topics = {shown(
      "draft", {{"block/b1", {{"n", 1}}}, {"block/b12", {{"n", 2}}}, {"block/b12/comment/c1", {{"n", 3}}}})};
  auto context = page_context(facts(k_page), member(), topics);
  show_refusal(context, posted("comment-b12", {{"text", "Typed"}}),
               {ErrorCode::invalid_arguments, "Too long.", {{"/text", ErrorCode::too_long, "Too long."}}, {}},
               "");
  EXPECT_EQ(at(context, "/topics/draft/block/1/posted/comment/text"), "Typed");
  EXPECT_EQ(at(context, "/topics/draft/block/1/field_errors/comment/text"), "Too long.");
  EXPECT_EQ(at(context, "/topics/draft/block/1/failed_comment"), true);
  EXPECT_EQ(at(context, "/topics/draft/block/0/posted"), "nothing there");
  EXPECT_EQ(at(context, "/topics/draft/block/1/comment/0/posted"), "nothing there");
}

TEST(ShowRefusal, marks_the_seat_that_the_form_is_for) {
  auto context = page_context(facts(k_page), member(), {});
  show_refusal(context, posted("schedule-body1", {{"title", "Typed"}}), {ErrorCode::forbidden, {}, {}, {}},
               "");
  EXPECT_EQ(at(context, "/actor/seats/0/posted/schedule/title"), "Typed");
}

TEST(AssetsFrom, finds_script_and_styles_in_vites_manifest) {
  const auto together = assets_from(
      R"({"src/main.ts": {"file": "assets/main-1.js", "isEntry": true, "css": ["assets/main-2.css"]},
          "src/lazy.ts": {"file": "assets/lazy-1.js", "isDynamicEntry": true}})");
  EXPECT_EQ(together.js, "/assets/main-1.js");
  EXPECT_EQ(together.css, "/assets/main-2.css");
  const auto apart = assets_from(R"({"src/main.ts": {"file": "assets/main-1.js", "isEntry": true},
                                    "styles/main.scss": {"file": "assets/main-3.css", "isEntry": true}})");
  EXPECT_EQ(apart.js, "/assets/main-1.js");
  EXPECT_EQ(apart.css, "/assets/main-3.css");
  EXPECT_THROW(assets_from("[]"), std::runtime_error);
}

}  // namespace
}  // namespace witan::pages
