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
  std::uint64_t attributes = 0;  ///< As Unix has them, or 0.
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

/// Whether the extra fields of a part give it a name once more, in UTF-8: some readers take that one.
bool has_other_name(std::string_view extra) {
  constexpr std::uint64_t k_unicode_path = 0x7075;
  while (extra.size() >= 4) {
    if (number(extra, 0, 2) == k_unicode_path) return true;
    extra.remove_prefix(std::min<std::size_t>(extra.size(), 4 + static_cast<std::size_t>(number(extra, 2, 2))));
  }
  return false;
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

/// The value of the first attribute in a start tag whose name `is` says; empty when it has none. Goes through the attributes in order: one may stand in the value of
/// another.
template <class Is>
std::string_view attribute_that(std::string_view tag, Is is) {
  constexpr std::string_view k_spaces = " \t\r\n";
  tag.remove_prefix(std::min(tag.find_first_of(k_spaces), tag.size()));
  for (;;) {
    tag.remove_prefix(std::min(tag.find_first_not_of(k_spaces), tag.size()));
    const auto name = tag.substr(0, tag.find_first_of(" \t\r\n="));
    const auto equals = tag.find_first_not_of(k_spaces, name.size());
    if (equals == std::string_view::npos || tag[equals] != '=') return {};
    const auto quote = tag.find_first_not_of(k_spaces, equals + 1);
    if (quote == std::string_view::npos || (tag[quote] != '"' && tag[quote] != '\'')) return {};
    const auto end = tag.find(tag[quote], quote + 1);
    if (end == std::string_view::npos) return {};
    if (is(name)) return tag.substr(quote + 1, end - quote - 1);
    tag.remove_prefix(end + 1);
  }
}

std::string_view attribute(std::string_view tag, std::string_view wanted) {
  return attribute_that(tag, [&](std::string_view name) { return name == wanted; });
}

/// A name of XML without its prefix.
std::string_view local(std::string_view name) { return name.substr(name.find(':') + 1); }

/// A link that somebody has to follow is no harm; everything else from elsewhere is fetched when the document opens.
bool is_link_to_follow(std::string_view tag) {
  const auto target = lower(attribute(tag, "Target"));
  const bool is_address = target.starts_with("https://") || target.starts_with("http://") || target.starts_with("mailto:") || target.starts_with("#");
  return attribute(tag, "Type").ends_with("/relationships/hyperlink") && is_address;
}

std::string_view trimmed(std::string_view text) {
  const auto begin = std::min(text.find_first_not_of(" \t\r\n"), text.size());
  return text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

Checked check_relations(std::string_view xml) {
  // Word writes no character as a number there; "&#69;xternal" would be another way to write the same.
  if (xml.find("&#") != std::string_view::npos || xml.find("<!--") != std::string_view::npos || xml.find("<![") != std::string_view::npos) {
    return std::unexpected(Fault::docx_has_entities);
  }
  for (auto at = xml.find('<'); at != std::string_view::npos; at = xml.find('<', at + 1)) {
    const auto tag = xml.substr(at, xml.find('<', at + 1) - at);  // there may be a '>' in a value, and no '<'
    const auto mode = attribute(tag, "TargetMode");
    if (!mode.empty() && mode != "Internal" && !is_link_to_follow(tag)) return std::unexpected(Fault::docx_reaches_outside);
    // Parts of the document have no such names.
    const bool is_inside = attribute(tag, "Target").find_first_of(":\\") == std::string_view::npos;
    if ((mode.empty() || mode == "Internal") && !is_inside) return std::unexpected(Fault::docx_reaches_outside);
    const auto type = lower(trimmed(attribute(tag, "Type")));
    if (type.ends_with("/vbaproject")) return std::unexpected(Fault::docx_has_macros);
    if (type.ends_with("/oleobject") || type.ends_with("/control") || type.ends_with("/package") || type.ends_with("/afchunk")) {
      return std::unexpected(Fault::docx_has_embedded_program);
    }
  }
  return {};
}

/// Word begins with the part that the package's relations lead to, whatever it is called. It is to be the one that is read here.
Checked check_main_part(std::string_view xml) {
  bool has_main = false;
  for (auto at = xml.find('<'); at != std::string_view::npos; at = xml.find('<', at + 1)) {
    const auto tag = xml.substr(at, xml.find('<', at + 1) - at);
    if (!lower(trimmed(attribute(tag, "Type"))).ends_with("/officedocument")) continue;
    const auto target = lower(attribute(tag, "Target"));
    if (target != k_docx_text_part && target != "/" + std::string(k_docx_text_part)) return std::unexpected(Fault::docx_hides_data);
    has_main = true;
  }
  return has_main ? Checked() : std::unexpected(Fault::wrong_file_type);
}

/// Which parts are XML by their type: a part may have any name.
class XmlParts {
 public:
  Checked read(std::string_view types) {
    for (auto at = types.find('<'); at != std::string_view::npos; at = types.find('<', at + 1)) {
      const auto tag = types.substr(at, types.find('<', at + 1) - at);
      const auto full_type = lower(attribute(tag, "ContentType"));
      const auto type = trimmed(std::string_view(full_type).substr(0, full_type.find(';')));
      if (!type.ends_with("+xml") && !type.ends_with("/xml")) continue;
      const auto name = lower(attribute(tag, "PartName"));
      const auto extension = lower(attribute(tag, "Extension"));
      // Another way to write the same; Word needs none for its own names.
      if ((name + extension).find_first_of("%&") != std::string::npos) return std::unexpected(Fault::docx_hides_data);
      names_.insert(name.starts_with('/') ? name.substr(1) : name);
      extensions_.insert(extension);
    }
    return {};
  }

  bool contains(const std::string& name) const {
    if (name.ends_with(".xml") || name.ends_with(".rels") || names_.contains(name)) return true;
    const auto dot = name.find_last_of("./");
    return dot != std::string::npos && name[dot] == '.' && extensions_.contains(name.substr(dot + 1));
  }

 private:
  std::set<std::string> names_, extensions_;
};

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
    if (is_at_start_) {
      const auto declared = found.find("?>");
      const auto head = declared == std::string::npos ? std::string() : found.substr(0, declared);
      const auto encoding = attribute(head, "encoding");
      if (!encoding.empty() && encoding != "utf-8" && encoding != "us-ascii") return std::unexpected(Fault::docx_has_entities);
      is_at_start_ = declared == std::string::npos && found.size() < k_declaration_bytes_max;  // a piece may be a few bytes
    }
    if (is_at_start_) return {};
    last_.erase(0, last_.size() - std::min<std::size_t>(last_.size(), 16));
    return {};
  }

 private:
  static constexpr std::size_t k_declaration_bytes_max = 1024;

  std::string last_;
  bool is_at_start_ = true;
};

