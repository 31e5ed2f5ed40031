#include <gmock/gmock.h>

#include "infra/supervisor/options.hpp"

namespace witan::supervisor {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(Options, are_the_documented_ones_when_nothing_is_said) {
  const auto options = parse_options({});
  ASSERT_TRUE(options);
  EXPECT_EQ(options->port, 8080);
  EXPECT_EQ(options->admin_port, 8081);
  EXPECT_EQ(options->data, "data");
  EXPECT_TRUE(options->demo);
}

TEST(Options, take_a_value_after_a_space_or_an_equals_sign) {
  const auto options = parse_options({"--port", "8090", "--admin-port=0", "--data=/tmp/x", "--no-demo"});
  ASSERT_TRUE(options);
  EXPECT_EQ(options->port, 8090);
  EXPECT_EQ(options->admin_port, 0);
  EXPECT_EQ(options->data, "/tmp/x");
  EXPECT_FALSE(options->demo);
}

TEST(Options, keep_every_setting_in_order_with_equals_signs_in_its_value) {
  const auto options = parse_options({"--set", "gateway.public_origin=http://a/?b=c", "--set=log_level=debug"});
  ASSERT_TRUE(options);
  ASSERT_EQ(options->settings.size(), 2U);
  EXPECT_EQ(options->settings[0].program, "gateway");
  EXPECT_EQ(options->settings[0].key, "public_origin");
  EXPECT_EQ(options->settings[0].value, "http://a/?b=c");
  EXPECT_EQ(options->settings[1].program, "all");
}

struct Mistake {
  std::string name;
  std::vector<std::string> arguments;
  std::string says;
};

class Mistakes : public testing::TestWithParam<Mistake> {};

TEST_P(Mistakes, are_refused_with_one_sentence) {
  const auto options = parse_options(GetParam().arguments);
  ASSERT_FALSE(options);
  EXPECT_THAT(options.error(), HasSubstr(GetParam().says));
  EXPECT_EQ(options.error().find('\n'), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(
    OnTheCommandLine, Mistakes,
    testing::Values(Mistake{"unknown_option", {"--prot", "1"}, "no option '--prot'"},
                    Mistake{"stray_word", {"8080"}, "no option '8080'"},
                    Mistake{"missing_value", {"--data"}, "--data needs a value"},
                    Mistake{"empty_folder", {"--data="}, "empty"},
                    Mistake{"value_for_a_switch", {"--no-demo=yes"}, "takes no value"},
                    Mistake{"port_is_a_word", {"--port", "http"}, "from 0 to 65535, not 'http'"},
                    Mistake{"port_beyond_the_last", {"--port=65536"}, "not '65536'"},
                    Mistake{"negative_port", {"--port=-1"}, "not '-1'"},
                    Mistake{"both_ports_alike", {"--port=9000", "--admin-port=9000"}, "both 9000"},
                    Mistake{"setting_without_key", {"--set", "gateway.=debug"}, "PROGRAM.KEY=VALUE"},
                    Mistake{"setting_without_value", {"--set", "gateway.log_level"}, "PROGRAM.KEY=VALUE"}),
    [](const auto& mistake) { return mistake.param.name; });

const Catalogue k_catalogue = {{"gateway", {"port", "log_level"}}, {"meetings", {"group_max", "log_level"}}};

TEST(Settings, are_found_in_the_page_that_a_program_prints) {
  EXPECT_THAT(keys_in_document("## witan-x\n\n| key | type |\n| --- | --- |\n| `data` | text |\n| `port` | number |\n"),
              ElementsAre("data", "port"));
}

TEST(Settings, of_an_unknown_program_are_refused) {
  EXPECT_THAT(check_settings({{"votes", "log_level", "debug"}}, k_catalogue).error(), HasSubstr("no program 'votes'"));
}

TEST(Settings, of_an_unknown_key_are_refused) {
  EXPECT_THAT(check_settings({{"gateway", "group_max", "1"}}, k_catalogue).error(), HasSubstr("gateway has no configuration key 'group_max'"));
  EXPECT_THAT(check_settings({{"all", "colour", "1"}}, k_catalogue).error(), HasSubstr("no program has a configuration key 'colour'"));
}

TEST(Settings, that_all_parts_must_agree_on_are_refused_with_the_option_to_use) {
  EXPECT_THAT(check_settings({{"gateway", "port", "1"}}, k_catalogue).error(), HasSubstr("use --port"));
  EXPECT_THAT(check_settings({{"all", "data", "/tmp"}}, k_catalogue).error(), HasSubstr("use --data"));
  EXPECT_THAT(check_settings({{"meetings", "bus_url", "x"}}, k_catalogue).error(), HasSubstr("cannot be set"));
}

TEST(Settings, for_all_reach_only_the_programs_that_know_the_key) {
  const std::vector<Setting> settings = {{"all", "group_max", "8"}, {"all", "log_level", "debug"}, {"gateway", "log_level", "error"}};
  EXPECT_TRUE(check_settings(settings, k_catalogue));
  EXPECT_THAT(arguments_for("gateway", settings, k_catalogue), ElementsAre("--log_level=debug", "--log_level=error"));
  EXPECT_THAT(arguments_for("meetings", settings, k_catalogue), ElementsAre("--group_max=8", "--log_level=debug"));
}

}  // namespace
}  // namespace witan::supervisor
