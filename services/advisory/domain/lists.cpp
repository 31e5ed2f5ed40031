#include "services/advisory/domain/lists.hpp"

namespace witan::advisory {

domain::PagedList engagements_of(const BodyId& group) {
  const auto shown = "/groups/" + group.str();
  return {"engagements/" + group.str(),
          "member",
          {{"member", Who::roles, {}, group.str(), {}}},
          {shown, shown + "/engagements/", "Earlier entries", "Later entries"}};
}

std::string engagement_key(const EngagementId& engagement) { return "engagement/" + engagement.str(); }

}  // namespace witan::advisory
