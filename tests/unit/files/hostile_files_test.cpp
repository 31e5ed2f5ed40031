#include <set>

#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>
#include <gtest/gtest.h>

#include "shared/files/check.hpp"
#include "tests/unit/files/made_files.hpp"

namespace witan::files {

namespace {

using namespace made;

struct Hostile {
  std::string what;
  std::string name;
  std::string bytes;
  Fault fault;
};

std::string with_first_three(std::vector<Part> parts, const std::vector<Part>& more) {
  parts.insert(parts.end(), more.begin(), more.end());
  return zip(parts);
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) text.replace(at, what.size(), with);
  return text;
}

std::string external(const std::string& type, const std::string& target, const std::string& mode = "External") {
  return docx({relations("<Relationship Id=\"rId9\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/" + type +
                         "\" Target=\"" + target + "\" TargetMode=\"" + mode + "\"/>")});
}

std::vector<Hostile> names() {
  const auto good = pdf();
  return {{"a name with folders", "../../etc/paper.pdf", good, Fault::bad_file_name},
          {"a name with folders as Windows writes them", "..\\paper.pdf", good, Fault::bad_file_name},
          {"a name with a line break", "paper\r\nSet-Cookie: a.pdf", good, Fault::bad_file_name},
          {"a name with a zero", std::string("paper\0.pdf", 10), good, Fault::bad_file_name},
          {"a name that turns the direction of writing", "paper\u202Efdp.pdf", good, Fault::bad_file_name},
          {"a name that is no UTF-8", "paper\xFF.pdf", good, Fault::bad_file_name},
          {"a name with an overlong dot", "paper\xC0\xAE.pdf", good, Fault::bad_file_name},
          {"a hidden name", ".pdf", good, Fault::bad_file_name},
          {"no name", "", good, Fault::bad_file_name},
          {"a name of 300 letters", std::string(296, 'a') + ".pdf", good, Fault::bad_file_name},
          {"a program's name", "paper.pdf.exe", good, Fault::wrong_file_type},
          {"a name without a type", "paper", good, Fault::wrong_file_type},
          {"a macro document's name", "paper.docm", docx(), Fault::wrong_file_type}};
}

std::vector<Hostile> types() {
  return {{"an empty file", "paper.pdf", "", Fault::empty_file},
          {"a page of the web", "paper.pdf", "<!DOCTYPE html><script>alert(1)</script>", Fault::wrong_file_type},
          {"a program", "paper.pdf", "MZ\x90" + std::string(400, '\1'), Fault::wrong_file_type},
          {"a page of the web in front of a PDF", "paper.pdf", "<html>\n" + pdf(), Fault::wrong_file_type},
          {"a document called PDF", "paper.pdf", docx(), Fault::name_does_not_match},
          {"a PDF called document", "paper.docx", pdf(), Fault::name_does_not_match},
          {"a zip of other things", "paper.docx", zip({{"readme.txt", "hello"}}), Fault::wrong_file_type},
          {"a workbook", "paper.docx", zip({{"[Content_Types].xml", "<Types>spreadsheetml.sheet.main+xml</Types>"}, {"word/document.xml", "<a/>"}}),
           Fault::wrong_file_type},
          {"a document of old Word or with a password", "paper.docx", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(600, '\0'), Fault::encrypted_file},
          {"25 MiB and a byte", "paper.pdf", "%PDF-1.7\n" + std::string(k_file_bytes_max, ' '), Fault::file_too_large},
          {"a PDF called text", "paper.md", pdf(), Fault::name_does_not_match},
          {"a document called text", "paper.md", docx(), Fault::name_does_not_match},
          {"a text of nothing", "paper.md", " \r\n\t\n", Fault::empty_file},
          {"a text of 256 KiB and a byte", "paper.md", std::string(k_markdown_bytes_max + 1, 'a'), Fault::text_too_long},
          {"a text that is no UTF-8", "paper.md", "caf\xE9", Fault::text_not_plain},
          {"a text with a half letter at its end", "paper.md", "caf\xC3", Fault::text_not_plain},
          {"a text with a zero", "paper.md", std::string("a\0b", 3), Fault::text_not_plain},
          {"a text that rings", "paper.md", "a\ab", Fault::text_not_plain},
          {"a text that turns the direction of writing", "paper.md", "pay \u202E001 pounds", Fault::text_not_plain}};
}

std::vector<Hostile> pdfs() {
  const auto good = pdf();
  const std::string script = "<</S/JavaScript/JS(app.alert(1))>>";
  return {{"a script", "p.pdf", pdf({script}), Fault::pdf_has_script},
          {"a script with spaces", "p.pdf", pdf({"<< /S /JavaScript >>"}), Fault::pdf_has_script},
          {"a script's name in numbers", "p.pdf", pdf({"<</S/J#61v#61Script>>"}), Fault::pdf_has_script},
          {"a script by its short name", "p.pdf", pdf({"<</JS(app.alert(1))>>"}), Fault::pdf_has_script},
          {"a script in packed objects", "p.pdf", pdf({packed_stream("/Type/ObjStm/N 1/First 4", "4 0 " + script)}), Fault::pdf_has_script},
          {"a script in a stream that names no type", "p.pdf", pdf({packed_stream("", "4 0 " + script)}), Fault::pdf_has_script},
          {"a script in the bytes of a picture", "p.pdf", pdf({"<</Subtype/Image>>\nstream\n9 0 obj " + script + "\nendstream"}), Fault::pdf_has_script},
          {"a script in a comment that another reader takes for none", "p.pdf", pdf({"<<>>\n%\r" + script}), Fault::pdf_has_script},
          {"a script behind the address of a link", "p.pdf", pdf({"<</URI(http://a b/S/JavaScript)>>"}), Fault::pdf_has_script},
          {"a form with scripts", "p.pdf", pdf({"<</AcroForm<</XFA 5 0 R>>>>"}), Fault::pdf_has_script},
          {"a program to start", "p.pdf", pdf({"<</S/Launch/F(cmd.exe)>>"}), Fault::pdf_starts_program},
          {"an attached file", "p.pdf", pdf({"<</Type/EmbeddedFile>>\nstream\nMZ\nendstream"}), Fault::pdf_has_attachment},
          {"a list of attached files", "p.pdf", pdf({"<</Names<</EmbeddedFiles 5 0 R>>>>"}), Fault::pdf_has_attachment},
          {"a note with a file", "p.pdf", pdf({"<</Subtype/FileAttachment>>"}), Fault::pdf_has_attachment},
          {"a way into an attached file", "p.pdf", pdf({"<</S/GoToE>>"}), Fault::pdf_has_attachment},
          {"a film", "p.pdf", pdf({"<</Subtype/RichMedia>>"}), Fault::pdf_has_media},
          {"a form that sends", "p.pdf", pdf({"<</S/SubmitForm/F(http://example.org)>>"}), Fault::pdf_sends_data},
          {"a form that fetches", "p.pdf", pdf({"<</S/ImportData>>"}), Fault::pdf_sends_data},
          {"a password", "p.pdf", pdf({}, "/Encrypt 5 0 R"), Fault::encrypted_file},
          {"objects packed twice", "p.pdf", pdf({"<</Type/ObjStm/Filter[/ASCIIHexDecode/FlateDecode]>>\nstream\n78\nendstream"}), Fault::pdf_hides_objects},
          {"objects that do not unpack", "p.pdf", pdf({"<</Type/ObjStm/Filter/FlateDecode>>\nstream\nabcdef\nendstream"}), Fault::pdf_hides_objects},
          {"objects of which only the start unpacks", "p.pdf",
           pdf({"<</Type/ObjStm/Filter/FlateDecode>>\nstream\n" + zlib(std::string(9000, 'x')).substr(0, 12) + "\nendstream"}), Fault::pdf_hides_objects},
          {"packed objects whose dictionary seems to begin later", "p.pdf",
           pdf({"<</Type/ObjStm/Filter/ASCIIHexDecode/A(0 0 obj)>>\nstream\n3C3C\nendstream"}), Fault::pdf_hides_objects},
          {"packed objects with a long dictionary", "p.pdf",
           pdf({"<</Type/ObjStm/Filter/ASCIIHexDecode/A(" + std::string(20'000, 'a') + ")>>\nstream\n3C3C\nendstream"}), Fault::pdf_hides_objects},
          {"one name for two packed streams", "p.pdf",
           pdf({"<</Type/ObjStm/A(0 0 obj)>>\nstream\n3C\nendstream", "<</Type/ObjStm>>\nstream\n3C\nendstream <<>>\nstream\n3C\nendstream"}),
           Fault::pdf_hides_objects},
          {"a bomb", "p.pdf", pdf({packed_stream("", std::string(k_unpacked_bytes_max + 1, '\0'))}), Fault::too_compressed},
          {"half of it", "p.pdf", good.substr(0, good.size() / 2), Fault::truncated_file},
          {"all but the end", "p.pdf", good.substr(0, good.size() - 8), Fault::truncated_file},
          {"nothing but the start", "p.pdf", "%PDF-1.7\n", Fault::truncated_file},
          {"no version", "p.pdf", replaced(good, "%PDF-1.7", "%PDF-x.y"), Fault::damaged_file},
          {"a table outside of the file", "p.pdf", "%PDF-1.7\nstartxref\n99999999\n%%EOF\n", Fault::damaged_file},
          {"a table that is none", "p.pdf", "%PDF-1.7\nstartxref\n2\n%%EOF\n", Fault::damaged_file}};
}

std::vector<Hostile> documents() {
  const auto good = docx();
  const auto types = document()[0].text;
  auto encrypted = document();
  encrypted[2].flags = 1;
  auto macro_types = document();
  macro_types[0].text = replaced(types, "vnd.openxmlformats-officedocument.wordprocessingml.document", "vnd.ms-word.document.macroEnabled");
  auto wide = document();
  wide[2].text = std::string("\xFF\xFE<\0a\0/\0>\0", 10);
  auto other_encoding = document();
  other_encoding[2].text = "<?xml version=\"1.0\" encoding=\"UTF-7\"?><a/>";
  auto entities = document();
  entities[2].text = "<!DOCTYPE a [<!ENTITY b \"bbbb\">]><a>&b;</a>";
  auto lying = document();
  lying.push_back({"word/big.xml", std::string(60'000, ' '), 8, 0, 0, "", 50'000});
  auto bomb = document();
  bomb.push_back({"word/media/bomb.bin", std::string(3 * 1024 * 1024, '\0')});
  auto two_names = document();
  two_names.push_back({"word/styles.xml", "<a/>", 8, 0, 0, "word/evil!.xml"});
  std::vector<Part> many;
  for (std::size_t i = 0; i <= k_parts_max; ++i) many.push_back({"word/p" + std::to_string(i) + ".xml", "<a/>", 0});
  auto bad_crc = docx({{"word/styles.xml", "<a>plain</a>", 0}});
  bad_crc.replace(bad_crc.find("plain"), 5, "pla1n");
  return {{"macros", "p.docx", docx({{"word/vbaProject.bin", "x"}}), Fault::docx_has_macros},
          {"macros in other letters", "p.docx", docx({{"Word/VBAPROJECT.BIN", "x"}}), Fault::docx_has_macros},
          {"the type of macros", "p.docx", zip(macro_types), Fault::docx_has_macros},
          {"macros under another name", "p.docx", external("vbaProject", "x.bin", "Internal"), Fault::docx_has_macros},
          {"a control", "p.docx", docx({{"word/activeX/activeX1.xml", "<a/>"}}), Fault::docx_has_embedded_program},
          {"an object", "p.docx", docx({{"word/embeddings/oleObject1.bin", "x"}}), Fault::docx_has_embedded_program},
          {"an object under another name", "p.docx", external("oleObject", "media/a.png", "Internal"), Fault::docx_has_embedded_program},
          {"a web page as a part", "p.docx", external("aFChunk", "a.htm", "Internal"), Fault::docx_has_embedded_program},
          {"a program", "p.docx", docx({{"word/media/run.EXE", "MZ"}}), Fault::docx_has_embedded_program},
          {"a template from elsewhere", "p.docx", external("attachedTemplate", "https://example.org/t.dotm"), Fault::docx_reaches_outside},
          {"a picture from elsewhere", "p.docx", external("image", "https://example.org/i.png"), Fault::docx_reaches_outside},
          {"an object from elsewhere", "p.docx", external("oleObject", "https://example.org/x.html!"), Fault::docx_reaches_outside},
          {"a link to a shared folder", "p.docx", external("hyperlink", "file://server/share"), Fault::docx_reaches_outside},
          {"a link that starts a tool", "p.docx", external("hyperlink", "ms-msdt:/id"), Fault::docx_reaches_outside},
          {"an odd mode", "p.docx", external("image", "https://example.org/i.png", "external"), Fault::docx_reaches_outside},
          {"a mode in numbers", "p.docx", external("image", "https://example.org/i.png", "&#69;xternal"), Fault::docx_has_entities},
          {"a part outside of its folder", "p.docx", docx({{"../../evil.xml", "<a/>"}}), Fault::docx_has_unsafe_name},
          {"a part outside, as Windows writes it", "p.docx", docx({{"word\\..\\..\\evil.xml", "<a/>"}}), Fault::docx_has_unsafe_name},
          {"a part at the root", "p.docx", docx({{"/etc/passwd", "x"}}), Fault::docx_has_unsafe_name},
          {"a part on a drive", "p.docx", docx({{"C:evil.xml", "x"}}), Fault::docx_has_unsafe_name},
          {"a part with a zero in its name", "p.docx", docx({{std::string("word/a\0.xml", 11), "x"}}), Fault::docx_has_unsafe_name},
          {"a part without a name", "p.docx", docx({{"", "x"}}), Fault::docx_has_unsafe_name},
          {"a link to another file", "p.docx", docx({{"word/media/a.png", "/etc/passwd", 0, 0, 0120777}}), Fault::docx_has_link},
          {"the same part twice", "p.docx", docx({{"word/document.xml", "<evil/>"}}), Fault::docx_hides_data},
          {"the same part twice in other letters", "p.docx", docx({{"WORD/Document.xml", "<evil/>"}}), Fault::docx_hides_data},
          {"a part with two names", "p.docx", zip(two_names), Fault::docx_hides_data},
          {"something in front", "p.docx", "PK\x03\x04" + std::string(60, 'x') + good, Fault::docx_hides_data},
          {"something between two parts", "p.docx", docx({{"word/a.xml", "<a/>", 8, 0, 0, "", 0, "MZ program"}, {"word/b.xml", "<b/>"}}), Fault::docx_hides_data},
          {"something between the last part and the directory", "p.docx", docx({{"word/a.xml", "<a/>", 8, 0, 0, "", 0, "MZ program"}}), Fault::docx_hides_data},
          {"something behind", "p.docx", good + "MZ program", Fault::docx_hides_data},
          {"a password", "p.docx", zip(encrypted), Fault::encrypted_file},
          {"a bomb", "p.docx", zip(bomb), Fault::too_compressed},
          {"a bomb that lies about its size", "p.docx", zip(lying), Fault::too_compressed},
          {"2,001 parts", "p.docx", zip(many), Fault::docx_too_many_parts},
          {"entities", "p.docx", zip(entities), Fault::docx_has_entities},
          {"two bytes a letter", "p.docx", zip(wide), Fault::docx_has_entities},
          {"another encoding", "p.docx", zip(other_encoding), Fault::docx_has_entities},
          {"an unknown way of packing", "p.docx", docx({{"word/a.xml", "<a/>", 99}}), Fault::damaged_file},
          {"a wrong checksum", "p.docx", bad_crc, Fault::damaged_file},
          {"no document", "p.docx", with_first_three({document()[0], document()[1]}, {}), Fault::wrong_file_type},
          {"half of it", "p.docx", good.substr(0, good.size() / 2), Fault::truncated_file},
          {"all but the last byte", "p.docx", good.substr(0, good.size() - 1), Fault::docx_hides_data},
          {"nothing but the start", "p.docx", "PK\x03\x04", Fault::truncated_file}};
}

std::vector<Hostile> corpus() {
  auto all = names();
  for (const auto& more : {types(), pdfs(), documents()}) all.insert(all.end(), more.begin(), more.end());
  return all;
}

TEST(HostileFiles, are_refused_each_for_its_own_reason) {
  const auto all = corpus();
  EXPECT_GE(all.size(), 90U);
  RecordProperty("files", static_cast<int>(all.size()));
  for (const auto& hostile : all) {
    BytesSource source(hostile.bytes);
    const auto checked = check(hostile.name, source);
    ASSERT_FALSE(checked.has_value()) << hostile.what;
    EXPECT_EQ(code(checked.error()), code(hostile.fault)) << hostile.what;
  }
}

TEST(HostileFiles, stay_refused_wherever_a_piece_ends) {
  for (std::size_t padding = 65'536 - 80; padding < 65'536 + 10; ++padding) {
    const auto bytes = pdf({"(" + std::string(padding, 'a') + ")", packed_stream("/Type/ObjStm/N 1/First 4", "4 0 <</S/Launch>>")});
    BytesSource source(bytes);
    const auto checked = check("paper.pdf", source);
    ASSERT_TRUE(!checked && checked.error() == Fault::pdf_starts_program) << padding;
  }
}

TEST(HostileFiles, cut_off_anywhere_are_never_taken) {
  for (const auto& [name, good] : {std::pair<std::string, std::string>{"p.pdf", pdf()}, {"p.docx", docx()}}) {
    for (std::size_t size = 0; size + 2 < good.size(); ++size) {
      BytesSource source(std::string_view(good).substr(0, size));
      ASSERT_FALSE(check(name, source).has_value()) << name << " of " << size;
    }
  }
}

TEST(HostileFiles, with_any_byte_changed_end_the_check_with_an_answer) {
  for (const auto& [name, good] : {std::pair<std::string, std::string>{"p.pdf", pdf({packed_stream("/Type/ObjStm", "1 0 <<>>")})}, {"p.docx", docx()}}) {
    for (std::size_t at = 0; at < good.size(); ++at) {
      for (const char byte : {'\0', '\xFF', '/', ' '}) {
        auto changed = good;
        changed[at] = byte;
        BytesSource source(changed);
        static_cast<void>(check(name, source));
      }
    }
  }
}

TEST(GoodFiles, are_taken) {
  const std::vector<std::pair<std::string, std::string>> good{
      {"Paper 3 – Growth hubs.pdf", pdf()},
      {"with a link.PDF", pdf({"<</Type/Annot/Subtype/Link/A<</S/URI/URI(https://example.org/Launch/JavaScript)>>>>"})},
      {"with packed objects.pdf", pdf({packed_stream("/Type/ObjStm/N 1/First 4", "4 0 <</Type/Font>>")})},
      {"with a picture.pdf", pdf({packed_stream("/Subtype/Image", std::string(100'000, 'x'))})},
      {"with many packed objects.pdf", pdf(std::vector<std::string>(3000, packed_stream("/Type /ObjStm /N 1/First 4", "4 0 <</Type/Font>>")))},
      {"opens at a page.pdf", pdf({"<</OpenAction[3 0 R/Fit]>>"})},
      {"paper.docx", docx()},
      {"paper with a link.docx", external("hyperlink", "https://www.gov.uk/government/publications")},
      {"paper with a picture.docx", docx({{"word/media/image1.png", std::string(5000, 'p'), 0}})},
      {"written here.md", "# Caf\u00e9\n\n- one\r\n- two\n"},
      {"the longest text.md", std::string(k_markdown_bytes_max, 'a')},
      {"a text with a letter across two pieces.MD", std::string(65'535, 'a') + "\u20ac"},
      {"Adroddiad twf – Cymraeg ŵ.docx", docx()}};
  for (const auto& [name, bytes] : good) {
    BytesSource source(bytes);
    const auto checked = check(name, source);
    EXPECT_TRUE(checked.has_value()) << name << ": " << (checked ? "" : code(checked.error()));
  }
}

TEST(Faults, have_a_code_and_a_sentence_of_their_own) {
  std::set<std::string> sentences;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Fault>>([&](auto entry) {
    EXPECT_EQ(code(entry.value), entry.name);
    EXPECT_TRUE(sentence(entry.value).ends_with(".")) << entry.name;
    sentences.insert(sentence(entry.value));
  });
  EXPECT_EQ(sentences.size(), boost::mp11::mp_size<boost::describe::describe_enumerators<Fault>>::value);
}

}  // namespace

}  // namespace witan::files
