// Somebody says where a comment belongs; and replies, which go along.
#include <map>

#include "tests/unit/consultations/carry_scene.hpp"

namespace witan::consultations::test {
namespace {

class PlaceComment : public CarryOver {
 protected:
  PlaceComment() {
    railway = comments(k_robin, 1, "b6");
    publish(k_third);
    carry();
  }
  CommentId railway;
};

TEST_F(PlaceComment, moves_it_under_the_paragraph_and_says_who_did) {
  const auto result = scene.send(person(k_robin), wire::PlaceComment{railway, {2}, {"1.2"}});
  ASSERT_TRUE(result);
  EXPECT_EQ(*result, (json::object{{"comment", railway.str()}, {"thread", "b4"}}));
  EXPECT_FALSE(shown(railway, 2, "unplaced"));
  const auto view = shown(railway, 2, "b4");
  ASSERT_TRUE(view);
  EXPECT_TRUE(view->carried->settled.starts_with("Placed here by its author at ")) << view->carried->settled;
  EXPECT_FALSE(view->carried->is_orphaned);
  EXPECT_EQ(ledger(2).orphaned, 0);
  EXPECT_EQ(ledger(2).settled, 1);
  EXPECT_EQ(ledger(2).summary, "1 comment on earlier drafts: 0 placed, 0 moved, 1 placed by a person, 0 uncertain, 0 without a place");
  EXPECT_EQ(block(2, "b4").comment_count, 1);
  EXPECT_EQ(place(k_officer, railway, 2, "1.1"), "") << "staff may put it right";
  EXPECT_TRUE(shown(railway, 2, "b3")->carried->settled.starts_with("Placed here by staff at "));
  EXPECT_EQ(block(2, "b4").comment_count, 0);
  EXPECT_EQ(ledger(2).settled, 1);
}

TEST_F(PlaceComment, keeps_what_it_was_about_beside_a_comment_that_stood_right) {
  wire::AddComment command{id, {1}, {"b3"}, {"Said."}};
  command.words = {"an apprenticeship by 2025"};
  const auto right = CommentId::from_trusted(scene.made("comment", person(k_wren), command));
  carry();
  ASSERT_EQ(shown(right, 2, "b3")->carried->words, "");
  EXPECT_EQ(place(k_officer, right, 2, "1.2"), "");
  EXPECT_EQ(shown(right, 2, "b4")->words, "");
  EXPECT_EQ(shown(right, 2, "b4")->carried->words, "an apprenticeship by 2025");
  EXPECT_EQ(place(k_officer, right, 2, "1.1"), "");
  EXPECT_EQ(shown(right, 2, "b3")->words, "an apprenticeship by 2025") << "back where its words are";
  EXPECT_EQ(shown(right, 2, "b3")->carried->words, "");
}

TEST_F(PlaceComment, to_and_fro_fills_no_pages_and_ends_some_time) {
  const auto end = [&](const std::string& name) { return thread_end(WorldReader(scene.world()), {id, 2, name}); };
  const auto before = end("b3").bytes;
  for (int times = 0; times < 20; ++times) ASSERT_EQ(place(person(k_robin), railway, 2, times % 2 ? "1.1" : "1.2"), "") << times;
  EXPECT_EQ(end("b3").page, 1);
  EXPECT_LT(end("b4").bytes, before + 4'000);
  EXPECT_EQ(place(person(k_robin), railway, 2, "1.2"), "not_now");
}

TEST_F(PlaceComment, is_where_it_is_carried_on_from) {
  EXPECT_EQ(place(person(k_robin), railway, 2, "1.2"), "");
  publish(k_second);
  carry();
  const auto view = shown(railway, 3, "b7");
  ASSERT_TRUE(view);
  EXPECT_EQ(view->carried->settled, "") << "nobody has placed it in this draft";
  EXPECT_EQ(view->carried->number, "2.1") << "it was written about this";
}

TEST_F(PlaceComment, is_for_its_author_and_for_staff) {
  EXPECT_EQ(place(person(k_wren), railway, 2, "1.1"), "forbidden");
  EXPECT_EQ(place(visitor(), railway, 2, "1.1"), "not_signed_in");
  EXPECT_EQ(place(holder(id_of<PersonId>("other"), id_of<BodyId>("elsewhere").str(), Role::officer), railway, 2, "1.1"), "forbidden");
  EXPECT_EQ(place(administrator(), railway, 2, "1.1"), "");
}

TEST_F(PlaceComment, is_refused_where_it_cannot_be) {
  EXPECT_EQ(place(person(k_robin), railway, 2, "1"), "invalid_arguments") << "a section";
  EXPECT_EQ(place(person(k_robin), railway, 2, "7.7"), "invalid_arguments");
  EXPECT_EQ(place(person(k_robin), railway, 1, "1.1"), "not_now") << "not the newest draft";
  EXPECT_EQ(place(person(k_robin), railway, 3, "1.1"), "not_now") << "there is none";
  const auto here = comments(k_robin, 2, "b3");
  EXPECT_EQ(place(person(k_robin), here, 2, "1.2"), "not_now") << "it was written about this draft";
  EXPECT_EQ(place(person(k_robin), railway, 2, "1.1"), "");
  EXPECT_EQ(place(person(k_robin), railway, 2, "1.1"), "already_done");
  publish(k_second);
  EXPECT_EQ(place(person(k_robin), railway, 3, "1.1"), "not_now") << "it has not come there yet";
  EXPECT_TRUE(scene.send(person(k_robin), wire::WithdrawComment{railway}));
  EXPECT_EQ(place(person(k_robin), railway, 3, "1.1"), "not_now");
}

TEST_F(PlaceComment, is_open_to_them_after_the_closing) {
  EXPECT_TRUE(scene.send(k_officer, wire::CloseConsultation{id}));
  EXPECT_EQ(place(person(k_robin), railway, 2, "1.1"), "");
}

class Replies : public CarryOver {
 protected:
  Result<json::object> reply(const PersonId& by, const CommentId& to, std::int64_t draft = 1, const std::string& block = "b6", std::optional<std::string> words = {}) {
    wire::AddComment command{id, {draft}, {block}, {"I do not think so."}};
    command.reply_to = to;
    if (words) command.words = {*words};
    return scene.send(person(by), command);
  }
  CommentId replied(const PersonId& by, const CommentId& to, std::int64_t draft = 1) {
    return CommentId::from_trusted(std::string(string_at(reply(by, to, draft).value(), "comment")));
  }
  /// Those that stand in a thread, in their order.
  std::vector<CommentId> order(std::int64_t draft, const std::string& block) {
    std::map<std::string, CommentId> found;
    for (const auto& key : scene.world().keys(topic(draft, block), "public")) {
      if (!key.starts_with("comment/")) continue;
      const auto view = scene.world().row_as<wire::CommentView>(topic(draft, block), "public", key).value();
      found.emplace(view.sort, view.comment);
    }
    std::vector<CommentId> ids;
    for (const auto& [sort, comment] : found) ids.push_back(comment);
    return ids;
  }
};

TEST_F(Replies, stand_under_what_they_answer_however_deep_in_the_order_in_which_they_came) {
  const auto first = comments(k_robin, 1, "b6"), second = comments(k_robin, 1, "b6");
  const auto a = replied(k_wren, first), b = replied(k_robin, a), c = replied(k_wren, first), d = replied(k_wren, second);
  EXPECT_EQ(order(1, "b6"), (std::vector{first, a, b, c, second, d}));
  EXPECT_TRUE(shown(b, 1, "b6")->is_reply);
  EXPECT_FALSE(shown(first, 1, "b6")->is_reply);
  EXPECT_EQ(block(1, "b6").comment_count, 6);
}

TEST_F(Replies, answer_what_is_there_and_nothing_else) {
  const auto first = comments(k_robin, 1, "b6"), elsewhere = comments(k_robin, 1, "b3");
  EXPECT_EQ(code_of(reply(k_wren, elsewhere)), "invalid_arguments") << "another paragraph";
  EXPECT_EQ(code_of(reply(k_wren, id_of<CommentId>("nothing"))), "invalid_arguments");
  EXPECT_EQ(code_of(reply(k_wren, first, 1, "b6", "railway")), "invalid_arguments") << "words of its own";
  EXPECT_TRUE(scene.send(person(k_robin), wire::WithdrawComment{first}));
  EXPECT_EQ(code_of(reply(k_wren, first)), "invalid_arguments") << "withdrawn";
}

TEST_F(Replies, are_about_the_same_words_and_go_where_these_go) {
  wire::AddComment command{id, {1}, {"b6"}, {"Why?"}};
  command.words = {"doubled where trains wait"};
  const auto first = CommentId::from_trusted(scene.made("comment", person(k_robin), command));
  const auto answer = replied(k_wren, first);
  EXPECT_EQ(shown(answer, 1, "b6")->words, "doubled where trains wait");
  publish(k_second);
  carry();
  EXPECT_EQ(order(2, "b5"), (std::vector{first, answer}));
  EXPECT_EQ(shown(answer, 2, "b5")->words, shown(first, 2, "b5")->words);
  const auto later = CommentId::from_trusted(std::string(string_at(reply(k_robin, first, 2, "b5").value(), "comment")));
  EXPECT_EQ(order(2, "b5"), (std::vector{first, answer, later})) << "what was carried can be answered";
}

TEST_F(Replies, go_along_when_somebody_says_where_a_comment_belongs) {
  const auto first = comments(k_robin, 1, "b6"), answer = replied(k_wren, first), taken_back = replied(k_robin, first);
  EXPECT_TRUE(scene.send(person(k_robin), wire::WithdrawComment{taken_back}));
  publish(k_third);
  carry();
  ASSERT_EQ(ledger(2).orphaned, 2);
  EXPECT_EQ(place(k_officer, first, 2, "1.1"), "");
  EXPECT_EQ(order(2, "b3"), (std::vector{first, answer}));
  EXPECT_TRUE(order(2, "unplaced").empty());
  EXPECT_EQ(ledger(2).settled, 2);
  EXPECT_EQ(block(2, "b3").comment_count, 2);
  EXPECT_TRUE(shown(answer, 2, "b3")->carried->settled.starts_with("Placed here with the comment that it answers at "));
  EXPECT_EQ(place(person(k_wren), answer, 2, "1.2"), "") << "its author may take it elsewhere";
  EXPECT_EQ(order(2, "b4"), std::vector{answer});
}

}  // namespace
}  // namespace witan::consultations::test
