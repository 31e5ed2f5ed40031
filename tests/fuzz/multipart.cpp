#include "gateway/papers/multipart.hpp"

#include <algorithm>
#include <string>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include "tests/fuzz/must.hpp"

namespace witan::papers {

namespace {

constexpr std::size_t k_field_bytes_max = 4096;

/// A body that arrives in pieces of one size.
class Pieces final : public http::BodySource {
 public:
  Pieces(std::string_view body, std::size_t size) : body_(body), size_(size) {}
  net::awaitable<Result<std::string>> read(std::size_t most) override {
    const auto piece = body_.substr(at_, std::min(size_, most));
    at_ += piece.size();
    co_return std::string(piece);
  }
  std::uint64_t left() const override { return body_.size() - at_; }

 private:
  std::string_view body_;
  std::size_t size_, at_ = 0;
};

/// All parts, or as many as there were before something was wrong.
net::awaitable<void> read_all(MultipartReader& form, std::string& all) {
  for (;;) {
    const auto part = co_await form.next();
    if (!part || !*part) co_return void(all += part ? "end" : "wrong");
    const bool is_file = (*part)->file_name.has_value();
    all += (*part)->name + (is_file ? ":" + *(*part)->file_name : "") + "=";
    const auto text = co_await form.read_text(k_field_bytes_max);
    if (!text) co_return void(all += "wrong");
    all += *text + ";";
  }
}

std::string parts_of(std::string_view body, const std::string& boundary, std::size_t size) {
  net::io_context loop;
  Pieces source(body, size);
  MultipartReader form(source, boundary);
  std::string all;
  net::co_spawn(loop, read_all(form, all), net::detached);
  loop.run();
  return all;
}

}  // namespace

}  // namespace witan::papers

/// A form with a file in it. The first line is its content type.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace witan;
  const auto input = fuzz::text_of(data, size);
  const auto line = input.substr(0, input.find('\n'));
  const auto boundary = papers::boundary_of(line);
  if (!boundary) return 0;
  const auto body = input.substr(std::min(input.size(), line.size() + 1));
  const auto whole = papers::parts_of(body, *boundary, input.size() + 1);
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}}) {
    fuzz::must(papers::parts_of(body, *boundary, piece) == whole, "a form is the same however it is cut");
  }
  return 0;
}
