#include "shared/service/engine.hpp"

#include <algorithm>
#include <iterator>

#include "shared/base/log.hpp"
#include "shared/crypto/crypto.hpp"
#include "shared/service/presenting.hpp"
#include "shared/storage/compaction.hpp"

namespace witan::service {

namespace {

constexpr std::size_t k_states_max = 20'000;

/// Members sorted by name at every level, so that two spellings of one request hash alike.
void append_canonical(const json::value& value, std::string& to) {
  if (const auto* object = value.if_object()) {
    std::vector<std::string_view> keys;
    for (const auto& entry : *object) keys.push_back(entry.key());
    std::sort(keys.begin(), keys.end());
    to += '{';
    for (const auto key : keys) {
      to += json::serialize(json::string(key)) + ':';
      append_canonical(object->at(key), to);
      to += ',';
    }
    to += '}';
  } else if (const auto* array = value.if_array()) {
    to += '[';
    for (const auto& element : *array) {
      append_canonical(element, to);
      to += ',';
    }
    to += ']';
  } else {
    to += json::serialize(value);
  }
}

/// Whose ids these are: those of different people never meet. Empty for a visitor, of whom nothing is remembered: two
/// visitors cannot be told apart, and the answer to one is not for another.
std::string actor_key(const Actor& actor) {
  if (actor.person) return actor.person->str();
  return actor.is_administrator() ? "operator" : "";
}

/// A password is in nothing that is stored, hashed or not: a fast hash of it would be easier to try than Argon2id's. One-time
/// codes neither: who sends a form again, not knowing what came of it, types the code of by then, and it is the same command. Nor
/// how somebody votes: of three choices, whoever has the file and its key would find the one whose hash is this.
json::object without_secrets(std::string_view command, const json::object& args) {
  json::object rest;
  for (const auto& [name, value] : args) {
    const std::string_view field = name;
    const bool is_choice = field == "choice" && command == "meetings.cast_vote";
    if (!field.contains("password") && field != "code" && !field.ends_with("_code") && !is_choice) rest[name] = value;
  }
  return rest;
}

}  // namespace

std::string hash_of(const CommandRequest& request, std::string_view key) {
  std::string text = request.name + '\n' + (request.if_version ? std::to_string(*request.if_version) : "") + '\n';
  append_canonical(without_secrets(request.name, request.args), text);
  return crypto::blake2b_text(text, key);
}

/// What the rules may look at and ask for while one command is decided.
class Engine::World final : public domain::Context {
 public:
  World(Engine& engine, storage::Store& store, const Actor& actor, Timestamp now)
      : engine_(engine), store_(store), rows_(store), actor_(actor), now_(now) {}

  std::optional<std::string> row_text(std::string_view topic, std::string_view audience, std::string_view key) const override {
    return rows_.row_text(topic, audience, key);
  }
  std::vector<std::pair<std::string, json::value>> rows(std::string_view topic, std::string_view audience,
                                                        std::string_view prefix) const override {
    return rows_.rows(topic, audience, prefix);
  }
  std::optional<std::string> text(const Erasable& erasable) const override { return rows_.text(erasable); }
  const Actor& actor() const override { return actor_; }
  Timestamp now() const override { return now_; }
  std::string new_id_text() override { return random_id_text(); }
  Erasable keep(std::string text) override {
    has_written_ = true;
    return store_.keep_text(text);
  }
  std::optional<std::int64_t> received(const std::string& upload) const override {
    return engine_.definition_.files ? engine_.files(store_).received(upload) : std::nullopt;
  }
  std::optional<std::string> keep_file(const std::string& upload) override {
    if (!engine_.definition_.files) return std::nullopt;
    has_written_ = true;
    return engine_.files(store_).finish(upload);
  }
  std::optional<std::string> keep_bytes(std::string_view bytes) override {
    if (!engine_.definition_.files) return std::nullopt;
    has_written_ = true;
    auto& files = engine_.files(store_);
    const auto name = random_id_text();
    files.begin(name, now_);
    for (std::size_t at = 0; at < bytes.size(); at += storage::k_file_piece_bytes_max) {
      files.append(name, static_cast<std::int64_t>(at), bytes.substr(at, storage::k_file_piece_bytes_max));
    }
    return files.finish(name);
  }
  void drop_upload(const std::string& upload) override {
    if (!engine_.definition_.files) return;
    has_written_ = true;
    engine_.files(store_).cancel(upload);
  }
  bool has_written() const { return has_written_; }

 protected:
  const std::any& load_any(std::string_view kind, std::string_view id) override {
    return engine_.load(store_, kind, id).state;
  }

