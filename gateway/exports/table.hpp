#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "gateway/exports/material.hpp"
#include "gateway/pages/manifest.hpp"

namespace witan::exports {

struct Topic {
  std::string_view pattern;       ///< `meetings/{meeting}`
  bool is_optional = false;       ///< The file is made without it when the reader may not see it or it is not there.
  bool is_whole_list = false;     ///< A list with pages: the rows of all of them.
  bool is_of_each_seat = false;   ///< `{seat}` is each body in which the reader sits: a topic for each.
};

/// One kind of file: where it is, what it is made of and how it is written.
struct Export {
  std::string_view path;          ///< `/meetings/{meeting}.ics`
  std::vector<Topic> topics;
  std::string_view media_type;
  Written (*write)(const Material&);
  bool is_for_everybody = false;  ///< The same for whoever asks: what a visitor reads, so that it may be kept and passed on.
  bool is_by_address = false;     ///< For whoever knows the address, whose `{calendar}` says as whom they read it.
};

/// Everything that leaves as a file.
const std::vector<Export>& table();

struct Found {
  const Export* what = nullptr;
  pages::Params params;
};
/// A `{name}` of a path stands for small letters and digits, as ids have them.
std::optional<Found> find(std::string_view path);

}  // namespace witan::exports
