#include "tests/unit/files/made_files.hpp"

#include <zlib.h>

namespace witan::files::made {

namespace {

std::string packed(const std::string& text, int window) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY);
  std::string result(deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(result.data());
  stream.avail_out = static_cast<uInt>(result.size());
  deflate(&stream, Z_FINISH);
  result.resize(stream.total_out);
  deflateEnd(&stream);
  return result;
}

std::string little(std::uint64_t number, int size) {
  std::string bytes;
  for (int i = 0; i < size; ++i) bytes += static_cast<char>(number >> (8 * i) & 0xFF);
  return bytes;
}

std::string pdf_of(const std::vector<std::string>& objects, const std::string& trailer_more) {
  std::string file = "%PDF-1.7\n";
  std::string table = "xref\n0 " + std::to_string(objects.size() + 1) + "\n0000000000 65535 f \n";
  for (std::size_t i = 0; i < objects.size(); ++i) {
    auto offset = std::to_string(file.size());
    table += std::string(10 - offset.size(), '0') + offset + " 00000 n \n";
    file += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  const auto at = std::to_string(file.size());
  return file + table + "trailer\n<</Root 1 0 R/Size " + std::to_string(objects.size() + 1) + trailer_more + ">>\nstartxref\n" + at + "\n%%EOF\n";
}

}  // namespace

std::string zlib(const std::string& text) { return packed(text, MAX_WBITS); }
std::string deflated(const std::string& text) { return packed(text, -MAX_WBITS); }

std::string packed_stream(const std::string& dictionary, const std::string& text) {
  const auto bytes = zlib(text);
  return "<<" + dictionary + "/Filter/FlateDecode/Length " + std::to_string(bytes.size()) + ">>\nstream\n" + bytes + "\nendstream";
}

std::string pdf(const std::vector<std::string>& more, const std::string& trailer_more) {
  std::vector<std::string> objects{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
                                   "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"};
  objects.insert(objects.end(), more.begin(), more.end());
  return pdf_of(objects, trailer_more);
}

std::string pdf_of_pages(const std::vector<std::string>& contents) {
  std::vector<std::string> objects{"<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"};
  std::string pages;
  for (const auto& content : contents) {
    pages += std::to_string(objects.size() + 1) + " 0 R ";
    objects.push_back("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents " + std::to_string(objects.size() + 2) +
                      " 0 R>>");
    objects.push_back(packed_stream("", content));
  }
  objects[1] = "<</Type/Pages/Kids[" + pages + "]/Count " + std::to_string(contents.size()) + ">>";
  return pdf_of(objects, "");
}

std::string lines(const std::vector<std::string>& texts) {
  std::string content = "BT /F 11 Tf 40 800 Td 14 TL ";
  for (const auto& text : texts) content += "(" + text + ") Tj T* ";
  return content + "ET";
}

namespace {

/// Stored blocks as deflate has them: one of text, empty ones, and the rest.
std::string in_blocks(const std::string& text, std::size_t empty) {
  const auto block = [](const std::string& bytes, bool is_last) {
    return std::string(1, is_last ? '\1' : '\0') + little(bytes.size(), 2) + little(~bytes.size() & 0xFFFF, 2) + bytes;
  };
  std::string result = block(text.substr(0, 30), false);
  for (std::size_t i = 0; i < empty; ++i) result += block("", false);
  return result + block(text.substr(30), true);
}

std::string bytes_of(const Part& part) {
  if (part.empty_blocks > 0) return in_blocks(part.text, part.empty_blocks);
  return part.method == 8 ? deflated(part.text) : part.text;
}

}  // namespace

std::string zip(const std::vector<Part>& parts) {
  std::string file, directory;
  for (const auto& part : parts) {
    const auto bytes = bytes_of(part);
    const auto crc = crc32(0, reinterpret_cast<const Bytef*>(part.text.data()), static_cast<uInt>(part.text.size()));
    const auto size = static_cast<std::uint64_t>(static_cast<std::int64_t>(part.text.size()) - part.size_less);
    const auto begin_of_about = little(part.flags, 2) + little(part.method, 2) + little(0, 4);
    const auto sizes = little(crc, 4) + little(bytes.size(), 4) + little(size, 4);
    const bool is_behind = (part.flags & 8U) != 0;
    const auto& local = part.local_name.empty() ? part.name : part.local_name;
    directory += "PK\x01\x02" + little(part.attributes ? 0x0314 : 20, 2) + little(20, 2) + begin_of_about + sizes + little(part.name.size(), 2) + little(0, 8) +
                 little(std::uint64_t{part.attributes} << 16, 4) + little(file.size(), 4) + part.name;
    file += "PK\x03\x04" + little(20, 2) + begin_of_about + (is_behind ? std::string(12, '\0') : sizes) + little(local.size(), 2) + little(0, 2) + local + bytes;
    file += (is_behind ? "PK\x07\x08" + sizes : "") + part.behind;
  }
  const auto begin = file.size();
  return file + directory + "PK\x05\x06" + little(0, 4) + little(parts.size(), 2) + little(parts.size(), 2) + little(directory.size(), 4) +
         little(begin, 4) + little(0, 2);
}

std::vector<Part> document(const std::string& body) {
  const std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
  return {{"[Content_Types].xml", xml + "<Types><Override PartName=\"/word/document.xml\" ContentType=\"application/"
                                        "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"},
          {"_rels/.rels", xml + "<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
                                "relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>"},
          {"word/document.xml", xml + "<w:document><w:body><w:p><w:r><w:t>" + body + "</w:t></w:r></w:p></w:body></w:document>"}};
}

std::string docx(const std::vector<Part>& more) {
  auto parts = document();
  parts.insert(parts.end(), more.begin(), more.end());
  return zip(parts);
}

Part relations(const std::string& relations) {
  return {"word/_rels/document.xml.rels", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Relationships>" + relations + "</Relationships>"};
}

}  // namespace witan::files::made
