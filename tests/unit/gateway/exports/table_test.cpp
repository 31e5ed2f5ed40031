// Which file is at which address.
#include "gateway/exports/table.hpp"

#include <gtest/gtest.h>

namespace witan::exports::test {
namespace {

std::string at(std::string_view path) {
  const auto found = find(path);
  return found ? std::string(found->what->path) : "nothing";
}

TEST(Table, finds_the_file_at_an_address) {
  EXPECT_EQ(at("/meetings/abc23.ics"), "/meetings/{meeting}.ics");
  EXPECT_EQ(find("/meetings/abc23.ics")->params.at("meeting"), "abc23");
  EXPECT_EQ(at("/meetings/abc23/minutes.json"), "/meetings/{meeting}/minutes.json");
  EXPECT_EQ(at("/bodies/abc23/decisions.csv"), "/bodies/{body}/decisions.csv");
  EXPECT_EQ(at("/bodies/abc23/actions.csv"), "/bodies/{body}/actions.csv");
  EXPECT_EQ(find("/calendar/abc23.ics")->params.at("calendar"), "abc23");
}

TEST(Table, has_nothing_for_what_only_looks_like_one) {
  for (const auto* path : {"/meetings/.ics", "/meetings/abc23", "/meetings/abc23.icsx", "/meetings/a/b.ics", "/meetings/ABC.ics", "/meetings/..%2f.ics", "/meetings/abc23/agenda.csv/", "", "/"}) {
    EXPECT_EQ(at(path), "nothing") << path;
  }
}

}  // namespace
}  // namespace witan::exports::test
