#include <algorithm>
#include <new>

#include "shared/curl/curl.hpp"
#include "shared/openid/openid.hpp"

namespace witan::openid {

using curl::Handle, curl::List, curl::Url, curl::part_of, curl::set;

namespace {

constexpr std::size_t k_answer_bytes_max = 256 * 1024;
constexpr std::chrono::milliseconds k_connect_time{2000};

/// Taking less than what came ends the transfer.
std::size_t take(char* bytes, std::size_t size, std::size_t count, void* of) {
  auto& body = *static_cast<std::string*>(of);
  if (body.size() + size * count > k_answer_bytes_max) return 0;
  body.append(bytes, size * count);
  return size * count;
}

Outcome<HttpAnswer> fetch(const HttpRequest& request, const std::string& ca_file) {
  if (!is_safe_url(request.url)) return std::unexpected(Failure{Trouble::not_trusted, "an address is not safe to ask: it is not https"});
  const Handle handle(curl_easy_init(), &curl_easy_cleanup);
  List headers(curl_slist_append(nullptr, "Accept: application/json"), &curl_slist_free_all);
  if (!request.authorization.empty()) {
    curl_slist_append(headers.get(), ("Authorization: " + request.authorization).c_str());
  }
  if (!handle || !headers) throw std::bad_alloc();
  HttpAnswer answer;
  set(handle.get(), CURLOPT_URL, request.url.c_str());
  set(handle.get(), CURLOPT_PROTOCOLS_STR, "http,https");
  curl::set_up(handle.get(), ca_file);
  set(handle.get(), CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(std::min(k_connect_time, request.patience).count()));
  set(handle.get(), CURLOPT_TIMEOUT_MS, static_cast<long>(request.patience.count()));
  set(handle.get(), CURLOPT_HTTPHEADER, headers.get());
  set(handle.get(), CURLOPT_WRITEFUNCTION, &take);
  set(handle.get(), CURLOPT_WRITEDATA, &answer.body);
  if (!request.form.empty()) set(handle.get(), CURLOPT_POSTFIELDS, request.form.c_str());
  if (const auto code = curl_easy_perform(handle.get()); code != CURLE_OK) {
    return std::unexpected(Failure{Trouble::unavailable, fmt::format("no answer: {}", curl_easy_strerror(code))});
  }
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &answer.status);
  return answer;
}

}  // namespace

bool is_safe_url(const std::string& url) {
  const Url parsed(curl_url(), &curl_url_cleanup);
  if (curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) return false;
  for (const auto part : {CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_FRAGMENT}) {
    if (!part_of(parsed.get(), part).empty()) return false;
  }
  const auto scheme = part_of(parsed.get(), CURLUPART_SCHEME);
  return scheme == "https" || (scheme == "http" && curl::is_loopback(part_of(parsed.get(), CURLUPART_HOST)));
}

Fetch fetch_by_curl(std::string ca_file) {
  curl::start();
  return [ca_file = std::move(ca_file)](const HttpRequest& request) { return fetch(request, ca_file); };
}

}  // namespace witan::openid
