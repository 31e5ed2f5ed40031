#include <cstdio>
#include <future>
#include <string_view>
#include <thread>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <fmt/format.h>

#include "infra/operator/loader.hpp"
#include "shared/base/config.hpp"
#include "shared/base/durable_file.hpp"
#include "shared/base/ids.hpp"
#include "shared/base/log.hpp"
#include "shared/contract/directory.hpp"
#include "shared/contract/topics.hpp"
#include "shared/crypto/crypto.hpp"
#include "shared/messaging/bus.hpp"

using namespace witan;
using namespace witan::operate;
using std::chrono::milliseconds;

namespace {

constexpr std::string_view k_program = "witan-operator";
constexpr milliseconds k_answer_limit{10'000}, k_patience{10'000};

Config make_config() {
  return Config({{"steps", std::string("infra/demo"), "Folder with the files of commands to carry out."},
                 {"accounts", std::string("data/demo-accounts.json"), "File for the accounts of people in the demo data; it may exist from an interrupted run."},
                 {"public_origin", std::string("http://127.0.0.1:8080"), "Origin that browsers see; the link leads there."},
                 {"link_file", std::string("administrator-link"), "File for the address at which somebody becomes the first administrator."},
                 {"bus_url", std::string("nats://127.0.0.1:4222"), "Address of nats-server."},
                 {"bus_user", std::string("operator"), "User on the bus."},
                 {"bus_password_file", std::string(), "File with the user's password."}});
}

/// Sends commands over the bus, one at a time.
class Sender {
 public:
  explicit Sender(const Config& config)
      : bus_(messaging::Bus::connect({config.text("bus_url"), config.text("bus_user"), config.text("bus_password_file"),
                                      std::string(k_program), {}})),
        thread_([this] { loop_.run(); }) {}
  ~Sender() {
    bus_->drain(milliseconds(2000));
    idle_.reset();
    thread_.join();
  }
  Sender(const Sender&) = delete;
  Sender& operator=(const Sender&) = delete;

  Result<CommandReply> send(const CommandRequest& request) {
    const auto service = service_of_command(request.name);
    if (!service) return reject(ErrorCode::unknown_command);
    std::promise<Result<std::string>> promise;
    auto answer = promise.get_future();
    bus_->request(subjects::command(*service), json::serialize(codec::encode(request)), k_answer_limit,
                  loop_.get_executor(), [&promise](Result<std::string> text) { promise.set_value(std::move(text)); });
    const auto text = answer.get();
    if (!text) return std::unexpected(text.error());
    const auto ok = parse_reply(*text);
    if (!ok) return std::unexpected(ok.error());
    return codec::decode<CommandReply>(*ok);
  }

 private:
  messaging::net::io_context loop_{1};
  messaging::net::executor_work_guard<messaging::net::io_context::executor_type> idle_{loop_.get_executor()};
  std::shared_ptr<messaging::Bus> bus_;
  std::thread thread_;
};

/// Passwords are on disk before the first person is registered with one, so a run that was cut short can be repeated.
std::map<std::string, std::string> settle_passwords(std::vector<Account> accounts, const std::string& file) {
  auto known = passwords_in(file);
  std::map<std::string, std::string> passwords;
  for (auto& account : accounts) {
    const auto found = known.find(account.email);
    account.password = found != known.end() ? found->second : random_password();
    passwords[account.email] = account.password;
  }
  write_accounts(file, accounts);
  return passwords;
}

int load(const Config& config) {
  const auto steps = read_steps(config.text("steps"));
  const auto passwords = settle_passwords(rehearse(steps), config.text("accounts"));
  Sender sender(config);
  Loader loader(patiently([&](const CommandRequest& request) { return sender.send(request); }, k_patience,
                          [](milliseconds pause) { std::this_thread::sleep_for(pause); }),
                passwords);
  for (const auto& step : steps) loader.carry_out(step);
  log::info("operator", "loaded", {{"steps", steps.size()}, {"accounts", passwords.size()}});
  return 0;
}

/// Writes nothing when there is an administrator.
int offer_administration(const Config& config) {
  Sender sender(config);
  CommandRequest request;
  request.id = random_id_text();
  request.name = contract::directory::IssueAdministratorLink::k_name;
  const auto token = crypto::random_token();
  request.args = {{"link", crypto::sha256_text(token)}};
  request.actor.roles[std::string(k_everywhere)] = {Role::administrator};
  request.deadline_ms = k_answer_limit.count();
  const auto send = patiently([&](const CommandRequest& asked) { return sender.send(asked); }, k_patience,
                              [](milliseconds pause) { std::this_thread::sleep_for(pause); });
  const auto reply = send(request);
  if (!reply && reply.error().code == ErrorCode::not_now) return 0;
  if (!reply) throw std::runtime_error(reply.error().detail);
  replace_file(config.text("link_file"), config.text("public_origin") + "/link/" + token + "\n");
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  auto config = make_config();
  const std::string_view task = argc > 1 ? argv[1] : "";
  const bool is_task = task == "load" || task == "administrator-link";
  if (!is_task && !(argc == 2 && task == "--print-config-doc")) {
    fmt::print(stderr, "{}: say what to do: {} load --steps=DIR --accounts=FILE …, or {} administrator-link --link_file=FILE …\n",
               k_program, k_program, k_program);
    return 1;
  }
  const int skipped = is_task ? 1 : 0;
  if (const int code = read_config(config, k_program, argc - skipped, argv + skipped); code >= 0) return code;
  log::start(std::string(k_program), log::Level::info);
  try {
    return task == "load" ? load(config) : offer_administration(config);
  } catch (const std::exception& failure) {
    fmt::print(stderr, "{}: {}\n", k_program, failure.what());
    return 1;
  }
}
