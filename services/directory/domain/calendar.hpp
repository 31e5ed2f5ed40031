#pragma once

#include "services/directory/domain/decide.hpp"

/// The address under which a person's calendar program reads the meetings of the bodies they sit in, without signing in. Whoever knows
/// the address reads them, so the person can have another one at any time, which ends the one before.
namespace witan::directory {

/// OpenCalendar, with an address that nobody can guess.
struct NewCalendar {
  PersonId person;
  std::string name;     ///< The hash of the address's token; the token itself is kept where it can be erased only.
  std::string address;
};

Result<Decided<PersonEvent>> decide(const Person& person, const NewCalendar& command, Context& context);
Result<Decided<PersonEvent>> decide(const Person& person, const wire::CloseCalendar& command, Context& context);

/// A new password is to keep out whoever knew the one before, and with it the address that they may have seen. Nothing where there is none.
std::optional<CalendarClosed> end_calendar(const PersonId& id, const Person& person, std::vector<Erasable>& erased);

void evolve_calendar(std::optional<CalendarOpened>& calendar, const PersonEvent& event);

/// The address for the person, and whose it is for the gateway.
void show_calendar(const CalendarOpened& opened, domain::Presenter& presenter);
void hide_calendar(const PersonId& person, const std::string& name, domain::Presenter& presenter);
/// Nobody reads it while the account is suspended.
void suspend_calendar(const Person& person, domain::Presenter& presenter);

}  // namespace witan::directory
