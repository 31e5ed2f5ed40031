#include "gateway/live/presence.hpp"

#include <algorithm>

#include "gateway/http/api.hpp"
#include "gateway/live/session.hpp"
#include "shared/base/ids.hpp"
#include "shared/base/log.hpp"
#include "shared/contract/codec.hpp"
#include "shared/contract/live.hpp"
#include "shared/contract/topics.hpp"

namespace witan::live {

namespace {
constexpr std::string_view k_public = "public", k_staff = "staff";
/// Of messages that cannot be read a line is written at most so often.
constexpr std::chrono::minutes k_between_notes{1};
/// Messages that wait for the loop; what comes beyond is said again.
constexpr std::size_t k_pending_max = 1024;
}  // namespace

/// Those who read who is at a topic, as one audience of it.
class Presence::Reading final : public Channel, public topics::Watcher {
 public:
  Reading(Presence& presence, Room& room, std::string topic, std::string audience)
      : Channel(std::move(topic), std::move(audience)), presence_(presence), room_(room) {
    presence_.cache_.watch(room_.about, this->audience(), this);   // so that its rules and rows stay current
    room_.readings.push_back(this);
  }
  ~Reading() override {
    presence_.cache_.unwatch(room_.about, audience(), this);
    std::erase(room_.readings, this);
    if (!room_.readings.empty()) return;
    presence_.publish(room_, presence_.own_part(room_));
    presence_.rooms_.erase(topic());
  }

  /// They are told what the others were told last, in a crowd perhaps not yet of themselves: that comes with the next telling.
  void add(Session* session, std::int64_t) override {
    readers_.push_back({session, {}, 0});
    room_.is_stale = true;
    if (room_.last_part.empty()) presence_.publish(room_, presence_.own_part(room_), true);
    if (!frame_) show(presence_.rows(room_, everyone(room_, presence_.own_part(room_)), audience()));
    readers_.back().told = version_;
    session->push(frame_);
  }

  void remove(Session* session) override {
    std::erase_if(readers_, [&](const Reader& reader) { return reader.session == session; });
    room_.is_stale = true;
  }

  std::size_t size() const override { return readers_.size(); }
  void catch_up() override {}   // each telling does
  void person_changed() override { room_.is_stale = true; }

  Result<void> note_editing(Session* session, std::optional<std::string> row) override {
    const auto reader = std::ranges::find(readers_, session, &Reader::session);
    if (reader == readers_.end()) return reject(ErrorCode::not_found);
    if (row && (audience() != k_staff || session->actor().changes_nothing)) return reject(ErrorCode::forbidden);
    const auto view = presence_.cache_.now(room_.about, audience());
    if (row && (!view || !view->entities->contains(*row) || row->size() > k_presence.key_bytes_max)) return reject(ErrorCode::not_found);
    if (reader->editing != row) room_.is_stale = true;
    reader->editing = std::move(row);
    return {};
  }

  /// Numbers and titles of what is edited may be others now.
  void changed(const Change&, const std::shared_ptr<const std::string>&) override { room_.is_stale |= shows_editors_; }
  void replaced(const topics::View&) override { room_.is_stale |= shows_editors_; }

  void list_sockets(std::vector<PresentSocket>& sockets) const {
    for (const auto& reader : readers_) {
      const bool writes = audience() == k_staff && !reader.session->actor().changes_nothing;
      sockets.push_back({&reader.session->caller(), audience() != k_public, writes ? reader.editing : std::nullopt});
    }
  }

  void show(Rows rows) {
    if (rows_ && *rows_ == rows) return;
    shows_editors_ = rows.size() > 1;
    version_ = ++presence_.version_;
    Snapshot snapshot{topic(), audience(), presence_.run_, version_, "now", {}};
    for (const auto& [key, row] : rows) snapshot.entities[key] = row;
    frame_ = std::make_shared<const std::string>(frame(snapshot));
    rows_ = std::make_shared<const Rows>(std::move(rows));
  }

  /// To those who do not have it yet. False when somebody could not be told: their rights cannot be checked now.
  bool push() {
    const auto* rules = presence_.cache_.access_now(room_.about);
    const bool may_push = rules && http::may_show_now(presence_.auth_, *rules, audience());
    bool is_done = true;
    for (auto& reader : readers_) {
      if (reader.told == version_) continue;
      // Decided again at each push, as in TopicChannel.
      if (!may_push || audience_for(*rules, reader.session->actor()) != audience()) {
        is_done = false;
        continue;
      }
      reader.told = version_;
      reader.session->push(frame_);
    }
    return is_done;
  }

  topics::View view() const { return {topic(), audience(), presence_.run_, version_, rows_}; }

 private:
  struct Reader {
    Session* session = nullptr;
    std::optional<std::string> editing;
    std::int64_t told = 0;   ///< The version that they have.
  };

