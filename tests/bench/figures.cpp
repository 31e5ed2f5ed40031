#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <sstream>

#include <unistd.h>

#include "tests/bench/web_client.hpp"

namespace witan::bench {

Percentiles::Percentiles(std::vector<double> samples) : sorted(std::move(samples)) { std::sort(sorted.begin(), sorted.end()); }

double Percentiles::at(double fraction) const {
  if (sorted.empty()) return std::nan("");
  const auto index = static_cast<std::size_t>(std::ceil(fraction * static_cast<double>(sorted.size()))) - 1;
  return sorted[std::min(index, sorted.size() - 1)];
}

void report(const std::string& name, const std::string& unit, double value, const std::string& conditions,
            const std::string& required) {
  json::object line = {{"name", name}, {"unit", unit}, {"value", std::round(value * 1000) / 1000}, {"conditions", conditions}};
  if (!required.empty()) line["required"] = required;
  std::printf("%s\n", json::serialize(line).c_str());
  std::fflush(stdout);
}

double cpu_us(int pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string text((std::istreambuf_iterator<char>(file)), {});
  std::istringstream fields(text.substr(text.rfind(')') + 2));
  std::string skipped;
  for (int i = 0; i < 11; ++i) fields >> skipped;
  double user = 0, system = 0;
  fields >> user >> system;
  return (user + system) * 1e6 / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

json::value read_json(const std::string& path) {
  std::ifstream file(path);
  return json::parse(std::string((std::istreambuf_iterator<char>(file)), {}));
}

double pss_bytes(int pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/smaps_rollup");
  std::string word;
  while (file >> word) {
    if (word != "Pss:") continue;
    double kilobytes = 0;
    file >> kilobytes;
    return kilobytes * 1024;
  }
  return std::nan("");
}

}  // namespace witan::bench
