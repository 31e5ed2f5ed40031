#include <atomic>
#include <filesystem>
#include <future>
#include <map>
#include <set>
#include <thread>

#include <SQLiteCpp/Database.h>
#include <boost/asio/executor_work_guard.hpp>
#include <gtest/gtest.h>

#include "shared/service/host.hpp"
#include "tests/support/alarm_service.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/loop_thread.hpp"
#include "tests/support/nats_server.hpp"
#include "tests/support/note_service.hpp"
#include "tests/support/provisioning.hpp"

namespace witan::test {
namespace {

using namespace std::chrono_literals;

/// A service as it runs in production, in this process.
class RunningService {
 public:
  RunningService(service::Definition definition, const std::string& data, const NatsServer& nats)
      : config_(service::service_keys()) {
    EXPECT_TRUE(config_.set("data", data) && config_.set("bus_url", nats.url()));
    host_ = std::make_unique<service::Host>(std::move(definition), config_, thread_.loop);
    std::promise<void> started;
    boost::asio::post(thread_.loop, [&] {
      host_->start();
      started.set_value();
    });
    started.get_future().get();
  }
  ~RunningService() {
    thread_.finish();
    host_->stop();
  }
  /// It stopped by itself, to be started afresh with a new epoch.
  bool has_begun_epoch() const { return thread_.has_ended() && host_->has_begun_epoch(); }

 private:
  Config config_;
  LoopThread thread_;
  std::unique_ptr<service::Host> host_;
};

/// A person's side: commands and questions over the bus.
class Asker {
 public:
  explicit Asker(const NatsServer& nats) : bus(messaging::Bus::connect({nats.url(), "", "", "asker", {}})) {
    EXPECT_TRUE(eventually(5s, [&] { return bus->is_connected(); }));
  }
  std::future<Result<json::value>> send(const std::string& subject, const json::value& question) {
    auto answered = std::make_shared<std::promise<Result<json::value>>>();
    bus->request(subject, json::serialize(question), 5s, thread.loop.get_executor(), [answered](Result<std::string> text) {
      answered->set_value(text ? parse_reply(*text) : std::unexpected(text.error()));
    });
    return answered->get_future();
  }
  Result<json::value> ask(const std::string& subject, const json::value& question) { return send(subject, question).get(); }
  Result<CommandReply> command(const std::string& id, std::string_view name, json::object args) {
    CommandRequest request{id, std::string(name), std::move(args), {}, {}, 2000, "t"};
    request.actor.person = PersonId::from_trusted("abcdefghijklmnopqrstuvwx23");
    auto value = ask("cmd.meetings", codec::encode(request));
    if (!value) return std::unexpected(value.error());
    return codec::decode<CommandReply>(*value);
  }
  Result<ViewReply> view(const std::string& topic, std::optional<Position> after = {}) {
    auto value = ask("view.meetings", codec::encode(ViewRequest{topic, "public", std::move(after), "t"}));
    if (!value) return std::unexpected(value.error());
    return codec::decode<ViewReply>(*value);
  }
  std::string open_book() {
    Result<CommandReply> reply = reject(ErrorCode::unavailable);
    EXPECT_TRUE(eventually(5s, [&] { return (reply = command("open", "meetings.open_book", {{"title", "Minutes"}})).has_value(); }));
    return std::string(reply->result.at("book").as_string());
  }

