#include <filesystem>
#include <future>
#include <regex>
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_future.hpp>
#include <gtest/gtest.h>

#include "gateway/audit/audit_pages.hpp"
#include "gateway/pages/pages.hpp"
#include "services/advisory/app/advisory_service.hpp"
#include "services/consultations/app/consultations_service.hpp"
#include "services/directory/app/directory_service.hpp"
#include "services/meetings/app/meetings_service.hpp"
#include "shared/crypto/crypto.hpp"
#include "shared/service/host.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/loop_thread.hpp"
#include "tests/support/nats_server.hpp"
#include "tests/support/provisioning.hpp"

// The real templates over the real topics, sessions and services, on a real bus: what a person without script
// can do.

namespace witan::pages {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view k_password = "correct horse battery";

class RunningService {
 public:
  RunningService(service::Definition definition, const std::string& data, const test::NatsServer& nats)
      : config_(service::service_keys()) {
    EXPECT_TRUE(config_.set("data", data) && config_.set("bus_url", nats.url()));
    host_ = std::make_unique<service::Host>(std::move(definition), config_, thread_.loop);
    thread_.run([this] { host_->start(); });
  }
  ~RunningService() {
    thread_.finish();
    host_->stop();
  }

 private:
  Config config_;
  test::LoopThread thread_;
  std::unique_ptr<service::Host> host_;
};

class PagesOverServices : public testing::Test {
 protected:
  void SetUp() override {
    crypto::start();
    std::filesystem::create_directories(data_.file("data"));
    bus_ = messaging::Bus::connect({nats_.url(), "", "", "gateway", {}});
    ASSERT_TRUE(test::eventually(5s, [&] { return bus_->is_connected(); }));
    const auto no_mail = [](const directory::OutgoingMail&) { return service::WorkOutcome(); };
    directory_ = std::make_unique<RunningService>(
        directory::definition({crypto::Secret(std::string(32, 'k')), "http://127.0.0.1", true, no_mail}),
        data_.file("data"), nats_);
    meetings_ = std::make_unique<RunningService>(meetings::definition(), data_.file("data"), nats_);
    advisory_ = std::make_unique<RunningService>(advisory::definition(), data_.file("data"), nats_);
    consultations_ = std::make_unique<RunningService>(consultations::definition(), data_.file("data"), nats_);
    gateway_.run([this] { put_gateway_together(); });
    ASSERT_TRUE(test::eventually(10s, [&] { return heads_are_heard(); }));
    make_a_secretary();
  }
  void TearDown() override {
    gateway_.run([this] {
      audit_.reset();
      audit_log_.reset();
      pages_.reset();
      auth_.reset();
      cache_.reset();
      links_.reset();
    });
    gateway_.finish();
  }

  void put_gateway_together() {
    topics::CacheOptions options;
    options.services = {"directory", "meetings", "advisory", "consultations"};
    links_ = std::make_unique<messaging::ServiceLinks>(gateway_.loop, bus_, "", options.services);
    cache_ = std::make_unique<topics::TopicCache>(gateway_.loop, *links_, options);
    auth_ = std::make_unique<auth::Auth>(*cache_, auth::AuthOptions{"http://127.0.0.1", data_.file("csrf"), 5.0, false});
    sender_ = http::make_command_sender(
        *links_, *auth_, 5s, [this](const std::string& service, const Position& at) { cache_->wrote(service, at); });
    pages_ = make_pages({"web-client", true}, *cache_, *auth_, *sender_, *links_);
    audit_log_ = std::make_unique<audit::AuditLog>(gateway_.loop, *links_, options.services);
    audit_ = std::make_unique<audit::AuditPages>(*audit_log_, *cache_, *auth_, *pages_);
  }

  /// As readiness asks: before that, rights cannot be trusted.
  bool heads_are_heard() {
    double age = 0;
    gateway_.run([&] {
      for (const auto* service : {"directory", "meetings", "advisory", "consultations"})
        age = std::max(age, cache_->head_age_seconds(service));
    });
    return age < 5;
  }

  template <class T>
  T run(net::awaitable<T> work) {
    return net::co_spawn(gateway_.loop, std::move(work), net::use_future).get();
  }

