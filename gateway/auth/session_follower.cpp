#include "gateway/auth/session_follower.hpp"

#include <algorithm>

#include "shared/base/clock.hpp"
#include "shared/contract/codec.hpp"
#include "shared/contract/topics.hpp"

namespace witan::auth {

namespace directory = contract::directory;

namespace {

const std::string k_audience(k_gateway_audience);

template <class T>
std::optional<T> read_row(const topics::View& view, const std::string& key) {
  const auto row = view.entities->find(key);
  if (row == view.entities->end()) return std::nullopt;
  auto decoded = codec::decode<T>(row->second);
  if (!decoded) return std::nullopt;
  return std::move(*decoded);
}

}  // namespace

std::string session_topic(const std::string& session) { return "sessions/" + session; }
std::string rights_topic(const PersonId& person) { return "rights/" + person.str(); }

std::optional<directory::SessionView> read_session(const topics::View& view) {
  return read_row<directory::SessionView>(view, "session");
}

std::optional<directory::CalendarHolderView> read_calendar_holder(const topics::View& view) {
  return read_row<directory::CalendarHolderView>(view, "holder");
}

namespace {

/// Whether they now do what only staff may, and the session was named when they could not. Roles that are withheld are no rise.
bool has_risen(const directory::SessionView& session, const Actor& actor, bool is_second_factor_required) {
  const bool does_staff_work = std::ranges::any_of(actor.roles, [](const auto& held) { return std::ranges::any_of(held.second, needs_second_factor); });
  const auto enough = is_second_factor_required ? directory::Standing::staff_with_second_factor : directory::Standing::staff;
  return does_staff_work && session.standing.value_or(directory::Standing::ordinary) < enough;
}

}  // namespace

std::optional<Caller> read_caller(const directory::SessionView& session, const topics::View& rights,
                                  const std::string& session_hash, bool is_second_factor_required) {
  const auto person = read_row<directory::RightsPersonView>(rights, "person");
  if (!person || person->person != session.person) return std::nullopt;
  Caller caller;
  caller.actor.person = session.person;
  caller.actor.session = session_hash;
  caller.name = person->name;
  caller.session = session_hash;
  caller.presence = person->presence.value_or(directory::k_presence_at_first);
  const bool withholds = is_second_factor_required && !person->has_second_factor.value_or(false);
  const auto gives = [&](const std::string& body, Role role) {
    const bool is_withheld = withholds && needs_second_factor(role);
    if (needs_second_factor(role)) caller.is_staff = true;
    if (is_withheld) caller.needs_second_factor = true;
    else caller.actor.roles[body].push_back(role);
    return !is_withheld;
  };
  if (person->is_administrator) gives(std::string(k_everywhere), Role::administrator);
  caller.actor.changes_nothing = person->is_auditor.value_or(false);
  if (caller.actor.changes_nothing) gives(std::string(k_everywhere), Role::auditor);
  for (const auto& [key, value] : *rights.entities) {
    if (!key.starts_with("seat/")) continue;
    const auto seat = codec::decode<directory::RightsSeatView>(value);
    if (!seat) continue;   // a right that cannot be read is no right
    if (gives(seat->body.str(), seat->role)) caller.seats.push_back({seat->body.str(), seat->body_name, seat->role, seat->title});
  }
  caller.has_risen = has_risen(session, caller.actor, is_second_factor_required);
  return caller;
}

SessionFollower::SessionFollower(topics::TopicCache& cache, std::string session, std::string csrf, bool is_second_factor_required,
                                 std::function<void()> on_change)
    : cache_(cache),
      session_(std::move(session)),
      csrf_(std::move(csrf)),
      is_second_factor_required_(is_second_factor_required),
      on_change_(std::move(on_change)) {
  cache_.watch(session_topic(session_), k_audience, this);
  work_out();
}

SessionFollower::~SessionFollower() {
  cache_.unwatch(session_topic(session_), k_audience, this);
  if (!watched_rights_.empty()) cache_.unwatch(watched_rights_, k_audience, this);
}

std::shared_ptr<const Caller> SessionFollower::caller() const {
  return caller_ && expires_ > SystemClock().now() ? caller_ : nullptr;
}

void SessionFollower::changed(const Change&, const std::shared_ptr<const std::string>&) { tell(); }

void SessionFollower::replaced(const topics::View&) { tell(); }

void SessionFollower::tell() {
  work_out();
  const auto on_change = on_change_;   // the last holder may leave, and this object with it, while it is told
  on_change();
}

void SessionFollower::work_out() {
  caller_.reset();
  const auto session = cache_.now(session_topic(session_), k_audience);
  const auto about = session ? read_session(*session) : std::nullopt;
  if (!about) return;
  expires_ = about->expires;
  if (watched_rights_.empty()) {
    watched_rights_ = rights_topic(about->person);
    cache_.watch(watched_rights_, k_audience, this);
  }
  const auto rights = cache_.now(watched_rights_, k_audience);
  auto caller = rights ? read_caller(*about, *rights, session_, is_second_factor_required_) : std::nullopt;
  if (!caller) return;
  caller->csrf = csrf_;
  caller_ = std::make_shared<const Caller>(std::move(*caller));
}

}  // namespace witan::auth
