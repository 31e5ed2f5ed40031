// witan-bench-votes [FOLDER [SEATS]]: a secret ballot of a body, everybody at once, by the real rules on a file of its own, beside the same
// number of the plainest commands there are; and the replay of such a meeting once it is over. Prints one JSON object a line.
#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <thread>

#include <fmt/format.h>

#include "services/meetings/app/meetings_service.hpp"
#include "shared/base/ids.hpp"
#include "shared/contract/directory.hpp"
#include "shared/contract/meetings.hpp"
#include "shared/service/presenting.hpp"
#include "tests/bench/service.hpp"

namespace witan {
namespace {

namespace wire = contract::meetings;
namespace directory = contract::directory;
using bench::print;
using bench::seconds_since;
using bench::Service;
using bench::Steady;

/// Counts answers until all are there.
class Answers {
 public:
  explicit Answers(int wanted) : wanted_(wanted) {}
  void take(bool is_done) {
    const std::lock_guard lock(mutex_);
    done_ += is_done ? 1 : 0;
    if (++came_ == wanted_) all_.notify_all();
  }
  int wait() {
    std::unique_lock lock(mutex_);
    all_.wait(lock, [&] { return came_ == wanted_; });
    return done_;
  }

 private:
  const int wanted_;
  int came_ = 0, done_ = 0;
  std::mutex mutex_;
  std::condition_variable all_;
};

class Council {
 public:
  Council(Service& service, int seats) : service_(service) {
    secretary_.person = PersonId::random();
    secretary_.roles[body_.str()] = {Role::secretary};
    service_.hear(directory::BodyEstablishedNotice{body_, "Bench", directory::BodyKind::council});
    for (int n = 0; n < seats; ++n) {
      members_.push_back({SeatId::random(), {}});
      auto& [seat, actor] = members_.back();
      actor.person = PersonId::random();
      actor.roles[body_.str()] = {Role::member};
      service_.hear(directory::SeatFilledNotice{body_, seat, fmt::format("Member {}", n), Role::member, *actor.person, fmt::format("Person {}", n), "An organisation"});
    }
    meeting_ = MeetingId::from_trusted(std::string(service_.run(secretary_, wire::ScheduleMeeting{body_, {"A meeting"}, {"2030-01-15"}, {"10:00"}, {"12:00"}, {"Here"}, {}, {}}).at("meeting").as_string()));
    item_ = AgendaItemId::from_trusted(std::string(service_.run(secretary_, wire::AddAgendaItem{meeting_, {"Item"}, wire::ItemKind::decision, {}, {10}, {}, {}}).at("item").as_string()));
    service_.run(secretary_, wire::PublishAgenda{meeting_, {{"Late"}}});
    service_.run(secretary_, wire::StartMeeting{meeting_});
    for (const auto& [seat, actor] : members_) service_.run(secretary_, wire::RecordAttendance{meeting_, seat, wire::Presence::present, {}, {}});
  }

  VoteId open(wire::VoteKind kind) {
    return VoteId::from_trusted(std::string(service_.run(secretary_, wire::OpenVote{meeting_, item_, kind, {}, {{"Shall we?"}}}).at("vote").as_string()));
  }
  /// `count` members at once, each twice, as an impatient person does; how many were counted.
  int cast(const VoteId& vote, int count, Answers& answers) {
    for (int n = 0; n < 2 * count; ++n) {
      const auto& [seat, actor] = members_[static_cast<std::size_t>(n % count)];
      const wire::CastVote cast{meeting_, vote, seat, static_cast<wire::VoteChoice>(n % count % 3)};
      service_.submit(actor, wire::CastVote::k_name, codec::encode(cast).as_object(), [&](const auto& reply) { answers.take(reply.has_value()); });
    }
    return answers.wait();
  }
  void close(const VoteId& vote) { service_.run(secretary_, wire::CloseVote{meeting_, vote}); }
  /// `turns` times somebody asks, speaks and is done: three events each.
  void speak(int turns) {
    for (int n = 0; n < turns; ++n) {
      const auto& seat = members_[static_cast<std::size_t>(n) % members_.size()].first;
      service_.run(secretary_, wire::AskToSpeak{meeting_, seat, {}});
      service_.run(secretary_, wire::GiveFloor{meeting_, seat});
      service_.run(secretary_, wire::EndTurn{meeting_, seat});
    }
  }
  MeetingId end() {
    service_.run(secretary_, wire::CloseMeeting{meeting_});
    return meeting_;
  }
  /// What the file says now.
  wire::VoteView row(const VoteId& vote) {
    std::optional<wire::VoteView> found;
    service_.in_store([&](storage::Store& store) { found = service::StoreRows(store).row_as<wire::VoteView>("votes/" + meeting_.str(), "public", "vote/" + vote.str()); });
    return found.value();
  }