  // The bus goes first, and waits for its last callback: until then one may still be at the loop.
  LoopThread thread;
  std::shared_ptr<messaging::Bus> bus;
};

// A second service that hears of notes: it keeps for each book which note it heard last under each number, and how
// often it was told of one.

struct NoteHeard {
  static constexpr std::string_view k_type = "note_heard";
  std::string book;
  std::int64_t number = 0;
  std::string note;
};
BOOST_DESCRIBE_STRUCT(NoteHeard, (), (book, number, note))

struct Heard {
  std::map<std::string, std::string> notes;
  std::int64_t tellings = 0;
};
BOOST_DESCRIBE_STRUCT(Heard, (), (notes, tellings))

struct HeardAggregate {
  static constexpr std::string_view k_kind = "heard";
  using State = Heard;
  using Event = std::variant<NoteHeard>;
  static State evolve(State state, const Event& event) {
    const auto& heard = std::get<NoteHeard>(event);
    state.notes[std::to_string(heard.number)] = heard.note;
    ++state.tellings;
    return state;
  }
  static bool exists(const State& state) { return !state.notes.empty(); }
  static std::string topic(std::string_view id) { return "groups/" + std::string(id); }
  static void present(const Event& event, const domain::EventInfo&, const State& after, domain::Presenter& presenter) {
    const auto& heard = std::get<NoteHeard>(event);
    presenter.access(topic(heard.book), {{"public", Who::anyone, {}, {}, {}}});
    presenter.put_value(topic(heard.book), "public", "heard", codec::encode(after));
  }
  static std::optional<json::object> publish(const Event&, const domain::Rows&) { return std::nullopt; }
  static domain::AuditLine describe(const Event&, const State&, const State&, const domain::Rows&) { return {}; }
};

Result<domain::Decided<HeardAggregate::Event>> decide(const Heard&, const notes::NoteWritten& note, domain::Context&) {
  domain::Decided<HeardAggregate::Event> decided;
  decided.events = {NoteHeard{note.book, note.number, note.text.text_id}};
  return decided;
}

service::Definition listener() {
  return service::Builder("advisory")
      .aggregate<HeardAggregate>()
      .notice<notes::NoteWritten, HeardAggregate>("meetings", [](const notes::NoteWritten& n) { return n.book; })
      .build();
}

Heard heard(Asker& asker, const std::string& book) {
  const auto value = asker.ask("view.advisory", codec::encode(ViewRequest{"groups/" + book, "public", {}, "t"}));
  if (!value) return {};
  const auto reply = codec::decode<ViewReply>(*value);
  return reply && reply->entities ? codec::decode<Heard>(reply->entities->at("heard")).value() : Heard{};
}

/// That many notes, and nothing was told twice.
bool has_heard_once(Asker& asker, const std::string& book, std::size_t notes) {
  const auto all = heard(asker, book);
  EXPECT_LE(all.tellings, static_cast<std::int64_t>(all.notes.size()));
  return all.notes.size() == notes;
}

/// The notes by number, as the producer's own log has them.
std::map<std::string, std::string> written(Asker& asker) {
  std::map<std::string, std::string> notes;
  const auto value = asker.ask("evt-since.meetings", codec::encode(EventsSinceRequest{0, 1000, {}}));
  const auto reply = value ? codec::decode<EventsSinceReply>(*value) : Result<EventsSinceReply>(EventsSinceReply{});
  for (const auto& commit : reply.value().commits) {
    for (const auto& event : commit.events) {
      if (event.type != notes::NoteWritten::k_type) continue;
      const auto note = codec::decode<notes::NoteWritten>(event.data).value();
      notes[std::to_string(note.number)] = note.text.text_id;
    }
  }
  return notes;
}

class ServiceHost : public testing::Test {
 protected:
  inline static const std::vector<nats::Service> k_layout = {{"meetings", {}}, {"advisory", {"meetings"}}};

  /// The newest on meetings' stream; nothing while there is no stream.
  static std::optional<CloudEvent> last_event(Asker& asker) {
    try {
      const auto last = asker.bus->last_event("EVT_meetings");
      return last ? std::optional(codec::decode<CloudEvent>(json::parse(last->payload)).value()) : std::nullopt;
    } catch (const messaging::StreamAbsent&) {
      return std::nullopt;
    }
  }

