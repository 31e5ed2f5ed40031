#pragma once

#include "shared/contract/paged_list.hpp"

/// The lists in which meetings stand, newest first.
namespace witan::meetings {

/// For everyone: meetings whose agenda has been published.
const domain::PagedList& public_list();
/// For the members of a body: all of its meetings, drafts included.
domain::PagedList list_of_body(const BodyId& body, std::string_view body_name);
std::string body_topic(std::string_view body);
/// For everyone: papers that everybody may read, of all bodies and of one.
const domain::PagedList& published_papers();
domain::PagedList published_papers_of(const BodyId& body);
/// For the members of a body: what it decided, from when the minutes are circulated; and for everybody, from when they are approved.
domain::PagedList decisions_of_body(const BodyId& body, std::string_view body_name);
domain::PagedList public_decisions_of_body(const BodyId& body, std::string_view body_name);
/// For the members of a body: the actions in its minutes that are open, and those that are done or dropped.
domain::PagedList open_actions_of_body(const BodyId& body, std::string_view body_name);
domain::PagedList closed_actions_of_body(const BodyId& body, std::string_view body_name);
/// For everyone who may see any of its meetings: those of a series.
std::string series_topic(const SeriesId& series);

/// The private index of the meetings of each series: key `<series>/<meeting>`, value when it starts.
inline constexpr std::string_view k_series_index = "index/series";
/// With more, a series would outgrow its topic.
inline constexpr std::size_t k_series_max = 36;

/// The private index of when what calendars hold of a meeting was said last: key `<meeting>`.
inline constexpr std::string_view k_revised_index = "index/revised";

/// Private: `<meeting>/<text>` → a text that may name somebody: who chairs, who leads an item. Those that stand on the agenda no
/// more are here as well.
inline constexpr std::string_view k_names_index = "index/names";
struct NamedRow {
  Erasable text;
  std::int64_t seq = 0;  ///< Of the event that brought it.
};
BOOST_DESCRIBE_STRUCT(NamedRow, (), (text, seq))

}  // namespace witan::meetings
