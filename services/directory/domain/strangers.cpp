#include "services/directory/domain/strangers.hpp"

#include <sstream>

#include <fmt/format.h>

#include "shared/contract/personal.hpp"
#include "shared/contract/topics.hpp"

namespace witan::directory {

namespace {

void say(std::int64_t count, const std::string& one, const std::string& many, std::string& line) {
  if (count == 0) return;
  line += (line.empty() ? "" : ", ") + std::to_string(count) + " " + (count == 1 ? one : many);
}

/// Those that directory knows.
std::optional<std::vector<PersonId>> seekers_in(const wire::NoteStrangers& command, Context& context) {
  std::vector<PersonId> people;
  std::istringstream names(command.seekers ? command.seekers->value : "");
  for (std::string person; names >> person;) {
    if (PersonAggregate::exists(context.load<PersonAggregate>(person))) people.push_back(PersonId::from_trusted(person));
  }
  return people.empty() ? std::nullopt : std::optional(std::move(people));
}

}  // namespace

Result<Decided<StrangersEvent>> decide(const Strangers&, const wire::NoteStrangers& command, Context& context) {
  for (const auto& [field, count] : {std::pair("/cookies", command.cookies), std::pair("/links", command.links), std::pair("/forms", command.forms),
                                    std::pair("/codes", command.codes), std::pair("/sign_ins", command.sign_ins)}) {
    if (count < 0) return reject_field(field, ErrorCode::out_of_range, "There cannot be fewer than none.");
  }
  if (command.papers.value_or(0) < 0) return reject_field("/papers", ErrorCode::out_of_range, "There cannot be fewer than none.");
  StrangersCame came{0, command.cookies, command.links, command.forms, command.codes, command.sign_ins, command.papers, seekers_in(command, context)};
  std::istringstream names(command.sessions.value);
  for (std::string session; names >> session && came.cookies > 0;) {
    if (!context.load<SessionAggregate>(session).exists) continue;
    ++came.ended_sessions;
    --came.cookies;
  }
  Decided<StrangersEvent> decided;
  if (came.ended_sessions + came.cookies + came.links + came.forms + came.codes + command.sign_ins + came.papers.value_or(0) > 0 || came.seekers) decided.events.push_back(came);
  return decided;
}

domain::AuditLine StrangersAggregate::describe(const Event& event, const Strangers&, const Strangers&, const domain::Rows& rows) {
  const auto& came = std::get<StrangersCame>(event);
  std::string line;
  say(came.ended_sessions, "cookie of a session that has ended", "cookies of sessions that have ended", line);
  say(came.cookies, "cookie that is unknown", "cookies that are unknown", line);
  say(came.links, "link that is unknown or over", "links that are unknown or over", line);
  say(came.forms, "form that was not given to its sender, or too long ago", "forms that were not given to their senders, or too long ago", line);
  say(came.codes, "wrong code by somebody signed in", "wrong codes by somebody signed in", line);
  say(came.sign_ins.value_or(0), "try to sign in with a wrong e-mail address or password", "tries to sign in with a wrong e-mail address or password", line);
  say(came.papers.value_or(0), "try to open a paper that is not there or not for whoever tried", "tries to open papers that are not there or not for whoever tried", line);
  std::string who;
  for (const auto& person : came.seekers.value_or(std::vector<PersonId>())) {
    const auto row = rows.row_as<wire::RightsPersonView>("rights/" + person.str(), k_gateway_audience, "person");
    who += (who.empty() ? "" : ", ") + (row ? row->name : std::string(domain::k_name_removed));
  }
  if (!who.empty()) line += fmt::format("{}three times or more within an hour: {}", line.empty() ? "" : "; ", who);
  return {"Came and opened nothing: " + line, {}, "", "Refused", {}};
}

}  // namespace witan::directory