  TempFolder folder;
  NatsServer nats;
  std::optional<Provisioned> streams{std::in_place, nats, k_layout};
};

/// A producer and its consumer; the producer's file is put back to an older backup.
class RestoredService : public ServiceHost {
 protected:
  RestoredService() {
    start();
    book = asker.open_book();
    write(5);
    back_up();
    write(3);  // these are lost
    EXPECT_TRUE(eventually(10s, [&] { return has_heard_once(asker, book, 8); }));
  }

  void start() { producer.emplace(notes::definition(), folder.path(), nats); }
  void write(int count) {
    for (int i = 0; i < count; ++i) {
      const auto id = "n" + std::to_string(commands_++);
      EXPECT_TRUE(eventually(10s, [&] { return asker.command(id, "meetings.write_note", {{"book", book}, {"text", id}}).has_value(); }));
    }
  }
  /// While it runs, as an operator does.
  void back_up() { storage::Store::open(file_, storage::Store::Mode::read)->database().exec("VACUUM INTO '" + backup_ + "'"); }
  /// As when everything but the backup was lost, so that the service itself cannot know that it had been further.
  void restore() {
    restore_beside_its_head();
    std::filesystem::remove(folder.file("meetings.head"));
  }
  void restore_beside_its_head() {
    producer.reset();
    for (const auto* end : {"-wal", "-shm"}) std::filesystem::remove(file_ + end);
    std::filesystem::copy_file(backup_, file_, std::filesystem::copy_options::overwrite_existing);
  }
  std::string epoch() { return storage::Store::open(file_, storage::Store::Mode::read)->log().epoch(); }
  bool begins_epoch_and_starts_afresh() {
    if (!eventually(10s, [&] { return producer->has_begun_epoch(); })) return false;
    producer.reset();
    start();
    return true;
  }
  /// The consumer ends with what the producer's log says; only events that are in no log any more cannot tell.
  bool consumer_follows() {
    write(3);  // as many as were lost, under the same numbers
    return eventually(10s, [&] { return heard(asker, book).notes == written(asker); });
  }

  std::optional<RunningService> producer;
  RunningService consumer{listener(), folder.path(), nats};
  Asker asker{nats};
  std::string book;

 private:
  std::string file_ = folder.file("meetings.sqlite"), backup_ = folder.file("backup.sqlite");
  int commands_ = 0;
};

TEST_F(ServiceHost, answers_commands_and_views_and_announces_the_change) {
  RunningService service(notes::definition(), folder.path(), nats);
  Asker asker(nats);
  const auto book = asker.open_book();
  std::promise<std::string> seen;
  auto subscription = asker.bus->subscribe("live.meetings.changes", "", asker.thread.loop.get_executor(),
                                           [&](messaging::Message m) {
                                             // The book's own change may still be on its way.
                                             if (m.payload.contains("hello")) seen.set_value(m.payload);
                                           });
  const auto reply = asker.command("n1", "meetings.write_note", {{"book", book}, {"text", "hello"}});
  ASSERT_TRUE(reply);
  auto announced = seen.get_future();
  ASSERT_EQ(announced.wait_for(2s), std::future_status::ready);
  const auto text = announced.get();
  const auto lines = change_lines(text);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].audience, "public");
  EXPECT_EQ(lines[0].topic, "meetings/" + book);
  const auto change = codec::decode<Change>(json::parse(lines[0].json));
  ASSERT_TRUE(change);
  EXPECT_EQ(change->version, reply->version);
  const auto view = asker.view("meetings/" + book);
  ASSERT_TRUE(view);
  EXPECT_EQ(view->version, reply->version);
  EXPECT_EQ(view->entities->at("note/1"), change->put.at("note/1"));
}

