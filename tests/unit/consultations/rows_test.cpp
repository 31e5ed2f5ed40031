#include "tests/unit/consultations/scene.hpp"

namespace witan::consultations::test {
namespace {

const std::string k_row = "consultation/" + k_consultation.str();
const std::string k_body_topic = "body-consultations/" + k_cumbria.str();
const auto k_member = holder(id_of<PersonId>("member"), k_cumbria.str(), Role::member);

wire::ConsultationView view(Scene& scene, const std::string& topic, std::string_view audience,
                            const std::string& key = "consultation") {
  return scene.row_as<wire::ConsultationView>(topic, audience, key).value();
}

TEST(ConsultationRows, tell_of_each_stage) {
  auto preparing = in_preparation(), open = open_consultation();
  EXPECT_EQ(view(preparing, k_topic, "staff").state_label, "In preparation");
  EXPECT_EQ(view(preparing, k_topic, "staff").closes, "");
  EXPECT_FALSE(view(preparing, k_topic, "staff").has_draft);
  EXPECT_EQ(view(preparing, k_topic, "staff").body_name, "Cumbria LEP");
  const auto opened_view = view(open, k_topic, "public");
  EXPECT_EQ(opened_view.state_label, "Open");
  EXPECT_TRUE(opened_view.is_open);
  EXPECT_EQ(opened_view.closes, "11:59pm on 31 October 2019");
  EXPECT_EQ(opened_view.draft_href, "/consultations/" + k_consultation.str() + "/draft/1");
  EXPECT_EQ(opened_view.paragraph_count, 3);
  open.happened(ConsultationClosed{moment(k_before_closing)});
  EXPECT_EQ(view(open, k_topic, "public").state_label, "Closed");
  EXPECT_EQ(view(open, k_topic, "public").closes, "2:15pm on 4 October 2019");
}

TEST(ConsultationRows, name_what_is_open_and_until_when) {
  auto preparing = in_preparation(), scene = open_consultation();
  EXPECT_TRUE(closing_times(WorldReader(preparing.world())).empty());
  const auto open = closing_times(WorldReader(scene.world()));
  ASSERT_EQ(open.size(), 1U);
  EXPECT_EQ(open.front().consultation, k_consultation);
  EXPECT_EQ(open.front().at, moment(k_closing));
  scene.happened(ConsultationExtended{moment("2019-11-14T23:59:00Z"), "The schools asked for it."});
  EXPECT_EQ(closing_times(WorldReader(scene.world())).at(0).at, moment("2019-11-14T23:59:00Z"));
  scene.happened(ConsultationClosed{moment(k_closing)});
  EXPECT_TRUE(closing_times(WorldReader(scene.world())).empty());
}

TEST(ConsultationRows, name_what_opens_by_itself_until_it_does_or_is_not_to) {
  const OpeningScheduled first{moment("2019-10-01T08:00:00Z"), moment(k_closing)}, second{moment("2019-10-02T08:00:00Z"), moment(k_closing)};
  auto scene = in_preparation(), other = in_preparation();
  for (auto* each : {&scene, &other}) each->happened(published(1), first, second);
  const auto opening = opening_times(WorldReader(scene.world()));
  ASSERT_EQ(opening.size(), 1U);
  EXPECT_EQ(opening.front().at, second.opens_at);
  EXPECT_TRUE(closing_times(WorldReader(scene.world())).empty()) << "it does not close before it has opened";
  scene.happened(opened());
  EXPECT_TRUE(opening_times(WorldReader(scene.world())).empty());
  other.happened(OpeningCancelled{});
  EXPECT_TRUE(opening_times(WorldReader(other.world())).empty());
}

TEST(ConsultationRows, say_when_it_opens_to_those_alone_who_see_it_in_preparation) {
  auto scene = in_preparation();
  scene.happened(published(1), OpeningScheduled{moment("2019-10-01T08:00:00Z"), moment(k_closing)});
  const auto row = view(scene, k_topic, "staff");
  EXPECT_TRUE(row.is_scheduled);
  EXPECT_TRUE(row.is_preparing);
  EXPECT_EQ(row.opens, "9am on 1 October 2019");
  EXPECT_EQ(row.closes, "11:59pm on 31 October 2019");
  EXPECT_EQ(scene.world().all_of("public"), "");
  scene.happened(OpeningCancelled{});
  EXPECT_FALSE(view(scene, k_topic, "staff").is_scheduled);
  EXPECT_EQ(view(scene, k_topic, "staff").opens + view(scene, k_topic, "staff").closes, "");
}

TEST(ConsultationRows, keep_every_date_that_was_announced_with_the_reason_for_the_next) {
  auto scene = open_consultation();
  scene.at(k_before_closing)
      .happened(ConsultationExtended{moment("2019-11-14T23:59:00Z"), "The schools asked for it."},
                ConsultationExtended{moment("2019-11-28T23:59:00Z"), "So did the colleges."});
  for (const auto* audience : {"staff", "public"}) {
    const auto first = scene.row_as<wire::ExtensionView>(k_topic, audience, "extension/1").value();
    const auto second = scene.row_as<wire::ExtensionView>(k_topic, audience, "extension/2").value();
    EXPECT_EQ(first.from, "11:59pm on 31 October 2019");
    EXPECT_EQ(first.to, "11:59pm on 14 November 2019");
    EXPECT_EQ(first.reason, "The schools asked for it.");
    EXPECT_EQ(first.at, "2:15pm on 4 October 2019");
    EXPECT_EQ(second.from, first.to);
    EXPECT_EQ(second.to, "11:59pm on 28 November 2019");
    EXPECT_LT(second.sort, first.sort) << "the latest stands first";
    EXPECT_EQ(view(scene, k_topic, audience).closes, second.to);
  }
  EXPECT_EQ(view(scene, "consultations", "public", k_row).closes, "11:59pm on 28 November 2019");
}

TEST(ConsultationRows, are_the_same_wherever_they_stand) {
  auto scene = open_consultation();
  scene.happened(published(2));
  const auto own = scene.world().row(k_topic, "staff", "consultation");
  EXPECT_EQ(own, scene.world().row(k_topic, "public", "consultation"));
  EXPECT_EQ(own, scene.world().row("consultations", "public", k_row));
  EXPECT_EQ(own, scene.world().row(k_body_topic, "member", k_row));
  EXPECT_EQ(view(scene, k_topic, "public").draft, 2);
}

TEST(Preparation, is_seen_by_staff_alone_and_announced_to_the_body) {
  auto scene = in_preparation();
  scene.happened(published(1));
  auto& world = scene.world();
  for (const auto& topic : {k_topic, k_draft_topic, k_thread_topic}) {
    EXPECT_EQ(world.audience(topic, k_officer), "staff");
    EXPECT_EQ(world.audience(topic, administrator()), "staff");
    EXPECT_EQ(world.audience(topic, k_member), std::nullopt);
    EXPECT_EQ(world.audience(topic, visitor()), std::nullopt);
  }
  EXPECT_EQ(world.all_of("public"), "");
  EXPECT_EQ(world.audience(k_body_topic, k_member), "member");
  EXPECT_EQ(world.audience(k_body_topic, visitor()), std::nullopt);
  EXPECT_TRUE(view(scene, k_body_topic, "member", k_row).is_preparing);
}

TEST(Opening, makes_consultation_and_draft_appear_to_everyone) {
  auto scene = open_consultation();
  auto& world = scene.world();
  for (const auto& topic : {k_topic, k_draft_topic, k_thread_topic}) {
    EXPECT_EQ(world.audience(topic, k_officer), "staff");
    EXPECT_EQ(world.audience(topic, k_member), "public");
    EXPECT_EQ(world.audience(topic, visitor()), "public");
    EXPECT_EQ(world.keys(topic, "public"), world.keys(topic, "staff"));
  }
  EXPECT_TRUE(view(scene, "consultations", "public", k_row).is_open);
}

TEST(Opening, keeps_earlier_drafts_with_those_who_prepared_them) {
  auto scene = in_preparation();
  scene.happened(published(1, "Do not show this one."), published(2), opened());
  auto& world = scene.world();
  EXPECT_EQ(world.audience(k_draft_topic, visitor()), std::nullopt);
  EXPECT_EQ(world.audience("threads/" + k_consultation.str() + "/1/b1", k_officer), "staff");
  EXPECT_EQ(world.audience("threads/" + k_consultation.str() + "/1/b1", visitor()), std::nullopt);
  EXPECT_EQ(world.audience("drafts/" + k_consultation.str() + "/2", visitor()), "public");
  EXPECT_EQ(world.audience("threads/" + k_consultation.str() + "/2/b3", visitor()), "public");
  EXPECT_EQ(world.all_of("public").find("Do not show"), std::string::npos);
}

TEST(LaterDrafts, are_public_at_once) {
  auto scene = open_consultation();
  scene.happened(published(2));
  for (const auto& topic :
       {"drafts/" + k_consultation.str() + "/2", "threads/" + k_consultation.str() + "/2/b3"}) {
    EXPECT_EQ(scene.world().audience(topic, visitor()), "public");
    EXPECT_EQ(scene.world().keys(topic, "public"), scene.world().keys(topic, "staff"));
  }
}

TEST(BlockRows, carry_kind_number_and_text) {
  auto scene = open_consultation();
  const auto block = [&](const std::string& id) {
    return scene.row_as<wire::BlockView>(k_draft_topic, "public", "block/" + id).value();
  };
  EXPECT_TRUE(block("b1").is_title && block("b1").is_heading);
  EXPECT_TRUE(block("b2").is_section && block("b2").is_heading);
  EXPECT_EQ(block("b2").number, "1");
  EXPECT_TRUE(block("b3").is_paragraph);
  EXPECT_FALSE(block("b3").is_heading);
  EXPECT_EQ(block("b3").number, "1.1");
  EXPECT_EQ(block("b3").text, "Skills for all.");
  EXPECT_NE(block("b3").html.find("<strong>all</strong>"), std::string::npos) << block("b3").html;
  EXPECT_EQ(block("b6").number, "2.1");
  EXPECT_LT(block("b3").sort, block("b4").sort);
  EXPECT_EQ(block("b3").draft, 1);
  EXPECT_FALSE(block("b3").has_comments);
}

TEST(Lists, show_open_ones_first_and_the_next_to_close_at_the_top) {
  auto scene = in_preparation();
  const auto add = [&](std::string_view name, auto... later) {
    auto event = created();
    event.consultation = id_of<ConsultationId>(name);
    scene.and_also<ConsultationAggregate>(event.consultation.str(), event, published(1), later...);
    return view(scene, k_body_topic, "member", "consultation/" + event.consultation.str()).sort;
  };
  const auto early = ConsultationOpened{moment("2019-10-01T22:59:00Z")}, late = opened();
  const std::vector<std::string> expected{
      add("openearly", early), add("openlate", late), view(scene, k_body_topic, "member", k_row).sort,
      add("closedlate", late, ConsultationClosed{moment("2019-10-30T09:00:00Z")}),
      add("closedearly", late, ConsultationClosed{moment("2019-10-02T09:00:00Z")})};
  EXPECT_TRUE(std::ranges::is_sorted(expected, std::less<>())) << testing::PrintToString(expected);
}

TEST(Lists, turn_pages_and_count_comments_where_the_consultation_stands) {
  auto scene = robin_reads();
  // What closes later comes after what closes first, so the one that Robin reads sorts last.
  for (int n = 1; n <= 200; ++n) {
    auto event = created();
    event.consultation = issued_id<ConsultationId>(1000 + n);
    scene.and_also<ConsultationAggregate>(event.consultation.str(), event, published(1),
                                          ConsultationOpened{moment("2019-10-30T23:59:00Z")});
  }
  scene.when(add());
  for (const auto& [list, audience] :
       {std::pair<std::string, std::string>{"consultations", "public"}, {k_body_topic, "member"}}) {
    EXPECT_FALSE(scene.has_row(list, audience, k_row)) << list;
    const auto row = scene.row_as<wire::ConsultationView>(list + "/page/1", audience, k_row);
    ASSERT_TRUE(row) << list;
    EXPECT_EQ(row->comment_count, 1);
  }
  EXPECT_EQ(scene.world().audience("consultations/page/1", visitor()), "public");
  EXPECT_EQ(scene.world().audience(k_body_topic + "/page/1", visitor()), std::nullopt);
  EXPECT_EQ(scene.world().audience(k_body_topic + "/page/1", k_member), "member");
  EXPECT_EQ(scene.row_as<PagesView>(k_body_topic, "member", "pages")->earlier_href,
            "/bodies/" + k_cumbria.str() + "/consultations/1");
}

}  // namespace
}  // namespace witan::consultations::test
