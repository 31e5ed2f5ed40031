#pragma once

#include <string>
#include <vector>

#include "shared/contract/meetings/papers.hpp"

/// Published papers as an Atom feed (RFC 4287).
namespace witan::exports {

struct AtomFeed {
  std::string title;
  std::string address;   ///< Where the feed is, whole; its id as well.
  std::string page;      ///< Where people read the same, whole.
  std::string origin;    ///< Of the site, for the addresses of papers; theirs are their ids.
};

/// An entry keeps its id for good; `updated` says when it was last otherwise, also when the paper was withdrawn.
std::string atom(const AtomFeed& feed, const std::vector<contract::meetings::PublishedPaperView>& papers);

}  // namespace witan::exports
