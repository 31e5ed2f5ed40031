#include <gtest/gtest.h>

#include "shared/base/config.hpp"

namespace witan {
namespace {

Config config() {
  return Config({{"port", std::int64_t{8080}, "Port.", 0, 65535}, {"data", std::string("./data"), "Folder.", 0, 0}, {"demo", false, "Demo.", 0, 0}});
}

TEST(config, reads_values_over_defaults) {
  auto c = config();
  const char* argv[] = {"witan", "--port=9000", "--demo=true"};
  ASSERT_TRUE(c.parse(3, argv));
  EXPECT_EQ(c.number("port"), 9000);
  EXPECT_TRUE(c.flag("demo"));
  EXPECT_EQ(c.text("data"), "./data");
}

TEST(config, refuses_unknown_keys_and_bad_values_in_one_sentence) {
  for (const char* bad : {"--prot=1", "--port=65536", "--port=-1", "--port=80x", "--port=", "--demo=yes", "port=1", "--port"}) {
    auto c = config();
    const char* argv[] = {"witan", bad};
    const auto done = c.parse(2, argv);
    ASSERT_FALSE(done) << bad;
    EXPECT_FALSE(done.error().empty());
    EXPECT_EQ(done.error().find('\n'), std::string::npos);
  }
}

TEST(config, documents_every_key) {
  const auto page = config().document("witan-test");
  for (const char* key : {"`port`", "`data`", "`demo`"}) EXPECT_NE(page.find(key), std::string::npos) << key;
}

}  // namespace
}  // namespace witan
