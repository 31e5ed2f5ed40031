#include "services/meetings/app/plan.hpp"

#include "services/meetings/domain/meeting.hpp"
#include "services/meetings/domain/plan/plan.hpp"

namespace witan::meetings {

void add_plan(service::Builder& builder) {
  const auto of_body = [](const auto& command) { return command.body.str(); };
  const auto staff = [](const Actor& actor, const auto&, const auto& command, const domain::Rows&) {
    return service::allowed_if(actor, actor.is_administrator() || actor.holds(command.body.str(), staff_roles()));
  };
  // The rules look who holds a seat there, and whose proposal it is.
  const auto sitters = [](const Actor& actor, const auto&, const auto& command, const domain::Rows&) {
    return service::allowed_if(actor, actor.holds(command.body.str(), {}));
  };

  builder.aggregate<PlanAggregate>()
      .upsert<wire::AddPlanEntry, PlanAggregate>(of_body, staff)
      .upsert<wire::EditPlanEntry, PlanAggregate>(of_body, staff)
      .upsert<wire::RemovePlanEntry, PlanAggregate>(of_body, staff)
      .upsert<wire::TakeOntoAgenda, PlanAggregate>(of_body, staff)
      .upsert<wire::PlanAgain, PlanAggregate>(of_body, staff)
      .upsert<wire::ProposeItem, PlanAggregate>(of_body, sitters)
      .upsert<wire::WithdrawProposal, PlanAggregate>(of_body, sitters)
      .upsert<wire::AcceptProposal, PlanAggregate>(of_body, staff)
      .upsert<wire::DeclineProposal, PlanAggregate>(of_body, staff);
}

}  // namespace witan::meetings
