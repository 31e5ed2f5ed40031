#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "shared/contract/catalogue.hpp"
#include "shared/contract/result.hpp"

namespace witan {
namespace {

const std::filesystem::path k_fixtures = "tests/contract/fixtures";

json::value read_json(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return json::parse(text.str());
}

class EveryMessage : public testing::TestWithParam<std::string> {};

TEST_P(EveryMessage, has_a_fixture_that_survives_reading_and_writing) {
  const auto path = k_fixtures / (GetParam() + ".json");
  ASSERT_TRUE(std::filesystem::exists(path)) << "write " << path;
  const auto fixture = read_json(path);
  const auto written = catalogue::reencode(GetParam(), fixture);
  ASSERT_TRUE(written) << written.error().errors.front().pointer << ": " << written.error().detail;
  EXPECT_EQ(*written, fixture);
  EXPECT_EQ(catalogue::rewrite(GetParam(), fixture), json::serialize(*written));
}

TEST_P(EveryMessage, refuses_a_field_that_it_does_not_know_from_outside_and_passes_over_that_of_a_newer_part) {
  const auto fixture = read_json(k_fixtures / (GetParam() + ".json"));
  auto newer = fixture;
  newer.as_object()["surprise"] = 1;
  const auto written = catalogue::reencode(GetParam(), newer);
  if (!catalogue::is_from_outside(GetParam())) {
    ASSERT_TRUE(written) << written.error().detail;
    EXPECT_EQ(*written, fixture);
    return;
  }
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().errors.front().pointer, "/surprise");
  EXPECT_EQ(written.error().errors.front().code, ErrorCode::unknown_field);
}

INSTANTIATE_TEST_SUITE_P(contract, EveryMessage, testing::ValuesIn(catalogue::message_types()),
                         [](const auto& name) { return name.param; });

TEST(contract, gives_every_type_a_name_of_its_own) {
  const auto& names = catalogue::message_types();
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), names.size());
}

TEST(contract, gives_every_error_code_a_status_a_title_and_a_name_of_its_own) {
  std::set<std::string_view> names;
  for (const auto& error : all_errors()) {
    EXPECT_GE(error.status, 400) << error.name;
    EXPECT_LT(error.status, 600) << error.name;
    EXPECT_FALSE(error.title.empty()) << error.name;
    EXPECT_TRUE(names.insert(error.name).second) << error.name;
    EXPECT_EQ(error_from(error.name), error.code);
  }
}

TEST(contract, carries_a_rejection_through_a_problem_document_unchanged) {
  Rejection rejection{ErrorCode::invalid_arguments, "Shorten this.", {{"/title", ErrorCode::too_long, "Shorten this."}}, {}};
  rejection.extra["version"] = 7;
  const auto problem = to_problem(rejection, "t1");
  EXPECT_EQ(problem.at("status").as_int64(), 422);
  EXPECT_EQ(problem.at("instance").as_string(), "urn:witan:trace:t1");
  const auto back = from_problem(problem);
  EXPECT_EQ(back.code, rejection.code);
  ASSERT_EQ(back.errors.size(), 1U);
  EXPECT_EQ(back.errors[0].pointer, "/title");
  EXPECT_EQ(back.extra.at("version").as_int64(), 7);
}

TEST(contract, names_no_command_twice_and_knows_the_fields_of_each) {
  const auto& names = catalogue::commands();
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), names.size());
  for (const auto& name : names) ASSERT_NE(catalogue::fields_of(name), nullptr) << name;
  EXPECT_EQ(catalogue::fields_of("meetings.fly"), nullptr);
}

}  // namespace
}  // namespace witan
