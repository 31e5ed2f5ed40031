#include <algorithm>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "shared/files/docx.hpp"
#include "shared/files/parts.hpp"

/// A DOCX is a zip of XML parts. Only what Word itself writes is let through: one directory at the very end, parts that do not
/// overlap and are as they are listed, plain names, plain UTF-8. So every reader sees the same parts as this one.
namespace witan::files {

namespace {

constexpr std::string_view k_local = "PK\x03\x04", k_central = "PK\x01\x02", k_directory_end = "PK\x05\x06", k_zip64_locator = "PK\x06\x07";
constexpr std::size_t k_local_bytes = 30, k_central_bytes = 46, k_directory_end_bytes = 22;
constexpr std::uint64_t k_directory_bytes_max = 1024 * 1024;
constexpr std::size_t k_part_name_bytes_max = 255;
/// Below it a high ratio is no bomb: a page of nothing but spaces.
constexpr std::uint64_t k_ratio_from_bytes = 1024 * 1024;
/// Relations and types are looked at whole; in Word's own documents they are a few kilobytes.
constexpr std::size_t k_small_part_bytes_max = 512 * 1024;

std::uint64_t number(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint64_t value = 0;
  for (std::size_t i = size; i > 0; --i) value = value << 8U | static_cast<unsigned char>(bytes[at + i - 1]);
  return value;
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (auto& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return result;
}

struct Part {
  std::string name;
  std::uint64_t flags = 0, method = 0, crc = 0, packed = 0, unpacked = 0, offset = 0;
  std::uint64_t attributes = 0;
  bool is_from_unix = false;
};

/// Where a name could leave the folder that the document is unpacked in.
bool is_safe_name(std::string_view name) {
  if (name.empty() || name.size() > k_part_name_bytes_max || name.front() == '/') return false;
  const bool is_plain = std::all_of(name.begin(), name.end(), [](char c) { return c >= 0x20 && c < 0x7F && c != '\\' && c != ':'; });
  if (!is_plain) return false;
  for (std::size_t at = 0; at <= name.size();) {
    const auto end = std::min(name.find('/', at), name.size());
    const auto folder = name.substr(at, end - at);
    if (folder == ".." || folder == "." || (folder.empty() && end != name.size())) return false;
    at = end + 1;
  }
  return true;
}

/// Programs of other kinds, and what their folders are called.
std::optional<Fault> fault_of_part(std::string_view name) {
  if (name.ends_with("vbaproject.bin") || name.ends_with("vbadata.xml")) return Fault::docx_has_macros;
  if (name.find("/activex/") != std::string_view::npos || name.find("/embeddings/") != std::string_view::npos) return Fault::docx_has_embedded_program;
  for (const auto* end : {".exe", ".dll", ".js", ".vbs", ".bat", ".cmd", ".ps1", ".scr", ".com", ".lnk", ".hta", ".jar"}) {
    if (name.ends_with(end)) return Fault::docx_has_embedded_program;
  }
  return std::nullopt;
}

/// The value of an attribute in a start tag; empty when it has none.
std::string_view attribute(std::string_view tag, std::string_view wanted) {
  for (auto at = tag.find(wanted); at != std::string_view::npos; at = tag.find(wanted, at + 1)) {
    const bool is_begin = at > 0 && std::string_view(" \t\r\n").find(tag[at - 1]) != std::string_view::npos;
    auto rest = tag.find_first_not_of(" \t\r\n", at + wanted.size());
    if (!is_begin || rest == std::string_view::npos || tag[rest] != '=') continue;
    rest = tag.find_first_not_of(" \t\r\n", rest + 1);
    if (rest == std::string_view::npos || (tag[rest] != '"' && tag[rest] != '\'')) return {};
    return tag.substr(rest + 1, tag.find(tag[rest], rest + 1) - rest - 1);
  }
  return {};
}

/// A link that somebody has to follow is no harm; everything else from elsewhere is fetched when the document opens.
bool is_link_to_follow(std::string_view tag) {
  const auto target = lower(attribute(tag, "Target"));
  const bool is_address = target.starts_with("https://") || target.starts_with("http://") || target.starts_with("mailto:") || target.starts_with("#");
  return attribute(tag, "Type").ends_with("/relationships/hyperlink") && is_address;
}

Checked check_relations(std::string_view xml) {
  // Word writes no character as a number there; "&#69;xternal" would be another way to write the same.
  if (xml.find("&#") != std::string_view::npos || xml.find("<!--") != std::string_view::npos || xml.find("<![") != std::string_view::npos) {
    return std::unexpected(Fault::docx_has_entities);
  }
  for (auto at = xml.find('<'); at != std::string_view::npos; at = xml.find('<', at + 1)) {
    const auto tag = xml.substr(at, xml.find('>', at) - at);
    const auto mode = attribute(tag, "TargetMode");
    if (!mode.empty() && mode != "Internal" && !is_link_to_follow(tag)) return std::unexpected(Fault::docx_reaches_outside);
    const auto type = lower(attribute(tag, "Type"));
    if (type.ends_with("/vbaproject")) return std::unexpected(Fault::docx_has_macros);
    if (type.ends_with("/oleobject") || type.ends_with("/control") || type.ends_with("/package") || type.ends_with("/afchunk")) {
      return std::unexpected(Fault::docx_has_embedded_program);
    }
  }
  return {};
}

Checked check_types(std::string_view xml) {
  const auto text = lower(xml);
  if (text.find("&#") != std::string::npos) return std::unexpected(Fault::docx_has_entities);
  if (text.find("macroenabled") != std::string::npos || text.find("vbaproject") != std::string::npos) return std::unexpected(Fault::docx_has_macros);
  if (text.find("activex") != std::string::npos || text.find("oleobject") != std::string::npos) return std::unexpected(Fault::docx_has_embedded_program);
  if (text.find("wordprocessingml.document.main+xml") == std::string::npos) return std::unexpected(Fault::wrong_file_type);
  return {};
}

/// What no XML part may have, wherever a piece of it is cut.
class XmlWatch {
 public:
  Checked take(std::string_view text) {
    if (text.find('\0') != std::string_view::npos) return std::unexpected(Fault::docx_has_entities);  // UTF-16, which hides the rest
    last_.append(text);
    const auto found = lower(last_);
    if (found.find("<!doctype") != std::string::npos || found.find("<!entity") != std::string::npos) return std::unexpected(Fault::docx_has_entities);
    if (is_first_) {
      const auto declared = found.find("?>");
      const auto head = declared == std::string::npos ? std::string() : found.substr(0, declared);
      const auto encoding = attribute(head, "encoding");
      if (!encoding.empty() && encoding != "utf-8" && encoding != "us-ascii") return std::unexpected(Fault::docx_has_entities);
    }
    is_first_ = false;
    last_.erase(0, last_.size() - std::min<std::size_t>(last_.size(), 16));
    return {};
  }

 private:
  std::string last_;
  bool is_first_ = true;
};

class DocxCheck {
 public:
  explicit DocxCheck(Source& file) : file_(file) {}

  Checked run() {
    if (const auto found = find_parts(); !found) return found;
    for (const auto& part : parts_) {
      if (const auto unpacked = check_content(part); !unpacked) return unpacked;
    }
    if (!names_.contains("[content_types].xml") || !names_.contains("word/document.xml")) return std::unexpected(Fault::wrong_file_type);
    return {};
  }

  Checked read(std::string_view wanted, const std::function<bool(std::string_view)>& take) {
    if (const auto found = find_parts(); !found) return found;
    const auto part = std::find_if(parts_.begin(), parts_.end(), [&](const Part& each) { return lower(each.name) == lower(wanted); });
    if (part == parts_.end()) return std::unexpected(Fault::damaged_file);
    bool is_wanted = true;
    const auto done = read_content(*part, [&](std::string_view text) { return is_wanted = take(text); });
    return is_wanted ? done : Checked();
  }

 private:
  Checked find_parts() {
    if (const auto listed = read_directory(); !listed) return listed;
    for (const auto& part : parts_) {
      if (const auto listed = check_listed(part); !listed) return listed;
    }
    return check_places();
  }

  Checked read_directory() {
    if (file_.size() < k_directory_end_bytes) return std::unexpected(Fault::truncated_file);
    const auto end = piece(file_, file_.size() - k_directory_end_bytes, k_directory_end_bytes);
    if (!end.starts_with(k_directory_end)) return missing_end();
    const auto count = number(end, 10, 2), size = number(end, 12, 4), begin = number(end, 16, 4);
    if (number(end, 4, 4) != 0 || number(end, 8, 2) != count || number(end, 20, 2) != 0) return std::unexpected(Fault::damaged_file);
    if (count > k_parts_max) return std::unexpected(Fault::docx_too_many_parts);
    if (size > k_directory_bytes_max || count == 0) return std::unexpected(Fault::damaged_file);
    if (begin + size + k_directory_end_bytes != file_.size()) return std::unexpected(Fault::docx_hides_data);
    directory_begin_ = begin;
    return read_parts(piece(file_, begin, static_cast<std::size_t>(size)), count);
  }

  /// Either it was cut off, or something stands behind it.
  Checked missing_end() {
    const auto tail = piece(file_, file_.size() - std::min<std::uint64_t>(file_.size(), 65'557), 65'557);
    const bool is_hidden = tail.find(k_directory_end) != std::string::npos || tail.find(k_zip64_locator) != std::string::npos;
    return std::unexpected(is_hidden ? Fault::docx_hides_data : Fault::truncated_file);
  }

  Checked read_parts(std::string_view directory, std::uint64_t count) {
    for (std::uint64_t i = 0; i < count; ++i) {
      if (directory.size() < k_central_bytes || !directory.starts_with(k_central)) return std::unexpected(Fault::damaged_file);
      const auto name = number(directory, 28, 2), rest = number(directory, 30, 2) + number(directory, 32, 2);
      if (directory.size() < k_central_bytes + name + rest) return std::unexpected(Fault::damaged_file);
      parts_.push_back({std::string(directory.substr(k_central_bytes, name)), number(directory, 8, 2), number(directory, 10, 2), number(directory, 16, 4),
                        number(directory, 20, 4), number(directory, 24, 4), number(directory, 42, 4), number(directory, 38, 4) >> 16U,
                        directory[5] == 3});
      directory.remove_prefix(k_central_bytes + name + rest);
    }
    return directory.empty() ? Checked() : std::unexpected(Fault::docx_hides_data);
  }

  Checked check_listed(const Part& part) {
    if (!is_safe_name(part.name)) return std::unexpected(Fault::docx_has_unsafe_name);
    const auto name = lower(part.name);
    if (!names_.insert(name).second) return std::unexpected(Fault::docx_hides_data);
    if (const auto fault = fault_of_part(name)) return std::unexpected(*fault);
    constexpr std::uint64_t k_kind = 0170000, k_link = 0120000;
    if (part.is_from_unix && (part.attributes & k_kind) == k_link) return std::unexpected(Fault::docx_has_link);
    if ((part.flags & 1U) != 0 || (part.flags & 0x40U) != 0) return std::unexpected(Fault::encrypted_file);
    if (part.method != 0 && part.method != 8) return std::unexpected(Fault::damaged_file);
    declared_ += part.unpacked;
    const bool is_bomb = part.unpacked > k_ratio_from_bytes && part.unpacked > part.packed * k_unpacked_ratio_max;
    if (is_bomb || declared_ > k_unpacked_bytes_max) return std::unexpected(Fault::too_compressed);
    return {};
  }

  /// Each part begins where the one before ends, the first at the file's start and the last before the directory: nothing
  /// hides between them, and none is inside of another.
  Checked check_places() {
    std::sort(parts_.begin(), parts_.end(), [](const Part& a, const Part& b) { return a.offset < b.offset; });
    std::uint64_t expected = 0;
    for (auto& part : parts_) {
      if (part.offset != expected) return std::unexpected(Fault::docx_hides_data);
      const auto head = piece(file_, part.offset, k_local_bytes);
      if (head.size() < k_local_bytes || !head.starts_with(k_local)) return std::unexpected(Fault::damaged_file);
      const auto name_size = number(head, 26, 2), extra_size = number(head, 28, 2);
      const bool is_same = piece(file_, part.offset + k_local_bytes, static_cast<std::size_t>(name_size)) == part.name &&
                           number(head, 8, 2) == part.method && number(head, 6, 2) == part.flags;
      if (!is_same) return std::unexpected(Fault::docx_hides_data);
      part.offset += k_local_bytes + name_size + extra_size;
      expected = part.offset + part.packed;
      if ((part.flags & 8U) != 0) expected += descriptor_size(expected);
      if (expected > directory_begin_) return std::unexpected(Fault::docx_hides_data);
    }
    return expected == directory_begin_ ? Checked() : std::unexpected(Fault::docx_hides_data);
  }

  /// Sizes that the writer knew only afterwards follow the part, with or without a signature.
  std::uint64_t descriptor_size(std::uint64_t at) { return piece(file_, at, 4) == "PK\x07\x08" ? 16 : 12; }

  Checked check_content(const Part& part) {
    const auto name = lower(part.name);
    const bool is_relations = name.ends_with(".rels"), is_types = name == "[content_types].xml";
    const bool is_xml = is_relations || is_types || name.ends_with(".xml");
    std::string whole;
    XmlWatch watch;
    Checked checked;
    const auto take = [&](std::string_view text) {
      if (is_xml) checked = watch.take(text);
      if (is_relations || is_types) whole.append(text);
      if (whole.size() > k_small_part_bytes_max) checked = std::unexpected(Fault::damaged_file);
      return checked.has_value();
    };
    const auto is_read = read_content(part, take);
    if (!checked) return checked;
    if (!is_read) return is_read;
    if (is_relations) return check_relations(whole);
    return is_types ? check_types(whole) : Checked();
  }

  /// Unpacks the part, which must be as long as it is listed, and the same.
  Checked read_content(const Part& part, const std::function<bool(std::string_view)>& take) {
    std::uint64_t size = 0;
    auto crc = crc32(0, nullptr, 0);
    const auto count = [&](std::string_view text) {
      size += text.size();
      crc = crc32(crc, reinterpret_cast<const Bytef*>(text.data()), static_cast<uInt>(text.size()));
      return size <= part.unpacked && take(text);
    };
    const bool is_whole = part.method == 8 ? unpack(part, count) : copy(part, count);
    if (size > part.unpacked) return std::unexpected(Fault::too_compressed);
    if (!is_whole || size != part.unpacked || crc != part.crc) return std::unexpected(Fault::damaged_file);
    return {};
  }

  bool unpack(const Part& part, const std::function<bool(std::string_view)>& take) {
    Inflater inflater(Inflater::Wrapping::none);
    return inflater.run(file_, part.offset, part.packed, take) == Inflater::Ended::whole && inflater.used() == part.packed;
  }

  bool copy(const Part& part, const std::function<bool(std::string_view)>& take) {
    for (std::uint64_t at = 0; at < part.packed;) {
      const auto text = piece(file_, part.offset + at, static_cast<std::size_t>(std::min<std::uint64_t>(part.packed - at, 64 * 1024)));
      if (text.empty() || !take(text)) return false;
      at += text.size();
    }
    return true;
  }

  Source& file_;
  std::vector<Part> parts_;
  std::set<std::string> names_;
  std::uint64_t directory_begin_ = 0, declared_ = 0;
};

}  // namespace

Checked check_docx(Source& file) { return DocxCheck(file).run(); }

Checked read_docx_part(Source& file, std::string_view name, const std::function<bool(std::string_view)>& take) {
  return DocxCheck(file).read(name, take);
}

}  // namespace witan::files
