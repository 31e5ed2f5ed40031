#include "gateway/http/rate_limiter.hpp"

#include <algorithm>
#include <cmath>

#include <boost/asio/ip/address.hpp>

namespace witan::http {

bool RateLimiter::allow(std::string_view key, Time now) {
  if (buckets_.size() >= keys_max_) forget_full(now);
  const auto [found, is_new] = buckets_.try_emplace(std::string(key), Bucket{burst_, now});
  auto& bucket = found->second;
  const double passed = std::chrono::duration<double>(now - bucket.at).count();
  bucket.tokens = std::min(burst_, bucket.tokens + passed * per_second_);
  bucket.at = now;
  if (bucket.tokens < 1.0) return false;
  bucket.tokens -= 1.0;
  return true;
}

void RateLimiter::give_back(std::string_view key) {
  const auto found = buckets_.find(std::string(key));
  if (found != buckets_.end()) found->second.tokens = std::min(burst_, found->second.tokens + 1.0);
}

int RateLimiter::retry_after_seconds() const {
  return per_second_ > 0 ? std::max(1, static_cast<int>(std::ceil(1.0 / per_second_))) : 60;
}

void RateLimiter::forget_full(Time now) {
  std::erase_if(buckets_, [&](const auto& entry) {
    const double passed = std::chrono::duration<double>(now - entry.second.at).count();
    return entry.second.tokens + passed * per_second_ >= burst_;
  });
  // Nobody is full: a flood of addresses. Forgetting all costs each of them one burst more.
  if (buckets_.size() >= keys_max_) buckets_.clear();
}

std::string client_key(std::string_view address) {
  boost::system::error_code failed;
  const auto parsed = boost::asio::ip::make_address(std::string(address), failed);
  if (failed || !parsed.is_v6()) return std::string(address);
  if (parsed.to_v6().is_v4_mapped()) {
    return boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, parsed.to_v6()).to_string();
  }
  auto bytes = parsed.to_v6().to_bytes();
  std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
  return boost::asio::ip::address_v6(bytes).to_string() + "/64";
}

std::string network_key(std::string_view address) {
  const auto client = client_key(address);
  boost::system::error_code failed;
  const auto parsed = boost::asio::ip::make_address_v4(client, failed);
  if (failed) return client;
  auto bytes = parsed.to_bytes();
  bytes.back() = 0;
  return boost::asio::ip::address_v4(bytes).to_string() + "/24";
}

}  // namespace witan::http
