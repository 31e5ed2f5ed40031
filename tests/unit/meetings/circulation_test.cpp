// Papers that go to named seats: who reads them, who only knows that the item is there, and how long that holds.
#include "services/meetings/domain/agenda/circulation.hpp"
#include "tests/support/audit_lines.hpp"
#include "tests/unit/meetings/seated_council.hpp"

namespace witan::meetings::test {
namespace {

class NamedSeats : public SeatedCouncil {
 protected:
  static std::vector<SeatId> seats(const std::vector<std::string>& names) {
    std::vector<SeatId> all;
    for (const auto& name : names) all.push_back(id_of<SeatId>(name));
    return all;
  }
  std::string name_seats(const AgendaItemId& at, const std::vector<std::string>& names, const Actor& by = k_secretary) { return why_not(scene.send(by, wire::NameSeats{meeting, at, seats(names)})); }
  std::string to_members(const AgendaItemId& at) { return code_of(scene.send(k_secretary, wire::OpenToMembers{meeting, at})); }
  /// By the row of the agenda, by the page of the paper, and by the file: `row page file` for whoever may, `- - -` for whoever may not.
  std::string reads(const Actor& actor, const AgendaItemId& at, const PaperId& which) {
    const auto row = seen(at, actor);
    const auto page = scene.world().audience("papers/" + which.str(), actor);
    const bool has_page = page && scene.world().row("papers/" + which.str(), *page, "paper").has_value();
    const auto file = code_of(scene.send(actor, wire::ReadPaper{which, {1}}));
    return std::string(row && row->papers ? "row" : "-") + (has_page ? " page" : " -") + (file.empty() ? " file" : " -");
  }
  std::string reads(const Actor& actor) { return reads(actor, item, paper); }
};

constexpr const char* k_all = "row page file";
constexpr const char* k_none = "- - -";

TEST_F(NamedSeats, have_the_papers_for_whoever_holds_one_and_for_staff_alone) {
  publish();
  EXPECT_EQ(reads(k_everybody), k_all) << "before, they are everybody's";
  ASSERT_EQ(name_seats(item, {"ada", "ben"}), "");
  EXPECT_EQ(reads(k_ada), k_all);
  EXPECT_EQ(reads(k_ben), k_all);
  EXPECT_EQ(reads(k_secretary), k_all);
  EXPECT_EQ(reads(administrator()), k_all);
  EXPECT_EQ(reads(k_cleo), k_none);
  EXPECT_EQ(reads(k_everybody), k_none);
  EXPECT_EQ(reads(holder(id_of<PersonId>("ada"), id_of<BodyId>("otherbody").str(), Role::member)), k_none) << "a seat of this body is what counts";
}

TEST_F(NamedSeats, leave_the_title_to_members_and_nothing_to_the_public) {
  publish();
  ASSERT_EQ(name_seats(item, {"ada"}), "");
  EXPECT_EQ(seen(item, k_cleo)->title, "Pay of the chief executive");
  EXPECT_TRUE(seen(item, k_cleo)->is_named);
  EXPECT_TRUE(seen(item, k_everybody)->is_restricted);
  EXPECT_EQ(seen(item, k_everybody)->title, "");
  EXPECT_FALSE(seen(item, k_everybody)->is_named);
  EXPECT_TRUE(seen(item, k_ada)->papers->front().is_named);
  EXPECT_FALSE(seen(open, k_ada)->is_named);
}

TEST_F(NamedSeats, change_nothing_at_other_items) {
  const auto other = add_paper(open, "Figures");
  publish();
  ASSERT_EQ(name_seats(item, {"ada"}), "");
  for (const auto& actor : {k_ada, k_cleo, k_secretary, k_everybody}) EXPECT_EQ(reads(actor, open, other), k_all);
}

TEST_F(NamedSeats, see_nothing_of_a_draft) {
  ASSERT_EQ(name_seats(item, {"ada"}), "");
  EXPECT_EQ(audience(k_ada), std::nullopt);
  EXPECT_EQ(reads(k_ada), k_none);
  publish();
  EXPECT_EQ(reads(k_ada), k_all);
}

TEST_F(NamedSeats, are_followed_and_not_their_holders) {
  publish();
  ASSERT_EQ(name_seats(item, {"ada"}), "");
  leaves("ada");
  sits("dora", "ada");
  EXPECT_EQ(reads(holder(id_of<PersonId>("dora"), k_council.str(), Role::member)), k_all);
  EXPECT_EQ(reads(holder(id_of<PersonId>("ada"), k_council.str(), Role::observer)), k_none) << "also where they have another seat by now";
}

TEST_F(NamedSeats, that_are_vacant_leave_the_papers_to_staff) {
  publish();
  ASSERT_EQ(name_seats(item, {"ada"}), "");
  leaves("ada");
  EXPECT_EQ(reads(k_secretary), k_all);
  EXPECT_EQ(reads(k_ada), k_none);
  EXPECT_EQ(scene.world().row_as<wire::NamedItemView>("circulation/" + meeting.str(), "staff", "named/" + item.str())->words, "A seat (vacant)");
}

TEST_F(NamedSeats, hold_for_what_is_under_the_item_and_narrow_there) {
  const auto below = added("Bonus", item);
  const auto bonus = add_paper(below, "The bonus");
  publish();
  ASSERT_EQ(name_seats(item, {"ada", "ben"}), "");
  EXPECT_EQ(reads(k_ben, below, bonus), k_all);
  EXPECT_EQ(reads(k_cleo, below, bonus), k_none);
  ASSERT_EQ(name_seats(below, {"ben", "cleo"}), "");
  EXPECT_EQ(reads(k_ben, below, bonus), k_all);
  EXPECT_EQ(reads(k_ada, below, bonus), k_none);
  EXPECT_EQ(reads(k_cleo, below, bonus), k_none) << "who is not named above is not let in below";
}

TEST_F(NamedSeats, stay_with_an_item_that_is_moved_out_of_the_one_that_names_them) {
  const auto below = added("Bonus", item);
  const auto bonus = add_paper(below, "The bonus");
  publish();
  ASSERT_EQ(name_seats(item, {"ada"}), "");
  ASSERT_TRUE(scene.send(k_secretary, wire::MoveAgendaItem{meeting, below, {}, {}, wire::ItemLevel::out}));
  EXPECT_EQ(reads(k_ada, below, bonus), k_all);
  EXPECT_EQ(reads(k_cleo, below, bonus), k_none);
  ASSERT_EQ(to_members(below), "");
  EXPECT_EQ(reads(k_cleo, below, bonus), k_all);
  EXPECT_EQ(reads(k_everybody, below, bonus), k_none) << "it stays for members";
}

TEST_F(NamedSeats, that_have_nobody_in_common_with_those_above_open_nothing_when_the_item_moves) {
  const auto below = added("Bonus", item);
  const auto bonus = add_paper(below, "The bonus");
  publish();
  ASSERT_EQ(name_seats(item, {"ada"}), "");
  ASSERT_EQ(name_seats(below, {"ben"}), "");
  for (const auto& actor : {k_ada, k_ben, k_cleo}) EXPECT_EQ(reads(actor, below, bonus), k_none);
  ASSERT_TRUE(scene.send(k_secretary, wire::MoveAgendaItem{meeting, below, {}, {}, wire::ItemLevel::out}));
  for (const auto& actor : {k_ada, k_ben, k_cleo}) EXPECT_EQ(reads(actor, below, bonus), k_none);
  EXPECT_EQ(reads(k_secretary, below, bonus), k_all);
}

TEST_F(NamedSeats, give_way_to_all_members_and_never_to_the_public_by_that) {
  publish();
  ASSERT_EQ(name_seats(item, {"ada"}), "");
  ASSERT_EQ(to_members(item), "");
  EXPECT_EQ(reads(k_cleo), k_all);
  EXPECT_EQ(reads(k_everybody), k_none);
  EXPECT_EQ(audience(k_ada), "member");
  EXPECT_TRUE(scene.world().keys(topic(), "addressed/" + k_ada.person->str()).empty()) << "there is nobody left to show these to";
  EXPECT_EQ(to_members(item), "already_done");
}

// Whoever is named and withdraws is shut out of that item, and of no other.
TEST_F(NamedSeats, do_not_help_who_has_withdrawn) {
  const auto other = added("Pension");
  const auto pension = add_paper(other, "The pension");
  publish();
  ASSERT_EQ(name_seats(item, {"ada", "ben"}), "");
  ASSERT_EQ(name_seats(other, {"ada"}), "");
  ASSERT_TRUE(scene.send(k_ada, wire::DeclareAtItem{meeting, item, id_of<SeatId>("ada"), wire::InterestEffect::withdraw, {"It is my sister"}}));
  ASSERT_TRUE(scene.send(k_cleo, wire::DeclareAtItem{meeting, item, id_of<SeatId>("cleo"), wire::InterestEffect::withdraw, {"It is my brother"}}));
  start();
  ASSERT_TRUE(scene.send(k_secretary, wire::GoToItem{meeting, item}));
  EXPECT_EQ(reads(k_ada), k_none);
  EXPECT_EQ(audience(k_ada), "recused/" + k_ada.person->str());
  EXPECT_EQ(reads(k_ada, other, pension), k_all) << "she is named there";
  EXPECT_EQ(reads(k_ben), k_all);
  EXPECT_EQ(reads(k_ben, other, pension), k_none);
  EXPECT_EQ(audience(k_cleo), "recused");
  EXPECT_EQ(reads(k_cleo), k_none);
  EXPECT_EQ(reads(k_cleo, other, pension), k_none) << "withdrawing lets nobody in";
  ASSERT_TRUE(scene.send(k_secretary, wire::GoToItem{meeting, other}));
  EXPECT_EQ(reads(k_ada), k_all) << "all reopens after the item";
  EXPECT_EQ(audience(k_ada), "addressed/" + k_ada.person->str());
  EXPECT_TRUE(scene.world().keys(topic(), "recused/" + k_ada.person->str()).empty());
}

TEST_F(NamedSeats, are_those_of_the_list_some_of_them_and_not_too_many) {
  EXPECT_EQ(name_seats(item, {}), "missing_field");
  EXPECT_EQ(name_seats(item, {"ada", "zoe"}), "not_found");
  EXPECT_EQ(name_seats(id_of<AgendaItemId>("none"), {"ada"}), "not_found");
  std::vector<std::string> many{"ada", "ben", "cleo"};
  for (char letter = 'a'; many.size() < k_named_seats_max + 1; ++letter) {
    many.push_back(std::string("seat") + letter);
    sits(many.back(), many.back());
  }
  EXPECT_EQ(name_seats(item, many), "too_large");
  many.pop_back();
  EXPECT_EQ(name_seats(item, many), "");
  EXPECT_EQ(name_seats(open, {"ada"}), "") << "seats that are named already are no more";
  for (std::size_t n = 2; n < k_named_items_max; ++n) ASSERT_EQ(name_seats(added("More"), {"ada"}), "");
  EXPECT_EQ(name_seats(added("One more"), {"ada"}), "too_large");
}

TEST_F(NamedSeats, are_named_by_who_prepares_the_meeting_until_it_is_over) {
  publish();
  EXPECT_EQ(name_seats(item, {"ada"}, k_ada), "forbidden");
  EXPECT_EQ(code_of(scene.send(k_ada, wire::OpenToMembers{meeting, item})), "forbidden");
  start();
  ASSERT_EQ(name_seats(item, {"ada"}), "");
  ASSERT_TRUE(scene.send(k_secretary, wire::CloseMeeting{meeting}));
  EXPECT_EQ(to_members(item), "not_now");
  EXPECT_EQ(reads(k_ada), k_all) << "what was for named seats stays so";
  EXPECT_EQ(reads(k_cleo), k_none);
}

TEST_F(NamedSeats, are_changed_by_who_knows_how_the_item_stands) {
  ASSERT_EQ(name_seats(item, {"ada"}), "");
  const auto stale = scene.send(k_secretary, wire::NameSeats{meeting, item, seats({"ben"}), {{0}}});
  EXPECT_EQ(code_of(stale), "stale_version");
  EXPECT_EQ(stale.error().extra.at("changes"), 1);
  EXPECT_EQ(code_of(scene.send(k_secretary, wire::OpenToMembers{meeting, item, {{0}}})), "stale_version");
  EXPECT_EQ(code_of(scene.send(k_secretary, wire::NameSeats{meeting, item, seats({"ben"}), {{1}}})), "");
  const auto log = scene.world().log.size();
  EXPECT_EQ(name_seats(item, {"ben"}), "") << "it is so already";
  EXPECT_EQ(scene.world().log.size(), log);
}

TEST_F(NamedSeats, keep_the_item_from_everyone_until_it_is_opened) {
  ASSERT_EQ(name_seats(item, {"ada"}), "");
  EXPECT_EQ(why_not(scene.send(k_secretary, wire::EditAgendaItem{meeting, item, {}, {}, {}, {}, Circulation::everyone})), "invalid_value");
  EXPECT_EQ(code_of(scene.send(k_secretary, wire::EditAgendaItem{meeting, item, {{"Pay"}}, {}, {}, {}, Circulation::members})), "");
  ASSERT_EQ(to_members(item), "");
  EXPECT_EQ(code_of(scene.send(k_secretary, wire::EditAgendaItem{meeting, item, {}, {}, {}, {}, Circulation::everyone})), "");
}

TEST_F(NamedSeats, are_of_one_meeting_so_the_item_is_not_forwarded) {
  const auto other = MeetingId::from_trusted(scene.made("meeting", k_secretary, wire::ScheduleMeeting{k_council, {"December"}, {"2018-12-04"}, {"14:00"}, {"16:00"}, {"Here"}, {}, {}}));
  ASSERT_EQ(name_seats(item, {"ada"}), "");
  EXPECT_EQ(code_of(scene.send(k_secretary, wire::ForwardItem{meeting, item, other})), "not_now");
  ASSERT_EQ(to_members(item), "");
  EXPECT_EQ(code_of(scene.send(k_secretary, wire::ForwardItem{meeting, item, other})), "");
}

// What is named stays closed whatever becomes of the items above it.
TEST_F(NamedSeats, stay_when_an_item_above_is_opened_to_everybody) {
  const auto top = added("Staff", {}, {}, Circulation::members);
  const auto middle = added("Pay", top);
  const auto below = added("Bonus", middle);
  const auto bonus = add_paper(below, "The bonus");
  publish();
  ASSERT_EQ(name_seats(middle, {"ada"}), "");
  ASSERT_TRUE(scene.send(k_secretary, wire::MoveAgendaItem{meeting, below, {}, {}, wire::ItemLevel::out}));
  ASSERT_EQ(why_not(scene.send(k_secretary, wire::EditAgendaItem{meeting, top, {}, {}, {}, {}, Circulation::everyone})), "");
  EXPECT_EQ(reads(k_everybody, below, bonus), k_none);
  EXPECT_EQ(reads(k_cleo, below, bonus), k_none);
  EXPECT_EQ(reads(k_ada, below, bonus), k_all);
  EXPECT_EQ(why_not(scene.send(k_secretary, wire::EditAgendaItem{meeting, below, {{"The bonus"}}, {}, {}, {}, {}})), "") << "it can still be changed";
}

TEST_F(NamedSeats, leave_nothing_to_members_when_the_item_is_removed) {
  publish();
  ASSERT_EQ(name_seats(item, {"ada"}), "");
  ASSERT_TRUE(scene.send(k_secretary, wire::WithdrawPaper{paper, {"Sent in error"}}));
  ASSERT_TRUE(scene.send(k_secretary, wire::RemoveAgendaItem{meeting, item}));
  for (const auto& actor : {k_ada, k_cleo, k_everybody}) EXPECT_EQ(scene.world().audience("papers/" + paper.str(), actor), std::nullopt);
  EXPECT_FALSE(scene.world().row("papers/" + paper.str(), "member", "paper"));
  EXPECT_EQ(scene.world().audience("papers/" + paper.str(), k_secretary), "staff");
}

TEST_F(NamedSeats, are_not_named_at_an_item_whose_papers_stand_elsewhere_as_well) {
  const auto other = MeetingId::from_trusted(scene.made("meeting", k_secretary, wire::ScheduleMeeting{k_council, {"December"}, {"2018-12-04"}, {"14:00"}, {"16:00"}, {"Here"}, {}, {}}));
  ASSERT_TRUE(scene.send(k_secretary, wire::ForwardItem{meeting, item, other}));
  EXPECT_EQ(name_seats(item, {"ada"}), "not_now");
}

TEST_F(NamedSeats, that_are_vacant_stay_named_when_others_are_changed) {
  publish();
  ASSERT_EQ(name_seats(item, {"ada", "ben"}), "");
  leaves("ada");
  const auto changes = scene.world().row_as<wire::NamedItemView>("circulation/" + meeting.str(), "staff", "named/" + item.str())->changes;
  EXPECT_EQ(code_of(scene.send(k_secretary, wire::NameSeats{meeting, item, seats({"ada", "ben", "cleo"}), {{changes}}})), "");
  sits("dora", "ada");
  EXPECT_EQ(reads(holder(id_of<PersonId>("dora"), k_council.str(), Role::member)), k_all);
}

TEST_F(NamedSeats, are_no_more_than_may_be_after_a_move_either_and_can_be_narrowed) {
  std::vector<AgendaItemId> below;
  for (std::size_t n = 0; n < k_named_items_max; ++n) below.push_back(added("Under " + std::to_string(n), item));
  ASSERT_EQ(name_seats(item, {"ada", "ben"}), "");
  std::string last;
  for (const auto& one : below) last = code_of(scene.send(k_secretary, wire::MoveAgendaItem{meeting, one, {}, {}, wire::ItemLevel::out}));
  EXPECT_EQ(last, "too_large");
  const auto changes = scene.world().row_as<wire::NamedItemView>("circulation/" + meeting.str(), "staff", "named/" + item.str())->changes;
  EXPECT_EQ(code_of(scene.send(k_secretary, wire::NameSeats{meeting, item, seats({"ben"}), {{changes}}})), "");
}

TEST_F(NamedSeats, of_who_did_not_see_them_are_not_overwritten) {
  ASSERT_EQ(name_seats(item, {"ada"}), "");
  EXPECT_EQ(name_seats(item, {"ben"}), "stale_version");
  EXPECT_EQ(name_seats(item, {"ada"}), "") << "it is so already";
}

TEST_F(NamedSeats, of_others_are_closed_to_staff_who_have_withdrawn) {
  const auto hilda = holder(id_of<PersonId>("hilda"), k_council.str(), Role::chair);
  EXPECT_TRUE(scene.hear("directory", contract::directory::PersonRegisteredNotice{*hilda.person, "hilda", ""}));
  EXPECT_TRUE(scene.hear("directory", contract::directory::SeatFilledNotice{k_council, id_of<SeatId>("hilda"), "Chair", Role::chair, *hilda.person, "hilda", ""}));
  publish();
  ASSERT_EQ(name_seats(item, {"ada"}), "");
  EXPECT_EQ(reads(hilda), k_all);
  ASSERT_TRUE(scene.send(hilda, wire::DeclareAtItem{meeting, open, id_of<SeatId>("hilda"), wire::InterestEffect::withdraw, {"I teach there"}}));
  start();
  EXPECT_EQ(reads(hilda), k_none) << "until the meeting goes on";
  go_to(item);
  EXPECT_EQ(reads(hilda), k_all);
}

TEST_F(NamedSeats, are_those_of_the_meeting_once_it_is_over) {
  publish();
  ASSERT_EQ(name_seats(item, {"ada"}), "");
  start();
  close();
  leaves("ada");
  sits("dora", "ada");
  EXPECT_EQ(reads(holder(id_of<PersonId>("dora"), k_council.str(), Role::member)), k_none);
  EXPECT_EQ(reads(k_ada), k_all) << "as long as she holds some seat";
  EXPECT_EQ(reads(person(id_of<PersonId>("ada"))), k_none);
}

TEST_F(NamedSeats, come_along_with_a_standing_item) {
  const auto standing = added("Remuneration", {}, true);
  ASSERT_EQ(name_seats(standing, {"ada"}), "");
  const auto series = *scene.world().row_as<wire::MeetingView>(topic(), "staff", "meeting")->series;
  meeting = MeetingId::from_trusted(scene.made("meeting", k_secretary, wire::ScheduleMeeting{k_council, {"December"}, {"2018-12-04"}, {"14:00"}, {"16:00"}, {"Here"}, {}, {}, {}, series}));
  const auto rows = scene.world().keys("circulation/" + meeting.str(), "staff");
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(scene.world().row_as<wire::NamedItemView>("circulation/" + meeting.str(), "staff", rows.back())->item_title, "Remuneration");
}

TEST_F(NamedSeats, are_told_to_staff_with_all_who_could_be) {
  ASSERT_EQ(name_seats(item, {"ben"}), "");
  const auto view = *scene.world().row_as<wire::NamedItemView>("circulation/" + meeting.str(), "staff", "named/" + item.str());
  EXPECT_EQ(view.number, "2");
  EXPECT_EQ(view.words, "Chair, LEP of ben (ben)");
  ASSERT_EQ(view.seats.size(), 3U);
  EXPECT_FALSE(view.seats[0].is_named);
  EXPECT_TRUE(view.seats[1].is_named);
  EXPECT_EQ(scene.world().audience("circulation/" + meeting.str(), k_ben), std::nullopt);
  EXPECT_EQ(scene.world().row_as<wire::CirculationView>("circulation/" + meeting.str(), "staff", "circulation")->seats.size(), 3U);
  ASSERT_TRUE(scene.send(k_secretary, wire::EditAgendaItem{meeting, item, {{"Pay"}}, {}, {}, {}, {}}));
  EXPECT_EQ(scene.world().row_as<wire::NamedItemView>("circulation/" + meeting.str(), "staff", "named/" + item.str())->item_title, "Pay");
  ASSERT_EQ(to_members(item), "");
  EXPECT_EQ(scene.world().keys("circulation/" + meeting.str(), "staff").size(), 1U);
}

TEST_F(NamedSeats, that_change_after_publication_are_marked_and_all_are_on_record) {
  publish();
  ASSERT_EQ(name_seats(item, {"ada"}), "");
  EXPECT_TRUE(seen(item, k_cleo)->changed->ends_with("who may see it."));
  ASSERT_EQ(to_members(item), "");
  std::vector<std::string> told;
  for (const auto& line : audit_lines(scene)) {
    if (line.starts_with("Changed to whom")) told.push_back(line);
  }
  EXPECT_EQ(told, (std::vector<std::string>{"Changed to whom the papers of item 2, “Pay of the chief executive” go in “June” | Everyone | Seats named: Chair, LEP of ada",
                                            "Changed to whom the papers of item 2, “Pay of the chief executive” go in “June” | Seats named: Chair, LEP of ada | All members"}));
}

TEST_F(NamedSeats, have_what_is_read_on_record) {
  publish();
  ASSERT_EQ(name_seats(item, {"ada"}), "");
  ASSERT_TRUE(scene.send(k_ada, wire::ReadPaper{paper, {1}}));
  EXPECT_TRUE(scene.world().row("papers/" + paper.str(), "staff", "reader/" + k_ada.person->str()));
}

}  // namespace
}  // namespace witan::meetings::test
