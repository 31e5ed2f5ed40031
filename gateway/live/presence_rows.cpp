#include "gateway/live/presence_rows.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "shared/contract/codec.hpp"

namespace witan::live {

namespace {

using contract::directory::PresenceShown;
constexpr std::string_view k_public = "public", k_staff = "staff";

std::string text_of(const json::object& row, std::string_view name) {
  const auto* value = row.if_contains(name);
  if (!value) return {};
  if (value->is_string()) return std::string(value->get_string());
  return value->is_number() ? json::serialize(*value) : std::string();
}

std::string counted(std::int64_t count, const std::string& one, const std::string& many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

/// "Jane Doe, Sam Poe and 3 others"
std::string in_words(const std::vector<std::string>& names, std::int64_t others) {
  if (names.empty()) return others == 0 ? "" : counted(others, "person", "people");
  auto parts = names;
  if (others > 0) parts.push_back(counted(others, "other", "others"));
  std::string words = parts.front();
  for (std::size_t i = 1; i < parts.size(); ++i) words += (i + 1 == parts.size() ? " and " : ", ") + parts[i];
  return words;
}

/// The same person told of twice, such as by two gateways. What they chose reached one of them first: whichever hides more counts.
void add(PersonHere& known, const PersonHere& again) {
  if (known.name.empty()) known.name = again.name;
  known.shown = std::max(known.shown, again.shown);
  const std::set<std::string> editing(known.editing.begin(), known.editing.end());
  for (const auto& key : again.editing) {
    if (known.editing.size() < k_presence.editing_max && !editing.contains(key)) known.editing.push_back(key);
  }
}

std::vector<PersonHere> in_order(const std::map<PersonId, PersonHere>& people) {
  std::vector<PersonHere> ordered;
  for (const auto& [id, person] : people) ordered.push_back(person);
  std::ranges::sort(ordered, {}, [](const PersonHere& person) { return std::tuple(person.name.empty(), person.name, person.person.str()); });
  return ordered;
}

HereView who_is_here(const Everyone& everyone, bool is_public) {
  HereView view;
  view.others = everyone.others;
  for (const auto& person : everyone.people) {
    const bool is_named = !person.name.empty() && (!is_public || person.shown == PresenceShown::everyone);
    if (is_named && view.people.size() < k_presence.named_max) view.people.push_back(person.name);
    else ++view.others;
  }
  view.words = in_words(view.people, view.others);
  return view;
}

void put_editors(const Everyone& everyone, const Rows& rows, Rows& shown) {
  std::size_t count = 0;
  for (const auto& person : everyone.people) {
    if (person.name.empty()) continue;
    for (const auto& key : person.editing) {
      const auto row = rows.find(key);
      if (row == rows.end() || !row->second.is_object() || count == k_presence.editors_max) continue;
      ++count;
      const auto& edited = row->second.get_object();
      auto place = key;
      std::ranges::replace(place, '/', '-');
      const auto sort = text_of(edited, "sort") + " " + person.name;
      shown["editing/" + place + "-" + person.person.str()] =
          codec::encode(EditorView{person.person, person.name, place, text_of(edited, "number"), text_of(edited, "title"), sort});
    }
  }
}

}  // namespace

std::chrono::milliseconds wait_between_tellings(std::size_t readers) {
  const auto crowd = k_presence.wait_per_reader * static_cast<std::int64_t>(readers);
  return std::clamp<std::chrono::milliseconds>(crowd, k_presence.wait_min, k_presence.wait_max);
}

NowPart part_of(const std::vector<PresentSocket>& sockets, std::string gateway, std::string topic) {
  NowPart part{std::move(gateway), std::move(topic), false, {}, 0};
  std::map<PersonId, PersonHere> people;
  for (const auto& socket : sockets) {
    const auto& caller = *socket.caller;
    if (!caller.actor.person) {
      ++part.others;
      continue;
    }
    if (caller.presence == PresenceShown::nobody) continue;
    PersonHere person{*caller.actor.person, socket.is_named ? caller.name : std::string(), caller.presence, {}};
    if (socket.editing) person.editing.push_back(*socket.editing);
    const auto [known, is_new] = people.try_emplace(person.person, person);
    if (!is_new) add(known->second, person);
  }
  part.people = in_order(people);
  if (part.people.size() > k_presence.people_max) {
    part.others += static_cast<std::int64_t>(part.people.size() - k_presence.people_max);
    part.people.resize(k_presence.people_max);
  }
  return part;
}

bool is_within_limits(const NowPart& part) {
  const auto is_short = [](const std::string& key) { return key.size() <= k_presence.key_bytes_max; };
  return !part.gateway.empty() && is_short(part.gateway) && part.others >= 0 && part.others <= k_presence.others_max &&
         part.people.size() <= k_presence.people_max && std::ranges::all_of(part.people, [&](const PersonHere& person) {
           return person.name.size() <= k_presence.name_bytes_max && person.editing.size() <= k_presence.editing_max &&
                  std::ranges::all_of(person.editing, is_short);
         });
}

Everyone merged(const std::vector<const NowPart*>& parts) {
  Everyone everyone;
  std::map<PersonId, PersonHere> people;
  for (const auto* part : parts) {
    everyone.others += part->others;
    for (const auto& person : part->people) {
      const auto [known, is_new] = people.try_emplace(person.person, person);
      if (!is_new) add(known->second, person);
    }
  }
  std::erase_if(people, [](const auto& entry) { return entry.second.shown == PresenceShown::nobody; });
  everyone.people = in_order(people);
  return everyone;
}

Rows rows_of_presence(const Everyone& everyone, const std::string& audience, const Rows* rows) {
  Rows shown;
  shown["here"] = codec::encode(who_is_here(everyone, audience == k_public));
  if (audience == k_staff && rows) put_editors(everyone, *rows, shown);
  return shown;
}

}  // namespace witan::live
