#include "shared/extract/extract.hpp"

#include <chrono>
#include <thread>
#include <vector>

#include "tests/unit/extract/leaves_nothing.hpp"
#include "tests/unit/extract/sanitizer.hpp"
#include "tests/unit/files/made_files.hpp"

namespace witan::extract {

namespace {

using namespace files::made;
using files::Kind;
using Clock = std::chrono::steady_clock;

constexpr std::string_view k_xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

std::expected<Text, Failure> extracted(Kind kind, const std::string& bytes, const Limits& limits = {}) {
  files::BytesSource source(bytes);
  return text_of(WITAN_EXTRACT, kind, source, limits);
}

/// What stands in the body of a Word document.
std::string docx_of(const std::string& body, const std::string& before = "") {
  auto parts = document();
  parts[2].text = std::string(k_xml) + before + "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>" + body +
                  "</w:body></w:document>";
  return zip(parts);
}

std::string run(const std::string& text) { return "<w:r><w:t xml:space=\"preserve\">" + text + "</w:t></w:r>"; }
std::string paragraph(const std::string& text) { return "<w:p>" + run(text) + "</w:p>"; }
std::string cell(const std::string& paragraphs) { return "<w:tc><w:tcPr/>" + paragraphs + "</w:tc>"; }

std::string repeated(const std::string& text, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

bool is_accepted(const std::string& name, const std::string& bytes) {
  files::BytesSource source(bytes);
  return files::check(name, source).has_value();
}

class Extract : public LeavesNothing {};

}  // namespace

TEST_F(Extract, gives_the_text_of_each_page_of_a_pdf) {
  const auto file = pdf_of_pages({lines({"Minutes of the caf\\351", "Second line"}), lines({"Page \\(two\\)"}), lines({"Page three"})});
  ASSERT_TRUE(is_accepted("a.pdf", file));
  const auto text = extracted(Kind::pdf, file);
  ASSERT_TRUE(text);
  EXPECT_EQ(text->pages, 3);
  EXPECT_EQ(text->text, "Minutes of the café\nSecond line\fPage (two)\fPage three");
  EXPECT_FALSE(text->is_cut);
}

TEST_F(Extract, keeps_the_place_of_a_page_without_text) {
  const auto text = extracted(Kind::pdf, pdf_of_pages({lines({"one"}), "", lines({"three"})}));
  ASSERT_TRUE(text);
  EXPECT_EQ(text->pages, 3);
  EXPECT_EQ(text->text, "one\f\fthree");
}

TEST_F(Extract, reads_a_pdf_that_needs_what_the_program_can_no_longer_open) {
  // Poppler has tables for this encoding in files, and takes fonts for such fields from the system.
  const auto file = pdf({"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/90ms-RKSJ-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/X"
                         "/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>>>]>>",
                         "<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V<FEFF4E2D6587>/Rect[9 9 300 40]/DA(/Helv 12 Tf)/F 4>>"});
  auto with_field = file;
  with_field.replace(with_field.find("/Pages 2 0 R>>"), 14, "/Pages 2 0 R/AcroForm<</NeedAppearances true/Fields[5 0 R]>>>>");
  const auto first = extracted(Kind::pdf, file), second = extracted(Kind::pdf, with_field);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->pages, 1);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->pages, 1);
}

TEST_F(Extract, gives_paragraphs_tabs_and_breaks_of_a_word_document) {
  const auto file = docx_of(
      "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\" w:pos=\"720\"/></w:tabs><w:rPr><w:del w:id=\"1\"/></w:rPr></w:pPr>" + run("Ünï") + run("códé €") +
      "<w:r><w:tab/><w:t>𝄞</w:t><w:br/><w:t>R&amp;D</w:t></w:r></w:p><w:p/>" + "<w:p><w:hyperlink>" + run("Second") + "</w:hyperlink></w:p>");
  ASSERT_TRUE(is_accepted("a.docx", file));
  const auto text = extracted(Kind::docx, file);
  ASSERT_TRUE(text);
  EXPECT_EQ(text->pages, 0);
  EXPECT_EQ(text->text, "Ünïcódé €\t𝄞\nR&D\n\nSecond");
}

TEST_F(Extract, gives_a_table_by_rows_with_tabs) {
  const auto table = "<w:tbl><w:tr>" + cell(paragraph("a") + paragraph("b")) + cell("<w:p/>") + cell(paragraph("c")) + "</w:tr><w:tr>" +
                     cell("<w:p/>") + cell(paragraph("d")) + "</w:tr></w:tbl>";
  const auto text = extracted(Kind::docx, docx_of(paragraph("before") + table + paragraph("after")));
  ASSERT_TRUE(text);
  EXPECT_EQ(text->text, "before\n\na b\t\tc\n\td\n\nafter");
}

TEST_F(Extract, gives_a_table_inside_of_a_table) {
  const auto inner = "<w:tbl><w:tr>" + cell(paragraph("1")) + cell(paragraph("2")) + "</w:tr></w:tbl>";
  const auto text = extracted(Kind::docx, docx_of("<w:tbl><w:tr>" + cell(paragraph("a") + inner) + cell(paragraph("b")) + "</w:tr></w:tbl>"));
  ASSERT_TRUE(text);
  EXPECT_EQ(text->text, "a 1\t2\tb");
}