/// Fields that start a program or fetch something when they are brought up to date. Their words may be cut into any number of elements.
class FieldWatch {
 public:
  Checked take(std::string_view text) {
    for (const char c : text) {
      if (c == '<') {
        begin_tag();
      } else if (is_in_tag_ && c == '>' && quote_ == '\0') {
        end_tag();
      } else if (is_in_tag_) {
        take_in_tag(c);
      } else if (is_in_instruction_) {
        take_in_instruction(c);
      }
    }
    return fault_ ? Checked(std::unexpected(*fault_)) : Checked();
  }

 private:
  static constexpr std::size_t k_tag_bytes_max = 4096, k_instruction_bytes_max = 64;

  void begin_tag() {
    is_in_tag_ = true;
    quote_ = '\0';
    tag_.clear();
  }

  void take_in_tag(char c) {
    const bool is_markup = tag_.starts_with('!') || tag_.starts_with('?');  // an apostrophe in a comment is one
    if (c == quote_) quote_ = '\0';
    else if (quote_ == '\0' && !is_markup && (c == '"' || c == '\'')) quote_ = c;
    if (tag_.size() < k_tag_bytes_max) tag_ += c;
  }

  void take_in_instruction(char c) {
    const bool is_space = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if ((!is_space || !instruction_.empty()) && instruction_.size() < k_instruction_bytes_max) instruction_ += c;
    if (is_part_of_address(last_, c)) has_address_ = true;
    last_ = c;
  }

  /// A scheme or a drive, two slashes of either kind, or a character as a number, which may be any of them.
  static bool is_part_of_address(char before, char c) {
    const auto is_slash = [](char each) { return each == '/' || each == '\\'; };
    return c == ':' || (is_slash(before) && is_slash(c)) || (before == '&' && c == '#');
  }

  void clear_instruction() {
    instruction_.clear();
    has_address_ = false;
    last_ = '\0';
  }

