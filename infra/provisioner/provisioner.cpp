#include "infra/provisioner/provisioner.hpp"

#include "shared/base/log.hpp"
#include "shared/contract/envelope.hpp"
#include "shared/contract/topics.hpp"

namespace witan::provision {

namespace {

constexpr std::string_view k_room = "provisioner";
/// How long something may be missing that nobody said was lost.
constexpr std::chrono::seconds k_look_every{2};
constexpr std::chrono::milliseconds k_try_again{500};
constexpr std::chrono::seconds k_drain{2};
/// No stream gets there; a purge up to a number moves the next one behind it, and those must stay numbers for everybody.
constexpr std::int64_t k_number_max = std::int64_t{1} << 53;

}  // namespace

Provisioner::Provisioner(messaging::BusOptions options, std::vector<nats::Service> layout) : layout_(std::move(layout)) {
  options.on_connection = [this](bool) {
    const std::lock_guard lock(mutex_);
    must_look_ = true;
    changed_.notify_all();
  };
  bus_ = messaging::Bus::connect(std::move(options));
  for (const auto& service : layout_) {
    questions_.push_back(bus_->subscribe(subjects::empty(service.name), "", answering_.get_executor(),
                                         [this, &service](const messaging::Message& question) { answer(service.name, question); }));
  }
  thread_ = std::thread([this] { run(); });
}

Provisioner::~Provisioner() {
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
    changed_.notify_all();
  }
  thread_.join();
  questions_.clear();
  answering_.join();
  bus_->drain(k_drain);
  bus_.reset();  // waits for its last callback, which looks at this object
}

/// In the layout's order, so that what is followed is there before who follows it is.
void Provisioner::make_everything() {
  for (const auto& service : layout_) bus_->ensure_stream({subjects::stream(service.name), {subjects::events_all(service.name)}});
  for (const auto& service : layout_) {
    for (const auto& producer : service.follows) {
      bus_->ensure_consumer(subjects::stream(producer), service.name, subjects::events_all(producer));
    }
  }
}

void Provisioner::run() {
  bool is_made = false, has_complained = false;
  std::unique_lock lock(mutex_);
  while (!is_stopping_) {
    must_look_ = false;
    lock.unlock();
    const bool was_made = std::exchange(is_made, false);
    if (bus_->is_connected()) {
      try {
        make_everything();
        is_made = true;
        if (!was_made) log::info(k_room, "streams_are_there");
        has_complained = false;
      } catch (const messaging::MessagingFailure& failure) {
        if (!std::exchange(has_complained, true)) log::warning(k_room, "bus_refuses_streams", {{"reason", failure.what()}});
      }
    }
    lock.lock();
    const auto pause = is_made ? std::chrono::milliseconds(k_look_every) : k_try_again;
    changed_.wait_for(lock, pause, [&] { return must_look_ || is_stopping_; });
  }
}

void Provisioner::answer(const std::string& service, const messaging::Message& question) {
  const auto done = empty(service, question.payload);
  if (!question.reply.empty()) bus_->publish(question.reply, done ? ok_reply(*done) : problem_reply(done.error(), {}));
}

/// nats-server lets each service publish to its own subject only, so `service` is who asks.
Result<json::value> Provisioner::empty(const std::string& service, const std::string& text) {
  boost::system::error_code failed;
  const auto value = json::parse(text, failed);
  if (failed) return reject(ErrorCode::malformed_json);
  const auto request = codec::decode<EmptyStreamRequest>(value);
  if (!request) return std::unexpected(request.error());
  if (request->up_to < 1 || request->up_to > k_number_max) return reject(ErrorCode::invalid_value, "`up_to` is the number of a message: 1 or more.");
  try {
    bus_->empty_stream(subjects::stream(service), request->up_to);
  } catch (const messaging::MessagingFailure& failure) {
    log::warning(k_room, "stream_not_emptied", {{"service", service}, {"reason", failure.what()}});
    return reject(ErrorCode::unavailable, failure.what());
  }
  log::info(k_room, "stream_emptied", {{"service", service}, {"up_to", request->up_to}});
  return codec::encode(*request);
}

}  // namespace witan::provision
