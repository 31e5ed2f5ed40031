#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <future>
#include <thread>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

#include "shared/messaging/local_frames.hpp"
#include "shared/messaging/service_links.hpp"
#include "tests/integration/messaging/bus_scene.hpp"
#include "tests/support/loop_thread.hpp"
#include "tests/support/temp_folder.hpp"

namespace witan::messaging::test {
namespace {

using witan::test::LoopThread;
using witan::test::TempFolder;

/// Questions that wait for their answers, from any thread.
class Taken {
 public:
  void add(Question question) {
    const std::lock_guard lock(mutex_);
    questions_.push_back(std::move(question));
  }
  std::size_t size() const {
    const std::lock_guard lock(mutex_);
    return questions_.size();
  }
  void answer(std::size_t number, std::string_view reply) const {
    const std::lock_guard lock(mutex_);
    questions_.at(number).answer(reply);
  }

 private:
  mutable std::mutex mutex_;
  std::vector<Question> questions_;
};

/// A service of this machine and its asker, each on a loop of its own as if they were two processes.
class LocalSocket : public ::testing::Test {
 protected:
  ~LocalSocket() override {
    if (client) asking.run([&] { client.reset(); });
    answering.finish();
    server.reset();
  }

  void serve(std::function<void(Question)> handler) {
    answering.run([&] { server = std::make_unique<LocalServer>(answering.loop, path, std::move(handler)); });
  }
  void serve_echo() {
    serve([](const Question& question) { question.answer(question.subject + " " + question.payload); });
  }
  void connect() {
    asking.run([&] { client = std::make_unique<LocalClient>(asking.loop, path); });
    ASSERT_TRUE(eventually(k_soon, [&] { return is_connected(); }));
  }
  bool is_connected() {
    bool is = false;
    asking.run([&] { is = client->is_connected(); });
    return is;
  }
  std::future<Result<std::string>> ask(const std::string& payload, std::chrono::milliseconds timeout = 5s) {
    auto answer = std::make_shared<std::promise<Result<std::string>>>();
    net::post(asking.loop, [this, payload, timeout, answer] {
      client->request("cmd.echo", payload, timeout, [answer](Result<std::string> text) { answer->set_value(std::move(text)); });
    });
    return answer->get_future();
  }

