// A new draft is published: what becomes of the comments on earlier ones.
#include <map>
#include <random>
#include <set>

#include "services/consultations/app/consultations_service.hpp"
#include "services/consultations/domain/carry.hpp"
#include "tests/support/service_scene.hpp"
#include "tests/unit/consultations/scene.hpp"

namespace witan::consultations::test {
namespace {

namespace directory = contract::directory;

// b3 is 1.1, b4 is 1.2, b6 is 2.1.
constexpr std::string_view k_first =
    "# Draft strategy\n\n## People\n\nEvery school leaver in Cumbria will be offered an apprenticeship by 2025.\n\n"
    "A new college of nuclear skills will open in Workington beside the existing campus.\n\n## Places\n\n"
    "The coastal railway between Carlisle and Barrow will be doubled where trains wait for each other today.\n";
// 1.1 as it was, 1.2 gone to the other section as 2.2, 2.1 reworded.
constexpr std::string_view k_second =
    "# Draft strategy\n\n## People\n\nEvery school leaver in Cumbria will be offered an apprenticeship by 2025.\n\n## Places\n\n"
    "The coastal railway from Carlisle to Barrow will be doubled wherever trains wait for each other today.\n\n"
    "Farms on the fells keep their payments until new rules are agreed with the people who work there.\n\n"
    "A new college of nuclear skills will open in Workington beside the existing campus.\n";
// Nothing of the railway is left.
constexpr std::string_view k_third =
    "# Draft strategy\n\n## People\n\nEvery school leaver in Cumbria will be offered an apprenticeship by 2025.\n\n"
    "A new college of nuclear skills will open in Workington beside the existing campus.\n";

class CarryOver : public testing::Test {
 protected:
  CarryOver() {
    EXPECT_TRUE(scene.hear("directory", directory::BodyEstablishedNotice{k_cumbria, "Cumbria LEP", directory::BodyKind::lep_board}));
    for (const auto& [who, name] : {std::pair{k_robin, "Robin Example"}, {k_wren, "Wren"}}) {
      EXPECT_TRUE(scene.hear("directory", directory::PersonRegisteredNotice{who, name, ""}));
    }
    id = ConsultationId::from_trusted(
        scene.made("consultation", k_officer, wire::CreateConsultation{k_cumbria, {"Strategy"}, {"Cumbria"}, {"What should it say?"}}));
    publish(k_first);
    EXPECT_TRUE(scene.send(k_officer, wire::OpenConsultation{id, {"2030-01-01"}}));
  }
  void publish(std::string_view markdown) {
    EXPECT_TRUE(scene.send(k_officer, wire::PublishDraft{id, {std::string(markdown)}}));
    ++newest;
  }
  CommentId comments(const PersonId& by, std::int64_t draft, const std::string& block, const std::string& text = "Said.") {
    return CommentId::from_trusted(scene.made("comment", person(by), wire::AddComment{id, {draft}, {block}, {text}}));
  }
  std::string place(const Actor& actor, const CommentId& comment, std::int64_t draft, const std::string& paragraph) {
    return code_of(scene.send(actor, wire::PlaceComment{comment, {draft}, {paragraph}}));
  }
  std::string topic(std::int64_t draft, const std::string& block) const { return "threads/" + id.str() + "/" + std::to_string(draft) + "/" + block; }
  std::optional<wire::CommentView> shown(const CommentId& comment, std::int64_t draft, const std::string& block) {
    return scene.world().row_as<wire::CommentView>(topic(draft, block), "public", "comment/" + comment.str());
  }
  wire::LedgerView ledger(std::int64_t draft) {
    return scene.world().row_as<wire::LedgerView>("drafts/" + id.str() + "/" + std::to_string(draft), "public", "ledger").value();
  }
  wire::BlockView block(std::int64_t draft, const std::string& name) {
    return scene.world().row_as<wire::BlockView>("drafts/" + id.str() + "/" + std::to_string(draft), "public", "block/" + name).value();
  }
  std::int64_t count() { return scene.world().row_as<wire::ConsultationView>("consultations", "public", "consultation/" + id.str())->comment_count; }
  void carry() {
    for (int round = 0; round < 20 && !to_be_carried(WorldReader(scene.world())).empty(); ++round) scene.do_outside_work();
    EXPECT_TRUE(to_be_carried(WorldReader(scene.world())).empty());
  }

