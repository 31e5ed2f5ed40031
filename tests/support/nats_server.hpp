#pragma once

#include <string>
#include <sys/types.h>

#include "tests/support/temp_folder.hpp"

namespace witan::test {

/// A real nats-server with a JetStream store in a folder of its own, on a port of 127.0.0.1 that the kernel
/// chose and that stays the same over restarts. Killed when destroyed, and by the kernel when the test dies.
class NatsServer {
 public:
  /// `config` is added to the configuration file, for example users and permissions.
  explicit NatsServer(std::string config = {});
  NatsServer(const NatsServer&) = delete;
  NatsServer& operator=(const NatsServer&) = delete;
  ~NatsServer();

  std::string url() const { return "nats://127.0.0.1:" + std::to_string(port_); }
  int port() const { return port_; }
  ::pid_t pid() const { return pid_; }

  /// SIGKILL, and waits until it is gone.
  void kill();
  /// Starts it again on the same port with what is in the store. Kills it first when it runs.
  void restart();
  /// Deletes everything that JetStream stored. Works while the server runs, as a careless operator would.
  void delete_store();
  /// SIGSTOP and SIGCONT: connections stay, nobody answers.
  void pause();
  void resume();

 private:
  void start();
  std::string log() const;

  TempFolder folder_;
  std::string config_;
  int port_ = -1;  ///< -1: nats-server takes any free port and writes it down
  ::pid_t pid_ = -1;
};

}  // namespace witan::test
