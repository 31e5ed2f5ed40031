// witan-bench-storage [FOLDER [SECONDS [EVENTS]]]: what the disk does alone, and what the store does on it.
// Prints one JSON object a line: {"name", "unit", "value", "conditions"}.
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <future>
#include <stdexcept>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>

#include "shared/base/ids.hpp"
#include "shared/storage/store.hpp"

namespace witan {
namespace {

using Steady = std::chrono::steady_clock;

double seconds_since(Steady::time_point start) {
  return std::chrono::duration<double>(Steady::now() - start).count();
}

void print(std::string_view name, std::string_view unit, double value, std::string_view conditions) {
  fmt::print(R"({{"name":"{}","unit":"{}","value":{:.3f},"conditions":"{}"}})"
             "\n",
             name, unit, value, conditions);
  std::fflush(stdout);
}

/// A folder on the disk that is to be measured, gone afterwards.
struct Scratch {
  explicit Scratch(const std::string& parent) : path(parent + "/witan-bench-" + random_id_text()) {
    std::filesystem::create_directories(path);
  }
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  std::string file(const std::string& name) const { return path + "/" + name; }
  const std::string path;
};

/// What a database does for one commit, without the database: one page written, then synced.
void measure_disk(const std::string& file, double seconds) {
  const int descriptor = ::open(file.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor < 0) throw std::runtime_error("cannot open " + file);
  const std::string page(4096, 'x');
  const auto start = Steady::now();
  int syncs = 0;
  for (; seconds_since(start) < seconds; ++syncs) {
    if (::pwrite(descriptor, page.data(), page.size(), 4096L * syncs) != 4096 ||
        ::fdatasync(descriptor) != 0) {
      throw std::runtime_error("cannot write " + file);
    }
  }
  print("disk_fdatasync_per_s", "1/s", syncs / seconds_since(start),
        "4 KiB pwrite + fdatasync, appending, one at a time");
  ::close(descriptor);
}

/// One command as the harness writes it: an event, a row each of two topics, and the answer to remember.
void write_command(storage::Store& store, std::int64_t number) {
  const auto id = random_id_text();
  const std::string aggregate = "comment/" + id;
  const std::string data =
      R"({"by":")" + id + R"(","block":"b12","text":{"text_id":")" + id + R"(","hash":"x"}})";
  const auto seq = store.log().append(aggregate, 0, {{"comment_added", data}}, {Timestamp(), id, id});
  const auto consultation = std::to_string(number % 16);
  const json::object row{{"by", id},
                         {"name", "A person"},
                         {"text", "A sentence or two of what somebody thinks of a paragraph."}};
  store.views().apply({{"threads/" + consultation + "/1/b12", "public", "comment/" + id, json::serialize(row)},
                       {"drafts/" + consultation + "/1", "public", "block/b12", json::serialize(json::object{{"comments", number}})}},
                      *seq);
  store.remember(id, id, {"hash-of-the-request", R"({"topic":"x","version":1,"result":{}})"}, Timestamp());
}

void submit_and_wait(storage::Writer& writer, std::int64_t number) {
  std::promise<storage::Outcome> told;
  writer.submit({[number](storage::Store& store) { write_command(store, number); },
                 [&told](storage::Outcome outcome) { told.set_value(outcome); }});
  if (told.get_future().get() != storage::Outcome::committed)
    throw std::runtime_error("a job was not committed");
}

void measure_writer(const std::string& file, int submitters, double seconds) {
  storage::Writer writer(file, {});
  std::atomic<std::int64_t> jobs = 0;
  const auto start = Steady::now();
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < submitters; ++i) {
      threads.emplace_back([&] {
        while (seconds_since(start) < seconds) submit_and_wait(writer, jobs++);
      });
    }
  }
  print(fmt::format("storage_jobs_per_s_{}", submitters), "1/s",
        static_cast<double>(jobs) / seconds_since(start),
        fmt::format("{} submitters, each waits for its COMMIT; event + 2 rows + remembered answer",
                    submitters));
}

void measure_replay(const std::string& file, int events) {
  {
    auto store = storage::Store::open(file, storage::Store::Mode::write);
    for (int at = 0; at < events; at += 1000) {
      const std::vector<storage::NewEvent> page(
          1000, {"comment_added",
                 R"({"by":"abcdefghijklmnopqrstuvwxyz","block":"b12","text":{"text_id":"x","hash":"y"}})"});
      store->log().append("bulk/" + std::to_string(at), 0, page, {Timestamp(), "person", "command"});
    }
  }
  auto store = storage::Store::open(file, storage::Store::Mode::read);
  const auto start = Steady::now();
  std::int64_t seq = 0;
  std::int64_t bytes = 0;
  for (auto page = store->log().read(seq, 1000); !page.empty(); page = store->log().read(seq, 1000)) {
    for (const auto& event : page)
      bytes += static_cast<std::int64_t>(json::parse(event.data).as_object().size());
    seq = page.back().seq;
  }
  if (seq < events || bytes == 0) throw std::runtime_error("events are missing");
  print("events_read_s", "s", seconds_since(start),
        fmt::format("{} events, in pages of 1000, JSON parsed", seq));
}

}  // namespace
}  // namespace witan

int main(int argc, char** argv) {
  try {
    const witan::Scratch scratch(argc > 1 ? argv[1] : std::filesystem::temp_directory_path().string());
    const double seconds = argc > 2 ? std::atof(argv[2]) : 3;
    const int events = argc > 3 ? std::atoi(argv[3]) : 1'000'000;
    witan::measure_disk(scratch.file("disk"), seconds);
    for (const int submitters : {1, 16, 64}) {
      witan::measure_writer(scratch.file("writer" + std::to_string(submitters) + ".sqlite"), submitters,
                            seconds);
    }
    witan::measure_replay(scratch.file("replay.sqlite"), events);
    return 0;
  } catch (const std::exception& failure) {
    fmt::print(stderr, "witan-bench-storage: {}\n", failure.what());
    return 1;
  }
}