  ServiceScene scene{definition({0, 0})};
  const PersonId k_wren = id_of<PersonId>("wren");
  ConsultationId id;
  std::int64_t newest = 0;
};

TEST_F(CarryOver, takes_each_comment_to_where_its_words_are_now) {
  const auto same = comments(k_robin, 1, "b3"), gone_to_places = comments(k_wren, 1, "b4"), reworded = comments(k_wren, 1, "b6");
  publish(k_second);
  EXPECT_EQ(ledger(2).summary, "3 comments on earlier drafts: 0 placed, 0 moved, 0 uncertain, 0 without a place, 3 still to be looked for");
  carry();
  EXPECT_EQ(ledger(2).summary, "3 comments on earlier drafts: 2 placed, 1 moved, 0 uncertain, 0 without a place");
  const auto first = shown(same, 2, "b3"), second = shown(gone_to_places, 2, "b7"), third = shown(reworded, 2, "b5");
  ASSERT_TRUE(first && second && third);
  EXPECT_EQ(first->carried->number, "1.1");
  EXPECT_EQ(first->carried->draft, 1);
  EXPECT_EQ(first->carried->words, "") << "they are the same";
  EXPECT_EQ(first->carried->href, "/consultations/" + id.str() + "/draft/1/b3#comment-" + same.str());
  EXPECT_EQ(first->draft, 2);
  EXPECT_FALSE(first->carried->is_moved || first->carried->is_uncertain || first->carried->is_orphaned);
  EXPECT_NE(second->carried->is_moved, third->carried->is_moved) << "they passed each other: one of them moved";
  EXPECT_EQ(second->carried->number, "1.2");
  EXPECT_EQ(third->carried->words, "The coastal railway between Carlisle and Barrow will be doubled where trains wait for each other today.");
  EXPECT_EQ(block(2, "b3").comment_count, 1);
  EXPECT_EQ(block(2, "b7").comment_count, 1);
  EXPECT_EQ(block(2, "b6").comment_count, 0);
  EXPECT_EQ(count(), 3) << "each counts once";
  EXPECT_TRUE(shown(same, 1, "b3")) << "it stays where it was written";
  EXPECT_FALSE(shown(same, 1, "b3")->carried);
}

TEST_F(CarryOver, takes_certain_words_to_where_they_are_now_and_shows_what_they_were) {
  const auto about = [&](const std::string& block, const std::string& words) {
    wire::AddComment command{id, {1}, {block}, {"Said."}};
    command.words = {words};
    return CommentId::from_trusted(scene.made("comment", person(k_robin), command));
  };
  const auto same = about("b3", "an apprenticeship by 2025"), reworded = about("b6", "doubled where trains wait"), gone = about("b6", "The coastal railway");
  publish(k_second);
  carry();
  const auto first = shown(same, 2, "b3"), second = shown(reworded, 2, "b5");
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->words, "an apprenticeship by 2025");
  EXPECT_EQ(first->words_start, 47);
  EXPECT_EQ(first->carried->words, "") << "the same";
  EXPECT_EQ(second->words, "doubled wherever trains wait");
  EXPECT_EQ(second->carried->words, "doubled where trains wait");
  EXPECT_GT(second->words_to, second->words_from);
  publish(k_third);
  carry();
  const auto orphan = shown(gone, 3, "unplaced");
  ASSERT_TRUE(orphan);
  EXPECT_EQ(orphan->words, "") << "they stand nowhere in this draft";
  EXPECT_EQ(orphan->carried->words, "The coastal railway");
  EXPECT_EQ(place(person(k_robin), gone, 3, "1.1"), "");
  EXPECT_EQ(shown(gone, 3, "b3")->words, "") << "the paragraph as a whole";
}

TEST_F(CarryOver, leaves_what_has_no_place_any_more_where_everybody_sees_it) {
  const auto railway = comments(k_robin, 1, "b6");
  publish(k_third);
  carry();
  EXPECT_EQ(ledger(2).orphaned, 1);
  EXPECT_TRUE(ledger(2).has_unplaced);
  const auto view = shown(railway, 2, "unplaced");
  ASSERT_TRUE(view);
  EXPECT_TRUE(view->carried->is_orphaned);
  EXPECT_EQ(view->text, "Said.");
  EXPECT_NE(view->carried->words, "") << "nothing tells what it was about but this";
  EXPECT_EQ(scene.world().row(topic(2, "unplaced"), "staff", "ledger"), scene.world().row(topic(2, "unplaced"), "public", "ledger"));
  EXPECT_EQ(code_of(scene.send(person(k_robin), wire::AddComment{id, {2}, {"unplaced"}, {"More."}})), "invalid_arguments");
}

TEST_F(CarryOver, finds_a_paragraph_that_comes_back_by_the_words_of_the_draft_in_which_it_was_last) {
  const auto railway = comments(k_robin, 1, "b6");
  publish(k_third);
  publish(k_first);
  carry();
  EXPECT_EQ(ledger(2).orphaned, 1);
  EXPECT_EQ(ledger(3).placed + ledger(3).moved, 1);
  ASSERT_TRUE(shown(railway, 3, "b6"));
  EXPECT_EQ(shown(railway, 3, "b6")->carried->draft, 1);
}

TEST_F(CarryOver, goes_on_through_every_draft_also_for_a_comment_that_comes_late) {
  publish(k_second);
  publish(k_third);
  const auto late = comments(k_robin, 1, "b3");
  EXPECT_EQ(ledger(2).left, 1);
  EXPECT_EQ(ledger(3).left, 1);
  EXPECT_EQ(to_be_carried(WorldReader(scene.world())).size(), 1U) << "one draft after the other";
  carry();
  EXPECT_TRUE(shown(late, 2, "b3"));
  EXPECT_TRUE(shown(late, 3, "b3"));
  EXPECT_EQ(count(), 1);
}

TEST_F(CarryOver, withdrawing_leaves_an_empty_place_in_every_draft_and_counts_in_none) {
  const auto first = comments(k_robin, 1, "b3", "Half-baked."), other = comments(k_wren, 1, "b3");
  publish(k_second);
  carry();
  publish(k_third);
  ASSERT_EQ(ledger(3).left, 2);
  EXPECT_TRUE(scene.send(person(k_robin), wire::WithdrawComment{first}));
  EXPECT_EQ(ledger(2).placed, 1);
  EXPECT_EQ(ledger(2).total, 1);
  EXPECT_EQ(ledger(3).left, 1) << "it is carried no further";
  for (const auto draft : {1, 2}) {
    EXPECT_TRUE(shown(first, draft, "b3")->is_withdrawn);
    EXPECT_EQ(shown(first, draft, "b3")->text + shown(first, draft, "b3")->words, "");
    EXPECT_FALSE(shown(first, draft, "b3")->carried);
    EXPECT_EQ(block(draft, "b3").comment_count, 1);
  }
  carry();
  EXPECT_FALSE(shown(first, 3, "b3"));
  EXPECT_TRUE(shown(other, 3, "b3"));
}

TEST_F(CarryOver, deleting_an_account_takes_its_words_out_of_every_draft) {
  comments(k_robin, 1, "b3", "I, Robin Example, live in Kendal.");
  comments(k_robin, 1, "b6", "Also in Kendal.");
  publish(k_third);
  carry();
  EXPECT_TRUE(scene.hear("directory", directory::PersonErasedNotice{k_robin}));
  for (const auto* word : {"Robin", "Kendal"}) EXPECT_EQ(all_kept(scene.world()).find(word), std::string::npos) << word;
  EXPECT_EQ(ledger(2).placed, 1);
  EXPECT_EQ(ledger(2).orphaned, 1);
  publish(k_second);
  carry();
  EXPECT_EQ(ledger(3).total, 2) << "what was said still counts";
}

TEST_F(CarryOver, what_was_found_twice_or_too_late_is_noted_once) {
  const auto first = comments(k_robin, 1, "b3"), other = comments(k_wren, 1, "b3");
  publish(k_second);
  const auto& work = scene.definition().outside.front();
  const auto ids = work.waiting(WorldReader(scene.world()));
  ASSERT_EQ(ids.size(), 1U);
  const auto found = work.carry_out(ids.front(), WorldReader(scene.world()));
  EXPECT_TRUE(scene.send(person(k_robin), wire::WithdrawComment{first}));
  for (int times = 0; times < 2; ++times) EXPECT_TRUE(scene.carry_out(work.prepare(ids.front(), found), {}));
  EXPECT_EQ(ledger(2).total, 1);
  EXPECT_EQ(ledger(2).placed, 1);
  EXPECT_EQ(block(2, "b3").comment_count, 1);
  EXPECT_FALSE(shown(first, 2, "b3"));
  EXPECT_TRUE(shown(other, 2, "b3"));
  EXPECT_TRUE(work.waiting(WorldReader(scene.world())).empty());
}

TEST_F(CarryOver, those_without_a_place_go_on_in_a_next_page_and_are_found_there) {
  std::string longest_name, text;
  for (int n = 0; n < 100; ++n) longest_name += "\xF0\x9F\x97\xB3";
  for (int n = 0; n < 4000; ++n) text += n % 2 ? "\xF0\x9F\x97\xB3" : "\"";
  EXPECT_TRUE(scene.hear("directory", directory::PersonRenamedNotice{k_robin, longest_name, 1}));
  std::vector<CommentId> all;
  for (int n = 0; n < 30; ++n) all.push_back(comments(k_robin, 1, "b6", text));
  publish(k_third);
  carry();
  ASSERT_EQ(ledger(2).orphaned, 30);
  std::size_t count = 0;
  for (const auto* page : {"unplaced", "unplaced-2"}) {
    json::object entities;
    for (const auto& key : scene.world().keys(topic(2, page), "public")) entities[key] = *scene.world().row(topic(2, page), "public", key), count += key.starts_with("comment/");
    EXPECT_LE(json::serialize(entities).size(), 255U * 1024U) << page;
  }
  EXPECT_EQ(count, 30U);
  const auto last = std::ranges::find_if(all, [&](const auto& comment) { return shown(comment, 2, "unplaced-2").has_value(); });
  ASSERT_NE(last, all.end());
  EXPECT_EQ(place(k_officer, *last, 2, "1.1"), "");
  EXPECT_FALSE(shown(*last, 2, "unplaced-2"));
  EXPECT_TRUE(shown(*last, 2, "b3"));
}

TEST_F(CarryOver, two_consultations_are_carried_beside_each_other) {
  const auto mine = id;
  const auto comment = comments(k_robin, 1, "b3");
  id = ConsultationId::from_trusted(
      scene.made("consultation", k_officer, wire::CreateConsultation{k_cumbria, {"Another"}, {"Cumbria"}, {"What should it say?"}}));
  EXPECT_TRUE(scene.send(k_officer, wire::PublishDraft{id, {std::string(k_first)}}));
  EXPECT_TRUE(scene.send(k_officer, wire::OpenConsultation{id, {"2030-01-01"}}));
  const auto other = comments(k_wren, 1, "b6");
  for (const auto& each : {mine, id}) EXPECT_TRUE(scene.send(k_officer, wire::PublishDraft{each, {std::string(k_second)}}));
  EXPECT_EQ(to_be_carried(WorldReader(scene.world())).size(), 2U);
  carry();
  EXPECT_TRUE(shown(other, 2, "b5"));
  EXPECT_FALSE(shown(comment, 2, "b3"));
  id = mine;
  EXPECT_TRUE(shown(comment, 2, "b3"));
}

TEST_F(CarryOver, an_earlier_draft_leads_to_the_newest) {
  EXPECT_FALSE(ledger(1).is_replaced);
  publish(k_second);
  publish(k_third);
  for (const auto draft : {1, 2}) {
    EXPECT_TRUE(ledger(draft).is_replaced);
    EXPECT_EQ(ledger(draft).newest, 3);
    EXPECT_EQ(ledger(draft).newest_href, "/consultations/" + id.str() + "/draft/3");
  }
  EXPECT_FALSE(ledger(3).is_replaced);
}

TEST_F(CarryOver, drafts_before_opening_have_no_comments_to_carry) {
  EXPECT_EQ(ledger(1).total, 0);
  EXPECT_FALSE(ledger(1).has_any);
  EXPECT_TRUE(ledger(1).is_done);
  publish(k_second);
  EXPECT_TRUE(ledger(2).is_done);
}

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

TEST_F(CarryOver, long_comments_come_in_smaller_parts) {
  for (int n = 0; n < 200; ++n) comments(k_robin, 1, "b3", std::string(4000, 'x'));
  publish(k_second);
  scene.do_outside_work();
  EXPECT_GT(ledger(2).placed, 80);
  EXPECT_LT(ledger(2).placed, 140) << "half a mebibyte at once";
  carry();
  EXPECT_EQ(ledger(2).placed, 200);
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

/// Whatever happens: every comment stands once in every draft since it was written, and every ledger adds up.
class LedgersBalance : public CarryOver {
 protected:
  struct Said {
    CommentId comment;
    PersonId by;
    std::int64_t draft;
  };

  void expect_balance() {
    for (std::int64_t draft = 2; draft <= newest; ++draft) {
      SCOPED_TRACE("draft " + std::to_string(draft));
      const auto view = ledger(draft);
      EXPECT_EQ(view.total, view.placed + view.moved + view.settled + view.uncertain + view.orphaned + view.left);
      EXPECT_EQ(view.total, std::ranges::count_if(said, [&](const auto& each) { return each.draft < draft; }));
      EXPECT_EQ(view.is_done, view.left == 0);
      expect_each_once(draft, view.left);
    }
    EXPECT_EQ(count(), static_cast<std::int64_t>(said.size()));
  }

  void expect_each_once(std::int64_t draft, std::int64_t left) {
    std::map<std::string, int> times;
    for (const auto& name : {"b3", "b4", "b5", "b6", "b7", "unplaced"}) {
      std::int64_t here = 0;
      for (const auto& key : scene.world().keys(topic(draft, name), "public")) {
        if (!key.starts_with("comment/")) continue;
        const auto row = scene.world().row_as<wire::CommentView>(topic(draft, name), "public", key).value();
        if (!row.is_withdrawn) ++here, ++times[row.comment.str()];
      }
      const auto row = scene.world().row_as<wire::BlockView>("drafts/" + id.str() + "/" + std::to_string(draft), "public", std::string("block/") + name);
      if (row && row->is_paragraph) EXPECT_EQ(row->comment_count, here) << name;
      EXPECT_EQ(scene.world().keys(topic(draft, name), "public"), scene.world().keys(topic(draft, name), "staff"));
    }
    for (const auto& each : said) {
      if (each.draft <= draft && left == 0) EXPECT_EQ(times[each.comment.str()], 1);
      EXPECT_LE(times[each.comment.str()], 1);
    }
  }

  std::vector<Said> said;
};

TEST_F(LedgersBalance, after_any_sequence_of_drafts_comments_withdrawals_and_placements) {
  std::mt19937 random(20191004);
  const std::array drafts{k_first, k_second, k_third};
  for (int step = 0; step < 220; ++step) {
    SCOPED_TRACE("step " + std::to_string(step));
    const auto by = random() % 2 ? k_robin : k_wren;
    const auto what = random() % 20;
    if (what < 9) {
      const auto draft = 1 + static_cast<std::int64_t>(random() % static_cast<unsigned>(newest));
      wire::AddComment command{id, {draft}, {std::array{"b3", "b4", "b6"}[random() % 3]}, {"Said."}};
      if (random() % 3 == 0 && !said.empty()) command.reply_to = said[random() % said.size()].comment;
      const auto result = scene.send(person(by), command);
      if (result) said.push_back({CommentId::from_trusted(std::string(string_at(*result, "comment"))), by, draft});
    } else if (what < 11 && !said.empty()) {
      const auto which = said.begin() + static_cast<std::ptrdiff_t>(random() % said.size());
      EXPECT_TRUE(scene.send(person(which->by), wire::WithdrawComment{which->comment}));
      said.erase(which);
    } else if (what < 13 && !said.empty()) {
      const auto& which = said[random() % said.size()];
      const auto code = place(random() % 2 ? k_officer : person(which.by), which.comment, newest, random() % 2 ? "1.1" : "2.1");
      EXPECT_TRUE((std::set<std::string>{"", "not_now", "already_done", "invalid_arguments"}.contains(code))) << code;
    } else if (what == 13 && newest < 9) {
      publish(drafts[random() % drafts.size()]);
    } else {
      scene.do_outside_work();
    }
    if (step % 4 == 0) expect_balance();
  }
  carry();
  expect_balance();
  EXPECT_GT(newest, 4);
}

}  // namespace
}  // namespace witan::consultations::test
