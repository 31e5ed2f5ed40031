#include <cstdio>
#include <filesystem>
#include <fstream>

#include "tests/unit/files/hostile_files.hpp"
#include "tests/unit/files/made_files.hpp"

/// fuzz-seeds FOLDER: writes what fuzzing begins with, a folder for each parser. The files are those of the tests.
namespace witan::fuzz {

namespace {

namespace made = files::made;

/// Larger ones are bombs, and would make each try slow.
constexpr std::size_t k_bytes_max = std::size_t{48} * 1024;

class Seeds {
 public:
  explicit Seeds(std::filesystem::path folder) : folder_(std::move(folder)) {}

  void add(const std::string& parser, const std::string& bytes) {
    if (bytes.size() > k_bytes_max) return;
    std::filesystem::create_directories(folder_ / parser);
    std::ofstream file(folder_ / parser / ("seed-" + std::to_string(++count_)), std::ios::binary);
    file << bytes;
    is_well_ = is_well_ && file.flush().good();
  }
  bool is_well() const { return is_well_; }

 private:
  std::filesystem::path folder_;
  int count_ = 0;
  bool is_well_ = true;
};

void add_file(Seeds& seeds, const std::string& name, const std::string& bytes) {
  seeds.add("text_check", name + "\n");
  if (bytes.starts_with("%PDF-")) {
    seeds.add("pdf_check", bytes);
    seeds.add("pdf_text", bytes);
  } else if (bytes.starts_with("PK")) {
    seeds.add("docx_check", bytes);
    seeds.add("docx_text", bytes);
  } else {
    seeds.add("text_check", bytes);
  }
}

void add_parts(Seeds& seeds) {
  for (const auto& part : made::document()) seeds.add("docx_check", part.text);
  seeds.add("docx_check", made::relations("<Relationship Id=\"rId9\" Type=\"http://a/relationships/hyperlink\" Target=\"https://b\" TargetMode=\"External\"/>").text);
  seeds.add("docx_text", made::document()[2].text);
  seeds.add("docx_text", "<w:document><w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t><w:tab/><w:br/></w:r></w:p></w:tc></w:tr></w:tbl><w:del><w:t>b</w:t></w:del>"
                         "<w:p><w:pPr><w:tab/></w:pPr><w:r><w:noBreakHyphen/></w:r></w:p></w:document>");
}

void add_pdfs(Seeds& seeds) {
  const std::string font = "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/ToUnicode 5 0 R/DescendantFonts[<</Type/Font/Subtype/CIDFontType2"
                           "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/W[0[500 600]]/DW 1000>>]>>";
  const std::string map = "<<>>\nstream\nbegincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfrange <0000> <005E> <0020> <005F> <0061> "
                          "[<00660066> <D834DD1E>] endbfrange 1 beginbfchar <3A51> <D840DC3E> endbfchar endcmap\nendstream";
  for (const auto& bytes : {made::pdf_of_pages({made::lines({"Minutes of the caf\\351", "Second \\(line\\)"}), "", made::lines({"three"})}),
                            made::pdf_of_pages({"q 1 0 0 1 9 9 cm BT /F 9 Tf 1 0 0 1 9 9 Tm [(a) -300 (b)] TJ (c) ' ET Q BI /W 1 /H 1 /BPC 8 /CS /G ID a EI"}),
                            made::pdf({font, map}), made::pdf({"<</AcroForm<</Fields[4 0 R]>>/FT/Tx/V<FEFF4E2D>/Subtype/Widget/Rect[9 9 99 99]>>"})}) {
    seeds.add("pdf_text", bytes);
    seeds.add("pdf_check", bytes);
  }
}

void add_texts(Seeds& seeds) {
  for (const std::string text : {"# A\n\n- one\n- two\n\n1. [x](https://example.org/a&b) *e* **s** `c`\n", "| a | b |\n|---|:-:|\n| 1 | 2 |\n",
                                 "> quote\n> > more\n\n```c\ncode\n```\n", "[r]: http://a \"t\"\n[r] ![i](j) <mailto:a@b> &amp; &#x20AC; <b>\n", "a\n===\nb  \nc\\\nd\n***\n"}) {
    seeds.add("markdown", text);
    seeds.add("text_check", text);
  }
}

void add_requests(Seeds& seeds) {
  const std::string type = "multipart/form-data; boundary=xyz\n";
  const std::string field = "--xyz\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\ntoken\r\n";
  const std::string file = "--xyz\r\nContent-Disposition: form-data; name=\"upload\"; filename=\"a%22b.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF\r\n--xy\r\n";
  for (const auto& body : {field + file + "--xyz--\r\n", field, file + "--xyz--", std::string("--xyz--")}) seeds.add("multipart", type + body);
  seeds.add("multipart", "Multipart/Form-Data; boundary=\"a b\"\n--a b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n--a b--");
  seeds.add("request_head", "POST /do/add_paper?a=b%20c HTTP/1.1\r\nHost: a\r\nContent-Length: 7\r\nCookie: session=a; b=c\r\nExpect: 100-continue\r\n\r\na=1&b=%2B+");
  seeds.add("request_head", "GET http://a/live HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n\r\n");
  seeds.add("request_head", "PUT /%C3%A9 HTTP/1.0\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n");
}

bool write_all(const std::filesystem::path& folder) {
  Seeds seeds(folder);
  for (const auto& hostile : made::hostile_files()) add_file(seeds, hostile.name, hostile.bytes);
  for (const auto& good : made::good_files()) add_file(seeds, good.name, good.bytes);
  add_parts(seeds);
  add_pdfs(seeds);
  add_texts(seeds);
  add_requests(seeds);
  return seeds.is_well();
}

}  // namespace

}  // namespace witan::fuzz

int main(int count, char** arguments) {
  if (count != 2) return std::fprintf(stderr, "usage: fuzz-seeds FOLDER\n"), 2;
  return witan::fuzz::write_all(arguments[1]) ? 0 : 1;
}
