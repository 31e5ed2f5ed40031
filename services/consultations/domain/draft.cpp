#include "services/consultations/domain/draft.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "services/consultations/domain/thread.hpp"
#include "shared/markdown/markdown.hpp"

namespace witan::consultations {

namespace {

BlockKind kind_of(const markdown::Block& block) {
  switch (block.kind) {
    case markdown::Block::title:
      return BlockKind::title;
    case markdown::Block::section:
      return BlockKind::section;
    case markdown::Block::subsection:
      return BlockKind::subsection;
    default:
      return BlockKind::paragraph;
  }
}

template <class View>
std::int64_t bytes_of(const View& view) {
  return static_cast<std::int64_t>(json::serialize(codec::encode(view)).size());
}

}  // namespace

std::vector<DraftBlock> blocks_from(std::string_view text) {
  std::vector<DraftBlock> blocks;
  int section = 0, paragraph = 0;
  for (auto& source : markdown::blocks_of(text)) {
    DraftBlock block{fmt::format("b{}", blocks.size() + 1),
                     kind_of(source),
                     {},
                     std::move(source.html),
                     std::move(source.text)};
    if (block.kind == BlockKind::section) {
      block.number = fmt::format("{}", ++section);
      paragraph = 0;
    }
    if (block.kind == BlockKind::paragraph) block.number = fmt::format("{}.{}", section, ++paragraph);
    blocks.push_back(std::move(block));
  }
  return blocks;
}

Result<std::vector<DraftBlock>> checked_blocks(const ConsultationId& consultation, std::int64_t draft,
                                               std::string_view text) {
  auto blocks = blocks_from(text);
  if (std::ranges::none_of(blocks, [](const auto& b) { return b.kind == BlockKind::paragraph; })) {
    return reject_field("/markdown", ErrorCode::invalid_value,
                        "There is no paragraph in this draft to comment on.");
  }
  if (blocks.size() > k_blocks_max) {
    return reject_field("/markdown", ErrorCode::too_long,
                        fmt::format("A draft has at most {} headings and paragraphs; this one has {}.",
                                    k_blocks_max, blocks.size()));
  }
  std::int64_t bytes = 0;
  for (std::size_t place = 0; place < blocks.size(); ++place) {
    bytes += bytes_of(block_view(consultation, draft, blocks[place], place));
    if (blocks[place].kind != BlockKind::paragraph) continue;
    const Thread thread{consultation, draft, blocks[place].block};
    if (bytes_of(paragraph_view(thread, blocks[place])) <= k_paragraph_bytes_max) continue;
    return reject_field(
        "/markdown", ErrorCode::too_long,
        fmt::format(
            "Paragraph {} is too long to comment on as one: with its markup it has more than {} kB. Part it.",
            blocks[place].number, k_paragraph_bytes_max / 1024));
  }
  if (bytes <= k_draft_bytes_max) return blocks;
  return reject_field(
      "/markdown", ErrorCode::too_long,
      fmt::format("This draft is too long for one page: {} kB with its markup, of at most {} kB. "
                  "Publish its parts as separate consultations.",
                  bytes / 1024 + 1, k_draft_bytes_max / 1024));
}

wire::BlockView block_view(const ConsultationId& consultation, std::int64_t draft, const DraftBlock& block,
                           std::size_t place) {
  wire::BlockView view;
  view.block = block.block;
  view.consultation = consultation;
  view.draft = draft;
  view.is_paragraph = block.kind == BlockKind::paragraph;
  view.is_heading = !view.is_paragraph;
  view.is_title = block.kind == BlockKind::title;
  view.is_section = block.kind == BlockKind::section;
  view.is_subsection = block.kind == BlockKind::subsection;
  view.number = block.number;
  view.html = block.html;
  view.text = block.text;
  view.sort = fmt::format("{:04}", place + 1);
  return view;
}

std::optional<std::size_t> place_of_block(std::string_view block) {
  if (block.size() < 2 || block[0] != 'b' || block[1] < '1' || block[1] > '9') return std::nullopt;
  std::size_t number = 0;
  const auto* end = block.data() + block.size();
  const auto read = std::from_chars(block.data() + 1, end, number);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return number - 1;
}

}  // namespace witan::consultations