 private:
  Service& service_;
  BodyId body_ = BodyId::random();
  Actor secretary_;
  MeetingId meeting_;
  AgendaItemId item_;
  std::vector<std::pair<SeatId, Actor>> members_;
};

/// In as many ballots as it takes: a body has 400 seats at most.
void measure(Council& council, wire::VoteKind kind, std::string_view name, int votes, int seats) {
  double opening = 0, casting = 0, closing = 0;
  int answered = 0;
  std::int64_t counted = 0;
  bool is_right = true;
  for (int left = votes; left > 0; left -= seats) {
    const int count = std::min(left, seats);
    auto start = Steady::now();
    const auto vote = council.open(kind);
    opening += seconds_since(start);
    start = Steady::now();
    Answers answers(2 * count);
    answered += council.cast(vote, count, answers);
    casting += seconds_since(start);
    start = Steady::now();
    council.close(vote);
    closing += seconds_since(start);
    const auto row = council.row(vote);
    counted += *row.in_favour + *row.against + *row.abstained;
    is_right = is_right && row.in_favour == (count + 2) / 3 && row.against == (count + 1) / 3 && row.abstained == count / 3;
  }
  const auto conditions = fmt::format("{} votes by a body of {} seats, each sent twice at once; answered ok: {}", votes, seats, answered);
  print(fmt::format("{}_s", name), "s", casting, conditions, kind == wire::VoteKind::secret ? "<= 5" : "");
  print(fmt::format("{}_opening_s", name), "s", opening, conditions);
  print(fmt::format("{}_closing_s", name), "s", closing, conditions);
  print(fmt::format("{}_lost_or_doubled", name), "", static_cast<double>(std::abs(counted - votes)) + (is_right && answered == votes ? 0 : 1), conditions, "0");
}

/// The floor: as many of the smallest commands that write anything.
void measure_floor(const std::string& path, int commands) {
  storage::Writer writer(path, {});
  Answers answers(commands);
  const auto start = Steady::now();
  for (int n = 0; n < commands; ++n) {
    writer.submit({[](storage::Store& store) {
                     const auto id = random_id_text();
                     store.log().append("vote/" + id, 0, {{"vote_cast", R"({"vote":")" + id + R"("})"}}, {Timestamp(), id, id});
                   },
                   [&](storage::Outcome outcome) { answers.take(outcome == storage::Outcome::committed); }});
  }
  answers.wait();
  print("votes_floor_s", "s", seconds_since(start), fmt::format("{} events written, and nothing else, all sent at once", commands));
}

/// A meeting of `events` events is over: what closing it takes, which writes its replay, and how fast a page of that is read, beside a row of
/// the same length in a file that has nothing else.
void measure_replay(const std::string& folder, int seats, std::int64_t events) {
  Service service(meetings::definition(), folder + "/replayed.sqlite");
  Council council(service, seats);
  const auto head = [&] {
    std::int64_t seq = 0;
    service.in_store([&](storage::Store& store) { seq = store.log().head(); });
    return seq;
  };
  while (head() < events / 2) {
    const auto vote = council.open(wire::VoteKind::named);
    Answers answers(2 * seats);
    council.cast(vote, seats, answers);
    council.close(vote);
  }
  council.speak(static_cast<int>((events - head()) / 3));
  auto start = Steady::now();
  const auto meeting = council.end();
  const auto closing = seconds_since(start);
  const auto conditions = fmt::format("a meeting of {} events by a body of {} seats", head(), seats);
  print("replay_closing_s", "s", closing, conditions);
  constexpr int k_times = 200;
  const auto reading = [&](Service& of, const std::string& topic, std::size_t& bytes) {
    const auto begun = Steady::now();
    for (int n = 0; n < k_times; ++n) of.in_store([&](storage::Store& store) { bytes = json::serialize(codec::encode(store.views().snapshot(topic, "staff").value())).size(); });
    return seconds_since(begun) / k_times * 1000;
  };
  std::size_t bytes = 0;
  const auto first = reading(service, fmt::format("replay/{}/all/1", meeting.str()), bytes);
  print("replay_first_page_ms", "ms", first, fmt::format("{}; {} bytes", conditions, bytes), "< 1000");
  Service empty(meetings::definition(), folder + "/one-row.sqlite");
  empty.in_store([&](storage::Store& store) { 
    store.views().apply({{"replay/one/all/1", std::string(k_access_audience), std::string(k_access_key), "[]"}, {"replay/one/all/1", "staff", "replay", '"' + std::string(bytes - 2, 'x') + '"'}}, 1);
   });
  print("replay_first_page_floor_ms", "ms", reading(empty, "replay/one/all/1", bytes), fmt::format("{} bytes, the only row of its file", bytes));
}

int run(int argc, char** argv) {
  const std::string folder = std::string(argc > 1 ? argv[1] : ".") + "/witan-bench-" + random_id_text();
  const int seats = argc > 2 ? std::atoi(argv[2]) : 400;
  std::filesystem::create_directories(folder);
  {
    Service service(meetings::definition(), folder + "/meetings.sqlite");
    Council council(service, seats);
    measure_floor(folder + "/floor.sqlite", 500);
    measure(council, wire::VoteKind::secret, "secret_ballot", 500, seats);
    measure(council, wire::VoteKind::named, "show_of_hands", 500, seats);
  }
  measure_replay(folder, seats, 10'000);
  std::filesystem::remove_all(folder);
  return 0;
}

}  // namespace
}  // namespace witan

int main(int argc, char** argv) { return witan::bench::reporting(&witan::run, argc, argv); }
