#include "gateway/papers/multipart.hpp"

#include <algorithm>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <gtest/gtest.h>

namespace witan::papers {
namespace {

/// A body that arrives in pieces of one size.
class Pieces final : public http::BodySource {
 public:
  Pieces(std::string body, std::size_t size) : body_(std::move(body)), size_(size) {}
  net::awaitable<Result<std::string>> read(std::size_t most) override {
    auto piece = body_.substr(at_, std::min(size_, most));
    at_ += piece.size();
    co_return piece;
  }
  std::uint64_t left() const override { return body_.size() - at_; }

 private:
  std::string body_;
  std::size_t size_, at_ = 0;
};

/// All parts as "name=text" and "name:file=text", and the code of what was wrong.
net::awaitable<std::string> all_of(MultipartReader& form) {
  std::string all;
  for (;;) {
    const auto part = co_await form.next();
    if (!part) co_return all + "!" + std::string(info(part.error().code).name);
    if (!*part) co_return all;
    all += (*part)->name + ((*part)->file_name ? ":" + *(*part)->file_name : "") + "=";
    if ((*part)->name == "skipped") continue;
    const auto length = form.length_if_last();
    const auto text = co_await form.read_text(100'000);
    if (!text) co_return all + "!" + std::string(info(text.error().code).name);
    all += *text + ((*part)->file_name && static_cast<std::int64_t>(text->size()) == length ? " (last)" : "") + ";";
  }
}

std::string parts_of(std::string body, std::size_t size) {
  net::io_context loop;
  Pieces source(std::move(body), size);
  MultipartReader form(source, "xyz");
  auto result = net::co_spawn(loop, all_of(form), net::use_future);
  loop.run();
  return result.get();
}

std::string part(std::string_view disposition, std::string_view text) {
  return "--xyz\r\nContent-Disposition: form-data; " + std::string(disposition) + "\r\n\r\n" + std::string(text) + "\r\n";
}

TEST(MultipartReader, gives_the_same_however_the_form_is_cut) {
  // What looks like the end of a part, and is not.
  const std::string bytes = "a\r\n--xy\r\r\n--xyZ\r\n-" + std::string("\0\xff", 2) + "--xyz--";
  const auto body = part("name=\"csrf\"", "token") + part("name=\"skipped\"", "\r\n--xy") + part("name=\"empty\"", "") +
                    part("name=\"upload\"; filename=\"a%22b.pdf\"\r\nContent-Type: application/pdf", bytes) + "--xyz--\r\n";
  const auto expected = "csrf=token;skipped=empty=;upload:a\"b.pdf=" + bytes + " (last);";
  for (std::size_t size = 1; size < body.size(); ++size) ASSERT_EQ(parts_of(body, size), expected) << size;
}

TEST(MultipartReader, refuses_what_is_cut_short_or_no_form) {
  const auto whole = part("name=\"a\"", "one") + "--xyz--";
  for (std::size_t size = 0; size < whole.size(); ++size) {
    ASSERT_TRUE(parts_of(whole.substr(0, size), 7).ends_with("!invalid_request")) << size;
  }
  EXPECT_EQ(parts_of("", 7), "!invalid_request");
  EXPECT_EQ(parts_of("hello", 7), "!invalid_request");
  EXPECT_EQ(parts_of("--other\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--other--", 7), "!invalid_request");
  EXPECT_EQ(parts_of("--xyz\r\nContent-Type: text/plain\r\n\r\n1\r\n--xyz--", 7), "!invalid_request");
  EXPECT_EQ(parts_of("--xyz\r\nX: " + std::string(8000, 'x'), 4096), "!invalid_request");
}

TEST(MultipartReader, bounds_the_text_of_a_field) {
  EXPECT_EQ(parts_of(part("name=\"a\"", std::string(200'000, 'x')) + "--xyz--", 4096), "a=!too_large");
}

TEST(MultipartReader, knows_its_own_content_type) {
  EXPECT_EQ(boundary_of("multipart/form-data; boundary=----abc"), "----abc");
  EXPECT_EQ(boundary_of("Multipart/Form-Data; boundary=\"a b\""), "a b");
  EXPECT_EQ(boundary_of("application/x-www-form-urlencoded"), std::nullopt);
  EXPECT_EQ(boundary_of("multipart/form-data; boundary="), std::nullopt);
  EXPECT_EQ(boundary_of("multipart/form-data; boundary=" + std::string(71, 'x')), std::nullopt);
}

}  // namespace
}  // namespace witan::papers
