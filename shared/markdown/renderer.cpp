#include "shared/markdown/renderer.hpp"

#include "shared/markdown/escape.hpp"

namespace witan::markdown {

namespace {

/// Elements inside one another. Deeper markup is left out and its text kept: nobody reads it, and browsers
/// suffer.
constexpr std::size_t k_nesting_max = 24;

std::string decoded(const MD_ATTRIBUTE& attribute) {
  std::string value;
  for (std::size_t i = 0; attribute.substr_offsets[i] < attribute.size; ++i) {
    const MD_OFFSET begin = attribute.substr_offsets[i];
    const std::string_view part(attribute.text + begin, attribute.substr_offsets[i + 1] - begin);
    switch (attribute.substr_types[i]) {
      case MD_TEXT_NULLCHAR:
        value += "\uFFFD";
        break;
      case MD_TEXT_ENTITY:
        value += decoded_entity(part);
        break;
      default:
        value += part;
    }
  }
  return value;
}

Block::Kind kind_of(MD_BLOCKTYPE type, const void* detail) {
  switch (type) {
    case MD_BLOCK_H:
      switch (static_cast<const MD_BLOCK_H_DETAIL*>(detail)->level) {
        case 1:
          return Block::title;
        case 2:
          return Block::section;
        default:
          return Block::subsection;
      }
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
      return Block::list;
    case MD_BLOCK_TABLE:
      return Block::table;
    case MD_BLOCK_QUOTE:
      return Block::quote;
    default:
      return Block::paragraph;
  }
}

}  // namespace

void Renderer::open(std::string_view start_tag, Element element) {
  const bool is_shown = spans_[MD_SPAN_IMG] == 0 && shown_ < k_nesting_max;
  if (!is_shown) element.end_tag = {};
  open_.push_back(element);
  if (!is_shown) return;
  block_.html += start_tag;
  ++shown_;
}

void Renderer::close() {
  const auto element = open_.back();
  open_.pop_back();
  if (element.span) --spans_.at(*element.span);
  if (element.end_tag.empty()) return;
  block_.html += element.end_tag;
  --shown_;
}

void Renderer::begin_block(Block::Kind kind) { block_ = Block{kind, {}, {}}; }

void Renderer::end_block() {
  finished_html_ += block_.html.size();
  while (!block_.text.empty() && (block_.text.back() == '\n' || block_.text.back() == ' '))
    block_.text.pop_back();
  if (block_.text.find_first_not_of(" \t\n") != std::string::npos) blocks_.push_back(std::move(block_));
  block_ = {};
}

void Renderer::separate(char separator) {
  if (separator == '\n' && block_.text.ends_with(' ')) block_.text.pop_back();
  if (!block_.text.empty() && block_.text.back() != separator) block_.text += separator;
}

bool Renderer::enter_block(MD_BLOCKTYPE type, const void* detail) {
  if (type == MD_BLOCK_DOC) return true;
  if (depth_++ == 0) {
    begin_block(kind_of(type, detail));
    if (type == MD_BLOCK_H) {  // what stands inside only
      open_.emplace_back();
      return is_within_limits();
    }
  }
  open_nested(type, detail);
  return is_within_limits();
}

void Renderer::open_nested(MD_BLOCKTYPE type, const void* detail) {
  switch (type) {
    case MD_BLOCK_P:
      open("<p>", {"</p>"});
      break;
    case MD_BLOCK_H:
      open("<p><strong>", {"</strong></p>"});
      break;
    case MD_BLOCK_QUOTE:
      open("<blockquote>", {"</blockquote>"});
      break;
    case MD_BLOCK_UL:
      open("<ul>", {"</ul>"});
      break;
    case MD_BLOCK_OL: {
      const unsigned start = static_cast<const MD_BLOCK_OL_DETAIL*>(detail)->start;
      open(start == 1 ? "<ol>" : "<ol start=\"" + std::to_string(start) + "\">", {"</ol>"});
      break;
    }
    case MD_BLOCK_LI:
      open("<li>", {"</li>"});
      break;
    case MD_BLOCK_CODE:
      open("<pre><code>", {"</code></pre>"});
      break;
    case MD_BLOCK_TABLE:
      // Wider than a small screen, so it scrolls, and what scrolls has to be in reach of a keyboard.
      open("<div role=\"group\" aria-label=\"Table\" tabindex=\"0\"><table>", {"</table></div>"});
      break;
    case MD_BLOCK_THEAD:
      open("<thead>", {"</thead>"});
      break;
    case MD_BLOCK_TBODY:
      open("<tbody>", {"</tbody>"});
      break;
    case MD_BLOCK_TR:
      open("<tr>", {"</tr>"});
      break;
    case MD_BLOCK_TH:
      open("<th scope=\"col\">", {"</th>"});
      break;
    case MD_BLOCK_TD:
      open("<td>", {"</td>"});
      break;
    default:
      open_.emplace_back();
      break;  // a rule, or what the flags exclude
  }
}

bool Renderer::leave_block(MD_BLOCKTYPE type) {
  if (type == MD_BLOCK_DOC) return true;
  while (open_.back().span) close();
  close();
  if (--depth_ == 0) {
    end_block();
  } else {
    separate(type == MD_BLOCK_TH || type == MD_BLOCK_TD ? ' ' : '\n');
  }
  return is_within_limits();
}

bool Renderer::enter_span(MD_SPANTYPE type, const void* detail) {
  switch (type) {
    case MD_SPAN_EM:
      open("<em>", {"</em>", type});
      break;
    case MD_SPAN_STRONG:
      open("<strong>", {"</strong>", type});
      break;
    case MD_SPAN_CODE:
      open("<code>", {"</code>", type});
      break;
    case MD_SPAN_A:
      if (const auto href = safe_href(decoded(static_cast<const MD_SPAN_A_DETAIL*>(detail)->href))) {
        open("<a href=\"" + *href + "\" rel=\"nofollow noopener ugc\">", {"</a>", type});
      } else {
        open_.push_back({{}, type});
      }
      break;
    default:
      open_.push_back({{}, type});
      break;
  }
  ++spans_.at(type);
  return is_within_limits();
}

bool Renderer::leave_span(MD_SPANTYPE type) {
  // The parser leaves some that it never entered, or in another order: [](*)*
  if (spans_.at(type) == 0) return is_within_limits();
  for (bool is_left = false; !is_left;) {
    is_left = open_.back().span == type;
    close();
  }
  return is_within_limits();
}

void Renderer::append(std::string_view plain) {
  append_escaped(block_.html, plain);
  append_plain(block_.text, plain);
}

bool Renderer::text(MD_TEXTTYPE type, std::string_view text) {
  switch (type) {
    case MD_TEXT_NULLCHAR:
      append("\uFFFD");
      break;
    case MD_TEXT_BR:
      block_.html += spans_[MD_SPAN_IMG] == 0 ? "<br>" : " ";
      block_.text += ' ';
      break;
    case MD_TEXT_SOFTBR:
      block_.html += '\n';
      block_.text += ' ';
      break;
    case MD_TEXT_ENTITY:
      append(decoded_entity(text));
      break;
    default:
      append(text);
  }
  return is_within_limits();
}

}  // namespace witan::markdown
