#pragma once

#include <memory>
#include <string>

#include "gateway/live/live_server.hpp"

namespace witan::app {

/// The gateway's own figures, in the text format of Prometheus. On the gateway's loop only.
class Metrics {
 public:
  Metrics();
  ~Metrics();

  void request(int status, double seconds);
  std::string text(const live::LiveCounts& live, std::size_t topics, std::size_t connections);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace witan::app
