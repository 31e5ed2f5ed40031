#include <gmock/gmock.h>

#include <fstream>

#include "infra/operator/steps.hpp"
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

}  // namespace
}  // namespace witan::operate
