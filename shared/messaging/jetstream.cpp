#include "shared/messaging/jetstream.hpp"

#include <charconv>

#include "shared/base/json.hpp"

namespace witan::messaging {

namespace {

constexpr std::int64_t k_api_wait_ms = 3000;
/// nats-server says nothing when there is no such stream.
constexpr std::int64_t k_direct_wait_ms = 1000;
constexpr std::chrono::seconds k_publish_wait{4};
constexpr std::size_t k_in_flight_max = 512;
constexpr std::int64_t k_nanoseconds_a_millisecond = 1'000'000;
constexpr std::int64_t k_duplicate_window_ns = 2LL * 60 * 1000 * k_nanoseconds_a_millisecond;
constexpr std::int64_t k_ack_wait_ns = 30LL * 1000 * k_nanoseconds_a_millisecond;

/// The event's own copy of everything, so that it does not depend on the subscription it came by.
class Fetched final : public FetchedEvent {
 public:
  Fetched(std::shared_ptr<Connection> connection, const natsMsg* message)
      : connection_(std::move(connection)), message_(copy_of(message)) {}

  const std::string& payload() const override { return message_.payload; }
  void ack() override { answer("+ACK"); }
  void retry_after(std::chrono::milliseconds delay) override {
    answer("-NAK {\"delay\": " + std::to_string(delay.count() * k_nanoseconds_a_millisecond) + "}");
  }

 private:
  /// An answer that is lost means that the event comes again, so nobody needs to know.
  void answer(const std::string& text) {
    natsConnection_PublishString(connection_->get(), message_.reply.c_str(), text.c_str());
  }

  std::shared_ptr<Connection> connection_;
  Message message_;
};

/// The acknowledgements that one call of publish_some waits for.
struct Acks {
  std::mutex mutex;
  std::condition_variable changed;
  std::size_t missing = 0;
  std::string failure;  ///< The first one.

  void settle(const Result<std::string>& answer) {
    std::string problem = problem_of(answer);
    const std::lock_guard lock(mutex);
    if (failure.empty()) failure = std::move(problem);
    if (--missing == 0) changed.notify_all();
  }