  TempFolder folder;
  std::string path = folder.file("echo.sock");
  LoopThread answering, asking;
  std::unique_ptr<LocalServer> server;
  std::unique_ptr<LocalClient> client;
};

TEST_F(LocalSocket, answers_each_question_with_its_own_answer) {
  serve_echo();
  connect();
  std::vector<std::future<Result<std::string>>> answers;
  for (int n = 0; n < 500; ++n) answers.push_back(ask(std::to_string(n)));
  for (int n = 0; n < 500; ++n) EXPECT_EQ(answers[static_cast<std::size_t>(n)].get().value(), "cmd.echo " + std::to_string(n));
}

TEST_F(LocalSocket, takes_answers_from_any_thread_in_any_order) {
  Taken held;
  serve([&](Question question) { held.add(std::move(question)); });
  connect();
  auto first = ask("first"), second = ask("second");
  ASSERT_TRUE(eventually(k_soon, [&] { return held.size() == 2; }));
  std::thread([&] { held.answer(1, "to the second"); }).join();
  EXPECT_EQ(second.get().value(), "to the second");
  std::thread([&] { held.answer(0, "to the first"); }).join();
  EXPECT_EQ(first.get().value(), "to the first");
}

TEST_F(LocalSocket, carries_more_than_the_bus_could) {
  serve_echo();
  connect();
  const std::string large(5 * 1024 * 1024, 'x');
  EXPECT_EQ(ask(large).get().value().size(), large.size() + 9);
  EXPECT_EQ(ask(std::string(k_local_frame_bytes_max, 'x')).get().error().code, ErrorCode::unavailable);
  EXPECT_TRUE(is_connected());
}

TEST_F(LocalSocket, is_reached_in_a_folder_whose_path_is_longer_than_a_socket_address) {
  const auto deep = folder.path() / std::string(120, 'd') / std::string(120, 'e');
  std::filesystem::create_directories(deep);
  path = (deep / "echo.sock").string();
  serve_echo();
  connect();
  EXPECT_EQ(ask("hello").get().value(), "cmd.echo hello");
}

TEST_F(LocalSocket, is_for_its_own_user_alone) {
  serve_echo();
  struct ::stat is {};
  ASSERT_EQ(::stat(path.c_str(), &is), 0);
  EXPECT_EQ(is.st_mode & 0777U, 0600U);
}

TEST_F(LocalSocket, a_question_without_a_server_is_unavailable_at_once_and_heals_when_there_is_one) {
  asking.run([&] { client = std::make_unique<LocalClient>(asking.loop, path); });
  EXPECT_EQ(ask("hello", 30s).get().error().code, ErrorCode::unavailable);
  serve_echo();
  ASSERT_TRUE(eventually(k_soon, [&] { return is_connected(); }));
  EXPECT_EQ(ask("hello").get().value(), "cmd.echo hello");
}

TEST_F(LocalSocket, replaces_the_file_of_a_server_that_died) {
  {
    net::io_context dead;
    net::local::stream_protocol::acceptor left_behind(dead, net::local::stream_protocol::endpoint(path));
  }
  ASSERT_TRUE(std::filesystem::exists(path));
  serve_echo();
  connect();
  EXPECT_EQ(ask("hello").get().value(), "cmd.echo hello");
}

TEST_F(LocalSocket, a_question_whose_server_ends_is_unavailable_at_once_and_the_next_server_is_found) {
  std::atomic<int> taken = 0;
  serve([&](const Question&) { ++taken; });
  connect();
  auto lost = ask("never answered", 30s);
  ASSERT_TRUE(eventually(k_soon, [&] { return taken == 1; }));
  answering.run([&] { server.reset(); });
  const auto answer = lost.get();
  EXPECT_EQ(answer.error().code, ErrorCode::unavailable);
  EXPECT_NE(answer.error().detail.find("may or may not have been done"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(path));
  serve_echo();
  ASSERT_TRUE(eventually(k_soon, [&] { return is_connected(); }));
  EXPECT_EQ(ask("hello").get().value(), "cmd.echo hello");
}

TEST_F(LocalSocket, no_answer_in_time_is_deadline_exceeded_and_a_late_one_is_nobodys) {
  Taken held;
  serve([&](Question question) {
    if (question.payload == "late") held.add(std::move(question));
    else question.answer("in time");
  });
  connect();
  const auto before = std::chrono::steady_clock::now();
  EXPECT_EQ(ask("late", 50ms).get().error().code, ErrorCode::deadline_exceeded);
  EXPECT_GE(std::chrono::steady_clock::now() - before, 50ms);
  held.answer(0, "too late");
  EXPECT_EQ(ask("now").get().value(), "in time");
}

TEST_F(LocalSocket, rubbish_ends_the_connection_it_came_on_and_no_other) {
  serve_echo();
  connect();
  net::io_context loop;
  const std::vector<std::string> rubbish = {
      std::string("\xff\xff\xff\xff", 4),                              // longer than any frame
      std::string("\0\0\0\2xx", 6),                                    // too short for a number
      std::string("\0\0\0\x09", 4) + std::string(8, '\0') + "x",       // no length of a subject
      std::string("\0\0\0\x0b", 4) + std::string(8, '\0') + "\1\1x",   // a subject longer than the frame
  };
  for (const auto& bytes : rubbish) {
    net::local::stream_protocol::socket stranger(loop);
    stranger.connect(net::local::stream_protocol::endpoint(path));
    net::write(stranger, net::buffer(bytes));
    char byte = 0;
    boost::system::error_code ended;
    stranger.read_some(net::buffer(&byte, 1), ended);
    EXPECT_EQ(ended, net::error::eof);
  }
  EXPECT_EQ(ask("hello").get().value(), "cmd.echo hello");
}

TEST_F(LocalSocket, an_asker_that_does_not_read_is_let_go_before_it_fills_the_memory) {
  std::atomic<int> taken = 0;
  serve([&](const Question& question) {
    ++taken;
    question.answer(std::string(k_local_frame_bytes_max / 2, 'x'));
  });
  connect();
  net::io_context loop;
  net::local::stream_protocol::socket stalled(loop);
  stalled.connect(net::local::stream_protocol::endpoint(path));
  std::string questions;
  for (std::uint64_t n = 1; n <= 20; ++n) append_question(questions, n, "cmd.echo", "");
  net::write(stalled, net::buffer(questions));
  ASSERT_TRUE(eventually(k_soon, [&] { return taken == 20; }));
  std::size_t received = 0;
  std::vector<char> into(1 << 20);
  for (boost::system::error_code ended; !ended;) received += stalled.read_some(net::buffer(into), ended);
  EXPECT_LT(received, k_local_waiting_bytes_max + k_local_frame_bytes_max) << "of 160 MiB that were asked for";
  EXPECT_EQ(ask("hello").get().value().size(), k_local_frame_bytes_max / 2) << "others are answered";
}

TEST_F(LocalSocket, a_server_that_does_not_read_is_sent_no_more_than_its_bound) {
  std::promise<void> go_on;
  auto gate = go_on.get_future().share();
  serve([gate](const Question& question) {
    gate.wait();
    question.answer("");
  });
  connect();
  const std::string large(k_local_frame_bytes_max / 2, 'x');
  std::vector<std::future<Result<std::string>>> answers;
  // More than twice the bound, so that some must be refused. Which ones depends on when the server takes its first bytes.
  for (int n = 0; n < 12; ++n) answers.push_back(ask(large, 30s));
  const auto is_answered = [](const auto& answer) { return answer.wait_for(0s) == std::future_status::ready; };
  EXPECT_TRUE(eventually(k_soon, [&] { return std::ranges::any_of(answers, is_answered); })) << "before the server reads on";
  go_on.set_value();
  EXPECT_TRUE(answers.front().get());
  int refused = 0;
  for (auto answer = answers.begin() + 1; answer != answers.end(); ++answer) {
    const auto text = answer->get();
    if (text) continue;
    EXPECT_EQ(text.error().code, ErrorCode::unavailable);
    ++refused;
  }
  EXPECT_GE(refused, 12 - static_cast<int>(k_local_unsent_bytes_max / large.size()) - 2) << "one was read, one was on its way";
}

TEST_F(LocalSocket, what_was_taken_is_answered_also_after_the_loop_has_stopped) {
  Taken held;
  serve([&](Question question) { held.add(std::move(question)); });
  connect();
  auto answer = ask("the last one");
  ASSERT_TRUE(eventually(k_soon, [&] { return held.size() == 1; }));
  answering.finish();
  server->refuse_more();
  held.answer(0, std::string(3'000'000, 'x'));
  server->drain(5s);
  EXPECT_EQ(answer.get().value().size(), 3'000'000U);
  server.reset();
}

using Links = BusScene;

TEST_F(Links, go_to_the_socket_of_a_service_that_is_here_and_over_the_bus_to_one_that_is_not) {
  const TempFolder data;
  std::filesystem::create_directories(data.path() / "run");
  LoopThread answering, asking;
  const auto bus = connect();
  const auto far = bus->subscribe("cmd.>", "", executor(), [&](const Message& m) { bus->publish(m.reply, "by bus"); });
  settle(bus);
  std::unique_ptr<LocalServer> server;
  std::unique_ptr<ServiceLinks> links;
  answering.run([&] {
    server = std::make_unique<LocalServer>(answering.loop, local_socket_path(data.path().string(), "here"),
                                           [](const Question& question) { question.answer("by socket"); });
  });
  asking.run([&] {
    links = std::make_unique<ServiceLinks>(asking.loop, bus, data.path().string(), std::vector<std::string>{"here", "far"});
  });
  const auto ask = [&](const std::string& service) {
    std::promise<Result<std::string>> answer;
    net::post(asking.loop, [&] {
      links->request(service, "cmd." + service, "", 5s, [&](Result<std::string> text) { answer.set_value(std::move(text)); });
    });
    return answer.get_future().get().value_or("no answer");
  };
  EXPECT_EQ(ask("here"), "by socket");
  EXPECT_EQ(ask("far"), "by bus");
  answering.run([&] { server.reset(); });
  EXPECT_TRUE(eventually(k_soon, [&] { return ask("here") == "by bus"; }));
  asking.run([&] { links.reset(); });
}

}  // namespace
}  // namespace witan::messaging::test
