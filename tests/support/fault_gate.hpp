#pragma once

#include <chrono>
#include <memory>
#include <string>

namespace witan::test {

/// A TCP proxy on a kernel-chosen port of 127.0.0.1 in front of a server, which misbehaves on command. Each
/// command is in force when it returns. One thread of its own; thread-safe.
class FaultGate {
 public:
  explicit FaultGate(int target_port);
  FaultGate(const FaultGate&) = delete;
  FaultGate& operator=(const FaultGate&) = delete;
  ~FaultGate();

  int port() const;
  std::string url(const std::string& scheme) const {
    return scheme + "://127.0.0.1:" + std::to_string(port());
  }

  /// Works again: takes connections, passes bytes at once.
  void pass();
  /// New connections are refused; those that exist go on.
  void refuse();
  /// Connections stay and are still taken, but no byte passes until `pass`.
  void hang();
  /// Resets every connection. New ones are taken.
  void cut();
  /// From now on every byte arrives this much later.
  void delay(std::chrono::milliseconds by);
  /// From now on at most this many bytes are passed in one piece; 0 for no such limit.
  void slice(std::size_t bytes);

  std::size_t connections() const;

 private:
  class Proxy;
  std::unique_ptr<Proxy> proxy_;
};

}  // namespace witan::test
