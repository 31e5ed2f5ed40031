#include "tests/unit/files/hostile_files.hpp"

#include "tests/unit/files/made_files.hpp"

namespace witan::files::made {

namespace {

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

std::string with_body(const std::string& xml) {
  auto parts = document();
  parts[2].text = replaced(parts[2].text, "<w:t>Good morning.</w:t>", xml);
  return zip(parts);
}

/// The main part is another one than word/document.xml.
std::string with_main(const std::string& name, const std::string& more = {}) {
  auto parts = document();
  parts[1].text = replaced(parts[1].text, "Target=\"word/document.xml\"/>", "Target=\"" + name + "\"/>" + more);
  parts.push_back({"word/main.bin", "<w:document><w:instrText>DDEAUTO cmd</w:instrText></w:document>"});
  return zip(parts);
}

/// A part of which the types say what it is.
std::string with_typed(const std::string& type, const std::string& name, const std::string& text) {
  auto parts = document();
  parts[0].text = replaced(parts[0].text, "<Types>", "<Types>" + type);
  parts.push_back({name, text});
  return zip(parts);
}

std::string field(const std::string& instruction) { return with_body("<w:instrText xml:space=\"preserve\">" + instruction + "</w:instrText>"); }

/// A link whose address is an object of its own, as Quartz writes it.
std::string with_distant_link(const std::string& address) { return pdf({"<< /Type /Action /S /URI /URI 5 0 R >>", address}); }

/// The first part with another byte at a place of what stands in front of it.
std::string with_local(std::size_t at, char change) {
  auto file = docx();
  file[at] = static_cast<char>(file[at] ^ change);
  return file;
}

/// Made by OS X, or so the directory says.
std::string relabelled(std::string file) {
  for (auto at = file.find("PK\x01\x02"); at != std::string::npos; at = file.find("PK\x01\x02", at + 4)) file[at + 5] = 19;
  return file;
}

/// An extra field for the last part of the directory.
std::string with_extra(const std::string& id, const std::string& data) {
  auto file = docx();
  const auto last = file.rfind("PK\x01\x02"), end = file.rfind("PK\x05\x06");
  const auto size = static_cast<char>(data.size() + 4);
  file[last + 30] = size;
  file[end + 12] = static_cast<char>(file[end + 12] + size);
  return file.insert(end, id + static_cast<char>(data.size()) + '\0' + data);
}

/// The directory leads to the first part's bytes for all parts.
std::string overlapping() {
  auto file = docx();
  for (auto at = file.find("PK\x01\x02"); at != std::string::npos; at = file.find("PK\x01\x02", at + 4)) file.replace(at + 42, 4, 4, '\0');
  return file;
}

std::string little_size(char size) { return size + std::string(3, '\0') + size + std::string(3, '\0'); }

std::string miscounted(std::string file) {
  const auto end = file.rfind("PK\x05\x06");
  file[end + 8] = file[end + 10] = 2;
  return file;
}

}  // namespace

std::vector<Hostile> hostile_names() {
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

std::vector<Hostile> hostile_types() {
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

std::vector<Hostile> hostile_pdfs() {
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
          {"scripts in a tree of names", "p.pdf", pdf({"<</Names<</JavaScript<</Names[(a)4 0 R]>>>>>>"}), Fault::pdf_has_script},
          {"scripts in a tree of names, in packed objects", "p.pdf", pdf({packed_stream("/Type/ObjStm/N 1/First 4", "4 0 <</Names<</J#61vaScript 5 0 R>>>>")}), Fault::pdf_has_script},
          {"a script's name all in numbers", "p.pdf", pdf({"<</S/#4A#61#76#61#53#63#72#69#70#74>>"}), Fault::pdf_has_script},
          {"a script when a page opens", "p.pdf", pdf({"<</Type/Page/AA<</O<</S/JavaScript/JS 5 0 R>>>>>>"}), Fault::pdf_has_script},
          {"a script in a later version of the file", "p.pdf", good + "4 0 obj\n" + script + "\nendobj\nxref\n0 0\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n", Fault::pdf_has_script},
          {"a form with scripts", "p.pdf", pdf({"<</AcroForm<</XFA 5 0 R>>>>"}), Fault::pdf_has_script},
          {"a program to start", "p.pdf", pdf({"<</S/Launch/F(cmd.exe)>>"}), Fault::pdf_starts_program},
          {"a program to start when it opens, its name in numbers", "p.pdf", pdf({"<</OpenAction<</S/L#61unch/Win<</F(cmd.exe)>>>>>>"}), Fault::pdf_starts_program},
          {"an attached file", "p.pdf", pdf({"<</Type/EmbeddedFile>>\nstream\nMZ\nendstream"}), Fault::pdf_has_attachment},
          {"a list of attached files", "p.pdf", pdf({"<</Names<</EmbeddedFiles 5 0 R>>>>"}), Fault::pdf_has_attachment},
          {"a note with a file", "p.pdf", pdf({"<</Subtype/FileAttachment>>"}), Fault::pdf_has_attachment},
          {"a way into an attached file", "p.pdf", pdf({"<</S/GoToE>>"}), Fault::pdf_has_attachment},
          {"a film", "p.pdf", pdf({"<</Subtype/RichMedia>>"}), Fault::pdf_has_media},
          {"a film of old", "p.pdf", pdf({"<</Subtype/Movie/Movie<</F(a.avi)>>>>"}), Fault::pdf_has_media},
          {"a sound", "p.pdf", pdf({"<</S/Sound/Sound 5 0 R>>"}), Fault::pdf_has_media},
          {"an object to turn", "p.pdf", pdf({"<</Subtype/3D/3DD 5 0 R>>"}), Fault::pdf_has_media},
          {"a file of a network when it opens", "p.pdf", pdf({"<</OpenAction<</S/GoToR/F(\\\\\\\\server\\\\share)/D[0/Fit]>>>>"}), Fault::pdf_reaches_outside},
          {"a link to a file", "p.pdf", pdf({"<</S/URI/URI(file://server/share)>>"}), Fault::pdf_reaches_outside},
          {"a link to a file, in numbers", "p.pdf", pdf({"<</S/URI/URI <46696C653A2F2F2F61>>>"}), Fault::pdf_reaches_outside},
          {"a link to a file, a letter in numbers", "p.pdf", pdf({"<</S/URI/URI(\\146ile:///a)>>"}), Fault::pdf_reaches_outside},
          {"a link to a folder of a network", "p.pdf", pdf({"<</S/URI/URI(//server/share)>>"}), Fault::pdf_reaches_outside},
          {"a link that is a script", "p.pdf", pdf({"<</S/URI/URI(JavaScript:alert\\(1\\))>>"}), Fault::pdf_reaches_outside},
          {"a link to a file, behind a comment", "p.pdf", pdf({"<</S/URI/URI %comment\n(file://server/share)>>"}), Fault::pdf_reaches_outside},
          {"a link to a file, behind comments and spaces", "p.pdf", pdf({"<</S/URI/URI%/URI x\r \n % (https://a)\r\n (file://server/share)>>"}), Fault::pdf_reaches_outside},
          {"a link to a file, in a comment that another reader takes for none", "p.pdf", pdf({"<</S/URI/URI %<</S/URI/URI(file://server/share)>>\n(https://a)>>"}),
           Fault::pdf_reaches_outside},
          {"a link to a file, in packed objects behind a comment", "p.pdf",
           pdf({packed_stream("/Type/ObjStm/N 1/First 4", "4 0 <</S/URI/URI %c\n(file:///a)>>")}), Fault::pdf_reaches_outside},
          {"a link to a file with another in it", "p.pdf", pdf({"<</S/URI/URI(file:/URI(http:a))>>"}), Fault::pdf_reaches_outside},
          {"a link that begins at a file", "p.pdf", pdf({"<</Type/Catalog/URI<</Base(file://server/share/)>>>>", "<</S/URI/URI(a)>>"}), Fault::pdf_reaches_outside},
          {"a link to a file in another object", "p.pdf", with_distant_link("(file://server/share)"), Fault::pdf_reaches_outside},
          {"a link to a file in another object, in numbers", "p.pdf", with_distant_link("<66696C653A2F2F2F61>"), Fault::pdf_reaches_outside},
          {"a link to a file in another object, behind a comment", "p.pdf", with_distant_link("%c\n(file:///a)"), Fault::pdf_reaches_outside},
          {"a link that leads further than one object", "p.pdf", pdf({"<</S/URI/URI %\n05 0 R>>", "6 0 R", "(file:///a)"}), Fault::pdf_reaches_outside},
          {"a link with two addresses in other objects", "p.pdf", with_distant_link("(https://a)\nendobj\n5 0 obj\n(file:///a)"), Fault::pdf_reaches_outside},
          {"a link to a file in the text of another", "p.pdf", with_distant_link("(https://a 5 0 obj (file:///a))"), Fault::pdf_reaches_outside},
          {"a link to an object with a comment in its number", "p.pdf", with_distant_link("(https://a)\nendobj\n5 0 %\nobj\n(file:///a)"), Fault::pdf_hides_objects},
          {"a link to an object that is not there", "p.pdf", pdf({"<</S/URI/URI 9 0 R>>"}), Fault::pdf_hides_objects},
          {"a link to an object of an odd number", "p.pdf", pdf({"<</S/URI/URI +5 0 R>>", "(https://a)"}), Fault::pdf_hides_objects},
          {"a link to a packed object", "p.pdf", pdf({"<</S/URI/URI 5 0 R>>", "(https://a)", packed_stream("/Type/ObjStm/N 1/First 4", "5 0 (file:///a)")}),
           Fault::pdf_hides_objects},
          {"a packed link to another object", "p.pdf", pdf({packed_stream("", "<</S/URI/URI 5 0 R>>"), "(file:///a)"}), Fault::pdf_reaches_outside},
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

std::vector<Hostile> hostile_documents() {
  const auto good = docx();
  std::vector<Part> bombs;
  for (int i = 0; i < 50; ++i) bombs.push_back({"word/media/" + std::to_string(i), std::string(1 << 20, '\0')});
  auto object_types = document();
  object_types[0].text.insert(object_types[0].text.find("<Override"), "<Default Extension=\"png\" ContentType=\"application/vnd.openxmlformats-officedocument.oleObject\"/>");
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
          {"an object whose relation has a '>' in it", "p.docx",
           docx({relations("<Relationship Id=\"a>b\" Type=\"http://a/relationships/oleObject\" Target=\"media/a.png\"/>")}), Fault::docx_has_embedded_program},
          {"a workbook in it", "p.docx", external("package", "media/a.xlsx", "Internal"), Fault::docx_has_embedded_program},
          {"a control under another name", "p.docx", external("control", "media/a.xml", "Internal"), Fault::docx_has_embedded_program},
          {"the type of an object", "p.docx", zip(object_types), Fault::docx_has_embedded_program},
          {"a field that starts a program", "p.docx", with_body("<w:instrText>DDEAUTO c:\\cmd.exe \"/k calc\"</w:instrText>"), Fault::docx_starts_program},
          {"such a field in pieces", "p.docx",
           with_body("<w:fldChar w:fldCharType=\"begin\"/><w:instrText xml:space=\"preserve\"> d</w:instrText></w:r><w:r><w:instrText>De</w:instrText><w:instrText> excel"
                     "</w:instrText>"), Fault::docx_starts_program},
          {"such a field as an attribute", "p.docx", with_body("<w:fldSimple a=\"'>\" w:instr='DDE cmd'/>"), Fault::docx_starts_program},
          {"such a field in a header", "p.docx", docx({{"word/header1.xml", "<w:hdr><!-- ' --><w:instrText>DDE cmd</w:instrText></w:hdr>"}}), Fault::docx_starts_program},
          {"a field in numbers", "p.docx", with_body("<w:instrText>&#68;DEAUTO cmd</w:instrText>"), Fault::docx_has_entities},
          {"a field in a section of characters", "p.docx", with_body("<w:instrText><![CDATA[DDEAUTO cmd]]></w:instrText>"), Fault::docx_has_entities},
          {"a field that fetches", "p.docx", with_body("<w:instrText> INCLUDETEXT \"\\\\\\\\server\\\\a.docx\"</w:instrText>"), Fault::docx_reaches_outside},
          {"a field that links to an object", "p.docx", with_body("<w:instrText>LINK Excel.Sheet.12 \"//server/a\" \\a</w:instrText>"), Fault::docx_reaches_outside},
          {"a field behind a tag of full length", "p.docx",
           with_body("<w:instrText" + std::string(4096 - 11 - 1, ' ') + "/ >DDEAUTO cmd</w:instrText>"), Fault::docx_has_entities},
          {"a field behind a tag of full length with an attribute", "p.docx",
           with_body("<w:instrText a=\"" + std::string(4096 - 15 - 1, 'a') + "/b\">DDEAUTO cmd</w:instrText>"), Fault::docx_has_entities},
          {"a field whose prefix is longer than a tag", "p.docx", with_body("<" + std::string(4096, 'w') + ":instrText>DDEAUTO cmd</w:instrText>"), Fault::docx_has_entities},
          {"a field that includes", "p.docx", field(" INCLUDE \"a.docx\" "), Fault::docx_reaches_outside},
          {"a field that refers to a document", "p.docx", field(" RD \"a.docx\" \\f"), Fault::docx_reaches_outside},
          {"a field that includes, as an attribute", "p.docx", with_body("<w:fldSimple w:instr=\"INCLUDE&quot;a.docx&quot;\"/>"), Fault::docx_reaches_outside},
          {"a picture of the web", "p.docx", field(" INCLUDEPICTURE \"https://example.org/a.png\" \\* MERGEFORMATINET "), Fault::docx_reaches_outside},
          {"a picture of the web, far behind", "p.docx", field("INCLUDEPICTURE" + std::string(5000, ' ') + "\"http://a\""), Fault::docx_reaches_outside},
          {"a picture of the web, as an attribute", "p.docx", with_body("<w:fldSimple w:instr=' includePicture \"http://a\"'/>"), Fault::docx_reaches_outside},
          {"a picture of a network", "p.docx", field("INCLUDEPICTURE \"\\\\server\\a.png\""), Fault::docx_reaches_outside},
          {"a picture of a network, with other slashes", "p.docx", field("INCLUDEPICTURE \"/\\server/a.png\""), Fault::docx_reaches_outside},
          {"a picture of a network, in pieces", "p.docx", with_body("<w:instrText>INCLUDEPICTURE \"/</w:instrText><w:instrText>/server/a.png\"</w:instrText>"),
           Fault::docx_reaches_outside},
          {"a picture of the web in numbers", "p.docx", field("INCLUDEPICTURE" + std::string(80, ' ') + "http&#58;&#47;&#47;a"), Fault::docx_reaches_outside},
          {"a picture that another field names", "p.docx",
           with_body("<w:instrText>INCLUDEPICTURE \"</w:instrText><w:fldChar w:fldCharType=\"begin\"/><w:instrText>DOCPROPERTY a</w:instrText>"), Fault::docx_reaches_outside},
          {"a picture that another field names, as an attribute", "p.docx",
           with_body("<w:instrText>INCLUDEPICTURE </w:instrText><w:fldSimple w:instr=\"DOCPROPERTY a\"/>"), Fault::docx_reaches_outside},
          {"another main part", "p.docx", with_main("word/main.bin"), Fault::docx_hides_data},
          {"two main parts", "p.docx",
           with_main("word/document.xml", "<Relationship Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument \" Target=\"word/main.bin\"/>"),
           Fault::docx_hides_data},
          {"no main part", "p.docx", zip({document()[0], {"_rels/.rels", "<Relationships/>"}, document()[2]}), Fault::wrong_file_type},
          {"no relations", "p.docx", with_first_three({document()[0], document()[2]}, {}), Fault::wrong_file_type},
          {"a header of another name", "p.docx",
           with_typed("<Override PartName=\"/word/Header.bin\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml\"/>",
                      "word/header.bin", "<w:instrText>DDE cmd</w:instrText>"), Fault::docx_starts_program},
          {"notes of another name in numbers", "p.docx", with_typed("<Override PartName=\"/word/%6eotes.bin\" ContentType=\"text/xml\"/>", "word/notes.bin", "<a/>"),
           Fault::docx_hides_data},
          {"entities in parts of another name", "p.docx",
           with_typed("<Default Extension=\"BIN\" ContentType=\"application/xml; charset=utf-8\"/>", "word/a.bin", "<!DOCTYPE a><a/>"), Fault::docx_has_entities},
          {"a template from elsewhere", "p.docx", external("attachedTemplate", "https://example.org/t.dotm"), Fault::docx_reaches_outside},
          {"a picture from elsewhere", "p.docx", external("image", "https://example.org/i.png"), Fault::docx_reaches_outside},
          {"an object from elsewhere", "p.docx", external("oleObject", "https://example.org/x.html!"), Fault::docx_reaches_outside},
          {"a template from elsewhere, behind a '>'", "p.docx",
           docx({relations("<Relationship Target=\"http://a/?>\" Type=\"http://a/relationships/attachedTemplate\" TargetMode=\"External\"/>")}), Fault::docx_reaches_outside},
          {"a template from elsewhere, with a mode in another value", "p.docx",
           docx({relations("<Relationship Target=\"x TargetMode='Internal' \" Type=\"http://a/relationships/attachedTemplate\" TargetMode=\"External\"/>")}),
           Fault::docx_reaches_outside},
          {"a template from elsewhere that says it is inside", "p.docx", external("attachedTemplate", "http://a/t.dotm", "Internal"), Fault::docx_reaches_outside},
          {"a frame from elsewhere", "p.docx", external("frame", "https://example.org/"), Fault::docx_reaches_outside},
          {"a document from elsewhere", "p.docx", external("subDocument", "file:///c:/a.docx"), Fault::docx_reaches_outside},
          {"a web page from elsewhere", "p.docx", external("aFChunk", "https://example.org/a.htm"), Fault::docx_reaches_outside},
          {"settings from elsewhere", "p.docx",
           docx({{"word/_rels/settings.xml.rels", relations("<Relationship Type=\"a/attachedTemplate\" Target=\"\\\\server\\t.dotm\" TargetMode=\"External\"/>").text}}),
           Fault::docx_reaches_outside},
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
          {"a link to another file from another system", "p.docx", relabelled(docx({{"word/media/a.png", "/etc/passwd", 0, 0, 0120777}})), Fault::docx_has_link},
          {"a device", "p.docx", docx({{"word/media/a.png", "", 0, 0, 0020666}}), Fault::docx_has_link},
          {"a part with one more name", "p.docx", with_extra("up", "\1....word/../../evil"), Fault::docx_hides_data},
          {"parts inside of each other", "p.docx", overlapping(), Fault::docx_hides_data},
          {"a part with two sizes", "p.docx", with_local(22, 1), Fault::docx_hides_data},
          {"a part with two packed sizes", "p.docx", with_local(18, 1), Fault::docx_hides_data},
          {"a part with two checksums", "p.docx", with_local(14, 1), Fault::docx_hides_data},
          {"a part with other sizes behind it", "p.docx", replaced(docx({{"word/a.xml", "zip", 0, 8}}), "zipPK\x07\x08", "zipPK\x07\x09"), Fault::docx_hides_data},
          {"a part with two ways of packing", "p.docx", with_local(8, 8), Fault::docx_hides_data},
          {"a size of 64 bits", "p.docx", replaced(docx({{"word/big.xml", "zip64", 0}}), little_size(5), std::string(8, '\xFF')), Fault::too_compressed},
          {"a directory of 64 bits", "p.docx", replaced(good, "PK\x05\x06", "PK\x06\x07" + std::string(16, '\0') + "PK\x05\x06"), Fault::docx_hides_data},
          {"a count of parts that is a lie", "p.docx", miscounted(good), Fault::docx_hides_data},
          {"the same part twice", "p.docx", docx({{"word/document.xml", "<evil/>"}}), Fault::docx_hides_data},
          {"the same part twice in other letters", "p.docx", docx({{"WORD/Document.xml", "<evil/>"}}), Fault::docx_hides_data},
          {"a part with two names", "p.docx", zip(two_names), Fault::docx_hides_data},
          {"something in front", "p.docx", "PK\x03\x04" + std::string(60, 'x') + good, Fault::docx_hides_data},
          {"something between two parts", "p.docx", docx({{"word/a.xml", "<a/>", 8, 0, 0, "", 0, "MZ program"}, {"word/b.xml", "<b/>"}}), Fault::docx_hides_data},
          {"something between the last part and the directory", "p.docx", docx({{"word/a.xml", "<a/>", 8, 0, 0, "", 0, "MZ program"}}), Fault::docx_hides_data},
          {"something behind", "p.docx", good + "MZ program", Fault::docx_hides_data},
          {"a password", "p.docx", zip(encrypted), Fault::encrypted_file},
          {"a bomb", "p.docx", zip(bomb), Fault::too_compressed},
          {"a bomb of many parts", "p.docx", docx(bombs), Fault::too_compressed},
          {"a bomb in a bomb", "p.docx", docx({{"word/media/a.zip", zip({{"b.zip", zip(bomb)}}), 0}, {"word/media/b.bin", std::string(3 << 20, '\0')}}), Fault::too_compressed},
          {"a bomb that lies about its size", "p.docx", zip(lying), Fault::too_compressed},
          {"2,001 parts", "p.docx", zip(many), Fault::docx_too_many_parts},
          {"entities", "p.docx", zip(entities), Fault::docx_has_entities},
          {"a document type from elsewhere", "p.docx", docx({{"customXml/item1.xml", "<!DOCTYPE a SYSTEM \"http://example.org/a.dtd\"><a/>"}}), Fault::docx_has_entities},
          {"entities of entities", "p.docx",
           docx({{"word/a.xml", "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"&c;&c;\"><!ENTITY c \"dd\">]><a>&b;</a>"}}), Fault::docx_has_entities},
          {"entities in a relation", "p.docx", docx({relations("<!DOCTYPE a [<!ENTITY b 'External'>]>")}), Fault::docx_has_entities},
          {"another encoding after packed nothing", "p.docx", docx({{"word/a.xml", "<?xml version=\"1.0\" encoding=\"UTF-7\"?><a/>", 8, 0, 0, "", 0, "", 14'000}}), Fault::docx_has_entities},
          {"two bytes a letter", "p.docx", zip(wide), Fault::docx_has_entities},
          {"another encoding", "p.docx", zip(other_encoding), Fault::docx_has_entities},
          {"an unknown way of packing", "p.docx", docx({{"word/a.xml", "<a/>", 99}}), Fault::damaged_file},
          {"a wrong checksum", "p.docx", bad_crc, Fault::damaged_file},
          {"no document", "p.docx", with_first_three({document()[0], document()[1]}, {}), Fault::wrong_file_type},
          {"half of it", "p.docx", good.substr(0, good.size() / 2), Fault::truncated_file},
          {"all but the last byte", "p.docx", good.substr(0, good.size() - 1), Fault::docx_hides_data},
          {"nothing but the start", "p.docx", "PK\x03\x04", Fault::truncated_file}};
}

std::vector<Hostile> hostile_files() {
  auto all = hostile_names();
  for (const auto& more : {hostile_types(), hostile_pdfs(), hostile_documents()}) all.insert(all.end(), more.begin(), more.end());
  return all;
}

std::vector<Good> good_files() {
  return {{"Paper 3 – Growth hubs.pdf", pdf()},
      {"with a link.PDF", pdf({"<</Type/Annot/Subtype/Link/A<</S/URI/URI(https://example.org/Launch/JavaScript)>>>>"})},
      {"with a link after a comment.pdf", pdf({"<</S /URI %c\n/URI % the address\r\n (https://example.org)>>", "<</URI(mailto:a@example.org)/S/URI>>"})},
      {"with links as a Mac writes them.pdf",
       pdf({"<< /Type /Action /S /URI /URI 5 0 R >>", "(https://example.org/a_(b\\))", "<< /Title 7 0 R >>", "(D:20260901120000Z00'00')", "<</S/URI/URI 9 0 R>>", "<6874747073>"})},
      {"with packed objects and links.pdf", pdf({packed_stream("/Type/ObjStm/N 1/First 4", "4 0 <</S/URI/URI(https://example.org)>>"), "<</Type/XRef>>"})},
      {"with packed objects.pdf", pdf({packed_stream("/Type/ObjStm/N 1/First 4", "4 0 <</Type/Font>>")})},
      {"with a picture.pdf", pdf({packed_stream("/Subtype/Image", std::string(100'000, 'x'))})},
      {"with many packed objects.pdf", pdf(std::vector<std::string>(3000, packed_stream("/Type /ObjStm /N 1/First 4", "4 0 <</Type/Font>>")))},
      {"opens at a page.pdf", pdf({"<</OpenAction[3 0 R/Fit]>>"})},
      {"paper.docx", docx()},
      {"paper with a link.docx", external("hyperlink", "https://www.gov.uk/government/publications")},
      {"paper with a picture.docx", docx({{"word/media/image1.png", std::string(5000, 'p'), 0}})},
      {"paper with a picture beside it.docx", field(" INCLUDEPICTURE \"chart 1.png\" \\* MERGEFORMAT \\d ")},
      {"paper with a picture in a field that is closed.docx",
       with_body("<w:instrText> INCLUDEPICTURE \"a.png\" </w:instrText><w:fldChar w:fldCharType=\"separate\"/><w:fldChar w:fldCharType=\"begin\"/>"
                 "<w:instrText> HYPERLINK \"https://example.org\" </w:instrText><w:fldChar w:fldCharType=\"separate\"/><w:fldChar w:fldCharType=\"end\"/>")},
      {"paper with a long tag.docx", with_body("<v:shape o:gfxdata=\"" + std::string(20'000, 'A') + "\"/><!--" + std::string(5000, '-') + "><w:t>a</w:t>")},
      {"paper with an absolute main part.docx", with_main("/word/document.xml")},
      {"paper with a drawing.docx", with_typed("<Default Extension=\"svg\" ContentType=\"image/svg+xml\"/>", "word/media/a.svg", "<svg/>")},
      {"written here.md", "# Caf\u00e9\n\n- one\r\n- two\n"},
      {"the longest text.md", std::string(k_markdown_bytes_max, 'a')},
      {"a text with a letter across two pieces.MD", std::string(65'535, 'a') + "\u20ac"},
      {"Adroddiad twf – Cymraeg ŵ.docx", docx()}};
}

}  // namespace witan::files::made
