#pragma once

#include <future>
#include <map>
#include <optional>
#include <string>
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <gtest/gtest.h>

#include "gateway/app/gateway.hpp"
#include "gateway/app/settings.hpp"
#include "gateway/auth/caller.hpp"
#include "shared/contract/codec.hpp"
#include "shared/contract/directory.hpp"
#include "shared/crypto/crypto.hpp"
#include "tests/integration/gateway/browser.hpp"
#include "tests/integration/gateway/owner.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/nats_server.hpp"
#include "tests/support/temp_folder.hpp"

namespace witan::test {

/// The whole gateway on a thread of its own, with free ports.
class RunningGateway {
 public:
  RunningGateway(const std::string& bus_url, const std::map<std::string, std::string>& settings) : config_(app::gateway_keys()) {
    const std::map<std::string, std::string> own = {{"data", folder_.path().string()}, {"secrets", folder_.path().string()},
                                                    {"bus_url", bus_url},              {"port", "0"},
                                                    {"admin_port", "0"},               {"web_root", folder_.file("web")},
                                                    {"log_level", "warning"},             {"second_factor_required", "false"}};
    for (const auto& [key, value] : own) EXPECT_TRUE(config_.set(key, value));
    for (const auto& [key, value] : settings) EXPECT_TRUE(config_.set(key, value)) << key;
    gateway_.emplace(config_, loop_);
    gateway_->start();
    port_ = gateway_->port();
    thread_ = std::thread([this] { loop_.run(); });
  }
  ~RunningGateway() {
    stop();
    gateway_.reset();
  }
  void stop() {
    if (!thread_.joinable()) return;
    boost::asio::co_spawn(loop_, gateway_->stop(), boost::asio::use_future).get();
    loop_.stop();
    thread_.join();
  }
  std::uint16_t port() const { return port_; }
  std::uint16_t admin_port() const { return gateway_->admin_port(); }

 private:
  TempFolder folder_;
  Config config_;
  boost::asio::io_context loop_{1};
  std::optional<app::Gateway> gateway_;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

/// A bus, two owners that stand in for directory and meetings, and a gateway.
class Scene : public ::testing::Test {
 public:
  RunningGateway& start_gateway(std::map<std::string, std::string> settings = {}) {
    gateway_.emplace(nats.url(), settings);
    EXPECT_TRUE(eventually(std::chrono::seconds(10), [&] {
      // advisory and consultations do not play here
      return request(gateway_->port(), "GET", "/readyz").problem().at("missing").as_array().size() == 2;
    })) << request(gateway_->port(), "GET", "/readyz").body;
    return *gateway_;
  }
  std::uint16_t port() const { return gateway_->port(); }

  /// Somebody signed in, with a seat in `body`. Returns the cookie.
  std::string sign_in(const PersonId& person, const std::string& body, Role role = Role::member) {
    const auto token = crypto::random_token();
    const auto topic = "sessions/" + auth::Auth::session_of(token);
    const auto now = SystemClock().now();
    directory.access(topic, {AccessRule{"gateway", Who::gateway, {}, {}, {}}});
    directory.put(topic, "gateway", "session",
                  codec::encode(contract::directory::SessionView{person, now, now + std::chrono::hours(12), contract::directory::Standing::staff_with_second_factor}));
    const auto rights = "rights/" + person.str();
    directory.access(rights, {AccessRule{"gateway", Who::gateway, {}, {}, {}}});
    directory.put(rights, "gateway", "person", codec::encode(contract::directory::RightsPersonView{person, "Ada", false, false, false}));
    directory.put(rights, "gateway", "seat/1",
                  codec::encode(contract::directory::RightsSeatView{*BodyId::parse(body), "Council", role, "Member"}));
    return "witan=" + token;
  }

  NatsServer nats;
  Owner directory{nats.url(), "directory"};
  Owner meetings{nats.url(), "meetings"};

 protected:
  std::optional<RunningGateway> gateway_;
};

inline std::int64_t version_of(const json::object& frame) { return int_at(frame, "version"); }

}  // namespace witan::test
