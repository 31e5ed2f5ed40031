#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "shared/contract/directory_commands.hpp"

/// Who is at a topic now: topics `now/<topic>`, which the gateways hold between them and nobody stores.
namespace witan::live {

/// Topic `now/<topic>`, key `here`: who reads it, as far as this reader is told. Everybody else who is there counts in `others`, but
/// for those who are shown to nobody.
struct HereView {
  std::vector<std::string> people;  ///< Names, in order.
  std::int64_t others = 0;
  std::string words;                ///< "Jane Doe, Sam Poe and 3 others"; empty when nobody is there.
};
BOOST_DESCRIBE_STRUCT(HereView, (), (people, others, words))

/// Topic `now/<topic>`, key `editing/<item>-<person>`: somebody writes in the form of a row. Audience `staff`. One row for each, so that
/// a page can leave out its own reader (`by`).
struct EditorView {
  PersonId by;
  std::string name;
  std::string place;   ///< Of what they edit on a page: `agenda-<item>`, its key with a dash.
  std::string number;  ///< The row's own; empty where it has none.
  std::string title;
  std::string sort;
};
BOOST_DESCRIBE_STRUCT(EditorView, (), (by, name, place, number, title, sort))

using Views = boost::mp11::mp_list<HereView, EditorView>;

/// Somebody at a topic, as one gateway tells another.
struct PersonHere {
  PersonId person;
  std::string name;                    ///< Empty for who sees only what the public does: they are counted.
  contract::directory::PresenceShown shown = contract::directory::k_presence_at_first;
  std::vector<std::string> editing;    ///< Keys of rows.
};
BOOST_DESCRIBE_STRUCT(PersonHere, (), (person, name, shown, editing))

/// On the bus, `now.<topic with dots>`: who is at a topic by way of one gateway. Takes the place of what that gateway said before;
/// forgotten when it is not said again in time.
struct NowPart {
  std::string gateway;                 ///< The run of the gateway.
  std::string topic;                   ///< What they are at: `meetings/<meeting>`.
  bool asks = false;                   ///< The others are to tell their parts at once.
  std::vector<PersonHere> people;
  std::int64_t others = 0;             ///< Sockets of visitors, and people beyond those that are listed.
};
BOOST_DESCRIBE_STRUCT(NowPart, (), (gateway, topic, asks, people, others))

}  // namespace witan::live