TEST_F(ServiceHost, does_no_slow_work_for_whoever_has_waited_too_long_for_it) {
  std::promise<void> gate;
  std::atomic<int> begun = 0;
  auto definition = notes::definition();
  auto& rules = definition.commands.at(std::string(notes::OpenBook::k_name));
  rules.is_slow = true;
  rules.prepare = [&begun, opened = gate.get_future().share(), prepare = rules.prepare](const auto& args, const auto& actor, const auto& rows) {
    ++begun;
    opened.wait_for(20s);
    return prepare(args, actor, rows);
  };
  const RunningService service(std::move(definition), folder.path(), nats);
  Asker asker(nats);
  const auto is_taken_in = [&] {   // in order on one subject: what was sent before this has been taken in, too
    const auto refused = asker.command("r", "meetings.unheard_of", {});
    return !refused && refused.error().code == ErrorCode::unknown_command;
  };
  ASSERT_TRUE(eventually(5s, is_taken_in));
  const auto open_book = [&](const std::string& id, std::int64_t deadline_ms) {
    return asker.send("cmd.meetings", codec::encode(CommandRequest{id, std::string(notes::OpenBook::k_name), {{"title", id}}, {}, {}, deadline_ms, "t"}));
  };
  auto first = open_book("first", 5000), second = open_book("second", 5000);
  ASSERT_TRUE(eventually(5s, [&] { return begun == 2; })) << "all workers are busy";
  auto late = open_book("late", 1);
  ASSERT_TRUE(is_taken_in());
  const auto waited = std::chrono::steady_clock::now() + 2ms;
  ASSERT_TRUE(eventually(5s, [&] { return std::chrono::steady_clock::now() > waited; }));
  gate.set_value();
  const auto answer = late.get();
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::unavailable);
  EXPECT_TRUE(first.get() && second.get());
  EXPECT_EQ(begun, 2);
}

TEST_F(ServiceHost, shows_an_empty_public_list_before_anything_happened) {
  RunningService service(service::Builder("meetings").public_list("meetings").build(), folder.path(), nats);
  Asker asker(nats);
  Result<ViewReply> view = reject(ErrorCode::unavailable);
  ASSERT_TRUE(eventually(5s, [&] { return (view = asker.view("meetings")).has_value(); }));
  EXPECT_TRUE(view->entities->empty());
}

TEST_F(ServiceHost, answers_a_resuming_reader_with_what_it_missed_and_no_more) {
  RunningService service(notes::definition(), folder.path(), nats);
  Asker asker(nats);
  const auto book = asker.open_book();
  const auto first = asker.command("n1", "meetings.write_note", {{"book", book}, {"text", "one"}});
  asker.command("n2", "meetings.write_note", {{"book", book}, {"text", "two"}});
  asker.command("n3", "meetings.write_note", {{"book", book}, {"text", "three"}});
  const auto missed = asker.view("meetings/" + book, Position{first->epoch, first->version});
  ASSERT_TRUE(missed && missed->changes);
  std::set<std::string> keys;
  for (const auto& change : *missed->changes) {
    for (const auto& entry : change.put) keys.insert(std::string(entry.key()));
  }
  EXPECT_EQ(keys, (std::set<std::string>{"book", "note/2", "note/3"}));
  EXPECT_EQ(missed->changes->front().prev, first->version);
  const auto other_epoch = asker.view("meetings/" + book, Position{"another", first->version});
  ASSERT_TRUE(other_epoch);
  EXPECT_TRUE(other_epoch->resync);
  EXPECT_TRUE(other_epoch->entities);
}

TEST_F(ServiceHost, refuses_what_it_cannot_read) {
  RunningService service(notes::definition(), folder.path(), nats);
  Asker asker(nats);
  asker.open_book();
  EXPECT_EQ(asker.ask("cmd.meetings", "nonsense").error().code, ErrorCode::invalid_arguments);
  EXPECT_EQ(asker.command("x", "meetings.fly", {}).error().code, ErrorCode::unknown_command);
  EXPECT_EQ(asker.view("meetings/nowhere").error().code, ErrorCode::not_found);
}

