#include "services/consultations/domain/thread.hpp"

#include <fmt/format.h>

namespace witan::consultations {

namespace {

std::string paragraph_key(const Thread& thread) { return "paragraph/" + thread.block; }

std::string page_href(const Thread& thread, std::int64_t page) {
  return fmt::format("/consultations/{}/draft/{}/{}", thread.consultation.str(), thread.draft,
                     thread_name(thread.block, page));
}

/// A row with its key, as it stands in a snapshot: `"key":value,`.
std::int64_t bytes_in_snapshot(std::string_view key, const json::value& row) {
  return static_cast<std::int64_t>(key.size() + json::serialize(row).size() + 4);
}

/// More than the row of a ledger, which stands on the first page of those without a place.
constexpr std::int64_t k_ledger_bytes_max = 1024;

/// The bytes of a page that holds the paragraph alone.
std::int64_t bytes_of_empty_page(const domain::Rows& rows, const Thread& thread, std::int64_t page) {
  const auto key = paragraph_key(thread);
  const auto row = rows.row(thread_topic(thread, page), "staff", key);
  if (!row) return 0;
  // Links to the pages before and after may come later.
  return bytes_in_snapshot(key, *row) + 2 * static_cast<std::int64_t>(page_href(thread, page).size()) + (thread.is_unplaced() ? k_ledger_bytes_max : 0);
}

/// The end after so many bytes more.
ThreadEnd end_after(std::int64_t more, const Thread& thread, const domain::Rows& rows) {
  auto end = thread_end(rows, thread);
  if (end.bytes + more > k_page_bytes_max) end = {end.page + 1, bytes_of_empty_page(rows, thread, end.page)};
  end.bytes += more;
  return end;
}

/// The next page begins as the first did, with the same readers, and each of the two leads to the other.
void begin_page(const Thread& thread, std::int64_t page, domain::Presenter& presenter) {
  const auto before = thread_topic(thread, page - 1), topic = thread_topic(thread, page);
  if (const auto access = presenter.row_as<std::vector<AccessRule>>(before, k_access_audience, k_access_key))
    presenter.access(topic, *access);
  for (const auto audience : k_audiences) {
    auto view = presenter.row_as<wire::ParagraphView>(before, audience, paragraph_key(thread));
    if (!view) continue;
    view->has_next = true;
    view->next_href = page_href(thread, page);
    presenter.put(before, std::string(audience), paragraph_key(thread), *view);
    view->thread = thread_name(thread.block, page);
    view->page_number = page;
    view->has_previous = true;
    view->previous_href = page_href(thread, page - 1);
    view->has_next = false;
    view->next_href.clear();
    presenter.put(topic, std::string(audience), paragraph_key(thread), *view);
  }
}

}  // namespace

std::string thread_name(const std::string& block, std::int64_t page) {
  return page == 1 ? block : fmt::format("{}-{}", block, page);
}

std::string thread_topic(const Thread& thread, std::int64_t page) {
  return fmt::format("threads/{}/{}/{}", thread.consultation.str(), thread.draft,
                     thread_name(thread.block, page));
}

std::string comment_key(const CommentId& comment) { return "comment/" + comment.str(); }

wire::ParagraphView paragraph_view(const Thread& thread, const DraftBlock& block) {
  wire::ParagraphView view;
  view.block = thread.block;
  view.consultation = thread.consultation;
  view.draft = thread.draft;
  view.is_unplaced = thread.is_unplaced();
  view.number = block.number;
  view.html = block.html;
  view.thread = thread_name(thread.block, 1);
  return view;
}

void begin_thread(const Thread& thread, const DraftBlock& block, const std::vector<AccessRule>& access,
                  bool is_public, domain::Presenter& presenter) {
  const auto topic = thread_topic(thread, 1);
  const auto view = paragraph_view(thread, block);
  presenter.access(topic, access);
  presenter.put(topic, "staff", paragraph_key(thread), view);
  if (is_public) presenter.put(topic, "public", paragraph_key(thread), view);
}

void show_thread_to_public(const Thread& thread, const std::vector<AccessRule>& access,
                           domain::Presenter& presenter) {
  const auto topic = thread_topic(thread, 1);
  presenter.access(topic, access);
  for (auto& [key, row] : presenter.rows(topic, "staff", "")) presenter.put_value(topic, "public", key, row);
}

std::int64_t comment_bytes_max(const std::string& text) {
  constexpr std::int64_t k_all_but_text =
      640 + 2 * (400 + 480);  // a name of 100 and an organisation of 120 characters
  return k_all_but_text + static_cast<std::int64_t>(json::serialize(json::string(text)).size());
}

ThreadEnd thread_end(const domain::Rows& rows, const Thread& thread) {
  const auto kept = rows.row_as<ThreadEnd>(k_thread_index, k_private_audience, thread_topic(thread, 1));
  return kept ? *kept : ThreadEnd{1, bytes_of_empty_page(rows, thread, 1)};
}

std::int64_t counted_bytes(const wire::CommentView& view) {
  constexpr std::int64_t k_key = 12;
  const auto carried = view.carried ? k_key + static_cast<std::int64_t>(json::serialize(codec::encode(*view.carried)).size()) : 0;
  const auto words = static_cast<std::int64_t>(json::serialize(json::string(view.words)).size());
  return comment_bytes_max(view.text) + words + carried;
}

ThreadEnd thread_end_with(const domain::Rows& rows, const Thread& thread, const wire::CommentView& view) {
  return end_after(counted_bytes(view), thread, rows);
}

void put_comment(const Thread& thread, std::int64_t page, const wire::CommentView& view,
                 domain::Presenter& presenter) {
  const auto topic = thread_topic(thread, page);
  for (const auto audience : k_audiences)
    presenter.put(topic, std::string(audience), comment_key(view.comment), view);
}

std::int64_t append_comment(const Thread& thread, const wire::CommentView& view, domain::Presenter& presenter) {
  const auto before = thread_end(presenter, thread);
  const auto end = thread_end_with(presenter, thread, view);
  if (end.page > before.page) begin_page(thread, end.page, presenter);
  put_comment(thread, end.page, view, presenter);
  presenter.put_private(std::string(k_thread_index), thread_topic(thread, 1), codec::encode(end));
  return end.page;
}

void weigh_again(const Thread& thread, std::int64_t page, std::int64_t before, std::int64_t after, domain::Presenter& presenter) {
  auto end = thread_end(presenter, thread);
  if (end.page != page) return;
  end.bytes += after - before;
  presenter.put_private(std::string(k_thread_index), thread_topic(thread, 1), codec::encode(end));
}

}  // namespace witan::consultations
