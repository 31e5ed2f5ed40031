#pragma once

#include "services/meetings/app/meetings_service.hpp"
#include "tests/support/service_scene.hpp"
#include "tests/unit/meetings/scene.hpp"

/// The council with three members, Ada, Ben and Cleo, on seats of their names, and a draft meeting; through the commands themselves.
namespace witan::meetings::test {

inline const auto k_ada = holder(id_of<PersonId>("ada"), k_council.str(), Role::member);
inline const auto k_ben = holder(id_of<PersonId>("ben"), k_council.str(), Role::member);
inline const auto k_cleo = holder(id_of<PersonId>("cleo"), k_council.str(), Role::member);
inline const auto k_everybody = Actor();

class SeatedCouncil : public testing::Test {
 protected:
  SeatedCouncil() {
    scene.world().now = k_now;
    EXPECT_TRUE(scene.hear("directory", contract::directory::BodyEstablishedNotice{k_council, "Council of LEP Chairs", contract::directory::BodyKind::council}));
    for (const auto* name : {"ada", "ben", "cleo"}) sits(name, name);
    meeting = MeetingId::from_trusted(scene.made("meeting", k_secretary, wire::ScheduleMeeting{k_council, {"June"}, {"2018-06-29"}, {"14:00"}, {"16:00"}, {"Here"}, {}, {}, {}, {}, {{"Council"}}}));
    open = added("Skills");
    item = added("Pay of the chief executive");
    paper = add_paper(item, "What others pay");
  }
  PaperDesk desk() {
    return {nullptr,
            [this](const std::string& upload, wire::PaperKind) -> Result<std::int64_t> { return scene.world().uploads[upload]; },
            [](const PaperFile&) { return LookedThrough{1, 1, "text", false}; }};
  }
  void sits(const std::string& person, const std::string& seat) {
    EXPECT_TRUE(scene.hear("directory", contract::directory::PersonRegisteredNotice{id_of<PersonId>(person), person, ""}));
    EXPECT_TRUE(scene.hear("directory", contract::directory::SeatFilledNotice{k_council, id_of<SeatId>(seat), "Chair, LEP of " + seat, Role::member, id_of<PersonId>(person), person, ""}));
  }
  void leaves(const std::string& seat) { EXPECT_TRUE(scene.hear("directory", contract::directory::SeatVacatedNotice{k_council, id_of<SeatId>(seat)})); }
  AgendaItemId added(const std::string& title, std::optional<AgendaItemId> under = {}, std::optional<bool> is_standing = {}, Circulation circulation = Circulation::everyone) {
    return AgendaItemId::from_trusted(scene.made("item", k_secretary, wire::AddAgendaItem{meeting, {title}, ItemKind::decision, {}, {10}, circulation, {}, under, is_standing}));
  }
  PaperId add_paper(const AgendaItemId& to, const std::string& title) {
    const auto upload = UploadId::from_trusted(scene.made("upload", k_secretary, wire::BeginUpload{meeting, {"Paper.pdf"}, {1000}}));
    scene.world().uploads[upload.str()] = 1000;
    return PaperId::from_trusted(scene.made("paper", k_secretary, wire::AddPaper{meeting, to, {title}, upload, {}, {}, {}, {}}));
  }
  void publish() { EXPECT_TRUE(scene.send(k_secretary, wire::PublishAgenda{meeting})); }
  void start() {
    scene.wait_until(moment("2018-06-29T13:00:00Z"));
    EXPECT_TRUE(scene.send(k_secretary, wire::StartMeeting{meeting}));
  }
  void go_to(const AgendaItemId& to) { EXPECT_TRUE(scene.send(k_secretary, wire::GoToItem{meeting, to})); }
  void close() { EXPECT_TRUE(scene.send(k_secretary, wire::CloseMeeting{meeting})); }
  Result<json::object> declare(const std::string& who, const AgendaItemId& in, const std::string& words, wire::InterestEffect effect = wire::InterestEffect::withdraw) {
    return scene.send(holder(id_of<PersonId>(who), k_council.str(), Role::member), wire::DeclareAtItem{meeting, in, id_of<SeatId>(who), effect, {words}});
  }
  /// The code, or that of the first field.
  static std::string why_not(const Result<json::object>& done) { return done || done.error().errors.empty() ? code_of(done) : std::string(info(done.error().errors.front().code).name); }
  std::string topic() const { return "meetings/" + meeting.str(); }
  std::optional<std::string> audience(const Actor& actor) { return scene.world().audience(topic(), actor); }
  std::optional<wire::AgendaItemView> seen(const AgendaItemId& at, const Actor& actor) {
    const auto as = audience(actor);
    return as ? scene.world().row_as<wire::AgendaItemView>(topic(), *as, "agenda/" + at.str()) : std::nullopt;
  }

  ServiceScene scene{definition(desk())};
  MeetingId meeting;
  AgendaItemId open, item;
  PaperId paper;
};

}  // namespace witan::meetings::test