TEST_F(ServiceHost, keeps_committing_while_the_bus_store_is_lost_and_fills_it_again) {
  RunningService service(notes::definition(), folder.path(), nats);
  RunningService other(listener(), folder.path(), nats);
  Asker asker(nats);
  const auto book = asker.open_book();
  int written = 0;
  const auto write = [&](int count) {
    for (const int until = written + count; written < until; ++written) {
      const auto id = "n" + std::to_string(written);
      EXPECT_TRUE(eventually(10s, [&] { return asker.command(id, "meetings.write_note", {{"book", book}, {"text", "x"}}).has_value(); }));
    }
  };
  write(20);
  ASSERT_TRUE(eventually(10s, [&] { return has_heard_once(asker, book, 20); }));
  nats.delete_store();  // while it runs
  write(20);
  nats.kill();
  nats.delete_store();
  nats.restart();
  write(20);
  EXPECT_TRUE(eventually(20s, [&] { return has_heard_once(asker, book, 60); }));
  // The stream holds the whole history again.
  EXPECT_TRUE(eventually(10s, [&] {
    const auto last = last_event(asker);
    return last && last->data.last == 61;
  }));
}

/// Without the provisioner from the start, and with it again.
TEST_F(ServiceHost, waits_for_its_stream_says_so_and_goes_on_by_itself) {
  streams.reset();
  nats.kill();
  nats.delete_store();
  nats.restart();
  testing::internal::CaptureStdout();
  {
    RunningService service(notes::definition(), folder.path(), nats);
    RunningService other(listener(), folder.path(), nats);
    Asker asker(nats);
    const auto book = asker.open_book();
    // The relay looks for its stream before or after the first command; what it cannot publish now, it says.
    std::size_t notes = 0;
    Result<CommandReply> reply = reject(ErrorCode::unavailable);
    EXPECT_TRUE(eventually(10s, [&] {
      reply = asker.command("n" + std::to_string(notes), "meetings.write_note", {{"book", book}, {"text", "x"}});
      if (reply) ++notes;
      return reply && reply->others_later;
    }));
    streams.emplace(nats, k_layout);
    EXPECT_TRUE(eventually(20s, [&] {
      const auto last = last_event(asker);
      return last && last->data.last == reply->version;
    }));
    EXPECT_TRUE(eventually(10s, [&] { return has_heard_once(asker, book, notes); }));
  }
  const auto log = testing::internal::GetCapturedStdout();
  EXPECT_TRUE(log.contains(R"("event":"waiting_for_stream","stream":"EVT_meetings")")) << log;
  EXPECT_TRUE(log.contains(R"("event":"waiting_for_stream","producer":"meetings")")) << log;
  EXPECT_TRUE(log.contains(R"("event":"bus_takes_events_again")")) << log;
}

TEST_F(ServiceHost, shows_rows_of_the_shape_that_it_gives_them_now_from_the_first_answer_on) {
  std::string book;
  {
    RunningService service(notes::definition(), folder.path(), nats);
    Asker asker(nats);
    book = asker.open_book();
  }
  auto newer = notes::definition();
  newer.views_shape = 2;
  newer.aggregates.find("book")->second.present = [](std::string_view, const json::value& data, const domain::EventInfo&,
                                                     const std::any&, domain::Presenter& presenter) {
    const auto topic = "meetings/" + std::string(data.at("book").as_string());
    presenter.access(topic, {{"public", Who::anyone, {}, {}, {}}});
    presenter.put_value(topic, "public", "spine", json::object{{"title", data.at("title")}});
  };
  RunningService service(std::move(newer), folder.path(), nats);
  Asker asker(nats);
  const auto answer = asker.ask("view.meetings", codec::encode(ViewRequest{"meetings/" + book, "public", {}, "t"}));
  ASSERT_TRUE(answer);
  const auto reply = codec::decode<ViewReply>(*answer);
  ASSERT_TRUE(reply && reply->entities);
  EXPECT_TRUE(reply->entities->contains("spine"));
  EXPECT_FALSE(reply->entities->contains("book"));
}

