// Every event of consultations as the audit has it.
#include <gtest/gtest.h>

#include "services/consultations/app/consultations_service.hpp"
#include "tests/support/audit_lines.hpp"
#include "tests/unit/consultations/scene.hpp"

namespace witan::consultations::test {
namespace {

TEST(ConsultationsAudit, says_of_every_event_what_was_done_from_which_state_to_which) {
  ServiceScene scene(definition());
  const auto consultation = [&](const auto& event) { happened(scene, "consultation", k_consultation.str(), event); };
  happened(scene, "body", k_cumbria.str(), cumbria_named());
  happened(scene, "person", k_robin.str(), PersonNamed{k_robin, scene.world().keep("Robin Example"), "Kendal College"});
  consultation(created());
  consultation(published(1));
  consultation(OpeningScheduled{moment("2019-10-01T08:00:00Z"), moment(k_closing)});
  consultation(OpeningCancelled{});
  consultation(opened());
  happened(scene, "comment", k_comment.str(), CommentAdded{k_comment, k_consultation, 1, "b3", k_robin, scene.world().keep("Name the towns.")});
  consultation(published(2));
  happened(scene, "carry", k_consultation.str() + "-2", CommentsCarried{k_consultation, 2, {{k_comment, Fate::orphaned, "", 0, 0, 0}}});
  happened(scene, "comment", k_comment.str(), CommentPlaced{2, "b4", true});
  happened(scene, "comment", k_comment.str(), CommentWithdrawn{});
  consultation(ConsultationExtended{moment("2019-11-14T23:59:00Z"), "The schools asked for it."});
  consultation(ConsultationClosed{moment("2019-11-14T23:59:00Z")});
  const auto left = id_of<PersonId>("left");
  happened(scene, "person", left.str(), PersonForgotten{left});
  EXPECT_EQ(kinds_not_shown(scene), std::set<std::string>());
  EXPECT_EQ(audit_lines(scene),
            (std::vector<std::string>{
                "Consultations took note of the body “Cumbria LEP” |  | Known",
                "Consultations took note of Robin Example |  | Known",
                "Began the consultation “Local Industrial Strategy” |  | In preparation, no draft",
                "Published draft 1 of “Local Industrial Strategy” | In preparation, no draft | In preparation, draft 1",
                "Set the consultation “Local Industrial Strategy” to open at 9am on 1 October 2019 | In preparation, draft 1 | In preparation, to open at 9am on 1 October 2019, draft 1",
                "Set the consultation “Local Industrial Strategy” not to open by itself | In preparation, to open at 9am on 1 October 2019, draft 1 | In preparation, draft 1",
                "Opened the consultation “Local Industrial Strategy” | In preparation, draft 1 | Open until 11:59pm on 31 October 2019, draft 1",
                "Commented on paragraph 1.1 of draft 1 of “Local Industrial Strategy” |  | Shown",
                "Published draft 2 of “Local Industrial Strategy” | Open until 11:59pm on 31 October 2019, draft 1 | Open until 11:59pm on 31 October 2019, draft 2",
                "Carried 1 comment over to draft 2 of “Local Industrial Strategy” |  | 0 placed, 0 moved, 0 uncertain, 1 without a place",
                "Placed a comment on paragraph 1.1 of draft 1 of “Local Industrial Strategy” under paragraph 1.2 of draft 2 | Shown | Shown",
                "Withdrew a comment on paragraph 1.1 of draft 1 of “Local Industrial Strategy” | Shown | Withdrawn",
                "Moved the closing date of the consultation “Local Industrial Strategy”: The schools asked for it. | Open until 11:59pm on 31 October 2019, draft 2 | Open until 11:59pm on 14 November 2019, draft 2",
                "Closed the consultation “Local Industrial Strategy” | Open until 11:59pm on 14 November 2019, draft 2 | Closed, draft 2",
                "Erased the name and the comments of a deleted account in consultations | Known | Forgotten",
            }));
  for (const auto& [kind, line] : described(scene)) {
    EXPECT_EQ(line.body, kind.starts_with("person_") ? std::nullopt : std::optional(k_cumbria)) << kind;
  }
  scene.world().texts.clear();
  EXPECT_EQ(audit_lines(scene)[1], "Consultations took note of Name removed |  | Known");
}

}  // namespace
}  // namespace witan::consultations::test
