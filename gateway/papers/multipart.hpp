#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/http/message.hpp"

namespace witan::papers {

namespace net = boost::asio;

/// The boundary that the content type `multipart/form-data` names; nothing for any other type.
std::optional<std::string> boundary_of(std::string_view content_type);

/// A form with a file in it (RFC 7578), read as it arrives: a part is never in memory whole.
class MultipartReader {
 public:
  MultipartReader(http::BodySource& source, std::string boundary) : source_(source), delimiter_("\r\n--" + boundary), text_("\r\n") {}

  struct Part {
    std::string name;
    std::optional<std::string> file_name;  ///< There for a field in which a file may be chosen; empty when none was.
  };
  /// The next part, once the one before has been read; nothing after the last. `invalid_request` for what is no such form.
  net::awaitable<Result<std::optional<Part>>> next();
  /// The present part's next bytes; empty at its end.
  net::awaitable<Result<std::string>> read();
  /// A part that is a short text. `too_large` above `most` bytes.
  net::awaitable<Result<std::string>> read_text(std::size_t most);
  /// How long the present part is, if it is the last one: all that is still to come but the end of the form.
  std::int64_t length_if_last() const;

 private:
  /// Reads on; false when there is nothing more to come.
  net::awaitable<Result<bool>> more();

  http::BodySource& source_;
  std::string delimiter_;  ///< Begins with the line break that belongs to it.
  std::string text_;       ///< Read and not yet given out.
  bool is_in_part_ = false;
};

}  // namespace witan::papers