TEST_F(ServiceHost, goes_on_where_it_was_after_a_restart) {
  std::string book;
  {
    RunningService service(notes::definition(), folder.path(), nats);
    RunningService other(listener(), folder.path(), nats);
    Asker asker(nats);
    book = asker.open_book();
    ASSERT_TRUE(asker.command("n1", "meetings.write_note", {{"book", book}, {"text", "x"}}));
  }
  RunningService service(notes::definition(), folder.path(), nats);
  RunningService other(listener(), folder.path(), nats);
  Asker asker(nats);
  Result<CommandReply> reply = reject(ErrorCode::unavailable);
  ASSERT_TRUE(eventually(5s, [&] { return (reply = asker.command("n2", "meetings.write_note", {{"book", book}, {"text", "y"}})).has_value(); }));
  EXPECT_EQ(reply->result.at("number").as_int64(), 2);
  EXPECT_TRUE(eventually(10s, [&] { return has_heard_once(asker, book, 2); }));
}

TEST_F(ServiceHost, does_what_is_due_by_itself_and_tells_everyone) {
  RunningService service(alarms::definition(), folder.path(), nats);
  Asker asker(nats);
  std::atomic<bool> has_rung = false;
  const auto changes = asker.bus->subscribe("live.meetings.changes", "", asker.thread.loop.get_executor(), [&](const messaging::Message& m) {
    if (m.payload.contains("\"has_rung\":true")) has_rung = true;
  });
  const auto args = codec::encode(alarms::SetAlarm{SystemClock().now() + 300ms}).as_object();
  ASSERT_TRUE(eventually(5s, [&] { return asker.command("a", "meetings.set_alarm", args).has_value(); }));
  EXPECT_FALSE(has_rung);
  EXPECT_TRUE(eventually(10s, [&] { return has_rung.load(); }));
}

TEST_F(ServiceHost, tries_work_outside_again_until_it_is_done_and_then_no_more) {
  std::atomic<int> tries = 0;
  const auto ring = [&](const std::string&, const domain::Rows&) -> service::WorkOutcome {
    if (++tries < 3) throw std::runtime_error("nobody answers");
    return std::nullopt;
  };
  Asker asker(nats);
  std::atomic<int> rung = 0;
  const auto changes = asker.bus->subscribe("live.meetings.changes", "", asker.thread.loop.get_executor(), [&](const messaging::Message& m) {
    if (m.payload.contains("\"has_rung\":true")) ++rung;
  });
  const auto args = codec::encode(alarms::SetAlarm{SystemClock().now()}).as_object();
  {
    RunningService service(alarms::definition_with(ring), folder.path(), nats);
    ASSERT_TRUE(eventually(5s, [&] { return asker.command("a", "meetings.set_alarm", args).has_value(); }));
    EXPECT_TRUE(eventually(20s, [&] { return rung == 1; }));
    EXPECT_EQ(tries, 3);
  }
  RunningService again(alarms::definition_with(ring), folder.path(), nats);
  ASSERT_TRUE(eventually(5s, [&] { return asker.command("b", "meetings.set_alarm", args).has_value(); }));
  EXPECT_TRUE(eventually(20s, [&] { return rung == 2; }));
  EXPECT_EQ(tries, 4) << "what was noted as done is not done again after a restart";
}

TEST_F(ServiceHost, goes_on_with_work_outside_that_waited_over_a_restart) {
  std::atomic<bool> may = false;
  const auto ring = [&](const std::string&, const domain::Rows&) -> service::WorkOutcome {
    if (!may) throw std::runtime_error("nobody answers");
    return std::nullopt;
  };
  Asker asker(nats);
  std::atomic<bool> rung = false;
  const auto changes = asker.bus->subscribe("live.meetings.changes", "", asker.thread.loop.get_executor(), [&](const messaging::Message& m) {
    if (m.payload.contains("\"has_rung\":true")) rung = true;
  });
  {
    RunningService service(alarms::definition_with(ring), folder.path(), nats);
    const auto args = codec::encode(alarms::SetAlarm{SystemClock().now()}).as_object();
    ASSERT_TRUE(eventually(5s, [&] { return asker.command("a", "meetings.set_alarm", args).has_value(); }));
  }
  EXPECT_FALSE(rung);
  may = true;
  RunningService again(alarms::definition_with(ring), folder.path(), nats);
  EXPECT_TRUE(eventually(20s, [&] { return rung.load(); }));
}

