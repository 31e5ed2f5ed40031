// All papers of a meeting as one ZIP file: its names, its records, its index, and what happens when a file breaks off.
#include "gateway/papers/pack.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <gmock/gmock.h>

namespace witan::papers {
namespace {

namespace net = boost::asio;
namespace wire = contract::meetings;
using ::testing::HasSubstr;
using ::testing::Not;

std::uint64_t number_at(std::string_view text, std::size_t at, int bytes) {
  std::uint64_t number = 0;
  for (int n = bytes; n > 0; --n) number = number << 8 | static_cast<unsigned char>(text[at + static_cast<std::size_t>(n) - 1]);
  return number;
}

wire::PaperView paper(const std::string& name) {
  wire::PaperView view;
  std::string id = name;
  id.resize(26, 'a');
  view.paper = PaperId::from_trusted(id);
  view.title = name + " & co";
  view.file_href = "/papers/" + id + "/file/2";
  view.size = "3 kB";
  return view;
}

PackFile file(const std::string& name, std::uint64_t bytes) {
  return {paper(name).paper.str(), 2, {"01 " + name + " v2.pdf", bytes, 0, 0}, {}};
}

PackAgenda agenda() {
  PackAgenda all;
  all.meeting.title = "Council <June>", all.meeting.state_label = "Cancelled";
  all.meeting.cancellation.emplace().reason = "Snow & ice";
  wire::AgendaItemView open, closed;
  open.number = "1", open.title = "Rail & roads";
  auto late = paper("late"), gone = paper("gone"), awaited = paper("awaited");
  late.is_late = true, late.is_members_only = true, late.not_before = "9:30am on 20 June 2018";
  gone.is_withdrawn = true, gone.file_href.clear();
  awaited.is_to_follow = true, awaited.file_href.clear(), awaited.expected = "Tuesday 12 June 2018";
  open.papers = {paper("first"), late, gone, awaited};
  closed.number = "2", closed.is_restricted = true;
  all.items = {open, closed};
  return all;
}

/// The whole pack, or what there was of it; each file is of letters and comes in two pieces.
std::string whole(Pack& pack, std::string_view breaks_at = {}) {
  net::io_context loop;
  std::string all;
  const Pack::Read read = [&](const PackFile& of, std::uint64_t offset) -> net::awaitable<Result<std::string>> {
    if (of.entry.name == breaks_at && offset > 0) co_return reject(ErrorCode::not_found);
    co_return std::string(std::min<std::uint64_t>(of.entry.bytes - offset, of.entry.bytes / 2 + 1), 'x');
  };
  auto done = net::co_spawn(loop, [&]() -> net::awaitable<bool> {
    while (all.size() < pack.bytes()) {
      auto piece = co_await pack.next(read);
      if (!piece) co_return false;
      all += *piece;
    }
    co_return true;
  }, net::use_future);
  loop.run();
  EXPECT_EQ(done.get(), breaks_at.empty());
  return all;
}

TEST(Pack, is_as_long_as_it_was_said_to_be_and_has_the_checksums_of_what_went_by) {
  Pack pack(agenda(), {file("first", 3000), file("late", 5)});
  const auto all = whole(pack);
  EXPECT_EQ(all.size(), pack.bytes());
  EXPECT_THAT(all, HasSubstr("<a href=\"./01%20first%20v2.pdf\">01 first v2.pdf</a>: first &amp; co, version 2, 3 kB<br><small>SHA-256 e1630f843370f402870799e14abbf2b06af2d23b0153658e1211dffabc61ad8f</small>"));
  EXPECT_THAT(all, HasSubstr("3 kB, late, for members only, not before 9:30am on 20 June 2018<br><small>SHA-256 eaf16bc07968e013f3f94ab1342472434a39fc3475f11cf341a6c3965974f8e9</small>"));
  const auto descriptor = all.find("PK\x07\x08");
  EXPECT_EQ(number_at(all, descriptor + 4, 4), 0x98ee17e7U);
  EXPECT_EQ(number_at(all, descriptor + 8, 4), 3000U);
  const auto end = all.rfind("PK\x05\x06");
  EXPECT_EQ(number_at(all, end + 10, 2), 3U);
  EXPECT_EQ(all.substr(number_at(all, end + 16, 4), 4), "PK\x01\x02") << "where the directory begins";
}

TEST(Pack, tells_of_what_it_has_not) {
  const auto html = pack_index(agenda(), {file("first", 3)});
  EXPECT_THAT(html, HasSubstr("<h1>Council &lt;June&gt;</h1>"));
  EXPECT_THAT(html, HasSubstr("gone &amp; co: withdrawn"));
  EXPECT_THAT(html, HasSubstr("awaited &amp; co: to follow, expected by Tuesday 12 June 2018"));
  EXPECT_THAT(html, HasSubstr("late &amp; co: could not be read when this file was made"));
  EXPECT_THAT(html, HasSubstr("<h3>2 For members only</h3>"));
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_THAT(html, HasSubstr("<p>Cancelled: Snow &amp; ice</p>"));
  EXPECT_THAT(pack_index(agenda(), {}), HasSubstr("There was no paper"));
}

TEST(Pack, breaks_off_where_a_file_does) {
  Pack pack(agenda(), {file("first", 3000), file("late", 5)});
  const auto all = whole(pack, "01 late v2.pdf");
  EXPECT_LT(all.size(), pack.bytes());
  EXPECT_EQ(all.find("PK\x05\x06"), std::string::npos) << "it has no end, so nothing takes it for whole";
}

TEST(PackName, is_in_the_order_of_the_agenda_and_like_no_other) {
  EXPECT_EQ(pack_name("3.1", 2, "Rail: \"fast\" / slow?", 2, "pdf", {}), "03.01 Rail- -fast- - slow- v2.pdf");
  EXPECT_EQ(pack_name("12", 2, "Rail", 1, "docx", {}), "12 Rail v1.docx");
  std::vector<PackFile> before{file("first", 1)};
  before.front().entry.name = "01 Rail v1.pdf";
  EXPECT_EQ(pack_name("1", 2, "Rail", 1, "pdf", before), "01 Rail v1 (2).pdf");
  EXPECT_EQ(pack_name("1", 2, "RAIL", 1, "pdf", before), "01 RAIL v1 (2).pdf") << "one file where capitals are not told from small letters";
  EXPECT_LT(pack_name("3.2", 2, "Z", 1, "pdf", {}), pack_name("3.10", 2, "A", 1, "pdf", {}));
  EXPECT_LT(pack_name("9.1.2", 3, "Z", 1, "pdf", {}), pack_name("100", 3, "A", 1, "pdf", {}));
}

TEST(SafeFileName, leads_nowhere_and_fits_everywhere) {
  EXPECT_EQ(safe_file_name("../../etc/passwd", 100), "-..-etc-passwd");
  EXPECT_EQ(safe_file_name(" a\x01\x7f" "b. ", 100), "a--b");
  EXPECT_EQ(safe_file_name("...", 100), "");
  EXPECT_EQ(safe_file_name("\u20ac\u20ac", 5), "\u20ac") << "no part of a letter";
  EXPECT_EQ(safe_file_name("Caf\u00e9", 100), "Caf\u00e9");
}

TEST(Zip, has_the_records_of_large_files_from_four_gigabytes_on) {
  const std::uint64_t far = 5'000'000'000;
  const auto records = zip_directory({{"a.pdf", 10, 0, 1}, {"b.pdf", 10, far, 2}}, far + 1000);
  const auto second = records.find("PK\x01\x02", 4);
  EXPECT_EQ(number_at(records, second + 42, 4), 0xffffffffU) << "the offset stands in the extra field";
  const auto extra = records.find("b.pdf") + 5;
  EXPECT_EQ(number_at(records, extra, 2), 1U);
  EXPECT_EQ(number_at(records, extra + 4, 8), far);
  const auto end_64 = records.find("PK\x06\x06"), locator = records.find("PK\x06\x07"), end = records.find("PK\x05\x06");
  ASSERT_NE(end_64, std::string::npos);
  EXPECT_EQ(number_at(records, end_64 + 32, 8), 2U);
  EXPECT_EQ(number_at(records, end_64 + 48, 8), far + 1000);
  EXPECT_EQ(number_at(records, locator + 8, 8), far + 1000 + end_64);
  EXPECT_EQ(number_at(records, end + 16, 4), 0xffffffffU);
  EXPECT_EQ(records.size(), end + 22);
}

TEST(Zip, is_as_long_whatever_the_checksums_are) {
  const ZipEntry one{"a.pdf", 10, 0, 0}, other{"a.pdf", 10, 0, 0xffffffff};
  EXPECT_EQ(zip_header(one), zip_header(other));
  EXPECT_EQ(zip_descriptor(one).size(), zip_descriptor(other).size());
  EXPECT_EQ(zip_directory({one}, 99).size(), zip_directory({other}, 99).size());
}

}  // namespace
}  // namespace witan::papers
