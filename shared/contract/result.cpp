#include "shared/contract/result.hpp"

#include <array>

namespace witan {

const std::vector<ErrorInfo>& all_errors() {
  static const std::vector<ErrorInfo> table = {
#define X(name, status, retry, title) {ErrorCode::name, #name, status, retry, title},
      WITAN_ERROR_CODES(X)
#undef X
  };
  return table;
}

const ErrorInfo& info(ErrorCode code) { return all_errors()[static_cast<std::size_t>(code)]; }

ErrorCode error_from(std::string_view name) {
  for (const auto& known : all_errors()) {
    if (known.name == name) return known.code;
  }
  return ErrorCode::internal;
}

json::object to_problem(const Rejection& rejection, std::string_view trace) {
  const ErrorInfo& about = info(rejection.code);
  json::object problem;
  problem["type"] = "/problems/" + std::string(about.name);
  problem["title"] = about.title;
  problem["status"] = about.status;
  problem["code"] = about.name;
  problem["detail"] = rejection.detail.empty() ? std::string(about.title) + "." : rejection.detail;
  problem["may_retry"] = about.may_retry;
  if (!trace.empty()) problem["instance"] = "urn:witan:trace:" + std::string(trace);
  if (!rejection.errors.empty()) {
    json::array errors;
    for (const auto& error : rejection.errors) {
      errors.push_back({{"pointer", error.pointer}, {"code", info(error.code).name}, {"detail", error.detail}});
    }
    problem["errors"] = std::move(errors);
  }
  for (const auto& [key, value] : rejection.extra) problem[key] = value;
  return problem;
}

Rejection from_problem(const json::object& problem) {
  static constexpr std::array<std::string_view, 8> k_own = {"type", "title", "status", "code",
                                                            "detail", "may_retry", "instance", "errors"};
  Rejection rejection;
  rejection.code = error_from(string_at(problem, "code"));
  rejection.detail = string_at(problem, "detail");
  if (const auto* errors = problem.if_contains("errors"); errors && errors->is_array()) {
    for (const auto& entry : errors->get_array()) {
      const auto* object = entry.if_object();
      if (!object) continue;
      rejection.errors.push_back({std::string(string_at(*object, "pointer")), error_from(string_at(*object, "code")),
                                  std::string(string_at(*object, "detail"))});
    }
  }
  for (const auto& [key, value] : problem) {
    if (std::find(k_own.begin(), k_own.end(), std::string_view(key)) == k_own.end()) rejection.extra[key] = value;
  }
  return rejection;
}

}  // namespace witan
