// A new draft is published: what becomes of the comments on earlier ones.
#include <map>
#include <random>
#include <set>

#include "tests/unit/consultations/carry_scene.hpp"

namespace witan::consultations::test {
namespace {

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

TEST_F(CarryOver, long_comments_come_in_smaller_parts) {
  for (int n = 0; n < 200; ++n) comments(k_robin, 1, "b3", std::string(4000, 'x'));
  publish(k_second);
  scene.do_outside_work();
  EXPECT_GT(ledger(2).placed, 100);
  EXPECT_LT(ledger(2).placed, 180) << "a mebibyte at once";
  carry();
  EXPECT_EQ(ledger(2).placed, 200);
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
