#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "shared/contract/directory.hpp"

namespace witan::auth {

/// What came to this gateway that opens nothing, until directory has it in its log. On the gateway's loop.
class Strangers {
 public:
  /// A cookie or token of no session that goes on. The same one again, as a browser sends it with each request, counts once.
  void cookie(const std::string& session) { cookies_.add(session); }
  /// One that is unknown or over, named by the hash of its token.
  void link(const std::string& link) { links_.add(link); }
  /// Somebody opened one that is over. Not counted where it was just used here: whoever used it is shown that it is used.
  void link_over(const std::string& link) {
    if (!used_.contains(link) && !used_before_.contains(link)) links_.add(link);
  }
  /// A link did what it was for.
  void link_used(const std::string& link) {
    if (used_.size() < k_used_max) used_.insert(link);
  }
  void form() { ++forms_; }
  void code() { ++codes_; }
  void sign_in() { ++sign_ins_; }
  /// A try to open a paper that is not there, or not for `who`: the id of a person who is signed in, else an address. True for the third one
  /// within an hour, when somebody should look.
  bool paper(const std::string& who, bool is_person, std::chrono::steady_clock::time_point now);

  /// What came since the last time; nothing if nothing did.
  std::optional<contract::directory::NoteStrangers> take();
  /// Directory did not get it: it is told with what comes next, as counts alone.
  void give_back(const contract::directory::NoteStrangers& untold);

 private:
  static constexpr std::size_t k_named_max = 20;
  static constexpr std::size_t k_used_max = 10'000;

  /// Counts each name once, as long as there are not too many.
  struct Distinct {
    static constexpr std::size_t k_max = 10'000;  ///< Further ones are not told apart, and count each time.
    void add(const std::string& name);
    std::int64_t count() const { return static_cast<std::int64_t>(names.size()) + more; }

    std::unordered_set<std::string> names;
    std::int64_t more = 0;
  };

  Distinct cookies_, links_;
  std::unordered_set<std::string> used_, used_before_;  ///< Since the last report, and between the last two.
  std::int64_t forms_ = 0;
  std::int64_t codes_ = 0;
  std::int64_t sign_ins_ = 0;

  /// Since when, and how often.
  struct Tries {
    std::chrono::steady_clock::time_point since;
    int count = 0;
  };
  static constexpr std::chrono::hours k_tries_last{1};
  static constexpr int k_tries_told = 3;
  static constexpr std::size_t k_seekers_max = 10'000;
  static constexpr std::size_t k_seekers_characters = decltype(contract::directory::NoteStrangers::seekers)::value_type::k_max;
  std::unordered_map<std::string, Tries> tries_of_people_, tries_of_addresses_;
  std::int64_t papers_ = 0;
  std::unordered_set<std::string> seekers_;   ///< People who have tried it that often, since the last report.
};

}  // namespace witan::auth
