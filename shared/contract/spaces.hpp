#pragma once

#include <string>
#include <string_view>

namespace witan::codec {

/// Every run of Unicode white space in valid UTF-8 as one space, and none at the ends: names that look alike read alike.
std::string with_single_spaces(std::string_view utf8);

}  // namespace witan::codec
