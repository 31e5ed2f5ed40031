#include "gateway/pages/pages.hpp"

#include <optional>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include "tests/unit/gateway/pages/web_root.hpp"

namespace witan::pages {
namespace {

const std::string k_person(26, 'p');
const std::string k_nonce(26, 'n');

struct FakeTopics final : TopicReader {
  std::map<std::string, Result<topics::View>> views;

  void put(const std::string& topic, std::map<std::string, json::value> entities) {
    views.insert_or_assign(
        topic, topics::View{topic, "public", "e1", 1,
                            std::make_shared<const std::map<std::string, json::value>>(std::move(entities))});
  }
  net::awaitable<Result<topics::View>> read(std::string topic, auth::Caller) override {
    const auto found = views.find(topic);
    if (found == views.end()) co_return reject(ErrorCode::not_found);
    co_return found->second;
  }
};

struct FakeDesk final : SignInDesk {
  std::optional<Rejection> refusal;
  std::optional<http::SignInCommand> seen;

  bool csrf_matches(const auth::Caller& caller, std::string_view token) const override {
    return !caller.csrf.empty() && token == caller.csrf;
  }
  net::awaitable<Result<std::vector<std::string>>> sign_in(http::SignInCommand command, const http::Request&) override {
    seen = std::move(command);
    if (refusal) co_return std::unexpected(*refusal);
    co_return std::vector<std::string>{"witan=new; HttpOnly"};
  }
  net::awaitable<Result<std::vector<std::string>>> sign_out(auth::Caller, std::string) override {
    co_return std::vector<std::string>{"witan=; Max-Age=0"};
  }
};

struct FakeSender final : http::CommandSender {
  std::vector<CommandRequest> sent;
  Result<CommandReply> answer = CommandReply{"papers/1", "e1", 9, {{"item", "i1"}}, false};

  net::awaitable<Result<CommandReply>> send(CommandRequest request) override {
    sent.push_back(std::move(request));
    co_return answer;
  }
};

class PagesTest : public testing::Test {
 protected:
  void SetUp() override {
    root_.write("pages.json", R"([
      {"path": "/", "template": "home", "title": "Home"},
      {"path": "/sign-in", "template": "sign-in", "title": "Sign in"},
      {"path": "/sign-in/code", "template": "code", "title": "Enter your code"},
      {"path": "/account", "template": "account", "title": "Your account", "topics": {"account": "account/{me}"}},
      {"path": "/meetings/{meeting}", "template": "meeting", "title": "{{topics.meeting.meeting.title}} – Meetings",
       "topics": {"meeting": "meetings/{meeting}", "notes": "threads/{meeting}"}, "optional": ["notes"],
       "each_body": {"mine": "body-meetings/{body}"}}])");
    root_.write("done.json", R"({"item_added": "The <item> is added.", "signed_out": "You are signed out."})");
    root_.page("account", "{{#topics.account}}{{#session}}({{device}}{{#is_current}} here{{/is_current}}){{/session}}{{/topics.account}}");
    root_.page("home", "home of {{actor.name}}{{#page.done}} done: {{page.done}}{{/page.done}}");
    root_.page("sign-in",
               "[{{posted.sign-in.email}}|{{posted.sign-in.password}}|{{page.return_to}}]{{#errors}}{{text}}>"
               "{{href}}{{/errors}}");
    root_.page("code", "[{{ticket}}|{{return_to}}|{{posted.sign-in-code.ticket}}] safe={{problem.safe}}");
    root_.page("error",
               "{{problem.status}} {{page.title}}{{#problem.sign_in_hint}} hint{{/problem.sign_in_hint}}"
               "{{#problem.was_form}} {{problem.safe}}{{#problem.typed}}[{{name}}:{{text}}]{{/problem.typed}}{{/problem.was_form}}");
    root_.page(
        "meeting",
        "<title>{{page.title}}</title>{{#topics.meeting}}{{#agenda}}({{title}}){{/agenda}}{{/topics.meeting}}"
        "{{#topics.mine}}<mine>{{/topics.mine}}{{#errors}}{{text}}>{{href}};{{/errors}}"
        "value={{posted.add.title}} safe={{problem.safe}} nonce={{page.nonce}}{{#page.others_later}} others later{{/page.others_later}}{{#page.done}} done: {{page.done}}{{/page.done}}");
    topics_->put("meetings/7f", {{"meeting", {{"title", "R&D"}}}, {"agenda/a", {{"title", "<One>"}}}});
    topics_->put("body-meetings/b1", {});
    pages_ = std::make_unique<Pages>(PagesOptions{root_.path(), false}, std::unique_ptr<TopicReader>(topics_),
                                     std::unique_ptr<SignInDesk>(desk_), sender_);
  }

