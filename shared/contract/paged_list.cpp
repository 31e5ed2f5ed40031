#include "shared/contract/paged_list.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace witan::domain {

std::string newest_first(Timestamp moment) {
  constexpr std::int64_t k_beyond_any_date = 300'000'000'000'000;  // milliseconds; all sorts have as many digits
  return fmt::format("{:015}", k_beyond_any_date - moment.time_since_epoch().count());
}

namespace {

constexpr const char* k_pages_key = "pages";
/// Private keys: how full the head is, and the page of each row that was turned.
constexpr const char* k_head_key = "head";
std::string place_key(std::string_view key) { return "page-of/" + std::string(key); }

using Row = std::pair<std::string, json::value>;

std::string_view sort_of(const Row& row) {
  return row.second.is_object() ? string_at(row.second.get_object(), "sort") : std::string_view();
}

/// As pages show them (gateway/pages/view_model.hpp).
bool comes_first(const Row& a, const Row& b) {
  return std::pair(sort_of(a), std::string_view(a.first)) < std::pair(sort_of(b), std::string_view(b.first));
}

}  // namespace

struct PagedList::Head {
  std::int64_t rows = 0;
  std::int64_t bytes = 0;
  std::int64_t pages = 0;  ///< Turned so far.
  BOOST_DESCRIBE_CLASS(Head, (), (rows, bytes, pages), (), ())
};

std::int64_t PagedList::bytes_of(std::string_view key, std::size_t value_bytes) {
  constexpr std::size_t k_quotes_colon_and_comma = 4, k_step = 128;
  const auto bytes = key.size() + value_bytes + k_quotes_colon_and_comma;
  return static_cast<std::int64_t>((bytes + k_step - 1) / k_step * k_step);
}

std::int64_t PagedList::bytes_of(std::string_view key, const json::value& value) {
  return bytes_of(key, json::serialize(value).size());
}

std::string PagedList::href_of(std::int64_t page) const {
  if (page == 0) return links_.head;
  return links_.page.empty() ? std::string() : links_.page + std::to_string(page);
}

std::int64_t PagedList::page_of(std::string_view key, const Rows& rows) const {
  const auto page = rows.row(topic_, k_private_audience, place_key(key));
  return page && page->is_int64() ? page->get_int64() : 0;
}

std::string PagedList::topic_of(const std::string& key, const Rows& rows) const {
  const auto page = page_of(key, rows);
  return page > 0 ? page_topic(page) : topic_;
}

void PagedList::drop(const std::string& key, Presenter& presenter) const {
  if (const auto page = page_of(key, presenter); page > 0) {
    presenter.drop(page_topic(page), audience_, key);
    presenter.drop(topic_, std::string(k_private_audience), place_key(key));
  } else if (const auto before = presenter.row_text(topic_, audience_, key)) {
    presenter.drop(topic_, audience_, key);
    weigh(-1, -bytes_of(key, before->size()), presenter);
  }
}

void PagedList::weigh(std::int64_t more_rows, std::int64_t more_bytes, Presenter& presenter) const {
  if (more_rows == 0 && more_bytes == 0) return;
  auto head = presenter.row_as<Head>(topic_, k_private_audience, k_head_key).value_or(Head{});
  head.rows += more_rows;
  head.bytes += more_bytes;
  if (head.rows > k_list_rows_max || head.bytes > k_list_bytes_max) turn_page(head, presenter);
  presenter.put_private(topic_, k_head_key, codec::encode(head));
}

void PagedList::turn_page(Head& head, Presenter& presenter) const {
  auto rows = presenter.rows(topic_, audience_, "");
  std::erase_if(rows, [](const Row& row) { return row.first == k_pages_key; });
  std::sort(rows.begin(), rows.end(), comes_first);
  const auto page = ++head.pages;
  presenter.access(page_topic(page), access_);
  std::int64_t turned_rows = 0, turned_bytes = 0;
  // At least one row moves, and what moves weighs more than what one row can have brought, so once is enough.
  while (!rows.empty() && turned_rows < k_page_rows) {
    auto [key, value] = std::move(rows.back());
    rows.pop_back();
    const auto bytes = bytes_of(key, value);
    if (turned_rows > 0 && turned_bytes + bytes > k_page_bytes) break;
    ++turned_rows;
    turned_bytes += bytes;
    presenter.put_private(topic_, place_key(key), json::value(page));
    presenter.drop(topic_, audience_, key);
    presenter.put_value(page_topic(page), audience_, std::move(key), std::move(value));
  }
  head.rows -= turned_rows;
  head.bytes -= turned_bytes;
  show_pages(0, page, presenter);
  show_pages(page, page, presenter);
  if (page > 1) show_pages(page - 1, page, presenter);
}

void PagedList::show_pages(std::int64_t page, std::int64_t turned, Presenter& presenter) const {
  PagesView view;
  view.page = page;
  view.earlier_count = page == 0 ? turned : page - 1;
  view.has_earlier = view.earlier_count > 0;
  if (view.has_earlier) {
    view.earlier_href = href_of(view.earlier_count);
    view.earlier_label = links_.earlier_label;
  }
  view.has_later = page > 0;
  if (view.has_later) {
    view.later_href = href_of(page == turned ? 0 : page + 1);
    view.later_label = links_.later_label;
  }
  presenter.put(page == 0 ? topic_ : page_topic(page), audience_, k_pages_key, view);
}

}  // namespace witan::domain
