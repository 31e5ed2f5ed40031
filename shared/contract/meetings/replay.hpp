#pragma once

#include "shared/contract/access.hpp"

/// A meeting that is over, moment by moment.
namespace witan::contract::meetings {

/// One thing that happened, as its readers may know of it now.
struct ReplayMoment {
  std::string at;              ///< "2:20pm"; before and after the meeting "2:20pm on 19 June 2018".
  std::string text;            ///< "Ada Lovelace, Chair, had the floor for 3 min 5 s"
  // Absent where it is not so.
  std::optional<std::string> since;      ///< Since the meeting began: "1 h 12 min 5 s".
  std::optional<std::int64_t> seconds;   ///< The same as a number.
  std::optional<std::string> words;      ///< What was declared, moved or decided, or how a vote went.
  std::optional<std::string> href;       ///< Where more of it stands.
  std::optional<std::string> state;      ///< How things stood from here on: who spoke, what was voted on, who was there.
};
BOOST_DESCRIBE_STRUCT(ReplayMoment, (), (at, text, since, seconds, words, href, state))

/// Moments one after the other at the same item, or before or after the meeting.
struct ReplayGroup {
  std::string anchor;          ///< "at-12": where it stands on its page.
  std::string heading;         ///< "3.1. Skills", "Before the meeting"
  std::vector<ReplayMoment> moments;
  std::optional<std::string> item_href;      ///< The item on the agenda,
  std::optional<std::string> minute_href;    ///< and in the minutes, for those who may read them.
};
BOOST_DESCRIBE_STRUCT(ReplayGroup, (), (anchor, heading, moments, item_href, minute_href))

/// A way to another list of the same meeting, or to an item in this one.
struct ReplayLink {
  std::string label;
  std::string href;
  std::optional<bool> is_current;
};
BOOST_DESCRIBE_STRUCT(ReplayLink, (), (label, href, is_current))

/// Topic `replay/<meeting>/<list>/<page>` (audiences `staff`, `member` and `public`, once the meeting is closed), key `replay`. The lists are
/// `all`, `votes` (with decisions), `speakers`, `declarations` and `papers`; pages count from 1. There are as many pages for each audience as
/// it has moments for.
struct ReplayView {
  MeetingId meeting;
  std::string title;           ///< Of the meeting.
  std::string body_name;
  std::string when;
  std::string lasted;          ///< "2pm to 4:05pm, Tuesday 19 June 2018: 2 h 5 min"
  std::string clock;           ///< "UK time, BST"
  std::int64_t page = 1;
  std::int64_t page_count = 1;
  std::int64_t count = 0;      ///< Of all moments of the list.
  bool has_moments = false;
  std::vector<ReplayLink> lists;
  std::vector<ReplayGroup> groups;
  // Absent where it is not so.
  std::optional<std::vector<ReplayLink>> contents;   ///< On the first page of `all`: each item where the meeting came to it first.
  std::optional<bool> has_contents;
  std::optional<std::string> earlier_href;
  std::optional<std::string> later_href;
  std::optional<bool> has_pages;                     ///< More than one.
  std::optional<bool> is_cut;                        ///< More happened than is kept for this.
};
BOOST_DESCRIBE_STRUCT(ReplayView, (),
                      (meeting, title, body_name, when, lasted, clock, page, page_count, count, has_moments, lists, groups, contents, has_contents, earlier_href, later_href, has_pages, is_cut))

using ReplayViews = boost::mp11::mp_list<ReplayView>;

}  // namespace witan::contract::meetings