  static auth::Caller member() {
    auth::Caller caller;
    caller.actor.person = PersonId::from_trusted(k_person);
    caller.name = "Ada";
    caller.csrf = "token";
    caller.seats = {
        {"b1", "One", Role::member, ""}, {"b1", "One", Role::secretary, ""}, {"b2", "Two", Role::member, ""}};
    return caller;
  }

  http::Response ask(http::Request request, auth::Caller caller) {
    net::io_context loop{1};
    std::optional<http::Response> answer;
    net::co_spawn(loop, pages_->handle(std::move(request), std::move(caller)),
                  [&](std::exception_ptr fault, http::Response response) {
                    if (fault) std::rethrow_exception(fault);
                    answer = std::move(response);
                  });
    loop.run();
    return answer.value();
  }
  http::Response get(std::string path, auth::Caller caller = {}) {
    return ask({"GET", std::move(path), {}, {}, {}, {}, {}, {}, true}, std::move(caller));
  }
  http::Response post(std::string path, std::string body, auth::Caller caller = member(),
                      std::string accept = "text/html") {
    http::Request request{"POST", std::move(path), {}, {}, std::move(body), {}, {}, "trace1", true};
    request.headers = {{"content-type", "application/x-www-form-urlencoded"}, {"accept", std::move(accept)}};
    return ask(std::move(request), std::move(caller));
  }
  /// A post of the form `add` on the meeting's page.
  http::Response add(const std::string& fields, auth::Caller caller = member(),
                     std::string accept = "text/html") {
    return post("/do/meetings.add_agenda_item",
                "csrf=token&form=add&command_id=" + k_nonce +
                    "-add&on_page=/meetings/7f&return_to=/meetings/7f%23{item}&" + fields,
                std::move(caller), std::move(accept));
  }
  static std::string header(const http::Response& response, std::string_view name) {
    for (const auto& [header_name, value] : response.headers) {
      if (header_name == name) return value;
    }
    return {};
  }
  static bool has(const http::Response& response, std::string_view text) {
    return response.body.find(text) != std::string::npos;
  }

