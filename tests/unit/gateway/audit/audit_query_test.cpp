#include <gtest/gtest.h>

#include "gateway/audit/audit_query.hpp"
#include "gateway/audit/csv.hpp"
#include "shared/base/uk_time.hpp"

namespace witan::audit {
namespace {

const std::string k_id(26, 'a');

std::vector<std::string> faults(std::string_view text) {
  std::vector<std::string> pointers;
  for (const auto& error : read_query(text).errors) pointers.push_back(error.pointer);
  return pointers;
}

TEST(AuditQuery, reads_days_as_uk_days_both_included) {
  const auto query = read_query("from=2018-10-28&to=2018-10-28");  // 25 hours: the clocks go back
  EXPECT_EQ(uk_time::rfc3339(*query.filter.from), "2018-10-27T23:00:00.000Z");
  EXPECT_EQ(uk_time::rfc3339(*query.filter.to), "2018-10-29T00:00:00.000Z");
  EXPECT_TRUE(query.errors.empty());
}

TEST(AuditQuery, says_what_cannot_be_read_and_looks_for_it_no_further) {
  EXPECT_EQ(faults("from=yesterday&to=2018-02-30"), (std::vector<std::string>{"/from", "/to"}));
  EXPECT_EQ(faults("from=2018-06-02&to=2018-06-01"), (std::vector<std::string>{"/to"}));
  EXPECT_EQ(faults("person=Ada&body=x"), (std::vector<std::string>{"/person", "/body"}));
  EXPECT_EQ(faults("from=&to=&person=&body=&kind=&older="), std::vector<std::string>());
  EXPECT_TRUE(read_query("from=%ff").from.empty()) << "what is not understood is not written into a page";
  EXPECT_FALSE(read_query("kind=<b>").filter.kind);
}

TEST(AuditQuery, leads_back_to_itself) {
  const auto text = "/audit?person=" + k_id + "&body=" + k_id + "&kind=seat_filled&from=2018-06-01&to=2018-06-30&older=directory-120.meetings-1";
  const auto query = read_query(std::string_view(text).substr(7));
  EXPECT_EQ(query.older, (Positions{{"directory", 120}, {"meetings", 1}}));
  EXPECT_EQ(address("/audit", query, query.older), text);
  EXPECT_EQ(address("/audit", read_query(""), {}), "/audit");
  for (const auto* forged : {"directory", "directory-", "directory--5", "directory-0", "directory-9x", "directory-99999999999999999999"}) {
    EXPECT_TRUE(read_query(std::string("older=") + forged).older.empty()) << forged;
  }
}

TEST(AuditCsv, quotes_every_cell_and_lets_none_be_a_formula) {
  EXPECT_EQ(csv_line({"plain", "say \"so\", please", "two\nlines", ""}), "\"plain\",\"say \"\"so\"\", please\",\"two\nlines\",\"\"\r\n");
  for (const auto* formula : {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"}) EXPECT_EQ(csv_line({formula}), "\"'" + std::string(formula) + "\"\r\n");
  EXPECT_EQ(csv_line({"a=1"}), "\"a=1\"\r\n");
  EXPECT_EQ(csv_line({"", "x"}), "\"\",\"x\"\r\n");
}

}  // namespace
}  // namespace witan::audit
