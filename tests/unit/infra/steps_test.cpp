#include <gmock/gmock.h>

#include <fstream>

#include "infra/operator/steps.hpp"
#include "shared/base/uk_time.hpp"
#include "tests/support/temp_folder.hpp"

namespace witan::operate {
using test::TempFolder;
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

const std::filesystem::path k_nowhere = "/nowhere";

TEST(Steps, carry_ids_that_are_the_same_each_time_the_file_is_read) {
  const auto steps = parse_steps("10-bodies", R"({"steps":[{"do":"a.b"},{"do":"a.c","as":"@ann","account":true,"save":{"body":"council"}}]})", k_nowhere);
  ASSERT_EQ(steps.size(), 2U);
  EXPECT_EQ(steps[0].command_id, "demo-10-bodies-1");
  EXPECT_EQ(steps[1].command_id, "demo-10-bodies-2");
  EXPECT_EQ(steps[1].as, "ann");
  EXPECT_TRUE(steps[1].wants_account);
  EXPECT_EQ(steps[1].save.at("body"), "council");
}

TEST(Steps, of_several_files_come_in_the_order_of_their_names) {
  const TempFolder temp;
  std::ofstream(temp.path() / "20-b.json") << R"({"steps":[{"do":"x.second"}]})";
  std::ofstream(temp.path() / "10-a.json") << R"({"steps":[{"do":"x.first"}]})";
  std::ofstream(temp.path() / "notes.md") << "not a file of steps";
  const auto steps = read_steps(temp.path());
  ASSERT_EQ(steps.size(), 2U);
  EXPECT_EQ(steps[0].command, "x.first");
  EXPECT_EQ(steps[1].command, "x.second");
}

TEST(Steps, that_are_misspelt_are_refused_with_their_place) {
  const auto parse = [](std::string_view text) { return [text] { parse_steps("f", text, k_nowhere); }; };
  EXPECT_THAT(parse(R"({"steps":[{"do":"a.b"},{"do":"a.b","sav":{}}]})"), ThrowsMessage<StepFailure>(HasSubstr("f step 2: there is nothing called 'sav'")));
  EXPECT_THAT(parse(R"({"steps":[{"do":"ab"}]})"), ThrowsMessage<StepFailure>(HasSubstr("'do' must name a command")));
  EXPECT_THAT(parse(R"({"steps":[7]})"), ThrowsMessage<StepFailure>(HasSubstr("is not an object")));
  EXPECT_THAT(parse(R"({"step":[]})"), ThrowsMessage<StepFailure>(HasSubstr("f.json")));
  EXPECT_THAT(parse("{"), ThrowsMessage<StepFailure>(HasSubstr("f.json")));
}

TEST(References, are_replaced_wherever_they_stand) {
  const Saved saved = {{"council", "abc"}, {"draft", 1}};
  const auto args = json::parse(R"({"body":"@council","draft":"@draft","list":["@council",{"deep":"@council"}],"n":3,"plain":"a@b"})");
  EXPECT_EQ(resolve(args, saved, k_nowhere), json::parse(R"({"body":"abc","draft":1,"list":["abc",{"deep":"abc"}],"n":3,"plain":"a@b"})"));
}

TEST(References, written_with_two_signs_are_text_that_begins_with_one) {
  EXPECT_EQ(resolve(json::value("@@home"), {}, k_nowhere), json::value("@home"));
}

TEST(References, to_nothing_are_refused_by_name) {
  EXPECT_THAT([] { resolve(json::value("@nobody"), {}, k_nowhere); }, ThrowsMessage<StepFailure>(HasSubstr("'nobody'")));
}

TEST(References, to_a_file_become_its_text) {
  const TempFolder temp;
  std::ofstream(temp.path() / "draft.md") << "# One\n\n@not a reference\n";
  EXPECT_EQ(resolve(json::parse(R"({"@file":"draft.md"})"), {}, temp.path()), json::value("# One\n\n@not a reference\n"));
  EXPECT_THAT([&] { resolve(json::parse(R"({"@file":"none.md"})"), {}, temp.path()); }, ThrowsMessage<StepFailure>(HasSubstr("none.md cannot be read")));
}

TEST(References, to_a_day_to_come_become_its_date_in_the_uk) {
  const auto day = [](std::string_view now, std::string_view args) {
    return resolve(json::parse(args), {}, k_nowhere, *uk_time::parse_rfc3339(now));
  };
  EXPECT_EQ(day("2019-09-19T10:00:00Z", R"({"closes_on":{"@days_from_now":42}})"), json::parse(R"({"closes_on":"2019-10-31"})"));
  EXPECT_EQ(day("2018-06-19T23:30:00Z", R"({"@days_from_now":0})"), json::value("2018-06-20"));  // past midnight in summer time
  EXPECT_EQ(day("2018-10-27T22:59:00Z", R"({"@days_from_now":2})"), json::value("2018-10-29"));  // over a day of 25 hours
  EXPECT_EQ(day("2020-03-01T12:00:00Z", R"({"@days_from_now":-1})"), json::value("2020-02-29"));
}

TEST(References, to_a_day_need_a_whole_number_of_days) {
  const auto resolving = [](std::string_view args) { return [args] { resolve(json::parse(args), {}, k_nowhere); }; };
  EXPECT_THAT(resolving(R"({"@days_from_now":"six weeks"})"), ThrowsMessage<StepFailure>(HasSubstr("'@days_from_now' needs a whole number")));
  EXPECT_THAT(resolving(R"({"@days_from_now":1.5})"), ThrowsMessage<StepFailure>(HasSubstr("whole number")));
  EXPECT_THAT(resolving(R"({"@days_from_now":99999999})"), ThrowsMessage<StepFailure>(HasSubstr("whole number")));
}

}  // namespace
}  // namespace witan::operate