  Presence& presence_;
  Room& room_;
  std::vector<Reader> readers_;
  std::shared_ptr<const Rows> rows_;   ///< As told last; null before the first reader.
  std::shared_ptr<const std::string> frame_;
  std::int64_t version_ = 0;
  bool shows_editors_ = false;
};

std::size_t Presence::Room::readers() const {
  std::size_t count = 0;
  for (const auto* reading : readings) count += reading->size();
  return count;
}

Presence::Presence(topics::TopicCache& cache, const auth::Auth& auth, messaging::Bus& bus, boost::asio::any_io_executor loop)
    : cache_(cache), auth_(auth), bus_(bus), run_(random_id_text()) {
  auto on_message = [this, alive = std::weak_ptr(is_alive_)](const messaging::Message& message) {
    if (!alive.expired()) take(message);
  };
  subscription_ = bus_.subscribe(subjects::presence_all(), "", std::move(loop), std::move(on_message), k_pending_max);
}

Presence::~Presence() { is_alive_.reset(); }

std::unique_ptr<Channel> Presence::channel(const std::string& topic, const std::string& audience) {
  auto& room = rooms_[topic];
  room.about = std::string(topic_of_presence(topic).value());
  return std::make_unique<Reading>(*this, room, topic, audience);
}

topics::View Presence::look(const std::string& topic, const std::string& audience) const {
  const auto room = rooms_.find(topic);
  if (room == rooms_.end()) return {topic, audience, run_, version_, std::make_shared<const Rows>(rows_of_presence({}, audience, nullptr))};
  const auto& readings = room->second.readings;
  const auto same = std::ranges::find_if(readings, [&](const Reading* reading) { return reading->audience() == audience && reading->size() > 0; });
  if (same != readings.end()) return (*same)->view();
  auto seen = rows(room->second, everyone(room->second, own_part(room->second)), audience);
  return {topic, audience, run_, version_, std::make_shared<const Rows>(std::move(seen))};
}

void Presence::tick(Time now) {
  now_ = now;
  for (auto& [topic, room] : rooms_) {
    forget_silent_gateways(room);
    if (room.is_asked) publish(room, own_part(room));
    const bool is_due = now - room.told >= wait_between_tellings(room.readers());
    if (is_due && (room.is_stale || now - room.published >= k_presence.repeat)) tell(room);
  }
}

void Presence::forget_silent_gateways(Room& room) const {
  const auto forgotten = std::erase_if(room.others, [&](const auto& other) { return now_ - other.second.at >= k_presence.forget; });
  room.is_stale |= forgotten > 0;
}

void Presence::tell(Room& room) {
  auto own = own_part(room);
  const auto all = everyone(room, own);
  bool is_done = true;
  for (auto* reading : room.readings) {
    reading->show(rows(room, all, reading->audience()));
    is_done &= reading->push();
  }
  room.is_stale = !is_done;
  room.told = now_;
  const bool is_news = json::serialize(codec::encode(own)) != room.last_part;
  if (is_news || now_ - room.published >= k_presence.repeat) publish(room, std::move(own));
}

void Presence::publish(Room& room, NowPart part, bool asks) {
  room.last_part = json::serialize(codec::encode(part));
  room.published = now_;
  room.is_asked = false;
  if (!bus_.is_connected()) return;   // it would be sent when it is old
  part.asks = asks;
  bus_.publish(subjects::presence(room.about), asks ? json::serialize(codec::encode(part)) : room.last_part);
}

NowPart Presence::own_part(const Room& room) const {
  std::vector<PresentSocket> sockets;
  for (const auto* reading : room.readings) reading->list_sockets(sockets);
  return part_of(sockets, run_, room.about);
}

Everyone Presence::everyone(const Room& room, const NowPart& own) {
  std::vector<const NowPart*> parts{&own};
  for (const auto& [gateway, heard] : room.others) parts.push_back(&heard.part);
  return merged(parts);
}

Rows Presence::rows(const Room& room, const Everyone& everyone, const std::string& audience) const {
  const auto view = audience == k_staff ? cache_.now(room.about, audience) : std::nullopt;
  return rows_of_presence(everyone, audience, view ? view->entities.get() : nullptr);
}

void Presence::take(const messaging::Message& message) {
  if (message.payload.size() > k_presence.part_bytes_max) return note_bad_message(message.payload.size());
  const auto parsed = http::parse_json(message.payload);
  auto part = parsed ? codec::decode<NowPart>(*parsed) : reject(ErrorCode::invalid_request);
  if (!part || !is_within_limits(*part) || subjects::presence(part->topic) != message.subject) return note_bad_message(message.payload.size());
  const auto found = rooms_.find(topic_of_who_is_at(part->topic));
  if (part->gateway == run_ || found == rooms_.end()) return;
  auto& room = found->second;
  const bool asks = part->asks;
  const auto gateway = part->gateway;
  if (!room.others.contains(gateway) && room.others.size() >= k_presence.gateways_max) return note_bad_message(message.payload.size());
  room.is_stale = true;
  room.others[gateway] = {std::move(*part), now_};
  if (!asks) return;
  if (now_ - room.published >= k_presence.wait_min) publish(room, own_part(room));
  else room.is_asked = true;
}

void Presence::note_bad_message(std::size_t bytes) {
  if (bad_noted_ != Time() && now_ - bad_noted_ < k_between_notes) return;
  bad_noted_ = now_;
  log::warning("presence", "message_ignored", {{"bytes", bytes}});
}

}  // namespace witan::live