TEST_F(Extract, leaves_out_what_was_deleted_and_what_is_no_text) {
  const auto text = extracted(Kind::docx, docx_of("<w:p><w:del w:id=\"1\"><w:r><w:delText>gone</w:delText></w:r>" + run("gone too") + "</w:del>" +
                                                  "<w:ins w:id=\"2\">" + run("stays") + "</w:ins><w:moveFrom>" + run("moved") +
                                                  "</w:moveFrom><w:r><w:instrText> PAGE </w:instrText></w:r><w:r>\n<w:sym/></w:r></w:p>"));
  ASSERT_TRUE(text);
  EXPECT_EQ(text->text, "stays");
}

TEST_F(Extract, takes_no_document_that_declares_entities_or_is_not_whole) {
  EXPECT_EQ(extracted(Kind::docx, docx_of(paragraph("&a;"), "<!DOCTYPE w [<!ENTITY a \"b\">]>")), std::unexpected(Failure::unreadable));
  EXPECT_EQ(extracted(Kind::docx, docx_of(paragraph("text"), "<!DOCTYPE w>")), std::unexpected(Failure::unreadable));
  EXPECT_EQ(extracted(Kind::docx, docx_of("<w:p>")), std::unexpected(Failure::unreadable));
  EXPECT_EQ(extracted(Kind::docx, zip({{"[Content_Types].xml", "<a/>"}})), std::unexpected(Failure::unreadable));
  EXPECT_EQ(extracted(Kind::docx, docx_of(paragraph("text")).substr(1)), std::unexpected(Failure::unreadable));
  auto parts = document("text");
  for (const int less : {1, -1}) {
    parts[2].size_less = less;
    EXPECT_EQ(extracted(Kind::docx, zip(parts)), std::unexpected(Failure::unreadable));
  }
  parts[2].size_less = 0;
  parts[2].method = 0;
  auto changed = zip(parts);
  changed.replace(changed.find(">text<"), 6, ">next<");
  EXPECT_EQ(extracted(Kind::docx, changed), std::unexpected(Failure::unreadable));
}

TEST_F(Extract, unpacks_no_bomb) {
  EXPECT_EQ(extracted(Kind::docx, docx_of(paragraph(std::string(8 << 20, 'a')))), std::unexpected(Failure::unreadable));
}

TEST_F(Extract, finds_nothing_in_a_damaged_pdf) {
  EXPECT_EQ(extracted(Kind::pdf, "%PDF-1.7\n" + std::string(1000, 'x')), std::unexpected(Failure::unreadable));
  EXPECT_EQ(extracted(Kind::pdf, pdf().substr(0, 30)), std::unexpected(Failure::unreadable));
  EXPECT_EQ(extracted(Kind::pdf, ""), std::unexpected(Failure::unreadable));
  EXPECT_EQ(extracted(Kind::pdf, docx()), std::unexpected(Failure::unreadable));
}

TEST_F(Extract, ends_what_takes_too_long) {
  const auto file = pdf_of_pages({repeated("q Q ", 6'000'000)});
  const auto begin = Clock::now();
  const auto text = extracted(Kind::pdf, file, {.time = std::chrono::milliseconds(300)});
  ASSERT_FALSE(text);
  EXPECT_EQ(text, std::unexpected(Failure::too_slow));
  EXPECT_GE(Clock::now() - begin, std::chrono::milliseconds(300));
}

TEST_F(Extract, ends_what_takes_too_much_memory) {
  if (k_has_sanitizer) GTEST_SKIP() << "no bound for memory under a sanitizer";
  const auto file = pdf_of_pages({"BT [" + repeated("0 ", 5'000'000) + "] TJ ET"});
  const auto text = extracted(Kind::pdf, file, {.memory_bytes = std::uint64_t{100} << 20});
  ASSERT_FALSE(text);
  EXPECT_EQ(text, std::unexpected(Failure::too_large));
}

TEST_F(Extract, takes_no_file_larger_than_a_paper_may_be) {
  EXPECT_EQ(extracted(Kind::pdf, std::string(files::k_file_bytes_max + 1, ' ')), std::unexpected(Failure::too_large));
}

TEST_F(Extract, cuts_a_long_text_between_characters) {
  const auto file = docx_of(paragraph("aé€𝄞b"));
  const std::vector<std::string> expected{"", "a", "a", "aé", "aé", "aé", "aé€", "aé€", "aé€", "aé€", "aé€𝄞", "aé€𝄞b"};
  for (std::size_t bytes = 0; bytes < expected.size(); ++bytes) {
    const auto text = extracted(Kind::docx, file, {.text_bytes_max = bytes});
    ASSERT_TRUE(text) << bytes;
    EXPECT_EQ(text->text, expected[bytes]);
    EXPECT_EQ(text->is_cut, bytes < 11) << bytes;
  }
}

TEST_F(Extract, cuts_a_long_pdf_and_says_how_many_pages_it_has) {
  const auto text = extracted(Kind::pdf, pdf_of_pages({lines({"first"}), lines({"second"}), lines({"third"})}), {.text_bytes_max = 9});
  ASSERT_TRUE(text);
  EXPECT_EQ(text->text, "first\fsec");
  EXPECT_EQ(text->pages, 3);
  EXPECT_TRUE(text->is_cut);
}

TEST_F(Extract, gives_the_same_to_several_threads) {
  const auto file = pdf_of_pages({lines({"Page one"})});
  std::vector<std::thread> threads;
  std::vector<std::string> texts(4);
  for (auto& to : texts) {
    threads.emplace_back([&] {
      for (int i = 0; i < 3; ++i) to += extracted(Kind::pdf, file).value_or(Text()).text;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(texts, std::vector<std::string>(4, "Page onePage onePage one"));
}

}  // namespace witan::extract
