#pragma once

#include "services/advisory/domain/aggregates.hpp"

/// What may happen. Who may ask for it stands in app/advisory_service.cpp.
namespace witan::advisory {

using domain::Context;
using domain::Decided;

Result<Decided<GroupEvent>> decide(const Group& group, const wire::OpenGroup& command, Context& context);
Result<Decided<EngagementEvent>> decide(const Engagement& engagement, const wire::LogEngagement& command,
                                        Context& context);
Result<Decided<EngagementEvent>> decide(const Engagement& engagement, const wire::WithdrawEngagement& command,
                                        Context& context);

// What directory tells. Hearing the same again changes nothing.
Result<Decided<GroupEvent>> decide(const Group& group, const directory::BodyEstablishedNotice& notice,
                                   Context& context);
Result<Decided<GroupEvent>> decide(const Group& group, const directory::SeatFilledNotice& notice,
                                   Context& context);
Result<Decided<GroupEvent>> decide(const Group& group, const directory::SeatVacatedNotice& notice,
                                   Context& context);

/// In every group in which they are a member now.
Result<Decided<PersonEvent>> decide(const Person& person, const directory::PersonRenamedNotice& notice, Context& context);
Result<Decided<PersonEvent>> decide(const Person& person, const directory::PersonErasedNotice& notice, Context& context);

}  // namespace witan::advisory
