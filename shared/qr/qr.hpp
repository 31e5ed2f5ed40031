#pragma once

#include <string>
#include <string_view>

/// libqrencode behind one function. Nobody else includes qrencode.h.
namespace witan::qr {

/// The text as a QR code (ISO/IEC 18004, correction level M): an `<svg>` element to stand in a page, a unit
/// of its viewBox to each module, with the four modules of quiet border that readers need. Black on white
/// whatever the page's colours are, and without a size: the page gives it one. `title` says to those who do
/// not see it what it is for. Throws std::length_error when the text is too long for any code (2,331 bytes).
/// Thread-safe.
std::string svg(std::string_view text, std::string_view title);

}  // namespace witan::qr
