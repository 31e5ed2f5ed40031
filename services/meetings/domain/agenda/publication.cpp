#include "services/meetings/domain/agenda/publication.hpp"

#include <fmt/format.h>

#include "services/meetings/domain/agenda/working_days.hpp"
#include "services/meetings/domain/decide.hpp"
#include "services/meetings/domain/known_body.hpp"
#include "services/meetings/domain/schedule/schedule.hpp"
#include "shared/base/assert.hpp"
#include "shared/base/uk_time.hpp"

namespace witan::meetings {

std::string publication_day(const Meeting& meeting) {
  const auto day = day_from(uk_time::calendar_day(meeting.starts_at));
  ASSERT(day);
  return text_of(latest_day_before(*day, static_cast<int>(meeting.clear_days)));
}

std::string publication_day_in_words(const Meeting& meeting) {
  return uk_time::date(uk_time::from_local(publication_day(meeting), "12:00").value_or(meeting.starts_at));
}

std::string clear_days_in_words(const Meeting& meeting) {
  if (meeting.clear_days == k_clear_days) return "five clear working days";
  return fmt::format("{} clear working day{}", meeting.clear_days, meeting.clear_days == 1 ? "" : "s");
}

DecidedMeeting decide(const Meeting& meeting, const wire::SetPublicationClock& command, domain::Context& context) {
  if (auto open = not_cancelled(meeting); !open) return std::unexpected(open.error());
  if (meeting.state != wire::MeetingState::draft) {
    return reject(ErrorCode::not_now, "The agenda is published; whether it was on time was judged by the days that were set then.");
  }
  const auto days = command.clear_days.value;
  domain::Decided<MeetingEvent> decided;
  if (days != meeting.clear_days) decided.events.emplace_back(ClearDaysSet{days});
  const bool is_rule = context.load<KnownBodyAggregate>(meeting.body.str()).clear_days.value_or(k_clear_days) == days;
  if (command.is_rule.value_or(false) && !is_rule) {
    decided.further.push_back(domain::further<KnownBodyAggregate>(meeting.body.str(), BodyClearDaysSet{meeting.body, days}));
  }
  return decided;
}

bool is_late(const Meeting& meeting, Timestamp moment) { return uk_time::calendar_day(moment) > publication_day(meeting); }

}  // namespace witan::meetings
