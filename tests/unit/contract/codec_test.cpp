#include <gtest/gtest.h>

#include "shared/contract/advisory.hpp"
#include "shared/contract/codec.hpp"
#include "shared/contract/consultations.hpp"
#include "shared/contract/directory.hpp"
#include "shared/contract/live.hpp"
#include "shared/contract/meetings.hpp"

namespace witan {
namespace {

using contract::meetings::AddAgendaItem;

json::object good_item() {
  return {{"meeting", "abcdefghijklmnopqrstuvwx23"}, {"title", "Skills"}, {"kind", "decision"}, {"minutes", 15}};
}

struct Case {
  const char* name;
  const char* field;
  json::value value;
  ErrorCode expected;
};

class BadField : public testing::TestWithParam<Case> {};

TEST_P(BadField, is_refused_with_its_pointer_and_code) {
  auto item = good_item();
  item[GetParam().field] = GetParam().value;
  const auto decoded = codec::decode<AddAgendaItem>(item);
  ASSERT_FALSE(decoded);
  EXPECT_EQ(decoded.error().code, ErrorCode::invalid_arguments);
  ASSERT_EQ(decoded.error().errors.size(), 1U);
  EXPECT_EQ(decoded.error().errors[0].pointer, std::string("/") + GetParam().field);
  EXPECT_EQ(decoded.error().errors[0].code, GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    codec, BadField,
    testing::Values(Case{"text_as_number", "title", 7, ErrorCode::wrong_type},
                    Case{"empty_text", "title", "   ", ErrorCode::missing_field},
                    Case{"short_text", "title", "x", ErrorCode::too_short},
                    Case{"long_text", "title", std::string(201, 'x').c_str(), ErrorCode::too_long},
                    Case{"control_character", "title", "a\x01" "bc", ErrorCode::invalid_value},
                    Case{"line_break_in_a_line", "title", "one\ntwo", ErrorCode::invalid_value},
                    Case{"right_to_left_override", "title", "abc\xE2\x80\xAE" "def", ErrorCode::invalid_value},
                    Case{"unknown_enumerator", "kind", "party", ErrorCode::invalid_value},
                    Case{"number_as_text", "minutes", "15", ErrorCode::wrong_type},
                    Case{"fraction", "minutes", 1.5, ErrorCode::wrong_type},
                    Case{"below_range", "minutes", 0, ErrorCode::out_of_range},
                    Case{"above_range", "minutes", 601, ErrorCode::out_of_range},
                    Case{"huge_number", "minutes", 18446744073709551615ULL, ErrorCode::wrong_type},
                    Case{"bad_id", "meeting", "nonsense", ErrorCode::invalid_value},
                    Case{"null_where_needed", "title", nullptr, ErrorCode::wrong_type}),
    [](const auto& test) { return test.param.name; });

struct Sentence {
  const char* name;
  const char* field;
  json::value value;
  const char* says;
};

class Refusal : public testing::TestWithParam<Sentence> {};

TEST_P(Refusal, names_the_field_and_says_what_to_do) {
  auto item = good_item();
  item[GetParam().field] = GetParam().value;
  const auto decoded = codec::decode<AddAgendaItem>(item);
  ASSERT_FALSE(decoded);
  EXPECT_EQ(decoded.error().errors.front().detail, GetParam().says);
}

INSTANTIATE_TEST_SUITE_P(
    codec, Refusal,
    testing::Values(Sentence{"empty", "title", " ", "Enter the title."},
                    Sentence{"short", "title", "x", "The title must have 2 characters or more."},
                    Sentence{"long_", "title", std::string(201, 'x').c_str(), "The title must have 200 characters or fewer; it has 201."},
                    Sentence{"control", "lead", "a\x01", "Who leads it must not contain characters that cannot be shown; remove them."},
                    Sentence{"range", "minutes", 601, "The minutes must be a whole number from 1 to 600."},
                    Sentence{"choice", "kind", "party", "What the item is for must be one of the possible values."}),
    [](const auto& test) { return test.param.name; });

TEST(codec, names_what_is_missing_in_the_words_of_its_command) {
  const auto missing = codec::decode<contract::advisory::LogEngagement>(json::object());
  ASSERT_FALSE(missing);
  std::map<std::string, std::string> says;
  for (const auto& error : missing.error().errors) says[error.pointer] = error.detail;
  EXPECT_EQ(says["/organisation"], "Enter whom you heard.");
  EXPECT_EQ(says["/kind"], "Choose the kind of voice.");
  EXPECT_EQ(says["/heard_on"], "Enter the date on which you heard it.");
  const auto seat = codec::decode<contract::directory::CreateSeat>(json::object());
  EXPECT_EQ(seat.error().errors.back().detail, "Choose the role.");
}

TEST(codec, says_of_an_empty_date_or_address_that_it_is_to_be_entered_and_of_a_wrong_one_what_it_must_be) {
  const auto of = [](const char* email, const char* password) {
    const auto decoded = codec::decode<contract::directory::StartSession>(
        json::object{{"email", email}, {"password", password}, {"session", "abcdefghijklmnopqrstuvwx23"}});
    return decoded ? std::vector<FieldError>() : decoded.error().errors;
  };
  EXPECT_EQ(of("", "long enough").front().detail, "Enter your e-mail address.");
  EXPECT_EQ(of("x", "long enough").front().detail, "Your e-mail address must be like name@example.org.");
  EXPECT_EQ(of("a@b.c", "").front().detail, "Enter your password.");
  EXPECT_TRUE(of("a@b.c", "short").empty()) << "whether it is the right one is not told by its length";
  const auto opened = [](const char* date) {
    return codec::decode<contract::consultations::OpenConsultation>(
        json::object{{"consultation", "abcdefghijklmnopqrstuvwx23"}, {"closes_on", date}}).error().detail;
  };
  EXPECT_EQ(opened(""), "Enter the closing date.");
  EXPECT_EQ(opened("tomorrow"), "The closing date must be a real date, such as 2018-06-19.");
}

TEST(codec, refuses_an_unknown_member_from_outside_at_every_depth) {
  json::value frame = {{"topic", "meetings"}, {"after", {{"epoch", "e"}, {"version", 3}, {"colour", "red"}}}};
  const auto decoded = codec::decode_from_outside<live::Subscribe>(frame);
  ASSERT_FALSE(decoded);
  EXPECT_EQ(decoded.error().errors.front().pointer, "/after/colour");
  EXPECT_EQ(decoded.error().errors.front().code, ErrorCode::unknown_field);
}

TEST(codec, passes_over_what_a_newer_part_of_ours_adds_at_every_depth) {
  PublicCommit commit{"meetings", "e", 1, 1, {PublicEvent{}}};
  commit.events.front().type = "agenda_published";
  auto newer = codec::encode(commit);
  newer.as_object()["colour"] = "red";
  newer.at("events").at(0).as_object()["colour"] = "red";
  const auto decoded = codec::decode<PublicCommit>(newer);
  ASSERT_TRUE(decoded) << decoded.error().errors.front().pointer;
  EXPECT_EQ(codec::encode(*decoded), codec::encode(commit));
}

TEST(codec, refuses_a_line_in_which_something_cannot_be_seen) {
  const auto names = [](const char* name) {
    return codec::decode<contract::directory::RenamePerson>(json::object{{"person", "abcdefghijklmnopqrstuvwx23"}, {"name", name}}).has_value();
  };
  for (const char* hidden : {"\u200B", "\u00AD", "\u2060", "\u3164", "\u2800", "\u00A0", "\u0301", "Hil\u00ADda", "Hil\u200Bda", "Hilda\u3164", "Hil\u200Dda",
                             "A\u0301\u0302\u0303\u0304\u0305\u0306\u0307"}) {
    EXPECT_FALSE(names(hidden)) << hidden;
  }
  for (const char* shown : {"A", "Zoë", "Nguye\u0302\u0303n", "A\u0301\u0302\u0303", "\u0645\u06CC\u200C\u062E", "\u0915\u094D\u200D\u0937", "\U0001F469\u200D\U0001F4BB"}) {
    EXPECT_TRUE(names(shown)) << shown;
  }
}

TEST(codec, trims_text_and_counts_characters_not_bytes) {
  auto item = good_item();
  std::string title;
  for (int i = 0; i < 200; ++i) title += "é";
  item["title"] = "  " + title + "\t";
  const auto decoded = codec::decode<AddAgendaItem>(item);
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->title.value, title);
}

TEST(codec, writes_every_byte_of_a_string_as_boost_json_does) {
  std::string all;
  for (int c = 0; c < 128; ++c) all += static_cast<char>(c);
  all += "é–☃";
  std::string text;
  codec::append_string(all, text);
  EXPECT_EQ(text, json::serialize(json::string(all)));
}

TEST(codec, reports_every_fault_at_once) {
  const auto decoded = codec::decode_from_outside<AddAgendaItem>(json::object{{"kind", 3}, {"extra~/field", 1}});
  ASSERT_FALSE(decoded);
  std::vector<std::string> pointers;
  for (const auto& error : decoded.error().errors) pointers.push_back(error.pointer);
  EXPECT_EQ(pointers, (std::vector<std::string>{"/meeting", "/title", "/kind", "/minutes", "/extra~0~1field"}));
}

TEST(codec, takes_absent_and_null_alike_for_optional_fields) {
  auto item = good_item();
  item["lead"] = nullptr;
  const auto decoded = codec::decode<AddAgendaItem>(item);
  ASSERT_TRUE(decoded);
  EXPECT_FALSE(decoded->lead);
  EXPECT_FALSE(codec::encode(*decoded).as_object().contains("lead"));
}

TEST(codec, refuses_what_is_not_an_object) {
  for (const json::value& value : {json::value(1), json::value("x"), json::value(json::array{1}), json::value(nullptr)}) {
    const auto decoded = codec::decode<AddAgendaItem>(value);
    ASSERT_FALSE(decoded);
    EXPECT_EQ(decoded.error().errors[0].pointer, "");
    EXPECT_EQ(decoded.error().errors[0].code, ErrorCode::wrong_type);
  }
}

TEST(codec, folds_an_email_address_and_refuses_what_is_none) {
  for (const char* bad : {"", "a@b", "@b.c", "a b@c.d", "a@b@c.d", "a@b."}) {
    codec::Decoder decoder(codec::Unknown::refused);
    EmailAddress address;
    codec::read(json::value(bad), address, decoder);
    EXPECT_FALSE(decoder.clean()) << bad;
  }
  codec::Decoder decoder(codec::Unknown::refused);
  EmailAddress address;
  codec::read(json::value(" Chair@Cumbria.Example "), address, decoder);
  EXPECT_TRUE(decoder.clean());
  EXPECT_EQ(address.value, "chair@cumbria.example");
}

}  // namespace
}  // namespace witan
