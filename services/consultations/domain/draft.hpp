#pragma once

#include "services/consultations/domain/state.hpp"
#include "shared/contract/result.hpp"

/// From Markdown to numbered blocks, and how large a draft may be.
namespace witan::consultations {

inline constexpr std::size_t k_drafts_max = 100;
inline constexpr std::size_t k_blocks_max = 2000;
/// The rows of a draft's blocks: their keys, the counts of their comments and the ledger have the rest of 256 kB.
inline constexpr std::int64_t k_draft_bytes_max = 240 * 1024;
/// One paragraph, which stands on each page of its thread and leaves room there for what is said about it.
inline constexpr std::int64_t k_paragraph_bytes_max = 64 * 1024;

/// Blocks `b1`, `b2`, … in the order of the text. Sections are numbered 1, 2, …; paragraphs within their
/// section 2.1, 2.2, …; what stands before the first section is section 0.
std::vector<DraftBlock> blocks_from(std::string_view markdown);

/// As `blocks_from`, with a rejection at `/markdown` for a draft that has nothing to comment on or is too
/// large.
Result<std::vector<DraftBlock>> checked_blocks(const ConsultationId& consultation, std::int64_t draft,
                                               std::string_view markdown);

wire::BlockView block_view(const ConsultationId& consultation, std::int64_t draft, const DraftBlock& block,
                           std::size_t place);

/// The place of block `b<n>`, counted from 0; nothing when that is not a block's id.
std::optional<std::size_t> place_of_block(std::string_view block);

}  // namespace witan::consultations
