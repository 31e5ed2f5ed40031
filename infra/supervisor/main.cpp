#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "infra/supervisor/child.hpp"
#include "infra/supervisor/supervisor.hpp"
#include "shared/base/log.hpp"
#include "shared/base/own_folder.hpp"

using namespace witan;
using namespace witan::supervisor;

namespace {

/// The log goes to a file of its own; what is for the person goes on to where standard output was.
std::function<void(const std::string&)> speak_past(const std::filesystem::path& log_file) {
  const int person = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
  const int log = ::open(log_file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
  if (log < 0) throw CannotStart(fmt::format("{} cannot be written", log_file.string()));
  ::dup2(log, STDOUT_FILENO);
  ::close(log);
  return [person](const std::string& sentence) {
    const auto line = sentence + "\n";
    if (::write(person, line.data(), line.size()) < 0) return;  // nobody listens any more
  };
}

/// A crash must not leave passwords and tokens on the disk. The programs inherit this.
void leave_no_core_files() {
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
}

int run(const std::vector<std::string>& arguments) {
  auto options = parse_options(arguments);
  if (!options) throw CannotStart(options.error());
  if (options->programs.empty()) options->programs = own_folder();
  const auto nats_server = find_program(options->nats_server);
  if (nats_server.empty()) throw CannotStart(fmt::format("{} is missing or does not run; infra/up installs it", options->nats_server.string()));
  options->nats_server = nats_server;
  const auto catalogue = catalogue_of(options->programs);
  if (auto fine = check_settings(options->settings, catalogue); !fine) throw CannotStart(fine.error());
  DataFolder folder(options->data);
  auto say = speak_past(folder.log("supervisor"));
  log::start("supervisor", log::Level::info);
  Supervisor(*options, folder, catalogue, std::move(say)).run();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments == std::vector<std::string>{"--print-config-doc"}) {
    std::fputs(document().c_str(), stdout);
    return 0;
  }
  leave_no_core_files();
  try {
    return run(arguments);
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "witan: %s\n", failure.what());
    return 1;
  }
}