  /// What an administrator does, until the service is there to do it.
  std::string made(std::string_view member, const std::string& name, const json::object& args) {
    CommandRequest request{
        "setup-" + name + "-" + std::to_string(++commands_), name, args, {}, {}, 5000, "t"};
    request.actor.person = PersonId::from_trusted(std::string(26, 'a'));
    request.actor.roles = {{std::string(k_everywhere), {Role::administrator}}};
    Result<CommandReply> reply = reject(ErrorCode::unavailable);
    test::eventually(10s, [&] { return (reply = run(sender_->send(request))).has_value(); });
    EXPECT_TRUE(reply) << json::serialize(to_problem(reply.error(), ""));
    return reply && !member.empty() ? std::string(string_at(reply->result, member)) : std::string();
  }

  void make_a_secretary() {
    body_ = made("body", "directory.establish_body", {{"name", "Council of <Chairs>"}, {"kind", "council"}});
    const auto person = made("person", "directory.register_person",
                             {{"name", "Ada & Co"}, {"email", "ada@example.org"}, {"password", k_password}});
    const auto seat =
        made("seat", "directory.create_seat", {{"body", body_}, {"title", "Clerk"}, {"role", "secretary"}});
    made("", "directory.fill_seat", {{"body", body_}, {"seat", seat}, {"person", person}});
  }

  http::Response ask(http::Request request) {
    if (!cookie_.empty()) request.headers.emplace_back("cookie", cookie_);
    const auto caller = run(auth_->identify(std::string(request.cookie(auth_->cookie_name()))));
    EXPECT_TRUE(caller);
    auto response = run(pages_->handle(std::move(request), caller.value_or(auth::Caller())));
    if (const auto set = header(response, "set-cookie"); !set.empty()) cookie_ = set.substr(0, set.find(';'));
    return response;
  }
  http::Response get(const std::string& path) { return ask({"GET", path, {}, {}, {}, {}, {}, "t", true}); }
  http::Response post(const std::string& path, const std::string& body) {
    return ask(
        {"POST", path, {}, {{"content-type", "application/x-www-form-urlencoded"}}, body, {}, {}, "t", true});
  }
  http::Response sign_in(std::string_view password) {
    return post("/sign-in",
                "email=ADA%40example.org&return_to=/meetings&password=" + http::percent_encode(password));
  }

