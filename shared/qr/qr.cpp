#include "shared/qr/qr.hpp"

#include <memory>
#include <qrencode.h>
#include <stdexcept>

#include "shared/markdown/escape.hpp"

namespace witan::qr {

namespace {

constexpr int k_border = 4;

using Code = std::unique_ptr<QRcode, decltype(&QRcode_free)>;

Code encode(std::string_view text) {
  Code code(QRcode_encodeData(static_cast<int>(text.size()),
                              reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M),
            &QRcode_free);
  if (!code) throw std::length_error("the text is empty or too long for a QR code");
  return code;
}

/// One rectangle for each unbroken run of dark modules in a row.
std::string path_of(const QRcode& code) {
  std::string path;
  const auto is_dark = [&](int x, int y) {
    return x < code.width && (code.data[y * code.width + x] & 1U) != 0;
  };
  for (int y = 0; y < code.width; ++y) {
    for (int x = 0; x < code.width; ++x) {
      int run = 0;
      while (is_dark(x + run, y)) ++run;
      if (run == 0) continue;
      const auto length = std::to_string(run);
      path += "M" + std::to_string(x + k_border) + " " + std::to_string(y + k_border) + "h" + length +
              "v1h-" + length + "z";
      x += run;
    }
  }
  return path;
}

}  // namespace

std::string svg(std::string_view text, std::string_view title) {
  const auto code = encode(text);
  const auto size = std::to_string(code->width + 2 * k_border);
  std::string out = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + size + " " + size +
                    "\" role=\"img\" shape-rendering=\"crispEdges\"><title>";
  markdown::append_escaped(out, title);
  out += "</title><path fill=\"#fff\" d=\"M0 0h" + size + "v" + size + "H0z\"/>";
  out += "<path fill=\"#000\" d=\"" + path_of(*code) + "\"/></svg>";
  return out;
}

}  // namespace witan::qr
