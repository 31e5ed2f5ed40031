#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "services/meetings/domain/dates/dates.hpp"
#include "services/meetings/domain/known_body.hpp"
#include "services/meetings/domain/known_person.hpp"
#include "services/meetings/domain/lists.hpp"
#include "services/meetings/domain/meeting.hpp"
#include "shared/base/uk_time.hpp"
#include "shared/contract/personal.hpp"

/// What people see of polls for dates, and what is noted of them.
namespace witan::meetings {

namespace {

constexpr std::string_view k_audiences[] = {"staff", "member"};

/// Rows as texts by their keys.
using RowTexts = std::map<std::string, std::string>;

std::optional<bool> only_if(bool is_so) { return is_so ? std::optional(true) : std::nullopt; }

template <class V>
std::string text_of(const V& view) {
  std::string text;
  codec::append_text(view, text);
  return text;
}

std::string answer_in_words(wire::DateAnswer answer) {
  switch (answer) {
    case wire::DateAnswer::yes: return "Can come";
    case wire::DateAnswer::if_needed: return "Only if needed";
    case wire::DateAnswer::no: return "Cannot come";
  }
  return {};
}

std::vector<AccessRule> access_to_dates(const BodyId& body) {
  return {{"staff", Who::roles, {}, body.str(), staff_roles()},
          {"staff", Who::roles, {}, std::string(k_everywhere), {Role::administrator}},
          {"member", Who::roles, {}, body.str(), {}}};
}

wire::DatePollView view_of(const DatePoll& poll) {
  const auto& opened = poll.opened;
  wire::DatePollView view;
  view.poll = opened.poll;
  view.body = opened.body;
  view.title = opened.title;
  view.place = opened.place;
  view.state = poll.state;
  view.state_label = state_in_words(poll.state);
  view.opened = uk_time::date_and_time(opened.at);
  view.answered = poll.answered;
  view.asked = poll.asked;
  view.sort = fmt::format("{:09}", poll.is_open() ? poll.number : 999'999'999 - poll.number);
  if (opened.answer_by) view.answer_by = day_in_words(*opened.answer_by);
  return view;
}

/// That there is a draft is known to the members, and its day to their calendars; its page is there for whoever prepares it.
void add_meeting(wire::DatePollView& view, const DatePoll& poll, std::string_view audience, const domain::Rows& rows) {
  if (poll.found) view.when = uk_time::span(poll.found->starts_at, poll.found->ends_at);
  const auto meeting = poll.meeting ? rows.row_as<wire::MeetingView>(MeetingAggregate::topic(poll.meeting->str()), "staff", "meeting") : std::nullopt;
  if (!meeting) return;  // between the choice and the meeting that comes with it
  view.when = meeting->cancellation ? meeting->when + ", cancelled" : meeting->when;
  if (!meeting->is_draft || audience == "staff") view.meeting_href = meeting->href;
  if (meeting->cancellation) return;
  view.calendar_href = meeting->is_draft ? fmt::format("/bodies/{}/dates/{}.ics", view.body.str(), meeting->meeting.str()) : meeting->href + ".ics";
}

/// The answers to one time that are shown and counted.
struct Heard {
  std::vector<wire::DateVoiceView> voices = {};
  std::int64_t yes = 0;
  std::int64_t if_needed = 0;
  std::int64_t no = 0;
  std::pair<std::int64_t, std::int64_t> suits() const { return {yes + if_needed, yes}; }
};

Heard heard_of(const TimeInPoll& time, const Sitters& sitters) {
  Heard heard;
  for (const auto& voice : time.voices) {
    if (!is_heard(voice, sitters)) continue;
    const auto& name = *sitters.at(voice.by);
    heard.yes += voice.answer == wire::DateAnswer::yes ? 1 : 0;
    heard.if_needed += voice.answer == wire::DateAnswer::if_needed ? 1 : 0;
    heard.no += voice.answer == wire::DateAnswer::no ? 1 : 0;
    heard.voices.push_back({voice.by, name, voice.answer, answer_in_words(voice.answer), fmt::format("{}{}", static_cast<int>(voice.answer), name)});
  }
  return heard;
}

/// The poll with its times and the answers to them, which is the same for all who see it.
void add_open(const DatePoll& poll, const Sitters& sitters, Timestamp at, RowTexts& all) {
  const auto key = "poll/" + poll.opened.poll.str();
  const bool takes_answers = !is_last_day_over(poll, at);
  auto view = view_of(poll);
  view.answered = answered_in(poll, sitters);
  view.asked = std::ssize(sitters);
  view.takes_answers = only_if(takes_answers);
  all.emplace(key, text_of(view));

  std::vector<Heard> heard;
  std::pair<std::int64_t, std::int64_t> best;
  for (const auto& time : poll.times) {
    heard.push_back(heard_of(time, sitters));
    if (!has_begun(time.proposed, at)) best = std::max(best, heard.back().suits());
  }
  for (std::size_t place = 0; place < poll.times.size(); ++place) {
    const auto& [time, starts_at, ends_at] = poll.times[place].proposed;
    const auto& [voices, yes, if_needed, no] = heard[place];
    const auto time_key = fmt::format("{}/time/{}", key, time.str());
    const bool is_past = has_begun(poll.times[place].proposed, at);
    const bool is_best = !is_past && best.first > 0 && heard[place].suits() == best;
    all.emplace(time_key, text_of(wire::ProposedTimeView{poll.opened.poll, time, poll.opened.body, uk_time::span(starts_at, ends_at), yes, if_needed, no,
                                                         fmt::format("{} {}", uk_time::rfc3339(starts_at), uk_time::rfc3339(ends_at)), only_if(is_best), only_if(is_past),
                                                         only_if(takes_answers && !is_past)}));
    for (const auto& voice : voices) all.emplace(fmt::format("{}/voice/{}", time_key, voice.by.str()), text_of(voice));
  }
}

void add_past(const DatePoll& poll, std::string_view audience, const domain::Rows& rows, RowTexts& all) {
  auto view = view_of(poll);
  if (poll.reason) view.reason = rows.text(*poll.reason).value_or(domain::k_text_removed);
  add_meeting(view, poll, audience, rows);
  all.emplace("past/" + view.poll.str(), text_of(view));
}

/// When rows of open polls are next otherwise by themselves, after `at`.
std::optional<Timestamp> next_moment(const Dates& dates, Timestamp at) {
  std::optional<Timestamp> next;
  const auto add = [&](const std::optional<Timestamp>& moment) {
    if (moment && *moment > at && (!next || *moment < *next)) next = moment;
  };
  for (const auto& poll : dates.polls) {
    if (!poll.is_open()) continue;
    if (poll.opened.answer_by) add(uk_time::day_ends(*poll.opened.answer_by));
    for (const auto& time : poll.times) add(time.proposed.starts_at);
  }
  return next;
}

void note_next_moment(const Dates& dates, Timestamp at, domain::Presenter& presenter) {
  const auto next = next_moment(dates, at);
  if (next) presenter.put_private(std::string(k_dates_due_index), dates.body.str(), codec::encode(*next));
  else presenter.drop(std::string(k_dates_due_index), std::string(k_private_audience), dates.body.str());
}

/// All rows, as they are at that moment.
void put_rows(const Dates& dates, Timestamp at, domain::Presenter& presenter) {
  const auto topic = DatesAggregate::topic(dates.body.str());
  const auto sitters = sitters_of(dates.body, presenter);
  RowTexts same;
  same.emplace("dates", text_of(wire::DatesView{dates.body}));
  for (const auto& poll : dates.polls) {
    if (poll.is_open()) add_open(poll, sitters, at, same);
  }
  for (const auto audience : k_audiences) {
    auto all = same;
    for (const auto& poll : dates.polls) {
      if (!poll.is_open()) add_past(poll, audience, presenter, all);
    }
    for (const auto& [key, row] : presenter.rows(topic, audience, "")) {
      if (!all.contains(key)) presenter.drop(topic, std::string(audience), key);
    }
    for (const auto& [key, text] : all) presenter.put_text(topic, std::string(audience), key, text);
  }
  note_next_moment(dates, at, presenter);
}

/// Each text that is new, with the event that brought it.
void note_texts(const Dates& dates, std::int64_t seq, domain::Presenter& presenter) {
  for (const auto& text : texts_of(dates)) {
    const auto key = dates.body.str() + "/" + text.text_id;
    if (!presenter.row_text(k_dates_names_index, k_private_audience, key)) presenter.put_private(std::string(k_dates_names_index), key, codec::encode(NamedRow{text, seq}));
  }
}

/// Of whom an answer is kept, so that it goes with their account.
void note_voices(const DatesEvent& event, const Dates& after, domain::Presenter& presenter) {
  const std::string index(k_date_voices_index);
  if (const auto* answered = std::get_if<TimeAnswered>(&event)) return presenter.put_private(index, answered->person.str() + "/" + after.body.str(), json::value(true));
  std::set<std::string> kept;
  for (const auto& poll : after.polls) {
    for (const auto& time : poll.times) {
      for (const auto& voice : time.voices) kept.insert(voice.by.str() + "/" + after.body.str());
    }
  }
  for (const auto& [key, value] : presenter.rows(index, k_private_audience, "")) {
    if (key.ends_with("/" + after.body.str()) && !kept.contains(key)) presenter.drop(index, std::string(k_private_audience), key);
  }
}

std::optional<Dates> dates_in(const domain::Rows& rows, const BodyId& body) { return rows.row_as<Dates>(k_dates_index, k_private_audience, body.str()); }

}  // namespace

Sitters sitters_of(const BodyId& body, const domain::Rows& rows) {
  Sitters sitters;
  for (const auto& [key, value] : rows.rows(k_seats_index, k_private_audience, "")) {
    if (std::string_view(value.as_string()) != body.str()) continue;
    const auto [place, is_new] = sitters.try_emplace(PersonId::from_trusted(key.substr(0, key.find('/'))));
    if (is_new) place->second = known_name(place->first, rows);
  }
  return sitters;
}

void DatesAggregate::present(const DatesEvent& event, const domain::EventInfo& when, const Dates& after, domain::Presenter& presenter) {
  presenter.put_private(std::string(k_dates_index), after.body.str(), codec::encode(after));
  presenter.access(topic(after.body.str()), access_to_dates(after.body));
  note_texts(after, static_cast<std::int64_t>(when.seq), presenter);
  note_voices(event, after, presenter);
  put_rows(after, when.at, presenter);
}

void open_dates(const BodyId& body, domain::Presenter& presenter) {
  const auto topic = DatesAggregate::topic(body.str());
  presenter.access(topic, access_to_dates(body));
  for (const auto audience : k_audiences) presenter.put(topic, std::string(audience), "dates", wire::DatesView{body});
}

void present_dates(const BodyId& body, Timestamp at, domain::Presenter& presenter) {
  if (const auto dates = dates_in(presenter, body)) put_rows(*dates, at, presenter);
}

void present_dates_answered_by(const PersonId& person, Timestamp at, domain::Presenter& presenter) {
  for (const auto& [key, value] : presenter.rows(k_date_voices_index, k_private_audience, person.str() + "/")) {
    present_dates(BodyId::from_trusted(key.substr(key.find('/') + 1)), at, presenter);
  }
}

void present_date_found(const BodyId& body, const MeetingId& meeting, Timestamp at, domain::Presenter& presenter) {
  const auto dates = dates_in(presenter, body);
  if (dates && std::ranges::find(dates->polls, meeting, &DatePoll::meeting) != dates->polls.end()) put_rows(*dates, at, presenter);
}

}  // namespace witan::meetings
