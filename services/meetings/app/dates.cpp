#include "services/meetings/app/dates.hpp"

#include "services/meetings/domain/dates/dates.hpp"
#include "services/meetings/domain/meeting.hpp"

namespace witan::meetings {

namespace {

/// When something about open polls is next otherwise.
std::vector<service::Due> moments_to_come(const domain::Rows& rows) {
  std::vector<service::Due> due;
  for (const auto& [body, at] : rows.rows(k_dates_due_index, k_private_audience, "")) {
    if (const auto moment = codec::decode<Timestamp>(at)) due.push_back({*moment, body});
  }
  return due;
}

}  // namespace

void add_dates(service::Builder& builder) {
  const auto of_body = [](const auto& command) { return command.body.str(); };
  const auto staff = [](const Actor& actor, const auto&, const auto& command, const domain::Rows&) {
    return service::allowed_if(actor, actor.is_administrator() || actor.holds(command.body.str(), staff_roles()));
  };
  // The rules look who holds a seat there.
  const auto sitters = [](const Actor& actor, const auto&, const auto& command, const domain::Rows&) {
    return service::allowed_if(actor, actor.holds(command.body.str(), {}));
  };

  builder.aggregate<DatesAggregate>()
      .upsert<wire::OpenDatePoll, DatesAggregate>(of_body, staff)
      .upsert<wire::AddTime, DatesAggregate>(of_body, staff)
      .upsert<wire::RemoveTime, DatesAggregate>(of_body, staff)
      .upsert<wire::AnswerTime, DatesAggregate>(of_body, sitters)
      .upsert<wire::SettleDate, DatesAggregate>(of_body, staff)
      .upsert<wire::EndDatePoll, DatesAggregate>(of_body, staff)
      .due<DatesMayHavePassed, DatesAggregate>(moments_to_come);
}

}  // namespace witan::meetings
