#include "services/directory/domain/interests.hpp"

#include <algorithm>
#include <array>

#include "services/directory/domain/decide.hpp"
#include "services/directory/domain/labels.hpp"
#include "services/directory/domain/rows.hpp"

namespace witan::directory {

using domain::AuditLine;
using domain::Rows;

namespace {

Result<void> check_since(const std::optional<CalendarDate>& since, Context& context) {
  if (!since) return {};
  if (since->value > uk_time::calendar_day(context.now())) {
    return reject_field("/since", ErrorCode::invalid_value, "Enter a day that is not in the future, or leave it out.");
  }
  if (since->value < k_earliest_day) {
    return reject_field("/since", ErrorCode::invalid_value, "Enter a day in 1900 or later, or leave it out.");
  }
  return {};
}

/// The entry that a command asks for; its texts are kept.
template <class C>
Result<InterestEntry> entry_of(const C& command, Context& context) {
  if (auto fine = check_since(command.since, context); !fine) return std::unexpected(fine.error());
  InterestEntry entry;
  entry.kind = command.kind;
  entry.since = command.since;
  const auto name = command.organisation_name ? command.organisation_name->value : std::string();
  entry.organisation = command.organisation;
  if (auto known = must_exist(entry.organisation, context); !known) return std::unexpected(known.error());
  if (!entry.organisation && !name.empty()) {
    entry.organisation = organisation_called(name, context);
    if (!entry.organisation) entry.organisation_name = context.keep(name);
  }
  entry.description = context.keep(command.description.value);
  return entry;
}

/// Whether the two read the same.
bool is_same(const InterestEntry& entry, const wire::ChangeInterest& asked, const Rows& rows) {
  const auto name = entry.organisation_name ? rows.text(*entry.organisation_name).value_or("") : organisation_name(rows, entry.organisation);
  const auto asked_name = asked.organisation ? organisation_name(rows, asked.organisation)
                          : asked.organisation_name ? asked.organisation_name->value : std::string();
  return entry.kind == asked.kind && entry.since == asked.since && name_key(name) == name_key(asked_name) &&
         rows.text(entry.description) == asked.description.value;
}

/// Whose account was deleted has no register any more, and nobody keeps one for them.
Result<void> must_have_account(const PersonId& person, Context& context) {
  if (context.load<PersonAggregate>(person.str()).exists) return {};
  return reject_field("/person", ErrorCode::invalid_value, "There is no such person.");
}

std::unexpected<Rejection> no_such_interest() {
  return reject_field("/interest", ErrorCode::invalid_value, "This register has no such entry.");
}

std::unexpected<Rejection> is_full() {
  return reject(ErrorCode::not_now, "This register has " + std::to_string(k_register_entries_max) +
                                        " entries and changes and takes no more. Withdraw what holds no longer, and tell the "
                                        "secretary of your body what is new.");
}

constexpr const char* k_gone = "text removed";

std::string organisation_of(const InterestEntry& entry, const Rows& rows) {
  if (entry.organisation_name) return rows.text(*entry.organisation_name).value_or(k_gone);
  return organisation_name(rows, entry.organisation);
}

/// Which parts of an entry are others than before, ": organisation and description", and what these say.
struct Difference {
  std::string parts;
  std::string from;
  std::string to;
};

Difference difference(const InterestEntry& before, const InterestEntry& after, const Rows& rows) {
  const auto of = [&](const InterestEntry& entry) {
    const auto organisation = organisation_of(entry, rows);
    return std::array<std::string, 4>{label(entry.kind), organisation.empty() ? "No organisation" : organisation,
                                      rows.text(entry.description).value_or(k_gone),
                                      entry.since ? "Since " + uk_time::short_date(*uk_time::day_begins(entry.since->value)) : "Nobody said since when"};
  };
  const auto was = of(before), is = of(after);
  Difference found;
  std::vector<std::string> parts;
  for (const auto& [at, name] : {std::pair(0U, "kind"), std::pair(1U, "organisation"), std::pair(2U, "description"), std::pair(3U, "since when")}) {
    // Whether two texts that were erased were the same, nobody can tell any more.
    if (was[at] == is[at] && was[at] != k_gone) continue;
    found.from += (parts.empty() ? "" : "; ") + was[at];
    found.to += (parts.empty() ? "" : "; ") + is[at];
    parts.emplace_back(name);
  }
  for (std::size_t i = 0; i < parts.size(); ++i) found.parts += (i == 0 ? ": " : i + 1 == parts.size() ? " and " : ", ") + parts[i];
  return found;
}

std::string how_many(std::size_t interests) {
  if (interests == 0) return "Nothing to declare";
  return std::to_string(interests) + (interests == 1 ? " interest" : " interests");
}

}  // namespace

std::optional<OrganisationId> organisation_called(const std::string& name, const Rows& rows) {
  return rows.row_as<OrganisationId>(k_organisation_names_index, k_private_audience, name_key(name));
}

std::size_t Register::present_count() const {
  return static_cast<std::size_t>(
      std::count_if(interests.begin(), interests.end(), [](const auto& interest) { return !interest.second.is_withdrawn; }));
}

Register RegisterAggregate::evolve(Register state, const RegisterEvent& event) {
  state.exists = true;
  std::visit(domain::overloaded{
                 [&](const InterestDeclared& e) {
                   state.interests[e.interest] = {e.entry, false, 0};
                   state.has_nothing = false;
                   ++state.written;
                 },
                 [&](const InterestChanged& e) {
                   state.interests[e.interest].entry = e.entry;
                   ++state.interests[e.interest].change_count;
                   ++state.written;
                 },
                 [&](const InterestWithdrawn& e) { state.interests[e.interest].is_withdrawn = true; },
                 [&](const InterestsConfirmed&) { state.has_nothing = state.present_count() == 0; },
             },
             event);
  return state;
}

Result<Decided<RegisterEvent>> decide(const Register& present, const wire::DeclareInterest& command, Context& context) {
  if (auto known = must_have_account(command.person, context); !known) return std::unexpected(known.error());
  if (present.written >= k_register_entries_max) return is_full();
  const auto entry = entry_of(command, context);
  if (!entry) return std::unexpected(entry.error());
  const auto interest = context.new_id<InterestId>();
  return Decided<RegisterEvent>{{InterestDeclared{command.person, interest, *entry}}, {{"interest", interest.str()}}, {}};
}

Result<Decided<RegisterEvent>> decide(const Register& present, const wire::ChangeInterest& command, Context& context) {
  if (auto known = must_have_account(command.person, context); !known) return std::unexpected(known.error());
  const auto found = present.interests.find(command.interest);
  if (found == present.interests.end()) return no_such_interest();
  if (found->second.is_withdrawn) {
    return reject(ErrorCode::not_now, "This entry has been withdrawn. Declare the interest anew.");
  }
  if (is_same(found->second.entry, command, context)) return Decided<RegisterEvent>{};
  if (command.seen_changes.value_or(found->second.change_count) != found->second.change_count) {
    return reject(ErrorCode::stale_version,
                  "Somebody else changed this entry meanwhile. It stands as they left it, and what you wrote is still in the form: compare "
                  "the two, then send yours again if it is right.");
  }
  if (present.written >= k_register_entries_max) return is_full();
  const auto entry = entry_of(command, context);
  if (!entry) return std::unexpected(entry.error());
  return Decided<RegisterEvent>{{InterestChanged{command.person, command.interest, *entry}}, {}, {}};
}

Result<Decided<RegisterEvent>> decide(const Register& present, const wire::WithdrawInterest& command, Context& context) {
  if (auto known = must_have_account(command.person, context); !known) return std::unexpected(known.error());
  const auto found = present.interests.find(command.interest);
  if (found == present.interests.end()) return no_such_interest();
  if (found->second.is_withdrawn) return Decided<RegisterEvent>{};
  return Decided<RegisterEvent>{{InterestWithdrawn{command.person, command.interest}}, {}, {}};
}

Result<Decided<RegisterEvent>> decide(const Register&, const wire::ConfirmInterests& command, Context& context) {
  if (auto known = must_have_account(command.person, context); !known) return std::unexpected(known.error());
  return Decided<RegisterEvent>{{InterestsConfirmed{command.person}}, {}, {}};
}

AuditLine RegisterAggregate::describe(const Event& event, const Register& before, const Register& after, const Rows& rows) {
  const auto kind = [](const Register& state, const InterestId& interest) {
    const auto found = state.interests.find(interest);
    return found == state.interests.end() ? std::string() : label(found->second.entry.kind);
  };
  return std::visit(
      domain::overloaded{
          [&](const InterestDeclared& e) {
            return AuditLine{"Declared an interest of " + name_of(rows, e.person), {}, "", label(e.entry.kind), {}};
          },
          [&](const InterestChanged& e) {
            const auto found = before.interests.find(e.interest);
            auto changed = found == before.interests.end() ? Difference() : difference(found->second.entry, e.entry, rows);
            return AuditLine{"Changed an interest of " + name_of(rows, e.person) + changed.parts, {}, std::move(changed.from), std::move(changed.to), {}};
          },
          [&](const InterestWithdrawn& e) {
            return AuditLine{"Withdrew an interest of " + name_of(rows, e.person), {}, kind(before, e.interest), "Withdrawn", {}};
          },
          [&](const InterestsConfirmed& e) {
            return AuditLine{"Confirmed the register of interests of " + name_of(rows, e.person), {}, "", how_many(after.present_count()), {}};
          },
      },
      event);
}

}  // namespace witan::directory
