// The words of a paragraph that a comment is about.
#include "services/consultations/domain/words.hpp"

#include "tests/unit/consultations/scene.hpp"

namespace witan::consultations::test {
namespace {

std::vector<std::pair<std::int64_t, std::int64_t>> places(std::string_view words, std::string_view text) {
  std::vector<std::pair<std::int64_t, std::int64_t>> found;
  for (const auto& place : ReadText(text).places_of(words)) {
    found.emplace_back(place.range.start, place.range.length);
    EXPECT_EQ(ReadText(text).mark_of(place.range).from, place.mark.from);
    EXPECT_EQ(ReadText(text).mark_of(place.range).to, place.mark.to);
  }
  return found;
}
using Places = std::vector<std::pair<std::int64_t, std::int64_t>>;

TEST(Words, are_found_where_they_stand) {
  EXPECT_EQ(places("for all", "Skills for all."), (Places{{7, 7}}));
  EXPECT_EQ(places("a", "banana"), (Places{{1, 1}, {3, 1}, {5, 1}}));
  EXPECT_EQ(places("nothing of it", "Skills for all."), Places());
  EXPECT_EQ(places("Skills for all. And more", "Skills for all."), Places());
}

TEST(Words, are_found_however_a_page_broke_its_lines_and_a_phone_wrote_its_quotes) {
  EXPECT_EQ(places("Carlisle   and\n Barrow", "Carlisle and Barrow"), (Places{{0, 19}}));
  EXPECT_EQ(places("one two", "one\ntwo"), (Places{{0, 7}}));
  EXPECT_EQ(places("\"SKILLS\" - for all", "“Skills” – for all"), (Places{{0, 18}}));
  EXPECT_EQ(places("Barrow", "Bar\u00ADrow"), (Places{{0, 7}})) << "a soft hyphen is not seen";
  EXPECT_EQ(places("ŵ", "Yr ŵyl"), (Places{{3, 1}})) << "counted in code points, not in bytes";
}

TEST(Words, that_are_none_are_nowhere) {
  for (const auto* words : {"", " ", "\n\t", "\u200B\u202E"}) EXPECT_EQ(places(words, "Skills for all."), Places()) << words;
  EXPECT_EQ(places("a", ""), Places());
}

TEST(Words, are_marked_as_a_browser_can_count_them) {
  const auto mark = ReadText("Skills for all.").mark_of({7, 7});
  EXPECT_EQ(mark.from, 6);
  EXPECT_EQ(mark.to, 12);
  EXPECT_TRUE(ReadText("Skills for all.").is_all_of({0, 15}));
  EXPECT_TRUE(ReadText(" many ").is_all_of({1, 4}));
  EXPECT_FALSE(ReadText("Skills for all.").is_all_of({0, 14}));
}

TEST(Words, that_are_shown_end_with_a_sign_that_there_are_more) {
  EXPECT_EQ(beginning_of(std::string(300, 'x')), std::string(300, 'x'));
  EXPECT_EQ(beginning_of(std::string(301, 'x')), std::string(300, 'x') + "…");
  EXPECT_EQ(ReadText("Yr ŵyl fawr").words_of({3, 3}), "ŵyl");
  EXPECT_EQ(ReadText("Yr ŵyl fawr").words_of({}), "Yr ŵyl fawr");
}

TEST(Words, are_found_also_where_they_overlap) {
  const std::string text(60'000, 'a');
  EXPECT_EQ(ReadText(text).places_of(std::string(2'000, 'a')).size(), 58'001U);
  EXPECT_TRUE(ReadText(text).places_of(std::string(1'999, 'a') + 'b').empty());
  EXPECT_EQ(places("abab", "abacababab"), (Places{{4, 4}, {6, 4}}));
}

PacedComment about(std::string words, std::optional<std::int64_t> place = {}, std::string block = "b4") {
  auto paced = add(std::move(block), "Say more of this.");
  paced.asked.words = {std::move(words)};
  if (place) paced.asked.place = {*place};
  return paced;
}

// Where the text is read again for each place, this does not end within the program's time.
TEST(AddComment, about_words_that_stand_everywhere_holds_nobody_up) {
  auto scene = robin_reads();
  const auto draft = "# A\n\n## B\n\n" + std::string(30'000, 'a') + "\n";
  scene.and_also<ConsultationAggregate>(k_consultation.str(), published(2, draft));
  auto paced = about("a", 40'000, "b3");
  paced.asked.draft = {2};
  for (int times = 0; times < 20; ++times) scene.when(paced).rejected(ErrorCode::invalid_arguments, "/words");
}

// b4: "A college in each town."
TEST(AddComment, may_be_about_certain_words) {
  auto scene = robin_reads();
  scene.when(about("each  TOWN"));
  const auto event = std::get<CommentAdded>(scene.events().at(0));
  EXPECT_EQ(event.start, 13);
  EXPECT_EQ(event.length, 9);
  const auto view = scene.row_as<wire::CommentView>("threads/" + k_consultation.str() + "/1/b4", "public", comment_key(k_comment)).value();
  EXPECT_EQ(view.words, "each town") << "as they stand in the draft";
  EXPECT_EQ(view.words_start, 13);
  EXPECT_EQ(view.words_length, 9);
  EXPECT_EQ(view.words_from, 10);
  EXPECT_EQ(view.words_to, 18);
}

TEST(AddComment, about_all_the_words_is_about_the_paragraph) {
  for (const auto* words : {"", "A college in each town."}) {
    auto scene = robin_reads();
    scene.when(about(words));
    const auto view = scene.row_as<wire::CommentView>("threads/" + k_consultation.str() + "/1/b4", "public", comment_key(k_comment)).value();
    EXPECT_EQ(view.words, "");
    EXPECT_EQ(view.words_to, 0);
  }
}

TEST(AddComment, says_which_words_it_cannot_find_and_which_it_cannot_tell_apart) {
  auto scene = robin_reads();
  scene.when(about("each village")).rejected(ErrorCode::invalid_arguments, "/words");
  scene.when(about("e")).rejected(ErrorCode::invalid_arguments, "/words");
  scene.when(about("e", 4)).rejected(ErrorCode::invalid_arguments, "/words");
  scene.when(about("e", 7));
  EXPECT_EQ(std::get<CommentAdded>(scene.events().at(0)).start, 8);
}

}  // namespace
}  // namespace witan::consultations::test
