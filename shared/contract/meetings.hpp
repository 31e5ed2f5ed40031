#pragma once

#include "shared/contract/meetings/actions.hpp"
#include "shared/contract/meetings/agenda.hpp"
#include "shared/contract/meetings/attendance.hpp"
#include "shared/contract/meetings/dates.hpp"
#include "shared/contract/meetings/minutes.hpp"
#include "shared/contract/meetings/notes.hpp"
#include "shared/contract/meetings/papers.hpp"
#include "shared/contract/meetings/plan.hpp"
#include "shared/contract/meetings/replay.hpp"
#include "shared/contract/meetings/room.hpp"
#include "shared/contract/meetings/votes.hpp"

/// What meetings accepts and shows.
namespace witan::contract::meetings {

using Commands = boost::mp11::mp_append<AgendaCommands, AttendanceCommands, RoomCommands, VotesCommands, PapersCommands, MinutesCommands, ActionsCommands, NotesCommands,
                                         PlanCommands, DatesCommands>;
using Views = boost::mp11::mp_append<AgendaViews, AttendanceViews, RoomViews, VotesViews, PapersViews, MinutesViews, ActionsViews, NotesViews, PlanViews, DatesViews, ReplayViews>;
using Notices = boost::mp11::mp_list<>;

}  // namespace witan::contract::meetings
