#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace witan::markdown {

/// Appends text so that it means nothing but itself, in an element or in a quoted attribute. Control
/// characters, which HTML does not allow, are left out.
void append_escaped(std::string& html, std::string_view text);

/// Without control characters except line end and tab.
void append_plain(std::string& text, std::string_view added);

/// The address as it may stand in `href` (already escaped), or nothing unless it is http, https or mailto.
std::optional<std::string> safe_href(std::string_view address);

/// What an entity (`&amp;`, `&#8364;`, `&#x20AC;`) stands for, in UTF-8; an unknown name stands for its own
/// letters.
std::string decoded_entity(std::string_view entity);

}  // namespace witan::markdown
