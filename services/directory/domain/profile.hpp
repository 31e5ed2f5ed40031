#pragma once

#include "services/directory/domain/decide.hpp"

/// What people say about themselves, and how their account is to behave.
namespace witan::directory {

Result<Decided<PersonEvent>> decide(const Person& person, const wire::RenamePerson& command, Context& context);
Result<Decided<PersonEvent>> decide(const Person& person, const wire::SetPreferences& command, Context& context);

/// Mails whoever asked for it that their account is used on a device that is new to it.
void tell_of_new_device(const PersonId& person, const std::optional<std::string>& device, Decided<SessionEvent>& decided, Context& context);

/// The new name in every row that speaks of the present: account, list of people, seats that the person holds, register.
void show_name(const PersonRenamed& renamed, domain::Presenter& presenter);

}  // namespace witan::directory
