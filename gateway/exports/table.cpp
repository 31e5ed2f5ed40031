#include "gateway/exports/table.hpp"

#include "gateway/exports/atom.hpp"
#include "gateway/exports/calendar.hpp"
#include "gateway/exports/oparl.hpp"
#include "gateway/exports/sheets.hpp"
#include "shared/contract/directory.hpp"

namespace witan::exports {

namespace {

namespace wire = contract::meetings;

constexpr std::string_view k_calendar = "text/calendar; charset=utf-8";
constexpr std::string_view k_atom = "application/atom+xml; charset=utf-8";
constexpr std::string_view k_csv = "text/csv; charset=utf-8; header=present";
constexpr std::string_view k_json = "application/json; charset=utf-8";

Written calendar_of(const std::optional<wire::MeetingView>& meeting, const Material& material) {
  if (!meeting) return {};
  return {calendar(*meeting, material.origin), "meeting-" + uk_time::calendar_day(meeting->starts_at) + ".ics"};
}

Written meeting_calendar(const Material& material) { return calendar_of(row_as<wire::MeetingView>(material.topics[0], "meeting"), material); }
/// Members put a date that was found into their calendars while the meeting's own page is not for them yet.
Written date_calendar(const Material& material) { return calendar_of(row_as<wire::MeetingView>(material.topics[0], "meeting/" + material.params.at("meeting")), material); }

std::vector<wire::MeetingView> meetings_in(const Material& material) {
  std::vector<wire::MeetingView> all;
  for (const auto& rows : material.topics) std::ranges::move(list_of<wire::MeetingView>(rows, "meeting/"), std::back_inserter(all));
  return all;
}

Written public_calendar(const Material& material) { return {calendar("Meetings", meetings_in(material), material.origin), ""}; }
Written own_calendar(const Material& material) { return {calendar("Your meetings", meetings_in(material), material.origin), ""}; }

template <auto Make, auto Write>
Written sheet_of_meeting(const Material& material, const char* name) {
  return {Write(Make(material.topics[0], material.origin)), name};
}

Written agenda_csv(const Material& material) { return sheet_of_meeting<agenda_sheet, as_csv>(material, "agenda.csv"); }
Written agenda_json(const Material& material) { return sheet_of_meeting<agenda_sheet, as_json>(material, "agenda.json"); }
Written minutes_csv(const Material& material) { return sheet_of_meeting<minutes_sheet, as_csv>(material, "minutes.csv"); }
Written minutes_json(const Material& material) { return sheet_of_meeting<minutes_sheet, as_json>(material, "minutes.json"); }

Sheet decisions(const Material& material) {
  return decisions_sheet(material.topics[0], material.topics[1], material.topics[2], material.origin);
}
Written decisions_csv(const Material& material) { return {as_csv(decisions(material)), "decisions.csv"}; }
Written decisions_json(const Material& material) { return {as_json(decisions(material)), "decisions.json"}; }

Sheet actions(const Material& material) { return actions_sheet(material.topics[0], material.topics[1], material.topics[2], material.origin); }
Written actions_csv(const Material& material) { return {as_csv(actions(material)), "actions.csv"}; }
Written actions_json(const Material& material) { return {as_json(actions(material)), "actions.json"}; }

Written papers_of_all(const Material& material) {
  const AtomFeed feed{"Published papers", material.origin + material.path, material.origin + "/meetings", material.origin};
  return {atom(feed, list_of<wire::PublishedPaperView>(material.topics[0], "paper/")), ""};
}

Written papers_of_body(const Material& material) {
  const auto body = row_as<contract::directory::BodyView>(material.topics[0], "body");
  if (!body) return {};
  const AtomFeed feed{"Published papers of " + body->name, material.origin + material.path, material.origin + "/bodies/" + body->body.str(), material.origin};
  return {atom(feed, list_of<wire::PublishedPaperView>(material.topics[1], "paper/")), ""};
}

constexpr std::string_view k_of_names = "abcdefghijklmnopqrstuvwxyz0123456789";

std::optional<pages::Params> match(std::string_view pattern, std::string_view path) {
  pages::Params params;
  while (!pattern.empty()) {
    if (pattern.front() != '{') {
      if (path.empty() || path.front() != pattern.front()) return std::nullopt;
      pattern.remove_prefix(1);
      path.remove_prefix(1);
      continue;
    }
    const auto close = pattern.find('}');
    const auto given = path.substr(0, path.find_first_not_of(k_of_names));
    if (given.empty()) return std::nullopt;
    params.emplace(pattern.substr(1, close - 1), given);
    pattern.remove_prefix(close + 1);
    path.remove_prefix(given.size());
  }
  return path.empty() ? std::optional(std::move(params)) : std::nullopt;
}

std::vector<Export> everything() {
  const std::vector<Topic> meeting{{"meetings/{meeting}"}}, minutes{{"minutes/{meeting}"}};
  const std::vector<Topic> log{{"bodies/{body}"}, {"decisions/{body}", true, true}, {"body-decisions/{body}", true, true}};
  const std::vector<Topic> actions{{"bodies/{body}"}, {"body-actions/{body}", false, true}, {"closed-actions/{body}", true, true}};
  std::vector<Export> all{
      {"/meetings/{meeting}.ics", meeting, k_calendar, meeting_calendar},
      {"/meetings/{meeting}/agenda.csv", meeting, k_csv, agenda_csv},
      {"/meetings/{meeting}/agenda.json", meeting, k_json, agenda_json},
      {"/meetings/{meeting}/minutes.csv", minutes, k_csv, minutes_csv},
      {"/meetings/{meeting}/minutes.json", minutes, k_json, minutes_json},
      {"/bodies/{body}/decisions.csv", log, k_csv, decisions_csv},
      {"/bodies/{body}/decisions.json", log, k_json, decisions_json},
      {"/bodies/{body}/actions.csv", actions, k_csv, actions_csv},
      {"/bodies/{body}/actions.json", actions, k_json, actions_json},
      {"/bodies/{body}/dates/{meeting}.ics", {{"body-meetings/{body}", false, true}}, k_calendar, date_calendar},
      {"/feeds/meetings.ics", {{"meetings", true}}, k_calendar, public_calendar, true},
      {"/calendar/{calendar}.ics", {{"body-meetings/{seat}", true, false, true}}, k_calendar, own_calendar, false, true},
      {"/feeds/papers.atom", {{"published-papers", true}}, k_atom, papers_of_all, true},
      {"/bodies/{body}/papers.atom", {{"bodies/{body}"}, {"body-papers/{body}", true}}, k_atom, papers_of_body, true},
  };
  std::ranges::copy(oparl_table(), std::back_inserter(all));
  return all;
}

}  // namespace

const std::vector<Export>& table() {
  static const std::vector<Export> all = everything();
  return all;
}

std::optional<Found> find(std::string_view path) {
  for (const auto& one : table()) {
    if (auto params = match(one.path, path)) return Found{&one, std::move(*params)};
  }
  return std::nullopt;
}

}  // namespace witan::exports