  void end_tag() {
    is_in_tag_ = false;
    const bool is_end = tag_.starts_with('/');
    auto name = std::string_view(tag_).substr(is_end ? 1 : 0);
    name = local(name.substr(0, name.find_first_of(" \t\r\n/")));
    // Word writes none of these, which could hide what stands there. Other tags may be long: pictures of old stand in an attribute.
    const bool is_markup = name.starts_with('!') || name.starts_with('?'), is_field = name == "fldSimple" || name == "instrText" || name == "fldChar";
    const bool is_cut = tag_.size() == k_tag_bytes_max, is_name_cut = !is_markup && tag_.find_first_of(" \t\r\n") == std::string::npos;
    if ((is_in_instruction_ && is_markup) || (is_cut && (is_field || is_name_cut))) fault_ = Fault::docx_has_entities;
    if (name == "instrText") is_in_instruction_ = !is_end && !tag_.ends_with('/');
    if (name == "instrText" && is_end) judge(instruction_, has_address_);
    if (name == "fldChar") end_instruction(value_in_tag("fldCharType"));
    if (name == "fldSimple") judge(instruction_, true);
    if (name == "fldSimple") judge_attribute(value_in_tag("instr"));
  }

  std::string_view value_in_tag(std::string_view wanted) const {
    return attribute_that(tag_, [&](std::string_view each) { return local(each) == wanted; });
  }

  /// What a field inside of another works out may stand where the name of the picture does.
  void end_instruction(std::string_view type) {
    if (type != "separate" && type != "end") judge(instruction_, true);
    clear_instruction();
  }

  void judge_attribute(std::string_view instruction) {
    bool has_address = false;
    for (std::size_t i = 0; i < instruction.size(); ++i) has_address = has_address || is_part_of_address(i > 0 ? instruction[i - 1] : '\0', instruction[i]);
    judge(instruction, has_address);
  }

  void judge(std::string_view instruction, bool has_address) {
    if (instruction.find("&#") != std::string_view::npos) fault_ = Fault::docx_has_entities;
    const auto text = lower(instruction);
    const auto begin = std::min(text.find_first_not_of(" \t\r\n"), text.size());
    const auto word = std::string_view(text).substr(begin, text.find_first_of(" \t\r\n\"\\&", begin) - begin);
    if (word == "dde" || word == "ddeauto") fault_ = Fault::docx_starts_program;
    for (const auto* each : {"link", "import", "include", "includetext", "database", "rd"}) {
      if (word == each) fault_ = Fault::docx_reaches_outside;
    }
    // Word leaves it behind when a page of the web is pasted in, with an address. A picture named without drive, scheme or folder of a network is
    // looked for where the reader has put the document: no other computer hears of it.
    if (word == "includepicture" && has_address) fault_ = Fault::docx_reaches_outside;
  }

  std::string tag_, instruction_;
  char quote_ = '\0';  ///< Around the value that we are inside of.
  char last_ = '\0';   ///< Of the instruction.
  bool is_in_tag_ = false, is_in_instruction_ = false, has_address_ = false;
  std::optional<Fault> fault_;
};

class DocxCheck {
 public:
  explicit DocxCheck(Source& file) : file_(file) {}

