#pragma once

#include <optional>
#include <string>
#include <string_view>

/// The names of topics, audiences and bus subjects. Built here and nowhere else.
namespace witan {

/// The service that owns a topic, by its first segment; nothing for a topic that no service owns.
std::optional<std::string_view> service_of_topic(std::string_view topic);
/// What a topic `now/<topic>` is about: who is at `<topic>` now. Nothing for any other name, and for topics of which that is not told.
/// The gateways hold such topics; no service does.
std::optional<std::string_view> topic_of_presence(std::string_view topic);
/// The other way: `now/<topic>`.
std::string topic_of_who_is_at(std::string_view topic);
/// The service that carries out a command: what stands before the dot.
std::optional<std::string_view> service_of_command(std::string_view command);
/// One to four segments of `a-z 0-9 -`, 120 characters at most.
bool is_topic(std::string_view topic);

/// The pseudo-audience under which a topic's access rules are kept: one key, `rules`.
inline constexpr std::string_view k_access_audience = "_access";
inline constexpr std::string_view k_access_key = "rules";
/// Rows that are a service's own index: never answered to anyone.
inline constexpr std::string_view k_private_audience = "_private";
/// For topics that only the gateway reads.
inline constexpr std::string_view k_gateway_audience = "gateway";

namespace subjects {
std::string command(std::string_view service);                 ///< `cmd.<service>`
std::string view(std::string_view service);                    ///< `view.<service>`
std::string heads(std::string_view service);                   ///< `view.<service>.heads`
std::string changes(std::string_view service);                 ///< `live.<service>.changes`
std::string live_all(std::string_view service);                ///< `live.<service>.>`
std::string head(std::string_view service);                    ///< `live.<service>.head`
std::string event(std::string_view service, std::string_view aggregate);  ///< `evt.<service>.<kind>`
std::string events_all(std::string_view service);              ///< `evt.<service>.>`
std::string events_since(std::string_view service);            ///< `evt-since.<service>`
std::string metrics(std::string_view service);                 ///< `metrics.<service>`
std::string audit(std::string_view service);                   ///< `audit.<service>`
std::string use(std::string_view service);                     ///< `use.<service>`
std::string file_put(std::string_view service);                ///< `files.<service>.put`
std::string file_get(std::string_view service);                ///< `files.<service>.get`
std::string empty(std::string_view service);                   ///< `empty.<service>`
std::string presence(std::string_view topic);                  ///< `now.<topic>`, with dots: who is at the topic.
std::string presence_all();                                    ///< `now.>`
std::string stream(std::string_view service);                  ///< JetStream stream `EVT_<service>`
}  // namespace subjects

}  // namespace witan
