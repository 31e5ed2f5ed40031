#include "services/directory/domain/calendar.hpp"

#include "services/directory/domain/rows.hpp"
#include "shared/contract/personal.hpp"

namespace witan::directory {

namespace {

std::string calendar_topic(const PersonId& person) { return "calendar/" + person.str(); }
std::string holder_topic(const std::string& name) { return "calendars/" + name; }

constexpr const char* k_calendar = "calendar";
constexpr const char* k_holder = "holder";
const std::string k_gateway(k_gateway_audience);

}  // namespace

Result<Decided<PersonEvent>> decide(const Person& person, const NewCalendar& command, Context& context) {
  Decided<PersonEvent> decided{{}, {}, calendar_topic(command.person)};
  std::optional<std::string> before;
  if (person.calendar) {
    before = person.calendar->name;
    decided.erased.push_back(person.calendar->address);
  }
  decided.events.push_back(CalendarOpened{command.person, command.name, context.keep(command.address), context.now(), std::move(before)});
  return decided;
}

Result<Decided<PersonEvent>> decide(const Person& person, const wire::CloseCalendar& command, Context&) {
  Decided<PersonEvent> decided{{}, {}, calendar_topic(command.person)};
  if (auto closed = end_calendar(command.person, person, decided.erased)) decided.events.push_back(std::move(*closed));
  return decided;
}

std::optional<CalendarClosed> end_calendar(const PersonId& id, const Person& person, std::vector<Erasable>& erased) {
  if (!person.calendar) return std::nullopt;
  erased.push_back(person.calendar->address);
  return CalendarClosed{id, person.calendar->name};
}

void evolve_calendar(std::optional<CalendarOpened>& calendar, const PersonEvent& event) {
  if (const auto* opened = std::get_if<CalendarOpened>(&event)) calendar = *opened;
  if (std::holds_alternative<CalendarClosed>(event)) calendar.reset();
}

void show_calendar(const CalendarOpened& opened, domain::Presenter& presenter) {
  if (opened.before) hide_calendar(opened.person, *opened.before, presenter);
  const std::string self(k_self_audience);
  presenter.access(calendar_topic(opened.person), {{self, Who::person, opened.person, {}, {}}});
  presenter.access(holder_topic(opened.name), {{k_gateway, Who::gateway, {}, {}, {}}});
  domain::note_secret(opened.person, opened.address, presenter);
  const auto address = presenter.text(opened.address);
  if (!address) return;  // another one took its place since
  wire::CalendarView view;
  view.address = *address;
  view.subscribe = "webcal" + address->substr(std::min(address->find(':'), address->size()));
  view.since = uk_time::date_and_time(opened.opened);
  presenter.put(calendar_topic(opened.person), self, k_calendar, view);
  presenter.put(holder_topic(opened.name), k_gateway, k_holder, wire::CalendarHolderView{opened.person});
}

void hide_calendar(const PersonId& person, const std::string& name, domain::Presenter& presenter) {
  presenter.drop(calendar_topic(person), std::string(k_self_audience), k_calendar);
  presenter.drop(holder_topic(name), k_gateway, k_holder);
}

void suspend_calendar(const Person& person, domain::Presenter& presenter) {
  if (person.calendar) presenter.drop(holder_topic(person.calendar->name), k_gateway, k_holder);
}

}  // namespace witan::directory