  WebRoot root_;
  FakeTopics* topics_ = new FakeTopics;  // owned by pages_
  FakeDesk* desk_ = new FakeDesk;        // owned by pages_
  FakeSender sender_;
  std::unique_ptr<Pages> pages_;
};

TEST_F(PagesTest, says_that_others_will_see_later_what_was_saved_while_the_bus_is_away) {
  EXPECT_EQ(header(add("title=x"), "location"), "/meetings/7f#i1");
  sender_.answer->others_later = true;
  EXPECT_EQ(header(add("title=x"), "location"), "/meetings/7f?saved=others-later#i1");
  http::Request later{"GET", "/meetings/7f", "saved=others-later", {}, {}, {}, {}, {}, true};
  EXPECT_TRUE(has(ask(later, member()), "others later"));
  EXPECT_FALSE(has(get("/meetings/7f", member()), "others later"));
}

TEST_F(PagesTest, says_after_a_form_what_was_done_in_words_that_no_address_can_choose) {
  const auto with = [&](std::string query) {
    return ask({"GET", "/meetings/7f", std::move(query), {}, {}, {}, {}, {}, true}, member());
  };
  EXPECT_EQ(header(add("title=x&done=item_added"), "location"), "/meetings/7f?done=item_added#done");
  EXPECT_TRUE(has(with("done=item_added"), "done: The &lt;item&gt; is added."));
  for (const auto* unknown : {"done=other", "done=", "done=The+item+is+added.", "saved=others-later"}) EXPECT_FALSE(has(with(unknown), "done:")) << unknown;
  EXPECT_EQ(header(add("title=x&done=Send+money"), "location"), "/meetings/7f#i1") << "a name that is not known goes nowhere";
  EXPECT_EQ(sender_.sent.back().args.if_contains("done"), nullptr) << "it is no argument of the command";
  sender_.answer = std::unexpected(Rejection{ErrorCode::forbidden, "No.", {}, {}});
  EXPECT_FALSE(has(add("title=x&done=item_added"), "done:")) << "nothing was done";
}

TEST_F(PagesTest, calls_a_page_that_is_not_there_what_the_page_itself_says) {
  EXPECT_TRUE(has(get("/nowhere"), "404 Page not found")) << get("/nowhere").body;
}

TEST_F(PagesTest, shows_a_page_with_its_topics) {
  const auto page = get("/meetings/7f");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(header(page, "content-type"), "text/html; charset=utf-8");
  EXPECT_TRUE(has(page, "<title>R&amp;D – Meetings</title>")) << page.body;
  EXPECT_TRUE(has(page, "(&lt;One&gt;)")) << page.body;
  EXPECT_FALSE(has(page, "<mine>"));
}

TEST_F(PagesTest, shows_a_topic_once_for_each_body_and_skips_those_that_are_missing) {
  const auto page = get("/meetings/7f", member());
  EXPECT_TRUE(has(page, "<mine>"));
  EXPECT_FALSE(has(page, "<mine><mine>"));
}

TEST_F(PagesTest, keeps_pages_of_signed_in_people_out_of_caches) {
  EXPECT_EQ(header(get("/", member()), "cache-control"), "no-store");
  EXPECT_EQ(header(get("/"), "cache-control"), "no-cache");
}

TEST_F(PagesTest, answers_404_for_what_is_not_there_and_hints_at_signing_in) {
  EXPECT_EQ(get("/nothing").status, 404);
  EXPECT_TRUE(has(get("/meetings/other"), "hint"));
  EXPECT_FALSE(has(get("/meetings/other", member()), "hint"));
  EXPECT_EQ(get("/meetings/NOT A TOPIC").status, 404);
}

TEST_F(PagesTest, answers_503_when_the_owner_of_a_topic_is_away_even_for_an_optional_one) {
  topics_->views.insert_or_assign("threads/7f", Result<topics::View>(reject(ErrorCode::unavailable)));
  const auto page = get("/meetings/7f");
  EXPECT_EQ(page.status, 503);
  EXPECT_EQ(header(page, "retry-after"), "1");
}

TEST_F(PagesTest, sends_addresses_with_a_trailing_slash_on_but_never_off_this_site) {
  const auto moved = get("/meetings/a b/");
  EXPECT_EQ(moved.status, 308);
  EXPECT_EQ(header(moved, "location"), "/meetings/a%20b");
  EXPECT_EQ(get("//elsewhere.example/").status, 404);
}

TEST_F(PagesTest, answers_head_like_get_and_refuses_other_methods) {
  EXPECT_EQ(ask({"HEAD", "/", {}, {}, {}, {}, {}, {}, true}, {}).status, 200);
  const auto refused = ask({"PUT", "/", {}, {}, {}, {}, {}, {}, true}, {});
  EXPECT_EQ(refused.status, 405);
  EXPECT_EQ(header(refused, "allow"), "GET, HEAD, POST");
  EXPECT_EQ(post("/", "").status, 405);
  EXPECT_EQ(post("/nothing", "").status, 404);
}

TEST_F(PagesTest, carries_out_a_posted_form_and_goes_where_it_says) {
  const auto answer = add("title=Skills&minutes=15&if_version=4");
  EXPECT_EQ(answer.status, 303);
  EXPECT_EQ(header(answer, "location"), "/meetings/7f#i1");
  ASSERT_EQ(sender_.sent.size(), 1U);
  const auto& sent = sender_.sent[0];
  EXPECT_EQ(sent.name, "meetings.add_agenda_item");
  EXPECT_EQ(sent.id, k_nonce + "-add");
  EXPECT_EQ(sent.if_version, 4);
  EXPECT_EQ(json::value(sent.args), json::parse(R"({"title": "Skills", "minutes": 15})"));
  EXPECT_EQ(sent.actor.person->str(), k_person);
  EXPECT_EQ(sent.trace, "trace1");
}

TEST_F(PagesTest, answers_the_reply_to_those_who_accept_json) {
  const auto answer = add("title=Skills", member(), "application/json");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(json::parse(answer.body).at("result").at("item"), "i1");
}

TEST_F(PagesTest, sends_visitors_to_sign_in_and_brings_them_back) {
  const auto answer = add("title=Skills", {});
  EXPECT_EQ(answer.status, 303);
  EXPECT_EQ(header(answer, "location"), "/sign-in?return_to=%2Fmeetings%2F7f");
  EXPECT_TRUE(sender_.sent.empty());
  const auto problem = add("title=Skills", {}, "application/json");
  EXPECT_EQ(problem.status, 401);
  EXPECT_EQ(json::parse(problem.body).at("code"), "not_signed_in");
}

TEST_F(PagesTest, sends_nothing_for_a_form_without_the_sessions_token) {
  for (const auto* csrf : {"csrf=other", "csrf="}) {
    const auto answer =
        post("/do/meetings.publish_agenda", std::string(csrf) + "&on_page=/meetings/7f&form=add&title=Mine");
    EXPECT_EQ(answer.status, 403);
    EXPECT_TRUE(has(answer, "value=Mine")) << "what was typed is still there";
  }
  EXPECT_TRUE(sender_.sent.empty());
}

TEST_F(PagesTest, shows_a_refusal_on_the_same_page_with_what_was_typed) {
  sender_.answer = reject_field("/title", ErrorCode::too_short, "Enter a title.");
  const auto answer = add("title=%3CX");
  EXPECT_EQ(answer.status, 422);
  EXPECT_TRUE(has(answer, "Enter a title.>#add-title;")) << answer.body;
  EXPECT_TRUE(has(answer, "value=&lt;X"));
  EXPECT_FALSE(has(answer, "nonce=" + k_nonce)) << "a corrected form is another command";
  EXPECT_EQ(header(answer, "cache-control"), "no-store");
}

TEST_F(PagesTest, repeats_the_same_command_after_an_answer_that_never_came) {
  for (const auto code : {ErrorCode::unavailable, ErrorCode::deadline_exceeded}) {
    sender_.answer = reject(code);
    EXPECT_TRUE(has(add("title=X"), "nonce=" + k_nonce));
  }
}

TEST_F(PagesTest, answers_a_problem_document_to_those_who_accept_json) {
  sender_.answer = reject_field("/title", ErrorCode::too_short, "Enter a title.");
  const auto answer = add("title=", member(), "application/json");
  EXPECT_EQ(answer.status, 422);
  EXPECT_EQ(header(answer, "content-type"), "application/problem+json");
  EXPECT_EQ(json::parse(answer.body).at("errors").at(0).at("pointer"), "/title");
}

TEST_F(PagesTest, shows_an_error_page_when_the_page_of_the_form_cannot_be_shown) {
  sender_.answer = reject(ErrorCode::forbidden);
  topics_->views.clear();
  const auto answer = add("title=X");
  EXPECT_EQ(answer.status, 403);
  EXPECT_TRUE(has(answer, "403 You may not do this"));
}

TEST_F(PagesTest, refuses_commands_that_do_not_exist) {
  const auto answer = post("/do/meetings.paint", "csrf=token&on_page=/");
  EXPECT_EQ(answer.status, 404);
  EXPECT_TRUE(sender_.sent.empty());
}

TEST_F(PagesTest, refuses_the_command_that_only_the_gateway_itself_may_send) {
  const auto answer =
      post("/do/directory.start_session", "csrf=token&on_page=/&session=" + std::string(52, 'a'));
  EXPECT_EQ(answer.status, 404);
  EXPECT_TRUE(sender_.sent.empty());
}

TEST_F(PagesTest, signs_in_and_goes_back_to_where_the_person_was) {
  const auto answer = post("/sign-in", "email=a%40b.example&password=pw&return_to=/meetings/7f", {});
  EXPECT_EQ(answer.status, 303);
  EXPECT_EQ(header(answer, "location"), "/meetings/7f");
  EXPECT_EQ(header(answer, "set-cookie"), "witan=new; HttpOnly");
  EXPECT_EQ(desk_->seen->args["email"], "a@b.example");
  EXPECT_EQ(header(post("/sign-in", "email=a&password=b&return_to=//elsewhere.example", {}), "location"),
            "/");
}

TEST_F(PagesTest, keeps_the_address_but_not_the_password_after_a_failed_sign_in) {
  desk_->refusal = Rejection{ErrorCode::sign_in_failed, "That is not right.", {}, {}};
  const auto answer = post("/sign-in", "email=a%40b.example&password=hunter22&return_to=/meetings/7f", {});
  EXPECT_EQ(answer.status, 401);
  EXPECT_TRUE(has(answer, "[a@b.example||/meetings/7f]")) << answer.body;
  EXPECT_TRUE(has(answer, "That is not right.>#sign-in-email"));
  EXPECT_FALSE(has(answer, "hunter22"));
  EXPECT_TRUE(header(answer, "set-cookie").empty());
}

TEST_F(PagesTest, asks_for_the_code_in_a_second_step_that_no_browser_keeps) {
  desk_->refusal = Rejection{ErrorCode::second_factor_needed, {}, {}, {}};
  desk_->refusal->extra["ticket"] = "sealed";
  const auto next = post("/sign-in", "email=a%40b.example&password=pw&return_to=/meetings/7f", {});
  EXPECT_EQ(next.status, 200);
  EXPECT_TRUE(has(next, "[sealed|/meetings/7f|]")) << next.body;
  EXPECT_EQ(header(next, "cache-control"), "no-store");
  EXPECT_TRUE(header(next, "set-cookie").empty());
}

TEST_F(PagesTest, says_after_a_code_whether_somebody_is_signed_in) {
  const auto with = [&](ErrorCode code) {
    desk_->refusal = Rejection{code, {}, {}, {}};
    return post("/sign-in/code", "ticket=sealed&code=123456", {});
  };
  const auto wrong = with(ErrorCode::code_wrong);
  EXPECT_TRUE(has(wrong, "[||sealed] safe=You are not signed in yet.")) << wrong.body;
  EXPECT_FALSE(has(wrong, "123456"));
  EXPECT_TRUE(has(with(ErrorCode::rate_limited), "safe=You are not signed in yet."));
  EXPECT_TRUE(has(with(ErrorCode::deadline_exceeded), "safe=It is not certain that you were signed in."));
  const auto late = with(ErrorCode::form_expired);
  EXPECT_FALSE(has(late, "safe=")) << "back at the first step";
}

TEST_F(PagesTest, signs_out_only_with_the_sessions_token) {
  EXPECT_EQ(post("/sign-out", "csrf=other").status, 403);
  const auto answer = post("/sign-out", "csrf=token");
  EXPECT_EQ(answer.status, 303);
  EXPECT_EQ(header(answer, "set-cookie"), "witan=; Max-Age=0");
  EXPECT_EQ(header(answer, "location"), "/?done=signed_out#done");
  EXPECT_TRUE(has(ask({"GET", "/", "done=signed_out", {}, {}, {}, {}, {}, true}, {}), "done: You are signed out."));
}

TEST_F(PagesTest, shows_ones_own_page_to_whoever_is_signed_in_and_sends_others_to_sign_in) {
  topics_->put("account/" + std::string(k_person), {{"session/s1", {{"session", "s1"}, {"device", "phone"}}},
                                                    {"session/s2", {{"session", "s2"}, {"device", "desk"}}}});
  auto caller = member();
  caller.session = "s2";
  EXPECT_TRUE(has(get("/account", caller), "(phone)(desk here)")) << get("/account", caller).body;
  const auto answer = get("/account");
  EXPECT_EQ(answer.status, 303);
  EXPECT_EQ(header(answer, "location"), "/sign-in?return_to=%2Faccount");
}

TEST_F(PagesTest, says_that_nothing_was_changed_while_rights_cannot_be_checked) {
  sender_.answer = std::unexpected(http::rights_unknown());
  const auto answer = add("title=Typed");
  EXPECT_EQ(answer.status, 503);
  EXPECT_TRUE(has(answer, "value=Typed")) << answer.body;
  EXPECT_TRUE(has(answer, "safe=Nothing was changed.")) << answer.body;
}

TEST_F(PagesTest, keeps_what_was_typed_on_the_error_page_when_the_forms_own_page_cannot_be_read) {
  sender_.answer = std::unexpected(http::rights_unknown());
  topics_->views.insert_or_assign("meetings/7f", Result<topics::View>(std::unexpected(http::rights_unknown())));
  const auto answer = add("title=%3Cb%3ETyped&new_password=hunter22&item=" + std::string(26, 'a'));
  EXPECT_EQ(answer.status, 503);
  EXPECT_TRUE(has(answer, "Nothing was changed.[Title:&lt;b&gt;Typed]")) << answer.body;
  EXPECT_FALSE(has(answer, "hunter22"));
  EXPECT_EQ(header(answer, "cache-control"), "no-store");
  EXPECT_EQ(header(answer, "retry-after"), "1");
  sender_.answer = reject(ErrorCode::unavailable);
  EXPECT_TRUE(has(add("title=Typed"), "It is not certain that this was saved.[Title:Typed]"));
}

TEST_F(PagesTest, refuses_to_start_without_a_template_that_a_page_needs) {
  std::filesystem::remove(root_.path() / "templates" / "home.mustache");
  EXPECT_THROW(Pages(PagesOptions{root_.path(), false}, nullptr, nullptr, sender_), std::runtime_error);
}

}  // namespace
}  // namespace witan::pages
