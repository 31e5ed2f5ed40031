#pragma once

#include "services/directory/domain/decide.hpp"

/// Which organisation people come from and seats stand for, and what organisations are called.
namespace witan::directory {

Result<Decided<BodyEvent>> decide(const Body& body, const wire::ChangeSeat& command, Context& context);
Result<Decided<PersonEvent>> decide(const Person& person, const wire::SetOrganisation& command, Context& context);
Result<Decided<OrganisationEvent>> decide(const Organisation& organisation, const wire::RenameOrganisation& command, Context& context);

/// The organisation that a command names: by its id, or by the very name under which it is registered. Nothing for neither;
/// refused when there is no such organisation.
Result<std::optional<OrganisationId>> organisation_in(const std::optional<OrganisationId>& id, const std::optional<Text<0, 120>>& name,
                                                      Context& context);

/// The seat's title in the rights of its holder and in the invitations to it.
void show_title(const SeatChanged& changed, const Seat& seat, domain::Presenter& presenter);
/// The person's organisation in every row that speaks of the present: account, list of people, seats that they hold.
void show_affiliation(const PersonAffiliated& affiliated, domain::Presenter& presenter);
/// The name in every row that speaks of the present.
void show_organisation(const OrganisationRenamed& renamed, domain::Presenter& presenter);

}  // namespace witan::directory
