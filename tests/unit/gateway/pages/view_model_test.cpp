#include "gateway/pages/view_model.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

namespace witan::pages {
namespace {

namespace fs = std::filesystem;

/// The fixtures that the browser's view model is tested with too. Tests run in the repository's root.
std::vector<std::string> fixtures() {
  std::vector<std::string> names;
  std::error_code missing;
  for (const auto& entry : fs::directory_iterator("tests/contract/view-model", missing))
    names.push_back(entry.path().stem());
  std::sort(names.begin(), names.end());
  return names;
}

json::object read(const std::string& name) {
  std::ifstream file("tests/contract/view-model/" + name + ".json");
  std::stringstream text;
  text << file.rdbuf();
  return json::parse(text.str()).as_object();
}

class ViewModelFixture : public testing::TestWithParam<std::string> {};

TEST_P(ViewModelFixture, gives_the_model_that_the_browser_gives) {
  const auto fixture = read(GetParam());
  Entities entities;
  for (const auto& [key, value] : fixture.at("entities").as_object()) entities[std::string(key)] = value;
  const auto model = view_model(string_at(fixture, "topic"), string_at(fixture, "audience"), entities,
                                string_at(fixture.at("actor").as_object(), "person"));
  EXPECT_EQ(json::value(model), fixture.at("expect")) << json::serialize(model);
}

INSTANTIATE_TEST_SUITE_P(fixtures, ViewModelFixture, testing::ValuesIn(fixtures()), [](const auto& given) {
  std::string name = given.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace witan::pages
