#include "shared/contract/paged_list.hpp"

#include <random>

#include <fmt/format.h>

#include "tests/support/world.hpp"

namespace witan::test {
namespace {

using domain::k_list_rows_max;
using domain::k_page_rows;

struct PaperView {
  std::string title;
  std::string sort;
};
BOOST_DESCRIBE_STRUCT(PaperView, (), (title, sort))

constexpr std::size_t k_snapshot_bytes_max = 256 * 1024;

/// Papers that are put on a shelf, the highest number first; what is said of a list here holds for any.
class Shelf {
 public:
  static std::string key(int n) { return fmt::format("paper/p{}", n); }
  static std::string page(int n) { return fmt::format("papers/all/page/{}", n); }

  Shelf& put(int n, std::string title = "A paper") {
    list.put(key(n), PaperView{std::move(title), fmt::format("{:06}", 900'000 - n)}, presenter);
    return *this;
  }
  Shelf& put_all(int first, int last, const std::string& title = "A paper") {
    for (int n = first; n <= last; ++n) put(n, title);
    return *this;
  }
  Shelf& drop(int n) {
    list.drop(key(n), presenter);
    return *this;
  }

  /// The numbers of the papers in a topic, in the order in which they are shown.
  std::vector<int> papers(const std::string& topic) const {
    std::vector<std::pair<std::string, int>> found;
    for (const auto& key : world.keys(topic, "member")) {
      if (key == "pages") continue;
      found.emplace_back(world.row_as<PaperView>(topic, "member", key)->sort, std::stoi(key.substr(7)));
    }
    std::sort(found.begin(), found.end());
    std::vector<int> numbers;
    for (const auto& [sort, number] : found) numbers.push_back(number);
    return numbers;
  }
  std::size_t count(const std::string& topic) const { return papers(topic).size(); }
  std::optional<PagesView> pages(const std::string& topic) const {
    return world.row_as<PagesView>(topic, "member", "pages");
  }
  std::size_t snapshot_bytes(const std::string& topic) const {
    json::object snapshot;
    for (const auto& key : world.keys(topic, "member")) snapshot[key] = *world.row(topic, "member", key);
    return json::serialize(snapshot).size();
  }
  std::string title(const std::string& topic, int n) const {
    const auto row = world.row_as<PaperView>(topic, "member", key(n));
    return row ? row->title : "(not there)";
  }

  World world;
  WorldPresenter presenter{world};
  const std::string head = "papers/all";
  const domain::PagedList list{head,
                               "member",
                               {{"member", Who::roles, {}, "all", {}}},
                               {"/papers", "/papers/page/", "Earlier papers", "Later papers"}};
};

TEST(PagedList, keeps_everything_in_its_head_while_that_has_room) {
  Shelf shelf;
  shelf.put_all(1, k_list_rows_max);
  EXPECT_EQ(shelf.count(shelf.head), 200U);
  EXPECT_FALSE(shelf.pages(shelf.head));
  EXPECT_EQ(shelf.count(Shelf::page(1)), 0U);
}

TEST(PagedList, turns_the_hundred_that_sort_last_when_one_row_too_many_comes) {
  Shelf shelf;
  shelf.put_all(1, k_list_rows_max + 1);
  const auto head = shelf.papers(shelf.head), page = shelf.papers(Shelf::page(1));
  ASSERT_EQ(head.size(), 101U);
  EXPECT_EQ(head.front(), 201);
  EXPECT_EQ(head.back(), 101);
  ASSERT_EQ(page.size(), static_cast<std::size_t>(k_page_rows));
  EXPECT_EQ(page.front(), 100);
  EXPECT_EQ(page.back(), 1);
}

TEST(PagedList, turns_by_what_sorts_last_and_not_by_what_came_first) {
  Shelf shelf;
  shelf.put_all(1000, 1199).put(1);
  EXPECT_EQ(shelf.papers(Shelf::page(1)).back(), 1) << "the row that came last is the oldest";
  EXPECT_EQ(shelf.papers(shelf.head).back(), 1099);
}

TEST(PagedList, never_gives_another_row_to_a_page_that_was_turned) {
  Shelf shelf;
  shelf.put_all(1, 201);
  const auto first = shelf.papers(Shelf::page(1));
  shelf.put_all(202, 1000);
  EXPECT_EQ(shelf.papers(Shelf::page(1)), first);
  EXPECT_EQ(shelf.papers(Shelf::page(8)).front(), 800);
  EXPECT_EQ(shelf.papers(shelf.head).back(), 801);
}

TEST(PagedList, updates_a_row_where_it_stands) {
  Shelf shelf;
  shelf.put_all(1, 201);
  const auto head = shelf.papers(shelf.head), page = shelf.papers(Shelf::page(1));
  shelf.put(1, "Corrected").put(201, "Corrected too");
  EXPECT_EQ(shelf.title(Shelf::page(1), 1), "Corrected");
  EXPECT_EQ(shelf.title(shelf.head, 201), "Corrected too");
  EXPECT_EQ(shelf.papers(shelf.head), head);
  EXPECT_EQ(shelf.papers(Shelf::page(1)), page);
  EXPECT_EQ(shelf.list.topic_of(Shelf::key(1), shelf.presenter), Shelf::page(1));
  EXPECT_EQ(shelf.list.topic_of(Shelf::key(201), shelf.presenter), shelf.head);
  EXPECT_EQ(shelf.list.row_as<PaperView>(Shelf::key(1), shelf.presenter)->title, "Corrected");
  EXPECT_FALSE(shelf.list.row_as<PaperView>(Shelf::key(999), shelf.presenter));
}

TEST(PagedList, drops_a_row_where_it_stands_and_moves_no_other) {
  Shelf shelf;
  shelf.put_all(1, 201).drop(50).drop(150).drop(999);
  EXPECT_EQ(shelf.count(Shelf::page(1)), 99U);
  EXPECT_EQ(shelf.count(shelf.head), 100U);
  EXPECT_EQ(shelf.title(Shelf::page(1), 50), "(not there)");
  EXPECT_EQ(shelf.title(shelf.head, 150), "(not there)");
  shelf.put_all(202, 301);
  EXPECT_FALSE(shelf.pages(Shelf::page(2))) << "what was dropped left room";
  shelf.put(302);
  EXPECT_TRUE(shelf.pages(Shelf::page(2)));
}

TEST(PagedList, takes_a_row_that_was_dropped_as_new_when_it_comes_back) {
  Shelf shelf;
  shelf.put_all(1, 201).drop(1).put(1, "Back");
  EXPECT_EQ(shelf.title(shelf.head, 1), "Back");
  EXPECT_EQ(shelf.title(Shelf::page(1), 1), "(not there)");
}

TEST(PagedList, turns_earlier_when_rows_are_long) {
  Shelf shelf;
  const std::string long_title(20'000, 'x');
  shelf.put_all(1, 9, long_title);
  EXPECT_EQ(shelf.count(shelf.head), 9U);
  shelf.put(10, long_title);
  EXPECT_EQ(shelf.papers(Shelf::page(1)), (std::vector<int>{4, 3, 2, 1}));
  EXPECT_EQ(shelf.count(shelf.head), 6U);
}

TEST(PagedList, turns_when_a_row_in_the_head_grows) {
  Shelf shelf;
  shelf.put_all(1, 9, std::string(20'000, 'x')).put(5, std::string(40'000, 'x'));
  EXPECT_EQ(shelf.papers(Shelf::page(1)), (std::vector<int>{4, 3, 2, 1}));
  EXPECT_EQ(shelf.title(shelf.head, 5).size(), 40'000U);
}

TEST(PagedList, turns_at_least_one_row_however_long) {
  Shelf shelf;
  shelf.put(2).put(1, std::string(195 * 1024, 'x'));
  EXPECT_EQ(shelf.papers(Shelf::page(1)), std::vector<int>{1});
  EXPECT_EQ(shelf.papers(shelf.head), std::vector<int>{2});
}

TEST(PagedList, says_on_the_head_how_many_pages_there_are_and_links_each_to_its_neighbours) {
  Shelf shelf;
  shelf.put_all(1, 401);
  const auto head = shelf.pages(shelf.head).value();
  EXPECT_EQ(head.page, 0);
  EXPECT_EQ(head.earlier_count, 3);
  EXPECT_EQ(head.earlier_href, "/papers/page/3");
  EXPECT_EQ(head.earlier_label, "Earlier papers");
  EXPECT_FALSE(head.has_later);
  const auto newest = shelf.pages(Shelf::page(3)).value();
  EXPECT_EQ(newest.later_href, "/papers");
  EXPECT_EQ(newest.later_label, "Later papers");
  EXPECT_EQ(newest.earlier_href, "/papers/page/2");
  const auto between = shelf.pages(Shelf::page(2)).value();
  EXPECT_EQ(between.later_href, "/papers/page/3");
  EXPECT_EQ(between.earlier_href, "/papers/page/1");
  const auto oldest = shelf.pages(Shelf::page(1)).value();
  EXPECT_EQ(oldest.page, 1);
  EXPECT_EQ(oldest.later_href, "/papers/page/2");
  EXPECT_FALSE(oldest.has_earlier);
  EXPECT_EQ(oldest.earlier_href + oldest.earlier_label, "");
}

TEST(PagedList, shows_its_pages_to_whoever_may_see_the_head) {
  Shelf shelf;
  shelf.list.open(shelf.presenter);
  shelf.put_all(1, 201);
  const auto member = holder(id_of<PersonId>("member"), "all", Role::observer);
  for (const auto& topic : {shelf.head, Shelf::page(1)}) {
    EXPECT_EQ(shelf.world.audience(topic, member), "member") << topic;
    EXPECT_EQ(shelf.world.audience(topic, visitor()), std::nullopt) << topic;
  }
}

TEST(PagedList, without_pages_for_people_links_nowhere) {
  World world;
  WorldPresenter presenter(world);
  const domain::PagedList list("papers", "public", {}, {"", "", "More papers", "Back"});
  for (int n = 0; n <= k_list_rows_max; ++n) list.put(Shelf::key(n), PaperView{"A paper", ""}, presenter);
  EXPECT_EQ(world.row_as<PagesView>("papers", "public", "pages")->earlier_count, 1);
  EXPECT_EQ(world.row_as<PagesView>("papers", "public", "pages")->earlier_href, "");
}

TEST(PagedList, holds_each_row_once_and_every_topic_within_its_bound_whatever_happens) {
  for (unsigned seed = 1; seed <= 3; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    Shelf shelf;
    std::map<int, std::string> expected;
    for (int step = 0; step < 2'000; ++step) {
      const int n = static_cast<int>(random() % 900);
      if (random() % 5 == 0) {
        shelf.drop(n);
        expected.erase(n);
      } else {
        const std::size_t length = random() % 20 == 0 ? 18'000 : random() % 300;
        // What stands on a page may grow a little, as a meeting's row does, and not without end.
        const bool stands = expected.contains(n);
        expected[n] = std::string(stands ? std::min(length, expected[n].size() + 500) : length, 'x');
        shelf.put(n, expected[n]);
      }
    }
    std::map<int, std::string> found;
    std::vector<std::string> topics{shelf.head};
    for (std::int64_t page = 1; page <= shelf.pages(shelf.head)->earlier_count; ++page)
      topics.push_back(Shelf::page(static_cast<int>(page)));
    for (const auto& topic : topics) {
      EXPECT_LE(shelf.snapshot_bytes(topic), k_snapshot_bytes_max) << topic;
      EXPECT_LE(shelf.count(topic), 200U) << topic;
      for (const int n : shelf.papers(topic))
        EXPECT_TRUE(found.emplace(n, shelf.title(topic, n)).second) << n;
    }
    EXPECT_EQ(found, expected);
  }
}

}  // namespace
}  // namespace witan::test
