#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/json.hpp"

namespace witan {

/// Every way in which Witan says no, with its HTTP status and whether the same request may succeed later.
/// The name is the wire name and never changes; add at the end.
#define WITAN_ERROR_CODES(X)                                                             \
  X(malformed_json, 400, false, "The request is not valid JSON")                         \
  X(not_utf8, 400, false, "The request is not valid UTF-8")                              \
  X(invalid_request, 400, false, "The request does not have the expected shape")         \
  X(invalid_arguments, 422, false, "Some of what was sent needs to be corrected")        \
  X(unknown_field, 422, false, "There is no such field")                                 \
  X(wrong_type, 422, false, "This has the wrong type")                                   \
  X(missing_field, 422, false, "This is needed")                                         \
  X(too_short, 422, false, "This is too short")                                          \
  X(too_long, 422, false, "This is too long")                                            \
  X(out_of_range, 422, false, "This is out of range")                                    \
  X(invalid_value, 422, false, "This is not one of the possible values")                 \
  X(unknown_command, 404, false, "There is no such command")                             \
  X(unknown_topic, 404, false, "There is no such topic")                                 \
  X(not_found, 404, false, "This does not exist, or you may not see it")                 \
  X(not_signed_in, 401, false, "You need to sign in first")                              \
  X(sign_in_failed, 401, false, "The e-mail address or the password is not right")       \
  X(forbidden, 403, false, "You may not do this")                                        \
  X(cross_site, 403, false, "This request came from another site")                       \
  X(ticket_invalid, 403, true, "This socket needs a new ticket")                         \
  X(form_expired, 403, true, "This form is too old; load the page again")                \
  X(stale_version, 409, true, "Someone else changed this meanwhile")                     \
  X(idempotency_mismatch, 409, false, "This id was used for another request")            \
  X(already_exists, 409, false, "This exists already")                                   \
  X(already_done, 409, false, "This has been done already")                              \
  X(not_now, 409, false, "This is not possible in the present state")                    \
  X(consultation_closed, 409, false, "The consultation is closed")                       \
  X(too_large, 413, false, "The request is too large")                                   \
  X(method_not_allowed, 405, false, "This address does not accept this method")          \
  X(unsupported_media_type, 415, false, "This address does not accept this type of body") \
  X(header_too_large, 431, false, "The request's headers are too large")                 \
  X(rate_limited, 429, true, "Too many requests; wait a little")                         \
  X(request_timeout, 408, true, "The request took too long to arrive")                   \
  X(storage_full, 507, true, "There is no room left to save this")                       \
  X(unavailable, 503, true, "This part of the service is not available at the moment")   \
  X(deadline_exceeded, 504, true, "No answer came in time")                              \
  X(internal, 500, true, "Something went wrong on our side")                             \
  X(link_not_valid, 410, false, "This link cannot be used any more")                     \
  X(rights_unknown, 503, true, "Your rights cannot be checked at the moment")            \
  X(second_factor_needed, 401, false, "Signing in needs a second step")                  \
  X(code_wrong, 401, false, "The code is not right")                                     \
  X(openid_expired, 410, false, "This sign-in cannot be finished any more")              \
  X(openid_refused, 401, false, "The other account did not let you sign in")             \
  X(openid_not_linked, 401, false, "This account is not linked yet")                     \
  X(openid_not_trusted, 502, false, "The answer of the other service cannot be trusted") \
  X(openid_unavailable, 503, true, "The other service does not answer")                  \
  X(file_refused, 422, false, "This file cannot be taken")

enum class ErrorCode : std::uint8_t {
#define X(name, status, retry, title) name,
  WITAN_ERROR_CODES(X)
#undef X
};

struct ErrorInfo {
  ErrorCode code;
  std::string_view name;   ///< The wire name.
  int status;              ///< The HTTP status.
  bool may_retry;          ///< The same request may succeed later.
  std::string_view title;  ///< One plain sentence, the same for every occurrence.
};

const std::vector<ErrorInfo>& all_errors();
const ErrorInfo& info(ErrorCode code);
/// `internal` for a name that is not known (a newer service's, for example).
ErrorCode error_from(std::string_view name);

/// What is wrong with one field: `pointer` is a JSON pointer (RFC 6901) into the arguments, such as `/title`.
struct FieldError {
  std::string pointer;
  ErrorCode code = ErrorCode::invalid_value;
  std::string detail;
};

/// A "no" that is nobody's fault but part of the rules: expected, explained, never logged as an error.
struct Rejection {
  ErrorCode code = ErrorCode::internal;
  std::string detail;              ///< Plain English for the person who asked.
  std::vector<FieldError> errors;  ///< The fields at fault, if any.
  json::object extra;              ///< More members of the problem document, for example the current version.
};

template <class T>
using Result = std::expected<T, Rejection>;

inline std::unexpected<Rejection> reject(ErrorCode code, std::string detail = {}) {
  return std::unexpected(Rejection{code, std::move(detail), {}, {}});
}

/// A rejection that points at one field of the arguments.
inline std::unexpected<Rejection> reject_field(std::string pointer, ErrorCode code, std::string detail) {
  return std::unexpected(
      Rejection{ErrorCode::invalid_arguments, detail, {FieldError{std::move(pointer), code, detail}}, {}});
}

/// RFC 9457 problem details; `trace` becomes `instance` so that a person can quote it.
json::object to_problem(const Rejection& rejection, std::string_view trace);
Rejection from_problem(const json::object& problem);

}  // namespace witan