 private:
  Engine& engine_;
  storage::Store& store_;
  StoreRows rows_;
  const Actor& actor_;
  Timestamp now_;
  bool has_written_ = false;
};

storage::FileTable& Engine::files(storage::Store& store) {
  if (!files_) files_ = std::make_unique<storage::FileTable>(store, *definition_.files->key);
  return *files_;
}

Engine::Cached& Engine::load(storage::Store& store, std::string_view kind, std::string_view id) {
  std::string aggregate = std::string(kind) + '/' + std::string(id);
  if (const auto found = states_.find(aggregate); found != states_.end()) return found->second;
  const auto rules = definition_.aggregates.find(kind);
  ASSERT(rules != definition_.aggregates.end());
  Cached cached{rules->second.fresh(), 0, 0};
  for (const auto& event : store.log().read_aggregate(aggregate)) {
    rules->second.evolve(cached.state, event.type, json::parse(event.data));
    cached.version = event.version;
    cached.last_seq = event.seq;
  }
  return states_.emplace(std::move(aggregate), std::move(cached)).first->second;
}

std::vector<Change> Engine::write(storage::Store& store, const CommandRequest& request, std::string_view kind,
                                  std::string_view id, const std::vector<EncodedEvent>& events, Timestamp now,
                                  std::int64_t& seq) {
  const auto& rules = definition_.aggregates.find(kind)->second;
  Cached& cached = load(store, kind, id);
  std::vector<storage::NewEvent> encoded;
  for (const auto& event : events) encoded.push_back({event.type, json::serialize(event.data)});
  const auto actor = request.actor.person ? request.actor.person->str() : std::string();
  const auto aggregate = std::string(kind) + '/' + std::string(id);
  const auto last = store.log().append(aggregate, cached.version, encoded, {now, actor, request.id});
  ASSERT(last.has_value());  // one writer: nobody else can have moved the aggregate
  PendingRows pending(store);
  seq = *last - static_cast<std::int64_t>(events.size());
  for (const auto& event : events) {
    rules.evolve(cached.state, event.type, event.data);
    rules.present(event.type, event.data, {++seq, now, request.actor.person}, cached.state, pending);
  }
  cached.version += static_cast<std::int64_t>(events.size());
  cached.last_seq = seq;
  return store.views().apply(pending.take(), seq);
}

std::vector<Change> Engine::write_all(storage::Store& store, const CommandRequest& request, const Verdict& verdict,
                                      Timestamp now, std::int64_t& seq) {
  std::vector<Change> changes;
  // First, so that `present` sees what a rebuild would: rows never keep what is erased with them.
  for (const auto& text : verdict.erased) store.erase_text(text.text_id);
  for (const auto& event : verdict.events) {
    if (definition_.erasing.contains(event.type)) storage::ask_for_compaction(store);
  }
  if (!verdict.events.empty()) changes = write(store, request, verdict.kind, verdict.id, verdict.events, now, seq);
  for (const auto& event : verdict.further) {
    if (definition_.erasing.contains(event.type)) storage::ask_for_compaction(store);
    auto more = write(store, request, event.kind, event.id, {{event.type, event.data}}, now, seq);
    changes.insert(changes.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  }
  return changes;
}

Executed Engine::decide_and_write(storage::Store& store, const CommandRequest& request, const Decide& decide) {
  if (states_.size() > k_states_max) states_.clear();
  const Timestamp now = clock_.now();
  World world(*this, store, request.actor, now);
  const Load loader = [&](std::string_view kind, std::string_view id) -> const std::any& { return load(store, kind, id).state; };
  Result<Verdict> verdict = decide(world, loader);
  if (!verdict) {
    Executed refused{std::unexpected(std::move(verdict.error())), {}, false};
    if (world.has_written()) throw std::pair(Undone{}, std::move(refused));
    return refused;
  }
  const auto last_seq = load(store, verdict->kind, verdict->id).last_seq;
  if (request.if_version && last_seq > *request.if_version) {
    Rejection stale{ErrorCode::stale_version, "Someone else changed this meanwhile. Nothing of yours was applied.", {}, {}};
    stale.extra["version"] = last_seq;
    Executed refused{std::unexpected(std::move(stale)), {}, false};
    if (world.has_written()) throw std::pair(Undone{}, std::move(refused));
    return refused;
  }
  Executed executed{CommandReply{verdict->topic, store.views().epoch(), store.log().head(), verdict->result, false}, {}, false};
  executed.changes = write_all(store, request, *verdict, now, executed.reply->version);
  if (verdict->refusal) executed.reply = std::unexpected(std::move(*verdict->refusal));
  return executed;
}

Executed Engine::execute(storage::Store& store, const CommandRequest& request, const Decide& decide) {
  const auto actor = actor_key(request.actor);
  if (actor.empty()) return decide_and_write(store, request, decide);
  const auto hash = hash_of(request, store.secret_key());
  if (const auto remembered = store.remembered(actor, request.id)) {
    if (!crypto::equal(remembered->request_hash, hash)) return {reject(ErrorCode::idempotency_mismatch), {}, true};
    auto reply = codec::decode<CommandReply>(json::parse(remembered->reply));
    ASSERT(reply.has_value());
    return {std::move(*reply), {}, true};
  }
  Executed executed = decide_and_write(store, request, decide);
  if (executed.reply) {
    store.remember(actor, request.id, {hash, json::serialize(codec::encode(*executed.reply))}, clock_.now());
  }
  return executed;
}

Executed Engine::apply_notice(storage::Store& store, const Decide& decide, const std::string& command_id) {
  CommandRequest request;
  request.id = command_id;
  return decide_and_write(store, request, decide);
}

}  // namespace witan::service
