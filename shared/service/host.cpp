#include "shared/service/host.hpp"

#include <filesystem>
#include <future>

#include <boost/asio/post.hpp>

#include "shared/base/log.hpp"
#include "shared/messaging/service_links.hpp"
#include "shared/service/due.hpp"
#include "shared/service/service.hpp"
#include "shared/service/use.hpp"

namespace witan::service {

namespace {

constexpr int k_slow_waiting_max = 32;
constexpr int k_audits_waiting_max = 16;
constexpr int k_files_waiting_max = 64;
constexpr std::size_t k_heads_listed_max = 2000;
constexpr std::size_t k_heads_answered_max = 20'000;
constexpr std::int64_t k_forget_every_ticks = 3600;
constexpr std::chrono::hours k_answers_kept{7 * 24};
constexpr std::size_t k_heads_seconds = 5;
constexpr std::size_t k_announced_bytes_max = 256 * 1024;

template <class T>
Result<T> read_request(const messaging::Question& question) {
  boost::system::error_code failed;
  auto value = json::parse(question.payload, failed);
  if (failed) return reject(ErrorCode::malformed_json);
  return codec::decode<T>(value);
}

void refuse(const messaging::Answer& answer, const Rejection& rejection, const std::string& trace = {}) {
  answer(problem_reply(rejection, trace));
}

Rejection too_many_at_once() {
  return {ErrorCode::unavailable, "Too many people are doing this at once. Try again in a few seconds.", {}, {}};
}

}  // namespace

std::vector<ConfigKey> service_keys() {
  return {
      {"data", std::string("./data"), "Folder of the service's file.", 0, 0},
      {"bus_url", std::string("nats://127.0.0.1:4222"), "Address of the bus.", 0, 0},
      {"bus_user", std::string(), "User on the bus.", 0, 0},
      {"bus_password_file", std::string(), "File that holds the user's password.", 0, 0},
      {"secrets", std::string("./data/secrets"), "Folder of secret files.", 0, 0},
      {"log_level", std::string("info"), "Lowest level that is logged: debug, info, warning or error.", 0, 0},
      {"group_max", std::int64_t{64}, "Commands committed together at most.", 1, 10'000},
      {"group_wait_us", std::int64_t{0}, "Microseconds to wait for more commands before committing.", 0, 100'000},
      {"queue_max", std::int64_t{4096}, "Commands that may wait; beyond it the answer is `unavailable`.", 1, 1'000'000},
      {"workers", std::int64_t{2}, "Threads for slow work such as hashing passwords.", 1, 64},
  };
}

Host::Host(Definition definition, const Config& config, boost::asio::io_context& loop)
    : definition_(std::move(definition)),
      config_(config),
      loop_(loop),
      store_path_(config.text("data") + "/" + definition_.name + ".sqlite"),
      head_file_(config.text("data") + "/" + definition_.name + ".head"),
      engine_(definition_, clock_),
      metrics_(definition_.name),
      timer_(loop),
      workers_(static_cast<std::size_t>(config.number("workers"))) {
  for (const auto& name : definition_.promised_commands) {
    if (!definition_.commands.contains(name)) throw std::runtime_error("the command " + name + " has no rule who may use it");
  }
}

Host::~Host() { stop(); }

void Host::start() {
  const auto& name = definition_.name;
  storage::WriterOptions options;
  options.group_max = static_cast<std::size_t>(config_.number("group_max"));
  options.group_wait = std::chrono::microseconds(config_.number("group_wait_us"));
  options.queue_max = static_cast<std::size_t>(config_.number("queue_max"));
  options.on_rollback = [this] { engine_.forget(); };
  options.on_group = [this] { announce(); };
  writer_ = std::make_unique<storage::Writer>(store_path_, options);
  prepare_views();
  prepare_rows_ = std::make_unique<LockedRows>(store_path_);
  audit_ = std::make_unique<Audit>(definition_, store_path_);
  if (definition_.files) file_desk_ = std::make_unique<FileDesk>(definition_, store_path_);
  bus_ = connect(name, [](bool connected) { log::info("bus", connected ? "connected" : "disconnected"); });
  events_bus_ = connect(name + "-events", [this](bool connected) {
    boost::asio::post(loop_, [this, connected] {
      if (connected && relay_) relay_->reposition();
    });
  });
  relay_ = std::make_unique<Relay>(definition_, store_path_, events_bus_,
                                   [this] { boost::asio::post(loop_, [this] { begin_epoch(); }); });
  listen();
  std::vector<std::string> producers;
  for (const auto& notice : definition_.notices) {
    if (std::find(producers.begin(), producers.end(), notice.producer) == producers.end()) producers.push_back(notice.producer);
  }
  for (const auto& producer : producers) {
    consumers_.push_back(std::make_unique<Consumer>(definition_, producer, store_path_, events_bus_, loop_.get_executor(),
                                                    [this](auto work) { return apply_and_wait(std::move(work)); }));
  }
  if (!definition_.outside.empty()) {
    outside_ = std::make_unique<OutsideWorker>(definition_, store_path_, [this](auto work) { return apply_and_wait(std::move(work)); });
  }
  // Before the loop runs, so before anything can be written that would bring the log past there again.
  is_cut_back_ = head_file_.is_past(position());
  log::info("service", "started", {{"epoch", reader_->log().epoch()}, {"head", reader_->log().head()}});
  tick();
}

/// Nobody is answered from rows of another shape: the start waits. A full disk keeps a service from nothing else.
void Host::prepare_views() {
  std::promise<void> finished;
  const bool is_taken = writer_->submit({[this](storage::Store& store) {
                                           bring_views_into_shape(definition_, store);
                                           open_public_lists(definition_, store);
                                         },
                                         [&](storage::Outcome) { finished.set_value(); }});
  if (!is_taken) throw storage::StorageFailure("the writer takes no work");
  finished.get_future().get();
  reader_ = storage::Store::open(store_path_, storage::Store::Mode::read);  // not before: it names the shape that it finds
  if (reader_->views().shape() != definition_.views_shape)
    throw storage::StorageFailure("the views could not be written again in their present shape");
}

std::shared_ptr<messaging::Bus> Host::connect(const std::string& name, std::function<void(bool)> on_connection) {
  messaging::BusOptions options;
  options.url = config_.text("bus_url");
  options.user = config_.text("bus_user");
  options.password_file = config_.text("bus_password_file");
  options.name = name;
  options.on_connection = std::move(on_connection);
  return messaging::Bus::connect(std::move(options));
}

void Host::stop() {
  if (std::exchange(is_stopped_, true) || !bus_) return;
  log::info("service", "stopping");
  timer_.cancel();
  for (auto& consumer : consumers_) consumer->stop();
  if (outside_) outside_->stop();
  subscriptions_.clear();  // no new work
  if (local_) local_->refuse_more();
  workers_.pool.join();
  askers_.pool.join();
  auditing_.join();
  filing_.join();
  if (writer_) writer_->stop();  // answers what was taken
  if (!is_cut_back_) head_file_.keep(position());
  if (local_) local_->drain(std::chrono::seconds(1));  // before anything that may wait for the bus
  if (relay_) relay_->stop(std::chrono::seconds(3));
  if (events_bus_) events_bus_->drain(std::chrono::seconds(3));
  bus_->drain(std::chrono::seconds(3));
  log::info("service", "stopped");
}

/// The same questions by two ways: the bus, and a socket for who asks on this machine, which is there without the bus.
void Host::listen() {
  const auto& name = definition_.name;
  handlers_ = {{subjects::command(name), &Host::take_command},
               {subjects::view(name), &Host::answer_view},
               {subjects::heads(name), &Host::answer_heads},
               {subjects::events_since(name), &Host::answer_events_since},
               {subjects::metrics(name), &Host::answer_metrics},
               {subjects::audit(name), &Host::answer_audit}};
  if (!definition_.use.empty()) handlers_.emplace(subjects::use(name), &Host::answer_use);
  if (definition_.files) {
    handlers_.emplace(subjects::file_put(name), &Host::take_file);
    handlers_.emplace(subjects::file_get(name), &Host::give_file);
  }
  for (const auto& [subject, handler] : handlers_) {
    subscriptions_.push_back(bus_->subscribe(subject, name, loop_.get_executor(), [this](messaging::Message message) {
      handle({std::move(message.subject), std::move(message.payload), [bus = bus_, to = std::move(message.reply)](std::string_view reply) {
                if (!to.empty()) bus->publish(to, reply);
              }});
    }));
  }
  std::filesystem::create_directories(config_.text("data") + "/run");
  local_ = std::make_unique<messaging::LocalServer>(loop_, messaging::local_socket_path(config_.text("data"), name),
                                                    [this](const messaging::Question& question) { handle(question); });
}

/// One question that cannot be answered (an answer larger than the bus takes, say) is that asker's trouble only.
void Host::handle(const messaging::Question& question) {
  const auto found = handlers_.find(question.subject);
  if (found == handlers_.end()) return refuse(question.answer, {ErrorCode::not_found, {}, {}, {}});
  try {
    (this->*found->second)(question);
  } catch (const std::exception& failure) {
    log::error("service", "message_failed", {{"subject", question.subject}, {"reason", failure.what()}});
    refuse(question.answer, {ErrorCode::internal, {}, {}, {}});
  }
}

void Host::answer_metrics(const messaging::Question& question) {
  question.answer(metrics_.text(reader_->log().head(), relay_->published(), writer_->queued()));
}

void Host::take_command(const messaging::Question& question) {
  auto request = read_request<CommandRequest>(question);
  if (!request) return refuse(question.answer, request.error());
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(request->deadline_ms);
  const auto rules = definition_.commands.find(request->name);
  if (rules == definition_.commands.end()) return refuse(question.answer, {ErrorCode::unknown_command, {}, {}, {}}, request->trace);
  if (!rules->second.is_slow) return prepare_and_submit(std::move(*request), question.answer, deadline);
  auto& workers = rules->second.waits_for_others ? askers_ : workers_;
  if (workers.waiting.fetch_add(1) >= k_slow_waiting_max) {
    --workers.waiting;
    return refuse(question.answer, too_many_at_once(), request->trace);
  }
  const auto latest_start = deadline - std::chrono::milliseconds(request->deadline_ms) / 2;
  boost::asio::post(workers.pool, [this, &workers, request = std::move(*request), answer = question.answer, deadline, latest_start] {
    try {
      // Its answer might come too late by then, and the work for it would make those behind it late as well.
      if (std::chrono::steady_clock::now() > latest_start) refuse(answer, too_many_at_once(), request.trace);
      else prepare_and_submit(request, answer, deadline);
    } catch (const std::exception& failure) {  // no memory for a hash, for example
      log::error("service", "command_failed", {{"command", request.name}, {"trace", request.trace}, {"reason", failure.what()}});
      refuse(answer, {ErrorCode::unavailable, "Nothing was changed. Try again in a moment.", {}, {}}, request.trace);
    }
    --workers.waiting;
  });
}

void Host::prepare_and_submit(CommandRequest request, messaging::Answer answer, std::chrono::steady_clock::time_point deadline) {
  const auto& rules = definition_.commands.find(request.name)->second;
  auto decide = rules.prepare(request.args, request.actor, *prepare_rows_);
  if (!decide && rules.is_slow && request.actor.person) {
    // It may have been carried out before, and what it led to is why it is refused now (the old password is wrong once
    // it has been changed): a repeated id is looked up first, by the writer.
    decide = Decide([refusal = decide.error()](domain::Context&, const Load&) -> Result<Verdict> {
      return std::unexpected(refusal);
    });
  }
  if (!decide) {
    metrics_.command(std::string(info(decide.error().code).name), {});
    return refuse(answer, decide.error(), request.trace);
  }
  submit(std::move(request), std::move(*decide), std::move(answer), deadline);
}

void Host::submit(CommandRequest request, Decide decide, messaging::Answer answer, std::chrono::steady_clock::time_point deadline) {
  struct Work {
    CommandRequest request;
    Decide decide;
    Executed executed{reject(ErrorCode::internal), {}, false};
    bool is_undone = false;
    std::chrono::steady_clock::time_point taken = std::chrono::steady_clock::now();
  };
  auto work = std::make_shared<Work>(Work{std::move(request), std::move(decide)});
  storage::Job job;
  job.work = [this, work, deadline](storage::Store& store) {
    if (std::chrono::steady_clock::now() > deadline) {
      work->executed.reply = reject(ErrorCode::deadline_exceeded, "Not done: the answer would have come too late. Send it again.");
      return;
    }
    try {
      work->executed = engine_.execute(store, work->request, work->decide);
    } catch (storage::Undo&) {
      throw;
    } catch (std::pair<Undone, Executed>& refused) {
      work->executed = std::move(refused.second);
      work->is_undone = true;
      throw storage::Undo();
    } catch (const storage::StorageFull&) {
      engine_.forget();
      throw;
    } catch (const std::exception& bug) {
      engine_.forget();  // a state may hold events that are being undone
      log::error("service", "command_failed", {{"command", work->request.name}, {"trace", work->request.trace}, {"reason", bug.what()}});
      throw;
    }
  };
  job.done = [this, work, answer](storage::Outcome outcome) {
    auto& reply = work->executed.reply;
    if (outcome == storage::Outcome::full) {
      reply = reject(ErrorCode::storage_full, "There is no room left, so this was not saved. Reading still works. Try again later.");
    } else if (outcome == storage::Outcome::failed && !work->is_undone) {
      reply = reject(ErrorCode::internal, "This was not saved.");
    }
    metrics_.command(!reply ? std::string(info(reply.error().code).name) : work->executed.is_repeat ? "repeat" : "ok",
                     std::chrono::steady_clock::now() - work->taken);
    if (reply) reply->others_later = !bus_->is_connected() || relay_->is_refused();
    answer(reply ? ok_reply(codec::encode(*reply)) : problem_reply(reply.error(), work->request.trace));
    if (outcome == storage::Outcome::committed) announce_later(work->executed.changes);
  };
  const auto trace = work->request.trace;
  if (!writer_->submit(std::move(job))) {
    refuse(answer, {ErrorCode::unavailable, "Too much is waiting to be saved. Nothing was changed; try again in a moment.", {}, {}}, trace);
  }
}

/// The changes of a group of commits go out together: a message for each would cost the bus, and every gateway, more
/// than all the rest of a command.
void Host::announce_later(const std::vector<Change>& changes) {
  for (const auto& change : changes) {
    append_line(change, announcements_);
    if (announcements_.size() > k_announced_bytes_max) announce();
  }
}

void Host::announce() {
  if (announcements_.empty()) return;
  // Moved out first: what the bus refuses as too large is healed by the next head, and not tried for ever.
  bus_->publish(subjects::changes(definition_.name), std::exchange(announcements_, {}));
  relay_->wake();
}

/// Runs `work` on the writer and announces what it changed once it is on disk. False when the writer takes no more.
bool Host::apply(Changing work, std::function<void(storage::Outcome)> done) {
  auto changes = std::make_shared<std::vector<Change>>();
  storage::Job job;
  job.work = [this, work = std::move(work), changes](storage::Store& store) {
    try {
      *changes = work(store, engine_);
    } catch (...) {
      engine_.forget();
      throw;
    }
  };
  job.done = [this, done = std::move(done), changes](storage::Outcome outcome) {
    if (done) done(outcome);  // first: whoever waits for it must not wait for an announcement that fails
    if (outcome == storage::Outcome::committed) announce_later(*changes);
  };
  return writer_->submit(std::move(job));
}

storage::Outcome Host::apply_and_wait(Changing work) {
  auto finished = std::make_shared<std::promise<storage::Outcome>>();
  auto result = finished->get_future();
  const bool is_taken = apply(std::move(work), [finished](storage::Outcome outcome) { finished->set_value(outcome); });
  return is_taken ? result.get() : storage::Outcome::failed;
}

void Host::answer_view(const messaging::Question& question) {
  metrics_.view();
  auto request = read_request<ViewRequest>(question);
  if (!request) return refuse(question.answer, request.error());
  auto& views = reader_->views();
  std::optional<ViewReply> reply;
  reader_->consistently([&] {
    const auto epoch = reader_->views().epoch();
    if (request->audience == k_private_audience) return;
    if (request->after && request->after->epoch == epoch) {
      if (auto changes = views.changes_after(request->topic, request->audience, request->after->version)) {
        const auto version = changes->empty() ? request->after->version : changes->back().version;
        reply = ViewReply{request->topic, request->audience, epoch, version, false, std::nullopt, std::move(*changes)};
        return;
      }
    }
    reply = views.snapshot(request->topic, request->audience);
    if (reply && request->after) reply->resync = true;
  });
  if (!reply) return refuse(question.answer, {ErrorCode::not_found, {}, {}, {}}, request->trace);
  question.answer(ok_reply(codec::encode(*reply)));
}

void Host::answer_heads(const messaging::Question& question) {
  const auto request = read_request<HeadsRequest>(question);
  if (!request) return refuse(question.answer, request.error());
  take_seen(request->seen, reader_->views().epoch());
  Head head{definition_.name, reader_->views().epoch(), request->since, 0, {}};
  reader_->consistently([&] {
    head.version = reader_->log().head();
    head.recent = reader_->views().heads_after(request->since, k_heads_answered_max);
    // Cut short: this answer reaches only so far, and the asker asks again from there.
    if (head.recent.size() >= k_heads_answered_max) head.version = head.recent.back().version;
  });
  question.answer(ok_reply(codec::encode(head)));
}

void Host::answer_events_since(const messaging::Question& question) {
  const auto request = read_request<EventsSinceRequest>(question);
  if (!request) return refuse(question.answer, request.error());
  take_seen(request->seen, reader_->log().epoch());
  EventsSinceReply reply;
  reader_->consistently([&] {
    reply.epoch = reader_->log().epoch();
    reply.head = reader_->log().head();
    const auto limit = static_cast<std::size_t>(std::clamp<std::int64_t>(request->limit, 1, 1000));
    reply.commits = read_commits(definition_, *reader_, request->after, limit);
  });
  question.answer(ok_reply(codec::encode(reply)));
}

/// Beside the loop, which nobody's look at a long log may hold up.
void Host::answer_audit(const messaging::Question& question) {
  auto request = read_request<AuditRequest>(question);
  if (!request) return refuse(question.answer, request.error());
  if (audits_waiting_.fetch_add(1) >= k_audits_waiting_max) {
    --audits_waiting_;
    return refuse(question.answer, {ErrorCode::unavailable, "Too many people are reading the log at once.", {}, {}}, request->trace);
  }
  boost::asio::post(auditing_, [this, request = std::move(*request), answer = question.answer] {
    try {
      const auto reply = audit_->answer(request);
      answer(reply ? ok_reply(codec::encode(*reply)) : problem_reply(reply.error(), request.trace));
    } catch (const std::exception& failure) {
      log::error("service", "audit_failed", {{"trace", request.trace}, {"reason", failure.what()}});
      refuse(answer, {ErrorCode::internal, {}, {}, {}}, request.trace);
    }
    --audits_waiting_;
  });
}

/// Nothing to tell: only the question when something was last in use, which the loop can answer.
void Host::answer_use(const messaging::Question& question) {
  const auto request = read_request<UseRequest>(question);
  if (!request) return refuse(question.answer, request.error());
  if (request->used.empty() && !request->asked.empty()) {
    UseReply reply;
    for (const auto& key : request->asked) {
      if (const auto at = reader_->last_use(key)) reply.last.push_back({key, *at});
    }
    return question.answer(ok_reply(codec::encode(reply)));
  }
  const auto reply = std::make_shared<UseReply>();
  const auto is_taken = apply(
      [this, request = *request, reply](storage::Store& store, Engine& engine) {
        auto [taken, changes] = take_use(definition_, request, store, engine, clock_.now());
        *reply = std::move(taken);
        return changes;
      },
      [reply, answer = question.answer](storage::Outcome outcome) {
        if (outcome == storage::Outcome::committed) answer(ok_reply(codec::encode(*reply)));
        else refuse(answer, {ErrorCode::unavailable, {}, {}, {}});   // it is told again
      });
  if (!is_taken) refuse(question.answer, {ErrorCode::unavailable, {}, {}, {}});
}

void Host::take_file(const messaging::Question& question) {
  const auto text = std::make_shared<const std::string>(question.payload);
  const auto [message, bytes] = split_bytes(*text);
  boost::system::error_code failed;
  const auto value = json::parse(message, failed);
  const auto put = failed ? Result<FilePut>(reject(ErrorCode::malformed_json)) : codec::decode<FilePut>(value);
  if (!put) return refuse(question.answer, put.error());
  const auto reply = std::make_shared<Result<FilePutReply>>(reject(ErrorCode::internal));
  const auto is_taken = apply(
      [this, put = *put, text, bytes, reply](storage::Store& store, Engine& engine) {
        *reply = take_bytes(definition_, put, bytes, store, engine, clock_.now());
        return std::vector<Change>();
      },
      [reply, answer = question.answer, trace = put->trace](storage::Outcome outcome) {
        if (outcome == storage::Outcome::full) *reply = reject(ErrorCode::storage_full, "There is no room left for this file. Reading still works. Try again later.");
        else if (outcome == storage::Outcome::failed) *reply = reject(ErrorCode::internal, "This part of the file was not saved.");
        answer(*reply ? ok_reply(codec::encode(**reply)) : problem_reply(reply->error(), trace));
      });
  if (!is_taken) refuse(question.answer, {ErrorCode::unavailable, {}, {}, {}}, put->trace);
}

/// Beside the loop: opening a piece takes its time.
void Host::give_file(const messaging::Question& question) {
  auto get = read_request<FileGet>(question);
  if (!get) return refuse(question.answer, get.error());
  if (files_waiting_.fetch_add(1) >= k_files_waiting_max) {
    --files_waiting_;
    return refuse(question.answer, {ErrorCode::unavailable, "Too many files are being read at once.", {}, {}}, get->trace);
  }
  boost::asio::post(filing_, [this, get = std::move(*get), answer = question.answer] {
    try {
      const auto reply = file_desk_->answer(get, clock_.now());
      answer(reply ? *reply : problem_reply(reply.error(), get.trace));
    } catch (const std::exception& failure) {
      log::error("service", "file_failed", {{"trace", get.trace}, {"reason", failure.what()}});
      refuse(answer, {ErrorCode::internal, {}, {}, {}}, get.trace);
    }
    --files_waiting_;
  });
}

/// The same id gives the same answer for seven days.
void Host::forget_old_answers() {
  const auto limit = clock_.now() - k_answers_kept;
  if (!writer_->submit({[limit](storage::Store& store) { store.forget_before(limit); }, {}})) {
    log::debug("service", "answers_kept_longer");
  }
}

/// Somebody knows a later version of the history of that name than its own log: the log was cut back.
void Host::take_seen(const std::optional<Position>& seen, const std::string& epoch) {
  if (seen && seen->epoch == epoch && seen->version > reader_->log().head()) begin_epoch();
}

/// Under the old name, everyone who saw what the restored file does not hold would take new events for old ones. The
/// new name is on disk before anyone hears it.
void Host::begin_epoch() {
  if (std::exchange(is_beginning_epoch_, true)) return;
  log::error("service", "history_was_cut_back",
             {{"epoch", reader_->log().epoch()},
              {"head", reader_->log().head()},
              {"meaning", "the file was restored from a backup; it begins a new epoch, and everyone takes it anew"}});
  const auto is_taken = writer_->submit({[](storage::Store& store) { store.begin_epoch(); }, [this](storage::Outcome outcome) {
                                           boost::asio::post(loop_, [this, outcome] {
                                             is_beginning_epoch_ = false;  // it is asked for again when it failed
                                             has_begun_epoch_ = outcome == storage::Outcome::committed;
                                             if (has_begun_epoch_) loop_.stop();
                                           });
                                         }});
  if (!is_taken) is_beginning_epoch_ = false;
}

Position Host::position() const { return {reader_->log().epoch(), reader_->log().head()}; }

void Host::keep_head() {
  if (is_cut_back_) begin_epoch();
  else head_file_.keep(position());
}

/// What could not be carried out is found again at the next tick.
void Host::carry_out_what_is_due() {
  if (definition_.due.empty()) return;
  const auto head = reader_->log().head();
  if (std::exchange(due_looked_at_, head) != head) next_due_ = next_due(definition_, StoreRows(*reader_));
  if (!next_due_ || *next_due_ > clock_.now()) return;
  const auto is_taken = apply(
      [this](storage::Store& store, Engine& engine) { return carry_out_due(definition_, store, engine, clock_.now()); }, {});
  if (!is_taken) log::warning("service", "due_later");
}

/// Once a second: how far this service is, and which topics changed in the last seconds.
void Host::tick() {
  Head head{definition_.name, reader_->views().epoch(), 0, 0, {}};
  head.since = recent_heads_.empty() ? 0 : recent_heads_.front();
  reader_->consistently([&] {
    head.version = reader_->log().head();
    if (recent_heads_.empty()) head.since = head.version;
    head.recent = reader_->views().heads_after(head.since, k_heads_listed_max);
  });
  if (head.recent.size() >= k_heads_listed_max) {  // too many to list: whoever is behind must ask
    head.recent.clear();
    head.since = head.version;
  }
  recent_heads_.push_back(head.version);
  if (recent_heads_.size() > k_heads_seconds) recent_heads_.erase(recent_heads_.begin());
  bus_->publish(subjects::head(definition_.name), json::serialize(codec::encode(head)));
  keep_head();
  carry_out_what_is_due();
  if (ticks_++ % k_forget_every_ticks == 0) forget_old_answers();
  timer_.expires_after(std::chrono::seconds(1));
  timer_.async_wait([this](boost::system::error_code cancelled) {
    if (!cancelled) tick();
  });
}

}  // namespace witan::service