  Checked run() {
    if (const auto found = find_parts(); !found) return found;
    if (const auto typed = read_types(); !typed) return typed;
    for (const auto& part : parts_) {
      if (const auto unpacked = check_content(part); !unpacked) return unpacked;
    }
    const bool is_whole = names_.contains(k_types_part) && names_.contains(k_relations_part) && names_.contains(k_docx_text_part);
    return is_whole ? Checked() : std::unexpected(Fault::wrong_file_type);
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
  static constexpr std::string_view k_types_part = "[content_types].xml", k_relations_part = "_rels/.rels";

  /// They may stand behind the parts that they speak of.
  Checked read_types() {
    const auto part = std::find_if(parts_.begin(), parts_.end(), [](const Part& each) { return lower(each.name) == k_types_part; });
    if (part == parts_.end()) return {};
    std::string types;
    const auto is_read = read_content(*part, [&](std::string_view text) {
      types.append(text);
      return types.size() <= k_small_part_bytes_max;
    });
    return is_read ? xml_parts_.read(types) : is_read;
  }

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
                        number(directory, 20, 4), number(directory, 24, 4), number(directory, 42, 4), number(directory, 38, 4) >> 16U});
      if (has_other_name(directory.substr(k_central_bytes + name, rest))) return std::unexpected(Fault::docx_hides_data);
      directory.remove_prefix(k_central_bytes + name + rest);
    }
    return directory.empty() ? Checked() : std::unexpected(Fault::docx_hides_data);
  }

  Checked check_listed(const Part& part) {
    if (!is_safe_name(part.name)) return std::unexpected(Fault::docx_has_unsafe_name);
    const auto name = lower(part.name);
    if (!names_.insert(name).second) return std::unexpected(Fault::docx_hides_data);
    if (const auto fault = fault_of_part(name)) return std::unexpected(*fault);
    // Whatever system the part says that it is from: a link, a device or a pipe is no part of a document.
    constexpr std::uint64_t k_kind = 0170000, k_file = 0100000, k_folder = 0040000;
    const auto kind = part.attributes & k_kind;
    if (kind != 0 && kind != k_file && kind != k_folder) return std::unexpected(Fault::docx_has_link);
    if ((part.flags & 1U) != 0 || (part.flags & 0x40U) != 0) return std::unexpected(Fault::encrypted_file);
    if (part.method != 0 && part.method != 8) return std::unexpected(Fault::damaged_file);
    declared_ += part.unpacked;
    const auto is_bomb = [](std::uint64_t unpacked, std::uint64_t packed) { return unpacked > k_ratio_from_bytes && unpacked > packed * k_unpacked_ratio_max; };
    if (is_bomb(part.unpacked, part.packed) || is_bomb(declared_, file_.size()) || declared_ > k_unpacked_bytes_max) return std::unexpected(Fault::too_compressed);
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
                           number(head, 8, 2) == part.method && number(head, 6, 2) == part.flags && has_same_sizes(part, head);
      if (!is_same || has_other_name(piece(file_, part.offset + k_local_bytes + name_size, static_cast<std::size_t>(extra_size)))) return std::unexpected(Fault::docx_hides_data);
      part.offset += k_local_bytes + name_size + extra_size;
      expected = part.offset + part.packed;
      if ((part.flags & 8U) != 0) {
        const auto size = descriptor_size(expected);
        const auto sizes = piece(file_, expected + size - 12, 12);
        const bool is_listed = sizes.size() == 12 && number(sizes, 0, 4) == part.crc && number(sizes, 4, 4) == part.packed && number(sizes, 8, 4) == part.unpacked;
        if (!is_listed) return std::unexpected(Fault::docx_hides_data);
        expected += size;
      }
      if (expected > directory_begin_) return std::unexpected(Fault::docx_hides_data);
    }
    return expected == directory_begin_ ? Checked() : std::unexpected(Fault::docx_hides_data);
  }

  /// Checksum and sizes in front of a part are those of the directory: some readers go by the one, some by the other. A writer that knew them
  /// only afterwards leaves them 0.
  static bool has_same_sizes(const Part& part, std::string_view head) {
    const auto crc = number(head, 14, 4), packed = number(head, 18, 4), unpacked = number(head, 22, 4);
    if ((part.flags & 8U) != 0 && crc == 0 && packed == 0 && unpacked == 0) return true;
    return crc == part.crc && packed == part.packed && unpacked == part.unpacked;
  }

  /// Sizes that the writer knew only afterwards follow the part, with or without a signature.
  std::uint64_t descriptor_size(std::uint64_t at) { return piece(file_, at, 4) == "PK\x07\x08" ? 16 : 12; }

  Checked check_content(const Part& part) {
    const auto name = lower(part.name);
    const bool is_relations = name.ends_with(".rels"), is_types = name == k_types_part, is_xml = xml_parts_.contains(name);
    std::string whole;
    XmlWatch watch;
    FieldWatch fields;
    Checked checked;
    const auto take = [&](std::string_view text) {
      if (is_xml) checked = watch.take(text);
      if (is_xml && checked) checked = fields.take(text);
      if (is_relations || is_types) whole.append(text);
      if (whole.size() > k_small_part_bytes_max) checked = std::unexpected(Fault::damaged_file);
      return checked.has_value();
    };
    const auto is_read = read_content(part, take);
    if (!checked) return checked;
    if (!is_read) return is_read;
    if (is_relations) {
      const auto related = check_relations(whole);
      return related && name == k_relations_part ? check_main_part(whole) : related;
    }
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
  std::set<std::string, std::less<>> names_;
  XmlParts xml_parts_;
  std::uint64_t directory_begin_ = 0, declared_ = 0;
};

}  // namespace

Checked check_docx(Source& file) { return DocxCheck(file).run(); }

Checked read_docx_part(Source& file, std::string_view name, const std::function<bool(std::string_view)>& take) {
  return DocxCheck(file).read(name, take);
}

}  // namespace witan::files
