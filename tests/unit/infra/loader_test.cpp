#include <gmock/gmock.h>

#include "infra/operator/loader.hpp"

namespace witan::operate {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;
using testing::ThrowsMessage;

constexpr std::string_view k_council = R"({"steps":[
  {"do":"directory.establish_body","args":{"name":"Council","kind":"council"},"save":{"body":"council"}},
  {"do":"directory.register_person","args":{"name":"Ann","email":"ann@example.org"},"account":true,"save":{"person":"ann"}},
  {"do":"directory.create_seat","args":{"body":"@council","title":"Secretary","role":"secretary"},"save":{"seat":"chair"}},
  {"do":"directory.fill_seat","args":{"body":"@council","seat":"@chair","person":"@ann"}},
  {"do":"meetings.schedule_meeting","as":"ann","args":{"body":"@council"}}]})";

std::vector<Step> council() { return parse_steps("c", k_council, "/nowhere"); }

/// Answers with ids that tell which field they are of, and keeps what was asked.
struct Recorder {
  std::vector<CommandRequest> asked;
  Send send() {
    return [this](const CommandRequest& request) -> Result<CommandReply> {
      asked.push_back(request);
      CommandReply reply;
      reply.result = {{"body", "id-of-body"}, {"person", "id-of-person"}, {"seat", "id-of-seat"}};
      return reply;
    };
  }
};

TEST(Loader, acts_as_the_administrator_until_a_step_names_a_person_with_their_roles) {
  Recorder recorder;
  Loader loader(recorder.send(), {});
  for (const auto& step : council()) loader.carry_out(step);
  ASSERT_THAT(recorder.asked, SizeIs(5));
  EXPECT_TRUE(recorder.asked[0].actor.is_administrator());
  EXPECT_FALSE(recorder.asked[0].actor.signed_in());
  const auto& last = recorder.asked[4];
  EXPECT_EQ(last.actor.person->str(), "id-of-person");
  EXPECT_TRUE(last.actor.holds("id-of-body", {Role::secretary}));
  EXPECT_FALSE(last.actor.is_administrator());
  EXPECT_EQ(last.args.at("body"), json::value("id-of-body"));
  EXPECT_EQ(last.id, "demo-c-5");
}

TEST(Loader, registers_people_with_an_account_with_the_password_that_was_settled) {
  Recorder recorder;
  const std::map<std::string, std::string> passwords = {{"ann@example.org", "secret words"}};
  Loader loader(recorder.send(), passwords);
  for (const auto& step : council()) loader.carry_out(step);
  EXPECT_EQ(recorder.asked[1].args.at("password"), json::value("secret words"));
  ASSERT_THAT(loader.accounts(), SizeIs(1));
  EXPECT_EQ(loader.accounts()[0].password, "secret words");
}

TEST(Loader, stops_at_a_refusal_and_says_which_step_and_why) {
  Loader loader([](const CommandRequest&) -> Result<CommandReply> { return reject_field("/name", ErrorCode::too_short, "This is too short."); }, {});
  EXPECT_THAT([&] { loader.carry_out(council()[0]); },
              ThrowsMessage<StepFailure>(testing::AllOf(HasSubstr("c step 1 (directory.establish_body)"), HasSubstr("/name too_short"))));
}

TEST(Loader, goes_on_where_an_earlier_day_had_sent_another_date_under_the_same_id) {
  const auto steps = parse_steps("c", R"({"steps":[{"do":"a.open","args":{"closes_on":{"@days_from_now":42}}},
      {"do":"a.open","args":{"closes_on":"2019-10-31"}},
      {"do":"a.open","args":{"closes_on":{"@days_from_now":42}},"save":{"body":"b"}}]})", "/nowhere");
  Loader loader([](const CommandRequest&) -> Result<CommandReply> { return reject(ErrorCode::idempotency_mismatch); }, {});
  EXPECT_NO_THROW(loader.carry_out(steps[0]));
  EXPECT_THROW(loader.carry_out(steps[1]), StepFailure);  // another request for another reason
  EXPECT_THROW(loader.carry_out(steps[2]), StepFailure);  // its answer is needed
}

TEST(Loader, refuses_a_person_that_nobody_saved) {
  const auto steps = parse_steps("c", R"({"steps":[{"do":"a.b","as":"bob"}]})", "/nowhere");
  EXPECT_THAT([&] { rehearse(steps); }, ThrowsMessage<StepFailure>(HasSubstr("nobody was saved as 'bob'")));
}

TEST(Rehearsal, tells_the_accounts_and_their_roles_before_anything_is_sent) {
  const auto accounts = rehearse(council());
  ASSERT_THAT(accounts, SizeIs(1));
  EXPECT_EQ(accounts[0].email, "ann@example.org");
  EXPECT_THAT(accounts[0].roles, ElementsAre("secretary, Council"));
}

TEST(Patience, tries_again_with_the_same_id_while_another_service_has_not_heard_yet) {
  int tries = 0, pauses = 0;
  std::vector<std::string> ids;
  const auto send = patiently(
      [&](const CommandRequest& request) -> Result<CommandReply> {
        ids.push_back(request.id);
        if (++tries < 3) return reject(tries == 1 ? ErrorCode::not_found : ErrorCode::unavailable);
        return CommandReply{};
      },
      std::chrono::seconds(10), [&](std::chrono::milliseconds) { ++pauses; });
  CommandRequest request;
  request.id = "demo-1";
  EXPECT_TRUE(send(request));
  EXPECT_EQ(pauses, 2);
  EXPECT_THAT(ids, ElementsAre("demo-1", "demo-1", "demo-1"));
}

TEST(Patience, does_not_argue_with_a_real_no) {
  int tries = 0;
  const auto send = patiently([&](const CommandRequest&) -> Result<CommandReply> { ++tries; return reject(ErrorCode::forbidden); },
                              std::chrono::seconds(10), [](std::chrono::milliseconds) {});
  EXPECT_FALSE(send({}));
  EXPECT_EQ(tries, 1);
}

}  // namespace
}  // namespace witan::operate
