#include "gateway/exports/sheets.hpp"

#include <fmt/format.h>

#include "shared/contract/directory.hpp"
#include "shared/contract/meetings.hpp"

namespace witan::exports {

namespace wire = contract::meetings;

namespace {

/// Nothing for what is not so: the cell is empty, and JSON has no member.
json::value text(const std::string& value) { return value.empty() ? json::value(nullptr) : json::value(json::string(value)); }
template <class T>
json::value text(const std::optional<T>& value) {
  if constexpr (std::is_same_v<T, std::string>) return value ? text(*value) : json::value(nullptr);
  else return value ? json::value(*value) : json::value(nullptr);
}

std::string who(bool is_members_only) { return is_members_only ? "members" : "everyone"; }

void add(json::object& about, std::string_view name, const std::string& value) {
  if (!value.empty()) about[name] = value;
}

json::object about_meeting(const wire::MeetingView& meeting, const std::string& origin) {
  json::object about{{"meeting", meeting.meeting.str()}, {"title", meeting.title}, {"body", meeting.body_name}, {"when", meeting.when}};
  about["starts"] = uk_time::rfc3339(meeting.starts_at);
  about["ends"] = uk_time::rfc3339(meeting.ends_at);
  about["place"] = meeting.place;
  add(about, "chair", meeting.chair);
  add(about, "co_chair", meeting.co_chair);
  add(about, "secretary", meeting.secretary);
  about["state"] = meeting.state_label;
  add(about, "published", meeting.published.value_or(""));
  if (meeting.cancellation) add(about, "cancelled", meeting.cancellation->reason);
  about["items"] = meeting.item_count;
  about["planned_minutes"] = meeting.planned_minutes;
  about["planned_end"] = meeting.planned_end;
  about["address"] = origin + meeting.href;
  return about;
}

json::value papers_of(const wire::AgendaItemView& item) {
  std::string titles;
  for (const auto& paper : item.papers.value_or(std::vector<wire::PaperView>())) {
    if (paper.is_withdrawn) continue;
    titles += (titles.empty() ? "" : "; ") + paper.title + (paper.is_to_follow ? " (to follow)" : paper.waits_for_second ? " (not released)" : paper.not_before ? " (not before " + *paper.not_before + ")" : "");
  }
  return text(titles);
}

/// "To meet twice a year. Show of hands. Carried: 7 for, … Moved by Ada, seconded by Ben."
std::string in_words(const wire::MinutesVoteView& vote) {
  auto words = fmt::format("{}{} {}. {}", vote.question, vote.question.ends_with('.') || vote.question.ends_with('?') ? "" : ".", vote.kind_label, vote.counted);
  if (vote.moved_by) words += fmt::format(" Moved by {}{}.", *vote.moved_by, vote.seconded_by ? ", seconded by " + *vote.seconded_by : "");
  return words;
}

/// The lines of one item of the minutes, each beginning with what it is of.
class MinutesLines {
 public:
  MinutesLines(const Rows& rows, const wire::MinutesItemView& item, Sheet& sheet) : rows_(rows), item_(item), sheet_(sheet) {}

  void write() {
    const auto under = "item/" + item_.item.str();
    line("text", nullptr, text(item_.text));
    for (const auto& one : list_of<wire::MinutesInterestView>(rows_, under + "/interest/")) line("interest", nullptr, text(fmt::format("{} {}.", one.interest, one.effect_label)), text(one.declared_by));
    for (const auto& one : list_of<wire::MinutesVoteView>(rows_, under + "/vote/")) line("vote", nullptr, text(in_words(one)));
    for (const auto& one : list_of<wire::MinutesDecisionView>(rows_, under + "/decision/")) line("decision", text(one.decision_number), text(one.decided));
    for (const auto& one : list_of<wire::MinutesActionView>(rows_, under + "/action/")) line("action", nullptr, text(one.todo), text(one.owner), text(one.due_day));
    for (const auto& one : list_of<wire::CorrectionView>(rows_, under + "/correction/")) {
      if (one.is_accepted.value_or(false)) line("correction", nullptr, text(one.wording));
    }
  }

 private:
  void line(const char* kind, json::value number, json::value words, json::value owner = nullptr, json::value due = nullptr) {
    sheet_.rows.push_back({item_.number, text(item_.title), kind, std::move(number), std::move(words), std::move(owner), std::move(due), who(item_.is_members_only.value_or(false))});
  }

