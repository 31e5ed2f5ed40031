#include "shared/contract/envelope.hpp"
#include "tests/unit/consultations/scene.hpp"

namespace witan::consultations::test {
namespace {

const std::string k_second_page = k_thread_topic + "-2";

CommentAdded said(CommentScene& scene, int n, const std::string& text, std::string block = "b3") {
  return {issued_id<CommentId>(9000 + n), k_consultation, 1, std::move(block), k_robin, scene.keep(text)};
}

/// Comments of 4,000 characters on paragraph 1.1, as many as stand in its first page.
int fill_first_page(CommentScene& scene) {
  const std::string text(4000, 'x');
  wire::CommentView next;
  next.text = text;
  int count = 0;
  while (thread_end_with(WorldReader(scene.world()), k_thread, next).page == 1) {
    scene.and_also<CommentAggregate>(issued(9000 + count), said(scene, count, text));
    ++count;
  }
  return count;
}

std::size_t snapshot_bytes(const CommentScene& scene, const std::string& topic, const std::string& audience) {
  json::object entities;
  auto& world = const_cast<CommentScene&>(scene).world();
  for (const auto& key : world.keys(topic, audience)) entities[key] = *world.row(topic, audience, key);
  const ViewReply reply{topic,       audience, std::string(26, 'e'), 1'000'000, false, std::move(entities),
                        std::nullopt};
  return json::serialize(codec::encode(reply)).size();
}

wire::ParagraphView paragraph(const CommentScene& scene, const std::string& topic) {
  return scene.row_as<wire::ParagraphView>(topic, "public", "paragraph/b3").value();
}

TEST(Thread, is_there_before_anybody_has_commented) {
  auto scene = robin_reads();
  EXPECT_EQ(scene.world().keys(k_thread_topic, "public"), std::vector<std::string>{"paragraph/b3"});
  const auto view = paragraph(scene, k_thread_topic);
  EXPECT_EQ(view.number, "1.1");
  EXPECT_NE(view.html.find("<strong>all</strong>"), std::string::npos) << view.html;
  EXPECT_EQ(view.thread, "b3");
  EXPECT_FALSE(view.has_previous || view.has_next);
}

TEST(Thread, begins_under_paragraphs_and_not_under_headings) {
  auto scene = robin_reads();
  const auto audience = [&](const std::string& block) {
    return scene.world().audience("threads/" + k_consultation.str() + "/1/" + block, visitor());
  };
  for (const auto* block : {"b3", "b4", "b6"}) EXPECT_EQ(audience(block), "public") << block;
  for (const auto* block : {"b1", "b2", "b5", "b7"}) EXPECT_EQ(audience(block), std::nullopt) << block;
}

TEST(Thread, holds_the_comments_on_its_own_paragraph_alone) {
  auto scene = robin_reads();
  scene.when(add("b4"));
  EXPECT_EQ(scene.world().keys(k_thread_topic, "public"), std::vector<std::string>{"paragraph/b3"});
  EXPECT_EQ(scene.world().keys(k_draft_topic, "public").size(), 7u) << "six blocks and the ledger";
}

TEST(Thread, goes_on_in_a_second_page_rather_than_refuse_a_comment) {
  auto scene = robin_reads();
  EXPECT_GT(fill_first_page(scene), 30);
  scene.when(add("b3", std::string(4000, 'y')));
  EXPECT_EQ(scene.result(), (json::object{{"comment", k_comment.str()}, {"thread", "b3-2"}}));
  EXPECT_EQ(scene.topic(), k_second_page);
  EXPECT_TRUE(scene.row_as<wire::CommentView>(k_second_page, "public", comment_key(k_comment)));
  EXPECT_FALSE(scene.row_as<wire::CommentView>(k_thread_topic, "public", comment_key(k_comment)));
  EXPECT_EQ(scene.world().audience(k_second_page, visitor()), "public");
  EXPECT_EQ(scene.world().audience(k_second_page, k_officer), "staff");
  const auto first = paragraph(scene, k_thread_topic), second = paragraph(scene, k_second_page);
  const auto href = "/consultations/" + k_consultation.str() + "/draft/1/b3";
  EXPECT_TRUE(first.has_next && second.has_previous);
  EXPECT_FALSE(first.has_previous || second.has_next);
  EXPECT_EQ(first.next_href, href + "-2");
  EXPECT_EQ(second.previous_href, href);
  EXPECT_EQ(second.thread, "b3-2");
  EXPECT_EQ(second.page_number, 2);
  EXPECT_EQ(second.html, first.html);
}

TEST(Thread, keeps_each_page_within_its_limit) {
  CommentScene scene(k_comment.str());
  std::string longest_name, longest_organisation;
  for (int n = 0; n < 100; ++n) longest_name += "\xF0\x9F\x97\xB3";
  for (int n = 0; n < 120; ++n) longest_organisation += "\xF0\x9F\x97\xB3";
  const PersonNamed robin{k_robin, scene.keep(longest_name), longest_organisation};
  const std::string long_paragraph(60'000, 'x');
  scene.at("2019-10-24T23:15:00Z")
      .and_also<KnownBodyAggregate>(k_cumbria.str(), cumbria_named())
      .and_also<ConsultationAggregate>(k_consultation.str(), created(),
                                       published(1, "# A\n\n## B\n\n" + long_paragraph), opened())
      .and_also<KnownPersonAggregate>(k_robin.str(), robin);
  ASSERT_TRUE(checked_blocks(k_consultation, 1, long_paragraph));
  for (int n = 0; n < 400; ++n)
    scene.and_also<CommentAggregate>(
        issued(9000 + n), said(scene, n, std::string(static_cast<std::size_t>(1 + n * 397 % 4000), '"')));
  const auto last = thread_end(WorldReader(scene.world()), k_thread).page;
  EXPECT_GE(last, 5);
  for (std::int64_t page = 1; page <= last; ++page) {
    EXPECT_LE(snapshot_bytes(scene, thread_topic(k_thread, page), "public"), 256u * 1024u) << page;
  }
  EXPECT_LE(snapshot_bytes(scene, k_draft_topic, "public"), 256u * 1024u);
}

TEST(Thread, counts_a_comment_at_no_less_than_its_row) {
  CommentScene scene(k_comment.str());
  std::string longest_name, longest_organisation, longest_text(4000, '"');
  for (int n = 0; n < 100; ++n) longest_name += "\xF0\x9F\x97\xB3";
  for (int n = 0; n < 120; ++n) longest_organisation += "\xF0\x9F\x97\xB3";
  const PersonNamed robin{k_robin, scene.keep(longest_name), longest_organisation};
  scene.and_also<ConsultationAggregate>(k_consultation.str(), created(), published(1), opened())
      .and_also<KnownPersonAggregate>(k_robin.str(), robin)
      .at("2019-10-24T23:15:00Z")
      .by(person(k_robin));
  const auto before = snapshot_bytes(scene, k_thread_topic, "public");
  scene.when(add("b3", longest_text));
  const auto more = snapshot_bytes(scene, k_thread_topic, "public") - before;
  EXPECT_LE(static_cast<std::int64_t>(more), comment_bytes_max(longest_text));
}

TEST(Thread, finds_a_comment_to_withdraw_on_whichever_page_it_stands) {
  auto scene = robin_reads();
  fill_first_page(scene);
  scene.when(add("b3", std::string(4000, 'y')))
      .when(wire::WithdrawComment{k_comment})
      .then(CommentWithdrawn{});
  EXPECT_EQ(scene.topic(), k_second_page);
  EXPECT_TRUE(scene.row_as<wire::CommentView>(k_second_page, "public", comment_key(k_comment))->is_withdrawn);
}

TEST(Thread, leaves_what_was_said_where_it_is_when_an_earlier_comment_is_withdrawn) {
  auto scene = robin_reads();
  fill_first_page(scene);
  scene.when(add("b3", std::string(4000, 'y')));
  scene.and_also<CommentAggregate>(issued(9000), CommentWithdrawn{});
  EXPECT_TRUE(scene.row_as<wire::CommentView>(k_second_page, "public", comment_key(k_comment)));
  EXPECT_EQ(thread_end(WorldReader(scene.world()), k_thread).page, 2);
  EXPECT_TRUE(
      scene.row_as<wire::CommentView>(k_thread_topic, "public", "comment/" + issued(9000))->is_withdrawn);
}

}  // namespace
}  // namespace witan::consultations::test