/// A service with two books, each the business of a body of its own id, and who may look at its log.
class AuditedService : public ServiceHost {
 protected:
  AuditedService() {
    first = asker.open_book();
    for (int i = 1; i <= 3; ++i) write(first, i);
    second = std::string(asker.command("second", "meetings.open_book", {{"title", "Accounts"}})->result.at("book").as_string());
    write(second, 4);
  }
  void write(const std::string& book, int number) {
    const auto text = "note " + std::to_string(number);
    EXPECT_TRUE(asker.command("n" + std::to_string(number), "meetings.write_note", {{"book", book}, {"text", text}}));
  }
  static AuditRequest question(Role role = Role::auditor) {
    AuditRequest request;
    request.actor.person = PersonId::from_trusted("auditorauditorauditoraaaaa");
    request.actor.roles[std::string(k_everywhere)] = {role};
    return request;
  }
  Result<AuditReply> ask(const AuditRequest& request) {
    auto value = asker.ask("audit.meetings", codec::encode(request));
    if (!value) return std::unexpected(value.error());
    return codec::decode<AuditReply>(*value);
  }
  std::vector<std::string> lines(const AuditRequest& request) {
    std::vector<std::string> said;
    for (const auto& entry : ask(request).value_or(AuditReply()).entries) said.push_back(entry.what + " " + entry.from + ">" + entry.to);
    return said;
  }

  using Lines = std::vector<std::string>;
  RunningService service{notes::definition(), folder.path(), nats};
  Asker asker{nats};
  std::string first, second;
};

TEST_F(AuditedService, tells_auditors_and_administrators_what_happened_newest_first) {
  const Lines all{"Wrote note 4 0>1", "Opened Accounts >0", "Wrote note 3 2>3", "Wrote note 2 1>2", "Wrote note 1 0>1", "Opened Minutes >0"};
  EXPECT_EQ(lines(question()), all);
  EXPECT_EQ(lines(question(Role::administrator)), all);
  const auto reply = ask(question());
  EXPECT_FALSE(reply->next) << "there is nothing older";
  EXPECT_EQ(reply->kinds, (Lines{"book_opened", "note_written"}));
  const auto& entry = reply->entries.front();
  EXPECT_EQ(entry.seq, 6);
  EXPECT_EQ(entry.kind, "note_written");
  EXPECT_EQ(entry.person, PersonId::parse("abcdefghijklmnopqrstuvwx23"));
  EXPECT_EQ(entry.body, BodyId::parse(second));
}

TEST_F(AuditedService, tells_nobody_else) {
  EXPECT_EQ(ask(question(Role::secretary)).error().code, ErrorCode::forbidden);
  auto elsewhere = question();
  elsewhere.actor.roles = {{first, {Role::auditor, Role::administrator}}};
  EXPECT_EQ(ask(elsewhere).error().code, ErrorCode::forbidden);
  auto stranger = question();
  stranger.actor = {};
  EXPECT_EQ(ask(stranger).error().code, ErrorCode::not_signed_in);
}

TEST_F(AuditedService, goes_on_where_a_look_at_the_log_ended) {
  auto request = question();
  request.limit = 4;
  const auto newest = ask(request);
  ASSERT_TRUE(newest && newest->next);
  EXPECT_EQ(newest->entries.size(), 4U);
  request.before = newest->next;
  EXPECT_EQ(lines(request), (Lines{"Wrote note 1 0>1", "Opened Minutes >0"}));
}

