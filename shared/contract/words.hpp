#pragma once

#include <string>
#include <string_view>

namespace witan {

/// How a sentence names a command's field: "the title", "what they said". The same words as the field's label in our
/// pages, so that "Enter the title." is understood on its own, in an error summary as in a program's log.
std::string words_for(std::string_view command, std::string_view field);

/// The same at the beginning of a sentence.
std::string capitalised(std::string words);

}  // namespace witan