  const Rows& rows_;
  const wire::MinutesItemView& item_;
  Sheet& sheet_;
};

std::int64_t count_of(const Sheet& sheet, std::string_view kind) {
  return std::ranges::count_if(sheet.rows, [&](const auto& row) { return row[2].value.as_string() == kind; });
}

}  // namespace

Sheet agenda_sheet(const Rows& rows, const std::string& origin) {
  Sheet sheet;
  const auto meeting = row_as<wire::MeetingView>(rows, "meeting");
  if (!meeting) return sheet;
  sheet.about = about_meeting(*meeting, origin);
  sheet.name = "agenda";
  sheet.columns = {"number", "title", "for", "lead", "minutes", "starts", "status", "circulation", "took_minutes", "papers", "papers_for"};
  for (const auto& item : list_of<wire::AgendaItemView>(rows, "agenda/")) {
    const auto circulation = who(item.is_members_only);
    if (item.is_restricted) {  // that there is something, and no more
      sheet.rows.push_back({item.number, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, circulation, nullptr, nullptr, nullptr});
      continue;
    }
    sheet.rows.push_back({item.number, item.title, item.kind_label, text(item.lead), item.minutes, item.starts, text(item.status_label), circulation, text(item.took_minutes), papers_of(item), item.is_named ? json::value("named seats") : json::value(nullptr)});
  }
  sheet.total = {"total", fmt::format("{} items, ending at {}", meeting->item_count, meeting->planned_end), nullptr, nullptr, meeting->planned_minutes, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr};
  return sheet;
}

Sheet minutes_sheet(const Rows& rows, const std::string& origin) {
  Sheet sheet;
  const auto minutes = row_as<wire::MinutesView>(rows, "minutes");
  if (!minutes) return sheet;
  sheet.name = "minutes";
  sheet.columns = {"item", "title", "kind", "number", "text", "owner", "due", "circulation"};
  for (const auto& item : list_of<wire::MinutesItemView>(rows, "item/")) MinutesLines(rows, item, sheet).write();
  auto& about = sheet.about;
  about = {{"meeting", minutes->meeting.str()}, {"title", minutes->title}, {"body", minutes->body_name}, {"when", minutes->when}, {"state", minutes->state_label}};
  add(about, "circulated", minutes->circulated.value_or(""));
  add(about, "approved", minutes->approved.value_or(""));
  add(about, "approved_at", minutes->approved_at.value_or(""));
  const auto decisions = count_of(sheet, "decision"), actions = count_of(sheet, "action");
  about["decisions"] = decisions;
  about["actions"] = actions;
  about["address"] = origin + minutes->href;
  sheet.total = {"total", nullptr, nullptr, nullptr, fmt::format("{} decisions, {} actions", decisions, actions), nullptr, nullptr, nullptr};
  return sheet;
}

Sheet decisions_sheet(const Rows& body, const Rows& everybodys, const Rows& members, const std::string& origin) {
  Sheet sheet;
  if (const auto row = row_as<contract::directory::BodyView>(body, "body")) sheet.about = {{"body", row->name}};
  sheet.name = "decisions";
  sheet.columns = {"number", "decision", "item", "meeting", "day", "circulation", "approved", "address"};
  Rows all = members;  // members read everything that everybody reads
  all.insert(everybodys.begin(), everybodys.end());
  for (const auto& one : list_of<wire::DecisionView>(all, "decision/")) {
    sheet.rows.push_back({one.decision_number, one.decided, one.item_title, one.meeting_title, one.when, who(one.is_members_only.value_or(false)),
                          !one.is_unapproved.value_or(false), origin + one.href});
  }
  return sheet;
}

Sheet actions_sheet(const Rows& body, const Rows& open, const Rows& closed, const std::string& origin) {
  Sheet sheet;
  if (const auto row = row_as<contract::directory::BodyView>(body, "body")) sheet.about = {{"body", row->name}};
  sheet.name = "actions";
  sheet.columns = {"action", "owner", "due", "status", "closed_on", "latest", "item", "meeting", "day", "minuted_due", "minuted_owner", "circulation", "address"};
  for (const auto* rows : {&open, &closed}) {
    for (const auto& one : list_of<wire::ActionView>(*rows, "action/")) {
      sheet.rows.push_back({one.todo, one.owner, one.due_day, one.status_label, text(one.closed_on), text(one.latest), one.item_title, one.meeting_title, one.when, text(one.minuted_due),
                            text(one.minuted_owner), who(one.is_members_only.value_or(false)), origin + one.href});
    }
  }
  return sheet;
}

}  // namespace witan::exports
