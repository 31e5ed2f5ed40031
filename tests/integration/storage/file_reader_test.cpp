#include "shared/storage/file_reader.hpp"

#include <random>

#include <gtest/gtest.h>

#include "shared/storage/file_table.hpp"
#include "tests/support/temp_folder.hpp"

namespace witan::storage {
namespace {

struct FileReaderTest : testing::Test {
  void hand_in(const std::string& upload, const std::vector<std::string>& pieces) {
    files.begin(upload, Timestamp());
    std::int64_t offset = 0;
    for (const auto& piece : pieces) {
      EXPECT_TRUE(files.append(upload, offset, piece));
      offset += static_cast<std::int64_t>(piece.size());
    }
  }
  static std::string read(FileReader& reader, std::uint64_t offset, std::size_t size) {
    std::string text(size, '?');
    text.resize(reader.read(offset, text.data(), size));
    return text;
  }

  test::TempFolder folder;
  crypto::Secret key{std::string(32, 'k')};
  std::unique_ptr<Store> store = Store::open(folder.file("files.sqlite"), Store::Mode::write);
  FileTable files{*store, key};
};

TEST_F(FileReaderTest, reads_from_any_place_on_in_any_order) {
  std::vector<std::string> pieces;
  std::string whole;
  std::mt19937 random(7);
  for (int n = 0; n < 12; ++n) whole += pieces.emplace_back(1 + random() % 5000, static_cast<char>('a' + n));
  hand_in("u1", pieces);
  const auto reader = FileReader::of_upload(*store, key, "u1");
  ASSERT_TRUE(reader);
  EXPECT_EQ(reader->size(), whole.size());
  for (int n = 0; n < 500; ++n) {
    const auto offset = random() % (whole.size() + 10);
    const auto size = random() % 12'000;
    ASSERT_EQ(read(*reader, offset, size), offset < whole.size() ? whole.substr(offset, size) : "");
  }
}

TEST_F(FileReaderTest, knows_uploads_and_files_apart) {
  hand_in("u1", {"Good ", "morning"});
  EXPECT_EQ(FileReader::of_file(*store, key, "u1"), nullptr);
  const auto address = files.finish("u1").value_or("");
  EXPECT_EQ(FileReader::of_upload(*store, key, "u1"), nullptr);
  const auto reader = FileReader::of_file(*store, key, address);
  ASSERT_TRUE(reader);
  EXPECT_EQ(reader->size(), 12U);
  EXPECT_EQ(read(*reader, 3, 100), "d morning");
}

TEST_F(FileReaderTest, gives_nothing_under_another_key) {
  hand_in("u1", {"Good morning"});
  const crypto::Secret other{std::string(32, 'o')};
  const auto reader = FileReader::of_upload(*store, other, "u1");
  ASSERT_TRUE(reader);
  EXPECT_THROW(read(*reader, 0, 5), std::runtime_error);
}

}  // namespace
}  // namespace witan::storage
