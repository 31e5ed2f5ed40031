#pragma once

#include <optional>
#include <string>

#include "services/meetings/domain/events.hpp"
#include "services/meetings/domain/minutes/minutes.hpp"
#include "services/meetings/domain/papers/paper.hpp"
#include "shared/contract/domain.hpp"

/// A meeting that is over, moment by moment (decision 0026). While it lasts, each event that a replay tells of leaves a note of when it was and
/// what it was about. What it says is looked up in the rows that each audience has, so a replay tells nobody more than their other pages do.
namespace witan::meetings {

struct Meeting;

BOOST_DEFINE_ENUM_CLASS(MomentKind, began, came_to, paused, resumed, closed, floor_given, turn_ended, declared, withdrew, came_back, motion_moved, motion_seconded,
                        motion_withdrawn, vote_opened, vote_closed, vote_cancelled, counted, paper_added, paper_replaced, paper_withdrawn, minutes_circulated,
                        minutes_approved)

struct Moment {
  Timestamp at;
  MomentKind kind = MomentKind::began;
  std::optional<AgendaItemId> item = {};
  std::optional<std::string> about = {};     ///< A motion, vote or paper; of a turn the seat's title, of a count its words.
  std::optional<std::int64_t> number = {};   ///< Of a declaration, of a paper's version; of a turn how many seconds it took.
  std::optional<Erasable> name = {};         ///< Of whoever had the floor.
  std::optional<bool> is_behind_doors = {};  ///< The item was for members then, whatever it is by now.
};
BOOST_DESCRIBE_STRUCT(Moment, (), (at, kind, item, about, number, name, is_behind_doors))

/// Private: `<meeting>/<number of the event>` → Moment.
inline constexpr std::string_view k_moments_index = "index/moments";
/// Private: `<meeting>` → how many moments were noted.
inline constexpr std::string_view k_moments_count_index = "index/moment-counts";
/// Private: `<meeting>` → ReplayHead, once it is closed.
inline constexpr std::string_view k_replay_index = "index/replays";
struct ReplayHead {
  BodyId body;
  Timestamp began;
  Timestamp ended;
  std::int64_t off_plan_ms = 0;  ///< What is taken off for the meeting's own clock (on_its_clock).
};
BOOST_DESCRIBE_STRUCT(ReplayHead, (), (body, began, ended, off_plan_ms))

/// More are not noted, but for the end: a replay is written at once.
inline constexpr std::int64_t k_moments_max = 20'000;
/// The same for what any member can cause again and again, by themselves: else one of them could fill the replay.
inline constexpr std::int64_t k_members_moments_max = 5'000;

/// Notes the moment, and writes the replay of a meeting that is over where the event may have changed it. Called once the rows are put.
void present_replay(const Meeting& meeting, const MeetingEvent& event, const domain::EventInfo& when, domain::Presenter& presenter);
void present_replay(const Paper& paper, const PaperEvent& event, const domain::EventInfo& when, domain::Presenter& presenter);
void present_replay(const Minutes& minutes, const MinutesEvent& event, const domain::EventInfo& when, domain::Presenter& presenter);

/// The replay as the rows are now; nothing for a meeting that is not over.
void put_replay(const MeetingId& meeting, domain::Presenter& presenter);

}  // namespace witan::meetings
