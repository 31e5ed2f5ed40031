#include "shared/curl/curl.hpp"

#include <arpa/inet.h>
#include <array>

namespace witan::curl {

void start() {
  static const bool works = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  if (!works) throw std::runtime_error("libcurl does not start");
}

void set_up(CURL* handle, const std::string& ca_file) {
  set(handle, CURLOPT_PROXY, "");
  set(handle, CURLOPT_NOSIGNAL, 1L);
  set(handle, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
  if (!ca_file.empty()) set(handle, CURLOPT_CAINFO, ca_file.c_str());
}

std::string part_of(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return {};
  std::string result(text);
  curl_free(text);
  return result;
}

bool is_loopback(const std::string& host) {
  std::array<unsigned char, 4> address{};
  if (::inet_pton(AF_INET, host.c_str(), address.data()) == 1) return address[0] == 127;
  return host == "localhost" || host == "[::1]";
}

}  // namespace witan::curl
