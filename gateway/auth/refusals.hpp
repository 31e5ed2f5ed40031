#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "gateway/auth/caller.hpp"

/// Refusals of what is not there, or not for whoever asks; and of papers above all: what they tell, and whom they tell of who asks.
namespace witan::auth {

/// What was asked for is not there, or not for whoever asks, which is not told apart.
inline bool is_absent(const Rejection& rejection) { return rejection.code == ErrorCode::not_found || rejection.code == ErrorCode::unknown_topic; }

/// Somebody asked for it. The third try of a person or an address within an hour is a warning in the log, and that of a person is in the audit. `address`: as limits
/// know it (`http::client_key`); empty where it is not known, and then visitors are not counted.
void note_refused_paper(const Auth& auth, const Caller& caller, std::string_view address, std::string_view paper, std::string_view trace);

/// How much longer the refusal is to wait, of what was asked for at `begun`. It goes out at a full step after that: finding out about a paper that is there takes
/// a tenth of a millisecond more or less (tests/bench/guesses.cpp), and would tell whoever asks often enough that it is.
std::chrono::steady_clock::duration held_for(std::chrono::steady_clock::time_point begun, std::chrono::steady_clock::time_point now);

}  // namespace witan::auth