  static std::string problem_of(const Result<std::string>& answer) {
    if (!answer) return std::string(info(answer.error().code).name);
    boost::system::error_code wrong;
    const auto parsed = json::parse(*answer, wrong);
    const auto* ack = wrong ? nullptr : parsed.if_object();
    if (!ack) return "an acknowledgement that is not JSON";
    if (const auto* error = object_at(*ack, "error")) return std::string(string_at(*error, "description"));
    return int_at(*ack, "seq") > 0 ? std::string() : "an acknowledgement without a sequence number";
  }
};

/// What the server wrote above a stored message.
std::string_view header(const NatsMessage& message, const char* name) {
  const char* value = nullptr;
  return natsMsgHeader_Get(message.get(), name, &value) == NATS_OK && value ? value : std::string_view();
}

}  // namespace

JetStream::JetStream(std::shared_ptr<Connection> connection, RequestMux& mux)
    : connection_(std::move(connection)), mux_(mux) {
  jsOptions options;
  check(jsOptions_Init(&options), "make JetStream options");
  options.Wait = k_api_wait_ms;
  jsCtx* made = nullptr;
  check(natsConnection_JetStream(&made, connection_->get(), &options), "use JetStream");
  context_.reset(made);
}

void JetStream::need_connection(std::string_view doing) const {
  if (!connection_->is_connected())
    throw MessagingFailure("cannot " + std::string(doing) + ": the bus is away");
}

void JetStream::ensure_stream(const StreamSpec& spec) {
  const std::string doing = "ensure the stream " + spec.name;
  need_connection(doing);
  std::vector<const char*> subjects;
  for (const auto& subject : spec.subjects) subjects.push_back(subject.c_str());
  jsStreamConfig config;
  check(jsStreamConfig_Init(&config), doing);
  config.Name = spec.name.c_str();
  config.Subjects = subjects.data();
  config.SubjectsLen = static_cast<int>(subjects.size());
  config.Storage = js_FileStorage;
  config.Retention = js_LimitsPolicy;
  config.Discard = js_DiscardOld;
  config.MaxBytes = spec.bytes_max;
  config.Duplicates = k_duplicate_window_ns;
  config.AllowDirect = true;  // a service reads its newest event so, and needs no right on the stream itself
  jsErrCode code{};
  jsStreamInfo* made = nullptr;
  natsStatus status = js_AddStream(&made, context_.get(), &config, nullptr, &code);
  JetStreamStreamInfo about(made);
  if (status != NATS_OK && code == JSStreamNameExistErr) {  // there already, with other limits or subjects
    made = nullptr;
    status = js_UpdateStream(&made, context_.get(), &config, nullptr, &code);
    about.reset(made);
  }
  check(status, doing);
}

void JetStream::empty_stream(const std::string& stream, std::int64_t up_to) {
  const std::string doing = "empty the stream " + stream;
  need_connection(doing);
  jsOptions options;
  check(jsOptions_Init(&options), doing);
  options.Wait = k_api_wait_ms;
  options.Stream.Purge.Sequence = static_cast<std::uint64_t>(up_to) + 1;  // the first that stays
  jsErrCode code{};
  check(js_PurgeStream(context_.get(), stream.c_str(), &options, &code), doing);
}

/// Read directly: that asks for a right on nothing but the stream's messages.
std::optional<Message> JetStream::last_event(const std::string& stream) {
  const std::string doing = "read the last event of " + stream;
  need_connection(doing);
  natsMsg* made = nullptr;
  const natsStatus status = natsConnection_RequestString(&made, connection_->get(), ("$JS.API.DIRECT.GET." + stream).c_str(),
                                                         R"({"last_by_subj": ">"})", k_direct_wait_ms);
  const NatsMessage message(made);
  if (status == NATS_TIMEOUT || status == NATS_NO_RESPONDERS) throw StreamAbsent("nobody answers for the stream " + stream);
  check(status, doing);
  const auto refusal = header(message, "Status");
  if (refusal == "404") return std::nullopt;
  if (!refusal.empty()) throw MessagingFailure("cannot " + doing + ": status " + std::string(refusal));
  Message event = copy_of(message.get());
  event.subject = header(message, "Nats-Subject");
  const auto number = header(message, "Nats-Sequence");
  const auto [end, fault] = std::from_chars(number.data(), number.data() + number.size(), event.sequence);
  if (fault != std::errc() || end != number.data() + number.size()) throw MessagingFailure("cannot " + doing + ": its number is no number");
  return event;
}

void JetStream::publish_events(const std::vector<OutgoingEvent>& events) {
  for (std::size_t done = 0; done < events.size(); done += k_in_flight_max) {
    publish_some(events.data() + done, std::min(k_in_flight_max, events.size() - done));
  }
}

void JetStream::publish_some(const OutgoingEvent* first, std::size_t count) {
  need_connection("publish events");
  const auto acks = std::make_shared<Acks>();
  acks->missing = count;
  const auto deadline = RequestMux::Clock::now() + k_publish_wait;
  for (std::size_t i = 0; i < count; ++i) {
    const auto& event = first[i];
    mux_.send(event.subject, event.payload, event.message_id, deadline,
              [acks](const Result<std::string>& answer) { acks->settle(answer); });
  }
  // The mux settles each at its deadline at the latest.
  std::unique_lock lock(acks->mutex);
  acks->changed.wait(lock, [&] { return acks->missing == 0; });
  if (!acks->failure.empty()) throw MessagingFailure("not every event was stored: " + acks->failure);
}

void JetStream::ensure_consumer(const std::string& stream, const std::string& durable,
                                const std::string& filter) {
  const std::string doing = "ensure the consumer " + durable + " of " + stream;
  need_connection(doing);
  jsConsumerConfig config;
  check(jsConsumerConfig_Init(&config), doing);
  config.Durable = durable.c_str();
  config.DeliverPolicy = js_DeliverAll;
  config.AckPolicy = js_AckExplicit;
  config.AckWait = k_ack_wait_ns;
  config.MaxDeliver =
      -1;  // who consumes decides when to give up; a limit here would skip an event in silence
  config.FilterSubject = filter.empty() ? nullptr : filter.c_str();
  jsErrCode code{};
  jsConsumerInfo* made = nullptr;
  const natsStatus status = js_AddConsumer(&made, context_.get(), stream.c_str(), &config, nullptr, &code);
  const JetStreamConsumerInfo about(made);
  check(status, doing);
}

natsStatus JetStream::consumer_status(const std::string& stream, const std::string& durable) {
  jsErrCode code{};
  jsConsumerInfo* made = nullptr;
  const natsStatus status =
      js_GetConsumerInfo(&made, context_.get(), stream.c_str(), durable.c_str(), nullptr, &code);
  const JetStreamConsumerInfo about(made);
  return status;
}

std::shared_ptr<JetStream::Pull> JetStream::pull_of(const PullKey& key, const std::string& filter) {
  const std::lock_guard lock(mutex_);
  auto& pull = pulls_[key];
  if (pull) return pull;
  const auto& [stream, durable] = key;
  jsSubOptions options;
  check(jsSubOptions_Init(&options), "make subscription options");
  options.Stream = stream.c_str();
  options.Consumer = durable.c_str();  // bound, so that unsubscribing leaves the consumer there
  natsSubscription* made = nullptr;
  jsErrCode code{};
  const natsStatus status = js_PullSubscribe(&made, context_.get(), filter.empty() ? nullptr : filter.c_str(),
                                             durable.c_str(), nullptr, &options, &code);
  if (status != NATS_OK) pulls_.erase(key);
  check(status, "bind to the consumer " + durable + " of " + stream);
  pull = std::make_shared<Pull>();
  pull->subscription.reset(made);
  return pull;
}

void JetStream::forget(const PullKey& key, const std::shared_ptr<Pull>& pull) {
  const std::lock_guard lock(mutex_);
  const auto found = pulls_.find(key);
  if (found != pulls_.end() && found->second == pull) pulls_.erase(found);
  connection_->retire(
      std::move(pull->subscription));  // who waits for the next fetch on it fails, and binds again
}

std::vector<std::unique_ptr<FetchedEvent>> JetStream::fetch(const std::string& stream,
                                                            const std::string& durable,
                                                            const std::string& filter, int batch,
                                                            std::chrono::milliseconds wait) {
  const std::string doing = "fetch from " + stream;
  need_connection(doing);
  const PullKey key{stream, durable};
  const auto pull = pull_of(key, filter);
  const std::lock_guard fetching(pull->fetching);
  natsMsgList list{};
  jsErrCode code{};
  const natsStatus status =
      natsSubscription_Fetch(&list, pull->subscription.get(), batch, wait.count(), &code);
  const std::unique_ptr<natsMsgList, Destroyer<&natsMsgList_Destroy>> owned(&list);
  if (status == NATS_TIMEOUT || status == NATS_NOT_FOUND) {
    // Nobody answers for a consumer that is gone, so silence may mean just that.
    if (const natsStatus found = consumer_status(stream, durable); found != NATS_OK) {
      forget(key, pull);
      check(found, "find the consumer " + durable + " of " + stream);
    }
    return {};
  }
  if (status != NATS_OK) forget(key, pull);
  check(status, doing);
  std::vector<std::unique_ptr<FetchedEvent>> events;
  for (int i = 0; i < list.Count; ++i) events.push_back(std::make_unique<Fetched>(connection_, list.Msgs[i]));
  return events;
}

}  // namespace witan::messaging
