#include "services/meetings/domain/agenda/publication.hpp"

#include "services/meetings/domain/agenda/working_days.hpp"
#include "shared/base/assert.hpp"
#include "shared/base/uk_time.hpp"

namespace witan::meetings {

std::string publication_day(const Meeting& meeting) {
  const auto day = day_from(uk_time::calendar_day(meeting.starts_at));
  ASSERT(day);
  return text_of(latest_day_before(*day, k_clear_days));
}

std::string publication_day_in_words(const Meeting& meeting) {
  return uk_time::date(uk_time::from_local(publication_day(meeting), "12:00").value_or(meeting.starts_at));
}

bool is_late(const Meeting& meeting, Timestamp moment) { return uk_time::calendar_day(moment) > publication_day(meeting); }

}  // namespace witan::meetings
