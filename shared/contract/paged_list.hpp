#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/contract/domain.hpp"

/// Lists that may grow for ever, in topics that may not.
namespace witan {

/// Key `pages` of a list that is read in pages: in its own topic (the head) and in each page topic
/// `<list>/page/<n>`. Absent from the head until the first page has been turned.
struct PagesView {
  std::int64_t page = 0;           ///< 0 is the head; pages count from 1, the one that was turned first.
  std::int64_t earlier_count = 0;  ///< Pages behind this one; the nearest is `<list>/page/<earlier_count>`.
  bool has_earlier = false;
  std::string earlier_href;   ///< Empty where no page for people shows the list.
  std::string earlier_label;  ///< "Earlier meetings"
  bool has_later = false;
  std::string later_href;  ///< From the newest page: to where the head is shown.
  std::string later_label;
};
BOOST_DESCRIBE_STRUCT(PagesView, (),
                      (page, earlier_count, has_earlier, earlier_href, earlier_label, has_later, later_href,
                       later_label))

namespace domain {

/// The `sort` of a row in a list that has the latest moment first.
std::string newest_first(Timestamp moment);

/// What a list's head may hold. A snapshot may have 256 kB; the rest is room for what is counted late: the
/// row that makes the page turn.
inline constexpr std::int64_t k_list_rows_max = 200;
inline constexpr std::int64_t k_list_bytes_max = 192 * 1024;
/// What turns at once. A page's rows may grow where they stand (a meeting of long ago may start), so a page
/// begins small.
inline constexpr std::int64_t k_page_rows = 100;
inline constexpr std::int64_t k_page_bytes = 96 * 1024;

/// A list of rows `<kind>/<id>` for one audience, written by `present`. New rows go to the head, the list's
/// own topic; when the head is full, the rows that sort last move together to a page topic of their own. From
/// then on that page gets no other rows: its own are put there when they change, and dropped there when they
/// go. Where a row is, and how full the head is, stands in the list's private rows, so a rebuild turns the
/// same pages.
class PagedList {
 public:
  struct Links {
    std::string head;           ///< Where people read the head: `/meetings`
    std::string page;           ///< Page 3 is at `page` + "3"; empty when people read no pages.
    std::string earlier_label;  ///< "Earlier meetings"
    std::string later_label;    ///< "Later meetings"
  };

  PagedList(std::string topic, std::string audience, std::vector<AccessRule> access, Links links)
      : topic_(std::move(topic)),
        audience_(std::move(audience)),
        access_(std::move(access)),
        links_(std::move(links)) {}

  const std::string& topic() const { return topic_; }
  /// Lets readers see the head. Pages get the same rules as they are turned.
  void open(Presenter& presenter) const { presenter.access(topic_, access_); }

  /// Puts the row where it stands; a row that is new goes to the head. `view` has a member `sort`.
  template <class T>
  void put(const std::string& key, const T& view, Presenter& presenter) const {
    std::string text;
    codec::append_text(view, text);
    const auto before = presenter.row_text(topic_, audience_, key);
    if (before == text) return;
    const auto page = before ? 0 : page_of(key, presenter);
    if (page > 0) return presenter.put_text(page_topic(page), audience_, key, std::move(text));
    const auto more_bytes = bytes_of(key, text.size()) - (before ? bytes_of(key, before->size()) : 0);
    presenter.put_text(topic_, audience_, key, std::move(text));
    weigh(before ? 0 : 1, more_bytes, presenter);
  }
  void drop(const std::string& key, Presenter& presenter) const;

  /// The topic where the row stands, or where it would be put.
  std::string topic_of(const std::string& key, const Rows& rows) const;
  template <class T>
  std::optional<T> row_as(const std::string& key, const Rows& rows) const {
    return rows.row_as<T>(topic_of(key, rows), audience_, key);
  }

 private:
  struct Head;

  /// As a snapshot would carry it, rounded up: most updates change a few characters, and then nothing needs
  /// to be counted anew.
  static std::int64_t bytes_of(std::string_view key, std::size_t value_bytes);
  static std::int64_t bytes_of(std::string_view key, const json::value& value);
  std::string page_topic(std::int64_t page) const { return topic_ + "/page/" + std::to_string(page); }
  std::string href_of(std::int64_t page) const;
  /// The page that the row was turned to; 0 for the head.
  std::int64_t page_of(std::string_view key, const Rows& rows) const;
  /// Counts what came to the head, and turns a page when that is too much.
  void weigh(std::int64_t more_rows, std::int64_t more_bytes, Presenter& presenter) const;
  void turn_page(Head& head, Presenter& presenter) const;
  void show_pages(std::int64_t page, std::int64_t turned, Presenter& presenter) const;

  std::string topic_;
  std::string audience_;
  std::vector<AccessRule> access_;
  Links links_;
};

}  // namespace domain
}  // namespace witan