  static std::string header(const http::Response& response, std::string_view name) {
    for (const auto& [header_name, value] : response.headers) {
      if (header_name == name) return value;
    }
    return {};
  }
  /// The hidden fields that every form of the page begins with, and a command id.
  std::string hidden(const http::Response& page) {
    const std::string state = page.body.substr(page.body.find("id=\"live-state\">"));
    std::smatch csrf, nonce, path;
    EXPECT_TRUE(std::regex_search(state, csrf, std::regex(R"xx("csrf":"([^"]+)")xx"))) << page.body;
    EXPECT_TRUE(std::regex_search(state, nonce, std::regex(R"xx("nonce":"([^"]+)")xx")));
    EXPECT_TRUE(std::regex_search(state, path, std::regex(R"xx("path":"([^"]+)")xx")));
    return "csrf=" + csrf[1].str() + "&command_id=" + nonce[1].str() + "-f" + std::to_string(++commands_) +
           "&on_page=" + path[1].str() + "&";
  }
  static bool has(const http::Response& response, std::string_view text) {
    return response.body.find(text) != std::string::npos;
  }

  /// The audit, asked by somebody with that office in all of Witan.
  http::Response audit(const std::string& address, std::optional<Role> office = Role::auditor) {
    auth::Caller caller;
    if (office) caller.actor.person = PersonId::from_trusted(std::string(26, 'b'));
    if (office) caller.actor.roles[std::string(k_everywhere)] = {*office};
    const auto mark = address.find('?');
    const auto query = mark == std::string::npos ? std::string() : address.substr(mark + 1);
    return run(audit_->handle({"GET", address.substr(0, mark), query, {}, {}, {}, {}, "t", true}, caller));
  }

  /// An open consultation whose draft has paragraph 1.1 as its third block.
  std::string consult() {
    const auto id = made("consultation", "consultations.create_consultation",
                         {{"body", body_},
                          {"title", "Draft strategy"},
                          {"area", "Cumbria"},
                          {"summary", "What should it say?"}});
    made("", "consultations.publish_draft",
         {{"consultation", id},
          {"markdown", "# Strategy\n\n## People\n\nSkills for **all**.\n\nA college in each town.\n"}});
    made("", "consultations.open_consultation", {{"consultation", id}, {"closes_on", "2099-12-31"}});
    return id;
  }

  std::string schedule() {
    const auto form = hidden(get("/meetings")) +
                      "form=schedule&return_to=/meetings/{meeting}/agenda&body=" + body_ +
                      "&title=June+%26+July&date=2018-06-19&starts=14:00&ends=16:00&place=Leeds";
    http::Response answer;
    // The body's name reaches meetings as an event; until then the command is refused and can be sent again.
    test::eventually(10s,
                     [&] { return (answer = post("/do/meetings.schedule_meeting", form)).status == 303; });
    EXPECT_EQ(answer.status, 303) << answer.body;
    return header(answer, "location");
  }

  test::TempFolder data_;
  test::NatsServer nats_;
  test::Provisioned streams_{nats_, nats::layout()};
  std::unique_ptr<RunningService> directory_;
  std::unique_ptr<RunningService> meetings_;
  std::unique_ptr<RunningService> advisory_;
  std::unique_ptr<RunningService> consultations_;
  test::LoopThread gateway_;
  std::shared_ptr<messaging::Bus> bus_;
  std::unique_ptr<messaging::ServiceLinks> links_;
  std::unique_ptr<topics::TopicCache> cache_;
  std::unique_ptr<auth::Auth> auth_;
  std::unique_ptr<http::CommandSender> sender_;
  std::unique_ptr<Pages> pages_;
  std::unique_ptr<audit::AuditLog> audit_log_;
  std::unique_ptr<audit::AuditPages> audit_;
  std::string body_;
  std::string cookie_;
  int commands_ = 0;
};

TEST_F(PagesOverServices, a_secretary_signs_in_builds_an_agenda_and_signs_out_without_script) {
  EXPECT_EQ(sign_in("wrong password").status, 401);
  const auto signed_in = sign_in(k_password);
  ASSERT_EQ(signed_in.status, 303) << signed_in.body;
  EXPECT_EQ(header(signed_in, "location"), "/meetings");
  EXPECT_TRUE(has(get("/meetings"), "Ada &amp; Co"));

  const auto agenda = schedule();
  auto page = get(agenda);
  ASSERT_EQ(page.status, 200) << page.body;
  EXPECT_TRUE(has(page, "June &amp; July")) << page.body;

  const auto meeting = agenda.substr(0, agenda.rfind('/'));
  const auto add = [&](const std::string& fields) {
    return post("/do/meetings.add_agenda_item", hidden(page) + "form=add&return_to=" + agenda +
                                                    "&meeting=" + meeting.substr(meeting.rfind('/') + 1) +
                                                    "&kind=decision&" + fields);
  };
  EXPECT_EQ(add("title=Skills+panels&minutes=20").status, 303);
  page = get(agenda);
  EXPECT_TRUE(has(page, "Skills panels")) << "the next page shows what was just posted";

  const auto refused = add("title=X&minutes=soon");
  EXPECT_EQ(refused.status, 422);
  EXPECT_TRUE(has(refused, "href=\"#add-minutes\"")) << refused.body;
  EXPECT_TRUE(has(refused, "value=\"soon\""));
  EXPECT_TRUE(has(refused, "Error: "));

  EXPECT_EQ(post("/sign-out", hidden(page)).status, 303);
  EXPECT_TRUE(has(get("/meetings"), "Sign in"));
}

TEST_F(PagesOverServices, somebody_comments_on_a_paragraph_and_takes_it_back_without_script) {
  const auto id = consult();
  const std::string draft = "/consultations/" + id + "/draft/1";
  const auto read = get(draft);
  ASSERT_EQ(read.status, 200) << read.body;
  EXPECT_TRUE(has(read, "href=\"" + draft + "/b3\"")) << read.body;
  EXPECT_TRUE(has(read, "No comments on paragraph 1.1"));
  EXPECT_FALSE(has(read, "<textarea"));
  EXPECT_TRUE(has(get(draft + "/b3"), "Nobody has commented on this paragraph yet."));
  EXPECT_EQ(get(draft + "/b2").status, 404) << "a heading has no thread";
  EXPECT_EQ(get(draft + "/b3-2").status, 404);

  ASSERT_EQ(sign_in(k_password).status, 303);
  const auto thread = get(draft + "/b3");
  const auto comment = [&](const std::string& text) {
    return post("/do/consultations.add_comment", hidden(thread) + "form=comment-b3&return_to=" + draft +
                                                     "/{thread}%23comment-{comment}&consultation=" + id +
                                                     "&draft=1&block=b3&text=" + text);
  };
  const auto refused = comment("");
  EXPECT_EQ(refused.status, 422);
  EXPECT_TRUE(has(refused, "href=\"#comment-b3-text\"")) << refused.body;
  EXPECT_TRUE(has(refused, "Error: "));

  // The person's name reaches consultations as an event; until then the comment is refused and can be sent
  // again.
  http::Response sent;
  ASSERT_TRUE(test::eventually(10s, [&] { return (sent = comment("Name+the+towns.")).status == 303; }))
      << sent.body;
  const auto place = header(sent, "location");
  ASSERT_TRUE(place.starts_with(draft + "/b3#comment-")) << place;
  const auto said = get(draft + "/b3");
  EXPECT_TRUE(has(said, "id=\"" + place.substr(place.find('#') + 1) + "\""));
  EXPECT_TRUE(has(said, "Name the towns.") && has(said, "Ada &amp; Co"));
  EXPECT_TRUE(has(get(draft), "1 comment on paragraph 1.1"));
  EXPECT_FALSE(has(get(draft), "Name the towns."));

  const auto withdrawn =
      post("/do/consultations.withdraw_comment", hidden(said) + "form=withdraw&return_to=" + draft +
                                                     "/b3&comment=" + place.substr(place.rfind('-') + 1));
  EXPECT_EQ(withdrawn.status, 303) << withdrawn.body;
  EXPECT_TRUE(has(get(draft + "/b3"), "Comment withdrawn by its author."));
  EXPECT_TRUE(has(get(draft), "No comments on paragraph 1.1"));
}

TEST_F(PagesOverServices, a_draft_agenda_is_not_there_for_visitors_until_it_is_published) {
  sign_in(k_password);
  const auto agenda = schedule();
  const auto meeting = agenda.substr(0, agenda.rfind('/'));
  const auto form =
      hidden(get(agenda)) + "return_to=" + meeting + "&meeting=" + meeting.substr(meeting.rfind('/') + 1);
  const auto title = "title=Open+item&kind=note&minutes=5&form=add&";
  EXPECT_EQ(post("/do/meetings.add_agenda_item", title + form).status, 303);

  const auto secretary = std::exchange(cookie_, {});
  EXPECT_EQ(get(meeting).status, 404);
  EXPECT_FALSE(has(get(meeting), "Open item"));

  cookie_ = secretary;
  const auto publish = hidden(get(agenda)) + "form=publish&reason=Tried+out+long+after&return_to=" + meeting +
                       "&meeting=" + meeting.substr(meeting.rfind('/') + 1);
  EXPECT_EQ(post("/do/meetings.publish_agenda", publish).status, 303);
  cookie_.clear();
  const auto page = get(meeting);
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(has(page, "Open item"));
}

TEST_F(PagesOverServices, a_post_is_never_lost_in_silence_while_its_service_is_away) {
  sign_in(k_password);
  const auto agenda = schedule();
  const auto meeting = agenda.substr(0, agenda.rfind('/'));
  const auto form = hidden(get(agenda)) + "form=add&return_to=" + agenda +
                    "&title=Typed+text&kind=note&minutes=5&meeting=" + meeting.substr(meeting.rfind('/') + 1);
  meetings_.reset();
  const auto answer = post("/do/meetings.add_agenda_item", form);
  EXPECT_EQ(answer.status, 503);
  meetings_ = std::make_unique<RunningService>(meetings::definition(), data_.file("data"), nats_);
  http::Response again;
  test::eventually(10s, [&] { return (again = post("/do/meetings.add_agenda_item", form)).status == 303; });
  EXPECT_EQ(again.status, 303) << "the same form is safe to send again";
  const auto page = get(agenda);
  EXPECT_TRUE(has(page, "Typed text")) << page.body;
}

/// A group whose log has turned a page: the oldest entry is the secretary's own.
class PagesOfALog : public PagesOverServices {
 protected:
  void SetUp() override {
    PagesOverServices::SetUp();
    made("group", "advisory.open_group",
         {{"group", body_}, {"challenge", "clean_growth"}, {"mission", "Half the cost by 2030."}});
    sign_in(k_password);
    // Until advisory has heard of the secretary's seat, the log is not there for the secretary either.
    ASSERT_TRUE(test::eventually(10s, [&] { return has(get(group()), "Log an engagement"); }));
    const auto form = hidden(get(group())) + "form=log&return_to=" + group() + "&" + entry("2018-01-01");
    ASSERT_EQ(post("/do/advisory.log_engagement", form + "&said=The+oldest+entry").status, 303);
    for (int n = 0; n < 60 && !has(get(group()), page()); ++n) log_long_entry();
    secretary_ = cookie_;
  }
  std::string group() const { return "/groups/" + body_; }
  std::string page() const { return group() + "/engagements/1"; }
  std::string entry(const std::string& day) const {
    return "group=" + body_ +
           "&organisation=Small+Vans&kind=business&sector=Logistics&area=Cumbria&heard_on=" + day +
           "&channel=visit";
  }
  void log_long_entry() {
    made("", "advisory.log_engagement",
         {{"group", body_},
          {"organisation", "Small Vans"},
          {"kind", "business"},
          {"sector", "Logistics"},
          {"area", "Cumbria"},
          {"heard_on", "2018-05-30"},
          {"channel", "visit"},
          {"said", std::string(4000, 'x')}});
  }

  std::string secretary_;
};

TEST_F(PagesOfALog, show_members_the_earlier_entries_and_the_way_back) {
  const auto newest = get(group());
  EXPECT_EQ(newest.status, 200);
  EXPECT_TRUE(has(newest, "href=\"" + page() + "\""));
  EXPECT_FALSE(has(newest, "The oldest entry"));
  const auto earlier = get(page());
  EXPECT_EQ(earlier.status, 200) << earlier.body;
  EXPECT_TRUE(has(earlier, "The oldest entry"));
  EXPECT_TRUE(has(earlier, "href=\"" + group() + "\" rel=\"prev\""));
  for (const auto* none : {"2", "0", "01", "-1", "page"})
    EXPECT_EQ(get(group() + "/engagements/" + none).status, 404) << none;
}

TEST_F(PagesOfALog, are_not_there_for_others_who_read_the_group_as_before) {
  cookie_.clear();
  const auto seen = get(group());
  EXPECT_EQ(seen.status, 200) << seen.body;
  EXPECT_TRUE(has(seen, "Half the cost by 2030."));
  EXPECT_TRUE(has(seen, "is for its members"));
  EXPECT_FALSE(has(seen, "Small Vans"));
  EXPECT_FALSE(has(seen, page()));
  const auto refused = get(page()), missing = get(group() + "/engagements/2");
  EXPECT_EQ(refused.status, 404);
  EXPECT_EQ(missing.status, 404);
  EXPECT_FALSE(has(refused, "Small Vans"));
}

TEST_F(PagesOfALog, let_its_author_withdraw_an_old_entry_and_stay_on_the_page) {
  const auto earlier = get(page());
  std::smatch id;
  ASSERT_TRUE(std::regex_search(earlier.body, id, std::regex(R"xx(id="send-wd-([a-z2-7]+)")xx")))
      << earlier.body;
  const auto form = hidden(earlier) + "form=withdraw-" + id[1].str() + "&return_to=" + page() +
                    "&group=" + body_ + "&engagement=" + id[1].str() + "&reason=";
  const auto refused = post("/do/advisory.withdraw_engagement", form + "x");
  EXPECT_EQ(refused.status, 422);
  EXPECT_TRUE(has(refused, "Whom the group has heard: earlier entries")) << "the same page comes back";
  const auto done = post("/do/advisory.withdraw_engagement",
                         hidden(earlier) + form.substr(form.find("form=")) + "Logged+twice");
  EXPECT_EQ(done.status, 303);
  EXPECT_EQ(header(done, "location"), page());
  const auto after = get(page());
  EXPECT_EQ(after.status, 200);
  EXPECT_FALSE(has(after, "The oldest entry"));
}

TEST_F(PagesOverServices, earlier_meetings_of_everyone_and_of_a_body_have_pages_of_their_own) {
  const std::string wide = "🏛";  // four bytes a character: the list's head is full before long
  const auto repeated = [&](int times) {
    std::string text;
    for (int i = 0; i < times; ++i) text += wide;
    return text;
  };
  sign_in(k_password);
  const std::string public_page = "/meetings/page/1", of_body = "/bodies/" + body_ + "/meetings/1";
  std::string oldest;
  for (int n = 0; n < 90 && !has(get("/meetings"), public_page); ++n) {
    const auto meeting = made("meeting", "meetings.schedule_meeting",
                              {{"body", body_},
                               {"title", "M" + std::to_string(n) + repeated(150)},
                               {"date", "20" + std::to_string(10 + n) + "-01-15"},
                               {"starts", "10:00"},
                               {"ends", "12:00"},
                               {"place", repeated(200)},
                               {"chair", repeated(120)},
                               {"co_chair", repeated(120)}});
    made("", "meetings.add_agenda_item",
         {{"meeting", meeting}, {"title", "Item"}, {"kind", "note"}, {"minutes", 5}});
    made("", "meetings.publish_agenda", {{"meeting", meeting}, {"reason", "Tried out long after"}});
    if (n == 0) oldest = "/meetings/" + meeting;
  }
  const auto newest = get("/meetings");
  EXPECT_TRUE(has(newest, public_page));
  EXPECT_TRUE(has(newest, of_body));
  for (const auto& path : {public_page, of_body}) {
    const auto page = get(path);
    EXPECT_EQ(page.status, 200) << path;
    EXPECT_TRUE(has(page, "href=\"" + oldest + "\"")) << path;
    EXPECT_TRUE(has(page, "href=\"/meetings\" rel=\"prev\"")) << path;
  }
  EXPECT_EQ(get("/meetings/page/2").status, 404);
  EXPECT_EQ(get("/meetings/page").status, 404);
  EXPECT_EQ(get(oldest).status, 200) << "the address of a meeting is as before";
  cookie_.clear();
  EXPECT_EQ(get(public_page).status, 200);
  EXPECT_EQ(get(of_body).status, 404);
}

TEST_F(PagesOverServices, the_audit_shows_who_did_what_in_every_service_and_as_a_file) {
  const auto id = consult();
  auto page = audit("/audit");
  ASSERT_EQ(page.status, 200) << page.body;
  EXPECT_TRUE(has(page, "Filled the seat “Clerk”"));
  EXPECT_TRUE(has(page, "From <strong>Vacant</strong> to <strong>Ada &amp; Co</strong>")) << page.body;
  EXPECT_TRUE(has(page, "Opened the consultation “Draft strategy”"));
  EXPECT_TRUE(has(page, "<option value=\"" + body_ + "\">Council of &lt;Chairs&gt;</option>"));
  EXPECT_FALSE(has(page, "cannot be reached"));
  EXPECT_EQ(header(page, "cache-control"), "no-store");

  page = audit("/audit?kind=seat_filled&body=" + body_);
  EXPECT_TRUE(has(page, "Filled the seat") && !has(page, "Opened the consultation"));
  page = audit("/audit?to=1999-12-31");
  EXPECT_TRUE(has(page, "There are no entries like these."));
  page = audit("/audit?from=soon");
  EXPECT_EQ(page.status, 422);
  EXPECT_TRUE(has(page, "href=\"#filter-from\""));

  const auto file = audit("/audit.csv?kind=seat_filled");
  EXPECT_EQ(header(file, "content-type"), "text/csv; charset=utf-8; header=present");
  EXPECT_TRUE(has(file, "\"Filled the seat “Clerk”\",\"Council of <Chairs>\",\"Vacant\",\"Ada & Co\",\"seat_filled\"")) << file.body;
}

TEST_F(PagesOverServices, the_audit_is_for_auditors_and_administrators_only) {
  EXPECT_EQ(audit("/audit", Role::administrator).status, 200);
  for (const auto* path : {"/audit", "/audit.csv"}) {
    EXPECT_EQ(audit(path, std::nullopt).status, 404);
    EXPECT_EQ(audit(path, Role::secretary).status, 404);
  }
}

TEST_F(PagesOverServices, the_audit_names_a_service_that_cannot_be_asked_and_shows_the_rest) {
  meetings_.reset();
  const auto page = audit("/audit");
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(has(page, "Meetings cannot be reached at the moment"));
  EXPECT_TRUE(has(page, "Filled the seat “Clerk”"));
  EXPECT_TRUE(has(audit("/audit.csv"), "Meetings could not be reached: its entries are not in this file."));
}

}  // namespace
}  // namespace witan::pages
