#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "gateway/auth/caller.hpp"

namespace witan::papers {

/// Files on their way out. Each takes memory for as long as its reader is slow, so one session, or one address of visitors, has only
/// so many at a time, and all together a thousand. On the gateway's loop.
class Downloads {
  using Counts = std::unordered_map<std::string, std::size_t>;

 public:
  Downloads(auth::Auth& auth, std::size_t each_max) : counts_(std::make_shared<Counts>()), auth_(auth), each_max_(each_max) {}

  /// Lasts as long as the answer does.
  class Download {
   public:
    Download(std::shared_ptr<Counts> counts, std::string whose, auth::Auth& auth, const auth::Caller& caller);
    ~Download();
    Download(const Download&) = delete;
    Download& operator=(const Download&) = delete;

    /// Who reads, with their rights as of now; nothing once they have none or nobody can tell.
    std::optional<Actor> actor() const;

   private:
    std::shared_ptr<Counts> counts_;  ///< Of each, and of all together.
    std::string whose_;
    auth::Auth& auth_;
    std::string session_;
  };

  /// Whose limit counts: the session's, or that of the visitors from one address.
  static std::string whose(const auth::Caller& caller, std::string_view remote);
  /// Null where there are as many already.
  std::shared_ptr<const Download> begin(const auth::Caller& caller, std::string_view remote);

 private:
  std::shared_ptr<Counts> counts_;
  auth::Auth& auth_;
  std::size_t each_max_;
};

}  // namespace witan::papers