TEST_F(AuditedService, shows_what_is_asked_for_by_person_body_kind_and_time) {
  auto request = question();
  request.kind = "book_opened";
  EXPECT_EQ(lines(request), (Lines{"Opened Accounts >0", "Opened Minutes >0"}));
  request.body = BodyId::parse(first);
  EXPECT_EQ(lines(request), (Lines{"Opened Minutes >0"}));
  request.person = PersonId::parse("abcdefghijklmnopqrstuvwx23");
  EXPECT_EQ(lines(request), (Lines{"Opened Minutes >0"}));
  request.person = PersonId::parse("somebodysomebodysomebodyaa");
  EXPECT_EQ(lines(request), Lines());
  auto whom = question();
  whom.person = PersonId::parse(second);  // named in the events, as whom they are about
  EXPECT_EQ(lines(whom).size(), 2U);
  auto unknown = question();
  unknown.kind = "book_burnt";
  EXPECT_EQ(lines(unknown), Lines());
  const auto oldest = ask(question())->entries.back().at;
  auto days = question();
  days.from = oldest - 2h;
  days.to = oldest + 2h;
  EXPECT_EQ(lines(days).size(), 6U);
  days.to = oldest;
  EXPECT_EQ(lines(days), Lines()) << "up to that moment, and no longer at it";
  days.to = oldest + 48h;
  days.from = oldest + 24h;
  EXPECT_EQ(lines(days), Lines());
}

TEST_F(RestoredService, begins_a_new_epoch_when_the_stream_is_ahead_of_its_log) {
  const auto before = epoch();
  restore();
  start();
  ASSERT_TRUE(begins_epoch_and_starts_afresh());
  EXPECT_NE(epoch(), before);
  EXPECT_TRUE(consumer_follows());
  EXPECT_FALSE(producer->has_begun_epoch());
}

TEST_F(RestoredService, knows_by_itself_before_anybody_is_answered) {
  const auto before = epoch();
  nats.kill();  // nobody can tell it
  restore_beside_its_head();
  start();
  ASSERT_TRUE(eventually(10s, [&] { return producer->has_begun_epoch(); }));
  EXPECT_NE(epoch(), before);
  producer.reset();
  nats.restart();
  start();
  EXPECT_TRUE(consumer_follows());
  EXPECT_FALSE(producer->has_begun_epoch());
}

TEST_F(RestoredService, begins_a_new_epoch_when_its_log_has_grown_past_the_stream_again) {
  restore();
  {
    NatsServer elsewhere;
    RunningService alone(notes::definition(), folder.path(), elsewhere);
    Asker other(elsewhere);
    for (const auto* id : {"a", "b", "c", "d"}) {
      EXPECT_TRUE(eventually(10s, [&] { return other.command(id, "meetings.write_note", {{"book", book}, {"text", id}}).has_value(); }));
    }
  }
  start();
  ASSERT_TRUE(begins_epoch_and_starts_afresh());
  EXPECT_TRUE(consumer_follows());
}

TEST_F(RestoredService, is_told_by_a_consumer_when_the_bus_has_lost_everything_too) {
  producer.reset();
  nats.kill();
  nats.delete_store();
  nats.restart();
  restore();
  start();
  ASSERT_TRUE(begins_epoch_and_starts_afresh());
  EXPECT_TRUE(consumer_follows());
}

TEST_F(RestoredService, is_told_by_a_gateway_that_has_seen_more) {
  const auto at = asker.view("meetings/" + book);
  ASSERT_TRUE(at);
  const auto ask = [&](const Position& seen) {
    return asker.ask("view.meetings.heads", codec::encode(HeadsRequest{at->version, seen})).has_value();
  };
  EXPECT_TRUE(ask({at->epoch, at->version}));
  EXPECT_TRUE(ask({"another", at->version + 1}));
  EXPECT_EQ(asker.view("meetings/" + book)->epoch, at->epoch);
  EXPECT_TRUE(ask({at->epoch, at->version + 1}));
  EXPECT_TRUE(begins_epoch_and_starts_afresh());
}

}  // namespace
}  // namespace witan::test
