#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include <curl/curl.h>
#include <fmt/format.h>

/// What everything that uses libcurl does alike: owning its objects, setting options, reading addresses. Thread-safe.
namespace witan::curl {

using Handle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using List = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;
using Url = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

/// Once for the program, whichever thread comes first. Throws std::runtime_error when libcurl does not start.
void start();

/// Throws std::runtime_error when libcurl does not take the option.
template <class Value>
void set(CURL* handle, CURLoption option, Value value) {
  if (const auto code = curl_easy_setopt(handle, option, value); code != CURLE_OK) {
    throw std::runtime_error(fmt::format("libcurl cannot be set up: {}", curl_easy_strerror(code)));
  }
}

/// What every conversation has: no proxy, whatever the environment says, no signals, TLS 1.2 or newer by the certificates in
/// `ca_file`, or the system's when it is empty.
void set_up(CURL* handle, const std::string& ca_file);

/// Empty for a part that is not there.
std::string part_of(CURLU* url, CURLUPart part);
/// A host of this machine, to which nothing needs to be encrypted.
bool is_loopback(const std::string& host);

}  // namespace witan::curl
