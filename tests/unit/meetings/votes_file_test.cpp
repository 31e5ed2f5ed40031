// A secret ballot on a real file: what its bytes tell, while it is open and afterwards.
#include <fstream>
#include <future>
#include <random>
#include <sstream>

#include <gtest/gtest.h>

#include "services/meetings/app/meetings_service.hpp"
#include "services/meetings/domain/meeting.hpp"
#include "shared/service/engine.hpp"
#include "shared/service/presenting.hpp"
#include "tests/support/temp_folder.hpp"
#include "tests/support/world.hpp"

namespace witan::meetings::test {
namespace {

namespace directory = contract::directory;
using namespace witan::test;

/// A meeting in progress, with everybody there, as a service runs it.
class VotesFile : public testing::Test {
 protected:
  static constexpr int k_voters = 60;

  VotesFile() : engine_(definition_, clock_), writer_(path(), {}) {
    hear(directory::BodyEstablishedNotice{body_, "A council", directory::BodyKind::council});
    for (int n = 0; n < k_voters; ++n) {
      hear(directory::SeatFilledNotice{body_, seat(n), "Seat " + std::to_string(n), Role::member, person(n), "Name " + std::to_string(n), ""});
    }
    meeting_ = MeetingId::from_trusted(send(secretary(), wire::ScheduleMeeting{body_, {"A meeting"}, {"2030-01-15"}, {"10:00"}, {"12:00"}, {"Here"}, {}, {}}, "meeting"));
    item_ = AgendaItemId::from_trusted(send(secretary(), wire::AddAgendaItem{meeting_, {"Item"}, wire::ItemKind::decision, {}, {10}, {}, {}}, "item"));
    send(secretary(), wire::PublishAgenda{meeting_, {{"Late"}}});
    send(secretary(), wire::StartMeeting{meeting_});
    for (int n = 0; n < k_voters; ++n) send(secretary(), wire::RecordAttendance{meeting_, seat(n), wire::Presence::present, {}, {}});
  }
  std::string path() const { return (folder_.path() / "meetings.sqlite").string(); }
  static SeatId seat(int n) { return id_of<SeatId>("seat" + std::string(1, static_cast<char>('a' + n / 20)) + std::string(1, static_cast<char>('a' + n % 20))); }
  static PersonId person(int n) { return id_of<PersonId>("person" + std::string(1, static_cast<char>('a' + n / 20)) + std::string(1, static_cast<char>('a' + n % 20))); }
  Actor secretary() const { return holder(id_of<PersonId>("secretary"), body_.str(), Role::secretary); }
  Actor member(int n) const { return holder(person(n), body_.str(), Role::member); }

  void write(const std::function<void(storage::Store&)>& work) {
    std::promise<storage::Outcome> finished;
    ASSERT_TRUE(writer_.submit({work, [&](storage::Outcome outcome) { finished.set_value(outcome); }}));
    ASSERT_EQ(finished.get_future().get(), storage::Outcome::committed);
  }
  template <class N>
  void hear(const N& notice) {
    write([&](storage::Store& store) {
      for (const auto& rules : definition_.notices) {
        if (rules.type == N::k_type) EXPECT_TRUE(engine_.apply_notice(store, *rules.prepare(codec::encode(notice).as_object()), "notice").reply);
      }
    });
  }
  template <class C>
  std::string send(const Actor& actor, const C& command, std::string_view member = {}, std::string id = random_id_text()) {
    std::string result;
    write([&](storage::Store& store) {
      CommandRequest request{id, std::string(C::k_name), codec::encode(command).as_object(), {}, actor, 60'000, ""};
      const auto decide = definition_.commands.find(C::k_name)->second.prepare(request.args, actor, service::StoreRows(store));
      ASSERT_TRUE(decide);
      const auto executed = engine_.execute(store, request, *decide);
      if (!executed.reply) result = info(executed.reply.error().code).name;
      else result = member.empty() ? (executed.is_repeat ? "repeat" : "") : std::string(string_at(executed.reply->result, member));
    });
    return result;
  }
  /// How often the words stand in the file and its write-ahead log.
  std::size_t times_in_file(const std::string& words) const {
    std::size_t times = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
      std::ifstream stream(entry.path(), std::ios::binary);
      std::ostringstream bytes;
      bytes << stream.rdbuf();
      const auto text = bytes.str();
      for (auto at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) ++times;
    }
    return times;
  }

  TempFolder folder_;
  SystemClock clock_;
  service::Definition definition_ = definition();
  service::Engine engine_;
  storage::Writer writer_;
  BodyId body_ = id_of<BodyId>("council");
  MeetingId meeting_;
  AgendaItemId item_;
};

TEST_F(VotesFile, has_one_box_while_a_secret_ballot_is_open_and_none_afterwards) {
  std::mt19937 random(2030);
  const auto vote = VoteId::from_trusted(send(secretary(), wire::OpenVote{meeting_, item_, wire::VoteKind::secret, {}, {{"Shall we?"}}}, "vote"));
  for (int n = 0; n < k_voters; ++n) {
    EXPECT_EQ(send(member(n), wire::CastVote{meeting_, vote, seat(n), static_cast<wire::VoteChoice>(random() % 3)}), "");
    // Others write as well, so that SQLite moves texts from page to page, the box among them.
    for (int more = 0; more < 4; ++more) {
      const std::string who(20 + random() % 100, 'x');
      send(secretary(), wire::ScheduleMeeting{body_, {"Another"}, {"2030-02-15"}, {"10:00"}, {"12:00"}, {"Here"}, {{who}}, {{who}}}, "meeting");
    }
    if (n % 10 == 9) EXPECT_EQ(times_in_file("box:"), 1U) << "after " << n << " votes";
  }
  EXPECT_EQ(send(secretary(), wire::CloseVote{meeting_, vote}), "");
  EXPECT_EQ(times_in_file("box:"), 0U);
}

TEST_F(VotesFile, answers_a_repeated_vote_as_the_first_time_and_counts_it_once) {
  const auto vote = VoteId::from_trusted(send(secretary(), wire::OpenVote{meeting_, item_, wire::VoteKind::secret, {}, {{"Shall we?"}}}, "vote"));
  const wire::CastVote cast{meeting_, vote, seat(0), wire::VoteChoice::against};
  const auto id = random_id_text();
  EXPECT_EQ(send(member(0), cast, {}, id), "");
  EXPECT_EQ(send(member(0), cast, {}, id), "repeat");
  EXPECT_EQ(send(member(0), wire::CastVote{meeting_, vote, seat(0), wire::VoteChoice::approve}, {}, id), "repeat") << "the first one stands";
  EXPECT_EQ(send(member(0), cast), "already_done");
  EXPECT_EQ(send(secretary(), wire::CloseVote{meeting_, vote}), "");
  std::optional<wire::VoteView> row;
  write([&](storage::Store& store) { row = service::StoreRows(store).row_as<wire::VoteView>("votes/" + meeting_.str(), "public", "vote/" + vote.str()); });
  EXPECT_EQ(row->words, "Not carried: 0 for, 1 against, 0 abstained. 60 entitled to vote, 60 present, 1 voted.");
}

}  // namespace
}  // namespace witan::meetings::test
